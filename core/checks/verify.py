"""``tiyn verify``: walks every chain, folds every journal against the counters and the statistics (G1–G7). Reads only.

Each register is walked from its genesis: frozen bytes hash to digests, entries and answers chain, the fold of the
entries equals the register row, numbers have no gaps, marks fit outcomes, times do not go back, limits hold.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, TextIO

import asyncpg

from core.checks.finding import Finding
from core.checks.register_walk import RegisterWalk
from core.checks.takings import TABLES, check_takings
from core.domain.journal import DOCUMENT

BATCH = 500


@dataclass(slots=True)
class Summary:
    """What was walked and what did not hold, the first of each register."""

    registers: int = 0
    documents: int = 0
    findings: list[Finding] = field(default_factory=list)


def verify_database(url: str, out: TextIO) -> int:
    """Verify every register of the database; 0 when all holds, else 1 with one line for each broken register."""
    summary = asyncio.run(verify(url))
    for finding in summary.findings:
        out.write(f"{finding}\n")
    state = "holds" if not summary.findings else f"{len(summary.findings)} registers do not hold"
    out.write(f"{summary.registers} registers, {summary.documents} documents: {state}\n")
    return 1 if summary.findings else 0


async def verify(url: str) -> Summary:
    """Walk every register on one snapshot, so that a sale in between cannot look like a fault."""
    connection: asyncpg.Connection[Any] = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return await walk_all(connection)
    finally:
        await connection.close()


async def walk_all(connection: asyncpg.Connection[Any]) -> Summary:
    """Walk every register as this connection's open transaction sees it."""
    summary = Summary()
    for row in await connection.fetch("SELECT * FROM register ORDER BY register_id"):
        summary.registers += 1
        walk = RegisterWalk(str(row["register_id"]))
        finding = await _walk(connection, walk, row)
        summary.documents += len(walk.made)
        if finding is not None:
            summary.findings.append(finding)
    return summary


async def _walk(connection: asyncpg.Connection[Any], walk: RegisterWalk, register: asyncpg.Record) -> Finding | None:
    """The answers first, because a limit is judged by when a document was told; entries and documents side by side."""
    register_id = walk.register_id
    documents = _rows(connection, "SELECT * FROM document WHERE register_id = $1 ORDER BY number", register_id)
    try:
        async for row in _rows(connection, "SELECT * FROM answer WHERE register_id = $1 ORDER BY seq", register_id):
            walk.answer(row)
        entries = "SELECT * FROM journal_entry WHERE register_id = $1 ORDER BY seq"
        async for row in _rows(connection, entries, register_id):
            walk.entry(row, await anext(documents, None) if row["kind"] == DOCUMENT else None)
        async for row in documents:
            raise Finding(register_id, "G1", "a document has no entry", row["number"])
        lane = await connection.fetchrow("SELECT * FROM lane WHERE register_id = $1", register_id)
        walk.ends(register, lane, await _marks(connection, register_id))
        await _check_takings(connection, walk)
    except Finding as finding:
        return finding
    return None


async def _check_takings(connection: asyncpg.Connection[Any], walk: RegisterWalk) -> None:
    register_id = walk.register_id
    position = await connection.fetchrow("SELECT * FROM takings_position WHERE register_id = $1", register_id)
    rows = {
        table: await connection.fetch(f"SELECT * FROM {table} WHERE register_id = $1", register_id)  # noqa: S608
        for table in TABLES
    }
    check_takings(register_id, walk.made.values(), walk.outcomes, position, rows)


async def _marks(connection: asyncpg.Connection[Any], register_id: str) -> dict[int, asyncpg.Record]:
    rows = await connection.fetch(
        "SELECT d.number, m.mark, m.autonomous_sign, m.fiscal_sign, m.registered_at FROM document d "
        "LEFT JOIN document_mark m ON m.register_id = d.register_id AND m.number = d.number "
        "WHERE d.register_id = $1 ORDER BY d.number",
        register_id,
    )
    return {row["number"]: row for row in rows}


async def _rows(connection: asyncpg.Connection[Any], statement: str, register_id: str) -> AsyncIterator[asyncpg.Record]:
    async for row in connection.cursor(statement, register_id, prefetch=BATCH):
        yield row
