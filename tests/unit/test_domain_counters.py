"""The counters of a shift against figures that were added up by hand, and against a second, naive adding up."""

from __future__ import annotations

from dataclasses import replace

from domain_samples import (
    CLOSE,
    ELSEWHERE,
    NOON,
    Register,
    accepted,
    asked,
    cash,
    deposit,
    goods,
    seller_of,
    withdrawal,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_report import figures_of, naive_report

from core.domain.counters import Counters, Totals, count_placement, count_ticket
from core.domain.decide import x_report
from core.domain.document import thaw
from core.domain.pricing import Pricing
from core.domain.report import Count, PlacementRow, Report, TaxRow, build_report
from core.domain.ticket import Adjustment, Kind, Payment, PaymentType, Ticket, TicketInput


def z_of(register: Register) -> Report:
    report = register.done(CLOSE).report
    assert report is not None
    return report


def test_a_day_added_up_by_hand() -> None:
    register = Register()
    register.done(deposit(100_000))
    coffee = goods(80_000, 2_000, "Кофе", discount=Adjustment(percent=10_000))
    register.done(asked(goods(7_000), payments=cash(7_000)), "refused")
    payments = (*cash(100_000), Payment(PaymentType.CARD, 79_000))
    register.done(asked(coffee, goods(35_000, section="2", vat="none"), payments=payments, taken=150_000))
    register.done(asked(goods(10_000), discount=Adjustment(sum=1_000), payments=cash(9_000)), "autonomous")
    register.done(asked(goods(5_000), kind=Kind.BUY, payments=cash(5_000)))
    register.done(asked(goods(1_000), kind=Kind.SELL_RETURN, parent=ELSEWHERE, payments=cash(1_000)))
    register.done(withdrawal(50_000))
    report = z_of(register)
    assert report.sections["1"]["sell"] == Count(2, 170_000), "positions before discounts"
    assert report.sections["2"]["sell"] == Count(1, 35_000)
    assert report.operations["sell"] == Count(3, 205_000)
    assert report.discounts["sell"] == Count(2, 17_000), "the line's and the receipt's"
    assert report.total_result["sell"] == Count(3, 188_000)
    assert report.taxes == {
        "16": {
            "sell": TaxRow(153_000, 19_862 + 1_241),
            "sell_return": TaxRow(1_000, 138),
            "buy": TaxRow(5_000, 690),
            "buy_return": TaxRow(),
        }
    }
    row = report.tickets["sell"]
    assert (row.total_count, row.count, row.sum, row.offline_count) == (2, 2, 188_000, 1)
    assert (row.discount_sum, row.markup_sum, row.change_sum) == (1_000, 0, 50_000), "the receipt's only"
    assert row.payments == {"cash": Count(2, 109_000), "card": Count(1, 79_000), "mobile": Count()}
    # the register went autonomous with the second sale, so all after it is autonomous as well
    assert report.money_placements["deposit"] == PlacementRow(1, 1, 100_000, 0)
    assert report.money_placements["withdrawal"] == PlacementRow(1, 1, 50_000, 1)
    assert report.cash == 100_000 + 100_000 + 9_000 - 5_000 - 1_000 - 50_000
    assert report.revenue == 188_000 - 5_000 - 1_000


def test_the_next_shift_begins_at_zero_but_for_what_no_shift_resets() -> None:
    register = Register()
    register.done(asked(goods(10_000), payments=cash(10_000)))
    first = z_of(register)
    register.done(asked(goods(500), payments=cash(500)))
    second = z_of(register)
    assert (first.shift, second.shift) == (1, 2)
    assert second.non_nullable_start == first.non_nullable_end
    assert (second.tickets["sell"].total_count, second.tickets["sell"].count, second.tickets["sell"].sum) == (2, 1, 500)
    assert (second.cash, second.revenue) == (10_500, 500)
    assert second.chain_head == register.documents[2].digest


def test_a_shift_may_lose_money() -> None:
    register = Register()
    register.done(deposit(10_000))
    register.done(asked(goods(5_000), kind=Kind.BUY, payments=cash(5_000)))
    assert z_of(register).revenue == -5_000


def test_storno_is_subtracted_and_counts_no_position() -> None:
    register = Register()
    changed = goods(10_000, 2_000, discount=Adjustment(sum=400), markup=Adjustment(sum=600))
    back = replace(changed, quantity=1_000, storno=True, discount=Adjustment(sum=100), markup=Adjustment(sum=300))
    register.done(asked(changed, back, payments=cash(20_200 - 10_200)))
    report = z_of(register)
    assert report.operations["sell"] == Count(1, 10_000)
    assert (report.discounts["sell"], report.markups["sell"]) == (Count(1, 300), Count(1, 300))
    assert report.total_result["sell"] == Count(1, 10_000)


def test_a_report_of_nothing_has_all_its_rows() -> None:
    report = build_report(
        "X",
        register_id="r",
        shift=1,
        opened_at=NOON,
        made_at=NOON,
        counters=Counters(),
        totals=Totals(),
        non_nullable_start=Totals().non_nullable,
        chain_head="",
    )
    ops = ["sell", "sell_return", "buy", "buy_return"]
    for rows in (report.operations, report.discounts, report.markups, report.total_result, report.tickets):
        assert list(rows) == ops
    assert (report.sections, report.taxes, report.closed_at, report.revenue) == ({}, {}, None, 0)
    assert list(report.tickets["sell"].payments) == ["cash", "card", "mobile"]


def test_counting_changes_nothing_that_was_counted_before() -> None:
    register = Register()
    ticket = register.done(asked(goods(100), payments=cash(100))).ticket
    assert ticket is not None
    once = count_ticket(Counters(), ticket, autonomous=False)
    frozen = repr(once)
    count_ticket(once, ticket, autonomous=True)
    count_placement(once, Kind.DEPOSIT, 5, autonomous=True)
    assert repr(once) == frozen


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(accepted(), st.sampled_from(["registered", "autonomous", "refused"])), max_size=6), st.data())
def test_the_z_is_what_adding_up_the_documents_gives(
    given_: list[tuple[tuple[TicketInput, Pricing, Ticket], str]], data: st.DataObject
) -> None:
    register = Register()
    register.done(deposit(9_999_999_999))
    closed = 0
    for (request, pricing, ticket), outcome in given_:
        if ticket.kind in (Kind.BUY, Kind.SELL_RETURN) and ticket.cash > register.state.totals.cash:
            continue
        vat_default = "16" if pricing.vat_payer else "none"
        register.done(request, outcome, seller=seller_of(pricing), vat_default=vat_default)
        if data.draw(st.booleans()) and register.state.totals.cash:
            register.done(withdrawal(min(register.state.totals.cash, 777)))
        if register.state.shift is not None and data.draw(st.integers(0, 4)) == 0:
            register.done(CLOSE)
            closed = len(register.documents)
    life = [(one, register.outcomes[one.number]) for one in register.documents]
    counted = [(one, outcome) for one, outcome in life if outcome != "refused"]
    shift = [(one, outcome) for one, outcome in life[closed:] if outcome != "refused"]
    if not shift:
        return
    expected = naive_report(counted, shift)
    assert figures_of(x_report(register.state, register.context())) == expected
    document = register.done(CLOSE)
    assert document.report is not None
    assert figures_of(document.report) == expected
    assert thaw(document.frozen).report == document.report
    assert repr(thaw(document.frozen).report) == repr(document.report), "rows keep their order through the bytes"
