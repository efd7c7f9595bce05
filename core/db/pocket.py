"""Sessions of the pocket register and the acts that phones began: each method is one statement."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.db.pool import Database
from core.sealing import hashed
from core.usecases.pocket import Session
from core.usecases.ports import KeyTaken

KEPT = timedelta(days=30)

_OPEN = """
INSERT INTO pocket_session AS known (token_hash, launch_hash, chat_id, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (launch_hash) DO UPDATE SET launch_hash = excluded.launch_hash
WHERE known.token_hash = excluded.token_hash AND known.closed_at IS NULL
RETURNING 1
"""
_HOLDER = """
SELECT p.chat_id, p.name, p.language, s.expires_at FROM pocket_session s JOIN person p ON p.chat_id = s.chat_id
WHERE s.token_hash = $1 AND s.closed_at IS NULL AND s.expires_at > $2
    AND EXISTS (SELECT 1 FROM person_role r WHERE r.chat_id = s.chat_id)
"""
_BEGIN = """
INSERT INTO pocket_act AS known (register_id, key, chat_id, making, dropped, at) VALUES ($1, $2, $3, 1, false, now())
ON CONFLICT (register_id, key) DO UPDATE SET making = known.making + 1, at = now() WHERE NOT known.dropped
RETURNING 1
"""
_DROP = """
INSERT INTO pocket_act AS known (register_id, key, chat_id, making, dropped, at) VALUES ($1, $2, $3, 0, true, now())
ON CONFLICT (register_id, key) DO UPDATE
SET dropped = known.dropped OR known.making <= 0 OR known.at < now() - $4::integer * interval '1 second'
RETURNING dropped
"""
_IS_MAKING = """
SELECT making > 0 AND at >= now() - $3::integer * interval '1 second' FROM pocket_act
WHERE register_id = $1 AND key = $2
"""


class PocketSessionRows:
    """Of a token and of launch data only their hashes are kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, token: str, launch: str, chat_id: int, made_at: datetime, expires_at: datetime) -> bool:
        """Keep a session; the same token and launch data again change nothing. False when another has the data."""
        row = (hashed(token), hashed(launch), chat_id, made_at, expires_at)
        try:
            opened = await self._database.value(_OPEN, *row)
        except KeyTaken:
            # the token has a row: another's, or this very one, which the same phone asked for at the same moment
            try:
                opened = await self._database.value(_OPEN, *row)
            except KeyTaken:
                return False
        # old acts are not asked about any more; their documents stay under their keys for ever
        await self._database.value("DELETE FROM pocket_session WHERE expires_at < $1", made_at - KEPT)
        await self._database.value("DELETE FROM pocket_act WHERE at < now() - $1::interval", KEPT)
        return opened is not None

    async def holder(self, token: str, now: datetime) -> Session | None:
        row = await self._database.row(_HOLDER, hashed(token), now)
        return None if row is None else Session(**dict(row))

    async def close(self, token: str, at: datetime) -> bool:
        """Whether it was open."""
        closed = await self._database.value(
            "UPDATE pocket_session SET closed_at = $2 WHERE token_hash = $1 AND closed_at IS NULL RETURNING 1",
            hashed(token),
            at,
        )
        return closed is not None

    async def close_all(self, chat_id: int, at: datetime, *, but: str = "") -> int:
        """How many of them were still good."""
        rows = await self._database.rows(
            "UPDATE pocket_session SET closed_at = $2 WHERE chat_id = $1 AND closed_at IS NULL AND token_hash <> $3 "
            "RETURNING expires_at > $2 AS good",
            chat_id,
            at,
            hashed(but),
        )
        return sum(row["good"] for row in rows)

    async def has_role(self, chat_id: int) -> bool:
        """Whether somebody is on any register at all."""
        return bool(
            await self._database.value("SELECT EXISTS (SELECT 1 FROM person_role WHERE chat_id = $1)", chat_id)
        )

    async def role(self, register_id: str, chat_id: int) -> str | None:
        found: str | None = await self._database.value(
            "SELECT role FROM person_role WHERE register_id = $1 AND chat_id = $2", register_id, chat_id
        )
        return found


class PocketActRows:
    """How many requests are making an act now, by database time, and whether it was given up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, register_id: str, key: str, chat_id: int) -> bool:
        """False for an act that was given up."""
        return await self._database.value(_BEGIN, register_id, key, chat_id) is not None

    async def end(self, register_id: str, key: str) -> None:
        await self._database.value(
            "UPDATE pocket_act SET making = making - 1 WHERE register_id = $1 AND key = $2", register_id, key
        )

    async def drop(self, register_id: str, key: str, chat_id: int, making_s_max: int) -> bool:
        """Whether it is given up now; false while a request may still make it."""
        return bool(await self._database.value(_DROP, register_id, key, chat_id, making_s_max))

    async def is_making(self, register_id: str, key: str, making_s_max: int) -> bool:
        return bool(await self._database.value(_IS_MAKING, register_id, key, making_s_max))
