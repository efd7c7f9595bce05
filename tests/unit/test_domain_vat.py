"""VAT: worked numbers of real receipts, and rates that hold only on their dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from domain_samples import ELSEWHERE, NOON, PAYER_2026, asked, context, goods, refusal_of
from hypothesis import given
from hypothesis import strategies as st

from core.clock import ALMATY
from core.domain.decide import priced
from core.domain.pricing import price
from core.domain.ticket import Kind
from core.domain.vat import RATES, default_on, is_allowed, percent_thousandths, vat_inside

LAST_OF_2025, FIRST_OF_2026 = date(2025, 12, 31), date(2026, 1, 1)
LAST_OF_2026, FIRST_OF_2027 = date(2026, 12, 31), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("amount", "rate", "tax"),
    [
        (336_000, "12", 36_000),
        (350_000, "12", 37_500),
        (93_500, "12", 10_018),
        (100_000, "16", 13_793),
        (14_999_000, "16", 2_068_828),
        (150_000, "16", 20_690),
        (69_900, "16", 9_641),
        (10_500, "5", 500),
        (11_000, "10", 1_000),
        (100_000, "0", 0),
        (100_000, "none", 0),
        (3, "16", 0),
        (4, "16", 1),
    ],
)
def test_the_tax_inside_a_price(amount: int, rate: str, tax: int) -> None:
    assert vat_inside(amount, rate) == tax


@given(st.integers(0, 10**12), st.sampled_from(RATES))
def test_the_tax_is_never_more_than_the_price(amount: int, rate: str) -> None:
    assert 0 <= vat_inside(amount, rate) <= amount


def test_rates_hold_on_their_dates() -> None:
    days = (LAST_OF_2025, FIRST_OF_2026, LAST_OF_2026, FIRST_OF_2027)
    table = {rate: tuple(is_allowed(rate, day) for day in days) for rate in RATES}
    assert table == {
        "16": (False, True, True, True),
        "12": (True, False, False, False),
        "10": (False, True, True, True),
        "5": (False, True, True, False),
        "0": (True, True, True, True),
        "none": (True, True, True, True),
    }
    assert not is_allowed("7", FIRST_OF_2026)


def test_a_default_follows_the_date() -> None:
    assert default_on("16", LAST_OF_2025) == "12"
    assert default_on("16", FIRST_OF_2026) == "16"
    assert default_on("12", LAST_OF_2025) == "12"
    assert default_on("12", FIRST_OF_2026) == "16", "a register that was set up in 2025 goes on at the base rate"
    assert default_on("5", LAST_OF_2026) == "5"
    assert default_on("5", FIRST_OF_2027) == "10"
    assert default_on("5", LAST_OF_2025) == "5", "nothing stands for it there; where it is used it is refused"
    assert default_on("none", LAST_OF_2025) == "none"
    assert default_on("10", LAST_OF_2025) == "10"


def test_percents_on_the_wire_are_thousandths() -> None:
    assert [percent_thousandths(rate) for rate in ("16", "5", "0")] == [16_000, 5_000, 0]


@pytest.mark.parametrize(
    ("rate", "day", "code"),
    [
        ("12", FIRST_OF_2026, "VAT_NOT_ALLOWED"),
        ("16", LAST_OF_2025, "VAT_NOT_ALLOWED"),
        ("5", FIRST_OF_2027, "VAT_NOT_ALLOWED"),
        ("18", FIRST_OF_2026, "UNKNOWN_VAT"),
        ("", FIRST_OF_2026, "UNKNOWN_VAT"),
        ("none ", FIRST_OF_2026, "UNKNOWN_VAT"),
    ],
)
def test_a_rate_out_of_its_time_is_refused(rate: str, day: date, code: str) -> None:
    assert refusal_of(asked(goods(100, vat=rate)), replace(PAYER_2026, rate_day=day)) == code


@pytest.mark.parametrize("rate", ["16", "12", "10", "5", "0"])
def test_who_pays_no_vat_names_no_rate(rate: str) -> None:
    pricing = replace(PAYER_2026, vat_payer=False, vat_default="none")
    assert refusal_of(asked(goods(100, vat=rate)), pricing) == "VAT_NOT_ALLOWED"
    ticket = price(asked(goods(100), goods(100, vat="none")), pricing)
    assert ticket.vat == ()
    assert [line.vat_sum for line in ticket.items] == [0, 0]


def test_a_return_has_the_rate_of_its_basiss_day() -> None:
    request = asked(goods(93_500), kind=Kind.SELL_RETURN)
    at_the_end = replace(ELSEWHERE, made_at=datetime(2025, 12, 31, 23, 59, 59, tzinfo=ALMATY))
    old = priced(replace(request, parent=at_the_end), context(), NOON)
    assert (old.items[0].vat, old.items[0].vat_sum) == ("12", 10_018)
    after = replace(ELSEWHERE, made_at=datetime(2026, 1, 1, tzinfo=ALMATY))
    assert priced(replace(request, parent=after), context(), NOON).items[0].vat == "16"


def test_medicine_goes_on_selling_in_2027() -> None:
    day = datetime(2027, 1, 1, tzinfo=ALMATY)
    ticket = priced(asked(goods(11_000)), context(day, vat_default="5"), day)
    assert (ticket.items[0].vat, ticket.items[0].vat_sum) == ("10", 1_000)
