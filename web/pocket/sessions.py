"""Phones let in and out, and who holds one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.roles import CASHIER, MANAGER, OWNER, Deed, gives
from core.errors import Refused
from core.usecases.pocket import Session
from web.answers import moment
from web.api.caller import canonical_id, engine_of
from web.json_body import read_json
from web.pocket.bodies import MeBody, OpenBody
from web.pocket.caller import admitted, caller_of, gates_of, given_token
from web.pocket.launch import ID_MAX, verified
from web.requests import read_model

router = APIRouter()

SELLING = (OWNER, MANAGER, CASHIER)
PersonId = Annotated[int, Path(ge=1, le=ID_MAX)]
NO_STORE = {"Cache-Control": "no-store"}


@router.post("/session")
async def open_session(request: Request) -> Response:
    """Launch data for a session of our own. Only what fails is counted against an address: behind one of a mobile
    operator stand many shops.
    """
    engine, gates = engine_of(request), gates_of(request)
    address = (request.client.host if request.client else "").encode()
    gates.strangers.check(address)
    token = engine.settings.telegram_token
    if token is None:
        raise Refused("NO_BOT")
    body = read_model(OpenBody, await read_json(request))
    try:
        launch = verified(body.init_data, token.get_secret_value(), engine.clock.now())
    except Refused:
        gates.strangers.take(address)
        raise
    gates.people.take(str(launch.user_id).encode())
    session = await engine.pocket.sessions.open(launch.user_id, launch.signature, body.token)
    return JSONResponse(await _me(request, session), 201, NO_STORE)


@router.delete("/session")
async def close_session(request: Request) -> Response:
    """Let this phone out; one that is out already stays out."""
    await engine_of(request).pocket.sessions.close(given_token(request))
    return Response(status_code=204)


@router.delete("/sessions/others")
async def close_others(request: Request) -> Response:
    """Let all other phones of this person out."""
    caller = await caller_of(request)
    closed = await caller.engine.pocket.sessions.close_others(caller.chat_id, caller.token)
    return JSONResponse({"closed": closed})


@router.get("/registers/{register_id}/people")
async def people(request: Request, register_id: str) -> Response:
    """Whose phones the caller may let out: everybody on the register whose role they may take away."""
    caller, register_id = await admitted(request, register_id, Deed.LIMIT)
    role = await caller.engine.people.role(register_id, caller.chat_id)
    found = await caller.engine.people.people(register_id)
    told = [
        {"chat": one.chat_id, "name": one.name, "role": one.roles[register_id]}
        for one in found
        if one.chat_id != caller.chat_id and gives(role, one.roles[register_id])
    ]
    return JSONResponse({"items": told}, headers=NO_STORE)


@router.delete("/registers/{register_id}/people/{chat_id}/sessions")
async def lock_out(request: Request, register_id: str, chat_id: PersonId) -> Response:
    """Let all phones of somebody out, by whoever may take them from the register."""
    caller = await caller_of(request)
    closed = await caller.engine.pocket.sessions.lock_out(caller.chat_id, canonical_id(register_id), chat_id)
    return JSONResponse({"closed": closed})


@router.get("/me")
async def me(request: Request) -> Response:
    caller = await caller_of(request)
    return JSONResponse(await _me(request, caller.session), headers=NO_STORE)


@router.patch("/me")
async def change_me(request: Request) -> Response:
    """Another language, another register as the current one; the chat follows."""
    caller = await caller_of(request)
    body = read_model(MeBody, await read_json(request))
    if body.register_id is not None:
        await caller.engine.crew.staff.use(caller.chat_id, canonical_id(body.register_id))
    if body.language is not None:
        await caller.engine.people.set_language(caller.chat_id, body.language)
    return JSONResponse(await _me(request, caller.session), headers=NO_STORE)


async def _me(request: Request, session: Session) -> dict[str, Any]:
    engine = engine_of(request)
    person = await engine.people.person(session.chat_id)
    if person is None:
        raise Refused("LAUNCH_STRANGER")
    registers = []
    for register_id, role in person.roles.items():
        registration = (await engine.registers.get(register_id)).registration
        registers.append(
            {
                "register_id": register_id,
                "title": registration.title,
                "role": role,
                "sells": role in SELLING,
                "practice": registration.practice,
            }
        )
    return {
        "chat": person.chat_id,
        "name": person.name,
        "language": person.language,
        "registers": registers,
        "current": person.current_register,
        "expires_at": moment(session.expires_at),
    }
