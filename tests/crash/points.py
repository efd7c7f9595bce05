"""Points that enumerate themselves: every statement and every call on a line is one before it and one after it.

The child process installs them around the real parts; nothing in production knows of them. A point is named after the
method that asked and how often that method had asked before, so two tasks that change places leave the names as they
were. At its target a process is killed by SIGKILL, or the line under the point breaks and the process lives on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from core.db.pool import Database
from core.errors import UnknownOutcome

KILL, BREAK = "kill", "break"
T = TypeVar("T")


class Points:
    """Counts what is passed; ``told`` hears of each point before anything happens there."""

    def __init__(self, target: str | None, how: str, told: Callable[[str], None]) -> None:
        self._target = target
        self._how = how
        self._told = told
        self._counts: Counter[str] = Counter()

    def named(self, label: str) -> str:
        """The label with its number, the same in every run."""
        self._counts[label] += 1
        return f"{label} {self._counts[label]}"

    def breaks(self, name: str, side: str) -> bool:
        """Pass a point: never comes back from the target of a kill; whether the line is to break here."""
        point = f"{name} {side}"
        self._told(point)
        if point != self._target:
            return False
        if self._how == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        return True


class PointedConnection:
    """A connection of the database with a point on either side of each call."""

    def __init__(self, connection: Any, label: str, points: Points) -> None:
        self._connection = connection
        self._label = label
        self._points = points

    async def fetch(self, statement: str, *arguments: Any) -> Any:
        return await self._call(lambda: self._connection.fetch(statement, *arguments))

    async def fetchrow(self, statement: str, *arguments: Any) -> Any:
        return await self._call(lambda: self._connection.fetchrow(statement, *arguments))

    async def fetchval(self, statement: str, *arguments: Any) -> Any:
        return await self._call(lambda: self._connection.fetchval(statement, *arguments))

    async def execute(self, statement: str, *arguments: Any) -> Any:
        return await self._call(lambda: self._connection.execute(statement, *arguments))

    def transaction(self) -> PointedTransaction:
        return PointedTransaction(self._connection.transaction(), self._call)

    async def _call(self, call: Callable[[], Awaitable[Any]], label: str = "") -> Any:
        name = self._points.named(f"{self._label}{label}")
        if self._points.breaks(name, "before"):
            self._connection.terminate()
        result = await call()
        if self._points.breaks(name, "after"):
            self._connection.terminate()
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")
        return result


class PointedTransaction:
    """Its beginning and its end are calls like any other."""

    def __init__(self, transaction: Any, call: Callable[..., Awaitable[Any]]) -> None:
        self._transaction = transaction
        self._call = call

    async def __aenter__(self) -> None:
        await self._call(self._transaction.__aenter__, " begin")

    async def __aexit__(self, *error: Any) -> None:
        await self._call(lambda: self._transaction.__aexit__(*error), " end")


class PointedReader:
    """What comes from a line: a point before and after each piece that was waited for."""

    def __init__(self, reader: asyncio.StreamReader, abort: Callable[[], None], label: str, points: Points) -> None:
        self._reader = reader
        self._abort = abort
        self._label = label
        self._points = points

    async def readexactly(self, count: int) -> bytes:
        return await self._read(self._reader.readexactly(count))

    async def read(self, count: int = -1) -> bytes:
        return await self._read(self._reader.read(count))

    async def _read(self, reading: Awaitable[bytes]) -> bytes:
        name = self._points.named(f"{self._label} read")
        if self._points.breaks(name, "before"):
            self._abort()
        data = await reading
        if self._points.breaks(name, "after"):
            self._abort()
        return data


class PointedWriter:
    """What goes down a line: a point before it, in its middle, and after it."""

    def __init__(self, writer: asyncio.StreamWriter, label: str, points: Points) -> None:
        self._writer = writer
        self._label = label
        self._points = points

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    def write(self, data: bytes) -> None:
        name, half = self._points.named(f"{self._label} write"), len(data) // 2
        pieces = (b"", data[:half], data[half:]) if half else (b"", data)
        for piece, side in zip(pieces, ("before", "halfway", "after") if half else ("before", "after"), strict=True):
            if piece:
                self._writer.write(piece)
            if self._points.breaks(name, side):
                self._writer.transport.abort()

    async def drain(self) -> None:
        name = self._points.named(f"{self._label} drain")
        await self._writer.drain()
        if self._points.breaks(name, "after"):
            self._writer.transport.abort()

    async def wait_closed(self) -> None:
        name = self._points.named(f"{self._label} close")
        await self._writer.wait_closed()
        self._points.breaks(name, "after")


def around_database(points: Points) -> None:
    """Every statement of this process from now on."""
    guarded = Database._guarded

    async def pointed(self: Database, act: Callable[[Any], Awaitable[Any]]) -> Any:
        label = _asking(sys._getframe(1))
        return await guarded(self, lambda connection: act(PointedConnection(connection, label, points)))

    async def hinted(self: Database, topic: str) -> None:
        with contextlib.suppress(UnknownOutcome):
            await self.announce(topic)

    Database._guarded = pointed  # type: ignore[method-assign]
    # a hint leaves beside what follows it: the points would come in another order each time
    Database.hint = hinted  # type: ignore[method-assign]


def around_lines(points: Points) -> None:
    """Every TCP connection that is opened as a stream from now on: the operator's and the printer's."""
    connect = asyncio.open_connection

    async def pointed(*address: Any, **more: Any) -> Any:
        label = sys._getframe(1).f_code.co_qualname
        name = points.named(f"{label} connect")
        if points.breaks(name, "before"):
            raise ConnectionRefusedError("broken before it was made")
        reader, writer = await connect(*address, **more)
        if points.breaks(name, "after"):
            writer.transport.abort()
        abort = writer.transport.abort
        return PointedReader(reader, abort, label, points), PointedWriter(writer, label, points)

    asyncio.open_connection = pointed


def around_files(points: Points) -> None:
    """Every file that the printer bridge's spool makes safe, renames or removes."""
    sync, replace, unlink, opened = os.fsync, Path.replace, Path.unlink, Path.open

    def fsync(handle: Any) -> None:
        _around(points, "fsync", lambda: sync(handle))

    def replaced(self: Path, target: Any) -> Path:
        return _around(points, "rename", lambda: replace(self, target))

    def unlinked(self: Path, missing_ok: bool = False) -> None:
        _around(points, "unlink", lambda: unlink(self, missing_ok=missing_ok))

    def created(self: Path, mode: str = "r", *arguments: Any, **more: Any) -> Any:
        if mode == "r":
            return opened(self, mode, *arguments, **more)
        return _around(points, "open", lambda: opened(self, mode, *arguments, **more))

    os.fsync, Path.replace, Path.unlink, Path.open = fsync, replaced, unlinked, created  # type: ignore[assignment,method-assign]


def around_method(points: Points, owner: Any, method: str, label: Callable[..., str]) -> None:
    """Every call of one asynchronous method, named by ``label`` of its arguments."""
    original = getattr(owner, method)

    async def pointed(*arguments: Any, **more: Any) -> Any:
        name = points.named(label(*arguments))
        points.breaks(name, "before")
        result = await original(*arguments, **more)
        points.breaks(name, "after")
        return result

    setattr(owner, method, pointed)


def _around(points: Points, label: str, call: Callable[[], T]) -> T:
    name = points.named(label)
    points.breaks(name, "before")
    result = call()
    points.breaks(name, "after")
    return result


def _asking(frame: Any) -> str:
    """The method that the statement stands in: the first one outside the pool's own file."""
    own = frame.f_code.co_filename
    while frame.f_back is not None and frame.f_code.co_filename == own:
        frame = frame.f_back
    return str(frame.f_code.co_qualname)
