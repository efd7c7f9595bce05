"""The frozen rows of one register for its archive; each statement names the register and goes by its primary key."""

from __future__ import annotations

import json

from core.db.pool import Database
from core.domain.register import state_from_plain
from core.errors import Refused
from core.usecases.archives import Chapter, Ends, FrozenRow

_STATEMENTS: dict[Chapter, str] = {
    "documents": "SELECT number AS place, kind, number, made_at AS at, frozen_bytes AS body, digest, previous_digest "
    "FROM document WHERE register_id = $1 AND number > $2 AND number <= $3 ORDER BY number LIMIT $4",
    "entries": "SELECT seq AS place, kind, number, NULL::timestamptz AS at, body, digest, previous_digest "
    "FROM journal_entry WHERE register_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
    "answers": "SELECT seq AS place, command AS kind, number, at, body, digest, previous_digest "
    "FROM answer WHERE register_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
}


class ArchiveRows:
    """Reads what :class:`core.usecases.archives.FrozenRows` asks for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ends(self, register_id: str) -> Ends:
        """Both rows in one statement, which sees one moment."""
        row = await self._database.row(
            "SELECT r.state, l.answer_seq, l.answer_head FROM register r JOIN lane l ON l.register_id = $1 "
            "WHERE r.register_id = $1",
            register_id,
        )
        if row is None:
            raise Refused("NOT_FOUND")
        return Ends(state_from_plain(json.loads(row["state"])), row["answer_seq"], row["answer_head"].hex())

    async def frozen(self, register_id: str, chapter: Chapter, after: int, until: int, limit: int) -> list[FrozenRow]:
        """At most ``limit`` rows of a chapter after a place and up to another, ascending, as they are stored."""
        rows = await self._database.rows(_STATEMENTS[chapter], register_id, after, until, limit)
        return [FrozenRow(**dict(row)) for row in rows]

    async def count(self, register_id: str, until: int) -> int:
        """How many documents there are up to a number."""
        found: int = await self._database.value(
            "SELECT count(*) FROM document WHERE register_id = $1 AND number <= $2", register_id, until
        )
        return found
