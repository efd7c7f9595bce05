"""The operator on a TCP port: frames in, answers out, and every fault of the line that it was told to have."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.ofd.behaviour import Behaviour, read_behaviour
from sandbox.ofd.exchanges import Exchange
from sandbox.ofd.operator import Operator, draw_token
from sandbox.ofd.routes import add_routes
from sandbox.ofd.wire import HEADER_BYTES, BadFrame, read_head

CHECK_URL = "https://consumer.oofd.kz/"
BACKLOG = 512
SEGMENTS_MAX = 40
SEGMENT_GAP_S = 0.001
EXCHANGES_PER_ANSWER_MAX = 10_000


class OperatorServer:
    """An operator of fiscal data (ОФД) for the sandbox: any number of devices, frames per connection, connections.

    With a `folder` everything that was booked is there again after a restart. `on_exchange` is called with each
    exchange as the control calls list it, and once more if its answer was lost later than that.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        folder: Path | None = None,
        check_url: str = CHECK_URL,
        on_exchange: Callable[[dict[str, Any]], None] | None = None,
        draw_token: Callable[[frozenset[int]], int] = draw_token,
        draw_sign: Callable[[], str] | None = None,
    ) -> None:
        self.operator = Operator(
            now=now, folder=folder, check_url=check_url, draw_token=draw_token, draw_sign=draw_sign
        )
        self.on_exchange = on_exchange
        self._address: tuple[str, int] | None = None
        # Bound all the time, so that nobody else takes the port; listening only while the door is open.
        self._socket: socket.socket | None = None
        self._opening: asyncio.Task[asyncio.Server] | None = None
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Listen; answers the port, which stays the same whatever doors are shut and opened later."""
        assert self._address is None, "an operator starts once; after a stop make another on the same folder"
        self._address = (host, port)
        self._bind()
        assert self._socket is not None
        self._address = (host, self._socket.getsockname()[1])
        self._follow_the_door()
        if self._opening is not None:
            await self._opening
        return self._address[1]

    async def stop(self) -> None:
        """Close everything; what was booked is on disk already."""
        await self._close_listener()
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        serving = list(self._connections)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        self.operator.exchanges.close()

    def register_device(
        self,
        device_id: int,
        token: int,
        *,
        rnm: str,
        znm: str,
        iin_bin: str,
        title: str,
        address: str,
        check_url: str | None = None,
    ) -> None:
        """Put a register on the books; one that is there keeps its ledger and its token."""
        self.operator.register_device(
            device_id,
            token,
            rnm=rnm,
            znm=znm,
            iin_bin=iin_bin,
            title=title,
            address=address,
            check_url=check_url,
        )

    def issue_token(self, device_id: int) -> int:
        """A new token as a person gets it in the operator's cabinet."""
        return self.operator.issue_token(device_id)

    def set_behaviour(self, mode: str = "ok", *, device_id: int | None = None, **more: Any) -> None:
        """As `PUT /ofd/behaviour`; in force when it returns. `BadBehaviour` where the call would be answered 400."""
        device, behaviour = read_behaviour({"device_id": device_id, "mode": mode, **more})
        self.behave(device, behaviour)

    def behave(self, device_id: int | None, behaviour: Behaviour) -> None:
        """One device from now on, or all of them."""
        self.operator.behaviours.set(device_id, behaviour)
        self._follow_the_door()

    def exchanges(
        self, after: int = 0, limit: int = EXCHANGES_PER_ANSWER_MAX, device_id: int | None = None
    ) -> list[dict[str, Any]]:
        """Exchanges with a greater number, decoded."""
        return [one.told() for one in self.operator.exchanges.after(after, limit, device_id)[0]]

    def book(self, device_id: int) -> dict[str, Any]:
        """The operator's own book of a device; `KeyError` where it has none."""
        return self.operator.book(device_id)

    def add_routes(self, app: web.Application) -> None:
        """Mount the operator's part of the control calls."""
        add_routes(app, self.operator, self.behave)

    def _bind(self) -> None:
        assert self._address is not None
        self._socket = socket.socket(socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(self._address)

    def _follow_the_door(self) -> None:
        """Open or shut the door as the behaviours want it; connections wait in the backlog while it opens."""
        if self._socket is None:
            return
        if self.operator.behaviours.door_is_shut:
            self._shut()
        elif self._opening is None:
            self._socket.listen(BACKLOG)
            opening = asyncio.start_server(self._serve, sock=self._socket, backlog=BACKLOG)
            self._opening = asyncio.get_running_loop().create_task(opening)

    def _shut(self) -> None:
        if self._opening is None:
            return
        opening, self._opening = self._opening, None
        if opening.done():
            opening.result().close()
        else:
            opening.cancel()
        assert self._socket is not None
        self._socket.close()
        self._bind()
        for writer in self._connections.values():
            writer.transport.abort()

    async def _close_listener(self) -> None:
        if self._opening is not None:
            (await self._opening).close()
            self._opening = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        # Cancelled by `stop` only; a task that ends so would be reported as a failure of the connection.
        ends = (asyncio.IncompleteReadError, ConnectionError, BadFrame, asyncio.CancelledError)
        try:
            with contextlib.suppress(*ends):
                while await self._exchange(reader, writer):
                    pass
        finally:
            del self._connections[task]
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One frame; whether the connection goes on."""
        raw = await reader.readexactly(HEADER_BYTES)
        head = read_head(raw)
        behaviours = self.operator.behaviours
        if behaviours.of(head.device_id).before_the_body:
            behaviours.take(head.device_id, "")
            return False
        raw += await reader.readexactly(head.size - HEADER_BYTES)
        exchange, behaviour = self.operator.receive(raw)
        self._publish(exchange)
        return await self._deliver(exchange, behaviour, reader, writer)

    async def _deliver(
        self,
        exchange: Exchange,
        behaviour: Behaviour,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        if behaviour.mode == "silent":
            return True
        if behaviour.mode in ("lose_answers", "down") or exchange.answer is None:
            return False
        if behaviour.mode == "slow":
            await asyncio.sleep(behaviour.delay_s)
            if reader.at_eof():
                # Gone, or only done with writing: the answer is sent all the same.
                self._lose(exchange)
        try:
            if behaviour.mode == "split":
                await _send_split(exchange.answer, writer)
            else:
                writer.write(exchange.answer)
                await writer.drain()
        except ConnectionError:
            self._lose(exchange)
            raise
        return behaviour.mode != "garbage"

    def _lose(self, exchange: Exchange) -> None:
        """The client went away while it was kept waiting."""
        if not exchange.answer_lost:
            self.operator.exchanges.lose(exchange)
            self._publish(exchange)

    def _publish(self, exchange: Exchange) -> None:
        if self.on_exchange is not None:
            self.on_exchange(exchange.told())


async def _send_split(answer: bytes, writer: asyncio.StreamWriter) -> None:
    """In segments so small that a reader who reads once sees only the beginning, the first of one byte."""
    step = max(5, -(-len(answer) // SEGMENTS_MAX))
    writer.write(answer[:1])
    await writer.drain()
    for begin in range(1, len(answer), step):
        await asyncio.sleep(SEGMENT_GAP_S)
        writer.write(answer[begin : begin + step])
        await writer.drain()
