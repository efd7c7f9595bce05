"""A line between a register and its operator that spoils what comes back: a TCP relay before the real operator."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from engine_street import _DEVICES, Street, enrol

Mangle = Callable[[bytes], list[bytes]]


def as_it_is(answer: bytes) -> list[bytes]:
    return [answer]


@dataclass
class Line:
    """`mangle` turns an operator's answer into the segments that reach the register; after them the line is cut."""

    here: Street
    mangle: Mangle = as_it_is
    times: int = 0
    relayed: list[bytes] = field(default_factory=list)

    def spoil(self, mangle: Mangle, times: int = 1_000) -> None:
        self.mangle, self.times = mangle, times

    def well(self) -> None:
        self.times = 0

    def segments(self, answer: bytes) -> list[bytes]:
        if not self.times:
            return [answer]
        self.times -= 1
        return self.mangle(answer)


def header(answer: bytes, **changed: int) -> bytes:
    """The answer under a header of which some numbers are changed."""
    names = ("appcode", "version", "size", "id", "token", "reqnum")
    values = dict(zip(names, struct.unpack_from("<HHIIIH", answer), strict=True))
    return struct.pack("<HHIIIH", *{**values, **changed}.values()) + answer[18:]


def body(answer: bytes, payload: bytes, **changed: int) -> bytes:
    """Another message under the answer's header, its size put right."""
    return header(answer[:18], size=18 + len(payload), **changed) + payload


async def whole(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readexactly(18)
    return head + await reader.readexactly(int.from_bytes(head[4:8], "little") - 18)


async def closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


async def answer_of(request: bytes, port: int) -> bytes:
    """What the operator answers to one frame."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return await whole(reader)
    finally:
        await closed(writer)


@asynccontextmanager
async def mangling_line(here: Street, protocol: str = "2.0.3") -> AsyncIterator[Line]:
    """A further register of the street whose way to the operator goes through this line."""
    line = Line(here)

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            request = await whole(reader)
            line.relayed.append(request)
            answer = await answer_of(request, here.port)
            for segment in line.segments(answer):
                writer.write(segment)
                await writer.drain()
                await asyncio.sleep(0)
        await closed(writer)

    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    try:
        port = server.sockets[0].getsockname()[1]
        line.here = replace(here, device_id=next(_DEVICES), port=port)
        await enrol(line.here, protocol=protocol)
        yield line
    finally:
        server.close()
        await server.wait_closed()
