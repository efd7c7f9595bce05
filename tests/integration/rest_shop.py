"""A shop behind the REST API: the real engine on a real database, the sandbox operator, and a client in process."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from core.bootstrap import Engine, open_engine
from core.clock import Clock, SystemClock
from core.domain.iin_bin import with_check_digit
from core.settings import Settings
from core.usecases.registers import NewRegister
from sandbox.ofd import OperatorServer
from web.app import create_app

TOKEN = 77
IIN_BIN = with_check_digit("13124001047") or ""


def sale(price: str = "100.00", *, payment: str = "card", **more: Any) -> dict[str, Any]:
    return {
        "kind": "sell",
        "items": [{"name": "Нан", "price": price}],
        "payments": [{"type": payment, "sum": price}],
        **more,
    }


@dataclass
class Shop:
    """One register of one organisation, and a key that opens it."""

    engine: Engine
    app: FastAPI
    client: httpx.AsyncClient
    operator: OperatorServer
    port: int
    organisation_id: str
    register_id: str = ""
    device_id: int = 0
    keys: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def path(self) -> str:
        return f"/api/v1/registers/{self.register_id}"

    async def register(
        self, *, organisation_id: str | None = None, vat_payer: bool = True, vat_default: str = "16"
    ) -> str:
        """A further register, known to the operator too."""
        device_id = 3_000_000 + next(self.keys)
        rnm = f"0101{device_id:08d}"
        self.operator.register_device(
            device_id, TOKEN, rnm=rnm, znm="SWK1", iin_bin=IIN_BIN, title="Дүкен", address="Алматы"
        )
        view = await self.engine.registers.onboard(
            NewRegister(
                organisation_id=organisation_id or self.organisation_id,
                title="Кофейня",
                taxpayer="ТОО «Арба»",
                iin_bin=IIN_BIN,
                address="г. Алматы, ул. Абая, 10",
                address_kk="Алматы қ., Абай к-сі, 10",
                okved="47111",
                latitude=43,
                longitude=76,
                rnm=rnm,
                znm="SWK1",
                operator="sandbox",
                protocol="2.0.3",
                host="127.0.0.1",
                port=self.port,
                device_id=device_id,
                token=TOKEN,
                vat_payer=vat_payer,
                vat_default=vat_default if vat_payer else "none",
                practice=True,
            )
        )
        self.device_id = device_id
        return view.registration.register_id

    async def get(self, path: str = "", **more: Any) -> httpx.Response:
        return await self.client.get(self.path + path, **more)

    async def state(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.get()).json()
        return found

    async def post(self, path: str, body: Any, key: str | None = "", **headers: str) -> httpx.Response:
        """``key=""`` takes a fresh one, ``None`` sends none."""
        sent = dict(headers)
        if key is not None:
            sent["Idempotency-Key"] = key or f"key-{next(self.keys)}"
        more: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
        return await self.client.post(self.path + path, headers=sent, **more)

    async def make(self, body: Any, key: str | None = "", **headers: str) -> httpx.Response:
        return await self.post("/documents", body, key, **headers)

    async def made(self, body: Any, key: str | None = "") -> dict[str, Any]:
        answer = await self.make(body, key)
        assert answer.status_code == 201, answer.text
        document: dict[str, Any] = answer.json()
        return document

    def ofd(self, mode: str = "ok", **more: Any) -> None:
        """How the operator behaves towards this register from now on."""
        self.operator.set_behaviour(mode, device_id=self.device_id, **more)


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer is this refusal, in the shape that every refusal has."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code), body
    assert body["type"] and body["title"] and body["detail"]
    return body


@asynccontextmanager
async def open_shop(
    database: str, folder: Any, clock: Clock | None = None, *, settings: Settings | None = None
) -> AsyncIterator[Shop]:
    """The shop, open until the block ends; by the machine's clock unless another is given."""
    clock = clock or SystemClock()
    operator = OperatorServer(now=clock.now, folder=None)
    port = await operator.start("127.0.0.1", 0)
    settings = settings or Settings(database_url=database, data_dir=folder)
    try:
        async with open_engine(settings, clock) as engine:
            app = create_app(engine)
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://tiyn.test") as client:
                organisation_id = await engine.access.new_organisation("Арба")
                shop = Shop(engine, app, client, operator, port, organisation_id)
                shop.register_id = await shop.register()
                api_key = await engine.access.new_api_key(organisation_id)
                client.headers["Authorization"] = f"Bearer {api_key}"
                yield shop
    finally:
        await operator.stop()
