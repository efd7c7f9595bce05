"""People: invitations, cards with limits, removal, and the choice of the current register."""

from __future__ import annotations

import re
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.drawings import Drawings
from bot.people import Speaker
from bot.phrases import plain_words, sum_of
from bot.press import Action, Press
from bot.routers.context import is_private
from bot.routers.filters import press_of
from bot.screens.people import plain_screen, stranger_screen
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen
from bot.screens.staff import (
    LETTERS,
    card_screen,
    invitation_screen,
    join_ask_screen,
    joined_screen,
    limit_ask_screen,
    people_screen,
    registers_screen,
    remove_ask_screen,
    told_joined_screen,
)
from bot.screens.wording import safe
from bot.telegram import Telegram
from core.db.people import Person
from core.domain.roles import PERCENT_MAX, ROLES, Deed
from core.errors import Refused

JOIN_PREFIX = "j_"
LIMIT = "limit"
_WORDS = {
    "people": "люди|персонал|кассиры|команда|адамдар|қызметкерлер|кассирлер|people|staff|team",
    "registers": "кассы|мои кассы|выбрать кассу|сменить кассу|кассалар|менің кассаларым|registers|my registers",
}
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,3}))?\s*%?")


async def offer_join(desk: Desk, speaker: Speaker, origin: str, token: str) -> None:
    """`/start j_<token>`: what they are invited to, with one button to confirm."""
    try:
        link = await desk.engine.crew.staff.shown(token, speaker.chat_id)
        title = await _title(desk, link.register_id)
    except Refused as refused:
        await _show(desk, speaker.chat_id, origin, refusal_screen(speaker.language, refused))
        return
    await _show(desk, speaker.chat_id, origin, join_ask_screen(speaker.language, title, link.role, link.link_id))


async def joined(query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str) -> None:
    """The confirmation; every owner hears who came, with a button that undoes it."""
    if press is None or not is_private(query):
        return
    if press.reading != 1:
        await _show(desk, speaker.chat_id, origin, plain_screen(speaker.language, "staff-not-joined"))
        return
    link_id, name = press.register_id, query.from_user.full_name
    try:
        came = await desk.engine.crew.staff.join(link_id, speaker.chat_id, name, speaker.language)
    except Refused as refused:
        await _show(desk, speaker.chat_id, origin, refusal_screen(speaker.language, refused))
        return
    title = await _title(desk, came.register_id)
    person = await desk.engine.people.person(speaker.chat_id)
    if person is not None and came.register_id in person.roles:
        told = {came.made_by, *(one.chat_id for one in await desk.engine.people.people(came.register_id, ("owner",)))}
        for chat in sorted(told - {speaker.chat_id}):
            reader = await desk.people.speaker(chat)
            if reader.may_read(came.register_id):
                screen = told_joined_screen(reader.language, title, came.register_id, person)
                await desk.outbox.show(chat, f"joined:{link_id}", screen)
    await _show(desk, speaker.chat_id, origin, joined_screen(speaker.language, title, came.role))


async def is_word(message: Message) -> bool | dict[str, Any]:
    """A filter: «люди», «кассы»."""
    plain = plain_words(message.text, "!?. ")
    return next(({"wish": wish} for wish, words in _WORDS.items() if re.fullmatch(words, plain)), False)


