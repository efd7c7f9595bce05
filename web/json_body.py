"""Bodies of requests: bounded, UTF-8, and JSON that means one thing only."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from starlette.requests import Request

from web.problems import Problem

BODY_BYTES_MAX = 1024 * 1024
WHOLE_MAX = 2**53
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object of a request's body, or a problem: no duplicate names, no NaN, no half characters."""
    raw = await _read(request)
    try:
        text = raw.decode()
        found = json.loads(text, object_pairs_hook=_once, parse_float=_number, parse_constant=_refuse)
        if _SURROGATE.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Problem("VALIDATION", 400, field="body", reason="not_json") from error
    if not isinstance(found, dict):
        raise Problem("VALIDATION", 422, field="body", reason="not_object")
    return found


async def _read(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    if len(declared) > 12 or (declared.isdigit() and int(declared) > BODY_BYTES_MAX):
        raise Problem("BODY_TOO_LARGE", 413, limit=BODY_BYTES_MAX)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_BYTES_MAX:
            raise Problem("BODY_TOO_LARGE", 413, limit=BODY_BYTES_MAX)
    return bytes(body)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _number(text: str) -> int | float:
    """JSON Schema takes ``1.0`` for an integer, so it is one here; whether a number may stand there at all, the shape
    says.
    """
    found = float(text)
    return int(found) if abs(found) < WHOLE_MAX and found.is_integer() else found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
