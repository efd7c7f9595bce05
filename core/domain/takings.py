"""Takings (выручка, түсім) as statistics show them: shapes and sums that add up, no arithmetic of the law.

Everything is tiyn and counts. A day is the register's business day (business_day.py), an hour the clock's at +05:00.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum

from core.domain.money import Money, Quantity, round_half_up
from core.domain.ticket import CASH_IN, OPERATIONS, PLACEMENTS, Kind, PaymentType


@dataclass(frozen=True, slots=True)
class Sums:
    """The documents of one kind: how many, how much, how it was paid.

    ``discount`` and ``markup`` are those of whole receipts, ``line_discount`` and ``line_markup`` those of lines with
    storno lines subtracted; ``change`` was given back, ``offline`` counts those made autonomously. Of deposits and
    withdrawals only ``count``, ``sum`` and ``offline`` are used.
    """

    count: int = 0
    sum: Money = 0
    cash: Money = 0
    card: Money = 0
    mobile: Money = 0
    discount: Money = 0
    markup: Money = 0
    line_discount: Money = 0
    line_markup: Money = 0
    change: Money = 0
    offline: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in MEASURES))

    @property
    def discounts(self) -> Money:
        """Everything that was let off, as the Z-report's ``discounts``."""
        return self.discount + self.line_discount

    @property
    def markups(self) -> Money:
        """Everything that was added, as the Z-report's ``markups``."""
        return self.markup + self.line_markup

    def paid(self, payment: PaymentType) -> Money:
        """What was paid in this way."""
        amount: Money = getattr(self, str(payment))
        return amount


MEASURES = tuple(one.name for one in fields(Sums))
NOTHING = Sums()


@dataclass(frozen=True, slots=True)
class Takings:
    """What was taken in some cell of a statistic: an hour, a day, a cashier, a point, all of it. Missing kinds are
    zero; two add up to what both took.
    """

    kinds: Mapping[Kind, Sums] = field(default_factory=dict)

    def of(self, kind: Kind) -> Sums:
        """The documents of one kind."""
        return self.kinds.get(kind, NOTHING)

    def __add__(self, other: Takings) -> Takings:
        kinds = dict(self.kinds)
        for kind, sums in other.kinds.items():
            kinds[kind] = kinds.get(kind, NOTHING) + sums
        return Takings(kinds)

    @property
    def revenue(self) -> Money:
        """What came in less what went out, signed: the Z-report's revenue. Deposits and withdrawals are no takings."""
        return sum(_signed(kind, self.of(kind).sum) for kind in OPERATIONS)

    def by_payment(self, payment: PaymentType) -> Money:
        """The part of the revenue that moved in this way; negative when more was given back than taken."""
        return sum(_signed(kind, self.of(kind).paid(payment)) for kind in OPERATIONS)

    @property
    def receipts(self) -> int:
        """How many sales."""
        return self.of(Kind.SELL).count

    @property
    def average(self) -> Money:
        """The average sale, half up to the tiyn; 0 without a sale."""
        sales = self.of(Kind.SELL)
        return round_half_up(sales.sum, sales.count) if sales.count else 0

    @property
    def returns(self) -> Sums:
        """What buyers brought back."""
        return self.of(Kind.SELL_RETURN)

    @property
    def is_nothing(self) -> bool:
        """Whether no document at all is counted in it."""
        return not any(sums.count for sums in self.kinds.values())


def _signed(kind: Kind, amount: Money) -> Money:
    return amount if kind in CASH_IN else -amount


def together(parts: Iterable[Takings]) -> Takings:
    """All of them in one."""
    kinds: dict[Kind, Sums] = {}
    for part in parts:
        for kind, sums in part.kinds.items():
            kinds[kind] = kinds.get(kind, NOTHING) + sums
    return Takings({kind: kinds[kind] for kind in (*OPERATIONS, *PLACEMENTS) if kind in kinds})


@dataclass(frozen=True, slots=True)
class VatSums:
    """One rate of one operation: turnover with tax and the tax inside it. ``"none"`` bears no tax and has no row."""

    rate: str
    kind: Kind
    turnover: Money
    tax: Money


