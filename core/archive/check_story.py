"""Verifying an archive, the second part: what the entries tell, counted anew.

It shares no code with the counters that it checks, so that they are told by two.
"""

from __future__ import annotations

from collections import defaultdict

from core.archive.check_files import Facts, Voice

OPERATIONS = ("sell", "sell_return", "buy", "buy_return")
PLACEMENTS = ("deposit", "withdrawal")
PAYMENTS = ("cash", "card", "mobile")
# what comes into the drawer and into the takings, and what goes out of them
SIGNS = {"sell": 1, "buy_return": 1, "buy": -1, "sell_return": -1, "deposit": 1, "withdrawal": -1}
HEADING = {"kind", "register_id", "shift", "opened_at", "closed_at", "made_at", "chain_head", "checksum"}
OUTCOMES = ("registered", "autonomous", "refused", "practice")

Table = dict[str, list[int]]


def _table() -> Table:
    return defaultdict(lambda: [0, 0])


def _add(tally: list[int], first: int, second: int) -> None:
    tally[0] += first
    tally[1] += second


def _count(tally: list[int]) -> Facts:
    return {"count": tally[0], "sum": tally[1]}


class Shift:
    """What one shift counts: [count, sum] by operation, [turnover, tax] in the taxes. Sums are in tiyn."""

    def __init__(self, facts: Facts, non_nullable: dict[str, int]) -> None:
        self.number, self.opened_at, self.start = facts["shift"], facts["made_at"], dict(non_nullable)
        self.sections: dict[str, Table] = defaultdict(_table)
        self.taxes: dict[str, Table] = defaultdict(_table)
        self.payments: dict[str, Table] = defaultdict(_table)
        self.discounts, self.markups, self.change = _table(), _table(), _table()
        self.receipt_discounts, self.receipt_markups = _table(), _table()
        self.tickets, self.placements, self.offline = _table(), _table(), _table()

    def add(self, op: str, ticket: Facts) -> None:
        _add(self.tickets[op], 1, ticket["total"])
        for line in ticket["items"]:
            sign, count = (-1, 0) if line["storno"] else (1, 1)
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


