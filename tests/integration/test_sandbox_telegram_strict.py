"""What the sandbox's Telegram refuses the bot, in Telegram's own words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import FormData
from telegram_street import NOW, TOKEN, Street, inline, png, running


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with running() as made:
        yield made


LONG_CAPTION = {"photo": "id", "caption": "а" * 1025}
BAD_MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "а" * 4097}, "message is too long"),
    ({"text": "🎉" * 2049}, "message is too long"),
    ({"text": "а", "colour": "red"}, 'unknown field "colour" of sendMessage'),
    ({"text": "а", "message_thread_id": 3}, 'the sandbox does not serve the field "message_thread_id" of sendMessage'),
    ({"text": "а", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "а", "chat_id": 77}, "chat not found"),
    ({"text": "а", "chat_id": "@x"}, "chat not found"),
    ({"text": "а", "chat_id": ""}, "chat_id is empty"),
    ({"text": "а", "reply_parameters": {"message_id": 9}}, "message to be replied not found"),
    (
        {"text": "а", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
        "can't parse entities: ENTITY_BOUNDS_INVALID",
    ),
    ({"text": "а", "reply_markup": [1]}, "object expected as reply markup"),
    (
        {"text": "а", "reply_markup": {"inline_keyboard": [{"text": "а"}]}},
        'Field "inline_keyboard" must be an Array of Arrays',
    ),
    ({"text": "а", "reply_markup": {"keyboard": []}}, "keyboard must be non-empty"),
]
BAD_BUTTONS: list[tuple[dict[str, Any], str]] = [
    ({"text": "а", "callback_data": ""}, "BUTTON_DATA_INVALID"),
    ({"text": "а", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
    ({"callback_data": "a"}, "can't parse inline keyboard button: Can't find field \"text\""),
    ({"text": "а"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    (
        {"text": "а", "callback_data": None},
        'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    ),
    ({"text": "а", "url": "javascript:1"}, "inline keyboard button URL 'javascript:1' is invalid: Wrong HTTP URL"),
    ({"text": "а", "copy_text": {"text": "а" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    (
        {"text": "а", "callback_data": "a", "style": "loud"},
        "can't parse inline keyboard button: invalid button style specified",
    ),
]


@pytest.mark.parametrize(("body", "words"), BAD_MESSAGES)
async def test_a_bad_message_is_refused_in_telegrams_words(street: Street, body: dict[str, Any], words: str) -> None:
    assert await street.refused("sendMessage", **{"chat_id": 501, **body}) == f"Bad Request: {words}"
    assert await street.seen() == []


@pytest.mark.parametrize(("button", "words"), BAD_BUTTONS)
async def test_a_bad_button_is_refused(street: Street, button: dict[str, Any], words: str) -> None:
    told = await street.refused("sendMessage", chat_id=501, text="а", reply_markup=inline([button]))
    assert told == f"Bad Request: {words}"


async def test_the_limits_themselves_still_pass(street: Street) -> None:
    await street.sent(
        "<b>" + "ң" * 4096 + "</b>",
        parse_mode="HTML",
        reply_markup=inline(
            [{"text": "а", "callback_data": "я" * 32}, {"text": "б", "copy_text": {"text": "а" * 256}}]
        ),
    )


async def test_edits_change_the_message_and_are_remembered(street: Street) -> None:
    message = await street.sent("✔ Чек № 1", reply_markup=inline([{"text": "Печать", "callback_data": "p"}]))
    body = {"chat_id": 501, "message_id": message, "text": "✔✔ Чек № 1"}
    told = await street.bot("editMessageText", **body)
    assert told["result"]["edit_date"] and "reply_markup" not in told["result"]
    (item,) = await street.seen()
    assert (item["text"], item["first_text"], item["keyboard"]) == ("✔✔ Чек № 1", "✔ Чек № 1", [])
    assert [edit["text"] for edit in item["edits"]] == ["✔✔ Чек № 1"]
    assert item["edits"][0]["at"].endswith("+05:00")
    assert (await street.refused("editMessageText", **body)).startswith("Bad Request: message is not modified: ")
    assert (
        await street.refused("editMessageText", **{**body, "message_id": 99})
        == "Bad Request: message to edit not found"
    )
    assert (
        await street.refused("editMessageReplyMarkup", chat_id=501)
        == "Bad Request: message identifier is not specified"
    )
    said = (await street.person("say", text="моё"))["message_id"]
    assert (
        await street.refused("editMessageText", **{**body, "message_id": said})
        == "Bad Request: message can't be edited"
    )
    captioned = await street.refused("editMessageCaption", chat_id=501, message_id=message, caption="а")
    assert captioned == "Bad Request: there is no caption in the message to edit"


async def test_deleting_works_once_and_not_after_48_hours(street: Street) -> None:
    message = await street.sent()
    assert (await street.bot("deleteMessage", chat_id=501, message_id=message))["ok"]
    gone = await street.refused("deleteMessage", chat_id=501, message_id=message)
    assert gone == "Bad Request: message to delete not found" and await street.seen() == []
    old = await street.sent()
    street.clock.append(NOW + timedelta(hours=48, seconds=1))
    told = await street.refused("deleteMessage", chat_id=501, message_id=old)
    assert told == "Bad Request: message can't be deleted for everyone"


async def test_pictures_and_papers_are_sent_edited_and_sent_again_by_id(street: Street) -> None:
    url = f"{street.server.api_base(street.host)}/bot{TOKEN}"
    form = FormData({"chat_id": "501", "caption": "<b>Z</b>", "parse_mode": "HTML", "photo": "attach://p"})
    form.add_field("p", png(), filename="z.png")
    async with street.http.post(f"{url}/sendPhoto", data=form) as answer:
        sent = (await answer.json())["result"]
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    again = await street.bot("sendPhoto", chat_id=501, photo=sent["photo"][0]["file_id"])
    assert again["result"]["photo"] == sent["photo"]
    form = FormData({"chat_id": "501"}, quote_fields=False)
    form.add_field("document", b"a;b", filename="чеки.csv", content_type="text/csv")
    async with street.http.post(f"{url}/sendDocument", data=form) as answer:
        paper = (await answer.json())["result"]["document"]
    assert (paper["file_name"], paper["mime_type"], paper["file_size"]) == ("чеки.csv", "text/csv", 3)
    form = FormData({"chat_id": "501", "message_id": str(sent["message_id"])})
    form.add_field("media", json.dumps({"type": "photo", "media": "attach://n", "caption": "новое"}))
    form.add_field("n", png(50, 50), filename="n.png")
    async with street.http.post(f"{url}/editMessageMedia", data=form) as answer:
        assert (await answer.json())["result"]["photo"][0]["width"] == 50
    assert await street.refused("sendPhoto", chat_id=501, **LONG_CAPTION) == "Bad Request: message caption is too long"
    assert await street.refused("getFile", file_id="no") == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )
    as_text = await street.refused("editMessageText", chat_id=501, message_id=sent["message_id"], text="а")
    assert as_text == "Bad Request: there is no text in the message to edit"


async def test_a_wrong_token_an_unknown_method_and_a_broken_body_are_refused(street: Street) -> None:
    base = street.server.api_base(street.host)
    for path, status in ((f"bot{TOKEN}/sendGold", 404), ("bot1:X/getMe", 401)):
        async with street.http.post(f"{base}/{path}") as answer:
            assert answer.status == status and (await answer.json())["error_code"] == status
    for kind, data in (("application/json", b"[1]"), ("application/json", b"{"), ("multipart/form-data", b"x")):
        headers = {"Content-Type": kind}
        async with street.http.post(f"{base}/bot{TOKEN}/sendMessage", data=data, headers=headers) as answer:
            assert answer.status == 400
    async with street.http.get(f"{base}/bot{TOKEN}/getme") as answer:
        assert (await answer.json())["result"]["username"] == "tiyn_bot"


async def test_a_flood_is_refused_with_the_time_to_wait(street: Street) -> None:
    message = await street.sent()
    for number in range(19):
        assert (await street.bot("editMessageText", chat_id=501, message_id=message, text=f"{number}"))["ok"]
    told = await street.bot("sendMessage", chat_id=501, text="ещё")
    assert told["error_code"] == 429 and told["parameters"] == {"retry_after": 1}
    assert told["description"] == "Too Many Requests: retry after 1"
    assert (await street.seen())[-1]["text"] == "18"
