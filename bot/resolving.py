"""What a person decides about a register that stands (DESIGN.md 3, «A stopped lane»), and what they are told of it."""

from __future__ import annotations

import logging

from bot.desk import Desk
from bot.people import Speaker
from bot.screens.cause import stopped_number
from bot.screens.lane import after_screen, wants_token
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen
from bot.screens.wording import shortened
from core.domain.registration import other_protocol
from core.errors import Refused, UnknownOutcome
from core.texts import say

log = logging.getLogger(__name__)

REGISTERS_LOOKED_AT_MAX = 50
NAME_CHARACTERS_MAX = 60


async def retried(desk: Desk, speaker: Speaker, register_id: str) -> Screen:
    """«Повторить»: send again what stands."""
    return await _resolved(desk, speaker, register_id, "retry")


async def settled(desk: Desk, speaker: Speaker, register_id: str, number: int) -> Screen:
    """«Уладил с ОФД сам»: only of the document that the question named."""
    first = say(speaker.language, "bot-lane-settled", number=number)
    return await _resolved(desk, speaker, register_id, "settled_outside", number=number, first=first)


async def encoded(desk: Desk, speaker: Speaker, register_id: str, number: int, version: str) -> Screen:
    """«Отправить в другой версии»: only of the document that the question named, and only to the version it named."""
    first = say(speaker.language, "bot-lane-encoded", number=number, version=version)
    return await _resolved(
        desk, speaker, register_id, "encode_again", number=number, version=version, first=first
    )


async def token_given(desk: Desk, speaker: Speaker, register_id: str, token: int) -> Screen:
    """A token newly issued by the operator. It is a secret: no word of it comes back, nor into the log."""
    first = say(speaker.language, "bot-token-given")
    try:
        return await _resolved(desk, speaker, register_id, "retry", token=token, first=first)
    except UnknownOutcome:
        raise
    except Exception as error:
        # An update that fails is kept with what was written in it.
        log.error("a token was not taken by register %s: %s", register_id, type(error).__name__)
        return plain_screen(speaker.language, "bot-broken")


async def is_stopped_at(desk: Desk, register_id: str, number: int) -> bool:
    """Whether the queue stands at this document now."""
    state = await desk.engine.registers.get(register_id)
    return state.lane.stopped and stopped_number(state) == number


async def other_versions(desk: Desk, register_id: str) -> tuple[str, str]:
    """The version that the register speaks and the one that «encode again» switches to."""
    speaks = (await desk.engine.registers.get(register_id)).registration.protocol
    return speaks, other_protocol(speaks)


async def now_screen(desk: Desk, speaker: Speaker, register_id: str, first: str | None) -> Screen:
    """How the register is now."""
    return after_screen(speaker.language, first, await desk.look(speaker, register_id))


async def waiting_for_token(desk: Desk, speaker: Speaker) -> str | None:
    """The register of this person that cannot go on without a token; one on which they decide comes first."""
    ids = sorted(speaker.roles, key=lambda one: (not speaker.may_resolve(one), one != speaker.register_id, one))
    for register_id in ids[:REGISTERS_LOOKED_AT_MAX]:
        if wants_token(await desk.engine.registers.get(register_id)):
            return register_id
    return None


async def _resolved(
    desk: Desk,
    speaker: Speaker,
    register_id: str,
    resolution: str,
    *,
    number: int | None = None,
    version: str | None = None,
    token: int | None = None,
    first: str | None = None,
) -> Screen:
    """One decision at a time per register: a question about one document never decides about the next."""
    try:
        async with desk.turns.turn(register_id):
            if number is not None and not await is_stopped_at(desk, register_id, number):
                raise Refused("VALIDATION", field="number")
            if version is not None and (await other_versions(desk, register_id))[1] != version:
                raise Refused("VALIDATION", field="version")
            await desk.engine.lanes.resolve(register_id, resolution, _who(speaker, register_id), token)
    except Refused as refused:
        match refused.code:
            case "VALIDATION":
                first = say(speaker.language, "bot-lane-runs")
            case "REGISTER_BUSY":
                first = say(speaker.language, "bot-lane-busy")
            case _:
                return refusal_screen(speaker.language, refused)
    return await now_screen(desk, speaker, register_id, first)


def _who(speaker: Speaker, register_id: str) -> str:
    """Who decided, as the register's chain keeps it."""
    role = speaker.roles[register_id]
    name = shortened(speaker.name, NAME_CHARACTERS_MAX)
    return f"{name} ({role})" if name else role
