"""A good by its barcode, asked of the register's operator: in time or not at all, and never in the way of a sale."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Protocol

from core.clock import Clock
from core.domain.lane import Lane, Loaded
from core.domain.nomenclature import Found
from core.domain.register import ONLINE
from core.domain.registration import Registration
from core.errors import Refused
from core.usecases.catalogue import FoundName
from core.usecases.ports import FenceLost, Journal, LaneWrite, Registrations

LOOKUP_S_MAX = 2
# a process that is killed in a lookup leaves a sale most of its 5 s
LOOKUP_LEASE_S = LOOKUP_S_MAX + 1
POLL_S = 0.05
OWNER = "lookup"
BARCODE_CHARACTERS_MAX = 64


class Catalogue(Protocol):
    """Asks an operator once; ``None``: no answer of use within ``timeout_s``."""

    async def ask(self, registration: Registration, lane: Lane, barcode: str, timeout_s: float) -> Found | None: ...


class Nomenclature:
    """Looks goods up under the lane's lease, so that nothing of the register is on the wire beside them."""

    def __init__(
        self,
        journal: Journal,
        registrations: Registrations,
        clock: Clock,
        catalogue: Catalogue,
        *,
        timeout_s: float = LOOKUP_S_MAX,
    ) -> None:
        self._journal = journal
        self._registrations = registrations
        self._clock = clock
        self._catalogue = catalogue
        self._timeout_s = timeout_s

    async def name_of(self, register_id: str, code: str) -> FoundName | None:
        """What the catalogue of the chat asks for: the good's name, if the operator tells it in time."""
        found = await self.lookup(register_id, code)
        good = None if found is None else found.good
        return None if good is None else FoundName(good.name, good.unit, good.ntin)

    async def lookup(self, register_id: str, barcode: str) -> Found | None:
        """The operator's answer, or ``None`` when it could not be asked or did not answer in time.

        Raises ``VALIDATION`` for what cannot be a barcode. Never past an unanswered exchange, never beside a document:
        it waits for its turn, and gives up the wire at once when a document is made meanwhile.
        """
        barcode = barcode.strip()
        if not barcode.isprintable() or not 1 <= len(barcode) <= BARCODE_CHARACTERS_MAX:
            raise Refused("VALIDATION", field="barcode")
        registration = await self._registrations.registration(register_id)
        deadline = self._clock.monotonic() + self._timeout_s
        while registration.operator is not None and self._clock.monotonic() < deadline:
            loaded = await self._journal.load(register_id)
            if not _may_ask(loaded):
                return None
            if loaded.state.pending is None and not loaded.lane.leased:
                found, interrupted = await self._turn(registration, loaded, barcode, deadline)
                if not interrupted:
                    return found
            await asyncio.sleep(POLL_S)
        return None

    async def _turn(
        self, registration: Registration, loaded: Loaded, barcode: str, deadline: float
    ) -> tuple[Found | None, bool]:
        """One try under the lease; the second member says that a document, or another worker, came first."""
        register_id = registration.register_id
        fence = await self._journal.claim(register_id, loaded.lane.fence, OWNER, LOOKUP_LEASE_S)
        if fence is None:
            return None, True
        loaded = await self._journal.load(register_id)
        if loaded.lane.fence != fence:
            return None, True
        lane = loaded.lane
        try:
            if loaded.state.pending is not None or not _may_ask(loaded):
                return None, True
            speaking = registration.speaking(loaded.state.protocol)
            timeout_s = max(deadline - self._clock.monotonic(), 0)
            asking = asyncio.create_task(self._catalogue.ask(speaking, lane, barcode, timeout_s))
            lane = replace(lane, reqnum=lane.next_reqnum)
            return await self._answer(register_id, asking)
        finally:
            # without a time of its own: a lane that somebody made due meanwhile keeps that time (write_lane_v1)
            await self._give_back(register_id, LaneWrite(fence, replace(lane, next_try_at=None)))

    async def _answer(self, register_id: str, asking: asyncio.Task[Found | None]) -> tuple[Found | None, bool]:
        """Wait for the answer, looking out for documents that are made meanwhile."""
        try:
            while not asking.done():
                await asyncio.wait({asking}, timeout=POLL_S)
                current = await self._journal.load(register_id)
                if current.state.pending is not None and not asking.done():
                    return None, True
            return asking.result(), False
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def _give_back(self, register_id: str, write: LaneWrite) -> None:
        try:
            await self._journal.settle(register_id, write)
        except FenceLost:
            return


def _may_ask(loaded: Loaded) -> bool:
    """Whether the wire is free of anything that must be told first, and somebody is there to answer."""
    state = loaded.state
    unanswered = loaded.exchange is not None and state.pending is None
    return state.mode == ONLINE and state.block is None and not unanswered and not loaded.lane.stopped
