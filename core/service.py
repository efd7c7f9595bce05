"""The roles that serve nobody directly: ``lanes`` tells the operators, ``clock`` keeps the hours."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import timedelta

from core.bootstrap import Engine, open_engine
from core.clock import Clock
from core.errors import Refused, TiynError
from core.ofd.breaker import Breaker
from core.settings import Settings

log = logging.getLogger(__name__)

SCOUT_S = 0.5
DELIVERIES_MAX = 16
AUTO_CLOSE_AHEAD = timedelta(minutes=30)


class LaneWorker:
    """Finds due lanes and abandoned documents and works on them side by side."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._slots = asyncio.Semaphore(DELIVERIES_MAX)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._breakers: dict[tuple[str, int], Breaker] = {}

    async def run(self, stop: asyncio.Event, *, abandoned_reason: str = "power_lost") -> None:
        """Scout once a half-second and at every hint; what was left by a crash is *power_lost*, later finds
        *timeout*.
        """
        while not stop.is_set():
            try:
                for register_id in await self._engine.work.abandoned():
                    await self._engine.acts.draw_abandoned(register_id, abandoned_reason)
                abandoned_reason = "timeout"
                now = self._engine.clock.now()
                held = [address for address, breaker in self._breakers.items() if breaker.holds(now)]
                for register_id in await self._engine.work.due_lanes(now, held):
                    await self._start(register_id)
            except TiynError:
                log.exception("the scout of the lanes could not look")
            await self._engine.hints.wait(SCOUT_S)
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _start(self, register_id: str) -> None:
        if register_id in self._running:
            return
        registration = (await self._engine.registers.get(register_id)).registration
        address = (registration.host, registration.port)
        breaker = self._breakers.setdefault(address, Breaker())
        if not breaker.may_try(self._engine.clock.now()):
            return
        task = asyncio.create_task(self._deliver(register_id, breaker))
        self._running[register_id] = task
        task.add_done_callback(lambda _: self._running.pop(register_id, None))

    async def _deliver(self, register_id: str, breaker: Breaker) -> None:
        async with self._slots:
            try:
                connected = await self._engine.delivery.deliver(register_id)
            except TiynError:
                log.exception("delivery of %s was cut off", register_id)
                return
        if connected is False:
            breaker.no_link(register_id, self._engine.clock.now())
        elif connected:
            now = self._engine.clock.now()
            for waiting in breaker.connected():
                await self._engine.lanes.due(waiting, now)


class ShiftKeeper:
    """Closes shifts 30 minutes before their 24 h are over, if the owner left that on (DOMAIN.md, decisions)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def run(self, stop: asyncio.Event) -> None:
        """Look once a half-second, because the clock may be moved."""
        while not stop.is_set():
            try:
                ahead = self._engine.clock.now() + AUTO_CLOSE_AHEAD
                closing = await self._engine.work.shifts_closing(ahead)
                # side by side: each may wait 5 s for an operator that is silent
                await asyncio.gather(*(self._close(register_id) for register_id in closing))
            except TiynError:
                log.exception("the keeper of the shifts could not look")
            await self._engine.hints.wait(SCOUT_S)

    async def _close(self, register_id: str) -> None:
        shift = (await self._engine.registers.get(register_id)).shift
        if shift is None:
            return
        with contextlib.suppress(Refused):
            # a close that the operator refuses is tried anew once an hour, not with every look
            key = f"auto-close-{shift.number}-{self._engine.clock.now():%Y%m%d%H}"
            await self._engine.acts.close_shift(register_id, withdraw_cash=False, key=key)


async def serve_lanes(
    settings: Settings, clock: Clock, points: Callable[[str], None], *, stop: asyncio.Event | None = None
) -> None:
    """Serve the lanes until ``stop``."""
    async with open_engine(settings, clock, points=points, role="lanes") as engine:
        await LaneWorker(engine).run(stop or asyncio.Event())


async def serve_clock(
    settings: Settings, clock: Clock, points: Callable[[str], None], *, stop: asyncio.Event | None = None
) -> None:
    """Keep the hours until ``stop``."""
    async with open_engine(settings, clock, points=points, role="clock") as engine:
        await ShiftKeeper(engine).run(stop or asyncio.Event())
