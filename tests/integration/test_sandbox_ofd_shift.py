"""The sandbox operator's own counters (PROTOCOL.md g) and what it says to a Z-report that differs from them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from ofd_client import Street, Till, later, put

from core.ofd.schema import kkm_v203_pb2 as pb

SELL_RETURN = pb.OPERATION_SELL_RETURN
WITHDRAWAL = pb.MONEY_PLACEMENT_WITHDRAWAL


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with Street() as one:
        yield one


@pytest.fixture
def till(street: Street) -> Till:
    return Till(street)


async def test_a_day_ends_in_a_z_and_the_next_shift_begins(street: Street, till: Till) -> None:
    assert (await till.told(await till.close()))[0] == 13
    await till.made(till.placement(1000_00))
    await till.made(till.ticket(350_00, cash=False))
    await till.made(till.ticket(250_50))
    await till.made(till.ticket(50_50, SELL_RETURN))
    later(street, hours=8)
    closing = await till.made(await till.close())
    z = closing.report.zx_report
    assert (closing.report.report, z.shift_number, z.cash_sum.bills) == (pb.REPORT_Z, 1, 1200)
    assert (z.revenue.sum.bills, z.revenue.is_negative) == (550, False)
    book = till.book
    assert book["shift"] is None
    assert [one["kind"] for one in book["documents"]] == ["deposit", "sell", "sell", "sell_return", "shift_close"]
    assert [one["sum"] for one in book["documents"]] == ["1000.00", "350.00", "250.50", "50.50", None]
    assert [one["printed_document_number"] for one in book["documents"]] == [1, 2, 3, 4, 5]
    assert book["z_reports"][0]["cash_sum"] == {"bills": 1200, "coins": 0}
    info = (await till.ask(till.request(pb.COMMAND_INFO)))[1]
    assert (info.report.report, info.report.zx_report) == (pb.REPORT_Z, z)
    assert info.service.last_document_info.printed_document_number == 5
    assert (await till.told(till.ticket()))[0] == 13
    till.shift = 2
    await till.made(till.ticket())
    x = (await till.ask(till.request(pb.COMMAND_INFO)))[1].report
    assert (x.report, x.zx_report.shift_number) == (pb.REPORT_X, 2)
    sell = {row.operation: row for row in x.zx_report.ticket_operations}[pb.OPERATION_SELL]
    assert (sell.tickets_total_count, sell.tickets_count) == (3, 1)
    start = {row.operation: row.sum.bills for row in x.zx_report.start_shift_non_nullable_sums}
    assert start[pb.OPERATION_SELL] == 600


def _drop_zero_rows(close: Any) -> None:
    report = close.z_report
    kept = [row for row in report.operations if row.count]
    del report.operations[:]
    report.operations.extend(kept)
    del report.markups[:]
    del report.money_placements[:]


async def test_a_z_without_its_rows_of_zeros_is_the_same(till: Till) -> None:
    await till.made(till.ticket())
    await till.made(await till.close(_drop_zero_rows))


def _row_twice(close: Any) -> None:
    close.z_report.operations.add().CopyFrom(close.z_report.operations[0])


WRONG_Z: dict[str, tuple[Any, str]] = {
    "cash": (lambda c: put(c.z_report.cash_sum, 1), "cash_sum"),
    "shift": (lambda c: setattr(c.z_report, "shift_number", 9), "shift_number"),
    "revenue's sign": (lambda c: setattr(c.z_report.revenue, "is_negative", True), "revenue"),
    "tax": (lambda c: put(c.z_report.taxes[0].operations[0].sum, 1), "taxes"),
    "payments": (lambda c: setattr(c.z_report.ticket_operations[0].payments[0], "count", 2), "PAYMENT_CASH"),
    "section": (lambda c: setattr(c.z_report.sections[0], "section_code", "2"), "sections[2]"),
    "a row left out": (lambda c: c.z_report.ClearField("non_nullable_sums"), "non_nullable_sums"),
    "a row twice": (_row_twice, "twice"),
    "open time": (lambda c: setattr(c.z_report.open_shift_time.time, "second", 59), "open_shift_time"),
    "no close time": (lambda c: c.z_report.ClearField("close_shift_time"), "close_shift_time"),
    "no z": (lambda c: c.ClearField("z_report"), "z_report"),
    "no operator": (lambda c: c.ClearField("operator"), "operator"),
}


@pytest.mark.parametrize("name", WRONG_Z)
async def test_a_z_that_differs_is_13_with_the_row_and_the_shift_stays_open(till: Till, name: str) -> None:
    change, word = WRONG_Z[name]
    await till.made(till.ticket())
    code, text = await till.told(await till.close(change))
    assert code == 13
    assert word in text
    assert till.book["shift"] is not None
    assert till.book["z_reports"] == []
    await till.made(await till.close())


async def test_withdraw_money_takes_the_drawer_out_within_the_close(till: Till) -> None:
    await till.made(till.ticket(100_00))

    def change(close: Any) -> None:
        close.withdraw_money = True
        put(close.z_report.cash_sum, 0)
        row = next(row for row in close.z_report.money_placements if row.operation == WITHDRAWAL)
        row.operations_total_count = row.operations_count = 1
        put(row.operations_sum, 100_00)

    await till.made(await till.close(change))
    assert till.book["cash"] == "0.00"


async def test_discounts_storno_and_rates_are_counted_by_the_rules(till: Till) -> None:
    """Two rates and a receipt-level discount of 10.00 over lines of 100.00 (16 %) and 50.00 (no VAT)."""
    request = till.ticket(100_00)
    ticket = request.ticket
    plain = ticket.items.add()
    plain.CopyFrom(ticket.items[0])
    put(plain.commodity.price, 50_00)
    put(plain.commodity.sum, 50_00)
    del plain.commodity.taxes[:]
    discount = ticket.amounts.discount
    discount.name = "Скидка"
    put(discount.sum, 10_00)
    tax = discount.taxes.add(tax_type=100, percent=16000, is_in_total_sum=True)
    put(tax.sum, 92)
    for amount in (ticket.amounts.total, ticket.amounts.taken, ticket.payments[0].sum):
        put(amount, 140_00)
    await till.made(request)
    x = (await till.ask(till.request(pb.COMMAND_INFO)))[1].report.zx_report
    row = x.taxes[0].operations[0]
    # 6.67 of the discount falls on the taxed line by largest remainder.
    assert (row.turnover.bills, row.turnover.coins) == (93, 33)
    assert (row.sum.bills, row.sum.coins) == (12, 87)
    assert (x.operations[0].count, x.operations[0].sum.bills, x.total_result[0].sum.bills) == (2, 150, 140)
    assert (x.discounts[0].count, x.discounts[0].sum.bills) == (1, 10)


async def test_a_row_below_zero_is_told_as_zero_and_does_not_hold_up_the_close(till: Till) -> None:
    request = till.ticket(100_00, cash=False)
    ticket = request.ticket
    storno = ticket.items.add(type=pb.TicketRequest.Item.ITEM_TYPE_STORNO_COMMODITY).storno_commodity
    storno.name, storno.section_code, storno.quantity, storno.measure_unit_code = "Сүт", "2", 1000, "796"
    for amount in (storno.price, storno.sum):
        put(amount, 40_00)
    for amount in (ticket.amounts.total, ticket.payments[0].sum):
        put(amount, 60_00)
    await till.made(request)
    z = (await till.made(await till.close())).report.zx_report
    assert {section.section_code: section.operations[0].sum.bills for section in z.sections} == {"1": 100, "2": 0}
    assert (z.operations[0].count, z.operations[0].sum.bills) == (1, 60)


async def test_each_device_has_a_book_of_its_own(street: Street, till: Till) -> None:
    other = Till(street, till.device + 1)
    await till.made(till.ticket(100_00))
    await other.made(other.placement(5_00))
    await till.made(await till.close())
    assert [one["kind"] for one in till.book["documents"]] == ["sell", "shift_close"]
    assert [one["kind"] for one in other.book["documents"]] == ["deposit"]
    assert (till.book["cash"], other.book["cash"]) == ("100.00", "5.00")
