"""What people are told unasked: autonomous, blocked, stopped, online. Cause, what waits, the one thing to do (G10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.press import Action, pack
from bot.screens.receipt import reason_words
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import day_clock_text, safe
from core.ofd.operators import OPERATORS, Operator, pay_steps
from core.texts import say

FEE_REASONS = ("no_link", "timeout", "unavailable", "blocked", "service")
"""Where the operator's unpaid fee may be behind it: DOMAIN.md 3, «What happens technically when unpaid»."""


def autonomous_screen(
    language: str,
    *,
    register_id: str,
    title: str,
    operator: str | None,
    reason: str | None,
    unsent: int,
    left: timedelta | None,
) -> Screen:
    """Told at once, with sound, to cashiers and owner."""
    text = say(
        language,
        "bot-news-autonomous",
        title=safe(title),
        reason=reason_words(language, reason),
        unsent=unsent,
        left=_left(language, left),
    )
    return Screen(
        lines(text, *_todo(language, operator, reason, otherwise="bot-todo-wait")),
        _fee_buttons(language, register_id, reason),
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
) -> Screen:
    """No new receipts until a person acts."""
    text = say(
        language,
        "bot-news-blocked",
        title=safe(title),
        reason=reason_words(language, reason),
        text=f"«{safe(words)}»" if words.strip() else "",
        unsent=unsent,
        left=_left(language, left) if unsent else "",
    )
    return Screen(
        lines(text, *_todo(language, operator, reason, otherwise="bot-todo-ask")),
        _fee_buttons(language, register_id, reason),
        silent=False,
    )


def stopped_screen(language: str, *, title: str, number: int, words: str, code: int, unsent: int) -> Screen:
    """The queue stands at one document and only a person can move it."""
    text = say(
        language,
        "bot-news-stopped",
        title=safe(title),
        number=number,
        text=safe(words) if words.strip() else say(language, "bot-operator-silent", code=code),
        code=code,
        unsent=unsent,
    )
    return Screen(lines(text, say(language, "bot-todo-resolve")), silent=False)


def online_screen(language: str, *, title: str, count: int) -> Screen:
    """Good news is silent."""
    return Screen(say(language, "bot-news-online", title=safe(title), count=count))


def replay_screen(language: str, *, title: str, left: int) -> Screen:
    """The one message of a long delivery; it ends in the same place."""
    if left == 0:
        return Screen(say(language, "bot-news-replay-done", title=safe(title)))
    return Screen(say(language, "bot-news-replay", title=safe(title), left=left))


def clock_screen(language: str, *, title: str) -> Screen:
    return Screen(say(language, "bot-news-clock", title=safe(title)), silent=False)


def difference_screen(language: str, *, title: str, count: int) -> Screen:
    """A difference to the operator's counters is reported, never taken over (DESIGN.md 3, 6)."""
    return Screen(say(language, "bot-news-difference", title=safe(title), count=count), silent=False)


def closes_soon_screen(language: str, *, title: str, until: datetime) -> Screen:
    text = say(language, "bot-news-closes-soon", title=safe(title), until=day_clock_text(until))
    return Screen(text, silent=False)


def _left(language: str, left: timedelta | None) -> str:
    minutes = 0 if left is None else int(left.total_seconds()) // 60
    if left is not None and minutes <= 0:
        return say(language, "bot-left-none")
    if left is None:
        return say(language, "bot-left-all")
    return say(language, "bot-left", hours=minutes // 60, minutes=minutes % 60)


def with_way_out(language: str, refusal: Screen, *, register_id: str, operator: str | None) -> Screen:
    """A refusal on a blocked register with what to do about the operator's fee and the button of the probe."""
    known = OPERATORS.get(operator or "")
    text = refusal.text if known is None else lines(refusal.text, "", *_steps(language, known))
    return Screen(text, _fee_buttons(language, register_id, "blocked"), silent=refusal.silent)


def _todo(language: str, operator: str | None, reason: str | None, *, otherwise: str) -> tuple[str, ...]:
    """The one thing to do: the operator's steps where its fee may be unpaid, else one sentence."""
    known = OPERATORS.get(operator or "")
    if reason in FEE_REASONS and known is not None:
        return ("", say(language, "bot-fee"), *_steps(language, known))
    key = {"bad_token": "bot-todo-token", "numbering": "bot-todo-resolve"}.get(reason or "", otherwise)
    return (say(language, key),)


def _steps(language: str, operator: Operator) -> tuple[str, ...]:
    return tuple(f"{place}. {step}" for place, step in enumerate(pay_steps(operator, language), 1))


def _fee_buttons(language: str, register_id: str, reason: str | None) -> Rows:
    if reason not in FEE_REASONS:
        return ()
    return ((Button(say(language, "bot-button-paid"), pack(Action.PROBE, register_id), style="primary"),),)
