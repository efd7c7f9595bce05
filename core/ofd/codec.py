"""Documents to messages of protocol 2.0.3 and answers back. PROTOCOL.md (c)–(h); nothing here knows a socket."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import datetime

from google.protobuf.message import DecodeError

from core.domain.document import Document
from core.domain.registration import Registration
from core.domain.report import Report
from core.domain.ticket import Kind, PaymentType, Ticket
from core.ofd.schema import kkm_v203_pb2 as wire
from core.ofd.ticket_codec import OPERATION, PAYMENT, fill_ticket, put_money, put_time, put_vat_rate

SYSTEM, TICKET, CLOSE_SHIFT, INFO, MONEY_PLACEMENT = "SYSTEM", "TICKET", "CLOSE_SHIFT", "INFO", "MONEY_PLACEMENT"
GEO_SOURCE = "CELL"
_PLACEMENT_NAMES = {
    wire.MONEY_PLACEMENT_DEPOSIT: str(Kind.DEPOSIT),
    wire.MONEY_PLACEMENT_WITHDRAWAL: str(Kind.WITHDRAWAL),
}
DEFAULT_CASHIER = "Кассир"


class AnswerError(Exception):
    """Bytes that are no answer of the protocol."""


@dataclass(frozen=True, slots=True)
class Period:
    """The offline period that a message reports; while online both ends are the document's time."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class OperatorCounters:
    """What INFO says of the operator's book, for comparing with ours."""

    shift: int
    is_open: bool
    cash: int
    non_nullable: dict[str, int]
    total_counts: dict[str, int]
    placement_counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as far as anything acts on it. ``fiscal_sign`` and ``check_url`` come with code 0 to a ticket."""

    command: str
    result_code: int
    result_text: str | None = None
    fiscal_sign: str | None = None
    check_url: str | None = None
    last_printed_number: int | None = None
    counters: OperatorCounters | None = None


def command_of(document: Document) -> str:
    """The command that tells the operator of a document."""
    if document.is_ticket:
        return TICKET
    return CLOSE_SHIFT if document.kind is Kind.SHIFT_CLOSE else MONEY_PLACEMENT


def encode(
    registration: Registration, command: str, period: Period, document: Document | None = None, *, offline: bool = False
) -> bytes:
    """The request's bytes. ``offline`` adds the autonomous sign or the is_offline flag (PROTOCOL.md f)."""
    request = wire.Request(command=wire.CommandTypeEnum.Value(f"COMMAND_{command}"))
    if document is not None:
        if document.ticket is not None:
            _fill_ticket_request(request.ticket, document, document.ticket, registration, offline=offline)
        elif document.report is not None:
            _fill_close(request.close_shift, document, document.report, offline=offline)
        else:
            _fill_placement(request.money_placement, document, offline=offline)
    _fill_service(request.service, registration, period)
    return request.SerializeToString()


def decode_answer(payload: bytes) -> Answer:
    """Read an answer; raises :class:`AnswerError` when it is none."""
    response = wire.Response()
    try:
        response.ParseFromString(payload)
    except DecodeError as error:
        raise AnswerError(str(error)) from error
    _check_answer(response)
    command = wire.CommandTypeEnum.Name(response.command).removeprefix("COMMAND_")
    text = response.result.result_text or None
    if response.result.result_code == 15:
        text = next((ad.text for ad in response.service.ticket_ads if ad.info.type == wire.TICKET_AD_INFO), text)
    ticket = response.ticket if response.HasField("ticket") else None
    last = response.service.last_document_info if response.service.HasField("last_document_info") else None
    return Answer(
        command=command,
        result_code=response.result.result_code,
        result_text=text,
        fiscal_sign=ticket.ticket_number if ticket is not None else None,
        check_url=ticket.qr_code.decode("utf-8", "replace") or None if ticket is not None else None,
        last_printed_number=last.printed_document_number if last is not None else None,
        counters=_counters(response) if command == INFO and response.HasField("report") else None,
    )


