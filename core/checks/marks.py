"""G1 and G3, as far as our own database tells: every document once with its outcome, and what people see of it."""

from __future__ import annotations

from core.checks.finding import Checker, Ends, Facts, Made

MARKS_OF = {
    "": frozenset({"saved"}),
    "registered": frozenset({"registered"}),
    "autonomous": frozenset({"autonomous", "autonomous_registered", "stopped", "settled"}),
    "refused": frozenset({"refused"}),
    "practice": frozenset({"practice"}),
}
WAITING = frozenset({"saved", "autonomous", "stopped"})


class Outcomes(Checker):
    """G1: a document is made once and has one outcome, the one document without an outcome is the register's last."""

    guarantee = "G1"

    def __init__(self, register_id: str) -> None:
        super().__init__(register_id)
        self._pending: int | None = None
        self._outcomes: dict[int, str] = {}
        self._settled: set[int] = set()

    def made(self, document: Made) -> None:
        alone = self._pending is None
        self.hold(alone, f"it was made while document {self._pending} had no outcome", document.number)
        self._pending = document.number
        self._outcomes[document.number] = ""

    def outcome(self, document: Made, outcome: str) -> None:
        self.hold(self._pending == document.number, "it has two outcomes", document.number)
        self.hold(outcome in MARKS_OF and outcome != "", f"{outcome} is no outcome", document.number)
        self._pending = None
        self._outcomes[document.number] = outcome

    def entry(self, kind: str, facts: Facts) -> None:
        if kind == "resolution" and facts["resolution"] == "settled_outside":
            self._settled.add(facts["number"])

    def ends(self, ends: Ends) -> None:
        self.hold(ends.register["pending"] == self._pending, "the register row names another pending document")
        for number, row in ends.marks.items():
            mark, outcome = row["mark"], self._outcomes[number]
            self.hold(mark is not None, "it has no mark", number)
            fits = mark in MARKS_OF[outcome]
            self.hold(fits, f"its mark {mark} does not fit its outcome {outcome}", number, "G4")
            settled = number in self._settled
            self.hold((mark == "settled") == settled, "it was not settled outside by a person", number, "G4")


class Told(Checker):
    """G3: nothing at or below the lane's head waits to be told, all above it does; the signs are those that were given.

    Practice is told to nobody.
    """

    guarantee = "G3"

    def __init__(self, register_id: str) -> None:
        super().__init__(register_id)
        self._tickets: set[int] = set()
        self._given: dict[int, str | None] = {}

    def made(self, document: Made) -> None:
        if document.is_ticket:
            self._tickets.add(document.number)

    def answered(self, number: int, fiscal_sign: str | None) -> None:
        """The operator has accepted a document, with this sign."""
        self.hold(number not in self._given, "the operator's acceptance of it is kept twice", number)
        self._given[number] = fiscal_sign

    def ends(self, ends: Ends) -> None:
        head = ends.lane["head"]
        for number, row in ends.marks.items():
            mark = row["mark"]
            if mark != "practice":
                self.hold((mark in WAITING) == (number > head), f"it is {mark}, but the lane's head is {head}", number)
            given = self._given.get(number) if number in self._tickets else None
            self.hold(row["fiscal_sign"] == given, "its fiscal sign is not the one that the operator gave", number)
