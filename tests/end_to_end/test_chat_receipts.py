"""What can be done with a receipt in the chat: timeline, PDF, copy on paper, link; and the customer's own chat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.screens.kept import code_of
from tests.end_to_end.chat_street import OWNER, STRANGER, Chat, ChatStreet, chat_street


async def sold(vendor: Chat, number: int = 1, mark: str = "✔✔") -> dict[str, Any]:
    vendor.say("кофе 800 карта")
    await vendor.offers("Пробить 800")
    vendor.press_like("Пробить 800")
    return await vendor.sees(mark, f"Чек № {number} ·")


async def waiting_prints(here: ChatStreet) -> list[tuple[int, bool]]:
    orders = await here.street.engine.prints.take((here.street.register_id,), 100)
    return [(one.document_number, one.copy) for one in orders]


async def test_one_tap_prints_one_copy_however_often_it_is_delivered(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor)
        vendor.press("Печать копии")
        await vendor.sees("не подключён принтер")
        await here.street.engine.access.new_bridge(here.street.organisation_id, "Касса у окна")
        here.telegram.set_behaviour("repeat_updates")
        vendor.press("Печать копии")
        await vendor.sees("Копия чека № 1 отправлена на принтер")
        here.telegram.set_behaviour("ok")
        vendor.say("help")
        await vendor.sees("Как продать")
        assert await waiting_prints(here) == [(1, False), (1, True)]
        await here.street.engine.prints.copy(here.street.register_id, 1, "update:7")
        await here.street.engine.prints.copy(here.street.register_id, 1, "update:7")
        assert await waiting_prints(here) == [(1, False), (1, True), (1, True)]


async def test_sending_the_link_is_one_tap_and_the_details_copy_it(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor)
        url = (await here.street.document(1)).receipt_url
        sent = vendor.press("Отправить")
        assert sent["url"].startswith("https://t.me/share/url?url=http%3A%2F%2F127.0.0.1%3A8080%2Fr%2F")
        vendor.press("Подробнее")
        await vendor.offers("Скопировать ссылку")
        assert vendor.press("Скопировать ссылку")["copy_text"] == url


async def test_the_timeline_tells_made_autonomous_sent_printed_and_returned(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await here.street.engine.access.new_bridge(here.street.organisation_id, "Касса у окна")
        here.street.behave("silent")
        await sold(vendor, mark="☁✕")
        vendor.press("Подробнее")
        await vendor.sees("пробит, кассир Айгүл", "автономно: ОФД не ответил", "уйдёт в ОФД сам", "Ждёт принтера")
        await vendor.sees("Попыток без ответа: 1")
        await here.street.recover()
        await vendor.sees("☁✕ ✔✔", "Чек № 1")
        vendor.press("Возврат")
        await vendor.offers("Вернуть 800")
        vendor.press_like("Вернуть 800")
        await vendor.sees("Возврат № 2 ·")
        receipt = vendor.find("Чек № 1 ·", "был автономным")
        assert receipt is not None
        vendor.press(data=next(one["data"] for row in receipt["keyboard"] for one in row if one["text"] == "Подробнее"))
        line = await vendor.sees("отправлен из очереди, ОФД принял", "Возврат № 2 на 800 ₸")
        assert len(line["text"].splitlines()) <= 10


async def test_a_refused_receipt_tells_why_with_the_operators_words_and_code(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.street.behave("ok", result_code=13, text="<неверные> данные", times=1)
        await sold(vendor, mark="✖")
        vendor.press("Подробнее")
        told = await vendor.sees("ОФД не принял: <неверные> данные (код 13)")
        assert told["keyboard"] == []


async def test_the_pdf_of_a_receipt_comes_as_a_file(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await sold(vendor)
        vendor.press("Подробнее")
        await vendor.offers("PDF")
        vendor.press("PDF")
        shown = await vendor.until(lambda: [one for one in vendor.messages() if one["files"]], "a file")
        assert (shown[0]["files"][0]["name"], shown[0]["files"][0]["type"]) == ("tiyn-1.pdf", "application/pdf")


async def test_a_customer_keeps_a_receipt_whose_mark_is_edited_live(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, customer, other = here.chat(), here.chat(STRANGER), here.chat(OWNER)
        here.street.behave("down")
        await sold(vendor, mark="☁✕")
        code = code_of(await here.street.document(1))
        for person in (customer, other):
            here.telegram.start(person.id, f"r_{code}")
        kept = await customer.sees("Ваш чек: Дүкен", "800 ₸", "☁✕ Чек действует")
        await other.sees("☁✕ Чек действует")
        assert kept["text"].splitlines()[-1].startswith("☁✕")
        assert kept["files"][0]["type"] == "image/png"
        assert [one["text"] for row in kept["keyboard"] for one in row] == ["Открыть чек", "PDF"]
        await here.street.recover()
        for person in (customer, other):
            after = await person.sees("☁✕ ✔✔ Чек принят оператором фискальных данных")
            assert len(after["edits"]) == 1
        assert after["files"] != kept["files"], "the picture is drawn anew with the operator's sign"
        customer.press("PDF")
        await customer.until(
            lambda: [one for one in customer.messages() if one["files"] and "pdf" in one["files"][0]["type"]], "a file"
        )


async def test_a_closed_link_refuses_and_is_not_edited_any_more(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, customer = here.chat(), here.chat(STRANGER)
        here.street.behave("down")
        await sold(vendor, mark="☁✕")
        code = code_of(await here.street.document(1))
        here.telegram.start(customer.id, f"r_{code}")
        await customer.sees("☁✕ Чек действует")
        await here.street.engine.links.revoke(here.street.register_id, 1)
        customer.press("PDF")
        await customer.sees("Такого чека нет")
        here.telegram.start(customer.id, f"r_{code}")
        await customer.until(lambda: len([one for one in customer.texts() if "Такого чека нет" in one]) == 2, "no")
        await here.street.recover()
        await vendor.sees("☁✕ ✔✔", "Чек № 1")
        vendor.say("help")
        await vendor.sees("Как продать")
        assert not any("✔✔" in text for text in customer.texts())


async def test_forged_codes_open_nothing(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, customer = here.chat(), here.chat(STRANGER)
        await sold(vendor)
        code = code_of(await here.street.document(1))
        for place in range(0, 28, 7):
            forged = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
            here.telegram.start(customer.id, f"r_{forged}")
        here.telegram.start(customer.id, "r_" + "A" * 28)
        await customer.until(lambda: len([one for one in customer.texts() if "Такого чека нет" in one]) == 5, "five")
        assert not any(one["files"] for one in customer.messages())
