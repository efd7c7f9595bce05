"""No bytes crash or hang a reader of the wire, ours, the sandbox operator's or `tiyn wire`: only their own errors."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from domain_samples import REGISTRATION
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from wire_bytes import VERSIONS, any_frames, exchanged, framed, frames, operator, payloads, spoiled

from core.domain.ticket import OPERATIONS
from core.ofd.codec import TEXT_CHARACTERS_MAX, AnswerError, decode_answer
from core.ofd.compare import differences
from core.ofd.frame import FrameError, decode_frame, read_frame
from core.ofd.link import Answered, Link, NoLink, Unanswered
from core.ofd.nomenclature import read_good
from core.ofd.wire_json import decode_hex, encode_json
from sandbox.ofd.wire import BadFrame, read_head
from tiyn import app

DEEP = b"\x0b" * 100_000
LONG_VARINT = b"\xff" * 5_000
HUGE_LENGTH = b"\x12\xff\xff\xff\xff\x0f"
MANY = settings(max_examples=400, deadline=None)
SOME = settings(max_examples=120, deadline=None)


@MANY
@given(any_frames())
def test_a_frame_is_read_or_refused(raw: bytes) -> None:
    try:
        header, payload = decode_frame(raw)
    except FrameError as error:
        assert "\n" not in str(error)
    else:
        assert len(payload) == header.size - 18


@SOME
@given(any_frames(), st.lists(st.integers(1, 40), max_size=12))
def test_a_stream_that_ends_is_read_or_refused_in_whatever_pieces_it_comes(raw: bytes, steps: list[int]) -> None:
    async def read() -> None:
        reader = asyncio.StreamReader()
        reading = asyncio.ensure_future(read_frame(reader))
        place = 0
        for step in steps:
            reader.feed_data(raw[place : place + step])
            place += step
            await asyncio.sleep(0)
        reader.feed_data(raw[place:])
        reader.feed_eof()
        try:
            header, payload = await reading
        except FrameError:
            return
        assert raw[18 : header.size] == payload

    asyncio.run(read())


@MANY
@given(payloads(), st.sampled_from((*VERSIONS, 0, 205)))
@example(DEEP, 203)
@example(DEEP, 204)
@example(LONG_VARINT, 203)
@example(HUGE_LENGTH, 202)
def test_an_answer_is_read_or_refused_and_what_is_read_can_be_kept(payload: bytes, version: int) -> None:
    try:
        answer = decode_answer(payload, version)
    except AnswerError:
        return
    assert 0 <= answer.result_code < 2**32 and answer.command
    for text in (answer.result_text, answer.fiscal_sign, answer.check_url):
        assert text is None or (text.isprintable() and 0 < len(text) <= TEXT_CHARACTERS_MAX)
        assert json.loads(json.dumps(text)) == text
    if answer.counters is not None:
        names = {str(op) for op in OPERATIONS}
        assert set(answer.counters.non_nullable) <= names and set(answer.counters.total_counts) <= names
        json.dumps(differences(_empty_state(), answer.counters))


def _empty_state() -> Any:
    from core.domain.register import RegisterState

    return RegisterState("r")


@SOME
@given(payloads(), st.sampled_from((*VERSIONS, 205)))
@example(DEEP, 204)
def test_a_good_is_read_or_not(payload: bytes, version: int) -> None:
    found = read_good(payload, version, "4870001000011")
    if found is not None and found.good is not None:
        assert found.good.name.isprintable() and found.good.name_kk.isprintable()
        json.dumps([found.good.ntin, found.good.unit, found.good.is_marked, found.good.is_social])


@MANY
@given(any_frames(), st.booleans())
@example(framed(DEEP, 203), False)
@example(framed(DEEP, 204), True)
@example(framed(LONG_VARINT, 202), False)
def test_wire_decode_tells_a_frame_or_one_line(raw: bytes, response: bool) -> None:
    try:
        told = decode_hex(raw.hex(), response=response)
    except FrameError as error:
        assert "\n" not in str(error)
        return
    text = json.dumps(told, ensure_ascii=False)
    again = encode_json(json.loads(text))
    assert decode_hex(again.hex(), response=response)["message"] == told["message"]


@pytest.mark.parametrize("raw", frames(), ids=lambda raw: f"{len(raw)} bytes")
def test_every_whole_frame_survives_json_byte_for_byte(raw: bytes) -> None:
    response = raw in [answer for _, answer in exchanged()]
    if not response:
        try:
            told = decode_hex(raw.hex())
        except FrameError:
            told = decode_hex(raw.hex(), response=True)
    else:
        told = decode_hex(raw.hex(), response=True)
    assert encode_json(json.loads(json.dumps(told))) == raw


_scalars = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8)
_names = st.sampled_from(
    ("header", "message", "version", "size", "id", "token", "reqnum", "command", "ticket", "result", "service", "items",
     "domain", "type", "taxes", "ticket_number", "qr_code", "base64", "result_code", "COMMAND_TICKET", "x")
) | st.text(max_size=5)
_json = st.recursive(
    _scalars | st.sampled_from(("COMMAND_TICKET", "OPERATION_SELL", "\ud800")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=5),
    max_leaves=20,
)
_header = st.fixed_dictionaries({name: st.integers(-1, 2**33) for name in ("id", "token", "reqnum")}).flatmap(
    lambda rest: st.sampled_from((202, 203, 204, 205)).map(lambda version: {"version": version, **rest})
)


@MANY
@given(_json | st.builds(lambda header, message: {"header": header, "message": message}, _header, _json))
def test_wire_encode_makes_a_frame_or_says_one_line(document: Any) -> None:
    try:
        raw = encode_json(document)
    except FrameError as error:
        assert "\n" not in str(error)
    else:
        assert decode_frame(raw)[0].version in VERSIONS


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60) | any_frames().map(bytes.hex), st.booleans())
def test_the_command_line_ends_with_0_or_with_1_and_one_line(text: str, response: bool) -> None:
    arguments = ["wire", "decode", *(["--response"] if response else []), "--", text]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code in (0, 1), done.exception
    assert done.exit_code == 0 or done.output.strip().count("\n") == 0
    encoded = CliRunner().invoke(app, ["wire", "encode"], input=done.output if done.exit_code == 0 else text)
    assert encoded.exit_code in (0, 1), encoded.exception
    assert encoded.exit_code == 0 or encoded.output.startswith("tiyn: ")


@MANY
@given(any_frames())
@example(framed(DEEP, 203))
@example(framed(DEEP, 204))
@example(framed(b"\x08\x05" + DEEP, 203))
@example(framed(LONG_VARINT, 204))
def test_the_sandbox_operator_answers_every_frame_and_can_tell_of_it(raw: bytes) -> None:
    try:
        head = read_head(raw[:18]) if len(raw) >= 18 else None
    except BadFrame:
        return
    if head is None or head.size != len(raw):
        return
    ofd = operator()
    exchange, _ = ofd.receive(raw)
    assert exchange.answer is not None
    told = exchange.told()
    json.dumps(told, ensure_ascii=False).encode()
    header, payload = decode_frame(exchange.answer)
    assert (header.id, header.reqnum, header.version) == (head.device_id, head.reqnum, head.version)
    if header.version in (203, 204) and told["outcome"] in ("booked", "answered"):
        assert decode_answer(payload, header.version).result_code == 0
    json.dumps(ofd.book(REGISTRATION.device_id), ensure_ascii=False).encode()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_document_spoiled_on_its_way_is_booked_whole_or_not_at_all(data: st.DataObject) -> None:
    request, _ = data.draw(st.sampled_from(exchanged()))
    version = int.from_bytes(request[2:4], "little")
    ofd = operator()
    before = ofd.book(REGISTRATION.device_id)
    exchange, _ = ofd.receive(framed(data.draw(spoiled(request[18:])), version))
    after = ofd.book(REGISTRATION.device_id)
    assert (after["documents"] != before["documents"]) == (exchange.outcome == "booked")
    assert (after["token"] != before["token"]) == (exchange.outcome == "booked")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.integers(0, 3))
def test_the_link_comes_to_one_of_its_three_ends_whatever_the_other_side_says(raw: bytes, cut: int) -> None:
    async def attempt() -> object:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readexactly(18)
            for begin in range(0, len(raw), max(1, len(raw) // (cut + 1))):
                writer.write(raw[begin : begin + max(1, len(raw) // (cut + 1))])
                await writer.drain()
            writer.close()
            await writer.wait_closed()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            frame = framed(b"\x08\x00", 203)
            return await Link(lambda _point: None).attempt("127.0.0.1", port, frame, REGISTRATION.device_id, 1, 30)

    end = asyncio.run(attempt())
    assert isinstance(end, Answered | NoLink | Unanswered)
    if isinstance(end, Answered):
        header, payload = decode_frame(raw[: int.from_bytes(raw[4:8], "little")])
        assert (end.token, end.payload, end.version) == (header.token, payload, header.version)
        assert (header.id, header.reqnum) == (REGISTRATION.device_id, 1)
    elif isinstance(end, Unanswered):
        assert end.late is None


@pytest.mark.parametrize(
    ("host", "port"), [("a..b", 1), ("x" * 300, 1), ("127.0.0.1", 70_000), ("127.0.0.1", -1), ("", 1)]
)
async def test_an_address_that_cannot_be_one_is_no_link(host: str, port: int) -> None:
    frame = framed(b"\x08\x00", 203)
    assert isinstance(await Link(lambda _point: None).attempt(host, port, frame, 1, 1, 5), NoLink)
