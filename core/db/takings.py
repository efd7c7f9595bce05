"""Read models of takings in PostgreSQL: written by one function a page, all rows of one register."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

from core.db.journal import checked
from core.db.pool import Database
from core.domain.day_book import DayBook
from core.domain.view import Mark
from core.errors import Refused
from core.usecases.takings import CountedPage, Position

NO_REGISTER = "00000000-0000-0000-0000-000000000000"
CANDIDATES = 1000
_POSITION = """
SELECT coalesce(p.number, 0) AS number, coalesce(p.day_begins, g.day_begins) AS day_begins, g.day_begins AS wanted
FROM registration g LEFT JOIN takings_position p ON p.register_id = $1 WHERE g.register_id = $1
"""
_PAGE = """
SELECT d.frozen_bytes, d.digest, m.mark FROM document d
JOIN document_mark m ON m.register_id = $1 AND m.number = d.number
WHERE d.register_id = $1 AND d.number > $2 ORDER BY d.number LIMIT $3
"""
# one of the few statements that look across registers (SCALE.md 6.3-9): candidates only, read without locks
_BEHIND = """
SELECT r.register_id::text FROM register r JOIN registration g ON g.register_id = r.register_id
LEFT JOIN takings_position p ON p.register_id = r.register_id
WHERE r.register_id > $1
    AND (coalesce(p.number, 0) < coalesce(r.pending - 1, r.last_document) OR p.day_begins <> g.day_begins)
ORDER BY r.register_id LIMIT $2
"""


class Takings:
    """Positions and sums of every register."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def position(self, register_id: str) -> Position:
        """How far it is counted, and at which hour its days begin now; raises ``NOT_FOUND``."""
        row = await self._database.row(_POSITION, register_id)
        if row is None:
            raise Refused("NOT_FOUND")
        return Position(row["number"], row["day_begins"], row["wanted"])

    async def behind(self) -> list[str]:
        """Registers of which something may be counted."""
        found: list[str] = []
        while True:
            rows = await self._database.rows(_BEHIND, found[-1] if found else NO_REGISTER, CANDIDATES)
            found += [row["register_id"] for row in rows]
            if len(rows) < CANDIDATES:
                return found

    async def page_after(self, register_id: str, number: int, limit: int) -> CountedPage:
        """At most ``limit`` documents after a number, ascending."""
        rows = await self._database.rows(_PAGE, register_id, number, limit)
        return CountedPage(
            lambda: [(checked(row["frozen_bytes"], row["digest"]), Mark(row["mark"])) for row in rows],
            is_last=len(rows) < limit,
        )

    async def take(self, register_id: str, after: int, last: int, book: DayBook) -> bool:
        """Add a book of the documents after one number and up to another, and move the position, or change nothing:
        false when another has moved it or counts days that begin at another hour.
        """
        took: bool = await self._database.value(
            "SELECT take_takings_v1($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            register_id,
            after,
            last,
            book.day_begins,
            _rows([*key, *astuple(sums)] for key, sums in sorted(book.hours.items())),
            _rows([*key, *astuple(sums)] for key, sums in sorted(book.cashiers.items())),
            _rows([*key, *astuple(good)] for key, good in sorted(book.goods.items())),
            _rows([*key, *sums] for key, sums in sorted(book.vat.items())),
            _rows(astuple(shift) for shift in book.shifts),
        )
        return took

    async def clear(self, register_id: str, seen: Position, day_begins: int) -> bool:
        """Forget the sums; false when they are not as they were ``seen`` any more."""
        cleared: bool = await self._database.value(
            "SELECT clear_takings_v1($1, $2, $3, $4)", register_id, seen.number, seen.day_begins, day_begins
        )
        return cleared


def _rows(rows: Any) -> str:
    """Rows as the arrays that the function reads; days and moments as texts."""
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"), default=_text)


def _text(value: Any) -> str:
    moment: str = value.isoformat()
    return moment
