"""A shop for the tests of the printer bridge: a server of jobs over real HTTP, a bridge, a virtual printer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from printer_bridge.bridge import Bridge, nothing
from printer_bridge.device import Patience, TcpPrinter
from printer_bridge.server import Server
from printer_bridge.spool import Spool
from sandbox.printer import Paper, VirtualPrinter

ALMATY = timezone(timedelta(hours=5))
TOKEN = "device-token"
MARK = "КӨШІРМЕ / ДУБЛИКАТ"
QUICK = Patience(connect_s=2, status_s=0.5, check_s=0.05, end_s=5, close_s=1)


def job(number: int, **changes: Any) -> dict[str, Any]:
    whole = {
        "id": f"r1-{number}",
        "sequence": number,
        "register_id": "r1",
        "document": number,
        "title": f"Чек № {number}",
        "copy": False,
        "language": "kk-ru",
        "blocks": [
            {"type": "text", "text": "ЖШС «Таңғы нан»", "align": "center", "bold": True},
            {"type": "copy_mark", "text": MARK},
            {"type": "text", "text": f"Чек № {number}"},
            {"type": "row", "left": "Құрт, ақ ірімшік", "right": "350.00"},
            {"type": "rule"},
            {"type": "row", "left": "БАРЛЫҒЫ / ИТОГО", "right": "350.00", "bold": True, "size": 2},
            {"type": "qr", "data": f"https://ofd.example/{number}"},
        ],
    }
    return whole | changes


class Killed(Exception):
    """The process ends here, as by kill -9: nothing after it runs."""


class JobServer:
    """The server's side of the bridge, over real HTTP: offers what is not acknowledged, keeps what it is told."""

    def __init__(self) -> None:
        self.jobs: dict[str, Any] = {}
        self.acknowledged: set[str] = set()
        self.told: list[tuple[str, str, dict[str, Any]]] = []
        self.changed = asyncio.Condition()
        self.answers: list[Callable[[], web.Response]] = []
        self.polls = 0
        self.lose_acknowledgements = 0
        self.closing = False
        self.deaf_to: set[str] = set()
        app = web.Application()
        app.router.add_get("/bridge/v1/jobs", self._poll)
        app.router.add_post("/bridge/v1/jobs/{id}/{what}", self._tell)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        self.port = 0

    async def start(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        async with self.changed:
            self.closing = True
            self.changed.notify_all()
        await self._runner.cleanup()

    async def offer(self, *jobs: Any) -> None:
        async with self.changed:
            for one in jobs:
                self.jobs[one["id"]] = one
                self.acknowledged.discard(one["id"])
            self.changed.notify_all()

    async def heard(self, what: str, job_ids: Iterable[str]) -> None:
        """Returns when the server was told this of each of the jobs."""
        wanted = {(job_id, what) for job_id in job_ids}
        async with self.changed:
            await self.changed.wait_for(lambda: wanted <= {(i, w) for i, w, _ in self.told})

    def reasons(self) -> list[str]:
        return [body["reason"] for _, what, body in self.told if what == "failed"]

    def _open(self) -> list[Any]:
        return [one for job_id, one in self.jobs.items() if job_id not in self.acknowledged]

    async def _poll(self, request: web.Request) -> web.Response:
        self.polls += 1
        async with self.changed:
            self.changed.notify_all()
        if self.answers:
            return self.answers.pop(0)()
        if request.headers.get("Authorization") != f"Bearer {TOKEN}" or request.query.get("wait") != "25":
            return web.Response(status=401)
        async with self.changed:
            await self.changed.wait_for(lambda: self.closing or self._open())
            return web.json_response({"jobs": self._open()})

    async def _tell(self, request: web.Request) -> web.Response:
        job_id, what, body = request.match_info["id"], request.match_info["what"], await request.json()
        async with self.changed:
            if job_id in self.deaf_to:
                return web.Response(status=500)
            if what == "spooled" and self.lose_acknowledgements:
                self.lose_acknowledgements -= 1
                return web.Response(status=500)
            self.told.append((job_id, what, body))
            self.acknowledged.add(job_id)
            self.changed.notify_all()
        return web.json_response({}, status=200 if job_id in self.jobs else 404)


class Shop:
    """Server, bridge and printer on loopback; the bridge can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = JobServer()
        self.printer = VirtualPrinter(now=lambda: datetime(2026, 11, 23, 12, 0, tzinfo=ALMATY))
        self.came_out: asyncio.Queue[Paper] = asyncio.Queue()
        self.printer.on_paper.append(self.came_out.put_nowait)
        self.port = 0
        self.pauses: list[float] = []
        self.bridge: Bridge | None = None
        self._running: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await self.server.start()
        self.port = await self.printer.start("127.0.0.1", 0)

    async def close(self) -> None:
        await self.stop_bridge()
        await self.printer.stop()
        await self.server.stop()

    async def _pause(self, seconds: float) -> None:
        """Waits a hundredth of what was asked: tries go on, in their order."""
        self.pauses.append(seconds)
        await asyncio.sleep(seconds / 100)

    async def run_bridge(self, points: Callable[[str], None] = nothing, token: str = TOKEN) -> None:
        """Runs until stopped, or until a point kills it."""
        spool = Spool(self.folder)
        server = Server(f"http://127.0.0.1:{self.server.port}", token)
        printer = TcpPrinter("127.0.0.1", self.port, QUICK)
        self.bridge = Bridge(server, printer, spool, points=points, pause=self._pause)
        try:
            await self.bridge.run()
        finally:
            await server.close()
            spool.close()

    def start_bridge(self, points: Callable[[str], None] = nothing, token: str = TOKEN) -> None:
        self._running = asyncio.create_task(self.run_bridge(points, token))

    async def stop_bridge(self) -> None:
        if self._running and self.bridge:
            self.bridge.stop()
            await self._running
            self._running = None

    async def killed_at(self, point: str) -> None:
        """Runs the bridge until it passes the point."""

        def kill(passed: str) -> None:
            if passed == point:
                raise Killed

        with pytest.raises(BaseExceptionGroup) as ended:
            await self.run_bridge(kill)
        assert ended.value.subgroup(Killed) is not None

    def texts(self) -> list[str]:
        return [(self.printer.content(paper.n, "txt") or b"").decode() for paper in self.printer.papers()]

    def originals(self, number: int) -> int:
        return sum(f"Чек № {number}\n" in text and MARK not in text for text in self.texts())

    def copies(self, number: int) -> int:
        return sum(f"Чек № {number}\n" in text and MARK in text for text in self.texts())
