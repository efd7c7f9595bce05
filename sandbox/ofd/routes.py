"""The control calls of the sandbox operator: CONTRACT.md 2, `/ofd/…`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.ofd.behaviour import BadBehaviour, Behaviour, read_behaviour
from sandbox.ofd.operator import Operator

LIMIT_DEFAULT = 10_000
LIMIT_MAX = 100_000
DECODED_AT_ONCE = 100
"""Between so many the loop serves others: a long list must not hold up a receipt."""

NUMBER_MAX = 2**63 - 1


class BadQuery(ValueError):
    """A parameter of the address that is not what it should be."""


def add_routes(
    app: web.Application, operator: Operator, behave: Callable[[int | None, Behaviour], None]
) -> None:
    """Mount the three calls; `behave` puts a behaviour into force."""

    async def list_exchanges(request: web.Request) -> web.Response:
        try:
            after = _number(request, "after", 0, 0, NUMBER_MAX)
            limit = _number(request, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX)
            device_id = _number(request, "device_id", -1, 0, NUMBER_MAX)
        except BadQuery as error:
            return _told({"error": str(error)}, 400)
        found, more = operator.exchanges.after(after, limit, None if device_id < 0 else device_id)
        items: list[dict[str, Any]] = []
        for index, exchange in enumerate(found, 1):
            items.append(exchange.told())
            if index % DECODED_AT_ONCE == 0:
                await asyncio.sleep(0)
        return _told({"items": items, "next": items[-1]["n"] if more else None})

    async def show_book(request: web.Request) -> web.Response:
        text = request.match_info["device_id"]
        if not text.isascii() or not text.isdecimal():
            return _told({"error": "a device id is a number"}, 400)
        device_id = int(text[:20])
        if not operator.knows(device_id):
            return _told({"error": f"no device {device_id} on the books"}, 404)
        return _told(operator.book(device_id))

    async def put_behaviour(request: web.Request) -> web.Response:
        try:
            device_id, behaviour = read_behaviour(json.loads(await request.text()))
        except BadBehaviour as error:
            return _told({"error": str(error)}, 400)
        except (ValueError, RecursionError):
            return _told({"error": "the body is not JSON"}, 400)
        if device_id is not None and not operator.knows(device_id):
            return _told({"error": f"no device {device_id} on the books"}, 404)
        behave(device_id, behaviour)
        return _told(behaviour.told(device_id))

    app.router.add_get("/ofd/exchanges", list_exchanges)
    app.router.add_get("/ofd/registers/{device_id}", show_book)
    app.router.add_put("/ofd/behaviour", put_behaviour)


def _number(request: web.Request, name: str, default: int, least: int, most: int) -> int:
    text = request.query.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > 19 or not least <= int(text) <= most:
        raise BadQuery(f"{name} is a whole number from {least} to {most}")
    return int(text)


def _told(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(text=json.dumps(body, ensure_ascii=False), status=status)
