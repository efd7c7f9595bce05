"""A register in trouble: «Я оплатил — проверить», «Повторить», «Уладил с ОФД сам», the other version of the
protocol, and the new token by message."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.people import Speaker
from bot.phrases import TokenPhrase, token_phrase
from bot.press import Action, Press
from bot.resolving import (
    encoded,
    is_stopped_at,
    now_screen,
    other_versions,
    retried,
    settled,
    token_given,
    waiting_for_token,
)
from bot.routers.context import is_private
from bot.routers.filters import press_of
from bot.screens.cause import Choice, Look, who_decides
from bot.screens.lane import ENCODED, encode_ask_screen, probe_screen, settle_ask_screen
from bot.screens.people import plain_screen, stranger_screen
from bot.screens.screen import Screen, lines
from core.texts import say


async def probe(query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str) -> None:
    """«Я оплатил — проверить»: ask the operator now and say in words what came of it."""
    if press is None or not is_private(query) or not speaker.may_read(press.register_id):
        return
    found = await desk.engine.probes.ask(press.register_id)
    look = Look(found.after, desk.clock.now(), await desk.people.deciding(speaker, press.register_id))
    await desk.outbox.show(speaker.chat_id, f"probe:{origin}", probe_screen(speaker.language, found, look))


async def decided(query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str) -> None:
    """A button of a register that stands. A question is answered in its own message."""
    if press is None or not is_private(query) or not speaker.may_read(press.register_id):
        return
    key = f"lane:{origin}"
    if not speaker.may_resolve(press.register_id):
        words = who_decides(speaker.language, await desk.people.deciding(speaker, press.register_id))
        await desk.outbox.show(speaker.chat_id, key, Screen(words))
        return
    screen = await _decided(desk, speaker, press)
    if screen is None:
        return
    if press.choice in (Choice.SETTLED, Choice.LEAVE, *ENCODED.values()):
        assert query.message is not None
        asked = await desk.store.message_by_id(speaker.chat_id, query.message.message_id)
        key = asked.key if asked is not None and asked.key.startswith("lane:") else key
    await desk.outbox.show(speaker.chat_id, key, screen)


async def _decided(desk: Desk, speaker: Speaker, press: Press) -> Screen | None:
    """What to show for it; ``None`` for a forged button."""
    language, register_id = speaker.language, press.register_id
    match press.choice:
        case Choice.RETRY:
            return await retried(desk, speaker, register_id)
        case Choice.SETTLE:
            if await is_stopped_at(desk, register_id, press.number):
                return settle_ask_screen(language, register_id, press.number)
            return await now_screen(desk, speaker, register_id, say(language, "bot-lane-runs"))
        case Choice.SETTLED:
            return await settled(desk, speaker, register_id, press.number)
        case Choice.ENCODE:
            if await is_stopped_at(desk, register_id, press.number):
                speaks, other = await other_versions(desk, register_id)
                return encode_ask_screen(language, register_id, press.number, speaks, other)
            return await now_screen(desk, speaker, register_id, say(language, "bot-lane-runs"))
        case Choice.ENCODED_203 | Choice.ENCODED_204:
            version = next(version for version, choice in ENCODED.items() if choice == press.choice)
            return await encoded(desk, speaker, register_id, press.number, version)
        case Choice.LEAVE:
            return plain_screen(language, "bot-settle-left", number=press.number)
    return None


async def is_token(message: Message) -> bool | dict[str, Any]:
    """A filter: «токен …»."""
    found = token_phrase(message.text or "")
    return {"found": found} if found is not None else False


async def token_written(
    message: Message, desk: Desk, speaker: Speaker, origin: str, found: TokenPhrase
) -> None:
    """Always answered here: what stands in it must not be shown as a sale."""
    await desk.outbox.show(speaker.chat_id, f"token:{origin}", await _token_answer(desk, speaker, found))


async def _token_answer(desk: Desk, speaker: Speaker, found: TokenPhrase) -> Screen:
    language = speaker.language
    if speaker.is_stranger:
        return stranger_screen(language, speaker.chat_id)
    register_id = await waiting_for_token(desk, speaker)
    if register_id is None:
        return plain_screen(language, "bot-token-not-wanted")
    if not speaker.may_resolve(register_id):
        who = who_decides(language, await desk.people.deciding(speaker, register_id))
        return Screen(lines(say(language, "bot-token-not-yours"), who))
    if found.token is None:
        return plain_screen(language, "bot-token-bad")
    return await token_given(desk, speaker, register_id, found.token)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="lanes")
    router.callback_query.register(decided, press_of(Action.LANE))
    router.callback_query.register(probe, press_of(Action.PROBE))
    router.message.register(token_written, is_token)
    return router
