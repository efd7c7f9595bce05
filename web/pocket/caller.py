"""Whose phone calls: the session's token in a header, so that no other site can act for it (there is no cookie)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from core.bootstrap import Engine
from core.domain.roles import Deed
from core.domain.ticket import Cashier
from core.usecases.pocket import Session
from web.api.caller import bearer_token, canonical_id, engine_of
from web.api.rates import Rates
from web.problems import KeyNeeded, Problem

CALLS_PER_MINUTE = 900
"""Of one phone: a tap may ask for a price, and marks are asked for every two seconds."""
OPENINGS_PER_MINUTE = 10


class SessionOver(Problem):
    """No session, or one that is over: 401, in the same words whatever was wrong with it."""

    def __init__(self) -> None:
        super().__init__("SESSION_OVER", 401)


@dataclass(frozen=True, slots=True)
class Caller:
    """A phone that was let in."""

    engine: Engine
    session: Session
    token: str

    @property
    def chat_id(self) -> int:
        return self.session.chat_id

    @property
    def cashier(self) -> Cashier:
        """As whom this person stands on receipts: nobody sells under another's name."""
        return Cashier(name=self.session.name)

    async def require(self, register_id: str, deed: Deed) -> str:
        """The register's id in its canonical form, if the caller's role on it, as it is now, allows the deed."""
        canonical = canonical_id(register_id)
        await self.engine.crew.staff.require(self.chat_id, canonical, deed)
        return canonical


class Gates:
    """How often phones may call and how often somebody may try to be let in. Each process counts for itself."""

    def __init__(self, engine: Engine) -> None:
        self.calls = Rates(CALLS_PER_MINUTE, engine.clock.monotonic)
        self.people = Rates(OPENINGS_PER_MINUTE, engine.clock.monotonic)
        self.strangers = Rates(OPENINGS_PER_MINUTE, engine.clock.monotonic)


def gates_of(request: Request) -> Gates:
    return cast("Gates", request.app.state.gates)


def given_token(request: Request) -> str:
    """The token as it was sent."""
    try:
        return bearer_token(request)
    except KeyNeeded:
        raise SessionOver from None


async def caller_of(request: Request) -> Caller:
    """The phone that calls; raises :class:`SessionOver` or ``TOO_MANY_REQUESTS``."""
    token, engine = given_token(request), engine_of(request)
    gates_of(request).calls.take(hashlib.sha256(token.encode()).digest())
    session = await engine.pocket.sessions.holder(token)
    if session is None:
        raise SessionOver
    return Caller(engine, session, token)


async def admitted(request: Request, register_id: str, deed: Deed) -> tuple[Caller, str]:
    """The phone that calls and the register that it may use so."""
    caller = await caller_of(request)
    return caller, await caller.require(register_id, deed)
