"""The operator's own counters of one device, counted from what was booked: PROTOCOL.md (g)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.ofd.schema import kkm_v203_pb2 as pb
from sandbox.ofd.wire import money

OPERATIONS = (pb.OPERATION_SELL, pb.OPERATION_SELL_RETURN, pb.OPERATION_BUY, pb.OPERATION_BUY_RETURN)
INTO_THE_DRAWER = frozenset({pb.OPERATION_SELL, pb.OPERATION_BUY_RETURN})
PLACEMENTS = (pb.MONEY_PLACEMENT_DEPOSIT, pb.MONEY_PLACEMENT_WITHDRAWAL)
PAYMENTS = (pb.PAYMENT_CASH, pb.PAYMENT_CARD, pb.PAYMENT_MOBILE)

Item = pb.TicketRequest.Item
SALES = {Item.ITEM_TYPE_COMMODITY: 1, Item.ITEM_TYPE_STORNO_COMMODITY: -1}
DISCOUNTS = {Item.ITEM_TYPE_DISCOUNT: 1, Item.ITEM_TYPE_STORNO_DISCOUNT: -1}
MARKUPS = {Item.ITEM_TYPE_MARKUP: 1, Item.ITEM_TYPE_STORNO_MARKUP: -1}

Line = pb.TicketRequest.Item.Commodity | pb.TicketRequest.Item.StornoCommodity
Tally = list[int]
ByOperation = dict[int, Tally]
TaxKey = tuple[int, int]


def _tallies() -> ByOperation:
    return defaultdict(lambda: [0, 0])


@dataclass(slots=True)
class TicketRow:
    """The receipts of one operation in the open shift; `payments` hold count and sum by type."""

    count: int = 0
    total: int = 0
    offline: int = 0
    discount: int = 0
    markup: int = 0
    change: int = 0
    payments: ByOperation = field(default_factory=_tallies)


@dataclass(slots=True)
class Shift:
    """What is set to nothing by a close. `taxes` hold turnover with the tax, and the tax."""

    sections: dict[str, ByOperation] = field(default_factory=lambda: defaultdict(_tallies))
    discounts: ByOperation = field(default_factory=_tallies)
    markups: ByOperation = field(default_factory=_tallies)
    taxes: dict[TaxKey, ByOperation] = field(default_factory=lambda: defaultdict(_tallies))
    tickets: dict[int, TicketRow] = field(default_factory=lambda: defaultdict(TicketRow))
    placements: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))


@dataclass(slots=True)
class Counters:
    """One device's counters: those of the open shift and those that no shift resets."""

    shift: Shift = field(default_factory=Shift)
    ticket_totals: dict[int, int] = field(default_factory=lambda: dict.fromkeys(OPERATIONS, 0))
    placement_totals: dict[int, int] = field(default_factory=lambda: dict.fromkeys(PLACEMENTS, 0))
    non_nullable: dict[int, int] = field(default_factory=lambda: dict.fromkeys(OPERATIONS, 0))
    at_shift_start: dict[int, int] = field(default_factory=lambda: dict.fromkeys(OPERATIONS, 0))
    cash: int = 0

    def count_ticket(self, ticket: pb.TicketRequest) -> None:
        """Count a receipt that passed the checks."""
        operation, total, shift = ticket.operation, money(ticket.amounts.total), self.shift
        row = shift.tickets[operation]
        row.count += 1
        row.total += total
        row.offline += ticket.HasField("offline_ticket_number")
        row.change += money(ticket.amounts.change)
        for kind, amount in payments_of(ticket):
            _add(row.payments, kind, 1, amount)
        for item in ticket.items:
            self._count_item(operation, item)
        if ticket.amounts.HasField("discount"):
            row.discount += money(ticket.amounts.discount.sum)
            _add(shift.discounts, operation, 1, money(ticket.amounts.discount.sum))
        if ticket.amounts.HasField("markup"):
            row.markup += money(ticket.amounts.markup.sum)
            _add(shift.markups, operation, 1, money(ticket.amounts.markup.sum))
        for key, turnover, tax in _ticket_taxes(ticket):
            _add(shift.taxes[key], operation, turnover, tax)
        self.ticket_totals[operation] += 1
        self.non_nullable[operation] += total
        cash = cash_of(ticket)
        self.cash += cash if operation in INTO_THE_DRAWER else -cash

    def count_placement(self, kind: int, amount: int, *, is_offline: bool) -> None:
        """Count a deposit or a withdrawal."""
        row = self.shift.placements[kind]
        row[0] += 1
        row[1] += amount
        row[2] += is_offline
        self.placement_totals[kind] += 1
        self.cash += amount if kind == pb.MONEY_PLACEMENT_DEPOSIT else -amount

    def close(self) -> None:
        """Begin the next shift: per-shift counters to nothing, start sums from the running ones."""
        self.shift = Shift()
        self.at_shift_start = dict(self.non_nullable)

    @property
    def revenue(self) -> int:
        """What the shift took in, less what it gave out; signed."""
        rows = self.shift.tickets.items()
        return sum(row.total if operation in INTO_THE_DRAWER else -row.total for operation, row in rows)

    def _count_item(self, operation: int, item: pb.TicketRequest.Item) -> None:
        shift = self.shift
        if item.type in SALES:
            line = sale_of(item)
            sign = SALES[item.type]
            _add(shift.sections[line.section_code], operation, sign == 1, sign * money(line.sum))
            return
        modifier, _ = modifier_of(item)
        is_discount = item.type in DISCOUNTS
        sign = DISCOUNTS[item.type] if is_discount else MARKUPS[item.type]
        into = shift.discounts if is_discount else shift.markups
        _add(into, operation, sign == 1, sign * money(modifier.sum))


