"""Documents to messages and answers back, in every version of the protocol. PROTOCOL.md (c)–(h); knows no socket.

One document model, one filler: 2.0.4 is the same messages under stricter rules (:mod:`core.ofd.versions`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from google.protobuf.message import DecodeError

from core.domain.document import Document
from core.domain.registration import PROTOCOL_VERSIONS, Registration
from core.domain.report import Report
from core.domain.ticket import Kind, Ticket
from core.ofd.report_codec import fill_report
from core.ofd.schema import kkm_v203_pb2 as wire
from core.ofd.ticket_codec import OPERATION, fill_ticket, put_money, put_time
from core.ofd.versions import VERSIONS, Version

SYSTEM, TICKET, CLOSE_SHIFT, INFO, MONEY_PLACEMENT = "SYSTEM", "TICKET", "CLOSE_SHIFT", "INFO", "MONEY_PLACEMENT"
NOMENCLATURE = "NOMENCLATURE"
BLOCKED = 15
GEO_SOURCE = "CELL"
_PLACEMENT_NAMES = {
    wire.MONEY_PLACEMENT_DEPOSIT: str(Kind.DEPOSIT),
    wire.MONEY_PLACEMENT_WITHDRAWAL: str(Kind.WITHDRAWAL),
}
_OPERATION_NAMES = {number: op for op, number in OPERATION.items()}
DEFAULT_CASHIER = "Кассир"
KEPT_VERSION = 203


TEXT_CHARACTERS_MAX = 1000
SIGN_CHARACTERS_MAX = 64
CHECK_URL_BYTES_MAX = 1000
"""More does not fit a QR code that a receipt of 58 mm can carry."""


class AnswerError(Exception):
    """Bytes that are no answer of the protocol."""


@dataclass(frozen=True, slots=True)
class Period:
    """The offline period that a message reports; while online both ends are the document's time."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class OperatorCounters:
    """What INFO says of the operator's book, for comparing with ours.

    The counts and sums of the shift are of the open one; while none is open they are those of the last Z.
    """

    shift: int
    is_open: bool
    cash: int
    non_nullable: dict[str, int]
    total_counts: dict[str, int]
    placement_counts: dict[str, int] = field(default_factory=dict)
    shift_counts: dict[str, int] = field(default_factory=dict)
    shift_sums: dict[str, int] = field(default_factory=dict)


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
    registration: Registration,
    command: str,
    period: Period,
    document: Document | None = None,
    *,
    offline: bool = False,
    barcode: str | None = None,
) -> bytes:
    """The request's bytes in the register's version of the protocol.

    ``offline`` adds the autonomous sign or the is_offline flag (PROTOCOL.md f); ``barcode`` is for NOMENCLATURE.
    """
    version = VERSIONS[PROTOCOL_VERSIONS[registration.protocol]]
    request = version.request()
    request.command = wire.CommandTypeEnum.Value(f"COMMAND_{command}")
    if document is not None:
        if document.ticket is not None:
            _fill_ticket_request(request.ticket, document, document.ticket, registration, version, offline=offline)
        elif document.report is not None:
            _fill_close(request.close_shift, document, document.report, offline=offline)
        else:
            _fill_placement(request.money_placement, document, offline=offline)
    if barcode is not None:
        request.nomenclature.barcode = barcode
    _fill_service(request.service, registration, period)
    return request.SerializeToString()


def parse_answer(payload: bytes, version: int) -> wire.Response:
    """The message of an answer, read by the version of its header; raises :class:`AnswerError` when it is none."""
    known = VERSIONS.get(version)
    if known is None:
        raise AnswerError(f"version {version} is not known")
    response = known.response()
    try:
        response.ParseFromString(payload)
    except DecodeError as error:
        raise AnswerError(str(error)) from error
    _check_answer(response)
    return response


def decode_answer(payload: bytes, version: int = KEPT_VERSION) -> Answer:
    """Read an answer by the version of its header; raises :class:`AnswerError` when it is none.

    An answer that was kept has no header any more: what is read again of it (command, code, texts, sign, link) stands
    at the same tags in every version.
    """
    response = parse_answer(payload, version)
    commands = response.DESCRIPTOR.fields_by_name["command"].enum_type
    assert commands is not None
    command = commands.values_by_number[response.command].name.removeprefix("COMMAND_")
    text = words_of(response.result.result_text)
    if response.result.result_code == BLOCKED:
        notices = (words_of(ad.text) for ad in response.service.ticket_ads if ad.info.type == wire.TICKET_AD_INFO)
        text = next((notice for notice in notices if notice), text)
    ticket = response.ticket if response.HasField("ticket") else None
    last = response.service.last_document_info if response.service.HasField("last_document_info") else None
    return Answer(
        command=command,
        result_code=response.result.result_code,
        result_text=text,
        fiscal_sign=words_of(ticket.ticket_number) if ticket is not None else None,
        check_url=_link(ticket.qr_code) if ticket is not None else None,
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
    sign = words_of(response.ticket.ticket_number) or ""
    accepted_ticket = response.command == wire.COMMAND_TICKET and response.result.result_code == 0
    if accepted_ticket and not 0 < len(sign) <= SIGN_CHARACTERS_MAX:
        raise AnswerError("a ticket was accepted without a fiscal sign")


def words_of(value: str | bytes) -> str | None:
    """An operator's text as it can be kept and shown in one line, or ``None`` where nothing is left of it.

    Nobody promises UTF-8 here, and the decoder hands over what is none as bytes: an accepted document must not be
    taken for an unanswered one because of the words beside its code.
    """
    text = value if isinstance(value, str) else value.decode("utf-8", "replace")
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:TEXT_CHARACTERS_MAX] or None


def _link(qr_code: bytes) -> str | None:
    """The check link verbatim; what cannot be printed as a QR of text is left out, the receipt has its sign."""
    try:
        link = qr_code.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return link if link.isprintable() and 0 < len(qr_code) <= CHECK_URL_BYTES_MAX else None


def _fill_ticket_request(
    message: wire.TicketRequest,
    document: Document,
    ticket: Ticket,
    registration: Registration,
    version: Version,
    *,
    offline: bool,
) -> None:
    fill_ticket(message, ticket, registration.taxation_type, version)
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
    fill_report(message.z_report, report)
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


def _put_cashier(message: wire.Operator, document: Document) -> None:
    message.code = document.cashier.code
    message.name = document.cashier.name or DEFAULT_CASHIER


def _counters(response: wire.Response) -> OperatorCounters:
    """The figures of a report. A row whose operation this version does not know is left out, not read as the first."""
    report = response.report.zx_report
    sums = [row for row in report.non_nullable_sums if row.HasField("operation")]
    tickets = [row for row in report.ticket_operations if row.HasField("operation")]
    placements = [row for row in report.money_placements if row.HasField("operation")]
    return OperatorCounters(
        shift=report.shift_number,
        is_open=response.report.report == wire.REPORT_X,
        cash=_tiyn(report.cash_sum),
        non_nullable={_OPERATION_NAMES[row.operation]: _tiyn(row.sum) for row in sums},
        total_counts={_OPERATION_NAMES[row.operation]: row.tickets_total_count for row in tickets},
        placement_counts={_PLACEMENT_NAMES[row.operation]: row.operations_total_count for row in placements},
        shift_counts={_OPERATION_NAMES[row.operation]: row.tickets_count for row in tickets},
        shift_sums={_OPERATION_NAMES[row.operation]: _tiyn(row.tickets_sum) for row in tickets},
    )


def _tiyn(money: wire.Money) -> int:
    return money.bills * 100 + money.coins
