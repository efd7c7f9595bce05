"""One act at a time per register inside a process; the database's compare-and-swap holds between processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import RegisterBusy

TURN_WAIT_S_MAX = 5


class Turns:
    """A lock per register, first come first served; locks of idle registers are forgotten."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    def taken(self, register_id: str) -> bool:
        """Whether somebody acts on the register now."""
        return register_id in self._locks

    @asynccontextmanager
    async def turn(self, register_id: str, *, wait_s: float = TURN_WAIT_S_MAX) -> AsyncIterator[None]:
        """Wait for the register's turn; raises :class:`RegisterBusy` when it did not come in time."""
        lock = self._locks.setdefault(register_id, asyncio.Lock())
        self._waiting[register_id] = self._waiting.get(register_id, 0) + 1
        try:
            try:
                async with asyncio.timeout(wait_s):
                    await lock.acquire()
            except TimeoutError:
                raise RegisterBusy from None
            try:
                yield
            finally:
                lock.release()
        finally:
            self._waiting[register_id] -= 1
            if not self._waiting[register_id]:
                del self._waiting[register_id], self._locks[register_id]
