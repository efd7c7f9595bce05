"""A breaker per operator's address: ten thousand registers of a dead operator send one probe an interval
(DESIGN.md 3.6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

REGISTERS_TO_OPEN = 3
INTERVAL = timedelta(seconds=60)


@dataclass(slots=True)
class Breaker:
    """Opens only on refused or timed-out connects of several registers, never on silence after a connect."""

    failed: set[str] = field(default_factory=set)
    probed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether lanes are held back."""
        return len(self.failed) >= REGISTERS_TO_OPEN

    def holds(self, now: datetime) -> bool:
        """Whether every lane is held back now; asking changes nothing."""
        return self.is_open and self.probed_at is not None and self.probed_at <= now < self.probed_at + INTERVAL

    def may_try(self, now: datetime) -> bool:
        """Whether one lane may try now; saying yes while open counts as this interval's probe."""
        if self.holds(now):
            return False
        if self.is_open:
            self.probed_at = now
        return True

    def no_link(self, register_id: str, now: datetime) -> None:
        """A connect was refused or timed out."""
        was_open = self.is_open
        self.failed.add(register_id)
        if self.is_open and not was_open:
            self.probed_at = now

    def connected(self) -> set[str]:
        """Any connect closes it; answers with the registers whose lanes are now due at once."""
        waiting = self.failed if self.is_open else set()
        self.failed, self.probed_at = set(), None
        return waiting
