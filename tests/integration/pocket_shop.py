"""A shop whose pocket register is served over real HTTP, with people who open it as Telegram would let them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import uvicorn
from pydantic import SecretStr
from rest_shop import Shop, open_shop

from core.clock import MovableClock
from core.domain.catalogue import Item
from core.settings import Settings
from sandbox.telegram.launch import launch_data
from web.service import Server

TOKEN = "4242:AAH-pocket-register-of-the-tests"
OTHER_BOT = "4243:AAH-another-bot"
OWNER, AIGUL, DANIYAR, STRANGER = 900, 901, 902, 903
GOODS = (
    Item("Кофе", 80_000, section="Сусындар", favourite=True),
    Item("Шай", 15_000, section="Сусындар"),
    Item("Нан", 35_000, section="Нан өнімдері", barcode="4870204391510"),
    Item("Самса", 45_000, section="Нан өнімдері"),
    Item("Қант", 52_050, unit="116", section="Бакалея"),
    Item("Айран 1 л, қаймағы алынбаған, Сарыағаш", 69_000),
)
ANSWER_S = 30


@dataclass
class Phone:
    """One phone of one person, which talks to the server as the page does."""

    shop: PocketShop
    chat: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    async def ask(self, method: str, path: str, body: Any = None, key: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return await self.shop.http.request(method, f"/app/api/{path}", json=body, headers=headers)

    async def open(self, init_data: str | None = None) -> httpx.Response:
        given = self.shop.launch(self.chat) if init_data is None else init_data
        return await self.shop.http.post("/app/api/session", json={"init_data": given, "token": self.token})

    async def at(self, method: str, path: str = "", body: Any = None, key: str | None = None) -> httpx.Response:
        """At the shop's register."""
        rest = f"registers/{self.shop.rest.register_id}" + (f"/{path}" if path else "")
        return await self.ask(method, rest, body, key)

    async def sell(self, body: Any, key: str | None = None) -> httpx.Response:
        return await self.at("POST", "documents", body, key or secrets.token_urlsafe(16))


@dataclass
class PocketShop:
    """The shop, its address and its clock."""

    rest: Shop
    url: str
    http: httpx.AsyncClient
    clock: MovableClock
    launches: int = 0

    def launch(
        self, chat: int, *, age_s: int = 0, token: str = TOKEN, language: str = "ru", name: str = "Кассир"
    ) -> str:
        """Launch data as Telegram signs it for this person now."""
        self.launches += 1
        at = int(self.clock.now().timestamp()) - age_s
        user = {"id": chat, "first_name": name, "language_code": language}
        return launch_data(token, user, at, f"AAH{self.launches:012d}")

    def page(self, chat: int, language: str = "ru", *, age_s: int = 0, token: str | None = None) -> str:
        """The address that a client of Telegram opens in a frame of its own."""
        data = self.launch(chat, language=language, age_s=age_s, token=token or TOKEN)
        return f"{self.url}/app#tgWebAppData={quote(data, safe='')}"

    async def phone(self, chat: int = AIGUL) -> Phone:
        """A phone that was let in."""
        phone = Phone(self, chat)
        answer = await phone.open()
        assert answer.status_code == 201, answer.text
        return phone

    async def documents(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.rest.get("/documents?limit=500")).json()["items"]
        return found


@asynccontextmanager
async def open_pocket(
    database: str, folder: Path, *, bot_token: str = TOKEN, frames: str | None = None
) -> AsyncIterator[PocketShop]:
    """Everything, until the block ends. The owner is 900, cashiers are 901 and 902."""
    moving = MovableClock()
    settings = Settings(
        database_url=database, data_dir=folder, telegram_token=SecretStr(bot_token), pocket_frames=frames
    )
    async with open_shop(database, folder, moving, settings=settings) as shop:
        people = shop.engine.people
        await people.link_person(shop.register_id, OWNER, "owner", "Ерлан", "ru")
        await people.link_person(shop.register_id, AIGUL, "cashier", "Айгүл", "kk")
        await people.link_person(shop.register_id, DANIYAR, "cashier", "Данияр", "ru")
        for item in GOODS:
            await shop.engine.catalogue.add(OWNER, shop.register_id, item)
        async with _served(shop) as url, httpx.AsyncClient(base_url=url, timeout=ANSWER_S) as http:
            yield PocketShop(shop, url, http, moving)


@asynccontextmanager
async def _served(shop: Shop) -> AsyncIterator[str]:
    started: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    config = uvicorn.Config(
        shop.app, host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off", ws="none",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = Server(config, shop.app, own_signals=False, started=started.set_result)
    serving = asyncio.create_task(server.serve())
    try:
        yield await started
    finally:
        server.should_exit = True
        await serving
