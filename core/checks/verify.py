"""``tiyn verify``: walks every chain and folds every journal against the counters (G1–G7). Reads only.

Each register is walked from its genesis: frozen bytes hash to digests, entries and answers chain, the fold of the
entries equals the register row, numbers have no gaps, marks fit outcomes, times do not go back, limits hold.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, TextIO

import asyncpg

from core.checks.register_walk import Finding, RegisterWalk
from core.domain.register import state_from_plain

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
        summary.documents += walk.documents
        if finding is not None:
            summary.findings.append(finding)
    return summary


async def _walk(connection: asyncpg.Connection[Any], walk: RegisterWalk, register: asyncpg.Record) -> Finding | None:
    register_id = walk.register_id
    documents = _rows(
        connection,
        "SELECT d.*, m.mark, m.autonomous_sign, m.fiscal_sign, m.registered_at "
        "FROM document d LEFT JOIN document_mark m ON "
        "m.register_id = d.register_id AND m.number = d.number WHERE d.register_id = $1 ORDER BY d.number",
        register_id,
    )
    entries = _rows(connection, "SELECT * FROM journal_entry WHERE register_id = $1 ORDER BY seq", register_id)
    answers = _rows(connection, "SELECT * FROM answer WHERE register_id = $1 ORDER BY seq", register_id)
    lane = await connection.fetchrow("SELECT * FROM lane WHERE register_id = $1", register_id)
    try:
        async for row in documents:
            walk.document(row)
        async for row in entries:
            walk.entry(row)
        async for row in answers:
            walk.answer(row)
        walk.finish(state_from_plain(json.loads(register["state"])), register, lane)
    except Finding as finding:
        return finding
    return None


async def _rows(connection: asyncpg.Connection[Any], statement: str, register_id: str) -> AsyncIterator[asyncpg.Record]:
    async for row in connection.cursor(statement, register_id, prefetch=BATCH):
        yield row
