"""Wild tickets against a second pricing in fractions: the same figures, or a refusal that is true."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from domain_samples import PAYER_2026
from hypothesis import event, given, settings
from hypothesis import strategies as st
from naive_pricing import NaiveTicket, half_up, naive_price, naive_total

from core.domain.money import percent_of, round_half_up, spread
from core.domain.pricing import price
from core.domain.ticket import Adjustment, Kind, LineInput, Payment, PaymentType, Ticket, TicketInput
from core.errors import Refused

TOP = 999_999_999_999
edges = st.sampled_from([-1, 0, 1, 2, 49, 50, 51, 99, 100, 9_999_999_999, 10_000_000_000])
adjustments = st.one_of(
    st.builds(Adjustment, sum=st.one_of(st.integers(-1, 200), st.sampled_from([TOP, TOP + 1]))),
    st.builds(Adjustment, percent=st.one_of(st.integers(0, 100_000), st.sampled_from([-1, 1, 33_333, 100_001]))),
)
seldom = st.one_of(st.none(), st.none(), st.none(), adjustments)
names = st.sampled_from(["Нан", "Шай", "Сүт", "  Құрт ", "ә" * 128, "ә" * 129, " ", "☕"])
rates = st.sampled_from([None, None, None, "16", "10", "5", "0", "none", "12", "13"])
wild_lines = st.builds(
    LineInput,
    name=st.one_of(st.just("Нан"), st.just("Нан"), names),
    price=st.one_of(st.integers(1, 300), st.integers(1, 100_000), edges),
    quantity=st.one_of(st.just(1000), st.integers(0, 4000), st.sampled_from([999_999_999_000, 999_999_999_001])),
    unit=st.sampled_from(["796", "796", "796", "006", "6"]),
    section=st.sampled_from(["1", "1", "2"]),
    vat=rates,
    discount=seldom,
    markup=seldom,
    storno=st.sampled_from([False, False, False, True]),
)
tame_lines = st.builds(
    LineInput,
    name=st.just("Нан"),
    price=st.one_of(st.integers(1, 12), st.integers(1, 300), st.integers(1, 100_000)),
    quantity=st.one_of(st.just(1000), st.integers(1, 4000)),
    vat=st.sampled_from([None, "16", "10", "5", "0", "none"]),
    markup=st.one_of(st.none(), st.builds(Adjustment, percent=st.integers(0, 100_000))),
    storno=st.sampled_from([False, False, False, False, True]),
)


@st.composite
def requests(draw_one: st.DrawFn, of_lines: st.SearchStrategy[LineInput]) -> tuple[TicketInput, bool]:
    """A ticket whose payments fit more often than not, and whether its seller pays VAT."""
    payer = draw_one(st.sampled_from([True, True, True, False]))
    request = TicketInput(
        kind=draw_one(st.sampled_from([Kind.SELL, Kind.BUY])),
        items=tuple(draw_one(st.lists(of_lines, min_size=1, max_size=6))),
        discount=draw_one(seldom),
        markup=draw_one(seldom),
    )
    total = naive_total(request, "16" if payer else "none")
    cash = draw_one(st.one_of(st.just(0), st.just(total), st.integers(min(0, total), max(0, total))))
    parts = [(PaymentType.CASH, cash), (draw_one(st.sampled_from(list(PaymentType))), total - cash)]
    payments = tuple(Payment(kind, amount) for kind, amount in parts if amount)
    off = draw_one(st.sampled_from([0, 0, 0, 0, 1, -1]))
    if off and payments:
        payments = (replace(payments[0], sum=payments[0].sum + off), *payments[1:])
    over = draw_one(st.sampled_from([None, None, 0, 1, 500, -1, TOP]))
    taken = None if over is None else cash + over
    return replace(request, payments=payments, taken=taken), payer


def agrees(request: TicketInput, *, payer: bool) -> None:
    """Both ways of pricing say the same of this ticket."""
    default = "16" if payer else "none"
    expected = naive_price(request, payer=payer, default=default)
    try:
        ticket = price(request, replace(PAYER_2026, vat_payer=payer, vat_default=default))
    except Refused as refused:
        event(refused.code)
        assert isinstance(expected, set), f"{refused.code}, but nothing is wrong with it"
        assert refused.code in expected
        return
    event("sold")
    assert isinstance(expected, NaiveTicket), f"sold in spite of {expected}"
    same_figures(ticket, expected)


def same_figures(ticket: Ticket, expected: NaiveTicket) -> None:
    assert [
        (line.gross, line.discount, line.markup, line.share, line.sum, line.vat, line.vat_sum) for line in ticket.items
    ] == [(one.gross, one.discount, one.markup, one.share, one.sum, one.rate, one.tax) for one in expected.lines]
    assert (ticket.total, ticket.discount, ticket.markup) == (expected.total, expected.discount, expected.markup)
    assert {row.rate: (row.turnover, row.sum) for row in ticket.vat} == expected.taxes
    assert (ticket.taken, ticket.change) == (expected.taken, expected.change)


@settings(max_examples=600, deadline=None)
@given(requests(tame_lines))
def test_what_a_shop_sells_is_priced_alike_by_both(one: tuple[TicketInput, bool]) -> None:
    request, payer = one
    agrees(request, payer=payer)


@settings(max_examples=600, deadline=None)
@given(requests(wild_lines))
def test_what_nobody_sells_is_refused_by_a_code_that_is_true(one: tuple[TicketInput, bool]) -> None:
    request, payer = one
    agrees(request, payer=payer)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_a_half_goes_up_and_nothing_else_moves(numerator: int, denominator: int) -> None:
    assert round_half_up(numerator, denominator) == half_up(Fraction(numerator, denominator))


@given(st.integers(0, TOP), st.integers(0, 100_000))
def test_a_percent_has_three_decimals_and_is_rounded_once(amount: int, percent: int) -> None:
    assert percent_of(amount, percent) == half_up(Fraction(amount) * Fraction(percent, 1000) / 100)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8), st.data())
def test_a_share_is_its_exact_part_to_within_a_tiyn(weights: list[int], data: st.DataObject) -> None:
    whole = sum(weights)
    amount = data.draw(st.integers(0, whole))
    shares = spread(amount, tuple(weights))
    assert sum(shares) == amount
    exact = [Fraction(amount * weight, whole) if whole else Fraction(0) for weight in weights]
    for share, part, weight in zip(shares, exact, weights, strict=True):
        assert abs(share - part) < 1
        assert share <= weight, "nothing is taken from a line that has nothing"
    rounded_up = [part - part.__floor__() for share, part in zip(shares, exact, strict=True) if share > part]
    rounded_down = [part - part.__floor__() for share, part in zip(shares, exact, strict=True) if share < part]
    assert not rounded_up or not rounded_down or min(rounded_up) >= max(rounded_down), "the largest remainder first"


@given(st.integers(1, 500), st.integers(2, 8), st.data())
def test_equal_lines_share_with_the_earlier_first(weight: int, count: int, data: st.DataObject) -> None:
    shares = spread(data.draw(st.integers(0, weight * count)), (weight,) * count)
    assert list(shares) == sorted(shares, reverse=True)
    assert max(shares) - min(shares) <= 1
