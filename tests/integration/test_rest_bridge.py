"""The print bridge's endpoint, against the real engine: jobs that the real bridge accepts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from rest_shop import Shop, open_shop, problem, sale

from printer_bridge.job import parse_job


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path) as one:
        yield one


@pytest.fixture
async def bridge(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A bridge of the shop's organisation."""
    _, token = await shop.engine.access.new_bridge(shop.organisation_id, "Касса у окна")
    async with client_of(shop, token) as client:
        yield client


def client_of(shop: Shop, token: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(shop.app)
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(transport=transport, base_url="http://tiyn.test/bridge/v1/", headers=headers)


async def jobs(bridge: httpx.AsyncClient, wait: int = 0) -> list[dict[str, Any]]:
    answer = await bridge.get("jobs", params={"wait": wait})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["jobs"]
    return found


async def test_receipts_and_z_come_as_jobs_in_order_and_as_originals(shop: Shop, bridge: httpx.AsyncClient) -> None:
    await shop.made(sale())
    await shop.made({"kind": "deposit", "sum": "500"})
    assert (await shop.post("/shift/close", {})).status_code == 201
    offered = [parse_job(job) for job in await jobs(bridge)]
    assert [(job.document, job.copy, job.language) for job in offered] == [
        (1, False, "kk-ru"),
        (2, False, "kk-ru"),
        (3, False, "kk-ru"),
    ]
    assert [job.sequence for job in offered] == sorted({job.sequence for job in offered})
    assert all(job.register_id == shop.register_id and job.title for job in offered)


async def test_the_drawer_opens_where_cash_moves(shop: Shop, bridge: httpx.AsyncClient) -> None:
    await shop.made(sale(payment="card"))
    await shop.made(sale(payment="cash"))
    await shop.made({"kind": "withdrawal", "sum": "10"})
    await shop.post("/shift/close", {})
    assert [parse_job(job).drawer for job in await jobs(bridge)] == [False, True, True, False]


async def test_a_job_is_offered_until_it_is_told_to_be_spooled(shop: Shop, bridge: httpx.AsyncClient) -> None:
    await shop.made(sale())
    first, again = await jobs(bridge), await jobs(bridge)
    assert first == again
    job_id = first[0]["id"]
    assert (await bridge.post(f"jobs/{job_id}/spooled", json={})).status_code == 200
    assert await jobs(bridge) == []
    failed = await bridge.post(f"jobs/{job_id}/failed", json={"reason": "paper_out", "text": "нет бумаги"})
    assert failed.status_code == 200
    assert (await bridge.post(f"jobs/{job_id}/printed", json={})).status_code == 200
    assert await jobs(bridge) == []


async def test_a_copy_is_a_job_of_its_own(shop: Shop, bridge: httpx.AsyncClient) -> None:
    await shop.made(sale())
    original = (await jobs(bridge))[0]
    await bridge.post(f"jobs/{original['id']}/printed", json={})
    await shop.engine.prints.copy(shop.register_id, 1)
    (copy,) = await jobs(bridge)
    assert copy["copy"] is True and copy["id"] != original["id"]
    assert "copy_mark" in {block["type"] for block in copy["blocks"]}


async def test_a_long_poll_ends_with_the_first_paper(shop: Shop, bridge: httpx.AsyncClient) -> None:
    waiting = asyncio.create_task(jobs(bridge, wait=25))
    await shop.made(sale())
    assert len(await waiting) == 1


async def test_a_long_poll_also_brings_the_papers_of_a_register_that_came_meanwhile(
    shop: Shop, bridge: httpx.AsyncClient
) -> None:
    waiting = asyncio.create_task(jobs(bridge, wait=25))
    await shop.client.get("/api/v1/registers")
    shop.register_id = await shop.register()
    await shop.made(sale())
    assert [job["register_id"] for job in await waiting] == [shop.register_id]


async def test_a_long_poll_ends_when_the_server_stops(shop: Shop, bridge: httpx.AsyncClient) -> None:
    waiting = asyncio.create_task(jobs(bridge, wait=25))
    shop.app.state.stopping.set()
    assert await waiting == []


async def test_a_bridge_sees_its_own_organisations_papers_only(shop: Shop) -> None:
    await shop.made(sale())
    other = await shop.engine.access.new_organisation("Чужие")
    _, token = await shop.engine.access.new_bridge(other, "Чужой")
    async with client_of(shop, token) as stranger:
        assert await jobs(stranger) == []


async def test_a_bridge_cannot_settle_another_organisations_job(shop: Shop, bridge: httpx.AsyncClient) -> None:
    await shop.made(sale())
    job_id = (await jobs(bridge))[0]["id"]
    other = await shop.engine.access.new_organisation("Чужие")
    _, token = await shop.engine.access.new_bridge(other, "Чужой")
    async with client_of(shop, token) as stranger:
        problem(await stranger.post(f"jobs/{job_id}/printed", json={}), 404, "NOT_FOUND")
    assert [job["id"] for job in await jobs(bridge)] == [job_id]


async def test_an_unknown_bridge_is_told_to_pair_again(shop: Shop) -> None:
    async with client_of(shop, "bridge_unknown") as stranger:
        problem(await stranger.get("jobs"), 401, "FORBIDDEN")
        problem(await stranger.post("jobs/x/spooled", json={}), 401, "FORBIDDEN")


@pytest.mark.parametrize("job_id", ["x", "00000000-0000-0000-0000-00000000000g", "%00", "9" * 300])
async def test_a_job_that_is_none_is_not_found(bridge: httpx.AsyncClient, job_id: str) -> None:
    problem(await bridge.post(f"jobs/{job_id}/printed", json={}), 404, "NOT_FOUND")
    problem(await bridge.post(f"jobs/{job_id}/failed", json={"reason": "error"}), 404, "NOT_FOUND")


@pytest.mark.parametrize("wait", ["-1", "61", "x", "1.5"])
async def test_a_wait_is_bounded(bridge: httpx.AsyncClient, wait: str) -> None:
    problem(await bridge.get("jobs", params={"wait": wait}), 422, "VALIDATION")
