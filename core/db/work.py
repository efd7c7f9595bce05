"""What waits to be done: due lanes, abandoned documents, shifts near their limit. Candidates only, read without locks.

These are the few statements that look across registers (SCALE.md 6.3-9); whoever acts on a candidate does so by
compare-and-swap on that one register.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core.clock import ALMATY
from core.db.pool import Database
from core.usecases.ports import RETRY_INTERVAL_S

LANES_MAX = 64
PAGE = 500
NO_REGISTER = "00000000-0000-0000-0000-000000000000"
PENDING_AGE_S = 5
FORGOTTEN_AFTER = timedelta(days=2)
"""A shift that nobody closed for so long past its end, and that does not close by itself, is looked at no more."""


@dataclass(frozen=True, slots=True)
class EndingShift:
    """An open shift near its 24 h."""

    register_id: str
    closes_before: datetime
    auto_close: bool


@dataclass(frozen=True, slots=True)
class AutonomousRegister:
    """A register that works autonomously: since when, and the making of the oldest document that still waits."""

    register_id: str
    since: datetime
    oldest: datetime
    cause: str | None
    paid_until: date | None


@dataclass(frozen=True, slots=True)
class EndingFee:
    """A register whose operator is paid only for some days more."""

    register_id: str
    paid_until: date


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

    async def shifts_ending(self, before: datetime) -> list[EndingShift]:
        """Every open shift that must close before ``before``, the most urgent first: none is kept waiting by others
        that cannot be closed.
        """
        rows = await self._pages(
            "SELECT r.register_id::text, r.shift_closes_before, g.auto_close FROM register r "
            "JOIN registration g ON g.register_id = r.register_id "
            "WHERE r.shift_closes_before <= $3 AND (g.auto_close OR r.shift_closes_before > $4) AND NOT g.closed "
            "AND r.register_id > $1 ORDER BY r.register_id LIMIT $2",
            before,
            before - FORGOTTEN_AFTER,
        )
        found = [
            EndingShift(row["register_id"], row["shift_closes_before"].astimezone(ALMATY), row["auto_close"])
            for row in rows
        ]
        return sorted(found, key=lambda one: one.closes_before)

    async def autonomous(self) -> list[AutonomousRegister]:
        """Every register that works autonomously and has something to be sent."""
        rows = await self._pages(
            "SELECT r.register_id::text, (r.state->>'autonomous_since')::timestamptz AS since, d.made_at AS oldest, "
            "l.cause, g.paid_until FROM register r JOIN registration g ON g.register_id = r.register_id "
            "JOIN lane l ON l.register_id = r.register_id "
            "JOIN document d ON d.register_id = r.register_id AND d.number = l.head + 1 "
            "WHERE r.mode = 'autonomous' AND NOT g.closed AND r.register_id > $1 ORDER BY r.register_id LIMIT $2",
        )
        return [
            AutonomousRegister(
                row["register_id"],
                row["since"].astimezone(ALMATY),
                row["oldest"].astimezone(ALMATY),
                row["cause"],
                row["paid_until"],
            )
            for row in rows
        ]

    async def fees_ending(self, first: date, last: date) -> list[EndingFee]:
        """Every register whose operator is paid until one of these days."""
        rows = await self._pages(
            "SELECT register_id::text, paid_until FROM registration WHERE paid_until BETWEEN $3 AND $4 "
            "AND operator IS NOT NULL AND NOT closed AND register_id > $1 ORDER BY register_id LIMIT $2",
            first,
            last,
        )
        return [EndingFee(row["register_id"], row["paid_until"]) for row in rows]

    async def _pages(self, statement: str, *arguments: Any) -> list[Any]:
        """All rows of a statement that goes on after the register $1 with at most $2 rows."""
        rows: list[Any] = []
        while True:
            after = rows[-1]["register_id"] if rows else NO_REGISTER
            page = await self._database.rows(statement, after, PAGE, *arguments)
            rows += page
            if len(page) < PAGE:
                return rows
