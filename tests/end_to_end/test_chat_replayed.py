"""The same updates a thousand times over — repeated, reordered, replayed after a restart: one receipt a draft."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

from aiogram import Bot

from bot.desk import Desk
from bot.inbox import Inbox
from bot.polling import GetRawUpdates
from bot.service import dispatcher_of, open_bot, open_inbox
from bot.toasts import Toasts
from core.texts import say
from tests.end_to_end.chat_street import Chat, ChatStreet, chat_street, desk_of

PRICES = (800, 350, 1200, 90)
TIMES = 1_000
BATCH = 50
NEW_IDS_FROM = 1_000_000
SEED = 20261125

Body = dict[str, Any]


class Ear:
    """Hears what Telegram has for the bot; what it gives the inbox, and how often, is the test's affair."""

    def __init__(self, bot: Bot, desk: Desk) -> None:
        self._bot = bot
        self._desk = desk
        self._offset = 0
        self.inbox = self._new_inbox()

    def _new_inbox(self) -> Inbox:
        desk = self._desk
        return open_inbox(self._bot, dispatcher_of(desk), desk, Toasts(desk, desk.outbox._telegram))

    async def hear(self) -> list[Body]:
        """What came since the last time."""
        bodies: list[Body] = await self._bot(GetRawUpdates(offset=self._offset, timeout=0))
        if bodies:
            self._offset = bodies[-1]["update_id"] + 1
        return bodies

    async def quiet(self) -> None:
        """Until everything that was taken in is handled."""
        while self.inbox._workers:
            await asyncio.wait(list(self.inbox._workers.values()))

    async def restart(self) -> None:
        """What the inbox remembered in memory is gone, as after a crash; the rows are not."""
        await self.inbox.close()
        self.inbox = self._new_inbox()
        await self.inbox.resume()


async def previewed(vendor: Chat, ear: Ear) -> list[Body]:
    """The messages of all sales, each with its preview on the screen."""
    for price in PRICES:
        vendor.say(f"кофе {price} карта")
    messages = await ear.hear()
    await ear.inbox.take_in(messages)
    for price in PRICES:
        await vendor.offers(f"Пробить {price}")
    return messages


async def pressed(vendor: Chat, ear: Ear) -> list[Body]:
    """The presses on all previews, not given to anybody yet."""
    for price in PRICES:
        vendor.press_like(f"Пробить {price}")
    presses = await ear.hear()
    assert len(presses) == len(PRICES) and all("callback_query" in one for one in presses)
    return presses


async def rained(ear: Ear, messages: list[Body], presses: list[Body]) -> None:
    """A thousand deliveries in disorder: the very same updates, and the same presses under new ids."""
    chance = random.Random(SEED)
    for begin in range(0, TIMES, BATCH):
        bodies = []
        for number in range(begin, begin + BATCH):
            if chance.random() < 0.5:
                bodies.append(chance.choice(messages + presses))
            else:
                bodies.append({**chance.choice(presses), "update_id": NEW_IDS_FROM + number})
        await ear.inbox.take_in(bodies)
        if begin == TIMES // 2:
            await ear.restart()
    await ear.quiet()


async def one_receipt_each(here: ChatStreet, vendor: Chat) -> None:
    documents = await here.documents()
    assert documents == [f"{number} sell registered" for number in range(1, len(PRICES) + 1)]
    booked = here.street.booked()
    assert [one["printed_document_number"] for one in booked] == list(range(1, len(PRICES) + 1))
    for price in PRICES:
        grouped = f"{price:,}".replace(",", "")
        await vendor.sees("✔✔", f"· {grouped} ₸")
        of_it = [one for one in vendor.texts() if "Чек №" in one and f"·{grouped}₸" in "".join(one.split())]
        assert len(of_it) == 1, of_it
    broken = say("ru", "bot-broken").splitlines()[0]
    assert not any(broken in one for one in vendor.texts())


async def test_a_thousand_replays_make_one_receipt_of_each_draft(database: str, tmp_path: Path) -> None:
    async with (
        chat_street(database, tmp_path, start=False) as here,
        desk_of(here) as desk,
        open_bot(here.settings) as bot,
    ):
        vendor, ear = here.chat(), Ear(bot, desk)
        messages = await previewed(vendor, ear)
        presses = await pressed(vendor, ear)
        await rained(ear, messages, presses)
        await one_receipt_each(here, vendor)
        await ear.inbox.take_in(messages + presses)
        await ear.quiet()
        await one_receipt_each(here, vendor)
        await ear.inbox.close()
        await here.street.agrees()
