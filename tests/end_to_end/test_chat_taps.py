"""Each task takes the messages and taps that it may (UX.md 4.2), as the sandbox's Telegram counts them.

The time from the last act to what it brings is told at the end of the run and asserted nowhere: the machine is shared.
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from core.domain.catalogue import Item
from tests.end_to_end.chat_street import OWNER, STRANGER, VENDOR, Chat, ChatStreet, chat_street
from tests.end_to_end.code_pictures import code_picture

EAN = "4006381333931"


@dataclass
class Task:
    """One task of one person: what they may write and tap, and how long the answer to the last of it took."""

    here: ChatStreet
    chat: Chat
    told: list[str]
    _began: tuple[int, int] = (0, 0)
    _acted_at_s: float = 0.0
    lasted_ms: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        self._began = self._acts()

    async def tap(self, words: str) -> None:
        await self.chat.offers(words)
        self._acted_at_s = time.monotonic()
        self.chat.press_like(words)

    def say(self, words: str, reply_to: int | None = None) -> None:
        self._acted_at_s = time.monotonic()
        self.chat.say(words, reply_to)

    def photo(self, picture: bytes) -> None:
        self._acted_at_s = time.monotonic()
        self.here.telegram.photo(self.chat.id, picture)

    async def brings(self, *parts: str) -> dict[str, Any]:
        shown = await self.chat.sees(*parts)
        self.lasted_ms[parts[-1]] = round((time.monotonic() - self._acted_at_s) * 1000)
        return shown

    def took(self, name: str, *, messages: int, taps: int) -> None:
        """What the person did since `begin` is exactly this."""
        before, after = self._began, self._acts()
        assert (after[0] - before[0], after[1] - before[1]) == (messages, taps), name
        self.told.append(f"taps: {name}: {messages} messages, {taps} taps, {list(self.lasted_ms.values())} ms")
        self.lasted_ms.clear()

    def _acts(self) -> tuple[int, int]:
        """Messages that this person sent and buttons under messages that were pressed, as Telegram counts them."""
        said = [one for one in self.here.telegram.transcript(self.chat.id) if one["from"] != "bot"]
        return len(said), self.here.telegram._state._counters.get("press", 0)


@pytest.fixture
async def here(database: str, tmp_path: Path) -> AsyncIterator[ChatStreet]:
    async with chat_street(database, tmp_path) as made:
        for item in (Item("Кофе", 80_000, barcode=EAN), Item("Нан", 35_000), Item("Шай", 15_000)):
            await made.street.engine.catalogue.add(OWNER, made.street.register_id, item)
        yield made


@pytest.fixture
def task(here: ChatStreet, told_at_the_end: list[str]) -> Task:
    made = Task(here, here.chat(VENDOR), told_at_the_end)
    made.begin()
    return made


async def test_free_text_with_its_payment_named_is_one_message_and_one_tap(task: Task) -> None:
    task.say("2 кофе 800, булка 350 наличные 2000")
    await task.brings("Итого: 1 950 ₸")
    await task.tap("Пробить 1950 ₸ · сдача 50")
    await task.brings("✔✔", "Чек № 1 · 1 950 ₸", "сдача 50 ₸")
    task.took("free text", messages=1, taps=1)


async def test_only_an_amount_is_one_message_and_the_payment_as_the_tap(task: Task) -> None:
    task.say("800")
    await task.brings("Как оплатили?")
    await task.tap("QR 800")
    await task.brings("✔✔", "Чек № 1 · 800 ₸")
    task.took("an amount only", messages=1, taps=1)


@pytest.mark.parametrize("payment", ["Наличные без сдачи 1300", "Карта 1300"])
async def test_three_goods_of_the_catalogue_are_three_taps_and_two(task: Task, payment: str) -> None:
    task.say("Товары")
    task.begin()
    for name, total in (("Кофе · 800", "800"), ("Нан · 350", "1 150"), ("Шай · 150", "1 300")):
        await task.tap(name)
        await task.brings(f"Итого: {total} ₸")
    await task.tap("Оплата 1300")
    await task.tap(payment)
    await task.brings("✔✔", "Чек № 1 · 1 300 ₸")
    task.took(f"three goods, {payment}", messages=0, taps=3 + 2)


async def test_a_photo_of_a_barcode_is_the_line_itself(task: Task) -> None:
    task.photo(code_picture((EAN, zxingcpp.BarcodeFormat.EAN13)))
    await task.brings("Кофе 800", "Итого: 800 ₸")
    task.took("a barcode to the cart's line", messages=1, taps=0)


async def test_the_last_receipt_once_more_is_a_key_and_a_tap(task: Task) -> None:
    task.say("кофе 800 карта")
    await task.tap("Пробить 800")
    await task.chat.sees("✔✔", "Чек № 1")
    task.begin()
    task.say("↻ Повторить чек")
    await task.chat.until(lambda: "Пробить" in _first_button(task.chat), "the same sale")
    await task.tap("Пробить 800")
    await task.brings("✔✔", "Чек № 2 · 800 ₸")
    task.took("repeat", messages=1, taps=1)


@pytest.mark.parametrize("by_reply", [True, False])
async def test_a_return_is_at_most_three_with_its_confirmation(task: Task, by_reply: bool) -> None:
    task.say("кофе 800 карта")
    await task.tap("Пробить 800")
    receipt = await task.chat.sees("✔✔", "Чек № 1")
    task.begin()
    if by_reply:
        task.say("возврат", reply_to=receipt["id"])
    else:
        await task.tap("Возврат")
    await task.tap("Вернуть 800")
    await task.brings("✔✔", "Возврат № 2 · 800 ₸")
    task.took("a return", messages=int(by_reply), taps=2 - int(by_reply))


async def test_a_shift_opens_with_the_first_sale_and_closes_with_a_key_and_a_tap(task: Task) -> None:
    task.say("кофе 800 карта")
    await task.tap("Пробить 800")
    await task.brings("✔✔", "Чек № 1")
    task.took("a first sale, which opens the shift", messages=1, taps=1)
    assert (await task.here.street.document(1)).document.shift == 1
    task.begin()
    task.say("Закрыть смену")
    await task.tap("Закрыть смену № 1")
    await task.brings("Z-отчёт", "закрыта")
    task.took("close", messages=1, taps=1)


async def test_a_copy_and_the_link_are_one_tap_each(task: Task) -> None:
    await task.here.street.engine.access.new_bridge(task.here.street.organisation_id, "Касса у окна")
    task.say("кофе 800 карта")
    await task.tap("Пробить 800")
    receipt = await task.chat.sees("✔✔", "Чек № 1")
    task.begin()
    await task.tap("Печать копии")
    await task.brings("Копия чека № 1 отправлена на принтер")
    task.took("print a copy", messages=0, taps=1)
    (share,) = [one for row in receipt["keyboard"] for one in row if one["text"] == "Отправить"]
    assert share["url"].startswith("https://t.me/share/url?url="), "the button itself opens the list of chats"


async def test_a_cashier_is_added_by_a_link_a_tap_and_no_more(task: Task) -> None:
    owner, newcomer = task.here.chat(OWNER), Task(task.here, task.here.chat(STRANGER), task.told)
    owner.say("Люди")
    await owner.offers("Пригласить кассира")
    owner.press_like("Пригласить кассира")
    link = re.search(r"start=(j_[\w-]+)", (await owner.sees("start=j_"))["text"])
    assert link is not None
    newcomer.begin()
    task.here.telegram.start(STRANGER, link[1])
    await newcomer.tap("Принять")
    await newcomer.brings("Вы в кассе Дүкен")
    newcomer.took("a cashier by the link: START and a confirmation", messages=1, taps=1)


def _first_button(chat: Chat) -> str:
    keyboard = chat.messages()[-1]["keyboard"]
    return str(keyboard[0][0]["text"]) if keyboard else ""
