"""The sandbox operator in 2.0.4: what it demands, what it has retired, its own codes; one book for both versions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from ofd_client import DEVICE, TOKEN, Street, Till, later

from core.ofd.frame import decode_frame, encode_frame
from core.ofd.schema import kkm_v203_pb2 as pb
from core.ofd.schema import kkm_v204_pb2 as v204

SELL_RETURN = pb.OPERATION_SELL_RETURN


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with Street() as one:
        yield one


@pytest.fixture
def till(street: Street) -> Till:
    made = Till(street)
    made.version = 204
    return made


def no(path: str) -> Any:
    """Take a member of the request away."""

    def change(request: Any) -> None:
        *way, last = path.split(".")
        target = request
        for step in way:
            target = target[int(step)] if step.isdigit() else getattr(target, step)
        target.ClearField(last)

    return change


def answer_204(street: Street) -> Any:
    """The last answer, read strictly in the classes of 2.0.4."""
    told = v204.Response.FromString(decode_frame(bytes.fromhex(street.server.exchanges()[-1]["response_hex"]))[1])
    assert told.IsInitialized(), told.FindInitializationErrors()
    return told


async def test_a_day_in_2_0_4(street: Street, till: Till) -> None:
    await till.made(till.placement(500_00))
    await till.made(till.ticket(100_00))
    assert answer_204(street).ticket.qr_code
    await till.made(till.ticket(40_00, SELL_RETURN))
    await till.ask(till.request(pb.COMMAND_INFO))
    told = answer_204(street)
    assert (told.service.reg_info.ofd.title_kz, told.report.report) == ("Оқу ФДО", 1)
    assert told.service.last_document_info.printed_document_number == 3
    later(street, hours=1)
    await till.made(await till.close())
    assert answer_204(street).report.zx_report.close_shift_time.time.hour == 10
    assert [one["version"] for one in street.server.exchanges()] == [204] * 6
    assert street.server.exchanges()[1]["request"]["ticket"]["domain"] == {"type": "DOMAIN_TRADING"}


async def test_before_any_z_the_empty_report_has_the_time_that_2_0_4_demands(street: Street, till: Till) -> None:
    await till.ask(till.request(pb.COMMAND_INFO))
    report = answer_204(street).report.zx_report
    assert (report.shift_number, report.open_shift_time) == (0, report.date_time)


BAD: dict[str, tuple[Any, int]] = {
    "no domain": (no("ticket.domain"), 3),
    "a domain without a type": (no("ticket.domain.type"), 3),
    "no unit": (no("ticket.items.0.commodity.measure_unit_code"), 3),
    "no registration": (no("service.reg_info"), 3),
    "no service": (no("service"), 13),
    "no position": (no("service.security_stats"), 13),
    "no place in the position": (no("service.security_stats.geo_position"), 13),
    "no source of the position": (no("service.security_stats.geo_position.source"), 3),
    "credit": (lambda r: setattr(r.ticket.payments[0], "type", pb.PAYMENT_CREDIT), 3),
    "tare": (lambda r: setattr(r.ticket.payments[0], "type", pb.PAYMENT_TARE), 3),
    "the old excise stamp": (lambda r: setattr(r.ticket.items[0].commodity, "excise_stamp", "x"), 3),
    "the patent regime": (lambda r: setattr(r.ticket.items[0].commodity.taxes[0], "taxation_type", 103), 3),
    "the number within the shift": (lambda r: setattr(r.ticket, "shift_document_number", 1), 3),
    "the old printed number": (lambda r: setattr(r.ticket, "printed_document_number_old", "1"), 3),
    "the tenant": (lambda r: setattr(r.service.reg_info.org, "tenantId", 1), 3),
    "the marker": (lambda r: setattr(r.service, "marker", 1), 3),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_2_0_4_demands_or_has_retired(till: Till, name: str) -> None:
    change, code = BAD[name]
    request = till.ticket()
    change(request)
    before = till.book
    header, response = await till.ask(request)
    assert (response.result.result_code, header.version, header.token) == (code, 204, TOKEN)
    assert response.result.result_text
    assert till.book == before
    await till.made(till.ticket())


@pytest.mark.parametrize("name", ["get_reg_info", "offline_period"])
async def test_what_2_0_4_has_made_optional_again(till: Till, name: str) -> None:
    request = till.ticket()
    request.service.ClearField(name)
    await till.made(request)


@pytest.mark.parametrize("operation", [SELL_RETURN, pb.OPERATION_BUY_RETURN])
async def test_a_return_without_its_basis_is_refused(till: Till, operation: int) -> None:
    await till.made(till.placement(500_00))
    request = till.ticket(10_00, operation)
    request.ticket.ClearField("parent_ticket")
    assert (await till.told(request))[0] == 13
    half = till.ticket(10_00, operation)
    half.ticket.parent_ticket.ClearField("parent_ticket_is_offline")
    frame = till.frame(till.request(pb.COMMAND_SYSTEM))
    broken = encode_frame(204, DEVICE, till.token, till.reqnum, half.SerializePartialToString())
    assert frame != broken
    assert (await till.raw(broken))[1].result.result_code == 3


@pytest.mark.parametrize("name", ["operator", "sum"])
async def test_a_placement_lacks_nothing(till: Till, name: str) -> None:
    request = till.placement(5_00)
    request.money_placement.ClearField(name)
    body = request.SerializePartialToString()
    assert (await till.raw(encode_frame(204, DEVICE, TOKEN, 1, body)))[1].result.result_code == 3


BAD_Z: dict[str, tuple[Any, int]] = {
    "no checksum": (lambda close: close.z_report.ClearField("checksum"), 13),
    "a checksum of another form": (lambda close: setattr(close.z_report, "checksum", "9aec9a0a"), 13),
    "no opening time": (lambda close: close.z_report.ClearField("open_shift_time"), 3),
    "no cashier": (lambda close: close.ClearField("operator"), 3),
    "no z": (lambda close: close.ClearField("z_report"), 3),
    "a row without its offline count": (lambda c: c.z_report.ticket_operations[0].ClearField("offline_count"), 3),
    "a tax without its turnover": (
        lambda c: c.z_report.taxes[0].operations[0].ClearField("turnover_without_tax"),
        3,
    ),
    "annulled receipts": (lambda close: _annul(close.z_report), 3),
}


def _annul(report: Any) -> None:
    report.annulled_tickets.annulled_tickets_total_count = 0
    report.annulled_tickets.annulled_tickets_count = 0


@pytest.mark.parametrize("name", BAD_Z)
async def test_a_z_is_whole(till: Till, name: str) -> None:
    await till.made(till.ticket())
    change, code = BAD_Z[name]
    assert (await till.told(await till.close(change)))[0] == code
    assert till.book["shift"] is not None
    await till.made(await till.close())


async def test_2_0_3_does_not_ask_for_a_checksum(street: Street) -> None:
    till = Till(street)
    await till.made(till.ticket())
    await till.made(await till.close(lambda close: close.z_report.ClearField("checksum")))


async def test_the_catalogue_alone_says_that_a_barcode_is_not_known(street: Street, till: Till) -> None:
    request = till.request(pb.COMMAND_NOMENCLATURE)
    request.nomenclature.barcode = "0000000000000"
    _, response = await till.ask(request)
    assert (response.result.result_code, response.nomenclature.result) == (0, 3)
    request.nomenclature.barcode = "4870001000103"
    _, response = await till.ask(request)
    good = answer_204(street).nomenclature.elements[0]
    assert (good.item.ntin, good.title_kk, good.item.is_markedeac) == ("0200100000102", "Темекі, 20 дана", True)


async def test_a_payment_by_qr_is_known_and_not_served_and_a_cancellation_is_not_known(till: Till) -> None:
    request = v204.Request(command=v204.COMMAND_QR_GENERATE)
    request.qr.invoice_id = 1
    header, response = await till.raw(encode_frame(204, DEVICE, TOKEN, 1, request.SerializeToString()))
    assert (header.token, response.result.result_code) == (TOKEN, 5)
    for version, command, code in ((203, 7, 5), (204, 7, 4), (203, 9, 4), (204, 9, 4), (203, 100, 4)):
        _, response = await till.raw(encode_frame(version, DEVICE, TOKEN, 1, bytes((8, command))))
        assert response.result.result_code == code, (version, command)


async def test_a_block_carries_its_notice_in_2_0_4_as_well(street: Street, till: Till) -> None:
    street.server.set_behaviour(result_code=15, text="Оплатите услуги")
    await till.ask(till.ticket())
    assert answer_204(street).service.ticket_ads[0].text == "Оплатите услуги"


@pytest.mark.parametrize(("code", "word"), [(18, "учёта"), (19, "отключена")])
async def test_the_codes_of_2_0_4_have_words_of_their_own(street: Street, till: Till, code: int, word: str) -> None:
    street.server.set_behaviour(result_code=code)
    told = await till.told(till.ticket())
    assert told[0] == code and word in told[1]


async def test_a_document_repeated_in_the_other_version_is_answered_in_that_version(street: Street) -> None:
    till = Till(street)
    first, _ = await till.raw(till.frame(till.ticket()))
    again = encode_frame(204, DEVICE, TOKEN, 1, till.ticket().SerializeToString())
    header, response = await till.raw(again)
    assert (header.version, header.token) == (204, first.token)
    assert street.server.exchanges()[-1]["outcome"] == "repeated"
    assert answer_204(street).ticket.ticket_number == response.ticket.ticket_number
    assert till.book["tickets"]["sell"]["count"] == 1


async def test_a_text_that_is_no_utf_8_is_3_in_both(street: Street, till: Till) -> None:
    body = till.ticket().SerializeToString()
    name = "Нан".encode()
    assert body.count(name) == 1
    for version in (203, 204):
        broken = encode_frame(version, DEVICE, TOKEN, 1, body.replace(name, b"\xff" * len(name)))
        _, response = await till.raw(broken)
        assert response.result.result_code == 3 and "UTF-8" in response.result.result_text
    listed = street.server.exchanges()[-1]["request"]["ticket"]["items"][0]["commodity"]["name"]
    assert listed == "�" * len(name)


async def test_a_restart_reads_both_versions_back(tmp_path: Any) -> None:
    async with Street(tmp_path) as street:
        till = Till(street)
        await till.made(till.ticket())
        till.version = 204
        await till.made(till.ticket())
        before = till.book
    async with Street(tmp_path) as street:
        assert street.server.book(DEVICE) == before
        till.street = street
        header, response = await till.raw(till.sent)
        assert (header.token, response.result.result_code) == (before["token"], 0)
        assert answer_204(street).ticket.ticket_number == before["documents"][-1]["fiscal_sign"]
