"""The cheapest operator that can be: it accepts every frame at once and checks nothing. In a process of its own.

It is the far end of both the limit (a bare exchange) and the figure (our delivery), so their ratio tells of us alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import struct
from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import Connection

from core.ofd.schema import kkm_v203_pb2 as wire

HEADER = struct.Struct("<HHIIIH")
SIGNS_FROM = 100_000_000_000


def accepted(command: int, sign: int) -> bytes:
    """The body of an answer 0; a ticket's bears a fiscal sign and a check link."""
    response = wire.Response(command=wire.CommandTypeEnum.ValueType(command))
    response.result.result_code, response.result.result_text = 0, "OK"
    if command == wire.COMMAND_TICKET:
        response.ticket.ticket_number = str(sign)
        response.ticket.qr_code = f"https://ofd.example.kz/t/?i={sign}&f=600000000001&s=950.00".encode()
    return response.SerializeToString()


async def _serve(ready: Connection) -> None:
    signs = count(SIGNS_FROM)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                appcode, version, size, device, token, reqnum = HEADER.unpack(await reader.readexactly(HEADER.size))
                body = await reader.readexactly(size - HEADER.size)
                # field 1, the command, comes first in every request: one tag byte, one varint
                answer = accepted(body[1], next(signs))
                writer.write(HEADER.pack(appcode, version, HEADER.size + len(answer), device, token, reqnum) + answer)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    ready.send(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(ready.recv)


def _run(ready: Connection) -> None:
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        asyncio.run(_serve(ready))


@contextlib.contextmanager
def operator() -> Iterator[int]:
    """The port of a running one."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join(5)
        process.kill()
