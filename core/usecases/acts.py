"""The acts of a register: make a document, close a shift. Decide, append, tell, draw the outcome (DESIGN.md 3).

The order of what is written, and what a crash between two writes leaves, stands in docs/flows.md.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core.clock import Clock
from core.domain.decide import CloseInput, Command, Context, Decision, PlacementInput, decide
from core.domain.document import Document
from core.domain.journal import CLOCK, MADE_AUTONOMOUSLY, REFUSED_OUTCOME
from core.domain.lane import Exchange, Loaded
from core.domain.outcome import autonomous, draw
from core.domain.register import ONLINE
from core.domain.registration import Registration
from core.domain.report import Report
from core.domain.ticket import Cashier, Kind, TicketInput
from core.domain.view import DocumentView
from core.errors import Refused, RegisterBusy, UnknownOutcome
from core.usecases.bases import Bases
from core.usecases.clock_watch import ClockWatch
from core.usecases.inputs import input_hash
from core.usecases.ports import (
    LOST,
    MADE_HINT,
    MADE_WITH_LANE,
    FenceLost,
    Journal,
    KeyTaken,
    NewDocument,
    News,
    Registrations,
    Sender,
    Sent,
    Step,
)
from core.usecases.turns import TURN_WAIT_S_MAX, Turns
from core.usecases.views import OwnCheckUrl, is_printed, making_news, mark_at_once, mark_of, news_of, view_of

ANSWER_WAIT_S_MAX = 5
OUTCOME_WRITE_S = 0.2
POLL_S = 0.02
# a key that people give is printable, so a derived one can never be taken by them
WITHDRAWAL_KEY = "\x1fwithdrawal"
# the drawer may be paid out of between the look and the withdrawal's turn
WITHDRAWALS_TRIED_MAX = 2

Journaled = Callable[[DocumentView], None]
Points = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """The document of an act; ``created`` is false when its key had been seen before."""

    view: DocumentView
    created: bool


@dataclass(frozen=True, slots=True)
class Act:
    """One act on its way: whose, what, under which key."""

    registration: Registration
    command: Command
    key: str
    input_hash: bytes
    cashier: Cashier
    journaled: Journaled | None


class Acts:
    """Makes documents. ``points`` are passed in order so that tests and the demo can stop a process at each of them."""

    def __init__(
        self,
        journal: Journal,
        registrations: Registrations,
        sender: Sender,
        clock: Clock,
        *,
        checksum: Callable[[Report], str],
        own_url: OwnCheckUrl,
        public_code: Callable[[], str],
        points: Points,
        why_abandoned: Callable[[str], Awaitable[str]],
    ) -> None:
        self._journal = journal
        self._registrations = registrations
        self._sender = sender
        self._clock = clock
        self._checksum = checksum
        self._own_url = own_url
        self._public_code = public_code
        self._points = points
        self._why_abandoned = why_abandoned
        self._bases = Bases(journal)
        self._turns = Turns()
        self._watch = ClockWatch(clock, journal)

    async def make(
        self,
        register_id: str,
        command: TicketInput | PlacementInput,
        *,
        key: str,
        cashier: Cashier | None = None,
        journaled: Journaled | None = None,
    ) -> Made:
        """Make a ticket, deposit or withdrawal; the answer has its outcome. Raises :class:`Refused`."""
        registration = await self._registrations.registration(register_id)
        who = cashier or Cashier()
        return await self._perform(Act(registration, command, key, input_hash(command, who), who, journaled))

    async def close_shift(
        self,
        register_id: str,
        *,
        withdraw_cash: bool,
        key: str,
        cashier: Cashier | None = None,
        journaled: Journaled | None = None,
    ) -> Made:
        """Close the shift with its Z; with ``withdraw_cash`` a withdrawal of the whole drawer is made first.

        The withdrawal carries a key derived from the close's, so a repeat goes on where it stopped. A limit, block or
        clock that forbids the withdrawal does not keep the shift open (G7): then the cash stays in the drawer.
        """
        registration = await self._registrations.registration(register_id)
        who = cashier or Cashier()
        close = Act(registration, CloseInput(), key, input_hash(CloseInput(), who, withdraw_cash), who, journaled)
        if withdraw_cash and await self._journal.stored_key(register_id, key) is None:
            await self._withdraw_all(close)
        return await self._perform(close)

    async def draw_abandoned(self, register_id: str, reason: str | None = None) -> bool:
        """Draw the outcome of a document pending for 5 s of database time; a ``reason`` not given is found out."""
        loaded = await self._journal.load(register_id)
        if loaded.state.pending is None or (loaded.pending_age_s or 0) < ANSWER_WAIT_S_MAX:
            return False
        document = await self._journal.document(register_id, loaded.state.pending)
        assert document is not None
        verdict = autonomous(self._now(), reason or await self._why_abandoned(register_id))
        return await self._draw(loaded, document, Sent(verdict, None))

    async def context(self, registration: Registration, loaded: Loaded, command: Command | None = None) -> Context:
        """Everything that a decision needs besides the state."""
        basis = None
        if isinstance(command, TicketInput) and command.parent is not None:
            basis = await self._bases.basis(registration.register_id, command.parent)
        has_operator = registration.operator is not None
        return Context(
            now=self._clock.now(),
            seller=registration.requisites,
            vat_default=registration.vat_default,
            practice=registration.practice,
            has_operator=has_operator,
            checksum=self._checksum,
            lane_stopped=loaded.lane.stopped,
            oldest_unconfirmed_at=loaded.oldest_unconfirmed_at if has_operator else None,
            basis=basis,
        )

    async def settled_state(
        self, register_id: str, deadline: float | None = None, key: str | None = None
    ) -> Loaded:
        """The register once it has no pending document; raises :class:`RegisterBusy` when 5 s are over.

        With a ``key`` that was used it comes at once: whoever used it waits for that document alone.
        """
        if deadline is None:
            deadline = self._clock.monotonic() + TURN_WAIT_S_MAX
        while True:
            loaded = await self._journal.load(register_id, key)
            if loaded.state.pending is None or loaded.seen is not None:
                return loaded
            if await self.draw_abandoned(register_id):
                continue
            if self._clock.monotonic() >= deadline:
                raise RegisterBusy
            await asyncio.sleep(POLL_S)

    async def _perform(self, act: Act) -> Made:
        register_id = act.registration.register_id
        if self._turns.taken(register_id) and await self._journal.stored_key(register_id, act.key) is not None:
            return await self._repeat(act)
        turn_deadline = self._clock.monotonic() + TURN_WAIT_S_MAX
        try:
            async with self._turns.turn(register_id):
                return await self._make(act, turn_deadline)
        except RegisterBusy:
            if await self._journal.stored_key(register_id, act.key) is None:
                raise
            return await self._repeat(act)

    async def _make(self, act: Act, turn_deadline: float) -> Made:
        register_id = act.registration.register_id
        if isinstance(act.command, TicketInput):
            act = replace(act, command=await self._bases.named(act.registration, act.command))
        unknown = False
        while True:
            loaded = await self.settled_state(register_id, turn_deadline, act.key)
            if loaded.seen is not None:
                return replace(await self._repeat(act), created=unknown)
            act = replace(act, registration=act.registration.speaking(loaded.state.protocol))
            try:
                decision = await self._decided(act, loaded)
            except Refused:
                # a refusal stands only on the version just read: its basis may be of a later one
                if await self._moved(loaded, act.key, turn_deadline):
                    continue
                raise
            deadline = self._clock.monotonic() + ANSWER_WAIT_S_MAX - OUTCOME_WRITE_S
            try:
                said, exchange, made = await self._append(act, loaded, decision)
            except KeyTaken:
                return await self._repeat(act)
            except UnknownOutcome:
                if self._clock.monotonic() >= turn_deadline:
                    raise
                unknown = True
                await asyncio.sleep(POLL_S)
                continue
            if said != LOST:
                self._watch.entered(register_id)
                break
        try:
            if act.journaled is not None:
                act.journaled(made)
            await self._after_append(act, loaded, decision, exchange if said == MADE_WITH_LANE else None, deadline)
        except UnknownOutcome:
            return replace(await self._repeat(act), created=True)
        if decision.outcome is not None:
            return Made(made, created=True)
        return await self._result(register_id, decision.document.number, created=True)

    async def _decided(self, act: Act, loaded: Loaded) -> Decision:
        context = await self.context(act.registration, loaded, act.command)
        jump_s = await self._watch.jump_s(act.registration.register_id, loaded.state.last_made_at)
        return decide(loaded.state, act.command, replace(context, cashier=act.cashier, clock_jump_s=jump_s))

    async def _moved(self, loaded: Loaded, key: str, turn_deadline: float) -> bool:
        """Whether the register has gone on since it was read, in time or, at any time, by this very act."""
        now = await self._journal.load(loaded.state.register_id, key)
        in_time = self._clock.monotonic() < turn_deadline
        return now.seen is not None or (in_time and now.state.version != loaded.state.version)

    async def _after_append(
        self, act: Act, loaded: Loaded, decision: Decision, exchange: Exchange | None, deadline: float
    ) -> None:
        """From the journal to the outcome; ``exchange`` is set when the lane's lease came with the append."""
        document = decision.document
        self._points("after_append")
        if decision.outcome is None:
            made = replace(loaded, state=decision.state, exchange=exchange)
            if exchange is not None:
                made = replace(made, lane=loaded.lane.taken_by(exchange))
            await self._tell(act.registration, made, document, deadline)
        else:
            self._points("after_outcome")
        self._points("after_spool")
        await self._sender.hint(MADE_HINT)

    async def _append(
        self, act: Act, loaded: Loaded, decision: Decision
    ) -> tuple[str, Exchange | None, DocumentView]:
        """What the journal said, the exchange, and the document as it then stands in it."""
        document, at_once = decision.document, decision.outcome
        jumped = any(entry.kind == CLOCK for entry in decision.entries)
        exchange = None
        if at_once is None and not loaded.lane.leased and loaded.exchange is None:
            exchange = self._sender.prepare(act.registration, document, loaded.lane)
        news = making_news(loaded.state, decision.state, document, at_once)
        step = Step(
            expected=loaded.state.version,
            state=decision.state,
            entries=decision.entries,
            news=(News("clock.jumped", document.made_at), *news) if jumped else news,
            mark=mark_at_once(document, at_once, decision.state.reason, self._own_url),
            print_original=is_printed(document, at_once),
        )
        starts_queue = at_once == MADE_AUTONOMOUSLY and loaded.state.mode == ONLINE
        new = NewDocument(
            document=document,
            public_code=self._public_code(),
            key=act.key,
            input_hash=act.input_hash,
            due=self._now() if starts_queue else None,
        )
        said = await self._journal.append(step, new, exchange, loaded.lane.fence)
        assert step.mark is not None
        url = self._journal.receipt_url(act.registration.link_key, new.public_code)
        return said, exchange, view_of(document, step.mark, url)

    async def _tell(self, registration: Registration, loaded: Loaded, document: Document, deadline: float) -> None:
        """Send a pending document and draw its outcome; if another drew it first, what came is kept as the queue's."""
        try:
            sent = await self._sender.send(registration, document, loaded, deadline)
        except FenceLost:
            sent = Sent(autonomous(self._now(), "timeout"), None)
        drawn = await self._draw_sent(document, sent, deadline)
        if drawn:
            self._points("after_outcome")
        await self._sender.after(registration, document, sent, drawn=drawn)

    async def _draw_sent(self, document: Document, sent: Sent, deadline: float) -> bool:
        """Draw what came of sending, again while nobody knows whether it was written."""
        while True:
            try:
                current = await self._journal.load(document.register_id)
                if current.state.pending != document.number:
                    return False
                return await self._draw(current, document, sent)
            except FenceLost:
                sent = Sent(autonomous(self._now(), "timeout"), None)
            except UnknownOutcome:
                if self._clock.monotonic() >= deadline:
                    raise
            await asyncio.sleep(POLL_S)

    async def _draw(self, loaded: Loaded, document: Document, sent: Sent) -> bool:
        """One compare-and-swap; false when another drew the outcome first."""
        verdict = sent.verdict
        assert sent.write is not None or verdict.outcome == MADE_AUTONOMOUSLY, "without the lane only silence is known"
        state, entries = draw(loaded.state, document, verdict)
        step = Step(
            expected=loaded.state.version,
            state=state,
            entries=entries,
            news=news_of(loaded.state, state, document, verdict.outcome, verdict.at),
            mark=mark_of(document, verdict, self._own_url),
            print_original=is_printed(document, verdict.outcome),
        )
        return await self._journal.outcome(step, sent.write, self._now())

    async def _repeat(self, act: Act) -> Made:
        """The stored document of a key that was seen before, once it has its outcome."""
        register_id = act.registration.register_id
        stored = await self._journal.stored_key(register_id, act.key)
        assert stored is not None
        if stored.input_hash != act.input_hash:
            raise Refused("IDEMPOTENCY_KEY_REUSED")
        return await self._stored_result(register_id, stored.number)

    async def _stored_result(self, register_id: str, number: int) -> Made:
        deadline = self._clock.monotonic() + ANSWER_WAIT_S_MAX + 1
        is_last_look = False
        while not is_last_look:
            # read before the look: a process that stood still for longer looks once more
            is_last_look = self._clock.monotonic() >= deadline
            with contextlib.suppress(UnknownOutcome):
                loaded = await self._journal.load(register_id)
                if loaded.state.pending != number or await self.draw_abandoned(register_id):
                    break
            await asyncio.sleep(POLL_S)
        return await self._result(register_id, number, created=False)

    async def _result(self, register_id: str, number: int, *, created: bool) -> Made:
        view = await self._journal.view(register_id, number)
        assert view is not None
        if view.mark == REFUSED_OUTCOME:
            raise Refused("OFD_REFUSED", number=number, result_code=view.result_code, text=view.result_text or "")
        return Made(view, created)

    async def _withdraw_all(self, close: Act) -> None:
        register_id, key = close.registration.register_id, close.key + WITHDRAWAL_KEY
        stored = await self._journal.stored_key(register_id, key)
        if stored is not None:
            await self._stored_result(register_id, stored.number)
            return
        for _ in range(WITHDRAWALS_TRIED_MAX):
            state = (await self.settled_state(register_id)).state
            if state.shift is None:
                if await self._journal.stored_key(register_id, close.key) is not None:
                    return  # pressed twice: the other press has closed it meanwhile
                raise Refused("SHIFT_NOT_OPEN")
            if state.totals.cash == 0:
                return
            command = PlacementInput(Kind.WITHDRAWAL, state.totals.cash, whole_drawer=True)
            hashed = input_hash(command, close.cashier)
            withdrawal = replace(close, command=command, key=key, input_hash=hashed, journaled=None)
            try:
                await self._perform(withdrawal)
            except Refused as refusal:
                if refusal.code in ("OFD_REFUSED", "REGISTER_BUSY"):
                    raise
                if refusal.code == "NOT_ENOUGH_CASH":
                    continue
                if refusal.code == "IDEMPOTENCY_KEY_REUSED":
                    await self._withdraw_all(close)
            return

    def _now(self) -> datetime:
        return self._clock.now().replace(microsecond=0)
