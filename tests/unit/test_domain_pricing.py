"""The arithmetic of a ticket: everything adds up to the tiyn, every bound of the contract exactly at and one beyond."""

from __future__ import annotations

import pytest
from domain_samples import (
    BUYER_IIN,
    PAYER_2026,
    SELLER_BIN,
    accepted,
    asked,
    cash,
    goods,
    paid_in_cash,
    refusal_of,
)
from hypothesis import given, settings

from core.domain.money import line_sum
from core.domain.pricing import LINES_MAX, Pricing, price
from core.domain.ticket import (
    Adjustment,
    Customer,
    LineInput,
    Payment,
    PaymentType,
    Ticket,
    TicketInput,
)
from core.domain.units import UNITS
from core.domain.vat import NO_VAT, RATES, vat_inside
from core.errors import Refused

TOP = 999_999_999_999
Accepted = tuple[TicketInput, Pricing, Ticket]


def off(amount: int) -> Adjustment:
    return Adjustment(sum=amount)


def percent(thousandths: int) -> Adjustment:
    return Adjustment(percent=thousandths)


@settings(max_examples=300, deadline=None)
@given(accepted())
def test_an_accepted_ticket_adds_up_to_the_tiyn(one: Accepted) -> None:
    request, pricing, ticket = one
    assert sum(line.sign * line.sum for line in ticket.items) == ticket.total > 0
    assert sum(line.sign * line.own_sum for line in ticket.items) == ticket.total + ticket.discount - ticket.markup
    assert sum(line.share for line in ticket.items) == ticket.markup - ticket.discount
    for line, wanted in zip(ticket.items, request.items, strict=True):
        assert line.gross == line_sum(wanted.price, wanted.quantity)
        assert line.sum == line.gross - line.discount + line.markup + line.share
        assert 0 <= line.vat_sum <= line.sum, "a share is never beyond its line"
        assert line.vat_sum == vat_inside(line.sum, line.vat)
        assert not (line.storno and line.share)
        assert pricing.vat_payer or line.vat == NO_VAT
    assert {row.rate for row in ticket.vat} == {line.vat for line in ticket.items} - {NO_VAT}
    assert [row.rate for row in ticket.vat] == [rate for rate in RATES if rate in {row.rate for row in ticket.vat}]
    for row in ticket.vat:
        of_rate = [line for line in ticket.items if line.vat == row.rate]
        assert row.turnover == sum(line.sign * line.sum for line in of_rate)
        assert row.sum == sum(line.sign * line.vat_sum for line in of_rate)
        assert 0 <= row.sum <= row.turnover, "base and tax add up to the turnover and neither is negative"
    assert ticket.payments is not None
    assert sum(payment.sum for payment in ticket.payments) == ticket.total
    if ticket.cash:
        assert ticket.taken is not None
        assert ticket.change is not None
        assert ticket.taken - ticket.change == ticket.cash
    else:
        assert (ticket.taken, ticket.change) == (None, None)


def test_a_plain_sale() -> None:
    ticket = price(paid_in_cash(asked(goods(80_000, 2_000, "Кофе"), goods(35_000))), PAYER_2026)
    assert (ticket.total, ticket.taken, ticket.change) == (195_000, 195_000, 0)
    assert [(line.sum, line.vat_sum) for line in ticket.items] == [(160_000, 22_069), (35_000, 4_828)]
    assert [(row.rate, row.turnover, row.sum) for row in ticket.vat] == [("16", 195_000, 26_897)]


def test_a_receipts_discount_is_spread_by_the_largest_remainder() -> None:
    ticket = price(asked(*[goods(100) for _ in range(3)], discount=off(100)), PAYER_2026)
    assert [line.share for line in ticket.items] == [-34, -33, -33]
    assert [line.sum for line in ticket.items] == [66, 67, 67]
    assert (ticket.discount, ticket.total) == (100, 200)


def test_a_receipts_markup_follows_the_lines_after_their_own() -> None:
    items = (goods(300, discount=off(200)), goods(300))
    ticket = price(asked(*items, markup=percent(10_000)), PAYER_2026)
    assert [line.share for line in ticket.items] == [10, 30]
    assert (ticket.markup, ticket.total) == (40, 440)


def test_a_storno_line_takes_no_share() -> None:
    items = (goods(1_000), goods(500, storno=True), goods(1_000))
    ticket = price(asked(*items, discount=off(101)), PAYER_2026)
    assert [line.share for line in ticket.items] == [-51, 0, -50]
    assert ticket.total == 1_000 - 500 + 1_000 - 101


def test_a_lines_percents_are_of_its_gross() -> None:
    item = goods(33_300, 3_000, discount=percent(12_500), markup=percent(10_000))
    line = price(asked(item), PAYER_2026).items[0]
    assert (line.gross, line.discount, line.markup, line.sum) == (99_900, 12_488, 9_990, 97_402)


