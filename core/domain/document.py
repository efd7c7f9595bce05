"""A document (документ, құжат): what is frozen at its making, its bytes and its digest.

The frozen bytes are canonical JSON (sorted keys, no spaces, integers for money). A document's digest is
SHA-256(previous document's digest + frozen bytes), so each names the one before it (CONTRACT.md).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.domain.freeze import thaw_report, thaw_ticket, to_plain
from core.domain.report import Report
from core.domain.ticket import OPERATIONS, Cashier, Kind, Ticket


@dataclass(frozen=True, slots=True)
class Requisites:
    """The seller as printed on the receipt; frozen with each document, because all of it may change later.

    ``rnm`` is the registration number (РНМ, МТН), ``znm`` the factory number (ЗНМ, МЗН).
    """

    title: str
    taxpayer: str
    iin_bin: str
    address: str
    address_kk: str
    rnm: str
    znm: str
    device_id: int
    operator: str
    vat_payer: bool


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a register's journal. Exactly one of ticket, sum and report is set, by kind."""

    register_id: str
    number: int
    kind: Kind
    shift: int
    number_in_shift: int
    made_at: datetime
    practice: bool
    seller: Requisites
    cashier: Cashier
    previous_digest: str
    own_sign: int | None = None
    ticket: Ticket | None = None
    sum: int | None = None
    report: Report | None = None
    frozen: bytes = field(default=b"", repr=False)
    digest: str = ""

    @property
    def is_ticket(self) -> bool:
        """Whether it is one of the four operations, which alone bear signs."""
        return self.kind in OPERATIONS

    @property
    def total(self) -> int:
        """The document's amount in tiyn; 0 for a shift close."""
        return self.ticket.total if self.ticket is not None else self.sum or 0

    @property
    def moves_cash(self) -> bool:
        """Whether notes or coins go into or out of the drawer."""
        return self.ticket.cash > 0 if self.ticket is not None else bool(self.sum)


def canonical(facts: dict[str, Any]) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8 as is."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def chained(previous: str, body: bytes) -> str:
    """The hex digest of ``body`` chained to the hex digest ``previous``."""
    return hashlib.sha256(bytes.fromhex(previous) + body).hexdigest()


def freeze(document: Document) -> Document:
    """The same document with its frozen bytes and digest; both are computed here and nowhere else."""
    facts = {"v": 1, **to_plain(document, leave_out=("frozen", "digest"))}
    frozen = canonical(facts)
    return _with_bytes(facts, frozen, chained(document.previous_digest, frozen))


def thaw(frozen: bytes) -> Document:
    """The document that these frozen bytes hold."""
    facts = json.loads(frozen)
    return _with_bytes(facts, frozen, chained(facts["previous_digest"], frozen))


def _with_bytes(facts: dict[str, Any], frozen: bytes, digest: str) -> Document:
    return Document(
        register_id=facts["register_id"],
        number=facts["number"],
        kind=Kind(facts["kind"]),
        shift=facts["shift"],
        number_in_shift=facts["number_in_shift"],
        made_at=datetime.fromisoformat(facts["made_at"]),
        practice=facts["practice"],
        seller=Requisites(**facts["seller"]),
        cashier=Cashier(**facts["cashier"]),
        previous_digest=facts["previous_digest"],
        own_sign=facts.get("own_sign"),
        ticket=thaw_ticket(facts["ticket"]) if facts.get("ticket") else None,
        sum=facts.get("sum"),
        report=thaw_report(facts["report"]) if facts.get("report") else None,
        frozen=frozen,
        digest=digest,
    )
