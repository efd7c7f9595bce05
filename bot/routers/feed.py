"""The feed of receipts and the hour at which the business day begins."""

from __future__ import annotations

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk, opened_key
from bot.pace import Priority
from bot.people import Speaker
from bot.phrases import sum_of
from bot.press import Action, Press
from bot.routers.context import is_private
from bot.routers.filters import press_of
from bot.screens.feed import (
    FILTERS,
    PAGE_DOCUMENTS,
    Leaf,
    day_screen,
    feed_screen,
    find_screen,
    no_receipts_screen,
)
from bot.screens.people import stranger_screen
from core.db.chat_rows import DraftRow
from core.db.feed import NUMBERS_END, Span
from core.errors import Refused
from core.texts import LANGUAGES, say

WORDS_CHARACTERS_MAX = 60
_FEED = r"чеки|лента|журнал|история|чектер|receipts|feed"
_FIND = re.compile(r"(?:найти|найди|поиск|ізде(?:у)?|табу|find|search)\s+(?P<words>\S.*)", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(
    r"(?:(?:рабочий\s+)?день\s+(?:с|начинается\s+в)|(?:жұмыс\s+)?күні?\s+басталуы|(?:the\s+)?day\s+(?:begins|starts)\s+at)"
    r"\s+(?P<hour>\d{1,2})(?:[:.]00)?",
    re.IGNORECASE,
)


def new_body(shift: int) -> dict[str, Any]:
    """The body of a feed that shows a shift from its newest document on."""
    return {"filter": "all", "below": 0, "shift": shift, "today": False, "words": ""}


async def is_feed_wish(message: Message) -> bool | dict[str, Any]:
    """A filter: «чеки», its label in any language, or «найти кофе»."""
    plain = " ".join((message.text or "").split()).strip("/!. ")
    labels = {say(language, "bot-menu-feed").casefold() for language in LANGUAGES}
    if plain.casefold() in labels or re.fullmatch(_FEED, plain, re.IGNORECASE):
        return {"words": ""}
    match = _FIND.fullmatch(plain)
    return {"words": match["words"]} if match else False


async def feed_wished(message: Message, desk: Desk, speaker: Speaker, origin: str, words: str) -> None:
    if speaker.register_id is None:
        screen = stranger_screen(speaker.language, speaker.chat_id)
        await desk.outbox.show(speaker.chat_id, f"feed:{origin}", screen)
        return
    await desk.people.await_sum(speaker, None)
    last = await _last_shift(desk, speaker.register_id)
    if not last:
        await desk.outbox.show(speaker.chat_id, f"feed:{origin}", no_receipts_screen(speaker.language))
        return
    body = {**new_body(last), "words": words[:WORDS_CHARACTERS_MAX]}
    row = await desk.new_draft(speaker, speaker.register_id, "feed", body, origin)
    await _show(desk, speaker, row)


async def commanded(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    await feed_wished(message, desk, speaker, origin, "")


async def searched(desk: Desk, speaker: Speaker, row: DraftRow, text: str) -> None:
    """The words that were asked for; the feed's message shows what they found."""
    changed = await desk.store.set_body(row.draft_id, {**row.body, "words": text[:WORDS_CHARACTERS_MAX]})
    await desk.people.await_sum(speaker, None)
    if changed is not None:
        await _show(desk, speaker, changed)


async def pressed(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    row = None if press is None or not is_private(query) else await desk.store.draft(press.subject)
    if press is None or row is None or row.chat_id != speaker.chat_id or row.kind != "feed":
        return
    if not speaker.may_read(row.register_id):
        return
    match press.choice:
        case Leaf.OPEN:
            await _open(desk, speaker, row.register_id, press.reading, origin)
        case Leaf.FIND:
            await desk.people.await_for_draft(speaker, row.draft_id)
            await desk.outbox.show(speaker.chat_id, f"find:{origin}", find_screen(speaker.language))
        case _:
            changed = await desk.store.set_body(row.draft_id, _turned(row.body, press))
            if changed is not None:
                await _show(desk, speaker, changed)


def _turned(body: dict[str, Any], press: Press) -> dict[str, Any]:
    match press.choice:
        case Leaf.FILTER if press.reading < len(FILTERS):
            return {**body, "filter": FILTERS[press.reading], "below": 0}
        case Leaf.BELOW:
            return {**body, "below": press.reading}
        case Leaf.SHIFT:
            return new_body(press.reading) | {"filter": body["filter"]}
        case Leaf.TODAY:
            return {**body, "today": True, "below": 0, "words": ""}
    return body


async def _show(desk: Desk, speaker: Speaker, row: DraftRow) -> None:
    body, engine = row.body, desk.engine
    if body["words"]:
        found = await engine.feed.search(row.register_id, body["words"], sum_of(body["words"]), PAGE_DOCUMENTS)
        more = False
    else:
        span = Span(shift=min(int(body["shift"]), 2**31 - 1))
        if body["today"]:
            span = Span(since=await engine.days.today_began(row.register_id))
        below = int(body["below"]) or NUMBERS_END
        page = await engine.feed.page(row.register_id, span, body["filter"], below, PAGE_DOCUMENTS + 1)
        found, more = page[:PAGE_DOCUMENTS], len(page) > PAGE_DOCUMENTS
    last = await _last_shift(desk, row.register_id)
    screen = feed_screen(speaker.language, row.draft_id, body, found, more=more, last_shift=last)
    await desk.show_draft(row, screen)


async def _open(desk: Desk, speaker: Speaker, register_id: str, number: int, origin: str) -> None:
    """The document once more at the end of the chat, where it goes on following its mark."""
    try:
        view = await desk.engine.books.document(register_id, number)
    except Refused:
        return
    key = opened_key(register_id, number, origin)
    await desk.show_document(speaker, view, key=key, priority=Priority.ANSWER)


async def _last_shift(desk: Desk, register_id: str) -> int:
    """The open shift, else the last one that was; 0 for a register that has made nothing."""
    newest = await desk.engine.feed.page(register_id, Span(), "all", NUMBERS_END, 1)
    return newest[0].document.shift if newest else 0


async def is_day_wish(message: Message) -> bool | dict[str, Any]:
    """A filter: «день с 6», or «рабочий день» alone, which asks."""
    plain = " ".join((message.text or "").split()).strip("/!. ")
    match = _DAY.fullmatch(plain)
    if match is not None:
        return {"hour": int(match["hour"])}
    asks = {say(language, "counter-day-words").casefold() for language in LANGUAGES}
    return {"hour": None} if plain.casefold() in asks else False


async def day_wished(message: Message, desk: Desk, speaker: Speaker, origin: str, hour: int | None = None) -> None:
    if speaker.register_id is None:
        screen = stranger_screen(speaker.language, speaker.chat_id)
        await desk.outbox.show(speaker.chat_id, f"day:{origin}", screen)
        return
    await _day(desk, speaker, speaker.register_id, hour, f"day:{origin}")


async def day_pressed(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    if press is None or not is_private(query) or not speaker.may_read(press.register_id):
        return
    await _day(desk, speaker, press.register_id, press.reading, f"day:{origin}")


async def _day(desk: Desk, speaker: Speaker, register_id: str, hour: int | None, key: str) -> None:
    """Set the hour if one was said and may be; show what holds now."""
    may_change = speaker.may_resolve(register_id)
    if hour is not None and may_change and 0 <= hour < 24:
        await desk.engine.days.begin_at(register_id, hour, role=speaker.roles[register_id])
    registration = (await desk.engine.registers.get(register_id)).registration
    began = await desk.engine.days.today_began(register_id)
    screen = day_screen(speaker.language, register_id, registration.day_begins, began, may_change=may_change)
    await desk.outbox.show(speaker.chat_id, key, screen)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="feed")
    router.message.register(commanded, Command("receipts"))
    router.message.register(day_wished, Command("day"))
    router.message.register(feed_wished, is_feed_wish)
    router.message.register(day_wished, is_day_wish)
    router.callback_query.register(pressed, press_of(Action.FEED))
    router.callback_query.register(day_pressed, press_of(Action.DAY))
    return router
