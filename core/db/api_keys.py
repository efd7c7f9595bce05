"""API keys as rows: only their hashes are kept. Making and revoking write the record in the same statement."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime

from core.db.ids import uuid7
from core.db.key_holders import REVOKED_HINT, KeyHolders
from core.db.pool import Database
from core.errors import UnknownOutcome
from core.sealing import hashed
from core.usecases.api_keys import ApiKey

_RECORD = """
INSERT INTO audit_entry (register_id, entry_id, at, actor, kind, facts)
SELECT r.register_id, $1, $2, $3, $4, $5::jsonb FROM registration r JOIN {changed} USING (organisation_id)
RETURNING 1
"""
_MAKE = f"""
WITH made AS (
    INSERT INTO api_key (key_hash, organisation_id, scopes, created_at, key_id, hint, made_by)
    SELECT $6, $7::uuid, $8, $2, $9, $10, $3
    WHERE (SELECT count(*) FROM api_key WHERE organisation_id = $7::uuid AND revoked_at IS NULL) < $11
    RETURNING organisation_id
)
{_RECORD.format(changed="made")}
"""  # noqa: S608 - our own names
_REVOKE = f"""
WITH gone AS (
    UPDATE api_key SET revoked_at = $2 WHERE organisation_id = $6 AND key_id = $7 AND revoked_at IS NULL
    RETURNING organisation_id
)
{_RECORD.format(changed="gone")}
"""  # noqa: S608 - our own names
_OWNS_ALL = """
SELECT every(p.chat_id IS NOT NULL) FROM registration r
LEFT JOIN person_role p ON p.register_id = r.register_id AND p.chat_id = $2 AND p.role = 'owner'
WHERE r.organisation_id = $1
"""
_ALL = """
SELECT key_id, scopes, hint, created_at AS made_at, last_used_on FROM api_key
WHERE organisation_id = $1 AND revoked_at IS NULL ORDER BY created_at, key_id
"""


class ApiKeyRows:
    """The statements."""

    def __init__(self, database: Database, holders: KeyHolders) -> None:
        self._database = database
        self._holders = holders

    async def owns_all(self, organisation_id: str, chat_id: int) -> bool:
        """Whether somebody is an owner of every register of the organisation."""
        return bool(await self._database.value(_OWNS_ALL, organisation_id, chat_id))

    async def all(self, organisation_id: str) -> list[ApiKey]:
        """The keys that open something, oldest first."""
        rows = await self._database.rows(_ALL, organisation_id)
        return [ApiKey(**{**dict(row), "scopes": tuple(row["scopes"])}) for row in rows]

    async def add(
        self, organisation_id: str, key: ApiKey, secret: str, *, actor: int, at: datetime, most: int
    ) -> bool:
        """Keep a key and its line of the record; false when there are ``most`` already."""
        facts = json.dumps({"key": key.key_id, "scopes": list(key.scopes)})
        made = await self._database.value(
            _MAKE,
            uuid7(),
            at,
            actor,
            "key_made",
            facts,
            hashed(secret),
            organisation_id,
            list(key.scopes),
            key.key_id,
            key.hint,
            most,
        )
        return made is not None

    async def revoke(self, organisation_id: str, key_id: str, *, actor: int, at: datetime) -> bool:
        """Close a key from the next call on; false when it opened nothing any more."""
        facts = json.dumps({"key": key_id})
        gone = await self._database.value(_REVOKE, uuid7(), at, actor, "key_revoked", facts, organisation_id, key_id)
        if gone is None:
            return False
        self._holders.forget()
        # a lost hint costs other processes the second for which they remember
        with suppress(UnknownOutcome):
            await self._database.announce(REVOKED_HINT)
        return True
