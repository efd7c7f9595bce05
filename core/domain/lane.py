"""The lane: what was told to the operator of a register's documents, and the exchange that is under way.
Values only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.document import chained
from core.domain.register import NOTHING_BEFORE, RegisterState

REQNUM_MAX = 65535
# the lane's cause while a person's resolution is being tried: written by the resolution, read by delivery's plan
RESOLVING = "resolving"
TYPED_TOKEN = "typed_token"  # noqa: S105 - the name of a cause


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane row. ``head`` is the last document told; ``token`` and ``reqnum`` are those of the last exchange.

    ``contact`` says that the present offline period was reported (SYSTEM); ``head_blocked`` names the document that the
    operator answered 15 to. Only the holder of ``fence`` with a running lease may write.
    """

    head: int
    token: int
    exchange_no: int = 0
    reqnum: int = 0
    next_try_at: datetime | None = None
    last_attempt_at: datetime | None = None
    fails: int = 0
    cause: str | None = None
    stopped: bool = False
    result_code: int | None = None
    result_text: str | None = None
    contact: bool = False
    info_owed: bool = False
    head_blocked: int | None = None
    answer_seq: int = 0
    answer_head: str = NOTHING_BEFORE
    fence: int = 0
    leased: bool = False

    @property
    def next_reqnum(self) -> int:
        """The request number after this one: 1 after 65535, because 0 may be mistaken for unset (PROTOCOL.md j-3)."""
        return 1 if self.reqnum >= REQNUM_MAX else self.reqnum + 1

    def taken_by(self, exchange: Exchange) -> Lane:
        """The lane as ``append_v1`` left it for the maker of a document."""
        number, reqnum = exchange.exchange_no, exchange.reqnum
        return replace(self, exchange_no=number, reqnum=reqnum, fence=self.fence + 1, leased=True)

    def with_answer(self, body: bytes) -> Lane:
        """The lane whose chain of answers holds one more; the head is its digest."""
        return replace(self, answer_seq=self.answer_seq + 1, answer_head=chained(self.answer_head, body))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange as stored before its first byte. ``unanswered`` counts attempts that left and brought no answer."""

    exchange_no: int
    number: int | None
    command: str
    reqnum: int
    token: int
    body: bytes
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class StoredKey:
    """What an idempotency key was used for."""

    number: int
    input_hash: bytes


@dataclass(frozen=True, slots=True)
class Loaded:
    """A register as read for an act or for delivery, in one statement; ``seen`` is what the act's key was used for."""

    state: RegisterState
    lane: Lane
    exchange: Exchange | None
    oldest_unconfirmed_at: datetime | None
    pending_age_s: int | None
    seen: StoredKey | None = None

    @property
    def unsent(self) -> int:
        """How many documents the operator has not confirmed yet; a pending one is not counted."""
        return self.state.last_document - self.lane.head - (self.state.pending is not None)
