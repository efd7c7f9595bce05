"""The body of a return's draft: what is chosen of a receipt, kept so that one press makes exactly what is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.domain.freeze import to_plain
from core.domain.left_to_return import Left
from core.domain.return_request import return_request
from core.domain.ticket import Kind, LineInput, Parent, Payment, PaymentType, TicketInput
from core.usecases.returning import Returnable


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a receipt goes back. ``payment`` of ``None`` pays out as it was paid in; ``lines`` shows them singly."""

    quantities: tuple[int, ...]
    payment: PaymentType | None = None
    lines: bool = False
    page: int = 0


def chosen_of(body: dict[str, Any]) -> Chosen:
    """What a draft's body says."""
    payment = body["payment"]
    return Chosen(
        tuple(body["quantities"]), None if payment is None else PaymentType(payment), body["lines"], body["page"]
    )


def return_body(found: Returnable, chosen: Chosen) -> dict[str, Any]:
    """The body for what is chosen, with the request that its button makes; nothing chosen has a total of 0."""
    request = return_request(found.view.document, found.left, chosen.quantities, chosen.payment)
    total = 0 if request is None else sum(one.sum for one in request.payments or ())
    return {
        "number": found.view.document.number,
        "quantities": list(chosen.quantities),
        "payment": None if chosen.payment is None else str(chosen.payment),
        "lines": chosen.lines,
        "page": chosen.page,
        "request": None if request is None else to_plain(request),
        "total": total,
    }


def fitted(chosen: Chosen, left: Left) -> Chosen:
    """The choice within what is left now: somebody else may have returned some of it meanwhile."""
    if len(chosen.quantities) != len(left.lines):
        return replace(chosen, quantities=left.whole)
    pairs = zip(chosen.quantities, left.lines, strict=True)
    return replace(chosen, quantities=tuple(min(quantity, one.quantity) for quantity, one in pairs))


def elsewhere_body(
    parent: Parent, operator: str, left: int, items: tuple[LineInput, ...], total: int, kind: PaymentType
) -> dict[str, Any]:
    """The body of a return of a receipt made elsewhere; ``total`` of the items was priced."""
    request = TicketInput(Kind.SELL_RETURN, items, payments=(Payment(kind, total),), parent=parent)
    return {
        "number": None,
        "operator": operator,
        "left": left,
        "payment": str(kind),
        "request": to_plain(request),
        "total": total,
    }


def is_elsewhere(body: dict[str, Any]) -> bool:
    """Whether the receipt is not of this register."""
    return body.get("number") is None
