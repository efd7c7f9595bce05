"""The sandbox operator's own reading and writing of frames and values; production has its own."""

from __future__ import annotations

import base64
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

from core.ofd.schema import kkm_v203_pb2 as pb

ALMATY = timezone(timedelta(hours=5))
MAGIC = b"\xa2\x81"
HEADER_BYTES = 18
FRAME_BYTES_MAX = 2 << 20
BILLS_MAX = 2**63 - 1

COMMANDS = {
    0: "SYSTEM",
    1: "TICKET",
    2: "CLOSE_SHIFT",
    3: "REPORT",
    4: "NOMENCLATURE",
    5: "INFO",
    6: "MONEY_PLACEMENT",
    7: "CANCEL_TICKET",
    8: "AUTH",
}
QR_COMMANDS = frozenset({100, 101})
"""Of 2.0.4; known, and not served here."""
DOCUMENTS = frozenset({1, 2, 6})
CANCEL_TICKET = 7
COMMAND_RESERVED = 127


class BadFrame(Exception):
    """Bytes after which the place of the next frame on the connection is not known."""


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a frame as it was received."""

    version: int
    size: int
    device_id: int
    token: int
    reqnum: int


def read_head(raw: bytes) -> Head:
    """The header of 18 bytes, or `BadFrame`."""
    if raw[:2] != MAGIC:
        raise BadFrame("not a frame of this protocol")
    head = Head(*struct.unpack_from("<HIIIH", raw, 2))
    if not HEADER_BYTES <= head.size <= FRAME_BYTES_MAX:
        raise BadFrame(f"impossible size {head.size}")
    return head


def write_frame(head: Head, token: int, message: bytes) -> bytes:
    """An answer to `head`: its version, device and number, another token."""
    size = HEADER_BYTES + len(message)
    return MAGIC + struct.pack("<HIIIH", head.version, size, head.device_id, token, head.reqnum) + message


def peek_command(message: bytes) -> int | None:
    """The command's number even where the rest cannot be read; it is field 1 in every version."""
    if len(message) >= 2 and message[0] == 0x08 and message[1] < 0x80:
        return message[1]
    return None


def command_name(code: int | None) -> str:
    """The name that the exchanges are listed and filtered by."""
    return "UNKNOWN" if code is None else COMMANDS.get(code, "UNKNOWN")


def money(value: pb.Money) -> int:
    """Tiyn."""
    return value.bills * 100 + value.coins


def put_money(target: pb.Money, tiyn: int) -> None:
    """Write an amount; the wire knows no negative ones."""
    target.bills, target.coins = divmod(tiyn, 100)


def moment(value: pb.DateTime) -> datetime:
    """A time of the device's wall; `ValueError` if there is no such date."""
    day, clock = value.date, value.time
    return datetime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second, tzinfo=ALMATY)


def put_moment(target: pb.DateTime, value: datetime) -> None:
    """Write a time as calendar parts at +05:00."""
    value = value.astimezone(ALMATY)
    target.date.year, target.date.month, target.date.day = value.year, value.month, value.day
    target.time.hour, target.time.minute, target.time.second = value.hour, value.minute, value.second


def as_text(tiyn: int) -> str:
    """Money as the control calls tell it: "1950.00"."""
    sign = "-" if tiyn < 0 else ""
    return f"{sign}{abs(tiyn) // 100}.{abs(tiyn) % 100:02d}"


def as_json(message: Any) -> dict[str, Any]:
    """A message under the names of its fields, enums by name; what is absent is left out."""
    out: dict[str, Any] = {}
    for field, value in message.ListFields():
        if field.is_repeated:
            out[field.name] = [_single(field, one) for one in value]
        else:
            out[field.name] = _single(field, value)
    return out


def _single(field: Any, value: Any) -> Any:
    if field.type == FieldDescriptor.TYPE_MESSAGE:
        return as_json(value)
    if field.type == FieldDescriptor.TYPE_ENUM:
        return field.enum_type.values_by_number[value].name
    if field.type == FieldDescriptor.TYPE_BYTES:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return base64.b64encode(value).decode("ascii")
    if isinstance(value, bytes):
        # a text that is no UTF-8
        return value.decode("utf-8", "replace")
    return value
