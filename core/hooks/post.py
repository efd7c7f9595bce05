"""One signed POST to a receiver, over a connection to the very address that was checked.

Written on plain streams: the name is resolved once, so a name server that answers differently the second time (DNS
rebinding) changes nothing, redirects cannot be followed, and of the answer only its first line is read.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import hmac
import re
import ssl
from dataclasses import dataclass

from core.hooks.addresses import AddressForbidden, Target, resolved

ANSWER_S_MAX = 10
ANSWER_BYTES_MAX = 2048
"""The stream's limit; it holds at most twice as much of an answer in memory."""
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: [^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one attempt: the receiver's status, or in one word why there is none."""

    status: int | None
    error: str | None

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The value of ``Tiyn-Signature``: HMAC-SHA256 over the timestamp, a point and the body."""
    digest = hmac.new(secret.encode(), b"%d." % timestamp + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


async def post(target: Target, body: bytes, headers: dict[str, str], *, private_allowed: bool) -> Receipt:
    """Send once, for at most ``ANSWER_S_MAX`` seconds in all; never raises for what the receiver does."""
    try:
        async with asyncio.timeout(ANSWER_S_MAX):
            address = await resolved(target, private_allowed=private_allowed)
            return await _exchange(target, address, _request(target, body, headers))
    except AddressForbidden:
        return Receipt(None, "address_forbidden")
    except TimeoutError:
        return Receipt(None, "timeout")
    except ssl.SSLError:
        return Receipt(None, "certificate")
    except (OSError, UnicodeError):
        return Receipt(None, "no_connection")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return Receipt(None, "no_answer")


async def _exchange(target: Target, address: str, request: bytes) -> Receipt:
    context = _trust() if target.secure else None
    reader, writer = await asyncio.open_connection(
        address,
        target.port,
        limit=ANSWER_BYTES_MAX,
        ssl=context,
        server_hostname=target.host if target.secure else None,
    )
    try:
        writer.write(request)
        await writer.drain()
        match = _STATUS.fullmatch(await reader.readuntil(b"\n"))
        return Receipt(None, "no_answer") if match is None else Receipt(int(match.group(1)), None)
    finally:
        writer.transport.abort()


@functools.cache
def _trust() -> ssl.SSLContext:
    """The machine's certificates, read once: reading them takes tens of milliseconds of the loop."""
    return ssl.create_default_context()


def _request(target: Target, body: bytes, headers: dict[str, str]) -> bytes:
    lines = {
        "Host": target.authority,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "User-Agent": "Tiyn",
        "Connection": "close",
        **headers,
    }
    head = f"POST {target.path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return head.encode("ascii") + b"\r\n" + body
