"""What waits to be done: due lanes, abandoned documents, shifts near their limit. Candidates only, read without locks.

These are the few statements that look across registers (SCALE.md 6.3-9); whoever acts on a candidate does so by
compare-and-swap on that one register.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from core.db.pool import Database

LANES_MAX = 64
PENDING_AGE_S = 5


class Work:
    """Finds candidates."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due_lanes(
        self, now: datetime, held: Collection[tuple[str, int]] = (), limit: int = LANES_MAX
    ) -> list[str]:
        """Registers whose lane is due and free, the one that waited longest first; none of an operator whose address
        is ``held``, so that a dead one with thousands of lanes does not stand before the others.
        """
        rows = await self._database.rows(
            "SELECT l.register_id::text FROM lane l JOIN registration g ON g.register_id = l.register_id "
            "WHERE l.next_try_at <= $1 AND NOT l.stopped AND (l.lease_until IS NULL OR l.lease_until < now()) "
            "AND NOT EXISTS (SELECT 1 FROM unnest($3::text[], $4::integer[]) AS held (host, port) "
            "WHERE held.host = g.host AND held.port = g.port) ORDER BY l.next_try_at LIMIT $2",
            now,
            limit,
            [host for host, _ in held],
            [port for _, port in held],
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
