"""The middle of an X- or Z-report (X-есеп, Z-есеп): DOMAIN.md 2.5 and 6.5.

A row of zeros is left out where its block says as much without it; the sums that the law names are always there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.domain.money import Money
from core.domain.report import Count, Report, TicketRow
from core.domain.ticket import OPERATIONS, PLACEMENTS, Kind
from core.receipt.blocks import Block, Role, Row, Rule, Text
from core.receipt.ticket import rate_words
from core.receipt.words import Words, clean, kebab, money

CHAIN_HEAD_SHORT_CHARACTERS = 12


def report_blocks(report: Report, words: Words, *, vat_payer: bool) -> Iterator[Block]:
    """Everything between the head of the report and the register's numbers."""
    yield Rule()
    yield from _non_nullable("start-sums", report.non_nullable_start, words)
    yield Rule()
    yield from _sections(report, words)
    yield from _counts("operations", report.operations, words)
    yield from _counts("discounts", report.discounts, words)
    yield from _counts("markups", report.markups, words)
    yield from _counts("total-result", report.total_result, words)
    if vat_payer or report.taxes:
        yield Rule()
        yield from _taxes(report, words)
    yield Rule()
    for operation in OPERATIONS:
        yield from _tickets(operation, report.tickets[str(operation)], words)
    yield Rule()
    yield from _placements(report, words)
    yield Rule("=")
    yield Row(Role.CASH, words.label("cash"), money(report.cash), bold=True)
    yield Row(Role.REVENUE, words.label("revenue"), money(report.revenue), bold=True)
    yield Rule("=")
    yield from _non_nullable("end-sums", report.non_nullable_end, words)
    yield Rule()
    yield from _seals(report, words)


def _heading(key: str, words: Words, detail: str = "") -> Iterator[Block]:
    for text in words.each(key):
        yield Text(Role.HEADING, f"{text} {detail}".rstrip(), bold=True)


def _non_nullable(key: str, sums: Mapping[str, Money], words: Words) -> Iterator[Block]:
    yield from _heading(key, words)
    for operation in OPERATIONS:
        yield Row(Role.NON_NULLABLE, _operation(operation, words), money(sums[str(operation)]))


def _sections(report: Report, words: Words) -> Iterator[Block]:
    for code, rows in report.sections.items():
        yield Text(Role.SECTION, f"{words.label('section')} {clean(code)}", bold=True)
        yield from _count_rows(rows, words)


def _counts(key: str, rows: Mapping[str, Count], words: Words) -> Iterator[Block]:
    """One row per operation that happened; a block in which nothing happened is one row with its zero."""
    if any(row != Count() for row in rows.values()):
        yield from _heading(key, words)
        yield from _count_rows(rows, words)
    else:
        yield Row(Role.FIGURE, words.label(key), money(0))


def _count_rows(rows: Mapping[str, Count], words: Words) -> Iterator[Block]:
    for operation in OPERATIONS:
        row = rows[str(operation)]
        if row != Count():
            yield Row(Role.FIGURE, f"{_operation(operation, words)} ({row.count})", money(row.sum))


def _taxes(report: Report, words: Words) -> Iterator[Block]:
    turned_over = {
        rate: {op: row for op, row in rows.items() if row.turnover or row.sum} for rate, rows in report.taxes.items()
    }
    if not any(turned_over.values()):
        yield Row(Role.VAT, words.label("taxes"), money(0))
        return
    yield from _heading("taxes", words)
    for rate, rows in turned_over.items():
        for operation in OPERATIONS:
            if (row := rows.get(str(operation))) is None:
                continue
            yield Text(Role.SECTION, f"{rate_words(rate, words)}, {_operation(operation, words)}")
            yield Row(Role.VAT, words.label("turnover"), money(row.turnover))
            yield Row(Role.VAT, words.label("tax-sum"), money(row.sum))
            yield Row(Role.VAT, words.label("turnover-without-tax"), money(row.turnover - row.sum))


def _tickets(operation: Kind, row: TicketRow, words: Words) -> Iterator[Block]:
    """The receipts of an operation; of one that the register never made, that there are none, on one line."""
    if not row.total_count and operation is not Kind.SELL:
        yield Row(Role.FIGURE, f"{words.label(f'tickets-{kebab(operation)}')} ({row.count})", money(row.sum))
        return
    yield from _heading(f"tickets-{kebab(operation)}", words)
    yield Row(Role.FIGURE, words.label("count"), str(row.count))
    yield Row(Role.FIGURE, words.label("sum"), money(row.sum), bold=True)
    for kind, paid in row.payments.items():
        if paid != Count():
            yield Row(Role.FIGURE, f"{words.label(f'pay-{kind}')} ({paid.count})", money(paid.sum))
    for key, amount in (
        ("tickets-discount", row.discount_sum),
        ("tickets-markup", row.markup_sum),
        ("change", row.change_sum),
    ):
        if amount:
            yield Row(Role.FIGURE, words.label(key), money(amount))
    if row.offline_count:
        yield Row(Role.FIGURE, words.label("count-autonomous"), str(row.offline_count))
    yield Row(Role.FIGURE, words.label("count-ever"), str(row.total_count))


def _placements(report: Report, words: Words) -> Iterator[Block]:
    yield from _heading("placements", words)
    for kind in PLACEMENTS:
        row = report.money_placements[str(kind)]
        yield Row(Role.FIGURE, f"{_operation(kind, words)} ({row.count})", money(row.sum))
        if row.offline_count:
            yield Row(Role.FIGURE, words.label("count-autonomous"), str(row.offline_count))
        if row.total_count:
            yield Row(Role.FIGURE, words.label("count-ever"), str(row.total_count))


def _seals(report: Report, words: Words) -> Iterator[Block]:
    """What lets anybody compare this paper with the journal later (G5)."""
    if report.checksum:
        yield Row(Role.CHECKSUM, words.label("checksum"), clean(report.checksum))
    head = clean(report.chain_head)
    yield Row(Role.CHAIN_HEAD, words.label("chain-head"), head[:CHAIN_HEAD_SHORT_CHARACTERS])
    yield Text(Role.CHAIN_HEAD, head)


def _operation(kind: Kind, words: Words) -> str:
    return words.label(f"op-{kebab(kind)}")
