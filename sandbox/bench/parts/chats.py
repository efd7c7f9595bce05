"""What an update costs the bot beside aiogram's smallest one, and how soon many vendors at once see their previews."""

from __future__ import annotations

import asyncio
import contextlib
import random
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message, Update
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.desk import Desk
from bot.drawings import Drawings
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.people import People
from bot.screens.screen import Screen
from bot.service import dispatcher_of, open_bot, open_inbox, serve
from bot.telegram import Delivery, Draw, Telegram
from bot.toasts import Toasts
from core.db.chat import ChatStore
from core.settings import Settings
from sandbox.bench.figures import Figure, at_most, median
from sandbox.bench.ground import Ground
from sandbox.bench.messenger import BOT, messenger
from sandbox.telegram import TelegramServer

FIRST_CHAT = 1_000
PREVIEW_MS = 700
COST_TIMES = 3
SHOWN_S_MAX = 30
# A vendor writes every ten seconds: 200 of them stay below the 30 messages a second that Telegram takes of a bot.
MESSAGES_PER_VENDOR_S = 0.1
SEED = 20261125

Take = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scale:
    """Vendors, messages of each, and for the cost: rounds of so many updates each."""

    vendors: int
    messages: int
    rounds: int
    updates: int


class WatchedTelegram(Telegram):
    """The product's voice; ``shown`` is set when a screen has reached somebody."""

    def __init__(self, bot: Bot, draw: Draw) -> None:
        super().__init__(bot, draw)
        self.shown = asyncio.Event()

    async def deliver(self, chat_id: int, message_id: int | None, screen: Screen) -> Delivery:
        """One screen more."""
        delivery = await super().deliver(chat_id, message_id, screen)
        if delivery.message_id is not None:
            self.shown.set()
        return delivery


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """The cost first, then the crowd."""
    chats = range(FIRST_CHAT, FIRST_CHAT + scale.vendors)
    ground.say(f"{scale.vendors} vendors with a register each are being made")
    for chat in chats:
        register = await ground.register()
        await ground.engine.people.link_person(register.register_id, chat, "cashier", f"Сатушы {chat}", "ru")
    return [await _cost(ground, scale, chats), await _crowd(ground, scale, chats)]


# ── the cost of an update ──


async def _cost(ground: Ground, scale: Scale, chats: range) -> Figure:
    """Processor time of this process per update: ours and the smallest, in turn, over HTTP to the same Telegram."""
    ours: list[float] = []
    smallest: list[float] = []
    bodies = _bodies(chats)
    with messenger(chats) as base:
        settings = _settings(ground, base)
        async with open_bot(settings) as bot, _whole_bot(ground, bot) as whole:
            trivial = _smallest_bot(bot)
            await _spent(whole, bodies, scale.updates)
            await _spent(trivial, bodies, scale.updates)
            for _ in range(scale.rounds):
                ours.append(await _spent(whole, bodies, scale.updates))
                smallest.append(await _spent(trivial, bodies, scale.updates))
    limit = median(smallest)
    return Figure(
        "chats: the bot's own cost of an update",
        median(ours),
        "ms of processor",
        limit,
        at_most(COST_TIMES),
        tuple(ours),
        f"aiogram's smallest handler {min(smallest):.2f} to {max(smallest):.2f} ms in the same run",
    )


async def _spent(take: Take, bodies: Any, updates: int) -> float:
    """Milliseconds of processor per update, each answered before the next comes."""
    begun = time.process_time()
    for _ in range(updates):
        await take(next(bodies))
    return (time.process_time() - begun) * 1000 / updates


def _smallest_bot(bot: Bot) -> Take:
    router = Router()

    @router.message()
    async def answer(message: Message) -> None:
        await message.answer(message.text or "")

    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)

    async def take(body: dict[str, Any]) -> None:
        await dispatcher.feed_update(bot, Update.model_validate(body, context={"bot": bot}))

    return take


@contextlib.asynccontextmanager
async def _whole_bot(ground: Ground, bot: Bot) -> AsyncIterator[Take]:
    """All of ours: stored, handled, shown, finished."""
    engine, clock = ground.engine, ground.clock
    store = ChatStore(engine.database)
    telegram = WatchedTelegram(bot, Drawings(engine.books).drawn)
    outbox = Outbox(store, telegram, clock.monotonic)
    desk = Desk(engine, store, outbox, People(engine, store, clock), clock)
    inbox = open_inbox(bot, dispatcher_of(desk), desk, Toasts(desk, telegram))
    try:
        yield lambda body: _taken(inbox, telegram.shown, body)
    finally:
        await inbox.close()
        await desk.close()
        await outbox.close()


