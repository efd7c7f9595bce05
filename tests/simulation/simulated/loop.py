"""An event loop whose time is virtual and whose network is simulated: nothing real is ever waited for.

Time stands while anything can run and jumps to the next timer when nothing can. Connections are made by
``create_connection`` like any other loop's, so the engine's own link runs on it as it is.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from contextvars import Context
from random import Random
from typing import Any, Protocol

POLL_S_MAX = 0.06
POLL_STRETCH_MAX = 6.0


class NothingHappens(Exception):
    """Every task waits for something that will never come."""


class Connects(Protocol):
    """What makes connections."""

    async def connect(self, protocol: Any) -> tuple[asyncio.Transport, Any]: ...


class VirtualLoop(asyncio.SelectorEventLoop):
    """A machine under load: a poll of a few hundredths of a second comes up to six times late, never early."""

    def __init__(self, random: Random) -> None:
        self._now_s = 0.0
        self._random = random
        self.network: Connects | None = None
        super().__init__(selector=_VirtualSelector(self))

    def time(self) -> float:
        return self._now_s

    def advance(self, seconds: float) -> None:
        """Let all of it pass at once: every timer in between rings late, as after a machine was suspended."""
        self._now_s += seconds

    def call_at(
        self, when: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        delay = when - self._now_s
        if 0 < delay <= POLL_S_MAX:
            when = self._now_s + delay * self._random.uniform(1, POLL_STRETCH_MAX)
        return super().call_at(when, callback, *args, context=context)

    async def create_connection(self, protocol_factory: Any, *_: Any, **__: Any) -> Any:  # type: ignore[override]
        assert self.network is not None
        return await self.network.connect(protocol_factory())


class _VirtualSelector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise NothingHappens
        if timeout > 0:
            self._loop.advance(timeout)
        return []
