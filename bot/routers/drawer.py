"""The drawer and the shift: deposit, withdrawal, X-report, close."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.counting import close_body
from bot.desk import Desk
from bot.people import Speaker
from bot.phrases import Phrase, Wish, phrase, sum_of
from bot.press import Action, Press
from bot.routers.context import is_private, told_no
from bot.routers.filters import press_of
from bot.routers.returning import return_by_reply
from bot.routers.start import ask_language, show_help
from bot.screens.cash import cash_ask_screen, cash_confirm_screen
from bot.screens.counting import close_screen
from bot.screens.lane import after_screen
from bot.screens.people import not_allowed_screen, plain_screen, stranger_screen
from bot.screens.refusal import refusal_screen
from bot.screens.screen import Screen
from bot.screens.shift import no_shift_screen, x_screen
from core.errors import Refused
from core.texts import say

CASH_WISHES = (Wish.DEPOSIT, Wish.WITHDRAWAL)


async def is_command(message: Message, speaker: Speaker) -> bool | dict[str, Any]:
    """A filter: a short command, or the sum that was asked for just now."""
    text = message.text or ""
    found = phrase(text)
    if found is None and speaker.awaiting in CASH_WISHES and (total := sum_of(text)) is not None:
        found = Phrase(Wish(speaker.awaiting), total)
    return {"found": found} if found is not None else False


async def commanded(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    name = (message.text or "").split()[0].lstrip("/").split("@")[0].lower()
    await _do(message, desk, speaker, origin, Phrase(Wish(name)))


async def wished(message: Message, desk: Desk, speaker: Speaker, origin: str, found: Phrase) -> None:
    await _do(message, desk, speaker, origin, found)


async def _do(message: Message, desk: Desk, speaker: Speaker, origin: str, found: Phrase) -> None:
    match found.wish:
        case Wish.HELP:
            await show_help(message, desk, speaker, origin)
        case Wish.LANGUAGE:
            await ask_language(message, desk, speaker, origin)
        case Wish.X:
            await _x_report(desk, speaker, origin)
        case Wish.CLOSE:
            await _ask_close(desk, speaker, origin, speaker.register_id)
        case Wish.RETURN:
            await return_by_reply(message, desk, speaker, origin)
        case Wish.DEPOSIT | Wish.WITHDRAWAL:
            await _ask_cash(desk, speaker, origin, found)


async def _ask_cash(desk: Desk, speaker: Speaker, origin: str, found: Phrase) -> None:
    if await told_no(desk, speaker, origin, speaker.register_id):
        return
    assert speaker.register_id is not None
    if found.is_wrong:
        await _show(desk, speaker, origin, plain_screen(speaker.language, "bot-cash-bad"))
        return
    kind = str(found.wish)
    state = await desk.engine.registers.get(speaker.register_id)
    if found.wish is Wish.WITHDRAWAL and found.total is not None and found.total > state.cash:
        refused = Refused("NOT_ENOUGH_CASH", cash=state.cash, needed=found.total)
        await _show(desk, speaker, origin, refusal_screen(speaker.language, refused))
        return
    row = await desk.new_draft(speaker, speaker.register_id, kind, {}, origin)
    if found.total is not None:
        await desk.show_draft(row, cash_confirm_screen(speaker.language, kind, row.draft_id, found.total))
        # last: a crash before this reads the same text again, which is a sum only while one is awaited
        await desk.people.await_sum(speaker, None)
        return
    await desk.people.await_sum(speaker, kind)
    await desk.show_draft(row, cash_ask_screen(speaker.language, kind, row.draft_id, state.cash))


async def _x_report(desk: Desk, speaker: Speaker, origin: str) -> None:
    if speaker.register_id is None:
        await _show(desk, speaker, origin, stranger_screen(speaker.language, speaker.chat_id))
        return
    await desk.people.await_sum(speaker, None)
    try:
        report = await desk.engine.books.x_report(speaker.register_id)
    except Refused as refused:
        await _show(desk, speaker, origin, await _no_report(desk, speaker, speaker.register_id, refused))
        return
    shift = (await desk.engine.registers.get(speaker.register_id)).shift
    closes_before = None if shift is None else shift.closes_before
    title = await desk.title_for(speaker, speaker.register_id)
    await _show(desk, speaker, origin, x_screen(speaker.language, report, closes_before, title))


async def close_asked(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """The button under the news of a shift that must be closed."""
    if press is not None and is_private(query):
        await _ask_close(desk, speaker, origin, press.register_id)


async def _ask_close(desk: Desk, speaker: Speaker, origin: str, register_id: str | None) -> None:
    if await told_no(desk, speaker, origin, register_id):
        return
    assert register_id is not None
    await desk.people.await_sum(speaker, None)
    try:
        report = await desk.engine.books.x_report(register_id)
    except Refused as refused:
        await _show(desk, speaker, origin, await _no_report(desk, speaker, register_id, refused))
        return
    row = await desk.new_draft(speaker, register_id, "close", close_body(report.shift, report.cash), origin)
    await desk.show_draft(row, close_screen(speaker.language, row.draft_id, report))


async def _no_report(desk: Desk, speaker: Speaker, register_id: str, refused: Refused) -> Screen:
    """No shift is open; whoever could not open one now is not told to sell."""
    language = speaker.language
    if refused.code != "SHIFT_NOT_OPEN":
        return refusal_screen(language, refused)
    if not speaker.may_sell(register_id):
        return not_allowed_screen(language)
    look = await desk.look(speaker, register_id)
    if look.situation.sells:
        return no_shift_screen(language)
    return after_screen(language, say(language, "bot-shift-none-no-sales"), look)


async def _show(desk: Desk, speaker: Speaker, origin: str, screen: Screen) -> None:
    await desk.outbox.show(speaker.chat_id, f"drawer:{origin}", screen)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="drawer")
    router.message.register(commanded, Command("x", "deposit", "withdrawal", "close"))
    router.message.register(wished, is_command)
    router.callback_query.register(close_asked, press_of(Action.CLOSE_ASK))
    return router
