"""What waits to be done: due lanes, abandoned documents, shifts near their limit. Candidates only, read without locks.

These are the few statements that look across registers (SCALE.md 6.3-9); whoever acts on a candidate does so by
compare-and-swap on that one register.
"""

from __future__ import annotations

from datetime import datetime

from core.db.pool import Database

LANES_MAX = 64
PENDING_AGE_S = 5


class Work:
    """Finds candidates."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due_lanes(self, now: datetime, limit: int = LANES_MAX) -> list[str]:
        """Registers whose lane is due and free, the one that waited longest first."""
        rows = await self._database.rows(
            "SELECT register_id::text FROM lane WHERE next_try_at <= $1 AND NOT stopped "
            "AND (lease_until IS NULL OR lease_until < now()) ORDER BY next_try_at LIMIT $2",
            now,
            limit,
        )
        return [row["register_id"] for row in rows]

    async def abandoned(self, limit: int = LANES_MAX) -> list[str]:
        """Registers whose pending document is 5 s old in database time."""
        rows = await self._database.rows(
            "SELECT register_id::text FROM register WHERE pending IS NOT NULL "
            "AND pending_since <= now() - make_interval(secs => $2) ORDER BY pending_since LIMIT $1",
            limit,
            PENDING_AGE_S,
        )
        return [row["register_id"] for row in rows]

    async def shifts_closing(self, before: datetime, limit: int = LANES_MAX) -> list[str]:
        """Registers with an open shift that must close before ``before`` and whose owner left auto-close on."""
        rows = await self._database.rows(
            "SELECT r.register_id::text FROM register r JOIN registration g ON g.register_id = r.register_id "
            "WHERE r.shift_closes_before <= $1 AND g.auto_close ORDER BY r.shift_closes_before LIMIT $2",
            before,
            limit,
        )
        return [row["register_id"] for row in rows]
