"""The operator's fee and the register's state: how to pay, until when it is paid, reminders."""

from __future__ import annotations

from datetime import date

from bot.press import Action, pack
from bot.screens.cause import (
    FeeChoice,
    Look,
    ask_fee_button,
    check_button,
    day_text,
    paid_words,
    probe_buttons,
    situation_buttons,
    situation_text,
)
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import day_clock_text
from core.domain.cause import Standing, Unpaid
from core.domain.paid_day import months_after, years_after
from core.ofd.operators import OPERATORS, Operator, pay_note, pay_steps
from core.texts import say


def how_to_pay_screen(language: str, look: Look) -> Screen:
    """The operator's three steps, what is free, and what is known of the day."""
    operator = _operator(look)
    if operator is None:
        return Screen(say(language, "fee-no-operator"))
    text = lines(
        say(language, "fee-how-title", operator=operator.name(language)),
        *_numbered(operator, language),
        pay_note(operator, language),
        paid_words(language, look.state.registration.paid_until, look.now.date()),
    )
    return Screen(text, (*probe_buttons(language, look.register_id), *_ask_row(language, look)))


def ask_day_screen(language: str, look: Look) -> Screen:
    """Asks until which day the operator is paid; two taps are offered, any date may be written."""
    today = look.now.date()
    if _operator(look) is None:
        return Screen(say(language, "fee-no-operator"))
    offered = (("fee-button-month", months_after(today, 1)), ("fee-button-year", years_after(today, 1)))
    return Screen(say(language, "fee-ask"), tuple((_set_button(language, look, key, day),) for key, day in offered))


def day_set_screen(language: str, look: Look, day: date) -> Screen:
    """What was noted, with how many days are left, so that a slip of the finger is seen."""
    days = (day - look.now.date()).days
    written = f"{day:%d.%m.%Y}"
    change = ask_fee_button(language, look.register_id, "fee-button-change")
    return Screen(say(language, "fee-set", day=written, days=days), ((change,),))


def reminder_screen(language: str, look: Look, day: date) -> Screen:
    """Some days before the paid time ends, with how to pay and the two buttons."""
    operator, today = _operator(look), look.now.date()
    assert operator is not None, "only a register with an operator is reminded"
    text = lines(
        say(language, "fee-reminder", title=look.title, days=max((day - today).days, 0)),
        say(language, "fee-reminder-why", day=day_text(day, today)),
        *_numbered(operator, language)[:-1],
        pay_note(operator, language),
    )
    renewed = ask_fee_button(language, look.register_id, "fee-button-renewed")
    return Screen(text, ((renewed,), (check_button(language, look.register_id),)), silent=False)


def state_screen(language: str, look: Look) -> Screen:
    """The register as it is: trouble if there is any, the shift, the operator and its paid day."""
    operator = _operator(look)
    if look.situation.standing is not Standing.ONLINE:
        health = situation_text(language, look)
    else:
        health = say(language, "state-practice" if operator is None else "state-online")
    text = lines(
        f"<b>{look.title}</b>",
        health,
        _shift_line(language, look),
        None if operator is None else _operator_line(language, look, operator),
    )
    buttons = situation_buttons(language, look)
    if not buttons and operator is not None:
        buttons = ((check_button(language, look.register_id),), *_ask_row(language, look))
    return Screen(text, buttons)


def _operator_line(language: str, look: Look, operator: Operator) -> str:
    name = say(language, "state-operator", operator=operator.name(language))
    if look.situation.unpaid is not Unpaid.NO:
        return name
    return f"{name} {paid_words(language, look.state.registration.paid_until, look.now.date())}"


def _shift_line(language: str, look: Look) -> str:
    shift = look.state.shift
    if shift is None:
        return say(language, "state-no-shift")
    key = "state-shift-itself" if look.state.registration.auto_close else "state-shift"
    return say(language, key, shift=shift.number, until=day_clock_text(shift.closes_before))


def _ask_row(language: str, look: Look) -> Rows:
    return ((ask_fee_button(language, look.register_id),),) if look.deciding.may else ()


def _set_button(language: str, look: Look, key: str, day: date) -> Button:
    data = pack(Action.FEE, look.register_id, int(f"{day:%Y%m%d}"), FeeChoice.SET)
    return Button(say(language, key, day=f"{day:%d.%m.%Y}"), data)


def _numbered(operator: Operator, language: str) -> tuple[str, ...]:
    return tuple(f"{place}. {step}" for place, step in enumerate(pay_steps(operator, language), 1))


def _operator(look: Look) -> Operator | None:
    return OPERATORS.get(look.state.registration.operator or "")
