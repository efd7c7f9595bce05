"""The bot's process: wires engine, rows, outbox, inbox and Telegram, and runs until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import BotCommand, MenuButtonWebApp, Update, WebAppInfo

from bot.desk import Desk
from bot.drawings import Drawings
from bot.evening import is_night
from bot.inbox import Body, Inbox
from bot.newsroom import Newsroom
from bot.outbox import Outbox
from bot.people import People
from bot.polling import ALLOWED_UPDATES, Poller
from bot.routers import (
    asked,
    bridges,
    cart,
    drawer,
    drill,
    evening,
    exports,
    feed,
    fees,
    goods,
    keys,
    lanes,
    price_lists,
    receipts,
    returning,
    sale,
    scan,
    settings,
    shelf,
    staff,
    start,
    welcome,
)
from bot.routers.context import SpeakerMiddleware
from bot.screens.people import COMMANDS, plain_screen
from bot.telegram import Telegram
from bot.toasts import Toasts
from bot.webhook import Collector
from core.bootstrap import Engine, open_engine
from core.clock import Clock
from core.db.chat import ChatStore
from core.db.chat_rows import chat_of
from core.errors import UnknownOutcome
from core.settings import Settings, Webhook
from core.texts import LANGUAGE_DEFAULT, LANGUAGES, say

log = logging.getLogger(__name__)

SETUP_RETRY_S = 5.0
WEBHOOK_CONNECTIONS = 40
TIDY_S = 6 * 3600.0


def nothing(point: str) -> None:
    """No kill points."""


async def serve(
    settings: Settings,
    clock: Clock,
    points: Callable[[str], None] = nothing,
    *,
    stop: asyncio.Event | None = None,
) -> None:
    """Run the bot by webhook if the settings name one, else by long polling, until `stop` or for ever. Without a token
    there is nothing to do but wait.
    """
    stop = stop or asyncio.Event()
    if settings.telegram_token is None:
        log.warning("no bot runs: TIYN_TELEGRAM_TOKEN is not set")
        await stop.wait()
        return
    async with open_engine(settings, clock, points=points, role="bot") as engine, open_bot(settings) as bot:
        await _serve(engine, bot, clock, stop)


@contextlib.asynccontextmanager
async def open_bot(settings: Settings) -> AsyncIterator[Bot]:
    """The bot with a session of its own."""
    assert settings.telegram_token is not None
    session = (
        AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_base))
        if settings.telegram_base
        else AiohttpSession()
    )
    bot = Bot(settings.telegram_token.get_secret_value(), session=session)
    try:
        yield bot
    finally:
        await session.close()


async def _serve(engine: Engine, bot: Bot, clock: Clock, stop: asyncio.Event) -> None:
    store = ChatStore(engine.database)
    telegram = Telegram(bot, Drawings(engine.books).drawn, lambda: is_night(clock.now()))
    people = People(engine, store, clock)
    outbox = Outbox(store, telegram, clock.monotonic)
    desk = Desk(engine, store, outbox, people, clock)
    inbox = open_inbox(bot, dispatcher_of(desk), desk, Toasts(desk, telegram))
    hearing = _listen(engine, bot, inbox)
    await outbox.resume()
    await inbox.resume()
    # A task that ends, ends the process: whoever supervises it starts it again, and the rows go on.
    running: list[asyncio.Task[Any]] = [
        asyncio.create_task(one) for one in (Newsroom(desk).run(), hearing, _tidy(desk), stop.wait())
    ]
    try:
        done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await inbox.close()
        await desk.close()
        await outbox.close()


def dispatcher_of(desk: Desk) -> Dispatcher:
    """All routers in their order: groups first, free text last."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(SpeakerMiddleware(desk))
    dispatcher.include_routers(
        start.new_groups(),
        welcome.new_router(),
        staff.new_router(),
        settings.new_router(),
        keys.new_router(),
        exports.new_router(),
        start.new_router(),
        lanes.new_router(),
        fees.new_router(),
        bridges.new_router(),
        shelf.new_doors(),
        cart.new_router(),
        goods.new_router(),
        drill.new_router(),
        evening.new_router(),
        asked.new_router(),
        drawer.new_router(),
        receipts.new_router(),
        returning.new_router(),
        feed.new_router(),
        shelf.new_search(),
        scan.new_router(),
        price_lists.new_router(),
        sale.new_router(),
    )
    return dispatcher


