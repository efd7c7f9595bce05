"""What a review found: each scenario as it was shown, now with the right end."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from engine_street import StillClock, street

from core.checks.verify import verify
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind
from core.domain.view import Mark
from core.errors import Refused
from core.service import ShiftKeeper


async def test_a_new_encoding_keeps_the_pair_of_an_exchange_that_may_have_been_booked(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave("lose_answers")
        await here.sell()
        here.behave("ok", result_code=3, text="сбой")
        here.advance(seconds=61)
        await here.engine.delivery.deliver(here.register_id)
        assert (await here.view()).lane.stopped
        here.behave()
        await here.engine.lanes.resolve(here.register_id, "encode_again", "проверка")
        await here.recover()
        assert [one["printed_document_number"] for one in here.booked()] == [1, 2]
        await here.agrees()


async def test_settling_the_head_does_not_forget_that_72_hours_are_over(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("down")
        await here.sell()
        here.advance(hours=10)
        await here.sell()
        here.behave("ok", result_code=13, text="нет")
        await here.engine.delivery.deliver(here.register_id)
        assert (await here.view()).lane.stopped
        here.behave("down")
        here.advance(hours=63)
        await here.engine.acts.close_shift(here.register_id, withdraw_cash=False, key="close")
        await here.engine.lanes.resolve(here.register_id, "settled_outside", "акт")
        with pytest.raises(Refused, match="AUTONOMOUS_TOO_LONG"):
            await here.sell()
    assert (await verify(database)).findings == []


async def test_a_drawer_fuller_than_one_withdrawal_may_take_is_emptied_whole_before_the_close(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path) as here:
        for key in ("one", "two"):
            await here.engine.acts.make(here.register_id, PlacementInput(Kind.DEPOSIT, 9_999_999_999), key=key)
        closed = await here.engine.acts.close_shift(here.register_id, withdraw_cash=True, key="close")
        assert closed.view.document.kind is Kind.SHIFT_CLOSE
        assert closed.view.document.report is not None and closed.view.document.report.cash == 0
        await here.agrees()


async def test_a_clock_that_was_set_right_backwards_leaves_no_lane_in_the_future(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.advance(days=30)
        here.behave("down")
        await here.sell()
        here.advance(days=-30)
        assert await here.engine.work.due_lanes(here.clock.now()) == [here.register_id]


async def test_the_end_of_a_shift_is_told_once_and_a_refused_automatic_close_too(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave("ok", result_code=13, text="сверка", commands=["CLOSE_SHIFT"])
        here.advance(hours=23, minutes=10)
        stop = asyncio.Event()
        keeping = asyncio.create_task(ShiftKeeper(here.engine).run(stop))
        await here.until(lambda: _topic(here, "shift.closes_soon"))
        here.advance(minutes=30)
        await here.until(lambda: _topic(here, "shift.close_refused"))
        here.advance(minutes=5)
        stop.set()
        await keeping
        topics = [item.topic for item in await here.engine.news.take(100)]
        assert (topics.count("shift.closes_soon"), topics.count("shift.close_refused")) == (1, 1)
        refused = await here.engine.books.document(here.register_id, 2)
        assert refused.mark is Mark.REFUSED and refused.document.made_at - here.clock.now() < timedelta(0)
        assert (await here.view()).last_document == 2


async def _topic(here: object, topic: str) -> bool:
    engine = here.engine  # type: ignore[attr-defined]
    return topic in [item.topic for item in await engine.news.take(100)]
