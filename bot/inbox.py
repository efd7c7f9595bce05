"""Inbox before work: every update is stored first, then acted on once, in order within its chat, chats side by side.

An update that a crash cut off is handled again at the next start; that is safe, because what an update makes is named
after it (drafts) or after the draft it presses (acts, messages).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from core.db.chat import ChatStore
from core.db.chat_rows import StoredUpdate, chat_of, update_row
from core.errors import UnknownOutcome

log = logging.getLogger(__name__)

Body = dict[str, Any]
Handle = Callable[[Body], Awaitable[None]]

CHATS_AT_ONCE_MAX = 200
RESUMED_AT_ONCE = 1_000
ATTEMPTS_MAX = 8
RETRIES_MAX = 6
RETRY_S_FIRST = 0.25
CLOSE_S = 6.0
"""An act in hand has its outcome within five seconds."""

class Inbox:
    """Takes updates in and has them handled. `arrived` is told of a new update at once, before its turn comes."""

    def __init__(
        self,
        store: ChatStore,
        *,
        handle: Handle,
        arrived: Callable[[Body], None],
        failed: Callable[[Body], Awaitable[None]],
    ) -> None:
        self._store = store
        self._handle = handle
        self._arrived = arrived
        self._failed = failed
        self._queues: dict[int, deque[tuple[int, Body]]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._held: set[int] = set()
        self._places = asyncio.Semaphore(CHATS_AT_ONCE_MAX)
        self._closing = False

    async def take_in(self, bodies: Sequence[Body]) -> None:
        """Returns once all are stored: only then may Telegram be told that they were received."""
        readable = {row[0]: (body, row) for body in bodies if (row := update_row(body)) is not None}
        if not readable:
            return
        new = await self._store.take_in([row for _, row in readable.values()])
        for update_id in sorted(new):
            body = readable[update_id][0]
            self._arrived(body)
            self._enqueue(chat_of(body), update_id, body)

    async def collect(self) -> None:
        """Have handled what another process took in; what this one holds already is passed over."""
        async for update in self._waiting():
            if update.update_id not in self._held:
                self._arrived(update.body)
                self._enqueue(update.chat_id, update.update_id, update.body)

    async def resume(self) -> None:
        """Handle what an earlier run took in and did not finish; give up on what ended it several times."""
        async for update in self._waiting():
            if await self._store.count_attempt(update.update_id) > ATTEMPTS_MAX:
                await self._store.finish_update(update.update_id, "given up: it never came to an end")
            else:
                self._enqueue(update.chat_id, update.update_id, update.body)

    async def _waiting(self) -> AsyncIterator[StoredUpdate]:
        after = 0
        while found := await self._store.unfinished_updates(RESUMED_AT_ONCE, after):
            after = found[-1].update_id
            for update in found:
                yield update

    async def close(self) -> None:
        """Let what is being handled come to its end, for a while; the rest is handled at the next start."""
        self._closing = True
        workers = list(self._workers.values())
        if workers:
            await asyncio.wait(workers, timeout=CLOSE_S)
        for task in workers:
            task.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    def _enqueue(self, chat_id: int, update_id: int, body: Body) -> None:
        self._held.add(update_id)
        self._queues.setdefault(chat_id, deque()).append((update_id, body))
        if chat_id not in self._workers:
            self._workers[chat_id] = asyncio.create_task(self._work(chat_id))

    async def _work(self, chat_id: int) -> None:
        queue = self._queues[chat_id]
        async with self._places:
            while queue and not self._closing:
                update_id, body = queue.popleft()
                await self._handle_once(update_id, body)
            # No await since the last look: an update that comes now starts a worker of its own.
            del self._queues[chat_id], self._workers[chat_id]

    async def _handle_once(self, update_id: int, body: Body) -> None:
        error: str | None = None
        for retry in range(RETRIES_MAX + 1):
            try:
                await self._handle(body)
                break
            except UnknownOutcome:
                await asyncio.sleep(RETRY_S_FIRST * 2**retry)
            except Exception as wrong:
                # One poisoned update must not stop a chat; it is kept with its error.
                log.exception("update %s failed", update_id)
                error = repr(wrong)
                await self._tell_failure(body)
                break
        else:
            # The database is away: the row stays unfinished and the next start handles it.
            log.error("update %s is left for the next start", update_id)
            return
        await self._finish(update_id, error)

    async def _tell_failure(self, body: Body) -> None:
        try:
            await self._failed(body)
        except Exception:
            log.exception("a failure could not be told")

    async def _finish(self, update_id: int, error: str | None) -> None:
        try:
            await self._store.finish_update(update_id, error)
            self._held.discard(update_id)
        except UnknownOutcome:
            log.warning("update %s was handled, but its end could not be stored", update_id)
