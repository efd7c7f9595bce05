"""The keeper of the takings: counts every register's journal into its read models soon after it has grown."""

from __future__ import annotations

import asyncio
import random

from core.bootstrap import Engine
from core.errors import UnknownOutcome
from core.hours import logged

LOOK_S = 1.0
LOOK_APART_S = 0.5
"""However many hints come: a look reads a row of every register."""
PAGES_APART_S = 0.02
"""A journal that is counted again leaves sales the machine between its pages."""
FAILED_AGAIN_S = 60.0


class TakingsKeeper:
    """Any number may run in any processes. A page of each register at a time, so that one whose whole journal is
    counted again keeps no other waiting; one that cannot be read is tried again a minute later.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._failed: dict[str, float] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Look at every hint and once a second."""
        while not stop.is_set():
            done = True
            async with logged("the keeper of the takings"):
                done = await self.look()
            if done:
                await self._engine.hints.wait(LOOK_S)
            await asyncio.sleep(LOOK_APART_S if done else PAGES_APART_S)

    async def look(self) -> bool:
        """Count a page of each register that has grown; whether nothing is left of any."""
        found, now = await self._engine.takings.behind(), self._engine.clock.monotonic()
        # several workers meet seldom; where they do, one of them counts in vain
        random.shuffle(found)
        done = True
        for register_id in found:
            if self._failed.get(register_id, now) > now:
                continue
            async with logged(f"the takings of {register_id}"):
                done &= await self._count(register_id, now)
        return done

    async def _count(self, register_id: str, now: float) -> bool:
        try:
            return await self._engine.takings.catch_up(register_id, 1)
        except UnknownOutcome:
            raise  # the database went away; nothing is wrong with the register
        except Exception:
            self._failed[register_id] = now + FAILED_AGAIN_S
            raise
