"""The catalogue minded in the chat, price lists as files, photographs of codes: the real bot over HTTP."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import zxingcpp
from openpyxl import load_workbook
from PIL import Image

from bot.baskets import basket_of
from bot.routers.cart import item_of
from bot.routers.scan import sell_codes
from core.db.catalogue import CatalogueStore
from core.db.directory import Directory
from core.domain.barcode import ScannedCode
from core.domain.catalogue import Item
from core.domain.decide import PlacementInput
from core.domain.ticket import Kind
from core.sealing import Sealer
from core.usecases.catalogue import Catalogue, FoundName, Wanted
from tests.end_to_end.chat_street import OWNER, STRANGER, VENDOR, Chat, ChatStreet, chat_street, desk_of
from tests.end_to_end.code_pictures import code_picture
from tests.integration.engine_street import neighbour

EAN, EAN8, MILK = "4006381333931", "96385074", "4870001234560"
FORMATS = zxingcpp.BarcodeFormat


async def names(here: ChatStreet, register_id: str | None = None) -> list[str]:
    catalogue = here.street.engine.catalogue
    goods, _ = await catalogue.page(OWNER, register_id or here.street.register_id, Wanted(), 0, 50)
    return [f"{one.item.name} {one.item.price}" for one in goods]


async def pressed(person: Chat, words: str, *then: str) -> dict[str, Any]:
    await person.offers(words)
    person.press_like(words)
    return await person.sees(*then) if then else {}


def files_of(person: Chat) -> list[dict[str, Any]]:
    return [file for message in person.messages() for file in message["files"]]


async def file_of(here: ChatStreet, person: Chat, name: str) -> bytes:
    """The newest file of that name, as Telegram keeps it."""
    file = await person.until(
        lambda: [one for one in files_of(person) if one["name"] == name][-1:], f"a file {name}"
    )
    data = here.telegram._state.shelf.read_file(file[0]["url"].rsplit("/", 1)[1])
    assert data is not None
    return data


async def test_an_owner_adds_changes_stars_and_deletes_by_hand(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        owner.say("/catalogue")
        form = await owner.sees("Каталог", "Товаров: 0")
        await pressed(owner, "Добавить товар", "Напишите название и цену")
        owner.say("привет")
        await owner.sees("Нужно одно название и цена")
        owner.say("Сыр 3200 кг")
        card = await owner.sees("✔ Добавлено", "Сыр", "3 200 ₸ за кг")
        assert card["id"] == form["id"] or card["id"] > form["id"]
        await pressed(owner, "Цена", "Сколько стоит")
        owner.say("3 500,50")
        await owner.sees("✔ Изменено", "3 500,50 ₸ за кг")
        await pressed(owner, "Раздел", "В каком разделе")
        owner.say("Молочное")
        await owner.sees("Раздел: Молочное")
        await pressed(owner, "Штрихкод", "Напишите штрихкод")
        owner.say("4006381333932")
        await owner.sees("Код не читается", "Ничего не изменилось")
        owner.say(EAN)
        await owner.sees("Штрихкод", EAN)
        await pressed(owner, "НДС", "Ставка НДС")
        await pressed(owner, "5 %", "НДС: 5 %")
        await pressed(owner, "Ед. изм.", "В чём считать")
        await pressed(owner, "шт", "3 500,50 ₸ за шт")
        await pressed(owner, "★ В избранное")
        await owner.offers("☆ Убрать из избранного")
        known = await here.street.engine.catalogue.by_code(OWNER, here.street.register_id, EAN)
        assert known is not None
        assert known.item == Item("Сыр", 350_050, "796", "Молочное", "5", EAN, None, True)
        await pressed(owner, "Удалить", "Удалить «Сыр» из каталога")
        await pressed(owner, "Да, удалить", "Удалено")
        assert await names(here) == []


async def test_a_cashier_sells_from_the_catalogue_and_cannot_change_it(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor, stranger = here.chat(), here.chat(STRANGER)
        vendor.say("/catalogue")
        await vendor.sees("Каталог меняет владелец или управляющий")
        here.telegram.document(VENDOR, "Кофе;800\n".encode(), "goods.csv")
        await vendor.until(lambda: len([one for one in vendor.texts() if "меняет владелец" in one]) == 2, "the same no")
        here.telegram.document(STRANGER, "Кофе;800\n".encode(), "goods.csv")
        await stranger.sees("У вас нет кассы")
        here.telegram.photo(STRANGER, code_picture((EAN, FORMATS.EAN13)))
        await stranger.until(lambda: len(stranger.messages()) == 2, "an answer to the picture")
        assert await names(here) == []


async def test_a_price_list_is_loaded_and_its_bad_rows_are_told(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        rows = "Наименование;Цена;Раздел;Штрихкод\nКофе;800;Напитки;\nНан;350;Хлеб;" + EAN + "\nШай;дорого;;\n"
        here.telegram.document(OWNER, rows.encode("cp1251"), "прайс.csv")
        await owner.sees("Каталог загружен", "Новых: 2", "Не загружено строк: 1", "Строка 4, Цена «дорого»")
        assert files_of(owner) == []
        here.telegram.document(OWNER, rows.replace("350", "360").encode(), "прайс.csv")
        await owner.sees("Новых: 0, изменено: 1, без изменений: 1")
        many = "Название\tЦена\n" + "".join(f"Тауар {n}\t{n if n % 10 else 'нет'}\n" for n in range(1, 101))
        here.telegram.document(OWNER, many.encode("utf-16"), "goods.txt")
        await owner.sees("Новых: 90", "Не загружено строк: 10", "… и ещё строк: 5")
        sheet = load_workbook(io.BytesIO(await file_of(here, owner, "errors.xlsx"))).worksheets[0]
        told = list(sheet.iter_rows(values_only=True))
        assert len(told) == 11 and told[1][:3] == ("11", "Цена", "нет")


async def test_the_export_comes_as_a_file_that_loads_again(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, language="kk") as here:
        owner, other = here.chat(OWNER), await neighbour(here.street)
        await here.street.engine.people.link_person(other.register_id, OWNER, "owner", "Ерлан", "kk")
        for item in (Item("Шай", 15_000, section="Сусын"), Item("Ірімшік", 320_050, "116", vat="none", barcode=EAN)):
            await here.street.engine.catalogue.add(OWNER, here.street.register_id, item)
        owner.say("Тауар каталогы")
        await pressed(owner, "Бәрін жүктеп алу")
        exported = await file_of(here, owner, "catalogue.xlsx")
        here.telegram.document(OWNER, exported, "catalogue.xlsx")
        await owner.sees("Каталог жүктелді", "Жаңасы: 0", "өзгермегені: 2")
        await pressed(owner, "Excel үлгісі")
        here.telegram.document(OWNER, await file_of(here, owner, "template.xlsx"), "template.xlsx")
        await owner.sees("Файлда тауар көрінбейді")
        await pressed(owner, "Басқа кассаға көшіру", "қай кассаға көшіру керек")
        await pressed(owner, "Дүкен", "Көшірілді")
        assert sorted(await names(here, other.register_id)) == sorted(await names(here))


async def test_rubbish_a_hundred_thousand_rows_and_great_files_are_refused_in_words(
    database: str, tmp_path: Path
) -> None:
    async with chat_street(database, tmp_path) as here:
        owner = here.chat(OWNER)
        here.telegram.document(OWNER, bytes(range(256)) * 500, "rubbish.csv")
        await owner.sees("Файл не читается", "Ничего не изменилось")
        here.telegram.document(OWNER, b"a;1\n" * 100_000, "long.csv")
        await owner.sees("Слишком длинный список", "до 10000 строк")
        here.telegram.document(OWNER, b"a;1\n" * (6 * 1024 * 1024), "great.csv")
        await owner.sees("Слишком большой файл", "до 20 МБ")
        here.telegram.document(OWNER, b"\xd0\xcf\x11\xe0old", "old.xls")
        await owner.sees("Слишком старый Excel")
        owner.say("кофе 800")
        await owner.sees("Итого: 800 ₸")
        assert await names(here) == []


async def test_a_photo_of_known_goods_puts_them_into_the_cart(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        for item in (Item("Кофе", 80_000, barcode=EAN), Item("Сағыз", 5_000, barcode=EAN8)):
            await here.street.engine.catalogue.add(OWNER, here.street.register_id, item)
        here.telegram.photo(VENDOR, code_picture((EAN, FORMATS.EAN13), (EAN8, FORMATS.EAN8)))
        first = await vendor.sees("Кофе 800", "Сағыз 50", "Итого: 850 ₸")
        here.telegram.photo(VENDOR, code_picture((EAN, FORMATS.EAN13), angle=90))
        second = await vendor.sees("Кофе 2 × 800", "Итого: 1 650 ₸")
        assert second["id"] > first["id"]
        assert [one for one in vendor.messages() if one["id"] == first["id"]] == []
        vendor.say(EAN8)
        await vendor.sees("Сағыз 2 × 50", "Итого: 1 700 ₸")
        await pressed(vendor, "Оплата 1700")
        await pressed(vendor, "Карта 1700")
        await vendor.sees("✔✔", "Чек № 1 · 1 700 ₸")
        sold = (await here.street.document(1)).document.ticket
        assert sold is not None and [one.barcode for one in sold.items] == [EAN, EAN8]


async def test_an_unknown_code_is_asked_about_once(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        here.telegram.photo(VENDOR, code_picture((EAN, FORMATS.EAN13)))
        await vendor.sees("встретился впервые", EAN)
        vendor.say("просто слова")
        await vendor.sees("Не понял. Нужно одно название и цена")
        vendor.say("Тұз 120")
        await vendor.sees("Тұз 120", "Итого: 120 ₸")
        here.telegram.photo(VENDOR, code_picture((EAN, FORMATS.EAN13)))
        await vendor.sees("Тұз 2 × 120", "Итого: 240 ₸")
        vendor.say(MILK)
        await vendor.sees("встретился впервые", MILK)
        vendor.say("сүт 450")
        await vendor.sees("сүт 450", "Итого: 690 ₸")
        vendor.say("4870001234561")
        await vendor.sees("Ничего не сделано")


class Operator:
    """An operator that knows one code of the national catalogue."""

    async def name_of(self, register_id: str, code: str) -> FoundName | None:
        return FoundName("Тұз «Экстра» 1 кг", "796", "0200123") if code == EAN else None


async def test_a_name_of_the_national_catalogue_needs_only_its_price(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path, start=False) as here, desk_of(here) as desk:
        engine, vendor = here.street.engine, here.chat()
        shelf = CatalogueStore(engine.database)
        catalogue = Catalogue(
            shelf, engine.people, Directory(engine.database, Sealer(b"0" * 32)), here.street.clock, finder=Operator()
        )
        knowing = replace(desk, engine=replace(engine, catalogue=catalogue))
        speaker = await knowing.people.speaker(VENDOR)
        await sell_codes(knowing, speaker, [ScannedCode(EAN)], "scan", 1)
        await vendor.sees(EAN, "Тұз «Экстра» 1 кг", "Напишите цену")
        row = await knowing.store.taps.newest_cart(VENDOR, here.street.clock.now() - timedelta(hours=1))
        assert row is not None
        item = item_of("120", basket_of(row).view)
        assert item == Item("Тұз «Экстра» 1 кг", 12_000, barcode=EAN, ntin="0200123")
        await sell_codes(knowing, speaker, [ScannedCode("96385074")], "next", 2)
        await vendor.sees("96385074", "встретился впервые")


async def test_a_marked_piece_is_sold_once_with_its_code(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        await here.street.engine.catalogue.add(OWNER, here.street.register_id, Item("Аяқ киім", 1_500_000, barcode=EAN))
        marked = code_picture((f"(01)0{EAN}(21)5ab7(93)ABCD", FORMATS.DataMatrix), gs1=True)
        here.telegram.photo(VENDOR, marked)
        first = await vendor.sees("Аяқ киім 15 000", "Итого: 15 000 ₸")
        here.telegram.photo(VENDOR, marked)
        await vendor.until(
            lambda: [one for one in vendor.messages() if one["id"] > first["id"] and "15\u00a0000" in one["text"]],
            "the same cart below the picture",
        )
        other = code_picture((f"(01)0{EAN}(21)5ab8(93)ABCD", FORMATS.DataMatrix), gs1=True)
        here.telegram.photo(VENDOR, other)
        await vendor.sees("Итого: 30 000 ₸")
        await pressed(vendor, "Оплата 30000")
        await pressed(vendor, "Карта 30000")
        await vendor.sees("✔✔", "Чек № 1")
        sold = (await here.street.document(1)).document.ticket
        assert sold is not None
        assert [one.mark for one in sold.items] == [f"010{EAN}21{serial}\x1d93ABCD" for serial in ("5ab7", "5ab8")]


async def test_a_photo_of_a_receipts_code_begins_its_return(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        made = await here.street.sell(80_000)
        view = await here.street.document(made.view.document.number)
        assert view.check_url is not None
        here.telegram.photo(VENDOR, code_picture((view.check_url, FORMATS.QRCode)))
        await pressed(vendor, "Вернуть 800")
        await vendor.sees("✔✔", "Возврат № 2 · 800 ₸")
        here.telegram.photo(VENDOR, code_picture((view.receipt_url, FORMATS.QRCode)))
        await vendor.sees("уже возвращён целиком", "Ничего не сделано")
        foreign = "https://consumer.oofd.kz?i=123456789012&f=010102345678&s=1234.56&t=20261122T101112"
        await here.street.engine.acts.make(
            here.street.register_id, PlacementInput(Kind.DEPOSIT, 200_000), key=here.street.key()
        )
        here.telegram.photo(VENDOR, code_picture((foreign, FORMATS.QRCode)))
        await vendor.sees("другой кассы", "ФП 123456789012", "РНМ 010102345678", "1 234,56 ₸", "22.11.2026 10:11")
        await pressed(vendor, "Вернуть 1234,56")
        await vendor.sees("✔✔", "Возврат № 4 · 1 234,56 ₸", "Наличные")
        here.telegram.photo(VENDOR, code_picture((foreign, FORMATS.QRCode)))
        await vendor.until(lambda: sum("уже возвращён целиком" in one for one in vendor.texts()) == 2, "no again")
        kaspi = "https://receipt.kaspi.kz/web?extTranId=0123456789&sale_date=2026-11-22%2010:11:12"
        here.telegram.photo(VENDOR, code_picture((kaspi, FORMATS.QRCode)))
        await vendor.sees("не видно кассы, суммы или даты")
        here.telegram.photo(VENDOR, code_picture(("https://example.kz/menu", FORMATS.QRCode)))
        await vendor.sees("не код товара и не чек")
        assert [one.split()[1] for one in await here.documents()] == ["sell", "sell_return", "deposit", "sell_return"]
        await here.street.agrees()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to gigabytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(b"\0" * (width // 8 + 1)) for _ in range(min(height, 20_000))) + packed.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


async def test_pictures_without_a_code_bombs_and_rubbish_are_answered(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        vendor = here.chat()
        plain = io.BytesIO()
        Image.effect_noise((1500, 1100), 90).save(plain, "JPEG")
        here.telegram.photo(VENDOR, plain.getvalue())
        await vendor.sees("Не вижу на фото кода")
        here.telegram.document(VENDOR, bomb(60_000, 60_000), "bomb.png")
        await vendor.sees("Слишком большое фото")
        here.telegram.document(VENDOR, b"\x89PNG\r\n\x1a\nrubbish", "broken.png")
        await vendor.sees("Фото не читается")
        here.telegram.document(VENDOR, b"\xff\xd8\xff" + b"0" * (11 * 1024 * 1024), "great.jpg")
        await vendor.sees("Слишком большой файл", "до 10 МБ")
        here.telegram.document(VENDOR, code_picture((EAN, FORMATS.EAN13)), "sent_as_file.jpg")
        await vendor.sees("встретился впервые", EAN)


async def test_forged_and_foreign_buttons_of_the_form_change_nothing(database: str, tmp_path: Path) -> None:
    async with chat_street(database, tmp_path) as here:
        owner, vendor = here.chat(OWNER), here.chat()
        await here.street.engine.catalogue.add(OWNER, here.street.register_id, Item("Кофе", 80_000))
        owner.say("/catalogue")
        await pressed(owner, "Список и правка", "Товаров: 1")
        card = await owner.offers("Кофе·800")
        draft, item = card["data"].split(":")[1], card["data"].split(":")[3][1:]
        await pressed(owner, "Кофе · 800", "Цена: 800 ₸")
        state = here.telegram._state
        vendor.say("/help")
        await vendor.sees("Как продать")
        for chat, data in (
            (VENDOR, f"g:{draft}:0:D"),
            (OWNER, f"g:{draft}:0:Unone"),
            (OWNER, f"g:{draft}:0:V12"),
            (OWNER, f"g:{draft}:99:o"),
            (OWNER, f"g:{draft}:99:C"),
            (OWNER, f"g:{draft}:0:Fnone"),
            (OWNER, f"g:{draft}:0:?"),
            (VENDOR, "g::0:H"),
        ):
            message = next(one for one in state.latest_first(chat) if one.sender == "bot")
            kept = message.inline_keyboard
            message.inline_keyboard = [[{"text": "forged", "callback_data": data}]]
            here.telegram.press(chat, data=data)
            message.inline_keyboard = kept
        await vendor.sees("Каталог меняет владелец")
        known = await here.street.engine.catalogue.item(OWNER, here.street.register_id, item)
        assert known.item == Item("Кофе", 80_000)
