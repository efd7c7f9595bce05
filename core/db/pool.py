"""Connections: one asyncpg pool a process, as the role that may not change the journal; nothing holds a transaction
open.

Class 08, XX000 or a lost connection during a call means that its outcome is unknown (DESIGN.md 4); 40001 and 40P01 are
tried again, because then nothing was done.
"""

from __future__ import annotations

import asyncio
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


class Database:
    """The pool with the error rules around it; the only place that a driver's error is looked at."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool

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
        """Close every connection, also those that hang."""
        try:
            await asyncio.wait_for(self._pool.close(), timeout=2)
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

    async def hint(self, topic: str) -> None:
        """Wake whoever listens; only ever a hint, sent after the commit it speaks of (SCALE.md 6.3-16)."""
        await self._run("execute", f"SELECT pg_notify('{HINT_CHANNEL}', $1)", topic)

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
            except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
                if attempt == RETRIES_MAX - 1:
                    raise
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
