"""The frame: what is read is what was written, and nothing that is no frame is taken for one."""

from __future__ import annotations

import asyncio
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ofd.frame import (
    FRAME_BYTES_MAX,
    HEADER_BYTES,
    FrameError,
    Header,
    decode_frame,
    decode_header,
    encode_frame,
    read_frame,
)

UINT16, UINT32 = st.integers(0, 2**16 - 1), st.integers(0, 2**32 - 1)


async def read_in_pieces(raw: bytes, step: int) -> tuple[Header, bytes]:
    """Feed a reader piece by piece while it is being read, then end the stream."""
    reader = asyncio.StreamReader()
    reading = asyncio.ensure_future(read_frame(reader))
    for begin in range(0, len(raw), step):
        reader.feed_data(raw[begin : begin + step])
        await asyncio.sleep(0)
    reader.feed_eof()
    return await reading


def test_worked_example_of_the_protocol() -> None:
    raw = encode_frame(203, 1234567, 0x9ABCDEF0, 7, b"\x08\x00")
    assert raw.hex() == "a281cb001400000087d61200f0debc9a07000800"
    assert decode_header(raw[:18]) == Header(version=203, size=20, id=1234567, token=2_596_069_104, reqnum=7)


@given(UINT16, UINT32, UINT32, UINT16, st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(version: int, device: int, token: int, reqnum: int, payload: bytes) -> None:
    raw = encode_frame(version, device, token, reqnum, payload)
    assert decode_frame(raw) == (Header(version, len(raw), device, token, reqnum), payload)


@given(st.binary(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_frame_or_a_frame_error_in_one_line(raw: bytes) -> None:
    try:
        header, payload = decode_frame(raw)
    except FrameError as error:
        assert str(error)
        assert "\n" not in str(error)
    else:
        again = encode_frame(header.version, header.id, header.token, header.reqnum, payload)
        assert again == raw


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("short", bytes.fromhex("a281cb001400000087d61200f0debc9a07")),
        ("other appcode", bytes.fromhex("a381cb001200000087d61200f0debc9a0700")),
        ("size below the header", bytes.fromhex("a281cb001100000087d61200f0debc9a0700")),
        ("size zero", bytes.fromhex("a281cb000000000087d61200f0debc9a0700")),
        ("size above the bound", struct.pack("<HHIIIH", 0x81A2, 203, FRAME_BYTES_MAX + 1, 1, 1, 1)),
        ("size of four gigabytes", struct.pack("<HHIIIH", 0x81A2, 203, 2**32 - 1, 1, 1, 1)),
        ("byte after the frame", bytes.fromhex("a281cb001400000087d61200f0debc9a0700080000")),
        ("byte missing", bytes.fromhex("a281cb001400000087d61200f0debc9a070008")),
    ],
)
def test_what_is_no_frame_is_refused(name: str, raw: bytes) -> None:
    with pytest.raises(FrameError):
        decode_frame(raw)


def test_a_token_and_an_id_use_all_32_bits() -> None:
    header, _ = decode_frame(encode_frame(203, 2**32 - 1, 2**32 - 1, 2**16 - 1, b""))
    assert (header.id, header.token, header.reqnum) == (2**32 - 1, 2**32 - 1, 2**16 - 1)


@pytest.mark.parametrize(
    ("version", "device", "token", "reqnum"),
    [(2**16, 1, 1, 1), (203, 2**32, 1, 1), (203, 1, 2**32, 1), (203, 1, 1, 2**16), (203, 1, -1, 1)],
)
def test_a_number_out_of_range_is_refused_and_not_cut(version: int, device: int, token: int, reqnum: int) -> None:
    with pytest.raises(FrameError):
        encode_frame(version, device, token, reqnum, b"")


def test_a_payload_above_the_bound_is_refused_before_it_is_sent() -> None:
    longest = b"\0" * (FRAME_BYTES_MAX - HEADER_BYTES)
    assert len(encode_frame(203, 1, 1, 1, longest)) == FRAME_BYTES_MAX
    with pytest.raises(FrameError):
        encode_frame(203, 1, 1, 1, longest + b"\0")


@pytest.mark.parametrize("step", [1, 5, 17, 18, 19, 1000])
async def test_a_frame_in_pieces_is_read_whole(step: int) -> None:
    raw = encode_frame(203, 7, 2**31 + 5, 65535, b"0123456789" * 5)
    header, payload = await read_in_pieces(raw, step)
    assert (header.token, payload) == (2**31 + 5, b"0123456789" * 5)


async def test_only_the_frame_is_taken_from_the_stream() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(encode_frame(203, 1, 2, 3, b"first") + encode_frame(203, 1, 4, 5, b"second"))
    assert [(await read_frame(reader))[1] for _ in range(2)] == [b"first", b"second"]


@pytest.mark.parametrize("length", [0, 1, 17, 18, 19, 22])
async def test_an_end_in_the_middle_is_a_frame_error(length: int) -> None:
    raw = encode_frame(203, 1, 1, 1, b"12345")
    with pytest.raises(FrameError):
        await read_in_pieces(raw[:length], 4)
