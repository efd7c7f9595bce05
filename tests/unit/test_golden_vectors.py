"""The golden vectors of PROTOCOL.md byte for byte: read, written, and met by the sandbox operator over TCP."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import Any

import pytest
from golden_vectors import A1, A2, C2, REQUESTS, RESPONSES, B, C, raw

from core.clock import ALMATY
from core.ofd.frame import HEADER_BYTES, Header, decode_frame, encode_frame, read_frame
from core.ofd.schema import kkm_v203_pb2 as pb
from core.ofd.wire_json import decode_hex, encode_json
from sandbox.ofd import OperatorServer

TOKEN, ROTATED = 0x9ABCDEF0, 0x9ABCDEF1
NOW = datetime(2026, 3, 5, 14, 7, 9, tzinfo=ALMATY)


def server(token: int) -> OperatorServer:
    """The operator that the vectors talk to, with the answer's sign and token foretold."""
    out = OperatorServer(now=lambda: NOW, draw_token=lambda taken: ROTATED, draw_sign=lambda: "123456789012")
    out.register_device(
        1234567,
        token,
        rnm="010101234567",
        znm="SWK00000001",
        iin_bin="123456789011",
        title="ТОО Тест",
        address="Алматы",
    )
    return out


async def exchange(operator: OperatorServer, frame: bytes) -> bytes:
    """One frame there and one back over TCP."""
    port = await operator.start("127.0.0.1", 0)
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(frame)
        header, payload = await read_frame(reader)
        writer.close()
        await writer.wait_closed()
        return encode_frame(header.version, header.id, header.token, header.reqnum, payload)
    finally:
        await operator.stop()


def of_shift_one() -> bytes:
    """Vector B as the first receipt of a register: the operator of the vectors has no eleven shifts behind it."""
    document: dict[str, Any] = decode_hex(B)
    document["message"]["ticket"]["fr_shift_number"] = 1
    return encode_json(document)


@pytest.mark.parametrize(("name", "size"), [("A1", 20), ("A2", 197), ("B", 404), ("C", 129), ("C2", 24)])
def test_a_vector_is_read_and_written_byte_for_byte(name: str, size: int) -> None:
    vector = raw({**REQUESTS, **RESPONSES}[name])
    header, payload = decode_frame(vector)
    assert (header.version, header.size, header.id) == (203, size, 1234567)
    message = (pb.Response if name in RESPONSES else pb.Request).FromString(payload)
    assert message.SerializeToString(deterministic=True) == payload
    assert encode_frame(header.version, header.id, header.token, header.reqnum, payload) == vector


@pytest.mark.parametrize("name", ["A1", "A2", "B", "C", "C2"])
def test_a_vector_survives_json(name: str) -> None:
    vector = {**REQUESTS, **RESPONSES}[name]
    told = json.dumps(decode_hex(vector, response=name in RESPONSES), ensure_ascii=False)
    assert encode_json(json.loads(told)) == raw(vector)


def test_the_headers_are_those_of_the_text() -> None:
    assert decode_frame(raw(A1))[0] == Header(203, 20, 1234567, TOKEN, 7)
    assert decode_frame(raw(B))[0].reqnum == 8
    assert decode_frame(raw(C))[0] == Header(203, 129, 1234567, ROTATED, 8)


def test_the_message_of_b_is_the_receipt_of_the_text() -> None:
    ticket = decode_hex(B)["message"]["ticket"]
    first, second = (item["commodity"] for item in ticket["items"])
    assert ticket["operation"] == "OPERATION_SELL"
    assert ticket["operator"] == {"code": 1, "name": "Кассир"}
    assert ticket["domain"] == {"type": "DOMAIN_TRADING"}
    assert (first["name"], first["quantity"], first["sum"]) == ("Яблоки", 1500, {"bills": 1500, "coins": 0})
    assert first["taxes"] == [
        {
            "tax_type": 100,
            "taxation_type": 101,
            "percent": 16000,
            "sum": {"bills": 206, "coins": 90},
            "is_in_total_sum": True,
        }
    ]
    assert (second["name"], second["taxes"][0]["sum"]) == ("Хлеб", {"bills": 96, "coins": 41})
    assert ticket["payments"] == [{"type": "PAYMENT_CASH", "sum": {"bills": 2199, "coins": 0}}]
    assert ticket["amounts"]["change"] == {"bills": 301, "coins": 0}
    assert (ticket["fr_shift_number"], ticket["printed_document_number"]) == (12, 345)


def test_the_message_of_c_carries_sign_and_link() -> None:
    message = decode_hex(C, response=True)["message"]
    assert message["result"] == {"result_code": 0, "result_text": "OK"}
    assert message["ticket"] == {
        "ticket_number": "123456789012",
        "qr_code": "https://consumer.oofd.kz/?i=123456789012&f=010101234567&s=2199.00&t=20260305T140709",
    }


async def test_the_sandbox_answers_b_with_c() -> None:
    assert await exchange(server(TOKEN), of_shift_one()) == raw(C)


async def test_the_sandbox_answers_b_under_another_token_with_c2() -> None:
    assert await exchange(server(TOKEN + 5), raw(B)) == raw(C2)


@pytest.mark.parametrize("vector", [A1, A2])
async def test_the_sandbox_answers_system_under_the_same_token(vector: str) -> None:
    header, payload = decode_frame(await exchange(server(TOKEN), raw(vector)))
    assert (header.token, header.reqnum) == (TOKEN, 7)
    response = pb.Response.FromString(payload)
    assert (response.command, response.result.result_code) == (pb.COMMAND_SYSTEM, 0)
    assert response.service.HasField("reg_info") == (len(raw(vector)) > HEADER_BYTES + 2)


async def test_the_sandbox_refuses_a_shift_that_is_not_its_own() -> None:
    header, payload = decode_frame(await exchange(server(TOKEN), raw(B)))
    response = pb.Response.FromString(payload)
    assert (header.token, response.result.result_code) == (TOKEN, 13)
    assert "12" in response.result.result_text
