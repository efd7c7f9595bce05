"""Trouble in the chat: the cause, the countdown, the operator's fee, «Я оплатил — проверить»."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.routers.fees import _day_of, _set
from core.domain.view import Mark
from core.hours import HoursKeeper
from core.service import ShiftKeeper
from tests.end_to_end.chat_street import OWNER, STRANGER, ChatStreet, chat_street, desk_of


async def in_the_dark(here: ChatStreet) -> None:
    here.street.behave("down")
    assert (await here.street.sell()).view.mark is Mark.AUTONOMOUS


async def look(here: ChatStreet) -> None:
    """What the clock role does."""
    await HoursKeeper(here.street.engine).look(here.street.clock.now())


def today(here: ChatStreet) -> date:
    return here.street.clock.now().date()


def to_noon(here: ChatStreet, days: int = 0) -> None:
    """Move the clock to noon, so many days on."""
    now: datetime = here.street.clock.now()
    here.street.advance(seconds=(now.replace(hour=12, minute=0, second=0) - now).total_seconds() + days * 86_400)


async def test_autonomous_work_is_told_with_its_cause_and_leads_to_the_paid_day(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        await in_the_dark(here)
        told = await owner.sees(
            "касса работает автономно", "Причина: ", "ждёт отправки 1 документ, осталось 71 ч 59 мин из 72",
            "самакассабесплатная", "Не знаю, до какого дня оплачено", "Что сделать: проверьте оплату ОФД",
        )  # fmt: skip
        assert [one["text"] for row in told["keyboard"] for one in row] == [
            "Я оплатил — проверить", "Как оплатить", "Вписать дату оплаты",
        ]  # fmt: skip
        seen = await vendor.sees("касса работает автономно")
        assert [one["text"] for row in seen["keyboard"] for one in row] == ["Я оплатил — проверить", "Как оплатить"]
        vendor.press("Как оплатить")
        await vendor.sees("Как оплатить ОФД", "1. ", "2. ", "3. Нажмите «Я оплатил — проверить»", "бесплатная")
        owner.press("Вписать дату оплаты")
        await owner.sees("До какого дня оплачен ОФД?")
        paid = today(here) + timedelta(days=40)
        owner.say(f"{paid:%d.%m.%Y}")
        await owner.sees(f"Записал: ОФД оплачен до {paid:%d.%m.%Y}, осталось 40 дней")
        assert (await here.street.view()).registration.paid_until == paid
        owner.say("касса")
        await owner.sees("Дүкен", "Причина", "По записи оплачено до", "Что сделать: ничего", "Смена № 1 открыта")


async def test_a_day_is_asked_for_until_it_can_be_meant_and_a_sale_stays_a_sale(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        owner.say("/pay")
        await owner.sees("Как оплатить ОФД", "Не знаю, до какого дня оплачено")
        owner.press("Вписать дату оплаты")
        await owner.sees("До какого дня оплачен ОФД?")
        for written, answer in (
            (f"{today(here) - timedelta(days=1):%d.%m.%Y}", "Эта дата уже прошла"),
            (f"{today(here) + timedelta(days=1200):%d.%m.%Y}", "Слишком далёкая дата"),
            ("31.02", "Такой даты нет"),
        ):
            owner.say(written)
            await owner.sees(answer, "Ничего не изменено")
        owner.say("на год")
        await owner.sees("Записал: ОФД оплачен до")
        year = (await here.street.view()).registration.paid_until
        owner.press("Исправить дату")
        await owner.until(lambda: len([one for one in owner.texts() if "До какого дня" in one]) == 2, "asked again")
        owner.say("кофе 800")
        await owner.sees("кофе 800", "Как оплатили?")
        owner.say("30.11")
        await owner.sees("Товар 30,11", "Как оплатили?")
        assert (await here.street.view()).registration.paid_until == year
        soon = today(here) + timedelta(days=21)
        owner.say(f"ОФД оплачен до {soon:%d.%m.%Y}")
        await owner.sees(f"Записал: ОФД оплачен до {soon:%d.%m.%Y}, остался 21 день")


async def test_a_cashier_notes_no_day_whatever_they_press_or_write(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        people, register_id = here.street.engine.people, here.street.register_id
        other = here.chat(STRANGER)
        await people.link_person(register_id, STRANGER, "manager", "Оля", "ru")
        other.say("состояние")
        await other.sees("На связи с ОФД", "Смена не открыта", "Не знаю, до какого дня оплачено")
        other.press("Вписать дату оплаты")
        await other.offers("На год")
        await people.link_person(register_id, STRANGER, "cashier", "Оля", "ru")
        other.press_like("На год")
        await other.sees("Дату оплаты записывает владелец или управляющий", "Это Ерлан")
        other.say("на год")
        await other.until(lambda: len([one for one in other.texts() if "записывает" in one]) == 2, "no again")
        assert (await here.street.view()).registration.paid_until is None


@pytest.mark.parametrize("number", [0, 99999999, 20260230, 10101])
async def test_a_forged_day_changes_nothing(database: str, tmp_path: Path, number: int) -> None:
    async with chat_street(database, tmp_path, start=False) as here, desk_of(here) as desk:
        speaker = await desk.people.speaker(OWNER)
        screen = await _set(desk, speaker, here.street.register_id, _day_of(number))
        assert "Ничего не изменено" in screen.text
        assert (await here.street.view()).registration.paid_until is None


async def test_reminders_go_to_the_owner_with_how_to_pay_and_two_buttons(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        to_noon(here)
        paid = today(here) + timedelta(days=7)
        await here.street.engine.fees.paid_until(here.street.register_id, paid, role="owner")
        await look(here)
        told = await owner.sees("до конца оплаты ОФД 7 дней", f"Оплачено до {paid:%d.%m}", "1. ", "2. ", "бесплатная")
        assert [row[0]["text"] for row in told["keyboard"]] == ["Оплатил — новая дата", "Проверить"]
        assert not owner.is_silent(told)
        owner.press("Проверить")
        await owner.sees("ОФД ответил: касса на связи, всё в порядке")
        assert [one["command"] for one in here.street.exchanges()] == ["INFO"]
        to_noon(here, days=7)
        await look(here)
        await owner.sees("сегодня последний оплаченный день ОФД")
        owner.press("Оплатил — новая дата")
        await owner.offers("На месяц")
        owner.press_like("На месяц")
        await owner.sees("Записал: ОФД оплачен до")
        assert (await here.street.view()).registration.paid_until > paid
        assert vendor.messages() == []


async def test_the_countdown_reaches_cashier_and_owner_and_its_end_too(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        people = here.chat(), here.chat(OWNER)
        await in_the_dark(here)
        here.street.advance(hours=24, minutes=30)
        await look(here)
        for person in people:
            told = await person.sees("автономной работы осталось 47 ч 29 мин", "Причина", "Что сделать")
            assert not person.is_silent(told)
        here.street.advance(hours=50)
        await look(here)
        for person in people:
            await person.sees("72 часа автономной работы вышли", "Новых чеков не будет", "ждёт отправки 1 документ")
        await here.street.recover()
        for person in people:
            told = await person.sees("снова можно продавать", "Всё отправлено в ОФД")
            assert not person.is_silent(told)
            assert [one for one in person.texts() if "осталось 21" in one or "связь с ОФД есть" in one] == []
        await here.stop_bot()
        await here.street.agrees()


async def test_a_bot_that_was_away_tells_only_what_is_still_true(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, start=False) as here, desk_of(here) as desk:
        owner, newsroom = here.chat(OWNER), Newsroom(desk)
        await in_the_dark(here)
        for hours in (25, 24, 18):
            here.street.advance(hours=hours)
            await look(here)
        for item in await here.street.engine.news.take(100):
            await newsroom.handle(item)
        await owner.sees("автономной работы осталось 4 ч 59 мин")
        assert len([one for one in owner.texts() if "автономной работы осталось" in one]) == 1
        await here.street.recover()
        count = len(owner.messages())
        for item in await here.street.engine.news.take(100):
            if item.topic.startswith("autonomous."):
                await newsroom.handle(item)
        assert len(owner.messages()) == count


async def test_a_question_too_many_is_answered_kindly(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.street.behave(result_code=15, text="не оплачено")
        await here.street.sell()
        await vendor.offers("Я оплатил — проверить")
        button = vendor.button("Я оплатил — проверить")["data"]
        vendor.press(data=button)
        await vendor.sees("ОФД ответил, но кассу не разблокировал", "«не оплачено»", "Похоже, не оплачен ОФД")
        asked = len(here.street.exchanges("SYSTEM"))
        vendor.press(data=button)
        await vendor.sees("Спрашивал ОФД только что", "«не оплачено»")
        assert len(here.street.exchanges("SYSTEM")) == asked == 1


async def test_an_old_shift_is_told_once_and_refuses_with_the_button_that_closes_it(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner, engine = here.chat(), here.chat(OWNER), here.street.engine
        await engine.registers.patch(here.street.register_id, auto_close=False)
        await here.street.sell()
        here.street.advance(hours=25)
        keeper, now = ShiftKeeper(engine), here.street.clock.now()
        for _ in range(2):
            for shift in await engine.work.shifts_ending(now):
                await keeper._keep(shift, now)
        for person in (vendor, owner):
            await person.sees("смене больше 24 часов", "закройте смену кнопкой")
        vendor.say("кофе 800 карта")
        await vendor.offers("Пробить 800")
        vendor.press_like("Пробить 800")
        refused = await vendor.sees("Смена длится больше 24 часов", "Чек не создан", "Прежние чеки сохранены")
        assert [row[0]["text"] for row in refused["keyboard"]] == ["Закрыть смену"]
        vendor.press("Закрыть смену")
        await vendor.offers("Закрыть смену № 1")
        vendor.press("Закрыть смену № 1")
        await vendor.sees("✔✔ Z-отчёт")
        assert len([one for one in owner.texts() if "смене больше 24 часов" in one]) == 1


async def test_trouble_is_told_in_kazakh_without_a_russian_word(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, language="kk") as here:
        owner = here.chat(OWNER)
        to_noon(here)
        await in_the_dark(here)
        await owner.sees("касса автономды режимде", "1 құжат жіберуді күтіп тұр", "Не істеу керек")
        owner.press("Қалай төлеймін")
        await owner.sees("ФДО-ны қалай төлеу керек")
        owner.press("Төлем күнін жазу")
        await owner.sees("ФДО қай күнге дейін төленген?")
        owner.say("бір жылға")
        await owner.sees("Жазып қойдым")
        owner.say("касса күйі")
        await owner.sees("Жазба бойынша төлем мерзімі")
        paid = today(here) + timedelta(days=2)
        await here.street.engine.fees.paid_until(here.street.register_id, paid, role="owner")
        await look(here)
        await owner.sees("ФДО төленген мерзімнің бітуіне 2 күн қалды")
        owner.press("Тексеру")
        await owner.sees("ФДО жауап бермеді")
        here.street.advance(hours=73)
        await look(here)
        await owner.sees("72 сағаты бітті")
        await here.street.recover()
        await owner.sees("қайтадан сатуға болады")
        russian = ("причин", "оплат", "осталось", "нажмите", "касса работает", "чек не", "записал", "ждут", "дней")
        for message in owner.messages():
            words = [message["text"] or "", *(one["text"] for row in message["keyboard"] for one in row)]
            assert [word for word in russian if word in " ".join(words).lower()] == []
