"""The settings of the current register, for those who may change them."""

from __future__ import annotations

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.people import Speaker
from bot.phrases import plain_words
from bot.press import Action, Press
from bot.routers.context import is_private
from bot.routers.filters import press_of
from bot.routers.welcome import own_machine
from bot.screens.people import stranger_screen
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen
from bot.screens.settings import WRITTEN, setting_ask_screen, settings_screen
from core.domain.onboarding import DEGREE, check_place, read_answer
from core.domain.roles import OWNER, Deed
from core.errors import Refused

SETTING = "setting"
_WORDS = "настройки( кассы)?|настройка|баптаулар|касса баптаулары|settings"


async def is_word(message: Message) -> bool:
    """A filter: «настройки»."""
    plain = plain_words(message.text, "!?. ")
    return re.fullmatch(_WORDS, plain) is not None


async def wished(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    await desk.people.await_sum(speaker, None)
    if speaker.register_id is None:
        screen = stranger_screen(speaker.language, speaker.chat_id)
    else:
        screen = await _answer(desk, speaker, speaker.register_id, "list")
    await _show(desk, speaker, origin, screen)


async def pressed(query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str) -> None:
    """A button of the settings; the use case asks for the role."""
    if press is None or not is_private(query):
        return
    await desk.people.await_sum(speaker, None)
    await _show(desk, speaker, origin, await _answer(desk, speaker, press.register_id, press.choice))


async def is_setting(message: Message, speaker: Speaker) -> bool | dict[str, Any]:
    """A filter: what was asked for just now."""
    parts = (speaker.awaiting or "").split(":")
    if len(parts) != 3 or parts[0] != SETTING or parts[2] not in WRITTEN or (message.text or "").startswith("/"):
        return False
    return {"of": (parts[1], parts[2])} if message.text or message.location else False


async def written(message: Message, desk: Desk, speaker: Speaker, origin: str, of: tuple[str, str]) -> None:
    register_id, field = of
    language, place = speaker.language, message.location
    try:
        if place is not None and field == "place":
            value = check_place(round(place.latitude * DEGREE), round(place.longitude * DEGREE))
        else:
            value = read_answer(field, message.text or "", own_machine=own_machine(desk))
        screen = await _changed(desk, speaker, register_id, field, value)
        await desk.people.await_sum(speaker, None)
    except Refused as refused:
        if refused.code != "ANSWER_UNFIT":
            screen = refusal_screen(language, refused)
        else:
            registration = (await desk.engine.registers.get(register_id)).registration
            screen = setting_ask_screen(language, registration, field, unfit=True)
    await _show(desk, speaker, origin, screen)


async def _answer(desk: Desk, speaker: Speaker, register_id: str, choice: str) -> Screen:
    try:
        return await _done(desk, speaker, register_id, choice.split("."))
    except Refused as refused:
        return refusal_screen(speaker.language, refused)


async def _done(desk: Desk, speaker: Speaker, register_id: str, words: list[str]) -> Screen:
    role = await desk.engine.crew.staff.require(speaker.chat_id, register_id, Deed.CHANGE)
    registration = (await desk.engine.registers.get(register_id)).registration
    match words:
        case ["ask", field] if field in WRITTEN or field == "vat":
            if field in WRITTEN:
                await desk.people.await_answer(speaker, f"{SETTING}:{register_id}:{field}")
            return setting_ask_screen(speaker.language, registration, field)
        case ["vat", rate]:
            return await _changed(desk, speaker, register_id, "vat_default", rate)
        case ["auto", ("0" | "1") as on]:
            return await _changed(desk, speaker, register_id, "auto_close", on == "1")
        case ["once", ("0" | "1") as on]:
            return await _changed(desk, speaker, register_id, "at_once", on == "1")
    return settings_screen(speaker.language, registration, owner=role == OWNER)


async def _changed(desk: Desk, speaker: Speaker, register_id: str, field: str, value: Any) -> Screen:
    view = await desk.engine.crew.changes.change(speaker.chat_id, register_id, field, value)
    owner = speaker.roles.get(register_id) == OWNER
    return settings_screen(speaker.language, view.registration, owner=owner, done=True)


async def _show(desk: Desk, speaker: Speaker, origin: str, screen: Screen) -> None:
    await desk.outbox.show(speaker.chat_id, f"settings:{origin}", screen)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="settings")
    router.message.register(wished, Command("settings"))
    router.message.register(wished, is_word)
    router.message.register(written, is_setting)
    router.callback_query.register(pressed, press_of(Action.SETTINGS))
    return router
