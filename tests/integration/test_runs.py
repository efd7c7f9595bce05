"""A process that was lost is told from one that stopped: *power_lost* or *timeout*, whoever finds what it left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from engine_street import StillClock, street
from test_lane_engines import die_after_append, on_database

from core.bootstrap import open_engine
from core.db.runs import birth

FIVE_SECONDS_AGO = (
    "UPDATE process_run SET started_at = started_at - interval '1 minute'; "
    "UPDATE register SET pending_since = now() - interval '5 seconds'"
)
ALL_STOPPED = "UPDATE process_run SET stopped_at = now() WHERE stopped_at IS NULL"
ONE_LOST = "UPDATE process_run SET born = 'another life', stopped_at = NULL WHERE stopped_at IS NOT NULL"


@pytest.mark.parametrize(("meanwhile", "reason"), [(ONE_LOST, "power_lost"), ("SELECT 1", "timeout")])
async def test_another_act_finds_what_a_process_left(
    database: str, tmp_path: Path, meanwhile: str, reason: str
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await die_after_append(here, "dead")
        await on_database(database, FIVE_SECONDS_AGO)
        await on_database(database, meanwhile)
        await here.sell()
        assert (await here.document(1)).reason == reason
        assert (await here.view()).reason == reason


@pytest.mark.parametrize(("meanwhile", "reason"), [(ALL_STOPPED, "timeout"), (ONE_LOST, "power_lost")])
async def test_a_process_that_starts_says_power_lost_only_after_an_unclean_stop(
    database: str, tmp_path: Path, meanwhile: str, reason: str
) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await die_after_append(here, "dead")
        await on_database(database, FIVE_SECONDS_AGO)
        await on_database(database, meanwhile)
        async with open_engine(here.engine.settings, here.clock, role="lanes") as engine:
            assert await engine.runs.reason_at_start(here.register_id) == reason
            assert await engine.runs.reason(here.register_id) == reason


async def test_a_run_is_noted_ends_and_is_forgotten(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        rows = "SELECT role, stopped_at IS NULL AS runs, lost_at IS NULL AS kept FROM process_run ORDER BY started_at"

        async def known() -> list[tuple[str, bool, bool]]:
            return [(row["role"], row["runs"], row["kept"]) for row in await here.engine.database.rows(rows)]

        async with open_engine(here.engine.settings, here.clock, role="bot"):
            assert await known() == [("all", True, True), ("bot", True, True)]
        assert await known() == [("all", True, True), ("bot", False, True)]
        await on_database(database, "UPDATE process_run SET stopped_at = now() - interval '31 days' WHERE role = 'bot'")
        await on_database(
            database, "INSERT INTO process_run (run_id, role, host, pid, born) "
            "SELECT gen_random_uuid(), 'clock', host, 1, 'long ago' FROM process_run WHERE role = 'all'"
        )  # fmt: skip
        async with open_engine(here.engine.settings, here.clock, role="web"):
            assert sorted(await known()) == [("all", True, True), ("clock", True, False), ("web", True, True)]


def test_a_process_is_told_from_a_later_one_of_its_number() -> None:
    assert birth(os.getpid()) == birth(os.getpid()) is not None
    assert birth(2**22 + 1) is None
