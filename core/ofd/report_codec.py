"""An X- or Z-report as a message, and its checksum. PROTOCOL.md (g)."""

from __future__ import annotations

import zlib

from core.domain.report import Report
from core.domain.ticket import Kind, PaymentType
from core.ofd.schema import kkm_v203_pb2 as wire
from core.ofd.ticket_codec import OPERATION, PAYMENT, put_money, put_time, put_vat_rate


def report_checksum(report: Report) -> str:
    """CRC-32 over the serialised report with an empty checksum, eight upper-case hex digits (PROTOCOL.md g).

    The same in every version that has a report: tags and types of what is written are the same.
    """
    message = wire.ZXReport()
    fill_report(message, report)
    message.checksum = ""
    return message_checksum(message)


def message_checksum(message: wire.ZXReport) -> str:
    """The checksum of a report message whose checksum is present and empty."""
    return f"{zlib.crc32(message.SerializeToString()):08X}"


def fill_report(message: wire.ZXReport, report: Report) -> None:
    """Every row of every list, zeros included (PROTOCOL.md g: emit all, accept missing)."""
    put_time(message.date_time, report.made_at)
    message.shift_number = report.shift
    for code, rows in report.sections.items():
        section = message.sections.add(section_code=code)
        for op, count in rows.items():
            put_money(section.operations.add(operation=OPERATION[op], count=count.count).sum, count.sum)
    for lists, counts in (
        (message.operations, report.operations),
        (message.discounts, report.discounts),
        (message.markups, report.markups),
        (message.total_result, report.total_result),
    ):
        for op, count in counts.items():
            put_money(lists.add(operation=OPERATION[op], count=count.count).sum, count.sum)
    for rate, tax_rows in report.taxes.items():
        tax = message.taxes.add()
        put_vat_rate(tax, rate)
        for op, row in tax_rows.items():
            operation = tax.operations.add(operation=OPERATION[op])
            put_money(operation.turnover, row.turnover)
            put_money(operation.sum, row.sum)
            put_money(operation.turnover_without_tax, row.turnover - row.sum)
    for op, amount in report.non_nullable_start.items():
        put_money(message.start_shift_non_nullable_sums.add(operation=OPERATION[op]).sum, amount)
    _fill_ticket_operations(message, report)
    for op, amount in report.non_nullable_end.items():
        put_money(message.non_nullable_sums.add(operation=OPERATION[op]).sum, amount)
    put_money(message.cash_sum, report.cash)
    put_money(message.revenue.sum, abs(report.revenue))
    message.revenue.is_negative = report.revenue < 0
    put_time(message.open_shift_time, report.opened_at)
    if report.closed_at is not None:
        put_time(message.close_shift_time, report.closed_at)


def _fill_ticket_operations(message: wire.ZXReport, report: Report) -> None:
    for op, row in report.tickets.items():
        operation = message.ticket_operations.add(
            operation=OPERATION[op],
            tickets_total_count=row.total_count,
            tickets_count=row.count,
            offline_count=row.offline_count,
        )
        put_money(operation.tickets_sum, row.sum)
        for kind, count in row.payments.items():
            payment = operation.payments.add(payment=PAYMENT[PaymentType(kind)], count=count.count)
            put_money(payment.sum, count.sum)
        put_money(operation.discount_sum, row.discount_sum)
        put_money(operation.markup_sum, row.markup_sum)
        put_money(operation.change_sum, row.change_sum)
    for name, placed in report.money_placements.items():
        deposit = name == Kind.DEPOSIT
        placement = message.money_placements.add(
            operation=wire.MONEY_PLACEMENT_DEPOSIT if deposit else wire.MONEY_PLACEMENT_WITHDRAWAL,
            operations_total_count=placed.total_count,
            operations_count=placed.count,
            offline_count=placed.offline_count,
        )
        put_money(placement.operations_sum, placed.sum)
