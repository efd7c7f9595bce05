"""One sandbox Telegram with one person, and both sides' calls over HTTP: what the tests of it share."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from PIL import Image

from sandbox.telegram import TelegramServer

ALMATY = timezone(timedelta(hours=5))
TOKEN = "42:SANDBOX"
NOW = datetime(2026, 3, 5, 14, 0, tzinfo=ALMATY)


class Street:
    """One server with one started person, and both sides' calls."""

    def __init__(self, server: TelegramServer, host: str, http: ClientSession, clock: list[datetime]) -> None:
        self.server = server
        self.clock = clock
        self.host = host
        self.http = http
        self.chat = server.new_person("Айгүл", "kk", 501, started=True)

    async def bot(self, method: str, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.server.api_base(self.host)}/bot{TOKEN}/{method}", json=body) as answer:
            told: dict[str, Any] = await answer.json()
            assert told["ok"] is (answer.status == 200)
            return told

    async def sent(self, text: str = "привет", **body: Any) -> int:
        told = await self.bot("sendMessage", chat_id=self.chat, text=text, **body)
        return int(told["result"]["message_id"])

    async def refused(self, method: str, **body: Any) -> str:
        told = await self.bot(method, **body)
        assert not told["ok"], told
        return str(told["description"])

    async def person(self, what: str, status: int = 200, **body: Any) -> dict[str, Any]:
        url = f"{self.host}/telegram/chats/{self.chat}/{what}"
        async with self.http.post(url, json=body) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == status, told
            return told

    async def seen(self) -> list[dict[str, Any]]:
        async with self.http.get(f"{self.host}/telegram/chats/{self.chat}/transcript") as answer:
            items: list[dict[str, Any]] = (await answer.json())["items"]
            return items

    async def updates(self, **body: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.bot("getUpdates", **body))["result"]
        return found


@asynccontextmanager
async def running(folder: Path | None = None) -> AsyncIterator[Street]:
    clock = [NOW]
    server = TelegramServer(now=lambda: clock[-1], token=TOKEN, folder=folder)
    app = web.Application()
    server.add_routes(app)
    async with TestServer(app) as host, ClientSession() as http:
        yield Street(server, str(host.make_url("")).rstrip("/"), http, clock)


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()
