"""Pushes updates to the bot's webhook: in order within a chat, several chats at once, again until it says 2xx."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, MultipartReader

from sandbox.telegram import limits
from sandbox.telegram.behaviour import Behaviour
from sandbox.telegram.errors import TelegramSandboxError
from sandbox.telegram.parameters import Parameters, read_multipart, read_plain
from sandbox.telegram.state import State
from sandbox.telegram.updates import Updates

# Real seconds before an update is tried again: doubled from the first to the last.
RETRY_S_FIRST = 0.25
RETRY_S_MAX = 5.0
_REPLY_BYTES_MAX = 1024 * 1024

Call = Callable[[str, Parameters], Awaitable[object]]


class WebhookPusher:
    """Runs as long as the server does; idle while no webhook is set."""

    def __init__(self, state: State, updates: Updates, behaviour: Behaviour, call: Call) -> None:
        self._state = state
        self._updates = updates
        self._behaviour = behaviour
        self._call = call
        self._busy_chats: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=limits.WEBHOOK_ANSWER_S_MAX)) as session:
            try:
                while True:
                    heard = self._updates.arrived.listen()
                    self._start_due(session)
                    await heard
            finally:
                for task in self._busy_chats.values():
                    task.cancel()
                await asyncio.gather(*self._busy_chats.values(), return_exceptions=True)

    def _start_due(self, session: ClientSession) -> None:
        webhook = self._state.bot.get("webhook")
        if not webhook:
            return
        for record in self._state.updates.values():
            if len(self._busy_chats) >= webhook["max_connections"]:
                return
            chat = record["chat"]
            if chat not in self._busy_chats:
                self._busy_chats[chat] = asyncio.create_task(self._deliver_chat(session, chat))

    async def _deliver_chat(self, session: ClientSession, chat: int) -> None:
        """All that waits for one chat, one after another; another chat may have the connection afterwards."""
        pause_s = RETRY_S_FIRST
        try:
            while (webhook := self._state.bot.get("webhook")) is not None:
                found = next(((n, r) for n, r in self._state.updates.items() if r["chat"] == chat), None)
                if found is None:
                    break
                number, record = found
                done = [
                    await self._post(session, webhook, record["update"]) for _ in range(2 if record["twice"] else 1)
                ]
                if all(done):
                    self._updates.confirm(number)
                    pause_s = RETRY_S_FIRST
                else:
                    await asyncio.sleep(pause_s)
                    pause_s = min(pause_s * 2, RETRY_S_MAX)
        finally:
            del self._busy_chats[chat]
            self._updates.arrived.ring()

    async def _post(self, session: ClientSession, webhook: dict[str, Any], update: dict[str, Any]) -> bool:
        if self._behaviour.mode == "down" and self._behaviour.strike("webhook") == "down":
            return False
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook["secret"]} if webhook.get("secret") else {}
        try:
            async with session.post(webhook["url"], json=update, headers=headers) as response:
                if 200 <= response.status < 300:
                    await self._take_reply(response)
                    return True
                words = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError, OSError) as error:
            words = f"Connection failed: {type(error).__name__}"
        self._note_error(webhook["url"], words)
        return False

    def _note_error(self, url: str, words: str) -> None:
        webhook = self._state.bot.get("webhook")
        if webhook and webhook["url"] == url:
            at = int(self._state.now().timestamp())
            self._state.save_bot(webhook={**webhook, "last_error_date": at, "last_error_message": words})

    async def _take_reply(self, response: ClientResponse) -> None:
        """A method may come in the answer itself; its result is never told (documentation,
        #making-requests-when-getting-updates)."""
        try:
            if response.content_type.startswith("multipart/"):
                parameters = await read_multipart(MultipartReader.from_response(response).stream)
            else:
                data = await response.content.read(_REPLY_BYTES_MAX)
                if (
                    response.content_type not in ("application/json", "application/x-www-form-urlencoded")
                    or not data.strip()
                ):
                    return
                parameters = Parameters(read_plain(response.content_type, data))
            values = dict(parameters.values)
            method = values.pop("method", None)
            if isinstance(method, str):
                await self._call(method, Parameters(values, parameters.uploads))
        except (TelegramSandboxError, ValueError, ClientError):
            return
