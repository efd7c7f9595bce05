"""What waits to be done: due lanes, abandoned documents, shifts near their limit. Candidates only, read without locks.

These are the few statements that look across registers (SCALE.md 6.3-9); whoever acts on a candidate does so by
compare-and-swap on that one register.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from core.clock import ALMATY
from core.db.pool import Database
from core.usecases.ports import RETRY_INTERVAL_S

LANES_MAX = 64
PENDING_AGE_S = 5


@dataclass(frozen=True, slots=True)
class EndingShift:
    """An open shift near its 24 h."""

    register_id: str
    closes_before: datetime
    auto_close: bool


class Work:
    """Finds candidates."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due_lanes(
        self,
        now: datetime,
        held: Collection[tuple[str, int]] = (),
        running: Collection[str] = (),
        limit: int = LANES_MAX,
    ) -> list[str]:
        """Registers whose lane is due and free, the one that waited longest first; none that is ``running`` here and
        none of an operator whose address is ``held``, so that neither stands before the others.

        A try that is set further ahead than one interval was set under a clock that has gone back since: it is due.
        """
        rows = await self._database.rows(
            "SELECT l.register_id::text FROM lane l JOIN registration g ON g.register_id = l.register_id "
            "WHERE (l.next_try_at <= $1 OR l.next_try_at > $1 + make_interval(secs => $5)) AND NOT l.stopped "
            "AND NOT l.register_id = ANY($6::uuid[]) AND (l.lease_until IS NULL OR l.lease_until < now()) "
            "AND NOT EXISTS (SELECT 1 FROM unnest($3::text[], $4::integer[]) AS held (host, port) "
            "WHERE held.host = g.host AND held.port = g.port) ORDER BY l.next_try_at LIMIT $2",
            now,
            limit,
            [host for host, _ in held],
            [port for _, port in held],
            RETRY_INTERVAL_S,
            list(running),
        )
        return [row["register_id"] for row in rows]

    async def database_now(self) -> datetime:
        """The database's time, which leases and waits are counted in."""
        now: datetime = await self._database.value("SELECT now()")
        return now

    async def abandoned(self, before: datetime, limit: int = LANES_MAX) -> list[tuple[str, bool]]:
        """Registers whose pending document is 5 s old in database time, and whether it was made before ``before``."""
        rows = await self._database.rows(
            "SELECT register_id::text, pending_since < $3 AS earlier FROM register WHERE pending IS NOT NULL "
            "AND pending_since <= now() - make_interval(secs => $2) ORDER BY pending_since LIMIT $1",
            limit,
            PENDING_AGE_S,
            before,
        )
        return [(row["register_id"], row["earlier"]) for row in rows]

    async def shifts_ending(self, before: datetime, limit: int = LANES_MAX) -> list[EndingShift]:
        """Open shifts that must close before ``before``, the most urgent first."""
        rows = await self._database.rows(
            "SELECT r.register_id::text, r.shift_closes_before, g.auto_close FROM register r "
            "JOIN registration g ON g.register_id = r.register_id "
            "WHERE r.shift_closes_before <= $1 ORDER BY r.shift_closes_before LIMIT $2",
            before,
            limit,
        )
        return [
            EndingShift(row["register_id"], row["shift_closes_before"].astimezone(ALMATY), row["auto_close"])
            for row in rows
        ]
