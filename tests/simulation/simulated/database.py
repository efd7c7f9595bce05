"""The database of the simulation: a real PostgreSQL whose ``now()`` is virtual, reached by one call at a time.

A call is made at one instant of virtual time while the whole street stands, so that a seed has one schedule. What
goes wrong on the way to it and back is drawn by the weather of the calling process.
"""

from __future__ import annotations

import asyncio
import contextlib
from asyncio import events
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import asyncpg

from core.db.pool import HINT_CHANNEL
from simulated.loop import VirtualLoop
from simulated.process import Process

NOW_STEP_S = 0.2
NOTIFY = "SELECT pg_notify("
# what outlives a power cut is not tested here, so no commit waits for the disk
SESSION = {
    "search_path": "virtual, pg_catalog, public",
    "simulation.now": "2026-01-01T00:00:00+00:00",
    "synchronous_commit": "off",
    "jit": "off",
}
VIRTUAL_TIME = """
CREATE SCHEMA IF NOT EXISTS virtual;
CREATE OR REPLACE FUNCTION virtual.now() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT current_setting('simulation.now')::timestamptz $$;
GRANT USAGE ON SCHEMA virtual TO tiyn_app;
GRANT EXECUTE ON FUNCTION virtual.now() TO tiyn_app;
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT p.oid::regprocedure AS signature FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = virtual, pg_catalog, public, pg_temp', one.signature);
    END LOOP;
END $$;
"""


class Connection:
    """One real connection, worked from outside of any loop that runs: each call blocks until it is answered."""

    def __init__(self, url: str, **settings: str) -> None:
        self._loop = asyncio.new_event_loop()
        self.real = self.run(asyncpg.connect(url, server_settings={**SESSION, **settings}))

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of ``work``, which runs on this connection's own loop while the present one stands."""
        present = events._get_running_loop()
        task = None if present is None else asyncio.current_task(present)
        if task is not None:
            asyncio.tasks._leave_task(present, task)
        events._set_running_loop(None)
        try:
            return self._loop.run_until_complete(work)
        finally:
            events._set_running_loop(present)
            if task is not None:
                asyncio.tasks._enter_task(present, task)

    def call(self, method: str, statement: str, *arguments: Any) -> Any:
        """One call of asyncpg's: ``fetch``, ``fetchrow``, ``fetchval`` or ``execute``."""
        return self.run(getattr(self.real, method)(statement, *arguments))

    def close(self) -> None:
        self.run(self.real.close())
        self._loop.close()


class SharedDatabase:
    """The database that all processes of all seeds share; each seed begins with no rows in it."""

    def __init__(self, url: str) -> None:
        self.owner = Connection(url)
        self.owner.call("execute", VIRTUAL_TIME)
        self.app = Connection(url, role="tiyn_app")
        self._told_now: datetime | None = None
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        names = [row["tablename"] for row in self.owner.call("fetch", tables)]
        self._wipe = "; ".join(f"DELETE FROM {name}" for name in names)  # noqa: S608 - our own names

    @staticmethod
    def replace_functions(url: str, folder: Path) -> None:
        """Give the database the functions of another tree."""
        connection = Connection(url, search_path="public")
        for path in sorted(folder.glob("*.sql")):
            text = path.read_text(encoding="utf-8").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
            connection.call("execute", text)
        connection.close()

    def wipe(self) -> None:
        """Begin anew. The journal's own triggers would forbid it to everybody else."""
        self._told_now = None
        unguarded = "SET session_replication_role = replica; {}; RESET session_replication_role"
        self.owner.call("execute", unguarded.format(self._wipe))

    def call(self, now: datetime, method: str, statement: str, *arguments: Any) -> Any:
        """One call of the app role at the virtual time ``now``."""
        self._tell_now(now)
        return self.app.call(method, statement, *arguments)

    def in_one(self, now: datetime, calls: list[tuple[str, tuple[Any, ...]]]) -> None:
        """Several statements in one transaction."""
        self._tell_now(now)
        self.app.call("execute", "BEGIN")
        try:
            for statement, arguments in calls:
                self.app.call("execute", statement, *arguments)
        except BaseException:
            self.app.call("execute", "ROLLBACK")
            raise
        self.app.call("execute", "COMMIT")

    def close(self) -> None:
        self.app.close()
        self.owner.close()

    def _tell_now(self, now: datetime) -> None:
        told = self._told_now
        if told is None or not timedelta(0) <= now - told <= timedelta(seconds=NOW_STEP_S):
            self.app.call("execute", f"SET simulation.now = '{now.isoformat()}'")
            self._told_now = now


