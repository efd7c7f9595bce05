"""Numbers as people write them. What a number means depends on its place, so it is kept exactly as digits until then.

`1.500` is 1500 as a price and 1.5 as a quantity: a dot before exactly three digits parts thousands in a place of money,
and decimals in a place of quantity or beside a measure. A comma always parts decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.domain.money import PERCENT_MAX, PRICE_TIYN_MAX, QUANTITY_THOUSANDTHS_MAX
from core.domain.sale_text.spoken import ONE, UnreadableReason
from core.domain.sale_text.vocabulary import Unit

DIGITS_MAX = 15
BARE_QUANTITY_MAX = 99
"""A number without a mark that stands where both could be is a quantity up to here and money above."""

PACK_HUNDREDTHS = frozenset((20, 25, 30, 33, 40, 45, 50, 60, 70, 75, 80, 90, 93, 95, 100, 125, 150, 175, 200, 225, 250))
"""Litres and kilograms that drinks and groceries are packed in, in hundredths."""


class NotRead(Exception):
    """A piece of the message has no meaning we would stake money on; carries the piece as typed."""

    def __init__(self, fragment: str, reason: UnreadableReason = UnreadableReason.NOT_UNDERSTOOD) -> None:
        super().__init__(fragment)
        self.fragment = fragment
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Number:
    """Digits with everything that was written around them.

    `split` holds the two halves of a number grouped by one space («2 800»), which may also be quantity and price.
    `times` marks a quantity by an × beside a name («x2 кофе»), `factor` each side of «180*2».
    """

    text: str
    digits: str
    decimals: int = 0
    dot_thousands: bool = False
    split: tuple[str, str] | None = None
    thousands: bool = False
    currency: bool = False
    percent: bool = False
    negative: bool = False
    positive: bool = False
    each: bool = False
    together: bool = False
    times: bool = False
    factor: bool = False
    ablative: bool = False
    unit: Unit | None = None
    unit_text: str = ""
    sold_by: Unit | None = None

    @property
    def is_money_only(self) -> bool:
        """Marked as money: it can be no quantity."""
        return self.currency or self.thousands or self.each or self.together or self.ablative

    @property
    def is_bare_count(self) -> bool:
        """A small whole number without any mark, as quantities are written."""
        return self.unit is None and not self.is_money_only and not self.decimals and self._whole() <= BARE_QUANTITY_MAX

    @property
    def is_large(self) -> bool:
        """Marked as money, or too big for a quantity written without a mark."""
        return self.unit is None and (self.is_money_only or self._whole() > BARE_QUANTITY_MAX)

    @property
    def is_above_all_money(self) -> bool:
        """More tenge than the largest price."""
        if self.unit is not None or self.percent:
            return False
        if len(self.digits) > DIGITS_MAX + self.decimals:
            return True
        return int(self.digits) * 100 > PRICE_TIYN_MAX * _power(self.decimals)

    def is_above(self, large_measures: int) -> bool:
        """Whether it is more than so many of its large measure (kilograms, litres)."""
        return self._whole() > large_measures * (self.unit.per_large if self.unit else 1)

    def _whole(self) -> int:
        if len(self.digits) > DIGITS_MAX:
            return BARE_QUANTITY_MAX + 1
        return int(self.digits) if self.dot_thousands else int(self.digits) // _power(self.decimals)

    def is_pack_size(self) -> bool:
        """«кола 0,5», «вода 1.5»: decimals that bottles and packs are made in; «картошка 2,35» was weighed."""
        if not 0 < self.decimals <= 2 or len(self.digits) > 4:
            return False
        return int(self.digits) * (10 if self.decimals == 1 else 1) in PACK_HUNDREDTHS

    def is_whole(self, tenge: int) -> bool:
        """Whether it is exactly so many tenge."""
        return not self.decimals and not self.percent and self.unit is None and int(self.digits[:18]) == tenge

    def times_is(self, factor: str, product: str) -> bool:
        """Whether so many times a factor make the product."""
        return int(self.digits) * int(factor) == int(product)

    def with_thousand_or_tenge(self, letters: str) -> Number:
        """«5т» are thousands, «800т» tenge: nobody asks 800 000 of a customer with one letter."""
        is_tenge = letters in ("т", "t") and self._whole() > BARE_QUANTITY_MAX
        return replace(self, currency=True) if is_tenge else replace(self, thousands=True)

    def tiyn(self) -> int:
        """As money in tiyn, 0.01 … 99 999 999.99 tenge; NotRead when it is none."""
        if self.negative:
            raise NotRead(self.text, UnreadableReason.AMOUNT_OUT_OF_RANGE)
        if self.percent or self.unit is not None:
            raise NotRead(self.text)
        decimals = 0 if self.dot_thousands else self.decimals
        if len(self.digits) > DIGITS_MAX + decimals:
            raise NotRead(self.text, UnreadableReason.AMOUNT_OUT_OF_RANGE)
        value, left = divmod(int(self.digits) * 100 * (1000 if self.thousands else 1), _power(decimals))
        if left or (decimals > 2 and not self.thousands):
            raise NotRead(self.text)
        if not 1 <= value <= PRICE_TIYN_MAX:
            raise NotRead(self.text, UnreadableReason.AMOUNT_OUT_OF_RANGE)
        return value

    def quantity_thousandths(self) -> int:
        """As a quantity; grams and the like are turned into their large measure."""
        if self.negative or len(self.digits) > DIGITS_MAX:
            raise NotRead(self.text, UnreadableReason.AMOUNT_OUT_OF_RANGE)
        if self.percent or self.is_money_only:
            raise NotRead(self.text)
        scale = _power(self.decimals) * (self.unit.per_large if self.unit else 1)
        value, left = divmod(int(self.digits) * ONE, scale)
        if left:
            raise NotRead(self.text)
        if not 1 <= value <= QUANTITY_THOUSANDTHS_MAX:
            raise NotRead(self.text, UnreadableReason.AMOUNT_OUT_OF_RANGE)
        return value

    def percent_thousandths(self) -> int:
        """As a percent above 0 and up to 100, at most three decimals."""
        if len(self.digits) > DIGITS_MAX:
            raise NotRead(self.text, UnreadableReason.AMOUNT_OUT_OF_RANGE)
        value, left = divmod(int(self.digits) * ONE, _power(self.decimals))
        if left:
            raise NotRead(self.text)
        if not 1 <= value <= PERCENT_MAX:
            raise NotRead(self.text, UnreadableReason.AMOUNT_OUT_OF_RANGE)
        return value

    def halves(self) -> tuple[Number, Number] | None:
        """The two numbers that a space-grouped one may have been meant as: a small quantity and a price."""
        if self.split is None or not 1 <= int(self.split[0]) <= BARE_QUANTITY_MAX or self.split[1].startswith("0"):
            return None
        first, second = self.split
        if first == "1" and self.currency:
            return None
        price = replace(self, text=second, digits=second + self.digits[len(first) + len(second) :], split=None)
        return Number(first, first), price

    def parted(self) -> tuple[Number, Number]:
        """The two sums that «800 500» may have been meant as."""
        assert self.split is not None
        first, second = self.split
        rest = self.digits[len(first) + len(second) :]
        text = self.text[len(first) + 1 :]
        return Number(first, first), replace(self, text=text, digits=second + rest, split=None)


def _power(decimals: int) -> int:
    return int("1" + "0" * decimals)
