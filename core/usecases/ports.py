"""What the use cases need from the outside: a journal that keeps, a sender that tells. Shapes only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from core.domain.document import Document
from core.domain.journal import Entry
from core.domain.lane import Exchange, Lane, Loaded, StoredKey
from core.domain.outcome import Verdict
from core.domain.register import RegisterState
from core.domain.registration import Registration
from core.domain.ticket import Parent, Ticket
from core.domain.view import DocumentView, Mark

MADE, MADE_WITH_LANE, LOST = "made", "made_with_lane", "lost"
MADE_HINT = "made"
# longer than the longest send, in database time (DESIGN.md 3)
LEASE_S = 8
RETRY_INTERVAL_S = 60


class FenceLost(Exception):
    """Another worker holds the lane now; nothing was written."""


class KeyTaken(Exception):
    """The idempotency key was used by another act in the meantime; nothing was written."""


@dataclass(frozen=True, slots=True)
class News:
    """Something that people should learn; written in the same call as what it tells of."""

    topic: str
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkChange:
    """What a document's mark becomes; ``None`` leaves a member as it was."""

    number: int
    mark: Mark
    reason: str | None = None
    autonomous_sign: int | None = None
    fiscal_sign: str | None = None
    check_url: str | None = None
    result_code: int | None = None
    result_text: str | None = None
    registered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A move of the register row by compare-and-swap: entries in order and the state after them."""

    expected: int
    state: RegisterState
    entries: tuple[Entry, ...]
    news: tuple[News, ...] = ()
    mark: MarkChange | None = None
    print_original: bool = False


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document on its way into the journal; ``due`` makes an idle lane due in the same call."""

    document: Document
    public_code: str
    key: str | None
    input_hash: bytes | None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An operator's answer as it came, for the lane's own chain."""

    number: int | None
    command: str
    at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class LaneWrite:
    """A write of delivery under its fence: the lane after it, what becomes of the exchange, the next one, the answer.

    ``lease_s`` of ``None`` gives the lease back.
    """

    fence: int
    lane: Lane
    lease_s: int | None = None
    exchange: Exchange | None = None
    finish: bool = False
    result_code: int | None = None
    next: Exchange | None = None
    answer: KeptAnswer | None = None


class Journal(Protocol):
    """Where registers, documents and lanes are kept. Each method is one call outside any transaction."""

    async def load(self, register_id: str, key: str | None = None) -> Loaded: ...

    async def append(self, step: Step, new: NewDocument, exchange: Exchange | None, fence: int) -> str: ...

    async def outcome(self, step: Step, write: LaneWrite | None, at: datetime) -> bool: ...

    async def step(
        self, step: Step, *, write: LaneWrite | None = None, due: datetime | None = None, told: int | None = None
    ) -> bool: ...

    async def settle(
        self, register_id: str, write: LaneWrite, mark: MarkChange | None = None, news: tuple[News, ...] = ()
    ) -> None: ...

    async def claim(self, register_id: str, fence: int, owner: str, lease_s: int = LEASE_S) -> int | None: ...

    async def document(self, register_id: str, number: int) -> Document | None: ...

    async def documents(self, register_id: str, first: int, limit: int) -> list[Document]: ...

    async def stored_key(self, register_id: str, key: str) -> StoredKey | None: ...

    async def returns_of(self, register_id: str, parent: Parent) -> tuple[Ticket, ...]: ...

    async def number_of_sign(self, register_id: str, sign: str) -> int | None: ...

    async def last_jump_at(self, register_id: str) -> datetime | None: ...

    async def view(self, register_id: str, number: int) -> DocumentView | None: ...

    def receipt_url(self, link_key: str, public_code: str) -> str: ...

    async def due(self, register_id: str, at: datetime) -> None: ...


class Registrations(Protocol):
    """The directory of registers' settings."""

    async def registration(self, register_id: str) -> Registration: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending a pending document: its outcome, and what the lane learnt; no write without a lease.

    ``late`` belongs to the sender: an attempt that still listens after the time was over.
    """

    verdict: Verdict
    write: LaneWrite | None
    late: Any = None


class Sender(Protocol):
    """Tells the operator of a pending document within the time that is left."""

    def prepare(self, registration: Registration, document: Document, lane: Lane) -> Exchange: ...

    async def send(
        self, registration: Registration, document: Document, loaded: Loaded, deadline: float
    ) -> Sent: ...

    async def after(self, registration: Registration, document: Document, sent: Sent, *, drawn: bool) -> None: ...

    async def hint(self, topic: str) -> None: ...
