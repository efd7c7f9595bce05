"""The demo's own calls (CONTRACT.md 2): clock, kill, registers; with the page and what it shows."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from core.clock import ALMATY
from sandbox.demo.page import demo_page
from sandbox.demo.roles import POINTS, ROLES
from sandbox.demo.street import BadRegister, Street
from sandbox.demo.view import look

log = logging.getLogger(__name__)

BODY_BYTES_MAX = 64 * 1024
OFFSET_S_MAX = 20 * 365 * 24 * 3600
TITLE_CHARACTERS_MAX = 64
LOOK_S_MAX = 2.0
POLL_PATH_END = "/getUpdates"
RECEIPT_HEADERS = ("Content-Type", "ETag", "Content-Language", "Cache-Control", "Vary", "Referrer-Policy")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Body = dict[str, Any]


class BadCall(ValueError):
    """A call that makes no sense; the text says why."""


def make_app(street: Street) -> web.Application:
    """One application: the page, the control calls of every part, the Bot API."""
    app = web.Application(middlewares=[_own_pages_only, _tell_refusals, _notice(street)], client_max_size=2**20)
    street.telegram.add_routes(app)
    street.ofd.add_routes(app)
    street.printer.add_routes(app)
    control = _Control(street)
    app.router.add_get("/", control.page)
    app.router.add_get("/demo/look", control.look)
    app.router.add_get("/pocket", control.pocket)
    app.router.add_get("/r/{code}", control.receipt)
    app.router.add_get("/r/{code}/{file}", control.receipt)
    app.router.add_get("/clock", control.get_clock)
    app.router.add_post("/clock", control.set_clock)
    app.router.add_post("/kill", control.kill)
    app.router.add_post("/registers", control.add_register)
    app.cleanup_ctx.append(control.web_client)
    return app


class _Control:
    def __init__(self, street: Street) -> None:
        self._street = street
        self._http: ClientSession

    async def web_client(self, _app: web.Application) -> Any:
        async with ClientSession(timeout=ClientTimeout(10), auto_decompress=True) as self._http:
            yield

    # -- the page --

    async def page(self, request: web.Request) -> web.Response:
        language = request.query.get("lang", "")
        text = demo_page(self._street, language, request.headers.get("Accept-Language", ""))
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def pocket(self, request: web.Request) -> web.Response:
        """The pocket register in a browser of one's own, with launch data as Telegram makes it, fresh each time."""
        state = self._street.state
        chats = [*(one.vendor_chat for one in state.registers), state.owner_chat]
        chat = _whole(request.query, "chat") or chats[0]
        if chat not in chats:
            raise BadCall("chat is a vendor's or the owner's")
        data = quote(self._street.telegram.launch_data(chat), safe="")
        # written as it is: what makes addresses of texts would unquote the data
        address = f"{self._street.web_url}/app#tgWebAppData={data}"
        return web.Response(status=302, headers={"Location": address, "Cache-Control": "no-store"})

    async def look(self, request: web.Request) -> web.Response:
        """What the page shows; answered when it changes, or after 2 s."""
        query = request.query
        register_id = query.get("register", "")
        if not any(one.register_id == register_id for one in self._street.state.registers):
            raise BadCall("register is one of the demo's")
        await self._street.changed(_whole(query, "seen"), LOOK_S_MAX)
        told = await look(self._street, register_id, after=_whole(query, "after"), papers_after=_whole(query, "papers"))
        return _json(told)

    async def receipt(self, request: web.Request) -> web.Response:
        """The customer's page, and the files behind it, as the product serves them, but in a frame: by itself the page
        may stand in none.
        """
        passed = {
            name: request.headers[name] for name in ("Accept-Language", "If-None-Match") if name in request.headers
        }
        url = f"{self._street.web_url}{request.rel_url.path}"
        try:
            async with self._http.get(url, params=request.query, headers=passed, allow_redirects=False) as answer:
                body = await answer.read()
                headers = {name: answer.headers[name] for name in RECEIPT_HEADERS if name in answer.headers}
                policy = answer.headers.get("Content-Security-Policy", "default-src 'none'")
                headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
                return web.Response(body=body, status=answer.status, headers=headers)
        except (ClientError, OSError, TimeoutError):
            return web.Response(status=503, headers={"Retry-After": "1", "Refresh": "1"})

    # -- the clock --

    async def get_clock(self, _request: web.Request) -> web.Response:
        return _json({"now": self._street.clock.now().isoformat(), "offset_s": self._street.state.offset_s})

    async def set_clock(self, request: web.Request) -> web.Response:
        body = await _body(request, "advance_s", "now")
        if len(body) != 1:
            raise BadCall("expected {advance_s} or {now}")
        if "now" in body:
            offset_s = (_moment(body["now"]) - _real_now()).total_seconds()
        else:
            offset_s = self._street.state.offset_s + _seconds(body["advance_s"])
        if abs(offset_s) > OFFSET_S_MAX:
            raise BadCall("the clock can be moved by 20 years at most")
        await self._street.set_offset(offset_s)
        return await self.get_clock(request)

    # -- processes and registers --

    async def kill(self, request: web.Request) -> web.Response:
        body = await _body(request, "role", "point")
        role = body.get("role")
        if role not in (*ROLES, "all"):
            raise BadCall(f"role is one of {', '.join((*ROLES, 'all'))}")
        roles = self._street.roles
        if "point" in body:
            if body["point"] not in (*POINTS, None):
                raise BadCall(f"point is null or one of {', '.join(POINTS)}")
            await roles.arm(role, body["point"])
            return _json({"role": role, "point": body["point"]})
        await roles.kill(role)
        if role in ("web", "all"):
            await self._street.web_answers()
        self._street.touch()
        return _json({"role": role, "pids": {one.name: one.pid for one in roles.named(role)}})

    async def add_register(self, request: web.Request) -> web.Response:
        body = await _body(request, "title", "vat_payer", "operator", "protocol")
        title, vat_payer = body.get("title"), body.get("vat_payer")
        if not isinstance(title, str) or not 1 <= len(title.strip()) <= TITLE_CHARACTERS_MAX or not title.isprintable():
            raise BadCall(f"title is a text of 1 to {TITLE_CHARACTERS_MAX} characters")
        if not isinstance(vat_payer, bool):
            raise BadCall("vat_payer is true or false")
        more = {name: body[name] for name in ("operator", "protocol") if body.get(name) is not None}
        if not all(isinstance(one, str) for one in more.values()):
            raise BadCall("operator and protocol are texts")
        made = await self._street.add_register(vat_payer=vat_payer, title=title.strip(), **more)
        return _json(made.entry(), 201)


