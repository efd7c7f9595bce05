"""Why a register does not work as usual, what waits, what is left of the 72 h, who can mend it and the one thing to do.

Pure: every message about autonomous work, a block, a stopped lane or a limit is worded from the `Situation` that
`diagnose` makes (DOMAIN.md 3, «What happens technically when unpaid»; G10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.domain.register import AUTONOMOUS, CLOCK_BACK_MAX

SILENCE_LOOKS_UNPAID = timedelta(minutes=10)
"""An operator that takes connections and does not answer for so long does what unpaid operators are known to do."""
BAD_TOKEN_CODE = 2


class Cause(StrEnum):
    """Why it does not work as usual. All but `REJECTED` are reasons of CONTRACT.md; that one is a stopped lane's."""

    NO_LINK = "no_link"
    TIMEOUT = "timeout"
    UNAVAILABLE = "unavailable"
    BLOCKED = "blocked"
    BAD_TOKEN = "bad_token"  # noqa: S105 - the name of a cause
    NUMBERING = "numbering"
    SERVICE = "service"
    REJECTED = "rejected"
    SHIFT_TOO_LONG = "shift_too_long"
    POWER_LOST = "power_lost"
    CLOCK = "clock"
    RESTORED = "restored"


class Standing(StrEnum):
    """How a register stands, the graver before the milder: what refuses a new receipt first is named first."""

    BLOCKED = "blocked"
    STOPPED = "stopped"
    LIMIT = "limit"
    SHIFT = "shift"
    CLOCK = "clock"
    AUTONOMOUS = "autonomous"
    ONLINE = "online"


class Unpaid(StrEnum):
    """How much it looks as if the operator's fee were not paid. Never a fact: only the operator knows."""

    NO = "no"
    POSSIBLE = "possible"
    LIKELY = "likely"


class Todo(StrEnum):
    """The one thing to do."""

    NOTHING = "nothing"
    WAIT = "wait"
    CHECK_FEE = "check_fee"
    PAY = "pay"
    TOKEN = "token"  # noqa: S105 - the name of an act
    RETRY = "retry"
    RESOLVE = "resolve"
    CLOSE_SHIFT = "close_shift"
    SET_CLOCK = "set_clock"


