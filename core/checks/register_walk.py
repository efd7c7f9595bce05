"""One register walked from its genesis: tells its story to every checker that our own database is enough for."""

from __future__ import annotations

import json
from datetime import datetime

from core.checks.chains import Chains
from core.checks.counting import Counting
from core.checks.finding import Checker, Ends, Facts, Finding, Made, Row
from core.checks.limits import AutonomousLength, Blocks, ShiftLength, TimeOrder
from core.checks.marks import Outcomes, Told
from core.checks.numbers import Numbers
from core.clock import ALMATY
from core.domain.document import Document, thaw
from core.domain.journal import DOCUMENT, OUTCOME, Entry, replay
from core.domain.register import RegisterState, state_from_plain, state_to_plain
from core.ofd.codec import AnswerError, decode_answer

OK = 0


class RegisterWalk:
    """Takes the rows of one register in order; raises :class:`Finding` at the first that does not hold.

    May be walked a part at a time: what is asked at :meth:`ends` holds after each part.
    """

    def __init__(self, register_id: str) -> None:
        self.register_id = register_id
        self.chains = Chains(register_id)
        self.counting = Counting(register_id)
        self.told = Told(register_id)
        self.made: dict[int, Made] = {}
        self.outcomes: dict[int, str] = {}
        self._state = RegisterState(register_id)
        self._pending: Document | None = None
        self._checkers: tuple[Checker, ...] = (
            Numbers(register_id),
            TimeOrder(register_id),
            Outcomes(register_id),
            self.counting,
            ShiftLength(register_id),
            Blocks(register_id),
            AutonomousLength(register_id),
            self.told,
        )

    def entry(self, row: Row, document: Row | None) -> None:
        """The next entry, with the document that it brings into the journal."""
        facts = self.chains.entry(row)
        kind, number = row["kind"], row["number"]
        if kind == DOCUMENT:
            if document is None or document["number"] != number:
                raise Finding(self.register_id, "G1", "an entry names a document that is not there", number)
            self._document(document, facts)
        elif kind == OUTCOME:
            made = self.made.get(facts["number"])
            if made is None:
                raise Finding(self.register_id, "G1", "an outcome of a document that was never made", number)
            self.outcomes[made.number] = facts["outcome"]
            for checker in self._checkers:
                checker.outcome(made, facts["outcome"])
        else:
            for checker in self._checkers:
                checker.entry(kind, facts)
        self._fold(row, document)

    def answer(self, row: Row) -> None:
        """The next answer of the operator in the lane's own chain."""
        self.chains.answer(row)
        number = row["number"]
        try:
            answer = decode_answer(row["body"])
        except AnswerError as error:
            raise Finding(self.register_id, "G5", f"an answer that was kept is none: {error}", number) from error
        if number is not None and answer.result_code == OK:
            self.told.answered(number, answer.fiscal_sign)

    def ends(self, register: Row, lane: Row | None, marks: dict[int, Row]) -> None:
        """All up to now was told: the rows of the register say the same, and so do the marks of its documents."""
        if lane is None:
            raise Finding(self.register_id, "G1", "it has no lane")
        state = json.loads(register["state"])
        self._row_is_the_fold(register, state)
        ends = Ends(register, state, lane, marks)
        for checker in self._checkers:
            checker.ends(ends)
        self.chains.ends(register, state, lane)

    def _document(self, row: Row, entry: Facts) -> None:
        facts = self.chains.document(row)
        number = row["number"]
        made_at = datetime.fromisoformat(facts["made_at"])
        same_time = made_at == row["made_at"].astimezone(ALMATY)
        for holds, guarantee, what in (
            (same_time, "G5", "its column made_at differs from its bytes"),
            (entry["digest"] == row["digest"].hex(), "G5", "its entry names other bytes"),
        ):
            if not holds:
                raise Finding(self.register_id, guarantee, what, number)
        made = Made(number, facts["kind"], made_at, facts)
        self.made[number] = made
        for checker in self._checkers:
            checker.made(made)

    def _fold(self, row: Row, document: Row | None) -> None:
        """The same story by the engine's own ``evolve``: the register row must be what it gives."""
        digest, previous = row["digest"].hex(), row["previous_digest"].hex()
        entry = Entry(row["seq"], row["kind"], row["body"], digest, previous, row["number"])
        if document is not None:
            self._pending = thaw(document["frozen_bytes"])
        try:
            self._state = replay(self._state, entry, self._pending)
        except (AssertionError, KeyError, ValueError) as error:
            what = f"entry {entry.seq} ({entry.kind}) does not fit: {error}"
            raise Finding(self.register_id, "G4", what, row["number"]) from error

    def _row_is_the_fold(self, register: Row, state: Facts) -> None:
        folded, kept = state_to_plain(self._state), state_to_plain(state_from_plain(state))
        closes_before = None if self._state.shift is None else self._state.shift.closes_before
        columns = {
            "version": self._state.version,
            "last_document": self._state.last_document,
            "pending": self._state.pending,
            "mode": self._state.mode,
            "blocked": self._state.block is not None,
            "shift_closes_before": closes_before,
        }
        names = sorted(folded.keys() | kept.keys())
        different = [f"says {name}" for name in names if folded.get(name) != kept.get(name)]
        different += [f"has a column {name} that says it" for name, value in columns.items() if register[name] != value]
        if different:
            raise Finding(self.register_id, "G4", f"the register row {different[0]} otherwise than its entries")
