"""Files that people send and get: fetched by getFile with a bound, sent at once with a few patient tries."""

from __future__ import annotations

import asyncio
import io
import logging
from contextlib import suppress
from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import BufferedInputFile, FSInputFile

from core.errors import Refused

log = logging.getLogger(__name__)

FETCH_S_MAX = 30
SEND_S_MAX = 30
LARGE_SEND_S_MAX = 300
TRIES_MAX = 4
PAUSE_S = 0.5
BUSY_S_MAX = 2
MEGABYTE = 1024 * 1024


class _Bounded(io.BytesIO):
    """Takes no more than the limit, whatever the other side sends."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__()
        self._bytes_max = bytes_max

    def write(self, data) -> int:  # type: ignore[no-untyped-def]
        if self.tell() + len(data) > self._bytes_max:
            raise Refused("FILE_TOO_LARGE", limit=self._bytes_max // MEGABYTE)
        return super().write(data)


async def fetched(bot: Bot, file_id: str, told_bytes: int | None, bytes_max: int) -> bytes:
    """The bytes of a file; raises ``FILE_TOO_LARGE`` or, when Telegram does not give it, ``FILE_NOT_FETCHED``."""
    if told_bytes is not None and told_bytes > bytes_max:
        raise Refused("FILE_TOO_LARGE", limit=bytes_max // MEGABYTE)
    for attempt in range(TRIES_MAX):
        sink = _Bounded(bytes_max)
        try:
            await bot.download(file_id, destination=sink, timeout=FETCH_S_MAX)
            return sink.getvalue()
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except TelegramBadRequest as error:
            log.info("a file was not given: %s", error)
            break
        except (AiogramError, OSError, TimeoutError) as error:
            log.warning("a file did not come: %s", error)
            await asyncio.sleep(PAUSE_S * 2**attempt)
    raise Refused("FILE_NOT_FETCHED")


async def sent(bot: Bot, chat_id: int, name: str, data: bytes | Path, caption: str) -> bool:
    """Send a file silently; whether Telegram took it. A file can be asked for again, so it waits in no queue.

    One that lies on the disk is read while it is sent.
    """
    file = FSInputFile(data, name) if isinstance(data, Path) else BufferedInputFile(data, name)
    for attempt in range(TRIES_MAX):
        try:
            await bot.send_document(
                chat_id,
                file,
                caption=caption,
                disable_notification=True,
                request_timeout=LARGE_SEND_S_MAX if isinstance(data, Path) else SEND_S_MAX,
            )
            return True
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            log.info("a file of chat %s was refused: %s", chat_id, error)
            return False
        except (AiogramError, OSError, TimeoutError) as error:
            log.warning("a file of chat %s was not sent: %s", chat_id, error)
            await asyncio.sleep(PAUSE_S * 2**attempt)
    return False


async def busy(bot: Bot, chat_id: int) -> None:
    """«Печатает…», for work of more than a second; nobody misses it where it does not come."""
    with suppress(AiogramError, OSError, TimeoutError):
        await bot.send_chat_action(chat_id, "typing", request_timeout=BUSY_S_MAX)
