"""A run of words and numbers cut into names with the numbers that belong to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from core.domain.sale_text.numbers import NotRead, Number
from core.domain.sale_text.spoken import UnreadableReason
from core.domain.sale_text.tokens import Token, TokenKind


def goods_of(run: Sequence[Token], text: str) -> tuple[list[Group], Number | None]:
    """The names with their numbers, and the number after «=» (or a product written without it) if there is one."""
    groups, stated = _groups(run, text)
    stated = _product(groups[-1], stated)
    if stated is not None and len(groups) == 1 and groups[0].lacks_price:
        return groups, stated
    return _handed_on(groups, text), stated


@dataclass(slots=True)
class Group:
    """A name with the numbers before and after it."""

    lead: list[Number] = field(default_factory=list)
    words: list[Token] = field(default_factory=list)
    tail: list[Number] = field(default_factory=list)

    @property
    def lacks_price(self) -> bool:
        """«шай 3 шт», «3 нан»: only a quantity was said."""
        return len(self.lead + self.tail) == 1 and is_quantity((self.lead + self.tail)[0])


def _groups(run: Sequence[Token], text: str) -> tuple[list[Group], Number | None]:
    """Names with the numbers after them; numbers before the first name stand in its lead."""
    groups = [Group()]
    for at, token in enumerate(run):
        current = groups[-1]
        numbers = current.tail if current.words else current.lead
        after_times = at > 0 and run[at - 1].kind is TokenKind.TIMES
        times_after_number = after_times and at > 1 and run[at - 2].number is not None
        last = run[at + 1].number if at + 2 == len(run) else None
        if token.kind is TokenKind.EQUALS and current.words and current.lead and not numbers and last is not None:
            current.tail.append(replace(last, together=True))
            return groups, None
        if token.kind is TokenKind.EQUALS and numbers:
            if at + 2 != len(run) or run[at + 1].number is None:
                raise NotRead(text[token.start : run[-1].end])
            return groups, run[at + 1].number
        if token.number is not None:
            if times_after_number:
                numbers[-1] = replace(numbers[-1], factor=True)
            times = after_times and not times_after_number
            numbers.append(replace(token.number, times=times, factor=times_after_number))
        elif token.kind is TokenKind.WORD:
            if times_after_number:
                numbers[-1] = replace(numbers[-1], times=True)
            if current.tail:
                groups.append(Group())
            groups[-1].words.append(token)
    return groups, None


def _product(last: Group, stated: Number | None) -> Number | None:
    """«батон 180х3 540»: a third number that is the product says the sum, as after «=»."""
    numbers = last.tail if last.words else last.lead
    if stated is not None or len(numbers) != 3 or not (numbers[0].factor and numbers[1].factor):
        return stated
    first, second, third = numbers
    if any(number.decimals or len(number.digits) > 9 for number in numbers):
        return None
    if not third.is_whole(int(first.digits) * int(second.digits)):
        return None
    return numbers.pop()


def _handed_on(groups: list[Group], text: str) -> list[Group]:
    """Gives the quantity that was said after a price to the goods that follow; prices said first go to their names."""
    last = groups[-1]
    if last.words and not last.tail and all(is_quantity(number) for number in last.lead):
        _unglue(last)
    if last.words and not last.tail and (len(groups) > 1 or last.lead):
        return _price_first(groups, text)
    counts_follow = _counts_follow(groups)
    for group, following in pairwise(groups):
        kept = len(group.tail) if counts_follow else _kept(group.tail, is_counted=bool(group.lead))
        following.lead = group.tail[kept:]
        group.tail = group.tail[:kept]
    return groups


def _counts_follow(groups: Sequence[Group]) -> bool:
    """«донер 1500 2 дана кола 500 2 дана»: every name has its price and its quantity after it, the last one too."""
    if groups[0].lead or len(groups) < 2:
        return False
    return all(
        1 <= len(group.tail) <= 2 and group.tail[0].is_large and (len(group.tail) == 1 or is_quantity(group.tail[1]))
        for group in groups
    ) and len(groups[-1].tail) == 2


def _kept(tail: list[Number], is_counted: bool) -> int:
    """How many numbers of a group belong to the name before it; the rest leads the next name."""
    if is_counted and len(tail) == 2 and is_price(tail[0]) and tail[0].is_large and is_quantity(tail[1]):
        return 1
    if len(tail) > 2 and (tail[-1].each or tail[-2].each) and is_price(tail[0]):
        return len(tail) - 2
    if len(tail) < 2 or not is_quantity(tail[-1]):
        return len(tail)
    before, earlier = tail[-2], tail[:-1]
    has_price = any(is_price(number) for number in earlier)
    two_counts = before.is_bare_count and tail[-1].unit is None and not tail[-1].times
    if not has_price or before.each or tail[-1].factor or (two_counts and len(tail) == 2):
        return len(tail)
    return len(tail) - 1


def is_price(number: Number) -> bool:
    return number.unit is None and not number.percent


def is_quantity(number: Number) -> bool:
    return not number.is_money_only and not number.percent and (number.unit is not None or number.is_bare_count)


def _price_first(groups: list[Group], text: str) -> list[Group]:
    """«800 кофе», «800 кофе 350 нан»: the run ends with a name, so every price stands before its name."""
    shifted: list[Group] = []
    numbers = groups[0].lead
    if not numbers:
        raise NotRead(fragment_of(groups[-1], [], text))
    for group in groups:
        has_price = len(numbers) > 1 or any(number.is_large for number in numbers)
        if not has_price or not group.words:
            reason = UnreadableReason.NOT_UNDERSTOOD if len(groups) > 1 else UnreadableReason.NO_AMOUNT
            raise NotRead(fragment_of(group, numbers, text), reason)
        shifted.append(Group(words=group.words, tail=numbers))
        numbers = group.tail
    return shifted


def fragment_of(group: Group, numbers: Sequence[Number], text: str) -> str:
    words = text[group.words[0].start : group.words[-1].end] if group.words else ""
    return " ".join([*(number.text for number in numbers), words]).strip()


def _unglue(group: Group) -> None:
    """«2 кофе-800», «кофе800»: only where nothing else can be the price, and after a word of three letters or more."""
    last = group.words[-1]
    word, digits = _glued(last)
    if digits:
        group.words[-1] = replace(last, name=word, end=last.start + len(word))
        group.tail.append(Number(digits, digits))


def _glued(token: Token) -> tuple[str, str]:
    """The letters and the digits of a word like «кофе-800»; no digits if it is none."""
    letters = token.name.rstrip("0123456789")
    digits, word = token.name[len(letters) :], letters.rstrip("-")
    is_glued = not token.whole and len(word) >= 3 and word.isalpha()
    return (word, digits) if is_glued else (token.name, "")