class Story:
    """The register's life told by its entries: numbers without gaps, every document with one outcome, every Z."""

    def __init__(self, voice: Voice, given: dict[int, str | None] | None) -> None:
        self.voice = voice
        self.given = given
        self.cash, self.last, self.own_sign, self.last_shift = 0, 0, 0, 0
        self.counts = dict.fromkeys((*OPERATIONS, *PLACEMENTS), 0)
        self.non_nullable = dict.fromkeys(OPERATIONS, 0)
        self.place: tuple[int, int] = (0, 0)
        self.made_at = ""
        self.shift: Shift | None = None
        self.pending: Facts | None = None
        self.seller: Facts = {}
        self.settled: dict[str, int] = dict.fromkeys(OUTCOMES, 0)
        self.closes: list[list[str]] = []

    def genesis(self, facts: Facts) -> None:
        self.last, self.last_shift = facts.get("last_document", 0), facts.get("last_shift", 0)
        if "totals" in facts:
            totals = facts["totals"]
            self.cash, self.non_nullable = totals["cash"], dict(totals["non_nullable"])
            self.counts = {**totals["tickets"], **totals["placements"]}

    def made(self, where: str, facts: Facts, digest: str) -> None:
        hold, number = self.voice.hold, facts["number"]
        hold(number == self.last + 1, "number-missing", where, expected=self.last + 1, number=number)
        hold(self.pending is None, "no-outcome", where, number=self.last)
        self.last, self.pending = number, {**facts, "digest": digest}
        self.seller = facts["seller"]
        shift = self.last_shift + 1 if self.shift is None else self.shift.number
        hold(facts["shift"] == shift, "other-shift", where, number=number, expected=shift)
        place = self.place[1] + 1 if self.place[0] == facts["shift"] else 1
        hold(facts["number_in_shift"] == place, "other-place", where, number=number, expected=place)
        self.place = (facts["shift"], facts["number_in_shift"])
        hold(facts["made_at"] >= self.made_at, "time-back", where, number=number)
        self.made_at = facts["made_at"]
        if "ticket" in facts:
            hold(facts.get("own_sign", 0) > self.own_sign, "sign-repeated", where, number=number)
            self.own_sign = facts.get("own_sign", 0)
        if "report" in facts:
            self.compare(where, facts)

    def compare(self, where: str, facts: Facts) -> None:
        """A Z against everything that was counted since its shift began."""
        told, ours, number = facts["report"], self.figures(), facts["number"]
        names = sorted((told.keys() | ours.keys()) - HEADING)
        different = [name for name in names if told.get(name) != ours.get(name)]
        heads = {"chain_head": facts["previous_digest"], "shift": facts["shift"]}
        if self.shift is not None:
            heads["opened_at"] = self.shift.opened_at
        different += [name for name, value in heads.items() if told.get(name) != value]
        what = ", ".join(different)
        self.voice.hold(not different, "z-differs", where, number=number, shift=facts["shift"], what=what)

    def outcome(self, where: str, facts: Facts) -> None:
        document, outcome, number = self.pending, facts.get("outcome"), facts.get("number")
        self.voice.hold(outcome in OUTCOMES, "strange-outcome", where, number=number)
        if document is None or document["number"] != number:
            self.voice.find("outcome-of-none", where, number=number)
            return
        self.pending = None
        self.settled[str(outcome)] = self.settled.get(str(outcome), 0) + 1
        if outcome == "registered" and self.given is not None:
            self.voice.hold(number in self.given, "answer-missing", where, number=number)
            same = "ticket" not in document or self.given.pop(number, None) == facts.get("fiscal_sign")
            self.voice.hold(same, "answer-sign", where, number=number)
        if outcome == "refused":
            return
        if self.shift is None:
            self.shift = Shift(document, self.non_nullable)
        self.last_shift = self.shift.number
        if document["kind"] == "shift_close":
            self.closes.append(close_row(document, outcome == "autonomous"))
            self.shift = None
            return
        self.count(document, outcome == "autonomous")
        self.voice.hold(self.cash >= 0, "drawer-negative", where, number=number)

    def count(self, document: Facts, autonomous: bool) -> None:
        assert self.shift is not None
        kind, cash = document["kind"], document.get("sum", 0)
        if "ticket" in document:
            ticket = document["ticket"]
            cash = sum(one["sum"] for one in ticket.get("payments", ()) if one["type"] == "cash")
            self.shift.add(kind, ticket)
            self.non_nullable[kind] += ticket["total"]
        else:
            _add(self.shift.placements[kind], 1, cash)
        self.cash += SIGNS[kind] * cash
        self.counts[kind] += 1
        _add(self.shift.offline[kind], int(autonomous), 0)

    def figures(self) -> Facts:
        """What a Z made now would say."""
        shift = self.shift
        if shift is None:
            return {}
        sections = {code: {op: _count(rows[op]) for op in OPERATIONS} for code, rows in shift.sections.items()}
        operations = {
            op: {name: sum(rows[op][name] for rows in sections.values()) for name in ("count", "sum")}
            for op in OPERATIONS
        }
        discounts, markups = ({op: _count(one[op]) for op in OPERATIONS} for one in (shift.discounts, shift.markups))
        results = {op: operations[op]["sum"] - discounts[op]["sum"] + markups[op]["sum"] for op in OPERATIONS}
        return {
            "sections": sections,
            "operations": operations,
            "discounts": discounts,
            "markups": markups,
            "total_result": {op: {"count": operations[op]["count"], "sum": results[op]} for op in OPERATIONS},
            "taxes": {
                rate: {op: {"turnover": rows[op][0], "sum": rows[op][1]} for op in OPERATIONS}
                for rate, rows in shift.taxes.items()
            },
            "tickets": {op: self.tickets(shift, op) for op in OPERATIONS},
            "money_placements": {
                kind: {
                    "total_count": self.counts[kind],
                    **_count(shift.placements[kind]),
                    "offline_count": shift.offline[kind][0],
                }
                for kind in PLACEMENTS
            },
            "cash": self.cash,
            "revenue": sum(SIGNS[op] * shift.tickets[op][1] for op in OPERATIONS),
            "non_nullable_start": shift.start,
            "non_nullable_end": dict(self.non_nullable),
        }

    def tickets(self, shift: Shift, op: str) -> Facts:
        return {
            "total_count": self.counts[op],
            **_count(shift.tickets[op]),
            "payments": {kind: _count(shift.payments[op][kind]) for kind in PAYMENTS},
            "offline_count": shift.offline[op][0],
            "discount_sum": shift.receipt_discounts[op][1],
            "markup_sum": shift.receipt_markups[op][1],
            "change_sum": shift.change[op][1],
        }

    def ends(self) -> Facts:
        """What the register's row must say after the last entry."""
        shift = self.shift
        counted: Facts = {}
        if shift is not None:
            for table in (shift.tickets, shift.placements):
                counted.update({name: [*row, shift.offline[name][0]] for name, row in table.items() if row[0]})
        return {
            "last_document": self.last,
            "last_shift": self.last_shift,
            "own_sign": self.own_sign,
            "pending": None if self.pending is None else self.pending["number"],
            "cash": self.cash,
            "non_nullable": self.non_nullable,
            "counts": self.counts,
            "open_shift": None if shift is None else shift.number,
            "open_shift_counts": counted,
        }


def close_row(document: Facts, autonomous: bool) -> list[str]:
    """A row of shifts.csv: a closed shift with the sums of its Z and the two heads that left with it."""
    report = document["report"]
    return [
        str(document["shift"]),
        str(document["number"]),
        report["opened_at"],
        document["made_at"],
        str(int(autonomous)),
        *(str(report["tickets"][op]["count"]) for op in OPERATIONS),
        *(money(report["tickets"][op]["sum"]) for op in OPERATIONS),
        *(money(report["money_placements"][kind]["sum"]) for kind in PLACEMENTS),
        money(report["cash"]),
        *(money(report["non_nullable_end"][op]) for op in OPERATIONS),
        report["chain_head"],
        document["digest"],
    ]


def money(tiyn: int) -> str:
    """``1950.00`` for 195000."""
    return f"{'-' if tiyn < 0 else ''}{abs(tiyn) // 100}.{abs(tiyn) % 100:02}"
