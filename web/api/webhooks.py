"""Webhooks: made, removed, and the log of what was delivered to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.clock import ALMATY
from core.hooks.addresses import target_of
from web.answers import Answer, page
from web.api.answered import answers
from web.api.caller import READ, SELL, canonical_id, engine_of, organisation_of
from web.api.describe import takes
from web.api.hook_shapes import WebhookBody
from web.json_body import read_json
from web.requests import read_model

router = APIRouter(tags=["webhooks"])

LOG_MAX = 500


@router.post(
    "/webhooks",
    summary="Have events told to an address; the secret that signs them is shown this once",
    status_code=201,
    responses=answers("WebhookMade", made=True),
    openapi_extra=takes("WebhookBody"),
)
async def make(request: Request) -> Response:
    organisation_id = await organisation_of(request, SELL)
    body = read_model(WebhookBody, await read_json(request))
    engine = engine_of(request)
    target_of(body.url, private_allowed=engine.settings.webhook_private)
    events = tuple(dict.fromkeys(body.events))
    webhook_id, secret = await engine.webhooks.make(organisation_id, body.url, events, engine.clock.now())
    return JSONResponse({"id": webhook_id, "secret": secret}, 201, {"Cache-Control": "no-store"})


@router.get(
    "/webhooks", summary="The webhooks that are told of events", responses=answers("WebhookList")
)
async def webhooks(request: Request) -> Response:
    organisation_id = await organisation_of(request, READ)
    rows = await engine_of(request).webhooks.all(organisation_id)
    items = [
        {"id": row["webhook_id"], "url": row["url"], "events": row["events"], "made_at": _moment(row["made_at"])}
        for row in rows
    ]
    return JSONResponse(page(items, None))


@router.delete(
    "/webhooks/{webhook_id}",
    summary="Remove a webhook: from now on nothing is sent to it",
    status_code=204,
    responses=answers(empty=True),
    response_class=Response,
)
async def remove(request: Request, webhook_id: str) -> Response:
    organisation_id = await organisation_of(request, SELL)
    engine = engine_of(request)
    await engine.webhooks.remove(organisation_id, canonical_id(webhook_id), engine.clock.now())
    return Response(status_code=204)


@router.get(
    "/webhooks/{webhook_id}/deliveries",
    summary="What was sent to a webhook and what became of it, newest first",
    responses=answers("WebhookDeliveryList"),
)
async def deliveries(
    request: Request, webhook_id: str, limit: Annotated[int, Query(ge=1, le=LOG_MAX)] = 50
) -> Response:
    organisation_id = await organisation_of(request, READ)
    rows = await engine_of(request).webhooks.log(organisation_id, canonical_id(webhook_id), limit)
    return JSONResponse(page([_answer(row) for row in rows], None))


def _answer(row: dict[str, Any]) -> Answer:
    state = "delivered" if row["delivered_at"] else "waiting" if row["next_try_at"] else "given_up"
    return {
        "id": row["event_id"],
        "event": row["event"],
        "register_id": row["register_id"],
        "at": _moment(row["at"]),
        "state": state,
        "attempts": row["attempts"],
        "next_try_at": _moment(row["next_try_at"]),
        "delivered_at": _moment(row["delivered_at"]),
        "status": row["status"],
        "error": row["error"],
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(ALMATY).isoformat(timespec="seconds")
