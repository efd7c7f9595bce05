"""What the sandbox operator checks before it books: PROTOCOL.md (i), apart from the counters of a Z-report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

from core.ofd.schema import kkm_v203_pb2 as pb
from sandbox.ofd.counters import INTO_THE_DRAWER, SALES, Item, cash_of, modifier_of, payments_of, sale_of
from sandbox.ofd.versions import V203, V204
from sandbox.ofd.wire import ALMATY, BILLS_MAX, as_text, moment, money

SHIFT_HOURS_MAX = 24
SHIFT_TOO_LONG, INCORRECT, NOT_ENOUGH_CASH, SAME_TAXPAYER = 11, 13, 14, 17
RATES = frozenset({0, 5_000, 10_000, 12_000, 16_000})
VAT = 100
TAXATIONS = range(100, 104)
HUNDRED_PERCENT = 100_000
RETURNS = frozenset({pb.OPERATION_BUY_RETURN, pb.OPERATION_SELL_RETURN})
NEEDED_OF_SERVICE = {
    V203: ("get_reg_info", "offline_period", "security_stats", "reg_info"),
    V204: ("security_stats", "reg_info"),
}
CHECKSUM = re.compile(r"[0-9A-F]{8}")
RETIRED_PAYMENTS = frozenset({pb.PAYMENT_CREDIT, pb.PAYMENT_TARE})


class Refusal(Exception):
    """The operator's no: a result code and a text of its own."""

    def __init__(self, code: int, text: str | None) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Device:
    """What the operator was told of a register (касса) when it was put on its books."""

    device_id: int
    rnm: str
    znm: str
    iin_bin: str
    title: str
    address: str
    check_url: str


@dataclass(slots=True)
class Standing:
    """What a document is checked against: the shift (None while none is open), the drawer, the signs used."""

    now: datetime
    shift_number: int
    opened_at: datetime | None
    cash: int
    offline_signs: set[tuple[str, int]] = field(default_factory=set)


def need(condition: bool, text: str, code: int = INCORRECT) -> None:
    """Refuse unless."""
    if not condition:
        raise Refusal(code, text)


def check_values(message: Any) -> None:
    """Every date in a message is one of the calendar, every amount has at most 99 tiyn."""
    if isinstance(message, pb.DateTime):
        try:
            moment(message)
        except ValueError as error:
            raise Refusal(INCORRECT, f"no such date or time: {error}") from error
    elif isinstance(message, pb.Money):
        need(message.coins <= 99 and message.bills <= BILLS_MAX, f"coins {message.coins}")
    else:
        for told, value in message.ListFields():
            if told.type == FieldDescriptor.TYPE_MESSAGE:
                for one in value if told.is_repeated else (value,):
                    check_values(one)


def check_service(request: pb.Request, device: Device, version: int = V203) -> None:
    """The service block as the version demands it, with the particulars that the operator has on its books."""
    service: Any = request.service
    need(request.HasField("service"), "service is missing")
    for name in NEEDED_OF_SERVICE[version]:
        need(service.HasField(name), f"service.{name} is missing")
    position = service.security_stats.geo_position
    need(service.security_stats.HasField("geo_position"), "service.security_stats.geo_position is missing")
    need(position.latitude >= 0 and position.longitude >= 0, "geo_position is negative")
    need(position.source.strip() != "", "geo_position.source is blank")
    period = service.offline_period
    in_order = not service.HasField("offline_period") or moment(period.begin_time) <= moment(period.end_time)
    need(in_order, "offline_period ends before it begins")
    kkm, org = service.reg_info.kkm, service.reg_info.org
    for name in ("title", "address", "address_kz"):
        need(getattr(org, name).strip() != "", f"reg_info.org.{name} is blank")
    expected = {
        "kkm.fns_kkm_id": (kkm.fns_kkm_id, device.rnm),
        "kkm.serial_number": (kkm.serial_number, device.znm),
        "kkm.kkm_id": (kkm.kkm_id, str(device.device_id)),
        "org.inn": (org.inn, device.iin_bin),
    }
    for name, (told, known) in expected.items():
        need(told == known, f"reg_info.{name} is {told!r}, on the books {known!r}")


def check_shift(told: int | None, is_offline: bool, standing: Standing) -> None:
    """The shift number that a document carries, and the 24 hours of a shift that is worked online."""
    if told is not None:
        need(told == standing.shift_number, f"fr_shift_number {told}, OFD {standing.shift_number}")
    if standing.opened_at is None or is_offline:
        return
    # Whole seconds, and exactly 24 hours still pass (CONTRACT.md).
    age = standing.now.replace(microsecond=0) - standing.opened_at.replace(microsecond=0)
    if age > timedelta(hours=SHIFT_HOURS_MAX):
        opened = standing.opened_at.astimezone(ALMATY).isoformat(timespec="seconds")
        raise Refusal(SHIFT_TOO_LONG, f"shift {standing.shift_number} is open since {opened}")


