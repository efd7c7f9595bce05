"""The clock's long hours: the countdown of autonomous work and the days of the operator's fee."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from core.bootstrap import Engine
from core.db.work import AutonomousRegister, EndingFee
from core.domain.cause import SILENCE_LOOKS_UNPAID, Cause
from core.domain.countdown import AUTONOMOUS_WARNINGS, FEE_DAYS, due_fee_reminder, due_warning, nearer
from core.domain.register import AUTONOMOUS_HOURS_MAX

log = logging.getLogger(__name__)

LOOK_S = 0.5
PACE = timedelta(seconds=20)
"""Warnings may come so much late; a clock that moved further, in either direction, is looked at at once."""
TOLD_REMEMBERED_MAX = 100_000


class HoursKeeper:
    """Tells each warning once per autonomous period, each reminder once per paid day."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._told: set[tuple[str, ...]] = set()
        self._looked_at: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Look whenever the clock has moved on."""
        while not stop.is_set():
            async with logged("the keeper of the hours"):
                now = self._engine.clock.now()
                if self._looked_at is None or abs(now - self._looked_at) >= PACE:
                    await self.look(now)
                    self._looked_at = now
            await self._engine.hints.wait(LOOK_S)

    async def look(self, now: datetime) -> None:
        """Tell everything that is due at ``now``."""
        for register in await self._engine.work.autonomous():
            async with logged(f"the countdown of {register.register_id}"):
                await self._count_down(register, now)
        today = now.date()
        for fee in await self._engine.work.fees_ending(today, today + timedelta(days=max(FEE_DAYS))):
            async with logged(f"the fee of {fee.register_id}"):
                await self._remind(fee, now)

    async def _count_down(self, register: AutonomousRegister, now: datetime) -> None:
        until = register.oldest + AUTONOMOUS_HOURS_MAX
        since = register.since.isoformat()
        facts: dict[str, Any] = {"since": since, "until": until.isoformat()}
        warning = due_warning(until - now, AUTONOMOUS_WARNINGS)
        if now > until:
            await self._tell(register.register_id, "autonomous.limit", since, now, facts)
        elif warning is not None:
            facts["warning_s"] = round(warning.total_seconds())
            later = [f"{since} {one}" for one in nearer(warning, AUTONOMOUS_WARNINGS)]
            await self._tell(register.register_id, "autonomous.ending", f"{since} {warning}", now, facts, later)
        elif _looks_unpaid(register, now):
            await self._tell(register.register_id, "autonomous.silent", since, now, facts)

    async def _remind(self, fee: EndingFee, now: datetime) -> None:
        days = due_fee_reminder(fee.paid_until, now)
        if days is None:
            return
        day = fee.paid_until.isoformat()
        later = [f"{day} {one}" for one in FEE_DAYS if one < days]
        facts = {"paid_until": day, "days": days}
        await self._tell(fee.register_id, "fee.ending", f"{day} {days}", now, facts, later)

    async def _tell(
        self,
        register_id: str,
        topic: str,
        subject: str,
        now: datetime,
        facts: dict[str, Any],
        later: list[str] | None = None,
    ) -> None:
        if (register_id, topic, subject) in self._told:
            return
        await self._engine.news.tell_once(register_id, topic, subject, now, facts, superseded_by=later or ())
        remember(self._told, (register_id, topic, subject))


def _looks_unpaid(register: AutonomousRegister, now: datetime) -> bool:
    """Silence that begins to look like an unpaid fee; with a day that the owner gave, the day decides."""
    silent = register.cause == Cause.TIMEOUT and now - register.since >= SILENCE_LOOKS_UNPAID
    return silent and register.paid_until is None


def remember(told: set[tuple[str, ...]], one: tuple[str, ...]) -> None:
    """Spare the database a statement that would change nothing."""
    if len(told) >= TOLD_REMEMBERED_MAX:
        told.clear()
    told.add(one)


@contextlib.asynccontextmanager
async def logged(what: str) -> AsyncIterator[None]:
    """Whatever goes wrong with one register is logged and stays with it; the next look tries again."""
    try:
        yield
    except Exception:
        log.exception("%s was cut off", what)
