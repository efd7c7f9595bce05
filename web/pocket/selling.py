"""What a phone does at a register. Every act has a key made before its first try (core/usecases/pocket.py)."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.return_request import return_request
from core.domain.roles import Deed
from core.domain.ticket import PaymentType
from core.errors import Refused
from core.usecases.acts import Made
from core.usecases.pocket import Outcome
from web.answers import ticket_answer
from web.api.caller import idempotency_key
from web.api.paging import path_number
from web.json_body import read_json
from web.pocket.answers import notes_answer, return_answer, shown_answer
from web.pocket.bodies import PriceBody, ReturnBody, ShiftBody, command_of, split_of
from web.pocket.caller import Caller, admitted
from web.requests import read_model, thousandths

router = APIRouter(prefix="/registers/{register_id}")

KEY_CHARACTERS_MAX = 64


@router.post("/quote")
async def quote(request: Request, register_id: str) -> Response:
    """What a sale comes to, paid as it says, with the notes that a buyer is likely to give; nothing is made."""
    caller, register_id = await admitted(request, register_id, Deed.SELL)
    body = read_model(PriceBody, await read_json(request))
    ticket = body.ticket()
    priced = await caller.engine.quotes.ticket(register_id, ticket)
    if body.split is not None:
        parts = split_of(priced.total, body.split)
        priced = await caller.engine.quotes.ticket(register_id, replace(ticket, payments=parts))
    return JSONResponse({**ticket_answer(priced), "notes": notes_answer(priced.total)})


@router.post("/documents")
async def make(request: Request, register_id: str) -> Response:
    """Make a document; 200 for one that the same key made before."""
    caller, register_id = await admitted(request, register_id, Deed.SELL)
    key = idempotency_key(request)
    command = command_of(await read_json(request))
    return _made(
        await caller.engine.pocket.counter.make(
            caller.chat_id, register_id, command, key=key, cashier=caller.cashier
        )
    )


@router.post("/shift/close")
async def close(request: Request, register_id: str) -> Response:
    """Close the shift with its Z-report."""
    caller, register_id = await admitted(request, register_id, Deed.SELL)
    key = idempotency_key(request)
    body = read_model(ShiftBody, await read_json(request))
    return _made(
        await caller.engine.pocket.counter.close_shift(
            caller.chat_id, register_id, withdraw_cash=body.withdraw_cash, key=key, cashier=caller.cashier
        )
    )


@router.get("/acts/{key}")
async def outcome(request: Request, register_id: str, key: str) -> Response:
    """What became of an act whose answer did not come: its document, that it is being made, or nothing."""
    caller, register_id, key = await _asked(request, register_id, key)
    return _outcome(await caller.engine.pocket.counter.outcome(caller.chat_id, register_id, key))


@router.delete("/acts/{key}")
async def drop(request: Request, register_id: str, key: str) -> Response:
    """Give an act up, so that its request makes nothing if it comes after all; its document if it was made."""
    caller, register_id, key = await _asked(request, register_id, key)
    return _outcome(await caller.engine.pocket.counter.drop(caller.chat_id, register_id, key))


@router.post("/documents/{number}/return")
async def return_quote(request: Request, register_id: str, number: str) -> Response:
    """What a return comes to, and the body that makes it; nothing is made."""
    caller, register_id = await admitted(request, register_id, Deed.SELL)
    body = read_model(ReturnBody, await read_json(request))
    found = await caller.engine.returns.of_sale(register_id, path_number(number))
    quantities = found.left.whole if body.quantities is None else tuple(thousandths(one) for one in body.quantities)
    if len(quantities) != len(found.left.lines):
        raise Refused("VALIDATION", field="quantities", reason="length")
    pairs = zip(quantities, found.left.whole, strict=True)
    quantities = tuple(min(max(quantity, 0), left) for quantity, left in pairs)
    payment = None if body.payment is None else PaymentType(body.payment)
    asked = return_request(found.view.document, found.left, quantities, payment)
    total = 0 if asked is None else sum(one.sum for one in asked.payments or ())
    return JSONResponse(return_answer(found, quantities, asked, total))


async def _asked(request: Request, register_id: str, key: str) -> tuple[Caller, str, str]:
    caller, register_id = await admitted(request, register_id, Deed.READ)
    if not 1 <= len(key) <= KEY_CHARACTERS_MAX or not key.isprintable():
        raise Refused("NOT_FOUND")
    return caller, register_id, key


def _made(made: Made) -> Response:
    return JSONResponse(shown_answer(made.view), 201 if made.created else 200)


def _outcome(found: Outcome) -> Response:
    document = None if found.view is None else shown_answer(found.view)
    headers = {"Cache-Control": "no-store"}
    return JSONResponse({"document": document, "making": found.making}, headers=headers)
