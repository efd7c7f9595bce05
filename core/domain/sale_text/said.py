"""What was said in a message, clause by clause, before anything of it is weighed."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.domain.sale_text.lines import SpokenItem
from core.domain.sale_text.numbers import NotRead
from core.domain.sale_text.payments import NamedPayment


@dataclass(frozen=True, slots=True)
class Stated:
    """A sum that was said about the sale (its total, the cash taken, the change), with the words it was said in."""

    tiyn: int
    fragment: str


@dataclass(frozen=True, slots=True)
class SpokenAdjustment:
    """A discount or markup; `item` is the index of the line it was said right after, in `segment`, if it was."""

    is_markup: bool
    percent_thousandths: int | None
    tiyn: int | None
    fragment: str
    segment: int
    item: int | None


@dataclass(slots=True)
class Clauses:
    """Everything that was said, in order of speaking."""

    items: list[SpokenItem] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    payments: list[NamedPayment] = field(default_factory=list)
    taken: list[Stated] = field(default_factory=list)
    totals: list[Stated] = field(default_factory=list)
    changes: list[Stated] = field(default_factory=list)
    adjustments: list[SpokenAdjustment] = field(default_factory=list)
    failures: list[NotRead] = field(default_factory=list)
