"""Frozen bytes and the chain: what is stored reads back, one flipped byte is seen, any history folds to its state."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from domain_samples import (
    CLOSE,
    ELSEWHERE,
    HOUR,
    NOON,
    REGISTER,
    SECOND,
    SELLER,
    Register,
    accepted,
    asked,
    basis_of,
    cash,
    deposit,
    goods,
    sale,
    seller_of,
    withdrawal,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from naive_report import figures_of, naive_report

from core.domain.decide import Command, x_report
from core.domain.document import Document, canonical, chained, freeze, thaw
from core.domain.freeze import moment, to_plain
from core.domain.journal import GENESIS, record, replay
from core.domain.lane import Exchange, Lane, Loaded
from core.domain.outcome import block, go_online, reach_limit, unblock
from core.domain.pricing import Pricing
from core.domain.register import NOTHING_BEFORE, RegisterState, state_from_plain, state_to_plain
from core.domain.ticket import Cashier, Kind, Parent, Ticket, TicketInput
from core.domain.view import DocumentView, Mark
from core.errors import Refused

Accepted = tuple[TicketInput, Pricing, Ticket]


def document_of(ticket: Ticket, **more: Any) -> Document:
    facts: dict[str, Any] = {
        "register_id": REGISTER,
        "number": 1,
        "kind": ticket.kind,
        "shift": 1,
        "number_in_shift": 1,
        "made_at": NOON,
        "practice": True,
        "seller": SELLER,
        "cashier": Cashier(3, "Әлия"),
        "previous_digest": "ab" * 32,
        "own_sign": 5,
        "ticket": ticket,
    }
    return freeze(Document(**{**facts, **more}))


@settings(max_examples=100, deadline=None)
@given(accepted())
def test_a_document_reads_back_from_its_bytes_as_it_was(one: Accepted) -> None:
    _, pricing, ticket = one
    document = document_of(ticket, seller=seller_of(pricing))
    assert document.ticket == ticket
    assert thaw(document.frozen) == document
    assert freeze(thaw(document.frozen)) == document
    assert canonical(json.loads(document.frozen)) == document.frozen


@given(st.data())
def test_one_flipped_byte_changes_the_digest(data: st.DataObject) -> None:
    document = Register().done(sale(name="Нан"))
    place = data.draw(st.integers(0, len(document.frozen) - 1))
    body = bytearray(document.frozen)
    body[place] ^= data.draw(st.integers(1, 255))
    assert chained(document.previous_digest, bytes(body)) != document.digest
    assert chained("00" * 32, document.frozen) != document.digest


def test_every_kind_of_document_reads_back() -> None:
    register = Register()
    for command in (sale(), deposit(500), withdrawal(100), CLOSE):
        document = register.done(command)
        assert thaw(document.frozen) == document
        assert document.is_ticket == (document.ticket is not None)
    assert [one.total for one in register.documents] == [10_000, 500, 100, 0]


def test_what_is_not_there_is_not_in_the_bytes() -> None:
    facts = json.loads(Register().done(deposit(500)).frozen)
    assert "ticket" not in facts
    assert "own_sign" not in facts
    assert "digest" not in facts
    assert facts["v"] == 1


def test_only_plain_values_are_frozen() -> None:
    assert to_plain({"a": (1, [None, "б"]), 5: NOON}) == {"a": [1, [None, "б"]], "5": "2026-03-05T12:00:00+05:00"}
    with pytest.raises(AssertionError):
        to_plain({"price": 1.5})
    assert moment(None) is None
    assert moment("2026-03-05T12:00:00+05:00") == NOON


def test_an_entry_that_does_not_follow_is_not_taken() -> None:
    register = Register()
    document = register.done(sale())
    entry = register.entries[1][0]
    with pytest.raises(AssertionError):
        replay(register.state, entry, document)
    fresh, _ = record(RegisterState(REGISTER), GENESIS, {})
    for wrong in (
        replace(document, number=2),
        replace(document, digest="00" * 32),
        replace(document, previous_digest="00" * 32),
    ):
        with pytest.raises(AssertionError):
            replay(fresh, entry, wrong)
    with pytest.raises(AssertionError):
        replay(fresh, entry, None)


def test_time_never_goes_back_in_a_journal() -> None:
    register = Register()
    register.done(sale())
    register.now = NOON + HOUR
    decision = register.make(sale())
    earlier = replace(register.replayed(), pending=None, last_document=1, last_made_at=NOON + 2 * HOUR)
    earlier = replace(earlier, document_head=decision.document.previous_digest)
    with pytest.raises(AssertionError):
        replay(earlier, decision.entries[0], decision.document)


def test_the_genesis_is_the_head_of_the_first_document() -> None:
    state, entry = record(RegisterState(REGISTER), GENESIS, {})
    assert state.document_head == state.chain_head == entry.digest != NOTHING_BEFORE
    assert entry.previous_digest == NOTHING_BEFORE


def test_the_lanes_numbers() -> None:
    lane = Lane(head=0, token=1)
    assert [replace(lane, reqnum=one).next_reqnum for one in (0, 1, 65_534, 65_535)] == [1, 2, 65_535, 1]
    answered = lane.with_answer(b"a").with_answer(b"b")
    assert (answered.answer_seq, answered.answer_head) == (2, chained(chained(NOTHING_BEFORE, b"a"), b"b"))
    register = Register()
    register.done(sale())
    register.make(sale())
    assert Loaded(register.state, lane, None, None, None).unsent == 1, "a pending document is not unsent"
    assert Exchange(1, 1, "TICKET", 1, 1, b"").unanswered == 0


def test_which_documents_are_autonomous_to_people() -> None:
    document = Register().done(sale())
    shown = {mark for mark in Mark if DocumentView(document, mark, "").is_autonomous}
    assert shown == {Mark.AUTONOMOUS, Mark.AUTONOMOUS_REGISTERED, Mark.STOPPED, Mark.SETTLED}


class RandomDays(RuleBasedStateMachine):
    """Any sequence of acts, outcomes, blocks and jumps of the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.register = Register()
        self.counted: list[tuple[Document, str]] = []
        self.shift_from = 0
        self.seen: dict[str, int] = {}
        self.returned: dict[int, list[Ticket]] = {}
        self.attempt(deposit(500_000), "registered")

    def attempt(self, command: Command, outcome: str, **more: Any) -> Document | None:
        """Make it if it may be made; a refusal must leave everything as it was."""
        before = self.register.state
        try:
            document = self.register.done(command, outcome, **more)
        except Refused:
            assert self.register.state == before
            return None
        outcome = self.register.outcomes[document.number]
        if outcome != "refused":
            self.counted.append((document, outcome))
            if document.kind is Kind.SHIFT_CLOSE:
                self.shift_from = len(self.counted)
        return document

    outcomes = st.sampled_from(["registered", "registered", "autonomous", "refused"])

    @rule(one=accepted(), outcome=outcomes)
    def ticket(self, one: Accepted, outcome: str) -> None:
        request, pricing, _ = one
        self.attempt(request, outcome, seller=seller_of(pricing), vat_default="16" if pricing.vat_payer else "none")

    @rule(amount=st.integers(1, 20_000), outcome=outcomes)
    def plain_sale(self, amount: int, outcome: str) -> None:
        self.attempt(asked(goods(amount, 2_000), payments=cash(2 * amount)), outcome)

    @rule(amount=st.integers(0, 20_000), kind=st.sampled_from([Kind.DEPOSIT, Kind.WITHDRAWAL]), outcome=outcomes)
    def placement(self, amount: int, kind: Kind, outcome: str) -> None:
        self.attempt(replace(deposit(amount), kind=kind), outcome)

    @rule(amount=st.integers(1, 20_000), outcome=outcomes)
    def return_of_the_last_sale(self, amount: int, outcome: str) -> None:
        sold = [one for one, _ in self.counted if one.kind is Kind.SELL]
        if not sold or sold[-1].ticket is None:
            return
        amount = min(amount, sold[-1].total)
        line, earlier = sold[-1].ticket.items[0], self.returned.setdefault(sold[-1].number, [])
        request = asked(
            goods(amount, min(line.quantity, 1_000), line.name),
            kind=Kind.SELL_RETURN,
            parent=Parent(document_number=sold[-1].number),
        )
        total = max((amount * min(line.quantity, 1_000) + 500) // 1_000, 1)
        done = self.attempt(replace(request, payments=cash(total)), outcome, basis=basis_of(sold[-1], *earlier))
        if done is not None and done.ticket is not None and self.register.outcomes[done.number] != "refused":
            earlier.append(done.ticket)
        assert sum(one.total for one in earlier) <= sold[-1].total

    @rule(outcome=outcomes)
    def close(self, outcome: str) -> None:
        was_open = self.register.state.shift is not None
        assert (self.attempt(CLOSE, outcome, lane_stopped=True) is not None) == was_open, "a close always passes"

    @rule(seconds=st.sampled_from([0, 1, 3_600, 86_400, 86_401, -1, -30, -60, -61]))
    def time_passes(self, seconds: int) -> None:
        self.register.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.register.state.block is None)
    @rule(reason=st.sampled_from(["blocked", "service", "numbering", "bad_token"]))
    def blocked(self, reason: str) -> None:
        self.register.move(block(self.register.state, reason, None, self.register.now))

    @precondition(lambda self: self.register.state.block is not None)
    @rule()
    def unblocked(self) -> None:
        self.register.move(unblock(self.register.state, self.register.now))

    @precondition(lambda self: self.register.state.mode == "autonomous")
    @rule()
    def back_online(self) -> None:
        self.register.move(go_online(self.register.state, self.register.now))

    @precondition(lambda self: self.register.state.mode == "autonomous")
    @rule()
    def three_days(self) -> None:
        self.register.move(reach_limit(self.register.state, self.register.now))

    @invariant()
    def the_fold_is_the_state(self) -> None:
        state = self.register.state
        assert self.register.replayed() == state
        assert state_from_plain(json.loads(json.dumps(state_to_plain(state)))) == state

    @invariant()
    def numbers_are_dense_and_never_used_twice(self) -> None:
        made = self.register.documents
        assert [one.number for one in made] == list(range(1, len(made) + 1))
        places = [(one.shift, one.number_in_shift) for one in made]
        assert len(set(places)) == len(places)
        shifts = [one.shift for one, _ in self.counted if one.kind is Kind.SHIFT_CLOSE]
        assert shifts == list(range(1, len(shifts) + 1))
        signs = [one.own_sign for one in made if one.own_sign is not None]
        assert signs == list(range(1, len(signs) + 1))

    @invariant()
    def time_and_chain_go_forward(self) -> None:
        made = self.register.documents
        assert [one.made_at for one in made] == sorted(one.made_at for one in made)
        heads = [self.register.entries[0][0].digest, *[one.digest for one in made]]
        assert [one.previous_digest for one in made] == heads[:-1]
        digests = [entry.digest for entry, _ in self.register.entries]
        assert [entry.previous_digest for entry, _ in self.register.entries] == [NOTHING_BEFORE, *digests[:-1]]

    @invariant()
    def sums_never_go_down_and_the_drawer_is_never_short(self) -> None:
        totals = self.register.state.totals
        assert totals.cash >= 0
        assert all(totals.non_nullable[op] >= amount for op, amount in self.seen.items())
        self.seen = dict(totals.non_nullable)

    @invariant()
    def the_x_report_is_the_documents(self) -> None:
        state, shift = self.register.state, self.counted[self.shift_from :]
        assert (state.shift is None) == (not shift)
        if shift:
            report = x_report(state, self.register.context())
            assert figures_of(report) == naive_report(self.counted, shift)


RandomDays.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
test_any_sequence_of_acts_and_outcomes = RandomDays.TestCase


def test_a_return_elsewhere_counts_like_any_other() -> None:
    register = Register()
    register.done(deposit(10_000))
    register.now += SECOND
    register.done(asked(goods(500), kind=Kind.SELL_RETURN, parent=ELSEWHERE, payments=cash(500)))
    assert register.state.totals.non_nullable["sell_return"] == 500
