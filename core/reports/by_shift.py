"""Closed shifts as accounting programs book them: one document for each operation of a shift, its goods added up.

Figures are counted from the receipts and not taken from the Z; a shift that differs from its Z stops the file, because
a program would book it unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.clock import ALMATY
from core.domain.document import Document
from core.domain.money import round_half_up
from core.domain.ticket import OPERATIONS, Line
from core.domain.units import UNITS
from core.domain.view import DocumentView
from core.errors import BrokenJournal
from core.reports.tally import Tally, is_counted, report_tally
from core.usecases.exports import Period

RUSSIAN = 1
"""The place of Russian among a unit's short forms."""


@dataclass(frozen=True, slots=True)
class Good:
    """What makes lines of receipts one line of an accounting document."""

    name: str
    ntin: str
    barcode: str
    unit: str
    vat: str

    @property
    def unit_name(self) -> str:
        """The unit's short form in Russian, the language of these formats; its code where it has none."""
        forms = UNITS.get(self.unit)
        return self.unit if forms is None else forms[RUSSIAN]


@dataclass(slots=True)
class Sold:
    """How much of a good: thousandths of a unit, tiyn after all discounts, tiyn of VAT inside. Storno is taken off."""

    quantity: int = 0
    sum: int = 0
    vat_sum: int = 0

    @property
    def price(self) -> int:
        """The average price in tiyn; 0 where nothing is left."""
        return round_half_up(self.sum * 1000, self.quantity) if self.quantity > 0 else 0


@dataclass(slots=True)
class Operation:
    """Everything that one operation (sell, sell_return, buy, buy_return) did in a shift."""

    kind: str
    goods: dict[Good, Sold] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """One line more."""
        good = Good(line.name, line.ntin or "", line.barcode or "", line.unit, line.vat)
        sold = self.goods.setdefault(good, Sold())
        sold.quantity += line.sign * line.quantity
        sold.sum += line.sign * line.sum
        sold.vat_sum += line.sign * line.vat_sum

    @property
    def rows(self) -> list[tuple[Good, Sold]]:
        """The goods by name, without what a storno took off to the last."""
        left = [one for one in self.goods.items() if one[1] != Sold()]
        return sorted(left, key=lambda one: (one[0].name, one[0].vat, one[0].unit, one[0].barcode, one[0].ntin))


@dataclass(slots=True)
class ClosedShift:
    """A shift with its Z."""

    close: Document
    operations: dict[str, Operation]
    counted: Tally

    @property
    def number(self) -> int:
        """The shift's number."""
        return self.close.shift

    @property
    def closed_at(self) -> datetime:
        """When it was closed, in the law's zone."""
        return self.close.made_at.astimezone(ALMATY)

    def total(self, kind: str, measure: str = "sum") -> int:
        """A figure of an operation: sum, cash, card, mobile, count."""
        return self.counted.tickets.get((kind, measure), 0)

    def taxes(self, kind: str) -> list[tuple[str, int, int]]:
        """(rate, turnover, tax) of an operation."""
        rates = sorted({rate for rate, op, _ in self.counted.taxes if op == kind}, key=int, reverse=True)
        figures = self.counted.taxes
        return [(rate, figures.get((rate, kind, "turnover"), 0), figures.get((rate, kind, "tax"), 0)) for rate in rates]


class Shifts:
    """Gathers documents until a shift's close comes; keeps the goods of one shift only."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._operations: dict[str, Operation] = {}
        self._counted = Tally()

    def take(self, views: list[DocumentView]) -> list[ClosedShift]:
        """Some documents, ascending; gives back the shifts that were closed by them on a day of the period."""
        closed = []
        for view in views:
            if not is_counted(view):
                continue
            self._counted.add(view)
            for line in view.document.ticket.items if view.document.ticket is not None else ():
                kind = str(view.document.kind)
                self._operations.setdefault(kind, Operation(kind)).add(line)
            if view.document.report is not None:
                shift = self._closed(view.document)
                if self._period.first <= shift.closed_at.date() <= self._period.last:
                    closed.append(shift)
        return closed

    def _closed(self, close: Document) -> ClosedShift:
        in_order = {str(op): self._operations[str(op)] for op in OPERATIONS if str(op) in self._operations}
        shift = ClosedShift(close, in_order, self._counted)
        self._operations, self._counted = {}, Tally()
        _check(shift)
        return shift


def _check(shift: ClosedShift) -> None:
    """Its goods, payments and taxes are the Z's to the tiyn; raises ``BrokenJournal`` where they are not."""
    assert shift.close.report is not None
    sums = {kind: sum(sold.sum for sold in one.goods.values()) for kind, one in shift.operations.items()}
    same = all(shift.total(kind) == sums.get(kind, 0) for kind in map(str, OPERATIONS))
    if not same or shift.counted != report_tally(shift.close.report):
        raise BrokenJournal(f"shift {shift.number} of {shift.close.register_id} is not what its Z says")
