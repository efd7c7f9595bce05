"""A run of words and numbers becomes lines of goods, each with the other ways it may have been meant.

The run is cut into goods at the words: numbers between two names belong to the first as its price (and quantity)
and, where one is left, to the second as its quantity. Which doubts exist, and which way is taken first:

* «2 кофе 800», «нан екеу 200»: 800 each; TOGETHER is 800 for both.
* «вода 5л 600», «кола 0,5 400», «конфеты 300г 2500»: a size, part of the name; MEASURED multiplies (grams by kilogram).
* «кофе 2 800»: 2800; SPLIT is 2 for 800 each.
* «айфон 13 350000»: the model; NUMBERED is 13 of them.
* «800 x 2», «3шт по 150», «2 за 800» and «2 кофе 800 = 1600» leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from core.domain.money import PRICE_TIYN_MAX, format_quantity, line_sum, round_half_up
from core.domain.sale_text.groups import Group, fragment_of, goods_of, is_price, is_quantity
from core.domain.sale_text.numbers import NotRead, Number
from core.domain.sale_text.spelling import fold
from core.domain.sale_text.spoken import NAME_CHARACTERS_MAX, ONE, SpokenLine, UnreadableReason
from core.domain.sale_text.tokens import Token
from core.domain.sale_text.vocabulary import FUEL
from core.domain.units import PIECE

LITRE = "112"
KILOGRAM = "116"
SHEET = "625"
BOTTLE_LITRES_MAX = 19
"""The largest bottle that is sold as one; more litres after a name are a quantity («АИ-92 20 л 205»)."""
_LETTERED_SUM = re.compile(r"[0-9]{3,}[^\W\d_]")
"""«кофе 1950 1000н 950к»: a sum with a letter that says something to its writer only is no name of goods."""
DEAR_TIYN = 2_000_000
"""A price from which on several of a kind on one receipt are rare."""


class Doubt(Enum):
    """What may have been meant otherwise; all lines with the same doubt are switched together."""

    TOGETHER = auto()
    MEASURED = auto()
    SPLIT = auto()
    NUMBERED = auto()
    SCOPE = auto()


@dataclass(frozen=True, slots=True)
class SpokenItem:
    """A line as read first, and what it is under each doubt."""

    line: SpokenLine
    otherwise: dict[Doubt, SpokenLine] = field(default_factory=dict)

    def under(self, doubt: Doubt | None) -> SpokenLine:
        """The line when this doubt is decided the other way."""
        return self.otherwise.get(doubt, self.line) if doubt else self.line


def read_run(run: Sequence[Token], text: str) -> tuple[list[SpokenItem], Number | None]:
    """The goods of a run, and the number after «=» if it is not the sum of the last line but perhaps the total."""
    if _are_sums(run):
        return [SpokenItem(SpokenLine("", token.number.tiyn())) for token in run if token.number is not None], None
    groups, stated = goods_of(run, text)
    if stated is not None and groups[-1].lacks_price:
        groups[-1].tail.append(replace(stated, together=True))
        stated = None
    items = [_item(group, text) for group in groups]
    if stated is not None and items:
        settled = _settled(items[-1], stated)
        if settled is not None:
            return [*items[:-1], settled], None
    return items, stated


def _are_sums(run: Sequence[Token]) -> bool:
    """«800 450 300»: nothing but sums, as on a calculator; «800 2» is a price and a quantity."""
    numbers = [token.number for token in run]
    return len(numbers) > 1 and all(
        number is not None and number.is_large and is_price(number) and not number.factor and not number.split
        for number in numbers
    )


def _name(group: Group, text: str, extra: Sequence[str] = ()) -> str:
    """The words as typed; a name that is one quoted phrase loses its quotes."""
    pieces: list[str] = []
    for at, token in enumerate(group.words):
        alone = len(group.words) == 1
        glued = at > 0 and group.words[at - 1].end == token.start
        piece = token.name if alone or token.is_known else text[token.start : token.end]
        pieces.append(piece if glued or not pieces else f" {piece}")
    fat = [number.text for number in group.lead if number.percent and group.words]
    name = "".join(pieces).strip(" .,:;-–—")
    if name.count(")") > name.count("("):
        name = name.rstrip(")")
    return _checked_name(" ".join([*fat, *([name] if name else []), *extra]))


def _item(group: Group, text: str) -> SpokenItem:
    """One line from a name and its numbers: sizes to the name, then a price and at most one quantity."""
    lead, tail = list(group.lead), list(group.tail)
    if not lead and not tail:
        raise NotRead(fragment_of(group, [], text), UnreadableReason.NO_AMOUNT)
    if all(_LETTERED_SUM.fullmatch(word.name) for word in group.words) and group.words:
        raise NotRead(fragment_of(group, [], text))
    sizes: list[Number] = []
    if group.words:
        lead = [number for number in lead if not number.percent]
        while len(tail) > 1 and _belongs_to_name(tail, group.words):
            sizes.append(tail.pop(0))
        if len(lead) == 1 and tail and lead[0].unit is not None and lead[0].unit.per_large > 1:
            return _small_measure(group, lead[0], tail, text)
    numbers = lead + tail
    if len(numbers) == 1:
        return _single(numbers[0], _name(group, text, [size.text for size in sizes]), sizes, group, text)
    if len(numbers) != 2:
        raise _not_two(group, numbers, text)
    name = _name(group, text, [size.text for size in sizes])
    if not lead and group.words and _is_model(numbers[0], numbers[1], _is_foreign(group.words)):
        counted = _counted(name, numbers[1], numbers[0], certain=False, said_after_name=True)
        numbered = SpokenLine(_checked_name(f"{name} {numbers[0].text}"), numbers[1].tiyn())
        return SpokenItem(numbered, {Doubt.NUMBERED: counted.line})
    price, quantity, certain = _roles(numbers[0], numbers[1], bool(lead), group, text)
    if not name and quantity.unit is not None and quantity.unit.is_noun:
        name = quantity.unit_text
    said_after_name = not lead and bool(group.words)
    return _counted(name, price, quantity, certain, said_after_name)


def _is_foreign(words: Sequence[Token]) -> bool:
    """«чехол iphone 13 3500»: a Latin word ends a Cyrillic name."""
    return words[-1].name.isascii() and words[-1].name.isalpha() and any(not word.name.isascii() for word in words)


def _is_model(number: Number, price: Number, is_foreign: bool) -> bool:
    """«айфон 13 350000»: a small number after the name of something dear is more often its model than a count."""
    marked = number.times or price.times or number.factor or price.each or price.together or price.ablative
    is_dear = price.unit is None and not price.percent and price.is_large and not price.is_above_all_money
    return number.is_bare_count and not marked and is_dear and (is_foreign or price.tiyn() >= DEAR_TIYN)


def _not_two(group: Group, numbers: Sequence[Number], text: str) -> NotRead:
    """The refusal of numbers that are no price with a quantity; a number too large for money is told as such."""
    too_large = any(number.is_above_all_money for number in numbers)
    reason = UnreadableReason.AMOUNT_OUT_OF_RANGE if too_large else UnreadableReason.NOT_UNDERSTOOD
    return NotRead(fragment_of(group, numbers, text), reason)


def _belongs_to_name(tail: Sequence[Number], words: Sequence[Token]) -> bool:
    if tail[0].unit is not None and tail[0].unit.code == LITRE and FUEL.match(fold(words[0].name)):
        return False
    return _is_size(tail[0], tail[1:]) or _has_own_count(tail) or _has_number_in_name(tail)


def _is_size(number: Number, following: Sequence[Number]) -> bool:
    """A measure of volume or the like, a percent, or bare decimals: part of the name when a price comes after."""
    unlikely = number.is_money_only or number.times or number.negative or number.factor
    if unlikely or not any(is_price(other) for other in following):
        return False
    if number.percent:
        return True
    if number.unit is None:
        return number.is_pack_size()
    return number.unit.size and not (number.is_above(BOTTLE_LITRES_MAX) and _is_poured(number))


def _is_poured(number: Number) -> bool:
    """«20 л», «2 литра» apart from their number; «5л» together is a bottle."""
    return number.unit is not None and number.unit.code == LITRE and " " in number.text


def _has_number_in_name(tail: Sequence[Number]) -> bool:
    """«бензин 92 20 литров 240», «айфон 13 350000 2 шт»: of three numbers the small first one is part of the name."""
    if len(tail) != 3 or not tail[0].is_bare_count or tail[0].times or tail[0].factor:
        return False
    second, third = tail[1:]
    counts = [number for number in (second, third) if number.unit is not None]
    return len(counts) == 1 and any(is_price(number) and number.is_large for number in (second, third))


def _has_own_count(tail: Sequence[Number]) -> bool:
    """«тетрадь 48л 150 5 шт»: where price and quantity follow, even a large measure is a size."""
    if len(tail) != 3 or tail[0].unit is None or not tail[0].unit.size:
        return False
    return is_price(tail[1]) and tail[1].is_large and is_quantity(tail[2])


def _single(number: Number, name: str, sizes: Sequence[Number], group: Group, text: str) -> SpokenItem:
    """A name with one number: its price; without a mark of its own it may be a quantity grouped with a price."""
    if number.unit is not None or number.percent:
        reason = UnreadableReason.NOT_UNDERSTOOD if number.percent else UnreadableReason.NO_AMOUNT
        raise NotRead(fragment_of(group, [number], text), reason)
    item = SpokenItem(SpokenLine(name, _tiyn(number, group, text)))
    if len(sizes) == 1 and not sizes[0].percent:
        quantity = sizes[0].quantity_thousandths()
        if quantity != ONE:
            unit = sizes[0].unit.code if sizes[0].unit is not None else PIECE
            measured = SpokenLine(_name(group, text), item.line.price_tiyn, quantity, unit)
            if (number.each or number.ablative) and (unit in (KILOGRAM, SHEET) or _is_poured(sizes[0])):
                return SpokenItem(measured)
            item.otherwise[Doubt.MEASURED] = measured
    halves = number.halves() if group.words and not sizes else None
    if halves is not None:
        quantity = halves[0].quantity_thousandths()
        item.otherwise[Doubt.SPLIT] = SpokenLine(name, halves[1].tiyn(), quantity)
    return item


def _tiyn(number: Number, group: Group, text: str) -> int:
    """The price in tiyn; when it is none, the fragment shows the name with it."""
    try:
        return number.tiyn()
    except NotRead as failure:
        raise NotRead(fragment_of(group, [], text) + f" {number.text}", failure.reason) from failure


def _small_measure(group: Group, measure: Number, tail: list[Number], text: str) -> SpokenItem:
    """«300 г конфет 2500»: 2500 for this weight, or by the kilogram."""
    if len(tail) != 1:
        raise NotRead(fragment_of(group, [measure, *tail], text))
    price, quantity = _tiyn(tail[0], group, text), measure.quantity_thousandths()
    assert measure.unit is not None
    name = _name(group, text)
    whole = SpokenLine(_checked_name(f"{measure.text} {name}"), price)
    if tail[0].each:
        return SpokenItem(SpokenLine(name, price, quantity, measure.unit.code))
    return SpokenItem(whole, {Doubt.MEASURED: SpokenLine(name, price, quantity, measure.unit.code)})


def _checked_name(name: str) -> str:
    if len(name) > NAME_CHARACTERS_MAX:
        raise NotRead(name[:NAME_CHARACTERS_MAX])
    return name


def _roles(first: Number, second: Number, led: bool, group: Group, text: str) -> tuple[Number, Number, bool]:
    """Which of two numbers is the price, which the quantity, and whether the price is certainly the one of each."""
    certain = first.factor and second.factor
    for price, quantity in ((first, second), (second, first)):
        if price.each or price.together or price.ablative:
            return price, quantity, True
    if first.unit is not None or first.is_money_only or second.unit is not None or second.is_money_only:
        price_second = first.unit is not None or (second.is_money_only and second.unit is None)
        price, quantity = (second, first) if price_second else (first, second)
        if not (price_second or quantity.unit is not None or certain or quantity.is_bare_count):
            raise NotRead(fragment_of(group, [first, second], text))
        return price, quantity, certain or not price_second
    if first.factor and second.factor:
        quantity, price = sorted((first, second), key=_size_key)
        return price, quantity, True
    if led and group.tail:
        return second, first, second.times and not first.times
    if second.times:
        return first, second, True
    if first.times:
        return second, first, False
    if first.is_bare_count or (first.decimals and not first.dot_thousands and not first.is_large):
        return second, first, False
    if second.is_bare_count:
        return first, second, False
    raise _not_two(group, [first, second], text)


def _size_key(number: Number) -> int:
    """Order of two bare factors: the smaller is the quantity."""
    return number.quantity_thousandths()


def _counted(name: str, price: Number, quantity: Number, certain: bool, said_after_name: bool) -> SpokenItem:
    tiyn, count = price.tiyn(), quantity.quantity_thousandths()
    sold_by = quantity.unit or price.sold_by
    unit = sold_by.code if sold_by is not None else PIECE
    measure = f" {quantity.unit_text}" if quantity.unit is not None else ""
    counted = quantity.text if said_after_name else f"×{format_quantity(count).replace('.', ',')}{measure}"
    together = _together(name, tiyn, count, unit, counted)
    if price.together:
        return SpokenItem(together)
    line = SpokenLine(name, tiyn, count, unit)
    if certain or count == ONE:
        return SpokenItem(line)
    return SpokenItem(line, {Doubt.TOGETHER: together})


def _together(name: str, total_tiyn: int, count: int, unit: str, counted: str) -> SpokenLine:
    """A line whose sum is exactly the total: with a price of one if it has one, else the count goes into the name."""
    price = round_half_up(total_tiyn * ONE, count)
    if 1 <= price <= PRICE_TIYN_MAX and line_sum(price, count) == total_tiyn:
        return SpokenLine(name, price, count, unit)
    shortened = name[: NAME_CHARACTERS_MAX - len(counted) - 1]
    return SpokenLine(f"{shortened} {counted}" if name else "", total_tiyn)


def _settled(item: SpokenItem, stated: Number) -> SpokenItem | None:
    """The item as the number after «=» says it was meant; None when no way of reading it gives that sum."""
    tiyn = stated.tiyn()
    for line in (item.line, *item.otherwise.values()):
        if line.gross_tiyn == tiyn:
            return SpokenItem(line)
    return None
