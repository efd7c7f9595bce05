"""One register walked from its genesis: the checkers of G1, G2, G4, G5, G6 and G7 as small steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.clock import ALMATY
from core.domain.document import Document, chained, thaw
from core.domain.journal import OUTCOME, REFUSED_OUTCOME, Entry, replay
from core.domain.register import (
    AUTONOMOUS_HOURS_MAX,
    NOTHING_BEFORE,
    SHIFT_HOURS_MAX,
    RegisterState,
    state_to_plain,
)
from core.domain.ticket import Kind
from core.domain.view import AUTONOMOUS_MARKS, Mark
from core.ofd.codec import decode_answer

Row = Mapping[str, Any]

_MARKS_OF_OUTCOME = {
    "registered": {Mark.REGISTERED},
    "autonomous": {Mark.AUTONOMOUS, Mark.AUTONOMOUS_REGISTERED, Mark.STOPPED, Mark.SETTLED},
    "refused": {Mark.REFUSED},
    "practice": {Mark.PRACTICE},
}


class Finding(Exception):
    """The first thing of a register that does not hold; names the document where one is concerned."""

    def __init__(self, register_id: str, guarantee: str, what: str, number: int | None = None) -> None:
        where = f"register {register_id}" + (f", document {number}" if number is not None else "")
        super().__init__(f"{guarantee} {where}: {what}")
        self.guarantee = guarantee
        self.number = number


class RegisterWalk:
    """Takes the rows of one register in order; raises :class:`Finding` at the first that does not hold."""

    def __init__(self, register_id: str) -> None:
        self.register_id = register_id
        self.documents = 0
        self._by_number: dict[int, Document] = {}
        self._marks: dict[int, Mark] = {}
        self._signs: dict[int, tuple[int | None, str | None]] = {}
        self._told_signs: dict[int, str | None] = {}
        self._previous = ""
        self._state = RegisterState(register_id)
        self._outcomes: dict[int, str] = {}
        self._told_at: dict[int, datetime | None] = {}
        self._first_untold = 1
        self._answer_head, self._answer_seq = NOTHING_BEFORE, 0

    def document(self, row: Row) -> None:
        """Frozen bytes, digest, chain, number and time of one document; its columns say what its bytes say."""
        number = row["number"]
        try:
            document = thaw(row["frozen_bytes"])
        except (ValueError, KeyError, TypeError) as error:
            raise self._finding("G5", f"the frozen bytes cannot be read: {error}", number) from error
        self._hold(document.digest == row["digest"].hex(), "G5", "the frozen bytes do not hash to the digest", number)
        self._hold(
            document.previous_digest == row["previous_digest"].hex(), "G5", "the chain column differs", number
        )
        if self._previous:
            self._hold(document.previous_digest == self._previous, "G5", "the chain is broken before it", number)
        last = self._by_number.get(number - 1)
        self._hold(last is not None or not self._by_number, "G2", "a number is missing before it", number)
        self._hold(document.number == number, "G2", "its bytes bear another number", number)
        self._hold(
            (document.register_id, document.kind, document.shift, document.number_in_shift, document.own_sign)
            == (self.register_id, row["kind"], row["shift"], row["number_in_shift"], row["own_sign"]),
            "G5",
            "its columns differ from its bytes",
            number,
        )
        parent = document.ticket.parent if document.ticket is not None else None
        basis = (None, None) if parent is None else (parent.document_number, parent.key)
        self._hold(
            (document.total, *basis) == (row["total"], row["parent_number"], row["parent_key"]),
            "G5",
            "its sum or its basis differs from its bytes",
            number,
        )
        made_at = row["made_at"].astimezone(ALMATY)
        self._hold(document.made_at == made_at, "G5", "its time column differs from its bytes", number)
        self._hold(last is None or last.made_at <= document.made_at, "G6", "time went back", number)
        self._hold(row["mark"] is not None, "G1", "it has no mark", number)
        self._marks[number] = Mark(row["mark"])
        self._signs[number] = (row["autonomous_sign"], row["fiscal_sign"])
        self._told_at[number] = row["registered_at"] if row["mark"] == Mark.AUTONOMOUS_REGISTERED else None
        if not self._by_number:
            self._first_untold = number
        self._by_number[number], self._previous = document, document.digest
        self.documents += 1

    def entry(self, row: Row) -> None:
        """One entry: its chain, its place, and the state that it moves."""
        number = row["number"]
        entry = Entry(
            row["seq"], row["kind"], row["body"], row["digest"].hex(), row["previous_digest"].hex(), number
        )
        self._hold(entry.seq == self._state.version + 1, "G2", f"entry {entry.seq} is out of order", number)
        self._hold(entry.previous_digest == self._state.chain_head, "G5", "the chain of entries is broken", number)
        self._hold(
            chained(entry.previous_digest, entry.body) == entry.digest, "G5", "an entry was changed", number
        )
        facts = json.loads(entry.body)
        document = self._by_number.get(facts.get("number", -1))
        before = self._state
        try:
            self._state = replay(before, entry, document)
        except (AssertionError, KeyError, ValueError) as error:
            raise self._finding("G4", f"entry {entry.seq} ({entry.kind}) does not fit: {error}", number) from error
        if entry.kind == OUTCOME and document is not None:
            self._outcomes[document.number] = facts["outcome"]
            if facts["outcome"] != REFUSED_OUTCOME:
                self._check_limits(before, document)

    def answer(self, row: Row) -> None:
        """One answer of the operator in the lane's own chain."""
        number = row["number"]
        self._hold(row["seq"] == self._answer_seq + 1, "G5", "an answer is missing", number)
        self._hold(row["previous_digest"].hex() == self._answer_head, "G5", "the chain of answers is broken", number)
        digest = chained(self._answer_head, row["body"])
        self._hold(digest == row["digest"].hex(), "G5", "an answer was changed", number)
        self._answer_seq, self._answer_head = row["seq"], digest
        answer = decode_answer(row["body"])
        if number is not None and answer.result_code == 0:
            self._told_signs[number] = answer.fiscal_sign

    def finish(self, stored: RegisterState, register: Row, lane: Row | None) -> None:
        """The fold equals the row, marks equal outcomes, the lane's heads are where the chains end."""
        folded = state_to_plain(self._state)
        kept = state_to_plain(stored)
        for name in sorted(folded.keys() | kept.keys()):
            self._hold(folded.get(name) == kept.get(name), "G4", f"the register row says {name} differently")
        closes_before = None if self._state.shift is None else self._state.shift.closes_before
        columns = {
            "version": self._state.version,
            "last_document": self._state.last_document,
            "pending": self._state.pending,
            "mode": self._state.mode,
            "blocked": self._state.block is not None,
            "shift_closes_before": closes_before,
        }
        for name, value in columns.items():
            self._hold(register[name] == value, "G4", f"the column {name} of the register row differs from its entries")
        last = max(self._by_number, default=None)
        if last is not None:
            self._hold(last == self._state.last_document, "G1", "a document has no entry", last)
        for number, mark in self._marks.items():
            outcome = self._outcomes.get(number)
            fits = {Mark.SAVED} if outcome is None else _MARKS_OF_OUTCOME[outcome]
            self._hold(mark in fits, "G4", f"its mark {mark} does not fit its outcome {outcome}", number)
            self._check_signs(number, mark)
        if lane is None:
            raise self._finding("G1", "it has no lane")
        self._check_head(lane["head"])
        self._hold(lane["answer_seq"] == self._answer_seq, "G5", "answers are missing at the end")
        self._hold(lane["answer_head"].hex() == self._answer_head, "G5", "the lane names another last answer")

    def _check_head(self, head: int) -> None:
        """Nothing at or below the lane's head waits to be told, and all above it does; practice is told to nobody."""
        for number, mark in self._marks.items():
            if mark is not Mark.PRACTICE:
                waits = mark in (Mark.SAVED, Mark.AUTONOMOUS, Mark.STOPPED)
                self._hold(waits == (number > head), "G3", f"it is {mark}, but the lane's head is {head}", number)

    def _check_signs(self, number: int, mark: Mark) -> None:
        """The signs that people see are the frozen own one and the one in the operator's kept answer."""
        document, (autonomous_sign, fiscal_sign) = self._by_number[number], self._signs[number]
        own = document.own_sign if mark in AUTONOMOUS_MARKS else None
        self._hold(autonomous_sign == own, "G2", "its autonomous sign is not the one frozen in it", number)
        told = self._told_signs.get(number) if document.is_ticket else None
        self._hold(fiscal_sign == told, "G3", "its fiscal sign is not the one that the operator gave", number)

    def _check_limits(self, before: RegisterState, document: Document) -> None:
        """No sale after 24 h of its shift nor after 72 h of autonomous work; the close of a shift is never limited."""
        if document.kind is Kind.SHIFT_CLOSE:
            return
        number = document.number
        if before.shift is not None:
            age = document.made_at - before.shift.opened_at
            self._hold(age <= SHIFT_HOURS_MAX, "G7", "it was made in a shift older than 24 h", number)
        self._hold(not before.limit_reached, "G7", "it was made after 72 h of autonomous work", number)
        oldest = self._oldest_untold(document)
        in_time = oldest is None or document.made_at <= oldest.made_at + AUTONOMOUS_HOURS_MAX
        self._hold(in_time, "G7", "it was made after 72 h of autonomous work", number)

    def _oldest_untold(self, document: Document) -> Document | None:
        """The first document that had not been told when this one was made; delivery is in order, so a pointer does."""
        while (number := self._first_untold) < document.number:
            if self._marks[number] in (Mark.AUTONOMOUS, Mark.STOPPED):
                return self._by_number[number]
            told_at = self._told_at[number]
            if told_at is not None and told_at > document.made_at:
                return self._by_number[number]
            self._first_untold += 1
        return None

    def _hold(self, holds: bool, guarantee: str, what: str, number: int | None = None) -> None:
        if not holds:
            raise self._finding(guarantee, what, number)

    def _finding(self, guarantee: str, what: str, number: int | None = None) -> Finding:
        return Finding(self.register_id, guarantee, what, number)
