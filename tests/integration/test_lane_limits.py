"""The law's hours: 72 h of autonomous work, 24 h of a shift, and the close half an hour before."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from engine_street import StillClock, neighbour, street

from core.domain.view import Mark
from core.errors import Refused
from core.service import ShiftKeeper


async def test_seventy_two_hours_to_the_second_and_the_stop_holds_until_the_queue_is_empty(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell()
        for _ in range(3):
            here.advance(hours=24)
            await here.close()
            assert (await here.sell()).view.mark is Mark.AUTONOMOUS
        here.advance(seconds=1)
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()
        # the oldest is told, the next one is not: the stop was reached and holds
        here.behave()
        here.advance(seconds=59)
        here.behave(result_code=254, commands=["CLOSE_SHIFT"])
        await here.tick()
        view = await here.view()
        assert (view.mode, view.unsent) == ("autonomous", 6)
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()
        assert (await here.close()).view.mark is Mark.AUTONOMOUS
        await here.recover()
        view = await here.view()
        assert (view.mode, view.unsent) == ("online", 0)
        assert (await here.sell()).view.mark is Mark.REGISTERED
        await here.agrees()


async def test_a_shift_sells_for_exactly_twenty_four_hours_and_closes_later(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.advance(hours=24)
        assert (await here.sell()).view.mark is Mark.REGISTERED
        here.advance(seconds=1)
        with pytest.raises(Refused, match="SHIFT_TOO_LONG"):
            await here.sell()
        here.advance(hours=5)
        assert (await here.close(withdraw_cash=True)).view.mark is Mark.REGISTERED
        assert (await here.sell()).view.document.shift == 2
        await here.agrees()


async def test_shifts_close_themselves_half_an_hour_before_their_time(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        manual, silent = await neighbour(here), await neighbour(here)
        registers = [here, manual, silent]
        await here.engine.registers.patch(manual.register_id, auto_close=False)
        for one in registers:
            await one.sell()
        silent.ofd.set_behaviour("garbage", device_id=silent.device_id)
        stop = asyncio.Event()
        keeping = asyncio.create_task(ShiftKeeper(here.engine).run(stop))
        here.advance(hours=23, minutes=29, seconds=59)
        assert await here.engine.work.shifts_ending(here.clock.now()) == []
        here.advance(seconds=1)

        async def closed() -> bool:
            return all([(await one.view()).shift is None for one in (here, silent)])

        await here.until(closed)
        assert (await manual.view()).shift is not None
        stop.set()
        await keeping
        assert [(await one.document(2)).mark for one in (here, silent)] == [Mark.REGISTERED, Mark.AUTONOMOUS]
        await silent.recover()
        for one in registers:
            await one.agrees()


async def test_the_clock_may_go_back_a_minute_and_then_only_the_close_is_left(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        first = await here.sell()
        here.advance(seconds=-60)
        assert (await here.sell()).view.document.made_at == first.view.document.made_at
        here.advance(seconds=-1)
        with pytest.raises(Refused, match="CLOCK_WENT_BACK"):
            await here.sell()
        closed = await here.close(withdraw_cash=True)
        assert closed.view.document.made_at == first.view.document.made_at
        await here.agrees()
