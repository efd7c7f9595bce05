"""One attempt of an exchange over TCP: connect, send, wait for one whole answer. PROTOCOL.md (a).

One request per connection. What an attempt can come to is told by type, because whether bytes left this machine decides
whether token and request number may ever be used for another exchange.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from core.ofd.frame import FrameError, Header, read_frame

Points = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole frame that belongs to what was asked; ``version`` is that of its own header."""

    token: int
    payload: bytes
    version: int


@dataclass(frozen=True, slots=True)
class NoLink:
    """No connection could be made; nothing left this machine."""

    detail: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Bytes left and no answer came. ``late`` still waits for one when only the time was over."""

    detail: str
    late: asyncio.Task[Answered | None] | None = None


Attempt = Answered | NoLink | Unanswered


class Link:
    """Makes attempts. Timeouts are given by phase: one for connecting, one for the whole attempt."""

    def __init__(self, points: Points, *, late_s: int = 10) -> None:
        self._points = points
        self._late_s = late_s

    async def attempt(
        self, host: str, port: int, frame: bytes, device_id: int, reqnum: int, timeout_s: float
    ) -> Attempt:
        """Send ``frame`` once and wait at most ``timeout_s`` seconds in all."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout_s
        try:
            async with asyncio.timeout_at(end):
                reader, writer = await asyncio.open_connection(host, port)
        except (OSError, UnicodeError, OverflowError, TimeoutError) as error:
            # a host or port that cannot be one is as unreachable as one that is switched off
            return NoLink(str(error) or type(error).__name__)
        if loop.time() >= end:
            # this process was held up while it connected: whoever took over may have gone on meanwhile
            writer.close()
            return NoLink("connected too late")
        reading = asyncio.create_task(self._talk(reader, writer, frame, device_id, reqnum))
        try:
            done, _ = await asyncio.wait({reading}, timeout=max(end - loop.time(), 0))
        except asyncio.CancelledError:
            reading.cancel()
            raise
        if not done:
            return Unanswered("no answer in time", asyncio.create_task(self._late(reading)))
        answer = reading.result()
        return Unanswered("the connection ended without an answer") if answer is None else answer

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, frame: bytes, device_id: int, reqnum: int
    ) -> Answered | None:
        try:
            writer.write(frame)
            await writer.drain()
            self._points("after_send")
            header, payload = await read_frame(reader)
            self._points("after_answer")
        except (OSError, FrameError):
            return None
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        return Answered(header.token, payload, header.version) if _belongs(header, device_id, reqnum) else None

    async def _late(self, reading: asyncio.Task[Answered | None]) -> Answered | None:
        """Keep listening for a while: an answer at 5.1 s is kept as the answer to an autonomous document."""
        try:
            async with asyncio.timeout(self._late_s):
                return await reading
        except TimeoutError:
            return None


def _belongs(header: Header, device_id: int, reqnum: int) -> bool:
    return header.id == device_id and header.reqnum == reqnum
