"""A receipt returned piece by piece, in any pieces: the pieces add up to the receipt, to the tiyn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import example, given
from hypothesis import strategies as st

from core.clock import ALMATY
from core.domain.left_to_return import left_of, paid_back, returned_lines, stepped
from core.domain.pricing import Pricing, price
from core.domain.ticket import Adjustment, Kind, LineInput, Payment, PaymentType, Ticket, TicketInput
from core.errors import Refused

NOW = datetime(2026, 11, 23, 14, 32, 5, tzinfo=ALMATY)
PRICING = Pricing(vat_payer=True, vat_default="16", rate_day=NOW.date(), seller_iin_bin="131240010479")

goods = st.builds(
    LineInput,
    name=st.sampled_from(["Нан", "Шай", "Ірімшік"]),
    price=st.sampled_from([1, 3, 99, 35_000, 80_033]),
    quantity=st.sampled_from([1, 333, 1_000, 1_500, 2_000, 3_000]),
    vat=st.sampled_from(["16", "none"]),
)


def sold(items: list[LineInput], discount: int | None = None, markup: int | None = None) -> Ticket | None:
    request = TicketInput(
        Kind.SELL,
        tuple(items),
        discount=None if discount is None else Adjustment(percent=discount),
        markup=None if markup is None else Adjustment(percent=markup),
    )
    try:
        ticket = price(request, PRICING)
    except Refused:
        return None
    return replace(ticket, payments=(Payment(PaymentType.CARD, ticket.total),))


def give_back(basis: Ticket, earlier: tuple[Ticket, ...], quantities: tuple[int, ...]) -> Ticket | None:
    """The return as it would be priced; ``None`` for one of nothing."""
    left = left_of(basis, earlier)
    total = left.money(quantities)
    if total <= 0:
        return None
    payments = paid_back(basis, left, total, None)
    request = TicketInput(Kind.SELL_RETURN, returned_lines(left, quantities), payments=payments)
    ticket = price(request, PRICING)
    assert ticket.total == total, "the button's sum is the document's"
    return ticket


CRUMB = LineInput("Нан", 1, 1, vat="16")
EQUAL_LINES = LineInput("Нан", 99, 333, vat="16")
"""Two of it share a discount unequally."""


@example([CRUMB, CRUMB, EQUAL_LINES, EQUAL_LINES], (10_000, None), [[0, 0, 0, 328]])
@example([EQUAL_LINES, EQUAL_LINES], (10_000, None), [[0, 333, 0, 0]])
@given(
    st.lists(goods, min_size=1, max_size=4),
    st.sampled_from([(None, None), (10_000, None), (33_333, None), (None, 7_777)]),
    st.lists(st.lists(st.integers(0, 3_000), min_size=4, max_size=4), max_size=6),
)
def test_pieces_add_up_to_the_receipt(
    items: list[LineInput], adjusted: tuple[int | None, int | None], pieces: list[list[int]]
) -> None:
    basis = sold(items, *adjusted)
    if basis is None:
        return
    earlier: tuple[Ticket, ...] = ()
    for piece in pieces:
        left = left_of(basis, earlier)
        chosen = tuple(min(one, line.quantity) for one, line in zip(piece, left.lines, strict=False))
        made = give_back(basis, earlier, chosen)
        if made is not None:
            earlier = (*earlier, made)
            assert left_of(basis, earlier).total == left.total - made.total
    left = left_of(basis, earlier)
    rest = give_back(basis, earlier, left.whole)
    returned = sum(one.total for one in earlier) + (0 if rest is None else rest.total)
    assert returned == basis.total
    if rest is not None:
        after = left_of(basis, (*earlier, rest))
        assert (after.total, set(after.whole)) == (0, {0})


def test_one_of_two_at_a_discount_gives_back_half_of_what_was_paid() -> None:
    basis = sold([LineInput("кофе", 80_000, 2_000), LineInput("нан", 35_001)], discount=10_000)
    assert basis is not None
    first = give_back(basis, (), (1_000, 0))
    assert first is not None and first.total == 72_000
    left = left_of(basis, (first,))
    assert (left.whole, left.total, left.untouched) == ((1_000, 1_000), basis.total - 72_000, False)


def test_the_same_thing_at_two_prices_comes_off_the_line_of_its_price() -> None:
    basis = sold([LineInput("шай", 15_000, 2_000), LineInput("шай", 20_000, 1_000)])
    assert basis is not None
    second = give_back(basis, (), (0, 1_000))
    assert second is not None
    assert left_of(basis, (second,)).whole == (2_000, 0)


def test_a_storno_line_is_nothing_that_can_come_back() -> None:
    basis = sold([LineInput("шай", 15_000, 2_000), LineInput("шай", 15_000, 1_000, storno=True)])
    assert basis is not None
    left = left_of(basis, ())
    assert (left.whole, left.money(left.whole)) == ((1_000,), basis.total)


def test_a_storno_line_of_an_earlier_return_leaves_what_it_took_back() -> None:
    basis = sold([LineInput("шай", 15_000, 3_000)])
    earlier = sold([LineInput("шай", 15_000, 2_000), LineInput("шай", 15_000, 1_000, storno=True)])
    assert basis is not None and earlier is not None
    left = left_of(basis, (replace(earlier, kind=Kind.SELL_RETURN),))
    assert (left.whole, left.total, left.money(left.whole)) == ((2_000,), 30_000, 30_000)


def test_a_mixed_payment_goes_back_whole_as_it_came_and_in_part_in_its_larger_kind() -> None:
    basis = sold([LineInput("кофе", 80_000, 2_000)])
    assert basis is not None
    mixed = (Payment(PaymentType.CASH, 60_000), Payment(PaymentType.CARD, 100_000))
    basis = replace(basis, payments=mixed)
    left = left_of(basis, ())
    assert paid_back(basis, left, basis.total, None) == mixed
    assert paid_back(basis, left, 80_000, None) == (Payment(PaymentType.CARD, 80_000),)
    assert paid_back(basis, left, 80_000, PaymentType.CASH) == (Payment(PaymentType.CASH, 80_000),)


def test_steps_go_by_whole_units_and_take_a_weighed_rest_at_once() -> None:
    up = [0]
    while up[-1] < 2_500:
        up.append(stepped(up[-1], 2_500, 1))
    down = [2_500]
    while down[-1]:
        down.append(stepped(down[-1], 2_500, -1))
    assert up == [0, 1_000, 2_000, 2_500] and down == [2_500, 2_000, 1_000, 0]
    assert stepped(0, 2_500, -1) == 0 and stepped(2_500, 2_500, 1) == 2_500
