"""The rest of a vendor's day in the chat: drawer, return, X, close, people, faults of Telegram, crashes."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiogram.types import Update

from bot.newsroom import REPLAY_EDITS_MAX, Newsroom
from bot.service import dispatcher_of, open_bot
from core.db.chat import ChatStore
from core.db.chat_rows import to_jsonb
from core.db.queues import NewsItem
from tests.end_to_end.chat_street import OWNER, STRANGER, VENDOR, Chat, chat_street, desk_of


async def sold(vendor: Chat, text: str = "кофе 800 нал", part: str = "800", number: int = 1) -> None:
    vendor.say(text)
    await vendor.offers(f"Пробить {part}")
    vendor.press_like(f"Пробить {part}")
    await vendor.sees("✔✔", f"Чек № {number} ·")


async def test_cash_in_and_out_by_words_and_by_tap(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("внести 5000")
        await vendor.sees("Внести в кассу 5 000 ₸?")
        vendor.press_like("Внести 5000")
        await vendor.sees("✔✔", "Внесение № 1 · 5 000 ₸", "В кассе 5 000 ₸")
        vendor.say("Изъять")
        await vendor.sees("Сколько изъять", "5 000 ₸")
        vendor.say("2000")
        await vendor.sees("Изъять из кассы 2 000 ₸?")
        vendor.press_like("Изъять 2000")
        await vendor.sees("✔✔", "Изъятие № 2 · 2 000 ₸", "В кассе 3 000 ₸")
        vendor.say("99999 алу")
        await vendor.sees("не хватает наличных")
        vendor.say("внести 0")
        await vendor.sees("Сумма должна быть от 0,01")
        assert await here.documents() == ["1 deposit registered", "2 withdrawal registered"]


async def test_a_number_is_a_sale_again_after_the_sum_was_given(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("внести")
        await vendor.offers("Внести 5000")
        vendor.press_like("Внести 5000")
        await vendor.sees("Внесение № 1")
        vendor.say("800")
        await vendor.sees("Как оплатили?")


async def test_return_by_button_and_by_reply(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor)
        vendor.press("Возврат")
        await vendor.sees("Вернуть весь чек № 1 на 800 ₸?", "Наличные: 800 ₸")
        receipt = vendor.find("Чек № 1 ·")
        assert receipt is not None
        vendor.say("возврат", reply_to=receipt["id"])
        await vendor.until(lambda: len([one for one in vendor.texts() if "Вернуть весь чек" in one]) == 2, "asked")
        first, second = [one for one in vendor.messages() if "Вернуть весь чек" in one["text"]]
        vendor.press(data=second["keyboard"][0][0]["data"])
        await vendor.sees("✔✔", "Возврат № 2 · 800 ₸", "Основание: чек № 1")
        vendor.press(data=first["keyboard"][0][0]["data"])
        await vendor.sees("уже возвращён целиком")
        vendor.say("возврат")
        await vendor.sees("Какой чек вернуть?", "Чек № 1 · 800 ₸ · кофе")
        vendor.press_like("№ 1 · 800 ₸")
        await vendor.until(lambda: len([one for one in vendor.texts() if "уже возвращён" in one]) == 2, "told")
        vendor.say("возврат кофе 800", reply_to=receipt["id"])
        await vendor.until(lambda: len([one for one in vendor.texts() if "уже возвращён" in one]) == 3, "told again")
        vendor.say("возврат кофе 800")
        await vendor.until(lambda: len([one for one in vendor.texts() if "уже возвращён" in one]) == 4, "no sale")
        assert await here.documents() == ["1 sell registered", "2 sell_return registered"]


async def test_x_close_and_the_owners_summary(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        vendor.say("X-отчёт")
        await vendor.sees("Смена не открыта")
        await sold(vendor)
        vendor.say("/x")
        await vendor.sees("X-отчёт", "смена № 1", "Выручка: 800 ₸", "Продажи: 1 чек на 800 ₸", "В кассе: 800 ₸")
        vendor.say("Закрыть смену")
        await vendor.sees("Закрыть смену № 1?", "Чеков: 1", "в кассе 800 ₸")
        vendor.press("Закрыть смену № 1")
        head = (await vendor.sees("✔✔ Z-отчёт", "смена № 1 закрыта"))["text"]
        summary = await owner.sees("✔✔ Z-отчёт", "Выручка: 800 ₸", "Наличные: 800 ₸", "Голова цепи", "Этот Z-отчёт")
        views = await here.street.engine.books.documents(here.street.register_id, after=0, limit=10)
        assert views[0].document.digest in summary["text"] and views[1].document.digest in summary["text"]
        assert views[1].document.digest not in head and views[1].document.digest[:12] in head
        assert len(vendor.messages()) == len([one for one in vendor.texts() if "автоматически" not in one])


async def test_a_shift_that_closed_by_itself_is_told_to_the_cashier(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        await sold(vendor)
        await here.street.engine.acts.close_shift(here.street.register_id, withdraw_cash=False, key="by-itself")
        await vendor.sees("смена № 1 закрыта автоматически", "Выручка 800 ₸", "в кассе 800 ₸")
        await owner.sees("✔✔ Z-отчёт", "Голова цепи")


async def test_close_with_the_drawer_taken_out(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor)
        vendor.say("закрыть смену")
        await vendor.offers("Закрыть и изъять 800")
        vendor.press_like("Закрыть и изъять 800")
        await vendor.sees("✔✔ Z-отчёт", "изъято 800 ₸", "В кассе: 0 ₸")
        assert await here.documents() == ["1 sell registered", "2 withdrawal registered", "3 shift_close registered"]


async def test_a_kazakh_vendor_never_reads_russian(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, language="kk") as here:
        vendor = here.chat()
        here.telegram.start(vendor.id)
        await vendor.sees("Касса дайын")
        vendor.say("2 шай 150, нан 200, қолма-қол 1000")
        await vendor.sees("шай 2 × 150 = 300", "Барлығы: 500 ₸", "қайтарым 500 ₸")
        vendor.press_like("Чек беру: 500")
        await vendor.sees("✔✔", "№ 1 чек · 500 ₸", "ФДО")
        vendor.say("салу 5000")
        await vendor.offers("5 000 ₸ салу")
        vendor.press_like("5000 ₸ салу")
        await vendor.sees("✔✔", "№ 2 ақша салу")
        vendor.press("X-есеп")
        await vendor.sees("X-есеп", "Түсім: 500 ₸")
        vendor.press("Ауысымды жабу")
        await vendor.offers("№ 1 ауысымды жабу")
        vendor.press("№ 1 ауысымды жабу")
        await vendor.sees("✔✔ Z-есеп", "Тізбек басы")
        russian = ("чек №", "сдача", "итого", "смена", "касса готова", "наличные", "принят", "выручка")
        for message in vendor.messages():
            words = [message["text"] or "", *(one["text"] for row in message["keyboard"] for one in row)]
            assert [word for word in russian if word in " ".join(words).lower()] == []


async def test_start_speaks_the_persons_language_and_shows_a_shared_receipt(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, stranger = here.chat(), here.chat(STRANGER)
        here.telegram.start(vendor.id)
        await vendor.sees("Касса готова", "кофе 800", "учебная касса")
        await sold(vendor)
        view = await here.street.engine.books.document(here.street.register_id, 1)
        here.telegram.start(stranger.id, f"r_{view.receipt_url.rsplit('/', 1)[1]}")
        shown = await stranger.sees("Ваш чек", "800 ₸")
        assert shown["keyboard"][0][0]["url"] == view.receipt_url
        here.telegram.start(stranger.id)
        await stranger.sees("Начните с учебной кассы")
        stranger.press("Қазақша")
        await stranger.sees("енді қазақша")
        stranger.say("кофе 800")
        await stranger.sees("Сізде касса жоқ")
        vendor.say("Язык")
        await vendor.sees("Выберите язык")
        vendor.press("English")
        await vendor.sees("English from now on")
        vendor.say("help")
        await vendor.sees("How to sell")


async def test_the_qr_of_a_receipt_is_a_picture(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor)
        vendor.press("QR")
        shown = await vendor.until(lambda: [one for one in vendor.messages() if one["files"]], "a picture")
        assert "Чек № 1" in shown[0]["text"].replace("\u00a0", " ") and shown[0]["files"][0]["type"] == "image/png"


@pytest.mark.parametrize("mode", ["lose_answers", "http_500", "too_many_requests", "down"])
async def test_a_fault_of_telegram_loses_nothing(database: str, tmp_path: Path, mode: str) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("кофе 800 нал")
        await vendor.offers("Пробить 800")
        here.telegram.set_behaviour(mode, 2)
        vendor.press_like("Пробить 800")
        await vendor.sees("✔✔", "Чек № 1")
        await vendor.offers("✔ Чек № 1")
        assert await here.documents() == ["1 sell registered"]


async def test_a_lost_answer_of_the_operator_is_one_receipt(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.street.behave("lose_answers", times=1)
        await sold(vendor)
        assert await here.documents() == ["1 sell registered"]
        assert len(here.street.booked()) == 1


async def test_a_press_cut_off_by_a_crash_is_finished_at_the_next_start(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process goes away while the operator has not answered yet: the next one finishes the same document."""
    monkeypatch.setattr("bot.inbox.CLOSE_S", 0)
    monkeypatch.setattr("bot.desk.CLOSE_S", 0)
    async with chat_street(database, tmp_path) as here:
        vendor, store = here.chat(), ChatStore(here.street.engine.database)
        here.street.behave("slow", delay_s=2)
        vendor.say("кофе 800 нал")
        await vendor.offers("Пробить 800")
        vendor.press_like("Пробить 800")
        await vendor.sees("✔ Чек № 1", "Сохранён")
        await here.stop_bot()
        assert len(await store.unfinished_updates(10)) == 1
        here.street.behave()
        await here.start_bot()
        await vendor.offers("✔ Чек № 1")
        assert len([one for one in vendor.texts() if "Чек № 1" in one]) == 1
        assert len(await here.documents()) == 1 and len(here.street.booked()) == 1