# -- around every call --


@web.middleware
async def _own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page of another site in the same browser must not steer the demo."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return _json({"error": "only the demo's own page may do this"}, 403)
    return await handler(request)


@web.middleware
async def _tell_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    from core.errors import Refused

    try:
        return await handler(request)
    except (BadCall, BadRegister) as error:
        return _json({"error": str(error)}, 400)
    except Refused as error:
        return _json({"error": error.code, "params": {name: str(value) for name, value in error.params.items()}}, 400)


def _notice(street: Street) -> Any:
    """The bot is there once it asks for updates; a switch that was put is for the page to show."""

    @web.middleware
    async def notice(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.endswith(POLL_PATH_END):
            street.bot_polled.set()
        answer = await handler(request)
        if request.method == "PUT":
            street.touch()
        return answer

    return notice


# -- reading what was sent --


async def _body(request: web.Request, *known: str) -> Body:
    text = await request.content.read(BODY_BYTES_MAX)
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadCall("the body is not JSON") from error
    if not isinstance(body, dict):
        raise BadCall("the body is not an object")
    if unknown := sorted(set(body) - set(known)):
        raise BadCall(f"unknown fields: {', '.join(unknown)[:200]}")
    return body


def _seconds(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise BadCall("advance_s is a number of seconds")
    # A whole number of any length is JSON too.
    return float(max(-2 * OFFSET_S_MAX, min(2 * OFFSET_S_MAX, value)))


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(ALMATY) if moment.tzinfo else moment.replace(tzinfo=ALMATY)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadCall("now is a time like 2026-03-05T14:07:09+05:00") from error


def _real_now() -> datetime:
    return datetime.now(ALMATY)


def _whole(query: Any, name: str) -> int:
    text = query.get(name, "0")
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise BadCall(f"{name} is a whole number")
    return int(text)


def _json(body: Body, status: int = 200) -> web.Response:
    return web.json_response(text=json.dumps(body, ensure_ascii=False), status=status)
