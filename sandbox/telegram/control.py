"""The person's side over HTTP (CONTRACT.md 2), the live stream of a chat and its page."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.telegram import words
from sandbox.telegram.behaviour import Behaviour
from sandbox.telegram.errors import BotApiError, PersonError, invalid, not_found
from sandbox.telegram.page import chat_page
from sandbox.telegram.parameters import Upload, read_limited, read_multipart
from sandbox.telegram.person_side import FILES, PersonSide
from sandbox.telegram.state import State

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_BODY_BYTES_MAX = 256 * 1024
_EVENTS_WAITING_MAX = 1000
_HEARTBEAT_S = 15.0
PAGE_MESSAGES_MAX = 300
# What a client of Telegram adds to a Mini App's address beside the data.
LAUNCH_REST = "tgWebAppVersion=9.0&tgWebAppPlatform=weba"


class Control:
    """Routes only; what they do stands in `PersonSide`."""

    def __init__(self, state: State, people: PersonSide, behaviour: Behaviour) -> None:
        self._state = state
        self._people = people
        self._behaviour = behaviour
        self._streams: dict[int, set[asyncio.Queue[dict[str, Any] | None]]] = {}
        state.changed = self._changed

    def add_routes(self, app: web.Application) -> None:
        chat = "/telegram/chats/{chat}"
        routes: list[tuple[str, str, Handler]] = [
            ("GET", "/telegram/chats", self.list_chats),
            ("POST", "/telegram/chats", self.new_chat),
            ("POST", f"{chat}/say", self.say),
            ("POST", f"{chat}/press", self.press),
            ("POST", f"{chat}/start", self.start),
            ("POST", f"{chat}/photo", self.photo),
            ("POST", f"{chat}/document", self.document),
            ("POST", f"{chat}/block", self.block),
            ("GET", f"{chat}/transcript", self.transcript),
            ("GET", f"{chat}/events", self.events),
            ("GET", f"{chat}/launch", self.launch),
            ("GET", "/telegram/chat/{chat}", self.page),
            ("GET", FILES + "/{file}", self.file),
            ("PUT", "/telegram/behaviour", self.set_behaviour),
            ("GET", "/telegram/behaviour", self.get_behaviour),
        ]
        for method, path, handler in routes:
            app.router.add_route(method, path, _told(handler))
        app.on_shutdown.append(self._close_streams)

    # ── acts ──

    async def list_chats(self, request: web.Request) -> web.Response:
        items = [
            {"chat": c.id, "name": c.name, "language": c.language, "started": c.started, "blocked": c.blocked}
            for c in self._state.chats.values()
        ]
        return web.json_response({"items": items, "next": None})

    async def new_chat(self, request: web.Request) -> web.Response:
        body = await _body(request, name=str, language=str)
        name = (body.get("name") or "").strip()
        if not 1 <= len(name) <= 64 or not name.isprintable():
            raise invalid("bad_name")
        made = self._state.new_chat(name, body.get("language") or "ru", None, started=False)
        return web.json_response({"chat": made.id})

    async def say(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        body = await _body(request, text=str, reply_to=int)
        return web.json_response({"message_id": self._people.say(chat, body.get("text") or "", body.get("reply_to"))})

    async def press(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        body = await _body(request, text=str, data=str, message=int)
        return web.json_response(self._people.press(chat, body.get("text"), body.get("data"), body.get("message")))

    async def start(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        body = await _body(request, payload=str)
        return web.json_response({"message_id": self._people.start(chat, body.get("payload"))})

    async def photo(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        upload, caption, reply_to = await _upload(request)
        return web.json_response({"message_id": self._people.photo(chat, upload, caption, reply_to)})

    async def document(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        upload, caption, reply_to = await _upload(request)
        return web.json_response({"message_id": self._people.document(chat, upload, caption, reply_to)})

    async def block(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        body = await _body(request, blocked=bool)
        self._people.block(chat, body.get("blocked", True) is not False)
        return web.json_response({"blocked": self._state.chat(chat).blocked})

    async def set_behaviour(self, request: web.Request) -> web.Response:
        body = await _body(request, mode=str, times=int, script=list, seed=int, steps=int)
        if body.get("script") is not None:
            self._behaviour.play(body["script"])
        elif body.get("seed") is not None:
            self._behaviour.play_seed(body["seed"], body.get("steps") or 1)
        else:
            self._behaviour.set(body.get("mode"), body.get("times"))
        return await self.get_behaviour(request)

    async def get_behaviour(self, request: web.Request) -> web.Response:
        return web.json_response({"mode": self._behaviour.mode, "times": self._behaviour.times})

    # ── what is seen ──

    async def transcript(self, request: web.Request) -> web.Response:
        return web.json_response({"items": self._people.transcript(self._chat(request), _origin(request))})

    async def launch(self, request: web.Request) -> web.Response:
        """What Telegram hands to a Mini App that this person opens; `age_s` makes it as old."""
        chat, age = self._chat(request), request.query.get("age_s", "0")
        if not re.fullmatch(r"-?[0-9]{1,9}", age):
            raise invalid("wrong_type", field="age_s")
        data = self._people.launch_data(chat, int(age))
        return web.json_response({"init_data": data, "fragment": f"tgWebAppData={_quoted(data)}&{LAUNCH_REST}"})

    async def page(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        return web.Response(
            text=chat_page(self._state.chat(chat)),
            content_type="text/html",
            headers={"Cache-Control": "no-store"},
        )

    async def file(self, request: web.Request) -> web.Response:
        """Pictures are shown, anything else only downloaded: what a bot sends must not run as a page of ours."""
        wanted = request.match_info["file"]
        for file in self._state.files.values():
            if file.unique_id == wanted and (data := self._state.shelf.read_file(wanted)) is not None:
                shown = file.type in ("image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf")
                kind = "inline" if shown else "attachment"
                headers = {
                    "Content-Type": file.type
                    if file.type.isascii() and file.type.isprintable()
                    else "application/octet-stream",
                    "Content-Disposition": f"{kind}; filename*=UTF-8''{_quoted(file.name)}",
                    "X-Content-Type-Options": "nosniff",
                    "Cache-Control": "private, max-age=86400",
                }
                return web.Response(body=data, headers=headers)
        raise not_found("unknown_file")

    def _changed(self, chat: int, event: dict[str, Any]) -> None:
        for queue in list(self._streams.get(chat, ())):
            if queue.qsize() >= _EVENTS_WAITING_MAX:
                # A page that does not read starts over with a fresh picture of the chat.
                self._streams[chat].discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(event)

    async def _close_streams(self, app: web.Application) -> None:
        for queues in self._streams.values():
            for queue in queues:
                queue.put_nowait(None)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: first the whole picture, then each change."""
        chat = self._chat(request)
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._streams.setdefault(chat, set()).add(queue)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        try:
            await response.prepare(request)
            items = self._people.transcript(chat, last=PAGE_MESSAGES_MAX)
            await _send(response, {"kind": "all", "items": items, **self._people.view(chat)})
            while True:
                try:
                    async with asyncio.timeout(_HEARTBEAT_S):
                        event = await queue.get()
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event is None:
                    break
                await _send(response, self._told_event(chat, event))
        except ConnectionError:
            return response
        finally:
            self._streams[chat].discard(queue)
        return response

    def _told_event(self, chat: int, event: dict[str, Any]) -> dict[str, Any]:
        if event["kind"] == "message":
            message = self._state.message(chat, event["message"])
            if message is not None:
                return {"kind": "item", "item": self._people.item(message)}
            return {"kind": "removed", "message": event["message"]}
        return {**event, **self._people.view(chat)} if event["kind"] == "chat" else event

    def _chat(self, request: web.Request) -> int:
        told = request.match_info["chat"]
        if not re.fullmatch(r"[0-9]{1,18}", told):
            raise not_found("unknown_chat", chat=told)
        return self._state.chat(int(told)).id


