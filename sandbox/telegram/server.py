"""A Telegram on loopback: the Bot API for the real aiogram, and the people who chat with the bot."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.telegram.behaviour import SLOW_S, TOO_MANY_RETRY_AFTER_S, Behaviour
from sandbox.telegram.bot_side import BotSide
from sandbox.telegram.control import Control
from sandbox.telegram.errors import BotApiError
from sandbox.telegram.limits import FloodLimiter
from sandbox.telegram.methods import BY_LOWER_NAME, COUNTED, FIELDS
from sandbox.telegram.models import Models
from sandbox.telegram.parameters import Parameters, Upload, check_fields, read_parameters
from sandbox.telegram.person_side import PersonSide
from sandbox.telegram.profile_side import ProfileSide
from sandbox.telegram.state import State
from sandbox.telegram.updates import Updates
from sandbox.telegram.webhook import WebhookPusher

API_PREFIX = "/telegram-api"


class TelegramServer:
    """Routes for an aiohttp application made by somebody else; with `folder` everything survives a restart.

    All calls belong to the event loop's thread. `now` gives the dates people see; waiting and flood limits are
    real time.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        token: str,
        bot_username: str = "tiyn_bot",
        folder: Path | None,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        self._token = token
        self._state = State(now, folder)
        self._behaviour = Behaviour()
        self._limiter = FloodLimiter()
        self._models = Models()
        self._updates = Updates(self._state, self._behaviour, self._limiter.person_acted)
        self._bot_side = BotSide(self._state, bot_id, bot_username)
        self._profile = ProfileSide(self._state, self._updates, bot_id, bot_username)
        self._people = PersonSide(self._state, self._updates, bot_id, bot_username, token)
        self._control = Control(self._state, self._people, self._behaviour)
        self._methods = {
            method: getattr(self._bot_side, _snake(method), None) or getattr(self._profile, _snake(method))
            for method in FIELDS
        }

    # ── for whoever starts it ──

    def add_routes(self, app: web.Application) -> None:
        self._control.add_routes(app)
        app.router.add_route("*", API_PREFIX + "/bot{token:[^/]+}/{method}", self._answer)
        app.router.add_get(API_PREFIX + "/file/bot{token:[^/]+}/{path:.+}", self._download)
        app.cleanup_ctx.append(self._running)
        app.on_shutdown.append(self._stop_waiting)

    def api_base(self, host_url: str) -> str:
        """What `TelegramAPIServer.from_base` takes."""
        return host_url.rstrip("/") + API_PREFIX

    def new_person(self, name: str, language: str, chat_id: int | None = None, *, started: bool = False) -> int:
        """The chat's id, which is the person's too; the same `chat_id` again changes nothing."""
        return self._state.new_chat(name, language, chat_id, started).id

    def set_behaviour(self, mode: str, times: int | None = None) -> None:
        self._behaviour.set(mode, times)

    def new_group(self, title: str) -> int:
        """The id of a group that the bot is in; `say` there names who speaks."""
        return self._state.new_group(title).id

    def play(self, steps: Sequence[dict[str, Any]]) -> None:
        """Faults one after another."""
        self._behaviour.play(steps)

    def say(self, chat: int, text: str, reply_to: int | None = None, *, by: int | None = None) -> int:
        return self._people.say(chat, text, reply_to, by)

    def launch_data(self, chat: int, age_s: int = 0) -> str:
        return self._people.launch_data(chat, age_s)

    def press(self, chat: int, text: str | None = None, data: str | None = None) -> dict[str, Any]:
        return self._people.press(chat, text, data)

    def photo(self, chat: int, data: bytes, name: str = "photo.jpg", caption: str = "") -> int:
        return self._people.photo(chat, Upload(name, "image/jpeg", data), caption)

    def document(self, chat: int, data: bytes, name: str, caption: str = "") -> int:
        return self._people.document(chat, Upload(name, "", data), caption)

    def start(self, chat: int, payload: str | None = None) -> int:
        return self._people.start(chat, payload)

    def block(self, chat: int, blocked: bool = True) -> None:
        self._people.block(chat, blocked)

    def view(self, chat: int) -> dict[str, Any]:
        """What a client shows around the messages: the commands, the menu button, the keyboard."""
        return self._people.view(chat)

    def transcript(self, chat: int) -> list[dict[str, Any]]:
        return self._people.transcript(chat)

    # ── the life of the server ──

    async def _running(self, app: web.Application) -> AsyncIterator[None]:
        pusher = WebhookPusher(self._state, self._updates, self._behaviour, self.call)
        task = asyncio.create_task(pusher.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        self._state.shelf.close()

    async def _stop_waiting(self, app: web.Application) -> None:
        self._updates.close()

    # ── the Bot API ──

    async def call(self, method: str, parameters: Parameters) -> object:
        """One method of the Bot API, as over HTTP but without the faults; raises `BotApiError`."""
        known = BY_LOWER_NAME.get(method.lower())
        if known is None:
            raise BotApiError(404, "Not Found")
        check_fields(known, parameters)
        await self._models.check(known, parameters)
        if known in COUNTED:
            chat = parameters.text("chat_id") or ""
            is_known = re.fullmatch(r"-?[0-9]{1,18}", chat) is not None and int(chat) in self._state.chats
            wait_s = self._limiter.retry_after_s(int(chat)) if is_known else 0
            if wait_s:
                raise BotApiError(429, f"Too Many Requests: retry after {wait_s}", retry_after_s=wait_s)
        result = self._methods[known](parameters)
        return await result if asyncio.iscoroutine(result) else result

    async def _answer(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        method = BY_LOWER_NAME.get(name.lower(), name)
        try:
            # The body is read first: a fault after half a body would look like another fault to the bot.
            parameters = await read_parameters(request)
            if request.match_info["token"] != self._token:
                raise BotApiError(401, "Unauthorized")
            fault = self._behaviour.strike(method)
            if fault == "down":
                return _hang_up(request)
            _refuse_by_fault(fault)
            if fault == "slow":
                await asyncio.sleep(SLOW_S)
            result = await self.call(method, parameters)
            if fault == "lose_answers" or (method == "getUpdates" and self._behaviour.mode == "down"):
                return _hang_up(request)
        except BotApiError as error:
            return _refused(error)
        return _json({"ok": True, "result": result}, 200)

    async def _download(self, request: web.Request) -> web.Response:
        try:
            fault = self._behaviour.strike("download")
            if fault == "down":
                return _hang_up(request)
            _refuse_by_fault(fault)
            if request.match_info["token"] != self._token:
                raise BotApiError(401, "Unauthorized")
            data, content_type = self._profile.download(request.match_info["path"])
        except BotApiError as error:
            return _refused(error)
        return web.Response(body=data, headers={"Content-Type": content_type})


def _snake(method: str) -> str:
    return re.sub(r"[A-Z]", lambda found: "_" + found.group().lower(), method)


def _refuse_by_fault(fault: str) -> None:
    if fault == "http_500":
        raise BotApiError(500, "Internal Server Error")
    if fault == "forbidden":
        raise BotApiError(403, "Forbidden: bot was blocked by the user")
    if fault == "too_many_requests":
        wait_s = TOO_MANY_RETRY_AFTER_S
        raise BotApiError(429, f"Too Many Requests: retry after {wait_s}", retry_after_s=wait_s)


def _refused(error: BotApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after_s is not None:
        body["parameters"] = {"retry_after": error.retry_after_s}
    return _json(body, error.code)


def _json(body: dict[str, Any], status: int) -> web.Response:
    return web.Response(text=json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")


def _hang_up(request: web.Request) -> web.Response:
    """Drops the connection without a byte of an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
