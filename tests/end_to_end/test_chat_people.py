"""People of a register in the chat: invited, limited, removed with buttons already on screen; settings changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.chat_street import OWNER, STRANGER, VENDOR, Chat, ChatStreet, chat_street
from tests.integration.engine_street import StillClock, neighbour


async def invited(owner: Chat, words: str = "Пригласить кассира") -> str:
    """The payload of a fresh invitation."""
    before = len(owner.messages())
    owner.say("люди")
    await owner.until(lambda: len(owner.messages()) > before, "the people")
    owner.press_like(words)
    shown = await owner.sees("start=j_", "15 минут")
    found = re.search(r"start=(j_[A-Za-z0-9_-]{22,62})", shown["text"])
    assert found is not None
    return found[1]


async def test_a_cashier_is_added_by_a_link_a_tap_and_a_confirmation(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, newcomer = here.chat(OWNER), here.chat(STRANGER)
        payload = await invited(owner)
        here.telegram.start(STRANGER, payload)
        await newcomer.sees("Вас зовут в кассу", "кассир")
        newcomer.press_like("Принять")
        await newcomer.sees("Вы в кассе Дүкен")
        told = await owner.sees("пришёл новый человек", "Оля", "кассир")
        assert not owner.is_silent(told)
        newcomer.say("кофе 800 карта")
        await newcomer.offers("Пробить 800")
        newcomer.press_like("Пробить 800")
        await newcomer.sees("✔✔", "Чек № 1")
        (view,) = await here.street.engine.books.documents(here.street.register_id, after=0, limit=9)
        assert view.document.cashier.name == "Оля"


async def test_undo_acts_on_buttons_already_on_screen(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, newcomer = here.chat(OWNER), here.chat(STRANGER)
        here.telegram.start(STRANGER, await invited(owner))
        await newcomer.offers("Принять")
        newcomer.press_like("Принять")
        await newcomer.sees("Вы в кассе")
        newcomer.say("кофе 800 карта")
        await newcomer.offers("Пробить 800")
        owner.press_like("Отменить: убрать")
        await owner.sees("больше нет в кассе")
        await newcomer.sees("Вас убрали из кассы Дүкен")
        newcomer.press_like("Пробить 800")
        await newcomer.sees("У вас нет кассы")
        assert await here.documents() == [] and here.street.booked() == []


async def test_a_link_is_for_one_person_and_late_it_is_for_nobody(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner, newcomer, vendor = here.chat(OWNER), here.chat(STRANGER), here.chat(VENDOR)
        payload = await invited(owner)
        here.telegram.start(VENDOR, payload)
        await vendor.sees("Вы уже в этой кассе")
        here.telegram.start(STRANGER, payload)
        await newcomer.offers("Принять")
        here.street.advance(seconds=15 * 60)
        newcomer.press_like("Принять")
        await newcomer.sees("Ссылка уже не действует")
        here.telegram.start(STRANGER, "j_AAAAAAAAAAAAAAAAAAAAAA")
        await newcomer.until(lambda: len([t for t in newcomer.texts() if "не действует" in t]) == 2, "a refusal")
        assert await here.street.engine.people.person(STRANGER) is None


async def test_no_row_keeps_a_token(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, newcomer = here.chat(OWNER), here.chat(STRANGER)
        payload = await invited(owner)
        here.telegram.start(STRANGER, payload)
        await newcomer.offers("Принять")
        newcomer.press_like("Принять")
        await newcomer.sees("Вы в кассе")
        await newcomer.until(lambda: owner.find("пришёл новый человек"), "the owner's notice")
        kept = await here.street.engine.database.value(
            "SELECT string_agg(row, '') FROM (SELECT m::text AS row FROM chat_message m UNION ALL "
            "SELECT j::text FROM join_link j UNION ALL SELECT a::text FROM audit_entry a) AS rows"
        )
        assert payload.removeprefix("j_") not in kept


async def test_a_limit_stops_a_cashier_in_words_and_not_the_owner(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, vendor = here.chat(OWNER), here.chat()
        owner.say("/people")
        await owner.sees("Дүкен: люди", "Айгүл: кассир", "Ерлан: владелец")
        owner.press("Айгүл")
        await owner.sees("Самый большой чек: без предела")
        owner.press_like("Самый большой чек")
        await owner.sees("Напишите сумму")
        owner.say("много")
        await owner.sees("записать не получилось")
        owner.say("500")
        await owner.sees("Самый большой чек: 500 ₸")
        vendor.say("кофе 800 карта")
        await vendor.offers("Пробить 800")
        vendor.press_like("Пробить 800")
        await vendor.sees("Чек больше вашего предела", "500", "800", "не создан")
        owner.say("кофе 800 карта")
        await owner.offers("Пробить 800")
        owner.press_like("Пробить 800")
        await owner.sees("✔✔", "Чек № 1")
        assert await here.documents() == ["1 sell registered"]


@pytest.mark.parametrize("word", ["/people", "/settings"])
async def test_a_cashier_neither_invites_nor_sets(database: str, tmp_path: Path, word: str) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say(word)
        await vendor.sees("Нет права")


def _data(action: str, register_id: str, choice: str) -> str:
    return f"{action}:{register_id.replace('-', '')}:0:{choice}"


FORGED = (
    "rk.501",
    "rk.",
    "rk.x",
    "rk.99999999999999999999999",
    "card.501",
    "add.owner",
    "ls.501.r.n",
    "ls.501.q.n",
    "lim.501.q",
    "use",
    "list",
    "",
    "rk.501.2",
)


async def test_forged_buttons_of_strangers_do_nothing(database: str, tmp_path: Path) -> None:
    """Pressed by somebody else: the data is copied from another chat's button, which a client can do."""
    async with chat_street(database, tmp_path) as here:
        stranger = here.chat(STRANGER)
        register_id = here.street.register_id
        for choice in FORGED:
            _press_forged(here, STRANGER, _data("u", register_id, choice))
        for choice in ("list", "ask.title", "vat.none", "auto.0", "ask.rnm", ""):
            _press_forged(here, STRANGER, _data("o", register_id, choice))
        stranger.say("кофе 800")
        await stranger.sees("У вас нет кассы")
        engine = here.street.engine
        assert await engine.crew.rows.audit(register_id, 10) == []
        assert len(await engine.people.people(register_id)) == 2
        assert not any("Вас убрали" in text for text in here.chat(VENDOR).texts())
        assert not any("сломал" in text for text in stranger.texts())


