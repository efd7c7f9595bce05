"""What nobody means to write: huge, nested and mixed messages. The reader answers in bounded steps and adds up."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.sale_text import Catalogue, Reading, Unreadable, complete, read_sale
from core.domain.sale_text.spoken import TEXT_CHARACTERS_MAX, adjusted
from core.domain.sale_text.vocabulary import PAYMENT_BY_WORD, PHRASES, ROLE_BY_WORD, UNIT_BY_WORD

STEPS_PER_CHARACTER_MAX = 800
"""Lines of Python run per character of a message; the dearest honest message takes about a third of it."""


def steps_of(act: Callable[[], object]) -> int:
    """How many lines of Python an act runs: a count, so it is the same on every machine."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return steps


UNITS = {
    "one word": "а",
    "spaces": " 1",
    "words": "кофе ",
    "words of one letter": "к ",
    "near marks": "налчные ",
    "near marks after prices": "к 800 налчны\n",
    "number words": "екі жүз елу ",
    "digits": "9",
    "grouped digits": "999 ",
    "dotted digits": "9.",
    "fractions": "1,5 ",
    "dimensions": "1х",
    "dates": "10.05.26 ",
    "mails": "a@b.c",
    "almost a mail": "a.",
    "telephones": "87011234567 ",
    "almost telephones": "+7 (7",
    "signs": "+-*=/",
    "quotes": '"',
    "open quotes": "«а",
    "brackets": "(1",
    "slashes": "а1/",
    "payments": "нал ",
    "payments with sums": "5 нал ",
    "cash handed over": "к с 5 ",
    "rests": "остальное 5 ",
    "banks": "халык ",
    "totals": "за всё ",
    "courtesy": "дай ещё чек ",
    "discounts": "скидка 5% ",
    "lines": "а 1\n",
    "goods without ends": "кофе 800 2 нан 350 ",
    "models": "айфон 14 чехол ",
    "glued": "кофе800 ",
    "markup": "<b>",
    "right to left": "\u202eкофе\u202c 8 ",
    "emoji": "☕💳🍞 ",
    "combining": "е\u0301\u0308",
}
"""What each hostile message is made of, repeated until it is as long as a message may be."""


def message(shape: str, share: int = 1) -> str:
    unit = UNITS[shape]
    return unit * (TEXT_CHARACTERS_MAX // len(unit) // share)


@pytest.mark.parametrize("shape", sorted(UNITS))
def test_longest_message_of_any_shape_takes_bounded_steps_and_not_their_square(shape: str) -> None:
    half, quarter = message(shape, 2), message(shape, 4)
    steps_of_half, steps_of_quarter = (steps_of(lambda said=said: read_sale(said)) for said in (half, quarter))
    assert steps_of_half < STEPS_PER_CHARACTER_MAX * len(half)
    assert steps_of_half <= 2.3 * steps_of_quarter + 5_000
    check(read_sale(message(shape)))


def test_steps_of_a_message_do_not_grow_with_the_square_of_the_catalogue() -> None:
    letters = random.Random(7)
    names = ["".join(letters.choices("абвгдеклмнопрст", k=9)) for _ in range(2_000)]
    small, large = (Catalogue(dict.fromkeys(names[:count], 100)) for count in (200, 2_000))
    text = "\n".join(f"{name}я" for name in names[:200])
    assert steps_of(lambda: read_sale(text, known=large)) <= 11 * steps_of(lambda: read_sale(text, known=small))
    assert complete(names[1_999], dict.fromkeys(names, 100))[0].is_same


def test_three_hundred_emoji_between_goods_are_decoration() -> None:
    answer = read_sale("🍕" * 150 + "кофе 800" + "👨‍👩‍👧" * 150)
    assert isinstance(answer, Reading)
    assert [(line.name, line.price_tiyn) for line in answer.lines] == [("кофе", 80_000)]


WORDS = st.sampled_from(
    [*sorted(PAYMENT_BY_WORD), *sorted(ROLE_BY_WORD), *sorted(UNIT_BY_WORD)]
    + [" ".join(phrase) for phrase in sorted(PHRASES)]
    + ["кофе", "нан", "kofe", "налчные", "800", "2", "350", "1 500", "800 500", "0,5", "10%", "-100", "+5%", "x", "2х"]
    * 8
    + ["айфон", "15", "кофе-800", "4х40", "№4", "42 размер", "полтора", "жарым", "екі", "жүзден", "пол"] * 4
    + ["/", "=", ",", "\n", "@", "на", "за всё"] * 4
    + ["880101300123", "+77011234567", "a@b.kz", "10.05.2026", "14:30", "💳", "<b>", "\u202e", "«", "(", ")", "возврат"]
)


@settings(max_examples=800, deadline=None)
@given(st.lists(WORDS, max_size=16), st.sampled_from([" ", "", ", ", "\n"]))
def test_whatever_is_read_adds_up_and_every_reading_differs(pieces: list[str], between: str) -> None:
    check(read_sale(between.join(pieces)))


def check(answer: Reading | Unreadable) -> None:
    """The total is the sum of the lines that are shown, in every reading; no two readings are the same."""
    if isinstance(answer, Unreadable):
        return
    readings = (answer, *answer.alternatives)
    assert len({(one.lines, one.payments, one.taken_tiyn, adjustments(one)) for one in readings}) == len(readings)
    for reading in readings:
        assert reading.lines
        assert reading.total_tiyn == adjusted(sum(line.sum_tiyn for line in reading.lines), reading)
        for line in reading.lines:
            assert line.sum_tiyn == adjusted(line.gross_tiyn, line)
            assert line.price_tiyn >= 1 and line.quantity_thousandths >= 1
        kinds = [payment.kind for payment in reading.payments or ()]
        assert len(kinds) == len(set(kinds))


def adjustments(reading: Reading) -> tuple[int | None, ...]:
    return (
        reading.discount_tiyn,
        reading.discount_percent_thousandths,
        reading.markup_tiyn,
        reading.markup_percent_thousandths,
    )


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["кофе", "шай", "Плов"]), st.integers(100, 19_000)), min_size=1, max_size=5),
    st.sampled_from([", ", "\n", "; ", " и ", " "]),
    st.sampled_from(["итого {}", "барлығы {}", "= {}", "всего {} тг", "сумма {}"]),
    st.integers(-3, 3),
)
def test_stated_total_is_agreed_with_or_asked_about(
    goods: list[tuple[str, int]], between: str, words: str, off: int
) -> None:
    total = sum(price for _, price in goods)
    text = between.join(f"{name} {price}" for name, price in goods)
    answer = read_sale(f"{text} {words.format(total + off)}")
    if off == 0:
        assert isinstance(answer, Reading), text
    if isinstance(answer, Reading):
        assert answer.total_tiyn == (total + off) * 100
