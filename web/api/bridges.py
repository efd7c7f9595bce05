"""Printer bridges: let in by the code that they show, listed, revoked."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.db.bridges import BridgeView
from web.answers import Answer
from web.api.answered import answers
from web.api.caller import READ, SELL, admit, canonical_id, engine_of, organisation_of
from web.api.describe import takes
from web.json_body import read_json
from web.requests import BridgeBody, read_model

router = APIRouter(tags=["bridges"])


@router.post(
    "/bridges",
    summary="Let in the printer bridge that shows this code",
    status_code=201,
    responses=answers("BridgeShape", made=True),
    openapi_extra=takes("BridgeBody"),
)
async def let_in(request: Request) -> Response:
    organisation_id = await organisation_of(request, SELL)
    body = read_model(BridgeBody, await read_json(request))
    registers = [await admit(request, one, SELL) for one in body.register_ids]
    code = "".join(letter for letter in body.code if letter.isdigit())
    view = await engine_of(request).bridges.approve(organisation_id, code, tuple(registers))
    return JSONResponse(_answer(view), 201)


@router.get("/bridges", summary="The printer bridges, oldest first", responses=answers("BridgeList"))
async def listed(request: Request) -> Response:
    organisation_id = await organisation_of(request, READ)
    views = await engine_of(request).bridges.listed(organisation_id)
    return JSONResponse({"items": [_answer(view) for view in views], "next": None})


@router.delete(
    "/bridges/{bridge_id}",
    summary="Revoke a printer bridge: from now on its token opens nothing",
    status_code=204,
    responses=answers(empty=True),
    response_class=Response,
)
async def revoke(request: Request, bridge_id: str) -> Response:
    organisation_id = await organisation_of(request, SELL)
    await engine_of(request).bridges.revoke(organisation_id, canonical_id(bridge_id))
    return Response(status_code=204)


def _answer(view: BridgeView) -> Answer:
    return {
        "bridge_id": view.bridge_id,
        "title": view.title,
        "register_ids": list(view.register_ids),
        "created_at": view.created_at.isoformat(timespec="seconds"),
        "revoked_at": None if view.revoked_at is None else view.revoked_at.isoformat(timespec="seconds"),
    }