def test_a_discount_may_take_all_of_a_line_but_not_of_a_ticket() -> None:
    free = goods(100, discount=percent(100_000))
    assert price(asked(free, goods(1)), PAYER_2026).total == 1
    assert refusal_of(asked(free)) == "TOTAL_NOT_POSITIVE"
    assert refusal_of(asked(goods(100), discount=percent(100_000))) == "TOTAL_NOT_POSITIVE"
    assert price(asked(goods(100), discount=off(99)), PAYER_2026).total == 1


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (asked(), "VALIDATION"),
        (asked(*[goods(1)] * (LINES_MAX + 1)), "VALIDATION"),
        (asked(goods(100), discount=off(1), markup=off(1)), "DISCOUNT_AND_MARKUP"),
        (asked(goods(100, discount=off(1)), discount=off(1)), "DISCOUNT_SCOPES_CONFLICT"),
        (asked(goods(100, discount=off(0)), discount=off(0)), "DISCOUNT_SCOPES_CONFLICT"),
        (asked(goods(100), discount=off(101)), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100), discount=off(-1)), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100), markup=off(-1)), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100), discount=percent(-1)), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100), discount=percent(100_001)), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100), markup=percent(100_001)), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100, discount=off(101))), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100, discount=off(-1))), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100, markup=off(-1))), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100, markup=off(TOP + 1))), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100, storno=True)), "TOTAL_NOT_POSITIVE"),
        (asked(goods(100, storno=True), discount=percent(10_000)), "TOTAL_NOT_POSITIVE"),
        (asked(goods(100, storno=True), discount=off(1)), "DISCOUNT_OUT_OF_RANGE"),
        (asked(goods(100), goods(100, storno=True)), "TOTAL_NOT_POSITIVE"),
        (asked(goods(1, 499)), "TOTAL_NOT_POSITIVE"),
        (asked(goods(100, name="")), "NAME_REQUIRED"),
        (asked(goods(100, name=" \t ")), "NAME_REQUIRED"),
        (asked(goods(100, name="ә" * 129)), "VALIDATION"),
        (asked(goods(0)), "PRICE_OUT_OF_RANGE"),
        (asked(goods(-1)), "PRICE_OUT_OF_RANGE"),
        (asked(goods(10_000_000_000)), "PRICE_OUT_OF_RANGE"),
        (asked(goods(1, 0)), "QUANTITY_OUT_OF_RANGE"),
        (asked(goods(1, -1)), "QUANTITY_OUT_OF_RANGE"),
        (asked(goods(1, 999_999_999_001)), "QUANTITY_OUT_OF_RANGE"),
        (asked(goods(1, unit="6")), "UNKNOWN_UNIT"),
        (asked(goods(9_999_999_999, 101_000)), "AMOUNT_OUT_OF_RANGE"),
        (asked(goods(9_999_999_999, 100_000), goods(100)), "AMOUNT_OUT_OF_RANGE"),
        (asked(goods(9_999_999_999, 100_000), markup=off(100)), "AMOUNT_OUT_OF_RANGE"),
        (asked(goods(9_999_999_999, 100_000), goods(100), discount=off(100)), "AMOUNT_OUT_OF_RANGE"),
        (asked(goods(1), customer=Customer("987654321012")), "BAD_IIN_BIN"),
        (asked(goods(1), customer=Customer("")), "BAD_IIN_BIN"),
        (asked(goods(1), customer=Customer(SELLER_BIN)), "SAME_TAXPAYER_AND_CUSTOMER"),
    ],
)
def test_what_is_beyond_a_bound_is_refused_by_its_code(request_: TicketInput, code: str) -> None:
    assert refusal_of(request_) == code


@pytest.mark.parametrize(
    ("items", "total"),
    [
        ((goods(1),), 1),
        ((goods(1, 500),), 1),
        ((goods(9_999_999_999),), 9_999_999_999),
        ((goods(1, 999_999_999_000),), 999_999_999),
        ((goods(9_999_999_999, 100_000), goods(99)), TOP),
        ((goods(100, name="Ұ" * 128),), 100),
        ((goods(100, name=f"  {'ә' * 128}\n"),), 100),
        (tuple([goods(1)] * LINES_MAX), LINES_MAX),
        ((goods(100, discount=off(100)), goods(1)), 1),
        ((goods(100, markup=percent(100_000)),), 200),
        (tuple(goods(100, unit=unit) for unit in UNITS), 100 * len(UNITS)),
    ],
)
def test_what_is_exactly_at_a_bound_passes(items: tuple[LineInput, ...], total: int) -> None:
    assert price(asked(*items), PAYER_2026).total == total


def test_names_and_sections_are_trimmed() -> None:
    line = price(asked(goods(100, name="  Нан ", section="  ")), PAYER_2026).items[0]
    assert (line.name, line.section) == ("Нан", "1")


