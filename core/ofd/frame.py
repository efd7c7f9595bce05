"""The frame around every message to and from the operator of fiscal data (ОФД): 18 bytes, then the message.

PROTOCOL.md (a). There is no checksum; all numbers of the header are little-endian and unsigned.
"""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass

APPCODE = 0x81A2
HEADER_BYTES = 18
FRAME_BYTES_MAX = 2 * 1024 * 1024
"""The protocol states no bound; a receipt of 500 lines with every text at its longest takes 1.2 MB."""

UINT16_MAX = 0xFFFF
UINT32_MAX = 0xFFFF_FFFF

_LAYOUT = struct.Struct("<HHIIIH")
assert _LAYOUT.size == HEADER_BYTES


class FrameError(Exception):
    """Bytes that are no frame of the protocol. The message is one line, fit to be shown."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before a message: `version` 203 is 2.0.3, `size` counts the header too, `id` the device."""

    version: int
    size: int
    id: int
    token: int
    reqnum: int


def encode_frame(version: int, device_id: int, token: int, reqnum: int, payload: bytes) -> bytes:
    """Put a header before `payload`; a number out of its field's range is a `FrameError`, not cut."""
    limits = {
        "version": (version, UINT16_MAX),
        "device id": (device_id, UINT32_MAX),
        "token": (token, UINT32_MAX),
        "reqnum": (reqnum, UINT16_MAX),
    }
    for name, (value, largest) in limits.items():
        if not 0 <= value <= largest:
            raise FrameError(f"{name} {value} is not within 0..{largest}")
    size = HEADER_BYTES + len(payload)
    if size > FRAME_BYTES_MAX:
        raise FrameError(f"a frame of {size} bytes is longer than {FRAME_BYTES_MAX}")
    return _LAYOUT.pack(APPCODE, version, size, device_id, token, reqnum) + payload


def decode_header(raw: bytes) -> Header:
    """Read exactly 18 bytes. The version is not judged here: whoever knows the schemas does that."""
    if len(raw) != HEADER_BYTES:
        raise FrameError(f"a header has {HEADER_BYTES} bytes, got {len(raw)}")
    appcode, version, size, device_id, token, reqnum = _LAYOUT.unpack(raw)
    if appcode != APPCODE:
        raise FrameError(f"the frame begins with 0x{appcode:04X}, not with 0x{APPCODE:04X}")
    if size < HEADER_BYTES:
        raise FrameError(f"the header tells a size of {size}, less than its own {HEADER_BYTES} bytes")
    if size > FRAME_BYTES_MAX:
        raise FrameError(f"the header tells a size of {size}, more than {FRAME_BYTES_MAX}")
    return Header(version, size, device_id, token, reqnum)


def decode_frame(raw: bytes) -> tuple[Header, bytes]:
    """Read one whole frame and nothing after it."""
    header = decode_header(raw[:HEADER_BYTES])
    if len(raw) != header.size:
        raise FrameError(f"the header tells a size of {header.size}, the frame has {len(raw)} bytes")
    return header, raw[HEADER_BYTES:]


async def read_frame(reader: asyncio.StreamReader) -> tuple[Header, bytes]:
    """Read exactly 18 bytes, then exactly the rest, in however small pieces they come.

    Waits without a limit of its own: the caller owns the time. An end before the last byte is a `FrameError`.
    """
    header = decode_header(await _exactly(reader, HEADER_BYTES))
    return header, await _exactly(reader, header.size - HEADER_BYTES)


async def _exactly(reader: asyncio.StreamReader, count: int) -> bytes:
    try:
        return await reader.readexactly(count)
    except asyncio.IncompleteReadError as cut:
        raise FrameError(f"the connection ended after {len(cut.partial)} of {count} bytes") from cut
