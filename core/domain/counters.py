"""The counters of a shift and of a register's life: PROTOCOL.md (g), each counted document once.

Plain nested dictionaries of integers, because that is what is frozen and compared; every function returns a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.domain.money import Money
from core.domain.ticket import CASH_IN, OPERATIONS, PLACEMENTS, Kind, Line, Ticket

Tally = list[int]


@dataclass(frozen=True, slots=True)
class Totals:
    """What no shift resets: counts since registration, non-nullable sums (необнуляемые суммы) and the drawer."""

    tickets: dict[str, int] = field(default_factory=lambda: {str(op): 0 for op in OPERATIONS})
    placements: dict[str, int] = field(default_factory=lambda: {str(kind): 0 for kind in PLACEMENTS})
    non_nullable: dict[str, Money] = field(default_factory=lambda: {str(op): 0 for op in OPERATIONS})
    cash: Money = 0


@dataclass(frozen=True, slots=True)
class Counters:
    """What a shift counts. ``sections`` hold positions before discounts and markups; taxes hold [turnover, tax]."""

    sections: dict[str, dict[str, Tally]] = field(default_factory=dict)
    discounts: dict[str, Tally] = field(default_factory=dict)
    markups: dict[str, Tally] = field(default_factory=dict)
    taxes: dict[str, dict[str, Tally]] = field(default_factory=dict)
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    placements: dict[str, dict[str, int]] = field(default_factory=dict)


def empty_ticket_row() -> dict[str, Any]:
    """One operation's row of tickets with nothing counted."""
    return {"count": 0, "sum": 0, "payments": {}, "offline": 0, "discount": 0, "markup": 0, "change": 0}


def count_ticket(counters: Counters, ticket: Ticket, *, autonomous: bool) -> Counters:
    """The counters with one more ticket."""
    op = str(ticket.kind)
    sections, taxes = dict(counters.sections), dict(counters.taxes)
    discounts, markups = dict(counters.discounts), dict(counters.markups)
    for line in ticket.items:
        _count_line(sections, op, line)
        step = 0 if line.storno else 1
        if line.discount:
            discounts[op] = _plus(discounts.get(op), step, line.sign * line.discount)
        if line.markup:
            markups[op] = _plus(markups.get(op), step, line.sign * line.markup)
    if ticket.discount:
        discounts[op] = _plus(discounts.get(op), 1, ticket.discount)
    if ticket.markup:
        markups[op] = _plus(markups.get(op), 1, ticket.markup)
    for vat in ticket.vat:
        of_rate = dict(taxes.get(vat.rate, {}))
        of_rate[op] = _plus(of_rate.get(op), vat.turnover, vat.sum)
        taxes[vat.rate] = of_rate
    row = dict(counters.tickets.get(op) or empty_ticket_row())
    payments = dict(row["payments"])
    for payment in ticket.payments or ():
        payments[str(payment.type)] = _plus(payments.get(str(payment.type)), 1, payment.sum)
    row.update(
        count=row["count"] + 1,
        sum=row["sum"] + ticket.total,
        payments=payments,
        offline=row["offline"] + autonomous,
        discount=row["discount"] + ticket.discount,
        markup=row["markup"] + ticket.markup,
        change=row["change"] + (ticket.change or 0),
    )
    return Counters(sections, discounts, markups, taxes, {**counters.tickets, op: row}, counters.placements)


def count_placement(counters: Counters, kind: Kind, amount: Money, *, autonomous: bool) -> Counters:
    """The counters with one more deposit (внесение) or withdrawal (изъятие)."""
    row = dict(counters.placements.get(str(kind)) or {"count": 0, "sum": 0, "offline": 0})
    row = {"count": row["count"] + 1, "sum": row["sum"] + amount, "offline": row["offline"] + autonomous}
    placements = {**counters.placements, str(kind): row}
    return Counters(
        counters.sections,
        counters.discounts,
        counters.markups,
        counters.taxes,
        counters.tickets,
        placements,
    )


def add_ticket(totals: Totals, ticket: Ticket) -> Totals:
    """The totals of a register's life with one more ticket."""
    op = str(ticket.kind)
    return Totals(
        tickets={**totals.tickets, op: totals.tickets[op] + 1},
        placements=totals.placements,
        non_nullable={**totals.non_nullable, op: totals.non_nullable[op] + ticket.total},
        cash=totals.cash + (ticket.cash if ticket.kind in CASH_IN else -ticket.cash),
    )


def add_placement(totals: Totals, kind: Kind, amount: Money) -> Totals:
    """The totals of a register's life with one more deposit or withdrawal."""
    return Totals(
        tickets=totals.tickets,
        placements={**totals.placements, str(kind): totals.placements[str(kind)] + 1},
        non_nullable=totals.non_nullable,
        cash=totals.cash + (amount if kind is Kind.DEPOSIT else -amount),
    )


def _count_line(sections: dict[str, dict[str, Tally]], op: str, line: Line) -> None:
    of_section = dict(sections.get(line.section, {}))
    of_section[op] = _plus(of_section.get(op), 0 if line.storno else 1, line.sign * line.gross)
    sections[line.section] = of_section


def _plus(tally: Tally | None, count: int, amount: int) -> Tally:
    return [count, amount] if tally is None else [tally[0] + count, tally[1] + amount]
