"""Serving the web room in one process: uvicorn on uvloop over one engine, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Iterator

import uvicorn
from fastapi import FastAPI

from core.bootstrap import open_engine
from core.clock import Clock
from core.settings import Settings
from web.app import create_app

log = logging.getLogger(__name__)

STOP_S_MAX = 2
BACKLOG = 2048
HEADER_BYTES_MAX = 32 * 1024
KEEP_ALIVE_S = 30


class Server(uvicorn.Server):
    """uvicorn that leaves signals to whoever runs it, and ends the bridges' long polls when it stops."""

    def __init__(
        self, config: uvicorn.Config, app: FastAPI, *, own_signals: bool, started: Callable[[str], None] | None
    ) -> None:
        super().__init__(config)
        self._app = app
        self._own_signals = own_signals
        self._started = started

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals() if self._own_signals else contextlib.nullcontext():
            yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.should_exit:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        log.info("the web server listens on %s", address)
        if self._started is not None:
            self._started(address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.stopping.set()
        await super().shutdown(sockets)


async def serve(
    settings: Settings,
    clock: Clock,
    points: Callable[[str], None],
    *,
    stop: asyncio.Event | None = None,
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve until ``stop`` is set, or until a signal where there is none; what is being answered has 2 s to end.

    ``started`` is called with the address once it answers, which matters where the port was left to the machine.
    """
    async with open_engine(settings, clock, points=points, role="web") as engine:
        app = create_app(engine, settings.webhook)
        server = Server(_config(settings, app), app, own_signals=stop is None, started=started)
        if stop is None:
            await server.serve()
            return
        async with asyncio.TaskGroup() as group:
            serving = group.create_task(server.serve())
            stopping = group.create_task(stop.wait())
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            server.should_exit = True
            stopping.cancel()


def _config(settings: Settings, app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.web_host,
        port=settings.web_port,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        ws="none",
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOP_S_MAX,
        h11_max_incomplete_event_size=HEADER_BYTES_MAX,
    )
