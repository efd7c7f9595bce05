"""API keys of an organisation: made, shown once, revoked, by whoever owns all that they open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from core.clock import Clock
from core.domain.roles import Deed
from core.errors import Refused

READ, SELL = "read", "sell"
SCOPES = (READ, SELL)
KEYS_MAX = 20
KEY_PREFIX = "tiyn_"
HINT_CHARACTERS = 4


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as people know it: ``hint`` is how it begins, ``last_used_on`` the day of its last call."""

    key_id: str
    scopes: tuple[str, ...]
    hint: str
    made_at: datetime
    last_used_on: date | None = None


class Roles(Protocol):
    """Who may do what, asked at the moment of the act."""

    async def require(self, actor: int, register_id: str, deed: Deed) -> str: ...


class Organisations(Protocol):
    """Which organisation a register belongs to."""

    async def organisation(self, register_id: str) -> str: ...


class Rows(Protocol):
    """Where keys are kept, as hashes."""

    async def owns_all(self, organisation_id: str, chat_id: int) -> bool: ...

    async def all(self, organisation_id: str) -> list[ApiKey]: ...

    async def add(
        self, organisation_id: str, key: ApiKey, secret: str, *, actor: int, at: datetime, most: int
    ) -> bool: ...

    async def revoke(self, organisation_id: str, key_id: str, *, actor: int, at: datetime) -> bool: ...


class ApiKeys:
    """A key opens every register of the organisation, so each method raises ``FORBIDDEN`` for whoever does not own
    the register that they name, and ``NOT_OWNER_OF_ALL`` for an owner of that one but not of all.
    """

    def __init__(
        self,
        rows: Rows,
        roles: Roles,
        organisations: Organisations,
        clock: Clock,
        *,
        new_id: Callable[[], str],
        new_secret: Callable[[], str],
    ) -> None:
        self._rows = rows
        self._roles = roles
        self._organisations = organisations
        self._clock = clock
        self._new_id = new_id
        self._new_secret = new_secret

    async def all(self, actor: int, register_id: str) -> list[ApiKey]:
        """The keys that are not revoked, oldest first."""
        return await self._rows.all(await self._organisation(actor, register_id))

    async def make(self, actor: int, register_id: str, scopes: tuple[str, ...]) -> tuple[ApiKey, str]:
        """A new key and its secret, seen only now. Raises ``TOO_MANY_KEYS``."""
        assert scopes and set(scopes) <= set(SCOPES)
        organisation_id = await self._organisation(actor, register_id)
        secret, now = KEY_PREFIX + self._new_secret(), self._clock.now()
        hint = secret[: len(KEY_PREFIX) + HINT_CHARACTERS]
        key = ApiKey(self._new_id(), scopes, hint, now)
        if not await self._rows.add(organisation_id, key, secret, actor=actor, at=now, most=KEYS_MAX):
            raise Refused("TOO_MANY_KEYS", limit=KEYS_MAX)
        return key, secret

    async def revoke(self, actor: int, register_id: str, key_id: str) -> bool:
        """Close a key: the next call with it is refused. False when it was closed before."""
        organisation_id = await self._organisation(actor, register_id)
        return await self._rows.revoke(organisation_id, key_id, actor=actor, at=self._clock.now())

    async def _organisation(self, actor: int, register_id: str) -> str:
        await self._roles.require(actor, register_id, Deed.KEYS)
        organisation_id = await self._organisations.organisation(register_id)
        if not await self._rows.owns_all(organisation_id, actor):
            raise Refused("NOT_OWNER_OF_ALL")
        return organisation_id
