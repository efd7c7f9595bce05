"""The parent's side: registers side by side in one database, a run for each point, one recovery, all checkers."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg

from core.bootstrap import Engine, open_engine
from core.service import LaneWorker
from tests.crash.deeds import Deed, facts_of, onboard
from tests.crash.points import BREAK, KILL
from tests.integration.engine_street import Street, neighbour

HERE = Path(__file__).parent
AT_ONCE = 6
STANDS_S = 60
PREPARED_AT_ONCE = 120
"""Going autonomous takes the pauses between three resends, nearly two seconds of doing nothing."""
AT_ONCE_WAITING = 24
"""Runs whose operator is silent, or whose line broke, mostly wait: for a resend, or the whole five seconds."""


@dataclass(repr=False)
class Case:
    """One run of a deed on a register of its own; ``point`` is where it ends, ``None`` for nowhere."""

    here: Street
    deed: Deed
    point: str | None
    how: str
    facts: dict[str, Any]
    status: int = -1
    passed: list[str] = field(default_factory=list)
    answer: dict[str, Any] | None = None

    def __repr__(self) -> str:
        return f"{self.deed.name}, {self.how} at {self.point}: {self.status}, {self.answer}, {self.passed}"

    def done(self, method: str) -> int:
        """How many calls of the journal's method the database has done and the process had heard of."""
        return sum(point.startswith(f"PostgresJournal.{method} ") and point.endswith("after") for point in self.passed)

    @property
    def was_killed(self) -> bool:
        return self.how == KILL and self.point is not None


class Crashes:
    """A street whose registers are made for deeds; children work on its database."""

    def __init__(self, first: Street, database: str) -> None:
        self.first = first
        self.database = database

    async def case(self, deed: Deed, point: str | None, how: str) -> Case:
        """A fresh register, prepared for the deed."""
        here = await neighbour(self.first)
        await deed.prepare(here)
        if deed.fault:
            here.behave(**deed.fault)
        return Case(here, deed, point, how, facts_of(here, deed))

    async def cases(self, wanted: Iterable[tuple[Deed, str | None, str]]) -> list[Case]:
        return await side_by_side([self.case(*one) for one in wanted], PREPARED_AT_ONCE)

    async def run(self, cases: list[Case], *, deed: str | None = None) -> None:
        """Run each in a process of its own; ``deed`` is another one than its own."""
        runs = [{**self.told(one), "deed": deed or one.deed.name, "facts": one.facts} for one in cases]
        waits = any(one.deed.fault or one.how == BREAK for one in cases)
        results = await run_children("", runs, AT_ONCE_WAITING if waits else AT_ONCE)
        for one, result in zip(cases, results, strict=True):
            one.status, one.passed, one.answer = result["status"], result["passed"], result["answer"]

    def told(self, case: Case) -> dict[str, Any]:
        clock = self.first.clock
        return {
            "folder": str(self.first.engine.settings.data_dir),
            "database": self.database,
            "offset_s": clock.offset.total_seconds(),
            "now": clock.now().isoformat(),
            "point": case.point,
            "how": case.how,
            "more": {},
        }

    async def let_time_pass(self) -> None:
        """Database time that nobody wants to wait for: the leases of the dead run out, their documents are 5 s old;
        and a minute of ours. The operator is well again.
        """
        connection = await asyncpg.connect(self.database)
        await connection.execute("UPDATE lane SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL")
        await connection.execute("UPDATE register SET pending_since = now() - interval '6 s' WHERE pending IS NOT NULL")
        await connection.close()
        self.first.ofd.set_behaviour()
        self.first.advance(seconds=60)

    async def rows(self, statement: str, *arguments: Any) -> list[Any]:
        connection = await asyncpg.connect(self.database)
        try:
            return list(await connection.fetch(statement, *arguments))
        finally:
            await connection.close()

    @asynccontextmanager
    async def recovered(self, cases: list[Case]) -> AsyncIterator[Engine]:
        """A new process serves the lanes; it is yielded once every register is online and has told everything."""
        async with open_engine(self.first.engine.settings, self.first.clock, role="lanes") as engine:
            stop = asyncio.Event()
            serving = asyncio.create_task(LaneWorker(engine).run(stop))
            try:
                for one in cases:
                    await until_online(engine, one.here.register_id)
                yield engine
            finally:
                stop.set()
                await serving

    async def again(self, engine: Engine, cases: list[Case]) -> list[Any]:
        """What a person does who was never answered: the same thing once more."""
        made = await side_by_side([one.deed.perform(engine, one.facts) for one in cases])
        for one in cases:
            if one.deed.perform is onboard:
                found = await self.rows(
                    "SELECT register_id::text FROM registration WHERE operator = 'kazakhtelecom' AND device_id = $1",
                    one.here.device_id,
                )
                one.here.register_id = found[0]["register_id"]
        return made


async def until_online(engine: Engine, register_id: str) -> None:
    """Returns when all is told; a register that stands will never come there, nor one whose next try was put off."""
    try:
        async with asyncio.timeout(STANDS_S):
            while True:
                view = await engine.registers.get(register_id)
                if (view.mode, view.state, view.unsent, view.pending) == ("online", "active", 0, None):
                    return
                await engine.hints.wait(0.2)
    except TimeoutError:
        raise AssertionError(f"it does not come back: {view}") from None


async def run_children(act: str, runs: list[dict[str, Any]], at_once: int) -> list[dict[str, Any]]:
    """``act`` is the coroutine that a child runs, ``module:name``; empty for a deed."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.crash_child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=HERE.parent.parent,
        env=dict(os.environ),
    )
    given = json.dumps({"act": act, "runs": runs, "at_once": at_once})
    try:
        out, _ = await child.communicate(given.encode())
    finally:
        if child.returncode is None:
            child.kill()
    results: list[dict[str, Any]] = json.loads(out)
    return results


async def side_by_side(calls: list[Awaitable[Any]], at_once: int = 8) -> list[Any]:
    """All of them, a few at a time, in their order."""
    places = asyncio.Semaphore(at_once)

    async def in_place(call: Awaitable[Any]) -> Any:
        async with places:
            return await call

    return await asyncio.gather(*(in_place(call) for call in calls))


