"""The web room as a process runs it: a real socket, a real stop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from core.bootstrap import nothing, open_engine
from core.clock import SystemClock
from core.settings import Settings
from web.service import serve


class Served:
    """A server on a port of its own that is told to stop."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.task: asyncio.Task[None] | None = None

    async def end(self) -> None:
        self.stop.set()
        assert self.task is not None
        await self.task


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database, data_dir=tmp_path, web_port=0)


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[Served]:
    one = Served()
    serving = serve(settings, SystemClock(), nothing, stop=one.stop, started=one.address.set_result)
    one.task = asyncio.create_task(serving)
    await one.address
    yield one
    await one.end()


async def test_it_answers_over_a_real_socket(served: Served) -> None:
    async with httpx.AsyncClient(base_url=await served.address) as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        refused = await client.get("/api/v1/registers")
        assert (refused.status_code, refused.json()["code"]) == (401, "FORBIDDEN")
        assert "server" not in refused.headers


async def test_what_is_no_http_harms_nobody(served: Served) -> None:
    address = httpx.URL(await served.address)
    for garbage in (b"\x00\xff\xfe\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"x" * 100_000):
        reader, writer = await asyncio.open_connection(address.host, address.port)
        with contextlib.suppress(ConnectionError):
            writer.write(garbage)
            writer.write_eof()
            await reader.read()
        writer.close()
    async with httpx.AsyncClient(base_url=str(address)) as client:
        assert (await client.get("/healthz")).status_code == 200


async def test_a_stop_ends_the_bridges_polls_with_an_answer(served: Served, settings: Settings) -> None:
    async with open_engine(settings, SystemClock()) as engine:
        organisation_id = await engine.access.new_organisation("Арба")
        _, token = await engine.access.new_bridge(organisation_id, "Касса")
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=await served.address, headers=headers) as client:
        await client.get("/bridge/v1/jobs")
        polling = asyncio.create_task(client.get("/bridge/v1/jobs", params={"wait": 60}, timeout=60))
        # The poll goes out on the connection that is there already, this one on a new one behind it: once it is
        # answered, the poll is being held.
        async with httpx.AsyncClient(base_url=await served.address) as other:
            await other.get("/healthz")
        await served.end()
        answer = await polling
    assert (answer.status_code, answer.json()) == (200, {"jobs": []})
