"""The journal in PostgreSQL: each method is one call of one function or one statement, all rows of one register."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import asyncpg

from core.clock import ALMATY
from core.db.arguments import (
    document_argument,
    entries_argument,
    mark_argument,
    news_argument,
    register_argument,
)
from core.db.ids import uuid7
from core.db.lane_arguments import LaneArguments
from core.db.pool import Database
from core.domain.document import Document, thaw
from core.domain.journal import CLOCK
from core.domain.lane import Exchange, Lane, Loaded, StoredKey
from core.domain.register import state_from_plain
from core.domain.ticket import Parent, Ticket
from core.domain.view import DocumentView, Mark
from core.errors import BrokenJournal, Refused
from core.sealing import Sealer
from core.usecases.exports import Page, Place
from core.usecases.ports import (
    LEASE_S,
    LOST,
    RETRY_INTERVAL_S,
    LaneWrite,
    MarkChange,
    NewDocument,
    News,
    Step,
)

_LOAD = """
SELECT r.state, r.pending, floor(extract(epoch FROM now() - r.pending_since))::integer AS pending_age_s,
    d.made_at AS oldest,
    l.head, l.exchange_no, l.reqnum, l.token_sealed, l.next_try_at, l.last_attempt_at, l.fails, l.cause, l.stopped,
    l.result_code, l.result_text, l.contact, l.info_owed, l.head_blocked, l.answer_seq, l.answer_head, l.fence,
    coalesce(l.lease_until >= now(), false) AS leased,
    e.exchange_no AS e_exchange_no, e.number AS e_number, e.command AS e_command, e.reqnum AS e_reqnum,
    e.token_sealed AS e_token_sealed, e.body AS e_body, e.unanswered AS e_unanswered,
    k.number AS k_number, k.input_hash AS k_input_hash
FROM register r
JOIN lane l ON l.register_id = $1
LEFT JOIN exchange e ON e.register_id = $1 AND e.finished_at IS NULL
LEFT JOIN document d ON d.register_id = $1 AND d.number = l.head + 1
LEFT JOIN document k ON k.register_id = $1 AND k.idempotency_key = $2
WHERE r.register_id = $1
"""
_VIEW = """
SELECT d.number, d.frozen_bytes, d.digest, d.public_code, g.link_key, m.mark, m.reason, m.autonomous_sign,
    m.fiscal_sign, m.check_url, m.result_code, m.result_text, m.registered_at
