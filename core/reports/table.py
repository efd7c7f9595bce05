"""The journal of a period as CSV: one row for each document, or one for each line of a receipt.

Made for Excel as it is set up in Kazakhstan and for programs alike (docs/exports.md): UTF-8 with its mark, semicolons,
a decimal comma, dates as 2026-11-23 14:07:09, CR LF.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Literal

from core.domain.money import format_money, format_quantity
from core.domain.ticket import PaymentType
from core.domain.view import DocumentView
from core.reports.tally import Control, is_counted
from core.reports.words import Words, basis_of, code_of, made_at

Part = Literal["documents", "lines"]

BYTE_ORDER_MARK = "\ufeff"
ASKS_TO_BE_COMPUTED = ("=", "+", "-", "@", "\t", "\r")

DOCUMENT_COLUMNS = (
    *("number", "shift", "number-in-shift", "made-at", "kind", "total", "cash", "card", "mobile", "discount"),
    *("markup", "change", "vat", "mark", "counted", "fiscal-sign", "autonomous-sign", "cashier", "customer", "basis"),
    "ofd-text",
)
LINE_COLUMNS = (
    *("number", "shift", "made-at", "kind", "name", "code", "barcode", "unit", "quantity", "price", "line-discount"),
    *("line-markup", "line-sum", "rate", "vat", "counted"),
)


class Table:
    """The sink for CSV."""

    whole_shifts = False

    def __init__(self, words: Words, part: Part) -> None:
        self._words = words
        self._part = part

    def begin(self) -> bytes:
        """The mark of the encoding and the headings."""
        columns = DOCUMENT_COLUMNS if self._part == "documents" else LINE_COLUMNS
        return BYTE_ORDER_MARK.encode() + _written([[self._words(f"column-{name}") for name in columns]])

    def documents(self, views: list[DocumentView]) -> bytes:
        """Rows of some documents."""
        if self._part == "documents":
            return _written(self._document(view) for view in views)
        return _written(row for view in views for row in self._lines(view))

    def end(self, control: Control) -> Iterator[bytes]:
        """Nothing: a table that is to be read by programs has no sums under it."""
        return iter(())

    def close(self) -> None:
        """Nothing is left behind."""

    def _document(self, view: DocumentView) -> list[str]:
        document, ticket = view.document, view.document.ticket
        paid: dict[PaymentType, int] = {}
        if ticket is not None:
            paid = {payment.type: payment.sum for payment in ticket.payments or ()}
        return [
            str(document.number),
            str(document.shift),
            str(document.number_in_shift),
            made_at(document),
            self._words.kind(str(document.kind)),
            _money(document.total),
            *(_money(paid.get(kind, 0)) for kind in PaymentType),
            *(_money(amount) for amount in ((ticket.discount, ticket.markup) if ticket else (0, 0))),
            _money((ticket.change or 0) if ticket else 0),
            _money(sum(row.sum for row in ticket.vat) if ticket else 0),
            self._words.mark(view.mark),
            str(int(is_counted(view))),
            _text(view.fiscal_sign),
            _text(None if view.autonomous_sign is None else str(view.autonomous_sign)),
            _text(document.cashier.name),
            _text(None if ticket is None else ticket.customer.iin_bin),
            _text(basis_of(view)),
            _text(view.result_text),
        ]

    def _lines(self, view: DocumentView) -> Iterator[list[str]]:
        document = view.document
        start = [
            str(document.number),
            str(document.shift),
            made_at(document),
            self._words.kind(str(document.kind)),
        ]
        for line in document.ticket.items if document.ticket is not None else ():
            yield [
                *start,
                _text(line.name),
                _text(code_of(line)),
                _text(line.barcode),
                self._words.unit(line.unit),
                _signed(line.sign, format_quantity(line.quantity)).replace(".", ","),
                _money(line.price),
                _money(line.sign * line.discount),
                _money(line.sign * line.markup),
                _money(line.sign * line.sum),
                self._words.rate(line.vat),
                _money(line.sign * line.vat_sum),
                str(int(is_counted(view))),
            ]


def _written(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(errors="replace")


def _money(amount: int) -> str:
    return format_money(amount).replace(".", ",")


def _signed(sign: int, figure: str) -> str:
    return f"-{figure}" if sign < 0 else figure


def _text(text: str | None) -> str:
    """A text that a spreadsheet will show and not compute: an apostrophe before what looks like a formula."""
    if not text:
        return ""
    return f"'{text}" if text.startswith(ASKS_TO_BE_COMPUTED) else text
