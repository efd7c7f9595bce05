"""Who speaks in a chat, all of it in one statement: it is read with every update."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from core.db.chat_rows import ChatPerson, DraftRow, draft_row
from core.db.people import Person, person_of
from core.db.pool import Database

_SPEAKING = """
SELECT c.language AS chat_language, c.chosen, c.awaiting, c.blocked_at,
    p.name, p.language, p.current_register::text,
    (SELECT json_object_agg(r.register_id, r.role ORDER BY r.register_id) FROM person_role r WHERE r.chat_id = $1)
        AS roles,
    d.draft_id, $1::bigint AS chat_id, d.register_id, d.kind, d.body, d.state, d.choice, d.number, d.version, d.made_at
FROM (SELECT 1) AS always
LEFT JOIN chat_person c ON c.chat_id = $1
LEFT JOIN person p ON p.chat_id = $1
LEFT JOIN LATERAL (
    SELECT * FROM chat_draft
    WHERE chat_id = $1 AND state = 'open' AND kind IN ('cart', 'goods') AND made_at > $2
    ORDER BY made_at DESC LIMIT 1
) d ON true
"""


@dataclass(frozen=True, slots=True)
class Speaking:
    """What is known of a chat's person: as a partner in a chat, as somebody with roles, and the draft that they changed
    by taps last, if that was after the moment asked for.
    """

    known: ChatPerson | None
    person: Person | None
    tapped: DraftRow | None


async def speaking(database: Database, chat_id: int, since: datetime) -> Speaking:
    """The person of this chat, as of now."""
    row = await database.row(_SPEAKING, chat_id, since)
    assert row is not None
    known = None
    if row["chat_language"] is not None:
        known = ChatPerson(
            chat_id, row["chat_language"], row["chosen"], row["awaiting"], row["blocked_at"] is not None
        )
    person = None
    if row["name"] is not None:
        roles: dict[str, str] = json.loads(row["roles"] or "{}")
        person = person_of(chat_id, row["name"], row["language"], roles, row["current_register"])
    return Speaking(known, person, None if row["draft_id"] is None else draft_row(row))
