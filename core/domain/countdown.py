"""Which warning is due: of the 72 h, of a shift's 24 h, of the day until which the operator's fee is paid. Pure.

Only the nearest one is ever due, so a clock that jumped over several of them brings one message, not all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

AUTONOMOUS_WARNINGS = (
    timedelta(hours=48),
    timedelta(hours=24),
    timedelta(hours=6),
    timedelta(hours=1),
    timedelta(minutes=30),
)
SHIFT_WARNINGS = (timedelta(hours=1), timedelta(minutes=30))
FEE_DAYS = (7, 3, 1, 0)
WAKING_FROM, WAKING_TO = time(10, 0), time(22, 0)
"""Nobody is woken about a fee: the hours of the day between which a reminder may come."""


def due_warning(left: timedelta, warnings: Sequence[timedelta]) -> timedelta | None:
    """The nearest warning that is due with so much time left, or ``None`` before the first and after the end."""
    if left < timedelta(0):
        return None
    return min((one for one in warnings if left <= one), default=None)


def nearer(warning: timedelta, warnings: Sequence[timedelta]) -> tuple[timedelta, ...]:
    """The warnings after this one: once one of them was told, this one is not told any more."""
    return tuple(one for one in warnings if one < warning)


def due_fee_reminder(paid_until: date, now: datetime) -> int | None:
    """How many days before ``paid_until`` the nearest reminder that is due was to come; ``None`` when none is.

    ``now`` is local time. A reminder becomes due at 10:00 of its day and waits through the night.
    """
    left = (paid_until - now.date()).days
    if left < 0 or not WAKING_FROM <= now.time() < WAKING_TO:
        return None
    return min((days for days in FEE_DAYS if left <= days), default=None)
