"""Pairing: the bridge shows a code, its owner types it in the chat, the server gives the bridge its token."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from printer_bridge.server import Server, ServerAway

ASK_S: Final = 2.0


class NotLetIn(Exception):
    """Nobody typed the code while it was good, or the server will not pair; the text is for a person."""


async def pair(
    server: Server,
    title: str,
    show: Callable[[str], None],
    *,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> str:
    """The device token. `show` is given the code once; a server that is away meanwhile is asked again."""
    status, begun = await server.ask_json("pair", {"title": title})
    code, secret, life_s = begun.get("code"), begun.get("secret"), begun.get("life_s")
    if status != 201 or not isinstance(code, str) or not isinstance(secret, str) or not isinstance(life_s, int):
        raise NotLetIn(f"the server does not pair now (it answers {status}); try again in a minute")
    show(f"{code[:5]} {code[5:]}")
    until = time.monotonic() + life_s
    while time.monotonic() < until:
        try:
            status, answer = await server.ask_json("pair/claim", {"secret": secret})
        except ServerAway:
            status, answer = 202, {}
        token = answer.get("token")
        if status == 200 and isinstance(token, str) and token.isascii() and token.isprintable():
            return token
        if status == 404:
            break
        await pause(ASK_S)
    raise NotLetIn("nobody typed the code in time: run tiyn-bridge pair again")
