"""A draft: an act that a person may make by one press. Its row survives a restart, its id travels in the buttons.

The act's idempotency key comes from the draft's id, so however often a press is delivered or its handling repeated,
it makes one document (G8).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.press import Press
from bot.screens.sale import Preview
from core.db.chat_rows import DraftRow
from core.domain.document import Document
from core.domain.freeze import moment, thaw_ticket, to_plain
from core.domain.return_request import line_again
from core.domain.ticket import (
    Adjustment,
    Cashier,
    Customer,
    Kind,
    LineInput,
    Parent,
    Payment,
    PaymentType,
    Ticket,
    TicketInput,
)

DRAFT_ID_BYTES = 9
DRAFT_AGE_MAX = timedelta(hours=12)
"""A sale written yesterday is not made by a tap of today."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a sale: what would be asked for and what it costs. Without payments the press names one."""

    request: TicketInput
    ticket: Ticket

    @property
    def preview(self) -> Preview:
        return Preview(self.ticket, self.request.payments is not None)


def new_draft_id() -> str:
    """12 characters that nobody guesses and that fit into a button."""
    return secrets.token_urlsafe(DRAFT_ID_BYTES)


def act_key(draft_id: str) -> str:
    """The idempotency key of the draft's act."""
    return f"draft-{draft_id}"


def is_old(row: DraftRow, now: datetime) -> bool:
    """Whether an open draft is too old to be made; one that is being made never is."""
    return row.state == "open" and now - row.made_at > DRAFT_AGE_MAX


def sale_body(readings: tuple[Reading, ...]) -> dict[str, Any]:
    return {"readings": [{"request": to_plain(one.request), "ticket": to_plain(one.ticket)} for one in readings]}


def sale_readings(row: DraftRow) -> tuple[Reading, ...]:
    """The readings of a sale's draft."""
    return tuple(
        Reading(thaw_request(one["request"]), thaw_ticket(one["ticket"])) for one in row.body["readings"]
    )


def choice_of(press: Press, cashier: Cashier) -> dict[str, Any]:
    """What a press fixes. The cashier is part of it: the same key must always come with the same input."""
    return {"reading": press.reading, "choice": press.choice, "cashier": to_plain(cashier)}


def chosen_cashier(row: DraftRow) -> Cashier:
    assert row.choice is not None, "an act begins with a choice"
    return Cashier(**row.choice["cashier"])


def chosen_total(row: DraftRow, press: Press) -> int:
    """The sum that a button of this draft names, in tiyn."""
    if row.kind == "sale":
        readings = row.body["readings"]
        return int(readings[min(press.reading, len(readings) - 1)]["ticket"]["total"])
    if row.kind in ("deposit", "withdrawal"):
        return press.reading
    return int(row.body.get("total", 0))


def sale_request(row: DraftRow) -> TicketInput | None:
    """The ticket that was chosen; ``None`` when the press does not fit the draft (a forged button)."""
    assert row.choice is not None
    readings = sale_readings(row)
    place, payment_type = int(row.choice["reading"]), str(row.choice["choice"])
    if place >= len(readings):
        return None
    reading = readings[place]
    if reading.request.payments is not None:
        return reading.request
    if payment_type not in set(PaymentType):
        return None
    payment = Payment(PaymentType(payment_type), reading.ticket.total)
    return replace(reading.request, payments=(payment,))


def repeated(basis: Document) -> TicketInput:
    """The same sale once more, paid as it was. The piece of marked goods that was sold is not sold again."""
    ticket = basis.ticket
    assert ticket is not None and basis.kind is Kind.SELL
    return TicketInput(
        kind=Kind.SELL,
        items=tuple(replace(line_again(line), mark=None) for line in ticket.items),
        discount=Adjustment(sum=ticket.discount) if ticket.discount else None,
        markup=Adjustment(sum=ticket.markup) if ticket.markup else None,
        payments=ticket.payments,
    )


def thaw_request(facts: dict[str, Any]) -> TicketInput:
    """A ticket as asked for, from its plain facts."""
    parent = facts.get("parent")
    payments = facts.get("payments")
    return TicketInput(
        kind=Kind(facts["kind"]),
        items=tuple(_thaw_line(line) for line in facts["items"]),
        discount=_thaw_adjustment(facts.get("discount")),
        markup=_thaw_adjustment(facts.get("markup")),
        payments=None
        if payments is None
        else tuple(Payment(PaymentType(one["type"]), one["sum"]) for one in payments),
        taken=facts.get("taken"),
        customer=Customer(**facts.get("customer", {})),
        parent=None if parent is None else Parent(**{**parent, "made_at": moment(parent.get("made_at"))}),
    )


def _thaw_line(facts: dict[str, Any]) -> LineInput:
    adjustments = {name: _thaw_adjustment(facts.get(name)) for name in ("discount", "markup")}
    return LineInput(**{**facts, **adjustments})


def _thaw_adjustment(facts: dict[str, Any] | None) -> Adjustment | None:
    return None if facts is None else Adjustment(**facts)
