"""What a checker finds, and the shape of a checker: it is told one register's story in the order of its chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]
Facts = dict[str, Any]


class Finding(Exception):
    """The first thing of a register that does not hold; names the document where one is concerned."""

    def __init__(self, register_id: str, guarantee: str, what: str, number: int | None = None) -> None:
        where = f"register {register_id}" + (f", document {number}" if number is not None else "")
        super().__init__(f"{guarantee} {where}: {what}")
        self.guarantee = guarantee
        self.number = number


@dataclass(frozen=True, slots=True)
class Made:
    """A document as its frozen bytes tell it; nothing of the code that made it was used to read them."""

    number: int
    kind: str
    made_at: datetime
    facts: Facts

    @property
    def is_close(self) -> bool:
        """Whether it is the close of a shift, which no limit refuses (G7)."""
        return self.kind == "shift_close"

    @property
    def is_ticket(self) -> bool:
        """Whether it is one of the four operations."""
        return "ticket" in self.facts


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a story stands now: the two rows of the register, and what became of its documents by number."""

    register: Row
    state: Facts
    lane: Row
    marks: Mapping[int, Row]


class Checker:
    """One guarantee (or a part of it) of one register. What it is not told of by name does not concern it."""

    guarantee = ""

    def __init__(self, register_id: str) -> None:
        self.register_id = register_id

    def made(self, document: Made) -> None:
        """A document's entry."""

    def outcome(self, document: Made, outcome: str) -> None:
        """The entry of what became of it."""

    def entry(self, kind: str, facts: Facts) -> None:
        """Any other entry."""

    def ends(self, ends: Ends) -> None:
        """All entries up to now were told; may be asked again after more of them."""

    def hold(self, holds: bool, what: str, number: int | None = None, guarantee: str | None = None) -> None:
        """Raise a finding unless it holds."""
        if not holds:
            raise Finding(self.register_id, guarantee or self.guarantee, what, number)
