"""The receipts of a register as a vendor leafs through them: newest first, by shift, by day, by what they look for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.db.journal import PostgresJournal
from core.domain.names import same_thing
from core.domain.view import DocumentView

SEARCHED_MAX = 3_000
BATCH = 200
NUMBERS_END = 2**63 - 1

CONDITIONS = {
    "all": "true",
    "unsent": "m.mark IN ('saved', 'autonomous', 'stopped')",
    "returns": "d.kind IN ('sell_return', 'buy_return')",
    "sales": "d.kind = 'sell' AND m.mark NOT IN ('saved', 'refused')",
    "cash": "d.kind IN ('deposit', 'withdrawal')",
}
"""What each filter keeps."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which documents: those of a shift, or those made from a moment on; neither means all."""

    shift: int | None = None
    since: datetime | None = None


class Feed:
    """Reads pages of documents, newest first."""

    def __init__(self, journal: PostgresJournal) -> None:
        self._journal = journal

    async def page(self, register_id: str, span: Span, kept: str, below: int, limit: int) -> list[DocumentView]:
        """At most ``limit`` documents numbered below ``below``; ``kept`` names one of :data:`CONDITIONS`."""
        condition = (
            "AND d.number < $2 AND ($3::integer IS NULL OR d.shift = $3) "
            f"AND ($4::timestamptz IS NULL OR d.made_at >= $4) AND {CONDITIONS[kept]} "
            "ORDER BY d.number DESC LIMIT $5"
        )
        return await self._journal.views_where(register_id, condition, below, span.shift, span.since, limit)

    async def search(
        self, register_id: str, words: str, total: int | None, limit: int, kept: str = "all"
    ) -> list[DocumentView]:
        """The newest documents with this number, this total (tiyn) or a good whose name holds these words.

        The last ``SEARCHED_MAX`` documents are looked through; a number finds any.
        """
        found: list[DocumentView] = []
        number = int(words) if words.isascii() and words.isdigit() and len(words) <= 12 else None
        if number is not None:
            found += await self._journal.views_where(register_id, f"AND d.number = $2 AND {CONDITIONS[kept]}", number)
        needle, below, seen = same_thing(words).casefold(), NUMBERS_END, 0
        while len(found) < limit and seen < SEARCHED_MAX:
            batch = await self.page(register_id, Span(), kept, below, BATCH)
            if not batch:
                break
            found += [one for one in batch if one.document.number != number and _fits(one, needle, total)]
            below, seen = batch[-1].document.number, seen + len(batch)
        return found[:limit]


def _fits(view: DocumentView, needle: str, total: int | None) -> bool:
    document = view.document
    if total is not None and document.total == total:
        return True
    items = () if document.ticket is None else document.ticket.items
    return any(needle in same_thing(line.name).casefold() for line in items)
