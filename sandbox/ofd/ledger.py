"""The operator's book of one register: token chain, repeat rule, shifts and documents. PROTOCOL.md (b) and (c)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.ofd.schema import kkm_v203_pb2 as pb
from sandbox.ofd.catalogue import look_up
from sandbox.ofd.checks import (
    Device,
    Refusal,
    Standing,
    check_checksum,
    check_placement,
    check_report,
    check_service,
    check_ticket,
    check_values,
    need,
)
from sandbox.ofd.counters import OPERATIONS, Counters
from sandbox.ofd.report import build_report, differences, sinks_below_zero, tell
from sandbox.ofd.versions import V203
from sandbox.ofd.wire import (
    ALMATY,
    DOCUMENTS,
    Head,
    as_json,
    as_text,
    command_name,
    moment,
    money,
)

INVALID_TOKEN, UNSUPPORTED_COMMAND, NUMBER_AGAIN, OTHER_COMMAND = 2, 5, 8, 9
NOT_FOUND_BY_BARCODE = 18
TICKET_KINDS = {
    pb.OPERATION_SELL: "sell",
    pb.OPERATION_SELL_RETURN: "sell_return",
    pb.OPERATION_BUY: "buy",
    pb.OPERATION_BUY_RETURN: "buy_return",
}
PLACEMENT_KINDS = {pb.MONEY_PLACEMENT_DEPOSIT: "deposit", pb.MONEY_PLACEMENT_WITHDRAWAL: "withdrawal"}


@dataclass(frozen=True, slots=True)
class Accepted:
    """The last document taken into the book: what rule 1 of PROTOCOL.md (b) answers again."""

    token: int
    reqnum: int
    command: int
    answer: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a request ended: the outcome as the exchanges list it, the code, the token and message to answer with."""

    outcome: str
    code: int
    token: int
    answer: bytes


@dataclass(frozen=True, slots=True)
class Draw:
    """Where a new token (none of those given) and a new fiscal sign (фискальный признак) come from."""

    token: Callable[[frozenset[int]], int]
    sign: Callable[[], str]


