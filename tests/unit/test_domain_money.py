"""Integers for money: the one rounding, the spreading that adds up, decimals read and written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.money import (
    format_money,
    format_quantity,
    line_sum,
    parse_decimal,
    percent_of,
    round_half_up,
    spread,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (-1, 2, -1), (49, 100, 0), (50, 100, 1), (3, 2, 2), (-3, 2, -2), (0, 7, 0), (-149, 100, -1)],
)
def test_halves_go_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_half_up(numerator, denominator) == rounded


@given(st.integers(-(10**24), 10**24), st.integers(1, 10**6))
def test_rounding_is_never_off_by_more_than_a_half(numerator: int, denominator: int) -> None:
    off = abs(round_half_up(numerator, denominator) - Fraction(numerator, denominator))
    assert off <= Fraction(1, 2)


def test_a_line_is_rounded_once() -> None:
    assert line_sum(34_950, 2_000) == 69_900
    assert line_sum(333, 1_500) == 500  # 499.5
    assert line_sum(1, 499) == 0
    assert line_sum(1, 500) == 1
    assert line_sum(9_999_999_999, 999_999_999_000) == 9_999_999_999 * 999_999_999


def test_percents_are_thousandths() -> None:
    assert percent_of(10_000, 16_000) == 1_600
    assert percent_of(333, 33_333) == 111  # 110.99889
    assert percent_of(1, 50_000) == 1
    assert percent_of(12_345, 100_000) == 12_345


def test_equal_remainders_go_to_the_earlier_place() -> None:
    assert spread(100, (1, 1, 1)) == (34, 33, 33)
    assert spread(2, (1, 1, 1)) == (1, 1, 0)
    assert spread(1, (3, 3)) == (1, 0)


def test_the_largest_remainder_comes_first() -> None:
    assert spread(10, (1, 2, 4)) == (1, 3, 6)  # 1.43, 2.86, 5.71
    assert spread(7, (0, 5, 0, 5)) == (0, 4, 0, 3)


def test_nothing_is_spread_over_nothing() -> None:
    assert spread(0, (0, 0)) == (0, 0)
    assert spread(0, (5, 7)) == (0, 0)
    with pytest.raises(AssertionError):
        spread(1, (0, 0))
    with pytest.raises(AssertionError):
        spread(1, (2, -1))


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=20), st.data())
def test_shares_add_up_and_none_is_beyond_its_weight(weights: list[int], data: st.DataObject) -> None:
    whole = sum(weights)
    amount = data.draw(st.integers(0, whole))
    shares = spread(amount, tuple(weights))
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share <= weight
        assert whole == 0 or abs(share - Fraction(amount * weight, whole)) < 1


@given(st.lists(st.integers(1, 1_000), min_size=2, max_size=8), st.integers(0, 5_000))
def test_who_gets_a_tiyn_more_has_the_larger_or_the_earlier_remainder(weights: list[int], amount: int) -> None:
    whole = sum(weights)
    shares = spread(amount, tuple(weights))
    remainders = [amount * weight % whole for weight in weights]
    more = [share - amount * weight // whole for share, weight in zip(shares, weights, strict=True)]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    assert [more[place] for place in order] == sorted(more, reverse=True)


@pytest.mark.parametrize(
    ("text", "places", "value"),
    [
        ("1950", 2, 195_000),
        ("1950.00", 2, 195_000),
        ("0.01", 2, 1),
        ("-1.5", 2, -150),
        ("1.500", 3, 1_500),
        ("999999999999999", 0, 999_999_999_999_999),
        ("1.001", 2, None),
        ("1.000", 2, None),
        ("1.", 2, None),
        (".5", 2, None),
        ("", 2, None),
        ("1e3", 2, None),
        ("+1", 2, None),
        ("1,5", 2, None),
        (" 1", 2, None),
        ("1\n", 2, None),
        ("١٢", 2, None),
        ("9999999999999999", 2, None),
    ],
)
def test_decimals(text: str, places: int, value: int | None) -> None:
    assert parse_decimal(text, places) == value


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_money_is_written_as_it_is_read(amount: int) -> None:
    assert parse_decimal(format_money(amount), 2) == amount


@given(st.integers(0, 10**15 - 1))
def test_quantity_is_written_as_it_is_read_without_needless_zeros(quantity: int) -> None:
    text = format_quantity(quantity)
    assert parse_decimal(text, 3) == quantity
    assert "." not in text or not text.endswith("0")


def test_money_always_has_two_decimals() -> None:
    assert [format_money(one) for one in (0, 5, -5, 195_000, -100)] == ["0.00", "0.05", "-0.05", "1950.00", "-1.00"]
    assert [format_quantity(one) for one in (1_000, 1_500, 1, 10, 0)] == ["1", "1.5", "0.001", "0.01", "0"]
