"""Webhook mode: the web server stores what Telegram pushes, this process is woken by a hint and handles it."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from bot.inbox import Inbox
from core.db.chat import UPDATE_TOPIC
from core.db.queues import EVERYTHING, Hints
from core.errors import UnknownOutcome

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""A hint that was lost costs so long."""


class Collector:
    """Feeds the inbox for ever with the updates that the web server took in."""

    def __init__(self, hints: Hints, inbox: Inbox) -> None:
        self._inbox = inbox
        self._heard = asyncio.Event()
        hints.on_topic(self._hear)

    async def run(self) -> None:
        while True:
            self._heard.clear()
            try:
                await self._inbox.collect()
            except UnknownOutcome as error:
                log.warning("no updates for now: %s", error)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await self._heard.wait()

    def _hear(self, topic: str) -> None:
        if topic in (UPDATE_TOPIC, EVERYTHING):
            self._heard.set()
