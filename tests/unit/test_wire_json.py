"""`tiyn wire decode` and `encode`: nothing is lost on the way, and nothing that is not of the version gets through."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from golden_vectors import A1, C2, B, C, raw
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ofd.frame import FrameError, encode_frame
from core.ofd.schema import kkm_v203_pb2 as pb
from core.ofd.schema import kkm_v204_pb2 as v204
from core.ofd.wire_json import decode_hex, encode_json

UINT32, UINT64 = st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1)
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)


def framed(payload: bytes) -> str:
    return encode_frame(203, 1, 2, 3, payload).hex()


def changed(vector: str, path: str, value: Any) -> dict[str, Any]:
    """A vector's JSON with one member set; `...` takes it away."""
    document = copy.deepcopy(decode_hex(vector, response=vector in (C, C2)))
    *way, last = (int(step) if step.isdecimal() else step for step in path.split("/"))
    target: Any = document
    for step in way:
        target = target[step]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return document


def told(error: pytest.ExceptionInfo[FrameError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    return text


def test_a_request_and_an_answer_are_told_apart_by_the_result() -> None:
    assert decode_hex(A1) == {
        "header": {"version": 203, "size": 20, "id": 1234567, "token": 0x9ABCDEF0, "reqnum": 7},
        "message": {"command": "COMMAND_SYSTEM"},
    }
    assert decode_hex(C2, response=True)["message"] == {"command": "COMMAND_TICKET", "result": {"result_code": 2}}


def test_blanks_line_ends_and_capitals_between_the_digits_are_let_through() -> None:
    assert decode_hex("\n A281CB00 14000000\t87d61200 F0DEBC9A 0700 0800 \n") == decode_hex(A1)


@given(st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_payload_is_read_or_refused_in_one_line(payload: bytes) -> None:
    for response in (False, True):
        try:
            document = decode_hex(framed(payload), response=response)
        except FrameError as error:
            assert "\n" not in str(error)
        else:
            again = encode_json(json.loads(json.dumps(document)))
            assert decode_hex(again.hex(), response=response)["message"] == document["message"]


@given(UINT32, st.one_of(st.none(), st.binary(max_size=30)), TEXT, UINT64, UINT64)
@settings(max_examples=60, deadline=None)
def test_any_answer_survives_json_byte_for_byte(
    code: int, link: bytes | None, text: str, bills: int, version: int
) -> None:
    response = pb.Response(command=pb.COMMAND_INFO)
    response.result.result_code = code
    response.result.result_text = text
    response.ticket.ticket_number = text
    if link is not None:
        response.ticket.qr_code = link
    element = response.nomenclature.elements.add(type=pb.NomenclatureResponse.ITEM, title=text, id=version)
    element.item.sell_price.bills, element.item.sell_price.coins = bills, 0
    response.nomenclature.version = code
    response.nomenclature.result = pb.NomenclatureResponse.RESULT_TYPE_NO_VERSION
    frame = encode_frame(203, code, code, 9, response.SerializeToString())
    document = json.loads(json.dumps(decode_hex(frame.hex(), response=True)))
    assert encode_json(document) == frame


def test_large_numbers_are_numbers() -> None:
    document = changed(B, "message/ticket/amounts/taken/bills", 2**63 - 1)
    assert decode_hex(encode_json(document).hex())["message"]["ticket"]["amounts"]["taken"]["bills"] == 2**63 - 1


def test_bytes_that_are_no_text_come_back_the_same() -> None:
    document = changed(C, "message/ticket/qr_code", {"base64": "//79"})
    again = decode_hex(encode_json(document).hex(), response=True)
    assert again["message"]["ticket"]["qr_code"] == {"base64": "//79"}


@pytest.mark.parametrize(
    "text",
    ["", "00", "zz", "a", A1[:-3], f"{A1.strip()}00", A1.replace("a281", "a282"), A1.replace("cb00", "cd00")],
)
def test_a_broken_frame_is_refused(text: str) -> None:
    with pytest.raises(FrameError) as error:
        decode_hex(text)
    assert told(error)


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("nothing", ""),
        ("no command", "3200"),
        ("a command of no version", "0863"),
        ("a field of no version", "0800b80601"),
        ("an unknown field deep inside", "08003204f2030101"),
        ("required members missing", "08011200"),
        ("cut inside a length", "080112ff"),
        ("open shift of 2.0.0", "0809"),
    ],
)
def test_a_message_that_is_not_of_this_version_is_refused(name: str, payload: str) -> None:
    with pytest.raises(FrameError) as error:
        decode_hex(framed(bytes.fromhex(payload)))
    assert told(error)


def test_the_headers_version_chooses_the_schema() -> None:
    line = v204.Request(command=v204.COMMAND_TICKET)
    line.ticket.items.add(type=1).commodity.commodity_type = v204.COMMODITY_TYPE_SERVICE
    payload = line.SerializePartialToString()
    for version, part in ((203, "does not have: ticket.items.commodity.16"), (204, "required fields are missing")):
        with pytest.raises(FrameError) as error:
            decode_hex(encode_frame(version, 1, 2, 3, payload).hex())
        assert part in told(error)


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (202, {"command": "COMMAND_SYSTEM", "service": {"reg_info": {"org": {"tenantId": 7}}}}),
        (203, {"command": "COMMAND_SYSTEM", "service": {"reg_info": {"org": {"address_kz": "Алматы", "tenantId": 7}}}}),
        (204, {"command": "COMMAND_SYSTEM", "service": {"reg_info": {"org": {"address_kz": "Алматы қ."}}}}),
        (204, {"command": "COMMAND_QR_GENERATE", "qr": {"invoice_id": 2**64 - 1, "amount": {"bills": 1, "coins": 0}}}),
        (
            204,
            {
                "command": "COMMAND_QR_GET_STATUS",
                "result": {"result_code": 0},
                "qr": {"qr_code": "x", "status": "STATUS_PAID"},
            },
        ),
        (
            204,
            {
                "command": "COMMAND_SYSTEM",
                "result": {"result_code": 18},
                "service": {"reg_info": {"ofd": {"title": "ОФД", "title_kz": "ФДО", "url": "https://x"}}},
            },
        ),
    ],
)
def test_each_version_goes_both_ways(version: int, message: dict[str, Any]) -> None:
    header = {"version": version, "id": 1, "token": 2**32 - 1, "reqnum": 65535}
    raw = encode_json({"header": header, "message": message})
    again = decode_hex(raw.hex(), response="result" in message)
    assert (again["message"], again["header"]) == (message, {**header, "size": len(raw)})


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (202, {"command": "COMMAND_SYSTEM", "service": {"reg_info": {"org": {"address_kz": "x"}}}}),
        (202, {"command": "COMMAND_NOMENCLATURE", "nomenclature": {}}),
        (203, {"command": "COMMAND_QR_GENERATE"}),
        (204, {"command": "COMMAND_CANCEL_TICKET"}),
        (204, {"command": "COMMAND_SYSTEM", "service": {}}),
        (204, {"command": "COMMAND_SYSTEM", "service": {"reg_info": {"org": {"tenantId": 7}}}}),
        (205, {"command": "COMMAND_SYSTEM"}),
    ],
)
def test_what_a_version_does_not_have_makes_no_frame_of_it(version: int, message: dict[str, Any]) -> None:
    with pytest.raises(FrameError) as error:
        encode_json({"header": {"version": version, "id": 1, "token": 2, "reqnum": 3}, "message": message})
    assert told(error)


