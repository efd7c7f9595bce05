"""The sandbox operator over real TCP: the server's table of PROTOCOL.md (b), its checks (i)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ofd_client import DEVICE, TOKEN, Street, Till, later, put

from core.ofd.frame import encode_frame
from core.ofd.schema import kkm_v203_pb2 as pb

SELL_RETURN, BUY, BUY_RETURN = pb.OPERATION_SELL_RETURN, pb.OPERATION_BUY, pb.OPERATION_BUY_RETURN
WITHDRAWAL = pb.MONEY_PLACEMENT_WITHDRAWAL


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with Street() as one:
        yield one


@pytest.fixture
def till(street: Street) -> Till:
    return Till(street)


def outcomes(street: Street) -> list[str]:
    return [one["outcome"] for one in street.server.exchanges(0)]


async def test_rule_1_the_same_frame_again_is_answered_as_stored(street: Street, till: Till) -> None:
    first, answer = await till.raw(till.frame(till.ticket()))
    again, repeated = await till.raw(till.sent)
    assert (again.token, again.reqnum) == (first.token, 1)
    assert repeated == answer
    assert till.book["tickets"]["sell"] == {"count": 1, "sum": "100.00"}
    assert outcomes(street) == ["booked", "repeated"]


async def test_rule_1_does_not_compare_the_body(till: Till) -> None:
    _, answer = await till.raw(till.frame(till.ticket(100_00)))
    other = till.ticket(200_00)
    other.ticket.offline_ticket_number = 5
    _, repeated = await till.raw(encode_frame(203, DEVICE, TOKEN, 1, other.SerializeToString()))
    assert repeated == answer


async def test_rule_1_hands_back_the_live_token(till: Till) -> None:
    issued = (await till.raw(till.frame(till.ticket())))[0].token
    system = encode_frame(203, DEVICE, issued, 9, till.request(pb.COMMAND_SYSTEM).SerializeToString())
    assert (await till.raw(system))[0].token == issued
    assert (await till.raw(till.sent))[0].token == issued


async def test_rule_2_the_same_pair_for_another_command_is_9(till: Till) -> None:
    await till.raw(till.frame(till.ticket()))
    other = encode_frame(203, DEVICE, TOKEN, 1, till.placement(5).SerializeToString())
    header, response = await till.raw(other)
    assert (header.token, response.result.result_code) == (TOKEN, 9)


async def test_rule_3_the_number_of_the_last_document_under_the_new_token_is_8(till: Till) -> None:
    await till.made(till.ticket())
    till.reqnum -= 1
    live = till.token
    header, response = await till.ask(till.ticket())
    assert (header.token, response.result.result_code) == (live, 8)
    await till.made(till.ticket())
    assert till.book["tickets"]["sell"]["count"] == 2


@pytest.mark.parametrize("token", [0, 1, TOKEN + 1, 2**32 - 1])
async def test_rule_4_another_token_is_2_and_comes_back_as_it_was(till: Till, token: int) -> None:
    frame = encode_frame(203, DEVICE, token, 1, till.ticket().SerializeToString())
    header, response = await till.raw(frame)
    assert (header.token, response.result.result_code) == (token, 2)
    assert till.book["documents"] == []


async def test_rule_4_an_old_token_with_a_new_number_is_2(till: Till) -> None:
    await till.raw(till.frame(till.ticket()))
    _, response = await till.raw(till.frame(till.ticket()))
    assert response.result.result_code == 2
    assert till.book["tickets"]["sell"]["count"] == 1


async def test_rule_5_each_document_brings_a_new_token_and_a_new_sign(till: Till) -> None:
    tokens, signs = [TOKEN], set()
    for _ in range(24):
        signs.add((await till.made(till.ticket(1_00))).ticket.ticket_number)
        tokens.append(till.token)
    assert len(set(tokens)) == 25
    assert 0 not in tokens
    assert max(tokens) > 2**31
    assert all(len(sign) == 12 and sign.isdecimal() for sign in signs)
    assert len(signs) == 24


async def test_a_number_that_starts_over_is_taken_as_zero_and_as_one(till: Till) -> None:
    for reqnum in (65534, -1, 0):
        till.reqnum = reqnum
        await till.made(till.ticket())
    assert till.book["tickets"]["sell"]["count"] == 3


async def test_what_is_no_document_needs_the_live_token_and_leaves_it(till: Till) -> None:
    for command in (pb.COMMAND_SYSTEM, pb.COMMAND_INFO):
        header, response = await till.ask(till.request(command))
        assert (header.token, response.result.result_code) == (TOKEN, 0)
        wrong = encode_frame(203, DEVICE, 7, 1, till.request(command).SerializeToString())
        assert (await till.raw(wrong))[1].result.result_code == 2


async def test_a_report_needs_no_token_and_brings_the_live_one(till: Till) -> None:
    await till.made(till.ticket())
    request = till.request(pb.COMMAND_REPORT)
    request.report.report = pb.REPORT_X
    info = (await till.ask(till.request(pb.COMMAND_INFO)))[1].report.zx_report
    request.report.date_time.CopyFrom(info.date_time)
    request.report.zx_report.CopyFrom(info)
    live = till.token
    header, response = await till.raw(encode_frame(203, DEVICE, 7, 1, request.SerializeToString()))
    assert (header.token, response.result.result_code) == (live, 0)
    assert response.report.report == pb.REPORT_X
    assert response.report.zx_report.operations == info.operations


async def test_an_unknown_device_is_1(till: Till) -> None:
    till.device = 5
    assert (await till.told(till.ticket()))[0] == 1


@pytest.mark.parametrize("version", [0, 124, 202, 205, 65535])
async def test_another_version_is_answered_3_under_its_own_number(till: Till, version: int) -> None:
    frame = encode_frame(version, DEVICE, TOKEN, 1, till.ticket().SerializeToString())
    header, response = await till.raw(frame)
    assert (header.version, header.token, response.result.result_code) == (version, TOKEN, 3)
    assert response.command == pb.COMMAND_TICKET
    assert till.book["documents"] == []


@pytest.mark.parametrize("payload", ["", "08", "0801", "080112ff", "ffffffff", "0a0012"])
async def test_a_body_that_cannot_be_read_is_3_or_13_and_the_connection_lives(till: Till, payload: str) -> None:
    header, response = await till.raw(encode_frame(203, DEVICE, TOKEN, 1, bytes.fromhex(payload)))
    assert response.result.result_code in (3, 13)
    assert header.token == TOKEN
    await till.made(till.ticket())


@pytest.mark.parametrize(("command", "code"), [(9, 4), (100, 4), (127, 4), (7, 5), (8, 5)])
async def test_commands_that_are_not_served(till: Till, command: int, code: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", till.street.port)
    writer.write(encode_frame(203, DEVICE, TOKEN, 1, bytes((8, command))))
    answer = await reader.readexactly(22)
    writer.close()
    assert answer[18:20] == bytes((8, command))
    response = pb.Response()
    response.ParseFromString(answer[18:] + await reader.read(200))
    assert response.result.result_code == code


async def test_garbage_and_half_frames_end_only_their_own_connection(street: Street, till: Till) -> None:
    whole = till.frame(till.ticket())
    bad_size = whole[:4] + bytes.fromhex("ffffffff") + whole[8:]
    for bytes_sent in (b"", b"\xa2", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", whole[:18], whole[:-1], bad_size):
        reader, writer = await asyncio.open_connection("127.0.0.1", street.port)
        writer.write(bytes_sent)
        writer.write_eof()
        assert await reader.read() == b""
        writer.close()
    assert street.server.exchanges(0) == []
    assert (await till.raw(whole))[1].result.result_code == 0


@given(st.binary(max_size=80), st.sampled_from([0, 1, 2, 6]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_body_is_answered(body: bytes, command: int) -> None:
    async def once() -> int:
        async with Street() as street:
            till = Till(street)
            frame = encode_frame(203, DEVICE, TOKEN, 1, bytes((8, command)) + body)
            return int((await till.raw(frame))[1].result.result_code)

    assert asyncio.run(once()) in (0, 3, 4, 13)


async def test_many_frames_on_one_connection_and_in_one_segment(street: Street) -> None:
    tills = [Till(street), Till(street, DEVICE + 1)]
    reader, writer = await asyncio.open_connection("127.0.0.1", street.port)
    writer.write(b"".join(till.frame(till.ticket()) for till in tills))
    sizes = []
    for _ in tills:
        head = await reader.readexactly(18)
        sizes.append(len(await reader.readexactly(int.from_bytes(head[4:8], "little") - 18)))
    writer.close()
    assert [one["device_id"] for one in street.server.exchanges(0)] == [DEVICE, DEVICE + 1]
    assert outcomes(street) == ["booked", "booked"]


def _no(path: str) -> Any:
    """Take a field of the ticket's request away."""

    def change(request: Any) -> None:
        *way, last = path.split(".")
        target = request
        for step in way:
            target = getattr(target, step)
        target.ClearField(last)

    return change


