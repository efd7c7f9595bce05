"""The roles that serve nobody directly: ``lanes`` tells the operators, ``clock`` keeps the hours."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import datetime, timedelta

from core.bootstrap import Engine, open_engine
from core.clock import Clock
from core.db.work import EndingShift
from core.domain.countdown import SHIFT_WARNINGS, due_warning, nearer
from core.errors import Refused
from core.hooks.sender import HookSender
from core.hours import HoursKeeper, logged, remember
from core.ofd.breaker import Breaker
from core.settings import Settings
from core.takings_keeper import TakingsKeeper
from core.usecases.ports import MADE_HINT
from core.usecases.probes import CONNECTED

SCOUT_S = 0.5
SCOUT_APART_S = 0.02
"""However many hints come: on a small machine a look at each sale would cost the sales more than it finds."""
DELIVERIES_MAX = 16
DELIVERY_NICENESS = 5
CLOSES_MAX = 64
AUTO_CLOSE_AHEAD = timedelta(minutes=30)
WARNING_AHEAD = max(SHIFT_WARNINGS)


class LaneWorker:
    """Finds due lanes and abandoned documents and works on them side by side; one that fails does not stop another."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._slots = asyncio.Semaphore(DELIVERIES_MAX)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._breakers: dict[tuple[str, int], Breaker] = {}
        self._connected: set[str] = set()
        engine.hints.on_topic(self._heard)

    async def run(self, stop: asyncio.Event) -> None:
        """Scout once a half-second and at every hint. What was left from before this start is *power_lost*, unless
        every process of then had stopped by itself.
        """
        started: datetime | None = None
        while not stop.is_set():
            async with logged("the scout of the lanes"):
                started = started or await self._engine.work.database_now()
                for register_id, earlier in await self._engine.work.abandoned(started):
                    async with logged(f"drawing an outcome of {register_id}"):
                        reason = await self._engine.runs.reason_at_start(register_id) if earlier else None
                        await self._engine.acts.draw_abandoned(register_id, reason)
                await self._close_breakers()
                now = self._engine.clock.now()
                held = [address for address, breaker in self._breakers.items() if breaker.holds(now)]
                for register_id in await self._engine.work.due_lanes(now, held, self._running):
                    async with logged(f"the start of {register_id}'s delivery"):
                        await self._start(register_id)
            await self._engine.hints.wait(SCOUT_S)
            await asyncio.sleep(SCOUT_APART_S)
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _heard(self, topic: str) -> None:
        """A person's question reached an operator from another process, or a sale was made somewhere."""
        kind, _, address = topic.partition(" ")
        if kind == MADE_HINT:
            self._engine.delivery.give_way()
        if kind == CONNECTED:
            self._connected.add(address)

    async def _close_breakers(self) -> None:
        while self._connected:
            host, _, port = self._connected.pop().rpartition(":")
            breaker = self._breakers.get((host, int(port)))
            for waiting in breaker.connected() if breaker is not None else ():
                await self._engine.lanes.due(waiting, self._engine.clock.now())

    async def _start(self, register_id: str) -> None:
        registration = (await self._engine.registers.get(register_id)).registration
        address = (registration.host, registration.port)
        breaker = self._breakers.setdefault(address, Breaker())
        if register_id in self._running or not breaker.may_try(self._engine.clock.now()):
            return
        task = asyncio.create_task(self._deliver(register_id, breaker))
        self._running[register_id] = task
        task.add_done_callback(lambda _: self._running.pop(register_id, None))

    async def _deliver(self, register_id: str, breaker: Breaker) -> None:
        async with self._slots, logged(f"the delivery of {register_id}"):
            connected = await self._engine.delivery.deliver(register_id)
            now = self._engine.clock.now()
            if connected is False:
                breaker.no_link(register_id, now)
            elif connected:
                for waiting in breaker.connected():
                    await self._engine.lanes.due(waiting, now)


class ShiftKeeper:
    """Warns before a shift's 24 h are over and closes it 30 minutes before, if the owner left that on (DOMAIN.md,
    decisions); says once that they are over.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._told: set[tuple[str, ...]] = set()
        self._slots = asyncio.Semaphore(CLOSES_MAX)

    async def run(self, stop: asyncio.Event) -> None:
        """Look once a half-second, because the clock may be moved."""
        while not stop.is_set():
            async with logged("the keeper of the shifts"):
                now = self._engine.clock.now()
                ending = await self._engine.work.shifts_ending(now + WARNING_AHEAD)
                # side by side: each may wait 5 s for an operator that is silent
                await asyncio.gather(*(self._keep(shift, now) for shift in ending))
            await self._engine.hints.wait(SCOUT_S)

    async def _keep(self, shift: EndingShift, now: datetime) -> None:
        register_id, left = shift.register_id, shift.closes_before - now
        async with self._slots, logged(f"the end of {register_id}'s shift"):
            if shift.auto_close and left <= AUTO_CLOSE_AHEAD:
                if await self._close(register_id, now):
                    return
            elif (warning := due_warning(left, SHIFT_WARNINGS)) is not None:
                await self._tell(shift, "shift.closes_soon", now, warning)
            if left < timedelta(0):
                await self._tell(shift, "shift.over", now, timedelta(0))

    async def _tell(self, shift: EndingShift, topic: str, now: datetime, warning: timedelta) -> None:
        """Once for each shift and warning; the bot drops what is over by the time it reads it."""
        until = shift.closes_before.isoformat()
        subject = f"{until} {warning}"
        if (shift.register_id, topic, subject) in self._told:
            return
        facts = {"until": until, "auto_close": shift.auto_close, "warning_s": round(warning.total_seconds())}
        later = [f"{until} {one}" for one in nearer(warning, SHIFT_WARNINGS)]
        await self._engine.news.tell_once(shift.register_id, topic, subject, now, facts, superseded_by=later)
        remember(self._told, (shift.register_id, topic, subject))

    async def _close(self, register_id: str, now: datetime) -> bool:
        """Whether the shift is closed now."""
        shift = (await self._engine.registers.get(register_id)).shift
        if shift is None:
            return True
        # a close that the operator refuses is tried anew once an hour, not with every look; nobody can type such a key
        key = f"\x1fauto-close-{shift.number}-{now:%Y%m%d%H}"
        try:
            await self._engine.acts.close_shift(register_id, withdraw_cash=False, key=key)
            return True
        except Refused as refusal:
            if refusal.code == "OFD_REFUSED":
                facts = {"shift": shift.number, **{name: refusal.params[name] for name in ("result_code", "text")}}
                subject = f"{shift.number}"
                await self._engine.news.tell_once(register_id, "shift.close_refused", subject, now, facts)
        return False


def yield_to_sales() -> None:
    """A process that only delivers gives way to those whose answer a person waits for at a counter."""
    os.nice(DELIVERY_NICENESS)


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
        stop = stop or asyncio.Event()
        keepers = (ShiftKeeper(engine), HoursKeeper(engine), HookSender(engine), TakingsKeeper(engine))
        await asyncio.gather(*(keeper.run(stop) for keeper in keepers))


async def recount(settings: Settings, clock: Clock) -> int:
    """Count the statistics of every register again from its journal; how many registers there are."""
    async with open_engine(settings, clock, role="recount") as engine:
        registers = await engine.registers.all()
        for one in registers:
            await engine.takings.rebuild(one.registration.register_id)
        return len(registers)