class Mender(StrEnum):
    """Who can do it: nobody needs to, whoever sells, or only those who decide about the register."""

    NOBODY = "nobody"
    SELLER = "seller"
    DECIDER = "decider"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known. ``lane_cause`` is that of the last try; ``until`` the end of the 72 h; ``has_fee`` whether the
    operator takes one.
    """

    now: datetime
    mode: str
    reason: str | None = None
    block_reason: str | None = None
    lane_stopped: bool = False
    lane_code: int | None = None
    lane_cause: str | None = None
    waiting: int = 0
    since: datetime | None = None
    until: datetime | None = None
    limit_reached: bool = False
    shift_until: datetime | None = None
    last_made_at: datetime | None = None
    paid_until: date | None = None
    has_fee: bool = True


@dataclass(frozen=True, slots=True)
class Situation:
    """The answer. ``left`` is what is left of the 72 h in whole minutes, ``None`` when nothing runs out.

    ``paid_days`` counts from today to the day until which the fee is paid, negative once it is past.
    """

    standing: Standing
    cause: Cause | None
    waiting: int
    left: timedelta | None
    unpaid: Unpaid
    paid_until: date | None
    paid_days: int | None
    todo: Todo
    mender: Mender

    @property
    def sells(self) -> bool:
        """Whether new receipts can be made."""
        return self.standing in (Standing.ONLINE, Standing.AUTONOMOUS)


def diagnose(facts: Facts) -> Situation:
    """The situation of a register with these facts; every one has exactly one thing to do."""
    standing = _standing(facts)
    cause = _cause(facts, standing)
    paid_days = None if facts.paid_until is None else (facts.paid_until - facts.now.date()).days
    unpaid = _unpaid(facts, cause, paid_days)
    todo = _todo(standing, cause, unpaid, facts.lane_code)
    return Situation(
        standing=standing,
        cause=cause,
        waiting=facts.waiting,
        left=_left(facts),
        unpaid=unpaid,
        paid_until=facts.paid_until,
        paid_days=paid_days,
        todo=todo,
        mender=_MENDERS.get(todo, Mender.SELLER),
    )


def _standing(facts: Facts) -> Standing:
    """In the order in which a new receipt is refused (`decide.check_limits`)."""
    is_over = facts.until is not None and facts.now > facts.until and facts.waiting > 0
    checks = (
        (Standing.BLOCKED, facts.block_reason is not None),
        (Standing.STOPPED, facts.lane_stopped),
        (Standing.LIMIT, facts.limit_reached or is_over),
        (Standing.SHIFT, facts.shift_until is not None and facts.now > facts.shift_until),
        (Standing.CLOCK, facts.last_made_at is not None and facts.last_made_at - facts.now > CLOCK_BACK_MAX),
        (Standing.AUTONOMOUS, facts.mode == AUTONOMOUS),
    )
    return next((standing for standing, holds in checks if holds), Standing.ONLINE)


def _cause(facts: Facts, standing: Standing) -> Cause | None:
    match standing:
        case Standing.BLOCKED:
            return _known(facts.block_reason) or Cause.SERVICE
        case Standing.STOPPED:
            if facts.lane_code == BAD_TOKEN_CODE:
                return Cause.BAD_TOKEN
            return Cause.NUMBERING if facts.lane_cause == Cause.NUMBERING else Cause.REJECTED
        case Standing.SHIFT:
            return Cause.SHIFT_TOO_LONG
        case Standing.CLOCK:
            return Cause.CLOCK
        case Standing.LIMIT | Standing.AUTONOMOUS:
            # the last try knows better than the first document what the operator does now
            tried = _known(facts.lane_cause)
            return tried if tried in _SILENT else _known(facts.reason) or Cause.NO_LINK
    return None


def _unpaid(facts: Facts, cause: Cause | None, paid_days: int | None) -> Unpaid:
    if not facts.has_fee or cause not in _FEE:
        return Unpaid.NO
    if cause is Cause.BLOCKED or (paid_days is not None and paid_days < 0):
        return Unpaid.LIKELY
    if paid_days is not None:
        return Unpaid.NO
    silent = timedelta(0) if facts.since is None or cause is not Cause.TIMEOUT else facts.now - facts.since
    return Unpaid.LIKELY if silent >= SILENCE_LOOKS_UNPAID else Unpaid.POSSIBLE


def _todo(standing: Standing, cause: Cause | None, unpaid: Unpaid, lane_code: int | None) -> Todo:
    match standing:
        case Standing.ONLINE:
            return Todo.NOTHING
        case Standing.SHIFT:
            return Todo.CLOSE_SHIFT
        case Standing.CLOCK:
            return Todo.SET_CLOCK
        case Standing.STOPPED:
            return Todo.TOKEN if lane_code == BAD_TOKEN_CODE else Todo.RESOLVE
        case Standing.BLOCKED if cause is not Cause.BLOCKED:
            return Todo.TOKEN if cause in (Cause.BAD_TOKEN, Cause.RESTORED) else Todo.RETRY
    if unpaid is Unpaid.LIKELY:
        return Todo.PAY
    if standing is Standing.BLOCKED:
        return Todo.RETRY
    return Todo.CHECK_FEE if unpaid is Unpaid.POSSIBLE else Todo.WAIT


def _left(facts: Facts) -> timedelta | None:
    if facts.until is None or not facts.waiting:
        return None
    minutes = (facts.until - facts.now) // timedelta(minutes=1)
    return timedelta(minutes=max(minutes, 0))


def _known(name: str | None) -> Cause | None:
    return Cause(name) if name in set(Cause) else None


_SILENT = (Cause.NO_LINK, Cause.TIMEOUT, Cause.UNAVAILABLE)
_FEE = (*_SILENT, Cause.BLOCKED, Cause.SERVICE)
_MENDERS = {
    Todo.NOTHING: Mender.NOBODY,
    Todo.WAIT: Mender.NOBODY,
    Todo.TOKEN: Mender.DECIDER,
    Todo.RETRY: Mender.DECIDER,
    Todo.RESOLVE: Mender.DECIDER,
    Todo.SET_CLOCK: Mender.DECIDER,
}
