"""The keypad of a cart, and its question for goods that nobody knows. Whatever is tapped may be written as well."""

from __future__ import annotations

import re

from bot.baskets import TYPED_CHARACTERS_MAX, Basket, View
from bot.press import Action, Tap, pack
from bot.screens.paying import GIVEN, MIXED, given_button, mixed_button
from bot.screens.screen import Button, Screen, lines
from bot.screens.wording import safe, tenge
from core.domain.money import MONEY_PLACES, PERCENT_MAX, THOUSANDTHS_PLACES, parse_decimal
from core.domain.ticket import PaymentType, Ticket
from core.texts import say

AMOUNT, QUANTITY, PERCENT, DISCOUNT_SUM = "a", "q", "c", "s"
PURPOSES = (AMOUNT, QUANTITY, PERCENT, DISCOUNT_SUM, GIVEN, MIXED)
OF_MONEY = (AMOUNT, DISCOUNT_SUM, GIVEN, MIXED)
KEYS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("00", "0", ",", "⌫"))
ERASE = 11
COMMA = 10
TWO_ZEROS = 12
_NUMBERS = {",": COMMA, "⌫": ERASE, "00": TWO_ZEROS}
_TYPED = re.compile(r"[0-9]{1,12}(,[0-9]{0,3})?")


def typed_on(typed: str, key: int) -> str:
    """What stands on the display after a key; a key that makes no number changes nothing."""
    if key == ERASE:
        return typed[:-1]
    letters = {COMMA: ",", TWO_ZEROS: "00"}.get(key, str(key) if key < COMMA else "")
    after = f"{typed}{letters}"
    if typed in ("", "0"):
        after = letters.lstrip("0") or "0"
        after = f"0{after}" if after.startswith(",") else after
    fits = len(after) <= TYPED_CHARACTERS_MAX and _TYPED.fullmatch(after)
    return after if fits else typed


def value_of(purpose: str, typed: str) -> int | None:
    """The number on the display as tiyn, thousandths or thousandths of a percent; ``None`` while it is none."""
    places = MONEY_PLACES if purpose in OF_MONEY else THOUSANDTHS_PLACES
    value = parse_decimal(typed.rstrip(",").replace(",", "."), places)
    if value is None or value <= 0 or (purpose == PERCENT and value > PERCENT_MAX):
        return None
    return value


def keypad_screen(language: str, draft_id: str, basket: Basket, ticket: Ticket | None) -> Screen:
    """What is asked for, what is on the display, the keys, and what can be done with the number."""
    view = basket.view
    total = 0 if ticket is None else ticket.total
    asked = say(language, f"cart-keypad-{NAMES[view.purpose]}", total=tenge(total))
    note = say(language, view.note) if view.note else None
    display = f"<b>{_display(view)}</b>{_SUFFIX.get(view.purpose, '')}"
    rows = [
        tuple(Button(key, _data(draft_id, _NUMBERS.get(key, 0) or int(key), Tap.DIGIT)) for key in row) for row in KEYS
    ]
    rows += [(one,) for one in _done_buttons(language, draft_id, view, total)]
    back = Tap.LINE if view.purpose == QUANTITY else Tap.PAY if view.purpose in (GIVEN, MIXED) else Tap.HOME
    rows.append((Button(say(language, "back"), _data(draft_id, view.line, back)),))
    return Screen(lines(note, asked, display), tuple(rows))


def _done_buttons(language: str, draft_id: str, view: View, total: int) -> list[Button]:
    value = value_of(view.purpose, view.typed)
    if value is None:
        return []
    if view.purpose == GIVEN:
        return [given_button(language, draft_id, total, value)] if value >= total else []
    if view.purpose == MIXED:
        kinds = (PaymentType.CARD, PaymentType.MOBILE)
        return [mixed_button(language, draft_id, total, value, kind) for kind in kinds] if value < total else []
    key = f"cart-button-enter-{NAMES[view.purpose]}"
    shown = tenge(value) if view.purpose in OF_MONEY else view.typed.rstrip(",")
    return [Button(say(language, key, value=shown), _data(draft_id, view.line, Tap.ENTER), style="primary")]


def ask_screen(language: str, draft_id: str, view: View) -> Screen:
    """Goods that the catalogue does not know: their name and price once, or only the price of a name that was found."""
    note = say(language, view.note) if view.note else None
    code = safe(view.code, 64)
    words = (
        say(language, "cart-ask-price", code=code, name=safe(view.name))
        if view.name
        else say(language, "cart-ask-name", code=code)
    )
    back = Button(say(language, "back"), _data(draft_id, 0, Tap.HOME))
    return Screen(lines(note, words), ((back,),))


def _display(view: View) -> str:
    if not view.typed:
        return "0"
    whole, comma, part = view.typed.partition(",")
    grouped = tenge(int(whole) * 100)
    return f"{grouped}{comma}{part}"


def _data(draft_id: str, number: int, choice: Tap) -> str:
    return pack(Action.CART, draft_id, number, choice)


NAMES = {
    AMOUNT: "amount",
    QUANTITY: "quantity",
    PERCENT: "percent",
    DISCOUNT_SUM: "discount",
    GIVEN: "given",
    MIXED: "mixed",
}
_SUFFIX = {AMOUNT: "\u00a0₸", DISCOUNT_SUM: "\u00a0₸", GIVEN: "\u00a0₸", MIXED: "\u00a0₸", PERCENT: "\u00a0%"}
