"""The reader of news for other programs: makes deliveries of them and sends these until taken or a day old."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from functools import partial

from core.bootstrap import Engine
from core.clock import ALMATY
from core.db.webhooks import Delivery
from core.errors import Refused
from core.hooks.addresses import target_of
from core.hooks.post import Receipt, post, signature
from core.hours import logged

LOOK_S = 0.5
NEWS_AT_ONCE = 200
SENT_AT_ONCE = 64
OF_ONE_RECEIVER_MAX = 4
"""Connections to one receiver: one that hangs takes no more of the places than this."""
LEASE = timedelta(seconds=60)
BACKOFF_FIRST = timedelta(seconds=10)
BACKOFF_MAX = timedelta(hours=1)
BACKOFF_GROWTH = 4
TRIED_FOR = timedelta(days=1)
LOG_KEPT = timedelta(days=30)
SWEEP = timedelta(hours=1)


class HookSender:
    """One delivery at a time of each webhook and register, so that events of a register keep their order."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._running: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._swept: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Look at every hint and once a half-second; what is on its way at the end is sent again after its lease."""
        while not stop.is_set():
            async with logged("the webhooks"):
                await self.look()
            await self._engine.hints.wait(LOOK_S)
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def look(self) -> None:
        """Make deliveries of the news and begin with those that are due."""
        now = self._engine.clock.now()
        if self._swept is None or abs(now - self._swept) >= SWEEP:
            await self._engine.webhooks.forget(now - LOG_KEPT)
            self._swept = now
        while await self._engine.webhooks.hear(now, NEWS_AT_ONCE) == NEWS_AT_ONCE:
            pass
        for webhook_id, register_id in await self._engine.webhooks.due(now, self._busy(), OF_ONE_RECEIVER_MAX):
            key = (webhook_id, register_id)
            of_receiver = sum(1 for one, _ in self._running if one == webhook_id)
            if key in self._running or of_receiver >= OF_ONE_RECEIVER_MAX or len(self._running) >= SENT_AT_ONCE:
                continue
            task = asyncio.create_task(self._deliver(webhook_id, register_id))
            self._running[key] = task
            task.add_done_callback(partial(self._forget, key))

    def _forget(self, key: tuple[str, str], _task: asyncio.Task[None]) -> None:
        self._running.pop(key, None)

    async def settled(self) -> None:
        """Return when nothing is on its way any more."""
        while self._running:
            await asyncio.gather(*self._running.values())

    def _busy(self) -> list[str]:
        """Receivers that have all their connections."""
        receivers = [webhook_id for webhook_id, _ in self._running]
        return [one for one in set(receivers) if receivers.count(one) >= OF_ONE_RECEIVER_MAX]

    async def _deliver(self, webhook_id: str, register_id: str) -> None:
        """Everything that is due of one register to one receiver, in order, until something is not taken."""
        async with logged(f"the webhook {webhook_id}"):
            taken = True
            while taken:
                now = self._engine.clock.now()
                delivery = await self._engine.webhooks.claim(webhook_id, register_id, now, now + LEASE)
                if delivery is None:
                    return
                receipt = await self._send(delivery, now)
                taken = receipt.taken
                again = None if taken else next_try(delivery.at, delivery.attempts, self._engine.clock.now())
                await self._engine.webhooks.told(delivery, receipt.status, receipt.error, again, now)

    async def _send(self, delivery: Delivery, now: datetime) -> Receipt:
        allowed = self._engine.settings.webhook_private
        try:
            target = target_of(delivery.url, private_allowed=allowed)
        except Refused:
            return Receipt(None, "address_forbidden")
        body = body_of(delivery)
        headers = {
            "Tiyn-Event": delivery.event,
            "Tiyn-Event-Id": delivery.event_id,
            "Tiyn-Signature": signature(delivery.secret, int(now.timestamp()), body),
        }
        return await post(target, body, headers, private_allowed=allowed)


def body_of(delivery: Delivery) -> bytes:
    """The event, the same bytes with every attempt."""
    event = {
        "id": delivery.event_id,
        "event": delivery.event,
        "register_id": delivery.register_id,
        "at": delivery.at.astimezone(ALMATY).isoformat(timespec="seconds"),
        "data": delivery.facts,
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def next_try(at: datetime, attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts: 10 s, 40 s … an hour; never once the event is a day old."""
    if now - at >= TRIED_FOR:
        return None
    wait: timedelta = BACKOFF_FIRST * int(BACKOFF_GROWTH ** min(attempts - 1, 10))
    return now + min(BACKOFF_MAX, wait)
