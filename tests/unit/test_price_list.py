"""Price lists as vendors send them, read in the confined process that production uses."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.domain.catalogue import Item
from core.domain.price_list import ROWS_MAX, BadRow, PriceList, read_price, read_price_list
from core.errors import Refused
from core.goods.files import bad_rows_file, goods_file, mend_words, read_table_file, template_file
from core.goods.tables import read_table
from core.texts import LANGUAGES, messages

COFFEE, CHEESE = Item("Кофе", 80_000), Item("Сыр", 320_050, "116", "Молочное", "16", "4006381333931", None, True)


def book(*rows: tuple[Any, ...]) -> bytes:
    workbook, out = Workbook(), io.BytesIO()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "price"),
    [("800", 80_000), ("1 200,50 ₸", 120_050), ("1,200.5", 120_050), ("1.200,5", 120_050), ("1200.50", 120_050),
     ("1\u00a0200 тг.", 120_000), ("12'500", 1_250_000), ("0,5", 50), ("0.500", 50), ("1200.5000", 120_050),
     ("", None), ("-5", None), ("0", None), ("1,2,3", None), ("800 сом", None), ("8e2", None), ("1200.555", None),
     ("999999999", None)],
)  # fmt: skip
def test_prices_as_people_write_them(text: str, price: int | None) -> None:
    assert read_price(text) == price


@pytest.mark.parametrize(
    "text",
    [
        "Наименование;Цена;Ед. изм.;Раздел;НДС;Штрихкод;НКТ;Избранное\nКофе;800;;;;;;\n"
        "Сыр;3200,50;кг;Молочное;16%;4006381333931;;да\n",
        "Атауы\tБағасы\tӨлшем\tБөлім\tҚҚС\tШтрих-код\tҰТК\tТаңдаулы\nКофе\t800\nСыр\t3 200,50\tкг\tМолочное\t16"
        "\t4006381333931\t\tиә\n",
        'name,price,unit,section,vat,barcode,,favourite\nКофе,800\n"Сыр","3,200.50",kg,Молочное,0.16,4006381333931,,x\n',
        "Кофе,800\nСыр,3200.50,116,Молочное,16,4006381333931,,1\n",
        "Прайс на июнь\n\nТовар;Цена;Категория;Ед;НДС;EAN;Избранное\nКофе;800;;;;;\n"
        "Сыр;3200,5;Молочное;кг;16;4006381333931;+\n",
        "sep=;\nНаименование;Цена;Ед. изм.;Раздел;НДС;Штрихкод;НКТ;Избранное\nКофе;800\n"
        "Сыр;3200,50;кг;Молочное;16%;4006381333931;;да\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_headers_in_three_languages_or_none_delimiters_and_encodings(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        assert encoding == "cp1251" and "ғ" in text
        return
    read = read_price_list(read_table(data))
    assert [row.item for row in read.rows] == [COFFEE, CHEESE] and read.bad == ()


async def test_a_book_of_excel_with_its_kinds_of_cells() -> None:
    data = book(
        ("Название", "Цена", "Штрихкод", "НДС", "Избранное"),
        ("Кофе", 800, None, None, False),
        (" Сыр ", 0.1 + 0.2, 4006381333931, 0.16, True),
        (),
        ("Дата", date(2026, 1, 1), None, None, None),
        (12345, "700", None, None, None),
    )
    read = await read_table_file(data)
    assert [(row.number, row.item.name, row.item.price) for row in read.rows] == [
        (2, "Кофе", 80_000), (3, "Сыр", 30), (6, "12345", 70_000),
    ]  # fmt: skip
    assert read.rows[1].item == Item("Сыр", 30, vat="16", barcode="4006381333931", favourite=True)
    assert read.bad == (BadRow(5, "price", "PRICE_UNREADABLE", "2026-01-01T00:00:00"),)


def test_bad_rows_name_their_number_column_and_what_is_written() -> None:
    rows = (
        "Название;Цена;Ед;НДС;Штрихкод;Избранное\n"
        ";800\n"
        "А;\n"
        "Б;дорого\n"
        "В;1;попугай\n"
        "Г;1;;17\n"
        'Д;1;;;"4,00638E+12"\n'
        "Е;1;;;;может\n"
        "Ж;1\n"
    )
    read = read_price_list(read_table(rows.encode()))
    assert [row.item.name for row in read.rows] == ["Ж"]
    assert [(one.number, one.column, one.code, one.value) for one in read.bad] == [
        (2, "name", "NAME_REQUIRED", ""), (3, "price", "PRICE_MISSING", ""), (4, "price", "PRICE_UNREADABLE", "дорого"),
        (5, "unit", "UNKNOWN_UNIT", "попугай"), (6, "vat", "UNKNOWN_VAT", "17"),
        (7, "barcode", "BARCODE_EXPONENT", "4,00638E+12"), (8, "favourite", "FAVOURITE_UNREADABLE", "может"),
    ]  # fmt: skip
    assert all(mend_words(one, language).strip() for one in read.bad for language in LANGUAGES)


def test_a_quoted_cell_with_line_ends_keeps_the_rows_numbers() -> None:
    read = read_price_list(read_table('название;цена\n"Сок\nвишня";500\nХлеб;нет\n'.encode()))
    assert [row.item.name for row in read.rows] == ["Сок вишня"] and read.bad[0].number == 4


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TABLE_WITHOUT_GOODS"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50, "TABLE_UNREADABLE"),
        (bytes(range(1, 256)) * 40, "TABLE_UNREADABLE"),
        (b"PK\x03\x04" + b"rubbish" * 50, "TABLE_UNREADABLE"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "TABLE_OLD_EXCEL"),
        ("просто письмо\nбез таблицы\n".encode(), "TABLE_WITHOUT_GOODS"),
        (b"a,b\n" + b'"' + b"x" * 300_000, "TABLE_UNREADABLE"),
        ("н;1\n".encode() * (ROWS_MAX + 2), "TABLE_TOO_LONG"),
        ("н;1\n".encode() * 100_000, "TABLE_TOO_LONG"),
    ],
)
async def test_what_is_no_price_list_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        await read_table_file(data)
    assert refused.value.code == code
    assert f"refusal-{code.lower().replace('_', '-')}-title" in messages("kk")


async def test_a_bomb_ends_its_own_process_and_nothing_else() -> None:
    """An archive that names small sizes is held to them; one that names great ones is not unpacked."""
    great, out = b"0" * (300 * 1024 * 1024), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", great)
    with pytest.raises(Refused, match="TABLE_TOO_LONG"):
        await read_table_file(out.getvalue())
    nested = "<!DOCTYPE a [<!ENTITY a '" + "x" * 1000 + "'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 50}'>" for n in range(8)
    ) + "]><worksheet><sheetData><row><c t='inlineStr'><is><t>&i;</t></is></c></row></sheetData></worksheet>"
    source = zipfile.ZipFile(io.BytesIO(book(("Название", "Цена"), ("А", 1))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, nested if "sheet1" in name else source.read(name))
    with pytest.raises(Refused, match="TABLE_UNREADABLE"):
        await read_table_file(out.getvalue())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read = read_price_list(read_table(data))
    except Refused as refused:
        assert refused.code.startswith("TABLE_")
        return
    assert isinstance(read, PriceList)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_export_is_read_back_as_it_was(language: str) -> None:
    items = [COFFEE, CHEESE, Item("=1+1", 1, "796", "=A", "none", "0036000291452", "0200AB"), Item("'\"<&;,\t", 5)]
    read = await read_table_file(await goods_file(items, language))
    assert [row.item for row in read.rows[:3]] == items[:3] and read.bad == ()
    assert read.rows[3].item.name == "'\"<&;,"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_template_is_empty_and_its_examples_are_good(language: str) -> None:
    data = await template_file(language)
    with pytest.raises(Refused, match="TABLE_WITHOUT_GOODS"):
        await read_table_file(data)
    header, example = load_workbook(io.BytesIO(data)).worksheets
    cells = [(n, [str(cell or "") for cell in row]) for n, row in enumerate(example.iter_rows(values_only=True), 1)]
    read = read_price_list(cells)
    assert len(read.rows) == 2 and read.bad == ()
    assert [cell.value for cell in header[1]] == [cell.value for cell in example[1]]


async def test_bad_rows_come_as_a_file() -> None:
    bad = [BadRow(n, "price", "PRICE_MISSING", f"={n}") for n in range(2, 3000)]
    sheet = load_workbook(io.BytesIO(await bad_rows_file(bad, "kk"))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2999 and rows[1] == ("2", "Бағасы", "=2", "Бағасы жоқ. Жазыңыз, мысалы 800")
