"""The body of a Bot API call — JSON, form, multipart or query — as typed parameters and uploads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from sandbox.telegram import limits
from sandbox.telegram.errors import BotApiError, bad_request
from sandbox.telegram.methods import FIELDS, SERVED_EXCEPTIONS, UNSERVED_FIELDS

_JSON_BYTES_MAX = 4 * 1024 * 1024
_TEXT_BYTES_MAX = 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    type: str
    data: bytes


@dataclass
class Parameters:
    """A call's fields; texts of a form and values of JSON read alike."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None or name in self.uploads

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool | list | dict):
            raise bad_request(f"field {name} must be of type String")
        text = str(value)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return text

    def integer(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, bool | float):
                raise ValueError
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"field {name} must be of type Integer") from None

    def boolean(self, name: str) -> bool:
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        return str(value).lower() in ("true", "yes", "1")

    def structure(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def file(self, name: str) -> Upload | str | None:
        """An upload (direct or by `attach://`), else the text: a file_id or an address."""
        if name in self.uploads:
            return self.uploads[name]
        text = self.text(name)
        return self.attached(text) if text else None

    def attached(self, text: str) -> Upload | str:
        if not text.startswith("attach://"):
            return text
        upload = self.uploads.get(text.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified: the attached file is missing")
        return upload


def check_fields(method: str, parameters: Parameters) -> None:
    """Refuses fields that Telegram does not know, and those the sandbox does not serve."""
    allowed = FIELDS[method]
    for name in parameters.values:
        if name not in allowed:
            raise bad_request(f'unknown field "{name}" of {method}')
        if name in UNSERVED_FIELDS and (method, name) not in SERVED_EXCEPTIONS:
            raise bad_request(f'the sandbox does not serve the field "{name}" of {method}')
    attached = {value.removeprefix("attach://") for value in _texts(parameters) if value.startswith("attach://")}
    for name in parameters.uploads:
        if name not in allowed and name not in attached:
            raise bad_request(f'unknown file "{name}" of {method}')


def _texts(parameters: Parameters) -> list[str]:
    texts = [value for value in parameters.values.values() if isinstance(value, str)]
    media = parameters.structure("media")
    if isinstance(media, dict):
        texts += [value for value in media.values() if isinstance(value, str)]
    return texts


async def read_multipart(reader: MultipartReader) -> Parameters:
    """Reads fields and files, never more than a document's limit in all."""
    values: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    left = limits.DOCUMENT_BYTES_MAX + _TEXT_BYTES_MAX
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("can't parse multipart body")
        data = bytearray()
        while chunk := await part.read_chunk(65536):
            data += chunk
            if len(data) > left:
                raise BotApiError(413, "Request Entity Too Large")
        left -= len(data)
        if part.filename is not None:
            content_type = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, content_type, bytes(data))
        else:
            try:
                values[part.name] = data.decode()
            except UnicodeDecodeError:
                raise bad_request("strings must be encoded in UTF-8") from None
    return Parameters(values, uploads)


async def read_parameters(request: web.Request) -> Parameters:
    """Query and body together, as Telegram takes them."""
    query = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return Parameters(query)
    if request.content_type.startswith("multipart/"):
        try:
            body = await read_multipart(await request.multipart())
        except ValueError as error:
            raise bad_request("can't parse multipart body") from error
        return Parameters({**query, **body.values}, body.uploads)
    data = await read_limited(request, _JSON_BYTES_MAX)
    return Parameters({**query, **read_plain(request.content_type, data)})


def read_plain(content_type: str, data: bytes) -> dict[str, Any]:
    """A JSON or form body; anything else is refused."""
    try:
        if content_type == "application/json":
            body = json.loads(data)
            if not isinstance(body, dict):
                raise bad_request("can't parse request body as JSON object")
            return body
        return dict(parse_qsl(data.decode(), keep_blank_values=True))
    except (ValueError, RecursionError):
        raise bad_request("can't parse request body") from None


async def read_limited(request: web.Request, bytes_max: int) -> bytes:
    data = bytearray()
    async for chunk in request.content.iter_chunked(65536):
        data += chunk
        if len(data) > bytes_max:
            raise BotApiError(413, "Request Entity Too Large")
    return bytes(data)
