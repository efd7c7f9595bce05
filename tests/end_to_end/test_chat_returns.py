"""Returns in the chat: line by line in one living message, over several returns, by reply, by anybody's check link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.end_to_end.chat_street import OWNER, Chat, chat_street

TWO_GOODS = "2 кофе 800, нан 350, карта"
ELSEWHERE = "https://consumer.oofd.kz/?i=923860753030&f=600000000001&s=1950.00&t=20261120T143205"


async def sold(vendor: Chat, text: str, total: str, number: int) -> dict[str, Any]:
    vendor.say(text)
    await vendor.offers(f"Пробить {total}")
    vendor.press_like(f"Пробить {total}")
    return await vendor.sees(f"Чек № {number} ·", "ФП")


async def test_one_line_of_a_receipt_then_the_rest(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor, TWO_GOODS, "1950", 1)
        vendor.press("Возврат")
        asked = await vendor.sees("Вернуть весь чек № 1 на 1 950 ₸?")
        vendor.press("Часть чека или другая оплата")
        await vendor.sees("1. ↩️ кофе · 2 / 2 = 1 600", "К возврату: 1 950 ₸")
        vendor.press_like("2: 1 / 1")
        vendor.press_like("−")
        shown = await vendor.sees("1. ↩️ кофе · 1 / 2 = 800", "2. ▫️ нан · 0 / 1", "К возврату: 800 ₸")
        assert shown["id"] == asked["id"]
        vendor.press_like("Вернуть 800")
        await vendor.sees("✔✔", "Возврат № 2 · 800 ₸", "Карта: 800 ₸", "Основание: чек № 1")
        vendor.say("возврат", reply_to=await receipt_id(vendor))
        await vendor.sees("Часть чека № 1 уже вернули. Вернуть остальное на 1 150 ₸?", "кофе · 1 / 1 = 800", "нан")
        vendor.press_like("Вернуть 1150")
        await vendor.sees("✔✔", "Возврат № 3 · 1 150 ₸")
        vendor.say("возврат", reply_to=await receipt_id(vendor))
        await vendor.sees("уже возвращён целиком")
        assert [one["kind"] for one in here.street.booked()] == ["sell", "sell_return", "sell_return"]
        await here.street.agrees()


async def receipt_id(vendor: Chat) -> int:
    receipt = vendor.find("Чек № 1 ·", "ФП")
    assert receipt is not None
    return int(receipt["id"])


async def test_words_name_the_part_and_a_button_makes_only_the_sum_that_it_names(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor, TWO_GOODS, "1950", 1)
        vendor.say("возврат 1 кофе", reply_to=await receipt_id(vendor))
        asked = await vendor.sees("кофе · 1 / 2 = 800", "К возврату: 800 ₸")
        draft_id = vendor.button("Вернуть 800")["data"].split(":")[1]
        row = await here.store().draft(draft_id)
        assert row is not None
        # the message still shows 800 when a second phone has already chosen both
        await here.store().set_body(draft_id, {**row.body, "total": 160_000})
        vendor.press_like("Вернуть 800")
        await vendor.offers("Вернуть 1600")
        assert await here.documents() == ["1 sell registered"]
        assert [one for one in here.toasts() if "Сумма изменилась" in one]
        vendor.press("Наличные")
        await vendor.sees("К возврату: 800 ₸")
        vendor.press_like("Вернуть 800")
        await vendor.sees("В кассе не хватает наличных")
        vendor.say("внести 5000")
        await vendor.offers("Внести 5000")
        vendor.press_like("Внести 5000")
        await vendor.sees("Внесение № 2")
        assert asked["id"] == (vendor.find("К возврату: 800 ₸") or {})["id"]
        vendor.press_like("Вернуть 800")
        await vendor.sees("Возврат № 3 · 800 ₸", "Наличные: 800 ₸")


async def test_one_press_twice_takes_one_step_and_two_returns_at_once_never_give_back_twice(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, owner = here.chat(), here.chat(OWNER)
        receipt = await sold(vendor, TWO_GOODS, "1950", 1)
        here.telegram.set_behaviour("repeat_updates")
        vendor.say("возврат нан", reply_to=receipt["id"])
        await vendor.sees("1. ▫️ кофе · 0 / 2", "К возврату: 350 ₸")
        vendor.press_like("+")
        await vendor.sees("кофе · 1 / 2 = 800", "К возврату: 1 150 ₸")
        owner.say("чеки")
        await owner.offers("№ 1")
        owner.press_like("№ 1")
        await owner.sees("Чек № 1 ·", "ФП")
        owner.press("Возврат")
        await owner.offers("Вернуть 1950")
        owner.press_like("Вернуть 1950")
        await owner.sees("Возврат № 2 · 1 950 ₸")
        vendor.press_like("Вернуть 1150")
        await vendor.sees("уже возвращён целиком")
        assert await here.documents() == ["1 sell registered", "2 sell_return registered"]


async def test_an_autonomous_receipt_is_returned_in_part_and_all_is_told_in_order(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.street.behave("down")
        vendor.say(TWO_GOODS)
        await vendor.offers("Пробить 1950")
        vendor.press_like("Пробить 1950")
        receipt = await vendor.sees("☁✕", "Чек № 1 ·")
        vendor.say("возврат нан", reply_to=receipt["id"])
        await vendor.offers("Вернуть 350")
        vendor.press_like("Вернуть 350")
        await vendor.sees("☁✕", "Возврат № 2 · 350 ₸")
        await here.street.recover()
        await vendor.sees("☁✕ ✔✔", "Возврат № 2")
        await here.street.agrees()


async def test_a_receipt_made_elsewhere_is_returned_by_its_pasted_link_within_its_sum(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        vendor.say("внести 5000")
        await vendor.offers("Внести 5000")
        vendor.press_like("Внести 5000")
        await vendor.sees("Внесение № 1")
        vendor.say(ELSEWHERE)
        await vendor.sees("Возврат чека другой кассы", "ФП 923860753030", "РНМ 600000000001", "на 1 950 ₸")
        vendor.say(ELSEWHERE.replace("923860753030", "923860753031"))
        await vendor.sees("Возврат чека другой кассы", "ФП 923860753031")
        vendor.say(ELSEWHERE)
        await vendor.until(lambda: len([one for one in vendor.texts() if "ФП 923860753030" in one]) == 2, "again")
        vendor.say("2000")
        await vendor.sees("осталось вернуть не больше 1 950 ₸")
        vendor.say("кофе 800")
        await vendor.sees("кофе · 1", "К возврату: 800 ₸")
        vendor.press_like("Вернуть 800")
        await vendor.sees("✔✔", "Возврат № 2 · 800 ₸")
        vendor.say(f"возврат {ELSEWHERE}")
        await vendor.sees("Осталось вернуть: 1 150 ₸", "К возврату: 1 150 ₸")
        vendor.press_like("Карта")
        await vendor.offers("● Карта")
        vendor.press_like("Вернуть 1150")
        await vendor.sees("✔✔", "Возврат № 3 · 1 150 ₸", "Карта: 1 150 ₸")
        vendor.say(ELSEWHERE)
        await vendor.sees("уже возвращён целиком")
        await here.street.agrees()


async def test_links_that_say_too_little_and_links_of_our_own(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor, TWO_GOODS, "1950", 1)
        view = await here.street.document(1)
        for link in (view.receipt_url, str(view.check_url)):
            before = len(vendor.messages())
            vendor.say(link)
            await vendor.until(lambda seen=before: len(vendor.messages()) > seen, "an answer")  # type: ignore[misc]
            assert "Вернуть весь чек № 1" in vendor.texts()[-1].replace("\u00a0", " ")
        vendor.say("https://receipt.kaspi.kz/web?extTranId=QR123&sale_date=2026-11-20 14:32:05".replace(" ", "%20"))
        await vendor.sees("не видно кассы, суммы или даты")
        vendor.say("https://evil.example/?i=1&f=2&s=3&t=4")
        await vendor.sees("Не узнал ссылку на чек")
        assert await here.documents() == ["1 sell registered"]


async def test_a_return_of_a_known_receipt_takes_at_most_three_taps(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor, TWO_GOODS, "1950", 1)
        before = len(here.toasts())
        vendor.press("Возврат")
        await vendor.offers("Вернуть 1950")
        vendor.press_like("Вернуть 1950")
        await vendor.sees("Возврат № 2 · 1 950 ₸")
        await vendor.offers("✔ Возврат № 2")
        assert len(here.toasts()) - before == 2
