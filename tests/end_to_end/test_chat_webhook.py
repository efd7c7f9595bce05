"""Webhook mode: the same sale as by long polling, what the door refuses, and updates that come a thousand times."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from core.db.chat import ChatStore
from core.settings import Webhook
from tests.end_to_end.chat_street import VENDOR, ChatStreet
from tests.end_to_end.webhook_street import SECRET, pushing_street
from web.webhook import SECRET_HEADER

PUSHES = 1_000
AT_ONCE = 40


@pytest.fixture
async def here(database: str, tmp_path: Path) -> AsyncIterator[ChatStreet]:
    async with pushing_street(database, tmp_path) as made:
        yield made


def door(here: ChatStreet) -> Webhook:
    webhook = here.settings.webhook
    assert webhook is not None
    return webhook


def said(update_id: int, text: str, **more: Any) -> dict[str, Any]:
    person = {"id": VENDOR, "is_bot": False, "first_name": "Айгүл", "language_code": "ru"}
    chat = {"id": VENDOR, "type": "private", "first_name": "Айгүл"}
    message = {"message_id": update_id, "date": 1, "chat": chat, "from": person, "text": text, **more}
    return {"update_id": update_id, "message": message}


def pressed(update_id: int, message_id: int, data: str) -> dict[str, Any]:
    update = said(update_id, "")
    message = {**update["message"], "message_id": message_id, "text": "предпросмотр"}
    press = {"id": f"p{update_id}", "from": message["from"], "message": message, "chat_instance": "1", "data": data}
    return {"update_id": update_id, "callback_query": press}


async def test_the_same_sale_by_webhook(here: ChatStreet) -> None:
    vendor = here.chat()
    vendor.say("2 кофе 800, нан 350, нал 2000")
    await vendor.sees("кофе 2 × 800 = 1 600", "Итого: 1 950 ₸", "сдача 50 ₸")
    vendor.press_like("Пробить 1950")
    receipt = await vendor.sees("✔✔", "Чек № 1 · 1 950 ₸", "сдача 50 ₸", "ФП", "принят ОФД")
    assert [one["text"] for one in receipt["keyboard"][0]] == ["Открыть чек", "QR"]
    assert any("Делаю чек" in toast for toast in here.toasts())
    assert await here.documents() == ["1 sell registered"]
    assert here.telegram._state.bot["webhook"]["secret"] == SECRET
    assert here.telegram._state.bot["allowed_updates"] == ["message", "callback_query", "my_chat_member"]


async def test_what_came_while_the_bot_was_down_is_handled_once_it_is_up(here: ChatStreet) -> None:
    vendor = here.chat()
    vendor.say("кофе 800 карта")
    await vendor.offers("Пробить 800")
    await here.stop_bot()
    vendor.press_like("Пробить 800")
    # the web server alone takes it in and Telegram is told that it arrived
    while not await waiting(here):
        await here.street.engine.hints.wait(0.1)
    assert await here.documents() == []
    await here.start_bot()
    await vendor.sees("✔✔", "Чек № 1")
    assert await here.documents() == ["1 sell registered"]


@pytest.mark.parametrize(
    "given",
    [None, "", "x", SECRET[:-1], SECRET + "x", SECRET.swapcase()],
    ids=["none", "empty", "another", "shortened", "lengthened", "in another case"],
)
async def test_without_the_secret_nothing_is_read(here: ChatStreet, given: str | None) -> None:
    headers = {} if given is None else {SECRET_HEADER: given}
    read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        yield b'{"update_id": 1, '
        # only an answer that does not wait for the body lets this test end
        await answered.wait()
        read = True

    answered = asyncio.Event()
    async with ClientSession() as http:
        try:
            async with http.post(door(here).url, data=body(), headers=headers) as answer:
                assert answer.status == 401 and not read
                assert SECRET not in await answer.text()
        finally:
            answered.set()
    assert await waiting(here) == []


async def test_the_door_takes_small_posts_at_one_path_only(here: ChatStreet) -> None:
    webhook, headers = door(here), {SECRET_HEADER: SECRET}
    base = webhook.url.removesuffix(webhook.path)
    async with ClientSession(headers=headers) as http:
        async with http.get(webhook.url) as answer:
            assert answer.status == 405 and answer.headers["Allow"] == "POST"
        for path in ("/telegram", "/telegram/", webhook.path[:-1], webhook.path + "/"):
            async with http.post(base + path, json=said(1, "кофе 800")) as answer:
                assert answer.status == 404, path
        async with http.post(webhook.url, data=io.BytesIO(b" " * (1024 * 1024 + 1))) as answer:
            assert answer.status == 413
        for wrong in (b"", b"{", b"[1]", b'{"a":1,"a":2}', b'{"update_id": NaN}', b"\xff"):
            async with http.post(webhook.url, data=wrong) as answer:
                assert answer.status in (400, 422), wrong
        for unknown in ({}, {"update_id": "7"}, {"update_id": True}, {"update_id": -1}, {"update_id": 2**63}):
            async with http.post(webhook.url, json=unknown) as answer:
                assert answer.status == 204, unknown
        # a kind that nobody asked for, and one that cannot be read, hold up nobody
        for number, odd in enumerate(({"poll": {}}, {"message": "x"}, {"callback_query": {"from": []}}), 5):
            async with http.post(webhook.url, json={"update_id": number, **odd}) as answer:
                assert answer.status == 204
        async with http.post(webhook.url, json=said(9, "кофе 800")) as answer:
            assert answer.status == 204
    await here.chat().sees("Итого: 800 ₸")


async def test_a_thousand_duplicate_reordered_and_replayed_updates_make_one_receipt_each(here: ChatStreet) -> None:
    vendor, headers, chance = here.chat(), {SECRET_HEADER: SECRET}, random.Random(20)
    sums = [810, 820, 830, 840]
    texts = [said(number, f"кофе {total} карта") for number, total in enumerate(sums, 1)]
    places = asyncio.Semaphore(AT_ONCE)
    async with ClientSession(headers=headers) as http:

        async def push(update: dict[str, Any]) -> None:
            async with places, http.post(door(here).url, json=update) as answer:
                assert answer.status == 204

        await asyncio.gather(*(push(one) for one in chance.choices(texts, k=200)), *(push(one) for one in texts))
        buttons = [await vendor.offers(f"Пробить {total}") for total in sums]
        # each button under many numbers, each number many times, all of it mixed with the texts again
        presses = [
            pressed(100 + number, 1, buttons[number % len(buttons)]["data"]) for number in range(40)
        ]
        replay = [*presses, *chance.choices([*texts, *presses], k=PUSHES - 200 - len(texts) - len(presses))]
        chance.shuffle(replay)
        await asyncio.gather(*(push(one) for one in replay))
        await vendor.until(
            lambda: all(vendor.find("✔✔", f"· {total} ₸") for total in sums), "a receipt for each button"
        )
        while await waiting(here):
            await here.street.engine.hints.wait(0.1)
    documents = await here.street.engine.books.documents(here.street.register_id, after=0, limit=100)
    assert sorted(one.document.total for one in documents) == [total * 100 for total in sums]
    assert len(here.street.booked()) == len(sums)
    receipts = [text for text in vendor.texts() if "✔✔" in text]
    assert len(receipts) == len(sums)


async def waiting(here: ChatStreet) -> list[int]:
    found = await ChatStore(here.street.engine.database).unfinished_updates(1_000)
    return [one.update_id for one in found]
