"""A stranger becomes an owner: the questions, their answers, and the first receipt. The real bot over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.db.ids import uuid7
from core.domain.catalogue import Item
from core.domain.onboarding import FirstStart
from core.usecases.catalogue import Row
from sandbox.telegram.person_side import PLACE
from tests.end_to_end.chat_street import OWNER, STRANGER, Chat, ChatStreet, chat_street

TAPS_MAX, TYPED_MAX = 8, 3
TOKEN = 123_456_789


class Hand:
    """A person's hand, which counts what it does."""

    def __init__(self, chat: Chat, here: ChatStreet) -> None:
        self.chat = chat
        self._here = here
        self.taps = self.typed = 0

    def start(self, payload: str | None = None) -> None:
        self.taps += 1
        self._here.telegram.start(self.chat.id, payload)

    async def tap(self, words: str) -> None:
        self.taps += 1
        await self.chat.offers(words)
        self.chat.press_like(words)

    async def type(self, question: str, text: str) -> None:
        self.typed += 1
        await self.chat.sees(question)
        self.chat.say(text)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Учебная касса", "Как называется", "без НДС", "Завести кассу", "Попробовать", "Наличные", "Чек № 1")),
        ("kk", ("оқу кассасы", "қалай аталады", "ҚҚС-сыз", "Кассаны ашу", "Байқап", "Қолма-қол", "№ 1 чек")),
    ],
)
async def test_a_stranger_has_the_first_receipt_within_eight_taps_and_three_typed_values(
    database: str, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    practice, name, no_vat, make, example, cash, receipt = words
    async with chat_street(database, tmp_path, language=language) as here:
        hand = Hand(here.chat(STRANGER), here)
        hand.start()
        await hand.tap(practice)
        await hand.type(name, "Дүкен Айгүл")
        await hand.tap(no_vat)
        await hand.chat.sees("Дүкен Айгүл")
        await hand.tap(make)
        await hand.tap(example)
        await hand.tap(cash)
        shown = await hand.chat.sees(receipt)
        assert hand.taps <= TAPS_MAX and hand.typed <= TYPED_MAX, (hand.taps, hand.typed)
        assert "ФП" not in shown["text"]
        engine = here.street.engine
        person = await engine.people.person(STRANGER)
        assert person is not None and list(person.roles.values()) == ["owner"]
        view = await engine.registers.get(next(iter(person.roles)))
        assert view.registration.practice and view.registration.operator is None
        (made,) = await engine.books.documents(view.registration.register_id, after=0, limit=10)
        assert made.mark == "practice" and made.document.seller.title == "Дүкен Айгүл"


async def _answered(hand: Hand, here: ChatStreet, device_id: int) -> None:
    """Every question of a real register, each by what its example shows."""
    await hand.tap("настоящую")
    await hand.type("ИИН или БИН", "131240010479")
    await hand.type("по документам", "ТОО «Тест»")
    await hand.type("Название кассы", "Дүкен <b>&")
    await hand.type("по-русски", "г. Алматы, ул. Абая, 10")
    await hand.tap("Такой же")
    await hand.chat.sees("Где стоит касса")
    hand.taps += 1
    hand.chat.press("📍 Отправить, где я сейчас")
    await hand.tap("Да, плательщик")
    await hand.tap("розничная")
    await hand.type("РНМ кассы", f"{600_000_000_000 + device_id}")
    await hand.type("ЗНМ кассы", f"TIYN{device_id}")
    await hand.tap("Учебный ОФД")
    await hand.type("Сервер ОФД", f"127.0.0.1:{here.street.port}")
    await hand.type("Номер кассы у ОФД", str(device_id))
    await hand.type("Токен от ОФД", str(TOKEN))


def _known_to_the_operator(here: ChatStreet, device_id: int) -> None:
    here.street.ofd.register_device(
        device_id,
        TOKEN,
        rnm=f"{600_000_000_000 + device_id}",
        znm=f"TIYN{device_id}",
        iin_bin="131240010479",
        title="ТОО «Тест»",
        address="г. Алматы, ул. Абая, 10",
    )


async def test_a_real_register_is_opened_by_what_the_operator_knows(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        _known_to_the_operator(here, 90_001)
        hand = Hand(here.chat(STRANGER), here)
        hand.start()
        await _answered(hand, here, 90_001)
        check = await hand.chat.sees("Проверьте", "131240010479", "43.263889, 76.952500", "Учебный ОФД")
        assert str(TOKEN) not in check["text"]
        await hand.tap("Завести кассу")
        await hand.chat.sees("касса заведена")
        await hand.tap("Попробовать")
        await hand.tap("Карта 800")
        await hand.chat.sees("✔✔", "Чек № 1", "ФП")
        person = await here.street.engine.people.person(STRANGER)
        assert person is not None
        of = (await here.street.engine.registers.get(next(iter(person.roles)))).registration
        assert not of.practice and (of.latitude, of.longitude) == (
            round(PLACE["latitude"] * 1_000_000),
            round(PLACE["longitude"] * 1_000_000),
        )
        (booked,) = here.street.ofd.book(90_001)["documents"]
        assert booked["printed_document_number"] == 1


async def test_a_device_in_use_is_told_kindly_and_one_answer_is_given_anew(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        _known_to_the_operator(here, 90_002)
        hand = Hand(here.chat(STRANGER), here)
        hand.start()
        taken = here.street.device_id
        asked_before = len(here.street.exchanges())
        await _answered(hand, here, taken)
        await hand.tap("Завести кассу")
        await hand.chat.sees("уже подключена", "Проверьте", "131240010479")
        assert len(here.street.exchanges()) == asked_before, "the working register was asked nothing in its name"
        await hand.tap("✎ Номер у ОФД")
        await hand.type("Номер кассы у ОФД", "90002")
        await hand.chat.sees("Проверьте", "90002")
        await hand.tap("Завести кассу")
        await hand.chat.sees("касса заведена")


async def test_a_silent_operator_loses_no_answer(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        _known_to_the_operator(here, 90_003)
        hand = Hand(here.chat(STRANGER), here)
        hand.start()
        await _answered(hand, here, 90_003)
        here.street.ofd.set_behaviour("down")
        await hand.tap("Завести кассу")
        await hand.chat.sees("ОФД не отвечает", "Проверьте", "131240010479")
        assert (await here.street.engine.people.person(STRANGER)) is None
        here.street.ofd.set_behaviour("ok")
        await hand.tap("Завести кассу")
        await hand.chat.sees("касса заведена")


async def test_questions_survive_a_restart_and_an_unfit_answer(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        hand = Hand(here.chat(STRANGER), here)
        hand.start()
        await hand.tap("настоящую")
        await hand.type("ИИН или БИН", "131240010478")
        await hand.chat.sees("записать не получилось", "ИИН или БИН")
        await here.stop_bot()
        hand.chat.say("131240010479")
        await here.start_bot()
        await hand.type("по документам", "Назад")
        await hand.chat.until(
            lambda: "ИИН или БИН" in hand.chat.texts()[-1] and "записать" not in hand.chat.texts()[-1], "the question"
        )
        hand.chat.say("131240010479")
        await hand.type("по документам", "ТОО")
        await hand.chat.sees("Название кассы")
        await hand.tap("Отмена")
        await hand.chat.sees("ничего не заведено")
        assert await here.street.engine.crew.first_starts.get(STRANGER) is None
        hand.chat.say("131240010479")
        await hand.chat.sees("У вас нет кассы")


async def test_updates_delivered_twice_answer_each_question_once(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        here.telegram.set_behaviour("repeat_updates")
        hand = Hand(here.chat(STRANGER), here)
        hand.start()
        await hand.tap("Учебная")
        await hand.type("Как называется", "Лавка")
        await hand.tap("без НДС")
        await hand.tap("Завести кассу")
        await hand.chat.sees("учебная касса готова")
        await hand.chat.offers("Попробовать")
        person = await here.street.engine.people.person(STRANGER)
        assert person is not None and len(person.roles) == 1
        view = await here.street.engine.registers.get(next(iter(person.roles)))
        assert view.registration.title == "Лавка"


async def test_forged_and_stale_buttons_open_nothing(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        hand = Hand(here.chat(STRANGER), here)
        hand.start()
        await hand.tap("Учебная")
        await hand.chat.sees("Как называется")
        await hand.tap("Моя лавка")
        await hand.chat.sees("плательщик НДС")
        await hand.tap("без НДС")
        await hand.chat.sees("Проверьте")
        stale = next(
            one["data"]
            for message in hand.chat.messages()
            for row in message["keyboard"]
            for one in row
            if "без НДС" in one["text"]
        )
        hand.chat.press(data=stale)
        await hand.chat.until(
            lambda: sum("Проверьте" in text for text in hand.chat.texts()) == 2, "where the person is"
        )
        assert await here.street.engine.people.person(STRANGER) is None


async def test_an_owner_opens_a_second_register_and_chooses_between_them(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = Hand(here.chat(OWNER), here)
        owner.chat.say("/registers")
        await owner.chat.sees("Ваши кассы", "✔ Дүкен")
        await owner.tap("Учебная")
        await owner.tap("Моя лавка")
        await owner.tap("без НДС")
        await owner.tap("Завести кассу")
        await owner.tap("Попробовать")
        await owner.chat.sees("Моя лавка", "Итого: 800")
        owner.chat.say("внести 500")
        await owner.chat.sees("Моя лавка", "500 ₸")
        owner.chat.say("кассы")
        await owner.tap("Продавать на: Дүкен")
        await owner.chat.sees("Теперь вы продаёте на кассе Дүкен")
        owner.chat.say("внести 700")
        await owner.chat.sees("Дүкен", "700 ₸")
        await owner.tap("Внести 700")
        await owner.chat.sees("Внесение № 1")
        assert await here.documents() == ["1 deposit registered"]


@pytest.mark.parametrize("goods", [(("Кофе", 80_000), ("Нан", 15_000)), ()])
async def test_going_real_brings_the_goods_of_the_practice_register(
    database: str, tmp_path: Path, goods: tuple[tuple[str, int], ...]
) -> None:
    async with chat_street(database, tmp_path) as here:
        _known_to_the_operator(here, 90_004)
        hand, engine = Hand(here.chat(STRANGER), here), here.street.engine
        asked = FirstStart(STRANGER, uuid7(), True, "check", {"title": "Моя лавка", "vat": False})
        await engine.crew.opening.open(asked, name="Оля", language="ru", practice_address=("x", "y"))
        practice = asked.register_id
        rows = [Row(number, Item(name, price)) for number, (name, price) in enumerate(goods, 1)]
        assert (await engine.catalogue.load(STRANGER, practice, rows)).added == len(goods)
        hand.chat.say("/registers")
        await _answered(hand, here, 90_004)
        await hand.tap("Завести кассу")
        opened = await hand.chat.sees("касса заведена")
        assert ("Товары из прежней кассы перенесены" in opened["text"]) is bool(goods)
        person = await engine.people.person(STRANGER)
        assert person is not None and len(person.roles) == 2
        (real,) = set(person.roles) - {practice}
        brought = {(one.name, one.price) for one in await engine.catalogue.everything(STRANGER, real)}
        assert brought == set(goods)
