"""Fills a database with journals that hold: made by the pure core, written in bulk. Chains, counters and marks fit.

``tiyn verify`` finds nothing in what is written here; a test says so.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from core.bootstrap import own_check_url
from core.db.arguments import register_argument
from core.db.ids import public_code, uuid7
from core.domain.decide import CloseInput, Command, Context, Decision, decide
from core.domain.journal import Entry
from core.domain.lane import Lane
from core.domain.outcome import draw, go_autonomous, registered
from core.domain.register import AUTONOMOUS, RegisterState
from core.domain.registration import Registration
from core.domain.ticket import Cashier, Kind, LineInput, Payment, PaymentType, TicketInput
from core.ofd.codec import Period, command_of, decode_answer, encode
from core.ofd.report_codec import report_checksum
from core.ofd.schema import kkm_v203_pb2 as wire
from core.sealing import Sealer
from core.usecases.views import is_printed, mark_at_once, mark_of
from sandbox.bench.operator import SIGNS_FROM, accepted

ROWS_AT_ONCE = 2000
SHIFT_MAX = timedelta(hours=23)
SECOND = timedelta(seconds=1)
GOODS = (("Нан", 35_000), ("Кофе", 80_000), ("Сүт 3,2 %", 45_000), ("Шай", 15_000), ("Алма", 120_000))

COLUMNS = {
    "document": (
        "register_id number kind shift number_in_shift made_at own_sign total parent_number parent_key public_code "
        "idempotency_key input_hash frozen_bytes digest previous_digest"
    ),
    "journal_entry": "register_id seq kind number body digest previous_digest",
    "document_mark": (
        "register_id number mark reason autonomous_sign fiscal_sign check_url result_code result_text registered_at"
    ),
    "print_job": "register_id job_id number is_copy state",
    "exchange": "register_id exchange_no number command reqnum token_sealed body unanswered result_code finished_at",
    "answer": "register_id seq number command at body digest previous_digest",
}
ORDER = ("document", "document_mark", "journal_entry", "print_job", "exchange", "answer")


def goods(number: int) -> TicketInput:
    """A sale of two lines, another one for each number."""
    first, second = GOODS[number % 5], GOODS[(number * 3 + 1) % 5]
    lines = (LineInput(first[0], first[1], 2000), LineInput(second[0], second[1]))
    total = first[1] * 2 + second[1]
    payment = (PaymentType.CASH, PaymentType.CARD, PaymentType.MOBILE)[number % 3]
    return TicketInput(Kind.SELL, lines, payments=(Payment(payment, total),))


@dataclass(slots=True)
class Filling:
    """One register on its way: its state, its lane, the rows that are not written yet."""

    registration: Registration
    state: RegisterState
    lane: Lane
    sealed: bytes
    now: datetime
    rows: dict[str, list[tuple[Any, ...]]]
    told: bool

    def context(self) -> Context:
        """What every act of it is decided on."""
        one = self.registration
        return Context(
            now=self.now,
            seller=one.requisites,
            vat_default=one.vat_default,
            practice=one.practice,
            has_operator=True,
            checksum=report_checksum,
            cashier=Cashier(1, "Айгүл"),
        )

    def make(self, command: Command) -> None:
        """One document with its outcome: registered if it is to be told, else autonomous."""
        decision = decide(self.state, command, self.context())
        document = decision.document
        self.state = decision.state
        self.entries(decision.entries)
        if decision.outcome is None:
            mark = self._tell(decision)
        else:
            mark = mark_at_once(document, decision.outcome, self.state.reason, own_check_url)
        register_id, number = document.register_id, document.number
        parent = None if document.ticket is None else document.ticket.parent
        self.rows["document"].append(
            (
                register_id, number, str(document.kind), document.shift, document.number_in_shift, document.made_at,
                document.own_sign, document.total, None if parent is None else parent.document_number,
                None if parent is None else parent.key, public_code(), f"fill-{number}", bytes(32), document.frozen,
                bytes.fromhex(document.digest), bytes.fromhex(document.previous_digest),
            )
        )  # fmt: skip
        self.rows["document_mark"].append(
            (
                register_id, number, str(mark.mark), mark.reason, mark.autonomous_sign, mark.fiscal_sign,
                mark.check_url, mark.result_code, mark.result_text, mark.registered_at,
            )
        )  # fmt: skip
        if is_printed(document, decision.outcome or "registered"):
            self.rows["print_job"].append((register_id, uuid7(), number, False, "printed"))

    def _tell(self, decision: Decision) -> Any:
        """The exchange, the answer and the outcome of a document that the operator accepted at once."""
        document, lane = decision.document, self.lane
        command = command_of(document)
        body = encode(self.registration, command, Period(self.now, self.now), document)
        payload = accepted(wire.CommandTypeEnum.Value(f"COMMAND_{command}"), SIGNS_FROM + document.number)
        previous = bytes.fromhex(lane.answer_head)
        lane = replace(lane, head=document.number, exchange_no=lane.exchange_no + 1, reqnum=lane.next_reqnum)
        self.lane = lane.with_answer(payload)
        self.rows["exchange"].append(
            (
                document.register_id, lane.exchange_no, document.number, command, lane.reqnum, self.sealed, body, 1, 0,
                self.now,
            )
        )  # fmt: skip
        self.rows["answer"].append(
            (
                document.register_id, self.lane.answer_seq, document.number, command, self.now, payload,
                bytes.fromhex(self.lane.answer_head), previous,
            )
        )  # fmt: skip
        answer = decode_answer(payload)
        verdict = registered(
            self.now, fiscal_sign=answer.fiscal_sign, check_url=answer.check_url, text=answer.result_text
        )
        self.state, entries = draw(self.state, document, verdict)
        self.entries(entries)
        return mark_of(document, verdict, own_check_url)

    def enter_autonomous(self) -> None:
        """The link is gone from here on."""
        self.state, entry = go_autonomous(self.state, "no_link", self.now)
        self.entries((entry,))

    def entries(self, made: tuple[Entry, ...]) -> None:
        """Entries of its chain, to be written."""
        for entry in made:
            self.rows["journal_entry"].append(
                (
                    self.state.register_id, entry.seq, entry.kind, entry.document_number, entry.body,
                    bytes.fromhex(entry.digest), bytes.fromhex(entry.previous_digest),
                )
            )  # fmt: skip


def begin(
    registration: Registration, state: RegisterState, lane: Lane, sealer: Sealer, now: datetime, *, told: bool
) -> Filling:
    """A register to fill; ``told`` says whether the operator is to know of its documents."""
    sealed = sealer.seal(registration.register_id, lane.token)
    filling = Filling(registration, state, lane, sealed, now, {table: [] for table in ORDER}, told)
    if not told and state.mode != AUTONOMOUS:
        filling.enter_autonomous()
    return filling


def days(filling: Filling, count: int, *, step: timedelta = SECOND) -> Iterator[None]:
    """Make ``count`` documents, a sale each ``step``, a shift closed before it is too old."""
    for _ in range(count):
        shift = filling.state.shift
        closing = shift is not None and filling.now - shift.opened_at >= SHIFT_MAX
        filling.make(CloseInput() if closing else goods(filling.state.last_document + 1))
        filling.now += step
        yield


async def write(connection: asyncpg.Connection[Any], filling: Filling) -> None:
    """Write what is waiting, and the register and lane rows as they are after it."""
    register_id = filling.registration.register_id
    async with connection.transaction():
        for table in ORDER:
            if filling.rows[table]:
                await connection.copy_records_to_table(
                    table, records=filling.rows[table], columns=COLUMNS[table].split()
                )
                filling.rows[table].clear()
        state = json.loads(register_argument(filling.state))
        closes_before = state["shift_closes_before"]
        await connection.execute(
            "UPDATE register SET version = $2, last_document = $3, mode = $4, state = $5, shift_closes_before = $6 "
            "WHERE register_id = $1",
            register_id,
            state["version"],
            state["last_document"],
            state["mode"],
            json.dumps(state["state"], ensure_ascii=False),
            None if closes_before is None else datetime.fromisoformat(closes_before),
        )
        lane = filling.lane
        await connection.execute(
            "UPDATE lane SET head = $2, exchange_no = $3, reqnum = $4, answer_seq = $5, answer_head = $6, "
            "next_try_at = CASE WHEN $7 THEN NULL ELSE coalesce(next_try_at, $8) END WHERE register_id = $1",
            register_id,
            lane.head,
            lane.exchange_no,
            lane.reqnum,
            lane.answer_seq,
            bytes.fromhex(lane.answer_head),
            filling.told,
            filling.now,
        )


async def fill(
    connection: asyncpg.Connection[Any],
    filling: Filling,
    count: int,
    *,
    step: timedelta = SECOND,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Make and write ``count`` documents."""
    for made, _ in enumerate(days(filling, count, step=step), start=1):
        if made % ROWS_AT_ONCE == 0:
            await write(connection, filling)
            progress(made)
            await asyncio.sleep(0)
    await write(connection, filling)
    assert filling.told or filling.state.last_document == 0 or filling.state.mode == AUTONOMOUS
