"""«Итоги» of any period in the chat: words, buttons of the living message, files, and everything that is no period."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook

from tests.end_to_end.chat_street import OWNER, STRANGER, VENDOR, Chat, ChatStreet, chat_street
from tests.end_to_end.test_chat_evening import busy_day, card, cards, drawn, plain, quiet
from tests.end_to_end.test_chat_goods import file_of
from tests.integration.engine_street import StillClock, neighbour


async def pressed(chat: Chat, part: str, *shown: str) -> str:
    """Press a button of the newest card; what the same message says then."""
    chat.press_like(part)
    return plain(await card(chat, *shown))


async def test_the_buttons_turn_one_living_message(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        await busy_day(here.street)
        owner.say("итоги")
        first = await card(owner, "Итоги · понедельник, 23 ноября", "Смена ещё открыта")
        report = await here.street.engine.books.x_report(here.street.register_id)
        assert (await drawn(here, owner, first)).total == report.revenue
        goods = await pressed(owner, "По товарам", "По товарам ·", "A:")
        assert "1. Нан · " in goods and "Самса · 2 · 350 ₸" in goods
        assert "Без имени: 101 584,55 ₸, чеков 4" in await pressed(owner, "По кассирам", "По кассирам ·")
        hours = await pressed(owner, "По часам", "По часам ·", "Больше всего: 12–13")
        assert "09–10 · 800 ₸ · чеков 1" in hours and "10–11 · 1 584,56 ₸ · чеков 2" in hours
        vat = await pressed(owner, "НДС", "НДС ·", "Ставка 16 %")
        assert f"НДС всего: {taxes(report)} ₸" in vat
        await pressed(owner, "« К итогам", "Итоги · понедельник")
        await pressed(owner, "Неделя", "Итоги · 23–29 ноября")
        week = await pressed(owner, "По часам", "По часам · 23–29 ноября")
        assert "12–13" in week
        await pressed(owner, "Месяц", "По часам · 1–30 ноября")
        await quiet(here)
        assert [one["id"] for one in cards(owner)] == [first["id"]]
        assert (await drawn(here, owner, cards(owner)[0])).columns[0].label == "7"


def taxes(report: object) -> str:
    rows = report.taxes["16"]  # type: ignore[attr-defined]
    tax = rows["sell"].sum - rows["sell_return"].sum
    return f"{tax // 100:,}".replace(",", " ") + f",{tax % 100:02d}"


async def test_a_picture_that_stays_is_sent_once_and_again_when_telegram_has_lost_it(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner, files = here.chat(OWNER), here.telegram._state.files
        await here.street.sell(800_00)
        owner.say("итоги")
        await card(owner, "Итоги ·")
        await quiet(here)
        sent = set(files)
        await pressed(owner, "По товарам", "По товарам ·")
        await pressed(owner, "НДС", "НДС ·")
        await quiet(here)
        assert set(files) == sent
        (message,) = (one for one in here.telegram._state.messages.values() if one.media == "photo")
        files["renamed"] = files.pop(message.files[0])
        message.files = ["renamed"]
        await pressed(owner, "По кассирам", "По кассирам ·")
        await quiet(here)
        assert len(files) == len(sent) + 1 and not sent & set(files)


async def test_periods_in_words_of_three_languages(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        await here.street.sell(800_00)
        here.street.advance(days=1)
        await here.street.sell(150_00)
        for text, title in (
            ("/today", "вторник, 24 ноября"),
            ("summary", "вторник, 24 ноября"),
            ("Кеше қорытынды", "понедельник, 23 ноября"),
            ("итоги за вчера", "понедельник, 23 ноября"),
            ("апта қорытындысы", "23–29 ноября"),
            ("итоги месяца", "1–30 ноября"),
            ("итоги 1.11-23.11", "1–23 ноября"),
            ("итоги 25.10.2026 – 24.11.26", "25 октября – 24 ноября"),
            ("summary 23.11", "понедельник, 23 ноября"),
        ):
            before = len(owner.messages())
            owner.say(text)
            await owner.until(lambda before=before: len(owner.messages()) > before, text)
            message = await card(owner, f"Итоги · {title}")
            assert message["id"] == owner.messages()[-1]["id"], text


async def test_what_is_no_period_is_refused_in_words_and_offers_others(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        owner.say("итоги")
        empty = await card(owner, "Сегодня чеков ещё не было")
        await here.street.sell(800_00)
        await pressed(owner, "● Сегодня", "Итоги · понедельник, 23 ноября", "Выручка: 800 ₸")
        await pressed(owner, "Вчера", "Чеков не было: воскресенье, 22 ноября", "Ничего не потеряно")
        assert {one["id"] for one in cards(owner)} == {empty["id"]}
        for text, words in (
            ("итоги 15.11-1.11", "Конец периода (01.11.2026) раньше начала (15.11.2026)"),
            ("итоги 31.02", "Не понял период, ничего не изменилось"),
            ("итоги 2025", "Не понял период"),
            ("итоги кофе", "Не понял период"),
            ("итоги 1.1.2020-31.12.2025", "не больше чем за 366 дней"),
            ("итоги 24.11.2026", "Период с 24.11.2026 ещё не наступил"),
        ):
            owner.say(text)
            message = await owner.sees(words)
            assert message["media"] is None and [len(row) for row in message["keyboard"]] == [2, 2], text
        owner.press("Месяц")
        await card(owner, "Итоги · 1–30 ноября", "Выручка: 800 ₸")
        owner.say("итоги 1.12-31.12")
        await owner.sees("Период с 01.12.2026 ещё не наступил")
        owner.press_like("Показать 1–31 декабря 2025 г.")
        await card(owner, "Чеков не было: 1–31 декабря 2025 г.")


async def test_a_cashier_and_a_stranger_are_refused_kindly(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        vendor, stranger = here.chat(VENDOR), here.chat(STRANGER)
        await here.street.sell(800_00)
        vendor.say("итоги")
        refused = await vendor.sees("Итоги видят владелец, управляющий и наблюдатель", "X-отчёт", "попросите владельца")
        assert "800" not in plain(refused)
        vendor.say("/today неделя")
        await vendor.until(lambda: len(vendor.messages()) == 2, "refused again")
        stranger.say("итоги")
        await stranger.sees("У вас нет кассы")


async def test_forged_and_foreign_buttons_of_a_card_lead_nowhere(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner, vendor = here.chat(OWNER), here.chat(VENDOR)
        await here.street.sell(800_00)
        owner.say("итоги")
        message = await card(owner, "Выручка: 800 ₸")
        vendor.say("/help")
        await vendor.sees("Как продать")
        draft = owner.button("По товарам")["data"].split(":")[1]
        for choice in ("99:d", "99:v", "99:o", "20260230001:s", "99999999999:s", "0:q", "0:", "-1:v", "x:v"):
            forge(here, OWNER, f"eve:{draft}:{choice}")
        for choice in ("0:v", "0:x", "0:d"):
            forge(here, VENDOR, f"eve:{draft}:{choice}")
        forge(here, OWNER, "eve:nothing:0:v")
        await quiet(here)
        assert [plain(one) for one in cards(owner)] == [plain(message)]
        assert len(owner.messages()) == 1 and len(vendor.messages()) == 1


def forge(here: ChatStreet, chat: int, data: str) -> None:
    """Press a button that the newest message does not have."""
    message = next(one for one in here.telegram._state.latest_first(chat) if one.sender == "bot")
    kept = message.inline_keyboard
    message.inline_keyboard = [[{"text": "forged", "callback_data": data}]]
    here.telegram.press(chat, data=data)
    message.inline_keyboard = kept


async def test_the_files_of_a_card_are_the_accountants(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        await busy_day(here.street)
        await here.street.close()
        await card(owner, "Z-отчёт")
        owner.press_like("Файлы: Excel")
        await owner.sees("23.11.2026", "Какой файл?")
        await owner.offers("CommerceML")
        owner.press_like("Excel: чеки")
        await owner.sees("Готово:", ".xlsx")
        (file,) = [one for message in owner.messages() for one in message["files"] if one["name"].endswith(".xlsx")]
        assert file["name"].startswith("tiyn-") and file["name"].endswith("-2026-11-23-2026-11-23.xlsx")
        workbook = load_workbook(io.BytesIO(await file_of(here, owner, file["name"])))
        numbers = [row[0] for sheet in workbook for row in sheet.iter_rows(values_only=True)]
        assert set(range(1, 7)) <= set(numbers)


async def test_of_several_registers_it_is_asked_whose_files(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner, other = here.chat(OWNER), await neighbour(here.street)
        await here.street.engine.people.link_person(other.register_id, OWNER, "owner", "Ерлан", "ru")
        await here.street.engine.crew.changes.change(OWNER, other.register_id, "title", "Базар")
        await here.street.sell(800_00)
        owner.say("итоги")
        await card(owner, "2 кассы")
        owner.press_like("Файлы: Excel")
        asked = await owner.sees("23.11.2026", "Файлы какой кассы?")
        assert sorted(one["text"] for row in asked["keyboard"] for one in row) == ["Базар", "Дүкен"]
        owner.press("Базар")
        await owner.offers("Excel: чеки")
        owner.press_like("Excel: чеки")
        await owner.sees("документов нет")
        owner.press("Дүкен")
        await owner.until(lambda: len([one for one in owner.texts() if "Какой файл?" in one]) == 1, "the formats")
        owner.press_like("Excel: чеки")
        await owner.sees("Готово:", ".xlsx")
