"""The bytes of a CSV or XLSX file as numbered rows of texts. Runs in a confined process: the file is a stranger's."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.domain.price_list import CELL_CHARACTERS_MAX, CELLS_MAX, ROWS_MAX
from core.errors import Refused

UNPACKED_BYTES_MAX = 200 * 1024 * 1024
"""Of an XLSX; ten thousand rows of goods take a few."""
DELIMITERS = ("\t", ";", ",", "|")
SAMPLE_ROWS = 30
CONTROL_SHARE_MAX = 50
"""One control character in so many is no text any more."""
ZIP_MAGIC = b"PK\x03\x04"
OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"

Cells = list[tuple[int, list[str]]]


def read_table(data: bytes) -> Cells:
    """Rows with the number that a person sees beside them. Raises ``TABLE_UNREADABLE``, ``TABLE_OLD_EXCEL`` or
    ``TABLE_TOO_LONG``.
    """
    if data.startswith(OLD_EXCEL_MAGIC):
        raise Refused("TABLE_OLD_EXCEL")
    rows = _xlsx_rows(data) if data.startswith(ZIP_MAGIC) else _csv_rows(_text(data))
    return _bounded(rows)


def _bounded(rows: Iterable[tuple[int, list[str]]]) -> Cells:
    out: Cells = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(out) > ROWS_MAX:
            raise Refused("TABLE_TOO_LONG", limit=ROWS_MAX)
        out.append((number, [cell[:CELL_CHARACTERS_MAX] for cell in cells[:CELLS_MAX]]))
    return out


def _text(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one (Excel's «Unicode text»), else Windows-1251."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1251"] if b"\0" not in data else []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = sum(letter < " " and letter not in "\t\r\n\f" for letter in text[:100_000])
        if controls * CONTROL_SHARE_MAX <= min(len(text), 100_000):
            return text
    raise Refused("TABLE_UNREADABLE")


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.splitlines(keepends=True)
    skipped = 0
    delimiter = _delimiter(lines[:SAMPLE_ROWS])
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == len("sep=;"):
        delimiter, skipped = lines[0].strip()[-1], 1
    reader = csv.reader(lines[skipped:], delimiter=delimiter)
    before = skipped
    try:
        for cells in reader:
            # a quoted cell may hold line ends: the row is where it begins
            yield before + 1, cells
            before = skipped + reader.line_num
    except csv.Error:
        raise Refused("TABLE_UNREADABLE") from None


def _delimiter(sample: list[str]) -> str:
    """The sign that cuts most rows into the same number of cells, at least two."""
    best, best_score = DELIMITERS[1], 0
    for sign in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=sign) if any(cell.strip() for cell in row)]
        except csv.Error:
            continue
        score = max((widths.count(width) for width in set(widths) if width > 1), default=0)
        if score > best_score:
            best, best_score = sign, score
    return best


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet that has anything on it. The sizes that the archive names bound what is unpacked."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > UNPACKED_BYTES_MAX:
                raise Refused("TABLE_TOO_LONG", limit=ROWS_MAX)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            is_empty = True
            for number, row in enumerate(sheet.iter_rows(max_col=CELLS_MAX, values_only=True), 1):
                cells = [_cell(value) for value in row]
                is_empty = is_empty and not any(cells)
                yield number, cells
            if not is_empty:
                return
    except (Refused, MemoryError):
        raise
    except Exception:
        # openpyxl has no error of its own for a broken book: whatever it stumbles over, the file is not readable
        raise Refused("TABLE_UNREADABLE") from None


def _cell(value: Any) -> str:
    """A cell as a person sees it, near enough: numbers without binary noise, yes and no as 1 and 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        plain = format(Decimal(repr(round(value, 6))), "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
