"""G4: the counters are the journal. Counts every document again from its frozen facts, PROTOCOL.md (g) row by row.

It shares no code with the counters that it checks: figures of the trade are plain numbers in plain tables here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from core.checks.finding import Checker, Ends, Facts, Made

OPERATIONS = ("sell", "sell_return", "buy", "buy_return")
PLACEMENTS = ("deposit", "withdrawal")
PAYMENTS = ("cash", "card", "mobile")
# what comes into the drawer and into the revenue, and what goes out of them
SIGNS = {"sell": 1, "buy_return": 1, "buy": -1, "sell_return": -1, "deposit": 1, "withdrawal": -1}
HEADING = frozenset({"kind", "register_id", "shift", "opened_at", "closed_at", "made_at", "chain_head", "checksum"})

Tally = list[int]
Table = dict[str, Tally]


def _table() -> Table:
    return defaultdict(lambda: [0, 0])


class Shift:
    """What one shift counts: [count, sum] by operation, [turnover, tax] in the taxes."""

    def __init__(self, facts: Facts, non_nullable: dict[str, int]) -> None:
        self.number: int = facts["shift"]
        self.opened_at: str = facts["made_at"]
        self.start = dict(non_nullable)
        self.sections: dict[str, Table] = defaultdict(_table)
        self.taxes: dict[str, Table] = defaultdict(_table)
        self.discounts, self.markups = _table(), _table()
        self.tickets, self.placements, self.offline = _table(), _table(), _table()
        self.payments: dict[str, Table] = defaultdict(_table)
        self.receipt_discounts, self.receipt_markups, self.change = _table(), _table(), _table()

    def add_ticket(self, op: str, ticket: Facts) -> None:
        """A receipt with its lines, payments and modifiers."""
        _add(self.tickets[op], 1, ticket["total"])
        for line in ticket["items"]:
            sign = -1 if line["storno"] else 1
            count = 0 if line["storno"] else 1
            _add(self.sections[line["section"]][op], count, sign * line["gross"])
            for table, amount in ((self.discounts, line["discount"]), (self.markups, line["markup"])):
                if amount:
                    _add(table[op], count, sign * amount)
            if line["vat"] != "none":
                _add(self.taxes[line["vat"]][op], sign * line["sum"], sign * line["vat_sum"])
        for table, own, amount in (
            (self.discounts, self.receipt_discounts, ticket["discount"]),
            (self.markups, self.receipt_markups, ticket["markup"]),
        ):
            if amount:
                _add(table[op], 1, amount)
                _add(own[op], 1, amount)
        for payment in ticket.get("payments", ()):
            _add(self.payments[op][payment["type"]], 1, payment["sum"])
        _add(self.change[op], 1, ticket.get("change", 0))


class Counting(Checker):
    """Counts from the genesis on and compares each Z when it is made and the register row at the end."""

    guarantee = "G4"

    def __init__(self, register_id: str) -> None:
        super().__init__(register_id)
        self.cash = 0
        self.counts = dict.fromkeys((*OPERATIONS, *PLACEMENTS), 0)
        self.non_nullable = dict.fromkeys(OPERATIONS, 0)
        self.last_shift = 0
        self.shift: Shift | None = None

    def entry(self, kind: str, facts: Facts) -> None:
        if kind == "genesis":
            self.last_shift = facts.get("last_shift", 0)
            if "totals" in facts:
                totals = facts["totals"]
                self.cash, self.non_nullable = totals["cash"], dict(totals["non_nullable"])
                self.counts = {**totals["tickets"], **totals["placements"]}

    def made(self, document: Made) -> None:
        if document.is_close:
            told = {name: value for name, value in document.facts["report"].items() if name not in HEADING}
            ours = self.report()
            for name in sorted(told.keys() | ours.keys()):
                self.hold(told.get(name) == ours.get(name), f"its Z counts {name} differently", document.number)

    def outcome(self, document: Made, outcome: str) -> None:
        if outcome == "refused":
            return
        facts, kind = document.facts, document.kind
        if self.shift is None:
            self.shift = Shift(facts, self.non_nullable)
        self.last_shift = self.shift.number
        if document.is_close:
            self.shift = None
            return
        cash = facts.get("sum", 0)
        if document.is_ticket:
            ticket = facts["ticket"]
            cash = sum(payment["sum"] for payment in ticket.get("payments", ()) if payment["type"] == "cash")
            self.shift.add_ticket(kind, ticket)
            self.non_nullable[kind] += ticket["total"]
        else:
            _add(self.shift.placements[kind], 1, cash)
        self.cash += SIGNS[kind] * cash
        self.counts[kind] += 1
        _add(self.shift.offline[kind], outcome == "autonomous", 0)
        self.hold(self.cash >= 0, "it leaves less than nothing in the drawer", document.number)

    def ends(self, ends: Ends) -> None:
        state, shift = ends.state, self.shift
        totals = state["totals"]
        ours = {
            "the drawer": (totals["cash"], self.cash),
            "the non-nullable sums": (totals["non_nullable"], self.non_nullable),
            "the documents of its life": ({**totals["tickets"], **totals["placements"]}, self.counts),
            "its last shift": (state["last_shift"], self.last_shift),
            "the open shift": (_shown(state.get("shift")), None if shift is None else _counted(shift)),
        }
        for name, (told, counted) in ours.items():
            self.hold(told == counted, f"the register row counts {name} differently")

    def report(self) -> Facts:
        """The figures of an X- or Z-report of the open shift as of now, in the form in which a Z is frozen."""
        shift = self.shift
        if shift is None:
            return {}
        sections = {code: {op: _count(rows[op]) for op in OPERATIONS} for code, rows in shift.sections.items()}
        operations = {op: _sum(rows[op] for rows in sections.values()) for op in OPERATIONS}
        modified = (shift.discounts, shift.markups)
        discounts, markups = ({op: _count(table[op]) for op in OPERATIONS} for table in modified)
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
                for op in OPERATIONS
            },
            "taxes": {
                rate: {op: {"turnover": rows[op][0], "sum": rows[op][1]} for op in OPERATIONS}
                for rate, rows in shift.taxes.items()
            },
            "tickets": {op: self._tickets(shift, op) for op in OPERATIONS},
            "money_placements": {kind: self._placements(shift, kind) for kind in PLACEMENTS},
            "cash": self.cash,
            "revenue": sum(SIGNS[op] * shift.tickets[op][1] for op in OPERATIONS),
            "non_nullable_start": shift.start,
            "non_nullable_end": dict(self.non_nullable),
        }

    def _tickets(self, shift: Shift, op: str) -> Facts:
        return {
            "total_count": self.counts[op],
            "count": shift.tickets[op][0],
            "sum": shift.tickets[op][1],
            "payments": {kind: _count(shift.payments[op][kind]) for kind in PAYMENTS},
            "offline_count": shift.offline[op][0],
            "discount_sum": shift.receipt_discounts[op][1],
            "markup_sum": shift.receipt_markups[op][1],
            "change_sum": shift.change[op][1],
        }

    def _placements(self, shift: Shift, kind: str) -> Facts:
        return {
            "total_count": self.counts[kind],
            "count": shift.placements[kind][0],
            "sum": shift.placements[kind][1],
            "offline_count": shift.offline[kind][0],
        }


def _add(tally: Tally, first: int, second: int) -> None:
    tally[0] += first
    tally[1] += second


def _count(tally: Tally) -> Facts:
    return {"count": tally[0], "sum": tally[1]}


def _sum(rows: Any) -> Facts:
    rows = list(rows)
    return {"count": sum(row["count"] for row in rows), "sum": sum(row["sum"] for row in rows)}


def _shown(shift: Facts | None) -> Facts | None:
    """The open shift of the register row as far as it is compared here: what a Z would be built from."""
    if shift is None:
        return None
    counters = shift["counters"]
    return {
        "number": shift["number"],
        "opened_at": shift["opened_at"],
        "start": shift["non_nullable_start"],
        "counts": {
            name: [row["count"], row["sum"], row["offline"]]
            for name, row in {**counters["tickets"], **counters["placements"]}.items()
        },
        "sections": _without_nothing(counters["sections"]),
        "taxes": _without_nothing(counters["taxes"]),
    }


def _counted(shift: Shift) -> Facts:
    """The same of the shift as counted here."""
    counted = {name: tally for table in (shift.tickets, shift.placements) for name, tally in table.items() if tally[0]}
    return {
        "number": shift.number,
        "opened_at": shift.opened_at,
        "start": shift.start,
        "counts": {name: [*tally, shift.offline[name][0]] for name, tally in counted.items()},
        "sections": _without_nothing(shift.sections),
        "taxes": _without_nothing(shift.taxes),
    }


def _without_nothing(tables: Mapping[str, Table]) -> dict[str, Table]:
    """A row of zeros and a missing row mean the same."""
    return {name: {op: tally for op, tally in table.items() if tally != [0, 0]} for name, table in tables.items()}
