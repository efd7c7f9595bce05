"""Print jobs and news: rows written with what they tell of, taken by whoever serves them, woken by hints."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import asyncpg

from core.db.ids import uuid7
from core.db.journal import local
from core.db.pool import HINT_CHANNEL, Database
from core.errors import Refused, UnknownOutcome

RECONNECT_S = 1
EVERYTHING = "everything"
NEWS_NAMES = UUID("6f1d3c1e-2f0b-5c57-9a55-3f5c0f6f2a11")


class Hints:
    """Listens for hints of other processes; a missed one costs only the poll's second."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._woken = asyncio.Event()
        self._topics: list[Any] = []
        self._task: asyncio.Task[None] | None = None
        self.listening = asyncio.Event()
        """Set once hints are heard; whatever was missed before that has been told as ``EVERYTHING``."""

    def start(self) -> None:
        """Begin to listen in the background."""
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def wake(self) -> None:
        """Wake all that wait in this process."""
        self._woken.set()
        self._woken = asyncio.Event()

    def on_topic(self, act: Any) -> None:
        """Call ``act(topic)`` for each hint."""
        self._topics.append(act)

    async def wait(self, seconds: float) -> None:
        """Return at the next hint or after ``seconds``."""
        woken = self._woken
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await woken.wait()

    async def _listen(self) -> None:
        while True:
            with contextlib.suppress(UnknownOutcome, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._listen_once()
            await asyncio.sleep(RECONNECT_S)

    async def _listen_once(self) -> None:
        """Listen until the connection ends. What was missed before it began may have changed anything."""
        connection = await self._database.connection()
        try:
            closed = asyncio.Event()
            connection.add_termination_listener(lambda _: closed.set())
            await connection.add_listener(HINT_CHANNEL, self._heard)
            self._heard(connection, 0, HINT_CHANNEL, EVERYTHING)
            self.listening.set()
            await closed.wait()
        finally:
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await connection.remove_listener(HINT_CHANNEL, self._heard)
            await self._database.release(connection)

    def _heard(self, _connection: Any, _pid: int, _channel: str, topic: Any) -> None:
        for act in self._topics:
            act(str(topic))
        self.wake()


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """A print job to hand to a bridge; ``sequence`` grows in the order they are to come out."""

    job_id: str
    register_id: str
    document_number: int
    copy: bool
    sequence: int


_ORDER = """
SELECT job_id::text, register_id::text, number, is_copy,
    (extract(epoch FROM created_at) * 1000000)::bigint AS sequence FROM print_job
"""
_WAITING = _ORDER + "WHERE register_id = ANY($1::uuid[]) AND state = 'waiting' ORDER BY created_at, number LIMIT $2"
_OF_THE_SAME = "SELECT register_id FROM print_job WHERE job_id = $1 AND register_id = ANY($2::uuid[])"
_FAILED = f"WHERE state = 'failed' AND register_id = ({_OF_THE_SAME}) ORDER BY created_at, number LIMIT 1"
_OLDEST_FAILED = _ORDER + _FAILED


def _order(row: asyncpg.Record) -> PrintOrder:
    return PrintOrder(row["job_id"], row["register_id"], row["number"], row["is_copy"], row["sequence"])


class Prints:
    """The queue of print jobs: waiting → spooled → printed, or failed and tried again by the bridge."""

    def __init__(self, database: Database, hints: Hints) -> None:
        self._database = database
        self._hints = hints

    async def take(self, register_ids: tuple[str, ...], limit: int) -> list[PrintOrder]:
        """Jobs that no bridge has spooled yet; handing one out again is harmless, bridges know ids."""
        rows = await self._database.rows(_WAITING, list(register_ids), limit)
        return [_order(row) for row in rows]

    async def spooled(self, register_ids: tuple[str, ...], job_id: str) -> None:
        """The bridge has it on its disk. Raises ``NOT_FOUND`` for a job of registers that it may not print."""
        await self._set(register_ids, job_id, "spooled", None, None)

    async def printed(self, register_ids: tuple[str, ...], job_id: str) -> None:
        """It came out."""
        await self._set(register_ids, job_id, "printed", None, None)

    async def failed(
        self, register_ids: tuple[str, ...], job_id: str, reason: str, text: str
    ) -> PrintOrder | None:
        """It cannot come out now; the bridge keeps it and goes on trying.

        Returns the oldest job of the same register that cannot come out: what people are told of, once for all that
        wait behind it.
        """
        await self._set(register_ids, job_id, "failed", reason, text)
        row = await self._database.row(_OLDEST_FAILED, job_id, list(register_ids))
        return None if row is None else _order(row)

    async def copy(self, register_id: str, number: int, subject: str | None = None) -> str:
        """Ask for a copy; it will be marked as one (G9). The same ``subject`` again asks for no other one.

        Raises ``NOT_FOUND``.
        """
        job_id = uuid7() if subject is None else _name_of(register_id, f"copy {number}", subject)
        known = await self._database.value(
            "SELECT 1 FROM document_mark WHERE register_id = $1 AND number = $2 AND mark NOT IN ('saved', 'refused')",
            register_id,
            number,
        )
        if known is None:
            raise Refused("NOT_FOUND")
        await self._database.value(
            "INSERT INTO print_job (register_id, job_id, number, is_copy) VALUES ($1, $2, $3, true) "
            "ON CONFLICT (register_id, job_id) DO NOTHING",
            register_id,
            job_id,
            number,
        )
        await self._database.hint("print")
        return job_id

    async def has_printer(self, register_id: str) -> bool:
        """Whether any bridge may print this register's papers."""
        found: bool = await self._database.value(
            "SELECT EXISTS (SELECT 1 FROM registration g JOIN bridge b ON b.organisation_id = g.organisation_id "
            "WHERE g.register_id = $1 AND b.revoked_at IS NULL)",
            register_id,
        )
        return found

    async def wait(self, seconds: float) -> None:
        """Return when there may be something, or after ``seconds``."""
        await self._hints.wait(seconds)

    async def _set(
        self, register_ids: tuple[str, ...], job_id: str, state: str, reason: str | None, text: str | None
    ) -> None:
        """What came out stays printed, whatever is told again later."""
        changed = await self._database.value(
            "UPDATE print_job SET state = CASE WHEN state = 'printed' THEN state ELSE $3 END, reason = $4, "
            "detail = $5, changed_at = now() WHERE register_id = ANY($1::uuid[]) AND job_id = $2 RETURNING 1",
            list(register_ids),
            job_id,
            state,
            reason,
            text,
        )
        if changed is None:
            raise Refused("NOT_FOUND")


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One piece of news."""

    news_id: str
    register_id: str
    topic: str
    facts: dict[str, Any]
    at: datetime


class NewsDesk:
    """The outbox: news wait until their one reader (the bot) has done what they ask for."""

    def __init__(self, database: Database, hints: Hints) -> None:
        self._database = database
        self._hints = hints

    async def take(self, limit: int, consumer: str = "bot") -> list[NewsItem]:
        """The oldest news that are not done; taking them changes nothing."""
        assert consumer == "bot", "there is one reader"
        rows = await self._database.rows(
            "SELECT news_id::text, register_id::text, topic, facts, at FROM news WHERE done_at IS NULL "
            "ORDER BY at, news_id LIMIT $1",
            limit,
        )
        out = []
        for row in rows:
            at = local(row["at"])
            assert at is not None
            out.append(NewsItem(row["news_id"], row["register_id"], row["topic"], json.loads(row["facts"]), at))
        return out

    async def tell_once(
        self,
        register_id: str,
        topic: str,
        subject: str,
        at: datetime,
        facts: dict[str, Any],
        *,
        superseded_by: Iterable[str] = (),
    ) -> None:
        """News of no fiscal step; told once for each ``subject``, however often and from wherever it is asked, and
        never after news of the same topic with a subject in ``superseded_by``.
        """
        await self._database.value(
            "INSERT INTO news (register_id, news_id, topic, facts, at) SELECT $1::uuid, $2::uuid, $3::text, $4::json, "
            "$5::timestamptz "
            "WHERE NOT EXISTS (SELECT 1 FROM news WHERE register_id = $1 AND news_id = ANY($6::uuid[])) "
            "ON CONFLICT (register_id, news_id) DO NOTHING",
            register_id,
            _name_of(register_id, topic, subject),
            topic,
            json.dumps(facts, ensure_ascii=False),
            at,
            [_name_of(register_id, topic, one) for one in superseded_by],
        )

    async def done(self, news_id: str) -> None:
        """This one needs nobody any more."""
        await self._database.value("UPDATE news SET done_at = now() WHERE news_id = $1", news_id)

    async def wait(self, seconds: float) -> None:
        """Return when there may be something, or after ``seconds``."""
        await self._hints.wait(seconds)


def _name_of(register_id: str, topic: str, subject: str) -> str:
    """The id of news that are told once: the same for whoever tells them."""
    return str(uuid5(NEWS_NAMES, f"{register_id} {topic} {subject}"))
