"""One document model in two versions of the protocol, and answers read by the version of their header."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from domain_samples import (
    CLOSE,
    ELSEWHERE,
    NOON,
    REGISTRATION,
    Register,
    accepted,
    asked,
    deposit,
    goods,
    paid_in_cash,
    sale,
    seller_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_codec import Accepted, document_of
from wire_rules import check_request

from core.clock import ALMATY
from core.domain.document import Document
from core.domain.pricing import LINES_MAX, Pricing, price
from core.domain.registration import PROTOCOL_VERSIONS, Registration, other_protocol
from core.domain.ticket import Kind, LineInput, Payment, PaymentType, Ticket, TicketInput
from core.ofd.codec import (
    CHECK_URL_BYTES_MAX,
    SIGN_CHARACTERS_MAX,
    TEXT_CHARACTERS_MAX,
    AnswerError,
    Period,
    command_of,
    decode_answer,
    encode,
)
from core.ofd.frame import decode_frame, encode_frame
from core.ofd.report_codec import report_checksum
from core.ofd.schema import kkm_v202_pb2 as v202
from core.ofd.schema import kkm_v203_pb2 as v203
from core.ofd.schema import kkm_v204_pb2 as v204
from sandbox.ofd import checks
from sandbox.ofd.versions import read_request

AT = datetime(2026, 3, 5, 14, 7, 9, tzinfo=ALMATY)
THEN = Period(AT, AT)
NEWER = replace(REGISTRATION, protocol="2.0.4")
PRICING = Pricing(True, "16", NOON.date(), "0")


def request_204(document: Document, registration: Registration = NEWER, **more: Any) -> Any:
    payload = encode(registration, command_of(document), THEN, document, **more)
    request = v204.Request.FromString(payload)
    assert request.IsInitialized(), request.FindInitializationErrors()
    assert request.SerializeToString() == payload, "nothing of it is unknown to 2.0.4"
    return request


def ticket_of(*items: LineInput, **more: Any) -> Ticket:
    return price(replace(paid_in_cash(asked(*items)), **more), PRICING)


@settings(max_examples=100, deadline=None)
@given(accepted(), st.booleans())
def test_an_accepted_ticket_is_taken_strictly_in_2_0_4_and_says_the_same_as_in_2_0_3(
    one: Accepted, offline: bool
) -> None:
    _, pricing, ticket = one
    document = document_of(ticket, seller=seller_of(pricing))
    request = request_204(document, offline=offline)
    device = checks.Device(
        NEWER.device_id, NEWER.rnm, NEWER.znm, NEWER.iin_bin, NEWER.title, NEWER.address, ""
    )
    read = read_request(204, request.SerializeToString())
    checks.check_values(read)
    checks.check_service(read, device, 204)
    checks.check_ticket(read.ticket, device, checks.Standing(AT, 12, AT, 10**13))
    for item in request.ticket.items:
        for line in (item.commodity, item.storno_commodity):
            line.ClearField("commodity_type")
            if not line.ListFields():
                item.ClearField("commodity" if line is item.commodity else "storno_commodity")
    older = encode(REGISTRATION, "TICKET", THEN, document, offline=offline)
    assert request.SerializePartialToString() == older


def test_every_kind_of_document_is_whole_in_2_0_4() -> None:
    register = Register()
    made = [register.done(command) for command in (sale(), deposit(500), CLOSE)]
    for document in made:
        for offline in (False, True):
            request_204(document, offline=offline)
    close = request_204(made[-1]).close_shift
    report = made[-1].report
    assert report is not None
    assert close.z_report.checksum == report.checksum == report_checksum(report)
    older = encode(REGISTRATION, "CLOSE_SHIFT", THEN, made[-1])
    assert request_204(made[-1]).SerializeToString() == older, "a close has nothing that 2.0.4 writes otherwise"


@pytest.mark.parametrize("command", ["SYSTEM", "INFO"])
def test_a_command_without_a_document_is_the_same_in_both(command: str) -> None:
    payload = encode(NEWER, command, THEN)
    assert payload == encode(REGISTRATION, command, THEN)
    assert v204.Request.FromString(payload).IsInitialized()
    assert check_request(payload).service.reg_info.kkm.kkm_id == str(REGISTRATION.device_id)


def test_a_line_tells_in_2_0_4_whether_it_is_a_good_a_work_or_a_service() -> None:
    ticket = ticket_of(goods(1_000), goods(1_000, unit="931"), goods(1_000, unit="5114"), goods(100, storno=True))
    items = request_204(document_of(ticket)).ticket.items
    kinds = [item.commodity.commodity_type for item in items[:3]]
    assert kinds == [v204.COMMODITY_TYPE_PRODUCT, v204.COMMODITY_TYPE_TASK, v204.COMMODITY_TYPE_SERVICE]
    assert items[3].storno_commodity.HasField("commodity_type")
    older = v203.Request.FromString(encode(REGISTRATION, "TICKET", THEN, document_of(ticket)))
    assert v204.Request.FromString(older.SerializeToString()).ticket.items[0].commodity.commodity_type == 0
    assert not v204.Request.FromString(older.SerializeToString()).ticket.items[0].commodity.HasField("commodity_type")


def test_a_regime_that_2_0_4_has_withdrawn_is_left_out_of_its_taxes() -> None:
    ticket = ticket_of(goods(1_000))
    for registration, told in ((NEWER, False), (REGISTRATION, True)):
        patent = replace(registration, taxation_type=103)
        payload = encode(patent, "TICKET", THEN, document_of(ticket))
        tax = v203.Request.FromString(payload).ticket.items[0].commodity.taxes[0]
        assert (tax.HasField("taxation_type"), tax.percent) == (told, 16_000)
    assert request_204(document_of(ticket)).ticket.items[0].commodity.taxes[0].taxation_type == v204.RTS


def test_a_return_names_its_basis_and_marks_codes_and_catalogue_in_both() -> None:
    item = goods(100, mark="010460\x1d21abc", ntin="0200100000010", barcode="4870001000011")
    request = replace(paid_in_cash(asked(item, kind=Kind.SELL_RETURN)), parent=ELSEWHERE)
    document = document_of(price(request, PRICING))
    for protocol, version in PROTOCOL_VERSIONS.items():
        payload = encode(replace(REGISTRATION, protocol=protocol), "TICKET", THEN, document)
        ticket = read_request(version, payload).ticket
        line = ticket.items[0].commodity
        assert (list(line.list_excise_stamp), line.ntin, line.barcode) == (
            ["010460\x1d21abc"], "0200100000010", "4870001000011",
        )
        assert [field.name for field, _ in ticket.parent_ticket.ListFields()] == [
            "parent_ticket_number", "parent_ticket_data_time", "kgd_kkm_id", "parent_ticket_total",
            "parent_ticket_is_offline",
        ]


def test_the_longest_receipt_fits_a_frame() -> None:
    """What is journaled must be tellable: every text at its bound, in letters of four bytes."""
    letter = "𝔸"
    line = LineInput(
        letter * 128, 99_999_999, quantity=999, section=letter * 20, barcode=letter * 64, ntin=letter * 64,
        mark=letter * 300, vat="16",
    )
    items = (line,) * LINES_MAX
    total = sum(one.gross for one in price(TicketInput(Kind.SELL, items), PRICING).items)
    ticket = price(TicketInput(Kind.SELL, items, payments=(Payment(PaymentType.CARD, total),)), PRICING)
    payload = encode(NEWER, "TICKET", THEN, document_of(ticket), offline=True)
    assert len(decode_frame(encode_frame(204, 1, 1, 1, payload))[1]) > 2**20, "a mebibyte would not do"


def test_the_other_protocol_is_the_one_that_is_not_spoken() -> None:
    assert [other_protocol(protocol) for protocol in ("2.0.3", "2.0.4")] == ["2.0.4", "2.0.3"]
    assert REGISTRATION.speaking(None) is REGISTRATION
    assert REGISTRATION.speaking("2.0.4") == NEWER
    assert NEWER.speaking("2.0.3") == REGISTRATION


# -- answers -----------------------------------------------------------------------------------------------


def accepted_answer(module: Any, sign: bytes = b"123", link: bytes | None = None, text: bytes | None = None) -> bytes:
    """An accepted ticket in bytes, so that texts may be anything."""

    def part(tag: int, body: bytes) -> bytes:
        size = len(body)
        return bytes((tag, size & 0x7F | 0x80, size >> 7)) + body

    result = b"\x08\x00" + (b"" if text is None else part(0x12, text))
    ticket = part(0x0A, sign) + (b"" if link is None else part(0x12, link))
    raw = b"\x08\x01" + part(0x12, result) + part(0x1A, ticket)
    module.Response.FromString(raw)
    return raw


@pytest.mark.parametrize(("version", "module"), [(202, v202), (203, v203), (204, v204)])
def test_an_answer_is_read_in_each_version(version: int, module: Any) -> None:
    response = module.Response(command=module.COMMAND_TICKET)
    response.result.result_code = 0
    response.ticket.ticket_number, response.ticket.qr_code = "923860753030", b"https://x/?i=1"
    answer = decode_answer(response.SerializeToString(), version)
    assert (answer.fiscal_sign, answer.check_url) == ("923860753030", "https://x/?i=1")
    refused = module.Response(command=module.COMMAND_TICKET)
    refused.result.result_code = 18
    assert decode_answer(refused.SerializeToString(), version).result_code == 18


@pytest.mark.parametrize("version", [0, 125, 201, 205, 65535])
def test_an_answer_of_a_version_that_is_not_known_is_none(version: int) -> None:
    with pytest.raises(AnswerError):
        decode_answer(accepted_answer(v203), version)


def test_a_command_that_only_2_0_4_has_is_an_answer_there_and_none_before() -> None:
    response = v204.Response(command=v204.COMMAND_QR_GENERATE)
    response.result.result_code = 0
    payload = response.SerializeToString()
    assert decode_answer(payload, 204).command == "QR_GENERATE"
    with pytest.raises(AnswerError):
        decode_answer(payload, 203)


def test_an_organisation_of_2_0_2_does_not_spoil_its_answer() -> None:
    response = v202.Response(command=v202.COMMAND_INFO)
    response.result.result_code = 0
    response.service.reg_info.org.tenantId = 7
    response.service.last_document_info.fr_shift_number = 1
    response.service.last_document_info.printed_document_number = 9
    assert decode_answer(response.SerializeToString(), 202).last_printed_number == 9


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (None, None),
        (b"", None),
        (b" \n\t ", None),
        ("Қабылданды".encode(), "Қабылданды"),
        ("Принято".encode("cp1251"), "�" * 7),
        (b"OK\x00\x01\x1b[31m", "OK [31m"),
        ("строка\r\nстрока".encode(), "строка строка"),
        (b"x" * 5000, "x" * TEXT_CHARACTERS_MAX),
    ],
)
def test_words_beside_a_code_never_undo_it(text: bytes | None, read: str | None) -> None:
    answer = decode_answer(accepted_answer(v203, text=text), 203)
    assert (answer.result_code, answer.fiscal_sign, answer.result_text) == (0, "123", read)


@pytest.mark.parametrize(
    "link",
    [b"", b"\xff\xfe", b"https://x/\x00", b"https://x/\n", b"https://x/" + b"i" * CHECK_URL_BYTES_MAX],
)
def test_a_link_that_cannot_be_drawn_is_left_out_and_the_receipt_keeps_its_sign(link: bytes) -> None:
    answer = decode_answer(accepted_answer(v203, link=link), 203)
    assert (answer.fiscal_sign, answer.check_url) == ("123", None)


def test_a_sign_is_text_and_is_never_blank_or_endless() -> None:
    assert decode_answer(accepted_answer(v203, sign=b" 0012345678901 "), 203).fiscal_sign == "0012345678901"
    for sign in (b"  ", b"\x00", b"1" * (SIGN_CHARACTERS_MAX + 1)):
        with pytest.raises(AnswerError):
            decode_answer(accepted_answer(v203, sign=sign), 203)


def test_the_notice_of_a_block_may_be_blank() -> None:
    response = v203.Response(command=v203.COMMAND_TICKET)
    response.result.result_code, response.result.result_text = 15, "BLOCKED"
    response.service.ticket_ads.add(text=" ").info.CopyFrom(v203.TicketAdInfo(type=v203.TICKET_AD_INFO, version=1))
    assert decode_answer(response.SerializeToString()).result_text == "BLOCKED"