def _second_line(request: Any) -> None:
    request.ticket.items.add().CopyFrom(request.ticket.items[0])


def _discount_and_markup(request: Any) -> None:
    for modifier in (request.ticket.amounts.discount, request.ticket.amounts.markup):
        modifier.name = "x"
        put(modifier.sum, 0)


def _two_payments(request: Any) -> None:
    put(request.ticket.payments[0].sum, 50_00)
    request.ticket.payments.add().CopyFrom(request.ticket.payments[0])


def _payment_type(kind: int) -> Any:
    return lambda request: setattr(request.ticket.payments[0], "type", kind)


def _tax_on_the_ticket_too(request: Any) -> None:
    request.ticket.taxes.add().CopyFrom(request.ticket.items[0].commodity.taxes[0])


def _thirty_first_of_april(request: Any) -> None:
    request.ticket.date_time.date.month, request.ticket.date_time.date.day = 4, 31


BAD_TICKETS: dict[str, Any] = {
    "no service": _no("service"),
    "no position": _no("service.security_stats"),
    "no period": _no("service.offline_period"),
    "other rnm": lambda r: setattr(r.service.reg_info.kkm, "fns_kkm_id", "999999999999"),
    "other device": lambda r: setattr(r.service.reg_info.kkm, "kkm_id", "5"),
    "other taxpayer": lambda r: setattr(r.service.reg_info.org, "inn", "000000000000"),
    "no ticket": _no("ticket"),
    "no items": _no("ticket.items"),
    "blank name": lambda r: setattr(r.ticket.items[0].commodity, "name", "  "),
    "no unit": lambda r: r.ticket.items[0].commodity.ClearField("measure_unit_code"),
    "blank section": lambda r: setattr(r.ticket.items[0].commodity, "section_code", ""),
    "quantity zero": lambda r: setattr(r.ticket.items[0].commodity, "quantity", 0),
    "sum is not price x quantity": lambda r: setattr(r.ticket.items[0].commodity, "quantity", 2000),
    "item type without its block": lambda r: setattr(r.ticket.items[0], "type", 2),
    "old excise stamp": lambda r: setattr(r.ticket.items[0].commodity, "excise_stamp", "x"),
    "tax too high": lambda r: put(r.ticket.items[0].commodity.taxes[0].sum, 13_82),
    "tax of no such rate": lambda r: setattr(r.ticket.items[0].commodity.taxes[0], "percent", 16),
    "tax of no such type": lambda r: setattr(r.ticket.items[0].commodity.taxes[0], "tax_type", 1),
    "taxes on both": _tax_on_the_ticket_too,
    "discount and markup": _discount_and_markup,
    "lines above the total": _second_line,
    "total zero": lambda r: put(r.ticket.amounts.total, 0),
    "payments below the total": lambda r: put(r.ticket.payments[0].sum, 99_99),
    "a payment type twice": _two_payments,
    "credit": _payment_type(pb.PAYMENT_CREDIT),
    "cash without taken": _no("ticket.amounts.taken"),
    "taken below the cash": lambda r: put(r.ticket.amounts.taken, 99_00),
    "wrong change": lambda r: put(r.ticket.amounts.change, 1),
    "100 coins": lambda r: setattr(r.ticket.amounts.taken, "coins", 100),
    "thirty-first of April": _thirty_first_of_april,
    "hour 24": lambda r: setattr(r.ticket.date_time.time, "hour", 24),
    "year zero": lambda r: setattr(r.ticket.date_time.date, "year", 0),
    "next shift": lambda r: setattr(r.ticket, "fr_shift_number", 2),
    "short customer": lambda r: setattr(r.ticket.extension_options, "customer_iin_or_bin", "123"),
    "domain without a type": _no("ticket.domain.type"),
    "autonomous sign zero": lambda r: setattr(r.ticket, "offline_ticket_number", 0),
}


