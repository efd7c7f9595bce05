"""The one outgoing queue. A message is a row that says how it should look; the outbox makes Telegram show it.

Nothing is lost when Telegram is down or this process dies: a row stays due until its latest look was taken. A look that
changes again before it was sent is sent once. Telegram has no idempotency for sending: an answer lost after it took a
new message makes that message come twice; edits never do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.pace import Pace, Priority
from bot.screens.screen import Screen, from_body, to_body
from bot.telegram import Delivery, Telegram
from core.db.chat import ChatStore
from core.db.chat_rows import MessageRow
from core.errors import UnknownOutcome

log = logging.getLogger(__name__)

RETRY_S_MIN = 0.5
RETRY_S_MAX = 15.0
CHATS_RESUMED_MAX = 10_000
RETRIES_SHIFT_MAX = 6
CLOSE_S = 3.0


@dataclass(eq=False, slots=True)
class _Alone:
    """Whether nobody has sent to a chat since somebody began to write a message of it."""

    still: bool


class Outbox:
    """Shows screens under keys: the same key again edits the message in place."""

    def __init__(self, store: ChatStore, telegram: Telegram, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._telegram = telegram
        self._pace = Pace(monotonic)
        self._senders: dict[int, asyncio.Task[None]] = {}
        self._fresh: set[int] = set()
        self._writing: dict[int, list[_Alone]] = {}
        self._on_their_way: set[asyncio.Task[tuple[Delivery, MessageRow | None]]] = set()

    async def show(
        self,
        chat_id: int,
        key: str,
        screen: Screen,
        *,
        priority: Priority = Priority.ANSWER,
        stage: int = 0,
        document: tuple[str, int] | None = None,
    ) -> None:
        """Ask that the chat's message `key` looks like this; returns once that is stored, not once it is sent."""
        register_id, number = document or (None, None)
        writing = self._store.want(
            chat_id=chat_id,
            key=key,
            body=to_body(screen),
            priority=priority,
            stage=stage,
            register_id=register_id,
            document_number=number,
        )
        await self.written(chat_id, writing)

    async def written(self, chat_id: int, writing: Awaitable[MessageRow | None]) -> None:
        """Have a message written, then sent. It is sent as it was written only if nobody can have sent it, or told its
        row which message it is, since; else its row is read again.
        """
        alone = _Alone(chat_id not in self._senders)
        writers = self._writing.setdefault(chat_id, [])
        writers.append(alone)
        try:
            wanted = await writing
        finally:
            writers.remove(alone)
            if not writers:
                del self._writing[chat_id]
        if wanted is not None:
            self.wake(chat_id, wanted if alone.still else None)

    async def take_away(self, chat_id: int, key: str, instead: Screen) -> None:
        """Delete a message that has another key from now on; where Telegram does not, it shows ``instead``."""
        row = await self._store.message(chat_id, key)
        if row is None or row.message_id is None:
            return
        if await self._telegram.delete(chat_id, row.message_id):
            await self._store.drop_message(chat_id, key, row.revision, "moved")
        else:
            await self.show(chat_id, key, instead, priority=Priority.EDIT)

    def person_acted(self, chat_id: int) -> None:
        """Somebody wrote or pressed in this chat."""
        self._pace.person_acted(chat_id)

    async def resume(self) -> None:
        """Go on with whatever an earlier run left due."""
        for chat_id in await self._store.due_chats(CHATS_RESUMED_MAX):
            self.wake(chat_id)

    def wake(self, chat_id: int, wanted: MessageRow | None = None) -> None:
        """There may be something to send to this chat; ``wanted`` is, if nothing else was."""
        self._fresh.add(chat_id)
        if chat_id not in self._senders:
            for one in self._writing.get(chat_id, ()):
                one.still = False
            task = asyncio.create_task(self._send_all(chat_id, wanted))
            self._senders[chat_id] = task
            task.add_done_callback(lambda _: self._ended(chat_id))

    async def close(self) -> None:
        """Stop sending; what is due stays due. What is on its way is waited for, lest it be sent twice."""
        senders = list(self._senders.values())
        for task in senders:
            task.cancel()
        await asyncio.gather(*senders, return_exceptions=True)
        if self._on_their_way:
            _, late = await asyncio.wait(self._on_their_way, timeout=CLOSE_S)
            for delivery in late:
                delivery.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, chat_id: int) -> None:
        task = self._senders.pop(chat_id)
        if task.cancelled():
            return
        if error := task.exception():
            log.error("the sender of chat %s failed", chat_id, exc_info=error)
        elif chat_id in self._fresh:
            self.wake(chat_id)

    async def _send_all(self, chat_id: int, wanted: MessageRow | None) -> None:
        failures = 0
        while True:
            try:
                self._fresh.discard(chat_id)
                row = await self._next(chat_id, wanted)
                if row is None:
                    return
                delivery, wanted = await asyncio.shield(self._on_its_way(row))
            except UnknownOutcome:
                delivery, wanted = Delivery(again_s=RETRY_S_MIN), None
            if delivery.shown and wanted is None and chat_id not in self._fresh:
                return
            if delivery.blocked:
                self._fresh.discard(chat_id)
                return
            failures = failures + 1 if delivery.again_s is not None else 0
            if delivery.again_s is not None:
                grown_s = RETRY_S_MIN * 2 ** min(failures - 1, RETRIES_SHIFT_MAX)
                await asyncio.sleep(max(delivery.again_s, min(grown_s, RETRY_S_MAX)))

    async def _next(self, chat_id: int, wanted: MessageRow | None) -> MessageRow | None:
        """The row to send, read again after a wait: it may look different by then."""
        row = wanted or await self._store.due_message(chat_id)
        if row is None:
            return None
        was_free = self._pace.is_free(chat_id)
        await self._pace.turn(chat_id, row.priority)
        return row if was_free else await self._store.due_message(chat_id)

    def _on_its_way(self, row: MessageRow) -> asyncio.Task[tuple[Delivery, MessageRow | None]]:
        task = asyncio.create_task(self._send(row))
        self._on_their_way.add(task)
        task.add_done_callback(self._on_their_way.discard)
        return task

    async def _send(self, row: MessageRow) -> tuple[Delivery, MessageRow | None]:
        """What came of it; of a message that was shown also what is due after it."""
        screen = from_body(row.body)
        if screen is None:
            delivery = Delivery(refused="written by another version of the program")
        else:
            delivery = await self._telegram.deliver(row.chat_id, row.message_id, screen)
        if delivery.blocked:
            log.info("chat %s blocked the bot", row.chat_id)
            await self._store.set_blocked(row.chat_id, blocked=True)
        elif delivery.refused is not None:
            log.warning("message %s of chat %s dropped: %s", row.key, row.chat_id, delivery.refused)
            await self._store.drop_message(row.chat_id, row.key, row.revision, delivery.refused)
        elif delivery.again_s is not None:
            self._pace.hold(row.chat_id, delivery.again_s)
        else:
            return delivery, await self._set_shown(row, delivery.message_id)
        return delivery, None

    async def _set_shown(self, row: MessageRow, message_id: int | None) -> MessageRow | None:
        # Losing this would send the message again: it is worth a second try.
        with suppress(UnknownOutcome):
            return await self._store.set_shown(row.chat_id, row.key, row.revision, message_id)
        await asyncio.sleep(RETRY_S_MIN)
        return await self._store.set_shown(row.chat_id, row.key, row.revision, message_id)