def test_a_text_that_is_no_utf_8_is_refused_with_its_field() -> None:
    response = pb.Response(command=pb.COMMAND_SYSTEM)
    response.result.result_code, response.result.result_text = 0, "AAAA"
    payload = response.SerializeToString().replace(b"AAAA", b"\xff\xfe\xfd\xfc")
    with pytest.raises(FrameError) as error:
        decode_hex(framed(payload), response=True)
    assert told(error) == "the text of result_text is not UTF-8"


def test_an_answer_read_as_a_request_says_what_it_is() -> None:
    with pytest.raises(FrameError) as error:
        decode_hex(C)
    assert "--response" in told(error)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("header/token", ...),
        ("header/token", "1"),
        ("header/token", True),
        ("header/token", 2**32),
        ("header/reqnum", -1),
        ("header/version", 202),
        ("header/colour", 1),
        ("message/command", ...),
        ("message/command", 1),
        ("message/command", "COMMAND_OPEN_SHIFT"),
        ("message/colour", 1),
        ("message/ticket", []),
        ("message/ticket/items", {}),
        ("message/ticket/items/0", 5),
        ("message/ticket/items/0/commodity/quantity", "1500"),
        ("message/ticket/items/0/commodity/quantity", 1.5),
        ("message/ticket/items/0/commodity/quantity", 2**64),
        ("message/ticket/items/0/commodity/quantity", -1),
        ("message/ticket/items/0/commodity/name", 7),
        ("message/ticket/items/0/commodity/name", "\ud800"),
        ("message/ticket/items/0/commodity/taxes/0/is_in_total_sum", 1),
        ("message/ticket/amounts/total/coins", None),
        ("message/ticket/amounts/total", ...),
    ],
)
def test_json_that_makes_no_frame_is_refused(path: str, value: Any) -> None:
    with pytest.raises(FrameError) as error:
        encode_json(changed(B, path, value))
    assert told(error)


@pytest.mark.parametrize("document", [None, [], 5, "text", {}, {"header": {}}, {"header": {}, "message": {}}])
def test_what_is_not_a_frame_at_all_is_refused(document: Any) -> None:
    with pytest.raises(FrameError):
        encode_json(document)


@pytest.mark.parametrize("code", [7, {"base64": 1}, {"base64": "?"}, {"hex": "00"}, "\ud800"])
def test_bytes_that_cannot_be_read_are_refused(code: Any) -> None:
    with pytest.raises(FrameError):
        encode_json(changed(C, "message/ticket/qr_code", code))


def test_the_size_is_counted_anew() -> None:
    document = changed(B, "message/ticket/operator/name", "Айгүл")
    document["header"]["size"] = 1
    assert decode_hex(encode_json(document).hex())["header"]["size"] == len(raw(B)) - 2
