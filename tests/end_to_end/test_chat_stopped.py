"""A register that stands until its owner decides, in the chat: send again, settled outside, a new token by message."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk
from bot.newsroom import Newsroom
from bot.people import Speaker
from bot.press import Action, Press
from core.db.queues import NewsItem
from core.domain.view import DocumentView, Mark
from core.errors import Refused
from tests.end_to_end.chat_street import OWNER, STRANGER, ChatStreet, chat_street, desk_of

STOP_BUTTONS = ["Повторить", "Уладил с ОФД сам", "Отправить в другой версии"]


async def sell_in_the_dark(here: ChatStreet, count: int = 2) -> None:
    """Documents that were never sent: the operator's door is shut."""
    here.street.behave("down")
    for _ in range(count):
        assert (await here.street.sell()).view.mark is Mark.AUTONOMOUS


async def stopped(here: ChatStreet, code: int = 13, text: str = "не то") -> None:
    """The head of the queue is refused and the lane stands."""
    await sell_in_the_dark(here)
    here.street.behave(result_code=code, text=text, commands=["TICKET"])
    await here.street.engine.lanes.probe(here.street.register_id)
    assert (await here.street.view()).lane.stopped


async def is_stopped(here: ChatStreet) -> bool:
    return bool((await here.street.view()).lane.stopped)


