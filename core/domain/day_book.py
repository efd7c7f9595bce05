"""The day book: documents counted into the rows that statistics are read from. Pure, and the same for any grouping:
what two books counted apart is what one counts of all their documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from core.domain.business_day import business_day
from core.domain.document import Document
from core.domain.money import Money, Quantity
from core.domain.takings import NOTHING, Sums
from core.domain.ticket import Kind, PaymentType, Ticket

HourKey = tuple[date, int, Kind]
CashierKey = tuple[date, int, str, Kind]
GoodKey = tuple[date, str, str, Kind]
VatKey = tuple[date, str, Kind]


@dataclass(frozen=True, slots=True)
class GoodCount:
    """Lines of one good, storno lines subtracted from all three; the sum is after every discount and markup."""

    lines: int = 0
    quantity: Quantity = 0
    sum: Money = 0

    def __add__(self, other: GoodCount) -> GoodCount:
        return GoodCount(self.lines + other.lines, self.quantity + other.quantity, self.sum + other.sum)


@dataclass(frozen=True, slots=True)
class ClosedShift:
    """A shift's close on the day it was made, with what statistics show of its Z; ``number`` is the close's own."""

    shift: int
    day: date
    number: int
    opened_at: datetime
    closed_at: datetime
    autonomous: bool
    revenue: Money
    cash: Money
    chain_head: str


@dataclass(slots=True)
class DayBook:
    """What documents add up to, by business days that begin at the hour ``day_begins``.

    ``hours`` are keyed by (day, hour of the clock, kind), ``cashiers`` by (day, code, name, kind), ``goods`` by (day,
    name, unit, kind), ``vat`` by (day, rate, kind) with [turnover, tax].
    """

    day_begins: int
    hours: dict[HourKey, Sums] = field(default_factory=dict)
    cashiers: dict[CashierKey, Sums] = field(default_factory=dict)
    goods: dict[GoodKey, GoodCount] = field(default_factory=dict)
    vat: dict[VatKey, tuple[Money, Money]] = field(default_factory=dict)
    shifts: list[ClosedShift] = field(default_factory=list)

    def add(self, document: Document, *, autonomous: bool) -> None:
        """One document more whose outcome counts it; a refused one must not come here."""
        day = business_day(document.made_at, self.day_begins)
        if document.report is not None:
            report = document.report
            self.shifts.append(
                ClosedShift(
                    shift=document.shift,
                    day=day,
                    number=document.number,
                    opened_at=report.opened_at,
                    closed_at=document.made_at,
                    autonomous=autonomous,
                    revenue=report.revenue,
                    cash=report.cash,
                    chain_head=report.chain_head,
                )
            )
            return
        kind, cashier = document.kind, document.cashier
        sums = sums_of(document, autonomous=autonomous)
        hour = (day, document.made_at.hour, kind)
        self.hours[hour] = self.hours.get(hour, NOTHING) + sums
        by = (day, cashier.code, cashier.name, kind)
        self.cashiers[by] = self.cashiers.get(by, NOTHING) + sums
        if document.ticket is not None:
            self._add_lines(day, document.ticket)

    def _add_lines(self, day: date, ticket: Ticket) -> None:
        for line in ticket.items:
            good = (day, line.name, line.unit, ticket.kind)
            counted = GoodCount(line.sign, line.sign * line.quantity, line.sign * line.sum)
            self.goods[good] = self.goods.get(good, GoodCount()) + counted
        for vat in ticket.vat:
            rate = (day, vat.rate, ticket.kind)
            turnover, tax = self.vat.get(rate, (0, 0))
            self.vat[rate] = (turnover + vat.turnover, tax + vat.sum)


def sums_of(document: Document, *, autonomous: bool) -> Sums:
    """One ticket, deposit or withdrawal as sums."""
    ticket = document.ticket
    if ticket is None:
        return Sums(count=1, sum=document.total, offline=int(autonomous))
    paid = {str(one.type): one.sum for one in ticket.payments or ()}
    return Sums(
        count=1,
        sum=ticket.total,
        cash=paid.get(PaymentType.CASH, 0),
        card=paid.get(PaymentType.CARD, 0),
        mobile=paid.get(PaymentType.MOBILE, 0),
        discount=ticket.discount,
        markup=ticket.markup,
        line_discount=sum(line.sign * line.discount for line in ticket.items),
        line_markup=sum(line.sign * line.markup for line in ticket.items),
        change=ticket.change or 0,
        offline=int(autonomous),
    )
