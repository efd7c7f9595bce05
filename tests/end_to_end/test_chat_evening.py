"""The owner's evening through the sandbox's Telegram: the card at the close of a shift, whoever closes it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.newsroom import Newsroom
from bot.screens.screen import CAPTION_UNITS_MAX, from_body
from core.db.queues import NewsItem
from core.domain.document import Document
from core.domain.ticket import Kind, LineInput, Parent, Payment, PaymentType, TicketInput
from core.reports.evening_picture import HEIGHT, WIDTH, Picture
from tests.end_to_end.chat_street import OWNER, STRANGER, VENDOR, Chat, ChatStreet, chat_street, desk_of
from tests.integration.engine_street import StillClock, Street, neighbour

MANAGER = STRANGER
_WAITING = """
    SELECT (SELECT count(*) FROM chat_update WHERE state = 'waiting')
         + (SELECT count(*) FROM news WHERE done_at IS NULL)
         + (SELECT count(*) FROM chat_message WHERE shown < revision AND dropped IS NULL)
"""


def plain(message: dict[str, Any]) -> str:
    return str(message["text"]).replace("\u00a0", " ")


def cards(chat: Chat) -> list[dict[str, Any]]:
    return [one for one in chat.messages() if one["media"] == "photo"]


async def card(chat: Chat, *parts: str) -> dict[str, Any]:
    """The newest message with a picture and these words, once it is there; within Telegram's bounds."""

    def found() -> dict[str, Any] | None:
        message = chat.find(*parts)
        return message if message is not None and message["media"] == "photo" else None

    message: dict[str, Any] = await chat.until(found, f"a card with {parts}")
    (file,) = message["files"]
    assert (file["type"], file["width"], file["height"]) == ("image/png", WIDTH, HEIGHT)
    assert len(message["text"].encode("utf-16-le")) // 2 <= CAPTION_UNITS_MAX
    return message


async def quiet(here: ChatStreet) -> None:
    """Nothing is on its way any more."""

    async def is_quiet() -> bool:
        waiting: int = await here.street.engine.database.value(_WAITING)
        return waiting == 0 and not here.telegram._state.updates and not here.telegram._state.presses

    await here.street.until(is_quiet)


async def drawn(here: ChatStreet, chat: Chat, message: dict[str, Any]) -> Picture:
    """What the picture of a message shows."""
    await quiet(here)
    row = await here.store().message_by_id(chat.id, message["id"])
    screen = None if row is None else from_body(row.body)
    assert screen is not None and screen.card is not None
    return screen.card


async def busy_day(street: Street) -> None:
    """Sales of every kind of payment with tiyn in them, a discount, a return, a purchase, cash in and out."""
    acts, register_id = street.engine.acts, street.register_id
    await street.sell(800_00, payment=PaymentType.CASH)
    street.advance(hours=1)
    await street.sell(1_234_56)
    mixed = (Payment(PaymentType.CASH, 100_05), Payment(PaymentType.MOBILE, 249_95))
    ticket = TicketInput(Kind.SELL, (LineInput("Самса", 175_00, 2000),), payments=mixed)
    await acts.make(register_id, ticket, key=street.key())
    street.advance(hours=2)
    back = TicketInput(
        Kind.SELL_RETURN,
        (LineInput("Нан", 800_00),),
        payments=(Payment(PaymentType.CASH, 800_00),),
        parent=Parent(document_number=1),
    )
    await acts.make(register_id, back, key=street.key())
    await street.sell(99_999_99, payment=PaymentType.MOBILE)


def z_of(document: Document) -> dict[str, str]:
    """The lines that a caption must say, from the Z-report itself."""
    report = document.report
    assert report is not None
    sales, returns = report.tickets["sell"], report.tickets["sell_return"]
    return {
        "sales": f"Продажи: {sales.count} чека на {tenge(sales.sum)} ₸",
        "returns": f"Возвраты: {returns.count} на {tenge(returns.sum)} ₸",
        "revenue": f"Выручка: {tenge(report.revenue)} ₸",
        "cash": f"К сдаче наличными: {tenge(report.cash)} ₸",
        "head": report.chain_head,
        "digest": document.digest,
    }


