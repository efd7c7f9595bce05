"""Values to plain JSON facts and back, for the frozen bytes of documents and the state of a register.

What is ``None`` or an empty tuple is left out, so that a field added later does not change how old bytes read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain.report import Count, PlacementRow, Report, TaxRow, TicketRow
from core.domain.ticket import (
    OPERATIONS,
    PLACEMENTS,
    Customer,
    Kind,
    Line,
    Parent,
    Payment,
    PaymentType,
    Ticket,
    VatTotal,
)


def to_plain(value: Any, leave_out: tuple[str, ...] = ()) -> Any:
    """A dataclass tree as dictionaries, lists, texts and integers."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    if is_dataclass(kind):
        return {
            name: to_plain(inner)
            for name in _field_names(kind)
            if name not in leave_out and (inner := getattr(value, name)) is not None and inner != ()
        }
    if isinstance(value, dict):
        return {str(key): to_plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    assert value is None or isinstance(value, (str, int)), f"not a plain value: {value!r}"
    return value


@functools.cache
def _field_names(kind: type) -> tuple[str, ...]:
    """Each is asked for thousands of times a second."""
    return tuple(one.name for one in fields(kind))


def moment(text: str | None) -> datetime | None:
    """A stored time, or ``None``."""
    return None if text is None else datetime.fromisoformat(text)


def thaw_ticket(facts: dict[str, Any]) -> Ticket:
    """A priced ticket from its plain facts."""
    parent = facts.get("parent")
    return Ticket(
        kind=Kind(facts["kind"]),
        items=tuple(Line(**line) for line in facts["items"]),
        total=facts["total"],
        discount=facts["discount"],
        markup=facts["markup"],
        vat=tuple(VatTotal(**row) for row in facts.get("vat", ())),
        payments=tuple(Payment(PaymentType(row["type"]), row["sum"]) for row in facts.get("payments", ())),
        taken=facts.get("taken"),
        change=facts.get("change"),
        customer=Customer(**facts.get("customer", {})),
        parent=None if parent is None else Parent(**{**parent, "made_at": moment(parent.get("made_at"))}),
    )


def thaw_report(facts: dict[str, Any]) -> Report:
    """A report from its plain facts, its rows in the order of ``build_report``.

    Canonical JSON sorts keys by their letters; the checksum is of the rows as built, and so is what is sent and shown.
    """

    def counts(rows: dict[str, Any], order: Iterable[str] = OPERATIONS) -> dict[str, Count]:
        return {str(key): Count(**rows[key]) for key in order}

    def sums(rows: dict[str, int]) -> dict[str, int]:
        return {str(op): rows[op] for op in OPERATIONS}

    return Report(
        kind=facts["kind"],
        register_id=facts["register_id"],
        shift=facts["shift"],
        opened_at=datetime.fromisoformat(facts["opened_at"]),
        closed_at=moment(facts.get("closed_at")),
        made_at=datetime.fromisoformat(facts["made_at"]),
        sections={code: counts(rows) for code, rows in sorted(facts["sections"].items())},
        operations=counts(facts["operations"]),
        discounts=counts(facts["discounts"]),
        markups=counts(facts["markups"]),
        total_result=counts(facts["total_result"]),
        taxes={
            rate: {str(op): TaxRow(**rows[op]) for op in OPERATIONS}
            for rate, rows in sorted(facts["taxes"].items(), key=lambda row: -int(row[0]))
        },
        tickets={
            str(op): TicketRow(
                **{**facts["tickets"][op], "payments": counts(facts["tickets"][op]["payments"], PaymentType)}
            )
            for op in OPERATIONS
        },
        money_placements={str(kind): PlacementRow(**facts["money_placements"][kind]) for kind in PLACEMENTS},
        cash=facts["cash"],
        revenue=facts["revenue"],
        non_nullable_start=sums(facts["non_nullable_start"]),
        non_nullable_end=sums(facts["non_nullable_end"]),
        chain_head=facts["chain_head"],
        checksum=facts.get("checksum", ""),
    )
