"""Files for the accountant and the archive: «выгрузка», «выгрузка 1.11-15.11»."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.exporting import Making, begin, export_key, wanted_of
from bot.people import Speaker
from bot.phrases import plain_words
from bot.press import Action, Press
from bot.routers.context import is_private
from bot.routers.filters import press_of
from bot.screens.exports import kinds_screen, periods_screen, whose_screen
from bot.screens.people import plain_screen, stranger_screen
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen
from core.clock import ALMATY
from core.domain.roles import OWNER, Deed
from core.errors import Refused
from core.usecases.exports import Period

REGISTERS_MAX = 50
_WORD = r"выгрузка|выгрузить|экспорт|бухгалтеру|бухгалтерге|export"
_DAY = r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?"
_WISH = re.compile(rf"(?:{_WORD})(?:\s+{_DAY}(?:\s*(?:-|–|—|по|to)\s*{_DAY})?)?")


async def is_word(message: Message, desk: Desk) -> bool | dict[str, Any]:
    """A filter: «выгрузка», with its days or without."""
    match = _WISH.fullmatch(plain_words(message.text, "!?. "))
    if match is None:
        return False
    return {"days": match.groups()} if match[1] else True


async def wished(
    message: Message, desk: Desk, speaker: Speaker, origin: str, days: tuple[str | None, ...] | None = None
) -> None:
    await desk.people.await_sum(speaker, None)
    if speaker.register_id is None:
        await desk.outbox.show(speaker.chat_id, f"export:{origin}", stranger_screen(speaker.language, speaker.chat_id))
        return
    reading = int(origin.rpartition(":")[2])
    await _show(desk, speaker, speaker.register_id, reading, await _asked(desk, speaker, reading, days))


async def pressed(
    query: CallbackQuery, bot: Bot, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """A button: the periods, the formats of one, or a file to be made."""
    if press is None or not is_private(query):
        return
    await desk.people.await_sum(speaker, None)
    # a button that stands in another screen opens a message of its own
    reading, register_id = press.reading or int(origin.rpartition(":")[2]), press.register_id
    wanted = wanted_of(press.choice)
    if wanted is None or not wanted.kind:
        period = None if wanted is None else wanted.period
        await _show(desk, speaker, register_id, reading, await _answer(desk, speaker, register_id, reading, period))
        return
    making = Making(desk, bot, speaker, register_id, reading, wanted)
    if not begin(desk, making, speaker.chat_id):
        screen = plain_screen(speaker.language, "files-running")
        await desk.outbox.show(speaker.chat_id, f"export:{origin}", screen)


async def offer_files(desk: Desk, speaker: Speaker, registers: list[str], period: Period, origin: str) -> None:
    """The formats of these days: at once of one register, else it is asked first whose."""
    if len(registers) == 1:
        reading = int(origin.rpartition(":")[2])
        screen = await _answer(desk, speaker, registers[0], reading, period)
        await _show(desk, speaker, registers[0], reading, screen)
        return
    titles = {
        register_id: (await desk.engine.registers.registration(register_id)).title
        for register_id in registers[:REGISTERS_MAX]
    }
    await desk.outbox.show(speaker.chat_id, f"export:{origin}", whose_screen(speaker.language, titles, period))


async def _asked(desk: Desk, speaker: Speaker, reading: int, days: tuple[str | None, ...] | None) -> Screen:
    assert speaker.register_id is not None
    try:
        period = None if days is None else _period_of(days, _today(desk))
    except Refused as refused:
        return refusal_screen(speaker.language, refused)
    return await _answer(desk, speaker, speaker.register_id, reading, period)


async def _answer(desk: Desk, speaker: Speaker, register_id: str, reading: int, period: Period | None) -> Screen:
    """The formats of a period, else the periods; the use case asks for the role."""
    language = speaker.language
    try:
        role = await desk.engine.crew.staff.require(speaker.chat_id, register_id, Deed.EXPORT)
        if period is not None:
            return kinds_screen(language, register_id, reading, period.checked())
    except Refused as refused:
        return refusal_screen(language, refused)
    title = (await desk.engine.registers.get(register_id)).registration.title
    return periods_screen(language, register_id, title, reading, _today(desk), owner=role == OWNER)


def _period_of(days: tuple[str | None, ...], today: date) -> Period:
    """The days that were written; one alone is the whole period. A day without a year is the last that was."""
    first = _day(days[:3], today)
    last = first if days[3] is None else _day(days[3:], today)
    if last < first and days[2] is None and days[3] is not None:
        first = _day((days[0], days[1], str(last.year - 1)), today)
    return Period(first, last).checked()


def _day(parts: tuple[str | None, ...], today: date) -> date:
    day, month, year = parts
    assert day is not None and month is not None
    try:
        found = date(int(year or today.year), int(month), int(day))
        if year is None and found > today:
            found = found.replace(year=today.year - 1)
    except ValueError:
        raise Refused("VALIDATION", field="period", reason="malformed") from None
    return found


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(ALMATY).date()


async def _show(desk: Desk, speaker: Speaker, register_id: str, reading: int, screen: Screen) -> None:
    await desk.outbox.show(speaker.chat_id, export_key(register_id, reading), screen)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="exports")
    router.message.register(wished, Command("export"))
    router.message.register(wished, is_word)
    router.callback_query.register(pressed, press_of(Action.EXPORT))
    return router
