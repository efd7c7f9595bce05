"""The pocket register: sessions of phones, and acts whose outcome a phone may have to ask for afterwards."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.clock import Clock
from core.domain.decide import PlacementInput
from core.domain.lane import StoredKey
from core.domain.roles import Deed, gives
from core.domain.ticket import Cashier, TicketInput
from core.domain.view import DocumentView
from core.errors import Refused, RegisterBusy, UnknownOutcome
from core.usecases.acts import Made
from core.usecases.counter import Counter

SESSION_VALID = timedelta(hours=12)
MAKING_S_MAX = 20
"""Longer than any act takes (10 s with its wait, twice over): what began earlier and is not made, is not being made."""


@dataclass(frozen=True, slots=True)
class Session:
    """A phone that was let in; what its person may do is asked anew at every act."""

    chat_id: int
    name: str
    language: str
    expires_at: datetime


class SessionRows(Protocol):
    """Where sessions are kept, as hashes."""

    async def open(self, token: str, launch: str, chat_id: int, made_at: datetime, expires_at: datetime) -> bool: ...

    async def holder(self, token: str, now: datetime) -> Session | None: ...

    async def close(self, token: str, at: datetime) -> bool: ...

    async def close_all(self, chat_id: int, at: datetime, *, but: str = "") -> int: ...

    async def has_role(self, chat_id: int) -> bool: ...

    async def role(self, register_id: str, chat_id: int) -> str | None: ...


class ActRows(Protocol):
    """Which acts phones began, and which they gave up."""

    async def begin(self, register_id: str, key: str, chat_id: int) -> bool: ...

    async def end(self, register_id: str, key: str) -> None: ...

    async def drop(self, register_id: str, key: str, chat_id: int, making_s_max: int) -> bool: ...

    async def is_making(self, register_id: str, key: str, making_s_max: int) -> bool: ...


class Journal(Protocol):
    """Finds the document of a key."""

    async def stored_key(self, register_id: str, key: str) -> StoredKey | None: ...

    async def view(self, register_id: str, number: int) -> DocumentView | None: ...


class Roles(Protocol):
    """Who asks for a role before an act."""

    async def require(self, actor: int, register_id: str, deed: Deed) -> str: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act: its document, or that it is still ``making``; neither means that nothing was made."""

    view: DocumentView | None
    making: bool = False


class PocketSessions:
    """Lets phones in and out. The token is made by the phone before it asks, so a lost answer is asked for again."""

    def __init__(self, rows: SessionRows, clock: Clock) -> None:
        self._rows = rows
        self._clock = clock

    async def open(self, chat_id: int, launch: str, token: str) -> Session:
        """A session for launch data that was verified. Raises ``LAUNCH_STRANGER`` for whoever is on no register and
        ``LAUNCH_USED`` where another phone was let in by the same data.
        """
        if not await self._rows.has_role(chat_id):
            raise Refused("LAUNCH_STRANGER")
        now = self._clock.now()
        if not await self._rows.open(token, launch, chat_id, now, now + SESSION_VALID):
            raise Refused("LAUNCH_USED")
        session = await self._rows.holder(token, now)
        if session is None:
            raise Refused("LAUNCH_STRANGER")
        return session

    async def holder(self, token: str) -> Session | None:
        """Whose phone this is; ``None`` once the session is over, closed, or its person is on no register any more."""
        return await self._rows.holder(token, self._clock.now())

    async def close(self, token: str) -> bool:
        """Let this phone out."""
        return await self._rows.close(token, self._clock.now())

    async def close_others(self, chat_id: int, token: str) -> int:
        """Let all phones of this person out but the one that asks; how many there were."""
        return await self._rows.close_all(chat_id, self._clock.now(), but=token)

    async def lock_out(self, actor: int, register_id: str, chat_id: int) -> int:
        """Let all phones of somebody out: one's own, or those of whom the actor may take from the register."""
        if actor != chat_id:
            role = await self._rows.role(register_id, chat_id)
            if role is None or not gives(await self._rows.role(register_id, actor), role):
                raise Refused("FORBIDDEN")
        return await self._rows.close_all(chat_id, self._clock.now())


class PocketCounter:
    """Acts of a person at a register as ``Counter`` makes them, whose keys a phone may ask about and give up."""

    def __init__(self, counter: Counter, rows: ActRows, journal: Journal, roles: Roles) -> None:
        self._counter = counter
        self._rows = rows
        self._journal = journal
        self._roles = roles

    async def make(
        self, actor: int, register_id: str, command: TicketInput | PlacementInput, *, key: str, cashier: Cashier
    ) -> Made:
        """As ``Counter.make``; raises ``ACT_DROPPED`` for a key that was given up."""
        async with self._begun(actor, register_id, key):
            return await self._counter.make(
                actor, register_id, command, key=key, cashier=cashier, journaled=_unwatched
            )

    async def close_shift(
        self, actor: int, register_id: str, *, withdraw_cash: bool, key: str, cashier: Cashier
    ) -> Made:
        """As ``Counter.close_shift``; raises ``ACT_DROPPED`` for a key that was given up."""
        async with self._begun(actor, register_id, key):
            return await self._counter.close_shift(
                actor, register_id, withdraw_cash=withdraw_cash, key=key, cashier=cashier, journaled=_unwatched
            )

    async def outcome(self, actor: int, register_id: str, key: str) -> Outcome:
        """What became of an act, with nothing made by asking."""
        await self._roles.require(actor, register_id, Deed.READ)
        # in this order: an act that ends between the two looks is seen by the second
        making = await self._rows.is_making(register_id, key, MAKING_S_MAX)
        view = await self._made(register_id, key)
        return Outcome(view, making and view is None)

    async def drop(self, actor: int, register_id: str, key: str) -> Outcome:
        """Give an act up: from now on its key makes nothing, however late its request comes. Answers the document if
        there is one already; raises ``REGISTER_BUSY`` while it may still be made.
        """
        await self._roles.require(actor, register_id, Deed.READ)
        dropped = await self._rows.drop(register_id, key, actor, MAKING_S_MAX)
        view = await self._made(register_id, key)
        if view is None and not dropped:
            raise RegisterBusy
        return Outcome(view)

    async def _made(self, register_id: str, key: str) -> DocumentView | None:
        stored = await self._journal.stored_key(register_id, key)
        return None if stored is None else await self._journal.view(register_id, stored.number)

    @contextlib.asynccontextmanager
    async def _begun(self, actor: int, register_id: str, key: str) -> AsyncIterator[None]:
        await self._roles.require(actor, register_id, Deed.SELL)
        if not await self._rows.begin(register_id, key, actor):
            # given up after all was done: the key is bound to its document and only tells of it
            if await self._journal.stored_key(register_id, key) is None:
                raise Refused("ACT_DROPPED")
            yield
            return
        try:
            yield
        finally:
            # a lost line costs a wait of MAKING_S_MAX before the act can be given up, nothing else
            with contextlib.suppress(UnknownOutcome):
                await self._rows.end(register_id, key)


@dataclass(frozen=True, slots=True)
class Pocket:
    """Both, as the web room takes them."""

    sessions: PocketSessions
    counter: PocketCounter


def _unwatched(_view: DocumentView) -> None:
    """Nobody is told of the moment when the document is in the journal: a phone waits for its outcome."""
