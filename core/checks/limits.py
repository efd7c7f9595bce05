"""G6 and G7: time goes forward and the law's limits hold, worked out from the journal alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile

from core.checks.finding import Checker, Ends, Facts, Made

SHIFT_MAX = timedelta(hours=24)
AUTONOMOUS_MAX = timedelta(hours=72)


class TimeOrder(Checker):
    """G6: the fiscal time of a register never goes back, and is of whole seconds (CONTRACT.md)."""

    guarantee = "G6"

    def __init__(self, register_id: str) -> None:
        super().__init__(register_id)
        self._last: datetime | None = None

    def made(self, document: Made) -> None:
        forward = self._last is None or document.made_at >= self._last
        self.hold(forward, "time went back", document.number)
        self.hold(document.made_at.microsecond == 0, "its time has parts of a second", document.number)
        self._last = document.made_at


class ShiftLength(Checker):
    """G7: nothing but the close is made in a shift older than 24 h; exactly 24 h still pass."""

    guarantee = "G7"

    def __init__(self, register_id: str) -> None:
        super().__init__(register_id)
        self._opened_at: datetime | None = None

    def made(self, document: Made) -> None:
        if self._opened_at is not None and not document.is_close:
            young = document.made_at <= self._opened_at + SHIFT_MAX
            self.hold(young, "it was made in a shift older than 24 h", document.number)

    def outcome(self, document: Made, outcome: str) -> None:
        if outcome == "refused":
            return
        if document.is_close:
            self._opened_at = None
        elif self._opened_at is None:
            self._opened_at = document.made_at


class Blocks(Checker):
    """G7: nothing but the close is made on a blocked register, and a close there asks nobody."""

    guarantee = "G7"

    def __init__(self, register_id: str) -> None:
        super().__init__(register_id)
        self._blocked = False
        self._made_blocked: int | None = None

    def entry(self, kind: str, facts: Facts) -> None:
        if kind in ("block", "unblock"):
            self._blocked = kind == "block"

    def made(self, document: Made) -> None:
        self.hold(document.is_close or not self._blocked, "it was made on a blocked register", document.number)
        self._made_blocked = document.number if self._blocked else None

    def outcome(self, document: Made, outcome: str) -> None:
        if document.number == self._made_blocked:
            at_once = outcome in ("autonomous", "practice")
            self.hold(at_once, "the operator was asked for a close on a blocked register", document.number)

    def ends(self, ends: Ends) -> None:
        self.hold(ends.register["blocked"] == self._blocked, "the register row says otherwise whether it is blocked")


class AutonomousLength(Checker):
    """G7: nothing but the close is made once a document of the offline period waited 72 h; exactly 72 h still pass.

    The stop holds until the period ends, whatever was told meanwhile. When a document was told is its mark's time.
    """

    guarantee = "G7"

    def __init__(self, register_id: str) -> None:
        super().__init__(register_id)
        # documents of the present offline period by number, with the time of their making, which never goes back
        self._waiting: dict[int, datetime] = {}
        self._later: list[tuple[int, dict[int, datetime]]] = []

    def entry(self, kind: str, facts: Facts) -> None:
        if kind == "mode" and facts["mode"] == "online":
            self._waiting = {}
        elif kind == "resolution" and facts["resolution"] == "settled_outside":
            made_at = self._waiting.get(facts["number"])
            settled_at = datetime.fromisoformat(facts["at"])
            if made_at is not None and settled_at <= made_at + AUTONOMOUS_MAX:
                del self._waiting[facts["number"]]

    def made(self, document: Made) -> None:
        if document.is_close:
            return
        latest = document.made_at - AUTONOMOUS_MAX
        overdue = dict(takewhile(lambda one: one[1] < latest, self._waiting.items()))
        if overdue:
            self._later.append((document.number, overdue))

    def outcome(self, document: Made, outcome: str) -> None:
        if outcome == "autonomous":
            self._waiting[document.number] = document.made_at

    def ends(self, ends: Ends) -> None:
        for number, overdue in self._later:
            for one, made_at in overdue.items():
                told_at = ends.marks[one]["registered_at"] if one in ends.marks else None
                in_time = told_at is not None and told_at <= made_at + AUTONOMOUS_MAX
                self.hold(in_time, f"it was made when document {one} had waited for more than 72 h", number)
        self._later = []
