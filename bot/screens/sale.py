"""The preview of a sale: the arithmetic of each line, the total, and the button that makes it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.press import Action, pack
from bot.screens.screen import BUTTON_CHARACTERS_MAX, Button, Rows, Screen, lines
from bot.screens.wording import line_text, payment_name, safe, shortened, tenge
from core.domain.document import Document
from core.domain.ticket import PaymentType, Ticket
from core.domain.view import CHAT_MARKS, DocumentView, Mark
from core.texts import say

LINES_SHOWN_MAX = 25
FRAGMENTS_SHOWN_MAX = 3
FRAGMENT_CHARACTERS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Preview:
    """One reading of what was written; without payments the buttons ask for them."""

    ticket: Ticket
    paid: bool


def preview_screen(
    language: str, draft_id: str, readings: tuple[Preview, ...], chosen: int, title: str | None = None
) -> Screen:
    """The chosen reading; the others are one tap away. ``title`` names the register to somebody who has several."""
    preview = readings[chosen]
    ticket = preview.ticket
    text = lines(
        None if title is None else f"<b>{safe(title)}</b>",
        *ticket_lines(language, ticket, LINES_SHOWN_MAX),
        "",
        say(language, "bot-sale-total", total=tenge(ticket.total)),
        payments_line(language, ticket) if preview.paid else say(language, "bot-sale-how-paid"),
    )
    return Screen(text, _buttons(language, draft_id, readings, chosen))


def ticket_lines(language: str, ticket: Ticket, shown_max: int) -> tuple[str, ...]:
    """Each line with its arithmetic, escaped, and what holds for the whole receipt."""
    shown = ticket.items if len(ticket.items) <= shown_max else ticket.items[: shown_max - 1]
    texts = [safe(line_text(line, language)) for line in shown]
    if more := len(ticket.items) - len(shown):
        texts.append(say(language, "bot-sale-more-lines", count=more))
    if ticket.discount:
        texts.append(say(language, "bot-sale-discount", sum=tenge(ticket.discount)))
    if ticket.markup:
        texts.append(say(language, "bot-sale-markup", sum=tenge(ticket.markup)))
    return tuple(texts)


def payments_line(language: str, ticket: Ticket, *, with_change: bool = True) -> str:
    """How it was paid, what was taken and the change."""
    parts = [
        say(language, "bot-paid", type=payment_name(language, one.type), sum=tenge(one.sum))
        for one in ticket.payments or ()
    ]
    if with_change and ticket.change:
        parts.append(say(language, "bot-paid-taken", taken=tenge(ticket.taken or 0)))
        parts.append(say(language, "bot-paid-change", change=tenge(ticket.change)))
    return " · ".join(parts)


def _buttons(language: str, draft_id: str, readings: tuple[Preview, ...], chosen: int) -> Rows:
    preview = readings[chosen]
    total = tenge(preview.ticket.total)
    rows: list[tuple[Button, ...]]
    if preview.paid:
        words = say(language, "bot-button-make", total=total)
        if preview.ticket.change:
            words = say(language, "bot-button-make-change", total=total, change=tenge(preview.ticket.change))
        rows = [(Button(words, pack(Action.SALE, draft_id, chosen), style="primary"),)]
    else:
        cash, card, mobile = (
            Button(
                say(language, f"bot-button-pay-{kind}", total=total),
                pack(Action.SALE, draft_id, chosen, str(kind)),
                style="primary",
            )
            for kind in PaymentType
        )
        rows = [(cash,), (card, mobile)]
    rows += [
        (Button(_reading_words(language, other, preview), pack(Action.READING, draft_id, place)),)
        for place, other in enumerate(readings)
        if place != chosen
    ]
    rows.append((Button(say(language, "bot-button-cancel"), pack(Action.CANCEL, draft_id)),))
    return tuple(rows)


def _reading_words(language: str, other: Preview, shown: Preview) -> str:
    """Names the total of the other reading and the first line that differs."""
    pairs = zip(other.ticket.items, shown.ticket.items, strict=False)
    different = next((mine for mine, theirs in pairs if mine != theirs), other.ticket.items[0])
    total = tenge(other.ticket.total)
    empty = say(language, "bot-button-reading", total=total, line="")
    arithmetic = line_text(different, language, name_characters=12)
    return say(
        language,
        "bot-button-reading",
        total=total,
        line=shortened(arithmetic, BUTTON_CHARACTERS_MAX - len(empty)),
    )


def spent_buttons(language: str, view: DocumentView, press: str) -> Rows:
    """What stands in place of a draft's buttons once it was made: its result, and the same answer when pressed."""
    document = view.document
    if view.mark is Mark.REFUSED:
        return ((Button(say(language, "bot-button-refused", number=document.number), press),),)
    # without the sum: the one button that names a total is the one that makes a sale of it
    return ((Button(f"{CHAT_MARKS[Mark.SAVED]} {document_title(language, document)}", press),),)


def document_title(language: str, document: Document) -> str:
    """«Чек № 12», «Возврат № 13», …"""
    return say(language, f"bot-title-{document.kind.replace('_', '-')}", number=document.number)


def cancelled_screen(language: str) -> Screen:
    return Screen(say(language, "bot-cancelled"))


def unreadable_screen(language: str, fragments: tuple[str, ...]) -> Screen:
    """What was not understood, an example, and a button that tries it."""
    quoted = ", ".join(
        f"«{safe(one, FRAGMENT_CHARACTERS_SHOWN)}»" for one in fragments[:FRAGMENTS_SHOWN_MAX] if one.strip()
    )
    text = (
        say(language, "bot-unreadable-fragments", fragments=quoted)
        if quoted
        else say(language, "bot-unreadable")
    )
    return Screen(text, example_buttons(language))


def example_buttons(language: str) -> Rows:
    return ((Button(say(language, "bot-button-example"), pack(Action.EXAMPLE)),),)
