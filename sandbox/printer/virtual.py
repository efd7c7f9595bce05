"""The printer on the network: connections, faults, and the sandbox's calls of CONTRACT.md (2)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from sandbox.printer.drawing import draw
from sandbox.printer.papers import Paper, Papers
from sandbox.printer.reader import EscposReader
from sandbox.printer.roll import Roll, Torn, first_words
from sandbox.printer.status import questions_in, status_byte

MODES: Final = ("ok", "paper_out", "cover_open", "off", "cut_after_bytes")
BUFFER_BYTES_MAX: Final = 65536
CONTENT_TYPES: Final = {"png": "image/png", "txt": "text/plain", "bin": "application/octet-stream"}


class VirtualPrinter:
    """An ESC/POS printer on TCP, one conversation at a time as real ones.

    `identify` reads from a paper's text what it is: `{register_id, title, document, copy}` or None. Listeners
    in `on_paper` are called on the event loop when a paper is listed. Without a folder papers live in memory.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        identify: Callable[[str], dict[str, Any] | None] | None = None,
        folder: Path | None = None,
        width_dots: int = 576,
    ) -> None:
        self._now = now
        self._identify = identify
        self._width_dots = width_dots
        self._papers = Papers(folder)
        self.on_paper: list[Callable[[Paper], None]] = []
        self.reader = EscposReader(Roll(width_dots), self._came_out, self._answer)
        self._mode = "ok"
        self._bytes_left: int | None = None
        self._ready = asyncio.Event()
        self._ready.set()
        self._held = bytearray()
        self._turn = asyncio.Lock()
        self._talking: asyncio.StreamWriter | None = None
        self._connections: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._address: tuple[str, int] | None = None
        self._server: asyncio.Server | None = None
        self._torn: asyncio.Queue[tuple[Torn, datetime]] = asyncio.Queue()
        self._drawing: asyncio.Task[None] | None = None

    async def start(self, host: str, port: int) -> int:
        """Listens; returns the port (a free one for 0), which stays when it is switched off and on."""
        self._drawing = asyncio.create_task(self._draw_all())
        self._address = (host, port)
        await self._listen()
        return self._address[1]

    async def stop(self) -> None:
        """Stops listening; papers that came out are drawn to the end first."""
        await self._deafen()
        if self._drawing:
            if not self._drawing.done():
                await self._torn.join()
            self._drawing.cancel()
            with suppress(asyncio.CancelledError):
                await self._drawing

    def papers(self) -> list[Paper]:
        """What came out so far."""
        return self._papers.listed()

    def content(self, number: int, kind: str) -> bytes | None:
        """A paper as `png`, `txt` or `bin`."""
        return self._papers.content(number, kind)

    async def all_drawn(self) -> None:
        """Returns when every paper that was cut is in the list."""
        await self._torn.join()

    @property
    def mode(self) -> str:
        """The behaviour in force."""
        return self._mode

    async def behave(self, mode: str, after_bytes: int | None = None) -> None:
        """Sets the behaviour; `after_bytes` belongs to `cut_after_bytes`. Raises ValueError."""
        counted = isinstance(after_bytes, int) and not isinstance(after_bytes, bool) and after_bytes >= 0
        if mode not in MODES or (mode == "cut_after_bytes") != counted:
            raise ValueError(f"mode is one of {', '.join(MODES)}; bytes belong to cut_after_bytes")
        self._mode = mode
        self._bytes_left = after_bytes
        if mode == "off":
            await self._deafen()
            self._power_lost()
            return
        await self._listen()
        if mode in ("ok", "cut_after_bytes"):
            self._ready.set()
            self._print_held()
        else:
            self._ready.clear()

    # The network.

    async def _listen(self) -> None:
        if self._server is None and self._address is not None:
            host, port = self._address
            self._server = await asyncio.start_server(self._connected, host, port)
            self._address = (host, self._server.sockets[0].getsockname()[1])

    async def _deafen(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._connections):
            writer.transport.abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a connection is served by a task")
        self._tasks.add(task)
        self._connections.add(writer)
        try:
            async with self._turn:
                self._talking = writer
                await self._converse(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # whoever was connected went away, or the printer was switched off: both happen
        finally:
            self._talking = None
            self._connections.discard(writer)
            self._tasks.discard(task)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        last = b""
        while data := await reader.read(4096):
            if self._bytes_left is not None:
                data, lost = data[: self._bytes_left], len(data) >= self._bytes_left
                self._bytes_left -= len(data)
            else:
                lost = False
            for what in questions_in(last + data):
                writer.write(bytes([status_byte(what, self._mode)]))
            last = (last + data)[-2:]
            self._held += data
            if self._ready.is_set():
                self._print_held()
            if lost:
                self._power_lost()
                self._mode, self._bytes_left = "ok", None
                writer.transport.abort()
                return
            await writer.drain()
            if len(self._held) >= BUFFER_BYTES_MAX:
                await self._ready.wait()
        if self._ready.is_set():
            self.reader.forget_unfinished()

    def _print_held(self) -> None:
        data = bytes(self._held)
        self._held.clear()
        self.reader.feed(data)

    def _answer(self, data: bytes) -> None:
        if self._talking is not None:
            self._talking.write(data)

    def _power_lost(self) -> None:
        self._held.clear()
        if torn := self.reader.power_lost():
            self._came_out(torn)

    # Papers.

    def _came_out(self, torn: Torn) -> None:
        self._torn.put_nowait((torn, self._now()))

    async def _draw_all(self) -> None:
        while True:
            torn, at = await self._torn.get()
            try:
                await self._draw(torn, at)
            finally:
                self._torn.task_done()

    async def _draw(self, torn: Torn, at: datetime) -> None:
        text = torn.text(self._width_dots)
        known = (self._identify(text) if self._identify else None) or {}
        paper = Paper(
            n=self._papers.next_number,
            register_id=str(known.get("register_id", "")),
            title=str(known.get("title") or first_words(text)),
            document=int(known.get("document", 0)),
            copy=bool(known.get("copy", False)),
            at=at.isoformat(timespec="seconds"),
            whole=torn.whole,
        )
        png = await asyncio.to_thread(draw, torn, self._width_dots)
        self._papers.add(paper, {"png": png, "txt": text.encode(), "bin": torn.raw})
        for listener in self.on_paper:
            listener(paper)

    # The sandbox's calls.

    def add_routes(self, app: web.Application) -> None:
        """Mounts `/printer/…` on the sandbox's application."""
        app.router.add_get("/printer/papers", self._get_papers)
        app.router.add_get(r"/printer/papers/{number:\d{1,9}}.{kind:png|txt|bin}", self._get_paper)
        app.router.add_put("/printer/behaviour", self._put_behaviour)

    async def _get_papers(self, request: web.Request) -> web.Response:
        return web.json_response({"items": [asdict(paper) for paper in self._papers.listed()]})

    async def _get_paper(self, request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        content = self._papers.content(int(request.match_info["number"]), kind)
        if content is None:
            raise web.HTTPNotFound(text="no such paper")
        charset = "utf-8" if kind == "txt" else None
        return web.Response(body=content, content_type=CONTENT_TYPES[kind], charset=charset)

    async def _put_behaviour(self, request: web.Request) -> web.Response:
        try:
            wanted = await request.json()
            if not isinstance(wanted, dict) or not set(wanted) <= {"mode", "bytes"}:
                raise ValueError("expected {mode, bytes?}")
            await self.behave(str(wanted.get("mode")), wanted.get("bytes"))
        except ValueError as wrong:
            raise web.HTTPBadRequest(text=str(wrong)) from wrong
        return web.json_response({"mode": self._mode, "bytes": self._bytes_left})
