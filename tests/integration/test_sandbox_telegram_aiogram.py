"""The real aiogram against the sandbox's Telegram. Its import is dear, so it is made once and only here."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from PIL import Image

from sandbox.telegram import TelegramServer
from sandbox.telegram.methods import FIELDS

ALMATY = timezone(timedelta(hours=5))
TOKEN = "42:SANDBOX"


@pytest.fixture(scope="module")
def aiogram() -> Any:
    import aiogram
    from aiogram import exceptions, methods, types
    from aiogram.client.default import DefaultBotProperties
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler

    return SimpleNamespace(
        Bot=aiogram.Bot,
        Dispatcher=aiogram.Dispatcher,
        F=aiogram.F,
        exceptions=exceptions,
        methods=methods,
        types=types,
        DefaultBotProperties=DefaultBotProperties,
        AiohttpSession=AiohttpSession,
        TelegramAPIServer=TelegramAPIServer,
        SimpleRequestHandler=SimpleRequestHandler,
    )


class Street:
    """A server, a real bot that is pointed at it, and one person."""

    def __init__(self, aiogram: Any, server: TelegramServer, host: str) -> None:
        api = aiogram.TelegramAPIServer.from_base(server.api_base(host))
        self.server = server
        self.host = host
        self.bot = aiogram.Bot(
            TOKEN,
            session=aiogram.AiohttpSession(api=api),
            default=aiogram.DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
        )
        self.dispatcher = aiogram.Dispatcher()
        self.chat = server.new_person("Айгүл", "kk", 501, started=True)

    async def sees(self, wanted: str) -> dict[str, Any]:
        """Waits on the chat's own stream until a message reads so."""
        url = f"{self.host}/telegram/chats/{self.chat}/events"
        async with ClientSession() as http, http.get(url) as stream:
            while line := await stream.content.readline():
                found = [item for item in self.server.transcript(self.chat) if item["text"] == wanted]
                if found and line.startswith(b"data: "):
                    return found[-1]
        raise AssertionError(f"the stream ended before «{wanted}»")


@pytest.fixture
async def street(aiogram: Any) -> AsyncIterator[Street]:
    server = TelegramServer(now=lambda: datetime.now(ALMATY), token=TOKEN, folder=None)
    app = web.Application()
    server.add_routes(app)
    async with TestServer(app) as host:
        made = Street(aiogram, server, str(host.make_url("")).rstrip("/"))
        yield made
        await made.bot.session.close()


def shop(aiogram: Any, street: Street) -> None:
    """A bot of three lines: a word becomes a question, its button the answer."""
    types = aiogram.types

    async def ask(message: Any) -> None:
        button = types.InlineKeyboardButton(text="Пробить 1 950 ₸", callback_data="sell:1", style="primary")
        await message.answer(
            f"<b>{message.text}</b>?", reply_markup=types.InlineKeyboardMarkup(inline_keyboard=[[button]])
        )

    async def sell(press: Any) -> None:
        await press.answer("Взято")
        await press.message.edit_text("✔✔ Чек № 1")

    street.dispatcher.message.register(ask, aiogram.F.text)
    street.dispatcher.callback_query.register(sell, aiogram.F.data == "sell:1")


async def live_through_a_sale(street: Street) -> None:
    street.server.say(501, "кофе 800")
    asked = await street.sees("кофе 800?")
    assert asked["entities"] == [{"type": "bold", "offset": 0, "length": 8}]
    assert asked["keyboard"] == [[{"text": "Пробить 1 950 ₸", "data": "sell:1", "style": "primary"}]]
    street.server.press(501, text="Пробить 1 950 ₸")
    made = await street.sees("✔✔ Чек № 1")
    assert made["id"] == asked["id"] and made["first_text"] == "кофе 800?" and made["keyboard"] == []
    assert [toast["text"] for toast in made["toasts"]] == ["Взято"]


async def test_a_sale_by_long_polling(aiogram: Any, street: Street) -> None:
    shop(aiogram, street)
    polling = asyncio.create_task(
        street.dispatcher.start_polling(street.bot, handle_signals=False, close_bot_session=False)
    )
    try:
        await live_through_a_sale(street)
    finally:
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling


@pytest.mark.parametrize("in_background", [True, False])
async def test_a_sale_by_webhook(aiogram: Any, street: Street, in_background: bool) -> None:
    shop(aiogram, street)
    app = web.Application()
    handler = aiogram.SimpleRequestHandler(
        street.dispatcher, street.bot, handle_in_background=in_background, secret_token="hush"
    )
    handler.register(app, path="/hook")
    async with TestServer(app) as hook:
        await street.bot.set_webhook(str(hook.make_url("/hook")), secret_token="hush")
        await live_through_a_sale(street)
        info = await street.bot.get_webhook_info()
        assert info.last_error_message is None and info.max_connections == 40
        await street.bot.delete_webhook()


async def test_a_handler_may_answer_inside_the_webhooks_answer(aiogram: Any, street: Street) -> None:
    async def echo(message: Any) -> Any:
        return message.answer("внутри")

    street.dispatcher.message.register(echo)

    app = web.Application()
    aiogram.SimpleRequestHandler(
        street.dispatcher, street.bot, handle_in_background=False, secret_token="hush"
    ).register(app, path="/hook")
    async with TestServer(app) as hook:
        await street.bot.set_webhook(str(hook.make_url("/hook")), secret_token="hush")
        street.server.say(501, "а")
        await street.sees("внутри")
        await street.bot.delete_webhook()


