"""A killed process's document is found by the next act of another, not by the lanes: *power_lost* all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.bootstrap import open_engine
from core.domain.view import Mark
from tests.crash.crash_street import Crashes
from tests.crash.deeds import SALE
from tests.crash.points import KILL
from tests.integration.engine_street import StillClock, street


@pytest.mark.parametrize("role", ["bot", "web"])
async def test_whoever_finds_it_first_says_power_lost(database: str, tmp_path: Path, role: str) -> None:
    async with street(database, tmp_path, clock=StillClock()) as first:
        crashes = Crashes(first, database)
        points = ("PostgresJournal.append 1 after", "PostgresJournal.outcome 1 before")
        cases = await crashes.cases((SALE, point, KILL) for point in points)
        await crashes.run(cases)
        assert all(one.passed[-1] == one.point for one in cases), cases
        await crashes.let_time_pass()
        await crashes.rows("UPDATE process_run SET started_at = started_at - interval '6 s'")
        async with open_engine(first.engine.settings, first.clock, role=role) as engine:
            for one in cases:
                register_id = one.here.register_id
                await engine.acts.close_shift(register_id, withdraw_cash=False, key="next")
                dead = await engine.books.document(register_id, 1)
                assert (dead.mark, dead.reason) == (Mark.AUTONOMOUS, "power_lost"), one
