"""A small spreadsheet of our own: computes the few functions that the accountant's workbook uses, in decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook

_RANGE = re.compile(r"'([^']+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")
_DIFFERENCES = re.compile(r"SUMPRODUCT\(ABS\(\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)\)\)")
_CALL = re.compile(r"(SUMIFS|COUNTIFS)\(([^()]*)\)")


def value(workbook: Workbook, sheet: str, at: str) -> Any:
    """What a cell shows, formulas computed anew; an empty cell is zero."""
    cell = workbook[sheet][at.replace("$", "")].value
    if isinstance(cell, str) and cell.startswith("="):
        return _computed(workbook, sheet, cell[1:])
    return Decimal(str(cell)) if isinstance(cell, int | float) else cell if cell is not None else Decimal(0)


def _computed(workbook: Workbook, sheet: str, formula: str) -> Decimal:
    rounded = re.fullmatch(r"ROUND\((.*),2\)", formula)
    if rounded is not None:
        return _computed(workbook, sheet, rounded.group(1)).quantize(Decimal("0.01"))
    differences = _DIFFERENCES.fullmatch(formula)
    if differences is not None:
        column, first, last = differences.groups()
        cells = (value(workbook, sheet, f"{column}{row}") for row in range(int(first), int(last) + 1))
        return sum((abs(cell) for cell in cells), Decimal(0))
    total = Decimal(0)
    for sign, term in re.findall(r"([+-]?)((?:SUMIFS|COUNTIFS)\([^()]*\)|[A-Z]+\d+)", formula):
        call = _CALL.fullmatch(term)
        amount = value(workbook, sheet, term) if call is None else _called(workbook, sheet, *call.groups())
        total += -amount if sign == "-" else amount
    return total


def _called(workbook: Workbook, sheet: str, function: str, inside: str) -> Decimal:
    arguments = inside.split(",")
    summed = _cells(workbook, arguments.pop(0)) if function == "SUMIFS" else None
    fits: list[bool] | None = None
    for cells, wanted in zip(arguments[::2], arguments[1::2], strict=True):
        expected = value(workbook, sheet, wanted) if wanted.startswith("$") else Decimal(wanted)
        here = [cell == expected for cell in _cells(workbook, cells)]
        fits = here if fits is None else [one and other for one, other in zip(fits, here, strict=True)]
    assert fits is not None
    if summed is None:
        return Decimal(sum(fits))
    return sum((cell for cell, fit in zip(summed, fits, strict=True) if fit and isinstance(cell, Decimal)), Decimal(0))


def _cells(workbook: Workbook, text: str) -> list[Any]:
    match = _RANGE.fullmatch(text)
    assert match is not None, text
    name, column, first, _, last = match.groups()
    place = column_index_from_string(column)
    rows = workbook[name].iter_rows(int(first), int(last), place, place, values_only=True)
    return [Decimal(str(cell)) if isinstance(cell, int | float) else cell for (cell,) in rows]
