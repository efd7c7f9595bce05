"""A register that its operator blocked (15), and probes by the minute of the injected clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_street import StillClock, street

from core.domain.view import Mark
from core.errors import Refused

PERIOD = "offline_period"


async def test_blocked_is_probed_each_minute_until_it_is_lifted(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
        here.behave(result_code=15, text="не оплачено")
        made = await here.sell()
        assert (made.view.mark, made.view.reason) == (Mark.AUTONOMOUS, "blocked")
        view = await here.view()
        assert (view.state, view.block.reason, view.block.text) == ("blocked", "blocked", "не оплачено")
        with pytest.raises(Refused, match="REGISTER_BLOCKED"):
            await here.sell()
        for minute in range(1, 4):
            here.advance(seconds=59)
            assert not await here.tick()
            here.advance(seconds=1)
            assert await here.tick() and not await here.tick()
            assert len(here.exchanges("SYSTEM")) == minute
        assert len(here.exchanges("TICKET")) == 2
        here.behave()
        here.advance(seconds=60)
        assert await here.tick()
        commands = [one["command"] for one in here.exchanges()][-3:]
        assert commands == ["SYSTEM", "TICKET", "INFO"]
        view = await here.view()
        assert (view.state, view.mode, view.unsent) == ("active", "online", 0)
        assert (await here.sell()).view.mark is Mark.REGISTERED
        topics = [one.topic for one in await here.engine.news.take(100)]
        assert topics.count("register.blocked") == 1 and topics.count("register.unblocked") == 1
        await here.agrees()


async def test_a_person_may_probe_at_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave(result_code=15, text="не оплачено")
        await here.sell()
        await here.engine.lanes.probe(here.register_id)
        assert (await here.view()).state == "blocked" and len(here.exchanges("SYSTEM")) == 1
        here.behave()
        await here.engine.lanes.probe(here.register_id)
        view = await here.view()
        assert (view.state, view.mode) == ("active", "online")
        await here.agrees()


async def test_the_same_document_blocked_again_after_a_well_answered_system_stops_the_lane(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave(result_code=15, text="поле", commands=["TICKET"])
        await here.sell()
        here.advance(seconds=60)
        await here.tick()
        view = await here.view()
        assert (view.lane.stopped, view.lane.result_code, view.block) == (True, 15, None)
        assert await here.marks() == [Mark.STOPPED]
        with pytest.raises(Refused, match="LANE_STOPPED"):
            await here.sell()
        here.behave()
        await here.engine.lanes.resolve(here.register_id, "retry", "исправлено у оператора")
        assert await here.marks() == [Mark.AUTONOMOUS_REGISTERED]
        await here.agrees()


async def test_an_unanswered_document_is_itself_the_probe_and_never_stops_the_lane(
    database: str, tmp_path: Path
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("lose_answers")
        await here.sell()
        first = here.exchanges()[0]
        here.behave(result_code=15, text="не оплачено")
        for _ in range(3):
            here.advance(seconds=60)
            assert await here.tick()
            view = await here.view()
            assert (view.state, view.lane.stopped) == ("blocked", False)
        assert here.exchanges("SYSTEM") == []
        await here.recover()
        view = await here.view()
        assert (view.state, view.mode) == ("active", "online")
        last = here.exchanges("TICKET")[-1]
        assert (last["token"], last["reqnum"]) == (first["token"], first["reqnum"])
        await here.agrees()


async def test_a_block_met_by_info_is_probed_too(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("lose_answers")
        await here.sell()
        here.behave(result_code=15, text="не оплачено", commands=["INFO"])
        here.advance(seconds=60)
        await here.tick()
        view = await here.view()
        assert (view.state, view.mode, view.unsent) == ("blocked", "online", 0)
        here.behave()
        here.advance(seconds=60)
        assert await here.tick()
        assert (await here.view()).state == "active"
        assert [one["command"] for one in here.exchanges()][-2:] == ["SYSTEM", "INFO"]
        await here.agrees()
