"""The bridge at work: takes jobs in, prints them in order, tells the server, each at its own pace.

Printing never waits for the server: what is spooled comes out also with the network down.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from printer_bridge.device import Printer, Trouble
from printer_bridge.job import BadJob, parse_job
from printer_bridge.ports import printer_at
from printer_bridge.profile import PAPER_80_MM, Profile
from printer_bridge.render import render, torn_end
from printer_bridge.server import NotPaired, Server, ServerAway
from printer_bridge.spool import Entry, Spool, State

RETRY_PRINTER_S: Final = 2.0
RETRY_TORN_S_MAX: Final = 300.0
RETRY_SERVER_S_MIN: Final = 1.0
RETRY_SERVER_S_MAX: Final = 10.0
RETRY_UNPAIRED_S: Final = 30.0
POLL_S_MIN: Final = 1.0
STOP_S_MAX: Final = 10.0
WAITING_JOBS_MAX: Final = 500
log = logging.getLogger(__name__)


def nothing(point: str) -> None:
    """No kill points: what production runs with."""


class Bridge:
    """One printer served.

    `points` is called at named moments (`after_spool` once a job is safe on disk, …) so that tests and the demo
    can end the process there. `pause` waits between tries.
    """

    def __init__(
        self,
        server: Server,
        printer: Printer,
        spool: Spool,
        profile: Profile = PAPER_80_MM,
        *,
        points: Callable[[str], None] = nothing,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._server = server
        self._printer = printer
        self._spool = spool
        self._profile = profile
        self._points = points
        self._pause = pause
        self._work = asyncio.Event()
        self._news = asyncio.Event()
        self._stopping = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._begun = False
        self._failures: dict[str, Trouble] = {}
        self._failures_told: dict[str, str] = {}

    def stop(self) -> None:
        """Ends `run`: the paper that is coming out is finished, if the printer does so in time."""
        self._stopping.set()

    async def run(self) -> None:
        """Serves the printer until `stop`."""
        self._work.set()
        self._news.set()
        async with asyncio.TaskGroup() as group:
            intake = group.create_task(self._take_in())
            printing = group.create_task(self._print_all())
            telling = group.create_task(self._tell_all())
            await self._stopping.wait()
            intake.cancel()
            with suppress(TimeoutError):
                async with asyncio.timeout(STOP_S_MAX):
                    await self._idle.wait()
            printing.cancel()
            telling.cancel()
        log.info("stopped, %d jobs wait in the spool", len(self._spool.waiting()))

    # Taking in.

    async def _take_in(self) -> None:
        retry_s = RETRY_SERVER_S_MIN
        while True:
            if len(self._spool.waiting()) >= WAITING_JOBS_MAX:
                await self._pause(RETRY_PRINTER_S)
                continue
            begun = time.monotonic()
            try:
                offered = await self._server.jobs()
                fresh = await self._take_each(offered)
            except NotPaired as refusal:
                log.error("%s", refusal)
                await self._pause(RETRY_UNPAIRED_S)
            except ServerAway as away:
                log.warning("%s; next try in %.0f s", away, retry_s)
                await self._pause(retry_s)
                retry_s = min(retry_s * 2, RETRY_SERVER_S_MAX)
            else:
                retry_s = RETRY_SERVER_S_MIN
                if not fresh and time.monotonic() - begun < POLL_S_MIN:
                    # A server that does not hold the poll, or offers the same again, is not asked in circles.
                    await self._pause(POLL_S_MIN)

    async def _take_each(self, offered: list[object]) -> int:
        """How many were new. One that the server will not hear of does not keep back those after it."""
        fresh = 0
        unheard: ServerAway | None = None
        for wire in sorted(offered, key=_place):
            try:
                fresh += await self._take(wire)
            except ServerAway as away:
                unheard = away
        if unheard:
            raise unheard
        return fresh

    async def _take(self, wire: object) -> bool:
        """Makes one offered job safe, acknowledges it and lets it print; whether it was new."""
        try:
            job = parse_job(wire)
        except BadJob as bad:
            await self._refuse(wire, bad)
            return False
        known = self._spool.find(job.id)
        entry = self._spool.keep(job, wire)
        if not known:
            self._points("after_spool")
        try:
            await self._server.tell(job.id, "spooled", {})
            self._points("after_spooled_told")
        finally:
            if entry.state is State.PRINTED:
                self._spool.tell_again(entry)
                self._news.set()
            else:
                self._work.set()
        return known is None

    async def _refuse(self, wire: object, bad: BadJob) -> None:
        log.error("the server sent something that is not a print job: %s", bad)
        job_id = wire.get("id") if isinstance(wire, dict) else None
        if isinstance(job_id, str) and job_id.isascii() and job_id.isprintable() and 0 < len(job_id) <= 200:
            await self._server.tell(job_id, "failed", {"reason": "error", "text": str(bad)})

    # Printing.

    async def _print_all(self) -> None:
        torn = 0
        while True:
            waiting = self._spool.waiting()
            if not waiting:
                self._work.clear()
                await self._work.wait()
                continue
            self._begun = False
            try:
                await self._print(waiting[0])
                torn = 0
            except BadJob as spoilt:
                self._spool.set_aside(waiting[0])
                self._failed(waiting[0], Trouble("error", str(spoilt)))
            except Trouble as trouble:
                # A printer that breaks off every time must not use up the roll with copies.
                torn += self._begun
                pause_s = min(RETRY_PRINTER_S * 5 ** max(0, torn - 1), RETRY_TORN_S_MAX)
                log.warning("job %s: %s; next try in %.0f s", waiting[0].id, trouble, pause_s)
                self._stands_still(trouble)
                await self._pause(pause_s)

    async def _print(self, entry: Entry) -> None:
        job = self._spool.load(entry)
        data = b""
        if entry.state is State.PRINTING:
            log.warning("job %s: nobody saw the end of its printing; it comes out as a copy", entry.id)
            job = job.as_copy()
            data = torn_end(self._profile)
        data += render(job, self._profile)
        try:
            await self._printer.print_paper(data, lambda: self._begin(entry), self._stands_still)
        finally:
            self._idle.set()
        self._points("after_print")
        self._spool.printed(entry)
        self._points("after_printed")
        self._failures.pop(entry.id, None)
        self._failures_told.pop(entry.id, None)
        self._news.set()

    def _begin(self, entry: Entry) -> None:
        self._begun = True
        self._idle.clear()
        self._spool.printing(entry)
        self._points("after_printing")

    def _stands_still(self, trouble: Trouble) -> None:
        """The cashier of every waiting paper is told, once for each cause."""
        for entry in self._spool.waiting():
            self._failed(entry, trouble)

    def _failed(self, entry: Entry, trouble: Trouble) -> None:
        if self._failures_told.get(entry.id) != trouble.reason:
            self._failures_told[entry.id] = trouble.reason
            self._failures[entry.id] = trouble
            self._news.set()

    # Telling.

    async def _tell_all(self) -> None:
        retry_s = RETRY_SERVER_S_MIN
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._tell_news()
                retry_s = RETRY_SERVER_S_MIN
                continue
            except NotPaired:
                pause_s = RETRY_UNPAIRED_S
            except ServerAway:
                pause_s, retry_s = retry_s, min(retry_s * 2, RETRY_SERVER_S_MAX)
            await self._pause(pause_s)
            self._news.set()

    async def _tell_news(self) -> None:
        """Everything the server does not know yet; what it will not hear keeps back nothing else."""
        unheard: ServerAway | None = None
        for job_id, trouble in list(self._failures.items()):
            try:
                await self._server.tell(job_id, "failed", {"reason": trouble.reason, "text": trouble.text})
            except ServerAway as away:
                unheard = away
                continue
            if self._failures.get(job_id) is trouble:
                del self._failures[job_id]
        for entry in self._spool.untold():
            try:
                if not await self._server.tell(entry.id, "printed", {}):
                    log.warning("job %s: the server does not know it any more", entry.id)
            except ServerAway as away:
                unheard = away
                continue
            self._points("after_printed_told")
            self._spool.told(entry)
        if unheard:
            raise unheard


def _place(wire: object) -> int:
    """Where an offered job stands in the order; what is no job is taken first and refused."""
    sequence = wire.get("sequence") if isinstance(wire, dict) else None
    return sequence if isinstance(sequence, int) else -1


async def serve(
    server_url: str,
    token: str,
    printer_address: str,
    spool_folder: Path,
    profile: Profile = PAPER_80_MM,
    *,
    points: Callable[[str], None] = nothing,
    started: Callable[[Bridge], None] | None = None,
) -> None:
    """Puts a bridge together and runs it; `started` gets it, to be able to stop it."""
    printer = printer_at(printer_address)
    spool = Spool(spool_folder)
    server = Server(server_url, token)
    bridge = Bridge(server, printer, spool, profile, points=points)
    try:
        if started:
            started(bridge)
        await bridge.run()
    finally:
        await server.close()
        spool.close()