def _press_forged(here: ChatStreet, chat: int, data: str) -> None:
    """A press with data that stands on no button of this chat."""
    telegram: Any = here.telegram
    state = telegram._state
    person = {"id": chat, "is_bot": False, "first_name": "Оля", "language_code": "ru"}
    number = state.next("callback", 1)
    message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private", "first_name": "Оля"}, "text": "x"}
    body = {"id": f"forged-{number}", "from": person, "message": message, "chat_instance": "1", "data": data}
    telegram._updates.add("callback_query", body, chat=chat, message=None)


async def test_settings_change_in_the_chat_and_hold_from_the_next_receipt(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        owner.say("настройки")
        shown = await owner.sees("Дүкен: настройки", "РНМ", "закон менять не даёт")
        assert not any("РНМ" in one["text"] for row in shown["keyboard"] for one in row)
        owner.press_like("✎ Название")
        await owner.sees("Новое название")
        owner.say("x" * 65)
        await owner.sees("записать не получилось")
        owner.say("Жаңа <b>дүкен")
        await owner.sees("✔ Записано", "Жаңа <b>дүкен: настройки")
        owner.press_like("НДС на новый")
        await owner.offers("10 %")
        owner.press_like("10 %")
        await owner.sees("✔ Записано", "НДС на новый товар: 10 %")
        owner.press_like("Не закрывать смену")
        await owner.offers("Закрывать смену саму")
        owner.press_like("✎ Сервер")
        await owner.sees("адрес сервера")
        owner.say(f"127.0.0.1:{here.street.port}")
        await owner.sees("✔ Записано", "Смена закрывается сама: нет")
        owner.say("кофе 800 карта")
        await owner.offers("Пробить 800")
        owner.press_like("Пробить 800")
        await owner.sees("✔✔", "Чек № 1")
        (view,) = await here.street.engine.books.documents(here.street.register_id, after=0, limit=9)
        assert view.document.seller.title == "Жаңа <b>дүкен"
        assert view.document.ticket is not None and view.document.ticket.items[0].vat == "10"


async def test_whoever_has_several_registers_reads_which_one_is_meant(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        other = await neighbour(here.street)
        await here.street.engine.people.link_person(other.register_id, OWNER, "owner", "Ерлан", "ru")
        await here.street.engine.crew.changes.change(OWNER, other.register_id, "title", "Базар")
        owner.say("/registers")
        await owner.offers("Продавать на: Базар")
        owner.press_like("Продавать на: Базар")
        await owner.sees("Теперь вы продаёте на кассе Базар")
        owner.say("внести 500")
        await owner.sees("Базар", "500 ₸")
        owner.press_like("Внести 500")
        await owner.sees("✔✔", "Внесение № 1", "Базар")
        owner.say("кофе 300")
        await owner.sees("Базар", "Итого: 300")
        owner.press_like("Наличные 300")
        await owner.sees("✔✔", "Чек № 2", "Базар")
        owner.press_like("Возврат")
        await owner.sees("Базар", "300 ₸", "Чек № 2")
        owner.say("закрыть смену")
        await owner.sees("Базар", "Закрыть смену № 1?")
        assert await here.documents() == []


async def test_a_person_chooses_the_language_of_people_and_settings(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, language="kk") as here:
        owner, newcomer = here.chat(OWNER), here.chat(STRANGER)
        owner.say("/people")
        await owner.sees("Дүкен: адамдар", "Айгүл — кассашы")
        owner.press_like("Кассашы шақыру")
        shown = await owner.sees("start=j_", "15 минут")
        payload = re.search(r"start=(j_\S+)", shown["text"])
        assert payload is not None
        here.telegram.start(STRANGER, payload[1])
        await newcomer.offers("Қабылдау")
        newcomer.press_like("Қабылдау")
        await newcomer.sees("кассасындасыз", "кассашы")
        await owner.sees("жаңа адам келді", "Оля")
        owner.say("баптаулар")
        await owner.sees("Дүкен: баптаулар", "Ауысым өзі жабылады — иә")