async def commanded(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    name = (message.text or "").split()[0].lstrip("/").split("@")[0].lower()
    await wished(message, desk, speaker, origin, name)


async def wished(message: Message, desk: Desk, speaker: Speaker, origin: str, wish: str) -> None:
    await desk.people.await_sum(speaker, None)
    if speaker.register_id is None:
        screen = stranger_screen(speaker.language, speaker.chat_id)
    elif wish == "registers":
        screen = await _registers(desk, speaker)
    else:
        screen = await _answer(desk, speaker, speaker.register_id, "list")
    await _show(desk, speaker.chat_id, origin, screen)


async def pressed(
    query: CallbackQuery, bot: Bot, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """A button about people. The use case asks for the role; here is only what is shown."""
    if press is None or not is_private(query):
        return
    await desk.people.await_sum(speaker, None)
    register_id = press.register_id
    if press.choice.startswith("add."):
        await _invite(bot, desk, speaker, register_id, press.choice.removeprefix("add."), origin)
        return
    await _show(desk, speaker.chat_id, origin, await _answer(desk, speaker, register_id, press.choice))


async def _answer(desk: Desk, speaker: Speaker, register_id: str, choice: str) -> Screen:
    try:
        return await _done(desk, speaker, register_id, choice.split("."))
    except (ValueError, KeyError):
        return plain_screen(speaker.language, "staff-gone")
    except Refused as refused:
        return refusal_screen(speaker.language, refused)


async def _done(desk: Desk, speaker: Speaker, register_id: str, words: list[str]) -> Screen:
    """What a button asks for, done; the screen after it."""
    staff, language, me = desk.engine.crew.staff, speaker.language, speaker.chat_id
    match words:
        case ["use"]:
            await staff.use(me, register_id)
            return plain_screen(language, "staff-current", title=safe(await _title(desk, register_id)))
        case ["list"]:
            role = await staff.require(me, register_id, Deed.LIMIT)
            people = await desk.engine.people.people(register_id, ROLES)
            return people_screen(language, await _title(desk, register_id), register_id, people, role, me=me)
        case ["card", chat]:
            limits = await staff.limits(me, register_id, int(chat))
            person = await _person(desk, register_id, int(chat))
            return card_screen(language, await _title(desk, register_id), register_id, person, limits)
        case ["rm", chat]:
            await staff.require(me, register_id, Deed.LIMIT)
            person = await _person(desk, register_id, int(chat))
            return remove_ask_screen(language, await _title(desk, register_id), register_id, person)
        case ["rk", chat]:
            if await staff.remove(me, register_id, int(chat)):
                await _tell_removed(desk, register_id, int(chat))
            return plain_screen(language, "staff-removed", title=safe(await _title(desk, register_id)))
        case ["lim", chat, letter]:
            await staff.limits(me, register_id, int(chat))
            screen = limit_ask_screen(language, register_id, int(chat), letter)
            await desk.people.await_answer(speaker, f"{LIMIT}:{register_id}:{int(chat)}:{letter}")
            return screen
        case ["ls", chat, letter, ("n" | "0") as value]:
            return await _limited(desk, speaker, register_id, int(chat), letter, None if value == "n" else 0)
    raise ValueError(words)


async def _limited(
    desk: Desk, speaker: Speaker, register_id: str, chat: int, letter: str, most: int | None
) -> Screen:
    await desk.engine.crew.staff.set_limit(speaker.chat_id, register_id, chat, LETTERS[letter], most)
    return await _done(desk, speaker, register_id, ["card", str(chat)])


async def is_limit(message: Message, speaker: Speaker) -> bool | dict[str, Any]:
    """A filter: the number that was asked for just now."""
    parts = (speaker.awaiting or "").split(":")
    if len(parts) != 4 or parts[0] != LIMIT or not message.text or message.text.startswith("/"):
        return False
    return {"of": (parts[1], int(parts[2]), parts[3])}


async def limit_written(
    message: Message, desk: Desk, speaker: Speaker, origin: str, of: tuple[str, int, str]
) -> None:
    register_id, chat, letter = of
    most = _most(letter, message.text or "")
    if most is None:
        screen = limit_ask_screen(speaker.language, register_id, chat, letter, unfit=True)
    else:
        await desk.people.await_sum(speaker, None)
        try:
            screen = await _limited(desk, speaker, register_id, chat, letter, most)
        except Refused as refused:
            screen = refusal_screen(speaker.language, refused)
    await _show(desk, speaker.chat_id, origin, screen)


def _most(letter: str, text: str) -> int | None:
    """A limit as it was written: tiyn, or thousandths of a percent."""
    if LETTERS[letter] != "discount_max":
        return 0 if text.strip() == "0" else sum_of(text)
    found = _PERCENT.fullmatch(text.strip())
    if found is None:
        return None
    most = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))
    return most if most <= PERCENT_MAX else None


async def _invite(bot: Bot, desk: Desk, speaker: Speaker, register_id: str, role: str, origin: str) -> None:
    """Sent past the outbox: its rows keep what is shown, and a link is kept nowhere but in the chat."""
    try:
        token = await desk.engine.crew.staff.invite(speaker.chat_id, register_id, role)
        title = await _title(desk, register_id)
    except Refused as refused:
        await _show(desk, speaker.chat_id, origin, refusal_screen(speaker.language, refused))
        return
    link = f"https://t.me/{(await bot.me()).username}?start={JOIN_PREFIX}{token}"
    sent = await Telegram(bot, Drawings(desk.engine.books).drawn).deliver(
        speaker.chat_id, None, invitation_screen(speaker.language, title, role, link)
    )
    if sent.message_id is None:
        await _show(desk, speaker.chat_id, origin, plain_screen(speaker.language, "staff-not-sent"))


async def _tell_removed(desk: Desk, register_id: str, chat: int) -> None:
    """Whoever was sent away learns it from us, not from a button that says no."""
    gone = await desk.people.speaker(chat)
    screen = plain_screen(gone.language, "staff-you-are-removed", title=safe(await _title(desk, register_id)))
    await desk.outbox.show(chat, f"removed:{register_id}:{chat}", screen)


async def _registers(desk: Desk, speaker: Speaker) -> Screen:
    views = [await desk.engine.registers.get(one) for one in sorted(speaker.roles)]
    return registers_screen(speaker.language, views, speaker.roles, speaker.register_id)


async def _person(desk: Desk, register_id: str, chat: int) -> Person:
    found = await desk.engine.people.person(chat)
    if found is None or register_id not in found.roles:
        raise ValueError(chat)
    return found


async def _title(desk: Desk, register_id: str) -> str:
    return (await desk.engine.registers.get(register_id)).registration.title


async def _show(desk: Desk, chat_id: int, origin: str, screen: Screen) -> None:
    await desk.outbox.show(chat_id, f"staff:{origin}", screen)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="staff")
    router.message.register(commanded, Command("people", "registers"))
    router.message.register(wished, is_word)
    router.message.register(limit_written, is_limit)
    router.callback_query.register(joined, press_of(Action.JOIN))
    router.callback_query.register(pressed, press_of(Action.PEOPLE))
    return router
