"""People of a register: invited, limited, removed, and asked for their role before every act of theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.clock import Clock
from core.domain.roles import LIMIT_FIELDS, Deed, Limits, gives, may, outranks
from core.errors import Refused

LINK_VALID = timedelta(minutes=15)
NAME_CHARACTERS_MAX = 64


@dataclass(frozen=True, slots=True)
class JoinLink:
    """An invitation; ``used_by`` is whoever came by it."""

    link_id: str
    register_id: str
    role: str
    made_by: int
    expires_at: datetime
    used_by: int | None


class Rows(Protocol):
    """Where roles, links and limits are kept, each change with its line in the record."""

    async def role(self, register_id: str, chat_id: int) -> str | None: ...

    async def limits(self, register_id: str, chat_id: int) -> Limits: ...

    async def set_limit(
        self, register_id: str, chat_id: int, field: str, most: int | None, *, actor: int, at: datetime
    ) -> None: ...

    async def add_link(self, token: str, link: JoinLink, made_at: datetime) -> None: ...

    async def see_link(self, token: str, chat_id: int) -> JoinLink | None: ...

    async def link(self, link_id: str, chat_id: int) -> JoinLink | None: ...

    async def join(self, link_id: str, chat_id: int, name: str, language: str, at: datetime) -> bool: ...

    async def remove(self, register_id: str, chat_id: int, *, actor: int, at: datetime) -> bool: ...

    async def set_current(self, chat_id: int, register_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Joined:
    """Who came by which invitation; ``is_new`` is false when the same person pressed again."""

    register_id: str
    role: str
    made_by: int
    is_new: bool


class Staff:
    """Every method asks for the actor's role itself, at the moment of the act."""

    def __init__(
        self,
        rows: Rows,
        clock: Clock,
        *,
        new_id: Callable[[], str],
        new_token: Callable[[], str],
    ) -> None:
        self._rows = rows
        self._clock = clock
        self._new_id = new_id
        self._new_token = new_token

    async def require(self, actor: int, register_id: str, deed: Deed) -> str:
        """The actor's role; raises ``FORBIDDEN`` when it does not allow the deed."""
        role = await self._rows.role(register_id, actor)
        if role is None or not may(role, deed):
            raise Refused("FORBIDDEN")
        return role

    async def invite(self, actor: int, register_id: str, role: str) -> str:
        """A new invitation's token, seen only now: 128 random bits, good once and for fifteen minutes."""
        if not gives(await self._rows.role(register_id, actor), role):
            raise Refused("FORBIDDEN")
        token, now = self._new_token(), self._clock.now()
        link = JoinLink(self._new_id(), register_id, role, actor, now + LINK_VALID, None)
        await self._rows.add_link(token, link, now)
        return token

    async def shown(self, token: str, chat_id: int) -> JoinLink:
        """The invitation of a token that somebody came with. Raises ``LINK_SPENT``."""
        link = await self._rows.see_link(token, chat_id)
        if link is None or (link.used_by != chat_id and self._is_spent(link)):
            raise Refused("LINK_SPENT")
        await self._check_not_lower(link, chat_id)
        return link

    async def join(self, link_id: str, chat_id: int, name: str, language: str) -> Joined:
        """Take an invitation, once. Raises ``LINK_SPENT``, or ``ALREADY_HERE`` for whom it would lower."""
        link = await self._rows.link(link_id, chat_id)
        if link is None:
            raise Refused("LINK_SPENT")
        if link.used_by == chat_id:
            return await self._joined_before(link, chat_id)
        await self._check_not_lower(link, chat_id)
        kept = " ".join(name.split())[:NAME_CHARACTERS_MAX]
        if await self._rows.join(link_id, chat_id, kept, language, self._clock.now()):
            return Joined(link.register_id, link.role, link.made_by, is_new=True)
        again = await self._rows.link(link_id, chat_id)
        if again is not None and again.used_by == chat_id:
            return await self._joined_before(again, chat_id)
        raise Refused("LINK_SPENT")

    async def remove(self, actor: int, register_id: str, chat_id: int) -> bool:
        """Take somebody's role away, in force at their next press. Everybody may leave; the last owner may not.

        Raises ``FORBIDDEN`` and ``LAST_OWNER``; false when they were not there any more.
        """
        role = await self._rows.role(register_id, chat_id)
        if role is None:
            await self.require(actor, register_id, Deed.CHANGE)
            return False
        if actor != chat_id and not gives(await self._rows.role(register_id, actor), role):
            raise Refused("FORBIDDEN")
        removed = await self._rows.remove(register_id, chat_id, actor=actor, at=self._clock.now())
        if not removed and await self._rows.role(register_id, chat_id) is not None:
            raise Refused("LAST_OWNER")
        return removed

    async def limits(self, actor: int, register_id: str, chat_id: int) -> Limits:
        """A cashier's limits, for those who set them."""
        await self.require(actor, register_id, Deed.LIMIT)
        return await self._rows.limits(register_id, chat_id)

    async def set_limit(self, actor: int, register_id: str, chat_id: int, field: str, most: int | None) -> None:
        """Limit a cashier (``None`` lifts it); raises ``FORBIDDEN`` for anybody but a cashier's superior."""
        await self.require(actor, register_id, Deed.LIMIT)
        if field not in LIMIT_FIELDS or await self._rows.role(register_id, chat_id) != "cashier":
            raise Refused("FORBIDDEN")
        await self._rows.set_limit(register_id, chat_id, field, most, actor=actor, at=self._clock.now())

    async def use(self, actor: int, register_id: str) -> None:
        """Make a register the actor's current one."""
        await self.require(actor, register_id, Deed.READ)
        await self._rows.set_current(actor, register_id)

    def _is_spent(self, link: JoinLink) -> bool:
        return link.used_by is not None or link.expires_at <= self._clock.now()

    async def _check_not_lower(self, link: JoinLink, chat_id: int) -> None:
        role = await self._rows.role(link.register_id, chat_id)
        if link.used_by != chat_id and outranks(role, link.role):
            raise Refused("ALREADY_HERE")

    async def _joined_before(self, link: JoinLink, chat_id: int) -> Joined:
        """An invitation that brought somebody does not bring them back once they were removed."""
        if await self._rows.role(link.register_id, chat_id) is None:
            raise Refused("LINK_SPENT")
        return Joined(link.register_id, link.role, link.made_by, is_new=False)
