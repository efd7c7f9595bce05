"""The person's side of the sandbox's Telegram (CONTRACT.md 2), over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import FormData
from telegram_street import TOKEN, Street, inline, png, running


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with running() as made:
        yield made


async def test_a_word_reaches_the_bot_and_the_transcript(street: Street) -> None:
    told = await street.person("say", text="2 кофе 800 🎉 https://a.kz")
    (update,) = await street.updates()
    message = update["message"]
    assert message["message_id"] == told["message_id"]
    assert message["from"]["language_code"] == "kk"
    assert message["chat"] == {"id": 501, "type": "private", "first_name": "Айгүл"}
    assert message["entities"] == [{"type": "url", "offset": 14, "length": 12}]
    (item,) = await street.seen()
    assert (item["from"], item["text"], item["keyboard"], item["edits"], item["files"]) == (
        "person",
        "2 кофе 800 🎉 https://a.kz",
        [],
        [],
        [],
    )


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": " \n\u200b"}, {"text": "а" * 4097}, {"text": 5}, {"no": 1}]
)
async def test_what_cannot_be_said_is_refused(street: Street, body: dict[str, Any]) -> None:
    told = await street.person("say", 400, **body)
    assert told["code"] == "VALIDATION"
    assert await street.seen() == [] and await street.updates() == []


async def test_a_broken_surrogate_is_refused_and_4096_letters_pass(street: Street) -> None:
    url = f"{street.host}/telegram/chats/501/say"
    async with street.http.post(url, data=b'{"text": "\\ud800"}') as answer:
        assert answer.status == 400
    await street.person("say", text="ң" * 4096)


async def test_unknown_chats_are_404_on_every_call(street: Street) -> None:
    for what in ("say", "press", "start"):
        async with street.http.post(f"{street.host}/telegram/chats/9/{what}", json={"text": "а"}) as answer:
            assert answer.status == 404 and answer.content_type == "application/problem+json"
    for path in (
        "chats/x/transcript",
        f"chats/{'9' * 5000}/transcript",
        "chats/9/transcript",
        "chats/9/events",
        "chat/9",
    ):
        async with street.http.get(f"{street.host}/telegram/{path}") as answer:
            assert answer.status == 404


async def test_refusals_follow_the_language_that_is_accepted(street: Street) -> None:
    details = set()
    for language in ("ru", "kk", "en"):
        headers = {"Accept-Language": language}
        url = f"{street.host}/telegram/chats/501/press"
        async with street.http.post(url, json={"text": "жоқ"}, headers=headers) as answer:
            told = await answer.json()
            assert (answer.status, told["code"]) == (409, "NOT_ON_KEYBOARD") and "жоқ" in told["detail"]
            details.add(told["detail"])
    assert len(details) == 3


async def test_a_press_is_answered_once_and_its_toast_is_seen(street: Street) -> None:
    message = await street.sent(reply_markup=inline([{"text": "Пробить 1 950", "callback_data": "sell:1"}]))
    assert await street.person("press", text="Пробить 1 950") == {"message_id": message, "data": "sell:1"}
    assert await street.person("press", data="sell:1") == {"message_id": message, "data": "sell:1"}
    first, second = [update["callback_query"] for update in await street.updates()]
    assert first["id"] != second["id"] and first["data"] == "sell:1"
    assert (await street.bot("answerCallbackQuery", callback_query_id=first["id"], text="Взято"))["ok"]
    for unknown in (first["id"], "777"):
        told = await street.refused("answerCallbackQuery", callback_query_id=unknown)
        assert told == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    long = await street.refused("answerCallbackQuery", callback_query_id=second["id"], text="а" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    assert (await street.bot("answerCallbackQuery", callback_query_id=second["id"]))["ok"]
    assert [toast["text"] for toast in (await street.seen())[-1]["toasts"]] == ["Взято"]


async def test_a_button_that_left_the_screen_cannot_be_pressed(street: Street) -> None:
    message = await street.sent(reply_markup=inline([{"text": "Да", "callback_data": "yes"}]))
    await street.bot("editMessageText", chat_id=501, message_id=message, text="готово")
    await street.person("press", 409, data="yes")
    await street.person("press", 400)
    await street.person("press", 400, text="Да", data="yes")


async def test_the_newest_of_two_equal_buttons_is_pressed(street: Street) -> None:
    keyboard = inline([{"text": "Да", "callback_data": "yes"}])
    await street.sent(reply_markup=keyboard)
    newer = await street.sent(reply_markup=keyboard)
    assert (await street.person("press", text="Да"))["message_id"] == newer


async def test_a_message_button_comes_before_the_keyboard_and_spaces_are_alike(street: Street) -> None:
    await street.sent(reply_markup={"keyboard": [["Итого 1 950"]]})
    message = await street.sent(reply_markup=inline([{"text": "Итого 1\u00a0950", "callback_data": "t"}]))
    assert await street.person("press", text="Итого 1 950") == {"message_id": message, "data": "t"}
    assert "callback_query" in (await street.updates())[-1]


async def test_buttons_that_ask_the_bot_nothing_tell_where_they_lead(street: Street) -> None:
    await street.sent(
        reply_markup=inline(
            [{"text": "Чек", "url": "https://a.kz/r"}, {"text": "Копия", "copy_text": {"text": "123"}}],
            [{"text": "Каталог", "web_app": {"url": "http://127.0.0.1:8080/app"}}],
        )
    )
    assert (await street.person("press", text="Чек"))["url"] == "https://a.kz/r"
    assert (await street.person("press", text="Копия"))["copy_text"] == "123"
    assert (await street.person("press", text="Каталог"))["web_app"] == "http://127.0.0.1:8080/app"
    assert await street.updates() == []


async def test_the_keyboard_under_the_input_speaks_for_the_person_until_removed(street: Street) -> None:
    await street.sent(reply_markup={"keyboard": [["Смена"], [{"text": "Место", "request_location": True}]]})
    assert (await street.seen())[0]["keyboard"] == [[{"text": "Смена"}], [{"text": "Место", "request_location": True}]]
    await street.person("press", text="Смена")
    await street.person("press", text="Место")
    said, place = [update["message"] for update in await street.updates()]
    assert said["text"] == "Смена" and set(place["location"]) == {"latitude", "longitude"}
    await street.sent(reply_markup={"remove_keyboard": True})
    await street.person("press", 409, text="Смена")
    assert all(item["keyboard"] == [] for item in await street.seen())


async def test_a_person_who_has_not_pressed_start_cannot_be_written_to(street: Street) -> None:
    url = f"{street.host}/telegram/chats"
    async with street.http.post(url, json={"name": "Динара", "language": "ru"}) as answer:
        chat = (await answer.json())["chat"]
    told = await street.bot("sendMessage", chat_id=chat, text="а")
    assert told["error_code"] == 403
    assert told["description"] == "Forbidden: bot can't initiate conversation with a user"
    async with street.http.post(f"{url}/{chat}/start", json={"payload": "r_abc-1"}) as answer:
        assert answer.status == 200
    assert (await street.updates())[-1]["message"]["text"] == "/start r_abc-1"
    assert (await street.bot("sendMessage", chat_id=chat, text="а"))["ok"]
    async with street.http.post(f"{url}/{chat}/start", json={"payload": "я"}) as answer:
        assert answer.status == 400
    street.server.block(chat)
    assert await street.refused("sendMessage", chat_id=chat, text="а") == "Forbidden: bot was blocked by the user"
    async with street.http.get(url) as answer:
        assert [(one["chat"], one["name"]) for one in (await answer.json())["items"]] == [
            (501, "Айгүл"),
            (chat, "Динара"),
        ]


async def test_a_photo_is_fetched_by_the_bot_and_seen_by_url(street: Street) -> None:
    form = FormData(quote_fields=False)
    form.add_field("photo", png(), filename="../код.png", content_type="image/png")
    form.add_field("caption", "что это")
    async with street.http.post(f"{street.host}/telegram/chats/501/photo", data=form) as answer:
        assert answer.status == 200
    message = (await street.updates())[0]["message"]
    assert message["caption"] == "что это" and (message["photo"][-1]["width"], message["photo"][-1]["height"]) == (
        40,
        30,
    )
    file = (await street.bot("getFile", file_id=message["photo"][-1]["file_id"]))["result"]
    async with street.http.get(f"{street.server.api_base(street.host)}/file/bot{TOKEN}/{file['file_path']}") as answer:
        assert await answer.read() == png()
    (seen,) = (await street.seen())[0]["files"]
    assert (seen["name"], seen["type"]) == ("код.png", "image/png")
    async with street.http.get(seen["url"]) as answer:
        assert await answer.read() == png() and answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"GIF89a", png(9000, 1500)])
async def test_a_photo_that_is_none_is_refused(street: Street, data: bytes) -> None:
    form = FormData()
    form.add_field("photo", data, filename="a.png")
    async with street.http.post(f"{street.host}/telegram/chats/501/photo", data=form) as answer:
        assert answer.status == 400, await answer.text()
    async with street.http.post(f"{street.host}/telegram/chats/501/photo", json={}) as answer:
        assert answer.status == 400


async def test_a_reply_carries_the_message_it_answers(street: Street) -> None:
    receipt = await street.sent("Чек № 1")
    await street.person("say", text="возврат", reply_to=receipt)
    assert (await street.updates())[0]["message"]["reply_to_message"]["text"] == "Чек № 1"
    await street.person("say", 404, text="возврат", reply_to=999)
