"""Numbers as people write them. What a number means depends on its place, so it is kept exactly as digits until then.

`1.500` is 1500 as a price and 1.5 as a quantity: a dot before exactly three digits parts thousands in a place of money,
and decimals in a place of quantity or beside a measure. A comma always parts decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.money import PERCENT_MAX, PRICE_TIYN_MAX, QUANTITY_THOUSANDTHS_MAX
from core.domain.sale_text.spoken import ONE, UnreadableReason
from core.domain.sale_text.vocabulary import NUMBER_WORDS, TEN_THAT_COMPOSES, Unit

DIGITS_MAX = 15
BARE_QUANTITY_MAX = 99
"""A number without a mark that stands where both could be is a quantity up to here and money above."""


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


def _power(decimals: int) -> int:
    return int("1" + "0" * decimals)


def number_of_words(words: Sequence[str]) -> tuple[int, int]:
    """The value of the longest number that the words begin with, and how many of them it takes; (0, 0) if none does.

    «сто пятьдесят», «екі жүз елу», «две тысячи триста» compose; «два восемьсот» is two numbers.
    """
    thousands = current = taken = 0
    open_below = 1000
    for word in words:
        value = NUMBER_WORDS.get(word.lower())
        if value is None:
            break
        if value == 1000:
            if thousands:
                break
            thousands, current, open_below = max(current, 1) * 1000, 0, 1000
        elif value == 100 and 1 < current < 10:
            current, open_below = current * 100, 100
        elif value < open_below:
            current += value
            open_below = _open_below(word, value)
        else:
            break
        taken += 1
    return thousands + current, taken


def _open_below(word: str, value: int) -> int:
    """After a hundred tens may follow, after tens units, after units and teens nothing."""
    if value >= 100:
        return 100
    if value >= 20 or word.lower() == TEN_THAT_COMPOSES:
        return 10
    return 0