def test_a_customer_with_a_true_number_is_kept() -> None:
    customer = Customer(BUYER_IIN, "+77010000000", "a@b.kz")
    assert price(asked(goods(1), customer=customer), PAYER_2026).customer == customer


@pytest.mark.parametrize(
    "items",
    [
        (goods(100, section="2", storno=True), goods(500)),
        (goods(100, vat="10", storno=True), goods(500)),
        (goods(100, discount=off(50), storno=True), goods(500)),
        (goods(100, markup=off(50), storno=True), goods(500)),
        # 4 tiyn bear a tiyn of tax, four times 1 tiyn bear none: the tax would be -1
        (*[goods(1)] * 4, goods(4, storno=True), goods(500, vat="none")),
        # and the other way about the turnover would be 0 with a tax of 1, a base below zero
        (goods(4), *[goods(1, storno=True)] * 4, goods(500, vat="none")),
    ],
)
def test_a_storno_takes_back_no_more_than_a_z_holds(items: tuple[LineInput, ...]) -> None:
    assert refusal_of(asked(*items)) == "TOTAL_NOT_POSITIVE"


def test_a_storno_need_not_equal_an_earlier_line() -> None:
    ticket = price(asked(goods(500), goods(300, name="Басқа", storno=True)), PAYER_2026)
    assert (ticket.total, ticket.vat[0].sum) == (200, 69 - 41)


CARD, MOBILE = PaymentType.CARD, PaymentType.MOBILE


@pytest.mark.parametrize(
    ("payments", "taken", "code"),
    [
        ((), None, "PAYMENTS_TOTAL_MISMATCH"),
        (cash(99), None, "PAYMENTS_TOTAL_MISMATCH"),
        (cash(101), None, "PAYMENTS_TOTAL_MISMATCH"),
        ((*cash(100), Payment(CARD, 0)), None, "PAYMENTS_TOTAL_MISMATCH"),
        ((*cash(101), Payment(CARD, -1)), None, "PAYMENTS_TOTAL_MISMATCH"),
        ((*cash(50), *cash(50)), None, "VALIDATION"),
        ((Payment(CARD, 100),), 100, "VALIDATION"),
        ((Payment(CARD, 100),), 0, "VALIDATION"),
        (cash(100), 99, "TAKEN_LESS_THAN_CASH"),
        (cash(100), 0, "TAKEN_LESS_THAN_CASH"),
        (cash(100), TOP + 1, "AMOUNT_OUT_OF_RANGE"),
    ],
)
def test_payments_that_do_not_fit_are_refused(
    payments: tuple[Payment, ...], taken: int | None, code: str
) -> None:
    assert refusal_of(asked(goods(100), payments=payments, taken=taken)) == code


def test_change_comes_from_cash_alone() -> None:
    payments = (Payment(CARD, 60), *cash(30), Payment(MOBILE, 10))
    ticket = price(asked(goods(100), payments=payments, taken=500), PAYER_2026)
    assert (ticket.cash, ticket.taken, ticket.change) == (30, 500, 470)
    assert price(asked(goods(100), payments=cash(100), taken=TOP), PAYER_2026).change == TOP - 100
    no_cash = price(asked(goods(100), payments=(Payment(CARD, 100),)), PAYER_2026)
    assert (no_cash.cash, no_cash.taken, no_cash.change) == (0, None, None)


def test_a_payment_of_nothing_is_told_apart_from_a_sum_that_does_not_fit() -> None:
    with pytest.raises(Refused) as nothing:
        price(asked(goods(100), payments=(*cash(100), Payment(CARD, 0))), PAYER_2026)
    with pytest.raises(Refused) as short:
        price(asked(goods(100), payments=cash(99)), PAYER_2026)
    assert nothing.value.params == {"paid": 100, "total": 100, "reason": "not_positive"}
    assert short.value.params == {"paid": 99, "total": 100}


@pytest.mark.parametrize("taken", [-1, TOP + 1])
def test_a_quote_without_payments_takes_no_impossible_cash(taken: int) -> None:
    assert refusal_of(asked(goods(100), taken=taken)) == "AMOUNT_OUT_OF_RANGE"
    assert price(asked(goods(100), taken=TOP), PAYER_2026).taken == TOP


def test_a_name_that_is_too_long_is_named_by_its_place() -> None:
    with pytest.raises(Refused) as refused:
        price(asked(goods(1), goods(1, name="ә" * 129)), PAYER_2026)
    assert refused.value.params == {"field": "items[1].name", "reason": "length", "limit": 128}


def test_a_quote_needs_no_payments() -> None:
    quote = price(asked(goods(100), taken=500), PAYER_2026)
    assert (quote.payments, quote.taken, quote.change, quote.cash) == (None, 500, None, 0)