async def test_every_answer_is_an_object_that_aiogram_reads(aiogram: Any, street: Street) -> None:
    types, bot = aiogram.types, street.bot
    out = io.BytesIO()
    Image.new("RGB", (30, 20)).save(out, "PNG")
    picture = types.BufferedInputFile(out.getvalue(), "чек.png")
    assert (await bot.get_me()).username == "tiyn_bot"
    sent = await bot.send_photo(501, picture, caption="<i>Z</i> 🎉")
    assert sent.photo[-1].width == 30 and sent.caption_entities[0].type == "italic"
    other = types.InputMediaPhoto(media=types.BufferedInputFile(out.getvalue(), "b.png"), caption="<b>2</b>")
    assert (await bot.edit_message_media(other, chat_id=501, message_id=sent.message_id)).caption == "2"
    assert (await bot.edit_message_caption(chat_id=501, message_id=sent.message_id, caption="3")).caption == "3"
    paper = await bot.send_document(
        501, types.BufferedInputFile(b"a;b", "чеки.csv"), reply_parameters={"message_id": 1}
    )
    assert paper.document.file_name == "чеки.csv" and paper.reply_to_message.message_id == 1
    street.server.photo(501, out.getvalue())
    (update,) = await bot.get_updates(timeout=1)
    fetched = await bot.download(update.message.photo[-1])
    assert fetched.read() == out.getvalue()
    keyboard = types.ReplyKeyboardMarkup(keyboard=[[types.KeyboardButton(text="Смена")]], resize_keyboard=True)
    plain = await bot.send_message(501, "меню", reply_markup=keyboard, disable_notification=True)
    assert await bot.set_my_commands([types.BotCommand(command="help", description="Помощь")], language_code="ru")
    assert [one.command for one in await bot.get_my_commands(language_code="ru")] == ["help"]
    assert (
        await bot.set_my_name("Тиын")
        and await bot.set_my_description("Касса")
        and await bot.set_my_short_description("К")
    )
    assert await bot.set_chat_menu_button(menu_button=types.MenuButtonCommands())
    assert await bot.send_chat_action(501, "typing")
    assert await bot.delete_message(501, plain.message_id) and await bot.delete_messages(501, [sent.message_id, 999])
    assert await bot.delete_webhook(drop_pending_updates=True)


async def test_refusals_become_aiograms_own_errors(aiogram: Any, street: Street) -> None:
    errors, bot = aiogram.exceptions, street.bot
    sent = await bot.send_message(501, "а")
    with pytest.raises(errors.TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("а", chat_id=501, message_id=sent.message_id)
    with pytest.raises(errors.TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(501, "<b>а")
    with pytest.raises(errors.TelegramBadRequest, match='unknown field "colour"'):
        await bot(aiogram.methods.SendMessage(chat_id=501, text="а", colour="red"))
    street.server.block(501)
    with pytest.raises(errors.TelegramForbiddenError):
        await bot.send_message(501, "а")
    street.server.block(501, False)
    street.server.set_behaviour("too_many_requests", 1)
    with pytest.raises(errors.TelegramRetryAfter) as waits:
        await bot.send_message(501, "а")
    assert waits.value.retry_after == 1
    street.server.set_behaviour("http_500", 1)
    with pytest.raises(errors.TelegramServerError):
        await bot.send_message(501, "а")
    street.server.set_behaviour("lose_answers", 1)
    with pytest.raises(errors.TelegramNetworkError):
        await bot.send_message(501, "дошло")
    street.server.set_behaviour("down", 1)
    with pytest.raises(errors.TelegramNetworkError):
        await bot.send_message(501, "не дошло")
    assert [item["text"] for item in street.server.transcript(501)] == ["а", "дошло"]


async def test_the_table_of_fields_is_aiograms(aiogram: Any) -> None:
    models: list[Any] = [model for model in vars(aiogram.methods).values() if isinstance(model, type)]
    fields = {getattr(model, "__api_method__", None): getattr(model, "model_fields", {}) for model in models}
    assert {method: frozenset(fields[method]) for method in FIELDS} == FIELDS


async def test_launch_data_is_signed_as_aiogram_checks_it(aiogram: Any, street: Street) -> None:
    from aiogram.utils.web_app import check_webapp_signature, safe_parse_webapp_init_data

    fresh, stale = street.server.launch_data(501), street.server.launch_data(501, 90_000)
    for data, age_s in ((fresh, 0), (stale, 90_000)):
        told = safe_parse_webapp_init_data(TOKEN, data)
        assert told.user is not None and (told.user.id, told.user.first_name) == (501, "Айгүл")
        assert abs((datetime.now(ALMATY) - told.auth_date).total_seconds() - age_s) < 60
    assert not check_webapp_signature("43:OTHER", fresh)
    assert not check_webapp_signature(TOKEN, fresh.replace("501", "502"))
    async with ClientSession() as http, http.get(f"{street.host}/telegram/chats/501/launch") as answer:
        assert check_webapp_signature(TOKEN, (await answer.json())["init_data"])
    async with ClientSession() as http, http.get(f"{street.host}/telegram/chats/501/launch?age_s=x") as answer:
        assert answer.status == 400


async def test_fields_inside_fields_are_aiograms_too(aiogram: Any, street: Street) -> None:
    types = aiogram.types
    preview = types.LinkPreviewOptions(is_disabled=True)
    assert (await street.bot.send_message(501, "а", link_preview_options=preview)).text == "а"
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="unknown field"):
        loud = types.LinkPreviewOptions.model_validate({"is_disabled": True, "loud": 1})
        await street.bot.send_message(501, "б", link_preview_options=loud)
    media = types.InputMediaPhoto.model_validate({"type": "photo", "media": "x", "glitter": True})
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match=r'unknown field "media\.glitter"'):
        await street.bot.edit_message_media(media, chat_id=501, message_id=1)
    assert [item["text"] for item in street.server.transcript(501)] == ["а"]