async def _send(response: web.StreamResponse, event: dict[str, Any]) -> None:
    await response.write(b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n")


def _origin(request: web.Request) -> str:
    return str(request.url.origin())


def _quoted(name: str) -> str:
    return quote(name, safe="")


async def _body(request: web.Request, **members: type) -> dict[str, Any]:
    """The JSON object of a request with only these members of these types; no body reads as an empty one."""
    data = await read_limited(request, _BODY_BYTES_MAX)
    try:
        body = json.loads(data) if data.strip() else {}
    except (ValueError, RecursionError):
        raise invalid("bad_body") from None
    if not isinstance(body, dict):
        raise invalid("bad_body")
    for name, value in body.items():
        if name not in members:
            raise invalid("unknown_field", field=name)
        if value is not None and (
            not isinstance(value, members[name]) or (isinstance(value, bool) and members[name] is not bool)
        ):
            raise invalid("wrong_type", field=name)
    return body


async def _upload(request: web.Request) -> tuple[Upload, str, int | None]:
    """The first file of a multipart body, with `caption` and `reply_to` if there are."""
    if not request.content_type.startswith("multipart/"):
        raise invalid("file_missing")
    try:
        parameters = await read_multipart(await request.multipart())
    except ValueError:
        raise invalid("file_missing") from None
    upload = next(iter(parameters.uploads.values()), None)
    if upload is None:
        raise invalid("file_missing")
    return upload, parameters.text("caption") or "", parameters.integer("reply_to")


def _told(handler: Handler) -> Handler:
    """Refusals as RFC 9457 in the language that the caller accepts."""

    async def told(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except PersonError as error:
            status, code, text, params = error.status, error.code, error.text, error.params
        except BotApiError as error:
            status, code = error.code, "VALIDATION"
            text, params = ("file_too_big" if status == 413 else "bad_body"), {}
        language = words.language_of(request.headers.get("Accept-Language", ""))
        title, detail = words.refusal(language, code, text, params)
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "code": code,
            "detail": detail,
            "params": params,
        }
        return web.json_response(problem, status=status, content_type="application/problem+json")

    return told
