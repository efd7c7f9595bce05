"""Who waits can be stopped at every turn of the loop, also at the one that brings what it waited for: a graceful stop
must not depend on luck.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from core.clock import MovableClock
from core.db.queues import Hints

TURNS_MAX = 6
LONG_S = 3600.0


class _NoDatabase:
    """Hints that only this process wakes need none."""


async def _stopped(wait: Callable[[], Coroutine[Any, Any, None]], wake: Callable[[], None], turns: int) -> bool:
    """Whether a worker that waits for ever ends when it is cancelled so many turns after it was woken."""

    async def work() -> None:
        while True:
            await wait()

    worker = asyncio.create_task(work())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    wake()
    for _ in range(turns):
        await asyncio.sleep(0)
    worker.cancel()
    # every step that the worker could still take on its own is over after so many turns
    for _ in range(2 * TURNS_MAX):
        await asyncio.sleep(0)
    if ended := worker.done():
        assert worker.cancelled()
    else:
        worker.cancel()
    return ended


@pytest.mark.parametrize("turns", range(TURNS_MAX))
async def test_a_reader_of_hints_stops_also_when_a_hint_comes_at_the_same_time(turns: int) -> None:
    hints = Hints(_NoDatabase())  # type: ignore[arg-type]
    assert await _stopped(lambda: hints.wait(LONG_S), hints.wake, turns)


@pytest.mark.parametrize("turns", range(TURNS_MAX))
async def test_who_waits_for_a_time_stops_also_when_the_clock_is_moved_at_the_same_time(turns: int) -> None:
    clock = MovableClock()
    moment = clock.now() + timedelta(days=9)

    def move() -> None:
        clock.set_offset(clock.offset + timedelta(hours=1))

    assert await _stopped(lambda: clock.wait_until(moment), move, turns)
