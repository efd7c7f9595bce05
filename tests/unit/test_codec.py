"""Documents to bytes and answers back: the golden vector, the invariants of the wire, answers that are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from domain_samples import (
    CLOSE,
    ELSEWHERE,
    NOON,
    REGISTER,
    REGISTRATION,
    SELLER,
    Register,
    accepted,
    asked,
    cash,
    deposit,
    goods,
    paid_in_cash,
    sale,
    seller_of,
    withdrawal,
)
from golden_vectors import A2, C2, B, C, raw
from hypothesis import given, settings
from wire_rules import check_request, check_ticket, tiyn

from core.clock import ALMATY
from core.domain.document import Document, freeze, thaw
from core.domain.pricing import Pricing, price
from core.domain.register import NOTHING_BEFORE
from core.domain.ticket import OPERATIONS, Adjustment, Cashier, Kind, Ticket, TicketInput
from core.domain.vat import percent_thousandths
from core.ofd.codec import (
    AnswerError,
    OperatorCounters,
    Period,
    command_of,
    decode_answer,
    encode,
)
from core.ofd.compare import differences
from core.ofd.frame import decode_frame
from core.ofd.report_codec import message_checksum, report_checksum
from core.ofd.schema import kkm_v203_pb2 as pb
from sandbox.ofd import checks

GOLDEN_AT = datetime(2026, 3, 5, 14, 7, 9, tzinfo=ALMATY)
GOLDEN = replace(REGISTRATION, iin_bin="123456789011")
THEN = Period(GOLDEN_AT, GOLDEN_AT)
Accepted = tuple[TicketInput, Pricing, Ticket]


def document_of(ticket: Ticket, **more: Any) -> Document:
    facts: dict[str, Any] = {
        "register_id": REGISTER,
        "number": 345,
        "kind": ticket.kind,
        "shift": 12,
        "number_in_shift": 7,
        "made_at": GOLDEN_AT,
        "practice": False,
        "seller": SELLER,
        "cashier": Cashier(1, "Кассир"),
        "previous_digest": NOTHING_BEFORE,
        "own_sign": 404_497_470,
        "ticket": ticket,
    }
    return freeze(Document(**{**facts, **more}))


def ticket_message(document: Document, *, offline: bool = False) -> pb.TicketRequest:
    payload = encode(REGISTRATION, command_of(document), THEN, document, offline=offline)
    return pb.Request.FromString(payload).ticket


def test_golden_vector_b_comes_out_of_our_own_document_byte_for_byte() -> None:
    items = (goods(100_000, 1_500, "Яблоки", unit="116"), goods(34_950, 2_000, "Хлеб"))
    request = asked(*items, payments=cash(219_900), taken=250_000)
    pricing = Pricing(vat_payer=True, vat_default="16", rate_day=GOLDEN_AT.date(), seller_iin_bin=GOLDEN.iin_bin)
    document = document_of(price(request, pricing), seller=GOLDEN.requisites)
    assert encode(GOLDEN, command_of(document), THEN, document) == decode_frame(raw(B))[1]
    assert encode(GOLDEN, "TICKET", THEN, thaw(document.frozen)) == decode_frame(raw(B))[1]


def test_golden_vector_a2_is_our_system() -> None:
    assert encode(GOLDEN, "SYSTEM", THEN) == decode_frame(raw(A2))[1]


def test_the_checksum_of_the_text() -> None:
    message = pb.ZXReport(shift_number=12, checksum="")
    for time in (message.date_time, message.open_shift_time, message.close_shift_time):
        time.date.year, time.date.month, time.date.day = 2026, 3, 5
        time.time.hour, time.time.minute, time.time.second = 14, 7, 9
    message.cash_sum.bills = message.cash_sum.coins = 0
    message.revenue.sum.bills = message.revenue.sum.coins = 0
    message.revenue.is_negative = False
    assert message_checksum(message) == "9AEC9A0A"


@settings(max_examples=120, deadline=None)
@given(accepted())
def test_an_accepted_ticket_holds_every_invariant_of_the_wire(one: Accepted) -> None:
    _, pricing, ticket = one
    document = document_of(ticket, seller=seller_of(pricing))
    request = check_request(encode(REGISTRATION, "TICKET", THEN, document))
    assert request.command == pb.COMMAND_TICKET
    taxes = check_ticket(request)
    assert taxes == {percent_thousandths(row.rate): row.sum for row in ticket.vat}
    assert tiyn(request.ticket.amounts.total) == ticket.total
    assert not request.ticket.HasField("offline_ticket_number")


@settings(max_examples=60, deadline=None)
@given(accepted())
def test_the_sandbox_operator_takes_an_accepted_ticket_as_well(one: Accepted) -> None:
    _, pricing, ticket = one
    document = document_of(ticket, seller=seller_of(pricing))
    request = pb.Request.FromString(encode(REGISTRATION, "TICKET", THEN, document, offline=True))
    known = REGISTRATION
    device = checks.Device(known.device_id, known.rnm, known.znm, known.iin_bin, known.title, known.address, "")
    checks.check_values(request)
    checks.check_service(request, device)
    checks.check_ticket(request.ticket, device, checks.Standing(GOLDEN_AT, 12, GOLDEN_AT, 10**13))


@settings(max_examples=40, deadline=None)
@given(accepted(), accepted())
def test_a_z_of_accepted_tickets_has_no_negative_money_and_keeps_its_checksum(one: Accepted, other: Accepted) -> None:
    register = Register()
    register.done(deposit(9_000_000_000))
    register.done(deposit(9_000_000_000))
    for request, pricing, ticket in (one, other):
        if ticket.cash <= register.state.totals.cash:
            vat_default = "16" if pricing.vat_payer else "none"
            register.done(request, "autonomous", seller=seller_of(pricing), vat_default=vat_default)
    document = register.done(CLOSE, "autonomous")
    payload = encode(REGISTRATION, "CLOSE_SHIFT", THEN, document, offline=True)
    assert payload == encode(REGISTRATION, "CLOSE_SHIFT", THEN, thaw(document.frozen), offline=True)
    report = check_request(payload).close_shift.z_report
    checksum, report.checksum = report.checksum, ""
    assert message_checksum(report) == checksum
    assert {row.operation for row in report.operations} == set(range(4))
    for tax in report.taxes:
        for row in tax.operations:
            assert tiyn(row.turnover_without_tax) + tiyn(row.sum) == tiyn(row.turnover)


def test_a_line_with_discount_and_markup_is_three_items() -> None:
    item = goods(10_000, discount=Adjustment(percent=10_000), markup=Adjustment(sum=500), storno=False)
    ticket = price(paid_in_cash(asked(item)), Pricing(True, "16", NOON.date(), "0"))
    items = ticket_message(document_of(ticket)).items
    named = [(one.type, one.discount.name or one.markup.name) for one in items]
    assert named == [(1, ""), (5, "Скидка"), (3, "Наценка")]
    assert [tiyn(one.sum) for one in (items[0].commodity, items[1].discount, items[2].markup)] == [10_000, 1_000, 500]


def test_a_storno_lines_discount_and_markup_are_storno_too() -> None:
    changed = goods(10_000, 2_000, discount=Adjustment(sum=500), markup=Adjustment(sum=700))
    back = replace(changed, quantity=1_000, storno=True, mark="010460", ntin="0200", barcode="487")
    ticket = price(paid_in_cash(asked(changed, back)), Pricing(True, "16", NOON.date(), "0"))
    message = ticket_message(document_of(ticket))
    assert [one.type for one in message.items] == [1, 5, 3, 2, 6, 4]
    storno = message.items[3].storno_commodity
    assert (list(storno.list_excise_stamp), storno.ntin, storno.barcode) == (["010460"], "0200", "487")


def test_no_vat_is_no_entry_and_zero_is_an_entry_of_zero() -> None:
    items = (goods(100, vat="none"), goods(100, vat="0"))
    ticket = price(paid_in_cash(asked(*items, discount=Adjustment(sum=10))), Pricing(True, "16", NOON.date(), "0"))
    message = ticket_message(document_of(ticket))
    assert [len(item.commodity.taxes) for item in message.items] == [0, 1]
    assert (message.items[1].commodity.taxes[0].percent, tiyn(message.items[1].commodity.taxes[0].sum)) == (0, 0)
    assert [tax.percent for tax in message.amounts.discount.taxes] == [0]


def test_a_receipt_of_services_alone_has_their_domain() -> None:
    service, good = goods(100, unit="5114"), goods(100)
    for items, domain in (((service,), pb.DOMAIN_SERVICES), ((service, good), pb.DOMAIN_TRADING)):
        ticket = price(paid_in_cash(asked(*items)), Pricing(True, "16", NOON.date(), "0"))
        assert ticket_message(document_of(ticket)).domain.type == domain


def test_a_return_names_all_five_facts_of_its_basis() -> None:
    request = replace(paid_in_cash(asked(goods(100), kind=Kind.SELL_RETURN)), parent=ELSEWHERE)
    ticket = price(request, Pricing(True, "16", NOON.date(), "0"))
    parent = ticket_message(document_of(ticket)).parent_ticket
    assert (parent.parent_ticket_number, parent.kgd_kkm_id) == ("923860753030", "620500071124")
    assert (tiyn(parent.parent_ticket_total), parent.parent_ticket_is_offline) == (ELSEWHERE.total, False)
    assert parent.parent_ticket_data_time.date.day == 4


def test_the_sign_and_the_offline_flag_go_out_from_the_queue_alone() -> None:
    register = Register()
    made = [register.done(command) for command in (sale(), deposit(500), withdrawal(100), CLOSE)]
    period = Period(NOON, NOON + timedelta(hours=5))
    online = [pb.Request.FromString(encode(REGISTRATION, command_of(one), period, one)) for one in made]
    queued = [pb.Request.FromString(encode(REGISTRATION, command_of(one), period, one, offline=True)) for one in made]
    assert [command_of(one) for one in made] == ["TICKET", "MONEY_PLACEMENT", "MONEY_PLACEMENT", "CLOSE_SHIFT"]
    assert not online[0].ticket.HasField("offline_ticket_number")
    assert queued[0].ticket.offline_ticket_number == made[0].own_sign == 1
    assert [one.money_placement.is_offline for one in queued[1:3]] == [True, True]
    assert not online[1].money_placement.HasField("is_offline")
    assert [one.money_placement.operation for one in queued[1:3]] == [0, 1]
    assert (queued[3].close_shift.is_offline, online[3].close_shift.HasField("is_offline")) == (True, False)
    assert not queued[3].close_shift.withdraw_money
    for request, document in zip(queued, made, strict=True):
        body: Any = getattr(request, command_of(document).lower())
        assert (body.printed_document_number, body.fr_shift_number) == (document.number, 1)
        assert body.operator.name == "Кассир", "a cashier without a name has one on the wire"
        assert request.service.offline_period.end_time.time.hour == 17


def test_a_period_never_ends_before_it_begins() -> None:
    payload = encode(REGISTRATION, "SYSTEM", Period(NOON, NOON - timedelta(minutes=1)))
    period = check_request(payload).service.offline_period
    assert period.begin_time == period.end_time


def test_the_checksum_of_a_report_is_of_the_message_that_is_sent() -> None:
    register = Register()
    register.done(sale())
    report = register.done(CLOSE).report
    assert report is not None
    assert report.checksum == report_checksum(replace(report, checksum="whatever"))


def test_an_answer_with_a_sign_and_a_link() -> None:
    answer = decode_answer(decode_frame(raw(C))[1])
    assert (answer.command, answer.result_code, answer.fiscal_sign) == ("TICKET", 0, "123456789012")
    assert answer.check_url is not None
    assert answer.check_url.startswith("https://consumer.oofd.kz/?i=")


def test_a_refusal_without_words() -> None:
    answer = decode_answer(decode_frame(raw(C2))[1])
    assert (answer.result_code, answer.result_text, answer.fiscal_sign, answer.check_url) == (2, None, None, None)


@pytest.mark.parametrize("code", [3, 18, 77, 254, 255, 4_000_000_000])
def test_an_unknown_code_survives(code: int) -> None:
    response = pb.Response(command=pb.COMMAND_SYSTEM)
    response.result.result_code = code
    assert decode_answer(response.SerializeToString()).result_code == code


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (b"", "an empty body would read as SYSTEM accepted"),
        (b"\x08\x01", "a command alone would read as a ticket accepted"),
        (b"\x12\x02\x08\x00", "a result without a command"),
        (b"\x08\x01\x12\x00", "a result without its code"),
        (b"\x08\x01\x12\x04\x12\x02OK", "words without a code"),
        (b"\x08\x63\x12\x02\x08\x00", "an unknown command"),
        (b"\x08\x01\x12\x02\x08\x00", "a ticket accepted without its block"),
        (b"\x08\x01\x12\x02\x08\x00\x1a\x02\x0a\x00", "a ticket accepted with an empty sign"),
        (b"\x08\x01\x12\x7f", "cut in the middle"),
        (b"\xff\xff\xff", "noise"),
    ],
)
def test_what_only_looks_like_an_answer_is_none(payload: bytes, why: str) -> None:
    with pytest.raises(AnswerError):
        decode_answer(payload)


def test_a_cut_answer_is_never_read_as_accepted() -> None:
    whole = decode_frame(raw(C))[1]
    for size in range(len(whole)):
        with pytest.raises(AnswerError):
            decode_answer(whole[:size])


def test_other_commands_are_accepted_without_a_block() -> None:
    for command in (pb.COMMAND_SYSTEM, pb.COMMAND_MONEY_PLACEMENT, pb.COMMAND_CLOSE_SHIFT, pb.COMMAND_INFO):
        response = pb.Response(command=command)
        response.result.result_code = 0
        answer = decode_answer(response.SerializeToString())
        assert (answer.result_code, answer.counters, answer.last_printed_number) == (0, None, None)


def test_the_words_of_a_block_are_the_operators_notice() -> None:
    response = pb.Response(command=pb.COMMAND_TICKET)
    response.result.result_code, response.result.result_text = 15, "BLOCKED"
    assert decode_answer(response.SerializeToString()).result_text == "BLOCKED"
    for kind, text in ((pb.TICKET_AD_OFD, "реклама"), (pb.TICKET_AD_INFO, "Оплатите услуги: 1702")):
        ad = response.service.ticket_ads.add(text=text)
        ad.info.type, ad.info.version = kind, 1
    assert decode_answer(response.SerializePartialToString()).result_text == "Оплатите услуги: 1702"


def test_info_tells_the_operators_counters_and_last_document() -> None:
    response = pb.Response(command=pb.COMMAND_INFO)
    response.result.result_code = 0
    response.service.last_document_info.printed_document_number = 345
    response.report.report = pb.REPORT_X
    report = response.report.zx_report
    report.shift_number, report.cash_sum.bills, report.cash_sum.coins = 12, 5, 7
    row = report.non_nullable_sums.add(operation=pb.OPERATION_SELL)
    row.sum.bills, row.sum.coins = 10, 1
    told = report.ticket_operations.add(operation=pb.OPERATION_SELL, tickets_total_count=3, tickets_count=2)
    told.tickets_sum.bills, told.tickets_sum.coins = 4, 20
    report.money_placements.add(operation=pb.MONEY_PLACEMENT_WITHDRAWAL, operations_total_count=9)
    answer = decode_answer(response.SerializePartialToString())
    assert answer.last_printed_number == 345
    assert answer.counters == OperatorCounters(
        12, True, 507, {"sell": 1_001}, {"sell": 3}, {"withdrawal": 9}, {"sell": 2}, {"sell": 420}
    )


def test_books_that_agree_have_no_differences_and_missing_rows_are_zero() -> None:
    register = Register()
    register.done(sale(10_000))
    sold = {"sell": 10_000}
    theirs = OperatorCounters(1, True, 10_000, sold, {"sell": 1, "buy": 0}, {}, {"sell": 1}, sold)
    assert differences(register.state, theirs) == []
    other = replace(theirs, cash=9_000, non_nullable={}, shift=2, total_counts={str(op): 1 for op in OPERATIONS[:2]})
    other = replace(other, placement_counts={"deposit": 3}, shift_sums={})
    assert differences(register.state, other) == [
        {"name": "cash", "ours": 10_000, "theirs": 9_000},
        {"name": "shift", "ours": 1, "theirs": 2},
        {"name": "non_nullable.sell", "ours": 10_000, "theirs": 0},
        {"name": "count.sell_return", "ours": 0, "theirs": 1},
        {"name": "count.deposit", "ours": 0, "theirs": 3},
        {"name": "shift_sum.sell", "ours": 10_000, "theirs": 0},
    ]


def test_a_shift_that_only_one_side_has_open_is_a_difference_and_its_receipts_are_not_compared() -> None:
    register = Register()
    register.done(sale(10_000))
    theirs = OperatorCounters(1, False, 10_000, {"sell": 10_000}, {"sell": 1}, {}, {"sell": 5}, {"sell": 7})
    assert differences(register.state, theirs) == [{"name": "shift_open", "ours": 1, "theirs": 0}]


def test_a_row_of_an_operation_that_is_not_known_is_not_read_as_the_first_one() -> None:
    response = pb.Response(command=pb.COMMAND_INFO)
    response.result.result_code = 0
    response.report.report = pb.REPORT_X
    raw = response.SerializePartialToString()
    row = b"\x08\x63\x12\x04\x08\x05\x10\x00"  # operation 99, five tenge
    report = b"\x7a" + bytes([len(row)]) + row
    zx = b"\x12" + bytes([len(report)]) + report
    counters = decode_answer(raw + b"\x22" + bytes([len(zx)]) + zx).counters
    assert counters is not None
    assert counters.non_nullable == {}
