"""An answer to a document of the queue: what becomes of the lane, of the document's mark, and who must hear of
it. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.domain.document import Document
from core.domain.lane import RESOLVING, TYPED_TOKEN, Exchange, Lane
from core.domain.view import Mark
from core.ofd.codec import Answer
from core.ofd.reactions import Reacted, Reaction, to_head
from core.usecases.ports import RETRY_INTERVAL_S, MarkChange, News

RETRY_INTERVAL = timedelta(seconds=RETRY_INTERVAL_S)


@dataclass(frozen=True, slots=True)
class Tries:
    """What was already tried once for this document in this run."""

    asked_again: bool = False
    renumbered: bool = False


@dataclass(frozen=True, slots=True)
class HeadResult:
    """The lane after an answer; ``finish`` says that the exchange is settled."""

    reacted: Reacted
    lane: Lane
    finish: bool
    mark: MarkChange | None = None
    news: tuple[News, ...] = ()


def after_head_answer(
    lane: Lane, exchange: Exchange, document: Document, answer: Answer, tries: Tries, now: datetime
) -> HeadResult:
    """The result of an answer to the head of the queue (PROTOCOL.md d, right column of «Our reactions»)."""
    reacted = to_head(
        answer.result_code,
        unanswered=exchange.unanswered > 0,
        asked_again=tries.asked_again,
        renumbered=tries.renumbered,
        # only with a SYSTEM answered 0 in between: a probe by the document itself changes nothing
        blocked_before=lane.contact and lane.head_blocked == document.number,
    )
    told = replace(lane, result_code=answer.result_code, result_text=answer.result_text)
    if reacted.reaction is Reaction.ACCEPT:
        lane = replace(told, head=document.number, fails=0, cause=None, head_blocked=None)
        return HeadResult(reacted, lane, True, accepted_mark(document, answer, now), _accepted_news(document, now))
    if reacted.reaction is Reaction.STOP:
        lane, mark, news = stopped(told, document.number, reacted.reason, now)
        return HeadResult(reacted, lane, reacted.finish, mark, (news,))
    if reacted.reaction is Reaction.BLOCK:
        lane = replace(failed(told, "blocked", now), head_blocked=document.number)
        return HeadResult(reacted, lane, reacted.finish)
    if reacted.reaction is Reaction.SAME_AGAIN and reacted.reason == "unavailable":
        return HeadResult(reacted, failed(told, "unavailable", now), False)
    return HeadResult(reacted, told, reacted.finish)


def accepted_mark(document: Document, answer: Answer, now: datetime) -> MarkChange:
    """The mark of an autonomous document that the operator has taken; both signs are kept for ever."""
    return MarkChange(
        document.number,
        Mark.AUTONOMOUS_REGISTERED,
        fiscal_sign=answer.fiscal_sign if document.is_ticket else None,
        check_url=answer.check_url if document.is_ticket else None,
        result_code=0,
        result_text=answer.result_text,
        registered_at=now,
    )


def stopped(lane: Lane, number: int, cause: str | None, now: datetime) -> tuple[Lane, MarkChange, News]:
    """The lane that waits for a person's resolution of its head, with the result that it holds told to people."""
    mark = MarkChange(number, Mark.STOPPED, result_code=lane.result_code, result_text=lane.result_text)
    facts = {"number": number, "result_code": lane.result_code, "text": lane.result_text or ""}
    lane = replace(lane, stopped=True, cause=cause, next_try_at=None, contact=False)
    return lane, mark, News("lane.stopped", now, facts)


def failed(lane: Lane, cause: str, now: datetime) -> Lane:
    """The lane after a try that brought nothing: the next one exactly 60 s after this one began.

    A person's resolution stays the cause: it is tried until the operator answers it.
    """
    cause = lane.cause if lane.cause in (RESOLVING, TYPED_TOKEN) else cause
    next_try_at = (lane.last_attempt_at or now) + RETRY_INTERVAL
    return replace(lane, fails=lane.fails + 1, cause=cause, next_try_at=next_try_at, contact=False)


def _accepted_news(document: Document, now: datetime) -> tuple[News, ...]:
    facts = {"number": document.number, "mark": str(Mark.AUTONOMOUS_REGISTERED)}
    return (News("document.registered", now, facts),)
