"""The business day of a register: whoever decides about it says at which hour it begins."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.clock import Clock
from core.domain.business_day import HOURS, day_start
from core.domain.registration import Registration
from core.errors import Refused

DECIDING_ROLES = ("owner", "manager")


class DayDirectory(Protocol):
    """Where the hour is kept."""

    async def registration(self, register_id: str) -> Registration: ...

    async def set_day_begins(self, register_id: str, hour: int) -> None: ...


class Days:
    """Says when «today» began; reports and the feed of receipts read it."""

    def __init__(self, directory: DayDirectory, clock: Clock) -> None:
        self._directory = directory
        self._clock = clock

    async def today_began(self, register_id: str) -> datetime:
        """When the business day of this moment began."""
        registration = await self._directory.registration(register_id)
        return day_start(self._clock.now(), registration.day_begins)

    async def begin_at(self, register_id: str, hour: int, *, role: str) -> None:
        """Days begin at this hour (0 … 23). Raises ``FORBIDDEN`` and ``VALIDATION``."""
        if role not in DECIDING_ROLES:
            raise Refused("FORBIDDEN")
        if not 0 <= hour < HOURS:
            raise Refused("VALIDATION", field="hour")
        await self._directory.set_day_begins(register_id, hour)
