"""A register that stands until a person decides: what stands, who decides, what became of it (DESIGN.md 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.press import Action, pack
from bot.screens.receipt import reason_words
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import safe
from core.ofd.operators import OPERATORS, Operator, pay_steps
from core.texts import say
from core.usecases.lanes import HOLDING

if TYPE_CHECKING:
    from core.usecases.registers import RegisterView

FEE_REASONS = ("no_link", "timeout", "unavailable", "blocked", "service")
"""Where the operator's unpaid fee may be behind it: DOMAIN.md 3, «What happens technically when unpaid»."""
TOKEN_REASON = "bad_token"  # noqa: S105 - the name of a cause
BAD_TOKEN_CODE = 2
NAMES_SHOWN_MAX = 3


class Choice(StrEnum):
    """What a button of a standing register decides; `SETTLE` only asks, `LEAVE` takes the question back."""

    RETRY = "retry"
    SETTLE = "settle"
    SETTLED = "settled"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Deciding:
    """Whether whoever reads may decide, else the names of those who may."""

    may: bool
    names: tuple[str, ...] = ()


def stopped_screen(
    language: str,
    *,
    register_id: str,
    title: str,
    number: int,
    words: str,
    code: int,
    unsent: int,
    deciding: Deciding,
) -> Screen:
    """The queue stands at one document and only a person can move it."""
    text = say(
        language,
        "bot-news-stopped",
        title=safe(title),
        number=number,
        text=operators_text(language, words),
        code=code,
        unsent=unsent,
    )
    return Screen(
        lines(text, _stopped_todo(language, code, deciding)),
        _stopped_buttons(language, register_id, number, deciding),
        silent=False,
    )


def blocked_screen(
    language: str,
    *,
    register_id: str,
    title: str,
    operator: str | None,
    reason: str | None,
    words: str,
    unsent: int,
    left: timedelta | None,
    deciding: Deciding,
) -> Screen:
    """No new receipts until a person acts."""
    text = say(
        language,
        "bot-news-blocked",
        title=safe(title),
        reason=reason_words(language, reason),
        text=_quoted(words, reason),
        unsent=unsent,
        left=left_words(language, left) if unsent else "",
    )
    todo = _blocked_todo(language, operator, reason, deciding)
    return Screen(lines(text, *todo), _blocked_buttons(language, register_id, reason, deciding), silent=False)


def with_way_out(language: str, refusal: Screen, state: RegisterView, deciding: Deciding) -> Screen:
    """A refusal on a register that stands, with what to do about it and the buttons that do it."""
    todo, buttons = _way_out(language, state, deciding)
    return Screen(lines(refusal.text, "", *todo), buttons, silent=refusal.silent)


def is_limit_over(state: RegisterView, now: datetime) -> bool:
    """Whether the 72 hours are over and something still waits to be sent."""
    return state.autonomous_until is not None and now > state.autonomous_until and state.unsent > 0


def limit_over_screen(language: str, first: str, state: RegisterView) -> Screen:
    """The 72 hours are over: what waits, what ends it, and the button that asks the operator now."""
    words = say(language, "bot-limit-over", reason=reason_words(language, state.reason), unsent=state.unsent)
    buttons = probe_buttons(language, state.registration.register_id)
    return Screen(lines(first, words), buttons, silent=False)


def settle_ask_screen(language: str, register_id: str, number: int) -> Screen:
    """The one confirmation of «Уладил с ОФД сам», which says what it means."""
    yes = Button(
        say(language, "bot-button-settled", number=number),
        pack(Action.LANE, register_id, number, Choice.SETTLED),
        style="danger",
    )
    no = Button(say(language, "bot-button-cancel"), pack(Action.LANE, register_id, number, Choice.LEAVE))
    return Screen(say(language, "bot-settle-ask", number=number), ((yes,), (no,)))


def after_screen(language: str, first: str | None, state: RegisterView, deciding: Deciding) -> Screen:
    """How the register is now, after ``first`` said what was done."""
    if state.lane.stopped:
        code = state.lane.result_code or 0
        words = operators_text(language, state.lane.text or "")
        now = say(language, "bot-lane-still-stopped", number=stopped_number(state), text=words, code=code)
    elif state.block is not None:
        reason, words = reason_words(language, state.block.reason), _quoted(state.block.text, state.block.reason)
        now = say(language, "bot-lane-still-blocked", reason=reason, text=words)
    elif state.mode == "autonomous":
        return Screen(lines(first, say(language, "bot-lane-moves", unsent=state.unsent)))
    else:
        return Screen(lines(first, say(language, "bot-lane-fine")))
    todo, buttons = _way_out(language, state, deciding)
    return Screen(lines(first, now, *todo), buttons, silent=False)


