"""What an outcome does to a register, and the steps that are nobody's document."""

from __future__ import annotations

from datetime import timedelta

import pytest
from domain_samples import CLOSE, NOON, Register, sale

from core.domain.outcome import (
    Verdict,
    autonomous,
    block,
    draw,
    go_autonomous,
    go_online,
    reach_limit,
    refused,
    registered,
    resolve,
    unblock,
)

LATER = NOON + timedelta(seconds=4, microseconds=7)


def pending() -> Register:
    register = Register()
    register.make(sale(10_000))
    return register


def test_registered_counts_and_keeps_the_register_online() -> None:
    register = pending()
    register.settle(registered(LATER, fiscal_sign="923", check_url="https://x", text="OK"))
    assert (register.state.mode, register.state.totals.cash, register.state.pending) == ("online", 10_000, None)
    body = register.entries[-1][0].body
    assert b'"fiscal_sign":"923"' in body
    assert b'"result_code":0' in body


def test_autonomous_turns_the_mode_first_and_since_the_document_was_made() -> None:
    register = pending()
    register.now = LATER
    register.settle(autonomous(LATER, "timeout"))
    state = register.state
    assert [entry.kind for entry, _ in register.entries[-2:]] == ["mode", "outcome"]
    assert (state.mode, state.reason, state.autonomous_since) == ("autonomous", "timeout", NOON)
    assert state.shift is not None
    assert state.shift.counters.tickets["sell"]["offline"] == 1


def test_autonomous_while_autonomous_already_makes_no_second_change_of_mode() -> None:
    register = pending()
    register.move(go_autonomous(register.state, "restored", NOON))
    register.settle(autonomous(LATER, "timeout"))
    assert [entry.kind for entry, _ in register.entries].count("mode") == 1
    assert register.state.reason == "restored"


def test_refused_counts_nothing() -> None:
    register = pending()
    register.settle(refused(LATER, 13, "қате"))
    state = register.state
    assert (state.pending, state.shift, state.totals.tickets["sell"], state.block) == (None, None, 0, None)
    assert state.last_document == 1


def test_a_refusal_may_block_and_the_operators_words_stay() -> None:
    register = pending()
    register.settle(refused(LATER, 2, None, block="bad_token"))
    assert register.state.block is not None
    assert (register.state.block.reason, register.state.block.text) == ("bad_token", "bad_token")
    assert register.state.block.since == LATER.replace(microsecond=0)


def test_blocked_is_autonomous_for_the_receipt_in_hand() -> None:
    register = pending()
    register.settle(Verdict("autonomous", LATER, reason="blocked", block="blocked", result_text="Оплатите"))
    assert [entry.kind for entry, _ in register.entries[-3:]] == ["mode", "outcome", "block"]
    assert register.state.block is not None
    assert register.state.block.text == "Оплатите"
    assert register.state.totals.cash == 10_000
    assert register.refused_with(sale()) == "REGISTER_BLOCKED"
    assert register.make(CLOSE).outcome == "autonomous"


def test_a_block_that_stands_is_not_overwritten() -> None:
    register = pending()
    register.move(block(register.state, "service", "раньше", NOON))
    register.settle(refused(LATER, 2, None, block="bad_token"))
    assert register.state.block is not None
    assert register.state.block.reason == "service"


def test_an_outcome_is_drawn_once() -> None:
    register = pending()
    register.settle(autonomous(LATER, "timeout"))
    with pytest.raises(AssertionError):
        draw(register.state, register.documents[-1], refused(LATER, 13, None))


def test_going_online_forgets_the_period_and_the_limit() -> None:
    register = pending()
    register.settle(autonomous(LATER, "no_link"))
    register.move(reach_limit(register.state, LATER))
    assert register.state.limit_reached
    register.move(go_online(register.state, LATER))
    state = register.state
    assert (state.mode, state.autonomous_since, state.reason, state.limit_reached) == ("online", None, None, False)


def test_steps_that_are_no_documents_move_nothing_of_the_book() -> None:
    register = Register()
    register.done(sale(10_000))
    before = register.state
    register.move(block(register.state, "blocked", None, LATER))
    register.move(unblock(register.state, LATER))
    register.move(resolve(register.state, "settled_outside", "владелец сказал", LATER, 1))
    state = register.state
    assert (state.totals, state.shift, state.document_head) == (before.totals, before.shift, before.document_head)
    assert (state.block, state.version) == (None, before.version + 3)
    assert register.entries[-1][0].document_number == 1
    assert register.replayed() == state