async def test_updates_in_any_order_and_again_are_each_handled_once(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, start=False) as here:
        store = ChatStore(here.street.engine.database)
        assert await store.take_in([(7, 1, '{"a": 1}'), (5, 1, '{"a": 1}')]) == {5, 7}
        assert await store.take_in([(7, 1, '{"a": 1}'), (6, 1, '{"a": 1}')]) == {6}
        assert [one.update_id for one in await store.unfinished_updates(10)] == [5, 6, 7]
        await store.finish_update(6)
        await store.finish_update(5, "poison")
        assert [one.update_id for one in await store.unfinished_updates(10)] == [7]
        assert await store.take_in([(6, 1, "{}")]) == set()


async def test_who_blocked_the_bot_reads_everything_on_return(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        here.telegram.block(OWNER)
        await sold(vendor)
        vendor.say("закрыть смену")
        await vendor.offers("Закрыть смену № 1")
        vendor.press("Закрыть смену № 1")
        await vendor.sees("Z-отчёт")
        assert owner.find("Z-отчёт") is None
        here.telegram.start(OWNER)
        await owner.sees("Z-отчёт", "Выручка: 800 ₸")


async def test_a_long_delivery_is_one_message_of_progress(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, start=False) as here:
        here.street.behave("down")
        for _ in range(REPLAY_EDITS_MAX + 2):
            await here.street.sell()
        async with desk_of(here) as desk:
            newsroom = Newsroom(desk)
            owner = here.chat(OWNER)
            facts = {"number": 1, "mark": "autonomous_registered"}
            now = here.street.clock.now()
            for _ in range(3):
                await newsroom.handle(NewsItem("1", here.street.register_id, "document.registered", facts, now))
            first = await owner.sees("отправляю в ОФД, осталось 22")
            here.street.behave()
            await here.street.deliver()
            await newsroom.handle(NewsItem("2", here.street.register_id, "register.online", {"delivered": 22}, now))
            last = await owner.sees("всё отправлено в ОФД")
            assert first["id"] == last["id"]
            await owner.sees("связь с ОФД есть, отправлено 22 документа")
            silent = {one.text: one.silent for one in here.telegram._state.messages.values() if one.chat == OWNER}
            assert all(silent.values())


async def test_a_poisoned_update_is_kept_and_the_chat_goes_on(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, start=False) as here:
        store = ChatStore(here.street.engine.database)
        poison = {"update_id": 1, "message": {"chat": {"id": VENDOR, "type": "private"}, "text": 5}}
        await store.take_in([(1, VENDOR, to_jsonb(poison))])
        await here.start_bot()
        vendor = here.chat()
        await vendor.sees("из-за ошибки на нашей стороне")
        await sold(vendor)
        await here.stop_bot()
        assert await store.unfinished_updates(10) == []


async def test_a_viewer_reads_and_makes_nothing(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        viewer = here.chat(STRANGER)
        people, register_id = here.street.engine.people, here.street.register_id
        await people.link_person(register_id, STRANGER, "viewer", "Оля", "ru")
        viewer.say("кофе 800")
        await viewer.sees("можете только смотреть отчёты", "Ничего не сделано")
        viewer.say("закрыть смену")
        await viewer.until(lambda: len(viewer.messages()) == 2, "a second no")
        await sold(here.chat())
        viewer.say("X-отчёт")
        await viewer.sees("X-отчёт", "Выручка: 800 ₸")


async def test_a_group_is_told_kindly_and_nothing_is_read_there(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, start=False) as here, desk_of(here) as desk:
        person = {"id": VENDOR, "is_bot": False, "first_name": "Айгүл"}
        message = {"message_id": 1, "date": 0, "chat": {"id": -5, "type": "group", "title": "Базар"}, "from": person}
        for number in (1, 2):
            update = Update.model_validate({"update_id": number, "message": {**message, "text": "кофе 800 нал"}})
            async with open_bot(here.settings) as bot:
                await dispatcher_of(desk).feed_update(bot, update)
        told = await desk.store.message(-5, "group")
        assert told is not None and "личном чате" in told.body["text"] and told.revision == 1


async def test_a_blocked_register_names_the_cause_and_is_freed_by_the_button(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        here.street.behave("ok", result_code=15, text="не оплачено")
        vendor.say("кофе 800 нал")
        await vendor.offers("Пробить 800")
        vendor.press_like("Пробить 800")
        await vendor.sees("☁✕", "Чек № 1")
        for person in (vendor, owner):
            await person.sees("касса заблокирована", "не оплачено", "Что сделать")
        vendor.say("чай 150 карта")
        await vendor.offers("Пробить 150")
        vendor.press_like("Пробить 150")
        await vendor.sees("Касса заблокирована", "Чек не создан", "нажмите «Я оплатил — проверить»")
        assert len(await here.documents()) == 1
        here.street.behave()
        vendor.press("Я оплатил — проверить")
        await vendor.sees("☁✕ ✔✔", "Чек № 1")
        await vendor.sees("ОФД ответил: касса на связи, всё отправлено")
