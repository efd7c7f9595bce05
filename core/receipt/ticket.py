"""The middle of a receipt: what was sold and for how much, how it was paid, what it returns."""

from __future__ import annotations

from collections.abc import Iterator

from core.domain.money import Money
from core.domain.ticket import Line, Parent, Ticket
from core.domain.vat import NO_VAT
from core.receipt.blocks import Block, Role, Row, Rule, Text
from core.receipt.words import Words, clean, moment, money, quantity


def ticket_blocks(ticket: Ticket, words: Words, *, vat_payer: bool) -> Iterator[Block]:
    """Items, total, VAT by rate, payments, basis: the order of DOMAIN.md 6.7."""
    rates = {line.vat for line in ticket.items}
    yield Rule()
    for place, line in enumerate(ticket.items, 1):
        yield from _item(place, line, words, name_rate=vat_payer and len(rates) > 1)
    yield Rule()
    yield from _totals(ticket, words)
    if vat_payer:
        yield from _vat(ticket, words)
    yield from _payments(ticket, words)
    if ticket.customer.iin_bin:
        number = clean(ticket.customer.iin_bin)
        yield Row(Role.CUSTOMER, f"{words.label('customer')}, {words.iin_bin(number)}", number)
    if ticket.parent is not None:
        yield from _parent(ticket.parent, words)
    yield Rule()


def rate_words(rate: str, words: Words) -> str:
    """A rate of VAT as people read it: ``ҚҚС/НДС 16%``, or that there is none."""
    return words.label("no-vat") if rate == NO_VAT else f"{words.label('vat-name')} {rate}%"


def _item(place: int, line: Line, words: Words, *, name_rate: bool) -> Iterator[Block]:
    storno = f"{words.label('storno')}: " if line.storno else ""
    yield Text(Role.ITEM, f"{place}. {storno}{clean(line.name)}")
    if line.ntin:
        yield Text(Role.NTIN, f"{words.label('ntin')} {clean(line.ntin)}")
    if line.mark:
        yield Text(Role.MARKING, f"{words.label('marking')} {clean(line.mark)}")
    amount = quantity(line.quantity, words.unit(line.unit))
    yield Row(Role.ITEM_SUM, f"{amount} x {money(line.price)}", money(line.sign * line.gross))
    if line.discount:
        yield Row(Role.ITEM_DISCOUNT, words.label("discount"), money(-line.sign * line.discount))
    if line.markup:
        yield Row(Role.ITEM_MARKUP, words.label("markup"), money(line.sign * line.markup))
    if line.discount or line.markup:
        yield Row(Role.ITEM_COST, words.label("cost"), money(line.sign * line.own_sum))
    if name_rate:
        yield Text(Role.ITEM_VAT, rate_words(line.vat, words))


def _totals(ticket: Ticket, words: Words) -> Iterator[Block]:
    if ticket.discount or ticket.markup:
        subtotal = ticket.total + ticket.discount - ticket.markup
        yield Row(Role.SUBTOTAL, words.label("subtotal"), money(subtotal))
    if ticket.discount:
        yield Row(Role.DISCOUNT, words.label("discount"), money(-ticket.discount))
    if ticket.markup:
        yield Row(Role.MARKUP, words.label("markup"), money(ticket.markup))
    yield Row(Role.TOTAL, words.label("total"), money(ticket.total), bold=True, size=2)


def _vat(ticket: Ticket, words: Words) -> Iterator[Block]:
    for vat in ticket.vat:
        yield Row(Role.VAT, f"{words.label('vat')} {vat.rate}%", money(vat.sum))
    if any(line.vat == NO_VAT for line in ticket.items):
        yield Row(Role.VAT, words.label("no-vat"), money(_without_vat(ticket)))


def _without_vat(ticket: Ticket) -> Money:
    return sum(line.sign * line.sum for line in ticket.items if line.vat == NO_VAT)


def _payments(ticket: Ticket, words: Words) -> Iterator[Block]:
    for payment in ticket.payments or ():
        yield Row(Role.PAYMENT, words.label(f"pay-{payment.type}"), money(payment.sum))
    if ticket.change and ticket.taken is not None:
        yield Row(Role.TAKEN, words.label("taken"), money(ticket.taken))
        yield Row(Role.CHANGE, words.label("change"), money(ticket.change))


def _parent(parent: Parent, words: Words) -> Iterator[Block]:
    """The basis of a return (чек-основание): by our number, by the five facts, or by both."""
    yield Rule()
    for text in words.each("parent"):
        yield Text(Role.PARENT, text, bold=True)
    if parent.document_number is not None:
        yield Row(Role.PARENT, words.label("parent-number"), str(parent.document_number))
    if parent.fiscal_sign is not None:
        label = "autonomous-sign" if parent.autonomous else "fiscal-sign"
        yield Row(Role.PARENT, words.label(label), clean(parent.fiscal_sign))
    if parent.made_at is not None:
        yield Row(Role.PARENT, words.label("time"), moment(parent.made_at))
    if parent.rnm is not None:
        yield Row(Role.PARENT, words.label("rnm"), clean(parent.rnm))
    if parent.total is not None:
        yield Row(Role.PARENT, words.label("sum"), money(parent.total))
