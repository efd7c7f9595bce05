"""A register as the sandbox operator sees one: builds requests by hand and speaks the wire over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from core.clock import ALMATY
from core.ofd.frame import Header, encode_frame, read_frame
from core.ofd.schema import kkm_v203_pb2 as pb
from sandbox.ofd import OperatorServer

DEVICE, TOKEN = 2_000_001, 2**31 + 77
MORNING = datetime(2026, 3, 5, 9, 0, 0, tzinfo=ALMATY)
Change = Callable[[Any], None]


def put(target: Any, tiyn: int) -> None:
    target.bills, target.coins = divmod(tiyn, 100)


def put_time(target: Any, at: datetime) -> None:
    target.date.year, target.date.month, target.date.day = at.year, at.month, at.day
    target.time.hour, target.time.minute, target.time.second = at.hour, at.minute, at.second


class Street:
    """An operator with a clock that stands and two registers on its books."""

    def __init__(self, folder: Any = None, **more: Any) -> None:
        self.now = MORNING
        self.server = OperatorServer(now=lambda: self.now, folder=folder, **more)
        self.port = 0
        for device in (DEVICE, DEVICE + 1):
            self.register(device)

    def register(self, device: int) -> None:
        self.server.register_device(
            device,
            TOKEN,
            rnm="010101234567",
            znm="SWK1",
            iin_bin="123456789011",
            title="Дүкен",
            address="Алматы",
        )

    async def __aenter__(self) -> Street:
        self.port = await self.server.start("127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.server.stop()


class Till:
    """One register: keeps token and number as PROTOCOL.md (b) tells a client to."""

    def __init__(self, street: Street, device: int = DEVICE) -> None:
        self.street, self.device = street, device
        self.token, self.reqnum, self.shift, self.printed = TOKEN, 0, 1, 0
        self.version = 203
        self.sent = b""

    def request(self, command: int, *, period: tuple[datetime, datetime] | None = None) -> Any:
        request: Any = pb.Request(command=pb.CommandTypeEnum.ValueType(command))
        service = request.service
        service.security_stats.geo_position.latitude = 43
        service.security_stats.geo_position.longitude = 76
        service.security_stats.geo_position.source = "CELL"
        begin, end = period or (self.street.now, self.street.now)
        put_time(service.offline_period.begin_time, begin)
        put_time(service.offline_period.end_time, end)
        service.get_reg_info = True
        kkm, org = service.reg_info.kkm, service.reg_info.org
        kkm.fns_kkm_id, kkm.serial_number, kkm.kkm_id = "010101234567", "SWK1", str(self.device)
        org.title, org.address, org.address_kz = "Дүкен", "Алматы", "Алматы қ."
        org.inn, org.okved = "123456789011", "47111"
        return request

    def ticket(self, total: int = 100_00, operation: int = pb.OPERATION_SELL, *, cash: bool = True) -> Any:
        """A receipt of one line with 16 % inside."""
        request = self.request(pb.COMMAND_TICKET)
        ticket = request.ticket
        ticket.operation = operation
        put_time(ticket.date_time, self.street.now)
        ticket.operator.code = 1
        ticket.domain.type = pb.DOMAIN_TRADING
        item = ticket.items.add(type=pb.TicketRequest.Item.ITEM_TYPE_COMMODITY).commodity
        item.name, item.section_code, item.quantity, item.measure_unit_code = "Нан", "1", 1000, "796"
        put(item.price, total)
        put(item.sum, total)
        tax = item.taxes.add(tax_type=100, taxation_type=101, percent=16000, is_in_total_sum=True)
        put(tax.sum, (2 * total * 16 + 116) // 232)
        payment = ticket.payments.add(type=pb.PAYMENT_CASH if cash else pb.PAYMENT_CARD)
        put(payment.sum, total)
        put(ticket.amounts.total, total)
        if cash:
            put(ticket.amounts.taken, total)
            put(ticket.amounts.change, 0)
        ticket.fr_shift_number = self.shift
        ticket.printed_document_number = self.printed + 1
        if operation in (pb.OPERATION_SELL_RETURN, pb.OPERATION_BUY_RETURN):
            parent = ticket.parent_ticket
            parent.parent_ticket_number, parent.kgd_kkm_id = "123456789012", "010101234567"
            put_time(parent.parent_ticket_data_time, self.street.now)
            put(parent.parent_ticket_total, total)
            parent.parent_ticket_is_offline = False
        return request

    def placement(self, amount: int, kind: int = pb.MONEY_PLACEMENT_DEPOSIT, *, is_offline: bool = False) -> Any:
        request = self.request(pb.COMMAND_MONEY_PLACEMENT)
        placement = request.money_placement
        put_time(placement.datetime, self.street.now)
        placement.operation = kind
        put(placement.sum, amount)
        placement.is_offline = is_offline
        placement.fr_shift_number = self.shift
        placement.printed_document_number = self.printed + 1
        placement.operator.code = 1
        return request

    async def close(self, change: Change | None = None) -> Any:
        """A close whose Z is the operator's own X, changed by `change`."""
        x = (await self.ask(self.request(pb.COMMAND_INFO)))[1].report.zx_report
        request = self.request(pb.COMMAND_CLOSE_SHIFT)
        close = request.close_shift
        put_time(close.close_time, self.street.now)
        close.z_report.CopyFrom(x)
        put_time(close.z_report.close_shift_time, self.street.now)
        close.z_report.checksum = "0123ABCD"
        close.fr_shift_number = self.shift
        close.operator.code = 1
        close.printed_document_number = self.printed + 1
        if change is not None:
            change(close)
        return request

    def frame(self, request: Any) -> bytes:
        """The request as a new exchange."""
        self.reqnum += 1
        self.sent = encode_frame(self.version, self.device, self.token, self.reqnum, request.SerializeToString())
        return self.sent

    async def raw(self, frame: bytes) -> tuple[Header, Any]:
        """Exactly these bytes on a connection of their own; the answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.street.port)
        try:
            writer.write(frame)
            header, payload = await read_frame(reader)
        finally:
            writer.close()
        return header, pb.Response.FromString(payload)

    async def ask(self, request: Any) -> tuple[Header, Any]:
        """A new exchange; the token of the answer is taken over."""
        header, response = await self.raw(self.frame(request))
        self.token = header.token
        return header, response

    async def told(self, request: Any) -> tuple[int, str]:
        """Code and text of a new exchange."""
        result = (await self.ask(request))[1].result
        return result.result_code, result.result_text

    async def made(self, request: Any) -> Any:
        """A new exchange that must be accepted."""
        response = (await self.ask(request))[1]
        assert response.result.result_code == 0, response.result.result_text
        self.printed += 1
        return response

    @property
    def book(self) -> dict[str, Any]:
        return self.street.server.book(self.device)


def later(street: Street, **by: float) -> None:
    street.now += timedelta(**by)
