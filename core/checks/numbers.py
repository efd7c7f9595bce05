"""G2: no gaps. Numbers of documents, of shifts and within a shift; and the own signs, which no life repeats."""

from __future__ import annotations

from core.checks.finding import Checker, Ends, Facts, Made

AUTONOMOUS_MARKS = frozenset({"autonomous", "autonomous_registered", "stopped", "settled"})


class Numbers(Checker):
    """Counts along from the genesis and demands of each document the number that comes next."""

    guarantee = "G2"

    def __init__(self, register_id: str) -> None:
        super().__init__(register_id)
        self._last = 0
        self._own_sign = 0
        self._shift_open = False
        self._shift = 0
        self._places: tuple[int, int] = (0, 0)
        self._own_signs: dict[int, int | None] = {}

    def entry(self, kind: str, facts: Facts) -> None:
        if kind == "genesis":
            self._last = facts.get("last_document", 0)
            self._shift = facts.get("last_shift", 0)

    def made(self, document: Made) -> None:
        number = document.number
        self.hold(number == self._last + 1, "a number is missing before it", number)
        self._last = number
        shift = self._shift if self._shift_open else self._shift + 1
        self.hold(document.facts["shift"] == shift, f"it names another shift than {shift}", number)
        place = self._places[1] + 1 if self._places[0] == shift else 1
        self.hold(document.facts["number_in_shift"] == place, f"it is not number {place} of its shift", number)
        self._places = (shift, place)
        own_sign = document.facts.get("own_sign")
        self.hold((own_sign is not None) == document.is_ticket, "a ticket bears an own sign and nothing else", number)
        if own_sign is not None:
            self.hold(own_sign > self._own_sign, "its own sign is not greater than every one before", number)
            self._own_sign = own_sign
        self._own_signs[number] = own_sign

    def outcome(self, document: Made, outcome: str) -> None:
        if outcome != "refused":
            self._shift_open = not document.is_close
            self._shift = document.facts["shift"]

    def ends(self, ends: Ends) -> None:
        self.hold(ends.register["last_document"] == self._last, "the register row names another last number")
        for number, row in ends.marks.items():
            shown = self._own_signs[number] if row["mark"] in AUTONOMOUS_MARKS else None
            self.hold(row["autonomous_sign"] == shown, "its autonomous sign is not the one frozen in it", number)
