"""A period of a register's journal, read in pages for its accountant (CONTRACT.md 1, ``export``).

Days are calendar days at +05:00. A shift may be cut by the period's border, so the documents of the first and of the
last shift that lie outside are read too: they are counted beside the period and make its figures tie out with the Z.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from core.clock import ALMATY, Clock
from core.domain.decide import x_report
from core.domain.document import Document
from core.domain.registration import Registration
from core.domain.report import Report
from core.domain.view import DocumentView
from core.errors import Refused
from core.usecases.acts import Acts
from core.usecases.ports import Registrations

DAYS_MAX = 366
PAGE_DOCUMENTS = 500


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days at +05:00, both included."""

    first: date
    last: date

    def checked(self) -> Period:
        """The same; raises ``PERIOD_BACKWARDS`` or ``PERIOD_TOO_LONG``."""
        if self.last < self.first:
            raise Refused("PERIOD_BACKWARDS", first=self.first.isoformat(), last=self.last.isoformat())
        if self.last - self.first >= timedelta(days=DAYS_MAX):
            raise Refused("PERIOD_TOO_LONG", days=DAYS_MAX)
        return self


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands: enough to find a period without reading it."""

    number: int
    shift: int
    made_at: datetime

    @property
    def day(self) -> date:
        """The calendar day of the law's zone."""
        return self.made_at.astimezone(ALMATY).date()


@dataclass(frozen=True, slots=True)
class Page:
    """Some documents, ascending, up to the number ``last``. ``read`` thaws and checks them: work for a thread."""

    last: int
    count: int
    read: Callable[[], list[DocumentView]]


class Archive(Protocol):
    """Reads that only exports need."""

    async def place(self, register_id: str, number: int) -> Place | None: ...

    async def opening(self, register_id: str, shift: int) -> int: ...

    async def closes(self, register_id: str, after: int, limit: int) -> list[Document]: ...

    async def page(self, register_id: str, after: int, until: int, limit: int) -> Page | None: ...


@dataclass(frozen=True, slots=True)
class Extract:
    """A period of one register as of its document ``as_of``; what is made later is not in it.

    Documents ``first`` to ``last`` are the period's; those from ``begin`` and up to ``end`` belong to its cut shifts.
    ``x`` is the X-report of the shift that was open then.
    """

    registration: Registration
    period: Period
    begin: int
    first: int
    last: int
    end: int
    as_of: int
    made_at: datetime
    x: Report | None
    x_autonomous: bool


class Exports:
    """Reads; makes nothing."""

    def __init__(self, archive: Archive, registrations: Registrations, acts: Acts, clock: Clock) -> None:
        self._archive = archive
        self._registrations = registrations
        self._acts = acts
        self._clock = clock

    async def extract(self, register_id: str, period: Period) -> Extract:
        """The period as of now; ``PERIOD_EMPTY`` when it has no documents."""
        period = period.checked()
        registration = await self._registrations.registration(register_id)
        loaded = await self._acts.settled_state(register_id)
        state, until = loaded.state, loaded.state.last_document
        first = await self._first_where(register_id, until, lambda day: day >= period.first)
        beyond = await self._first_where(register_id, until, lambda day: day > period.last)
        opened = await self._archive.place(register_id, first)
        ended = await self._archive.place(register_id, beyond - 1)
        if first >= beyond or opened is None or ended is None:
            raise Refused("PERIOD_EMPTY", first=period.first.isoformat(), last=period.last.isoformat())
        x = None
        if state.shift is not None:
            x = x_report(state, await self._acts.context(registration, loaded))
        return Extract(
            registration=registration,
            period=period,
            begin=min(await self._archive.opening(register_id, opened.shift), first),
            first=first,
            last=ended.number,
            end=await self._end(register_id, ended, until),
            as_of=until,
            made_at=self._clock.now().replace(microsecond=0),
            x=x,
            x_autonomous=state.mode == "autonomous",
        )

    async def pages(self, extract: Extract) -> AsyncIterator[Page]:
        """Every document of the extract, ascending, a page at a time."""
        register_id, after = extract.registration.register_id, extract.begin - 1
        while (page := await self._archive.page(register_id, after, extract.end, PAGE_DOCUMENTS)) is not None:
            yield page
            after = page.last

    async def _end(self, register_id: str, ended: Place, until: int) -> int:
        """The close of the last document's shift, or the last document that there was."""
        closes = await self._archive.closes(register_id, ended.shift - 1, 1)
        if closes and closes[0].shift == ended.shift and closes[0].number <= until:
            return max(closes[0].number, ended.number)
        return until

    async def _first_where(self, register_id: str, until: int, reached: Callable[[date], bool]) -> int:
        """The lowest number from which on the day is ``reached``; ``until + 1`` if none is. Time never goes back (G6),
        so halving finds it; numbers may be missing after a restore.
        """
        low, high = 1, until + 1
        while low < high:
            middle = (low + high) // 2
            found = await self._archive.place(register_id, middle)
            if found is None or found.number > until or reached(found.day):
                high = middle
            else:
                low = found.number + 1
        return low