class Ledger:
    """All that the operator knows of one register. `token` is the one last given out."""

    def __init__(self, device: Device, token: int) -> None:
        self.device = device
        self.token = token
        self.documents: list[dict[str, Any]] = []
        self.z_reports: list[dict[str, Any]] = []
        self.offline_periods: list[tuple[datetime, datetime]] = []
        self._counters = Counters()
        self._shift_number = 0
        self._opened_at: datetime | None = None
        self._last: Accepted | None = None
        self._last_z: pb.ZXReport | None = None
        self._offline_signs: set[tuple[str, int]] = set()

    def answer(
        self, n: int, head: Head, request: pb.Request, now: datetime, draw: Draw, forced: Refusal | None
    ) -> Verdict:
        """Meet a request that could be decoded; `forced` is a refusal that a switch of the demo wants."""
        if request.command not in DOCUMENTS:
            return self._serve(head, request, now, forced)
        repeated = self._chain(head, request.command)
        if repeated is not None:
            return repeated
        if forced is not None:
            raise forced
        check_values(request)
        check_service(request, self.device, head.version)
        self._check_document(request, now, head.version)
        sign = draw.sign() if request.command == pb.COMMAND_TICKET else ""
        token = draw.token(frozenset({self.token} if self._last is None else {self.token, self._last.token}))
        response = self._response(request, now, sign)
        answer = response.SerializeToString()
        self.book(n, head, request, token, response, now)
        return Verdict("booked", 0, token, answer)

    def book(
        self, n: int, head: Head, request: pb.Request, token: int, response: pb.Response, now: datetime
    ) -> None:
        """Take a document in; also how the book is read again after a restart, without any check."""
        command = request.command
        at = now.astimezone(ALMATY).isoformat(timespec="milliseconds")
        entry: dict[str, Any] = {"n": n, "command": command_name(command), "at": at}
        if command == pb.COMMAND_TICKET:
            entry.update(self._book_ticket(request.ticket, response.ticket.ticket_number))
        elif command == pb.COMMAND_MONEY_PLACEMENT:
            entry.update(self._book_placement(request.money_placement))
        else:
            entry.update(self._book_close(request.close_shift, response.report.zx_report))
        self.documents.append(entry)
        self._last = Accepted(head.token, head.reqnum, command, response.SerializeToString())
        self.token = token
        self.note_period(request)

    def note_period(self, request: pb.Request) -> None:
        """Remember an autonomous period that a device told of; begin = end is how one says that it was online."""
        if not request.service.HasField("offline_period"):
            return
        begin = moment(request.service.offline_period.begin_time)
        end = moment(request.service.offline_period.end_time)
        if begin == end:
            return
        periods = self.offline_periods
        if periods and periods[-1][0] == begin:
            periods[-1] = (begin, max(end, periods[-1][1]))
        else:
            periods.append((begin, end))

    def told(self) -> dict[str, Any]:
        """The book as `GET /ofd/registers/{device_id}` shows it."""
        totals, sums = self._counters.ticket_totals, self._counters.non_nullable
        shift = None
        if self._opened_at is not None:
            shift = {"number": self._shift_number, "opened_at": self._opened_at.isoformat(timespec="seconds")}
        return {
            "device_id": self.device.device_id,
            "title": self.device.title,
            "token": self.token,
            "shift": shift,
            "cash": as_text(self._counters.cash),
            "tickets": {TICKET_KINDS[op]: {"count": totals[op], "sum": as_text(sums[op])} for op in OPERATIONS},
            "documents": list(self.documents),
            "z_reports": list(self.z_reports),
            "offline_periods": [
                {"begin": begin.isoformat(timespec="seconds"), "end": end.isoformat(timespec="seconds")}
                for begin, end in self.offline_periods
            ],
        }

    def _chain(self, head: Head, command: int) -> Verdict | None:
        """Rules 1 to 4 of the server's table; None where rule 5 holds."""
        last = self._last
        if last is not None and (head.token, head.reqnum) == (last.token, last.reqnum):
            if command != last.command:
                raise Refusal(OTHER_COMMAND, f"number {head.reqnum} was {command_name(last.command)}")
            return Verdict("repeated", 0, self.token, last.answer)
        if last is not None and head.token == self.token and head.reqnum == last.reqnum:
            raise Refusal(NUMBER_AGAIN, f"number {head.reqnum} was used before")
        self._check_token(head)
        return None

    def _check_token(self, head: Head) -> None:
        if head.token == 0 or head.token != self.token:
            raise Refusal(INVALID_TOKEN, None)

    def _serve(self, head: Head, request: pb.Request, now: datetime, forced: Refusal | None) -> Verdict:
        """A command that books nothing and leaves the token."""
        if request.command in (pb.COMMAND_AUTH, pb.COMMAND_CANCEL_TICKET):
            raise Refusal(UNSUPPORTED_COMMAND, f"{command_name(request.command)} is not served")
        if request.command != pb.COMMAND_REPORT:
            self._check_token(head)
        if forced is not None:
            raise forced
        check_values(request)
        response = _well(request.command)
        if request.command == pb.COMMAND_REPORT:
            need(request.HasField("report"), "report is missing")
            check_service(request, self.device, head.version)
            check_report(request.report)
            self._put_report(response, request.report.report, now, moment(request.report.date_time))
        elif request.command == pb.COMMAND_INFO:
            open_now = self._opened_at is not None
            self._put_report(response, pb.REPORT_X if open_now else pb.REPORT_Z, now, now)
            self._put_registration(response, with_last=True)
        elif request.command == pb.COMMAND_NOMENCLATURE:
            need(request.HasField("nomenclature"), "nomenclature is missing")
            response.nomenclature.CopyFrom(look_up(request.nomenclature))
            missing = response.nomenclature.result == pb.NomenclatureResponse.RESULT_TYPE_ELEMENT_NOT_FOUND_BY_BARCODE
            if missing and head.version == V203:
                # in 2.0.4 the code 18 says that the device was taken off the register: only the catalogue answers
                response.result.result_code = NOT_FOUND_BY_BARCODE
                response.result.result_text = f"no good with the barcode {request.nomenclature.barcode}"
                return Verdict("refused", NOT_FOUND_BY_BARCODE, head.token, response.SerializeToString())
        elif request.service.get_reg_info:
            self._put_registration(response, with_last=False)
        self.note_period(request)
        return Verdict("answered", 0, self.token, response.SerializeToString())

    def _check_document(self, request: pb.Request, now: datetime, version: int) -> None:
        standing = self._standing(now)
        if request.command == pb.COMMAND_TICKET:
            need(request.HasField("ticket"), "ticket is missing")
            check_ticket(request.ticket, self.device, standing)
        elif request.command == pb.COMMAND_MONEY_PLACEMENT:
            need(request.HasField("money_placement"), "money_placement is missing")
            check_placement(request.money_placement, standing)
        else:
            need(request.HasField("close_shift"), "close_shift is missing")
            self._check_close(request.close_shift)
            check_checksum(request.close_shift.z_report, version)

    def _standing(self, now: datetime) -> Standing:
        number = self._shift_number + (self._opened_at is None)
        return Standing(now, number, self._opened_at, self._counters.cash, self._offline_signs)

    def _check_close(self, close: pb.CloseShiftRequest) -> None:
        need(self._opened_at is not None, "no shift is open")
        if close.HasField("fr_shift_number"):
            text = f"fr_shift_number {close.fr_shift_number}, OFD {self._shift_number}"
            need(close.fr_shift_number == self._shift_number, text)
        need(close.HasField("operator"), "close_shift.operator is missing")
        need(close.HasField("z_report"), "close_shift.z_report is missing")
        for name in ("open_shift_time", "close_shift_time"):
            need(close.z_report.HasField(name), f"z_report.{name} is missing")
        found = differences(self._z(close), close.z_report, below_zero=sinks_below_zero(self._counters))
        need(not found, f"z_report: {tell(found)}")

    def _z(self, close: pb.CloseShiftRequest) -> pb.ZXReport:
        closed_at = moment(close.close_time)
        counters = deepcopy(self._counters)
        _withdraw_all(counters, close)
        return build_report(
            counters,
            shift_number=self._shift_number,
            made_at=closed_at,
            opened_at=self._opened_at,
            closed_at=closed_at,
        )

    def _response(self, request: pb.Request, now: datetime, sign: str) -> pb.Response:
        response = _well(request.command)
        if request.command == pb.COMMAND_TICKET:
            response.ticket.ticket_number = sign
            response.ticket.qr_code = self._check_url(request.ticket, sign).encode()
        elif request.command == pb.COMMAND_CLOSE_SHIFT:
            response.report.report = pb.REPORT_Z
            response.report.zx_report.CopyFrom(self._z(request.close_shift))
        return response

    def _check_url(self, ticket: pb.TicketRequest, sign: str) -> str:
        at = moment(ticket.date_time).strftime("%Y%m%dT%H%M%S")
        total = as_text(money(ticket.amounts.total))
        return f"{self.device.check_url}?i={sign}&f={self.device.rnm}&s={total}&t={at}"

    def _put_report(self, response: pb.Response, kind: int, now: datetime, asked_at: datetime) -> None:
        response.report.report = pb.ReportTypeEnum.ValueType(kind)
        if kind == pb.REPORT_X:
            report = build_report(
                self._counters,
                shift_number=self._shift_number,
                made_at=now,
                opened_at=self._opened_at,
            )
            response.report.zx_report.CopyFrom(report)
        elif self._last_z is not None:
            response.report.zx_report.CopyFrom(self._last_z)
        else:
            empty = build_report(Counters(), shift_number=0, made_at=asked_at, opened_at=None)
            response.report.zx_report.CopyFrom(empty)

    def _put_registration(self, response: pb.Response, *, with_last: bool) -> None:
        device, service = self.device, response.service
        kkm, pos, org = service.reg_info.kkm, service.reg_info.pos, service.reg_info.org
        kkm.fns_kkm_id, kkm.serial_number, kkm.kkm_id = device.rnm, device.znm, str(device.device_id)
        pos.title, pos.address = device.title, device.address
        org.title, org.address, org.inn = device.title, device.address, device.iin_bin
        if with_last and self.documents:
            last = self.documents[-1]
            service.last_document_info.fr_shift_number = last["fr_shift_number"]
            service.last_document_info.printed_document_number = last["printed_document_number"]

    def _book_ticket(self, ticket: pb.TicketRequest, sign: str) -> dict[str, Any]:
        at = moment(ticket.date_time)
        self._open(at)
        self._counters.count_ticket(ticket)
        is_offline = ticket.HasField("offline_ticket_number")
        if is_offline:
            self._offline_signs.add((at.date().isoformat(), ticket.offline_ticket_number))
        return {
            "kind": TICKET_KINDS[ticket.operation],
            "sum": as_text(money(ticket.amounts.total)),
            "made_at": at.isoformat(timespec="seconds"),
            "offline_ticket_number": ticket.offline_ticket_number if is_offline else None,
            "is_offline": is_offline,
            "fr_shift_number": self._shift_number,
            "printed_document_number": ticket.printed_document_number,
            "fiscal_sign": sign,
        }

    def _book_placement(self, placement: pb.MoneyPlacementRequest) -> dict[str, Any]:
        at = moment(placement.datetime)
        self._open(at)
        amount = money(placement.sum)
        self._counters.count_placement(placement.operation, amount, is_offline=placement.is_offline)
        kind = PLACEMENT_KINDS[placement.operation]
        return self._unsigned(kind, as_text(amount), at, placement.is_offline, placement.printed_document_number)

    def _book_close(self, close: pb.CloseShiftRequest, own: pb.ZXReport) -> dict[str, Any]:
        at = moment(close.close_time)
        entry = self._unsigned("shift_close", None, at, close.is_offline, close.printed_document_number)
        self._last_z = pb.ZXReport()
        self._last_z.CopyFrom(own)
        self.z_reports.append(as_json(close.z_report))
        _withdraw_all(self._counters, close)
        self._counters.close()
        self._opened_at = None
        return entry

    def _unsigned(
        self, kind: str, amount: str | None, at: datetime, is_offline: bool, number: int
    ) -> dict[str, Any]:
        return {
            "kind": kind,
            "sum": amount,
            "made_at": at.isoformat(timespec="seconds"),
            "offline_ticket_number": None,
            "is_offline": is_offline,
            "fr_shift_number": self._shift_number,
            "printed_document_number": number,
            "fiscal_sign": None,
        }

    def _open(self, at: datetime) -> None:
        """The first document of a shift opens it."""
        if self._opened_at is None:
            self._shift_number += 1
            self._opened_at = at


def _withdraw_all(counters: Counters, close: pb.CloseShiftRequest) -> None:
    """With `withdraw_money` the server itself books the whole drawer out of the shift that is closed."""
    if close.withdraw_money and counters.cash:
        counters.count_placement(pb.MONEY_PLACEMENT_WITHDRAWAL, counters.cash, is_offline=close.is_offline)


def _well(command: int) -> pb.Response:
    response = pb.Response(command=pb.CommandTypeEnum.ValueType(command))
    response.result.result_code = 0
    response.result.result_text = "OK"
    return response
