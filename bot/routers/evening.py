"""«Итоги», «қорытынды», «summary», /today: the evening card on demand, and the buttons under every card."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.evening import (
    card_key,
    card_words,
    day_text,
    draw,
    draw_period,
    period_body,
    pressed_span,
    readable,
    registers_of,
    span_of,
)
from bot.people import Speaker
from bot.periods import Asked, asked_period, named_span, period_wish
from bot.press import Action, Press
from bot.routers.context import is_private
from bot.routers.exports import offer_files
from bot.routers.filters import press_of
from bot.screens.evening import PERIODS, VIEWS, Leaf, offered_screen, said_screen
from bot.screens.people import plain_screen, stranger_screen
from core.db.chat_rows import DraftRow
from core.domain.business_day import DaySpan
from core.usecases.exports import DAYS_MAX, Period


async def is_wish(message: Message) -> bool | dict[str, Any]:
    """A filter: a text that asks for a summary, with the words of its period."""
    words = period_wish(message.text or "")
    return False if words is None else {"words": words}


async def commanded(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    words = (message.text or "").partition(" ")[2]
    await wished(message, desk, speaker, origin, words)


async def wished(message: Message, desk: Desk, speaker: Speaker, origin: str, words: str) -> None:
    """A new card; what no card can show is refused in words, with the periods to choose from."""
    mine = readable(speaker)
    if not mine:
        screen = (
            stranger_screen(speaker.language, speaker.chat_id)
            if speaker.is_stranger
            else plain_screen(speaker.language, "evening-no-right")
        )
        await desk.outbox.show(speaker.chat_id, f"evening:{origin}", screen)
        return
    await desk.people.await_sum(speaker, None)
    today = await desk.engine.statistics.today(mine)
    asked = asked_period(words, today)
    span = asked.span or DaySpan.day(today)
    row = await desk.new_draft(speaker, mine[0], "evening", period_body(mine, span, _name(span, today)), origin)
    if not await _told_wrong(desk, speaker, row, asked, today):
        await draw_period(desk, speaker, row)


def _name(span: DaySpan, today: date) -> str:
    """The button that would have chosen this period."""
    return next((name for name in PERIODS if named_span(name, today) == span), "")


async def _told_wrong(desk: Desk, speaker: Speaker, row: DraftRow, asked: Asked, today: date) -> bool:
    """Whether there is no such period, which they were told then."""
    language, span, shown = speaker.language, asked.span, card_words(row, today)
    if span is None:
        screen = said_screen(language, shown, "evening-unreadable")
    elif span.last < span.first:
        first, last = day_text(span.first), day_text(span.last)
        screen = said_screen(language, shown, "evening-backwards", first=first, last=last)
    elif span.first > today:
        screen = offered_screen(language, shown, asked.offer)
    elif span.length > DAYS_MAX:
        screen = said_screen(language, shown, "evening-too-long", days=DAYS_MAX)
    else:
        return False
    await desk.outbox.show(speaker.chat_id, card_key(row), screen)
    return True


async def pressed(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """A button of a card: what it leads to travels in it, so a press that comes twice leads to the same place."""
    row = None if press is None or not is_private(query) else await desk.store.draft(press.subject)
    if press is None or row is None or row.chat_id != speaker.chat_id or row.kind != "evening":
        return
    mine = registers_of(row, speaker)
    if not mine:
        return
    if press.choice == Leaf.EXPORT:
        span = span_of(row)
        await offer_files(desk, speaker, mine, Period(span.first, span.last), origin)
        return
    body = _turned(row, press, await desk.engine.statistics.today(mine))
    if body is None:
        return
    if row.body["close"] is not None and press.choice != Leaf.VIEW:
        # the card of a close stays: it holds the heads of its chain
        below = await desk.new_draft(speaker, mine[0], "evening", {**body, "close": None, "view": "card"}, origin)
        await draw_period(desk, speaker, below)
        return
    changed = await desk.store.set_body(row.draft_id, body)
    if changed is not None:
        await draw(desk, speaker, changed)


def _turned(row: DraftRow, press: Press, today: date) -> dict[str, Any] | None:
    """The body after a press; ``None`` for one that leads nowhere."""
    body, registers = row.body, row.body["registers"]
    match press.choice:
        case Leaf.PERIOD if press.reading < len(PERIODS):
            name = PERIODS[press.reading]
            return {**body, **_days(named_span(name, today)), "period": name}
        case Leaf.SPAN if (span := pressed_span(press.reading)) is not None:
            return {**body, **_days(span), "period": ""}
        case Leaf.VIEW if press.reading <= len(VIEWS):
            view = (*VIEWS, "card")[press.reading]
            return {**body, "view": view}
        case Leaf.ONLY if press.reading <= len(registers):
            only = registers[press.reading - 1] if press.reading else None
            return {**body, "only": only, "view": "card"}
    return None


def _days(span: DaySpan) -> dict[str, str]:
    return {"first": span.first.isoformat(), "last": span.last.isoformat()}


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own. It stands before what is asked for in other texts."""
    router = Router(name="evening")
    router.message.register(commanded, Command("today"))
    router.message.register(wished, is_wish)
    router.callback_query.register(pressed, press_of(Action.EVENING))
    return router
