"""Returns (возврат, қайтару): the basis, what is left to return of it, and the rates of its date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from core.domain.document import Document
from core.domain.money import DOCUMENT_TIYN_MAX, Money
from core.domain.names import same_thing
from core.domain.ticket import RETURNS, Kind, Parent, Ticket, TicketInput
from core.domain.vat import RATES
from core.errors import Refused

# Another register's clock may run ahead of ours; a receipt of the day after tomorrow was not made yet.
CLOCKS_APART_MAX = timedelta(days=1)

# By the thing and its VAT rate, because each returns at its own.
Quantities: TypeAlias = Counter[tuple[str, str]]

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


def checked_parent(request: TicketInput, basis: Basis | None, now: datetime) -> Parent | None:
    """The parent with all its facts, or a refusal; ``now`` is the time of the return."""
    if request.kind not in RETURNS:
        if request.parent is not None:
            raise Refused("VALIDATION", field="parent", reason="not_a_return")
        return None
    parent = request.parent
    if parent is None:
        raise Refused("PARENT_REQUIRED")
    if parent.document_number is None:
        return _made_elsewhere(parent, now)
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


def at_basis_rates(request: TicketInput, basis: Basis | None) -> TicketInput:
    """The return with the rate of its basis's line wherever it names none; another rate than that is refused.

    Where a thing stands in an own basis at several rates, the first with enough left of it is taken.
    """
    left = _left(basis)
    items = []
    for line in request.items:
        thing = same_thing(line.name)
        rates = [rate for name, rate in left if name == thing]
        if rates and line.vat is None:
            enough = (rate for rate in rates if left[thing, rate] >= line.quantity)
            line = replace(line, vat=next(enough, rates[0]))
        if rates and line.vat in RATES and line.vat not in rates:
            raise Refused("VAT_NOT_ALLOWED", vat=line.vat)
        if rates and line.vat is not None:
            left[thing, line.vat] -= -line.quantity if line.storno else line.quantity
        items.append(line)
    return replace(request, items=tuple(items))


def basis_moment(parent: Parent | None, now: datetime) -> datetime:
    """The time whose VAT rates hold: the basis's for a return, else now."""
    return now if parent is None or parent.made_at is None else parent.made_at


def check_left(ticket: Ticket, parent: Parent, basis: Basis | None) -> None:
    """Refuse a return of more than what is left: by sum, and for an own basis by each line's quantity."""
    earlier = basis.earlier if basis is not None else ()
    left: Money = (parent.total or 0) - sum(one.total for one in earlier)
    if ticket.total > left:
        raise Refused("RETURN_EXCEEDS_PARENT", left=max(left, 0), total=ticket.total)
    quantities = _left(basis)
    if not quantities:
        return
    quantities.subtract(_quantities(ticket))
    short = next((name for (name, _), quantity in quantities.items() if quantity < 0), None)
    if short is not None:
        raise Refused("RETURN_EXCEEDS_PARENT", left=left, total=ticket.total, name=short)


def _made_elsewhere(parent: Parent, now: datetime) -> Parent:
    words = ((parent.fiscal_sign or "").strip(), (parent.rnm or "").strip())
    if "" in words or parent.made_at is None or parent.total is None or parent.autonomous is None:
        raise Refused("PARENT_REQUIRED")
    if not 1 <= parent.total <= DOCUMENT_TIYN_MAX:
        raise Refused("AMOUNT_OUT_OF_RANGE")
    if parent.made_at > now + CLOCKS_APART_MAX:
        raise Refused("VALIDATION", field="parent.made_at", reason="later")
    return parent


def _left(basis: Basis | None) -> Quantities:
    """What is left of an own basis, in the order of its lines; nothing is known of one made elsewhere."""
    document = basis.document if basis is not None else None
    if basis is None or document is None or document.ticket is None:
        return Counter()
    left = _quantities(document.ticket)
    for one in basis.earlier:
        left.subtract(_quantities(one))
    return left


def _quantities(ticket: Ticket) -> Quantities:
    """How much of each thing a ticket moved; a storno that equals no earlier line takes nothing below zero."""
    counted: Quantities = Counter()
    for line in ticket.items:
        counted[same_thing(line.name), line.vat] += line.sign * line.quantity
    return +counted
