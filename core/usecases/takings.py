"""Counting the journal into read models of takings, a page of documents at a time, each document once.

The position and the sums move in one call, by compare-and-swap on the position: any number of workers may count the
same register, in any processes, and those that come second change nothing. A document that has no outcome yet is not
counted, nor is any after it. An outcome is drawn once and for ever: an autonomous document that the operator refuses
from the queue stops the lane and stays counted (DESIGN.md 3.3), so nothing that was counted is ever taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from core.domain.day_book import DayBook
from core.domain.document import Document
from core.domain.view import AUTONOMOUS_MARKS, Mark

PAGE_DOCUMENTS = 500


@dataclass(frozen=True, slots=True)
class Position:
    """How far a register was counted: the last document's number and the hour at which the counted days begin.

    ``wanted`` is the hour at which its settings say that they begin now.
    """

    number: int
    day_begins: int
    wanted: int

    @property
    def is_stale(self) -> bool:
        """Whether the days were cut at an hour that is not the register's any more."""
        return self.day_begins != self.wanted


@dataclass(frozen=True, slots=True)
class CountedPage:
    """Documents in order with their marks, not thawed yet: ``read`` does that, which is work for a thread."""

    read: Callable[[], list[tuple[Document, Mark]]]
    is_last: bool


class TakingsRows(Protocol):
    """Where the read models are kept."""

    async def behind(self) -> list[str]: ...

    async def position(self, register_id: str) -> Position: ...

    async def page_after(self, register_id: str, number: int, limit: int) -> CountedPage: ...

    async def take(self, register_id: str, after: int, last: int, book: DayBook) -> bool: ...

    async def clear(self, register_id: str, seen: Position, day_begins: int) -> bool: ...


class TakingsCount:
    """Counts registers; changes nothing but read models."""

    def __init__(self, rows: TakingsRows) -> None:
        self._rows = rows

    async def behind(self) -> list[str]:
        """Registers of which something may be counted."""
        return await self._rows.behind()

    async def catch_up(self, register_id: str, pages_max: int | None = None) -> bool:
        """Count what has an outcome and is not counted, at most so many pages; whether nothing of it is left.

        Days that were cut at another hour than the register's are counted again from the first document.
        """
        pages = 0
        while True:
            position = await self._rows.position(register_id)
            if position.is_stale:
                await self._rows.clear(register_id, position, position.wanted)
                continue
            if pages == pages_max:
                return False
            page = await self._rows.page_after(register_id, position.number, PAGE_DOCUMENTS)
            last, book, stopped = await asyncio.to_thread(counted, page, position)
            if last > position.number:
                await self._rows.take(register_id, position.number, last, book)
                pages += 1
            if stopped or page.is_last:
                return True

    async def rebuild(self, register_id: str) -> None:
        """Throw the sums away and count the whole journal again."""
        while True:
            seen = await self._rows.position(register_id)
            if seen.number == 0 or await self._rows.clear(register_id, seen, seen.wanted):
                break
        await self.catch_up(register_id)


def counted(page: CountedPage, position: Position) -> tuple[int, DayBook, bool]:
    """The last document that was counted or passed over, the sums, and whether one without an outcome stood there."""
    book, last = DayBook(position.day_begins), position.number
    for document, mark in page.read():
        if mark is Mark.SAVED:
            return last, book, True
        if mark is not Mark.REFUSED:
            book.add(document, autonomous=mark in AUTONOMOUS_MARKS)
        last = document.number
    return last, book, False
