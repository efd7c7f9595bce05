"""Drafts that change by taps before they are made: carts, and the forms of the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.db.chat_rows import DraftRow, draft_row, to_jsonb
from core.db.pool import Database

_DRAFT = "draft_id, chat_id, register_id, kind, body, state, choice, number, version, made_at"


class TapDrafts:
    """Changes open drafts by compare-and-swap: a tap is never lost to another that came at the same time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def edit(self, row: DraftRow, body: dict[str, Any], now: datetime) -> DraftRow | None:
        """The draft with this body, as young as the tap; ``None`` when it is no longer as it was read."""
        changed = await self._database.row(
            f"""
            UPDATE chat_draft SET body = $3::jsonb, made_at = $4, version = version + 1
            WHERE draft_id = $1 AND version = $2 AND state = 'open'
            RETURNING {_DRAFT}
            """,  # noqa: S608 - our own names
            row.draft_id,
            row.version,
            to_jsonb(body),
            now,
        )
        return None if changed is None else draft_row(changed)

    async def newest_cart(self, chat_id: int, since: datetime) -> DraftRow | None:
        """The open cart that was touched last."""
        found = await self._database.row(
            f"""
            SELECT {_DRAFT} FROM chat_draft
            WHERE chat_id = $1 AND state = 'open' AND kind = 'cart' AND made_at > $2
            ORDER BY made_at DESC LIMIT 1
            """,  # noqa: S608 - our own names
            chat_id,
            since,
        )
        return None if found is None else draft_row(found)
