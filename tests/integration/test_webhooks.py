"""Webhooks over real TCP: signed, in order, tried again, and none held up by another."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine_street import StillClock
from rest_shop import Shop, open_shop, problem, sale

from core.hooks.sender import HookSender
from core.settings import Settings


class Receiver:
    """An HTTP server that keeps what it got and answers as told; ``None`` is silence."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answer: bytes | None = b"HTTP/1.1 204 No Content\r\n\r\n"
        self.asked = asyncio.Event()
        self.released = asyncio.Event()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        self.got.append((headers, await reader.readexactly(int(headers["content-length"]))))
        self.asked.set()
        if self.answer is None:
            await self.released.wait()
        else:
            writer.write(self.answer)
        writer.close()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    here = Receiver()
    server = await asyncio.start_server(here.serve, "127.0.0.1", 0)
    here.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield here
    finally:
        here.released.set()
        server.close()


@asynccontextmanager
async def shop(database: str, folder: Path, clock: StillClock) -> AsyncIterator[tuple[Shop, HookSender]]:
    settings = Settings(database_url=database, data_dir=folder, webhook_private=True)
    async with open_shop(database, folder, clock, settings=settings) as here:
        yield here, HookSender(here.engine)


async def hook(here: Shop, url: str, *events: str) -> dict[str, Any]:
    answer = await here.client.post("/api/v1/webhooks", json={"url": url, "events": list(events)})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def log(here: Shop, made: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await here.client.get(f"/api/v1/webhooks/{made['id']}/deliveries")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def send(sender: HookSender) -> None:
    await sender.look()
    await sender.settled()


async def test_events_come_signed_and_in_order_and_leave_the_bots_news_alone(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    async with shop(database, tmp_path, clock) as (here, sender), receiver() as there:
        made = await hook(here, there.url, "document.made", "document.registered", "shift.closed")
        for _ in range(3):
            await here.made(sale())
            clock.set_offset(clock.offset + timedelta(seconds=1))
        await here.post("/shift/close", {"withdraw_cash": False})
        before = [item.news_id for item in await here.engine.news.take(100)]
        await send(sender)
        await send(sender)
        assert [item.news_id for item in await here.engine.news.take(100)] == before
        told = [(one["event"], one["data"]["number"]) for one in there.events]
        expected = [(f"document.{what}", number) for number in (1, 2, 3, 4) for what in ("made", "registered")]
        assert told == [*expected, ("shift.closed", 4)]
        for headers, body in there.got:
            stamp, _, mine = headers["tiyn-signature"].partition(",v1=")
            signed = f"{stamp.removeprefix('t=')}.".encode() + body
            assert hmac.new(made["secret"].encode(), signed, hashlib.sha256).hexdigest() == mine
            assert headers["tiyn-event-id"] == json.loads(body)["id"]
        assert [one["state"] for one in await log(here, made)] == ["delivered"] * 9


async def test_a_receiver_that_fails_for_a_day_is_tried_again_with_the_same_id_and_then_given_up(
    database: str, tmp_path: Path
) -> None:
    clock = StillClock()
    async with shop(database, tmp_path, clock) as (here, sender), receiver() as there, receiver() as well:
        made = await hook(here, there.url, "document.registered")
        await hook(here, well.url, "document.registered")
        there.answer = b"HTTP/1.1 302 Found\r\nLocation: " + well.url.encode() + b"\r\n\r\n"
        await here.made(sale())
        await here.made(sale())
        await send(sender)
        assert (len(there.got), len(well.got)) == (1, 2), "the second waits for the first, other receivers for none"
        await send(sender)
        assert len(there.got) == 1
        there.answer = b"HTTP/1.1 500 No\r\n\r\n"
        clock.set_offset(clock.offset + timedelta(seconds=10))
        await send(sender)
        assert len({one["id"] for one in there.events}) == 1 and len(there.got) == 2
        clock.set_offset(clock.offset + timedelta(days=1))
        await send(sender)
        newest, oldest = await log(here, made)
        assert (oldest["state"], oldest["attempts"], oldest["status"]) == ("given_up", 3, 500)
        there.answer = b"HTTP/1.1 200 OK\r\n\r\n"
        await send(sender)
        newest, oldest = await log(here, made)
        assert (newest["state"], oldest["state"], len(there.got)) == ("delivered", "given_up", 4)
        assert len(well.got) == 2, "a redirect is not followed"


async def test_a_receiver_that_hangs_does_not_hold_up_others_and_is_sent_it_again(
    database: str, tmp_path: Path
) -> None:
    clock = StillClock()
    async with shop(database, tmp_path, clock) as (here, sender), receiver() as silent, receiver() as well:
        silent.answer = None
        await hook(here, silent.url, "document.registered")
        await hook(here, well.url, "document.registered")
        await here.made(sale())
        await sender.look()
        await silent.asked.wait()
        await well.asked.wait()
        assert len(silent.got) == len(well.got) == 1
        silent.answer = b"HTTP/1.1 200 OK\r\n\r\n"
        silent.released.set()
        await sender.settled()
        clock.set_offset(clock.offset + timedelta(seconds=10))
        await send(sender)
        assert [one["id"] for one in silent.events] == [well.events[0]["id"]] * 2


async def test_a_removed_webhook_is_told_nothing_and_others_cannot_touch_it(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    async with shop(database, tmp_path, clock) as (here, sender), receiver() as there:
        made = await hook(here, there.url, "document.made")
        path = f"/api/v1/webhooks/{made['id']}"
        stranger = await here.engine.access.new_api_key(await here.engine.access.new_organisation("Чужие"))
        reader = await here.engine.access.new_api_key(here.organisation_id, ("read",))
        problem(await here.client.delete(path, headers={"Authorization": f"Bearer {stranger}"}), 404, "NOT_FOUND")
        problem(await here.client.delete(path, headers={"Authorization": f"Bearer {reader}"}), 403, "FORBIDDEN")
        await here.made(sale())
        assert (await here.client.delete(path)).status_code == 204
        problem(await here.client.delete(path), 404, "NOT_FOUND")
        await send(sender)
        assert there.got == []


async def test_addresses_inside_are_refused_by_default_and_so_are_unknown_events(
    database: str, tmp_path: Path
) -> None:
    async with open_shop(database, tmp_path, StillClock()) as here:
        for url in ("http://example.com/", "https://127.0.0.1/", "https://169.254.169.254/"):
            answer = await here.client.post("/api/v1/webhooks", json={"url": url, "events": ["document.made"]})
            assert problem(answer, 422, "VALIDATION")["params"] == {"field": "url", "reason": "address"}
        for events in ([], ["document.sold"], ["document.made"] * 9):
            answer = await here.client.post("/api/v1/webhooks", json={"url": "https://example.com/", "events": events})
            problem(answer, 422, "VALIDATION")
        for _ in range(20):
            await hook(here, "https://example.com/hook", "document.made")
        answer = await here.client.post(
            "/api/v1/webhooks", json={"url": "https://example.com/", "events": ["shift.closed"]}
        )
        problem(answer, 409, "TOO_MANY_WEBHOOKS")
