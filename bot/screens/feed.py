"""The feed of receipts: a page of them with their marks, each a button that opens it; filters, search, other shifts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.press import Action, pack
from bot.screens.sale import document_title, example_buttons
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import clock_text, day_clock_text, safe, tenge
from core.domain.ticket import Kind
from core.domain.view import CHAT_MARKS, DocumentView
from core.texts import say

PAGE_DOCUMENTS = 8
FILTERS = ("all", "unsent", "returns", "cash")
CHOSEN = "● "


class Leaf:
    """What a button of the feed does; what it leads to travels in it, never a step."""

    FILTER = "f"
    BELOW = "b"
    SHIFT = "s"
    TODAY = "t"
    FIND = "q"
    OPEN = "o"


def feed_screen(
    language: str, draft_id: str, body: dict[str, Any], found: list[DocumentView], *, more: bool, last_shift: int
) -> Screen:
    """``body`` says which part is shown; ``more`` that older ones follow."""
    texts = [document_line(language, one) for one in found]
    if not texts:
        key = "counter-feed-not-found" if body["words"] else "counter-feed-empty"
        texts = [say(language, key)]
    text = lines(f"<b>{_title(language, body)}</b>", *texts)
    rows: list[tuple[Button, ...]] = list(_document_rows(draft_id, found))
    if body["words"]:
        rows.append((_leaf(language, draft_id, "counter-button-feed-back", Leaf.SHIFT, last_shift),))
        return Screen(text, tuple(rows))
    rows += _filter_rows(language, draft_id, body)
    turn = []
    if body["below"]:
        turn.append(_leaf(language, draft_id, "counter-button-newest", Leaf.BELOW, 0))
    if more:
        turn.append(_leaf(language, draft_id, "counter-button-older", Leaf.BELOW, found[-1].document.number))
    rows += [tuple(turn)] if turn else []
    rows += _span_rows(language, draft_id, body, last_shift)
    return Screen(text, tuple(rows))


def no_receipts_screen(language: str) -> Screen:
    """A register that has made nothing yet."""
    return Screen(say(language, "counter-feed-none"), example_buttons(language))


def find_screen(language: str) -> Screen:
    return Screen(say(language, "counter-feed-ask"))


def _title(language: str, body: dict[str, Any]) -> str:
    if body["words"]:
        return say(language, "counter-feed-found", words=safe(str(body["words"]), 40))
    if body["today"]:
        return say(language, "counter-feed-today")
    return say(language, "counter-feed-shift", shift=int(body["shift"]))


def document_line(language: str, view: DocumentView) -> str:
    """«✔✔ 14:32 · Чек № 12 · 1 950 ₸ · кофе, нан»."""
    document = view.document
    parts = [f"{CHAT_MARKS[view.mark]} {clock_text(document.made_at)}", document_title(language, document)]
    if document.kind is not Kind.SHIFT_CLOSE:
        parts.append(f"<b>{tenge(document.total)}\u00a0₸</b>")
    if document.ticket is not None:
        names = ", ".join(line.name for line in document.ticket.items[:3])
        parts.append(safe(names, 30))
    return " · ".join(parts)


def _document_rows(draft_id: str, found: list[DocumentView]) -> Rows:
    """Four numbers a row: what they are stands in the text."""
    buttons = [
        Button(f"№ {one.document.number}", pack(Action.FEED, draft_id, one.document.number, Leaf.OPEN))
        for one in found
    ]
    return tuple(tuple(buttons[place : place + 4]) for place in range(0, len(buttons), 4))


def _filter_rows(language: str, draft_id: str, body: dict[str, Any]) -> Rows:
    buttons = [
        Button(
            f"{CHOSEN if name == body['filter'] else ''}{say(language, f'counter-filter-{name}')}",
            pack(Action.FEED, draft_id, place, Leaf.FILTER),
        )
        for place, name in enumerate(FILTERS)
    ]
    return (tuple(buttons[:2]), tuple(buttons[2:]))


def _span_rows(language: str, draft_id: str, body: dict[str, Any], last_shift: int) -> Rows:
    """The shift before and after, or today; and the search."""
    shift = int(body["shift"])
    turn = []
    if body["today"]:
        turn.append(Button(_shift_words(language, last_shift), pack(Action.FEED, draft_id, last_shift, Leaf.SHIFT)))
    else:
        if shift > 1:
            words = f"‹ {_shift_words(language, shift - 1)}"
            turn.append(Button(words, pack(Action.FEED, draft_id, shift - 1, Leaf.SHIFT)))
        if shift < last_shift:
            words = f"{_shift_words(language, shift + 1)} ›"
            turn.append(Button(words, pack(Action.FEED, draft_id, shift + 1, Leaf.SHIFT)))
    rows = [tuple(turn)] if turn else []
    search = _leaf(language, draft_id, "counter-button-find", Leaf.FIND, 0)
    if body["today"]:
        return (*rows, (search,))
    return (*rows, (_leaf(language, draft_id, "counter-button-today", Leaf.TODAY, 0), search))


def _shift_words(language: str, shift: int) -> str:
    return say(language, "counter-button-shift", shift=shift)


def _leaf(language: str, draft_id: str, key: str, kind: str, target: int) -> Button:
    return Button(say(language, key), pack(Action.FEED, draft_id, target, kind))


def day_screen(language: str, register_id: str, hour: int, began: datetime, *, may_change: bool) -> Screen:
    """When «today» began, and the hours at which it may begin."""
    text = say(language, "counter-day-is", hour=f"{hour:02d}:00", began=day_clock_text(began))
    if not may_change:
        return Screen(lines(text, say(language, "counter-day-not-yours")))
    hours = [
        Button(f"{CHOSEN if one == hour else ''}{one:02d}:00", pack(Action.DAY, register_id, one))
        for one in (0, 3, 4, 5, 6, 7, 8, 9)
    ]
    return Screen(lines(text, say(language, "counter-day-ask")), (tuple(hours[:4]), tuple(hours[4:])))
