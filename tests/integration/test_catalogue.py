"""The catalogue over real PostgreSQL: roles, lists written over it, what sales teach it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from engine_street import Street, neighbour, street

from core.domain.catalogue import ITEMS_MAX, SECTIONS_MAX, Item
from core.domain.price_list import BadRow, Row
from core.domain.ticket import Kind, LineInput, Payment, PaymentType, TicketInput
from core.errors import Refused
from core.usecases.catalogue import Catalogue, Loaded, Wanted

OWNER, MANAGER, CASHIER, VIEWER, STRANGER = 1, 2, 3, 4, 5
BREAD_CODE, MILK_CODE = "4006381333931", "96385074"


@asynccontextmanager
async def shop(database: str, folder: Path) -> AsyncIterator[Street]:
    async with street(database, folder) as here:
        for chat_id, role in ((OWNER, "owner"), (MANAGER, "manager"), (CASHIER, "cashier"), (VIEWER, "viewer")):
            await here.engine.people.link_person(here.register_id, chat_id, role, role, "ru")
        yield here


async def names(here: Street, wanted: Wanted | None = None, register_id: str | None = None) -> list[str]:
    goods, _ = await here.engine.catalogue.page(OWNER, register_id or here.register_id, wanted or Wanted(), 0, 100)
    return [one.item.name for one in goods]


async def sold(here: Street, *lines: LineInput) -> None:
    total = sum(line.price * line.quantity // 1000 for line in lines)
    request = TicketInput(Kind.SELL, lines, payments=(Payment(PaymentType.CARD, total),))
    made = await here.engine.acts.make(here.register_id, request, key=here.key())
    await here.engine.catalogue.learn(made.view)


async def test_owners_and_managers_change_cashiers_read_others_do_neither(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path) as here:
        catalogue = here.engine.catalogue
        added = await catalogue.add(OWNER, here.register_id, Item("Кофе", 80_000))
        await catalogue.change(MANAGER, here.register_id, added.item_id, price=90_000)
        assert (await catalogue.item(CASHIER, here.register_id, added.item_id)).item.price == 90_000
        for chat_id in (CASHIER, VIEWER, STRANGER):
            for call in (
                catalogue.add(chat_id, here.register_id, Item("Чай", 100)),
                catalogue.change(chat_id, here.register_id, added.item_id, price=1),
                catalogue.remove(chat_id, here.register_id, added.item_id),
                catalogue.load(chat_id, here.register_id, [Row(1, Item("Чай", 100))]),
                catalogue.everything(chat_id, here.register_id),
                catalogue.copy(chat_id, here.register_id, here.register_id),
            ):
                with pytest.raises(Refused, match="FORBIDDEN"):
                    await call
        for chat_id in (VIEWER, STRANGER):
            with pytest.raises(Refused, match="FORBIDDEN"):
                await catalogue.page(chat_id, here.register_id, Wanted(), 0, 1)
        assert await names(here) == ["Кофе"]


async def test_a_name_and_a_code_belong_to_one_item(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path) as here:
        catalogue = here.engine.catalogue
        await catalogue.add(OWNER, here.register_id, Item("Нан", 20_000, barcode=BREAD_CODE))
        with pytest.raises(Refused, match="NAME_TAKEN"):
            await catalogue.add(OWNER, here.register_id, Item(" НАН ", 30_000))
        with pytest.raises(Refused, match="BARCODE_TAKEN"):
            await catalogue.add(OWNER, here.register_id, Item("Батон", 30_000, barcode=f"0{BREAD_CODE}"))
        tea = await catalogue.add(OWNER, here.register_id, Item("Чай", 100))
        with pytest.raises(Refused, match="NAME_TAKEN"):
            await catalogue.change(OWNER, here.register_id, tea.item_id, name="нан")
        with pytest.raises(Refused, match="BARCODE_TAKEN"):
            await catalogue.change(OWNER, here.register_id, tea.item_id, barcode=BREAD_CODE)
        twenty = [catalogue.add(OWNER, here.register_id, Item("Тан", 100)) for _ in range(20)]
        results = await asyncio.gather(*twenty, return_exceptions=True)
        assert sum(not isinstance(one, Refused) for one in results) == 1


async def test_search_finds_parts_of_words_in_any_order_and_without_kazakh_letters(
    database: str, tmp_path: Path
) -> None:
    async with shop(database, tmp_path) as here:
        items = ("Қант құмшекер 1 кг", "Қара шай", "Кола 0,5 л", "100% сок", "Сүт_ұзақ")
        loaded = await here.engine.catalogue.load(
            OWNER, here.register_id, [Row(place, Item(name, 100)) for place, name in enumerate(items)]
        )
        assert loaded.added == 5
        for words, found in (
            ("кант", [items[0]]),
            ("шекер кум", [items[0]]),
            ("КОЛА 0.5", [items[2]]),
            ("%", list(sorted(items))),
            ("100%", [items[3]]),
            ("сут_", [items[4]]),
            ("'; drop table", []),
        ):
            assert sorted(await names(here, Wanted(words=words))) == sorted(found), words


async def test_a_list_changes_what_is_known_adds_the_rest_and_names_bad_rows(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path) as here:
        catalogue = here.engine.catalogue
        await catalogue.add(OWNER, here.register_id, Item("Нан", 20_000, barcode=BREAD_CODE))
        await catalogue.add(OWNER, here.register_id, Item("Сүт", 45_000, barcode=MILK_CODE))
        await catalogue.add(OWNER, here.register_id, Item("Шай", 15_000))
        rows = [
            Row(2, Item("Нан ақ", 21_000, barcode=BREAD_CODE)),
            Row(3, Item("ШАЙ", 15_000)),
            Row(4, Item("Сүт", 45_000, barcode=MILK_CODE)),
            Row(5, Item("Кофе", 80_000, section="Сусындар")),
            Row(6, Item("кофе", 90_000)),
            Row(7, Item("Шай", 15_000, barcode=MILK_CODE)),
            Row(8, Item("Тұз", 0)),
            Row(9, Item("Су", 100, barcode="4006381333930")),
        ]
        loaded = await catalogue.load(MANAGER, here.register_id, rows)
        assert (loaded.added, loaded.changed, loaded.same) == (1, 2, 1)
        assert loaded.bad == (
            BadRow(6, "name", "NAME_TWICE", "5"),
            BadRow(7, "name", "NAME_TWICE", "3"),
            BadRow(8, "price", "PRICE_OUT_OF_RANGE", "0"),
            BadRow(9, "barcode", "BAD_BARCODE", "4006381333930"),
        )
        assert sorted(await names(here)) == ["Кофе", "Нан ақ", "Сүт", "ШАЙ"]
        again = await catalogue.load(MANAGER, here.register_id, rows[:4])
        assert again == Loaded(same=4)
        twice = [Row(1, Item("Нан ақ", 1)), Row(2, Item("Батон", 2, barcode=BREAD_CODE))]
        assert (await catalogue.load(OWNER, here.register_id, twice)).bad == (BadRow(2, "name", "ITEM_TWICE", "1"),)
        taken = await catalogue.load(OWNER, here.register_id, [Row(1, Item("Кофе", 1, barcode=MILK_CODE))])
        assert taken.bad == (BadRow(1, "barcode", "BARCODE_TAKEN", MILK_CODE),)


async def test_lists_written_at_the_same_time_are_all_written_once(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path) as here:
        lists = [[Row(n, Item(f"Тауар {n}", 100 * chat_id)) for n in range(1, 301)] for chat_id in (OWNER, MANAGER)]
        loads = [
            here.engine.catalogue.load(chat_id, here.register_id, rows)
            for chat_id, rows in zip((OWNER, MANAGER) * 3, lists * 3, strict=True)
        ]
        done = await asyncio.gather(*loads, return_exceptions=True)
        written = [one for one in done if isinstance(one, Loaded)]
        assert written and all(isinstance(one, Loaded) or str(one) == "CATALOGUE_BUSY" for one in done)
        assert sum(one.added for one in written) == 300
        _, count = await here.engine.catalogue.page(CASHIER, here.register_id, Wanted(), 0, 1)
        assert count == 300


async def test_a_catalogue_has_bounds_and_names_what_is_gone(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path) as here:
        catalogue = here.engine.catalogue
        many = [Row(n, Item(f"т{n}", 1, section=f"б{n % SECTIONS_MAX}")) for n in range(ITEMS_MAX + 1)]
        loaded = await catalogue.load(OWNER, here.register_id, many)
        assert loaded.added == ITEMS_MAX and loaded.bad[0].code == "CATALOGUE_FULL"
        with pytest.raises(Refused, match="CATALOGUE_FULL"):
            await catalogue.add(OWNER, here.register_id, Item("Кофе", 1))
        first = await catalogue.by_name(OWNER, here.register_id, "т1")
        assert first is not None
        with pytest.raises(Refused, match="TOO_MANY_SECTIONS"):
            await catalogue.change(OWNER, here.register_id, first.item_id, section="Жаңа")
        assert (await catalogue.load(OWNER, here.register_id, [Row(1, Item("т2", 1, section="Ж"))])).bad[0].code == (
            "TOO_MANY_SECTIONS"
        )
        await sold(here, LineInput("Кофе", 100), LineInput("т1", 1))
        assert (await catalogue.item(OWNER, here.register_id, first.item_id)).sold_count == 1
        assert await catalogue.by_name(OWNER, here.register_id, "Кофе") is None
        await catalogue.remove(OWNER, here.register_id, first.item_id)
        for call in (
            catalogue.item(CASHIER, here.register_id, first.item_id),
            catalogue.change(OWNER, here.register_id, first.item_id, price=5),
            catalogue.remove(OWNER, here.register_id, first.item_id),
        ):
            with pytest.raises(Refused, match="NOT_FOUND"):
                await call
        assert await catalogue.named(here.register_id, BREAD_CODE) is None


async def test_ten_thousand_rows_are_written_at_once(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path) as here:
        rows = [Row(n, Item(f"Тауар {n}", 100 + n, section=f"{n % 7}")) for n in range(1, 10_001)]
        assert (await here.engine.catalogue.load(OWNER, here.register_id, rows)).added == 10_000
        _, count = await here.engine.catalogue.page(CASHIER, here.register_id, Wanted(section="3"), 990_000, 8)
        assert count == 1429
        assert len(await here.engine.catalogue.sections(CASHIER, here.register_id)) == 7


async def test_a_catalogue_is_copied_only_between_registers_that_are_theirs(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path) as here:
        catalogue, other = here.engine.catalogue, await neighbour(here)
        await catalogue.add(OWNER, here.register_id, Item("Кофе", 80_000, favourite=True))
        with pytest.raises(Refused, match="FORBIDDEN"):
            await catalogue.copy(OWNER, here.register_id, other.register_id)
        await here.engine.people.link_person(other.register_id, OWNER, "owner", "owner", "ru")
        assert await catalogue.copy(OWNER, here.register_id, other.register_id) == Loaded(added=1)
        assert await catalogue.copy(OWNER, here.register_id, other.register_id) == Loaded(same=1)
        assert await names(here, register_id=other.register_id) == ["Кофе"]


async def test_a_sale_teaches_a_name_once_and_the_last_price_of_what_nobody_wrote_down(
    database: str, tmp_path: Path
) -> None:
    async with shop(database, tmp_path) as here:
        catalogue: Catalogue = here.engine.catalogue
        await catalogue.add(OWNER, here.register_id, Item("Нан", 20_000))
        lines = (LineInput("нан", 25_000), LineInput("Айран", 30_000, 2000), LineInput("Товар", 100))
        await sold(here, *lines)
        view = await here.document(1)
        for _ in range(3):
            await catalogue.learn(view)
        await sold(here, LineInput("айран", 35_000, barcode=BREAD_CODE), LineInput("АЙРАН", 36_000))
        goods, count = await catalogue.page(CASHIER, here.register_id, Wanted(), 0, 10)
        assert count == 2
        assert [(one.item.name, one.item.price, one.sold_count, one.learnt) for one in goods] == [
            ("Айран", 36_000, 3, True),
            ("Нан", 20_000, 1, False),
        ]


async def test_refused_documents_and_returns_teach_nothing(database: str, tmp_path: Path) -> None:
    async with shop(database, tmp_path) as here:
        here.behave("ok", result_code=13, text="нет", times=1)
        with pytest.raises(Refused, match="OFD_REFUSED"):
            await here.sell()
        await here.engine.catalogue.learn(await here.document(1))
        assert await names(here) == []


async def test_unknown_goods_are_remembered_by_whoever_sells_and_known_ones_keep_their_price(
    database: str, tmp_path: Path
) -> None:
    async with shop(database, tmp_path) as here:
        catalogue = here.engine.catalogue
        await catalogue.teach(CASHIER, here.register_id, Item("Сүт", 45_000, barcode=MILK_CODE))
        await catalogue.add(OWNER, here.register_id, Item("Нан", 20_000))
        kept = await catalogue.teach(CASHIER, here.register_id, Item("нан", 1, barcode=BREAD_CODE))
        assert (kept.item.price, kept.item.barcode) == (20_000, BREAD_CODE)
        found = await catalogue.by_code(CASHIER, here.register_id, BREAD_CODE)
        assert found is not None and found.item.name == "Нан"
        taken = await catalogue.teach(CASHIER, here.register_id, Item("нан", 1, barcode=MILK_CODE))
        assert taken.item.barcode == BREAD_CODE
        with pytest.raises(Refused, match="FORBIDDEN"):
            await catalogue.teach(VIEWER, here.register_id, Item("Су", 100))
