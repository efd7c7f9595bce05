"""A draft and the message that offers it, written together: what every sale in words begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.db.chat_rows import MessageRow, to_jsonb
from core.db.pool import Database

_OFFER = """
WITH draft AS (
    INSERT INTO chat_draft (draft_id, chat_id, register_id, origin, kind, body, made_at)
    VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)
    ON CONFLICT (chat_id, origin) DO NOTHING
    RETURNING draft_id
)
INSERT INTO chat_message (chat_id, message_key, body, priority, stage)
SELECT $2, $8, $9::jsonb, $10, 0 FROM draft
RETURNING revision, shown
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is to be written: a draft, and its message under a key that nobody used before."""

    draft_id: str
    chat_id: int
    register_id: str
    origin: str
    kind: str
    body: dict[str, Any]
    made_at: datetime
    key: str
    message: dict[str, Any]
    priority: int


async def write_offer(database: Database, offer: Offer) -> MessageRow | None:
    """The message, which is to be sent; ``None`` when the same origin made its offer before."""
    row = await database.row(
        _OFFER,
        offer.draft_id,
        offer.chat_id,
        UUID(offer.register_id),
        offer.origin,
        offer.kind,
        to_jsonb(offer.body),
        offer.made_at,
        offer.key,
        to_jsonb(offer.message),
        offer.priority,
    )
    if row is None:
        return None
    revision, shown = row["revision"], row["shown"]
    return MessageRow(offer.chat_id, offer.key, offer.message, revision, shown, offer.priority, None, None, None)
