"""Questions that make nothing: what a sale would come to, what stands in a receipt's QR code."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.ofd.check_links import parse_check_link
from web.answers import moment_or_none, money_or_none, text_quote_answer, ticket_answer
from web.api.answered import answers
from web.api.caller import READ, SELL, engine_of, organisation_of, owned
from web.api.describe import takes
from web.json_body import read_json
from web.language import negotiated
from web.requests import CheckLinkBody, QuoteTextBody, QuoteTicketBody, read_model

router = APIRouter(tags=["quotes"])


@router.post(
    "/quote",
    summary="Price a ticket, or a sale as a vendor writes it in the chat; nothing is made",
    responses=answers("Quote"),
    openapi_extra=takes("QuoteTicketBody", "QuoteTextBody"),
)
async def quote(request: Request) -> Response:
    # the key is looked at before the body is read, which names the register
    organisation_id = await organisation_of(request, READ, SELL)
    found = await read_json(request)
    quotes = engine_of(request).quotes
    if "text" in found:
        asked = read_model(QuoteTextBody, found)
        register_id = await owned(request, organisation_id, asked.register_id)
        language = negotiated(request.headers.get("accept-language"))
        return JSONResponse(text_quote_answer(register_id, await quotes.text(register_id, asked.text, language)))
    body = read_model(QuoteTicketBody, found)
    register_id = await owned(request, organisation_id, body.register_id)
    ticket = await quotes.ticket(register_id, body.ticket())
    return JSONResponse({"register_id": register_id, **ticket_answer(ticket)})


@router.post(
    "/check-links",
    summary="What the link in any operator's receipt QR says: what a return of that receipt needs",
    responses=answers("CheckLink"),
    openapi_extra=takes("CheckLinkBody"),
)
async def check_links(request: Request) -> Response:
    await organisation_of(request, READ, SELL)
    body = read_model(CheckLinkBody, await read_json(request))
    link = parse_check_link(body.url)
    return JSONResponse(
        {
            "operator": link.operator,
            "fiscal_sign": link.fiscal_sign,
            "rnm": link.rnm,
            "total": money_or_none(link.total),
            "made_at": moment_or_none(link.made_at),
        }
    )
