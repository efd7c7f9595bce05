"""A Z-report added up from a list of documents: PROTOCOL.md (g) row by row, sharing no code with the counters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from core.domain.document import Document
from core.domain.report import Report

OPS = ("sell", "sell_return", "buy", "buy_return")
SIGN = {"sell": 1, "buy_return": 1, "buy": -1, "sell_return": -1}


def naive_report(life: list[tuple[Document, str]], shift: list[tuple[Document, str]]) -> dict[str, Any]:
    """The figures of a shift, out of all counted documents and those of the shift, each with its outcome."""
    tickets = [(one.ticket, outcome) for one, outcome in shift if one.ticket is not None]
    rows = [(str(ticket.kind), line) for ticket, _ in tickets for line in ticket.items]
    sections = {
        code: {op: _count([line for kind, line in rows if kind == op and line.section == code], "gross") for op in OPS}
        for code in sorted({line.section for _, line in rows})
    }
    operations = {op: _count([line for kind, line in rows if kind == op], "gross") for op in OPS}
    discounts, markups = ({op: _modified(tickets, op, name) for op in OPS} for name in ("discount", "markup"))
    by_op = {op: [ticket for ticket, _ in tickets if ticket.kind == op] for op in OPS}
    return {
        "sections": sections,
        "operations": operations,
        "discounts": discounts,
        "markups": markups,
        "total_result": {
            op: {
                "count": operations[op]["count"],
                "sum": operations[op]["sum"] - discounts[op]["sum"] + markups[op]["sum"],
            }
            for op in OPS
        },
        "taxes": _taxes(rows),
        "tickets": {op: _tickets(life, shift, op) for op in OPS},
        "money_placements": {kind: _placements(life, shift, kind) for kind in ("deposit", "withdrawal")},
        "cash": sum(_cash(one) for one, _ in life),
        "revenue": sum(SIGN[op] * ticket.total for op in OPS for ticket in by_op[op]),
        "non_nullable_start": _non_nullable(life[: len(life) - len(shift)]),
        "non_nullable_end": _non_nullable(life),
    }


def figures_of(report: Report) -> dict[str, Any]:
    """The same figures of a report as built."""
    facts = asdict(report)
    head = ("kind", "register_id", "shift", "opened_at", "closed_at", "made_at", "chain_head", "checksum")
    return {name: value for name, value in facts.items() if name not in head}


def _count(lines: list[Any], name: str) -> dict[str, int]:
    signed = [(-1 if line.storno else 1) * getattr(line, name) for line in lines]
    return {"count": len([line for line in lines if not line.storno]), "sum": sum(signed)}


def _modified(tickets: list[tuple[Any, str]], op: str, name: str) -> dict[str, int]:
    of_op = [ticket for ticket, _ in tickets if ticket.kind == op]
    of_lines = _count([line for ticket in of_op for line in ticket.items if getattr(line, name)], name)
    of_receipts = [getattr(ticket, name) for ticket in of_op if getattr(ticket, name)]
    return {"count": of_lines["count"] + len(of_receipts), "sum": of_lines["sum"] + sum(of_receipts)}


def _taxes(rows: list[tuple[str, Any]]) -> dict[str, dict[str, dict[str, int]]]:
    out: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: {op: {"turnover": 0, "sum": 0} for op in OPS})
    for op, line in rows:
        if line.vat != "none":
            sign = -1 if line.storno else 1
            out[line.vat][op]["turnover"] += sign * line.sum
            out[line.vat][op]["sum"] += sign * line.vat_sum
    return dict(out)


def _tickets(life: list[tuple[Document, str]], shift: list[tuple[Document, str]], op: str) -> dict[str, Any]:
    here = [(one.ticket, outcome) for one, outcome in shift if one.kind == op and one.ticket is not None]
    paid = [payment for ticket, _ in here for payment in ticket.payments or ()]
    payments = {}
    for kind in ("cash", "card", "mobile"):
        sums = [payment.sum for payment in paid if payment.type == kind]
        payments[kind] = {"count": len(sums), "sum": sum(sums)}
    return {
        "total_count": len([one for one, _ in life if one.kind == op]),
        "count": len(here),
        "sum": sum(ticket.total for ticket, _ in here),
        "payments": payments,
        "offline_count": len([1 for _, outcome in here if outcome == "autonomous"]),
        "discount_sum": sum(ticket.discount for ticket, _ in here),
        "markup_sum": sum(ticket.markup for ticket, _ in here),
        "change_sum": sum(ticket.change or 0 for ticket, _ in here),
    }


def _placements(life: list[tuple[Document, str]], shift: list[tuple[Document, str]], kind: str) -> dict[str, int]:
    here = [(one.sum or 0, outcome) for one, outcome in shift if one.kind == kind]
    return {
        "total_count": len([one for one, _ in life if one.kind == kind]),
        "count": len(here),
        "sum": sum(amount for amount, _ in here),
        "offline_count": len([1 for _, outcome in here if outcome == "autonomous"]),
    }


def _cash(document: Document) -> int:
    if document.ticket is not None:
        in_cash = sum(payment.sum for payment in document.ticket.payments or () if payment.type == "cash")
        return SIGN[str(document.kind)] * in_cash
    return {"deposit": 1, "withdrawal": -1, "shift_close": 0}[str(document.kind)] * (document.sum or 0)


def _non_nullable(life: list[tuple[Document, str]]) -> dict[str, int]:
    return {op: sum(one.total for one, _ in life if one.kind == op) for op in OPS}
