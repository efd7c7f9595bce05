"""A ticket (чек) as it is asked for and as it is priced: shapes only, the arithmetic is in ``pricing``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.money import Money, Percent, Quantity
from core.domain.units import PIECE


class Kind(StrEnum):
    """What a document is. The first four are operations of a ticket, in the order of reports."""

    SELL = "sell"
    SELL_RETURN = "sell_return"
    BUY = "buy"
    BUY_RETURN = "buy_return"
    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    SHIFT_CLOSE = "shift_close"


OPERATIONS = (Kind.SELL, Kind.SELL_RETURN, Kind.BUY, Kind.BUY_RETURN)
PLACEMENTS = (Kind.DEPOSIT, Kind.WITHDRAWAL)
RETURNS = (Kind.SELL_RETURN, Kind.BUY_RETURN)
CASH_IN = (Kind.SELL, Kind.BUY_RETURN)


class PaymentType(StrEnum):
    """How it was paid: наличные / қолма-қол, карта, мобильный платёж (QR)."""

    CASH = "cash"
    CARD = "card"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A discount (скидка, жеңілдік) or markup (наценка, үстеме): either a sum or a percent."""

    sum: Money | None = None
    percent: Percent | None = None


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line as asked for. ``vat`` left out means the register's default, on a return the rate of the basis's line."""

    name: str
    price: Money
    quantity: Quantity = 1000
    unit: str = PIECE
    section: str = "1"
    vat: str | None = None
    discount: Adjustment | None = None
    markup: Adjustment | None = None
    barcode: str | None = None
    ntin: str | None = None
    mark: str | None = None
    storno: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment; a cash sum is net of change (DOMAIN.md, decisions)."""

    type: PaymentType
    sum: Money


@dataclass(frozen=True, slots=True)
class Parent:
    """The basis of a return (чек-основание): a number of this register, or the five facts of a receipt made
    elsewhere.
    """

    document_number: int | None = None
    fiscal_sign: str | None = None
    made_at: datetime | None = None
    rnm: str | None = None
    total: Money | None = None
    autonomous: bool | None = None

    @property
    def key(self) -> str | None:
        """What a receipt made elsewhere is remembered by on the returning register; an own one has its number."""
        elsewhere = self.document_number is None and self.fiscal_sign is not None
        return f"{self.rnm}:{self.fiscal_sign}" if elsewhere else None


@dataclass(frozen=True, slots=True)
class Customer:
    """What the buyer asked to have on the receipt."""

    iin_bin: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Cashier:
    """Who made the document; the code goes on the wire (0 is allowed)."""

    code: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class TicketInput:
    """A ticket as asked for. ``payments`` may be left out only for a quote."""

    kind: Kind
    items: tuple[LineInput, ...]
    discount: Adjustment | None = None
    markup: Adjustment | None = None
    payments: tuple[Payment, ...] | None = None
    taken: Money | None = None
    customer: Customer = field(default_factory=Customer)
    parent: Parent | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A priced line. ``sum`` is after the line's own discount and markup and after its share of the receipt's."""

    name: str
    price: Money
    quantity: Quantity
    unit: str
    section: str
    gross: Money
    discount: Money
    markup: Money
    share: Money
    sum: Money
    vat: str
    vat_sum: Money
    storno: bool = False
    barcode: str | None = None
    ntin: str | None = None
    mark: str | None = None

    @property
    def own_sum(self) -> Money:
        """The line after its own discount and markup, before its share of the receipt's."""
        return self.gross - self.discount + self.markup

    @property
    def sign(self) -> int:
        """A storno line is subtracted wherever lines are added up."""
        return -1 if self.storno else 1


@dataclass(frozen=True, slots=True)
class VatTotal:
    """The turnover and tax of one rate on a ticket, storno lines subtracted."""

    rate: str
    turnover: Money
    sum: Money


@dataclass(frozen=True, slots=True)
class Ticket:
    """A priced ticket; ``discount`` and ``markup`` are the receipt-level ones only."""

    kind: Kind
    items: tuple[Line, ...]
    total: Money
    discount: Money
    markup: Money
    vat: tuple[VatTotal, ...]
    payments: tuple[Payment, ...] | None = None
    taken: Money | None = None
    change: Money | None = None
    customer: Customer = field(default_factory=Customer)
    parent: Parent | None = None

    @property
    def cash(self) -> Money:
        """The cash that goes into or out of the drawer."""
        return sum(payment.sum for payment in self.payments or () if payment.type is PaymentType.CASH)
