"""«Я оплатил — проверить»: the operator is asked now, whatever the lane and the breaker wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from core.clock import Clock
from core.domain.lane import Loaded
from core.domain.register import ONLINE
from core.usecases.ports import FenceLost, Journal, LaneWrite
from core.usecases.registers import Registers, RegisterView

PROBE_INTERVAL_S = 5.0
"""One question in so many seconds per register; who presses sooner is told how it was."""
PROBE_WAIT_S = 7.0
"""Somebody stands there and waits: a long queue goes on being told after the answer was given."""
LEASE_POLL_S = 0.1
REGISTERS_REMEMBERED_MAX = 1000
OWNER = "probe"
BLOCKED = "blocked"
CONNECTED = "connected"
"""The topic of the hint that an operator's address takes connections again: breakers close on it."""

Try = Callable[[str], Awaitable[bool | None]]


@dataclass(frozen=True, slots=True)
class Probe:
    """The register before and after the question. ``too_soon``: nobody was asked, the last answer is seconds old."""

    before: RegisterView
    after: RegisterView
    too_soon: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the operator said anything: a queue that moves and a refusal are answers, silence is none."""
        lane = self.after.lane
        return lane.fails == 0 or lane.cause == BLOCKED


class Probes:
    """Asks operators on people's behalf: one question at a time per register, its answer told to all who asked."""

    def __init__(
        self,
        journal: Journal,
        registers: Registers,
        clock: Clock,
        *,
        try_now: Try,
        hint: Callable[[str], Awaitable[None]],
    ) -> None:
        self._journal = journal
        self._registers = registers
        self._clock = clock
        self._try_now = try_now
        self._hint = hint
        self._running: dict[str, asyncio.Task[None]] = {}
        self._asked_s: dict[str, float] = {}

    async def ask(self, register_id: str) -> Probe:
        """Ask now and answer within seconds; raises ``NOT_FOUND``."""
        before = await self._registers.get(register_id)
        if before.registration.operator is None:
            return Probe(before, before)
        running = self._running.get(register_id)
        if running is None:
            if self._is_too_soon(register_id):
                return Probe(before, before, too_soon=True)
            running = self._start(register_id)
        await asyncio.wait({running}, timeout=PROBE_WAIT_S)
        if running.done():
            running.result()
        return Probe(before, await self._registers.get(register_id))

    async def close(self) -> None:
        """Give up questions in hand; the lane asks again by itself."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _is_too_soon(self, register_id: str) -> bool:
        asked_s = self._asked_s.get(register_id)
        return asked_s is not None and self._clock.monotonic() - asked_s < PROBE_INTERVAL_S

    def _start(self, register_id: str) -> asyncio.Task[None]:
        if len(self._asked_s) >= REGISTERS_REMEMBERED_MAX:
            self._asked_s = {one: at for one, at in self._asked_s.items() if self._is_too_soon(one)}
        self._asked_s[register_id] = self._clock.monotonic()
        task = asyncio.create_task(self._probe(register_id))
        self._running[register_id] = task
        task.add_done_callback(lambda _: self._running.pop(register_id, None))
        return task

    async def _probe(self, register_id: str) -> None:
        loaded = await self._journal.load(register_id)
        if loaded.state.mode == ONLINE and loaded.state.block is None:
            await self._owe_info(loaded)
        connected = await self._try_now(register_id)
        if connected is None:
            # somebody else is asking at this very moment: their answer is ours
            await self._until_given_back(register_id)
        elif connected:
            registration = (await self._registers.get(register_id)).registration
            await self._hint(f"{CONNECTED} {registration.host}:{registration.port}")

    async def _until_given_back(self, register_id: str) -> None:
        deadline = self._clock.monotonic() + PROBE_WAIT_S
        while self._clock.monotonic() < deadline:
            if not (await self._journal.load(register_id)).lane.leased:
                return
            await asyncio.sleep(LEASE_POLL_S)

    async def _owe_info(self, loaded: Loaded) -> None:
        """An online register has nothing to report: INFO asks, which yields to a sale and books nothing."""
        register_id = loaded.state.register_id
        if loaded.lane.leased or loaded.lane.stopped or loaded.state.pending is not None:
            return
        fence = await self._journal.claim(register_id, loaded.lane.fence, OWNER)
        if fence is None:
            return
        lane = replace((await self._journal.load(register_id)).lane, info_owed=True, next_try_at=self._clock.now())
        try:
            await self._journal.settle(register_id, LaneWrite(fence, lane))
        except FenceLost:
            return
