"""Returns: the basis must be there, and no more comes back than went out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from domain_samples import (
    ELSEWHERE,
    NON_PAYER,
    NOON,
    SECOND,
    Register,
    asked,
    basis_of,
    cash,
    context,
    deposit,
    goods,
    sale,
)

from core.domain.document import Document
from core.domain.pricing import Pricing, price
from core.domain.returns import CLOCKS_APART_MAX, Basis, at_basis_rates, checked_parent
from core.domain.ticket import Adjustment, Kind, LineInput, Parent, Ticket, TicketInput
from core.errors import Refused

OWN = Parent(document_number=1)
BOUGHT = (goods(10_000, 3_000, "Нан", vat="10"), goods(5_000, 2_000, "Шай"))


def shop(kind: Kind = Kind.SELL) -> tuple[Register, Document]:
    """A register with a receipt of 3 × 100 and 2 × 50 and a full drawer."""
    register = Register()
    document = register.done(asked(*BOUGHT, kind=Kind.SELL, payments=cash(40_000)))
    register.done(deposit(1_000_000))
    if kind is Kind.BUY:
        document = register.done(asked(*BOUGHT, kind=Kind.BUY, payments=cash(40_000)))
    return register, document


def back(*items: LineInput, kind: Kind = Kind.SELL_RETURN, parent: Parent | None = OWN) -> TicketInput:
    total = sum((-1 if item.storno else 1) * item.price * item.quantity // 1000 for item in items)
    return asked(*items, kind=kind, parent=parent, payments=cash(total))


def taken_back(register: Register, request: TicketInput, basis: Basis | None) -> Ticket:
    ticket = register.done(request, basis=basis).ticket
    assert ticket is not None
    return ticket


@pytest.mark.parametrize("missing", ["fiscal_sign", "made_at", "rnm", "total", "autonomous"])
def test_a_basis_made_elsewhere_needs_all_five_facts(missing: str) -> None:
    register, _ = shop()
    parent = replace(ELSEWHERE, **{missing: None})
    assert register.refused_with(back(goods(100), parent=parent)) == "PARENT_REQUIRED"


@pytest.mark.parametrize("blank", ["fiscal_sign", "rnm"])
def test_a_blank_fact_is_a_missing_one(blank: str) -> None:
    register, _ = shop()
    changes: dict[str, Any] = {blank: " "}
    parent = replace(ELSEWHERE, **changes)
    assert register.refused_with(back(goods(100), parent=parent)) == "PARENT_REQUIRED"


def test_a_return_needs_a_basis_and_nothing_else_has_one() -> None:
    register, _ = shop()
    assert register.refused_with(back(goods(100), parent=None)) == "PARENT_REQUIRED"
    assert register.refused_with(back(goods(100), parent=Parent())) == "PARENT_REQUIRED"
    assert register.refused_with(replace(sale(), parent=OWN)) == "VALIDATION"


def test_a_basis_must_be_of_the_operation_that_is_returned() -> None:
    register, sold = shop()
    _, bought = shop(Kind.BUY)
    placed = register.documents[1]
    request = back(goods(100))
    assert register.refused_with(request) == "PARENT_NOT_FOUND"
    assert register.refused_with(request, basis=Basis()) == "PARENT_NOT_FOUND"
    assert register.refused_with(request, basis=basis_of(placed)) == "PARENT_NOT_FOUND"
    assert register.refused_with(request, basis=basis_of(bought)) == "PARENT_NOT_FOUND"
    other = replace(request, kind=Kind.BUY_RETURN)
    assert register.refused_with(other, basis=basis_of(sold)) == "PARENT_NOT_FOUND"


def test_an_own_basis_fills_the_five_facts_with_the_sign_of_the_original() -> None:
    register, sold = shop()
    basis = replace(basis_of(sold), sign="404497470", autonomous=True)
    parent = taken_back(register, back(goods(10_000)), basis).parent
    assert parent == Parent(1, "404497470", sold.made_at, sold.seller.rnm, 40_000, True)
    assert parent.key is None
    assert ELSEWHERE.key == "620500071124:923860753030"


def test_all_of_a_receipt_comes_back_in_parts_and_no_more() -> None:
    register, sold = shop()
    first = taken_back(register, back(goods(10_000, 2_000)), basis_of(sold))
    assert register.refused_with(back(goods(10_000, 2_000)), basis=basis_of(sold, first)) == "RETURN_EXCEEDS_PARENT"
    second = taken_back(register, back(goods(10_000, 1_000), goods(5_000, 2_000, "Шай")), basis_of(sold, first))
    assert first.total + second.total == sold.total
    assert register.refused_with(back(goods(1, 1_000)), basis=basis_of(sold, first, second)) == "RETURN_EXCEEDS_PARENT"


def test_what_is_left_is_told_with_the_refusal() -> None:
    register, sold = shop()
    first = taken_back(register, back(goods(10_000, 3_000)), basis_of(sold))
    with pytest.raises(Refused) as refusal:
        register.make(back(goods(5_000, 3_000, "Шай")), basis=basis_of(sold, first))
    assert refusal.value.params == {"left": 10_000, "total": 15_000}


@pytest.mark.parametrize(
    ("item", "name"),
    [(goods(10, 3_001), "Нан"), (goods(10, 1, "Кофе"), "Кофе"), (goods(1, 2_001, "Шай"), "Шай")],
)
def test_no_more_of_a_thing_comes_back_than_was_sold(item: LineInput, name: str) -> None:
    register, sold = shop()
    request = replace(back(goods(10_000), item), payments=None)
    total = price(replace(request, parent=None), Pricing(True, "16", sold.made_at.date(), "0")).total
    with pytest.raises(Refused) as refusal:
        register.make(replace(request, payments=cash(total)), basis=basis_of(sold))
    assert (refusal.value.code, refusal.value.params["name"]) == ("RETURN_EXCEEDS_PARENT", name)


def test_a_sum_exactly_as_large_passes_elsewhere_and_a_tiyn_more_does_not() -> None:
    register, _ = shop()
    parent = replace(ELSEWHERE, total=30_000)
    earlier = taken_back(register, back(goods(10_000), parent=parent), Basis())
    again = Basis(earlier=(earlier,))
    assert register.refused_with(back(goods(20_001), parent=parent), basis=again) == "RETURN_EXCEEDS_PARENT"
    assert taken_back(register, back(goods(20_000, name="Басқа"), parent=parent), again).total == 20_000
    assert taken_back(register, back(goods(30_000), parent=parent), None).total == 30_000


def test_a_return_has_its_basiss_rates() -> None:
    register, sold = shop()
    ticket = taken_back(register, back(goods(10_000, name=" Нан "), goods(5_000, name="Шай")), basis_of(sold))
    assert [line.vat for line in ticket.items] == ["10", "16"]
    named = back(goods(10_000, vat="10"), goods(5_000, name="Шай", vat="16"))
    again = taken_back(register, named, basis_of(sold, ticket))
    assert [line.vat for line in again.items] == ["10", "16"]


@pytest.mark.parametrize("rate", ["16", "5", "0", "none"])
def test_another_rate_than_the_basiss_is_refused(rate: str) -> None:
    register, sold = shop()
    assert register.refused_with(back(goods(10_000, vat=rate)), basis=basis_of(sold)) == "VAT_NOT_ALLOWED"
    assert register.refused_with(back(goods(10_000, vat="13")), basis=basis_of(sold)) == "UNKNOWN_VAT"
    elsewhere = back(goods(10_000, vat=rate), parent=ELSEWHERE)
    assert taken_back(register, elsewhere, Basis()).items[0].vat == rate


def test_a_thing_sold_at_two_rates_returns_at_each_no_more_than_was_sold_at_it() -> None:
    register = Register()
    sold = register.done(asked(goods(100, vat="10"), goods(100, vat="16"), payments=cash(200)))
    both = taken_back(register, back(goods(100), goods(100)), basis_of(sold))
    assert [line.vat for line in both.items] == ["10", "16"]
    register.done(deposit(1_000))
    first = taken_back(register, back(goods(100)), basis_of(sold))
    second = taken_back(register, back(goods(100)), basis_of(sold, first))
    assert (first.items[0].vat, second.items[0].vat) == ("10", "16")
    again = back(goods(50, vat="10"))
    assert register.refused_with(again, basis=basis_of(sold, first)) == "RETURN_EXCEEDS_PARENT"
    assert register.refused_with(back(goods(1, 2_000)), basis=basis_of(sold)) == "RETURN_EXCEEDS_PARENT"


def test_a_storno_line_in_a_return_has_the_rate_of_what_it_takes_back() -> None:
    register = Register()
    sold = register.done(asked(goods(100, vat="10"), goods(100, vat="16"), payments=cash(200)))
    ticket = taken_back(register, back(goods(100), goods(100), goods(50, 500, storno=True)), basis_of(sold))
    assert [line.vat for line in ticket.items] == ["10", "16", "10"]


def test_a_name_written_in_two_ways_is_one_thing() -> None:
    composed, decomposed = "Чай", "Чаи\u0306"
    register = Register()
    sold = register.done(asked(goods(100, name=composed), payments=cash(100)))
    ticket = taken_back(register, back(goods(100, name=decomposed)), basis_of(sold))
    assert ticket.items[0].name == decomposed, "what was written stays as it was written"
    again = back(goods(1, name=decomposed))
    assert register.refused_with(again, basis=basis_of(sold, ticket)) == "RETURN_EXCEEDS_PARENT"


def test_who_has_ceased_to_pay_vat_gives_back_what_was_sold_with_it() -> None:
    register, sold = shop()
    decision = register.make(back(goods(10_000)), basis=basis_of(sold), seller=NON_PAYER, vat_default="none")
    assert decision.document.ticket is not None
    assert decision.document.ticket.vat[0].rate == "10"


def test_nothing_is_known_of_the_lines_of_a_basis_made_elsewhere() -> None:
    register, sold = shop()
    request = back(goods(100))
    assert at_basis_rates(request, None) == at_basis_rates(request, Basis()) == request
    placed = basis_of(register.documents[1])
    assert at_basis_rates(request, placed) == request
    assert at_basis_rates(back(goods(100, name="Кофе")), basis_of(sold)).items[0].vat is None


@pytest.mark.parametrize("total", [0, -1, 10**12])
def test_the_total_of_a_basis_made_elsewhere_is_one_that_a_receipt_can_have(total: int) -> None:
    register, _ = shop()
    parent = replace(ELSEWHERE, total=total)
    assert register.refused_with(back(goods(1), parent=parent)) == "AMOUNT_OUT_OF_RANGE"
    least = back(goods(1), parent=replace(ELSEWHERE, total=1))
    assert taken_back(register, least, None).total == 1


def test_a_basis_may_be_a_day_ahead_of_our_clock_and_no_more() -> None:
    register, _ = shop()
    ahead = replace(ELSEWHERE, made_at=register.now + CLOCKS_APART_MAX)
    assert taken_back(register, back(goods(1), parent=ahead), None).parent == ahead
    later = replace(ELSEWHERE, made_at=register.now + CLOCKS_APART_MAX + SECOND)
    assert register.refused_with(back(goods(1), parent=later)) == "VALIDATION"


def test_a_bought_thing_goes_back_for_cash_in() -> None:
    register, bought = shop(Kind.BUY)
    before = register.state.totals.cash
    request = back(goods(10_000), kind=Kind.BUY_RETURN, parent=Parent(document_number=bought.number))
    taken_back(register, request, basis_of(bought))
    assert register.state.totals.cash == before + 10_000


def test_a_discounted_receipt_comes_back_for_what_was_paid() -> None:
    register = Register()
    sold = register.done(asked(goods(10_000, 2_000), discount=Adjustment(sum=5_000), payments=cash(15_000)))
    assert register.refused_with(back(goods(15_001)), basis=basis_of(sold)) == "RETURN_EXCEEDS_PARENT"
    assert taken_back(register, back(goods(15_000)), basis_of(sold)).total == 15_000


def test_a_storno_in_a_basis_counts_against_its_quantity() -> None:
    register = Register()
    items = (goods(10_000, 3_000), goods(10_000, 1_000, storno=True), goods(90_000, name="Шай"))
    sold = register.done(asked(*items, payments=cash(110_000)))
    assert register.refused_with(back(goods(10_000, 3_000)), basis=basis_of(sold)) == "RETURN_EXCEEDS_PARENT"
    assert taken_back(register, back(goods(10_000, 2_000)), basis_of(sold)).total == 20_000


def test_a_storno_of_another_thing_in_a_basis_does_not_forbid_its_return() -> None:
    register = Register()
    sold = register.done(asked(goods(10_000), goods(3_000, name="Басқа", storno=True), payments=cash(7_000)))
    assert taken_back(register, back(goods(7_000)), basis_of(sold)).total == 7_000


def test_a_storno_in_a_return_makes_nothing_more_returnable() -> None:
    register = Register()
    sold = register.done(asked(goods(10_000, 3_000), goods(5_000, 2_000, "Шай"), payments=cash(40_000)))
    first = taken_back(register, back(goods(10_000), goods(1, 5_000, "Шай", storno=True)), basis_of(sold))
    assert register.refused_with(back(goods(1, 3_000, "Шай")), basis=basis_of(sold, first)) == "RETURN_EXCEEDS_PARENT"


def test_a_return_pays_out_no_more_than_the_drawer_holds() -> None:
    register = Register()
    request = back(goods(10_000), parent=ELSEWHERE)
    assert register.refused_with(request) == "NOT_ENOUGH_CASH"


def test_a_quote_of_a_return_checks_its_basis_too() -> None:
    _, sold = shop()
    assert checked_parent(back(goods(1)), basis_of(sold), NOON) is not None
    assert checked_parent(sale(), None, NOON) is None
    with pytest.raises(Refused, match="PARENT_REQUIRED"):
        checked_parent(back(goods(1), parent=None), None, NOON)
    assert context().basis is None
