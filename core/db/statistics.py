"""What statistics are read from: the read models of one register as of one moment, and its times without a link."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

import asyncpg

from core.db.journal import local
from core.db.pool import Database
from core.domain.business_day import DaySpan
from core.domain.day_book import GoodCount
from core.domain.goods_sold import CountedGood
from core.domain.register import ONLINE
from core.domain.takings import MEASURES, Sums, Takings, VatSums, ZLine
from core.domain.ticket import Kind
from core.usecases.statistics import Cells, Reading

MODES_AT_ONCE = 200
SEQ_END = 2**63 - 1
Key = TypeVar("Key")

_SUMS = ", ".join(f"sum({name})::bigint AS {name}" for name in MEASURES)
_OF_DAYS = "WHERE register_id = $1 AND day BETWEEN $2 AND $3"
_COUNTED = "SELECT number FROM takings_position WHERE register_id = $1"
_DAYS = f"SELECT day, kind, {_SUMS} FROM takings_hour {_OF_DAYS} GROUP BY day, kind"  # noqa: S608 - our own names
_CELLS = f"""
SELECT extract(isodow FROM day)::integer - 1 AS weekday, hour, kind, {_SUMS}
FROM takings_hour {_OF_DAYS} GROUP BY weekday, hour, kind
"""  # noqa: S608 - our own names
_CASHIERS = f"""
SELECT code, name, kind, {_SUMS} FROM takings_cashier {_OF_DAYS} GROUP BY code, name, kind
"""  # noqa: S608 - our own names
_GOODS = f"""
SELECT name, unit, kind, sum(lines)::bigint AS lines, sum(quantity)::bigint AS quantity, sum(sum)::bigint AS sum
FROM takings_good {_OF_DAYS} AND kind IN ('sell', 'sell_return') GROUP BY name, unit, kind
"""  # noqa: S608 - our own names
_VAT = f"""
SELECT rate, kind, sum(turnover)::bigint AS turnover, sum(tax)::bigint AS tax
FROM takings_vat {_OF_DAYS} GROUP BY rate, kind
"""  # noqa: S608 - our own names
_SHIFTS = """
SELECT s.shift, s.number, s.opened_at, s.closed_at, s.autonomous, s.revenue, s.cash, s.chain_head, c.difference,
    c.reason
FROM takings_shift s LEFT JOIN LATERAL (
    SELECT counted - expected AS difference, reason FROM drawer_count
    WHERE register_id = $1 AND shift = s.shift ORDER BY counted_at DESC, count_id DESC LIMIT 1
) c ON true
WHERE s.register_id = $1 AND s.day BETWEEN $2 AND $3 ORDER BY s.shift
"""
_LAST_BEFORE = """
SELECT d.kind, d.total FROM document d
JOIN document_mark m ON m.register_id = $1 AND m.number = d.number
WHERE d.register_id = $1 AND d.shift = $2 AND d.number < $3 AND m.mark NOT IN ('saved', 'refused')
ORDER BY d.number DESC LIMIT 1
"""
_MODES = """
SELECT seq, body FROM journal_entry WHERE register_id = $1 AND kind = 'mode' AND seq < $2 ORDER BY seq DESC LIMIT $3
"""


class StatisticReads:
    """Reads; makes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reading(self, register_id: str, span: DaySpan) -> Reading:
        """A period of a register, every figure as of the same moment."""
        days, before = (register_id, span.first, span.last), span.before
        counted, by_day, cells, earlier, cashiers, goods, vat, shifts = await self._database.snapshot(
            (_COUNTED, (register_id,)),
            (_DAYS, days),
            (_CELLS, days),
            (_CELLS, (register_id, before.first, before.last)),
            (_CASHIERS, days),
            (_GOODS, days),
            (_VAT, days),
            (_SHIFTS, days),
        )
        return Reading(
            counted=counted[0]["number"] if counted else 0,
            days=_takings(by_day, lambda row: row["day"]),
            cells=_cells(cells),
            before=_cells(earlier),
            cashiers=_takings(cashiers, lambda row: (row["code"], row["name"])),
            goods=[_good(row) for row in goods],
            vat=[VatSums(row["rate"], Kind(row["kind"]), row["turnover"], row["tax"]) for row in vat],
            z_lines=tuple(_z_line(row) for row in shifts),
        )

    async def withdrawn_before(self, register_id: str, shift: int, close_number: int) -> int:
        """What was withdrawn by the last document before a shift's close; 0 if that was something else."""
        row = await self._database.row(_LAST_BEFORE, register_id, shift, close_number)
        return row["total"] if row is not None and row["kind"] == Kind.WITHDRAWAL else 0

    async def autonomous_times(self, register_id: str, since: date) -> list[tuple[datetime, datetime | None]]:
        """When it worked autonomously: every time that ended on or after a day, newest first; ``None`` is until now."""
        found: list[tuple[datetime, datetime | None]] = []
        after, online_at = SEQ_END, None
        while True:
            rows = await self._database.rows(_MODES, register_id, after, MODES_AT_ONCE)
            for row in rows:
                facts = json.loads(row["body"])
                if facts["mode"] == ONLINE:
                    online_at = datetime.fromisoformat(facts["at"])
                    # a business day never begins before the calendar day that it is called by
                    if online_at.date() < since:
                        return found
                else:
                    found.append((datetime.fromisoformat(facts["since"]), online_at))
            if len(rows) < MODES_AT_ONCE:
                return found
            after = rows[-1]["seq"]


def _takings(rows: Iterable[asyncpg.Record], key_of: Callable[[asyncpg.Record], Key]) -> dict[Key, Takings]:
    """Rows of one kind each, put together by what they are of."""
    found: dict[Key, dict[Kind, Sums]] = {}
    for row in rows:
        found.setdefault(key_of(row), {})[Kind(row["kind"])] = Sums(*(row[name] for name in MEASURES))
    return {key: Takings(kinds) for key, kinds in found.items()}


def _cells(rows: Iterable[asyncpg.Record]) -> Cells:
    return _takings(rows, lambda row: (row["weekday"], row["hour"]))


def _good(row: asyncpg.Record) -> CountedGood:
    count = GoodCount(row["lines"], row["quantity"], row["sum"])
    return CountedGood(row["name"], row["unit"], Kind(row["kind"]), count)


def _z_line(row: asyncpg.Record) -> ZLine:
    facts: dict[str, Any] = {name: row[name] for name in ("shift", "autonomous", "revenue", "cash", "chain_head")}
    opened_at, closed_at = local(row["opened_at"]), local(row["closed_at"])
    assert opened_at is not None and closed_at is not None
    return ZLine(
        document_number=row["number"],
        opened_at=opened_at,
        closed_at=closed_at,
        difference=row["difference"],
        reason=row["reason"] or "",
        **facts,
    )
