"""Webhooks and their deliveries. A delivery without ``next_try_at`` is over: taken, or given up."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.db.ids import uuid7
from core.db.pool import Database
from core.errors import Refused
from core.sealing import Sealer

WEBHOOKS_MAX = 20
SECRET_BYTES = 32
# the insert and the mark are one statement: no event is lost or made twice by a crash between them
_HEAR = """
WITH taken AS (
    SELECT register_id, news_id, topic, facts, at FROM news WHERE heard_at IS NULL ORDER BY at, news_id LIMIT $2
), made AS (
    INSERT INTO webhook_delivery (webhook_id, register_id, event_id, event, facts, at, next_try_at)
    SELECT w.webhook_id, t.register_id, t.news_id, t.topic, t.facts, t.at, $1
    FROM taken t JOIN registration r USING (register_id)
    JOIN webhook w ON w.organisation_id = r.organisation_id AND w.removed_at IS NULL AND t.topic = ANY(w.events)
    ON CONFLICT (webhook_id, register_id, event_id) DO NOTHING
), marked AS (
    UPDATE news n SET heard_at = now() FROM taken t
    WHERE n.register_id = t.register_id AND n.news_id = t.news_id RETURNING 1
)
SELECT count(*) FROM marked
"""
# of one moment: the making first, then the document's outcome, then what followed from it
_ORDER = "at, event <> 'document.made', event NOT LIKE 'document.%', event_id"
_HEADS = f"""
SELECT DISTINCT ON (d.webhook_id, d.register_id) d.webhook_id, d.register_id, d.next_try_at
FROM webhook_delivery d JOIN webhook w USING (webhook_id)
WHERE d.next_try_at IS NOT NULL AND w.removed_at IS NULL AND d.webhook_id <> ALL($2::uuid[])
ORDER BY d.webhook_id, d.register_id, {_ORDER}
"""  # noqa: S608 - our own names
_DUE = f"""
SELECT webhook_id::text, register_id::text FROM (
    SELECT h.*, row_number() OVER (PARTITION BY webhook_id ORDER BY next_try_at) AS place
    FROM ({_HEADS}) h WHERE h.next_try_at <= $1
) p WHERE place <= $3 ORDER BY next_try_at LIMIT 256
"""  # noqa: S608 - our own names
_CLAIM = f"""
UPDATE webhook_delivery d SET attempts = d.attempts + 1, next_try_at = $4 FROM webhook w
WHERE d.webhook_id = $1 AND d.register_id = $2 AND d.next_try_at <= $3
    AND w.webhook_id = d.webhook_id AND w.removed_at IS NULL
    AND d.event_id = (SELECT event_id FROM webhook_delivery WHERE webhook_id = $1 AND register_id = $2
        AND next_try_at IS NOT NULL ORDER BY {_ORDER} LIMIT 1)
