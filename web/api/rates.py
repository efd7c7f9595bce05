"""How many requests a key may make in a minute. Counted by each process for itself: with several web processes behind
one address a key may make as many times more.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import Problem

WINDOW_NS = 60 * 10**9
SECOND_NS = 10**9
KEYS_REMEMBERED_MAX = 10_000
_STATE = "rate"


@dataclass(frozen=True, slots=True)
class Rate:
    """What is left to a key after a request: ``reset_s`` until all of it is there again, ``wait_s`` before the next."""

    limit: int
    remaining: int
    reset_s: int
    wait_s: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """The names of draft-ietf-httpapi-ratelimit-headers that programs know."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_s),
        }


class TooManyRequests(Problem):
    """A key that has used its minute up."""

    def __init__(self, rate: Rate) -> None:
        super().__init__("TOO_MANY_REQUESTS", 429, limit=rate.limit, seconds=rate.wait_s)
        self.rate = rate


class Rates:
    """A minute's requests may come at once, and come back evenly (the generic cell rate algorithm, in nanoseconds of
    monotonic time). A refused request costs nothing.
    """

    def __init__(self, per_minute: int, monotonic: Callable[[], float]) -> None:
        self._limit = per_minute
        self._monotonic = monotonic
        self._full_at: dict[bytes, int] = {}

    def take(self, key: bytes) -> Rate | None:
        """Count one request; raises :class:`TooManyRequests` for one too many. ``None`` where nothing is limited."""
        if self._limit == 0:
            return None
        now = round(self._monotonic() * SECOND_NS)
        used = self._used(key, now) + self._each
        self._full_at[key] = now + used
        if len(self._full_at) > KEYS_REMEMBERED_MAX:
            self._full_at = {one: at for one, at in self._full_at.items() if at > now}
        return Rate(self._limit, (self._each * self._limit - used) // self._each, math.ceil(used / SECOND_NS))

    def check(self, key: bytes) -> None:
        """Raises :class:`TooManyRequests` for a key that has nothing left, before anybody is asked whose it is."""
        if self._limit > 0:
            self._used(key, round(self._monotonic() * SECOND_NS))

    def _used(self, key: bytes, now: int) -> int:
        used = max(0, self._full_at.get(key, 0) - now)
        over = used + self._each - self._each * self._limit
        if over > 0:
            raise TooManyRequests(Rate(self._limit, 0, math.ceil(used / SECOND_NS), math.ceil(over / SECOND_NS)))
        return used

    @property
    def _each(self) -> int:
        return WINDOW_NS // self._limit


def note_rate(scope: Scope, rate: Rate) -> None:
    """Have the answer to this request bear what is left."""
    scope.setdefault("state", {})[_STATE] = rate


class RateHeaders:
    """Adds what was noted to every answer, refusals too; a request without a key has none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            rate: Rate | None = scope.get("state", {}).get(_STATE)
            if message["type"] == "http.response.start" and rate is not None:
                MutableHeaders(scope=message).update(rate.headers)
            await send(message)

        await self._app(scope, receive, sending)
