"""X- and Z-reports (X-есеп, Z-есеп): the shift's counters as a finished table. PROTOCOL.md (g), CONTRACT.md
«Report».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.counters import Counters, Totals, empty_ticket_row
from core.domain.money import Money
from core.domain.ticket import CASH_IN, OPERATIONS, PLACEMENTS, PaymentType


@dataclass(frozen=True, slots=True)
class Count:
    """How many and how much."""

    count: int = 0
    sum: Money = 0


@dataclass(frozen=True, slots=True)
class TaxRow:
    """Turnover with tax and the tax itself of one operation at one rate."""

    turnover: Money = 0
    sum: Money = 0


@dataclass(frozen=True, slots=True)
class TicketRow:
    """The receipts of one operation: since registration, in the shift, by payment, made autonomously."""

    total_count: int
    count: int
    sum: Money
    payments: dict[str, Count]
    offline_count: int
    discount_sum: Money
    markup_sum: Money
    change_sum: Money


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """Deposits or withdrawals: since registration and in the shift."""

    total_count: int
    count: int
    sum: Money
    offline_count: int


@dataclass(frozen=True, slots=True)
class Report:
    """One X- or Z-report. Keys of operations are always all four; ``checksum`` is set by whoever can compute it."""

    kind: str
    register_id: str
    shift: int
    opened_at: datetime
    closed_at: datetime | None
    made_at: datetime
    sections: dict[str, dict[str, Count]]
    operations: dict[str, Count]
    discounts: dict[str, Count]
    markups: dict[str, Count]
    total_result: dict[str, Count]
    taxes: dict[str, dict[str, TaxRow]]
    tickets: dict[str, TicketRow]
    money_placements: dict[str, PlacementRow]
    cash: Money
    revenue: Money
    non_nullable_start: dict[str, Money]
    non_nullable_end: dict[str, Money]
    chain_head: str
    checksum: str = ""


def build_report(
    kind: str,
    *,
    register_id: str,
    shift: int,
    opened_at: datetime,
    made_at: datetime,
    counters: Counters,
    totals: Totals,
    non_nullable_start: dict[str, Money],
    chain_head: str,
) -> Report:
    """The report of a shift as of now; a Z closes at ``made_at``."""
    ops = [str(op) for op in OPERATIONS]
    sections = {
        code: {op: _count(rows.get(op)) for op in ops} for code, rows in sorted(counters.sections.items())
    }
    operations = {
        op: Count(
            sum(rows[op].count for rows in sections.values()),
            sum(rows[op].sum for rows in sections.values()),
        )
        for op in ops
    }
    discounts = {op: _count(counters.discounts.get(op)) for op in ops}
    markups = {op: _count(counters.markups.get(op)) for op in ops}
    total_result = {
        op: Count(operations[op].count, operations[op].sum - discounts[op].sum + markups[op].sum)
        for op in ops
    }
    return Report(
        kind=kind,
        register_id=register_id,
        shift=shift,
        opened_at=opened_at,
        closed_at=made_at if kind == "Z" else None,
        made_at=made_at,
        sections=sections,
        operations=operations,
        discounts=discounts,
        markups=markups,
        total_result=total_result,
        taxes=_taxes(counters, ops),
        tickets={op: _ticket_row(counters.tickets.get(op), totals.tickets[op]) for op in ops},
        money_placements={
            str(placement): _placement_row(counters.placements.get(str(placement)), totals, str(placement))
            for placement in PLACEMENTS
        },
        cash=totals.cash,
        revenue=_revenue(counters),
        non_nullable_start=dict(non_nullable_start),
        non_nullable_end=dict(totals.non_nullable),
        chain_head=chain_head,
    )


def _count(tally: list[int] | None) -> Count:
    return Count() if tally is None else Count(tally[0], tally[1])


def _taxes(counters: Counters, ops: list[str]) -> dict[str, dict[str, TaxRow]]:
    rows = sorted(counters.taxes.items(), key=lambda item: -int(item[0]))
    return {rate: {op: TaxRow(*by_op.get(op, (0, 0))) for op in ops} for rate, by_op in rows}


def _ticket_row(row: dict[str, Any] | None, total_count: int) -> TicketRow:
    row = row or empty_ticket_row()
    return TicketRow(
        total_count=total_count,
        count=row["count"],
        sum=row["sum"],
        payments={str(kind): _count(row["payments"].get(str(kind))) for kind in PaymentType},
        offline_count=row["offline"],
        discount_sum=row["discount"],
        markup_sum=row["markup"],
        change_sum=row["change"],
    )


def _placement_row(row: dict[str, int] | None, totals: Totals, kind: str) -> PlacementRow:
    row = row or {"count": 0, "sum": 0, "offline": 0}
    return PlacementRow(totals.placements[kind], row["count"], row["sum"], row["offline"])


def _revenue(counters: Counters) -> Money:
    """Takings of the shift: what came in less what went out, signed."""
    incoming = {str(op) for op in CASH_IN}
    return sum(
        row["sum"] if op in incoming else -row["sum"] for op, row in counters.tickets.items()
    )
