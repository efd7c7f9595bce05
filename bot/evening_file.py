"""The accountant's workbook of a card's days, one for each register, sent as a file of the chat."""

from __future__ import annotations

import re

from aiogram import Bot

from bot.attachments import MEGABYTE, busy, sent
from bot.desk import Desk
from bot.people import Speaker
from bot.screens.evening_words import span_words
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from core.domain.business_day import DaySpan
from core.errors import Refused
from core.reports.words import Words
from core.reports.workbook import Pack
from core.texts import say
from core.usecases.exports import Extract, Period

FILE_BYTES_MAX = 49 * MEGABYTE
"""core.telegram.org/bots/api#senddocument: bots send files of at most 50 MB."""
FILES_AT_ONCE_MAX = 10
_OTHER_THAN_NAME = re.compile(r"[^0-9A-Za-z]+")


async def send_files(
    bot: Bot, desk: Desk, speaker: Speaker, registers: list[str], span: DaySpan, origin: str
) -> None:
    """A workbook for each register that has documents in these days; what went wrong is said once for each."""
    await busy(bot, speaker.chat_id)
    made = 0
    for place, register_id in enumerate(registers[:FILES_AT_ONCE_MAX]):
        try:
            made += await _send_file(bot, desk, speaker, register_id, span, f"file:{place}:{origin}")
        except Refused as refused:
            if refused.code == "PERIOD_EMPTY":
                continue
            made += 1
            screen = refusal_screen(speaker.language, refused)
            await desk.outbox.show(speaker.chat_id, f"file:{place}:{origin}", screen)
    if not made:
        screen = plain_screen(speaker.language, "evening-export-none")
        await desk.outbox.show(speaker.chat_id, f"file:{origin}", screen)


async def _send_file(
    bot: Bot, desk: Desk, speaker: Speaker, register_id: str, span: DaySpan, key: str
) -> int:
    """One, whether it was sent or they were told why not."""
    language, engine = speaker.language, desk.engine
    extract = await engine.exports.extract(register_id, Period(span.first, span.last))
    data = await _workbook(desk, extract, language)
    if data is None:
        await desk.outbox.show(speaker.chat_id, key, plain_screen(language, "evening-export-great"))
        return 1
    today = await engine.statistics.today([register_id])
    words = span_words(language, span, today)
    caption = say(language, "evening-export-caption", title=extract.registration.title, span=words)
    if not await sent(bot, speaker.chat_id, _file_name(extract), data, caption):
        await desk.outbox.show(speaker.chat_id, key, plain_screen(language, "evening-export-not-sent"))
    return 1


async def _workbook(desk: Desk, extract: Extract, language: str) -> bytes | None:
    """The whole file; ``None`` when it is larger than Telegram takes."""
    words, data = Words(language), bytearray()
    pieces = desk.engine.press.stream(extract, lambda: Pack(extract, words))
    try:
        async for piece in pieces:
            data += piece
            if len(data) > FILE_BYTES_MAX:
                return None
    finally:
        await pieces.aclose()  # type: ignore[attr-defined]
    return bytes(data)


def _file_name(extract: Extract) -> str:
    """``tiyn-600000700001-2026-11-01-2026-11-30.xlsx``, as the API calls it."""
    registration, period = extract.registration, extract.period
    known_by = _OTHER_THAN_NAME.sub("", registration.rnm) or registration.register_id[:8]
    return f"tiyn-{known_by}-{period.first}-{period.last}.xlsx"
