"""G5: history cannot be rewritten. Every digest is computed again here, from the stored bytes and nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from core.checks.finding import Facts, Finding, Row

NOTHING = bytes(32)


class Chains:
    """Three chains of one register: its entries, its documents, the operator's answers. Rows come in order."""

    def __init__(self, register_id: str) -> None:
        self.register_id = register_id
        self.entry_seq = 0
        self.entry_head = NOTHING
        self.document_head = NOTHING
        self.answer_seq = 0
        self.answer_head = NOTHING

    def entry(self, row: Row) -> Facts:
        """One entry; answers with what its body says."""
        number = row["number"]
        self._hold(row["seq"] == self.entry_seq + 1, "G2", f"entry {row['seq']} is out of order", number)
        self._hold(row["previous_digest"] == self.entry_head, "G5", "the chain of entries is broken", number)
        self._hold(_chained(self.entry_head, row["body"]) == row["digest"], "G5", "an entry was changed", number)
        facts = self._read(row["body"], "an entry", number)
        same = (facts.get("kind"), facts.get("seq"), facts.get("number")) == (row["kind"], row["seq"], number)
        self._hold(same, "G5", "the columns of an entry differ from its bytes", number)
        self.entry_seq, self.entry_head = row["seq"], row["digest"]
        if row["seq"] == 1:
            self.document_head = row["digest"]
        return facts

    def document(self, row: Row) -> Facts:
        """One document: its bytes, its digest, its columns; answers with what its bytes say."""
        number = row["number"]
        facts = self._read(row["frozen_bytes"], "the frozen bytes", number)
        previous = bytes.fromhex(facts.get("previous_digest", ""))
        digest = _chained(previous, row["frozen_bytes"])
        self._hold(digest == row["digest"], "G5", "the frozen bytes do not hash to the digest", number)
        self._hold(previous == row["previous_digest"], "G5", "the chain column differs", number)
        self._hold(previous == self.document_head, "G5", "the chain is broken before it", number)
        self.document_head = digest
        ticket = facts.get("ticket", {})
        parent = ticket.get("parent", {})
        columns = {
            "register_id": facts["register_id"],
            **{name: facts.get(name) for name in ("number", "kind", "shift", "number_in_shift", "own_sign")},
            "total": ticket.get("total", facts.get("sum", 0)),
            "parent_number": parent.get("document_number"),
            "parent_key": _parent_key(parent),
        }
        for name, told in columns.items():
            stored = str(row[name]) if name == "register_id" else row[name]
            self._hold(stored == told, "G5", f"its column {name} differs from its bytes", number)
        return facts

    def answer(self, row: Row) -> None:
        """One answer of the operator, as it came."""
        number = row["number"]
        self._hold(row["seq"] == self.answer_seq + 1, "G5", "an answer is missing", number)
        self._hold(row["previous_digest"] == self.answer_head, "G5", "the chain of answers is broken", number)
        self._hold(_chained(self.answer_head, row["body"]) == row["digest"], "G5", "an answer was changed", number)
        self.answer_seq, self.answer_head = row["seq"], row["digest"]

    def ends(self, register: Row, state: Facts, lane: Row) -> None:
        """The rows name the ends of the chains: nothing was cut off."""
        self._hold(register["version"] == self.entry_seq, "G5", "entries are missing at the end")
        self._hold(bytes.fromhex(state["chain_head"]) == self.entry_head, "G5", "the register names another last entry")
        head = bytes.fromhex(state["document_head"])
        self._hold(head == self.document_head, "G5", "the register names another last document")
        self._hold(lane["answer_seq"] == self.answer_seq, "G5", "answers are missing at the end")
        self._hold(lane["answer_head"] == self.answer_head, "G5", "the lane names another last answer")

    def _read(self, body: bytes, what: str, number: int | None) -> Facts:
        try:
            facts: Any = json.loads(body)
        except ValueError as error:
            raise Finding(self.register_id, "G5", f"{what} cannot be read: {error}", number) from error
        self._hold(isinstance(facts, dict), "G5", f"{what} cannot be read", number)
        return facts  # type: ignore[no-any-return]

    def _hold(self, holds: bool, guarantee: str, what: str, number: int | None = None) -> None:
        if not holds:
            raise Finding(self.register_id, guarantee, what, number)


def _chained(previous: bytes, body: bytes) -> bytes:
    return hashlib.sha256(previous + body).digest()


def _parent_key(parent: Facts) -> str | None:
    """What a basis made elsewhere is remembered by; an own one has its number."""
    elsewhere = "fiscal_sign" in parent and "document_number" not in parent
    return f"{parent.get('rnm')}:{parent['fiscal_sign']}" if elsewhere else None
