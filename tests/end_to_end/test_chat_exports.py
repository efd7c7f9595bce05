"""Files in the chat: a month for the accountant, the archive for the owner, made beside the selling."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import asyncpg
import openpyxl
import pytest

from bot import exporting
from core.clock import ALMATY
from tests.end_to_end.chat_street import OWNER, STRANGER, VENDOR, Chat, ChatStreet, chat_street
from tests.end_to_end.test_chat_people import _data, _press_forged
from tests.integration import commerceml_rules
from tests.integration.archive_files import unpacked, verified


def files(chat: Chat) -> list[dict[str, Any]]:
    """Files that were sent as such: the evening's card is a picture."""
    return [file for message in chat.messages() for file in message["files"] if message["media"] == "document"]


async def file_named(here: ChatStreet, chat: Chat, part: str) -> bytes:
    """The newest file whose name holds this, once it is there."""

    def found() -> dict[str, Any] | None:
        return next((one for one in reversed(files(chat)) if part in one["name"]), None)

    file = await chat.until(found, f"a file {part}")
    data = here.telegram._state.shelf.read_file(file["url"].rpartition("/")[2])
    assert data is not None
    return data


async def sold(here: ChatStreet) -> None:
    await here.street.sell(10_000)
    await here.street.sell(25_050)
    await here.street.close()
    # the card of the close has buttons of its own, and what is asked for is to come below it
    await here.chat(OWNER).sees("Z-отчёт")
    await here.street.sell(7_000)