class GoodClass(StrEnum):
    """Classes of goods by their part in the takings: A makes the first 80 %, B the next 15 %, C the rest."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class GoodSums:
    """One good under one unit of measure: what was sold and what came back, storno lines subtracted.

    Sums are after every discount and markup, so the goods' add up to the receipts'. ``lines`` counts lines sold.
    """

    name: str
    unit: str
    lines: int
    quantity: Quantity
    sum: Money
    returned_quantity: Quantity
    returned_sum: Money
    good_class: GoodClass

    @property
    def net(self) -> Money:
        """Sold less returned: what the class is decided by."""
        return self.sum - self.returned_sum


@dataclass(frozen=True, slots=True)
class CashierTakings:
    """What one cashier made, by the code and the name on the receipts."""

    code: int
    name: str
    takings: Takings


@dataclass(frozen=True, slots=True)
class ZLine:
    """A shift closed within the period.

    ``cash`` is what the register expected in the drawer after the close; ``difference`` is counted less expected, in
    tiyn, ``None`` if nobody counted, ``reason`` a person's words for it. ``chain_head`` is the digest of the last
    document before the close, as printed on the Z.
    """

    shift: int
    document_number: int
    opened_at: datetime
    closed_at: datetime
    autonomous: bool
    revenue: Money
    cash: Money
    chain_head: str
    difference: Money | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One register's part of a statistic, and how it stands at this moment.

    ``cash`` is the money of its drawer at the period's end: now, if the period reaches to now, else as of its last Z
    of the period; ``None`` if neither is known. ``hand_over`` is that and what was withdrawn by the close itself.
    ``difference`` adds up the counted drawers of the period. ``unsent`` documents wait for the operator now.
    ``offline_minutes`` of the period it worked autonomously. ``chain_head`` is its last document's digest now;
    ``behind`` tells how many documents are not in the figures yet (0 but for a rebuild or a document without outcome).
    """

    register_id: str
    title: str
    day_begins: int
    takings: Takings
    cash: Money | None
    hand_over: Money | None
    difference: Money | None
    unsent: int
    offline_minutes: int
    shift_open: bool
    z_lines: tuple[ZLine, ...]
    chain_head: str
    behind: int


@dataclass(frozen=True, slots=True)
class Before:
    """The earlier period that this one is compared with: of a day the same weekday before."""

    first: date
    last: date
    total: Takings
    by_hour: Mapping[int, Takings]


@dataclass(frozen=True, slots=True)
class Statistics:
    """A period of one register or several, business days from ``first`` to ``last``, both included.

    ``by_hour`` has the clock's hours 0 … 23 that took anything (:func:`hours_of_day` puts them in the day's order),
    ``by_weekday_hour`` is keyed by (0 = Monday … 6, hour), ``by_day`` has every day of the period up to today, also
    the empty ones. Goods come by falling net sum, cashiers by falling revenue, points in the order they were asked for.
    """

    first: date
    last: date
    total: Takings
    by_hour: Mapping[int, Takings]
    by_weekday_hour: Mapping[tuple[int, int], Takings]
    by_day: Mapping[date, Takings]
    goods: tuple[GoodSums, ...]
    cashiers: tuple[CashierTakings, ...]
    vat: tuple[VatSums, ...]
    points: tuple[Point, ...]
    before: Before

    @property
    def cash(self) -> Money:
        """The drawers' money together, as far as it is known."""
        return sum(point.cash or 0 for point in self.points)

    @property
    def hand_over(self) -> Money:
        """The cash that is to be handed over, of all points together."""
        return sum(point.hand_over or 0 for point in self.points)

    @property
    def difference(self) -> Money | None:
        """The drawers' differences together; ``None`` if no drawer was counted."""
        counted = [point.difference for point in self.points if point.difference is not None]
        return sum(counted) if counted else None

    @property
    def unsent(self) -> int:
        """Documents that wait for the operator now."""
        return sum(point.unsent for point in self.points)

    @property
    def offline_minutes(self) -> int:
        """Minutes of autonomous work, of all points together."""
        return sum(point.offline_minutes for point in self.points)

    @property
    def behind(self) -> int:
        """Documents that are not in these figures yet."""
        return sum(point.behind for point in self.points)


def hours_of_day(day_begins: int) -> tuple[int, ...]:
    """The 24 hours of a business day in its order."""
    return tuple((day_begins + hour) % 24 for hour in range(24))
