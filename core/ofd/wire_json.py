"""A frame as JSON that people read, and back byte for byte: `tiyn wire decode` and `tiyn wire encode`.

The message stands under the field names of the schema; enums by name, 64-bit numbers as numbers, bytes such as
`qr_code` as the text they hold or, where they are no UTF-8, as `{"base64": …}`. A message with a `result` is
an answer, any other a request. The header's version chooses the schema.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet

from core.ofd.frame import FrameError, decode_frame, encode_frame
from core.ofd.versions import VERSIONS, Version, known_versions

HEADER_FIELDS = ("version", "size", "id", "token", "reqnum")
HEADER_NEEDED = ("version", "id", "token", "reqnum")

Json = dict[str, Any]
Field = Any
Message = Any
"""A field's descriptor and a message: their dynamic members are not in the stubs of protobuf."""


def decode_hex(text: str, *, response: bool = False) -> Json:
    """Read one frame from hexadecimal text; blanks and line ends between the digits are let through.

    Strict: a cut frame, bytes after it, a field unknown to the frame's version and a missing one are a `FrameError`.
    """
    try:
        raw = bytes.fromhex("".join(text.split()))
    except ValueError as error:
        raise FrameError("the text is not hexadecimal") from error
    header, payload = decode_frame(raw)
    version = _version(header.version)
    try:
        message = _parsed(version, payload, response)
    except FrameError as error:
        raise FrameError(f"{error}{_other_kind(version, payload, response)}") from error
    told = {name: getattr(header, name) for name in HEADER_FIELDS}
    return {"header": told, "message": message_to_json(message)}


def encode_json(document: Any) -> bytes:
    """Make the frame that `decode_hex` told of; `size` is counted anew, so that a message may be edited."""
    fields = _object(document, "the frame", required=("header", "message"))
    header = _object(fields["header"], "header", required=HEADER_NEEDED, allowed=HEADER_FIELDS)
    for name, value in header.items():
        if not isinstance(value, int) or isinstance(value, bool):
            raise FrameError(f"header.{name} is not a whole number")
    version = _version(header["version"])
    body = fields["message"]
    is_response = isinstance(body, dict) and "result" in body
    message: Message = version.response() if is_response else version.request()
    _fill(message, body, "message")
    missing = message.FindInitializationErrors()
    if missing:
        raise FrameError(f"required fields are missing: {', '.join(missing)}")
    payload = message.SerializeToString(deterministic=True)
    return encode_frame(header["version"], header["id"], header["token"], header["reqnum"], payload)


def message_to_json(message: Message) -> Json:
    """The fields that are present, in the order of their numbers; a zero that was written is shown."""
    return {field.name: _value_to_json(field, value) for field, value in message.ListFields()}


def _version(number: int) -> Version:
    known = VERSIONS.get(number)
    if known is None:
        raise FrameError(f"protocol version {number} is not known, only {known_versions()}")
    return known


def _parsed(version: Version, payload: bytes, response: bool) -> Message:
    message: Message = version.response() if response else version.request()
    try:
        message.ParseFromString(payload)
    except DecodeError as error:
        raise FrameError(f"the {'answer' if response else 'request'} cannot be decoded") from error
    unknown = _unknown_field(message, "")
    if unknown is not None:
        raise FrameError(f"a field or value that version {version.number} does not have: {unknown}")
    missing = message.FindInitializationErrors()
    if missing:
        raise FrameError(f"required fields are missing: {', '.join(missing)}")
    return message


def _other_kind(version: Version, payload: bytes, response: bool) -> str:
    """A hint where the frame reads well as the other of request and answer."""
    try:
        _parsed(version, payload, not response)
    except FrameError:
        return ""
    return "; it reads as a request" if response else "; it reads as an answer (--response)"


