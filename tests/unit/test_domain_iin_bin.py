"""The check digit of an IIN or BIN, by the table of the domain facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.iin_bin import is_iin_bin, with_check_digit


@pytest.mark.parametrize("number", ["131240010479", "181040037076", "900515301214", "900515300908"])
def test_real_and_made_up_numbers_hold(number: str) -> None:
    assert is_iin_bin(number)
    assert with_check_digit(number[:11]) == number


@pytest.mark.parametrize(
    "number",
    [
        *("920102300400", "987654321012", "", "13124001047", "1312400104790"),
        *("13124001047 ", "13124001047x", "١٣١٢٤٠٠١٠٤٧٩", "13124001047²"),
    ],
)
def test_others_do_not(number: str) -> None:
    assert not is_iin_bin(number)


def test_some_numbers_cannot_exist() -> None:
    assert with_check_digit("90051530091") is None
    assert not any(is_iin_bin(f"90051530091{last}") for last in range(10))


@given(st.from_regex(r"\A[0-9]{11}\Z"))
def test_at_most_one_digit_fits(eleven: str) -> None:
    fitting = [f"{eleven}{last}" for last in range(10) if is_iin_bin(f"{eleven}{last}")]
    assert len(fitting) <= 1
    assert with_check_digit(eleven) == (fitting[0] if fitting else None)
