"""The operator's fee: until which day it is paid, as the owner says it."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from core.clock import Clock
from core.domain.paid_day import check_paid_day
from core.domain.registration import Registration
from core.errors import Refused

DECIDING_ROLES = ("owner", "manager")


class FeeDirectory(Protocol):
    """Where the day is kept."""

    async def registration(self, register_id: str) -> Registration: ...

    async def set_paid_until(self, register_id: str, day: date | None) -> None: ...


class Fees:
    """Remembers until when a register's operator is paid. Reminders and the words about causes read it."""

    def __init__(self, directory: FeeDirectory, clock: Clock) -> None:
        self._directory = directory
        self._clock = clock

    async def paid_until(self, register_id: str, day: date, *, role: str) -> None:
        """The fee is paid to the end of ``day``.

        Raises ``FORBIDDEN`` for whoever does not decide about the register, ``VALIDATION`` for a register without an
        operator, ``PAID_DAY_PAST`` and ``PAID_DAY_FAR``.
        """
        if role not in DECIDING_ROLES:
            raise Refused("FORBIDDEN")
        if (await self._directory.registration(register_id)).operator is None:
            raise Refused("VALIDATION", field="operator")
        await self._directory.set_paid_until(register_id, check_paid_day(day, self._clock.now().date()))
