"""What documents add up to, counted anew from the documents themselves.

On purpose it does not use the counters that the register keeps: an export that agrees with its Z-reports proves both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.domain.report import Report
from core.domain.ticket import OPERATIONS, PLACEMENTS
from core.domain.vat import RATES
from core.domain.view import DocumentView, Mark
from core.usecases.exports import Extract

MEASURES = ("count", "sum", "cash", "card", "mobile", "discount", "markup", "change", "offline")
COUNTS = ("count", "offline")
PLACEMENT_MEASURES = ("count", "sum", "offline")
UNCOUNTED = (Mark.SAVED, Mark.REFUSED)

Key = tuple[str, ...]


def is_counted(view: DocumentView) -> bool:
    """Whether the document stands in the counters; a refused one never does."""
    return view.mark not in UNCOUNTED


@dataclass(slots=True)
class Tally:
    """Sums in tiyn and counts: tickets by (operation, measure), cash in and out by (kind, measure), VAT by (rate,
    operation, "turnover" or "tax"). What is zero is left out, so equal tallies are equal dictionaries.
    """

    tickets: dict[Key, int] = field(default_factory=dict)
    placements: dict[Key, int] = field(default_factory=dict)
    taxes: dict[Key, int] = field(default_factory=dict)

    def add(self, view: DocumentView) -> None:
        """One counted document more; the close of a shift adds nothing."""
        document, kind = view.document, str(view.document.kind)
        ticket = document.ticket
        if ticket is not None:
            for payment in ticket.payments or ():
                _plus(self.tickets, (kind, str(payment.type)), payment.sum)
            _plus(self.tickets, (kind, "count"), 1)
            _plus(self.tickets, (kind, "sum"), ticket.total)
            _plus(self.tickets, (kind, "discount"), ticket.discount)
            _plus(self.tickets, (kind, "markup"), ticket.markup)
            _plus(self.tickets, (kind, "change"), ticket.change or 0)
            _plus(self.tickets, (kind, "offline"), int(view.is_autonomous))
            for vat in ticket.vat:
                _plus(self.taxes, (vat.rate, kind, "turnover"), vat.turnover)
                _plus(self.taxes, (vat.rate, kind, "tax"), vat.sum)
        elif document.sum is not None:
            _plus(self.placements, (kind, "count"), 1)
            _plus(self.placements, (kind, "sum"), document.sum)
            _plus(self.placements, (kind, "offline"), int(view.is_autonomous))

    def add_all(self, other: Tally) -> None:
        """Everything that another one counted."""
        for mine, theirs in self._pairs(other):
            for key, amount in theirs.items():
                _plus(mine, key, amount)

    def _pairs(self, other: Tally) -> tuple[tuple[dict[Key, int], dict[Key, int]], ...]:
        return (
            (self.tickets, other.tickets),
            (self.placements, other.placements),
            (self.taxes, other.taxes),
        )


def report_tally(report: Report) -> Tally:
    """The figures of an X- or Z-report in the same form."""
    tally = Tally()
    for op in map(str, OPERATIONS):
        row = report.tickets[op]
        for payment, count in row.payments.items():
            _plus(tally.tickets, (op, payment), count.sum)
        figures = (row.count, row.sum, row.discount_sum, row.markup_sum, row.change_sum, row.offline_count)
        for measure, amount in zip(("count", "sum", "discount", "markup", "change", "offline"), figures, strict=True):
            _plus(tally.tickets, (op, measure), amount)
        for rate, rows in report.taxes.items():
            _plus(tally.taxes, (rate, op, "turnover"), rows[op].turnover)
            _plus(tally.taxes, (rate, op, "tax"), rows[op].sum)
    for kind in map(str, PLACEMENTS):
        placed = report.money_placements[kind]
        for measure, amount in zip(
            PLACEMENT_MEASURES, (placed.count, placed.sum, placed.offline_count), strict=True
        ):
            _plus(tally.placements, (kind, measure), amount)
    return tally


def _plus(row: dict[Key, int], key: Key, amount: int) -> None:
    if amount:
        row[key] = row.get(key, 0) + amount
        if not row[key]:
            del row[key]


@dataclass(slots=True)
class Account:
    """One shift of the period: what was counted within it and outside, and what its report says."""

    shift: int
    within: Tally = field(default_factory=Tally)
    outside: Tally = field(default_factory=Tally)
    report: Tally | None = None
    kind: str = "X"
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    close_document: int | None = None
    autonomous: bool = False
    cash: int = 0
    non_nullable_end: dict[str, int] = field(default_factory=dict)
    chain_head: str = ""
    touched: bool = False

    def take(self, report: Report, *, autonomous: bool, close_document: int | None) -> None:
        """What its X or Z says. The report itself is not kept: a year may hold thousands."""
        self.report, self.kind = report_tally(report), report.kind
        self.opened_at, self.closed_at = report.opened_at, report.closed_at
        self.close_document, self.autonomous = close_document, autonomous
        self.cash, self.non_nullable_end = report.cash, report.non_nullable_end
        self.chain_head = report.chain_head


class Books:
    """The accounts of an extract, kept while its pages are read."""

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._accounts: dict[int, Account] = {}

    def read(self, views: list[DocumentView]) -> list[DocumentView]:
        """Count a page; gives back those of its documents that are the period's."""
        first, last = self._extract.first, self._extract.last
        within = []
        for view in views:
            inside = first <= view.document.number <= last
            if inside:
                within.append(view)
            if is_counted(view):
                self._count(view, inside)
        return within

    def finish(self) -> Control:
        """Everything counted, beside the reports of the shifts that have a counted document in the period."""
        if (x := self._extract.x) is not None and x.shift in self._accounts:
            self._accounts[x.shift].take(x, autonomous=self._extract.x_autonomous, close_document=None)
        touched = [account for account in self._accounts.values() if account.touched]
        control = Control(sorted(touched, key=lambda account: account.shift))
        for account in control.shifts:
            control.within.add_all(account.within)
            control.outside.add_all(account.outside)
            if account.report is not None:
                control.reports.add_all(account.report)
        return control

    def _count(self, view: DocumentView, inside: bool) -> None:
        document = view.document
        account = self._accounts.setdefault(document.shift, Account(document.shift))
        (account.within if inside else account.outside).add(view)
        account.touched = account.touched or inside
        if document.report is not None:
            account.take(document.report, autonomous=view.is_autonomous, close_document=document.number)


@dataclass(slots=True)
class Control:
    """The control sums: the period's documents, the rest of its cut shifts, and what the X and Z of them say."""

    shifts: list[Account]
    within: Tally = field(default_factory=Tally)
    outside: Tally = field(default_factory=Tally)
    reports: Tally = field(default_factory=Tally)

    @property
    def rates(self) -> list[tuple[str, str]]:
        """The (rate, operation) pairs that there are, in the order of reports."""
        found = {key[:2] for tally in (self.within, self.outside, self.reports) for key in tally.taxes}
        return [(rate, str(op)) for rate in RATES for op in OPERATIONS if (rate, str(op)) in found]

    @property
    def agrees(self) -> bool:
        """Whether documents within and outside of the period are exactly what the reports say."""
        counted = Tally()
        counted.add_all(self.within)
        counted.add_all(self.outside)
        return counted == self.reports
