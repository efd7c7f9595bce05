"""What delivery does next with a lane: the order of a recovery, read from the rows alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from domain_samples import NOON, REGISTRATION, Register, sale

from core.domain.lane import Exchange, Lane, Loaded
from core.domain.outcome import block, go_autonomous
from core.domain.register import RegisterState
from core.ofd.plan import RESOLVING, TYPED_TOKEN, NextStep, Run, next_step

ANSWERED = Exchange(1, 1, "TICKET", 5, 7, b"")
UNANSWERED = replace(ANSWERED, unanswered=1)


def autonomous_state() -> RegisterState:
    register = Register()
    register.move(go_autonomous(register.state, "no_link", NOON))
    register.done(sale())
    return register.state


AUTONOMOUS = autonomous_state()
ONLINE = replace(AUTONOMOUS, mode="online", autonomous_since=None, reason=None)


def blocked(state: RegisterState, reason: str) -> RegisterState:
    return block(state, reason, None, NOON)[0]


def step(state: RegisterState, exchange: Exchange | None = None, **lane: Any) -> NextStep:
    row = replace(Lane(head=0, token=7), **lane)
    return next_step(Loaded(state, row, exchange, None, None))


def test_nothing_is_done_beside_a_pending_document_or_on_a_stopped_lane() -> None:
    assert step(replace(AUTONOMOUS, pending=2), UNANSWERED) is NextStep.REST
    assert step(AUTONOMOUS, UNANSWERED, stopped=True, info_owed=True) is NextStep.REST


def test_a_recovery_in_its_order() -> None:
    assert step(AUTONOMOUS, UNANSWERED) is NextStep.HEAD, "the in-flight document first"
    assert step(AUTONOMOUS, ANSWERED) is NextStep.SYSTEM, "one that never left waits for the period to be told"
    assert step(AUTONOMOUS, ANSWERED, contact=True) is NextStep.HEAD
    assert step(AUTONOMOUS) is NextStep.SYSTEM, "then the offline period is told"
    assert step(AUTONOMOUS, contact=True) is NextStep.HEAD, "then the queue"
    assert step(AUTONOMOUS, contact=True, head=1) is NextStep.GO_ONLINE
    assert step(ONLINE, head=1, info_owed=True) is NextStep.INFO
    assert step(ONLINE, head=1) is NextStep.REST


@pytest.mark.parametrize("reason", ["service", "numbering", "bad_token"])
def test_a_block_that_a_person_must_mend_holds_delivery(reason: str) -> None:
    state = blocked(AUTONOMOUS, reason)
    assert step(state) is NextStep.REST
    assert step(state, UNANSWERED, contact=True) is NextStep.REST
    assert step(state, cause=RESOLVING) is NextStep.SYSTEM
    assert step(state, cause=TYPED_TOKEN) is NextStep.SYSTEM


def test_a_block_by_the_operator_is_probed() -> None:
    state = blocked(AUTONOMOUS, "blocked")
    assert step(state, contact=True) is NextStep.SYSTEM
    assert step(state, UNANSWERED) is NextStep.HEAD, "the unanswered exchange is itself the probe"
    assert step(blocked(ONLINE, "blocked"), info_owed=True) is NextStep.SYSTEM


def test_a_typed_token_asks_for_the_last_document_before_an_unanswered_one_is_sent_again() -> None:
    state = blocked(AUTONOMOUS, "bad_token")
    assert step(state, UNANSWERED, cause=TYPED_TOKEN) is NextStep.ASK_LAST
    assert step(state, ANSWERED, cause=TYPED_TOKEN) is NextStep.SYSTEM
    assert step(state, ANSWERED, cause=TYPED_TOKEN, contact=True) is NextStep.HEAD
    assert step(state, UNANSWERED, cause=RESOLVING) is NextStep.HEAD


def test_a_run_begins_with_nothing_tried() -> None:
    run = Run(REGISTRATION, Loaded(ONLINE, Lane(head=1, token=7), None, None, None))
    assert (run.told, run.tries.asked_again, run.tries.renumbered, run.connected) == (0, False, False, None)
