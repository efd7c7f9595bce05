"""The evening card of a long day: from the close of the shift until Telegram has the picture, and the picture alone."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from aiogram.types import BufferedInputFile
from pydantic import SecretStr

from bot.desk import Desk
from bot.drawings import Drawings
from bot.newsroom import Newsroom
from bot.outbox import Outbox
from bot.people import People
from bot.screens.screen import from_body
from bot.service import open_bot
from bot.telegram import qr_png
from core.db.chat import ChatStore
from core.domain.document import Document
from core.reports.evening_picture import Picture, render_evening
from sandbox.bench.figures import Figure, at_most, median
from sandbox.bench.ground import Ground
from sandbox.bench.messenger import BOT, messenger
from sandbox.bench.parts.chats import WatchedTelegram

CARD_MS_MAX = 1_000.0
PICTURE_MS_MAX = 500.0
OWNER = 1_000
SHOWN_S_MAX = 60
NEWS_WAIT_S = 0.1
WARM = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """Receipts of the day; how many days are closed; how often the picture is drawn."""

    receipts: int
    rounds: int
    pictures: int


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """Each day on a register of its own, counted into the read models behind its sales, as the product does it."""
    whole, shown = [], None
    for _ in range(scale.rounds):
        taken, shown = await _closed(ground, scale.receipts)
        whole.append(taken)
    assert shown is not None, "at least one day was closed"
    drawn = [_drawn(shown) for _ in range(WARM + scale.pictures)][WARM:]
    title = f"card: of {scale.receipts} receipts, from the close to Telegram"
    return [
        Figure(title, median(whole), "ms", CARD_MS_MAX, at_most(1), tuple(whole), "with the Z-report and the sending"),
        Figure("card: the picture", median(drawn), "ms", PICTURE_MS_MAX, at_most(1), tuple(drawn)),
    ]


async def _closed(ground: Ground, receipts: int) -> tuple[float, Picture]:
    """Milliseconds from the call that closes the shift until its owner has the card, and what that shows."""
    registration = await ground.register()
    ground.say(f"{receipts} receipts are being written")
    await ground.filled(registration, receipts, told=True)
    await ground.engine.people.link_person(registration.register_id, OWNER, "owner", "Ие", "ru")
    await ground.engine.takings.catch_up(registration.register_id)
    with messenger([OWNER]) as base:
        settings = ground.engine.settings.model_copy(
            update={"telegram_token": SecretStr(BOT), "telegram_base": base}
        )
        async with open_bot(settings) as bot:
            store = ChatStore(ground.engine.database)
            telegram = WatchedTelegram(bot, Drawings(ground.engine.books).drawn)
            outbox = Outbox(store, telegram, ground.clock.monotonic)
            people = People(ground.engine, store, ground.clock)
            reading = asyncio.create_task(Newsroom(Desk(ground.engine, store, outbox, people, ground.clock)).run())
            # the first photo of the bench's Telegram costs it seconds, and none of ours
            await bot.send_photo(OWNER, BufferedInputFile(qr_png("warm"), "warm.png"))
            await _read_out(ground)
            begun = time.perf_counter()
            key = f"card-{registration.device_id}"
            made = await ground.engine.acts.close_shift(registration.register_id, withdraw_cash=False, key=key)
            async with asyncio.timeout(SHOWN_S_MAX):
                await telegram.shown.wait()
            taken = (time.perf_counter() - begun) * 1000
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            await outbox.close()
    await ground.engine.people.link_person(registration.register_id, OWNER, "cashier", "Ие", "ru")
    return taken, await _shown(store, made.view.document, receipts)


async def _read_out(ground: Ground) -> None:
    """Whoever closes the shift has seen the receipts of the day: their news have been read."""
    while await ground.bare.fetchval("SELECT EXISTS (SELECT 1 FROM news WHERE done_at IS NULL)"):
        await ground.engine.hints.wait(NEWS_WAIT_S)


async def _shown(store: ChatStore, document: Document, receipts: int) -> Picture:
    """The picture that was sent, which holds every receipt of the day."""
    (row,) = await store.messages_of_document(document.register_id, document.number)
    screen, report = from_body(row.body), document.report
    assert screen is not None and screen.card is not None and report is not None
    assert report.tickets["sell"].count == receipts and screen.card.total == report.revenue
    return screen.card


def _drawn(picture: Picture) -> float:
    begun = time.perf_counter()
    render_evening(picture)
    return (time.perf_counter() - begun) * 1000
