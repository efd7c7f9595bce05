"""Printer bridges: paired by a code that the owner types, bound to registers, revocable. Tokens are kept as hashes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from core.db.ids import uuid7
from core.db.journal import local
from core.db.pool import Database
from core.errors import Refused
from core.sealing import hashed

CODE_DIGITS = 10
CODE_LIFE_S = 600
OPEN_PAIRINGS_MAX = 500
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Pairing:
    """What a new bridge is told: the code to show to its owner and the secret that it asks with."""

    code: str
    secret: str
    life_s: int


@dataclass(frozen=True, slots=True)
class BridgeView:
    """A bridge as its owner sees it; ``register_ids`` are those that it prints for."""

    bridge_id: str
    title: str
    register_ids: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None


class Bridges:
    """Pairs, lists and revokes bridges."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, title: str) -> Pairing:
        """A new bridge asks to be paired; raises ``PAIRING_BUSY`` while too many others wait for their owners."""
        await self._database.value("DELETE FROM bridge_pairing WHERE expires_at <= now()")
        waiting = await self._database.value("SELECT count(*) FROM bridge_pairing WHERE bridge_id IS NULL")
        if waiting >= OPEN_PAIRINGS_MAX:
            raise Refused("PAIRING_BUSY")
        code, secret = str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS), secrets.token_urlsafe(SECRET_BYTES)
        await self._database.value(
            "INSERT INTO bridge_pairing (pairing_id, code_hash, secret_hash, title, expires_at) "
            "VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))",
            uuid7(),
            hashed(code),
            hashed(secret),
            title,
            float(CODE_LIFE_S),
        )
        return Pairing(code, secret, CODE_LIFE_S)

    async def approve(self, organisation_id: str, code: str, register_ids: tuple[str, ...] = ()) -> BridgeView:
        """The owner typed the code: the bridge prints for these registers, or for all of the organisation.

        Raises ``PAIRING_UNKNOWN`` for a code that is wrong, too old or already used.
        """
        bridge_id = uuid7()
        # Nobody knows a token with this hash; the bridge gets its own when it asks.
        nothing = hashed(secrets.token_urlsafe(SECRET_BYTES))
        made = await self._database.value(
            _APPROVE, hashed(code), bridge_id, organisation_id, nothing, list(dict.fromkeys(register_ids))
        )
        if made is None:
            raise Refused("PAIRING_UNKNOWN")
        return await self.view(organisation_id, bridge_id)

    async def claim(self, secret: str) -> str | None:
        """The bridge's device token, once its owner typed the code; ``None`` until then.

        Asked again, as after a lost answer, the bridge gets another token in place of the first. Raises
        ``PAIRING_UNKNOWN`` when the time is over or the owner revoked the bridge meanwhile.
        """
        row = await self._database.row(
            "SELECT bridge_id FROM bridge_pairing WHERE secret_hash = $1 AND expires_at > now()", hashed(secret)
        )
        if row is None:
            raise Refused("PAIRING_UNKNOWN")
        if row["bridge_id"] is None:
            return None
        token = f"bridge_{secrets.token_urlsafe(SECRET_BYTES)}"
        known = await self._database.value(
            "UPDATE bridge SET token_hash = $2 WHERE bridge_id = $1 AND revoked_at IS NULL RETURNING 1",
            row["bridge_id"],
            hashed(token),
        )
        if known is None:
            raise Refused("PAIRING_UNKNOWN")
        return token

    async def listed(self, organisation_id: str) -> list[BridgeView]:
        """The organisation's bridges, oldest first, revoked ones among them."""
        rows = await self._database.rows(_VIEW + "ORDER BY b.bridge_id", organisation_id, None)
        return [_view(row) for row in rows]

    async def view(self, organisation_id: str, bridge_id: str) -> BridgeView:
        """One bridge; raises ``NOT_FOUND``."""
        row = await self._database.row(_VIEW, organisation_id, bridge_id)
        if row is None:
            raise Refused("NOT_FOUND")
        return _view(row)

    async def revoke(self, organisation_id: str, bridge_id: str) -> None:
        """From now on its token opens nothing; what it has on its disk it still prints. Raises ``NOT_FOUND``."""
        known = await self._database.value(
            "UPDATE bridge SET revoked_at = coalesce(revoked_at, now()) "
            "WHERE organisation_id = $1 AND bridge_id = $2 RETURNING 1",
            organisation_id,
            bridge_id,
        )
        if known is None:
            raise Refused("NOT_FOUND")


# One statement: of two people who type the same code one lets the bridge in.
_APPROVE = """
WITH taken AS (
    UPDATE bridge_pairing SET bridge_id = $2 WHERE code_hash = $1 AND bridge_id IS NULL AND expires_at > now()
    RETURNING title
), made AS (
    INSERT INTO bridge (bridge_id, organisation_id, title, token_hash) SELECT $2, $3, title, $4 FROM taken
    RETURNING bridge_id
), bound AS (
    INSERT INTO bridge_register (bridge_id, register_id) SELECT bridge_id, unnest($5::uuid[]) FROM made
)
SELECT bridge_id FROM made
"""
_VIEW = """
SELECT b.bridge_id::text AS bridge_id, b.title, b.created_at, b.revoked_at,
    ARRAY(SELECT r.register_id::text FROM registration r WHERE r.organisation_id = b.organisation_id
        AND (NOT EXISTS (SELECT 1 FROM bridge_register o WHERE o.bridge_id = b.bridge_id)
            OR EXISTS (SELECT 1 FROM bridge_register o WHERE o.bridge_id = b.bridge_id
                AND o.register_id = r.register_id))
        ORDER BY r.register_id) AS register_ids
FROM bridge b WHERE b.organisation_id = $1 AND ($2::uuid IS NULL OR b.bridge_id = $2)
"""


def _view(row: asyncpg.Record) -> BridgeView:
    created_at = local(row["created_at"])
    assert created_at is not None
    return BridgeView(
        row["bridge_id"],
        row["title"],
        tuple(row["register_ids"]),
        created_at,
        local(row["revoked_at"]),
    )
