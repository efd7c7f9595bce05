"""The versions that the operator serves: each request read strictly in its own classes, then one model for all.

What 2.0.3 and 2.0.4 share stands at the same tags, so a request that its own classes have accepted is read once more in
those of 2.0.3, in which the operator thinks, and an answer goes the other way.
"""

from __future__ import annotations

from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet

from core.ofd.schema import kkm_v202_pb2 as v202
from core.ofd.schema import kkm_v203_pb2 as pb
from core.ofd.schema import kkm_v204_pb2 as v204

V203, V204 = 203, 204
SERVED = (V203, V204)
CLASSES: dict[int, Any] = {202: v202, V203: pb, V204: v204}
OPERATOR_TITLE, OPERATOR_TITLE_KZ = "Учебный ОФД", "Оқу ФДО"


class Unreadable(Exception):
    """Bytes that are no request of their version; the message says why."""


def read_request(version: int, message: bytes) -> pb.Request:
    """The request in the classes of 2.0.3; 2.0.4 knows neither the retired fields nor the retired payments."""
    own = CLASSES[version].Request()
    try:
        own.ParseFromString(message)
    except DecodeError as error:
        raise Unreadable("the message cannot be decoded") from error
    _check_members(own, "", strict=version >= V204)
    missing = own.FindInitializationErrors()
    if missing:
        raise Unreadable(f"required fields are missing: {', '.join(missing[:5])}")
    return own if version == V203 else pb.Request.FromString(message)


def write_answer(version: int, answer: bytes, check_url: str) -> bytes:
    """The bytes of an answer of 2.0.3 in `version`, with what only that version demands."""
    if version != V204:
        return answer
    told = pb.Response()
    told.ParseFromString(answer)
    if not told.HasField("command"):
        # a refusal echoes also a command that no version has a name for
        return answer
    if told.HasField("report") and not told.report.zx_report.HasField("open_shift_time"):
        told.report.zx_report.open_shift_time.CopyFrom(told.report.zx_report.date_time)
    spoken = v204.Response()
    spoken.ParseFromString(told.SerializePartialToString())
    if spoken.HasField("service"):
        ofd = spoken.service.reg_info.ofd
        ofd.title, ofd.title_kz, ofd.url = OPERATOR_TITLE, OPERATOR_TITLE_KZ, check_url
    # a command that 2.0.4 has retired is echoed as it came
    return spoken.SerializeToString() if spoken.HasField("command") else answer


def _check_members(message: Any, path: str, *, strict: bool) -> None:
    if strict:
        unknown: Any = UnknownFieldSet(message)
        for one in unknown:
            raise Unreadable(f"field {path}{one.field_number} or its value is not of this version")
    for field, value in message.ListFields():
        for one in value if field.is_repeated else (value,):
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                _check_members(one, f"{path}{field.name}.", strict=strict)
            elif field.type == FieldDescriptor.TYPE_STRING and isinstance(one, bytes):
                raise Unreadable(f"{path}{field.name} is not UTF-8")
