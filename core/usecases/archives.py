"""The whole life of a register, read for its archive: every frozen byte, page by page, up to one moment.

The journal only grows, so one look at the ends of its chains is a snapshot: what is read later up to these ends cannot
have changed, and no transaction is held open meanwhile.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from core.clock import Clock
from core.domain.register import RegisterState
from core.domain.registration import Registration
from core.usecases.ports import Registrations

ROWS_AT_ONCE = 500

Chapter = Literal["documents", "entries", "answers"]
CHAPTERS: tuple[Chapter, ...] = ("documents", "entries", "answers")


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the chains of a register end: the state as of its last entry, and the lane's last answer."""

    state: RegisterState
    answer_seq: int
    answer_head: str


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """One link of one chain as stored. ``place`` is its number in the chapter, ``number`` the document it is about."""

    place: int
    kind: str
    number: int | None
    at: datetime | None
    body: bytes
    digest: bytes
    previous_digest: bytes


class FrozenRows(Protocol):
    """Reads that only archives need."""

    async def ends(self, register_id: str) -> Ends: ...

    async def frozen(
        self, register_id: str, chapter: Chapter, after: int, until: int, limit: int
    ) -> list[FrozenRow]: ...

    async def count(self, register_id: str, until: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Life:
    """A register as of ``made_at``; ``documents`` says how many there are: numbers may be missing after a restore."""

    registration: Registration
    ends: Ends
    documents: int
    made_at: datetime

    def last(self, chapter: Chapter) -> int:
        """The last place of a chapter."""
        state = self.ends.state
        return {"documents": state.last_document, "entries": state.version, "answers": self.ends.answer_seq}[chapter]

    @property
    def rows(self) -> int:
        """How many rows there are to write."""
        return self.documents + self.ends.state.version + self.ends.answer_seq


class Archives:
    """Reads; makes nothing."""

    def __init__(self, rows: FrozenRows, registrations: Registrations, clock: Clock) -> None:
        self._rows = rows
        self._registrations = registrations
        self._clock = clock

    async def life(self, register_id: str) -> Life:
        """The register as of now; raises ``NOT_FOUND``."""
        registration = await self._registrations.registration(register_id)
        ends = await self._rows.ends(registration.register_id)
        documents = await self._rows.count(registration.register_id, ends.state.last_document)
        return Life(registration, ends, documents, self._clock.now().replace(microsecond=0))

    async def pages(self, life: Life) -> AsyncIterator[tuple[Chapter, list[FrozenRow]]]:
        """Every row of every chapter, ascending, some at a time."""
        register_id = life.registration.register_id
        for chapter in CHAPTERS:
            after, until = 0, life.last(chapter)
            while rows := await self._rows.frozen(register_id, chapter, after, until, ROWS_AT_ONCE):
                yield chapter, rows
                after = rows[-1].place
