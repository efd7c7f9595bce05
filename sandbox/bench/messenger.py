"""A Telegram in a process of its own, so that its work is not counted as the bot's."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from aiohttp import web

from sandbox.telegram import TelegramServer
from sandbox.telegram.limits import FloodLimiter

BOT = "42:BENCH"
FLOOD_HASTE = 10_000


async def _serve(ready: Connection, chats: Sequence[int]) -> None:
    server = TelegramServer(now=lambda: datetime.now(UTC), token=BOT, folder=None)
    # what a message costs is measured, not how long Telegram lets one wait for the next
    server._limiter = FloodLimiter(lambda: time.monotonic() * FLOOD_HASTE)
    for chat in chats:
        server.new_person(f"Сатушы {chat}", "ru", chat, started=True)
    app = web.Application()
    server.add_routes(app)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    ready.send(server.api_base(f"http://127.0.0.1:{port}"))
    await asyncio.to_thread(ready.recv)
    await runner.cleanup()


def _run(ready: Connection, chats: Sequence[int]) -> None:
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        asyncio.run(_serve(ready, chats))


@contextlib.contextmanager
def messenger(chats: Sequence[int]) -> Iterator[str]:
    """The base address of a running one in which these people have started the bot."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, list(chats)), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join(5)
        process.kill()
