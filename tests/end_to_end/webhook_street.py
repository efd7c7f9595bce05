"""The chat street with Telegram pushing: the web server in a socket of its own, the bot beside it, one database."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from tests.end_to_end.chat_street import ChatStreet, chat_street
from web.service import serve as serve_web

SECRET = secrets.token_urlsafe(32)


@asynccontextmanager
async def pushing_street(database: str, folder: Path, *, language: str = "ru") -> AsyncIterator[ChatStreet]:
    """Bot and web server of the same settings; the street ends both."""
    async with chat_street(database, folder, language=language, start=False) as polled:
        port = _free_port()
        settings = polled.settings.model_copy(
            update={
                "telegram_webhook": f"http://127.0.0.1:{port}",
                "telegram_webhook_secret": SecretStr(SECRET),
                "web_port": port,
            }
        )
        here = replace(polled, settings=settings)
        stop, listening = asyncio.Event(), asyncio.Event()
        serving = asyncio.create_task(
            serve_web(settings, here.street.clock, lambda point: None, stop=stop, started=lambda _: listening.set())
        )
        await listening.wait()
        await here.start_bot()
        try:
            yield here
        finally:
            if here._bot is not None:
                await here.stop_bot()
            stop.set()
            await serving


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
