"""What is left to return of a receipt, line by line, and the return of some of it (возврат, қайтару).

A return's lines carry what the customer really paid: the receipt's own discount or markup is folded into them, and
the last piece of a line takes what earlier returns left of its sum, so any number of returns adds up to the receipt
exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.domain.money import Money, Quantity, line_sum, round_half_up
from core.domain.names import same_thing
from core.domain.ticket import Adjustment, Line, LineInput, Payment, PaymentType, Ticket


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A line of the basis with the quantity and the money (tiyn, after all discounts) that are left of it."""

    line: Line
    quantity: Quantity
    sum: Money

    def money(self, quantity: Quantity) -> Money:
        """What returning this much of it pays back."""
        if quantity >= self.quantity:
            return self.sum
        return round_half_up(self.sum * quantity, self.quantity)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a receipt. ``total`` bounds every return by sum; ``untouched`` says that none was made yet."""

    lines: tuple[LeftLine, ...]
    total: Money
    untouched: bool

    def money(self, quantities: tuple[Quantity, ...]) -> Money:
        """What returning so much of each line pays back."""
        pairs = zip(self.lines, quantities, strict=True)
        return sum(one.money(quantity) for one, quantity in pairs if quantity)

    @property
    def whole(self) -> tuple[Quantity, ...]:
        """Everything that is left."""
        return tuple(one.quantity for one in self.lines)


def left_of(basis: Ticket, earlier: tuple[Ticket, ...]) -> Left:
    """What earlier returns and the receipt's own storno lines leave of each line."""
    lines = _moved(basis)
    for ticket in earlier:
        for one in _moved(ticket):
            _take(lines, replace(one.line, quantity=one.quantity, sum=one.sum))
    total = max(0, basis.total - sum(ticket.total for ticket in earlier))
    return Left(tuple(lines), total, untouched=not earlier)


def _moved(ticket: Ticket) -> list[LeftLine]:
    """The lines of a ticket without what its own storno lines take back."""
    lines = [LeftLine(line, line.quantity, line.sum) for line in ticket.items if not line.storno]
    for line in (one for one in ticket.items if one.storno):
        _take(lines, line)
    return lines


def _take(lines: list[LeftLine], taken: Line) -> None:
    """Take a returned line out of those of the same thing and rate, of the same price first.

    Of equal lines that carry unequal shares of the receipt's discount, the one that pays back exactly so much goes
    first: it is the line that was chosen, or one from which the sums come out the same.
    """
    thing, quantity, money = same_thing(taken.name), taken.quantity, taken.sum
    fitting = [
        place
        for place, one in enumerate(lines)
        if same_thing(one.line.name) == thing and one.line.vat == taken.vat
    ]
    for place in sorted(fitting, key=lambda place: _unlike(lines[place], taken)):
        one = lines[place]
        part = min(quantity, one.quantity)
        if not part:
            continue
        paid = money if part == quantity else round_half_up(money * part, quantity)
        lines[place] = LeftLine(one.line, one.quantity - part, max(0, one.sum - paid))
        quantity, money = quantity - part, money - paid


def _unlike(one: LeftLine, taken: Line) -> tuple[bool, bool]:
    is_exact = taken.quantity <= one.quantity and one.money(taken.quantity) == taken.sum
    return one.line.price != taken.price, not is_exact


def returned_lines(left: Left, quantities: tuple[Quantity, ...]) -> tuple[LineInput, ...]:
    """The lines of a return of so much of each; lines of nothing are left out."""
    pairs = zip(left.lines, quantities, strict=True)
    return tuple(_returned(one, quantity) for one, quantity in pairs if 0 < quantity <= one.quantity)


def _returned(one: LeftLine, quantity: Quantity) -> LineInput:
    line, money = one.line, one.money(quantity)
    gross = line_sum(line.price, quantity)
    return LineInput(
        name=line.name,
        price=line.price,
        quantity=quantity,
        unit=line.unit,
        section=line.section,
        vat=line.vat,
        discount=Adjustment(sum=gross - money) if money < gross else None,
        markup=Adjustment(sum=money - gross) if money > gross else None,
        barcode=line.barcode,
        ntin=line.ntin,
        mark=line.mark,
    )


def paid_back(basis: Ticket, left: Left, total: Money, kind: PaymentType | None) -> tuple[Payment, ...]:
    """How a return is paid out. Without a kind: a whole first return as it was paid in, any other in the kind that
    most was paid in.
    """
    paid = basis.payments or ()
    if kind is None and left.untouched and total == basis.total and paid:
        return paid
    if kind is None:
        kind = max(paid, key=lambda one: one.sum).type if paid else PaymentType.CASH
    return (Payment(kind, total),)


def stepped(quantity: Quantity, left: Quantity, steps: int) -> Quantity:
    """The chosen quantity one press up (``1``) or down (``-1``): by whole units, a weighed rest in one press."""
    unit = 1000
    if steps > 0:
        return min(left, (quantity // unit + 1) * unit)
    return max(0, (quantity - 1) // unit * unit) if quantity else 0
