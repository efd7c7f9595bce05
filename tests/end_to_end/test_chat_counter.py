"""The shift's feed of receipts, the count of the drawer at the close, net and gross, the business day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from core.clock import MovableClock
from tests.end_to_end.chat_street import OWNER, STRANGER, Chat, ChatStreet, chat_street


async def sold(vendor: Chat, text: str = "кофе 800 нал", total: str = "800", number: int = 1) -> dict[str, Any]:
    vendor.say(text)
    await vendor.offers(f"Пробить {total}")
    vendor.press_like(f"Пробить {total}")
    return await vendor.sees("✔✔", f"Чек № {number} ·")


async def returned(vendor: Chat, receipt: dict[str, Any], total: str, number: int) -> None:
    vendor.say("возврат", reply_to=receipt["id"])
    await vendor.offers(f"Вернуть {total}")
    vendor.press_like(f"Вернуть {total}")
    await vendor.sees(f"Возврат № {number} ·", "ФП")


async def z_of(here: ChatStreet, person: Chat) -> str:
    return str((await person.sees("Z-отчёт", "закрыта"))["text"]).replace("\u00a0", " ")


async def test_net_and_gross_are_told_apart_in_x_and_z(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor, "кофе 5000 нал", "5000", 1)
        receipt = await sold(vendor, "шай 800 нал", "800", 2)
        await sold(vendor, "нан 350 карта", "350", 3)
        await returned(vendor, receipt, "800", 4)
        vendor.say("/x")
        told = str((await vendor.sees("X-отчёт"))["text"]).replace("\u00a0", " ")
        for line in (
            "Продажи: 3 чека на 6 150 ₸, в среднем 2 050 ₸",
            "Возвраты: 1 на 800 ₸",
            "Выручка: 5 350 ₸, возвраты и покупки вычтены",
            "Наличные: 5 800 − 800 = 5 000 ₸",
            "Карта: 350 ₸",
            "В кассе: 5 000 ₸",
        ):
            assert line in told.splitlines()


async def test_the_drawer_that_agrees_is_one_tap_and_stands_under_the_z(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        await sold(vendor)
        vendor.say("Закрыть смену")
        await vendor.offers("Сошлось: 800")
        vendor.press_like("Сошлось: 800")
        await vendor.sees("Закрыть смену № 1?", "Пересчитано 800 ₸, касса сошлась")
        vendor.press_like("Закрыть и изъять 800")
        for person in (vendor, owner):
            assert "Пересчитано 800 ₸, касса сошлась" in await z_of(here, person)
        assert await here.documents() == ["1 sell registered", "2 withdrawal registered", "3 shift_close registered"]


async def test_a_difference_is_kept_with_its_reason_and_cannot_be_changed(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        await sold(vendor, "кофе 5000 нал", "5000")
        vendor.say("Закрыть смену")
        await vendor.offers("Другая сумма")
        vendor.press("Другая сумма")
        await vendor.sees("Должно быть 5 000 ₸")
        vendor.say("нан")
        await vendor.sees("Не понял сумму")
        vendor.say("5 100")
        await vendor.sees("Пересчитано 5 100 ₸, лишние 100 ₸", "Почему?")
        vendor.say("4800")
        await vendor.sees("Пересчитано 4 800 ₸, не хватает 200 ₸ (причину не назвали)")
        vendor.say("дали <b>лишнюю</b> сдачу")
        await vendor.sees("не хватает 200 ₸ (дали <b>лишнюю</b> сдачу)")
        vendor.press("Закрыть смену № 1")
        for person in (vendor, owner):
            assert "не хватает 200 ₸ (дали <b>лишнюю</b> сдачу)" in await z_of(here, person)
        kept = await here.street.engine.drawer.of_shift(here.street.register_id, 1)
        assert kept is not None
        assert (kept.expected, kept.counted, kept.counted_by) == (500_000, 480_000, "Айгүл")
        connection = await asyncpg.connect(database)
        try:
            for statement in ("UPDATE drawer_count SET reason = ''", "DELETE FROM drawer_count"):
                with pytest.raises(asyncpg.PostgresError, match="append-only"):
                    await connection.execute(statement)
            await connection.execute("SET ROLE tiyn_app")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute("DELETE FROM drawer_count")
        finally:
            await connection.close()


async def test_a_close_is_two_taps_without_a_count(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.telegram.start(vendor.id)
        await vendor.sees("Касса готова")
        await sold(vendor)
        vendor.press("Закрыть смену")
        await vendor.offers("Закрыть смену № 1")
        vendor.press("Закрыть смену № 1")
        assert "Пересчитано" not in await z_of(here, vendor)
        assert await here.street.engine.drawer.of_shift(here.street.register_id, 1) is None


async def test_an_empty_drawer_may_be_counted_and_the_last_count_holds(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor)
        for counted in ("0", "300"):
            vendor.say("Закрыть смену")
            await vendor.until(lambda seen=counted: "Другая" in _last_button(vendor), "asked")  # type: ignore[misc]
            vendor.press("Другая сумма")
            await vendor.until(lambda: "Сколько наличных" in vendor.texts()[-1], "asked how much")
            vendor.say(counted)
            await vendor.sees(f"Пересчитано {counted} ₸")
        vendor.press("Не знаем")
        await vendor.sees("Пересчитано 300 ₸, не хватает 500 ₸ (Не знаем)")
        vendor.press("Закрыть смену № 1")
        assert "Пересчитано 300 ₸, не хватает 500 ₸ (Не знаем)" in await z_of(here, vendor)


def _last_button(vendor: Chat) -> str:
    return " ".join(one["text"] for row in vendor.messages()[-1]["keyboard"] for one in row)


async def test_the_feed_filters_finds_and_opens(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("чеки")
        await vendor.sees("Чеков ещё не было")
        for number in range(1, 10):
            await sold(vendor, f"чай {number}00 нал", f"{number}00", number)
        here.street.behave("down")
        vendor.say("Кофе 1234 карта")
        await vendor.offers("Пробить 1234")
        vendor.press_like("Пробить 1234")
        await vendor.sees("☁✕", "Чек № 10 ·")
        vendor.say("чеки")
        page = await vendor.sees("Чеки смены № 1", "☁✕", "Чек № 10", "Кофе", "Чек № 3")
        assert "Чек № 2" not in page["text"].replace("\u00a0", " ")
        vendor.press("Раньше ›")
        await vendor.sees("Чеки смены № 1", "Чек № 2 ·", "Чек № 1 ·")
        vendor.press("Не в ОФД")
        await vendor.offers("● Не в ОФД")
        only = await vendor.sees("Чеки смены № 1", "Чек № 10")
        assert only["id"] == page["id"] and len(only["text"].splitlines()) == 2
        vendor.press("Возвраты")
        await vendor.sees("Чеки смены № 1", "Здесь пусто")
        vendor.press("Найти")
        await vendor.sees("Что найти?")
        vendor.say("КОФ")
        await vendor.sees("Нашлось по «КОФ»", "Чек № 10")
        vendor.say("найти 700")
        await vendor.sees("Нашлось по «700»", "Чек № 7 · 700 ₸")
        vendor.say("найти 3")
        await vendor.sees("Нашлось по «3»", "Чек № 3 ·")
        vendor.press("№ 3")
        await vendor.until(lambda: "принят ОФД" in vendor.texts()[-1], "the receipt at the end of the chat")
        assert "Чек № 3 ·" in vendor.texts()[-1].replace("\u00a0", " ")
        assert [one["text"] for one in vendor.messages()[-1]["keyboard"][0]] == ["Открыть чек", "QR"]
        vendor.say("найти <b>нет такого")
        await vendor.sees("Ничего не нашлось")


async def test_a_receipt_opened_from_the_feed_follows_its_mark(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        here.street.behave("down")
        vendor.say("кофе 800 карта")
        await vendor.offers("Пробить 800")
        vendor.press_like("Пробить 800")
        await vendor.sees("☁✕", "Чек № 1 ·")
        owner.say("чеки")
        await owner.offers("№ 1")
        owner.press("№ 1")
        await owner.sees("☁✕ Чек № 1 ·", "Автономно")
        await here.street.recover()
        await owner.sees("☁✕ ✔✔ Чек № 1 ·", "был автономным")


async def test_a_foreign_chat_neither_leafs_nor_counts(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, stranger = here.chat(), here.chat(STRANGER)
        await sold(vendor)
        stranger.say("чеки")
        await stranger.sees("У вас нет кассы")
        stranger.say("день с 6")
        await stranger.until(lambda: len([one for one in stranger.texts() if "нет кассы" in one]) == 2, "told again")
        assert (await here.street.view()).registration.day_begins == 0


async def test_a_night_shops_today_begins_at_its_hour(database: str, tmp_path: Path) -> None:
    clock = MovableClock()
    now = clock.now()
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    clock.set_offset(midnight - now - timedelta(hours=1))
    async with chat_street(database, tmp_path, clock=clock) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        await sold(vendor, "кофе 800 нал", "800", 1)
        here.street.advance(hours=3)
        await sold(vendor, "шай 150 нал", "150", 2)
        vendor.say("чеки")
        await vendor.offers("За сегодня")
        vendor.press("За сегодня")
        today = await vendor.sees("Чеки за сегодня", "Чек № 2")
        assert "Чек № 1" not in today["text"].replace("\u00a0", " ")
        vendor.say("рабочий день")
        await vendor.sees("начинается в 00:00", "Изменить может владелец")
        owner.say("рабочий день")
        await owner.offers("06:00")
        owner.press("06:00")
        await owner.sees("Рабочий день начинается в 06:00")
        vendor.say("чеки")
        await vendor.until(lambda: "За сегодня" in _last_button(vendor), "a new feed")
        vendor.press("За сегодня")
        await vendor.sees("Чеки за сегодня", "Чек № 2", "Чек № 1")