@pytest.mark.parametrize("name", BAD_TICKETS)
async def test_a_receipt_that_breaks_an_invariant_is_13_and_leaves_nothing(till: Till, name: str) -> None:
    request = till.ticket()
    BAD_TICKETS[name](request)
    before = till.book
    header, response = await till.ask(request)
    assert (response.result.result_code, header.token) == (13, TOKEN)
    assert response.result.result_text
    assert till.book == before
    await till.made(till.ticket())


async def test_a_return_needs_its_basis_and_the_drawer_the_cash(till: Till) -> None:
    await till.made(till.ticket(100_00))
    bare = till.ticket(40_00, SELL_RETURN)
    bare.ticket.ClearField("parent_ticket")
    assert (await till.told(bare))[0] == 13
    assert (await till.told(till.ticket(100_01, SELL_RETURN)))[0] == 14
    assert (await till.told(till.ticket(100_01, BUY)))[0] == 14
    assert (await till.told(till.placement(100_01, WITHDRAWAL)))[0] == 14
    await till.made(till.ticket(100_00, SELL_RETURN))
    assert (await till.told(till.placement(1, WITHDRAWAL)))[0] == 14
    await till.made(till.ticket(5_00, SELL_RETURN, cash=False))
    await till.made(till.ticket(5_00, BUY_RETURN))
    assert till.book["cash"] == "5.00"


