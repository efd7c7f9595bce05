"""Statistics are the journal: every row of the read models counted again from the documents' frozen facts.

It shares no code with the day book that it checks. What is not counted yet is not missed; what is counted must be
right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from core.checks.finding import Facts, Finding, Made, Row
from core.domain.money import format_money

PAYMENTS = ("cash", "card", "mobile")
NO_MONEY = ("count", "offline", "lines", "quantity", "number")
MODIFIERS = ("discount", "markup", "line_discount", "line_markup")
SUMS = ("count", "sum", *PAYMENTS, *MODIFIERS, "change", "offline")
TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "takings_hour": (("day", "hour", "kind"), SUMS),
    "takings_cashier": (("day", "code", "name", "kind"), SUMS),
    "takings_good": (("day", "name", "unit", "kind"), ("lines", "quantity", "sum")),
    "takings_vat": (("day", "rate", "kind"), ("turnover", "tax")),
    "takings_shift": (("day", "shift"), ("number", "revenue", "cash")),
}
"""Of each table what its rows are of, and what they count."""

Key = tuple[Any, ...]
Counted = dict[str, dict[Key, dict[str, int]]]


def check_takings(
    register_id: str,
    documents: Iterable[Made],
    outcomes: Mapping[int, str],
    position: Row | None,
    rows: Mapping[str, Iterable[Row]],
) -> None:
    """Raise a finding for the first day whose sums are not those of its documents."""
    number, day_begins = (position["number"], position["day_begins"]) if position is not None else (0, 0)
    ours: Counted = {table: defaultdict(lambda: defaultdict(int)) for table in TABLES}
    last = 0
    for document in documents:
        last = max(last, document.number)
        if document.number > number:
            continue
        outcome = outcomes.get(document.number)
        if outcome is None:
            raise Finding(register_id, "G4", "statistics count it before its outcome", document.number)
        if outcome != "refused":
            day = (document.made_at - timedelta(hours=day_begins)).date()
            _count(ours, document, day, offline=outcome == "autonomous")
    if number > last:
        raise Finding(register_id, "G4", f"statistics count up to document {number}, the journal ends at {last}")
    for table, (keys, measures) in TABLES.items():
        told = {tuple(row[name] for name in keys): {name: row[name] for name in measures} for row in rows[table]}
        _compare(register_id, table, measures, told, ours[table])


def _compare(
    register_id: str,
    table: str,
    measures: tuple[str, ...],
    told: Mapping[Key, Mapping[str, int]],
    counted: Mapping[Key, Mapping[str, int]],
) -> None:
    for key in sorted({*told, *counted}, key=lambda one: tuple(map(str, one))):
        for name in measures:
            theirs, ours = told.get(key, {}).get(name, 0), counted.get(key, {}).get(name, 0)
            if theirs != ours:
                of = " ".join(map(str, key[1:]))
                amounts = (str(one) if name in NO_MONEY else format_money(one) for one in (theirs, ours))
                what = "statistics of {} ({} {}) say {} {}, the journal says {}"
                raise Finding(register_id, "G4", what.format(key[0], table, of, name, *amounts))


def _count(ours: Counted, document: Made, day: date, *, offline: bool) -> None:
    facts, kind = document.facts, document.kind
    if document.is_close:
        shift = ours["takings_shift"][(day, facts["shift"])]
        report = facts["report"]
        shift["number"] += document.number
        shift["cash"] += report["cash"]
        tickets = {op: row["sum"] for op, row in report["tickets"].items()}
        shift["revenue"] += tickets["sell"] - tickets["sell_return"] - tickets["buy"] + tickets["buy_return"]
        return
    cashier = facts["cashier"]
    for table, key in (
        ("takings_hour", (day, document.made_at.hour, kind)),
        ("takings_cashier", (day, cashier["code"], cashier["name"], kind)),
    ):
        row = ours[table][key]
        row["count"] += 1
        row["offline"] += offline
        for name, amount in _amounts(facts).items():
            row[name] += amount
    if document.is_ticket:
        _count_lines(ours, facts["ticket"], day, kind)


def _amounts(facts: Facts) -> dict[str, int]:
    if "ticket" not in facts:
        return {"sum": facts["sum"]}
    ticket = facts["ticket"]
    amounts = {"sum": ticket["total"], "change": ticket.get("change", 0)}
    for name in ("discount", "markup"):
        amounts[name] = ticket[name]
        amounts[f"line_{name}"] = sum(-line[name] if line["storno"] else line[name] for line in ticket["items"])
    for payment in ticket.get("payments", ()):
        amounts[payment["type"]] = payment["sum"]
    return amounts


def _count_lines(ours: Counted, ticket: Facts, day: date, kind: str) -> None:
    for line in ticket["items"]:
        sign = -1 if line["storno"] else 1
        good = ours["takings_good"][(day, line["name"], line["unit"], kind)]
        good["lines"] += sign
        good["quantity"] += sign * line["quantity"]
        good["sum"] += sign * line["sum"]
        if line["vat"] != "none":
            rate = ours["takings_vat"][(day, line["vat"], kind)]
            rate["turnover"] += sign * line["sum"]
            rate["tax"] += sign * line["vat_sum"]
