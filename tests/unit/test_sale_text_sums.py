"""A sum alone, as people say it, and the words of the drawer beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phrases import Phrase, Wish, phrase, sum_of
from core.domain.sale_text import sum_said


@pytest.mark.parametrize(
    ("text", "tiyn"),
    [
        ("5к", 500_000),
        ("5т", 500_000),
        ("800т", 80_000),
        ("2,5 тыс", 250_000),
        ("пять тысяч", 500_000),
        ("полторы тысячи", 150_000),
        ("две с половиной тысячи", 250_000),
        ("бес мың", 500_000),
        ("екі жарым мың теңге", 250_000),
        ("bes myn", 500_000),
        ("2 500 тг", 250_000),
        ("₸2500", 250_000),
        ("2500,50", 250_050),
        ("косарь", 100_000),
    ],
)
def test_sum_is_understood_as_said(text: str, tiyn: int) -> None:
    assert sum_said(text) == tiyn
    assert sum_of(text) == tiyn


@pytest.mark.parametrize(
    "text", ["", "кофе", "кофе 800", "800 450 300", "10%", "2 кг", "-5", "0", "0,001", "1e5", "9" * 5_000, "100000000"]
)
def test_anything_else_is_no_sum(text: str) -> None:
    assert sum_said(text) is None
    assert sum_of(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("бес мың салу", Phrase(Wish.DEPOSIT, 500_000)),
        ("внести пять тысяч", Phrase(Wish.DEPOSIT, 500_000)),
        ("5к внести", Phrase(Wish.DEPOSIT, 500_000)),
        ("кассадан екі мың алу", Phrase(Wish.WITHDRAWAL, 200_000)),
        ("снять 2,5 тыс", Phrase(Wish.WITHDRAWAL, 250_000)),
        ("внести кофе", Phrase(Wish.DEPOSIT, is_wrong=True)),
    ],
)
def test_drawer_takes_a_spoken_sum(text: str, expected: Phrase) -> None:
    assert phrase(text) == expected


@pytest.mark.parametrize("text", ["шаш алу", "кофе 800 снять", "мерки снять"])
def test_goods_before_a_word_of_the_drawer_are_no_sum(text: str) -> None:
    assert phrase(text) is None


@given(st.integers(1, 99_999_999))
def test_whole_sum_with_any_money_word_is_itself(tenge: int) -> None:
    for text in (f"{tenge}", f"{tenge} тг", f"{tenge}₸", f"{tenge:,}".replace(",", " ")):
        assert sum_said(text) == tenge * 100
