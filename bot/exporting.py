"""Files for accountants and owners made beside the chat: what was chosen, how far it is, sending it."""

from __future__ import annotations

import asyncio
import logging
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aiogram import Bot

from bot.attachments import sent
from bot.desk import Desk
from bot.pace import Priority
from bot.people import Speaker
from bot.screens.exports import (
    ARCHIVE,
    KINDS,
    failed_screen,
    file_caption,
    made_screen,
    making_screen,
    too_large_screen,
)
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen
from core.archive.bundle import Bundle
from core.clock import ALMATY
from core.domain.roles import Deed
from core.errors import Refused, TiynError
from core.reports.formats import file_name, sink_maker
from core.reports.words import Words
from core.usecases.exports import Period

log = logging.getLogger(__name__)

BYTES_MAX = 50_000_000
"""core.telegram.org/bots/api#senddocument: bots can currently send files of up to 50 MB."""
PROGRESS_S = 3.0
_CHOICE = re.compile(r"(?P<first>[0-9]{8})(?P<days>[0-9]{3})(?P<kind>[a-z]?)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a button asks for: a period alone asks for its formats, ``archive`` needs no period."""

    kind: str
    period: Period | None = None


def wanted_of(choice: str) -> Wanted | None:
    """The wish of a button's choice; ``None`` for what is none."""
    if choice == ARCHIVE:
        return Wanted(ARCHIVE)
    match = _CHOICE.fullmatch(choice)
    if match is None or (match["kind"] and match["kind"] not in KINDS) or match["days"] == "000":
        return None
    try:
        first = date.fromisoformat(match["first"])
        return Wanted(match["kind"], Period(first, first + timedelta(days=int(match["days"]) - 1)))
    except (ValueError, OverflowError):
        return None


class Making:
    """One file on its way, and the one message that tells of it."""

    def __init__(self, desk: Desk, bot: Bot, speaker: Speaker, register_id: str, reading: int, wanted: Wanted) -> None:
        self._desk = desk
        self._bot = bot
        self._speaker = speaker
        self._register_id = register_id
        self._reading = reading
        self._wanted = wanted
        self._total = 0
        self._told_at = desk.clock.monotonic()
        self._telling: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Make it and send it; whatever comes of it is said in the message."""
        language = self._speaker.language
        try:
            screen = await self._made()
        except Refused as refused:
            screen = refusal_screen(language, refused)
        except asyncio.CancelledError:
            await self._show(failed_screen(language, self._register_id, self._reading, self._wanted.period))
            raise
        except (TiynError, OSError):
            log.exception("a file for chat %s could not be made", self._speaker.chat_id)
            screen = failed_screen(language, self._register_id, self._reading, self._wanted.period)
        finally:
            if self._telling is not None:
                await asyncio.wait({self._telling})
        await self._show(screen)

    async def _made(self) -> Screen:
        language, register_id = self._speaker.language, self._register_id
        deed = Deed.ARCHIVE if self._wanted.kind == ARCHIVE else Deed.EXPORT
        await self._desk.engine.crew.staff.require(self._speaker.chat_id, register_id, deed)
        name, pieces = await self._opened()
        await self._show(self._progress(0))
        with tempfile.TemporaryDirectory(prefix="tiyn-export-") as folder:
            path, size = Path(folder) / name, 0
            with path.open("wb") as file:
                async with aclosing(pieces) as coming:  # type: ignore[type-var]
                    async for piece in coming:
                        size += len(piece)
                        if size > BYTES_MAX:
                            return too_large_screen(language, register_id, self._reading, self._wanted.period)
                        file.write(piece)
            caption = file_caption(language, self._wanted.period, name)
            if await sent(self._bot, self._speaker.chat_id, name, path, caption):
                return made_screen(language, register_id, self._reading, self._wanted.period, name, size)
        return failed_screen(language, register_id, self._reading, self._wanted.period)

    async def _opened(self) -> tuple[str, AsyncIterator[bytes]]:
        """The file's name and its bytes to come; the period is looked at first, so that a bad one is refused."""
        engine, period = self._desk.engine, self._wanted.period
        if period is None:
            life = await engine.archives.life(self._register_id)
            self._total = life.rows
            day = life.made_at.astimezone(ALMATY).date()
            name = f"tiyn-{life.registration.rnm or life.registration.register_id[:8]}-{ARCHIVE}-{day}.zip"
            return _safe(name), engine.press.archive(life, lambda: Bundle(life), self._told)
        extract = await engine.exports.extract(self._register_id, period)
        self._total = extract.end - extract.begin + 1
        form = KINDS[self._wanted.kind]
        make = sink_maker(form, extract, Words(self._speaker.language))
        return file_name(extract, form), engine.press.stream(extract, make, self._told)

    def _told(self, count: int) -> None:
        """The message goes along, as often as a chat can bear it."""
        now = self._desk.clock.monotonic()
        if now - self._told_at >= PROGRESS_S and (self._telling is None or self._telling.done()):
            self._told_at = now
            self._telling = asyncio.create_task(self._show(self._progress(count)))

    def _progress(self, count: int) -> Screen:
        written = min(count, self._total)
        return making_screen(
            self._speaker.language, self._register_id, self._reading, self._wanted.period, written, self._total
        )

    async def _show(self, screen: Screen) -> None:
        await self._desk.outbox.show(
            self._speaker.chat_id, export_key(self._register_id, self._reading), screen, priority=Priority.ANSWER
        )


def export_key(register_id: str, reading: int) -> str:
    """The one message of a choice of files; ``reading`` tells two of them in a chat apart."""
    return f"export:{register_id}:{reading}"


def begin(desk: Desk, making: Making, chat_id: int) -> bool:
    """Make a file beside the chat, so that selling goes on; false while another one is made for this chat."""
    if chat_id in desk.files:
        return False
    task: asyncio.Task[Any] = asyncio.create_task(making.run())
    desk.files[chat_id] = task
    task.add_done_callback(lambda done: _ended(desk, chat_id, done))
    return True


def _ended(desk: Desk, chat_id: int, task: asyncio.Task[None]) -> None:
    desk.files.pop(chat_id, None)
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("a file for chat %s failed", chat_id, exc_info=error)


def _safe(name: str) -> str:
    return re.sub(r"[^0-9A-Za-z.-]+", "", name)