def _unknown_field(message: Message, path: str) -> str | None:
    """Where the first unknown field stands, as a dotted path with its number; None where there is none."""
    unknown_fields: Any = UnknownFieldSet(message)
    for unknown in unknown_fields:
        return f"{path}{unknown.field_number}"
    for field, value in message.ListFields():
        if field.type != FieldDescriptor.TYPE_MESSAGE:
            continue
        for inner in value if field.is_repeated else (value,):
            found = _unknown_field(inner, f"{path}{field.name}.")
            if found is not None:
                return found
    return None


def _value_to_json(field: Field, value: Any) -> Any:
    if field.is_repeated:
        return [_single_to_json(field, one) for one in value]
    return _single_to_json(field, value)


def _single_to_json(field: Field, value: Any) -> Any:
    if field.type == FieldDescriptor.TYPE_MESSAGE:
        return message_to_json(value)
    if field.type == FieldDescriptor.TYPE_ENUM:
        return field.enum_type.values_by_number[value].name
    if field.type == FieldDescriptor.TYPE_BYTES:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, bytes):
        # the decoder hands over a text that is no UTF-8 as bytes, and takes none back
        raise FrameError(f"the text of {field.name} is not UTF-8")
    return value


def _fill(message: Message, body: Any, path: str) -> None:
    fields = _object(body, path)
    known = message.DESCRIPTOR.fields_by_name
    # A present message without members must stay present.
    message.SetInParent()
    for name, value in fields.items():
        field = known.get(name)
        where = f"{path}.{name}"
        if field is None:
            raise FrameError(f"{where} is not a field of {message.DESCRIPTOR.name}")
        if field.is_repeated:
            if not isinstance(value, list):
                raise FrameError(f"{where} is not a list")
            _fill_list(getattr(message, name), field, value, where)
        elif field.type == FieldDescriptor.TYPE_MESSAGE:
            _fill(getattr(message, name), value, where)
        else:
            _assign(message, field, value, where)


def _fill_list(target: Any, field: Field, values: list[Any], path: str) -> None:
    for index, value in enumerate(values):
        where = f"{path}[{index}]"
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            _fill(target.add(), value, where)
        else:
            target.append(_scalar(field, value, where))


def _assign(message: Message, field: Field, value: Any, path: str) -> None:
    try:
        setattr(message, field.name, _scalar(field, value, path))
    except ValueError as error:
        raise FrameError(f"{path} is out of range") from error


def _scalar(field: Field, value: Any, path: str) -> Any:
    if field.type == FieldDescriptor.TYPE_ENUM:
        named = field.enum_type.values_by_name.get(value) if isinstance(value, str) else None
        if named is None:
            raise FrameError(f"{path} is not a name of {field.enum_type.name}")
        return named.number
    if field.type == FieldDescriptor.TYPE_BYTES:
        return _bytes(value, path)
    if field.type == FieldDescriptor.TYPE_STRING:
        if not isinstance(value, str):
            raise FrameError(f"{path} is not a text")
        _utf8(value, path)
    elif field.type == FieldDescriptor.TYPE_BOOL:
        if not isinstance(value, bool):
            raise FrameError(f"{path} is neither true nor false")
    elif not isinstance(value, int) or isinstance(value, bool):
        raise FrameError(f"{path} is not a whole number")
    return value


def _bytes(value: Any, path: str) -> bytes:
    if isinstance(value, str):
        return _utf8(value, path)
    if isinstance(value, dict) and set(value) == {"base64"} and isinstance(value["base64"], str):
        try:
            return base64.b64decode(value["base64"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise FrameError(f"{path} is not base64") from error
    raise FrameError(f"{path} is neither a text nor base64")


def _utf8(value: str, path: str) -> bytes:
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FrameError(f"{path} cannot be written as UTF-8") from error


def _object(value: Any, path: str, *, required: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> Json:
    """A JSON object with these members; `allowed` left out means the required ones, or any where none is."""
    if not isinstance(value, dict):
        raise FrameError(f"{path} is not an object")
    for name in required:
        if name not in value:
            raise FrameError(f"{path} lacks {name}")
    may = allowed or required
    for name in value:
        if may and name not in may:
            raise FrameError(f"{path} has an unknown member {str(name)[:40]!r}")
    return value
