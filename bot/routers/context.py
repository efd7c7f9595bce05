"""What every handler is given: the desk, who speaks, and a name for what this update causes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Chat, TelegramObject, Update, User

from bot.desk import Desk
from bot.people import Speaker
from bot.press import unpack
from bot.screens.people import not_allowed_screen, stranger_screen

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class SpeakerMiddleware(BaseMiddleware):
    """Adds `speaker`, `tapped` (the draft that may wait for an answer), `origin` (the name of this update) and, for a
    press, `press`.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if user is None or user.is_bot:
            return None
        people = self._desk.people
        speaker, tapped = await people.speaking(user.id, user.language_code)
        if speaker.was_blocked and chat is not None and chat.type == "private" and event.my_chat_member is None:
            await people.came_back(speaker)
            self._desk.outbox.wake(speaker.chat_id)
        data["desk"] = self._desk
        data["speaker"] = speaker
        data["tapped"] = tapped
        data["origin"] = f"update:{event.update_id}"
        data["press"] = unpack(event.callback_query.data or "") if event.callback_query else None
        return await handler(event, data)


async def told_no(desk: Desk, speaker: Speaker, origin: str, register_id: str | None) -> bool:
    """Whether this person may not sell here, which they were told then."""
    if register_id is not None and speaker.may_sell(register_id):
        return False
    screen = (
        stranger_screen(speaker.language, speaker.chat_id)
        if speaker.is_stranger
        else not_allowed_screen(speaker.language)
    )
    await desk.outbox.show(speaker.chat_id, f"no:{origin}", screen)
    return True


def is_private(query: CallbackQuery) -> bool:
    """Whether a press came from a person's own chat with the bot."""
    return query.message is not None and query.message.chat.id == query.from_user.id
