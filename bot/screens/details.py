"""What a mark stands for: the timeline of a document in at most ten lines, with what else can be done with it."""

from __future__ import annotations

from datetime import datetime

from bot.press import Action, pack
from bot.screens.receipt import operator_words, reason_words
from bot.screens.sale import document_title
from bot.screens.screen import COPIED_CHARACTERS_MAX, PDF, Button, Paper, Rows, Screen, lines
from bot.screens.wording import clock_text, day_clock_text, safe, tenge
from core.db.timeline import Happening, Printing, Timeline
from core.domain.view import CHAT_MARKS, DocumentView, Mark
from core.texts import say

LINES_MAX = 10


def details_screen(language: str, view: DocumentView, timeline: Timeline, *, has_printer: bool = True) -> Screen:
    """Made, sent, answered, why; printed and returned. Without a printer nobody waits for paper."""
    document = view.document
    head = f"{CHAT_MARKS[view.mark]} <b>{document_title(language, document)} · {tenge(document.total)}\u00a0₸</b>"
    events = [_made(language, view), *(_happening(language, view, one) for one in timeline.happenings)]
    if timeline.unanswered:
        events.append(say(language, "counter-time-unanswered", count=timeline.unanswered))
    events.append(_now(language, view))
    events += _printed(language, timeline.prints, has_printer=has_printer)
    events += [
        say(language, "counter-time-returned", number=number, total=tenge(total)) for number, total in timeline.returns
    ]
    said = [one for one in events if one is not None]
    if len(said) > LINES_MAX - 1:
        dots = say(language, "counter-time-more", count=len(said) - (LINES_MAX - 2))
        said = [*said[: LINES_MAX - 2], dots]
    return Screen(lines(head, *said), _buttons(language, view))


def _made(language: str, view: DocumentView) -> str:
    document = view.document
    name = document.cashier.name.strip()
    if not name:
        return say(language, "counter-time-made", time=day_clock_text(document.made_at))
    return say(language, "counter-time-made-by", time=day_clock_text(document.made_at), name=safe(name, 60))


def _happening(language: str, view: DocumentView, one: Happening) -> str | None:
    time, facts = _time(one.at, view), one.facts
    if one.kind == "resolution":
        why = safe(str(facts.get("why") or ""), 100)
        return say(language, f"counter-time-{facts['resolution'].replace('_', '-')}", time=time, why=why)
    match facts["outcome"]:
        case "registered":
            return say(language, "counter-time-registered", time=time)
        case "autonomous":
            reason = reason_words(language, facts.get("reason"))
            return say(language, "counter-time-autonomous", time=time, reason=reason)
        case "refused":
            words = operator_words(language, view)
            return say(language, "counter-time-refused", time=time, text=words, code=int(facts.get("result_code") or 0))
        case _:
            return say(language, "counter-time-practice", time=time)


def _now(language: str, view: DocumentView) -> str | None:
    """What is still to come, or what came after the outcome."""
    match view.mark:
        case Mark.SAVED | Mark.AUTONOMOUS:
            return say(language, f"counter-time-now-{view.mark}")
        case Mark.AUTONOMOUS_REGISTERED if view.registered_at is not None:
            return say(language, "counter-time-told-later", time=_time(view.registered_at, view))
        case Mark.STOPPED:
            return say(language, "counter-time-now-stopped", text=operator_words(language, view))
        case _:
            return None


def _printed(language: str, prints: tuple[Printing, ...], *, has_printer: bool) -> list[str]:
    originals = [one for one in prints if not one.copy and (has_printer or one.state == "printed")]
    said = [say(language, f"counter-time-print-{_state(one)}") for one in originals]
    copies = [one for one in prints if one.copy]
    if copies:
        out = sum(one.state == "printed" for one in copies)
        said.append(say(language, "counter-time-copies", count=len(copies), printed=out))
    return said


def _state(one: Printing) -> str:
    return one.state if one.state in ("printed", "failed") else "waiting"


def _time(moment: datetime, view: DocumentView) -> str:
    """The time alone on the document's own day."""
    same_day = moment.date() == view.document.made_at.date()
    return clock_text(moment) if same_day else day_clock_text(moment)


def _buttons(language: str, view: DocumentView) -> Rows:
    document = view.document
    if view.mark in (Mark.REFUSED, Mark.SAVED):
        return ()
    pdf = Button(say(language, "counter-button-pdf"), pack(Action.PDF, document.register_id, document.number))
    if not document.is_ticket:
        return ((pdf, copy_button(language, view)),)
    rows: list[tuple[Button, ...]] = [(pdf,)]
    if len(view.receipt_url) <= COPIED_CHARACTERS_MAX:
        rows = [(pdf, Button(say(language, "counter-button-copy-link"), copy=view.receipt_url))]
    return tuple(rows)


def copy_button(language: str, view: DocumentView) -> Button:
    """One press, one copy on paper."""
    document = view.document
    return Button(say(language, "counter-button-print"), pack(Action.COPY, document.register_id, document.number))


def no_printer_screen(language: str, view: DocumentView) -> Screen:
    """No paper, but the same receipt as a file."""
    document = view.document
    pdf = Button(say(language, "counter-button-pdf"), pack(Action.PDF, document.register_id, document.number))
    return Screen(say(language, "counter-copy-no-printer"), ((pdf,),))


def pdf_screen(language: str, view: DocumentView) -> Screen:
    """The document as a file."""
    document = view.document
    caption = f"{document_title(language, document)} · {tenge(document.total)}\u00a0₸"
    return Screen(caption, paper=Paper(PDF, document.register_id, document.number, "kk-ru"))
