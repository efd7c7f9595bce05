"""Long polling: fetch updates as they are, store them, and only then tell Telegram that they arrived."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.inbox import Inbox
from core.errors import UnknownOutcome

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
POLL_S = 25
POLL_ANSWER_S = 10
RETRY_S_MIN = 0.2
RETRY_S_MAX = 5.0


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates, not yet read: one update that we cannot read must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Poller:
    """Feeds the inbox for ever, whatever the network says."""

    def __init__(self, bot: Bot, inbox: Inbox) -> None:
        self._bot = bot
        self._inbox = inbox

    async def run(self) -> None:
        offset: int | None = None
        retry_s = RETRY_S_MIN
        while True:
            try:
                offset = await self._poll(offset)
                retry_s = RETRY_S_MIN
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            except (AiogramError, OSError, TimeoutError, UnknownOutcome) as error:
                log.warning("no updates for now: %s", error)
                await asyncio.sleep(retry_s)
                retry_s = min(retry_s * 2, RETRY_S_MAX)

    async def _poll(self, offset: int | None) -> int | None:
        request = GetRawUpdates(offset=offset, timeout=POLL_S, allowed_updates=list(ALLOWED_UPDATES))
        bodies = await self._bot(request, request_timeout=POLL_S + POLL_ANSWER_S)
        await self._inbox.take_in(bodies)
        numbers = [one["update_id"] for one in bodies if isinstance(one.get("update_id"), int)]
        return max(numbers) + 1 if numbers else offset
