"""Who calls and what they may see: keys, scopes, and whose register it is."""

from __future__ import annotations

import re
from typing import cast

from starlette.requests import Request

from core.bootstrap import Engine
from core.errors import Refused
from core.sealing import hashed
from core.usecases.registers import RegisterView
from web.api.rates import Rates, TooManyRequests, note_rate
from web.problems import KeyNeeded

READ, SELL = "read", "sell"
TOKEN_CHARACTERS_MAX = 200
IDEMPOTENCY_KEY_CHARACTERS_MAX = 64
REGISTERS_REMEMBERED_MAX = 100_000

_BEARER = re.compile(r"bearer +([!-~]+) *", re.IGNORECASE)
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Owners:
    """Which organisation a register belongs to. That never changes, so what was found once is not asked again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._organisations: dict[str, str] = {}

    async def organisation(self, register_id: str) -> str:
        """The organisation of a register; ``NOT_FOUND`` if there is none."""
        known = self._organisations.get(register_id)
        if known is None:
            view = await self._engine.registers.get(register_id)
            known = view.registration.organisation_id
            if len(self._organisations) < REGISTERS_REMEMBERED_MAX:
                self._organisations[register_id] = known
        return known


def engine_of(request: Request) -> Engine:
    """The engine that this application serves."""
    return cast("Engine", request.app.state.engine)


def bearer_token(request: Request) -> str:
    """The token of ``Authorization: Bearer``; a missing or malformed one is a problem."""
    match = _BEARER.fullmatch(request.headers.get("authorization", ""))
    if match is None or len(match.group(1)) > TOKEN_CHARACTERS_MAX:
        raise KeyNeeded
    return match.group(1)


async def organisation_of(request: Request, *scopes: str) -> str:
    """The organisation of the caller's key, which must have one of the scopes and requests left in its minute."""
    token = bearer_token(request)
    engine, rates = engine_of(request), cast("Rates", request.app.state.rates)
    key_hash = hashed(token)
    try:
        rates.check(key_hash)
        holder = await engine.access.holder(token, engine.clock.now().date())
        if holder is None:
            raise KeyNeeded
        rate = rates.take(key_hash)
    except TooManyRequests as refused:
        note_rate(request.scope, refused.rate)
        raise
    if rate is not None:
        note_rate(request.scope, rate)
    if not any(scope in holder.scopes for scope in scopes):
        raise Refused("FORBIDDEN")
    return holder.organisation_id


def canonical_id(given: str) -> str:
    """An id as it is stored; what is none names nothing that exists: ``NOT_FOUND``."""
    canonical = given.lower()
    if ID.fullmatch(canonical) is None:
        raise Refused("NOT_FOUND")
    return canonical


async def admit(request: Request, register_id: str, *scopes: str) -> str:
    """The register's id in its canonical form, if the caller's key opens it; another's register does not exist."""
    return await owned(request, await organisation_of(request, *scopes), register_id)


async def owned(request: Request, organisation_id: str, register_id: str) -> str:
    """The same for a caller whose organisation is known already: the key is asked for, and counted, once a request."""
    canonical = canonical_id(register_id)
    owners = cast("Owners", request.app.state.owners)
    if await owners.organisation(canonical) != organisation_id:
        raise Refused("NOT_FOUND")
    return canonical


async def admitted_view(request: Request, register_id: str, *scopes: str) -> RegisterView:
    """The register itself, if the caller's key opens it."""
    admitted = await admit(request, register_id, *scopes)
    return await engine_of(request).registers.get(admitted)


def idempotency_key(request: Request) -> str:
    """The ``Idempotency-Key``: 1 to 64 printable characters."""
    given = request.headers.getlist("idempotency-key")
    if not any(given):
        raise Refused("IDEMPOTENCY_KEY_REQUIRED")
    try:
        # Header bytes arrive as Latin-1; people write UTF-8.
        key = given[0].encode("latin-1").decode()
    except UnicodeError:
        key = ""
    if len(given) > 1 or not 1 <= len(key) <= IDEMPOTENCY_KEY_CHARACTERS_MAX or not key.isprintable():
        raise Refused("VALIDATION", field="Idempotency-Key", reason="length" if key.isprintable() else "malformed")
    return key
