"""First words, language, help, groups, and people who block the bot or come back."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.desk import Desk, kept_key
from bot.pace import Priority
from bot.people import Speaker
from bot.press import Action, Press
from bot.routers.filters import Holds, press_of
from bot.routers.staff import JOIN_PREFIX, offer_join
from bot.screens.people import (
    help_screen,
    language_ask_screen,
    language_set_screen,
    plain_screen,
    start_screen,
)
from bot.screens.screen import Screen
from bot.screens.welcome import first_start_screen
from core.texts import LANGUAGES

RECEIPT_PREFIX = "r_"


async def in_a_group(event: Message | CallbackQuery, desk: Desk, speaker: Speaker) -> None:
    """Said once in each group: the key is the group's, and the same look again sends nothing."""
    message = event if isinstance(event, Message) else event.message
    if message is not None:
        await desk.outbox.show(message.chat.id, "group", plain_screen(speaker.language, "bot-group"))


async def blocked_or_back(change: ChatMemberUpdated, desk: Desk, speaker: Speaker) -> None:
    """Who blocks the bot is not written to until they are back."""
    if change.chat.type != ChatType.PRIVATE:
        return
    if change.new_chat_member.status == "kicked":
        await desk.people.gone(speaker.chat_id)
    elif speaker.was_blocked:
        await desk.people.came_back(speaker)
        desk.outbox.wake(speaker.chat_id)


async def start(message: Message, command: CommandObject, desk: Desk, speaker: Speaker, origin: str) -> None:
    user = message.from_user
    speaker = await desk.people.greet(speaker, user.language_code if user else None)
    payload = command.args or ""
    if payload.startswith(JOIN_PREFIX):
        await offer_join(desk, speaker, origin, payload.removeprefix(JOIN_PREFIX))
        return
    if payload.startswith(RECEIPT_PREFIX):
        view = await desk.engine.books.by_link(payload.removeprefix(RECEIPT_PREFIX))
        if view is None:
            await _show(desk, speaker, f"receipt:{origin}", plain_screen(speaker.language, "bot-start-receipt-unknown"))
        else:
            document = view.document
            key = kept_key(document.register_id, document.number, origin)
            await desk.show_kept(speaker, view, key, Priority.ANSWER)
        if speaker.is_stranger:
            return
    await _show(desk, speaker, f"start:{origin}", await _greeting(desk, speaker))


async def _greeting(desk: Desk, speaker: Speaker) -> Screen:
    if speaker.register_id is None:
        return first_start_screen(speaker.language)
    registration = (await desk.engine.registers.get(speaker.register_id)).registration
    return start_screen(
        speaker.language,
        registration.title,
        sells=speaker.may_sell(speaker.register_id),
        practice=registration.practice,
    )


async def show_help(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    await _show(desk, speaker, f"help:{origin}", help_screen(speaker.language))


async def ask_language(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    await _show(desk, speaker, f"language:{origin}", language_ask_screen(speaker.language))


async def choose_language(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    if press is None or press.subject not in LANGUAGES:
        return
    speaker = await desk.people.choose(speaker, press.subject)
    await _show(desk, speaker, f"language:{origin}", language_set_screen(speaker.language))


async def _show(desk: Desk, speaker: Speaker, key: str, screen: Screen) -> None:
    await desk.outbox.show(speaker.chat_id, key, screen)


def new_groups() -> Router:
    """Before all others: a group is told kindly that this is no place for a till."""
    router = Router(name="groups")
    router.message.register(in_a_group, Holds(F.chat.type != ChatType.PRIVATE))
    router.callback_query.register(in_a_group, Holds(F.message.chat.type != ChatType.PRIVATE))
    return router


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="start")
    router.my_chat_member.register(blocked_or_back)
    router.message.register(start, CommandStart())
    router.message.register(show_help, Command("help"))
    router.message.register(ask_language, Command("lang", "language"))
    router.callback_query.register(choose_language, press_of(Action.LANGUAGE))
    return router