def sale_of(item: pb.TicketRequest.Item) -> Line:
    """The line of a commodity item or of a storno one."""
    return item.commodity if item.type == Item.ITEM_TYPE_COMMODITY else item.storno_commodity


def modifier_of(item: pb.TicketRequest.Item) -> tuple[pb.TicketRequest.Modifier, int]:
    """The discount or markup of an item, and whether it raises (+1) or lowers (-1) what is to be paid."""
    return {
        Item.ITEM_TYPE_DISCOUNT: (item.discount, -1),
        Item.ITEM_TYPE_STORNO_DISCOUNT: (item.storno_discount, 1),
        Item.ITEM_TYPE_MARKUP: (item.markup, 1),
        Item.ITEM_TYPE_STORNO_MARKUP: (item.storno_markup, -1),
    }[item.type]


def payments_of(ticket: pb.TicketRequest) -> Iterator[tuple[int, int]]:
    """Type and sum of each payment; a receipt without any was paid in cash (PROTOCOL.md i-13)."""
    if not ticket.payments:
        yield pb.PAYMENT_CASH, money(ticket.amounts.total)
    for payment in ticket.payments:
        yield payment.type, money(payment.sum)


def cash_of(ticket: pb.TicketRequest) -> int:
    """What the receipt moves through the drawer."""
    return sum(amount for kind, amount in payments_of(ticket) if kind == pb.PAYMENT_CASH)


def _add(into: ByOperation, key: int, first: int, second: int) -> None:
    tally = into[key]
    tally[0] += first
    tally[1] += second


def _ticket_taxes(ticket: pb.TicketRequest) -> Iterator[tuple[TaxKey, int, int]]:
    """Turnover and tax by rate, signed: of lines, of their discounts and markups, of the receipt's own."""
    for item in ticket.items:
        if item.type in SALES:
            line = sale_of(item)
            sign, amount, taxes = SALES[item.type], money(line.sum), line.taxes
        else:
            modifier, sign = modifier_of(item)
            amount, taxes = money(modifier.sum), modifier.taxes
        for tax in taxes:
            yield (tax.tax_type, tax.percent), sign * amount, sign * money(tax.sum)
    for tax in ticket.taxes:
        yield (tax.tax_type, tax.percent), money(ticket.amounts.total), money(tax.sum)
    amounts = ticket.amounts
    for modifier, sign in ((amounts.discount, -1), (amounts.markup, 1)):
        for key, share in _shares(ticket, money(modifier.sum)).items():
            yield key, sign * share, 0
        for tax in modifier.taxes:
            yield (tax.tax_type, tax.percent), 0, sign * money(tax.sum)


def _shares(ticket: pb.TicketRequest, amount: int) -> dict[TaxKey, int]:
    """What a receipt-level amount takes from the turnover of each rate.

    The wire tells the tax of each rate but not its part of the amount, so it is spread over the lines that
    are not storno by their sums after their own discount and markup: largest remainder, first the earlier.
    """
    out: dict[TaxKey, int] = defaultdict(int)
    lines: list[tuple[list[TaxKey], int]] = []
    is_storno = False
    for item in ticket.items:
        if item.type in SALES:
            line = sale_of(item)
            is_storno = SALES[item.type] < 0
            if not is_storno:
                lines.append(([(tax.tax_type, tax.percent) for tax in line.taxes], money(line.sum)))
        elif lines and not is_storno:
            modifier, sign = modifier_of(item)
            keys, weight = lines[-1]
            lines[-1] = (keys, weight + sign * money(modifier.sum))
    whole = sum(weight for _, weight in lines)
    if whole <= 0 or not amount:
        return out
    shares = [amount * weight // whole for _, weight in lines]
    remainders = [amount * weight % whole for _, weight in lines]
    order = sorted(range(len(lines)), key=lambda index: (-remainders[index], index))
    for index in order[: amount - sum(shares)]:
        shares[index] += 1
    for (keys, _), share in zip(lines, shares, strict=True):
        for key in keys:
            out[key] += share
    return out
