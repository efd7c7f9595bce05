"""How updates reach the bot — poll, webhook, with faults, through a restart — and how the page hears of it all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ServerDisconnectedError, web
from aiohttp.test_utils import TestServer
from telegram_street import Street, inline, png, running


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with running() as made:
        yield made


# ── updates ──


async def test_an_offset_confirms_and_marks_as_read(street: Street) -> None:
    for text in ("один", "два", "три"):
        await street.person("say", text=text)
    found = await street.updates(limit=2)
    assert [u["message"]["text"] for u in found] == ["один", "два"] and len(await street.updates()) == 3
    assert [u["message"]["text"] for u in await street.updates(offset=found[-1]["update_id"] + 1)] == ["три"]
    assert [item["read"] for item in await street.seen()] == [True, True, False]
    await street.person("say", text="четыре")
    assert [u["message"]["text"] for u in await street.updates(offset=-1)] == ["четыре"]
    assert len(await street.updates()) == 1


async def test_a_waiting_poll_is_woken_and_a_second_one_ends_the_first(street: Street) -> None:
    polls = [asyncio.create_task(street.bot("getUpdates", timeout=50)) for _ in range(2)]
    (ended,), (waiting,) = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
    assert (await ended)["error_code"] == 409
    await street.person("say", text="проснись")
    assert (await waiting)["result"][0]["message"]["text"] == "проснись"


async def test_kinds_that_were_not_allowed_are_not_kept(street: Street) -> None:
    assert await street.updates(allowed_updates=["callback_query"]) == []
    await street.person("say", text="не услышат")
    assert await street.updates() == []


async def webhook(street: Street, answers: Callable[[web.Request], Awaitable[web.Response]]) -> TestServer:
    app = web.Application()
    app.router.add_post("/hook", answers)
    hook = TestServer(app)
    await hook.start_server()
    told = await street.bot("setWebhook", url=str(hook.make_url("/hook")), secret_token="a-secret_1")
    assert told["ok"]
    return hook


async def test_a_webhook_gets_the_secret_and_is_tried_again_in_order(street: Street) -> None:
    got: list[tuple[str, str | None]] = []
    done = asyncio.Event()

    async def answers(request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        got.append((text, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        if len(got) == 1:
            return web.Response(status=503)
        if text == "два":
            done.set()
            return web.json_response({"method": "sendMessage", "chat_id": 501, "text": "ответ в ответе"})
        return web.Response()

    hook = await webhook(street, answers)
    await street.person("say", text="один")
    await street.person("say", text="два")
    async with asyncio.timeout(20):
        await done.wait()
    assert got == [("один", "a-secret_1"), ("один", "a-secret_1"), ("два", "a-secret_1")]
    info = (await street.bot("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert (await street.bot("getUpdates"))["error_code"] == 409
    while (await street.seen())[-1]["text"] != "ответ в ответе":
        pass
    await street.bot("deleteWebhook")
    assert await street.updates() == []
    await hook.close()


@pytest.mark.parametrize(
    "body", [{"url": "ftp://a"}, {"url": "http://a.kz/x"}, {"url": "https://a.kz/x", "secret_token": "я"}]
)
async def test_a_bad_webhook_is_refused(street: Street, body: dict[str, Any]) -> None:
    await street.refused("setWebhook", **body)
    assert (await street.bot("getWebhookInfo"))["result"]["url"] == ""


# ── faults ──


async def behave(street: Street, mode: str, times: int | None = None, status: int = 200) -> None:
    body = {"mode": mode, "times": times}
    async with street.http.put(f"{street.host}/telegram/behaviour", json=body) as answer:
        assert answer.status == status


async def test_repeated_updates_come_twice_and_a_press_once_more_under_a_new_number(street: Street) -> None:
    await street.sent(reply_markup=inline([{"text": "Да", "callback_data": "yes"}]))
    await behave(street, "repeat_updates", 2)
    await street.person("say", text="раз")
    await street.person("press", text="Да")
    await street.person("say", text="два")
    updates = await street.updates()
    said, presses = [u for u in updates if "message" in u], [u for u in updates if "callback_query" in u]
    assert [u["message"]["text"] for u in said] == ["раз", "раз", "два"] and said[0] == said[1]
    assert len({u["update_id"] for u in presses}) == 2 and len({u["callback_query"]["id"] for u in presses}) == 1
    assert len(presses) == 4


@pytest.mark.parametrize(("mode", "arrives"), [("lose_answers", True), ("down", False)])
async def test_a_dropped_connection_says_nothing(street: Street, mode: str, arrives: bool) -> None:
    await behave(street, mode, 1)
    with pytest.raises((ServerDisconnectedError, ConnectionError)):
        await street.sent("а")
    assert [item["text"] for item in await street.seen()] == (["а"] if arrives else [])
    await street.sent("б")


async def test_a_slow_call_is_done_all_the_same(street: Street) -> None:
    await behave(street, "slow", 1)
    await street.sent("не сразу")
    async with street.http.get(f"{street.host}/telegram/behaviour") as answer:
        assert await answer.json() == {"mode": "ok", "times": None}
    assert len(await street.seen()) == 1


async def test_down_ends_a_waiting_poll_without_an_answer(street: Street) -> None:
    poll = asyncio.create_task(street.updates(timeout=50))
    await street.person("say", text="раз")
    last = (await poll)[-1]["update_id"]
    poll = asyncio.create_task(street.updates(timeout=50, offset=last + 1))
    while not (await street.seen())[0]["read"]:
        pass
    await behave(street, "down")
    with pytest.raises((ServerDisconnectedError, ConnectionError)):
        await poll
    await behave(street, "ok")
    assert await street.updates() == []


async def test_errors_on_demand_end_by_themselves(street: Street) -> None:
    await behave(street, "http_500", 1)
    assert (await street.bot("getMe"))["error_code"] == 500
    await behave(street, "too_many_requests", 1)
    assert await street.updates() == []
    assert (await street.bot("getMe"))["parameters"] == {"retry_after": 1}
    assert (await street.bot("getMe"))["ok"]
    await behave(street, "sunny", status=400)
    await behave(street, "down", 0, status=400)


# ── a restart ──


async def test_everything_survives_a_restart_and_a_torn_last_line(tmp_path: Path) -> None:
    async with running(tmp_path) as street:
        await street.bot("setMyCommands", commands=[{"command": "help", "description": "Помощь"}])
        receipt = await street.sent("Чек", reply_markup=inline([{"text": "Да", "callback_data": "yes"}]))
        street.server.photo(501, png(), caption="фото")
        last = street.server.say(501, "не забудь")
        await street.bot("deleteMessage", chat_id=501, message_id=last)
        await street.person("press", text="Да")
        before, updates = street.server.transcript(501), await street.updates()
    with (tmp_path / "telegram.jsonl").open("ab") as log:
        log.write(b'["message","99",{"id":9')
    async with running(tmp_path) as street:
        assert street.server.transcript(501) == before and await street.updates() == updates
        assert (await street.bot("getMyCommands"))["result"][0]["command"] == "help"
        async with street.http.get((await street.seen())[1]["files"][0]["url"]) as answer:
            assert await answer.read() == png()
        press = updates[-1]["callback_query"]["id"]
        assert (await street.bot("answerCallbackQuery", callback_query_id=press))["ok"]
        fresh = await street.sent("после")
        assert fresh > last > receipt
        await street.person("say", text="дальше")
        assert (await street.updates())[-1]["update_id"] > updates[-1]["update_id"]


async def test_a_person_is_made_once_per_number(street: Street) -> None:
    assert street.server.new_person("Другая", "ru", 501) == 501
    assert street.server.transcript(501) == []
    first, second = street.server.new_person("А", "ru"), street.server.new_person("Б", "en")
    assert first != second


# ── the page ──


async def test_the_page_tells_names_as_data_and_streams_what_happens(street: Street) -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    chat = street.server.new_person(hostile, "ru")
    async with street.http.get(f"{street.host}/telegram/chat/{chat}") as answer:
        page = await answer.text()
        assert answer.content_type == "text/html" and "onerror=alert" not in page and "{{" not in page
        assert "innerHTML" not in page and "https://" not in page.replace("https://t", "").replace("https://$", "")
    async with street.http.get(f"{street.host}/telegram/chats/501/events") as stream:

        async def event() -> dict[str, Any]:
            while not (line := await stream.content.readline()).startswith(b"data: "):
                assert line
            told: dict[str, Any] = json.loads(line[6:])
            return told

        assert (await event())["kind"] == "all"
        message = await street.sent(hostile)
        assert (await event())["item"]["text"] == hostile
        await street.bot("sendChatAction", chat_id=501, action="typing")
        assert await event() == {"kind": "action", "action": "typing"}
        await street.bot("deleteMessage", chat_id=501, message_id=message)
        assert await event() == {"kind": "removed", "message": message}


# ── scripts of faults, groups ──


async def test_a_script_of_faults_goes_step_by_step_and_ends_in_ok(street: Street) -> None:
    street.server.play(
        [
            {"mode": "ok", "times": 1},
            {"mode": "http_500", "times": 2},
            {"mode": "forbidden", "times": 1},
            {"mode": "too_many_requests", "times": 1},
        ]
    )
    codes = [(await street.bot("sendMessage", chat_id=501, text="а")).get("error_code") for _ in range(6)]
    assert codes == [None, 500, 500, 403, 429, None]
    assert len(await street.seen()) == 2


async def test_a_seed_draws_the_same_faults_again(street: Street) -> None:
    scripts = []
    for seed in (7, 7, 8):
        async with street.http.put(f"{street.host}/telegram/behaviour", json={"seed": seed, "steps": 30}) as answer:
            assert answer.status == 200
        behaviour = street.server._behaviour
        scripts.append([(behaviour.mode, behaviour.times), *behaviour.script])
    assert scripts[0] == scripts[1] != scripts[2] and len(scripts[0]) == 30


@pytest.mark.parametrize(
    "body",
    [
        {"script": []},
        {"script": [1]},
        {"script": [{"mode": "ok"}, {"mode": "down"}]},
        {"script": [{"mode": "ok", "times": 0}]},
        {"script": [{"mode": "ok", "delay": 1}]},
        {"seed": 1, "steps": 1001},
    ],
)
async def test_a_bad_script_is_refused(street: Street, body: dict[str, Any]) -> None:
    async with street.http.put(f"{street.host}/telegram/behaviour", json=body) as answer:
        assert answer.status == 400
    assert street.server._behaviour.mode == "ok"


async def test_reordered_updates_swap_and_none_is_kept_back_for_ever(street: Street) -> None:
    street.server.set_behaviour("reorder_updates", 1)
    for text in ("один", "два", "три"):
        await street.person("say", text=text)
    assert [one["message"]["text"] for one in await street.updates()] == ["два", "один", "три"]
    street.server.set_behaviour("reorder_updates")
    await street.person("say", text="четыре")
    street.server.set_behaviour("ok")
    assert (await street.updates())[-1]["message"]["text"] == "четыре"


async def test_a_group_has_members_and_takes_twenty_messages_a_minute(street: Street) -> None:
    group = street.server.new_group("Базар")
    street.server.say(group, "кофе 800", by=501)
    (update,) = await street.updates()
    message = update["message"]
    assert (message["chat"], message["from"]["id"]) == ({"id": group, "type": "supergroup", "title": "Базар"}, 501)
    codes = [(await street.bot("sendMessage", chat_id=group, text=f"{n}")).get("error_code") for n in range(26)]
    assert codes[:20] == [None] * 20 and 429 in codes[20:]
