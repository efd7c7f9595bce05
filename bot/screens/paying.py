"""How a cart is paid: exact cash, likely notes with their change, card, QR, a part of each."""

from __future__ import annotations

from bot.baskets import PAID
from bot.press import Action, Tap, pack
from bot.screens.sale import ticket_lines
from bot.screens.screen import Button, Screen, lines
from bot.screens.wording import tenge
from core.domain.notes import likely_sums
from core.domain.ticket import PaymentType, Ticket
from core.texts import say

SPENT_LINES_MAX = 12
GIVEN, MIXED = "g", "m"
"""What the keypad of a payment is for: the cash handed over, the part that is paid in cash."""


def pay_screen(language: str, draft_id: str, ticket: Ticket, text: str) -> Screen:
    """Each button makes the receipt at once and carries the total that it was drawn for."""
    total = ticket.total
    exact = _paid_button(
        draft_id, say(language, "cart-button-exact", total=tenge(total)), total, PaymentType.CASH, style="primary"
    )
    notes = [
        _paid_button(draft_id, _note_words(language, given, total), total, PaymentType.CASH, given)
        for given in likely_sums(total)
    ]
    other, mixed, back = (
        Button(say(language, key), pack(Action.CART, draft_id, 0, choice))
        for key, choice in (
            ("cart-button-given", f"{Tap.KEYPAD}{GIVEN}"),
            ("cart-button-mixed", f"{Tap.KEYPAD}{MIXED}"),
            ("back", Tap.HOME),
        )
    )
    card, mobile = (
        _paid_button(draft_id, say(language, f"bot-button-pay-{kind}", total=tenge(total)), total, kind)
        for kind in (PaymentType.CARD, PaymentType.MOBILE)
    )
    rows = [tuple(notes[place : place + 2]) for place in range(0, len(notes), 2)]
    if notes:
        text = lines(text, say(language, "cart-pay-hint"))
    return Screen(text, ((exact,), *rows, (card, mobile), (other, mixed), (back,)))


def spent_text(language: str, text: str, ticket: Ticket | None) -> str:
    """The text of a spent draft: what buttons meant or a keypad asked is no longer said, what was sold is."""
    total = 0 if ticket is None else ticket.total
    questions = [say(language, f"cart-keypad-{name}", total=tenge(total)) for name in ("given", "mixed")]
    if ticket is None or not any(question in text for question in questions):
        return text.removesuffix(say(language, "cart-pay-hint")).rstrip()
    sold = ticket_lines(language, ticket, SPENT_LINES_MAX)
    return lines(*sold, "", say(language, "bot-sale-total", total=tenge(total)))


def _note_words(language: str, given: int, total: int) -> str:
    """`2 000 → 50`: a longer one would lose the change at the edge of a phone."""
    return say(language, "cart-button-note", given=tenge(given), change=tenge(given - total))


def given_button(language: str, draft_id: str, total: int, given: int) -> Button:
    """Cash of any sum that covers the total."""
    words = (
        say(language, "bot-button-make-change", total=tenge(total), change=tenge(given - total))
        if given > total
        else say(language, "bot-button-make", total=tenge(total))
    )
    return _paid_button(draft_id, words, total, PaymentType.CASH, given, style="primary")


def mixed_button(language: str, draft_id: str, total: int, cash: int, rest: PaymentType) -> Button:
    """Part in cash, the rest by card or QR."""
    words = say(language, f"cart-button-mixed-{rest}", cash=tenge(cash), rest=tenge(total - cash))
    return _paid_button(draft_id, words, total, rest, cash, style="primary")


def _paid_button(
    draft_id: str, words: str, total: int, kind: PaymentType, amount: int | None = None, style: str | None = None
) -> Button:
    choice = f"{PAID}{kind}" if amount is None else f"{PAID}{kind}{amount}"
    return Button(words, pack(Action.CART, draft_id, total, choice), style=style)
