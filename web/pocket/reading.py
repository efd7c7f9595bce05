"""What a phone looks at: the register's state, goods, receipts, reports. Nothing here makes anything."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.db.feed import CONDITIONS, NUMBERS_END, Span
from core.domain.money import MONEY_PLACES, parse_decimal
from core.domain.roles import Deed
from core.domain.ticket import Kind
from core.errors import Refused
from core.usecases.catalogue import Wanted
from core.usecases.returning import NOT_RETURNABLE
from web.answers import register_answer, report_answer
from web.api.paging import NUMBER_MAX, path_number
from web.pocket.answers import good_answer, row_answer, seen_response, shown_answer
from web.pocket.caller import admitted

router = APIRouter(prefix="/registers/{register_id}")

GOODS_MAX = 300
"""So many tiles a phone turns over by itself; the rest of a larger catalogue is searched here."""
ROWS = 30
WORDS_CHARACTERS_MAX = 64

Text = Annotated[str | None, Query(max_length=WORDS_CHARACTERS_MAX, pattern=r"^[^\x00-\x1f\x7f]*$")]
Number = Annotated[int | None, Query(ge=1, le=NUMBER_MAX)]


@router.get("")
async def state(request: Request, register_id: str) -> Response:
    """The register as it stands, and the caller's role on it."""
    caller, register_id = await admitted(request, register_id, Deed.READ)
    view = await caller.engine.registers.get(register_id)
    role = await caller.engine.people.role(register_id, caller.chat_id)
    answer = register_answer(view, caller.engine.clock.now())
    return seen_response(request, {**answer, "role": role})


@router.get("/goods")
async def goods(
    request: Request,
    register_id: str,
    words: Text = None,
    section: Text = None,
    code: Text = None,
) -> Response:
    """Tiles in the order that people reach for them, and the sections; with ``code`` the good of that barcode."""
    caller, register_id = await admitted(request, register_id, Deed.SELL)
    catalogue = caller.engine.catalogue
    if code is not None:
        found = await catalogue.by_code(caller.chat_id, register_id, code)
        return JSONResponse({"items": [] if found is None else [good_answer(found)]})
    wanted = Wanted(section=section, words=words)
    items, count = await catalogue.page(caller.chat_id, register_id, wanted, 0, GOODS_MAX)
    sections = await catalogue.sections(caller.chat_id, register_id)
    return seen_response(
        request,
        {
            "items": [good_answer(one) for one in items],
            "count": count,
            "sections": [name for name, _ in sections],
        },
    )


@router.get("/documents")
async def receipts(
    request: Request,
    register_id: str,
    below: Number = None,
    shift: Number = None,
    kept: str = "all",
    words: Text = None,
) -> Response:
    """Receipts, newest first, or those that fit some words: a number, a total, a good."""
    caller, register_id = await admitted(request, register_id, Deed.READ)
    if kept not in CONDITIONS:
        raise Refused("VALIDATION", field="kept", reason="malformed")
    feed = caller.engine.feed
    if words is not None and words.strip():
        total = parse_decimal(words.strip().replace(" ", "").replace(",", "."), MONEY_PLACES)
        views = await feed.search(register_id, words.strip(), total, ROWS, kept)
        return seen_response(request, {"items": [row_answer(view) for view in views], "next": None})
    views = await feed.page(register_id, Span(shift=shift), kept, below or NUMBERS_END, ROWS + 1)
    following = views[ROWS - 1].document.number if len(views) > ROWS else None
    return seen_response(request, {"items": [row_answer(view) for view in views[:ROWS]], "next": following})


@router.get("/documents/{number}")
async def receipt(request: Request, register_id: str, number: str) -> Response:
    """One document with its mark as it is now; ``returnable`` says whether some of it may go back."""
    caller, register_id = await admitted(request, register_id, Deed.READ)
    view = await caller.engine.books.document(register_id, path_number(number))
    returnable = view.document.kind is Kind.SELL and view.mark not in NOT_RETURNABLE
    if returnable:
        left = (await caller.engine.returns.of_sale(register_id, view.document.number)).left
        returnable = left.total > 0
    return seen_response(request, {**shown_answer(view), "returnable": returnable})


@router.get("/report")
async def report(request: Request, register_id: str) -> Response:
    """The X-report of the open shift."""
    caller, register_id = await admitted(request, register_id, Deed.READ)
    made = await caller.engine.books.x_report(register_id)
    view = await caller.engine.registers.get(register_id)
    return JSONResponse(report_answer(made, autonomous=view.mode == "autonomous"))