async def test_send_again_moves_a_stopped_queue_in_its_order(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        await stopped(here)
        told = await owner.sees("очередь в ОФД стоит", "не принял документ № 1: не то (код 13)", "нажмите «Повторить»")
        assert [row[0]["text"] for row in told["keyboard"]] == STOP_BUTTONS
        seen = await vendor.sees("очередь в ОФД стоит", "Это Ерлан")
        assert seen["keyboard"] == [] and "настройк" not in seen["text"]
        owner.press("Повторить")
        await owner.sees("ОФД не принял документ № 1: не то (код 13)")
        here.street.behave()
        owner.press("Повторить")
        await owner.sees("✔✔ Касса на связи с ОФД, всё отправлено")
        assert await here.documents() == ["1 sell autonomous_registered", "2 sell autonomous_registered"]
        assert [one["printed_document_number"] for one in here.street.booked()] == [1, 2]
        owner.press("Повторить")
        await owner.sees("Этого решения уже не нужно", "всё отправлено")
        await here.stop_bot()
        await here.street.agrees()


async def test_settled_outside_is_confirmed_once_and_only_for_the_document_it_named(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        await stopped(here)
        await owner.offers("Уладил с ОФД сам")
        owner.press("Уладил с ОФД сам")
        asked = await owner.sees("Документ № 1 уже улажен с ОФД?", "Отменить это решение нельзя")
        owner.press("Отмена")
        left = await owner.sees("Решение не принято")
        assert left["id"] == asked["id"] and (await here.street.view()).lane.stopped
        owner.press("Уладил с ОФД сам")
        await owner.offers("Да, документ № 1 улажен")
        confirm = owner.button("Да, документ № 1 улажен")["data"]
        owner.press(data=confirm)
        await owner.sees("документ № 1 улажен с ОФД без кассы", "не принял документ № 2")
        assert await here.documents() == ["1 sell settled", "2 sell stopped"]
        told = len(here.street.exchanges())
        owner.press("Повторить")
        await here.street.reached(told + 1)
        await here.street.until(lambda: is_stopped(here))
        await owner.until(lambda: len([one for one in owner.texts() if "не принял документ № 2" in one]) >= 2, "again")
        assert await here.documents() == ["1 sell settled", "2 sell stopped"]
        here.street.behave()
        owner.press("Повторить")
        await owner.sees("всё отправлено")
        assert await here.documents() == ["1 sell settled", "2 sell autonomous_registered"]
        await here.stop_bot()
        await here.street.agrees()


async def test_an_old_confirmation_never_decides_about_the_next_document(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        await stopped(here)
        await owner.offers("Уладил с ОФД сам")
        owner.press("Уладил с ОФД сам")
        await owner.offers("Да, документ № 1 улажен")
        confirm = owner.button("Да, документ № 1 улажен")["data"]
        owner.press(data=confirm)
        owner.press(data=confirm)
        await owner.sees("Этого решения уже не нужно", "не принял документ № 2")
        assert await here.documents() == ["1 sell settled", "2 sell stopped"]


async def test_a_cashier_presses_in_vain(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, other = here.chat(OWNER), here.chat(STRANGER)
        people, register_id = here.street.engine.people, here.street.register_id
        await people.link_person(register_id, STRANGER, "manager", "Оля", "ru")
        await stopped(here)
        await other.offers("Повторить")
        await owner.sees("очередь в ОФД стоит")
        await people.link_person(register_id, STRANGER, "cashier", "Оля", "ru")
        here.street.behave()
        other.press("Повторить")
        await other.sees("Что сделать: позовите того, кто может решить. Это Ерлан")
        other.say("кофе 800 карта")
        await other.offers("Пробить 800")
        other.press_like("Пробить 800")
        await other.sees("Очередь в ОФД остановлена", "Это Ерлан")
        assert (await here.street.view()).lane.stopped
        owner.say("кофе 800 карта")
        await owner.offers("Пробить 800")
        owner.press_like("Пробить 800")
        refused = await owner.sees("Очередь в ОФД остановлена", "нажмите «Повторить»")
        assert [row[0]["text"] for row in refused["keyboard"]] == STOP_BUTTONS


@pytest.mark.parametrize("where", ["stop", "block"])
async def test_a_new_token_comes_as_a_message_and_is_never_shown(
    database: str, tmp_path: Path, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        owner.say("токен 500")
        await owner.sees("Новый токен сейчас не нужен", "жетон 500")
        if where == "stop":
            await stopped(here, code=2)
        else:
            here.street.behave(result_code=2)
            with pytest.raises(Refused, match="OFD_REFUSED"):
                await here.street.sell()
            assert (await here.street.view()).block.reason == "bad_token"
        await owner.sees("пришлите его сюда сообщением", "токен 123456789")
        assert "123456789" not in (await vendor.sees("Новых чеков не будет"))["text"]
        here.street.behave()
        token = here.street.ofd.issue_token(here.street.device_id)
        vendor.say(f"токен {token}")
        await vendor.sees("ввести новый вам нельзя", "Это Ерлан")
        owner.say("токен 4294967296")
        await owner.sees("Это не похоже на токен")
        caplog.clear()
        owner.say(f"Токен: {token}")
        await owner.sees("Новый токен передан кассе", "всё отправлено")
        view = await here.street.view()
        assert (view.state, view.mode, view.unsent, view.lane.stopped) == ("active", "online", 0, False)
        assert (await here.street.sell()).view.mark is Mark.REGISTERED
        shown = [*vendor.texts(), *owner.texts(), *here.toasts(), *(one.getMessage() for one in bot_records(caplog))]
        assert [one for one in shown if str(token) in one] == []
        await here.stop_bot()
        rows = await here.street.engine.database.rows("SELECT body::text FROM chat_update WHERE body IS NOT NULL")
        assert list(rows) == []


def bot_records(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What production may log: the sandbox's own book of exchanges is no part of it."""
    return [one for one in caplog.records if one.name.split(".")[0] in ("bot", "core", "aiogram")]


async def test_a_token_that_is_wrong_too_is_told_as_such(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        await stopped(here, code=2, text="")
        await owner.sees("очередь в ОФД стоит", "причину ОФД не назвал (код 2)")
        here.street.behave(result_code=2)
        owner.say("токен 7")
        await owner.sees("Новый токен передан кассе", "не принял документ № 1", "пришлите его сюда")
        here.street.behave()
        owner.say(f"токен {here.street.ofd.issue_token(here.street.device_id)}")
        await owner.sees("Новый токен передан кассе", "всё отправлено")
        assert [one.split()[2] for one in await here.documents()] == ["autonomous_registered"] * 2


async def test_a_block_by_the_service_is_lifted_by_send_again(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        here.street.behave(result_code=5, text="нет услуги")
        with pytest.raises(Refused, match="OFD_REFUSED"):
            await here.street.sell()
        await owner.sees("касса заблокирована", "нет услуги", "нажмите «Повторить»")
        owner.press("Повторить")
        await owner.until(lambda: len([one for one in owner.texts() if "нет услуги" in one]) == 2, "again")
        here.street.behave()
        owner.press("Повторить")
        await owner.sees("всё отправлено")


async def test_the_end_of_a_shift_is_told_once_and_closes_by_the_button(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, start=False) as here, desk_of(here) as desk:
        vendor, owner = here.chat(), here.chat(OWNER)
        newsroom, register_id, now = Newsroom(desk), here.street.register_id, here.street.clock.now()
        await here.street.sell()
        until = (await here.street.view()).shift.closes_before.isoformat()
        soon = NewsItem("1", register_id, "shift.closes_soon", {"until": until, "auto_close": True}, now)
        for item in (soon, replace(soon, news_id="2"), replace(soon, news_id="3")):
            await newsroom.handle(item)
        refused = {"shift": 1, "result_code": 14, "text": "нет денег"}
        for number in ("4", "5"):
            await newsroom.handle(NewsItem(number, register_id, "shift.close_refused", refused, now))
        await newsroom.handle(NewsItem("6", register_id, "clock.jumped", {}, now))
        facts: dict[str, Any] = {"result_code": 12, "text": "нет", "differences": []}
        await newsroom.handle(NewsItem("7", register_id, "lane.difference", facts, now))
        for person in (vendor, owner):
            await person.sees("смене скоро 24 часа", "закроется сама")
            await person.sees("смена № 1 сама не закрылась", "нет денег (код 14)")
        await owner.sees("часы перескочили вперёд")
        await owner.sees("не дал сверить счётчики", "нет (код 12)")
        assert (len(vendor.messages()), len(owner.messages())) == (2, 4)
        await here.start_bot()
        vendor.press("Закрыть смену")
        await vendor.offers("Закрыть смену № 1")
        vendor.press("Закрыть смену № 1")
        await vendor.sees("✔✔ Z-отчёт", "смена № 1 закрыта")
        count = len(vendor.messages())
        await newsroom.handle(replace(soon, news_id="8"))
        await newsroom.handle(NewsItem("9", register_id, "shift.close_refused", refused, now))
        assert len(vendor.messages()) == count


async def test_an_act_goes_on_when_showing_it_fails(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document stands in the journal and the operator is slow; the chat's own rows fail meanwhile."""

    async def broken(self: Desk, speaker: Speaker, view: DocumentView, **more: Any) -> None:
        raise RuntimeError("the chat's rows are away")

    async with chat_street(database, tmp_path, start=False) as here, desk_of(here) as desk:
        speaker = await desk.people.speaker(OWNER)
        row = await desk.new_draft(speaker, here.street.register_id, "deposit", {}, "update:1")
        here.street.behave("slow", delay_s=1.5)
        monkeypatch.setattr(Desk, "show_document", broken)
        press = Press(Action.CASH, row.draft_id, 500_000)
        with pytest.raises(RuntimeError, match="rows are away"):
            await desk.make(speaker, row, press)
        assert len(desk.acts) == 1 and await here.documents() == ["1 deposit saved"]
        await desk.close()
        assert desk.acts == set() and await here.documents() == ["1 deposit registered"]
        monkeypatch.undo()
        await desk.make(speaker, row, press)
        assert await here.documents() == ["1 deposit registered"] and len(here.street.booked()) == 1


async def test_an_act_goes_on_when_its_handler_is_cancelled(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, start=False) as here, desk_of(here) as desk:
        speaker = await desk.people.speaker(OWNER)
        row = await desk.new_draft(speaker, here.street.register_id, "deposit", {}, "update:1")
        here.street.behave("slow", delay_s=1.5)
        handler = asyncio.create_task(desk.make(speaker, row, Press(Action.CASH, row.draft_id, 500_000)))
        await here.chat(OWNER).sees("✔ Внесение № 1", "Сохранён")
        handler.cancel()
        await asyncio.gather(handler, return_exceptions=True)
        await desk.close()
        assert await here.documents() == ["1 deposit registered"]