async def test_an_owner_takes_a_month_for_the_accountant(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await sold(here)
        owner = here.chat(OWNER)
        owner.say("/settings")
        await owner.offers("Файлы для бухгалтера")
        owner.press_like("Файлы для бухгалтера")
        await owner.sees("За какие дни?", "Архив кассы")
        owner.press_like("Этот месяц")
        await owner.sees("Какой файл?")
        owner.press_like("Excel: чеки")
        book = openpyxl.load_workbook(io.BytesIO(await file_named(here, owner, ".xlsx")))
        assert book["Чеки"].max_row == 1 + 3
        await owner.sees("Готово:", ".xlsx", "КБ")
        owner.press_like("CommerceML")
        booked = commerceml_rules.read(await file_named(here, owner, "commerceml.xml"))
        assert [str(one.total) for one in booked] == ["350.50"]
        await owner.sees("Готово:", "commerceml.xml")
        shown = [one for one in owner.messages() if "Z-отчёт" not in (one["text"] or "")]
        assert len(shown) == 4, "the settings, one message of the choice, two files"


async def test_days_can_be_written_and_bad_ones_are_refused_in_words(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await sold(here)
        owner = here.chat(OWNER)
        today = here.street.clock.now().astimezone(ALMATY).date()
        owner.say(f"Выгрузка 1.{today.month}-{today:%d.%m.%Y}")
        await owner.sees(f"01.{today:%m.%Y}" if today.day > 1 else f"За {today:%d.%m.%Y}", "Какой файл?")
        owner.press_like("строки чеков")
        lines = (await file_named(here, owner, "csv-lines.csv")).decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + 3
        for words, said in (
            ("выгрузка 2.11.2026-1.11.2026", "Период задан наоборот"),
            ("выгрузка 1.1.2020 - 1.1.2026", "Период слишком длинный"),
            ("выгрузка 31.2.2026", "Запрос"),
        ):
            owner.say(words)
            await owner.sees(said)
        owner.say("выгрузка 1.1.2020")
        await owner.sees("За 01.01.2020", "Какой файл?")
        owner.press_like("Excel: чеки")
        await owner.sees("документов нет")


async def test_the_archive_goes_to_the_owner_alone_and_proves_itself(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await sold(here)
        owner = here.chat(OWNER)
        owner.say("экспорт")
        await owner.offers("Архив кассы за всё время")
        owner.press_like("Архив кассы за всё время")
        archive = await file_named(here, owner, "archive")
        code, said = verified(unpacked(archive)["verify.py"], archive, tmp_path)
        assert code == 0 and "documents: 4;" in said
        await owner.sees("Готово:", ".zip")


async def test_who_may_not_have_them_gets_none(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await sold(here)
        register_id, people = here.street.register_id, here.street.engine.people
        vendor = here.chat(VENDOR)
        vendor.say("выгрузка")
        await vendor.sees("Нет права")
        for choice in ("archive", "20261101030x", "20261101030", "list", "99999999999x", "20261101000x", "x", ""):
            _press_forged(here, VENDOR, _data("exp", register_id, choice))
            _press_forged(here, STRANGER, _data("exp", register_id, choice))
        stranger = here.chat(STRANGER)
        stranger.say("выгрузка")
        await stranger.sees("У вас нет кассы")
        await people.link_person(register_id, STRANGER, "viewer", "Оля", "ru")
        stranger.say("бухгалтеру")
        shown = await stranger.sees("За какие дни?")
        assert not any("Архив" in one["text"] for row in shown["keyboard"] for one in row)
        _press_forged(here, STRANGER, _data("exp", register_id, "archive"))
        stranger.press_like("Этот месяц")
        await stranger.sees("Какой файл?")
        stranger.press_like("Excel: чеки")
        await file_named(here, stranger, ".xlsx")
        assert [one["name"].rpartition(".")[2] for one in files(stranger)] == ["xlsx"]
        assert files(vendor) == []


async def test_selling_goes_on_beside_a_file_whose_message_goes_along(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PROGRESS_S", 0.0)
    async with chat_street(database, tmp_path) as here:
        await sold(here)
        owner = here.chat(OWNER)
        owner.say("/export")
        await owner.offers("Архив кассы за всё время")
        slow = await asyncpg.connect(database)
        try:
            held = slow.transaction()
            await held.start()
            await slow.execute("LOCK TABLE answer IN ACCESS EXCLUSIVE MODE")
            owner.press_like("Архив кассы за всё время")
            message = await owner.until(
                lambda: next(
                    (one for one in owner.messages() if re.search(r"Готовлю файл: [1-9]", one["text"] or "")), None
                ),
                "a figure that goes along",
            )
            assert "Продавать можно и сейчас" in message["text"]
            owner.say("/lang")
            await owner.sees("Выберите язык")
            owner.press_like("Архив кассы за всё время")
            await owner.sees("Один файл уже готовится")
            await held.rollback()
            await owner.sees("Готово:", ".zip")
            assert len(files(owner)) == 1
            await held_again(slow)
            owner.press_like("Архив кассы за всё время")
            await owner.sees("Готовлю файл:")
            await here.stop_bot()
        finally:
            await slow.close()
        await here.start_bot()
        await owner.sees("Файл не получился или не ушёл", "Документы на месте")


async def held_again(slow: asyncpg.Connection[Any]) -> None:
    await slow.transaction().start()
    await slow.execute("LOCK TABLE answer IN ACCESS EXCLUSIVE MODE")


@pytest.mark.parametrize(
    ("button", "said"), [("Excel: чеки", "Возьмите меньше дней"), ("Архив кассы за всё время", "tiyn archive РНМ")]
)
async def test_what_telegram_does_not_carry_is_told_with_the_way_round(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, button: str, said: str
) -> None:
    monkeypatch.setattr(exporting, "BYTES_MAX", 1_000)
    async with chat_street(database, tmp_path) as here:
        await sold(here)
        owner = here.chat(OWNER)
        owner.say("/export")
        await owner.sees("За какие дни?")
        if button.startswith("Excel"):
            owner.press_like("Сегодня")
            await owner.offers(button)
        owner.press_like(button)
        await owner.sees("больше 50 МБ", said)
        assert files(owner) == []


async def test_a_file_that_telegram_refused_is_said_to_be_missing(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        await sold(here)
        owner = here.chat(OWNER)
        owner.say("/export")
        await owner.sees("За какие дни?")
        owner.press_like("Сегодня")
        await owner.offers("CSV: чеки")
        here.telegram.set_behaviour("http_500", times=8)
        owner.press_like("CSV: чеки")
        await owner.until(lambda: owner.find("Готово:") or owner.find("не ушёл"), "an end")
        if owner.find("Готово:") is None:
            owner.press_like("CSV: чеки")
            await owner.sees("Готово:")
        assert len(files(owner)) >= 1
