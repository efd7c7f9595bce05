"""The month's pack as a workbook: totals, receipts, lines, VAT by rate, Z list, cash, and the sheet they tie out with.

Rows go to disk as they come, so a month of any length takes the same memory. Totals are formulas over the lists, and
the figures of the X and Z stand beside them: Excel itself computes that the difference is zero.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from core.domain.ticket import OPERATIONS, PLACEMENTS
from core.domain.view import DocumentView
from core.reports.book_file import BookFile
from core.reports.columns import (
    CASH,
    CASH_COUNTED,
    CASH_KIND,
    CASH_MEASURES,
    CONTROL_OPERATION,
    CONTROL_OUTSIDE,
    CONTROL_REPORTS,
    LINE_COUNTED,
    LINE_KIND,
    LINE_RATE,
    LINE_SUM,
    LINE_VAT,
    LINES,
    RECEIPT_COUNTED,
    RECEIPT_KIND,
    RECEIPT_MEASURES,
    RECEIPTS,
    cash_row,
    control_columns,
    control_rows,
    headed,
    line_rows,
    receipt_row,
    shift_columns,
    shift_row,
)
from core.reports.sheets import ROWS_MAX, Looks, Sheet
from core.reports.tally import COUNTS, MEASURES, PLACEMENT_MEASURES, Control
from core.reports.words import Words
from core.usecases.exports import Extract

TOTALS_FROM = 8
VAT_FROM = 2


class Pack:
    """The sink for XLSX; its files live in a folder of their own until :meth:`close`."""

    whole_shifts = False

    def __init__(self, extract: Extract, words: Words, *, rows_max: int = ROWS_MAX) -> None:
        self._extract = extract
        self._words = words
        self._file = BookFile(extract.made_at, self._title())
        self._workbook = self._file.workbook
        self._workbook.set_calc_mode("auto")
        self._looks = Looks(self._workbook)
        self._totals = self._workbook.add_worksheet(words("sheet-totals"))
        looks = (self._workbook, self._looks, words)
        self._receipts = Sheet(*looks, words("sheet-receipts"), headed(words, RECEIPTS), rows_max)
        self._lines = Sheet(*looks, words("sheet-lines"), headed(words, LINES), rows_max)
        self._vat = self._workbook.add_worksheet(words("sheet-vat"))
        self._shifts = Sheet(*looks, words("sheet-shifts"), shift_columns(words), rows_max)
        self._cash = Sheet(*looks, words("sheet-cash"), headed(words, CASH), rows_max)
        self._control = Sheet(*looks, words("sheet-control"), control_columns(words), rows_max)

    def begin(self) -> bytes:
        """Nothing yet: a workbook is whole or it is none."""
        return b""

    def documents(self, views: list[DocumentView]) -> bytes:
        """Rows of some documents, on disk."""
        for view in views:
            if view.document.ticket is None:
                self._cash.write(cash_row(view, self._words))
                continue
            self._receipts.write(receipt_row(view, self._words))
            for row in line_rows(view, self._words):
                self._lines.write(row)
        return b""

    def end(self, control: Control) -> Iterator[bytes]:
        """The formulas, then the file in pieces."""
        for account in control.shifts:
            self._shifts.write(shift_row(account))
            for row in control_rows(account, self._words):
                self._control.write(row)
        self._write_totals(control)
        self._write_vat(control)
        for sheet in (self._receipts, self._lines, self._shifts, self._cash, self._control):
            sheet.finish()
        yield from self._file.pieces()

    def close(self) -> None:
        """Remove its files, also of a workbook that was not finished."""
        self._file.close()

    def _title(self) -> str:
        registration = self._extract.registration
        return self._words("title", taxpayer=registration.taxpayer, iin_bin=registration.iin_bin)

    def _write_head(self) -> None:
        registration, period, words = self._extract.registration, self._extract.period, self._words
        register = words("register", title=registration.title, rnm=registration.rnm, znm=registration.znm)
        days = words("period", first=f"{period.first:%d.%m.%Y}", last=f"{period.last:%d.%m.%Y}")
        self._totals.write_string(0, 0, self._title(), self._looks["title"])
        self._totals.write_string(1, 0, register)
        self._totals.write_string(2, 0, days)
        self._totals.write_string(3, 0, words("as-of", number=self._extract.as_of))
        if registration.practice:
            self._totals.write_string(4, 0, words("practice"), self._looks["warning"])

    def _write_totals(self, control: Control) -> None:
        """A row for each figure of each operation: in the period, outside, by the reports, the difference."""
        sheet, first = self._totals, TOTALS_FROM
        rows = [(str(op), name) for op in OPERATIONS for name in MEASURES]
        rows += [(str(kind), name) for kind in PLACEMENTS for name in PLACEMENT_MEASURES]
        sheet.set_column(0, 1, 32)
        sheet.set_column(2, 5, 22)
        self._write_head()
        sheet.write_string(5, 0, self._words("differences"))
        differences = f"SUMPRODUCT(ABS($F${first + 1}:$F${first + len(rows)}))"
        sheet.write_formula(5, 2, f"={differences}", self._looks["money"], 0 if control.agrees else "")
        for place, name in enumerate(("kind", "measure", "within", "rest", "reports", "difference")):
            sheet.write_string(first - 1, place, self._words(f"column-{name}"), self._looks["heading"])
        for place, (kind, name) in enumerate(rows):
            self._write_total(first + place, kind, name, control)

    def _write_total(self, row: int, kind: str, name: str, control: Control) -> None:
        sheet, here, cell = self._totals, f"$A${row + 1}", row + 1
        look = self._looks["whole" if name in COUNTS else "money"]
        sheet.write_string(row, 0, self._words.kind(kind))
        sheet.write_string(row, 1, self._words(f"measure-{name}"))
        operation = (CONTROL_OPERATION, here)
        formulas = (
            self._counted(kind, name, here),
            self._control.sum_where(CONTROL_OUTSIDE[name], operation),
            self._control.sum_where(CONTROL_REPORTS[name], operation),
        )
        known = [
            (tally.tickets if kind in OPERATIONS else tally.placements).get((kind, name), 0)
            for tally in (control.within, control.outside, control.reports)
        ]
        for place, (formula, value) in enumerate(zip(formulas, known, strict=True)):
            sheet.write_formula(row, 2 + place, f"={formula}", look, value if name in COUNTS else value / 100)
        difference = known[2] - known[0] - known[1]
        sheet.write_formula(row, 5, f"=ROUND(E{cell}-D{cell}-C{cell},2)", look, difference / 100)

    def _counted(self, kind: str, name: str, here: str) -> str:
        """The formula of a figure of the period."""
        if kind in OPERATIONS:
            conditions = ((RECEIPT_KIND, here), (RECEIPT_COUNTED, "1"))
            if name == "count":
                return self._receipts.count_where(*conditions)
            return self._receipts.sum_where(RECEIPT_MEASURES[name], *conditions)
        conditions = ((CASH_KIND, here), (CASH_COUNTED, "1"))
        if name == "count":
            return self._cash.count_where(*conditions)
        return self._cash.sum_where(CASH_MEASURES[name], *conditions)

    def _write_vat(self, control: Control) -> None:
        """A row for each rate and operation: turnover and tax from the lines, against the reports."""
        sheet, words = self._vat, self._words
        turnover, tax = words("column-turnover"), words("column-vat")
        headings = [words("column-rate"), words("column-kind"), turnover, tax, words("column-without-tax")]
        for key in ("column-outside", "column-by-report"):
            headings += [words(key, what=turnover), words(key, what=tax)]
        headings += [f"{words('column-difference')}: {turnover}", f"{words('column-difference')}: {tax}"]
        sheet.set_column(0, 1, 20)
        sheet.set_column(2, len(headings) - 1, 18)
        sheet.write_string(0, 0, words("sheet-vat"), self._looks["title"])
        for place, heading in enumerate(headings):
            sheet.write_string(VAT_FROM - 1, place, heading, self._looks["heading"])
        for place, (rate, op) in enumerate(control.rates):
            self._write_rate(sheet, VAT_FROM + place, (rate, op), control)

    def _write_rate(self, sheet: Worksheet, row: int, key: tuple[str, str], control: Control) -> None:
        words, money, cell = self._words, self._looks["money"], row + 1
        conditions = ((LINE_RATE, f"$A${cell}"), (LINE_KIND, f"$B${cell}"), (LINE_COUNTED, "1"))
        within, outside, reports = (
            [tally.taxes.get((*key, name), 0) / 100 for name in ("turnover", "tax")]
            for tally in (control.within, control.outside, control.reports)
        )
        sheet.write_string(row, 0, words.rate(key[0]))
        sheet.write_string(row, 1, words.kind(key[1]))
        for column, line, value in ((2, LINE_SUM, within[0]), (3, LINE_VAT, within[1])):
            sheet.write_formula(row, column, f"={self._lines.sum_where(line, *conditions)}", money, value)
        sheet.write_formula(row, 4, f"=C{cell}-D{cell}", money, within[0] - within[1])
        for column, value in enumerate((*outside, *reports), start=5):
            sheet.write_number(row, column, value, money)
        for column, name, place in ((9, "CFH", 0), (10, "DGI", 1)):
            formula = f"=ROUND({name[2]}{cell}-{name[1]}{cell}-{name[0]}{cell},2)"
            sheet.write_formula(row, column, formula, money, round(reports[place] - outside[place] - within[place], 2))
