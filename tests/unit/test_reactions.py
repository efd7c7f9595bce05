"""Every result code of the protocol, unanswered or not, asked again or not, against the table «Our reactions»."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from domain_samples import CLOSE, NOON, Register, sale

from core.domain.lane import Exchange, Lane
from core.domain.view import Mark
from core.ofd.codec import Answer
from core.ofd.head import Tries, after_head_answer, failed
from core.ofd.reactions import Reacted, Reaction, block_reason, to_head, to_pending

CODES = (*range(20), 254, 255, 20, 77, 100, 253, 256, 4_294_967_295)
YES_NO = (False, True)
SETTLING = {0, 8, 9, 11, 13, 14, 17}


def expected_of_pending(
    code: int, unanswered: bool, asked_again: bool, renumbered: bool
) -> tuple[str, str | None, bool]:
    """The left column of the table: reaction, block, whether the exchange is settled."""
    if code == 0:
        return "accept", None, True
    if code in (254, 255):
        return "same_again", None, False
    if code in (11, 13, 14, 17):
        return "refuse", None, True
    if code in (8, 9):
        return ("refuse", "numbering", True) if renumbered else ("renumber", None, True)
    if code == 2 and not asked_again:
        return "same_again", None, False
    if code == 15:
        return "block", "blocked", not unanswered
    if unanswered:
        return "autonomous", None, False
    return "refuse", "bad_token" if code == 2 else "service", True


def expected_of_head(
    code: int, unanswered: bool, asked_again: bool, renumbered: bool, blocked_before: bool
) -> tuple[str, str | None, bool]:
    """The right column."""
    if code == 0:
        return "accept", None, True
    if code in (254, 255):
        return "same_again", None, False
    if code in (8, 9) and not renumbered:
        return "renumber", None, True
    if code == 2 and not asked_again:
        return "same_again", None, False
    if code == 15 and not blocked_before:
        return "block", "blocked", not unanswered
    return "stop", None, not unanswered or code in SETTLING


@pytest.mark.parametrize("code", CODES)
def test_a_pending_document(code: int) -> None:
    for unanswered, asked_again, renumbered in product(YES_NO, YES_NO, YES_NO):
        reacted = to_pending(code, unanswered=unanswered, asked_again=asked_again, renumbered=renumbered)
        assert (str(reacted.reaction), reacted.block, reacted.finish) == expected_of_pending(
            code, unanswered, asked_again, renumbered
        )
        if unanswered and code not in SETTLING:
            assert reacted.reaction is not Reaction.REFUSE
            assert not reacted.finish, "token and request number stay as they are"


@pytest.mark.parametrize("code", CODES)
def test_the_head_of_the_queue(code: int) -> None:
    for unanswered, asked_again, renumbered, blocked in product(YES_NO, YES_NO, YES_NO, YES_NO):
        reacted = to_head(
            code, unanswered=unanswered, asked_again=asked_again, renumbered=renumbered, blocked_before=blocked
        )
        assert (str(reacted.reaction), reacted.block, reacted.finish) == expected_of_head(
            code, unanswered, asked_again, renumbered, blocked
        )
        assert reacted.reaction not in (Reaction.REFUSE, Reaction.AUTONOMOUS), "a queued document is never refused"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        *((2, "bad_token"), (8, "numbering"), (9, "numbering"), (15, "blocked")),
        *((1, "service"), (3, "service"), (99, "service")),
    ],
)
def test_the_reason_of_a_block(code: int, reason: str) -> None:
    assert block_reason(code) == reason


def test_an_autonomous_document_knows_why() -> None:
    def reason(code: int) -> str | None:
        return to_pending(code, unanswered=True, asked_again=True, renumbered=True).reason

    assert (reason(2), reason(3), reason(15), reason(254)) == ("bad_token", "service", "blocked", "unavailable")
    assert Reacted(Reaction.ACCEPT).finish


REGISTER = Register()
DOCUMENT = REGISTER.done(sale())
CLOSED = REGISTER.done(CLOSE)
LANE = Lane(head=0, token=7, fails=3, cause="no_link", last_attempt_at=NOON, contact=True, head_blocked=None)
EXCHANGE = Exchange(1, 1, "TICKET", 5, 7, b"")
LATER = NOON + timedelta(seconds=3)


def answer(code: int, text: str | None = None) -> Answer:
    sign = "923860753030" if code == 0 else None
    return Answer("TICKET", code, text, fiscal_sign=sign, check_url="https://x" if sign else None)


def test_an_accepted_head_moves_on_with_both_signs() -> None:
    result = after_head_answer(LANE, EXCHANGE, DOCUMENT, answer(0, "OK"), Tries(), LATER)
    assert (result.lane.head, result.lane.fails, result.lane.cause, result.finish) == (1, 0, None, True)
    assert result.mark is not None
    assert (result.mark.mark, result.mark.fiscal_sign) == (Mark.AUTONOMOUS_REGISTERED, "923860753030")
    assert result.mark.registered_at == LATER
    assert [one.topic for one in result.news] == ["document.registered"]
    close = after_head_answer(LANE, EXCHANGE, CLOSED, answer(0), Tries(), LATER)
    assert close.mark is not None
    assert (close.mark.fiscal_sign, close.mark.check_url) == (None, None), "signs are for tickets only"


@pytest.mark.parametrize("code", [1, 3, 11, 13, 14, 17, 18, 99])
def test_a_refused_head_stops_the_lane_and_calls_the_owner(code: int) -> None:
    result = after_head_answer(LANE, EXCHANGE, DOCUMENT, answer(code, "қате"), Tries(), LATER)
    assert (result.lane.stopped, result.lane.head, result.lane.next_try_at) == (True, 0, None)
    assert result.mark is not None
    assert (result.mark.mark, result.mark.result_code) == (Mark.STOPPED, code)
    assert [(one.topic, one.facts["text"]) for one in result.news] == [("lane.stopped", "қате")]


def test_a_blocked_head_waits_a_minute_and_stops_at_the_second_15() -> None:
    blocked = after_head_answer(LANE, EXCHANGE, DOCUMENT, answer(15), Tries(), LATER)
    assert (blocked.lane.head_blocked, blocked.lane.stopped, blocked.lane.contact) == (1, False, False)
    assert blocked.lane.next_try_at == NOON + timedelta(seconds=60)
    probed = after_head_answer(blocked.lane, EXCHANGE, DOCUMENT, answer(15), Tries(), LATER)
    assert not probed.lane.stopped, "without a SYSTEM answered 0 in between the document itself was the probe"
    lifted = replace(blocked.lane, contact=True)
    again = after_head_answer(lifted, EXCHANGE, DOCUMENT, answer(15), Tries(), LATER)
    assert (again.lane.stopped, again.lane.cause) == (True, "blocked")
    elsewhere = after_head_answer(replace(lifted, head_blocked=9), EXCHANGE, DOCUMENT, answer(15), Tries(), LATER)
    assert not elsewhere.lane.stopped


def test_an_unavailable_operator_is_asked_again_exactly_a_minute_after_the_try_began() -> None:
    result = after_head_answer(LANE, EXCHANGE, DOCUMENT, answer(254), Tries(), LATER)
    assert (result.lane.next_try_at, result.lane.fails, result.finish) == (NOON + timedelta(seconds=60), 4, False)
    assert failed(replace(LANE, last_attempt_at=None), "no_link", LATER).next_try_at == LATER + timedelta(seconds=60)


def test_a_token_is_asked_once_more_and_a_number_renewed_once() -> None:
    again = after_head_answer(LANE, EXCHANGE, DOCUMENT, answer(2), Tries(), LATER)
    assert (again.reacted.reaction, again.lane.fails, again.finish) == (Reaction.SAME_AGAIN, 3, False)
    given_up = after_head_answer(LANE, EXCHANGE, DOCUMENT, answer(2), Tries(asked_again=True), LATER)
    assert (given_up.lane.cause, given_up.finish) == ("bad_token", True)
    unanswered = replace(EXCHANGE, unanswered=1)
    kept = after_head_answer(LANE, unanswered, DOCUMENT, answer(2), Tries(asked_again=True), LATER)
    assert (kept.lane.stopped, kept.finish) == (True, False), "the exchange stays for a typed token"
    assert after_head_answer(LANE, EXCHANGE, DOCUMENT, answer(8), Tries(), LATER).finish
    numbering = after_head_answer(LANE, EXCHANGE, DOCUMENT, answer(9), Tries(renumbered=True), LATER)
    assert (numbering.lane.stopped, numbering.lane.cause) == (True, "numbering")
