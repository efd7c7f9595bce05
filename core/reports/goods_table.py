"""Closed shifts as a workbook for «Загрузка данных из табличного документа» of 1С:Предприятие and its likes.

Such loading takes rows of one sheet under one row of headings into the lines of a document, columns matched by the
accountant once (docs/accounting.md): goods in the first sheet, payments by kind in the second, a block a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.domain.view import DocumentView
from core.reports.book_file import BookFile
from core.reports.by_shift import ClosedShift, Shifts
from core.reports.columns import headed
from core.reports.sheets import ROWS_MAX, Looks, Sheet, moment
from core.reports.tally import Control
from core.reports.words import Words
from core.usecases.exports import Extract

GOODS = (
    *(("shift", 8, "whole"), ("close-document", 10, "whole"), ("closed", 19, "moment"), ("kind", 18, "text")),
    *(("name", 32, "text"), ("code", 16, "text"), ("barcode", 16, "text"), ("unit", 8, "text")),
    *(("quantity", 10, "quantity"), ("price", 12, "money"), ("line-sum", 14, "money"), ("rate", 12, "text")),
    ("vat", 12, "money"),
)
PAYMENTS = (
    *(("shift", 8, "whole"), ("close-document", 10, "whole"), ("closed", 19, "moment"), ("kind", 18, "text")),
    *(("receipts", 10, "whole"), ("total", 14, "money"), ("cash", 14, "money"), ("card", 14, "money")),
    *(("mobile", 14, "money"), ("vat", 12, "money")),
)
MEASURES = ("count", "sum", "cash", "card", "mobile")


class GoodsTable:
    """The sink for the table; it is given whole shifts, and its files live in a folder of their own until closed."""

    whole_shifts = True

    def __init__(self, extract: Extract, words: Words, *, rows_max: int = ROWS_MAX) -> None:
        self._words = words
        self._shifts = Shifts(extract.period)
        self._file = BookFile(extract.made_at)
        workbook = self._file.workbook
        looks = (workbook, Looks(workbook), words)
        self._goods = Sheet(*looks, words("sheet-goods"), headed(words, GOODS), rows_max)
        self._payments = Sheet(*looks, words("sheet-payments"), headed(words, PAYMENTS), rows_max)

    def begin(self) -> bytes:
        """Nothing yet: a workbook is whole or it is none."""
        return b""

    def documents(self, views: list[DocumentView]) -> bytes:
        """Rows of the shifts that end among these, on disk."""
        for shift in self._shifts.take(views):
            self._write(shift)
        return b""

    def end(self, control: Control) -> Iterator[bytes]:
        """The file in pieces."""
        for sheet in (self._goods, self._payments):
            sheet.finish()
        yield from self._file.pieces()

    def close(self) -> None:
        """Remove its files, also of a workbook that was not finished."""
        self._file.close()

    def _write(self, shift: ClosedShift) -> None:
        for operation in shift.operations.values():
            kind = operation.kind
            head: list[Any] = [shift.number, shift.close.number, moment(shift.closed_at), self._words.kind(kind)]
            for good, sold in operation.rows:
                what = [good.name, good.ntin or None, good.barcode or None, self._words.unit(good.unit)]
                figures = [sold.quantity, sold.price, sold.sum, self._words.rate(good.vat), sold.vat_sum or None]
                self._goods.write([*head, *what, *figures])
            tax = sum(one for _, _, one in shift.taxes(kind))
            self._payments.write([*head, *(shift.total(kind, measure) for measure in MEASURES), tax or None])
