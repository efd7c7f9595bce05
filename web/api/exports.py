"""The accountant's pack of a period: a workbook, a table or JSON, streamed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from core.errors import Refused
from core.reports.press import Sink
from core.reports.table import Part, Table
from core.reports.words import Words
from core.reports.workbook import Pack
from core.usecases.exports import DAYS_MAX, Extract, Period
from web.api.answered import WORKBOOK, pack_answers
from web.api.caller import READ, admit, engine_of
from web.language import chosen
from web.pack import JsonPack

router = APIRouter(tags=["exports"])

Format = Literal["xlsx", "csv", "json"]
MEDIA = {
    "xlsx": WORKBOOK,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_OTHER_THAN_NAME = re.compile(r"[^0-9A-Za-z]+")

First = Annotated[
    str, Query(alias="from", pattern=_DAY, description="The first calendar day, at +05:00.", examples=["2026-11-01"])
]
Last = Annotated[
    str,
    Query(
        alias="to",
        pattern=_DAY,
        description=f"The last calendar day, included; at most {DAYS_MAX} days in all.",
        examples=["2026-11-30"],
    ),
]
Chosen = Annotated[Format, Query(alias="format", description="What the file is.")]
OfWhat = Annotated[Part, Query(description="For CSV: a row for each document, or one for each line of a receipt.")]
Lang = Annotated[
    Literal["kk", "ru", "en"] | None,
    Query(description="The language of headings; without it that of `Accept-Language`."),
]


class Streamed(StreamingResponse):
    """A stream whose source is closed at once when the client goes away, and not when memory is next swept."""

    def __init__(self, pieces: AsyncIterator[bytes], first: bytes, media: str, headers: dict[str, str]) -> None:
        self._pieces = pieces
        super().__init__(self._all(first), media_type=media, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._pieces.aclose()  # type: ignore[attr-defined]

    async def _all(self, first: bytes) -> AsyncIterator[bytes]:
        yield first
        async for piece in self._pieces:
            yield piece


@router.get(
    "/registers/{register_id}/export",
    summary="The accountant's pack of a period: documents, shifts and control sums that equal the X and Z",
    responses=pack_answers(),
    response_class=Response,
)
async def export(
    request: Request,
    register_id: str,
    first: First,
    last: Last,
    form: Chosen = "json",
    part: OfWhat = "documents",
    lang: Lang = None,
) -> Response:
    register_id = await admit(request, register_id, READ)
    engine = engine_of(request)
    period = Period(_day(first, "from"), _day(last, "to"))
    extract = await engine.exports.extract(register_id, period)
    words = Words(chosen(lang, request.headers.get("accept-language")))
    pieces = engine.press.stream(extract, sink_of(extract, form, part, words))
    # what is refused or broken before the first bytes is still answered as a problem
    begun = await anext(pieces)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{_file_name(extract)}.{form}"',
    }
    return Streamed(pieces, begun, MEDIA[form], headers)


def sink_of(extract: Extract, form: Format, part: Part, words: Words) -> Callable[[], Sink]:
    """What makes the sink of a format, in the thread that will use it."""
    if form == "xlsx":
        return lambda: Pack(extract, words)
    if form == "csv":
        return lambda: Table(words, part)
    return lambda: JsonPack(extract)


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("VALIDATION", field=field, reason="malformed") from None


def _file_name(extract: Extract) -> str:
    """``tiyn-600000700001-2026-11-01-2026-11-30``: by the number that accountants know a register by."""
    registration, period = extract.registration, extract.period
    known_by = _OTHER_THAN_NAME.sub("", registration.rnm) or registration.register_id[:8]
    return f"tiyn-{known_by}-{period.first}-{period.last}"