def _check_answer(response: wire.Response) -> None:
    """Refuse what only looks like an answer: the decoder itself reads a missing result code as 0, which is «accepted».

    Only what is acted on is required; a report may lack rows and members (PROTOCOL.md g: accept missing).
    """
    if not response.HasField("command"):
        raise AnswerError("no known command in the answer")
    if not response.HasField("result") or not response.result.HasField("result_code"):
        raise AnswerError("no result code in the answer")
    accepted_ticket = response.command == wire.COMMAND_TICKET and response.result.result_code == 0
    if accepted_ticket and not response.ticket.ticket_number.strip():
        raise AnswerError("a ticket was accepted without a fiscal sign")


def report_checksum(report: Report) -> str:
    """CRC-32 over the serialised report with an empty checksum, eight upper-case hex digits (PROTOCOL.md g)."""
    message = wire.ZXReport()
    _fill_report(message, report)
    message.checksum = ""
    return message_checksum(message)


def message_checksum(message: wire.ZXReport) -> str:
    """The checksum of a report message whose checksum is present and empty."""
    return f"{zlib.crc32(message.SerializeToString()):08X}"


def _fill_ticket_request(
    message: wire.TicketRequest, document: Document, ticket: Ticket, registration: Registration, *, offline: bool
) -> None:
    fill_ticket(message, ticket, registration.taxation_type)
    put_time(message.date_time, document.made_at)
    _put_cashier(message.operator, document)
    if offline:
        assert document.own_sign is not None
        message.offline_ticket_number = document.own_sign
    message.fr_shift_number = document.shift
    message.printed_document_number = document.number


def _fill_close(message: wire.CloseShiftRequest, document: Document, report: Report, *, offline: bool) -> None:
    put_time(message.close_time, document.made_at)
    if offline:
        message.is_offline = True
    message.fr_shift_number = document.shift
    message.withdraw_money = False
    _fill_report(message.z_report, report)
    message.z_report.checksum = report.checksum
    _put_cashier(message.operator, document)
    message.printed_document_number = document.number


def _fill_placement(message: wire.MoneyPlacementRequest, document: Document, *, offline: bool) -> None:
    assert document.sum is not None
    put_time(message.datetime, document.made_at)
    deposit = document.kind is Kind.DEPOSIT
    message.operation = wire.MONEY_PLACEMENT_DEPOSIT if deposit else wire.MONEY_PLACEMENT_WITHDRAWAL
    put_money(message.sum, document.sum)
    if offline:
        message.is_offline = True
    message.fr_shift_number = document.shift
    message.printed_document_number = document.number
    _put_cashier(message.operator, document)


def _fill_service(message: wire.ServiceRequest, registration: Registration, period: Period) -> None:
    geo = message.security_stats.geo_position
    geo.latitude, geo.longitude, geo.source = registration.latitude, registration.longitude, GEO_SOURCE
    put_time(message.offline_period.begin_time, period.begin)
    put_time(message.offline_period.end_time, max(period.begin, period.end))
    message.get_reg_info = True
    kkm, org = message.reg_info.kkm, message.reg_info.org
    kkm.fns_kkm_id, kkm.serial_number, kkm.kkm_id = registration.rnm, registration.znm, str(registration.device_id)
    org.title, org.address, org.inn = registration.taxpayer, registration.address, registration.iin_bin
    org.okved, org.address_kz = registration.okved, registration.address_kk


def _fill_report(message: wire.ZXReport, report: Report) -> None:
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


def _put_cashier(message: wire.Operator, document: Document) -> None:
    message.code = document.cashier.code
    message.name = document.cashier.name or DEFAULT_CASHIER


def _counters(response: wire.Response) -> OperatorCounters:
    report = response.report.zx_report
    names = {number: op for op, number in OPERATION.items()}
    return OperatorCounters(
        shift=report.shift_number,
        is_open=response.report.report == wire.REPORT_X,
        cash=report.cash_sum.bills * 100 + report.cash_sum.coins,
        non_nullable={
            names[row.operation]: row.sum.bills * 100 + row.sum.coins for row in report.non_nullable_sums
        },
        total_counts={names[row.operation]: row.tickets_total_count for row in report.ticket_operations},
        placement_counts={
            _PLACEMENT_NAMES[row.operation]: row.operations_total_count for row in report.money_placements
        },
    )
