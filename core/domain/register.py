"""The state of a register: everything that is decided on, and nothing that was only told to somebody.

It is what folding the register's entries gives (``evolve``); the register row keeps it so that nobody has to fold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.domain.counters import Counters, Totals
from core.domain.freeze import moment, to_plain
from core.domain.money import Money

SHIFT_HOURS_MAX = timedelta(hours=24)
AUTONOMOUS_HOURS_MAX = timedelta(hours=72)
CLOCK_BACK_MAX = timedelta(seconds=60)
OWN_SIGN_MAX = 2**31 - 1
NOTHING_BEFORE = "00" * 32

ONLINE = "online"
AUTONOMOUS = "autonomous"


@dataclass(frozen=True, slots=True)
class Shift:
    """The open shift (смена, ауысым); it opened with its first counted document."""

    number: int
    opened_at: datetime
    non_nullable_start: dict[str, Money]
    counters: Counters

    @property
    def closes_before(self) -> datetime:
        """The last moment at which a document may still be made in it."""
        return self.opened_at + SHIFT_HOURS_MAX


@dataclass(frozen=True, slots=True)
class Block:
    """Why no new document but the shift's close may be made (блокировка)."""

    reason: str
    text: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RegisterState:
    """One register as of ``version`` entries. Heads are hex digests.

    ``pending`` is the number of the document without an outcome; ``numbering`` the last (shift, number in shift) given
    out, refused documents included; ``limit_reached`` says that 72 h were reached and the queue is not empty yet;
    ``protocol`` is the one that a resolution switched to, ``None`` while the register's settings decide.
    """

    register_id: str
    version: int = 0
    chain_head: str = NOTHING_BEFORE
    document_head: str = NOTHING_BEFORE
    last_document: int = 0
    last_made_at: datetime | None = None
    own_sign: int = 0
    numbering: tuple[int, int] = (0, 0)
    last_shift: int = 0
    shift: Shift | None = None
    totals: Totals = field(default_factory=Totals)
    mode: str = ONLINE
    autonomous_since: datetime | None = None
    reason: str | None = None
    limit_reached: bool = False
    block: Block | None = None
    pending: int | None = None
    protocol: str | None = None

    @property
    def next_place(self) -> tuple[int, int]:
        """The shift and the number in it that the next document takes."""
        shift = self.shift.number if self.shift is not None else self.last_shift + 1
        used_shift, used = self.numbering
        return shift, used + 1 if used_shift == shift else 1


def state_to_plain(state: RegisterState) -> dict[str, Any]:
    """The state as plain JSON facts, as the register row keeps it."""
    plain = to_plain(state)
    assert isinstance(plain, dict)
    return plain


def state_from_plain(facts: dict[str, Any]) -> RegisterState:
    """The state that the register row keeps."""
    shift, block = facts.get("shift"), facts.get("block")
    return RegisterState(
        register_id=facts["register_id"],
        version=facts["version"],
        chain_head=facts["chain_head"],
        document_head=facts["document_head"],
        last_document=facts["last_document"],
        last_made_at=moment(facts.get("last_made_at")),
        own_sign=facts["own_sign"],
        numbering=(facts["numbering"][0], facts["numbering"][1]),
        last_shift=facts["last_shift"],
        shift=None if shift is None else _shift(shift),
        totals=Totals(**facts["totals"]),
        mode=facts["mode"],
        autonomous_since=moment(facts.get("autonomous_since")),
        reason=facts.get("reason"),
        limit_reached=facts["limit_reached"],
        block=None if block is None else block_from_plain(block),
        pending=facts.get("pending"),
        protocol=facts.get("protocol"),
    )


def block_from_plain(facts: dict[str, Any]) -> Block:
    """A block from its plain facts."""
    return Block(facts["reason"], facts["text"], datetime.fromisoformat(facts["since"]))


def _shift(facts: dict[str, Any]) -> Shift:
    return Shift(
        number=facts["number"],
        opened_at=datetime.fromisoformat(facts["opened_at"]),
        non_nullable_start=facts["non_nullable_start"],
        counters=Counters(**facts["counters"]),
    )
