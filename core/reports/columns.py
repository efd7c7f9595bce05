"""The lists of the workbook: their columns and what stands in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.domain.ticket import OPERATIONS, PLACEMENTS, PaymentType
from core.domain.view import DocumentView
from core.reports.sheets import Column, moment
from core.reports.tally import COUNTS, MEASURES, Account, Tally, is_counted
from core.reports.words import Words, basis_of, code_of

RECEIPTS = (
    *(("number", 9, "whole"), ("shift", 8, "whole"), ("number-in-shift", 8, "whole"), ("made-at", 19, "moment")),
    *(("kind", 18, "text"), ("total", 14, "money"), ("cash", 14, "money"), ("card", 14, "money")),
    *(("mobile", 14, "money"), ("discount", 12, "money"), ("markup", 12, "money"), ("change", 12, "money")),
    *(("vat", 12, "money"), ("counted", 9, "whole"), ("offline", 9, "whole"), ("mark", 22, "text")),
    *(("fiscal-sign", 18, "text"), ("autonomous-sign", 14, "text"), ("cashier", 16, "text")),
    *(("customer", 15, "text"), ("basis", 14, "text"), ("ofd-text", 24, "text")),
)
RECEIPT_KIND, RECEIPT_COUNTED = 4, 13
RECEIPT_MEASURES = {
    "sum": 5, "cash": 6, "card": 7, "mobile": 8, "discount": 9, "markup": 10, "change": 11, "offline": 14,
}  # fmt: skip

LINES = (
    *(("number", 9, "whole"), ("made-at", 19, "moment"), ("kind", 18, "text"), ("name", 32, "text")),
    *(("code", 16, "text"), ("unit", 8, "text"), ("quantity", 10, "quantity"), ("price", 12, "money")),
    *(("line-discount", 12, "money"), ("line-markup", 12, "money"), ("line-sum", 14, "money"), ("rate", 12, "text")),
    *(("vat", 12, "money"), ("counted", 9, "whole")),
)
LINE_KIND, LINE_SUM, LINE_RATE, LINE_VAT, LINE_COUNTED = 2, 10, 11, 12, 13

CASH = (
    *(("number", 9, "whole"), ("shift", 8, "whole"), ("made-at", 19, "moment"), ("kind", 24, "text")),
    *(("total", 14, "money"), ("counted", 9, "whole"), ("offline", 9, "whole"), ("mark", 22, "text")),
    *(("cashier", 16, "text"), ("ofd-text", 24, "text")),
)
CASH_KIND, CASH_COUNTED = 3, 5
CASH_MEASURES = {"sum": 4, "offline": 6}


def headed(words: Words, columns: tuple[tuple[str, int, str], ...]) -> list[Column]:
    """The columns with their headings said."""
    return [(words(f"column-{name}"), width, look) for name, width, look in columns]


def receipt_row(view: DocumentView, words: Words) -> list[Any]:
    """A ticket."""
    document, ticket = view.document, view.document.ticket
    assert ticket is not None
    paid = {payment.type: payment.sum for payment in ticket.payments or ()}
    return [
        document.number,
        document.shift,
        document.number_in_shift,
        moment(document.made_at),
        words.kind(str(document.kind)),
        ticket.total,
        *(paid.get(kind) for kind in PaymentType),
        ticket.discount or None,
        ticket.markup or None,
        ticket.change or None,
        sum(row.sum for row in ticket.vat) or None,
        int(is_counted(view)),
        int(view.is_autonomous) or None,
        words.mark(view.mark),
        view.fiscal_sign,
        None if view.autonomous_sign is None else str(view.autonomous_sign),
        document.cashier.name,
        ticket.customer.iin_bin,
        basis_of(view),
        view.result_text,
    ]


def line_rows(view: DocumentView, words: Words) -> Iterator[list[Any]]:
    """The lines of a ticket; a storno line is negative, so that columns add up."""
    document, ticket = view.document, view.document.ticket
    assert ticket is not None
    at, kind, counted = moment(document.made_at), words.kind(str(document.kind)), int(is_counted(view))
    for line in ticket.items:
        sign = line.sign
        yield [
            document.number,
            at,
            kind,
            line.name,
            code_of(line),
            words.unit(line.unit),
            sign * line.quantity,
            line.price,
            sign * line.discount or None,
            sign * line.markup or None,
            sign * line.sum,
            words.rate(line.vat),
            sign * line.vat_sum or None,
            counted,
        ]


def cash_row(view: DocumentView, words: Words) -> list[Any]:
    """A deposit, a withdrawal or the close of a shift."""
    document = view.document
    return [
        document.number,
        document.shift,
        moment(document.made_at),
        words.kind(str(document.kind)),
        document.sum,
        int(is_counted(view)),
        int(view.is_autonomous) or None,
        words.mark(view.mark),
        document.cashier.name,
        view.result_text,
    ]


def shift_columns(words: Words) -> list[Column]:
    """The Z list: a row for each shift."""
    ops = [words.kind(str(op)) for op in OPERATIONS]
    return [
        (words("column-shift"), 8, "whole"),
        (words("column-report"), 8, "text"),
        (words("column-opened"), 19, "moment"),
        (words("column-closed"), 19, "moment"),
        (words("column-close-document"), 10, "whole"),
        *((words("column-sum-of", what=what), 16, "money") for what in ops),
        *((words("column-sum-of", what=words.kind(str(kind))), 16, "money") for kind in PLACEMENTS),
        (words("column-drawer"), 16, "money"),
        *((words("column-non-nullable", what=what), 18, "money") for what in ops),
        (words("column-offline"), 10, "whole"),
        (words("column-chain-head"), 66, "text"),
    ]


def shift_row(account: Account) -> list[Any]:
    """One shift with what its X or Z says."""
    report = account.report or Tally()
    return [
        account.shift,
        account.kind,
        moment(account.opened_at),
        moment(account.closed_at),
        account.close_document,
        *(report.tickets.get((str(op), "sum"), 0) for op in OPERATIONS),
        *(report.placements.get((str(kind), "sum"), 0) for kind in PLACEMENTS),
        account.cash,
        *(account.non_nullable_end.get(str(op), 0) for op in OPERATIONS),
        int(account.autonomous) or None,
        account.chain_head,
    ]


CONTROL_OPERATION = 1
CONTROL_REPORTS = {name: 2 + place for place, name in enumerate(MEASURES)}
CONTROL_OUTSIDE = {name: 2 + len(MEASURES) + place for place, name in enumerate(MEASURES)}


def control_columns(words: Words) -> list[Column]:
    """The figures of each shift's report, and of its documents outside of the period, by operation."""
    figures = [(words(f"measure-{name}"), "whole" if name in COUNTS else "money") for name in MEASURES]
    return [
        (words("column-shift"), 8, "whole"),
        (words("column-kind"), 24, "text"),
        *((words("column-by-report", what=what), 16, look) for what, look in figures),
        *((words("column-outside", what=what), 16, look) for what, look in figures),
    ]


def control_rows(account: Account, words: Words) -> Iterator[list[Any]]:
    """One shift's rows; what has no figures has no row."""
    report = account.report or Tally()
    for kind in map(str, (*OPERATIONS, *PLACEMENTS)):
        rows = [
            (tally.tickets if kind in OPERATIONS else tally.placements).get((kind, name))
            for tally in (report, account.outside)
            for name in MEASURES
        ]
        if any(rows):
            yield [account.shift, words.kind(kind), *rows]
