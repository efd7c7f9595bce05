"""Drawers counted at the close of a shift (docs/decisions/0100): added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.db.journal import local
from core.db.pool import Database


@dataclass(frozen=True, slots=True)
class DrawerCount:
    """What the register expected in the drawer and what was counted, in tiyn; ``reason`` is a person's words or
    empty.
    """

    shift: int
    expected: int
    counted: int
    reason: str
    counted_by: str
    counted_at: datetime

    @property
    def difference(self) -> int:
        """More in the drawer than expected is positive."""
        return self.counted - self.expected


class DrawerCounts:
    """The counts of all registers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, register_id: str, count_id: str, count: DrawerCount) -> None:
        """Keep a count; the same id again changes nothing."""
        await self._database.value(
            "INSERT INTO drawer_count "
            "(register_id, count_id, shift, expected, counted, reason, counted_by, counted_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (register_id, count_id) DO NOTHING",
            register_id,
            count_id,
            count.shift,
            count.expected,
            count.counted,
            count.reason,
            count.counted_by,
            count.counted_at,
        )

    async def of_shift(self, register_id: str, shift: int) -> DrawerCount | None:
        """The last count of a shift, if its drawer was counted."""
        row = await self._database.row(
            "SELECT shift, expected, counted, reason, counted_by, counted_at FROM drawer_count "
            "WHERE register_id = $1 AND shift = $2 ORDER BY counted_at DESC, count_id DESC LIMIT 1",
            register_id,
            shift,
        )
        if row is None:
            return None
        at = local(row["counted_at"])
        assert at is not None
        facts = {name: row[name] for name in ("shift", "expected", "counted", "reason", "counted_by")}
        return DrawerCount(**facts, counted_at=at)
