from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import ALMATY, Clock, MovableClock, SystemClock, VirtualClock

MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=ALMATY)


async def settle() -> None:
    """Let every task that can go on do so."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.mark.parametrize("clock", [SystemClock(), MovableClock(), VirtualClock(MORNING)])
def test_every_clock_tells_kazakhstans_time(clock: Clock) -> None:
    assert clock.now().utcoffset() == timedelta(hours=5)


@pytest.mark.parametrize("clock", [SystemClock(), MovableClock(), VirtualClock(MORNING)])
async def test_a_moment_that_is_past_or_now_is_not_waited_for(clock: Clock) -> None:
    await clock.wait_until(clock.now())
    await clock.wait_until(clock.now() - timedelta(days=400))


@pytest.mark.parametrize("clock", [SystemClock(), MovableClock()])
async def test_a_real_clock_returns_not_before_the_moment(clock: Clock) -> None:
    moment = clock.now() + timedelta(milliseconds=30)
    await clock.wait_until(moment)
    assert clock.now() >= moment


def test_a_virtual_clock_given_another_zone_keeps_the_instant() -> None:
    clock = VirtualClock(datetime(2026, 3, 1, 4, 0, tzinfo=UTC))
    assert clock.now() == MORNING
    assert clock.now().hour == 9


def test_a_virtual_clock_refuses_a_naive_time() -> None:
    with pytest.raises(AssertionError):
        VirtualClock(datetime(2026, 3, 1, 9, 0))  # noqa: DTZ001 (the mistake that is refused)


def test_a_virtual_clock_stands_until_it_is_moved() -> None:
    clock = VirtualClock(MORNING)
    assert (clock.now(), clock.monotonic()) == (MORNING, 0.0)
    clock.advance(timedelta(seconds=90))
    assert (clock.now(), clock.monotonic()) == (MORNING + timedelta(seconds=90), 90.0)


def test_a_jump_leaves_monotonic_time_alone() -> None:
    clock = VirtualClock(MORNING)
    clock.jump(timedelta(hours=-3))
    assert (clock.now(), clock.monotonic()) == (MORNING - timedelta(hours=3), 0.0)


def test_time_does_not_pass_backwards() -> None:
    with pytest.raises(AssertionError):
        VirtualClock(MORNING).advance(timedelta(seconds=-1))


async def test_waiters_of_a_virtual_clock_wake_in_their_own_time() -> None:
    clock = VirtualClock(MORNING)
    early = asyncio.create_task(clock.wait_until(MORNING + timedelta(seconds=60)))
    late = asyncio.create_task(clock.wait_until(MORNING + timedelta(hours=72)))
    await settle()
    clock.advance(timedelta(seconds=59))
    await settle()
    assert not early.done()
    clock.advance(timedelta(seconds=1))
    await settle()
    assert early.done()
    assert not late.done()
    clock.jump(timedelta(hours=72))
    await settle()
    assert late.done()


async def test_a_clock_set_back_makes_a_waiter_wait_longer() -> None:
    clock = VirtualClock(MORNING)
    waiter = asyncio.create_task(clock.wait_until(MORNING + timedelta(minutes=1)))
    await settle()
    clock.jump(timedelta(minutes=-10))
    clock.advance(timedelta(minutes=1))
    await settle()
    assert not waiter.done()
    clock.advance(timedelta(minutes=10))
    await settle()
    assert waiter.done()


async def test_moving_the_demo_clock_wakes_whoever_waited_for_that_time() -> None:
    clock = MovableClock()
    waiters = [
        asyncio.create_task(clock.wait_until(clock.now() + timedelta(hours=hours))) for hours in (1, 23, 25)
    ]
    await settle()
    clock.set_offset(timedelta(hours=24))
    await asyncio.gather(*waiters[:2])
    assert not waiters[2].done()
    waiters[2].cancel()


async def test_the_demo_clock_may_go_back_and_then_on() -> None:
    clock = MovableClock(timedelta(hours=5))
    waiter = asyncio.create_task(clock.wait_until(clock.now() + timedelta(minutes=1)))
    await settle()
    clock.set_offset(timedelta(0))
    await settle()
    assert not waiter.done()
    clock.set_offset(timedelta(hours=5, minutes=2))
    await waiter
    assert clock.offset == timedelta(hours=5, minutes=2)


async def test_moving_the_demo_clock_leaves_monotonic_time_alone() -> None:
    clock = MovableClock()
    before = clock.monotonic()
    clock.set_offset(timedelta(days=3))
    assert clock.monotonic() - before < timedelta(days=1).total_seconds()


async def test_a_cancelled_waiter_is_cancelled() -> None:
    clock = MovableClock()
    waiter = asyncio.create_task(clock.wait_until(clock.now() + timedelta(hours=1)))
    await settle()
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
