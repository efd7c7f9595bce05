"""Selling by taps, as a vendor lives it: the real bot over HTTP, every tap counted."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from bot.press import unpack
from bot.screens.wording import tenge
from core.db.chat import ChatStore
from core.domain.catalogue import Item
from tests.end_to_end.chat_street import OWNER, VENDOR, Chat, ChatStreet, chat_street

GOODS = (
    Item("Кофе", 80_000, section="Напитки", favourite=True),
    Item("Нан", 35_000, section="Хлеб"),
    Item("Сыр", 320_000, unit="116", section="Молочное"),
    Item("Шай", 15_000, section="Напитки"),
)


class Thumb:
    """Presses and counts; waits for each repaint, as a person does."""

    def __init__(self, vendor: Chat) -> None:
        self.vendor = vendor
        self.taps = 0

    async def taps_on(self, words: str, *then: str) -> dict[str, Any]:
        await self.vendor.offers(words)
        self.taps += 1
        self.vendor.press_like(words)
        return await self.vendor.sees(*then) if then else {}

    async def types(self, *keys: str) -> None:
        """Keys of the keypad, by exactly what stands on them."""
        await self.vendor.offers("⌫")
        for key in keys:
            self.taps += 1
            self.vendor.press(text=key)


async def stocked(here: ChatStreet, goods: tuple[Item, ...] = GOODS) -> None:
    for item in goods:
        await here.street.engine.catalogue.add(OWNER, here.street.register_id, item)


async def opened(here: ChatStreet, word: str = "Товары") -> Thumb:
    vendor = here.chat()
    vendor.say(word)
    await vendor.offers("Кофе·800")
    return Thumb(vendor)


async def test_three_items_in_cash_take_three_taps_and_two_in_one_message(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        cart = await thumb.taps_on("Кофе · 800", "Кофе 800", "Итого: 800 ₸")
        await thumb.taps_on("Кофе · 800", "Кофе 2 × 800 = 1 600")
        await thumb.taps_on("Нан · 350", "Итого: 1 950 ₸")
        await thumb.taps_on("Оплата 1950")
        await thumb.vendor.offers("2000→50")
        await thumb.taps_on("Наличные без сдачи 1950")
        assert thumb.taps == 3 + 2
        await thumb.vendor.sees("✔✔", "Чек № 1 · 1 950 ₸", "Наличные: 1 950 ₸")
        await thumb.vendor.offers("✔ Чек № 1")
        spent = next(one for one in thumb.vendor.messages() if one["id"] == cart["id"])
        assert [[one["text"] for one in row] for row in spent["keyboard"]] == [["✔ Чек № 1"]]
        assert spent["text"].endswith("1\u00a0950\u00a0₸") and "→" not in spent["text"]
        assert await here.documents() == ["1 sell registered"]


async def test_the_next_cart_stands_ready_so_the_next_sale_needs_no_door(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        for number in (1, 2):
            thumb.taps = 0
            await thumb.taps_on("Шай · 150", "Итого: 150 ₸")
            await thumb.taps_on("Оплата 150")
            await thumb.taps_on("Карта 150")
            await thumb.vendor.sees("✔✔", f"Чек № {number} · 150 ₸", "Карта")
            await thumb.vendor.sees("Корзина пуста")
            assert thumb.taps == 1 + 2
        assert await here.documents() == ["1 sell registered", "2 sell registered"]


async def test_a_note_gives_change_and_a_part_in_cash_leaves_the_rest_to_the_card(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        await thumb.taps_on("Нан · 350")
        await thumb.taps_on("Оплата 350")
        await thumb.taps_on("500 → 150")
        await thumb.vendor.sees("✔✔", "Чек № 1 · 350 ₸", "сдача 150 ₸")
        await thumb.taps_on("Кофе · 800")
        await thumb.taps_on("Оплата 800")
        await thumb.taps_on("Смешанная оплата", "Сколько из них наличными")
        await thumb.types("5", "00", "⌫", "0")
        await thumb.taps_on("Наличные 500 + карта 300")
        await thumb.vendor.sees("✔✔", "Чек № 2 · 800 ₸", "Наличные: 500 ₸", "Карта: 300 ₸")
        await thumb.taps_on("Шай · 150")
        await thumb.taps_on("Оплата 150")
        await thumb.taps_on("Другая сумма", "Сколько дал покупатель")
        thumb.vendor.say("1 000")
        await thumb.taps_on("Пробить 150 ₸ · сдача 850")
        await thumb.vendor.sees("✔✔", "Чек № 3 · 150 ₸", "сдача 850 ₸")


async def test_quantity_discount_and_an_amount_by_taps(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        await thumb.taps_on("Сыр · 3200", "Сыр 1 кг × 3 200")
        await thumb.taps_on("Изменить")
        await thumb.taps_on("Сыр 1 кг × 3200 = 3200")
        await thumb.taps_on("Количество", "Сколько?")
        await thumb.types("1", ",", "5")
        await thumb.taps_on("Поставить 1,5", "Сыр 1,5 кг × 3 200 = 4 800")
        await thumb.taps_on("+", "Сыр 2,5 кг × 3 200 = 8 000")
        await thumb.taps_on("−", "Сыр 1,5 кг × 3 200 = 4 800")
        await thumb.taps_on("Назад")
        await thumb.vendor.offers("Очистить корзину")
        await thumb.taps_on("Назад", "Итого: 4 800 ₸")
        await thumb.taps_on("Скидка")
        await thumb.taps_on("10 %", "Скидка: 480 ₸", "Итого: 4 320 ₸")
        await thumb.taps_on("Сумма без товара", "Сумма без названия")
        await thumb.types("2", "5", "0")
        await thumb.taps_on("Добавить 250", "Товар 250", "Скидка: 505 ₸", "Итого: 4 545 ₸")
        await thumb.taps_on("Скидка")
        await thumb.taps_on("Другой процент")
        thumb.vendor.say("7,5%")
        await thumb.vendor.sees("Скидка: 378,75 ₸", "Итого: 4 671,25 ₸")
        await thumb.taps_on("Изменить")
        await thumb.taps_on("Товар 250")
        await thumb.taps_on("Убрать", "Итого: 4 440 ₸")
        await thumb.taps_on("Очистить корзину", "Корзина пуста")
        assert await here.documents() == []


async def test_sections_pages_and_search_find_goods(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here, (*GOODS, *(Item(f"Сок {n:02d}", 40_000 + n * 100, section="Соки") for n in range(12))))
        thumb = await opened(here)
        await thumb.taps_on("Разделы", "Выберите раздел")
        await thumb.taps_on("Соки · 12", "Соки")
        await thumb.vendor.offers("1/2")
        await thumb.taps_on("›")
        await thumb.taps_on("Сок 11 · 411", "Итого: 411 ₸")
        await thumb.taps_on("Все товары")
        await thumb.vendor.offers("Кофе·800")
        thumb.vendor.say("сок 07")
        await thumb.vendor.sees("Сок 07 407", "Итого: 818 ₸")
        thumb.vendor.say("коф")
        await thumb.vendor.sees("Нашлось по «коф»: 1", "Итого: 818 ₸")
        await thumb.taps_on("Кофе · 800", "Итого: 1 618 ₸")
        thumb.vendor.say("такого нет")
        await thumb.vendor.sees("Не понял")


async def test_a_sale_by_message_is_remembered_and_then_tapped(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("самса 450 карта")
        await vendor.offers("Пробить 450")
        vendor.press_like("Пробить 450")
        await vendor.sees("✔✔", "Чек № 1")
        catalogue, register = here.street.engine.catalogue, here.street.register_id

        async def knows() -> bool:
            return await catalogue.by_name(VENDOR, register, "самса") is not None

        await here.street.until(knows)
        vendor.say("самс")
        await vendor.offers("самса·450")
        vendor.press_like("самса·450")
        await vendor.sees("самса 450", "Итого: 450 ₸")


async def test_repeating_the_last_receipt_takes_two_taps(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("/r")
        await vendor.sees("Повторять пока нечего")
        vendor.say("2 кофе 800, нан 350, скидка 50, нал 2000")
        await vendor.offers("Пробить 1900")
        vendor.press_like("Пробить 1900")
        await vendor.sees("✔✔", "Чек № 1 · 1 900 ₸")
        vendor.say("↻ Повторить чек")
        await vendor.until(lambda: _top_button(vendor) == "Пробить1900₸", "the same sale without the old change")
        assert vendor.find("кофе 2 × 800", "Скидка: 50 ₸", "Итого: 1 900 ₸", "Наличные: 1 900 ₸") is not None
        vendor.press_like("Пробить 1900")
        await vendor.sees("✔✔", "Чек № 2 · 1 900 ₸")


def _top_button(vendor: Chat) -> str:
    keyboard = vendor.messages()[-1]["keyboard"]
    return "".join(keyboard[0][0]["text"].split()) if keyboard else ""


async def test_double_taps_repeated_updates_and_two_phones_make_one_receipt(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        here.telegram.set_behaviour("repeat_updates")
        await thumb.taps_on("Кофе · 800", "Кофе 800", "Итого: 800 ₸")
        await thumb.taps_on("Нан · 350", "Итого: 1 150 ₸")
        await thumb.taps_on("Оплата 1150")
        stale = (await thumb.vendor.offers("Наличные без сдачи"))["data"]
        await thumb.taps_on("Назад")
        await thumb.taps_on("Шай · 150", "Итого: 1 300 ₸")
        press = unpack(stale)
        assert press is not None
        await thumb.taps_on("Оплата 1300")
        data = (await thumb.vendor.offers("Наличные без сдачи 1300"))["data"]
        # what a second phone still shows: the total of a moment ago
        await _pressed_data(here, stale)
        await thumb.vendor.sees("Корзина изменилась", "Итого: 1 300 ₸")
        await thumb.vendor.until(
            lambda: [one for one in here.toasts() if "Корзина изменилась, проверьте итог" in one], "a true toast"
        )
        assert await here.documents() == []
        for _ in range(3):
            thumb.vendor.press(data=data)
        await thumb.vendor.sees("✔✔", "Чек № 1 · 1 300 ₸")
        await thumb.vendor.offers("✔ Чек № 1")
        await _pressed_data(here, data)
        await thumb.vendor.until(
            lambda: [one for one in here.toasts() if "Уже пробит: чек № 1" in one], "the result of a spent cart"
        )
        assert await here.documents() == ["1 sell registered"]


async def _pressed_data(here: ChatStreet, data: str) -> None:
    """A press of a button that another phone still shows: Telegram delivers it, whatever this screen looks like."""
    state = here.telegram._state
    message = next(one for one in state.latest_first(VENDOR) if one.inline_keyboard)
    kept = message.inline_keyboard
    message.inline_keyboard = [[{"text": "stale", "callback_data": data}]]
    here.telegram.press(VENDOR, data=data)
    message.inline_keyboard = kept


async def test_a_cart_survives_a_restart_of_the_bot(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        await thumb.taps_on("Кофе · 800", "Итого: 800 ₸")
        await thumb.taps_on("Сумма без товара", "Сумма без названия")
        await thumb.types("5")
        await thumb.vendor.sees("5 ₸")
        await here.stop_bot()
        thumb.vendor.press(text="00")
        await here.start_bot()
        await thumb.taps_on("Добавить 500", "Товар 500", "Итого: 1 300 ₸")


async def test_what_the_operator_refused_stays_in_the_next_cart(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        await thumb.taps_on("Кофе · 800")
        await thumb.taps_on("Оплата 800")
        here.street.behave("ok", result_code=13, text="неверные данные", times=1)
        await thumb.taps_on("Карта 800")
        await thumb.vendor.sees("✖ Чек № 1", "неверные данные")
        await thumb.taps_on("Оплата 800")
        await thumb.taps_on("Карта 800")
        await thumb.vendor.sees("✔✔", "Чек № 2 · 800 ₸")


async def test_a_removed_cashier_can_press_nothing_and_a_forged_button_makes_nothing(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        await thumb.taps_on("Кофе · 800", "Итого: 800 ₸")
        await thumb.taps_on("Оплата 800")
        data = (await thumb.vendor.offers("Карта 800"))["data"]
        draft = data.split(":")[1]
        for forged in (
            f"b:{draft}:1:Pcard",
            f"b:{draft}:80000:Pcard90000",
            f"b:{draft}:80000:Pgold",
            f"b:{draft}:80000:Pcash100",
            f"b:{draft}:80000:",
            f"b:{draft}:99:tno-such-item",
            f"b:{draft}:999999999999:o",
            f"b:{draft}:0:kx",
            f"b:{draft}:0:z" + "9" * 20,
            "b:none:1:Pcard",
        ):
            await _pressed_data(here, forged)
        thumb.vendor.say("/help")
        await thumb.vendor.sees("Как продать")
        assert await here.documents() == []
        store = ChatStore(here.street.engine.database)
        row = await store.draft(draft)
        assert row is not None and row.state == "open"
        await here.street.engine.people.link_person(here.street.register_id, VENDOR, "viewer", "Айгүл", "ru")
        await _pressed_data(here, data)
        await thumb.vendor.sees("вы можете только смотреть отчёты")
        assert await here.documents() == []


async def test_a_cart_cut_off_while_it_is_paid_becomes_one_receipt(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process goes away while the operator has not answered yet: the next one finishes the same document."""
    monkeypatch.setattr("bot.inbox.CLOSE_S", 0)
    monkeypatch.setattr("bot.desk.CLOSE_S", 0)
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        await thumb.taps_on("Кофе · 800")
        await thumb.taps_on("Оплата 800")
        here.street.behave("slow", delay_s=2)
        await thumb.taps_on("Карта 800")
        await thumb.vendor.sees("✔ Чек № 1", "Сохранён")
        await here.stop_bot()
        here.street.behave()
        await here.start_bot()
        await thumb.vendor.offers("✔ Чек № 1")
        await thumb.vendor.sees("Корзина пуста")
        assert len([one for one in thumb.vendor.texts() if "Корзина пуста" in one]) == 1
        assert len(await here.documents()) == 1 and len(here.street.booked()) == 1


async def test_a_storm_of_taps_each_delivered_twice_is_counted_exactly(database: str, tmp_path: Path) -> None:
    """The cart after any taps is what a plain count of them says, whatever was repainted meanwhile."""
    chance = random.Random(20261123)
    async with chat_street(database, tmp_path) as here:
        await stocked(here)
        thumb = await opened(here)
        prices = {"Кофе · 800": 80_000, "Нан · 350": 35_000, "Сыр · 3200": 320_000, "Шай · 150": 15_000}
        buttons = {name: thumb.vendor.button(name)["data"] for name in prices}
        here.telegram.set_behaviour("repeat_updates")
        total = 0
        for name in chance.choices(list(prices), k=120):
            total += prices[name]
            thumb.vendor.press(data=buttons[name])
        await thumb.vendor.sees(f"Итого: {tenge(total)} ₸")
        await thumb.taps_on(f"Оплата {tenge(total)}")
        await thumb.taps_on(f"Карта {tenge(total)}")
        await thumb.vendor.sees("✔✔", f"Чек № 1 · {tenge(total)} ₸")
        assert await here.documents() == ["1 sell registered"]