async def _taken(inbox: Inbox, shown: asyncio.Event, body: dict[str, Any]) -> None:
    shown.clear()
    await inbox.take_in([body])
    async with asyncio.timeout(SHOWN_S_MAX):
        await shown.wait()


def _bodies(chats: range) -> Any:
    """Sale texts, one vendor after another, as Telegram sends them."""
    for number in count(1):
        chat = chats[number % len(chats)]
        person = {"id": chat, "first_name": f"Сатушы {chat}", "language_code": "ru"}
        yield {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": int(datetime.now(UTC).timestamp()),
                "chat": {"id": chat, "type": "private", "first_name": person["first_name"]},
                "from": {**person, "is_bot": False},
                "text": f"2 кофе {_price(number)}, нан 350, карта",
            },
        }


# ── many at once ──


async def _crowd(ground: Ground, scale: Scale, chats: range) -> Figure:
    """From the message to the preview on the screen, for vendors who write at moments of their own."""
    server = TelegramServer(now=ground.clock.now, token=BOT, folder=None)
    app = web.Application()
    server.add_routes(app)
    for chat in chats:
        server.new_person(f"Сатушы {chat}", "ru", chat, started=True)
    stop = asyncio.Event()
    async with TestServer(app) as host:
        settings = _settings(ground, server.api_base(str(host.make_url("")).rstrip("/")))
        bot = asyncio.create_task(serve(settings, ground.clock, stop=stop))
        try:
            times = await _chatted(server, scale, chats)
        finally:
            stop.set()
            await bot
    late = statistics.quantiles(times, n=20)[-1]
    return Figure(
        f"chats: preview, p95, {scale.vendors} vendors at once",
        late,
        "ms",
        PREVIEW_MS,
        at_most(1),
        tuple(times),
        f"median {median(times):.0f} ms",
    )


async def _chatted(server: TelegramServer, scale: Scale, chats: range) -> list[float]:
    """Milliseconds of each message."""
    waiting: dict[int, tuple[str, asyncio.Event]] = {}

    def heard(chat: int, _: dict[str, Any]) -> None:
        wanted = waiting.get(chat)
        if wanted is not None and _shows(server, chat, wanted[0]):
            wanted[1].set()

    server._state.changed = heard  # the bench alone looks at what people see
    chance = random.Random(SEED)  # noqa: S311 - moments of writing, no secret
    await _asked(server, waiting, chats[0], 1)
    every = [chance.uniform(0, 1 / MESSAGES_PER_VENDOR_S) for _ in chats]

    async def vendor(chat: int, first_s: float) -> list[float]:
        await asyncio.sleep(first_s)
        times = []
        for number in range(2, scale.messages + 2):
            begun = time.perf_counter()
            times.append(await _asked(server, waiting, chat, number))
            await asyncio.sleep(max(0.0, 1 / MESSAGES_PER_VENDOR_S - (time.perf_counter() - begun)))
        return times

    found = await asyncio.gather(*(vendor(chat, first_s) for chat, first_s in zip(chats, every, strict=True)))
    return [one for times in found for one in times]


async def _asked(
    server: TelegramServer, waiting: dict[int, tuple[str, asyncio.Event]], chat: int, number: int
) -> float:
    """One sale written; its total is nobody else's in this chat."""
    shown = asyncio.Event()
    waiting[chat] = (str(2 * _price(number) + 350), shown)
    begun = time.perf_counter()
    server.say(chat, f"2 кофе {_price(number)}, нан 350, карта")
    async with asyncio.timeout(SHOWN_S_MAX):
        await shown.wait()
    return (time.perf_counter() - begun) * 1000


def _shows(server: TelegramServer, chat: int, total: str) -> bool:
    newest = server._people.transcript(chat, last=1)[0]
    return newest["from"] == "bot" and f"Итого:{total}₸" in "".join((newest["text"] or "").split())


def _price(number: int) -> int:
    return 800 + number % 5_000


def _settings(ground: Ground, base: str) -> Settings:
    return ground.engine.settings.model_copy(update={"telegram_token": SecretStr(BOT), "telegram_base": base})
