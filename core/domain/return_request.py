"""The request for a return of a receipt of the register: of all of it, or of so much of each line. Pure."""

from __future__ import annotations

from core.domain.document import Document
from core.domain.left_to_return import Left, paid_back, returned_lines
from core.domain.money import Quantity
from core.domain.ticket import Adjustment, Kind, Line, LineInput, Parent, Payment, PaymentType, TicketInput


def return_request(
    document: Document, left: Left, quantities: tuple[Quantity, ...], payment: PaymentType | None
) -> TicketInput | None:
    """The return of so much of each line of ``left``, paid out as it was paid in unless a payment is named; ``None``
    where that comes to nothing.
    """
    ticket = document.ticket
    assert ticket is not None
    if left.untouched and quantities == left.whole:
        return whole_return(document, None if payment is None else (Payment(payment, ticket.total),))
    total = left.money(quantities)
    if total <= 0:
        return None
    return TicketInput(
        kind=Kind.SELL_RETURN,
        items=returned_lines(left, quantities),
        payments=paid_back(ticket, left, total, payment),
        customer=ticket.customer,
        parent=Parent(document_number=document.number),
    )


def whole_return(basis: Document, payments: tuple[Payment, ...] | None = None) -> TicketInput:
    """The return of every line of a sale, paid out as it was paid in unless ``payments`` say otherwise (DOMAIN.md: a
    correction is a return).
    """
    ticket = basis.ticket
    assert ticket is not None and basis.kind is Kind.SELL
    return TicketInput(
        kind=Kind.SELL_RETURN,
        items=tuple(line_again(line) for line in ticket.items),
        discount=Adjustment(sum=ticket.discount) if ticket.discount else None,
        markup=Adjustment(sum=ticket.markup) if ticket.markup else None,
        payments=payments or ticket.payments,
        customer=ticket.customer,
        parent=Parent(document_number=basis.number),
    )


def line_again(line: Line) -> LineInput:
    """A line of a receipt as it was asked for: what a return and a repeated sale begin with."""
    return LineInput(
        name=line.name,
        price=line.price,
        quantity=line.quantity,
        unit=line.unit,
        section=line.section,
        vat=line.vat,
        discount=Adjustment(sum=line.discount) if line.discount else None,
        markup=Adjustment(sum=line.markup) if line.markup else None,
        barcode=line.barcode,
        ntin=line.ntin,
        mark=line.mark,
        storno=line.storno,
    )
