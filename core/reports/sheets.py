"""Sheets of a workbook that are written row by row and go on in a further sheet when one is full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from core.clock import ALMATY
from core.domain.money import format_money, format_quantity
from core.reports.words import Words

ROWS_MAX = 1_048_576
EPOCH = datetime(1899, 12, 30, tzinfo=ALMATY)
DAY_S = 86_400

Column = tuple[str, int, str]
"""The heading, the width in characters and the look of a column."""


class Looks:
    """The few looks that cells have."""

    def __init__(self, workbook: Workbook) -> None:
        self._by_name: dict[str, Format | None] = {
            "text": None,
            "whole": None,
            "heading": workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "warning": workbook.add_format({"bold": True, "font_color": "#C00000"}),
            "money": workbook.add_format({"num_format": "#,##0.00"}),
            "quantity": workbook.add_format({"num_format": "0.###"}),
            "moment": workbook.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"}),
        }

    def __getitem__(self, name: str) -> Format | None:
        return self._by_name[name]


class Part:
    """One worksheet of a list and how many rows of it are written."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.worksheet = worksheet
        self.rows = 1


class Sheet:
    """A list with headings. ``columns`` name their looks; cells are given in that order, ``None`` is left empty.

    Money comes in tiyn, quantity in thousandths, a moment as :func:`moment` gives it.
    """

    def __init__(
        self, workbook: Workbook, looks: Looks, words: Words, name: str, columns: list[Column], rows_max: int = ROWS_MAX
    ) -> None:
        self._workbook = workbook
        self._looks = looks
        self._words = words
        self._name = name
        self._columns = columns
        self._rows_max = rows_max
        self._kinds = [
            (xl_col_to_name(place), look, _style(looks[look])) for place, (_, _, look) in enumerate(columns)
        ]
        self._parts = [self._begun(name)]

    def write(self, cells: Iterable[Any]) -> None:
        """One row more."""
        part = self._parts[-1]
        if part.rows == self._rows_max:
            part = self._begun(self._words("sheet-next", name=self._name, part=len(self._parts) + 1))
            self._parts.append(part)
        part.rows += 1
        part.worksheet.row_data_fh.write(row_of(part.rows, self._kinds, cells))

    def sum_where(self, column: int, *conditions: tuple[int, str]) -> str:
        """The formula of this column's sum over the rows where each condition's column equals its expression."""
        return "+".join(
            f"SUMIFS({_range(part, column)},"
            + ",".join(f"{_range(part, place)},{expression}" for place, expression in conditions)
            + ")"
            for part in self._parts
        )

    def count_where(self, *conditions: tuple[int, str]) -> str:
        """The formula of how many rows fit."""
        return "+".join(
            "COUNTIFS(" + ",".join(f"{_range(part, place)},{expression}" for place, expression in conditions) + ")"
            for part in self._parts
        )

    def finish(self) -> None:
        """A filter over the headings, once the last row is known."""
        for part in self._parts:
            # the library did not see the rows and is told how far they go
            part.worksheet._check_dimensions(part.rows - 1, len(self._columns) - 1)
            part.worksheet.autofilter(0, 0, max(part.rows - 1, 1), len(self._columns) - 1)

    def _begun(self, name: str) -> Part:
        worksheet = self._workbook.add_worksheet(name)
        worksheet.freeze_panes(1, 0)
        for place, (heading, width, _) in enumerate(self._columns):
            worksheet.set_column(place, place, width)
            worksheet.write_string(0, place, heading, self._looks["heading"])
        # the headings leave for the disk now, because the rows after them go there without the library
        worksheet._write_single_row(1)
        return Part(worksheet)


def _style(look: Format | None) -> str:
    return "" if look is None else f' s="{look._get_xf_index()}"'


def row_of(number: int, kinds: list[tuple[str, str, str]], cells: Iterable[Any]) -> str:
    """A row as SpreadsheetML (ECMA-376 part 1, 18.3.1.73), each cell by the look of its column and never guessed from
    what a text looks like. The library's own way takes four times as long for each of a month's millions of cells.
    """
    written = [f'<row r="{number}">']
    for cell, (letter, look, style) in zip(cells, kinds, strict=True):
        if cell is None or cell == "":
            continue
        if look == "text":
            text = f'<is><t xml:space="preserve">{_text(cell)}</t></is>'
            written.append(f'<c r="{letter}{number}" t="inlineStr">{text}</c>')
        else:
            written.append(f'<c r="{letter}{number}"{style}><v>{_FIGURES[look](cell)}</v></c>')
    written.append("</row>")
    return "".join(written)


def _quantity(thousandths: int) -> str:
    return f"-{format_quantity(-thousandths)}" if thousandths < 0 else format_quantity(thousandths)


_FIGURES: dict[str, Callable[[Any], str]] = {
    "money": format_money,
    "quantity": _quantity,
    "moment": "{:.8f}".format,
    "whole": str,
}
_UNLIKE_XML = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
TEXT_CHARACTERS_MAX = 32_767


def _text(text: str) -> str:
    """What a cell may hold: ECMA-376 writes a character that XML cannot as ``_x0007_``."""
    return _UNLIKE_XML.sub(
        lambda found: _ENTITIES.get(found[0]) or f"_x{ord(found[0]):04X}_", text[:TEXT_CHARACTERS_MAX]
    )


def moment(at: datetime | None) -> float | None:
    """A time as Excel counts it: days since 1899-12-30 on the wall of the law's zone."""
    return None if at is None else (at - EPOCH).total_seconds() / DAY_S


def _range(part: Part, column: int) -> str:
    letter = xl_col_to_name(column)
    name = part.worksheet.get_name().replace("'", "''")
    return f"'{name}'!${letter}$2:${letter}${max(part.rows, 2)}"
