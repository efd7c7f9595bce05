"""Registers: their state, their settings, their stopped lane."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.errors import Refused
from core.usecases.registers import RegisterView
from web.answers import page, register_answer
from web.api.answered import answers
from web.api.caller import READ, SELL, admit, admitted_view, engine_of, organisation_of
from web.api.describe import takes
from web.json_body import read_json
from web.problems import Problem
from web.requests import PatchBody, ResolveBody, read_model

router = APIRouter(tags=["registers"])


@router.get("/registers", summary="All registers of the key's organisation", responses=answers("RegisterList"))
async def registers(request: Request) -> Response:
    organisation_id = await organisation_of(request, READ)
    engine = engine_of(request)
    views = await engine.registers.all(organisation_id)
    return JSONResponse(page([register_answer(view, engine.clock.now()) for view in views], None))


@router.get("/registers/{register_id}", summary="The state of a register", responses=answers("Register"))
async def register(request: Request, register_id: str) -> Response:
    return _answered(request, await admitted_view(request, register_id, READ))


@router.patch(
    "/registers/{register_id}",
    summary="Change the title, or whether the shift closes by itself before its 24 hours",
    responses=answers("Register"),
    openapi_extra=takes("PatchBody"),
)
async def patch(request: Request, register_id: str) -> Response:
    register_id = await admit(request, register_id, SELL)
    body = read_model(PatchBody, await read_json(request))
    title = None if body.title is None else body.title.strip()
    view = await engine_of(request).registers.patch(register_id, title=title, auto_close=body.auto_close)
    return _answered(request, view)


@router.post(
    "/registers/{register_id}/lane/resolve",
    summary="Decide about a stopped lane or a blocked register",
    responses=answers("Register"),
    openapi_extra=takes("ResolveBody"),
)
async def resolve(request: Request, register_id: str) -> Response:
    register_id = await admit(request, register_id, SELL)
    body = read_model(ResolveBody, await read_json(request))
    engine = engine_of(request)
    try:
        await engine.lanes.resolve(register_id, body.resolution, body.reason.strip(), token=body.token)
    except Refused as refused:
        if refused.code == "VALIDATION":
            # The body was read already: it is the lane that does not fit, because it runs.
            raise Problem("VALIDATION", 409, **{"reason": "running", **refused.params}) from refused
        raise
    return _answered(request, await engine.registers.get(register_id))


def _answered(request: Request, view: RegisterView) -> Response:
    return JSONResponse(register_answer(view, engine_of(request).clock.now()))
