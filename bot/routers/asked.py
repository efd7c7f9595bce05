"""What somebody writes because a message of ours just asked for it: a counted sum, a reason, goods, what to find."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.counting import close_body, count_of, counted_body, reasoned_body
from bot.desk import Desk, draft_key
from bot.drafts import is_old
from bot.people import Speaker
from bot.phrases import phrase, sum_of
from bot.press import Action, Press
from bot.routers import feed, returning
from bot.routers.context import is_private, told_no
from bot.routers.filters import press_of
from bot.screens.counting import REASONS, Counting, ask_count_screen, close_screen
from bot.screens.people import plain_screen
from core.db.chat_rows import DraftRow
from core.errors import Refused
from core.texts import say

TEXT_CHARACTERS_MAX = 500


async def is_asked_for(message: Message, desk: Desk, speaker: Speaker) -> bool | dict[str, Any]:
    """A filter: a text for an open draft that asked for one. A command is a command also then."""
    text = (message.text or "").strip()
    if speaker.awaits_draft is None or not text or len(text) > TEXT_CHARACTERS_MAX or text.startswith("/"):
        return False
    row = await desk.store.draft(speaker.awaits_draft)
    if row is None or row.chat_id != speaker.chat_id or row.state != "open" or is_old(row, desk.clock.now()):
        return False
    if await feed.is_feed_wish(message) or await returning.is_link(message):
        return False
    if phrase(text) is not None and not (row.kind == "close" and _counted_sum(text) is not None):
        return False
    return {"asked_by": row}


async def written(message: Message, desk: Desk, speaker: Speaker, origin: str, asked_by: DraftRow) -> None:
    text = (message.text or "").strip()
    if await told_no(desk, speaker, origin, asked_by.register_id):
        return
    match asked_by.kind:
        case "close":
            await _count_written(desk, speaker, asked_by, text, origin)
        case "return":
            await returning.written_for(desk, speaker, asked_by, text, origin)
        case "feed":
            await feed.searched(desk, speaker, asked_by, text)


async def _count_written(desk: Desk, speaker: Speaker, row: DraftRow, text: str, origin: str) -> None:
    counted = _counted_sum(text)
    if counted is not None:
        await _counted(desk, speaker, row, _lowered(row.body), counted, None)
    elif (count := count_of(row)) is not None and count.difference:
        await _show_close(desk, speaker, row, reasoned_body(_lowered(row.body), text))
        await desk.people.await_sum(speaker, None)
    else:
        screen = plain_screen(speaker.language, "counter-count-bad")
        await desk.outbox.show(speaker.chat_id, f"count:{origin}", screen)


def _counted_sum(text: str) -> int | None:
    """A sum as counted: a drawer may be empty."""
    return 0 if text.strip(" ₸") == "0" else sum_of(text)


async def pressed(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """A button of the count."""
    row = None if press is None or not is_private(query) else await desk.store.draft(press.subject)
    if press is None or row is None or row.chat_id != speaker.chat_id or row.kind != "close" or row.state != "open":
        return
    if await told_no(desk, speaker, origin, row.register_id) or is_old(row, desk.clock.now()):
        return
    match press.choice:
        case Counting.EQUAL:
            await _counted(desk, speaker, row, row.body, press.reading, press.reading)
        case Counting.TYPE:
            await desk.people.await_for_draft(speaker, row.draft_id)
            state = await desk.engine.registers.get(row.register_id)
            screen = ask_count_screen(speaker.language, state.cash)
            await desk.outbox.show(speaker.chat_id, f"count:{origin}", screen)
        case Counting.REASON if press.reading < len(REASONS):
            reason = say(speaker.language, f"counter-reason-{REASONS[press.reading]}")
            await _show_close(desk, speaker, row, reasoned_body(row.body, reason))
            await desk.people.await_sum(speaker, None)


def _lowered(body: dict[str, Any]) -> dict[str, Any]:
    """Who wrote looks at the end of the chat: there the message goes on."""
    return {**body, "place": body.get("place", 0) + 1}


async def _counted(
    desk: Desk, speaker: Speaker, row: DraftRow, body: dict[str, Any], counted: int, expected: int | None
) -> None:
    """Take a count; the register's own figure is the one of this moment, or the one that the button named."""
    if expected is None:
        expected = (await desk.engine.registers.get(row.register_id)).cash
    now = desk.clock.now()
    await _show_close(desk, speaker, row, counted_body({**close_body(0, 0), **body}, expected, counted, now))
    if counted == expected:
        await desk.people.await_sum(speaker, None)
    else:
        await desk.people.await_for_draft(speaker, row.draft_id)


async def _show_close(desk: Desk, speaker: Speaker, row: DraftRow, body: dict[str, Any]) -> None:
    changed = await desk.store.set_body(row.draft_id, body)
    if changed is None:
        return
    try:
        report = await desk.engine.books.x_report(row.register_id)
    except Refused:
        return
    if draft_key(changed) != draft_key(row):
        moved = plain_screen(speaker.language, "counter-close-moved")
        await desk.outbox.take_away(row.chat_id, draft_key(row), moved)
    await desk.show_draft(changed, close_screen(speaker.language, row.draft_id, report, count_of(changed)))


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own. It stands before those of plain commands."""
    router = Router(name="asked")
    router.callback_query.register(pressed, press_of(Action.COUNT))
    router.message.register(written, is_asked_for)
    return router
