"""A sale by message and press, as a vendor lives it: the real bot over HTTP."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.chat_street import OWNER, STRANGER, chat_street


async def test_a_sale_by_message_and_one_press(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("2 кофе 800, нан 350, нал 2000")
        preview = await vendor.sees("кофе 2 × 800 = 1 600", "нан 350", "Итого: 1 950 ₸", "сдача 50 ₸")
        assert await here.documents() == []
        assert preview["keyboard"][0][0]["text"].replace("\u00a0", " ") == "Пробить 1 950 ₸ · сдача 50"
        vendor.press_like("Пробить 1950")
        receipt = await vendor.sees("✔✔", "Чек № 1 · 1 950 ₸", "сдача 50 ₸", "ФП", "принят ОФД")
        assert [one["text"] for one in receipt["keyboard"][0]] == ["Открыть чек", "QR"]
        assert receipt["keyboard"][0][0]["url"].startswith("http://127.0.0.1:8080/r/")
        await vendor.offers("✔ Чек № 1")
        assert await here.documents() == ["1 sell registered"]
        assert len(here.street.booked()) == 1


async def test_payment_is_the_tap_when_none_was_named(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("800")
        await vendor.sees("Как оплатили?")
        vendor.press_like("Карта 800")
        await vendor.sees("✔✔", "Чек № 1 · 800 ₸", "Карта: 800 ₸")


async def test_one_tap_switches_the_reading_in_the_same_message(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("2 кофе 800 карта")
        first = await vendor.sees("Итого: 1 600 ₸")
        vendor.press_like("всего 800")
        second = await vendor.sees("Итого: 800 ₸")
        assert second["id"] == first["id"]
        vendor.press_like("Пробить 800")
        await vendor.sees("✔✔", "Чек № 1 · 800 ₸")


async def test_a_button_sells_what_it_names_also_after_the_reading_was_switched(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("2 кофе 800 карта")
        await vendor.sees("Итого: 1 600 ₸")
        named = vendor.button("Пробить 1600")["data"]
        vendor.press_like("всего 800")
        vendor.press(data=named)
        await vendor.sees("✔✔", "Чек № 1 · 1 600 ₸")


async def test_two_presses_and_repeated_updates_make_one_receipt(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.telegram.set_behaviour("repeat_updates")
        vendor.say("кофе 800 карта")
        await vendor.offers("Пробить 800")
        data = vendor.button("Пробить 800")["data"]
        for _ in range(3):
            vendor.press(data=data)
        await vendor.sees("✔✔", "Чек № 1")
        await vendor.offers("✔ Чек № 1")
        vendor.press(data=data)
        toasts = await vendor.until(
            lambda: [one for one in here.toasts() if "Уже пробит: чек № 1" in one], "the result of a spent draft"
        )
        assert toasts
        assert await here.documents() == ["1 sell registered"]
        assert len([one for one in vendor.texts() if "Чек № 1" in one]) == 1


async def test_autonomous_and_back_in_one_message(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        here.street.behave("down")
        vendor.say("кофе 800 карта")
        await vendor.offers("Пробить 800")
        vendor.press_like("Пробить 800")
        receipt = await vendor.sees("☁✕", "Чек № 1", "Автономно", "В очереди 1-й")
        for person in (vendor, owner):
            told = await person.sees("касса работает автономно", "Причина", "ждёт отправки 1 документ", "Что сделать")
            assert not person.is_silent(told)
        await vendor.offers("Я оплатил")
        vendor.press_like("Я оплатил")
        await vendor.sees("ОФД не ответил", "ждёт отправки 1 документ", "каждую минуту")
        here.street.behave()
        await here.street.deliver()
        after = await vendor.sees("☁✕ ✔✔", "Чек № 1", "ФП")
        assert after["id"] == receipt["id"] and len(after["edits"]) <= 2
        assert owner.is_silent(await owner.sees("связь с ОФД есть"))


async def test_silence_shows_the_saved_receipt_before_the_outcome(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.street.behave("silent")
        vendor.say("кофе 800 карта")
        await vendor.offers("Пробить 800")
        vendor.press_like("Пробить 800")
        receipt = await vendor.sees("✔ Чек № 1", "Сохранён")
        after = await vendor.sees("☁✕", "Чек № 1", "ОФД не ответил за 5 секунд")
        assert after["id"] == receipt["id"] and len(after["edits"]) == 1


async def test_a_refused_receipt_says_why_and_counts_nowhere(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.street.behave("ok", result_code=13, text="неверные данные", times=1)
        vendor.say("кофе 800 карта")
        await vendor.offers("Пробить 800")
        vendor.press_like("Пробить 800")
        await vendor.sees("✖ Чек № 1", "неверные данные", "не учтены")
        await vendor.offers("✖ Чек № 1")


async def test_a_stranger_and_unreadable_words_get_a_clear_answer(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        stranger, vendor = here.chat(STRANGER), here.chat()
        stranger.say("кофе 800")
        await stranger.sees("У вас нет кассы", str(STRANGER))
        vendor.say("<b>привет & пока</b>")
        await vendor.sees("Не понял", "кофе 800")
        vendor.press_like("Попробовать")
        await vendor.sees("кофе 800", "Итого: 800 ₸")
        vendor.say("кофе -5")
        vendor.say("кофе 9999999999999")
        vendor.say("🎉" * 300)
        vendor.say("кофе 0")
        vendor.say("нан 350 карта")
        await vendor.offers("Пробить 350")
        assert await here.documents() == []


async def test_markup_and_control_bytes_in_a_name_stay_text(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("торт <b>&\x1b[1m\u202e 500 карта")
        await vendor.until(lambda: len(vendor.messages()) == 1, "an answer")
        assert "<b>&" in vendor.texts()[0] and "\x1b" not in vendor.texts()[0] and "\u202e" not in vendor.texts()[0]


async def test_a_cancelled_draft_makes_nothing(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("кофе 800 карта")
        await vendor.offers("Пробить 800")
        vendor.press_like("Отмена")
        await vendor.sees("Отменено")
        assert await here.documents() == []
