"""What an act may do and when: limits to the second, numbers, signs, the chain, the close that always passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from domain_samples import (
    CLOSE,
    HOUR,
    NOON,
    SECOND,
    SELLER,
    Register,
    asked,
    cash,
    context,
    deposit,
    goods,
    sale,
    withdrawal,
)

from core.domain.decide import Command, decide, x_report
from core.domain.document import chained
from core.domain.journal import CLOCK, DOCUMENT, MODE, OUTCOME, record
from core.domain.outcome import Verdict, block, go_autonomous, reach_limit, refused, unblock
from core.domain.register import OWN_SIGN_MAX, RegisterState, state_from_plain, state_to_plain
from core.domain.ticket import Cashier, Kind, Payment, PaymentType, TicketInput
from core.errors import Refused

DAY = 24 * HOUR
SALES: list[Command] = [sale(), deposit(100), withdrawal(100)]


def opened() -> Register:
    """A shift with cash in the drawer, opened at noon."""
    register = Register()
    register.done(sale(50_000))
    return register


def buy(amount: int) -> TicketInput:
    return asked(goods(amount), kind=Kind.BUY, payments=cash(amount))


@pytest.mark.parametrize("command", SALES)
def test_24_hours_exactly_still_pass_and_a_second_more_does_not(command: Command) -> None:
    register = opened()
    register.now = NOON + DAY + SECOND
    assert register.refused_with(command) == "SHIFT_TOO_LONG"
    register.now = NOON + DAY + timedelta(microseconds=999_999)
    assert register.make(command).document.shift == 1


@pytest.mark.parametrize("command", SALES)
def test_72_hours_exactly_still_pass_and_a_second_more_does_not(command: Command) -> None:
    register = opened()
    register.now = NOON + HOUR
    oldest = register.now - 3 * DAY
    assert register.refused_with(command, oldest_unconfirmed_at=oldest - SECOND) == "AUTONOMOUS_TOO_LONG"
    assert register.make(command, oldest_unconfirmed_at=oldest).document.number == 2


def test_a_reached_limit_holds_until_the_queue_is_empty() -> None:
    register = opened()
    register.move(go_autonomous(register.state, "no_link", NOON))
    register.move(reach_limit(register.state, NOON))
    assert register.refused_with(sale()) == "AUTONOMOUS_TOO_LONG"
    assert register.refused_with(sale(), oldest_unconfirmed_at=register.now) == "AUTONOMOUS_TOO_LONG"


def test_a_block_and_a_stopped_lane_refuse_with_what_a_person_needs() -> None:
    register = opened()
    assert register.refused_with(sale(), lane_stopped=True) == "LANE_STOPPED"
    register.move(block(register.state, "blocked", "Оплатите услуги: 1702", NOON))
    with pytest.raises(Refused) as refusal:
        decide(register.state, sale(), register.context())
    assert refusal.value.params == {"reason": "blocked", "text": "Оплатите услуги: 1702"}
    register.move(unblock(register.state, NOON))
    assert register.make(sale()).outcome is None


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"lane_stopped": True},
        {"oldest_unconfirmed_at": NOON - 30 * DAY},
        {"now": NOON - 30 * DAY},
        {"now": NOON + 30 * DAY},
    ],
)
@pytest.mark.parametrize("blocked", [False, True])
@pytest.mark.parametrize("limit", [False, True])
def test_nothing_refuses_the_close(more: dict[str, Any], blocked: bool, limit: bool) -> None:
    register = opened()
    if blocked:
        register.move(block(register.state, "service", None, NOON))
    if limit:
        register.move(reach_limit(register.state, NOON))
    decision = register.make(CLOSE, **more)
    assert decision.document.made_at == max(more.get("now", NOON), NOON), "a clock back takes the last document's time"
    assert decision.outcome == ("autonomous" if blocked else None), "a blocked register does not ask the operator"
    assert decision.document.report is not None
    assert decision.document.report.closed_at == decision.document.made_at


def test_only_an_open_shift_closes() -> None:
    register = Register()
    assert register.refused_with(CLOSE) == "SHIFT_NOT_OPEN"
    register.done(sale())
    register.done(CLOSE)
    assert register.refused_with(CLOSE) == "SHIFT_NOT_OPEN"
    with pytest.raises(Refused, match="SHIFT_NOT_OPEN"):
        x_report(register.state, context())


def test_a_clock_back_by_a_minute_takes_the_last_time_and_by_more_stops() -> None:
    register = opened()
    register.now = NOON - 60 * SECOND
    assert register.done(sale()).made_at == NOON
    register.now = NOON - 61 * SECOND
    assert register.refused_with(sale()) == "CLOCK_WENT_BACK"
    assert register.refused_with(deposit(1)) == "CLOCK_WENT_BACK"
    report = x_report(register.state, register.context())
    assert (report.made_at, report.closed_at, report.kind) == (NOON, None, "X")


def test_fiscal_time_has_whole_seconds() -> None:
    register = Register()
    register.now = NOON.replace(microsecond=999_999)
    assert register.done(sale()).made_at == NOON


def test_numbers_signs_and_the_chain() -> None:
    register = Register()
    genesis = register.state.chain_head
    made = [register.done(one) for one in (sale(), deposit(5), sale(), CLOSE, sale())]
    assert [one.number for one in made] == [1, 2, 3, 4, 5]
    assert [(one.shift, one.number_in_shift) for one in made] == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1)]
    assert [one.own_sign for one in made] == [1, None, 2, None, 3]
    assert [one.previous_digest for one in made] == [genesis, *[one.digest for one in made[:-1]]]
    assert all(one.digest == chained(one.previous_digest, one.frozen) for one in made)
    assert made[3].report is not None
    assert made[3].report.chain_head == made[2].digest
    assert register.state.document_head == made[-1].digest


def test_a_refused_opener_leaves_the_shift_number_free_but_not_its_place() -> None:
    register = Register()
    first = register.done(sale(), "refused")
    assert register.state.shift is None
    register.now += HOUR
    second = register.done(sale())
    assert [(one.number, one.shift, one.number_in_shift) for one in (first, second)] == [(1, 1, 1), (2, 1, 2)]
    assert register.state.shift is not None
    assert register.state.shift.opened_at == NOON + HOUR
    assert second.previous_digest == first.digest, "a refused document stays in the chain"
    assert second.own_sign == 2


def test_a_refused_close_leaves_the_shift_open() -> None:
    register = opened()
    close = register.done(CLOSE, "refused")
    assert register.state.shift is not None
    after = register.done(sale())
    assert (close.number_in_shift, after.shift, after.number_in_shift) == (2, 1, 3)


def test_nothing_counts_before_its_outcome() -> None:
    register = Register()
    register.make(sale(10_000))
    state = register.state
    assert (state.pending, state.shift, state.totals.cash, state.last_shift) == (1, None, 0, 0)
    with pytest.raises(AssertionError):
        decide(state, sale(), register.context())
    register.settle(Verdict("registered", NOON, fiscal_sign="1", check_url="u"))
    assert (register.state.pending, register.state.totals.cash, register.state.last_shift) == (None, 10_000, 1)


def test_a_register_without_a_genesis_makes_nothing() -> None:
    with pytest.raises(AssertionError):
        decide(RegisterState("r"), sale(), context())


def test_deciding_twice_gives_the_same_bytes() -> None:
    register = opened()
    for command in (*SALES, CLOSE):
        first = decide(register.state, command, register.context())
        assert decide(state_from_plain(state_to_plain(register.state)), command, register.context()) == first


def test_autonomous_and_practice_documents_have_their_outcome_at_once() -> None:
    practice = Register(has_operator=False)
    decision = practice.make(sale())
    assert (decision.outcome, decision.state.pending) == ("practice", None)
    assert decision.state.totals.tickets["sell"] == 1
    register = opened()
    register.move(go_autonomous(register.state, "no_link", NOON))
    decision = register.make(sale())
    assert decision.outcome == "autonomous"
    assert [entry.kind for entry in decision.entries] == [DOCUMENT, OUTCOME]
    assert b'"reason":"no_link"' in decision.entries[-1].body
    assert decision.state.shift is not None
    assert decision.state.shift.counters.tickets["sell"]["offline"] == 1


def test_a_close_while_blocked_turns_the_register_autonomous_for_the_same_reason() -> None:
    register = opened()
    register.move(block(register.state, "bad_token", None, NOON))
    decision = register.make(CLOSE)
    assert [entry.kind for entry in decision.entries] == [DOCUMENT, MODE, OUTCOME]
    state = decision.state
    assert (state.mode, state.reason, state.autonomous_since) == ("autonomous", "bad_token", NOON)


def test_a_forward_jump_is_entered_and_nothing_waits() -> None:
    register = opened()
    decision = register.make(sale(), clock_jump_s=7_200)
    assert [entry.kind for entry in decision.entries] == [CLOCK, DOCUMENT]
    assert b'"jump_s":7200' in decision.entries[0].body


def test_the_drawer_never_goes_below_zero() -> None:
    register = Register()
    register.done(sale(10_000))
    assert register.refused_with(withdrawal(10_001)) == "NOT_ENOUGH_CASH"
    assert register.refused_with(buy(10_001)) == "NOT_ENOUGH_CASH"
    by_card = replace(buy(10_001), payments=(Payment(PaymentType.CARD, 10_001),))
    assert register.make(by_card).document.total == 10_001
    register.settle(refused(NOON, 14, None))
    register.done(buy(4_000))
    register.done(withdrawal(6_000))
    assert register.state.totals.cash == 0
    assert register.refused_with(withdrawal(1)) == "NOT_ENOUGH_CASH"


@pytest.mark.parametrize("kind", [Kind.DEPOSIT, Kind.WITHDRAWAL])
def test_the_bounds_of_a_placement(kind: Kind) -> None:
    register = Register()
    register.done(deposit(9_999_999_999))
    register.done(deposit(1))
    command = replace(deposit(1), kind=kind)
    for amount in (0, -1, 10_000_000_000):
        assert register.refused_with(replace(command, sum=amount)) == "AMOUNT_OUT_OF_RANGE"
    for amount in (9_999_999_999, 1):
        assert register.done(replace(command, sum=amount)).total == amount


def test_a_ticket_is_made_with_its_payments_only() -> None:
    assert Register().refused_with(replace(sale(), payments=None)) == "VALIDATION"


def test_what_is_frozen_is_of_that_moment() -> None:
    register = Register()
    first = register.make(sale(), cashier=Cashier(7, "Әлия"), seller=replace(SELLER, address="Астана"), practice=True)
    assert (first.document.cashier, first.document.seller.address) == (Cashier(7, "Әлия"), "Астана")
    assert first.document.practice


def test_own_signs_end_before_the_wires_limit() -> None:
    register = Register()
    register.state = replace(register.state, own_sign=OWN_SIGN_MAX - 1)
    assert register.done(sale()).own_sign == OWN_SIGN_MAX == 2_147_483_647
    with pytest.raises(AssertionError):
        decide(register.state, sale(), register.context())
    assert register.done(deposit(1)).own_sign is None


def test_a_genesis_takes_over_a_registers_life() -> None:
    totals = {
        "tickets": {"sell": 5, "sell_return": 0, "buy": 0, "buy_return": 0},
        "placements": {"deposit": 1, "withdrawal": 0},
        "non_nullable": {"sell": 700, "sell_return": 0, "buy": 0, "buy_return": 0},
        "cash": 300,
    }
    register = Register(genesis={"last_document": 40, "last_shift": 9, "totals": totals})
    document = register.done(sale(100))
    assert (document.number, document.shift, register.state.totals.cash) == (41, 10, 400)
    report = x_report(register.state, register.context())
    assert (report.non_nullable_start["sell"], report.non_nullable_end["sell"]) == (700, 800)
    assert report.tickets["sell"].total_count == 6
    with pytest.raises(AssertionError):
        record(register.state, "genesis", {})


def test_a_time_in_another_shift_does_not_matter_to_the_next() -> None:
    register = opened()
    register.now = NOON + 20 * DAY
    register.done(CLOSE)
    later: datetime = register.done(sale()).made_at
    assert register.state.shift is not None
    assert register.state.shift.closes_before == later + DAY