class Trouble:
    """What the next calls of one process meet on their way to the database and back."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.coming: list[str] = []
        self.struck: Counter[str] = Counter()

    def next(self) -> str:
        """``well``, ``lost before``, ``lost after``, ``serialization`` or ``slow``."""
        kind = self.coming.pop(0) if self.coming else "well"
        if kind != "well":
            self.struck[f"database {kind}"] += 1
        return kind


class Pool:
    """What one process has instead of asyncpg's pool: the same calls, each with its virtual way there and back."""

    def __init__(self, world: PoolWorld, process: Process) -> None:
        self.world = world
        self.process = process
        self.trouble = Trouble(world.random)
        self.listeners: list[Any] = []
        self.calls_under_way = 0

    def acquire(self) -> _Acquired:
        return _Acquired(PoolConnection(self))

    async def release(self, connection: PoolConnection) -> None:
        """There is nothing to give back."""

    async def close(self) -> None:
        """There is nothing to close."""

    def terminate(self) -> None:
        """There is nothing to end."""


class PoolWorld:
    """What the pools of all processes share."""

    def __init__(self, loop: VirtualLoop, random: Random, shared: SharedDatabase, begin: datetime) -> None:
        self.loop = loop
        self.random = random
        self.shared = shared
        self.begin = begin
        self.pools: list[Pool] = []

    def now(self) -> datetime:
        """The database's time, which nobody can set."""
        return self.begin + timedelta(seconds=self.loop.time())

    @property
    def is_busy(self) -> bool:
        """Whether any process that lives waits for the database now."""
        return any(pool.calls_under_way for pool in self.pools if not pool.process.is_dead)

    def pool(self, process: Process) -> Pool:
        made = Pool(self, process)
        self.pools.append(made)
        return made

    def notify(self, topic: str) -> None:
        """A hint to every process that listens; half of them miss it, and may."""
        for pool in self.pools:
            if not pool.process.is_dead and self.random.random() < 0.5:
                for listener in pool.listeners:
                    self.loop.call_later(self.random.uniform(0.001, 0.02), listener, None, 0, HINT_CHANNEL, topic)


class _Acquired:
    def __init__(self, connection: PoolConnection) -> None:
        self._connection = connection

    def __await__(self) -> Any:
        return self.__aenter__().__await__()

    async def __aenter__(self) -> PoolConnection:
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        """The connection goes back."""


class PoolConnection:
    """The part of asyncpg's connection that the product uses."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._calls: list[tuple[str, tuple[Any, ...]]] | None = None

    async def fetch(self, statement: str, *arguments: Any) -> Any:
        return await self._call("fetch", statement, arguments)

    async def fetchrow(self, statement: str, *arguments: Any) -> Any:
        return await self._call("fetchrow", statement, arguments)

    async def fetchval(self, statement: str, *arguments: Any) -> Any:
        return await self._call("fetchval", statement, arguments)

    async def execute(self, statement: str, *arguments: Any) -> Any:
        if self._calls is not None:
            self._calls.append((statement, arguments))
            return None
        if statement.startswith(NOTIFY):
            told = arguments[0]
            for topic in told if isinstance(told, list) else [told]:
                self._pool.world.notify(topic)
            return None
        return await self._call("execute", statement, arguments)

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """All statements of it at one instant, at its end."""
        self._calls = []
        yield
        world = self._pool.world
        world.shared.in_one(world.now(), self._calls)
        self._calls = None

    def add_termination_listener(self, _: Any) -> None:
        """The listening connection is never lost: a hint that is missed does the same."""

    async def add_listener(self, _: str, heard: Any) -> None:
        self._pool.listeners.append(heard)

    async def remove_listener(self, _: str, heard: Any) -> None:
        self._pool.listeners.remove(heard)

    async def _call(self, method: str, statement: str, arguments: tuple[Any, ...]) -> Any:
        pool = self._pool
        pool.calls_under_way += 1
        try:
            return await self._call_through(method, statement, arguments)
        finally:
            pool.calls_under_way -= 1

    async def _call_through(self, method: str, statement: str, arguments: tuple[Any, ...]) -> Any:
        world, process = self._pool.world, self._pool.process
        kind = self._pool.trouble.next()
        way_s = world.random.uniform(0.0005, 0.004)
        if kind == "slow":
            process.disturbed_at = world.loop.time()
            way_s = world.random.uniform(0.3, 3)
        if kind in ("lost before", "lost after"):
            process.disturbed_at = world.loop.time()
        await asyncio.sleep(way_s)
        if kind == "lost before":
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")
        if kind == "serialization":
            raise asyncpg.SerializationError("could not serialize access due to concurrent update")
        result = world.shared.call(world.now(), method, statement, *arguments)
        await asyncio.sleep(world.random.uniform(0.0005, 0.004))
        if kind == "lost after":
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")
        return result
