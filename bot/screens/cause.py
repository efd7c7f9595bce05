"""The lines of every message about trouble: cause, what waits, what is left of the 72 h, the one thing to do (G10).

All of it is read from the `Situation` of the register as it is when the message is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from bot.press import Action, pack
from bot.screens.receipt import reason_words
from bot.screens.screen import Button, Rows, lines
from bot.screens.wording import safe
from core.domain.cause import Cause, Mender, Situation, Standing, Todo, Unpaid
from core.ofd.operators import OPERATORS, pay_where
from core.texts import say
from core.usecases.registers import RegisterView, situation_of

NAMES_SHOWN_MAX = 3


class Choice(StrEnum):
    """What a button of a standing register decides; `SETTLE` and `ENCODE` only ask, `LEAVE` takes the question back.

    The answers to `ENCODE` name the version: one that is pressed twice never switches back.
    """

    RETRY = "retry"
    SETTLE = "settle"
    SETTLED = "settled"
    ENCODE = "encode"
    ENCODED_203 = "in-2.0.3"
    ENCODED_204 = "in-2.0.4"
    LEAVE = "leave"


class FeeChoice(StrEnum):
    """What a button about the operator's fee does; the day of `SET` stands in the button's number as yyyymmdd."""

    HOW = "how"
    ASK = "ask"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Deciding:
    """Whether whoever reads may decide, else the names of those who may."""

    may: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """A register as it is at ``now``, for somebody who may or may not decide about it."""

    state: RegisterView
    now: datetime
    deciding: Deciding

    @cached_property
    def situation(self) -> Situation:
        """Why it does not work as usual."""
        return situation_of(self.state, self.now)

    @property
    def register_id(self) -> str:
        return self.state.registration.register_id

    @property
    def title(self) -> str:
        """The register's title, harmless inside HTML."""
        return safe(self.state.registration.title)


def situation_text(language: str, look: Look) -> str:
    """Cause, what waits, what is known of the fee, and the one thing to do, each in a line of its own."""
    situation = look.situation
    if situation.standing is Standing.ONLINE:
        return say(language, "todo-nothing")
    return lines(
        cause_line(language, look),
        _waiting_line(language, situation),
        _fee_line(language, situation, look.now.date()),
        todo_line(language, look),
    )


def situation_buttons(language: str, look: Look) -> Rows:
    """The buttons of the one thing to do, for who may do it."""
    situation, register_id = look.situation, look.register_id
    if situation.mender is Mender.DECIDER and not look.deciding.may:
        return ()
    match situation.todo:
        case Todo.NOTHING | Todo.SET_CLOCK:
            return ()
        case Todo.WAIT:
            return ((check_button(language, register_id),),)
        case Todo.CHECK_FEE | Todo.PAY:
            return (*probe_buttons(language, register_id), _fee_buttons(language, look))
        case Todo.CLOSE_SHIFT:
            return close_buttons(language, register_id)
        case Todo.RESOLVE:
            number = stopped_number(look.state)
            encode = pack(Action.LANE, register_id, number, Choice.ENCODE)
            return (
                _retry_row(language, register_id),
                _settle_row(language, register_id, number),
                (Button(say(language, "bot-button-encode"), encode),),
            )
        case Todo.TOKEN if situation.standing is Standing.STOPPED:
            return (
                _retry_row(language, register_id),
                _settle_row(language, register_id, stopped_number(look.state)),
            )
        case Todo.TOKEN if situation.cause is Cause.RESTORED:
            return ()
        case Todo.TOKEN | Todo.RETRY:
            return (_retry_row(language, register_id),)


def cause_line(language: str, look: Look) -> str:
    """«Причина: …», with the operator's own words where it said any."""
    state, situation = look.state, look.situation
    if situation.standing is Standing.STOPPED:
        return say(
            language,
            "cause-line-stopped",
            number=stopped_number(state),
            text=operators_text(language, state.lane.text or ""),
            code=state.lane.result_code or 0,
        )
    reason = reason_words(language, situation.cause)
    block = state.block
    # a block without any words carries its reason's code instead, which is not for people
    if situation.standing is Standing.BLOCKED and block is not None and block.text.strip() not in ("", block.reason):
        return say(language, "cause-line-said", reason=reason, text=safe(block.text))
    return say(language, "cause-line", reason=reason)


def todo_line(language: str, look: Look) -> str:
    """«Что сделать: …»; for who may not do it, whom to call."""
    situation = look.situation
    if situation.mender is Mender.DECIDER and not look.deciding.may:
        return who_decides(language, look.deciding)
    operator = OPERATORS.get(look.state.registration.operator or "")
    if situation.todo in (Todo.PAY, Todo.CHECK_FEE) and operator is not None:
        return say(language, f"todo-{situation.todo.replace('_', '-')}", where=pay_where(operator, language))
    return say(language, f"todo-{situation.todo.replace('_', '-')}")


