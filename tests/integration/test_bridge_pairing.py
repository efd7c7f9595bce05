"""Pairing a printer bridge, against the real engine: the code, the token, the registers, the end of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from rest_shop import Shop, open_shop, problem, sale

from core.db.bridges import OPEN_PAIRINGS_MAX
from core.sealing import hashed


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path) as one:
        yield one


class NewBridge:
    """A bridge that has no token yet."""

    def __init__(self, shop: Shop) -> None:
        transport = httpx.ASGITransport(shop.app)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://tiyn.test/bridge/v1/")
        self.code = self.secret = ""

    async def begin(self, title: str = "ПК у кассы") -> str:
        answer = await self.client.post("pair", json={"title": title})
        assert answer.status_code == 201, answer.text
        self.code, self.secret = answer.json()["code"], answer.json()["secret"]
        assert len(self.code) == 10 and self.code.isdigit()
        return self.code

    async def claim(self) -> httpx.Response:
        return await self.client.post("pair/claim", json={"secret": self.secret})

    async def paired(self) -> None:
        answer = await self.claim()
        assert answer.status_code == 200, answer.text
        self.client.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    async def jobs(self) -> list[dict[str, Any]]:
        answer = await self.client.get("jobs", params={"wait": 0})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["jobs"]
        return found


@pytest.fixture
async def bridge(shop: Shop) -> AsyncIterator[NewBridge]:
    one = NewBridge(shop)
    yield one
    await one.client.aclose()


async def let_in(shop: Shop, code: str, **more: Any) -> httpx.Response:
    return await shop.client.post("/api/v1/bridges", json={"code": code, **more})


async def test_a_bridge_that_its_owner_let_in_prints_and_one_that_was_revoked_does_not(
    shop: Shop, bridge: NewBridge
) -> None:
    code = await bridge.begin()
    assert (await bridge.claim()).status_code == 202
    made = await let_in(shop, f"{code[:5]} {code[5:]}")
    assert made.status_code == 201, made.text
    assert made.json()["title"] == "ПК у кассы" and made.json()["register_ids"] == [shop.register_id]
    await bridge.paired()
    await shop.made(sale())
    assert [job["document"] for job in await bridge.jobs()] == [1]
    assert (await bridge.client.get("me")).json() == {"bridge_id": made.json()["bridge_id"], "registers": 1}
    listed = (await shop.client.get("/api/v1/bridges")).json()
    assert listed == {"items": [made.json()], "next": None}
    address = f"/api/v1/bridges/{made.json()['bridge_id']}"
    for _ in range(2):
        assert (await shop.client.delete(address)).status_code == 204
    problem(await bridge.client.get("jobs"), 401, "FORBIDDEN")
    problem(await bridge.claim(), 404, "PAIRING_UNKNOWN")
    assert (await shop.client.get("/api/v1/bridges")).json()["items"][0]["revoked_at"] is not None


async def test_a_bridge_bound_to_one_register_prints_for_that_one_only(shop: Shop, bridge: NewBridge) -> None:
    first, second = shop.register_id, await shop.register()
    made = await let_in(shop, await bridge.begin(), register_ids=[second])
    assert made.json()["register_ids"] == [second]
    await bridge.paired()
    await shop.made(sale())
    shop.register_id = second
    await shop.made(sale())
    assert [job["register_id"] for job in await bridge.jobs()] == [second]
    assert first != second


async def test_a_code_works_once_and_only_as_shown(shop: Shop, bridge: NewBridge) -> None:
    code = await bridge.begin()
    wrong = str((int(code) + 1) % 10**10).zfill(10)
    problem(await let_in(shop, wrong), 404, "PAIRING_UNKNOWN")
    for bad in ("", "1234", code + "0", "٢" * 10, "12345--67890"):
        problem(await let_in(shop, bad), 422, "VALIDATION")
    both = await asyncio.gather(let_in(shop, code), let_in(shop, code))
    assert sorted(one.status_code for one in both) == [201, 404]
    problem(await let_in(shop, code), 404, "PAIRING_UNKNOWN")
    assert len((await shop.client.get("/api/v1/bridges")).json()["items"]) == 1


async def test_a_lost_answer_is_asked_again_and_the_first_token_is_worth_nothing(
    shop: Shop, bridge: NewBridge
) -> None:
    await let_in(shop, await bridge.begin())
    lost = (await bridge.claim()).json()["token"]
    await bridge.paired()
    assert (await bridge.client.get("me")).status_code == 200
    problem(await bridge.client.get("me", headers={"Authorization": f"Bearer {lost}"}), 401, "FORBIDDEN")


async def test_a_code_that_is_too_old_lets_nobody_in(shop: Shop, bridge: NewBridge, database: str) -> None:
    code = await bridge.begin()
    connection = await asyncpg.connect(database)
    await connection.execute("UPDATE bridge_pairing SET expires_at = now() - interval '1 second'")
    await connection.close()
    problem(await let_in(shop, code), 404, "PAIRING_UNKNOWN")
    problem(await bridge.claim(), 404, "PAIRING_UNKNOWN")


async def test_neither_code_nor_secret_nor_token_is_in_the_database(
    shop: Shop, bridge: NewBridge, database: str
) -> None:
    code = await bridge.begin()
    await let_in(shop, code)
    token = (await bridge.claim()).json()["token"]
    connection = await asyncpg.connect(database)
    rows = [repr(row) for table in ("bridge_pairing", "bridge") for row in await connection.fetch(f"TABLE {table}")]
    await connection.close()
    assert rows and not any(secret in row for row in rows for secret in (code, bridge.secret, token))
    assert any(repr(hashed(token)) in row for row in rows)


async def test_a_flood_of_new_bridges_is_stopped_and_leaves_the_owner_a_way_in(
    shop: Shop, bridge: NewBridge, database: str
) -> None:
    code = await bridge.begin()
    connection = await asyncpg.connect(database)
    await connection.execute(
        "INSERT INTO bridge_pairing SELECT gen_random_uuid(), sha256(('c' || n)::bytea), sha256(('s' || n)::bytea), "
        "'x', now() + interval '1 minute' FROM generate_series(1, $1) n",
        OPEN_PAIRINGS_MAX,
    )
    refused = problem(await bridge.client.post("pair", json={"title": "x"}), 503, "PAIRING_BUSY")
    assert refused["detail"]
    assert (await let_in(shop, code)).status_code == 201
    await connection.execute("UPDATE bridge_pairing SET expires_at = now() - interval '1 s' WHERE bridge_id IS NULL")
    await connection.close()
    await bridge.begin()


async def test_a_stranger_neither_lets_in_nor_sees_nor_revokes(shop: Shop, bridge: NewBridge) -> None:
    made = (await let_in(shop, await bridge.begin())).json()
    other = await shop.engine.access.new_organisation("Чужие")
    strange = {"Authorization": f"Bearer {await shop.engine.access.new_api_key(other)}"}
    address = f"/api/v1/bridges/{made['bridge_id']}"
    problem(await shop.client.delete(address, headers=strange), 404, "NOT_FOUND")
    assert (await shop.client.get("/api/v1/bridges", headers=strange)).json()["items"] == []
    second = await bridge.begin()
    body = {"code": second, "register_ids": [shop.register_id]}
    problem(await shop.client.post("/api/v1/bridges", json=body, headers=strange), 404, "NOT_FOUND")
    reads = await shop.engine.access.new_api_key(shop.organisation_id, ("read",))
    problem(await shop.client.delete(address, headers={"Authorization": f"Bearer {reads}"}), 403, "FORBIDDEN")
    problem(await shop.client.delete("/api/v1/bridges/x"), 404, "NOT_FOUND")


async def test_a_printer_that_stands_still_is_told_once_for_all_that_wait(
    shop: Shop, bridge: NewBridge, database: str
) -> None:
    await let_in(shop, await bridge.begin())
    await bridge.paired()
    for _ in range(3):
        await shop.made(sale())
    jobs = [job["id"] for job in await bridge.jobs()]
    for job_id in (*jobs, jobs[0]):
        told = await bridge.client.post(f"jobs/{job_id}/failed", json={"reason": "paper_out", "text": "нет бумаги"})
        assert told.status_code == 200
    news = [item for item in await shop.engine.news.take(100) if item.topic == "print.failed"]
    assert [item.facts for item in news] == [{"reason": "paper_out", "number": 1}]
    await bridge.client.post(f"jobs/{jobs[0]}/printed", json={})
    await bridge.client.post(f"jobs/{jobs[1]}/failed", json={"reason": "cover_open"})
    news = [item for item in await shop.engine.news.take(100) if item.topic == "print.failed"]
    assert [item.facts for item in news][1:] == [{"reason": "cover_open", "number": 2}]
