"""A ticket as a message of any version: lines, modifiers, taxes, payments. PROTOCOL.md (e), (i); DOMAIN.md, decisions.

Message types are named after 2.0.3 and stand for those of every version (:mod:`core.ofd.versions`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.money import Money
from core.domain.ticket import RETURNS, Line, PaymentType, Ticket
from core.domain.vat import NO_VAT, percent_thousandths, vat_inside
from core.ofd.schema import kkm_v203_pb2 as wire
from core.ofd.versions import Version

OPERATION = {
    "sell": wire.OPERATION_SELL,
    "sell_return": wire.OPERATION_SELL_RETURN,
    "buy": wire.OPERATION_BUY,
    "buy_return": wire.OPERATION_BUY_RETURN,
}
PAYMENT = {
    PaymentType.CASH: wire.PAYMENT_CASH,
    PaymentType.CARD: wire.PAYMENT_CARD,
    PaymentType.MOBILE: wire.PAYMENT_MOBILE,
}
VAT_TYPE = 100
DISCOUNT_NAME = "Скидка"
MARKUP_NAME = "Наценка"
SERVICE_UNIT = "5114"
WORK_UNIT = "931"
PRODUCT, TASK, SERVICE = 0, 1, 2
"""CommodityTypeEnum of 2.0.4: товар, работа, услуга."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a version and a register's regime make of a line; a regime that the version does not know is left out."""

    item_kinds: bool
    taxation_type: int | None


def put_money(message: wire.Money, amount: Money) -> None:
    """Write tiyn as bills and coins, zeros too."""
    assert amount >= 0, "the wire has no minus sign"
    message.bills, message.coins = divmod(amount, 100)


def put_time(message: wire.DateTime, moment: datetime) -> None:
    """Write the calendar parts of a local time."""
    message.date.year, message.date.month, message.date.day = moment.year, moment.month, moment.day
    message.time.hour, message.time.minute, message.time.second = moment.hour, moment.minute, moment.second


def put_vat_rate(message: Any, rate: str) -> None:
    """Write a VAT rate into a message with ``tax_type`` and ``percent``."""
    message.tax_type = VAT_TYPE
    message.percent = percent_thousandths(rate)


def fill_ticket(message: wire.TicketRequest, ticket: Ticket, taxation_type: int, version: Version) -> None:
    """Everything of a ticket that does not depend on the document around it."""
    telling = Telling(version.item_kinds, taxation_type if taxation_type in version.taxations else None)
    message.operation = OPERATION[ticket.kind]
    services = all(line.unit == SERVICE_UNIT for line in ticket.items)
    message.domain.type = wire.DOMAIN_SERVICES if services else wire.DOMAIN_TRADING
    for line in ticket.items:
        _add_line(message, line, telling)
    for payment in ticket.payments or ():
        put_money(message.payments.add(type=PAYMENT[payment.type]).sum, payment.sum)
    put_money(message.amounts.total, ticket.total)
    if ticket.taken is not None:
        put_money(message.amounts.taken, ticket.taken)
        put_money(message.amounts.change, ticket.change or 0)
    if ticket.markup:
        _fill_receipt_level(message.amounts.markup, MARKUP_NAME, ticket.markup, ticket, telling)
    if ticket.discount:
        _fill_receipt_level(message.amounts.discount, DISCOUNT_NAME, ticket.discount, ticket, telling)
    customer = ticket.customer
    if customer.email:
        message.extension_options.customer_email = customer.email
    if customer.phone:
        message.extension_options.customer_phone = customer.phone
    if customer.iin_bin:
        message.extension_options.customer_iin_or_bin = customer.iin_bin
    if ticket.kind in RETURNS:
        _fill_parent(message.parent_ticket, ticket)


def _add_line(message: wire.TicketRequest, line: Line, telling: Telling) -> None:
    """A line and, as items of their own, its discount and markup with the tax that they take away or add."""
    types = wire.TicketRequest.Item
    item = message.items.add(
        type=types.ITEM_TYPE_STORNO_COMMODITY if line.storno else types.ITEM_TYPE_COMMODITY
    )
    commodity: Any = item.storno_commodity if line.storno else item.commodity
    commodity.name, commodity.section_code, commodity.quantity = line.name, line.section, line.quantity
    put_money(commodity.price, line.price)
    put_money(commodity.sum, line.gross)
    _add_tax(commodity.taxes, line.vat, vat_inside(line.gross, line.vat), telling)
    commodity.measure_unit_code = line.unit
    if telling.item_kinds:
        commodity.commodity_type = {SERVICE_UNIT: SERVICE, WORK_UNIT: TASK}.get(line.unit, PRODUCT)
    if line.barcode:
        commodity.barcode = line.barcode
    if line.mark:
        commodity.list_excise_stamp.append(line.mark)
    if line.ntin:
        commodity.ntin = line.ntin
    discounted = line.gross - line.discount
    if line.discount:
        item = message.items.add(type=types.ITEM_TYPE_STORNO_DISCOUNT if line.storno else types.ITEM_TYPE_DISCOUNT)
        modifier = item.storno_discount if line.storno else item.discount
        tax = vat_inside(line.gross, line.vat) - vat_inside(discounted, line.vat)
        _fill_modifier(modifier, DISCOUNT_NAME, line.discount, line.vat, tax, telling)
    if line.markup:
        item = message.items.add(type=types.ITEM_TYPE_STORNO_MARKUP if line.storno else types.ITEM_TYPE_MARKUP)
        modifier = item.storno_markup if line.storno else item.markup
        tax = vat_inside(line.own_sum, line.vat) - vat_inside(discounted, line.vat)
        _fill_modifier(modifier, MARKUP_NAME, line.markup, line.vat, tax, telling)


def _fill_modifier(
    message: wire.TicketRequest.Modifier, name: str, amount: Money, rate: str, tax: Money, telling: Telling
) -> None:
    message.name = name
    put_money(message.sum, amount)
    _add_tax(message.taxes, rate, tax, telling)


def _fill_receipt_level(
    message: wire.TicketRequest.Modifier, name: str, amount: Money, ticket: Ticket, telling: Telling
) -> None:
    """Taxes = line taxes before the share less line taxes after it, by rate (DOMAIN.md, decisions)."""
    message.name = name
    put_money(message.sum, amount)
    taxes: Counter[str] = Counter()
    for line in ticket.items:
        taxes[line.vat] += abs(vat_inside(line.own_sum, line.vat) - line.vat_sum)
    for rate in sorted(taxes):
        _add_tax(message.taxes, rate, taxes[rate], telling)


def _add_tax(taxes: Any, rate: str, amount: Money, telling: Telling) -> None:
    """One tax entry; «без НДС» has none at all, 0 % has one with a zero sum."""
    if rate == NO_VAT:
        return
    tax = taxes.add(is_in_total_sum=True)
    if telling.taxation_type is not None:
        tax.taxation_type = telling.taxation_type
    put_vat_rate(tax, rate)
    put_money(tax.sum, amount)


def _fill_parent(message: wire.TicketRequest.ParentTicket, ticket: Ticket) -> None:
    parent = ticket.parent
    assert parent is not None and parent.made_at is not None and parent.total is not None
    message.parent_ticket_number = parent.fiscal_sign or ""
    put_time(message.parent_ticket_data_time, parent.made_at)
    message.kgd_kkm_id = parent.rnm or ""
    put_money(message.parent_ticket_total, parent.total)
    message.parent_ticket_is_offline = bool(parent.autonomous)