def open_inbox(bot: Bot, dispatcher: Dispatcher, desk: Desk, toasts: Toasts) -> Inbox:
    """An inbox whose updates these routers handle and these toasts answer."""
    answering: set[asyncio.Task[None]] = set()

    async def handle(body: Body) -> None:
        update = Update.model_validate(body, context={"bot": bot})
        await dispatcher.feed_update(bot, update)

    def arrived(body: Body) -> None:
        desk.outbox.person_acted(chat_of(body))
        callback: dict[str, Any] | None = body.get("callback_query")
        if callback is not None:
            task = asyncio.create_task(toasts.answer(callback))
            answering.add(task)
            task.add_done_callback(answering.discard)

    async def failed(body: Body) -> None:
        chat = ((body.get("callback_query") or {}).get("message") or body.get("message") or {}).get("chat", {})
        if chat.get("type") == "private":
            speaker = await desk.people.speaker(chat["id"])
            screen = plain_screen(speaker.language, "bot-broken")
            await desk.outbox.show(chat["id"], f"broken:{body['update_id']}", screen)

    return Inbox(desk.store, handle=handle, arrived=arrived, failed=failed)


async def _listen(engine: Engine, bot: Bot, inbox: Inbox) -> None:
    """Hear updates for ever, the way that the settings say; Telegram knows one way at a time."""
    webhook = engine.settings.webhook
    naming = asyncio.create_task(_until_done(lambda: introduce(bot, engine.settings)))
    try:
        if webhook is None:
            await _until_done(lambda: bot.delete_webhook(drop_pending_updates=False))
            await Poller(bot, inbox).run()
        else:
            # before Telegram pushes anything, what it pushed earlier is looked after
            setting = asyncio.create_task(_until_done(lambda: _set_webhook(bot, webhook)))
            try:
                await Collector(engine.hints, inbox).run()
            finally:
                setting.cancel()
    finally:
        naming.cancel()


async def _set_webhook(bot: Bot, webhook: Webhook) -> None:
    await bot.set_webhook(
        webhook.url,
        secret_token=webhook.secret,
        allowed_updates=list(ALLOWED_UPDATES),
        max_connections=WEBHOOK_CONNECTIONS,
        drop_pending_updates=False,
    )
    log.info("Telegram pushes to %s", webhook.url.removesuffix(webhook.path))


async def _tidy(desk: Desk) -> None:
    """Forget old rows, now and every few hours."""
    while True:
        try:
            await desk.store.forget_old(desk.clock.now())
        except UnknownOutcome as error:
            log.warning("old rows stay for now: %s", error)
        await asyncio.sleep(TIDY_S)


async def _set_commands(bot: Bot) -> bool:
    for language in LANGUAGES:
        commands = [
            BotCommand(command=name, description=say(language, f"bot-command-{name}")) for name in COMMANDS
        ]
        await bot.set_my_commands(commands, language_code=None if language == LANGUAGE_DEFAULT else language)
    return True


async def introduce(bot: Bot, settings: Settings) -> None:
    """What Telegram shows beside the chat: the commands, and the pocket register behind the menu button."""
    await _set_commands(bot)
    url = f"{settings.public_url}/app"
    # Telegram takes a Mini App by https only; a Bot API server of one's own may stand on this very machine
    if not url.startswith("https://") and settings.telegram_base is None:
        log.warning("the pocket register has no button: TIYN_PUBLIC_URL is not https")
        return
    button = MenuButtonWebApp(text=say(LANGUAGE_DEFAULT, "bot-menu-pocket"), web_app=WebAppInfo(url=url))
    try:
        await bot.set_chat_menu_button(menu_button=button)
    except TelegramBadRequest as error:
        # its answer would be the same every time
        log.warning("the pocket register has no button: %s", error)


async def _until_done(call: Callable[[], Any]) -> None:
    while True:
        try:
            await call()
            return
        except (AiogramError, OSError, TimeoutError) as error:
            log.warning("Telegram is not there yet: %s", error)
            await asyncio.sleep(SETUP_RETRY_S)
