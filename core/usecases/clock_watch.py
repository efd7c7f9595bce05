"""Notices when the wall clock ran ahead of the monotonic one: a forward jump is entered and the owner asked once."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.clock import Clock
from core.usecases.ports import Journal

JUMP_MIN = timedelta(hours=1)


class ClockWatch:
    """What each register last saw of both clocks, from the start of this process on."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal
        self._started = self._both()
        self._seen: dict[str, tuple[datetime, float]] = {}

    async def jump_s(self, register_id: str, last_made_at: datetime | None) -> int:
        """Seconds that the wall clock jumped forward since the register's last act, if more than an hour, else 0.

        A document that was made in the last hour was made after the jump: another process has entered it. So has one
        whose entry is later than what this process saw last.
        """
        wall, monotonic = self._both()
        if last_made_at is not None and last_made_at > wall - JUMP_MIN:
            return 0
        seen_wall, seen_monotonic = self._seen.get(register_id, self._started)
        ahead = wall - seen_wall - timedelta(seconds=monotonic - seen_monotonic)
        if ahead <= JUMP_MIN:
            return 0
        entered_at = await self._journal.last_jump_at(register_id)
        return 0 if entered_at is not None and entered_at > seen_wall else round(ahead.total_seconds())

    def entered(self, register_id: str) -> None:
        """The register's journal knows of the time as it is now."""
        self._seen[register_id] = self._both()

    def _both(self) -> tuple[datetime, float]:
        return self._clock.now(), self._clock.monotonic()