def who_decides(language: str, deciding: Deciding) -> str:
    """Said to everybody else."""
    if not deciding.names:
        return say(language, "todo-owner")
    names = ", ".join(safe(name) for name in deciding.names[:NAMES_SHOWN_MAX])
    return say(language, "todo-owner-named", names=names)


def waiting_words(language: str, count: int) -> str:
    """«ждут отправки 14 документов»."""
    return say(language, "cause-waiting", count=count)


def duration_words(language: str, left: timedelta) -> str:
    """«41 ч 20 мин»: whole minutes, without a part that is nothing."""
    hours, minutes = divmod(max(left, timedelta(0)) // timedelta(minutes=1), 60)
    if not hours:
        return say(language, "cause-minutes", minutes=minutes)
    if not minutes:
        return say(language, "cause-hours", hours=hours)
    return say(language, "cause-hours-minutes", hours=hours, minutes=minutes)


def paid_words(language: str, paid_until: date | None, today: date) -> str:
    """What is known of the day until which the fee is paid."""
    if paid_until is None:
        return say(language, "fee-unknown")
    days = (paid_until - today).days
    if days < 0:
        return say(language, "fee-past", days=-days, day=day_text(paid_until, today))
    return say(language, "fee-today" if days == 0 else "fee-known", day=day_text(paid_until, today))


def day_text(day: date, today: date) -> str:
    """`30.11`, with its year when that is not this one's."""
    return f"{day:%d.%m}" if day.year == today.year else f"{day:%d.%m.%Y}"


def operators_text(language: str, words: str) -> str:
    """What the operator said beside its code."""
    return safe(words) if words.strip() else say(language, "bot-operator-no-words")


def stopped_number(state: RegisterView) -> int:
    """The document at which a stopped lane stands: the first that the operator has not confirmed."""
    return state.last_document - (state.pending is not None) - state.unsent + 1


def probe_buttons(language: str, register_id: str) -> Rows:
    """«Я оплатил — проверить»."""
    return ((Button(say(language, "bot-button-paid"), pack(Action.PROBE, register_id), style="primary"),),)


def check_button(language: str, register_id: str) -> Button:
    """Asks the operator now, where nothing speaks of an unpaid fee."""
    return Button(say(language, "button-check"), pack(Action.PROBE, register_id))


def close_buttons(language: str, register_id: str) -> Rows:
    """«Закрыть смену», which asks once more."""
    return ((Button(say(language, "bot-menu-close"), pack(Action.CLOSE_ASK, register_id), style="primary"),),)


def ask_fee_button(language: str, register_id: str, key: str = "fee-button-ask") -> Button:
    """Asks for the day until which the operator is paid."""
    return Button(say(language, key), pack(Action.FEE, register_id, 0, FeeChoice.ASK))


def _fee_buttons(language: str, look: Look) -> tuple[Button, ...]:
    how = Button(say(language, "fee-button-how"), pack(Action.FEE, look.register_id, 0, FeeChoice.HOW))
    return (how, ask_fee_button(language, look.register_id)) if look.deciding.may else (how,)


def _waiting_line(language: str, situation: Situation) -> str:
    waiting = waiting_words(language, situation.waiting)
    left = None if situation.left is None else duration_words(language, situation.left)
    match situation.standing:
        case Standing.SHIFT:
            return say(language, "cause-shift")
        case Standing.LIMIT:
            return say(language, "cause-limit", waiting=waiting)
        case Standing.AUTONOMOUS if situation.waiting and left is not None:
            return say(language, "cause-sells-waiting", waiting=waiting, left=left)
        case Standing.AUTONOMOUS:
            return say(language, "cause-sells")
    if not situation.waiting:
        return say(language, "cause-no-sales")
    if not situation.left or left is None:
        return say(language, "cause-no-sales-waiting", waiting=waiting)
    return say(language, "cause-no-sales-left", waiting=waiting, left=left)


def _fee_line(language: str, situation: Situation, today: date) -> str | None:
    paid = paid_words(language, situation.paid_until, today)
    match situation.unpaid:
        case Unpaid.LIKELY:
            return say(language, "cause-unpaid-likely", paid=paid)
        case Unpaid.POSSIBLE:
            return say(language, "cause-unpaid-possible", paid=paid)
    return paid if situation.todo is Todo.WAIT and situation.paid_until is not None else None


def _retry_row(language: str, register_id: str) -> tuple[Button, ...]:
    data = pack(Action.LANE, register_id, 0, Choice.RETRY)
    return (Button(say(language, "bot-button-retry"), data, style="primary"),)


def _settle_row(language: str, register_id: str, number: int) -> tuple[Button, ...]:
    return (Button(say(language, "bot-button-settle"), pack(Action.LANE, register_id, number, Choice.SETTLE)),)
