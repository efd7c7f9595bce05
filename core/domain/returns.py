"""Returns (возврат, қайтару): the basis, what is left to return of it, and the rates of its date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.document import Document
from core.domain.money import Money
from core.domain.ticket import RETURNS, Kind, Parent, Ticket, TicketInput
from core.errors import Refused

_RETURN_OF = {Kind.SELL_RETURN: Kind.SELL, Kind.BUY_RETURN: Kind.BUY}


@dataclass(frozen=True, slots=True)
class Basis:
    """What the register knows of a return's basis.

    ``document`` and ``sign`` (the sign on the customer's original: the autonomous one with its flag, even after
    registration) are of an own receipt; ``earlier`` are the counted returns that named the same basis.
    """

    earlier: tuple[Ticket, ...] = ()
    document: Document | None = None
    sign: str = ""
    autonomous: bool = False


def checked_parent(request: TicketInput, basis: Basis | None) -> Parent | None:
    """The parent with all its facts, or a refusal."""
    if request.kind not in RETURNS:
        if request.parent is not None:
            raise Refused("VALIDATION", field="parent")
        return None
    parent = request.parent
    if parent is None:
        raise Refused("PARENT_REQUIRED")
    if parent.document_number is None:
        words = ((parent.fiscal_sign or "").strip(), (parent.rnm or "").strip())
        if "" in words or None in (parent.made_at, parent.total, parent.autonomous):
            raise Refused("PARENT_REQUIRED")
        return parent
    document = basis.document if basis is not None else None
    if document is None or document.kind is not _RETURN_OF[request.kind]:
        raise Refused("PARENT_NOT_FOUND", number=parent.document_number)
    assert basis is not None
    return replace(
        parent,
        fiscal_sign=basis.sign,
        made_at=document.made_at,
        rnm=document.seller.rnm,
        total=document.total,
        autonomous=basis.autonomous,
    )


def basis_rates(basis: Basis | None) -> tuple[tuple[str, str], ...]:
    """The rate of each line of an own basis by the line's name; the first line of a name decides."""
    document = basis.document if basis is not None else None
    if document is None or document.ticket is None:
        return ()
    return tuple((line.name, line.vat) for line in reversed(document.ticket.items))


def basis_moment(parent: Parent | None, now: datetime) -> datetime:
    """The time whose VAT rates hold: the basis's for a return, else now."""
    return now if parent is None or parent.made_at is None else parent.made_at


def check_left(ticket: Ticket, parent: Parent, basis: Basis | None) -> None:
    """Refuse a return of more than what is left: by sum, and for an own basis by each line's quantity."""
    earlier = basis.earlier if basis is not None else ()
    left: Money = (parent.total or 0) - sum(one.total for one in earlier)
    if ticket.total > left:
        raise Refused("RETURN_EXCEEDS_PARENT", left=max(left, 0), total=ticket.total)
    document = basis.document if basis is not None else None
    if document is None or document.ticket is None:
        return
    quantities = _quantities(document.ticket)
    for one in (*earlier, ticket):
        quantities.subtract(_quantities(one))
    for name, quantity in quantities.items():
        if quantity < 0:
            raise Refused("RETURN_EXCEEDS_PARENT", left=max(left, 0), total=ticket.total, name=name)


def _quantities(ticket: Ticket) -> Counter[str]:
    """How much of each name a ticket moved; a storno that equals no earlier line takes nothing below zero."""
    counted: Counter[str] = Counter()
    for line in ticket.items:
        counted[line.name] += line.sign * line.quantity
    return +counted
