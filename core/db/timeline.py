"""What happened to a document, read from the journal: its entries, the tries to tell it, what was printed, what came
back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.db.pool import Database

_ENTRIES = """
SELECT kind, body FROM journal_entry
WHERE register_id = $1 AND number = $2 AND kind IN ('outcome', 'resolution') ORDER BY seq
"""
_ATTEMPTS = """
SELECT coalesce(sum(unanswered), 0)::integer AS unanswered FROM exchange
WHERE register_id = $1 AND number = $2
"""
_PRINTS = """
SELECT is_copy, state, reason FROM print_job WHERE register_id = $1 AND number = $2 ORDER BY created_at, job_id
"""
_RETURNS = """
SELECT d.number, d.total FROM document d JOIN document_mark m ON m.register_id = $1 AND m.number = d.number
WHERE d.register_id = $1 AND d.parent_number = $2 AND m.mark <> 'refused' ORDER BY d.number
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of the register's chain about this document: its kind and its facts as frozen."""

    kind: str
    at: datetime
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Printing:
    """A print job: ``state`` as in the queue of prints, ``reason`` why it cannot come out now."""

    copy: bool
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it. ``unanswered`` counts tries that left this machine and got no answer; ``returns`` are number and
    tiyn.
    """

    happenings: tuple[Happening, ...]
    unanswered: int
    prints: tuple[Printing, ...]
    returns: tuple[tuple[int, int], ...]


class Timelines:
    """Reads; makes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, register_id: str, number: int) -> Timeline:
        """The timeline of a document; an empty one of a document that is not there."""
        entries = await self._database.rows(_ENTRIES, register_id, number)
        attempts = await self._database.row(_ATTEMPTS, register_id, number)
        prints = await self._database.rows(_PRINTS, register_id, number)
        returns = await self._database.rows(_RETURNS, register_id, number)
        facts = [(row["kind"], json.loads(row["body"])) for row in entries]
        return Timeline(
            happenings=tuple(Happening(kind, datetime.fromisoformat(one["at"]), one) for kind, one in facts),
            unanswered=0 if attempts is None else attempts["unanswered"],
            prints=tuple(Printing(row["is_copy"], row["state"], row["reason"]) for row in prints),
            returns=tuple((row["number"], row["total"]) for row in returns),
        )
