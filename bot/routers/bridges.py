"""«Принтер 48217 30551»: the owner types the code that a new printer bridge shows."""

from __future__ import annotations

import re
from typing import Any

from aiogram import Router
from aiogram.types import Message

from bot.desk import Desk
from bot.people import OWNER_ROLES, Speaker
from bot.screens.printing import not_owner_screen, paired_screen, unknown_code_screen
from bot.screens.screen import Screen
from core.errors import Refused

_CODE = re.compile(
    r"/?(?:принтер|көпір|копир|мост|printer|bridge)\W*(?P<first>[0-9]{5})[ -]?(?P<last>[0-9]{5})", re.IGNORECASE
)


async def is_code(message: Message) -> bool | dict[str, Any]:
    """A filter: the word and ten digits."""
    match = _CODE.fullmatch(" ".join((message.text or "").split()))
    return {"code": match["first"] + match["last"]} if match else False


async def code_written(message: Message, desk: Desk, speaker: Speaker, origin: str, code: str) -> None:
    """Lets the bridge in for every register of the current one's organisation that this person owns."""
    await desk.outbox.show(speaker.chat_id, f"bridge:{origin}", await _answer(desk, speaker, code))


async def _answer(desk: Desk, speaker: Speaker, code: str) -> Screen:
    engine, current = desk.engine, speaker.register_id
    if current is None or speaker.roles.get(current) not in OWNER_ROLES:
        return not_owner_screen(speaker.language)
    organisation_id = (await engine.registers.get(current)).registration.organisation_id
    owned = [
        register_id
        for register_id, role in sorted(speaker.roles.items())
        if role in OWNER_ROLES
        and (await engine.registers.get(register_id)).registration.organisation_id == organisation_id
    ]
    try:
        view = await engine.bridges.approve(organisation_id, code, tuple(owned))
    except Refused as refusal:
        if refusal.code != "PAIRING_UNKNOWN":
            raise
        return unknown_code_screen(speaker.language)
    return paired_screen(speaker.language, view)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="bridges")
    router.message.register(code_written, is_code)
    return router