RETURNING d.event_id::text, d.event, d.facts, d.at, d.attempts, w.url, w.secret
"""  # noqa: S608 - our own names
_TOLD = """
UPDATE webhook_delivery SET status = $5, error = $6, next_try_at = $7, delivered_at = $8
WHERE webhook_id = $1 AND register_id = $2 AND event_id = $3 AND attempts = $4 AND next_try_at IS NOT NULL
"""
_REMOVE = """
WITH gone AS (
    UPDATE webhook SET removed_at = $3 WHERE webhook_id = $2 AND organisation_id = $1 AND removed_at IS NULL
    RETURNING webhook_id
), waiting AS (
    UPDATE webhook_delivery d SET next_try_at = NULL FROM gone
    WHERE d.webhook_id = gone.webhook_id AND d.next_try_at IS NOT NULL
)
SELECT 1 FROM gone
"""
_LIST = """
SELECT webhook_id::text, url, events, made_at FROM webhook
WHERE organisation_id = $1 AND removed_at IS NULL ORDER BY webhook_id
"""
_FORGET = "DELETE FROM webhook_delivery WHERE next_try_at IS NULL AND at < $1"
_LOG = """
SELECT event_id::text, register_id::text, event, at, attempts, next_try_at, delivered_at, status, error
FROM webhook_delivery WHERE webhook_id = $1 ORDER BY at DESC, event_id DESC LIMIT $2
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one receiver; ``attempts`` counts this one."""

    webhook_id: str
    register_id: str
    event_id: str
    event: str
    facts: dict[str, Any]
    at: datetime
    attempts: int
    url: str
    secret: str


class Webhooks:
    """Who is told of what, and what became of it."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def make(
        self, organisation_id: str, url: str, events: tuple[str, ...], now: datetime
    ) -> tuple[str, str]:
        """A new webhook's id and its secret, seen this once. Raises ``TOO_MANY_WEBHOOKS``."""
        webhook_id, secret = uuid7(), secrets.token_urlsafe(SECRET_BYTES)
        made = await self._database.value(
            "INSERT INTO webhook (webhook_id, organisation_id, url, events, secret, made_at) "
            "SELECT $1::uuid, $2::uuid, $3::text, $4::text[], $5::bytea, $6::timestamptz WHERE $7 > "
            "(SELECT count(*) FROM webhook WHERE organisation_id = $2 AND removed_at IS NULL) RETURNING 1",
            webhook_id,
            organisation_id,
            url,
            list(events),
            self._sealer.seal_text(webhook_id, secret),
            now,
            WEBHOOKS_MAX,
        )
        if made is None:
            raise Refused("TOO_MANY_WEBHOOKS", limit=WEBHOOKS_MAX)
        return webhook_id, secret

    async def remove(self, organisation_id: str, webhook_id: str, now: datetime) -> None:
        """Tell it nothing any more; raises ``NOT_FOUND`` for another's or one removed before."""
        if await self._database.value(_REMOVE, organisation_id, webhook_id, now) is None:
            raise Refused("NOT_FOUND")

    async def all(self, organisation_id: str) -> list[dict[str, Any]]:
        """Those that are told something, oldest first, without their secrets."""
        return [dict(row) for row in await self._database.rows(_LIST, organisation_id)]

    async def forget(self, before: datetime) -> None:
        """Drop what is over of the log, from before that moment."""
        await self._database.value(_FORGET, before)

    async def log(self, organisation_id: str, webhook_id: str, limit: int) -> list[dict[str, Any]]:
        """The newest deliveries, also of a removed webhook; raises ``NOT_FOUND`` for another's."""
        known = "SELECT 1 FROM webhook WHERE webhook_id = $2 AND organisation_id = $1"
        if await self._database.value(known, organisation_id, webhook_id) is None:
            raise Refused("NOT_FOUND")
        return [dict(row) for row in await self._database.rows(_LOG, webhook_id, limit)]

    async def hear(self, now: datetime, limit: int) -> int:
        """Make deliveries of the oldest unheard news, due at once; how many news were heard."""
        heard: int = await self._database.value(_HEAR, now, limit)
        return heard

    async def due(self, now: datetime, busy: list[str], of_each: int) -> list[tuple[str, str]]:
        """Webhooks and registers whose oldest delivery is due: few of each receiver, so that none crowds others out."""
        rows = await self._database.rows(_DUE, now, busy, of_each)
        return [(row["webhook_id"], row["register_id"]) for row in rows]

    async def claim(
        self, webhook_id: str, register_id: str, now: datetime, until: datetime
    ) -> Delivery | None:
        """Take the oldest delivery, if it is due; should its taker vanish, it is due again at ``until``."""
        row = await self._database.row(_CLAIM, webhook_id, register_id, now, until)
        if row is None:
            return None
        return Delivery(
            webhook_id,
            register_id,
            row["event_id"],
            row["event"],
            json.loads(row["facts"]),
            row["at"],
            row["attempts"],
            row["url"],
            self._sealer.open_text(webhook_id, row["secret"]),
        )

    async def told(
        self, one: Delivery, status: int | None, error: str | None, again: datetime | None, now: datetime
    ) -> None:
        """What became of an attempt; one that another has overtaken changes nothing."""
        taken = status is not None and 200 <= status < 300
        await self._database.value(
            _TOLD,
            one.webhook_id,
            one.register_id,
            one.event_id,
            one.attempts,
            status,
            error,
            again,
            now if taken else None,
        )