FROM document d
JOIN document_mark m ON m.register_id = $1 AND m.number = d.number
JOIN registration g ON g.register_id = $1
WHERE d.register_id = $1
"""
_BY_OPEN_LINK = """
AND d.public_code = $2
AND NOT EXISTS (SELECT 1 FROM revoked_link r WHERE r.register_id = $1 AND r.number = d.number)
"""
_RETURNS = """
SELECT d.frozen_bytes FROM document d JOIN document_mark m ON m.register_id = $1 AND m.number = d.number
WHERE d.register_id = $1 AND m.mark NOT IN ('refused')
"""


class PostgresJournal:
    """Keeps registers; ``public_url`` begins the links of receipts."""

    def __init__(self, database: Database, sealer: Sealer, public_url: str) -> None:
        self._database = database
        self._sealer = sealer
        self._public_url = public_url
        self._arguments = LaneArguments(sealer)

    async def load(self, register_id: str, key: str | None = None) -> Loaded:
        """The register, its lane and its unfinished exchange as of now, and what an act's ``key`` was used for."""
        row = await self._database.row(_LOAD, register_id, key)
        if row is None:
            raise Refused("NOT_FOUND")
        exchange = None
        if row["e_exchange_no"] is not None:
            exchange = Exchange(
                exchange_no=row["e_exchange_no"],
                number=row["e_number"],
                command=row["e_command"],
                reqnum=row["e_reqnum"],
                token=self._sealer.open(register_id, row["e_token_sealed"]),
                body=row["e_body"],
                unanswered=row["e_unanswered"],
            )
        state = state_from_plain(json.loads(row["state"]))
        return Loaded(
            state=state,
            lane=self._lane(register_id, row),
            exchange=exchange,
            oldest_unconfirmed_at=None if state.pending == row["head"] + 1 else local(row["oldest"]),
            pending_age_s=row["pending_age_s"],
            seen=None if row["k_number"] is None else StoredKey(row["k_number"], row["k_input_hash"]),
        )

    async def append(self, step: Step, new: NewDocument, exchange: Exchange | None, fence: int) -> str:
        """A new document: ``made``, ``made_with_lane`` or ``lost``; raises ``KeyTaken`` when the key was used
        meanwhile.
        """
        state, document = step.state, new.document
        claim, body = None, None
        if exchange is not None:
            claim = {
                "fence": fence,
                "owner": "maker",
                "lease_s": LEASE_S,
                **self._arguments.exchange(state.register_id, exchange),
            }
            body = exchange.body
        assert step.mark is not None
        answer: str = await self._database.value(
            "SELECT append_v1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            state.register_id,
            step.expected,
            register_argument(state),
            entries_argument(step.entries),
            [entry.body for entry in step.entries],
            document_argument(new),
            document.frozen,
            mark_argument(step.mark),
            uuid7() if step.print_original else None,
            news_argument(step.news),
            new.due,
            None if claim is None else json.dumps(claim),
            body,
        )
        return answer

    async def outcome(self, step: Step, write: LaneWrite | None, at: datetime) -> bool:
        """The outcome of the pending document; false when another drew it first."""
        state = step.state
        lane, exchange, answer, body = self._arguments.write(state.register_id, write)
        said: str = await self._database.value(
            "SELECT outcome_v1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            state.register_id,
            step.expected,
            register_argument(state),
            entries_argument(step.entries),
            [entry.body for entry in step.entries],
            mark_argument(step.mark),
            uuid7() if step.print_original else None,
            news_argument(step.news),
            None if write is None else write.fence,
            lane,
            exchange,
            answer,
            body,
            at,
            RETRY_INTERVAL_S,
        )
        return said != LOST

    async def step(
        self, step: Step, *, write: LaneWrite | None = None, due: datetime | None = None, told: int | None = None
    ) -> bool:
        """A step that makes no document; ``told`` demands that this is still the register's last document."""
        state = step.state
        lane, exchange, _, _ = self._arguments.write(state.register_id, write)
        said: str = await self._database.value(
            "SELECT step_v2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            state.register_id,
            step.expected,
            register_argument(state),
            entries_argument(step.entries),
            [entry.body for entry in step.entries],
            news_argument(step.news),
            told,
            due,
            None if write is None else write.fence,
            lane,
            exchange,
            mark_argument(step.mark),
        )
        return said != LOST

    async def settle(
        self, register_id: str, write: LaneWrite, mark: MarkChange | None = None, news: tuple[News, ...] = ()
    ) -> None:
        """Delivery's own write under its fence; raises ``FenceLost`` when the lease went to another."""
        lane, exchange, answer, body = self._arguments.write(register_id, write)
        following = None if write.next is None else json.dumps(self._arguments.exchange(register_id, write.next))
        await self._database.value(
            "SELECT settle_v1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            register_id,
            write.fence,
            lane,
            exchange,
            following,
            None if write.next is None else write.next.body,
            answer,
            body,
            mark_argument(mark),
            news_argument(news),
        )

    async def claim(self, register_id: str, fence: int, owner: str, lease_s: int = LEASE_S) -> int | None:
        """Take the lane's lease by compare-and-swap on its fence: the new fence, or ``None``."""
        got: int | None = await self._database.value(
            "SELECT claim_lane_v1($1, $2, $3, $4)", register_id, fence, owner, lease_s
        )
        return got

    async def due(self, register_id: str, at: datetime) -> None:
        """Make the lane due no later than ``at``."""
        await self._database.value("SELECT due_lane_v1($1, $2)", register_id, at)

    async def document(self, register_id: str, number: int) -> Document | None:
        """A document from its frozen bytes, checked against its digest."""
        found = await self.documents(register_id, number, 1)
        return found[0] if found and found[0].number == number else None

    async def documents(self, register_id: str, first: int, limit: int) -> list[Document]:
        """At most ``limit`` documents from number ``first`` on, ascending."""
        statement = (
            "SELECT frozen_bytes, digest FROM document WHERE register_id = $1 AND number >= $2 ORDER BY number LIMIT $3"
        )
        rows = await self._database.rows(statement, register_id, first, limit)
        return [checked(row["frozen_bytes"], row["digest"]) for row in rows]

    async def stored_key(self, register_id: str, key: str) -> StoredKey | None:
        """What an idempotency key was used for on this register."""
        row = await self._database.row(
            "SELECT number, input_hash FROM document WHERE register_id = $1 AND idempotency_key = $2", register_id, key
        )
        return None if row is None else StoredKey(row["number"], row["input_hash"])

    async def returns_of(self, register_id: str, parent: Parent) -> tuple[Ticket, ...]:
        """The returns that name this basis, without the refused ones."""
        if parent.document_number is not None:
            number = parent.document_number
            rows = await self._database.rows(_RETURNS + " AND d.parent_number = $2", register_id, number)
        else:
            rows = await self._database.rows(_RETURNS + " AND d.parent_key = $2", register_id, parent.key)
        tickets = (thaw(row["frozen_bytes"]).ticket for row in rows)
        return tuple(ticket for ticket in tickets if ticket is not None)

    async def number_of_sign(self, register_id: str, sign: str) -> int | None:
        """The number of the receipt of this register that bears this sign, the operator's or its own."""
        own = int(sign) if sign.isdigit() and len(sign) <= 10 else -1
        number: int | None = await self._database.value(
            "SELECT number FROM document_mark WHERE register_id = $1 AND (fiscal_sign = $2 OR autonomous_sign = $3)",
            register_id,
            sign,
            own,
        )
        return number

    async def last_jump_at(self, register_id: str) -> datetime | None:
        """The fiscal time at which a forward jump of the clock was entered last."""
        body: bytes | None = await self._database.value(
            "SELECT body FROM journal_entry WHERE register_id = $1 AND kind = $2 ORDER BY seq DESC LIMIT 1",
            register_id,
            CLOCK,
        )
        return None if body is None else datetime.fromisoformat(json.loads(body)["at"])

    async def view(self, register_id: str, number: int) -> DocumentView | None:
        """A document with its mark."""
        found = await self.views_where(register_id, "AND d.number = $2", number)
        return found[0] if found else None

    async def views(self, register_id: str, after: int, limit: int, shift: int | None) -> list[DocumentView]:
        """Documents after a number, ascending."""
        condition = "AND d.number > $2 AND ($4::integer IS NULL OR d.shift = $4) ORDER BY d.number LIMIT $3"
        return await self.views_where(register_id, condition, after, limit, shift)

    async def view_by_code(self, register_id: str, code: str) -> DocumentView | None:
        """The document behind a receipt link's random part, unless its owner closed the link."""
        found = await self.views_where(register_id, _BY_OPEN_LINK, code)
        return found[0] if found else None

    async def views_where(self, register_id: str, condition: str, *arguments: Any) -> list[DocumentView]:
        """Documents that a condition of ours keeps; it names their arguments from ``$2`` on."""
        rows = await self._database.rows(f"{_VIEW} {condition}", register_id, *arguments)
        return [self._view(row) for row in rows]

    async def closes(self, register_id: str, after: int, limit: int) -> list[Document]:
        """The counted shift closes after a shift number, ascending."""
        rows = await self._database.rows(
            "SELECT d.frozen_bytes, d.digest FROM document d JOIN document_mark m ON m.register_id = $1 AND "
            "m.number = d.number WHERE d.register_id = $1 AND d.kind = 'shift_close' "
            "AND m.mark NOT IN ('refused', 'saved') AND d.shift > $2 ORDER BY d.shift LIMIT $3",
            register_id,
            after,
            limit,
        )
        return [checked(row["frozen_bytes"], row["digest"]) for row in rows]

    async def place(self, register_id: str, number: int) -> Place | None:
        """Where the first document from this number on stands."""
        row = await self._database.row(
            "SELECT number, shift, made_at FROM document WHERE register_id = $1 AND number >= $2 "
            "ORDER BY number LIMIT 1",
            register_id,
            number,
        )
        return None if row is None else Place(row["number"], row["shift"], row["made_at"])

    async def opening(self, register_id: str, shift: int) -> int:
        """The first document that bears this shift's number."""
        number: int = await self._database.value(
            "SELECT number FROM document WHERE register_id = $1 AND shift = $2 ORDER BY number_in_shift LIMIT 1",
            register_id,
            shift,
        )
        return number

    async def page(self, register_id: str, after: int, until: int, limit: int) -> Page | None:
        """Documents after a number and up to another, not thawed yet; ``None`` when there are none."""
        rows = await self._database.rows(
            _VIEW + " AND d.number > $2 AND d.number <= $3 ORDER BY d.number LIMIT $4",
            register_id,
            after,
            until,
            limit,
        )
        return Page(rows[-1]["number"], len(rows), lambda: [self._view(row) for row in rows]) if rows else None

    def receipt_url(self, link_key: str, public_code: str) -> str:
        """The customer's link of a receipt."""
        return f"{self._public_url}/r/{link_key}{public_code}"

    def _view(self, row: asyncpg.Record) -> DocumentView:
        return DocumentView(
            document=checked(row["frozen_bytes"], row["digest"]),
            mark=Mark(row["mark"]),
            receipt_url=self.receipt_url(row["link_key"], row["public_code"]),
            autonomous_sign=row["autonomous_sign"],
            fiscal_sign=row["fiscal_sign"],
            check_url=row["check_url"],
            result_code=row["result_code"],
            result_text=row["result_text"],
            registered_at=local(row["registered_at"]),
            reason=row["reason"],
        )

    def _lane(self, register_id: str, row: asyncpg.Record) -> Lane:
        return Lane(
            head=row["head"],
            token=self._sealer.open(register_id, row["token_sealed"]),
            exchange_no=row["exchange_no"],
            reqnum=row["reqnum"],
            next_try_at=local(row["next_try_at"]),
            last_attempt_at=local(row["last_attempt_at"]),
            fails=row["fails"],
            cause=row["cause"],
            stopped=row["stopped"],
            result_code=row["result_code"],
            result_text=row["result_text"],
            contact=row["contact"],
            info_owed=row["info_owed"],
            head_blocked=row["head_blocked"],
            answer_seq=row["answer_seq"],
            answer_head=row["answer_head"].hex(),
            fence=row["fence"],
            leased=row["leased"],
        )


def checked(frozen: bytes, digest: bytes) -> Document:
    """A document read back; its bytes must hash to the digest stored beside them."""
    document = thaw(frozen)
    if document.digest != digest.hex():
        raise BrokenJournal(f"document {document.number} of {document.register_id} does not hold")
    return document


def local(moment: datetime | None) -> datetime | None:
    """A stored time in the zone of the law."""
    return None if moment is None else moment.astimezone(ALMATY)
