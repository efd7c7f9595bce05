"""What an answer means: PROTOCOL.md (d) «Our reactions» as pure functions, for a pending document and for a
queue's head.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OK, UNKNOWN_ID, BAD_TOKEN, BAD_REQNUM, BAD_RETRY = 0, 1, 2, 8, 9
SHIFT_EXPIRED, INCORRECT, NO_CASH, BLOCKED, SAME_CUSTOMER = 11, 13, 14, 15, 17
UNAVAILABLE = (254, 255)
REFUSALS = (SHIFT_EXPIRED, INCORRECT, NO_CASH, SAME_CUSTOMER)
# these come after the operator's repeat rule, so they settle an exchange of which an attempt went unanswered
SETTLING = (OK, BAD_REQNUM, BAD_RETRY, *REFUSALS)


class Reaction(StrEnum):
    """What to do with the exchange and its document."""

    ACCEPT = "accept"
    SAME_AGAIN = "same_again"  # the same exchange once more, if there is time
    RENUMBER = "renumber"  # the next request number, once
    REFUSE = "refuse"
    AUTONOMOUS = "autonomous"
    BLOCK = "block"  # 15: autonomous for the receipt in hand, then blocked
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Reacted:
    """A reaction; ``block`` is the reason to block the register, ``finish`` whether the exchange is settled by it."""

    reaction: Reaction
    block: str | None = None
    finish: bool = True
    reason: str | None = None


def block_reason(code: int) -> str:
    """Why a register is blocked after a code that is no refusal of a document."""
    if code == BAD_TOKEN:
        return "bad_token"
    if code in (BAD_REQNUM, BAD_RETRY):
        return "numbering"
    return "blocked" if code == BLOCKED else "service"


def to_pending(code: int, *, unanswered: bool, asked_again: bool, renumbered: bool) -> Reacted:
    """The reaction to an answer to a pending document.

    With any attempt unanswered only the settling codes settle it; any other makes it autonomous, never refused.
    """
    if code == OK:
        return Reacted(Reaction.ACCEPT)
    if code in UNAVAILABLE:
        return Reacted(Reaction.SAME_AGAIN, finish=False, reason="unavailable")
    if code in REFUSALS:
        return Reacted(Reaction.REFUSE)
    if code in (BAD_REQNUM, BAD_RETRY) and not renumbered:
        return Reacted(Reaction.RENUMBER)
    if code == BAD_TOKEN and not asked_again:
        return Reacted(Reaction.SAME_AGAIN, finish=False, reason="bad_token")
    settles = not unanswered or code in SETTLING
    if code == BLOCKED:
        return Reacted(Reaction.BLOCK, block="blocked", finish=settles, reason="blocked")
    if not settles:
        return Reacted(Reaction.AUTONOMOUS, finish=False, reason=block_reason(code))
    return Reacted(Reaction.REFUSE, block=block_reason(code))


def to_head(code: int, *, unanswered: bool, asked_again: bool, renumbered: bool, blocked_before: bool) -> Reacted:
    """The reaction to an answer to the head of the queue."""
    settles = not unanswered or code in SETTLING
    if code == OK:
        return Reacted(Reaction.ACCEPT)
    if code in UNAVAILABLE:
        return Reacted(Reaction.SAME_AGAIN, finish=False, reason="unavailable")
    if code in (BAD_REQNUM, BAD_RETRY) and not renumbered:
        return Reacted(Reaction.RENUMBER)
    if code == BAD_TOKEN and not asked_again:
        return Reacted(Reaction.SAME_AGAIN, finish=False, reason="bad_token")
    if code == BLOCKED and not blocked_before:
        return Reacted(Reaction.BLOCK, block="blocked", finish=settles, reason="blocked")
    return Reacted(Reaction.STOP, finish=settles, reason=block_reason(code))
