"""A good of the national catalogue by its barcode, as the register's operator tells of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.errors import Refused
from core.usecases.nomenclature import BARCODE_CHARACTERS_MAX
from web.answers import good_answer
from web.api.answered import answers
from web.api.caller import READ, SELL, admit, engine_of

router = APIRouter(tags=["nomenclature"])

Barcode = Annotated[
    str,
    Query(
        pattern=r"^[!-~]+$",
        min_length=1,
        max_length=BARCODE_CHARACTERS_MAX,
        description="As the scanner reads it: letters, digits and signs without blanks.",
        examples=["4870001000011"],
    ),
]


@router.get(
    "/registers/{register_id}/nomenclature",
    summary="A good by its barcode; 404 also when the operator does not answer in time, params.reason tells which",
    responses=answers("CatalogueGood"),
)
async def good(request: Request, register_id: str, barcode: Barcode) -> Response:
    register_id = await admit(request, register_id, READ, SELL)
    found = await engine_of(request).nomenclature.lookup(register_id, barcode)
    if found is None:
        raise Refused("NOT_FOUND", reason="not_answering", barcode=barcode)
    if found.good is None:
        raise Refused("NOT_FOUND", reason="not_in_catalogue", barcode=barcode)
    return JSONResponse(good_answer(found.good))
