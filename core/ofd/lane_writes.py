"""What delivery writes of a lane that it holds, each in one call under its fence; the register's part of it by
compare-and-swap.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from core.clock import Clock
from core.domain.document import Document
from core.domain.lane import Lane, Loaded
from core.domain.outcome import block, reach_limit, unblock
from core.domain.register import AUTONOMOUS_HOURS_MAX, ONLINE
from core.ofd.plan import Run
from core.usecases.ports import LEASE_S, FenceLost, Journal, LaneWrite, News, Step

DOCUMENTS_AHEAD_MAX = 50


class LaneWrites:
    """Writes under the lease of a run; raises ``FenceLost`` when it went to another."""

    def __init__(self, journal: Journal, clock: Clock, hint: Callable[[str], Awaitable[None]]) -> None:
        self._journal = journal
        self._clock = clock
        self._hint = hint

    async def remember_limit(self, run: Run) -> None:
        """Before anything old is told: 72 h once reached hold until the queue is empty (G7). A document made
        meanwhile does not let it pass by.
        """
        while _reaches_limit(run.loaded, self._now()):
            state = run.loaded.state
            after, entry = reach_limit(state, self._now())
            await self._journal.step(Step(state.version, after, (entry,)))
            await self.reload(run)

    async def contact(self, run: Run, lane: Lane) -> None:
        """SYSTEM was answered 0: the lane knows it and the block is lifted, in one call."""
        while (state := run.loaded.state).block is not None:
            now = self._now()
            after, entry = unblock(state, now)
            step = Step(state.version, after, (entry,), (News("register.unblocked", now),))
            if await self._journal.step(step, write=LaneWrite(lane.fence, lane, LEASE_S)):
                break
            await self.reload(run)
        else:
            await self._journal.settle(state.register_id, LaneWrite(lane.fence, lane, LEASE_S))
        await self.reload(run)

    async def block(self, run: Run, reason: str, text: str | None, lane: Lane | None = None) -> None:
        """Block the register and give ``lane`` back, in one call; again when a document was made meanwhile.

        Another reason replaces the one before it: it says who must act now, the operator's client or its service.
        """
        write = None if lane is None else LaneWrite(lane.fence, lane)
        while True:
            state = (await self._journal.load(run.registration.register_id)).state
            if state.block is not None and state.block.reason == reason:
                if write is not None:
                    await self._journal.settle(state.register_id, write)
                return
            now = self._now()
            after, entry = block(state, reason, text, now)
            news = News("register.blocked", now, {"reason": reason, "text": text or ""})
            if await self._journal.step(Step(state.version, after, (entry,), (news,)), write=write):
                await self._hint("lane")
                return

    async def rest(self, run: Run) -> None:
        """Nothing to do now. Work that is owed all the same, because it is held up by a pending document or began
        after the last look, keeps its time (write_lane_v1).
        """
        await self.release(run, replace(run.loaded.lane, next_try_at=None))

    async def reload(self, run: Run) -> None:
        """Read the rows again; a fence that moved means that the lease is another's."""
        fence = run.loaded.lane.fence
        run.loaded = await self._journal.load(run.registration.register_id)
        if run.loaded.lane.fence != fence:
            raise FenceLost

    async def release(self, run: Run, lane: Lane) -> None:
        """Give ``lane`` back as it is."""
        await self._journal.settle(run.registration.register_id, LaneWrite(lane.fence, lane))

    async def document(self, run: Run, number: int) -> Document:
        """A document that must be there; while a queue is told, those after it are read with it."""
        if number not in run.ahead:
            count = min(run.loaded.state.last_document - number + 1, DOCUMENTS_AHEAD_MAX)
            found = await self._journal.documents(run.registration.register_id, number, count)
            run.ahead = {one.number: one for one in found}
        return run.ahead[number]

    def _now(self) -> datetime:
        return self._clock.now().replace(microsecond=0)


def _reaches_limit(loaded: Loaded, now: datetime) -> bool:
    state, oldest = loaded.state, loaded.oldest_unconfirmed_at
    if state.mode == ONLINE or state.limit_reached or oldest is None:
        return False
    return now > oldest + AUTONOMOUS_HOURS_MAX
