"""Receipt links that their owner closed: the document stays, its page answers like one that never was."""

from __future__ import annotations

from core.db.pool import Database
from core.errors import Refused


class Links:
    """Closes links; reading a receipt by its link looks here in the same statement (``core/db/journal.py``)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def revoke(self, register_id: str, number: int) -> None:
        """Close the link of a document for good; closing it again changes nothing. Raises ``NOT_FOUND``."""
        known = await self._database.value(
            "SELECT 1 FROM document WHERE register_id = $1 AND number = $2", register_id, number
        )
        if known is None:
            raise Refused("NOT_FOUND")
        await self._database.value(
            "INSERT INTO revoked_link (register_id, number) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            register_id,
            number,
        )
