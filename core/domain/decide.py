"""``decide``: from a register's state and a command to the entries that it makes and the state after them. Pure.

Limits first (G7), then pricing, numbers, frozen bytes and chain. An online register's document stays *pending* until
its outcome is drawn (``outcome.py``); an autonomous or a practice one has its outcome at once. DESIGN.md 3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.domain.document import Document, Requisites, freeze
from core.domain.journal import (
    CLOCK,
    DOCUMENT,
    MADE_AUTONOMOUSLY,
    MODE,
    OUTCOME,
    PRACTISED,
    Entry,
    record,
)
from core.domain.money import PRICE_TIYN_MAX, Money
from core.domain.pricing import Pricing, price
from core.domain.register import (
    AUTONOMOUS,
    AUTONOMOUS_HOURS_MAX,
    CLOCK_BACK_MAX,
    ONLINE,
    OWN_SIGN_MAX,
    RegisterState,
)
from core.domain.report import Report, build_report
from core.domain.returns import Basis, at_basis_rates, basis_moment, check_left, checked_parent
from core.domain.ticket import CASH_IN, Cashier, Kind, Ticket, TicketInput
from core.domain.vat import default_on
from core.errors import Refused


@dataclass(frozen=True, slots=True)
class PlacementInput:
    """A deposit or withdrawal of ``sum`` tiyn. ``whole_drawer`` marks the one before a close: its only bound is the
    drawer.
    """

    kind: Kind
    sum: Money
    whole_drawer: bool | None = None


@dataclass(frozen=True, slots=True)
class CloseInput:
    """The close of the open shift, with its Z-report."""


Command = TicketInput | PlacementInput | CloseInput


@dataclass(frozen=True, slots=True)
class Context:
    """What is decided on besides the state. ``oldest_unconfirmed_at`` is the making of the first untold document."""

    now: datetime
    seller: Requisites
    vat_default: str
    practice: bool
    has_operator: bool
    checksum: Callable[[Report], str]
    cashier: Cashier = field(default_factory=Cashier)
    lane_stopped: bool = False
    oldest_unconfirmed_at: datetime | None = None
    basis: Basis | None = None
    clock_jump_s: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """Entries in order and the state after them; ``outcome`` is ``None`` while the document is pending."""

    state: RegisterState
    entries: tuple[Entry, ...]
    document: Document
    outcome: str | None


def decide(state: RegisterState, command: Command, context: Context) -> Decision:
    """Decide an act. Raises :class:`Refused`; then nothing has happened."""
    assert state.version > 0 and state.pending is None, "the register has its genesis and no pending document"
    closing = isinstance(command, CloseInput)
    now = context.now.replace(microsecond=0)
    if closing and state.shift is None:
        raise Refused("SHIFT_NOT_OPEN")
    if not closing:
        # by the time that the document will bear: a clock set back by seconds does not bring it back before a limit
        check_limits(state, context, max(now, state.last_made_at or now))
    made_at = fiscal_time(state, now, closing=closing)
    document = _document(state, command, context, made_at)
    entries: list[Entry] = []
    if context.clock_jump_s:
        state, entry = record(state, CLOCK, {"at": made_at, "jump_s": context.clock_jump_s})
        entries.append(entry)
    state, entry = record(state, DOCUMENT, {"number": document.number, "digest": document.digest}, document)
    entries.append(entry)
    outcome = _outcome_at_once(state, context)
    if outcome is not None:
        facts = {"number": document.number, "outcome": outcome, "at": made_at}
        if outcome == MADE_AUTONOMOUSLY and state.mode == ONLINE:
            assert state.block is not None
            mode = {"mode": AUTONOMOUS, "since": made_at, "reason": state.block.reason}
            state, entry = record(state, MODE, mode)
            entries.append(entry)
        if outcome == MADE_AUTONOMOUSLY:
            facts["reason"] = state.reason or ""
        state, entry = record(state, OUTCOME, facts, document)
        entries.append(entry)
    return Decision(state, tuple(entries), document, outcome)


def check_limits(state: RegisterState, context: Context, now: datetime) -> None:
    """Everything that refuses a new document but never the close of a shift (G7)."""
    if state.block is not None:
        raise Refused("REGISTER_BLOCKED", reason=state.block.reason, text=state.block.text)
    if context.lane_stopped:
        raise Refused("LANE_STOPPED")
    oldest = context.oldest_unconfirmed_at
    if state.limit_reached or (oldest is not None and now > oldest + AUTONOMOUS_HOURS_MAX):
        raise Refused("AUTONOMOUS_TOO_LONG")
    if state.shift is not None and now > state.shift.closes_before:
        raise Refused("SHIFT_TOO_LONG", shift=state.shift.number)


def fiscal_time(state: RegisterState, now: datetime, *, closing: bool) -> datetime:
    """The document's time: never before the last one's (G6); a clock back by more than 60 s stops all but the close."""
    last = state.last_made_at
    if last is None or now >= last:
        return now
    if closing or last - now <= CLOCK_BACK_MAX:
        return last
    raise Refused("CLOCK_WENT_BACK", last=last.isoformat())


def x_report(state: RegisterState, context: Context) -> Report:
    """The X-report of the open shift, at once from the running counters; nothing is made."""
    if state.shift is None:
        raise Refused("SHIFT_NOT_OPEN")
    now = max(context.now.replace(microsecond=0), state.last_made_at or context.now)
    return _report("X", state, context, now)


def _outcome_at_once(state: RegisterState, context: Context) -> str | None:
    if not context.has_operator:
        return PRACTISED
    if state.mode == AUTONOMOUS or state.block is not None:
        return MADE_AUTONOMOUSLY
    return None


def _document(state: RegisterState, command: Command, context: Context, made_at: datetime) -> Document:
    shift, number_in_shift = state.next_place
    ticket: Ticket | None = None
    amount: Money | None = None
    report: Report | None = None
    own_sign: int | None = None
    if isinstance(command, TicketInput):
        kind, ticket = command.kind, _ticket(state, command, context, made_at)
        own_sign = state.own_sign + 1
        assert own_sign <= OWN_SIGN_MAX
    elif isinstance(command, PlacementInput):
        kind, amount = command.kind, _placement(state, command)
    else:
        kind, report = Kind.SHIFT_CLOSE, _report("Z", state, context, made_at)
    return freeze(
        Document(
            register_id=state.register_id,
            number=state.last_document + 1,
            kind=kind,
            shift=shift,
            number_in_shift=number_in_shift,
            made_at=made_at,
            practice=context.practice,
            seller=context.seller,
            cashier=context.cashier,
            previous_digest=state.document_head,
            own_sign=own_sign,
            ticket=ticket,
            sum=amount,
            report=report,
        )
    )


def _ticket(state: RegisterState, request: TicketInput, context: Context, made_at: datetime) -> Ticket:
    if request.payments is None:
        raise Refused("VALIDATION", field="payments")
    ticket = priced(request, context, made_at)
    if ticket.kind not in CASH_IN and ticket.cash > state.totals.cash:
        raise Refused("NOT_ENOUGH_CASH", cash=state.totals.cash, needed=ticket.cash)
    return ticket


def priced(request: TicketInput, context: Context, made_at: datetime) -> Ticket:
    """A ticket priced for this register at this time; a return with the rates of its basis, no more than is left."""
    basis = context.basis
    parent = checked_parent(request, basis, made_at)
    day = basis_moment(parent, made_at).date()
    own = None if basis is None else basis.document
    pricing = Pricing(
        # who has ceased to pay VAT gives back what was sold with it
        vat_payer=context.seller.vat_payer if own is None else own.seller.vat_payer,
        vat_default=default_on(context.vat_default, day),
        rate_day=day,
        seller_iin_bin=context.seller.iin_bin,
    )
    ticket = price(at_basis_rates(replace(request, parent=parent), basis), pricing)
    if parent is not None:
        check_left(ticket, parent, basis)
    return ticket


def _placement(state: RegisterState, command: PlacementInput) -> Money:
    if command.sum < 1 or (command.sum > PRICE_TIYN_MAX and not command.whole_drawer):
        raise Refused("AMOUNT_OUT_OF_RANGE")
    if command.kind is Kind.WITHDRAWAL and command.sum > state.totals.cash:
        raise Refused("NOT_ENOUGH_CASH", cash=state.totals.cash, needed=command.sum)
    return command.sum


def _report(kind: str, state: RegisterState, context: Context, made_at: datetime) -> Report:
    shift = state.shift
    assert shift is not None
    report = build_report(
        kind,
        register_id=state.register_id,
        shift=shift.number,
        opened_at=shift.opened_at,
        made_at=made_at,
        counters=shift.counters,
        totals=state.totals,
        non_nullable_start=shift.non_nullable_start,
        chain_head=state.document_head,
    )
    return replace(report, checksum=context.checksum(report))