async def test_a_cash_return_may_tell_nothing_taken(till: Till) -> None:
    await till.made(till.ticket(100_00))
    request = till.ticket(40_00, SELL_RETURN)
    put(request.ticket.amounts.taken, 0)
    await till.made(request)


async def test_the_seller_as_buyer_is_17(till: Till) -> None:
    request = till.ticket()
    request.ticket.extension_options.customer_iin_or_bin = "123456789011"
    assert (await till.told(request))[0] == 17


async def test_exactly_24_hours_pass_and_a_second_more_is_11_but_not_for_the_queue(street: Street, till: Till) -> None:
    await till.made(till.placement(100_00))
    later(street, hours=24)
    await till.made(till.ticket())
    later(street, seconds=1)
    assert (await till.told(till.ticket()))[0] == 11
    assert (await till.told(till.placement(5)))[0] == 11
    queued = till.ticket()
    queued.ticket.offline_ticket_number = 1
    await till.made(queued)
    await till.made(till.placement(5, is_offline=True))
    await till.made(await till.close())


async def test_an_autonomous_sign_is_taken_once_a_day(street: Street, till: Till) -> None:
    def queued() -> Any:
        request = till.ticket()
        request.ticket.offline_ticket_number = 2**31 + 1
        return request

    await till.made(queued())
    assert (await till.told(queued()))[0] == 13
    later(street, hours=15)
    await till.made(queued())
    assert [one["offline_ticket_number"] for one in till.book["documents"]] == [2**31 + 1] * 2


async def test_nomenclature_by_barcode_and_by_version(till: Till) -> None:
    async def looked_up(**asked: Any) -> Any:
        request = till.request(pb.COMMAND_NOMENCLATURE)
        request.nomenclature.CopyFrom(pb.NomenclatureRequest(**asked))
        return (await till.ask(request))[1]

    everything = await looked_up(current_version=0)
    assert len(everything.nomenclature.elements) == 10
    barcode = everything.nomenclature.elements[3].item.barcode
    one = await looked_up(barcode=barcode)
    assert [element.item.barcode for element in one.nomenclature.elements] == [barcode]
    assert one.nomenclature.elements[0].title_kk
    assert (await looked_up(current_version=1)).nomenclature.result == 1
    missing = await looked_up(barcode="0000000000000")
    assert (missing.result.result_code, missing.nomenclature.result) == (18, 3)


async def test_an_autonomous_period_is_noted_and_an_empty_one_is_not(street: Street, till: Till) -> None:
    await till.made(till.ticket())
    begin = street.now
    later(street, minutes=10)
    await till.ask(till.request(pb.COMMAND_SYSTEM, period=(begin, street.now)))
    later(street, minutes=1)
    await till.ask(till.request(pb.COMMAND_SYSTEM, period=(begin, street.now)))
    assert till.book["offline_periods"] == [
        {"begin": "2026-03-05T09:00:00+05:00", "end": "2026-03-05T09:11:00+05:00"}
    ]
