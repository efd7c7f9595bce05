"""The print bridge's endpoint: it only dials out, asks for jobs by long poll and tells what became of each."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.bootstrap import Engine
from core.db.directory import Bridge
from core.db.queues import PrintOrder
from core.errors import Refused
from core.receipt.blocks import LayoutLanguage
from core.receipt.print_job import print_blocks
from web.api.caller import ID, bearer_token, engine_of
from web.json_body import read_json
from web.papers import document_paper
from web.problems import KeyNeeded
from web.requests import Body, Words, read_model

router = APIRouter(prefix="/bridge/v1", include_in_schema=False)

JOBS_MAX = 20
WAIT_S_MAX = 60
WAIT_SLICE_S_MAX = 5.0
LANGUAGE: LayoutLanguage = "kk-ru"


class FailedBody(Body):
    """Why a job stands still."""

    reason: Annotated[Words, Field(min_length=1, max_length=40)]
    text: Annotated[Words, Field(max_length=1000)] = ""


class PairBody(Body):
    """What the new bridge is called: the shop's PC, as a rule."""

    title: Annotated[Words, Field(min_length=1, max_length=64)]


class ClaimBody(Body):
    """The secret of a pairing that was begun."""

    secret: Annotated[str, Field(min_length=1, max_length=200)]


@router.post("/pair")
async def pair(request: Request) -> Response:
    """A bridge without a token begins: it shows the code, its owner types it in the chat."""
    body = read_model(PairBody, await read_json(request))
    pairing = await engine_of(request).bridges.begin(body.title)
    return JSONResponse({"code": pairing.code, "secret": pairing.secret, "life_s": pairing.life_s}, 201)


@router.post("/pair/claim")
async def claim(request: Request) -> Response:
    """202 until the owner typed the code, then the device token."""
    body = read_model(ClaimBody, await read_json(request))
    token = await engine_of(request).bridges.claim(body.secret)
    return JSONResponse({}, 202) if token is None else JSONResponse({"token": token})


@router.get("/me")
async def me(request: Request) -> Response:
    """Which bridge this is and for how many registers it prints, for ``tiyn-bridge status``."""
    bridge = await _bridge(request)
    return JSONResponse({"bridge_id": bridge.bridge_id, "registers": len(bridge.register_ids)})


@router.get("/jobs")
async def jobs(request: Request, wait: Annotated[int, Query(ge=0, le=WAIT_S_MAX)] = 0) -> Response:
    """Jobs that the bridge has not taken yet; holds the line up to ``wait`` seconds for the first one.

    Nothing is marked by asking: a job is offered again until ``spooled`` was told, so a lost answer loses nothing.
    Whose the bridge is is asked anew each time, because registers come and bridges are revoked while it waits.
    """
    bridge = await _bridge(request)
    engine, stopping = engine_of(request), cast("asyncio.Event", request.app.state.stopping)
    gone = asyncio.create_task(_gone(request, stopping))
    deadline = asyncio.get_running_loop().time() + wait
    try:
        while True:
            orders = await engine.prints.take(bridge.register_ids, JOBS_MAX)
            left_s = deadline - asyncio.get_running_loop().time()
            if orders or left_s <= 0 or gone.done():
                return JSONResponse({"jobs": [await _job(engine, order) for order in orders]})
            await _either(gone, engine, min(left_s, WAIT_SLICE_S_MAX))
            bridge = await _bridge(request)
    finally:
        gone.cancel()


@router.post("/jobs/{job_id}/spooled")
async def spooled(request: Request, job_id: str) -> Response:
    """The bridge has the job safely on its own disk."""
    bridge = await _bridge(request)
    await engine_of(request).prints.spooled(bridge.register_ids, _known(job_id))
    return JSONResponse({})


@router.post("/jobs/{job_id}/printed")
async def printed(request: Request, job_id: str) -> Response:
    """The paper came out."""
    bridge = await _bridge(request)
    await engine_of(request).prints.printed(bridge.register_ids, _known(job_id))
    return JSONResponse({})


@router.post("/jobs/{job_id}/failed")
async def failed(request: Request, job_id: str) -> Response:
    """The printer stands still, for a reason that the cashier is told."""
    bridge = await _bridge(request)
    body = read_model(FailedBody, await read_json(request))
    engine = engine_of(request)
    standing = await engine.prints.failed(bridge.register_ids, _known(job_id), body.reason, body.text)
    if standing is not None:
        facts = {"reason": body.reason, "number": standing.document_number}
        subject = f"{standing.job_id} {body.reason}"
        now = engine.clock.now()
        await engine.news.tell_once(standing.register_id, "print.failed", subject, now, facts)
    return JSONResponse({})


async def _bridge(request: Request) -> Bridge:
    token = bearer_token(request)
    bridge = await engine_of(request).access.bridge(token)
    if bridge is None:
        raise KeyNeeded
    return bridge


def _known(job_id: str) -> str:
    if ID.fullmatch(job_id) is None:
        raise Refused("NOT_FOUND")
    return job_id


async def _job(engine: Engine, order: PrintOrder) -> dict[str, Any]:
    view = await engine.books.document(order.register_id, order.document_number)
    layout = document_paper(view, LANGUAGE, copy=order.copy)
    return {
        "id": order.job_id,
        "sequence": order.sequence,
        "register_id": order.register_id,
        "document": order.document_number,
        "title": layout.title,
        "copy": order.copy,
        "language": layout.language,
        "drawer": view.document.moves_cash,
        "blocks": print_blocks(layout),
    }


async def _gone(request: Request, stopping: asyncio.Event) -> None:
    """Returns when the bridge hung up or the server stops."""
    hung_up = asyncio.create_task(_hung_up(request))
    stops = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({hung_up, stops}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hung_up.cancel()
        stops.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _either(gone: asyncio.Task[None], engine: Engine, seconds: float) -> None:
    """Wait for something to print, but not longer than the bridge does."""
    waiting = asyncio.ensure_future(engine.prints.wait(seconds))
    try:
        await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
