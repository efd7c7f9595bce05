"""Updates for the bot: queued once, fetched by long poll or pushed to a webhook, kept until confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from sandbox.telegram import limits
from sandbox.telegram.behaviour import Behaviour
from sandbox.telegram.errors import BotApiError
from sandbox.telegram.methods import UPDATE_KINDS
from sandbox.telegram.state import FIRST_UPDATE, State


class Bell:
    """Wakes everybody who listened before it rang: no ring is lost between a look and a wait."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Future[None]] = set()

    def listen(self) -> asyncio.Future[None]:
        heard = asyncio.get_running_loop().create_future()
        self._listeners.add(heard)
        heard.add_done_callback(self._listeners.discard)
        return heard

    def ring(self) -> None:
        for heard in list(self._listeners):
            if not heard.done():
                heard.set_result(None)


class Updates:
    """The queue. `arrived` wakes whoever waits; the record of an update carries its chat and whether it comes twice."""

    def __init__(self, state: State, behaviour: Behaviour, person_acted: Callable[[int], None]) -> None:
        self._state = state
        self._behaviour = behaviour
        self._person_acted = person_acted
        self._poll: object | None = None
        self._closed = False
        self.arrived = Bell()
        self._late: list[tuple[str, dict[str, Any], int, int | None]] = []
        behaviour.changed = self._behaves_anew

    def add(self, kind: str, body: dict[str, Any], *, chat: int, message: int | None) -> None:
        """`message` is marked as read when the bot confirms the update."""
        self._person_acted(chat)
        allowed = self._state.bot.get("allowed_updates") or UPDATE_KINDS
        if kind not in allowed:
            return
        if self._behaviour.reorders_update():
            self._late.append((kind, body, chat, message))
            return
        self._put(kind, body, chat, message)
        self._put_late()

    def _behaves_anew(self) -> None:
        self._put_late()
        self.arrived.ring()

    def _put_late(self) -> None:
        """What was held back comes after what came later; a change of the behaviour lets it go too."""
        late, self._late = self._late, []
        for one in reversed(late):
            self._put(*one)

    def _put(self, kind: str, body: dict[str, Any], chat: int, message: int | None) -> None:
        repeats = self._behaviour.repeats_update()
        for _ in range(2 if repeats and kind == "callback_query" else 1):
            number = self._state.next("update", FIRST_UPDATE)
            update = {"update_id": number, kind: body}
            record = {"chat": chat, "message": message, "twice": repeats, "update": update}
            self._state.put_update(number, record)
        self.arrived.ring()

    def close(self) -> None:
        """Ends a waiting poll, so that the server need not wait for it."""
        self._closed = True
        self._put_late()
        self.arrived.ring()

    def confirm(self, number: int) -> None:
        record = self._state.drop_update(number)
        if record is not None and record["message"] is not None:
            self._state.mark_read(record["message"])

    def forget_all(self) -> None:
        for number in list(self._state.updates):
            self._state.drop_update(number)

    def confirm_below(self, offset: int) -> None:
        """`offset` of getUpdates: all before it are confirmed; a negative one keeps only so many from the end."""
        numbers = list(self._state.updates)
        if offset < 0:
            offset = numbers[offset] if len(numbers) >= -offset else 0
        for number in numbers:
            if number >= offset:
                break
            self.confirm(number)

    def batch(self, limit: int) -> list[dict[str, Any]]:
        chosen: list[dict[str, Any]] = []
        for record in self._state.updates.values():
            chosen += [record["update"]] * (2 if record["twice"] else 1)
            if len(chosen) >= limit:
                break
        return chosen

    async def poll(self, offset: int | None, limit: int, timeout_s: float) -> list[dict[str, Any]]:
        """A newer poll ends an older one with 409, as Telegram does with two bots on one token."""
        if self._state.bot.get("webhook"):
            words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise BotApiError(409, f"Conflict: {words}")
        mine = self._poll = object()
        self.arrived.ring()
        if offset:
            self.confirm_below(offset)
        ends_at = asyncio.get_running_loop().time() + timeout_s
        while True:
            heard = self.arrived.listen()
            try:
                if self._poll is not mine:
                    words = "terminated by other getUpdates request; make sure that only one bot instance is running"
                    raise BotApiError(409, f"Conflict: {words}")
                found = self.batch(max(1, min(limit, limits.UPDATES_LIMIT_MAX)))
                left_s = ends_at - asyncio.get_running_loop().time()
                if found or left_s <= 0 or self._behaviour.mode == "down" or self._closed:
                    self._poll = None
                    return found
                await asyncio.wait({heard}, timeout=left_s)
            finally:
                heard.cancel()
