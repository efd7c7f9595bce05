"""Telegram's limits as a plan: who may send next, so that 429 is the exception (core.telegram.org/bots/faq)."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from enum import IntEnum

CHAT_MESSAGES_PER_S = 1.0
CHAT_BURST = 12
# Answers to somebody who just wrote or pressed are not bound by their chat's second (SCALE.md 6.1): a sale is two acts
# and at most a preview, its spent look, a receipt and two edits of it.
ANSWERS_PER_ACT = 4
ALL_MESSAGES_PER_S = 30.0
ALL_BURST = 30
CHATS_KEPT_MAX = 10_000


class Priority(IntEnum):
    """What goes first when not everything may go at once."""

    RECEIPT = 0
    ANSWER = 1
    EDIT = 2
    OWNER = 3
    BULK = 4


class Bucket:
    """Tokens that come back at a steady rate, in seconds of the given monotonic clock."""

    def __init__(self, burst: float, per_second: float, monotonic: Callable[[], float]) -> None:
        self._burst = burst
        self._per_second = per_second
        self._monotonic = monotonic
        self._tokens = burst
        self._seen_at = monotonic()

    def delay_s(self) -> float:
        """Seconds until a token is there; 0 when one is."""
        now = self._monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._seen_at) * self._per_second)
        self._seen_at = now
        return max(0.0, (1.0 - self._tokens) / self._per_second)

    def is_full(self) -> bool:
        """Whether it is as good as a new one."""
        return self.delay_s() <= 0 and self._tokens >= self._burst

    def take(self) -> None:
        self._tokens -= 1.0

    def give(self, tokens: int) -> None:
        """More tokens, as far as the bucket holds them; a pause that Telegram asked for stays as long as it is."""
        self.delay_s()
        if self._tokens >= 0:
            self._tokens = min(self._burst, self._tokens + tokens)

    def hold(self, seconds: float) -> None:
        """Telegram asked for a pause: no token for so long."""
        self.delay_s()
        self._tokens = min(self._tokens, 1.0 - seconds * self._per_second)


class Pace:
    """One plan for all chats. The most urgent waiter goes first; within a chat the caller sends one at a time."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._all = Bucket(ALL_BURST, ALL_MESSAGES_PER_S, monotonic)
        self._chats: dict[int, Bucket] = {}
        self._waiters: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    def is_free(self, chat_id: int) -> bool:
        """Whether a message to this chat may go at once."""
        return not self._waiters and max(self._chat(chat_id).delay_s(), self._all.delay_s()) <= 0

    async def turn(self, chat_id: int, priority: int) -> None:
        """Wait for the chat's turn, then for a place among all chats; takes one of both."""
        chat = self._chat(chat_id)
        while True:
            delay_s = chat.delay_s()
            if delay_s <= 0:
                break
            await asyncio.sleep(delay_s)
        if self._waiters or self._all.delay_s() > 0:
            mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiters, (priority, next(self._order), mine))
            self._wake_waiters()
            await mine
        else:
            self._all.take()
        chat.take()

    def person_acted(self, chat_id: int) -> None:
        """Somebody wrote or pressed: they may be answered at once."""
        self._chat(chat_id).give(ANSWERS_PER_ACT)

    def hold(self, chat_id: int, seconds: float) -> None:
        """After 429: this chat rests for `retry_after`."""
        self._chat(chat_id).hold(seconds)

    def _chat(self, chat_id: int) -> Bucket:
        bucket = self._chats.get(chat_id)
        if bucket is None:
            if len(self._chats) >= CHATS_KEPT_MAX:
                self._chats = {one: kept for one, kept in self._chats.items() if not kept.is_full()}
            bucket = self._chats[chat_id] = Bucket(CHAT_BURST, CHAT_MESSAGES_PER_S, self._monotonic)
        return bucket

    def _wake_waiters(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiters and (delay_s := self._all.delay_s()) <= 0:
            _, _, waiter = heapq.heappop(self._waiters)
            if not waiter.done():
                self._all.take()
                waiter.set_result(None)
        if self._waiters:
            self._timer = asyncio.get_running_loop().call_later(max(delay_s, 0.001), self._wake_waiters)