def check_placement(placement: pb.MoneyPlacementRequest, standing: Standing) -> None:
    """A deposit or a withdrawal."""
    number = placement.fr_shift_number if placement.HasField("fr_shift_number") else None
    check_shift(number, placement.is_offline, standing)
    need(money(placement.sum) > 0, "money_placement.sum is zero")
    need(placement.HasField("operator"), "money_placement.operator is missing")
    if placement.operation == pb.MONEY_PLACEMENT_WITHDRAWAL:
        _check_drawer(money(placement.sum), standing)


def check_checksum(report: pb.ZXReport, version: int) -> None:
    """From 2.0.4 a Z carries its checksum; what it is computed from is not stated, so only its form is looked at."""
    if version >= V204:
        need(CHECKSUM.fullmatch(report.checksum) is not None, "z_report.checksum is not eight hexadecimal digits")


def check_report(request: pb.ReportRequest) -> None:
    """A report that a device asks for together with its own figures."""
    need(request.HasField("zx_report"), "report.zx_report is missing")
    need(request.zx_report.HasField("open_shift_time"), "zx_report.open_shift_time is missing")
    is_z = request.report == pb.REPORT_Z
    closed = request.zx_report.HasField("close_shift_time")
    need(closed == is_z, "zx_report.close_shift_time stands in a Z and only there")


def check_ticket(ticket: pb.TicketRequest, device: Device, standing: Standing) -> None:
    """A receipt (чек)."""
    is_offline = ticket.HasField("offline_ticket_number")
    number = ticket.fr_shift_number if ticket.HasField("fr_shift_number") else None
    check_shift(number, is_offline, standing)
    need(len(ticket.items) > 0, "ticket.items is empty")
    for index, item in enumerate(ticket.items):
        _check_item(item, f"items[{index}]")
    _check_tax_scopes(ticket)
    _check_total(ticket)
    _check_payments(ticket)
    _check_parties(ticket, device)
    if is_offline:
        sign = (moment(ticket.date_time).date().isoformat(), ticket.offline_ticket_number)
        need(sign[1] > 0 and sign not in standing.offline_signs, f"offline_ticket_number {sign[1]} was used that day")
    if ticket.HasField("domain"):
        need(ticket.domain.HasField("type"), "domain.type is missing")
    if ticket.operation not in INTO_THE_DRAWER:
        _check_drawer(cash_of(ticket), standing)


def _check_drawer(paid_out: int, standing: Standing) -> None:
    text = f"{as_text(paid_out)} from a drawer of {as_text(standing.cash)}"
    need(paid_out <= standing.cash, text, NOT_ENOUGH_CASH)


def _check_item(item: pb.TicketRequest.Item, path: str) -> None:
    blocks = ("commodity", "storno_commodity", "markup", "storno_markup", "discount", "storno_discount")
    expected = blocks[item.type - 1]
    present = [told.name for told, _ in item.ListFields() if told.name in blocks]
    need(present == [expected], f"{path} is {expected} and carries {', '.join(present) or 'nothing'}")
    if item.type not in SALES:
        modifier, _ = modifier_of(item)
        _check_modifier(modifier, f"{path}.{expected}")
        return
    line = sale_of(item)
    named = line.name.strip() != "" or (isinstance(line, Item.Commodity) and line.HasField("code"))
    need(named, f"{path} has no name")
    need(line.section_code.strip() != "", f"{path}.section_code is blank")
    need(line.measure_unit_code.strip() != "", f"{path}.measure_unit_code is blank")
    need(line.quantity > 0, f"{path}.quantity is zero")
    exact = money(line.price) * line.quantity
    need(abs(1000 * money(line.sum) - exact) <= 1500, f"{path}.sum is not price x quantity")
    need(not line.HasField("excise_stamp"), f"{path}.excise_stamp is of the old protocol")
    need(all(stamp.strip() for stamp in line.list_excise_stamp), f"{path}.list_excise_stamp has a blank")
    _check_taxes(line.taxes, f"{path}.taxes", money(line.sum), tolerance=1)


def _check_modifier(modifier: pb.TicketRequest.Modifier, path: str) -> None:
    need(modifier.name.strip() != "", f"{path}.name is blank")
    need(money(modifier.sum) > 0, f"{path}.sum is zero")
    # Its tax is the difference of two rounded ones: gross line less net line.
    _check_taxes(modifier.taxes, f"{path}.taxes", money(modifier.sum), tolerance=2)


