"""The register's state, how to pay its operator, and until when it is paid."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
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
from bot.screens.cause import FeeChoice, who_decides
from bot.screens.fee import ask_day_screen, day_set_screen, how_to_pay_screen, state_screen
from bot.screens.people import stranger_screen
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen, lines
from core.domain.paid_day import read_paid_day
from core.errors import Refused
from core.texts import say

TEXT_CHARACTERS_MAX = 80
STATE, PAY = "state", "pay"
_WISHES = {
    STATE: "касса|состояние( кассы)?|статус( кассы)?|касса күйі|күйі|register|(register )?state|status",
    PAY: "как оплатить( офд)?|как платить( офд)?|оплатить офд|оплата офд|қалай төле(у|ймін)( керек)?"
    "|(фдо|офд)(-ны)? (қалай )?төлеу|how to pay( the ofd)?|pay( the)? ofd",
}
_PAID_FIRST = re.compile(
    r"(?:офд |фдо )?(?:оплачен[оа]?|оплатили?|заплатили?)(?: офд)? (?P<day>(?:до|на|за) .+)"
    r"|(?:the )?(?:ofd )?(?:is )?paid (?P<english>(?:until|till|to|for) .+)"
    r"|(?:фдо |офд )?(?P<kazakh>.+?)(?: дейін| шейін)? төлен(?:ді|ген)",
)
"""«ОФД оплачен до 30.11», said without being asked."""


def wish_of(text: str) -> str | None:
    """`STATE`, `PAY`, or ``None`` for a text about something else."""
    plain = plain_words(text, "/!?. ")
    return next((wish for wish, words in _WISHES.items() if re.fullmatch(words, plain)), None)


def day_said(text: str) -> str | None:
    """The part of «ОФД оплачен до 30.11» that should be a day; ``None`` for a text that does not speak of paying."""
    said = _PAID_FIRST.fullmatch(plain_words(text, "!. "))
    return None if said is None else said["day"] or said["english"] or said["kazakh"]


async def is_wish(message: Message) -> bool | dict[str, Any]:
    """A filter: a word for the state of the register or for how to pay."""
    found = wish_of(message.text or "")
    return {"wish": found} if found is not None else False


async def commanded(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    name = (message.text or "").split()[0].lstrip("/").split("@")[0].lower()
    await wished(message, desk, speaker, origin, name)


async def wished(message: Message, desk: Desk, speaker: Speaker, origin: str, wish: str) -> None:
    if speaker.register_id is None:
        await _show(desk, speaker, origin, stranger_screen(speaker.language, speaker.chat_id))
        return
    await desk.people.await_sum(speaker, None)
    look = await desk.look(speaker, speaker.register_id)
    screen = state_screen if wish == STATE else how_to_pay_screen
    await _show(desk, speaker, origin, screen(speaker.language, look))


async def pressed(query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str) -> None:
    """A button about the fee."""
    if press is None or not is_private(query) or not speaker.may_read(press.register_id):
        return
    register_id = press.register_id
    match press.choice:
        case FeeChoice.HOW:
            screen = how_to_pay_screen(speaker.language, await desk.look(speaker, register_id))
        case FeeChoice.ASK:
            screen = await _asked(desk, speaker, register_id)
        case FeeChoice.SET:
            screen = await _set(desk, speaker, register_id, _day_of(press.number))
        case _:
            return
    await _show(desk, speaker, origin, screen)


async def is_paid_day(message: Message, desk: Desk, speaker: Speaker) -> bool | dict[str, Any]:
    """A filter: the date that was asked for just now, or one said with the words that the operator is paid."""
    text = message.text or ""
    if len(text) > TEXT_CHARACTERS_MAX:
        return False
    said = day_said(text)
    register_id = speaker.awaits_paid_day_of or (speaker.register_id if said is not None else None)
    if register_id is None:
        return False
    try:
        day = read_paid_day(text if said is None else said, desk.clock.now().date())
    except Refused as refused:
        return {"paid_register": register_id, "day": refused}
    return {"paid_register": register_id, "day": day} if day is not None else False


async def day_written(
    message: Message, desk: Desk, speaker: Speaker, origin: str, paid_register: str, day: date | Refused
) -> None:
    await _show(desk, speaker, origin, await _set(desk, speaker, paid_register, day))


async def _asked(desk: Desk, speaker: Speaker, register_id: str) -> Screen:
    if not speaker.may_resolve(register_id):
        return await _not_yours(desk, speaker, register_id)
    await desk.people.await_paid_day(speaker, register_id)
    return ask_day_screen(speaker.language, await desk.look(speaker, register_id))


async def _set(desk: Desk, speaker: Speaker, register_id: str, day: date | Refused | None) -> Screen:
    """Note the day; after a date that cannot be meant the next one is still awaited."""
    if not speaker.may_resolve(register_id):
        return await _not_yours(desk, speaker, register_id)
    try:
        if day is None:
            raise Refused("PAID_DAY_IMPOSSIBLE")
        if isinstance(day, Refused):
            raise day
        await desk.engine.fees.paid_until(register_id, day, role=speaker.roles[register_id])
    except Refused as refused:
        if refused.code.startswith("PAID_DAY"):
            await desk.people.await_paid_day(speaker, register_id)
        return refusal_screen(speaker.language, refused)
    await desk.people.await_sum(speaker, None)
    return day_set_screen(speaker.language, await desk.look(speaker, register_id), day)


async def _not_yours(desk: Desk, speaker: Speaker, register_id: str) -> Screen:
    who = who_decides(speaker.language, await desk.people.deciding(speaker, register_id))
    return Screen(lines(say(speaker.language, "fee-not-yours"), who))


def _day_of(number: int) -> date | None:
    """The day of a button; ``None`` for a forged one."""
    with suppress(ValueError):
        return date(number // 10_000, number // 100 % 100, number % 100)
    return None


async def _show(desk: Desk, speaker: Speaker, origin: str, screen: Screen) -> None:
    await desk.outbox.show(speaker.chat_id, f"fee:{origin}", screen)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="fees")
    router.message.register(commanded, Command(STATE, PAY))
    router.message.register(wished, is_wish)
    router.message.register(day_written, is_paid_day)
    router.callback_query.register(pressed, press_of(Action.FEE))
    return router
