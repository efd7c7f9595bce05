"""A cart (корзина, себет): lines put together by taps before they become a ticket. Pricing is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.domain.catalogue import Item
from core.domain.money import PRICE_TIYN_MAX, QUANTITY_THOUSANDTHS_MAX, Money, Quantity
from core.domain.ticket import Adjustment, Kind, LineInput, Payment, PaymentType, TicketInput
from core.errors import Refused

ONE: Quantity = 1000
CART_LINES_MAX = 200


@dataclass(frozen=True, slots=True)
class CartLine:
    """A line with a number of its own, which stays when other lines go. ``item_id`` is ``None`` for a mere amount."""

    line_id: int
    item: Item
    quantity: Quantity = ONE
    item_id: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Cart:
    """Lines in the order they were tapped, and at most one discount for all of them."""

    lines: tuple[CartLine, ...] = ()
    discount: Adjustment | None = None
    next_line: int = 1

    @property
    def is_empty(self) -> bool:
        return not self.lines

    def line(self, line_id: int) -> CartLine | None:
        return next((one for one in self.lines if one.line_id == line_id), None)

    def added(self, item: Item, item_id: str | None = None, mark: str | None = None) -> Cart:
        """One more of it: a line that is the same grows, unless the goods are marked, where each piece is a line.

        A piece of marked goods that is in the cart already changes nothing.
        """
        if mark is not None and any(one.mark == mark for one in self.lines):
            return self
        same = next((one for one in self.lines if _is_same(one, item, item_id) and mark is None), None)
        if same is not None:
            return self.with_quantity(same.line_id, same.quantity + ONE)
        if len(self.lines) >= CART_LINES_MAX:
            raise Refused("CART_FULL", limit=CART_LINES_MAX)
        line = CartLine(self.next_line, item, ONE, item_id, mark)
        return replace(self, lines=(*self.lines, line), next_line=self.next_line + 1)

    def with_quantity(self, line_id: int, quantity: Quantity) -> Cart:
        """So much of a line; nothing or less takes it out. A marked piece is one or none."""
        line = self.line(line_id)
        if line is None:
            return self
        if quantity <= 0:
            return self.without(line_id)
        if quantity > QUANTITY_THOUSANDTHS_MAX or (line.mark is not None and quantity != ONE):
            raise Refused("QUANTITY_OUT_OF_RANGE")
        changed = replace(line, quantity=quantity)
        return replace(self, lines=tuple(changed if one.line_id == line_id else one for one in self.lines))

    def without(self, line_id: int) -> Cart:
        """Without a line; the discount goes with the last one."""
        left = tuple(one for one in self.lines if one.line_id != line_id)
        return replace(self, lines=left, discount=self.discount if left else None)

    def with_discount(self, discount: Adjustment | None) -> Cart:
        return replace(self, discount=discount)

    def request(self, payments: tuple[Payment, ...] | None = None, taken: Money | None = None) -> TicketInput:
        """The ticket that the cart asks for."""
        return TicketInput(
            Kind.SELL,
            tuple(_line_input(one) for one in self.lines),
            discount=self.discount,
            payments=payments,
            taken=taken,
        )


def amount_item(name: str, price: Money) -> Item:
    """A mere amount under the name that stands for goods without one."""
    if not 1 <= price <= PRICE_TIYN_MAX:
        raise Refused("PRICE_OUT_OF_RANGE")
    return Item(name, price)


def split_payments(total: Money, cash: Money, rest: PaymentType) -> tuple[Payment, ...]:
    """Part in cash, the rest otherwise; one payment where nothing is left for the other."""
    assert 0 <= cash <= total and rest is not PaymentType.CASH
    parts = (Payment(PaymentType.CASH, cash), Payment(rest, total - cash))
    return tuple(one for one in parts if one.sum)


def to_facts(cart: Cart) -> dict[str, Any]:
    """The cart as JSON facts."""
    discount = cart.discount
    return {
        "lines": [
            {
                "line_id": one.line_id,
                "item": {name: getattr(one.item, name) for name in Item.__slots__},
                "quantity": one.quantity,
                "item_id": one.item_id,
                "mark": one.mark,
            }
            for one in cart.lines
        ],
        "discount": None if discount is None else {"sum": discount.sum, "percent": discount.percent},
        "next_line": cart.next_line,
    }


def from_facts(facts: dict[str, Any]) -> Cart:
    """The cart of such facts."""
    return Cart(
        tuple(CartLine(**{**one, "item": Item(**one["item"])}) for one in facts["lines"]),
        None if facts["discount"] is None else Adjustment(**facts["discount"]),
        facts["next_line"],
    )


def _is_same(line: CartLine, item: Item, item_id: str | None) -> bool:
    """An amount never joins another: two of 500 were two things."""
    is_same_item = item_id is not None and line.item_id == item_id and line.mark is None
    return is_same_item and _sold_as(line.item) == _sold_as(item)


def _sold_as(item: Item) -> tuple[object, ...]:
    return (item.name, item.price, item.unit, item.vat, item.barcode, item.ntin)


def _line_input(line: CartLine) -> LineInput:
    item = line.item
    return LineInput(
        name=item.name,
        price=item.price,
        quantity=line.quantity,
        unit=item.unit,
        vat=item.vat,
        barcode=item.barcode,
        ntin=item.ntin,
        mark=line.mark,
    )
