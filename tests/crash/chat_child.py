"""The bot's process for one update: the real aiogram, taken in, handled, answered, and the news that it made told."""

from __future__ import annotations

import asyncio
from typing import Any

from aiogram.client.session.aiohttp import AiohttpSession

from bot.desk import Desk
from bot.drawings import Drawings
from bot.newsroom import Newsroom
from bot.outbox import Outbox
from bot.people import People
from bot.service import dispatcher_of, open_bot, open_inbox
from bot.telegram import Telegram
from bot.toasts import Toasts
from core.bootstrap import Engine, open_engine
from core.db.chat import ChatStore
from tests.crash.crash_child import clock_of, settings_of
from tests.crash.points import Points, around_database, around_lines, around_method

NEWS_MAX = 10_000


async def handle(run: dict[str, Any], points: Points) -> dict[str, Any]:
    """Wired as :mod:`bot.service` wires it, without the poll: the update is handed in as the poll would."""
    around_database(points)
    around_lines(points)
    around_method(points, AiohttpSession, "make_request", lambda _session, _bot, method, *_: method.__api_method__)
    settings, clock, facts = settings_of(run), clock_of(run), run["facts"]
    async with open_engine(settings, clock, role="bot") as engine, open_bot(settings) as bot:
        await engine.hints.listening.wait()
        store, telegram = ChatStore(engine.database), Telegram(bot, Drawings(engine.books).drawn)
        people, outbox = People(engine, store, clock), Outbox(store, telegram, clock.monotonic)
        desk = Desk(engine, store, outbox, people, clock)
        inbox = open_inbox(bot, dispatcher_of(desk), desk, Toasts(desk, telegram))
        await inbox.take_in([facts["update"]])
        while inbox._workers:
            await asyncio.gather(*inbox._workers.values())
        await told_news(engine, desk, facts["register_id"])
        while outbox._senders:
            await asyncio.gather(*outbox._senders.values())
        await inbox.close()
        await desk.close()
        await outbox.close()
    return {}


async def told_news(engine: Engine, desk: Desk, register_id: str) -> None:
    """As the newsroom does for ever, for the news of this register alone: the others have processes of their own."""
    newsroom = Newsroom(desk)
    for item in await engine.news.take(NEWS_MAX):
        if item.register_id == register_id:
            await newsroom._handle_safely(item)
            await engine.news.done(item.news_id)
