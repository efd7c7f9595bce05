"""A killed process's document is found by the next act of another, not by the lanes: *power_lost* all the same."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from engine_street import StillClock, neighbour, street
from test_crash_points import Scenario, killed, let_time_pass
from test_lane_engines import on_database

from core.bootstrap import open_engine
from core.domain.view import Mark


@pytest.mark.parametrize("role", ["bot", "web"])
async def test_whoever_finds_it_first_says_power_lost(database: str, tmp_path: Path, role: str) -> None:
    async with street(database, tmp_path, clock=StillClock()) as first:
        points = ("after_append", "after_send")
        scenarios = [Scenario(await neighbour(first), "sale", point, "online") for point in points]
        assert await killed(scenarios, database) == [signal.SIGKILL] * 2
        await let_time_pass(database)
        await on_database(database, "UPDATE process_run SET started_at = started_at - interval '6 s'")
        async with open_engine(first.engine.settings, first.clock, role=role) as engine:
            for one in scenarios:
                await engine.acts.close_shift(one.here.register_id, withdraw_cash=False, key="next")
                dead = await engine.books.document(one.here.register_id, 1)
                assert (dead.mark, dead.reason) == (Mark.AUTONOMOUS, "power_lost"), one
