"""The clock's warnings: of the 72 h, of a shift's 24 h, of the paid day; each once, after a jump only the nearest."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from engine_street import StillClock, Street, neighbour, street

import core.db.work
from core.domain.view import Mark
from core.errors import Refused
from core.hours import HoursKeeper
from core.service import ShiftKeeper


async def look(here: Street) -> None:
    """What the clock role does when it looks; as after a restart, it remembers nothing itself."""
    await HoursKeeper(here.engine).look(here.clock.now())


async def told(here: Street, topic: str) -> list[dict[str, Any]]:
    items = await here.engine.news.take(1000)
    return [item.facts for item in items if item.topic == topic and item.register_id == here.register_id]


async def warned(here: Street) -> list[float]:
    """The warnings of the 72 h so far, in hours."""
    return [facts["warning_s"] / 3600 for facts in await told(here, "autonomous.ending")]


async def go_autonomous(here: Street, mode: str = "garbage") -> None:
    here.behave(mode)
    assert (await here.sell()).view.mark is Mark.AUTONOMOUS


async def test_the_72_hours_are_counted_down_each_warning_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await go_autonomous(here, "down")
        seen = []
        for hours in (23.99, 24, 30, 47.9, 48, 60, 66, 70.9, 71, 71.4, 71.5, 71.9, 72):
            here.clock.set_offset(timedelta(hours=hours))
            await look(here)
            await look(here)
            seen.append(len(await warned(here)))
        assert seen == [0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5]
        assert await warned(here) == [48, 24, 6, 1, 0.5]
        assert await told(here, "autonomous.limit") == []
        for _ in range(3):
            here.advance(seconds=1)
            await look(here)
        assert len(await told(here, "autonomous.limit")) == 1


async def test_a_clock_that_jumps_brings_only_the_nearest_warning(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await go_autonomous(here, "down")
        here.advance(hours=22)
        await look(here)
        here.advance(hours=30)
        await look(here)
        assert await warned(here) == [24]
        here.advance(hours=-27)
        await look(here)
        assert await warned(here) == [24], "a clock that was set back tells no earlier warning after a later one"
        here.advance(hours=46, minutes=45)
        await look(here)
        assert await warned(here) == [24, 0.5]
        here.advance(hours=200)
        await look(here)
        assert (await warned(here), len(await told(here, "autonomous.limit"))) == ([24, 0.5], 1)


async def test_the_end_of_the_72_hours_is_told_when_all_is_sent_and_the_next_time_counts_anew(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await go_autonomous(here)
        here.advance(hours=73)
        await look(here)
        await here.recover()
        await look(here)
        assert [facts["limit_reached"] for facts in await told(here, "register.online")] == [True]
        await here.close()
        await go_autonomous(here)
        here.advance(hours=25)
        await look(here)
        assert (await warned(here), len(await told(here, "autonomous.limit"))) == ([48], 1)
        await here.recover()
        assert [facts["limit_reached"] for facts in await told(here, "register.online")] == [True, False]
        await here.agrees()


async def test_long_silence_is_told_once_unless_the_paid_day_speaks_against_it(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        paid, away = await neighbour(here), await neighbour(here)
        await here.engine.fees.paid_until(paid.register_id, here.clock.now().date(), role="owner")
        for one in (here, paid):
            await go_autonomous(one)
        here.ofd.set_behaviour("down")
        assert (await away.sell()).view.reason == "no_link"
        for minutes in (9, 1, 5, 600):
            here.advance(minutes=minutes)
            await look(here)
        assert [len(await told(one, "autonomous.silent")) for one in (here, paid, away)] == [1, 0, 0]


async def test_the_keeper_looks_when_the_clock_is_moved_and_pages_through_all(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core.db.work, "PAGE", 2)
    async with street(database, tmp_path, clock=StillClock()) as here:
        registers = [here, *[await neighbour(here) for _ in range(4)]]
        for one in registers:
            await go_autonomous(one)
        stop = asyncio.Event()
        keeping = asyncio.create_task(HoursKeeper(here.engine).run(stop))
        here.advance(hours=25)

        async def all_warned() -> bool:
            return [await warned(one) for one in registers] == [[48]] * 5

        await here.until(all_warned)
        stop.set()
        await keeping
        shifts = await here.engine.work.shifts_ending(here.clock.now())
        assert {one.register_id for one in shifts} == {one.register_id for one in registers}


async def test_reminders_of_the_paid_day_come_once_each_at_ten_in_the_morning(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        fees, register_id = here.engine.fees, here.register_id

        async def reminded(**forward: float) -> list[int]:
            here.advance(**forward)
            await look(here)
            await look(here)
            return [facts["days"] for facts in await told(here, "fee.ending")]

        assert await reminded() == []
        await fees.paid_until(register_id, date(2026, 11, 30), role="owner")
        assert await reminded() == [], "it is nine o'clock"
        assert await reminded(hours=1) == [7]
        assert await reminded(hours=14) == [7]
        assert await reminded(days=5, hours=-2) == [7], "the 28th, at ten in the evening"
        assert await reminded(hours=13) == [7, 1], "that of three days has passed while nobody was to be woken"
        assert await reminded(days=1) == [7, 1, 0]
        assert await reminded(days=1) == [7, 1, 0]
        await fees.paid_until(register_id, date(2026, 12, 3), role="manager")
        assert await reminded() == [7, 1, 0, 3]
        await fees.paid_until(register_id, date(2027, 12, 1), role="owner")
        assert await reminded(days=2) == [7, 1, 0, 3]


async def test_only_who_decides_notes_the_paid_day_and_only_one_that_can_be_meant(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        fees, today = here.engine.fees, here.clock.now().date()
        for role in ("cashier", "viewer", ""):
            with pytest.raises(Refused, match="FORBIDDEN"):
                await fees.paid_until(here.register_id, today, role=role)
        for day, code in ((today - timedelta(days=1), "PAID_DAY_PAST"), (date(2029, 11, 24), "PAID_DAY_FAR")):
            with pytest.raises(Refused, match=code):
                await fees.paid_until(here.register_id, day, role="owner")
        assert (await here.view()).registration.paid_until is None
        await fees.paid_until(here.register_id, date(2029, 11, 23), role="owner")
        assert (await here.view()).registration.paid_until == date(2029, 11, 23)


async def keep(here: Street) -> None:
    """One look of the keeper of the shifts, with no memory of its own."""
    keeper, now = ShiftKeeper(here.engine), here.clock.now()
    for shift in await here.engine.work.shifts_ending(now + timedelta(hours=1)):
        await keeper._keep(shift, now)


async def test_a_shift_is_warned_of_twice_and_its_end_told_once_where_nobody_closes_it(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        by_itself = await neighbour(here)
        await here.engine.registers.patch(here.register_id, auto_close=False)
        for one in (here, by_itself):
            await one.sell()
        for hours in (22.9, 23, 23.4, 23.5, 24, 24.1, 24.2, 30):
            here.clock.set_offset(timedelta(hours=hours))
            await keep(here)
            await keep(here)
        warnings = [[facts["warning_s"] for facts in await told(one, "shift.closes_soon")] for one in (here, by_itself)]
        assert warnings == [[3600, 1800], [3600]]
        assert [len(await told(one, "shift.over")) for one in (here, by_itself)] == [1, 0]
        assert (await here.view()).shift is not None and (await by_itself.view()).shift is None


@pytest.mark.parametrize("trouble", ["garbage", "blocked", "stopped"])
async def test_a_shift_closes_itself_whatever_the_operator_does(database: str, tmp_path: Path, trouble: str) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        if trouble == "blocked":
            here.behave(result_code=15)
        else:
            here.behave("garbage")
        await here.sell()
        if trouble == "stopped":
            here.behave(result_code=13)
            await here.deliver()
            assert (await here.view()).lane.stopped
        here.advance(days=2)
        await keep(here)
        assert (await here.view()).shift is None
        assert await told(here, "shift.closes_soon") == await told(here, "shift.over") == []


async def test_shifts_that_nobody_can_close_keep_no_other_waiting(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core.db.work, "PAGE", 1)
    async with street(database, tmp_path, clock=StillClock()) as here:
        left_open, other = await neighbour(here), await neighbour(here)
        for one in (here, left_open):
            await here.engine.registers.patch(one.register_id, auto_close=False)
            await one.sell()
        here.advance(hours=40)
        await other.sell()
        here.advance(hours=23.5)
        await keep(here)
        assert (await other.view()).shift is None
        assert [len(await told(one, "shift.over")) for one in (here, left_open)] == [1, 1]
        here.advance(days=3)
        assert await here.engine.work.shifts_ending(here.clock.now()) == []
