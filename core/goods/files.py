"""Price lists and photographs read, templates and exports written: what the chat does with files of goods."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable, Sequence
from typing import Any

from core.domain.catalogue import Item
from core.domain.money import format_money
from core.domain.price_list import COLUMNS, BadRow, PriceList, Row
from core.domain.units import UNITS
from core.goods.confined import confined
from core.texts import LANGUAGES, say

TABLE_BYTES_MAX = 20 * 1024 * 1024
"""core.telegram.org/bots/api#getfile: bots can download files of up to 20 MB."""
PICTURE_BYTES_MAX = 10 * 1024 * 1024
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = {"name": 40, "section": 20, "barcode": 18, "ntin": 18}
_EXAMPLES = ("first", "second")


async def read_table_file(data: bytes) -> PriceList:
    """The goods of a CSV or XLSX file; raises why it cannot be read."""
    answer: dict[str, Any] = await confined("table", data)
    rows = tuple(Row(one["number"], Item(**one["item"])) for one in answer["rows"])
    return PriceList(rows, tuple(BadRow(**one) for one in answer["bad"]))


async def read_picture(data: bytes) -> list[str]:
    """The texts of the codes on a picture, left to right; none where there is none."""
    return [str(one["text"]) for one in await confined("codes", data)]


async def goods_file(items: Sequence[Item], language: str) -> bytes:
    """The catalogue as an XLSX that can be mended and sent back."""
    return await asyncio.to_thread(_book, _header(language), [_cells(one, language) for one in items])


async def template_file(language: str) -> bytes:
    """An empty price list with its header; examples stand on a sheet of their own, lest they be loaded."""
    examples = [
        [say(language, f"goods-template-{row}-{column}") if column in ("name", "section") else plain
         for column, plain in zip(COLUMNS, _EXAMPLE_CELLS[row], strict=True)]
        for row in _EXAMPLES
    ]  # fmt: skip
    sheet = say(language, "goods-template-example")
    return await asyncio.to_thread(_book, _header(language), [], (sheet, examples))


async def bad_rows_file(bad: Iterable[BadRow], language: str) -> bytes:
    """Every row that was left out: its number, the column, what stands there, how to mend it."""
    header = [say(language, f"goods-bad-{name}") for name in ("row", "column", "value", "mend")]
    rows = [
        [str(one.number), say(language, f"goods-column-{one.column}"), one.value, mend_words(one, language)]
        for one in bad
    ]
    return await asyncio.to_thread(_book, header, rows)


def mend_words(bad: BadRow, language: str) -> str:
    """What is wrong with a row and how to mend it, in a sentence."""
    key = f"goods-mend-{bad.code.lower().replace('_', '-')}"
    return say(language, key, value=bad.value)


def _header(language: str) -> list[str]:
    return [say(language, f"goods-column-{column}") for column in COLUMNS]


def _cells(item: Item, language: str) -> list[str]:
    unit = UNITS[item.unit][LANGUAGES.index(language)]
    vat = "" if item.vat is None else say(language, "goods-no-vat") if item.vat == "none" else item.vat
    favourite = say(language, "yes") if item.favourite else ""
    price = format_money(item.price).removesuffix(".00")
    return [item.name, price, unit, item.section, vat, item.barcode or "", item.ntin or "", favourite]


_EXAMPLE_CELLS = {
    "first": ("", "800", "796", "", "16", "", "", "1"),
    "second": ("", "3200.50", "116", "", "", "4006381333931", "", ""),
}


def _book(
    header: list[str], rows: Sequence[Sequence[str]], example: tuple[str, Sequence[Sequence[str]]] | None = None
) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)

    def write(title: str | None, lines: Sequence[Sequence[str]]) -> None:
        sheet = book.create_sheet(title)
        for place, column in enumerate(COLUMNS[: len(header)]):
            sheet.column_dimensions["ABCDEFGH"[place]].width = _WIDTHS.get(column, 12)
        sheet.freeze_panes = "A2"
        for number, line in enumerate([header, *lines]):
            cells = []
            for text in line:
                # always a text: a name that begins with «=» is a name, a code keeps its zeros
                cell = WriteOnlyCell(sheet, value=_without_controls(text))
                cell.data_type, cell.number_format = "s", "@"
                if number == 0:
                    cell.font = Font(bold=True)
                cells.append(cell)
            sheet.append(cells)

    write(None, rows)
    if example is not None:
        write(*example)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _without_controls(text: str) -> str:
    return "".join(letter for letter in text if letter >= " ")
