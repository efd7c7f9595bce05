"""What a reading of a message consists of. Money is tiyn, quantity thousandths, percent thousandths of a percent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.domain.money import line_sum, percent_of
from core.domain.units import PIECE

TEXT_CHARACTERS_MAX = 4096
LINES_MAX = 200
NAME_CHARACTERS_MAX = 128
ONE = 1000


class PaymentKind(StrEnum):
    """Ways to pay, under the names of the contract's payment types."""

    CASH = "cash"
    CARD = "card"
    MOBILE = "mobile"


class UnreadableReason(StrEnum):
    """Why a message is no sale. NO_AMOUNT: goods without a price, or money without goods.

    RETURN_WORD: it speaks of a return; CASH_WORD: of cash put into or taken out of the drawer.
    """

    EMPTY = "empty"
    NO_AMOUNT = "no_amount"
    NOT_UNDERSTOOD = "not_understood"
    AMOUNT_OUT_OF_RANGE = "amount_out_of_range"
    TOO_LONG = "too_long"
    TOO_MANY_LINES = "too_many_lines"
    RETURN_WORD = "return_word"
    CASH_WORD = "cash_word"


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line of goods; an empty name means that only an amount was said and the caller names it."""

    name: str
    price_tiyn: int
    quantity_thousandths: int = ONE
    unit: str = PIECE
    discount_percent_thousandths: int | None = None
    discount_tiyn: int | None = None
    markup_percent_thousandths: int | None = None
    markup_tiyn: int | None = None

    @property
    def gross_tiyn(self) -> int:
        """Price by quantity, half up to the tiyn, before the line's own discount or markup."""
        return line_sum(self.price_tiyn, self.quantity_thousandths)

    @property
    def sum_tiyn(self) -> int:
        """The gross sum after the line's own discount and markup."""
        return adjusted(self.gross_tiyn, self)


@dataclass(frozen=True, slots=True)
class SpokenPayment:
    """A payment as named; amount None is the rest of the total (or all of it)."""

    kind: PaymentKind
    amount_tiyn: int | None = None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, as far as it was written beside the sale; a phone is +7 and ten digits."""

    iin_bin: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A sale as understood. Each of `alternatives` is the whole sale with one kind of doubt decided the other way.

    `payments` is None where none was named. `taken_tiyn` is the cash handed over, only where it was said.
    """

    lines: tuple[SpokenLine, ...]
    payments: tuple[SpokenPayment, ...] | None = None
    taken_tiyn: int | None = None
    discount_percent_thousandths: int | None = None
    discount_tiyn: int | None = None
    markup_percent_thousandths: int | None = None
    markup_tiyn: int | None = None
    buyer: Buyer = Buyer()
    alternatives: tuple[Reading, ...] = ()

    @property
    def total_tiyn(self) -> int:
        """The sum that stated totals were checked against; it may be ≤ 0 under a discount, which pricing refuses."""
        return adjusted(sum(line.sum_tiyn for line in self.lines), self)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No sale could be read; `fragments` are the pieces, as typed, that were not understood."""

    fragments: tuple[str, ...]
    reason: UnreadableReason


def adjusted(sum_tiyn: int, adjustment: SpokenLine | Reading) -> int:
    """The sum less its discount plus its markup; percents are taken of the sum itself, half up."""
    discount = percent_of(sum_tiyn, adjustment.discount_percent_thousandths or 0) + (adjustment.discount_tiyn or 0)
    markup = percent_of(sum_tiyn, adjustment.markup_percent_thousandths or 0) + (adjustment.markup_tiyn or 0)
    return sum_tiyn - discount + markup
