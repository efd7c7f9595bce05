"""The invariants of the protocol facts, section (i), for one decoded request: a reading of its own, for tests only."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from core.clock import ALMATY
from core.ofd.schema import kkm_v203_pb2 as pb

COMMODITY, STORNO = pb.TicketRequest.Item.ITEM_TYPE_COMMODITY, pb.TicketRequest.Item.ITEM_TYPE_STORNO_COMMODITY
MEMBERS = {1: "commodity", 2: "storno_commodity", 3: "markup", 4: "storno_markup", 5: "discount", 6: "storno_discount"}
SIGNS = {1: 1, 2: -1, 3: 1, 4: -1, 5: -1, 6: 1}
RATES = (0, 5_000, 10_000, 12_000, 16_000)


def tiyn(money: Any) -> int:
    """Bills and coins as tiyn; both must be present (e, 27)."""
    assert money.HasField("bills")
    assert money.HasField("coins")
    assert 0 <= money.coins <= 99
    return int(money.bills * 100 + money.coins)


def moment(message: Any) -> datetime:
    """A real calendar date and time with seconds (27)."""
    assert message.time.HasField("second")
    date, time = message.date, message.time
    return datetime(date.year, date.month, date.day, time.hour, time.minute, time.second, tzinfo=ALMATY)


def half_up(numerator: int, denominator: int) -> int:
    """Half up for what is not negative."""
    return (numerator * 2 + denominator) // (denominator * 2)


def check_request(payload: bytes) -> pb.Request:
    """Everything that any request must hold: 2 and 3."""
    request = pb.Request.FromString(payload)
    assert request.IsInitialized()
    service = request.service
    assert service.get_reg_info
    assert moment(service.offline_period.begin_time) <= moment(service.offline_period.end_time)
    assert service.security_stats.geo_position.source.strip()
    kkm, org = service.reg_info.kkm, service.reg_info.org
    texts: tuple[str, ...] = (kkm.fns_kkm_id, kkm.serial_number, kkm.kkm_id)
    texts += (org.title, org.address, org.inn, org.okved, org.address_kz)
    assert all(text.strip() for text in texts)
    return request


def check_ticket(request: pb.Request) -> dict[int, int]:
    """4–22 of one ticket; answers its tax by percent."""
    ticket, org = request.ticket, request.service.reg_info.org
    assert request.HasField("ticket")
    assert ticket.operator.HasField("code")
    assert ticket.operator.name.strip()
    moment(ticket.date_time)
    taxes: Counter[int] = Counter()
    total = sum(_item(item, taxes) for item in ticket.items)
    assert total_of_lines(ticket) >= 0
    assert not ticket.taxes, "7: on the items only"
    amounts = ticket.amounts
    assert not (amounts.HasField("markup") and amounts.HasField("discount")), "9"
    for modifier, present, sign in (
        (amounts.markup, amounts.HasField("markup"), 1),
        (amounts.discount, amounts.HasField("discount"), -1),
    ):
        if present:
            assert modifier.name.strip()
            assert tiyn(modifier.sum) > 0
            total += sign * tiyn(modifier.sum)
            _taxes(modifier.taxes, None, taxes, sign)
    assert tiyn(amounts.total) == total > 0, "10"
    _payments(ticket)
    if ticket.HasField("extension_options") and ticket.extension_options.customer_iin_or_bin:
        assert ticket.extension_options.customer_iin_or_bin != org.inn, "16"
        assert len(ticket.extension_options.customer_iin_or_bin) == 12
    if ticket.operation in (pb.OPERATION_BUY_RETURN, pb.OPERATION_SELL_RETURN):
        parent = ticket.parent_ticket
        assert parent.parent_ticket_number.strip(), "17"
        assert parent.kgd_kkm_id.strip()
        assert parent.HasField("parent_ticket_is_offline")
        moment(parent.parent_ticket_data_time)
        tiyn(parent.parent_ticket_total)
    else:
        assert not ticket.HasField("parent_ticket")
    assert ticket.domain.type in (pb.DOMAIN_TRADING, pb.DOMAIN_SERVICES), "20"
    if ticket.HasField("offline_ticket_number"):
        assert 0 < ticket.offline_ticket_number < 2**31, "21"
    assert ticket.fr_shift_number > 0
    assert ticket.printed_document_number > 0
    assert all(tax >= 0 for tax in taxes.values())
    return dict(taxes)


def total_of_lines(ticket: pb.TicketRequest) -> int:
    """Commodities less storno, before any discount."""
    lines = [getattr(item, MEMBERS[item.type]) for item in ticket.items if item.type in (COMMODITY, STORNO)]
    signs = [SIGNS[item.type] for item in ticket.items if item.type in (COMMODITY, STORNO)]
    return sum(sign * tiyn(line.sum) for sign, line in zip(signs, lines, strict=True))


def _item(item: Any, taxes: Counter[int]) -> int:
    held = [name for name in MEMBERS.values() if item.HasField(name)]
    assert held == [MEMBERS[item.type]], "4"
    part, sign = getattr(item, held[0]), SIGNS[item.type]
    assert part.name.strip(), "5"
    amount = tiyn(part.sum)
    if item.type in (COMMODITY, STORNO):
        assert 1 <= len(part.name) <= 128
        assert part.section_code.strip()
        assert part.quantity > 0
        assert part.measure_unit_code.strip()
        assert amount == half_up(tiyn(part.price) * part.quantity, 1000), "6"
        assert all(stamp.strip() for stamp in part.list_excise_stamp), "19"
        assert not part.excise_stamp
    else:
        assert amount > 0
    _taxes(part.taxes, amount, taxes, sign)
    return sign * amount


def _taxes(entries: Any, amount: int | None, taxes: Counter[int], sign: int) -> None:
    assert len({entry.percent for entry in entries}) == len(entries), "7"
    for entry in entries:
        assert entry.tax_type == 100, "8"
        assert entry.taxation_type in (100, 101, 102, 103)
        assert entry.percent in RATES
        assert entry.is_in_total_sum
        tax = tiyn(entry.sum)
        assert entry.percent or tax == 0
        if amount is not None:
            assert abs(tax - half_up(amount * entry.percent, 100_000 + entry.percent)) <= 1
        taxes[entry.percent] += sign * tax


def _payments(ticket: pb.TicketRequest) -> None:
    sums = {payment.type: tiyn(payment.sum) for payment in ticket.payments}
    assert len(sums) == len(ticket.payments), "11"
    assert set(sums) <= {pb.PAYMENT_CASH, pb.PAYMENT_CARD, pb.PAYMENT_MOBILE}, "18"
    assert all(amount > 0 for amount in sums.values())
    assert sum(sums.values()) == tiyn(ticket.amounts.total), "12"
    amounts = ticket.amounts
    if pb.PAYMENT_CASH in sums:
        assert tiyn(amounts.taken) - tiyn(amounts.change) == sums[pb.PAYMENT_CASH], "13"
    else:
        assert not amounts.HasField("taken"), "14"
        assert not amounts.HasField("change")
