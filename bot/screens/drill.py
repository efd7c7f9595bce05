"""The fire drill as one living message: what happened, the receipts as the chat shows them, at the end both books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.press import Action, pack
from bot.screens.cause import duration_words, waiting_words
from bot.screens.receipt import receipt_screen
from bot.screens.refusal import refusal_screen
from bot.screens.sale import document_title, example_buttons
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.shift import z_screen
from bot.screens.wording import clock_text, safe, tenge
from core.domain.drill import SCENES, Book, Scene, SceneName, Story
from core.domain.ticket import Kind
from core.domain.view import CHAT_MARKS, DocumentView
from core.errors import Refused
from core.texts import say

Z = "Z"
DAY_FORM = "%Y%m%d"
TOLD_WHOLE = (SceneName.LINK, SceneName.LOST, SceneName.SELLING, SceneName.NIGHT, SceneName.LIMIT)
"""Scenes that show their receipts as the chat does; the others have several and show a line of each."""


def drill_screen(language: str, story: Story, place: int, *, register_id: str, up_to: int) -> Screen:
    """Scene number ``place``, from 0. ``register_id`` and ``up_to`` say whose goods these are."""
    scene = story.scenes[place]
    told = (
        _books(language, story)
        if scene.name is SceneName.BOOKS
        else lines(say(language, f"drill-{scene.name}", **_params(language, story, scene)), *_shown(language, scene))
    )
    text = lines(
        _head(language, story, scene, place),
        safe(scene.views[0].document.seller.title),
        "",
        told,
        "",
        say(language, "drill-not-real"),
    )
    return Screen(text, _buttons(language, story.begins_at, place, register_id, up_to))


def _head(language: str, story: Story, scene: Scene, place: int) -> str:
    day = (scene.at.date() - story.begins_at.date()).days + 1
    return say(
        language, "drill-head", scene=place + 1, scenes=len(SCENES), day=day, time=clock_text(scene.at)
    )


def _params(language: str, story: Story, scene: Scene) -> dict[str, str | int]:
    """What the words of a scene name."""
    if scene.name is SceneName.SELLING:
        gone = scene.at - story.scenes[SCENES.index(SceneName.LOST)].at
        return {"gone": duration_words(language, gone)}
    return {}


def _shown(language: str, scene: Scene) -> list[str | None]:
    """The receipts, the warnings, the refusal and what waits."""
    shown: list[str | None] = []
    for place, view in enumerate(scene.views):
        queue = scene.queue if scene.name is not SceneName.LIMIT else scene.queue - 1
        shown.append(
            _quoted(language, view, queue)
            if scene.name in TOLD_WHOLE
            else ("\n" if place == 0 else "") + _line(language, view)
        )
    title = safe(scene.views[0].document.seller.title)
    shown += [
        say(language, "news-ending", title=title, left=duration_words(language, left)) for left in scene.warnings
    ]
    if scene.refused is not None and scene.closed is not None:
        shown += [
            say(language, "drill-limit-over"),
            f"<blockquote>{refusal_screen(language, Refused(scene.refused)).text}</blockquote>",
            say(language, "drill-limit-close"),
            _line(language, scene.closed),
        ]
    elif scene.left is not None:
        shown += ["", _waiting(language, scene.queue, scene.left)]
    return shown


def _waiting(language: str, queue: int, left: timedelta) -> str:
    return say(
        language,
        "cause-sells-waiting",
        waiting=waiting_words(language, queue),
        left=duration_words(language, left),
    )


def _quoted(language: str, view: DocumentView, queue: int) -> str:
    """A document just as its message in the chat reads."""
    screen = (
        z_screen(language, view, whole_heads=False)
        if view.document.report is not None
        else receipt_screen(language, view, place=queue if view.is_autonomous else None)
    )
    return f"<blockquote>{screen.text}</blockquote>"


def _line(language: str, view: DocumentView) -> str:
    """A document in one line."""
    document = view.document
    parts = [f"{CHAT_MARKS[view.mark]} {document_title(language, document)}"]
    if document.ticket is not None:
        parts.append(f"{tenge(document.total)}\u00a0₸")
    if view.fiscal_sign is not None:
        parts.append(say(language, "drill-sign", sign=view.fiscal_sign))
    return " · ".join(parts)


def _books(language: str, story: Story) -> str:
    """Both books beside each other, a line for each document of either."""
    ours, theirs = story.ours, story.theirs
    rows = [(say(language, "drill-books-number"), say(language, "drill-books-ours"), say(language, "drill-books-ofd"))]
    for place in range(max(len(ours.lines), len(theirs.lines))):
        rows.append((str(place + 1), _sum(ours, place), _sum(theirs, place)))
    rows.append(("Σ", tenge(ours.sold), tenge(theirs.sold)))
    verdict = (
        say(language, "drill-books-agree", count=len(ours.lines), sum=tenge(ours.sold))
        if story.agree
        else say(language, "drill-books-differ")
    )
    return lines(
        say(language, "drill-books"), f"<pre>{_table(rows)}</pre>", verdict, "", say(language, "drill-remember")
    )


def _sum(book: Book, place: int) -> str:
    if place >= len(book.lines):
        return "—"
    line = book.lines[place]
    return Z if line.kind is Kind.SHIFT_CLOSE else tenge(line.total)


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def _buttons(language: str, begins_at: datetime, place: int, register_id: str, up_to: int) -> Rows:
    if place + 1 == len(SCENES):
        again = pack(Action.DRILL, register_id, up_to, "new")
        return ((Button(say(language, "drill-button-again"), again),), *example_buttons(language))
    data = pack(Action.DRILL, register_id, up_to, f"{place + 1}.{begins_at.strftime(DAY_FORM)}")
    return ((Button(say(language, f"drill-button-{'next' if place else 'begin'}"), data, style="primary"),),)
