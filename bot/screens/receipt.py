"""The receipt message: one message whose head mark and last line follow what becomes of the document (UX.md 4.3)."""

from __future__ import annotations

from urllib.parse import quote

from bot.press import Action, pack
from bot.screens.sale import document_title, payments_line, ticket_lines
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import clock_text, safe, tenge
from core.domain.ticket import Kind
from core.domain.view import CHAT_MARKS, DocumentView, Mark
from core.texts import messages, say

LINES_SHOWN_MAX = 12
QR_BUTTON = "QR"
SHARE = "https://t.me/share/url?url="
"""Opens the list of chats: one press sends the link to a customer."""
STAGES = {
    Mark.SAVED: 0,
    Mark.AUTONOMOUS: 1,
    Mark.STOPPED: 2,
    Mark.SETTLED: 3,
    Mark.REGISTERED: 3,
    Mark.AUTONOMOUS_REGISTERED: 3,
    Mark.REFUSED: 3,
    Mark.PRACTICE: 3,
}
"""How far a mark is on its way: a message never goes back to an earlier one."""


def receipt_screen(
    language: str, view: DocumentView, *, place: int | None = None, cash: int | None = None, title: str | None = None
) -> Screen:
    """A document as its message. ``place`` is its place in the operator's queue, ``cash`` what the drawer holds.

    ``title`` names the register to somebody who has several.
    """
    document = view.document
    ticket = document.ticket
    body: list[str | None] = []
    if ticket is not None:
        body = [*ticket_lines(language, ticket, LINES_SHOWN_MAX), payments_line(language, ticket)]
        if ticket.parent is not None and ticket.parent.document_number is not None:
            body.append(say(language, "bot-basis", number=ticket.parent.document_number))
    elif cash is not None and view.mark not in (Mark.SAVED, Mark.REFUSED):
        body = [say(language, "bot-cash-now", cash=tenge(cash))]
    if document.practice and ticket is not None:
        body.append(f"<i>{say(language, 'bot-practice')}</i>")
    text = lines(_head(language, view, title), *body, "", state_line(language, view, place))
    return Screen(text, _buttons(language, view), silent=view.mark not in (Mark.REFUSED, Mark.STOPPED))


def _head(language: str, view: DocumentView, register: str | None) -> str:
    document = view.document
    title = document_title(language, document)
    parts = [f"{CHAT_MARKS[view.mark]} <b>{title} · {tenge(document.total)}\u00a0₸</b>"]
    if document.ticket is not None and document.ticket.change:
        parts.append(say(language, "bot-head-change", change=tenge(document.ticket.change)))
    if register is not None:
        parts.append(safe(register))
    return " · ".join(parts)


def _buttons(language: str, view: DocumentView) -> Rows:
    document = view.document
    subject = (document.register_id, document.number)
    details = Button(say(language, "counter-button-details"), pack(Action.DETAILS, *subject))
    if document.ticket is None or view.mark is Mark.REFUSED:
        return ((details,),) if view.mark is not Mark.SAVED else ()
    first = (
        Button(say(language, "bot-button-receipt"), url=view.receipt_url),
        Button(QR_BUTTON, pack(Action.QR, *subject)),
    )
    if view.mark is Mark.SAVED:
        return (first,)
    second = (
        Button(say(language, "counter-button-send"), url=f"{SHARE}{quote(view.receipt_url, safe='')}"),
        Button(say(language, "counter-button-print"), pack(Action.COPY, *subject)),
    )
    if document.kind is not Kind.SELL:
        return (first, second, (details,))
    back = Button(say(language, "bot-button-return"), pack(Action.RETURN_ASK, *subject))
    return (first, second, (back, details))


def state_line(language: str, view: DocumentView, place: int | None = None) -> str:
    """What became of the document, in one line of words."""
    time = "" if view.registered_at is None else clock_text(view.registered_at)
    match view.mark:
        case Mark.SAVED | Mark.SETTLED | Mark.PRACTICE:
            return say(language, f"bot-state-{view.mark}")
        case Mark.REGISTERED | Mark.AUTONOMOUS_REGISTERED:
            key = f"bot-state-{view.mark.replace('_', '-')}"
            if view.fiscal_sign is None:
                return say(language, f"{key}-plain", time=time)
            return say(language, key, sign=safe(view.fiscal_sign), time=time)
        case Mark.AUTONOMOUS:
            return _autonomous_line(language, view, place)
        case Mark.REFUSED | Mark.STOPPED:
            return say(language, f"bot-state-{view.mark}", text=operator_words(language, view))


def _autonomous_line(language: str, view: DocumentView, place: int | None) -> str:
    reason = reason_words(language, view.reason)
    state = (
        say(language, "bot-state-autonomous", reason=reason)
        if place is None
        else say(language, "bot-state-autonomous-queue", reason=reason, place=place)
    )
    if view.autonomous_sign is None:
        return state
    return lines(say(language, "bot-state-autonomous-sign", sign=view.autonomous_sign), state)


def reason_words(language: str, reason: str | None) -> str:
    """Why a register or a document is autonomous or blocked (the reasons of CONTRACT.md)."""
    key = f"bot-reason-{(reason or 'other').replace('_', '-')}"
    return say(language, key if key in messages(language) else "bot-reason-other")


def operator_words(language: str, view: DocumentView) -> str:
    """The operator's own text, or the number of its answer when it said nothing."""
    if view.result_text and view.result_text.strip():
        return safe(view.result_text)
    return say(language, "bot-operator-silent", code=view.result_code or 0)


def qr_screen(language: str, view: DocumentView) -> Screen:
    """The receipt's link as a picture for the customer to scan from the vendor's screen."""
    caption = say(
        language,
        "bot-qr-caption",
        title=document_title(language, view.document),
        total=tenge(view.document.total),
    )
    return Screen(caption, qr=view.receipt_url)