def _check_taxes(taxes: Iterable[pb.TicketRequest.Tax], path: str, gross: int | None, tolerance: int = 0) -> None:
    """`gross` None: the amount that is taxed at each rate is not known here."""
    seen: set[int] = set()
    for tax in taxes:
        need(tax.tax_type == VAT, f"{path}: tax_type {tax.tax_type}")
        need(not tax.HasField("taxation_type") or tax.taxation_type in TAXATIONS, f"{path}: taxation_type")
        need(tax.percent in RATES, f"{path}: percent {tax.percent}")
        need(tax.percent not in seen, f"{path}: percent {tax.percent} twice")
        seen.add(tax.percent)
        need(tax.percent > 0 or money(tax.sum) == 0, f"{path}: a tax of zero percent has a sum")
        if gross is not None:
            base = HUNDRED_PERCENT + tax.percent if tax.is_in_total_sum else HUNDRED_PERCENT
            off = abs(money(tax.sum) * base - gross * tax.percent)
            need(2 * off <= (2 * tolerance + 1) * base, f"{path}: {as_text(money(tax.sum))} is not {tax.percent} of it")


def _check_tax_scopes(ticket: pb.TicketRequest) -> None:
    """Taxes stand on the items or on the ticket; a receipt-level discount has only rates that its lines have."""
    rates: set[int] = set()
    for item in ticket.items:
        if item.type in SALES:
            rates.update(tax.percent for tax in sale_of(item).taxes)
    need(not (rates and ticket.taxes), "taxes stand on the items and on the ticket")
    _check_taxes(ticket.taxes, "ticket.taxes", None)
    amounts = ticket.amounts
    both = amounts.HasField("discount") and amounts.HasField("markup")
    need(not both, "amounts.discount and amounts.markup exclude each other")
    for name, modifier in (("discount", amounts.discount), ("markup", amounts.markup)):
        if amounts.HasField("discount" if name == "discount" else "markup"):
            need(modifier.name.strip() != "", f"amounts.{name}.name is blank")
            _check_taxes(modifier.taxes, f"amounts.{name}.taxes", None)
            known = all(tax.percent in rates for tax in modifier.taxes)
            need(known, f"amounts.{name}.taxes has a rate that no line has")


def _check_total(ticket: pb.TicketRequest) -> None:
    total = money(ticket.amounts.total)
    lines = 0
    for item in ticket.items:
        if item.type in SALES:
            lines += SALES[item.type] * money(sale_of(item).sum)
        else:
            modifier, sign = modifier_of(item)
            lines += sign * money(modifier.sum)
    due = lines - money(ticket.amounts.discount.sum) + money(ticket.amounts.markup.sum)
    need(total > 0, "amounts.total is zero")
    need(total == due, f"amounts.total is {as_text(total)}, the lines make {as_text(due)}")


def _check_payments(ticket: pb.TicketRequest) -> None:
    amounts, total = ticket.amounts, money(ticket.amounts.total)
    kinds = [payment.type for payment in ticket.payments]
    need(len(kinds) == len(set(kinds)), "a payment type stands twice")
    need(not RETIRED_PAYMENTS.intersection(kinds), "payment types 2 and 3 are of the old protocol")
    need(all(money(payment.sum) > 0 for payment in ticket.payments), "a payment of zero")
    paid = sum(amount for _, amount in payments_of(ticket))
    need(paid == total, f"payments make {as_text(paid)}, the total is {as_text(total)}")
    if pb.PAYMENT_CASH not in kinds:
        need(money(amounts.change) == 0 or not kinds, "change without cash")
        return
    need(amounts.HasField("taken") and amounts.HasField("change"), "cash without amounts.taken and amounts.change")
    taken, change, cash = money(amounts.taken), money(amounts.change), cash_of(ticket)
    if ticket.operation in RETURNS and taken == 0 and change == 0:
        return
    need(taken >= cash and change == taken - cash, "amounts.change is not taken less cash")


def _check_parties(ticket: pb.TicketRequest, device: Device) -> None:
    customer = ticket.extension_options.customer_iin_or_bin
    if ticket.extension_options.HasField("customer_iin_or_bin"):
        need(len(customer) == 12 and customer.isdecimal(), "customer_iin_or_bin is not 12 digits")
        need(customer != device.iin_bin, "the buyer is the seller", SAME_TAXPAYER)
    if ticket.operation not in RETURNS:
        return
    parent = ticket.parent_ticket
    need(ticket.HasField("parent_ticket"), "a return without parent_ticket")
    need(parent.parent_ticket_number.strip() != "", "parent_ticket_number is blank")
    need(len(parent.kgd_kkm_id) == 12 and parent.kgd_kkm_id.isdecimal(), "parent_ticket.kgd_kkm_id is not 12 digits")
    need(money(parent.parent_ticket_total) > 0, "parent_ticket_total is zero")