def tenge(tiyn: int) -> str:
    whole, part = divmod(abs(tiyn), 100)
    return ("−" if tiyn < 0 else "") + f"{whole:,}".replace(",", " ") + (f",{part:02d}" if part else "")


async def test_the_card_of_a_close_says_what_its_z_report_says_to_the_tiyn(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        await busy_day(here.street)
        made = await here.street.close()
        message = await card(owner, "✔✔ Z-отчёт", "смена № 1 закрыта")
        report = made.view.document.report
        assert report is not None
        for line in z_of(made.view.document).values():
            assert line in plain(message), line
        picture = await drawn(here, owner, message)
        assert picture.total == report.revenue == sum(column.total for column in picture.columns)
        for kind in PaymentType:
            came = sum(report.tickets[op].payments[kind].sum for op in ("sell", "buy_return"))
            went = sum(report.tickets[op].payments[kind].sum for op in ("sell_return", "buy"))
            assert sum(column.sums.get(kind, 0) for column in picture.columns) == came - went
            assert [one.amount for one in picture.figures if one.kind is kind] == [came - went]
        hours = {column.label: column.total for column in picture.columns if column.total}
        assert hours == {"9": 800_00, "10": 1_234_56 + 350_00, "12": 99_999_99 - 800_00}
        await quiet(here)
        assert [one["id"] for one in owner.messages() if "часы" not in one["text"]] == [message["id"]]
        assert not [one for one in here.chat(VENDOR).messages() if one["media"] == "photo"]
        await here.street.agrees()


async def test_an_owner_who_closes_the_shift_has_one_message_of_it_without_a_sound(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        await here.street.sell(800_00, payment=PaymentType.CASH)
        owner.say("закрыть смену")
        await owner.offers("Закрыть и изъять 800")
        owner.press_like("Закрыть и изъять 800")
        message = await card(owner, "✔✔ Z-отчёт", "изъято 800 ₸", "В кассе: 0 ₸", "К сдаче наличными: 800 ₸")
        await quiet(here)
        assert [one["id"] for one in owner.messages() if "Z-отчёт ·" in one["text"]] == [message["id"]]
        assert message["silent"]


async def test_a_manager_has_the_card_and_a_viewer_asks_for_it(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        people, register_id = here.street.engine.people, here.street.register_id
        await people.link_person(register_id, MANAGER, "manager", "Оля", "en")
        await people.link_person(register_id, VENDOR, "viewer", "Айгүл", "ru")
        await here.street.sell(800_00)
        await here.street.close()
        await card(here.chat(MANAGER), "✔✔ Z-report", "Takings: 800 ₸")
        viewer = here.chat(VENDOR)
        await quiet(here)
        assert viewer.messages() == []
        viewer.say("қорытынды")
        await card(viewer, "Итоги · понедельник, 23 ноября", "Выручка: 800 ₸", "Z-отчёт № 1: 800 ₸")


@pytest.mark.parametrize(
    ("hour", "minute", "silent"), [(7, 59, True), (8, 0, False), (21, 59, False), (22, 0, True), (2, 0, True)]
)
async def test_no_card_makes_a_sound_at_night(
    database: str, tmp_path: Path, hour: int, minute: int, silent: bool
) -> None:
    clock = StillClock()
    clock.set_offset(timedelta(hours=hour - 9, minutes=minute))
    async with chat_street(database, tmp_path, clock=clock) as here:
        await here.street.sell(800_00)
        await here.street.close()
        message = await card(here.chat(OWNER), "Z-отчёт")
        assert message["silent"] is silent


async def test_replayed_news_bring_no_second_card(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock(), start=False) as here:
        owner = here.chat(OWNER)
        await here.street.sell(800_00)
        made = await here.street.close()
        facts = {"number": made.view.document.number, "shift": 1}
        news = NewsItem("1", here.street.register_id, "shift.closed", facts, here.street.clock.now())
        async with desk_of(here) as desk:
            for _ in range(3):
                await Newsroom(desk).handle(news)
            first = await card(owner, "Z-отчёт")
        async with desk_of(here) as desk:
            await Newsroom(desk).handle(news)
        await here.start_bot()
        await quiet(here)
        assert [one["id"] for one in owner.messages()] == [first["id"]]
        assert not first["edits"]


async def test_a_removed_owner_has_no_card_and_their_old_one_says_nothing_more(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        engine, register_id = here.street.engine, here.street.register_id
        await engine.people.link_person(register_id, MANAGER, "manager", "Оля", "ru")
        removed, owner = here.chat(MANAGER), here.chat(OWNER)
        await here.street.sell(800_00)
        await here.street.close()
        before = await card(removed, "Z-отчёт")
        await quiet(here)
        assert await engine.crew.staff.remove(OWNER, register_id, MANAGER)
        await here.street.sell(950_00)
        removed.press_like("По товарам")
        removed.press_like("Файлы: Excel")
        removed.say("итоги")
        await removed.sees("У вас нет кассы")
        await here.street.close()
        await card(owner, "смена № 2 закрыта", "Выручка: 950 ₸")
        await quiet(here)
        assert [one["text"] for one in cards(removed)] == [before["text"]]
        assert not [one for one in removed.messages() if one["media"] == "document"]
        assert sum("Итоги видят" in one for one in here.toasts()) == 2


@pytest.mark.parametrize("fault", ["http_500", "down", "too_many_requests"])
async def test_a_card_that_telegram_does_not_take_comes_later_as_it_was(
    database: str, tmp_path: Path, fault: str
) -> None:
    async with chat_street(database, tmp_path, clock=StillClock(), start=False) as here:
        owner = here.chat(OWNER)
        await here.street.sell(800_00)
        made = await here.street.close()
        here.telegram.set_behaviour(fault)
        async with desk_of(here) as desk:
            facts = {"number": made.view.document.number, "shift": 1}
            news = NewsItem("1", here.street.register_id, "shift.closed", facts, here.street.clock.now())
            await Newsroom(desk).handle(news)
            row = (await here.store().messages_of_document(here.street.register_id, made.view.document.number))[0]
        assert row.message_id is None and cards(owner) == []
        # a sale of the next shift does not get into the figures of the one that was closed
        await here.street.sell(111_00)
        here.telegram.set_behaviour("ok")
        await here.start_bot()
        message = await card(owner, "Z-отчёт", "Выручка: 800 ₸")
        assert (await drawn(here, owner, message)).total == 800_00
        await quiet(here)
        assert len(owner.messages()) == 1


async def test_a_card_that_telegram_takes_only_at_night_makes_no_sound(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    clock.set_offset(timedelta(hours=12))
    async with chat_street(database, tmp_path, clock=clock, start=False) as here:
        await here.street.sell(800_00)
        made = await here.street.close()
        here.telegram.set_behaviour("down")
        async with desk_of(here) as desk:
            facts = {"number": made.view.document.number, "shift": 1}
            news = NewsItem("1", here.street.register_id, "shift.closed", facts, here.street.clock.now())
            await Newsroom(desk).handle(news)
        (row,) = await here.store().messages_of_document(here.street.register_id, made.view.document.number)
        screen = from_body(row.body)
        assert screen is not None and not screen.silent
        here.street.advance(hours=2)
        here.telegram.set_behaviour("ok")
        await here.start_bot()
        assert (await card(here.chat(OWNER), "Z-отчёт"))["silent"]


async def test_a_close_without_a_link_becomes_registered_in_the_same_card(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        here.street.behave("down")
        await here.street.sell(800_00)
        here.street.advance(minutes=75)
        await here.street.close()
        first = await card(owner, "☁✕ Z-отчёт", "Закрыта автономно")
        assert "Ждут отправки в ОФД: 2" in plain(first) and "Без связи с ОФД: 1 ч 15 мин" in plain(first)
        owner.press_like("По товарам")
        await card(owner, "По товарам", "Нан · 1 · 800 ₸", "Голова цепи")
        owner.press_like("« К итогам")
        await card(owner, "☁✕ Z-отчёт")
        await here.street.recover()
        last = await card(owner, "☁✕ ✔✔ Z-отчёт")
        assert last["id"] == first["id"] and "Ждут отправки" not in plain(last)


async def test_several_registers_stand_on_one_card(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner, other = here.chat(OWNER), await neighbour(here.street)
        engine = here.street.engine
        await engine.people.link_person(other.register_id, OWNER, "owner", "Ерлан", "ru")
        await engine.database.value(
            "UPDATE registration SET title = 'Киоск <b>&' WHERE register_id = $1 RETURNING 1", other.register_id
        )
        await engine.database.hint(f"registration {other.register_id}")
        await other.sell(500_50, payment=PaymentType.CASH)
        await here.street.sell(800_00)
        await here.street.close()
        message = await card(owner, "смена № 1 закрыта", "Выручка: 800 ₸", "всё вместе: 1 300,50 ₸, чеков 2")
        assert "• Дүкен: 800 ₸, чеков 1" in plain(message)
        picture = await drawn(here, owner, message)
        assert picture.total == 1_300_50 == sum(column.total for column in picture.columns)
        owner.press_like("По кассам")
        looked = await card(owner, "По кассам", "Голова цепи")
        assert looked["id"] == message["id"] and "К сдаче 500,50 ₸ · смена открыта" in plain(looked)
        before = len(owner.messages())
        owner.press(data=owner.button("Киоск")["data"])
        one = await card(owner, "Итоги ·", "Киоск <b>&", "Выручка: 500,50 ₸", "Смена ещё открыта")
        assert one["id"] != message["id"] and len(owner.messages()) == before + 1
        assert (await drawn(here, owner, one)).total == 500_50
        owner.press_like("Все кассы")
        await card(owner, "Итоги ·", "2 кассы", "Выручка: 1 300,50 ₸")


async def test_a_night_shops_close_belongs_to_the_day_that_began(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    clock.set_offset(timedelta(hours=13))
    async with chat_street(database, tmp_path, clock=clock) as here:
        owner = here.chat(OWNER)
        await here.street.engine.days.begin_at(here.street.register_id, 6, role="owner")
        await here.street.sell(800_00)
        here.street.advance(hours=5)
        await here.street.sell(150_00)
        await here.street.close()
        message = await card(owner, "закрыта 24.11 03:00", "Выручка: 950 ₸")
        picture = await drawn(here, owner, message)
        assert picture.span == "Понедельник, 23 ноября" and picture.total == 950_00
        labels = [column.label for column in picture.columns]
        assert labels.index("22") < labels.index("3") and "всё вместе" not in plain(message)


async def test_a_shift_over_midnight_says_its_own_sum_beside_the_days(database: str, tmp_path: Path) -> None:
    clock = StillClock()
    clock.set_offset(timedelta(hours=13))
    async with chat_street(database, tmp_path, clock=clock) as here:
        await here.street.sell(800_00)
        here.street.advance(hours=5)
        await here.street.sell(150_00)
        await here.street.close()
        message = await card(here.chat(OWNER), "Выручка: 950 ₸", "23 ноября, всё вместе: 800 ₸, чеков 1")
        assert (await drawn(here, here.chat(OWNER), message)).total == 800_00


async def test_the_same_weekday_before_is_the_line(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        await here.street.sell(1_000_00)
        await here.street.close()
        await card(owner, "смена № 1")
        here.street.advance(days=6)
        await here.street.sell(77_00)
        await here.street.close()
        here.street.advance(days=1)
        await here.street.sell(1_200_00)
        await here.street.close()
        picture = await drawn(here, owner, await card(owner, "смена № 3"))
        assert (picture.change, picture.change_sign) == ("20 % к прошлому понедельнику", 1)
        assert [(one.name, one.amount) for one in picture.figures if one.kind is None] == [("23 ноября", 1_000_00)]
        assert sum(column.before or 0 for column in picture.columns) == 1_000_00


async def test_a_close_in_the_middle_of_a_failing_operator_is_words_first(database: str, tmp_path: Path) -> None:
    """While the close has no outcome there are no figures of it: the same message becomes the card."""
    async with chat_street(database, tmp_path, clock=StillClock()) as here:
        owner = here.chat(OWNER)
        await here.street.sell(800_00)
        here.street.behave("slow", delay_s=2)
        owner.say("закрыть смену")
        await owner.offers("Закрыть смену № 1")
        owner.press("Закрыть смену № 1")
        saved = await owner.sees("✔ Z-отчёт", "Выручка: 800 ₸")
        here.street.behave()
        message = await card(owner, "✔✔ Z-отчёт", "Выручка: 800 ₸")
        assert message["id"] == saved["id"]


