"""A process is killed at each point of an act; whoever comes after finds one document, told once, printed once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from engine_street import StillClock, Street, neighbour, sale, street

from core.bootstrap import Engine, open_engine
from core.checks.verify import verify
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind
from core.domain.view import Mark
from core.service import LaneWorker

HERE = Path(__file__).parent
POINTS = ("after_append", "after_send", "after_answer", "after_outcome", "after_spool")
ACTS = ("sale", "deposit", "close")
KEY = "crash"
# what the operator does with the answers of the act; with none at all nobody comes to ``after_answer``
OPERATORS: dict[str, dict[str, Any]] = {
    "online": {"mode": "ok"},
    "two lost": {"mode": "lose_answers", "times": 2},
    "lost": {"mode": "lose_answers"},
}


@dataclass
class Scenario:
    here: Street
    act: str
    point: str
    operator: str

    @property
    def before(self) -> int:
        """The documents that were made before the act."""
        return 1 if self.act == "close" else 0

    def told(self, database: str) -> dict[str, Any]:
        return {
            "folder": str(self.here.engine.settings.data_dir),
            "database": database,
            "offset_s": self.here.clock.offset.total_seconds(),
            "now": self.here.clock.now().isoformat(),
            "register_id": self.here.register_id,
            "act": self.act,
            "point": self.point,
        }


async def killed(scenarios: list[Scenario], database: str) -> list[int]:
    """Run all of them in processes of their own; how each ended."""
    path = os.pathsep.join((str(HERE.parent / "integration"), str(HERE.parent.parent)))
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HERE / "crash_child.py"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    told = json.dumps([one.told(database) for one in scenarios]).encode()
    out, _ = await child.communicate(told)
    statuses: list[int] = json.loads(out)
    return statuses


async def let_time_pass(database: str) -> None:
    """Database time that nobody wants to wait for: the leases of the dead run out, their documents are 5 s old."""
    connection = await asyncpg.connect(database)
    await connection.execute("UPDATE lane SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL")
    await connection.execute("UPDATE register SET pending_since = now() - interval '6 s' WHERE pending IS NOT NULL")
    await connection.close()


async def recovered(engine: Engine, scenarios: list[Scenario]) -> None:
    """A new process serves the lanes until every register is online and has told everything."""
    stop = asyncio.Event()
    serving = asyncio.create_task(LaneWorker(engine).run(stop))
    for one in scenarios:
        while True:
            view = await engine.registers.get(one.here.register_id)
            if (view.mode, view.unsent, view.pending) == ("online", 0, None):
                break
            await engine.hints.wait(0.2)
    stop.set()
    await serving


async def again(engine: Engine, one: Scenario) -> Any:
    acts, register_id = engine.acts, one.here.register_id
    if one.act == "close":
        return await acts.close_shift(register_id, withdraw_cash=False, key=KEY)
    if one.act == "deposit":
        return await acts.make(register_id, PlacementInput(Kind.DEPOSIT, 10_000), key=KEY)
    return await acts.make(register_id, sale(), key=KEY)


@pytest.mark.parametrize("operator", OPERATORS)
async def test_a_kill_at_any_point_leaves_one_document_told_once_and_printed_once(
    database: str, tmp_path: Path, operator: str
) -> None:
    points = [point for point in POINTS if (operator, point) != ("lost", "after_answer")]
    async with street(database, tmp_path, clock=StillClock()) as first:
        scenarios = []
        for act in ACTS:
            for point in points:
                here = await neighbour(first)
                scenarios.append(Scenario(here, act, point, operator))
                if act == "close":
                    await here.sell()
                here.behave(**OPERATORS[operator])
        statuses = await killed(scenarios, database)
        assert statuses == [signal.SIGKILL] * len(scenarios)
        await let_time_pass(database)
        for one in scenarios:
            one.here.behave()
        first.advance(seconds=60)
        async with open_engine(first.engine.settings, first.clock, role="lanes") as engine:
            await recovered(engine, scenarios)
            for one in scenarios:
                documents = await engine.books.documents(one.here.register_id, after=0, limit=10)
                assert len(documents) == one.before + 1, one
                stored = documents[-1]
                assert stored.mark in (Mark.REGISTERED, Mark.AUTONOMOUS_REGISTERED), one
                pending = one.point in ("after_append", "after_send", "after_answer")
                assert (stored.mark is Mark.REGISTERED) == (not pending and operator != "lost"), one
                if pending:
                    assert stored.reason == "power_lost"
                repeated = await again(engine, one)
                assert (repeated.created, repeated.view) == (False, stored)
                await one.here.book_agrees()
                orders = await engine.prints.take((one.here.register_id,), 10)
                originals = [order.document_number for order in orders]
                assert originals == list(range(1, one.before + 2)), one
    assert (await verify(database)).findings == []