def stopped_number(state: RegisterView) -> int:
    """The document at which a stopped lane stands: the first that the operator has not confirmed."""
    return state.last_document - (state.pending is not None) - state.unsent + 1


def is_standing(state: RegisterView) -> bool:
    """Whether nothing goes on by itself before a person decides."""
    return state.lane.stopped or (state.block is not None and state.block.reason in HOLDING)


def wants_token(state: RegisterView) -> bool:
    """Whether only a token newly issued by the operator lets this register go on."""
    if state.lane.stopped:
        return state.lane.result_code == BAD_TOKEN_CODE
    return state.block is not None and state.block.reason == TOKEN_REASON


def who_decides(language: str, deciding: Deciding) -> str:
    """Said to everybody else."""
    if not deciding.names:
        return say(language, "bot-todo-owner")
    names = ", ".join(safe(name) for name in deciding.names[:NAMES_SHOWN_MAX])
    return say(language, "bot-todo-owner-named", names=names)


def operators_text(language: str, words: str) -> str:
    """What the operator said beside its code."""
    return safe(words) if words.strip() else say(language, "bot-operator-no-words")


def left_words(language: str, left: timedelta | None) -> str:
    """What is left of the 72 hours."""
    minutes = 0 if left is None else int(left.total_seconds()) // 60
    if left is not None and minutes <= 0:
        return say(language, "bot-left-none")
    if left is None:
        return say(language, "bot-left-all")
    return say(language, "bot-left", hours=minutes // 60, minutes=minutes % 60)


def fee_todo(language: str, operator: Operator) -> tuple[str, ...]:
    """The operator's three steps, which end with the button of the probe."""
    return ("", say(language, "bot-fee"), *_numbered(pay_steps(operator, language)))


def probe_buttons(language: str, register_id: str) -> Rows:
    return ((Button(say(language, "bot-button-paid"), pack(Action.PROBE, register_id), style="primary"),),)


def _way_out(language: str, state: RegisterView, deciding: Deciding) -> tuple[tuple[str, ...], Rows]:
    """The one thing to do and its buttons, as the register stands now."""
    registration = state.registration
    register_id = registration.register_id
    if state.lane.stopped:
        stopped_todo = _stopped_todo(language, state.lane.result_code or 0, deciding)
        return (stopped_todo,), _stopped_buttons(language, register_id, stopped_number(state), deciding)
    reason = "blocked" if state.block is None else state.block.reason
    todo = _blocked_todo(language, registration.operator, reason, deciding)
    return todo, _blocked_buttons(language, register_id, reason, deciding)


def _stopped_todo(language: str, code: int, deciding: Deciding) -> str:
    if not deciding.may:
        return who_decides(language, deciding)
    return say(language, "bot-todo-token" if code == BAD_TOKEN_CODE else "bot-todo-resolve")


def _stopped_buttons(language: str, register_id: str, number: int, deciding: Deciding) -> Rows:
    if not deciding.may:
        return ()
    settle = pack(Action.LANE, register_id, number, Choice.SETTLE)
    return (_retry_row(language, register_id), (Button(say(language, "bot-button-settle"), settle),))


def _blocked_todo(language: str, operator: str | None, reason: str | None, deciding: Deciding) -> tuple[str, ...]:
    """The operator's steps where its fee may be unpaid, then who must do what in the chat."""
    known = OPERATORS.get(operator or "")
    if reason not in HOLDING:
        payable = reason in FEE_REASONS and known is not None
        return fee_todo(language, known) if payable and known is not None else (say(language, "bot-todo-ask"),)
    if not deciding.may:
        return (who_decides(language, deciding),)
    if reason == TOKEN_REASON:
        return (say(language, "bot-todo-token"),)
    if reason in FEE_REASONS and known is not None:
        steps = (*pay_steps(known, language)[:-1], say(language, "bot-step-retry"))
        return ("", say(language, "bot-fee"), *_numbered(steps))
    return (say(language, "bot-todo-retry"),)


def _blocked_buttons(language: str, register_id: str, reason: str | None, deciding: Deciding) -> Rows:
    """A block that only a resolution lifts has no use for the probe."""
    if reason in HOLDING:
        return (_retry_row(language, register_id),) if deciding.may else ()
    return probe_buttons(language, register_id) if reason in FEE_REASONS else ()


def _retry_row(language: str, register_id: str) -> tuple[Button, ...]:
    data = pack(Action.LANE, register_id, 0, Choice.RETRY)
    return (Button(say(language, "bot-button-retry"), data, style="primary"),)


def _quoted(words: str, reason: str | None) -> str:
    """The operator's words; a block without any carries its reason's code instead, which is not for people."""
    return f"«{safe(words)}»" if words.strip() and words != reason else ""


def _numbered(steps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{place}. {step}" for place, step in enumerate(steps, 1))
