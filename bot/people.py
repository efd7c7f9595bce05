"""Who is speaking: language, roles, the register they sell on. Checked anew with every update and every press."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.screens.cause import Deciding
from bot.screens.wording import fitting_language
from bot.taps import ANSWER_AGE_MAX
from core.clock import Clock
from core.db.chat import ChatStore
from core.db.chat_rows import ChatPerson, DraftRow
from core.db.people import Person
from core.domain.ticket import Cashier
from core.texts import LANGUAGE_DEFAULT

if TYPE_CHECKING:
    from core.bootstrap import Engine

SELLING_ROLES = ("owner", "manager", "cashier")
TOLD_ROLES = ("owner", "manager", "cashier")
OWNER_ROLES = ("owner",)
PAID_DAY = "paid_until"
DRAFT = "draft"
RESOLVING_ROLES = ("owner", "manager")
"""Who decides about a register that stands."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """The person of a chat. ``register_id`` is their current register, ``awaiting`` the cash act that wants a sum, or
    the register whose paid day is wanted.
    """

    chat_id: int
    language: str
    name: str = ""
    roles: dict[str, str] = field(default_factory=dict)
    register_id: str | None = None
    awaiting: str | None = None
    first_time: bool = False
    was_blocked: bool = False

    @property
    def is_stranger(self) -> bool:
        """Whether they have no role on any register."""
        return not self.roles

    @property
    def has_several(self) -> bool:
        """Whether they have more than one register, so that screens name which one is meant."""
        return len(self.roles) > 1

    def may_sell(self, register_id: str) -> bool:
        return self.roles.get(register_id) in SELLING_ROLES

    def may_resolve(self, register_id: str) -> bool:
        return self.roles.get(register_id) in RESOLVING_ROLES

    def may_read(self, register_id: str) -> bool:
        return register_id in self.roles

    @property
    def awaits_paid_day_of(self) -> str | None:
        """The register whose paid day they were asked for just now."""
        kind, _, register_id = (self.awaiting or "").partition(":")
        return register_id if kind == PAID_DAY and register_id in self.roles else None

    @property
    def awaits_draft(self) -> str | None:
        """The draft that wants a sum or words from them."""
        kind, _, draft_id = (self.awaiting or "").partition(":")
        return draft_id if kind == DRAFT else None

    @property
    def cashier(self) -> Cashier:
        """As whom they stand on a receipt."""
        return Cashier(name=self.name)


class People:
    """Finds speakers; keeps the language of strangers, which the engine does not know."""

    def __init__(self, engine: Engine, store: ChatStore, clock: Clock) -> None:
        self._engine = engine
        self._store = store
        self._clock = clock

    async def speaker(self, chat_id: int, telegram_language: str | None = None) -> Speaker:
        """The person of this chat as of now."""
        return (await self.speaking(chat_id, telegram_language))[0]

    async def speaking(self, chat_id: int, telegram_language: str | None = None) -> tuple[Speaker, DraftRow | None]:
        """The person of this chat and the draft that waits for their answer, if one was tapped just now."""
        found = await self._store.speaking(chat_id, self._clock.now() - ANSWER_AGE_MAX)
        return _speaker(chat_id, found.known, found.person, telegram_language), found.tapped

    async def deciding(self, speaker: Speaker, register_id: str) -> Deciding:
        """Whether this person decides about a register that stands, else who does."""
        if speaker.may_resolve(register_id):
            return Deciding(may=True)
        return Deciding(may=False, names=await self.deciders(register_id))

    async def deciders(self, register_id: str) -> tuple[str, ...]:
        """The names of those who decide about a register that stands."""
        found = await self._engine.people.people(register_id, RESOLVING_ROLES)
        return tuple(person.name for person in found if person.name.strip())

    async def greet(self, speaker: Speaker, telegram_language: str | None) -> Speaker:
        """At the first /start the language is that of their Telegram; a chosen one is kept for ever."""
        language = fitting_language(telegram_language)
        if speaker.first_time and language is not None:
            return await self.choose(speaker, language, chosen=False)
        return speaker

    async def choose(self, speaker: Speaker, language: str, *, chosen: bool = True) -> Speaker:
        """Set the language."""
        await self._store.set_language(speaker.chat_id, language, chosen=chosen)
        if not speaker.is_stranger:
            await self._engine.people.set_language(speaker.chat_id, language)
        return await self.speaker(speaker.chat_id)

    async def came_back(self, speaker: Speaker) -> None:
        """Somebody who had blocked the bot wrote again: they may be written to."""
        await self._store.set_blocked(speaker.chat_id, blocked=False)

    async def gone(self, chat_id: int) -> None:
        await self._store.set_blocked(chat_id, blocked=True)

    async def await_paid_day(self, speaker: Speaker, register_id: str) -> None:
        """The next date that they write is the one until which this register's operator is paid."""
        await self.await_sum(speaker, f"{PAID_DAY}:{register_id}")

    async def await_answer(self, speaker: Speaker, question: str) -> None:
        """The next thing that they write answers this question (``welcome``, or one with its register)."""
        await self.await_sum(speaker, question)

    async def await_for_draft(self, speaker: Speaker, draft_id: str) -> None:
        """The next thing that they write belongs to this draft."""
        await self.await_sum(speaker, f"{DRAFT}:{draft_id}")

    async def await_sum(self, speaker: Speaker, kind: str | None) -> None:
        """The next number that they write is the sum of this cash act."""
        if speaker.awaiting != kind:
            await self._store.set_awaiting(speaker.chat_id, speaker.language, kind)


def _speaker(
    chat_id: int, known: ChatPerson | None, person: Person | None, telegram_language: str | None
) -> Speaker:
    if person is None:
        language = known.language if known is not None else fitting_language(telegram_language) or LANGUAGE_DEFAULT
    elif known is not None and known.chosen:
        language = known.language
    else:
        language = person.language
    return Speaker(
        chat_id=chat_id,
        language=language,
        name=person.name if person is not None else "",
        roles=dict(person.roles) if person is not None else {},
        register_id=None if person is None else _current(person.current_register, person.roles),
        awaiting=known.awaiting if known is not None else None,
        first_time=known is None,
        was_blocked=known is not None and known.blocked,
    )


def _current(current: str | None, roles: dict[str, str]) -> str | None:
    """The chosen register, else the first that they may sell on, else the first at all."""
    if current is not None and current in roles:
        return current
    selling = sorted(register_id for register_id, role in roles.items() if role in SELLING_ROLES)
    return next(iter([*selling, *sorted(roles)]), None)
