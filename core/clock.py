"""Time, injected: every rule about hours and retries asks a `Clock`, nothing else reads the machine's.

Fiscal time is Kazakhstan's single zone, a fixed +05:00 (DOMAIN.md); deadlines inside one exchange use the
monotonic time, which no operator of the machine and no switch of the demo can move.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

ALMATY = timezone(timedelta(hours=5))
"""Kazakhstan has one time zone since 2024-03-01, without summer time."""

SLEEP_S_MAX = 30.0
"""A longer wait is slept in slices, so that a suspended or re-set machine is noticed soon."""


class Clock(Protocol):
    """What the product may know about time."""

    def now(self) -> datetime:
        """The time of day, aware, at +05:00. It may jump, also backwards."""

    def monotonic(self) -> float:
        """Seconds since an arbitrary beginning; never goes back, does not follow jumps of `now`."""

    async def wait_until(self, moment: datetime) -> None:
        """Return once `now() >= moment`, woken at once when the clock is moved past it."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(ALMATY)

    def monotonic(self) -> float:
        return time.monotonic()

    async def wait_until(self, moment: datetime) -> None:
        # Nothing can announce that the machine slept or that its clock was set.
        while (remaining_s := _seconds_between(self.now(), moment)) > 0:  # noqa: ASYNC110
            await asyncio.sleep(min(remaining_s, SLEEP_S_MAX))


class MovableClock:
    """Real time plus an offset that the demo's switch moves, forward or back.

    For one event loop: `set_offset` wakes the waiters of the loop it is called in.
    """

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._offset = offset
        self._moved = asyncio.Event()

    @property
    def offset(self) -> timedelta:
        return self._offset

    def set_offset(self, offset: timedelta) -> None:
        """Move the clock; whoever waited for a time that is now past goes on in this turn of the loop."""
        self._offset = offset
        self._moved.set()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(ALMATY) + self._offset

    def monotonic(self) -> float:
        return time.monotonic()

    async def wait_until(self, moment: datetime) -> None:
        while (remaining_s := _seconds_between(self.now(), moment)) > 0:
            moved = self._moved
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(remaining_s, SLEEP_S_MAX)):
                    await moved.wait()


class VirtualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        assert now.tzinfo is not None, "a clock tells aware times"
        self._now = now.astimezone(ALMATY)
        self._monotonic_s = 0.0
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic_s

    def advance(self, by: timedelta) -> None:
        """Let time pass: the time of day and the monotonic time go on together."""
        assert by >= timedelta(0), "time passes forward; a clock set back is a jump"
        self._monotonic_s += by.total_seconds()
        self.jump(by)

    def jump(self, by: timedelta) -> None:
        """Set the time of day, forward or back, while the monotonic time stands."""
        self._now += by
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait_until(self, moment: datetime) -> None:
        while self._now < moment:
            await self._moved.wait()


def _seconds_between(begin: datetime, end: datetime) -> float:
    # Through UTC: two aware times of different zones are compared by the instant, never by the wall.
    return (end.astimezone(UTC) - begin.astimezone(UTC)).total_seconds()
