"""API keys of the current register's organisation, for whoever owns all of it: «ключи api»."""

from __future__ import annotations

import re

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.drawings import Drawings
from bot.people import Speaker
from bot.phrases import plain_words
from bot.press import Action, Press
from bot.routers.context import is_private
from bot.routers.filters import press_of
from bot.screens.keys import READ_SELL, key_made_screen, keys_screen, revoke_ask_screen
from bot.screens.people import plain_screen, stranger_screen
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen
from bot.telegram import Telegram
from core.errors import Refused

# never the bare word: a shop may sell keys
_WORDS = "api|api[ -]?(ключи|кілттер|кілттері|keys)|(ключи|кілттер|keys)[ -]?api"


async def is_word(message: Message) -> bool:
    """A filter: «ключи api»."""
    plain = plain_words(message.text, "!?. ")
    return re.fullmatch(_WORDS, plain) is not None


async def wished(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    await desk.people.await_sum(speaker, None)
    if speaker.register_id is None:
        screen = stranger_screen(speaker.language, speaker.chat_id)
    else:
        screen = await _answer(desk, speaker, speaker.register_id, "list")
    await _show(desk, speaker, origin, screen)


async def pressed(
    query: CallbackQuery, bot: Bot, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """A button about keys; the use case asks who presses."""
    if press is None or not is_private(query):
        return
    await desk.people.await_sum(speaker, None)
    what, _, scopes = press.choice.partition(".")
    if what == "add" and scopes in READ_SELL:
        await _make(bot, desk, speaker, press.register_id, READ_SELL[scopes], origin)
        return
    await _show(desk, speaker, origin, await _answer(desk, speaker, press.register_id, press.choice))


async def _answer(desk: Desk, speaker: Speaker, register_id: str, choice: str) -> Screen:
    try:
        return await _done(desk, speaker, register_id, choice)
    except Refused as refused:
        return refusal_screen(speaker.language, refused)


async def _done(desk: Desk, speaker: Speaker, register_id: str, choice: str) -> Screen:
    """What a button asks for, done; the screen after it."""
    keys, language, me = desk.engine.crew.keys, speaker.language, speaker.chat_id
    what, _, key_id = choice.partition(".")
    if what == "rk" and not await keys.revoke(me, register_id, key_id):
        return plain_screen(language, "keys-gone")
    found = await keys.all(me, register_id)
    if what == "rm":
        key = next((one for one in found if one.key_id == key_id), None)
        return plain_screen(language, "keys-gone") if key is None else revoke_ask_screen(language, register_id, key)
    return keys_screen(language, register_id, found, done=what == "rk")


async def _make(
    bot: Bot, desk: Desk, speaker: Speaker, register_id: str, scopes: tuple[str, ...], origin: str
) -> None:
    """Sent past the outbox: its rows keep what is shown, and a key is kept nowhere but in the chat. One that did not
    arrive is revoked: nobody knows who has it.
    """
    keys, language = desk.engine.crew.keys, speaker.language
    try:
        key, secret = await keys.make(speaker.chat_id, register_id, scopes)
    except Refused as refused:
        await _show(desk, speaker, origin, refusal_screen(language, refused))
        return
    telegram = Telegram(bot, Drawings(desk.engine.books).drawn)
    sent = await telegram.deliver(speaker.chat_id, None, key_made_screen(language, key, secret))
    if sent.message_id is None:
        await keys.revoke(speaker.chat_id, register_id, key.key_id)
        await _show(desk, speaker, origin, plain_screen(language, "keys-not-sent"))


async def _show(desk: Desk, speaker: Speaker, origin: str, screen: Screen) -> None:
    await desk.outbox.show(speaker.chat_id, f"keys:{origin}", screen)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="keys")
    router.message.register(wished, Command("keys"))
    router.message.register(wished, is_word)
    router.callback_query.register(pressed, press_of(Action.KEYS))
    return router
