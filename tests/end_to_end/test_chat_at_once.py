"""A sale that names its payment is made at once where the owner wants it so: one message, no tap (UX.md 4.2)."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.chat_street import OWNER, Chat, ChatStreet, chat_street
from tests.integration.engine_street import neighbour


async def turned_on(here: ChatStreet) -> Chat:
    owner = here.chat(OWNER)
    owner.say("настройки")
    await owner.offers("Пробивать сразу")
    owner.press_like("Пробивать сразу")
    await owner.sees("✔ Записано", "Чек сразу, без кнопки: да", "2 × 800 = 1 600")
    return owner


async def test_a_sale_with_its_payment_takes_no_tap(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, vendor = await turned_on(here), here.chat()
        vendor.say("2 кофе 800, булка 350 наличные 2000")
        await vendor.sees("✔✔", "Чек № 1 · 1 950 ₸", "сдача 50 ₸")
        await vendor.offers("✔ Чек № 1")
        above = await vendor.sees("кофе", "2 × 800 = 1 600", "Итого: 1 950 ₸")
        assert [one["text"] for row in above["keyboard"] for one in row] == ["✔ Чек № 1"]
        vendor.say("кофе 500")
        await vendor.sees("Итого: 500 ₸", "Как оплатили?")
        assert await here.documents() == ["1 sell registered"]
        owner.press_like("Сначала показывать")
        await owner.sees("✔ Записано", "Чек сразу, без кнопки: нет")
        vendor.say("чай 300 карта")
        await vendor.offers("Пробить 300")
        assert await here.documents() == ["1 sell registered"]


async def test_an_update_that_comes_twice_sells_once(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await turned_on(here)
        here.telegram.set_behaviour("repeat_updates")
        vendor = here.chat()
        vendor.say("хлеб 200 карта")
        await vendor.sees("✔✔", "Чек № 1 · 200 ₸")
        vendor.say("хлеб 200 карта")
        await vendor.sees("✔✔", "Чек № 2 · 200 ₸")
        assert await here.documents() == ["1 sell registered", "2 sell registered"]
        await here.stop_bot()
        await here.street.agrees()


async def test_what_cannot_be_sold_is_refused_in_words_and_the_other_register_asks_as_before(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = await turned_on(here)
        other = await neighbour(here.street)
        await here.street.engine.people.link_person(other.register_id, OWNER, "owner", "Ерлан", "ru")
        vendor = here.chat()
        here.street.behave(result_code=13, text="Неверный формат", commands=["TICKET"])
        vendor.say("сыр 900 карта")
        await vendor.sees("✖", "Чек № 1")
        here.street.behave()
        owner.say("/registers")
        await owner.offers("Продавать на: Дүкен")
        owner.press_like("Продавать на: Дүкен")
        await owner.sees("Теперь вы продаёте")
        owner.say("сыр 900 карта")
        await owner.offers("Пробить 900")
