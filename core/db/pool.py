"""Connections: one asyncpg pool a process, as the role that may not change the journal; nothing holds a transaction
open.

Class 08, XX000 or a lost connection during a call means that its outcome is unknown (DESIGN.md 4); 40001 and 40P01 are
tried again, because then nothing was done.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from core.errors import UnknownOutcome
from core.usecases.ports import FenceLost, KeyTaken

APP_ROLE = "tiyn_app"
LEASE_LOST_STATE = "TY001"
CALL_TIMEOUT_S = 30
RETRIES_MAX = 5
HINT_CHANNEL = "tiyn_hint"
HINT_S_MAX = 1


class Database:
    """The pool with the error rules around it; the only place that a driver's error is looked at."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool
        self._topics: set[str] = set()
        self._posting: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, url: str, *, size_max: int = 10) -> Database:
        """Connect; the session is the app role's from its first statement on."""
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=size_max,
            command_timeout=CALL_TIMEOUT_S,
            reset=_as_it_is,
            server_settings={"role": APP_ROLE, "application_name": "tiyn"},
        )
        return cls(pool)

    async def close(self) -> None:
        """Close every connection, also those that hang, once the last hint has left."""
        if self._posting is not None:
            await asyncio.wait({self._posting}, timeout=HINT_S_MAX)
        try:
            async with asyncio.timeout(2):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()

    async def rows(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        """All rows of a statement."""
        return await self._run("fetch", statement, *arguments)  # type: ignore[no-any-return]

    async def row(self, statement: str, *arguments: Any) -> asyncpg.Record | None:
        """The first row, or ``None``."""
        return await self._run("fetchrow", statement, *arguments)

    async def value(self, statement: str, *arguments: Any) -> Any:
        """The first column of the first row."""
        return await self._run("fetchval", statement, *arguments)

    async def all_or_nothing(self, *calls: tuple[str, tuple[Any, ...]]) -> None:
        """Several statements in one transaction: for directories, never for a fiscal act."""
        await self._guarded(lambda connection: _in_one(connection, calls))

    async def snapshot(self, *calls: tuple[str, tuple[Any, ...]]) -> list[list[asyncpg.Record]]:
        """All rows of several statements that see the same moment: for reports, which must agree with themselves."""
        return await self._guarded(lambda connection: _of_one_moment(connection, calls))  # type: ignore[no-any-return]

    async def hint(self, topic: str) -> None:
        """Wake whoever listens; only ever a hint, of what is committed already (SCALE.md 6.3-16).

        It leaves by itself: a notification is a commit of its own, and nobody at a counter waits for it. Hints of one
        topic that come while another is on its way leave together.
        """
        self._topics.add(topic)
        if self._posting is None or self._posting.done():
            self._posting = asyncio.create_task(self._post())

    async def announce(self, topic: str) -> None:
        """The same, and wait until it has left: for what others would go on not knowing."""
        await self._run("execute", f"SELECT pg_notify('{HINT_CHANNEL}', $1)", topic)

    async def _post(self) -> None:
        while self._topics:
            topics = sorted(self._topics)
            self._topics.clear()
            # a lost hint costs whoever listens its poll's second
            with contextlib.suppress(UnknownOutcome):
                statement = f"SELECT pg_notify('{HINT_CHANNEL}', topic) FROM unnest($1::text[]) AS topic"  # noqa: S608
                await self._run("execute", statement, topics)

    async def connection(self) -> asyncpg.Connection[Any]:
        """A connection of its own, for listening; the caller closes it by :meth:`release`."""
        connection: asyncpg.Connection[Any] = await self._pool.acquire()
        return connection

    async def release(self, connection: asyncpg.Connection[Any]) -> None:
        """Give a connection back."""
        await self._pool.release(connection)

    async def _run(self, method: str, statement: str, *arguments: Any) -> Any:
        return await self._guarded(lambda connection: getattr(connection, method)(statement, *arguments))

    async def _guarded(self, act: Callable[[Any], Awaitable[Any]]) -> Any:
        """Act on a connection; driver's errors become ours, and what certainly was not done is tried again."""
        for attempt in range(RETRIES_MAX):
            try:
                async with self._pool.acquire() as connection:
                    return await act(connection)
            except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError) as error:
                if attempt == RETRIES_MAX - 1:
                    # nothing was done; whoever asked reads again and decides, as after a lost connection
                    raise UnknownOutcome(str(error)) from error
            except asyncpg.UniqueViolationError as error:
                raise KeyTaken(str(error)) from error
            except (
                asyncpg.PostgresConnectionError,
                asyncpg.InternalServerError,
                asyncpg.OperatorInterventionError,
                asyncpg.TooManyConnectionsError,
                asyncpg.InterfaceError,
                OSError,
                TimeoutError,
            ) as error:
                raise UnknownOutcome(str(error)) from error
            except asyncpg.PostgresError as error:
                if error.sqlstate == LEASE_LOST_STATE:
                    raise FenceLost(str(error)) from error
                raise
        raise AssertionError("the loop returns or raises")


async def _as_it_is(_connection: Any) -> None:
    """No round trip before a connection is used again: nothing of ours lives in a session (SCALE.md 6.3-17), and
    asyncpg itself still ends an open transaction and forgets listeners.
    """


async def _in_one(connection: Any, calls: tuple[tuple[str, tuple[Any, ...]], ...]) -> None:
    async with connection.transaction():
        for statement, arguments in calls:
            await connection.execute(statement, *arguments)


async def _of_one_moment(
    connection: Any, calls: tuple[tuple[str, tuple[Any, ...]], ...]
) -> list[list[asyncpg.Record]]:
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        return [await connection.fetch(statement, *arguments) for statement, arguments in calls]
