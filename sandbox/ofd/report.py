"""X- and Z-reports from the operator's own counters, and the comparison with what a device claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from core.ofd.schema import kkm_v203_pb2 as pb
from sandbox.ofd.counters import OPERATIONS, PAYMENTS, PLACEMENTS, ByOperation, Counters
from sandbox.ofd.wire import as_text, moment, money, put_moment, put_money

DIFFERENCES_TOLD_MAX = 5

Report = pb.ZXReport
Rows = dict[str, int]


def build_report(
    counters: Counters,
    *,
    shift_number: int,
    made_at: datetime,
    opened_at: datetime | None,
    closed_at: datetime | None = None,
) -> pb.ZXReport:
    """All rows, those of zeros too. A sum below zero (storno of an earlier receipt) is told as zero."""
    report = Report(shift_number=shift_number)
    put_moment(report.date_time, made_at)
    shift = counters.shift
    all_lines: ByOperation = {operation: [0, 0] for operation in OPERATIONS}
    for code, rows in sorted(shift.sections.items()):
        section = report.sections.add(section_code=code)
        for operation in OPERATIONS:
            count, amount = rows.get(operation, (0, 0))
            all_lines[operation][0] += count
            all_lines[operation][1] += amount
            _put_row(section.operations.add(), operation, count, amount)
    for operation in OPERATIONS:
        count, amount = all_lines[operation]
        less = shift.discounts.get(operation, [0, 0])
        more = shift.markups.get(operation, [0, 0])
        _put_row(report.operations.add(), operation, count, amount)
        _put_row(report.discounts.add(), operation, *less)
        _put_row(report.markups.add(), operation, *more)
        _put_row(report.total_result.add(), operation, count, amount - less[1] + more[1])
    _put_taxes(report, counters)
    _put_tickets(report, counters)
    for kind in PLACEMENTS:
        count, amount, offline = shift.placements.get(kind, (0, 0, 0))
        placement = report.money_placements.add(operation=kind, operations_count=count, offline_count=offline)
        placement.operations_total_count = counters.placement_totals[kind]
        put_money(placement.operations_sum, amount)
    put_money(report.cash_sum, counters.cash)
    put_money(report.revenue.sum, abs(counters.revenue))
    report.revenue.is_negative = counters.revenue < 0
    if opened_at is not None:
        put_moment(report.open_shift_time, opened_at)
    if closed_at is not None:
        put_moment(report.close_shift_time, closed_at)
    return report


def differences(own: pb.ZXReport, claimed: pb.ZXReport, *, below_zero: bool) -> list[str]:
    """What a device counts otherwise than the operator, row by row; a missing row is one of zeros.

    `below_zero`: a sum of the shift cannot be told on the wire, so lines, results and taxes are not compared.
    A device may count more documents as offline than the operator: one whose first answer was lost was booked here
    without its sign, and a repeat counts nothing (PROTOCOL.md b).
    """
    ours, theirs = dict(_rows(own)), _once(claimed)
    out = [f"{name} twice" for name, amount in theirs.items() if amount is None]
    for name in dict.fromkeys([*ours, *theirs]):
        mine, yours = ours.get(name, 0), theirs.get(name, 0)
        more_offline = name.endswith("offline_count") and yours is not None and yours > mine
        if yours is None or mine == yours or more_offline or (below_zero and name.startswith(_MAY_SINK)):
            continue
        told: Callable[[int], str] = as_text if name.endswith(_MONEY) else str
        out.append(f"{name}: {told(yours)}, OFD {told(mine)}")
    if claimed.HasField("open_shift_time") and moment(claimed.open_shift_time) != moment(own.open_shift_time):
        out.append(f"open_shift_time: OFD {moment(own.open_shift_time).isoformat()}")
    return out


def tell(found: list[str]) -> str:
    """The differences as one text of an answer."""
    more = len(found) - DIFFERENCES_TOLD_MAX
    return "; ".join(found[:DIFFERENCES_TOLD_MAX]) + (f"; +{more}" if more > 0 else "")


def sinks_below_zero(counters: Counters) -> bool:
    """Whether storno lines took more out of some row of the shift than was put in."""
    shift = counters.shift
    tallies = [*shift.sections.values(), *shift.taxes.values(), shift.discounts, shift.markups]
    return any(amount < 0 for rows in tallies for tally in rows.values() for amount in tally)


_MAY_SINK = ("sections", "operations", "total_result", "taxes", "discounts", "markups")
_MONEY = ("sum", "turnover", "without_tax")


def _put_row(row: pb.ZXReport.Operation, operation: int, count: int, amount: int) -> None:
    row.operation = pb.OperationTypeEnum.ValueType(operation)
    row.count = count
    put_money(row.sum, max(amount, 0))


def _put_taxes(report: pb.ZXReport, counters: Counters) -> None:
    for (tax_type, percent), rows in sorted(counters.shift.taxes.items()):
        tax = report.taxes.add(tax_type=tax_type, percent=percent)
        for operation in OPERATIONS:
            turnover, amount = rows.get(operation, (0, 0))
            row = tax.operations.add(operation=operation)
            put_money(row.turnover, max(turnover, 0))
            put_money(row.sum, max(amount, 0))
            put_money(row.turnover_without_tax, max(turnover - amount, 0))


def _put_tickets(report: pb.ZXReport, counters: Counters) -> None:
    for operation in OPERATIONS:
        start = report.start_shift_non_nullable_sums.add(operation=operation)
        put_money(start.sum, counters.at_shift_start[operation])
        put_money(report.non_nullable_sums.add(operation=operation).sum, counters.non_nullable[operation])
        told = report.ticket_operations.add(operation=operation)
        told.tickets_total_count = counters.ticket_totals[operation]
        row = counters.shift.tickets.get(operation)
        told.tickets_count = row.count if row else 0
        told.offline_count = row.offline if row else 0
        put_money(told.tickets_sum, row.total if row else 0)
        put_money(told.discount_sum, row.discount if row else 0)
        put_money(told.markup_sum, row.markup if row else 0)
        put_money(told.change_sum, row.change if row else 0)
        for kind in PAYMENTS:
            count, amount = row.payments.get(kind, (0, 0)) if row else (0, 0)
            payment = told.payments.add(payment=kind, count=count)
            put_money(payment.sum, amount)


def _once(report: pb.ZXReport) -> dict[str, int | None]:
    """The rows of a report by name; None for one that stands in it twice."""
    out: dict[str, int | None] = {}
    for name, amount in _rows(report):
        out[name] = None if name in out else amount
    return out


def _rows(report: pb.ZXReport) -> Iterator[tuple[str, int]]:
    yield "shift_number", report.shift_number
    for section in report.sections:
        yield from _operation_rows(f"sections[{section.section_code}]", section.operations)
    yield from _operation_rows("operations", report.operations)
    yield from _operation_rows("discounts", report.discounts)
    yield from _operation_rows("markups", report.markups)
    yield from _operation_rows("total_result", report.total_result)
    for tax in report.taxes:
        for row in tax.operations:
            name = f"taxes[{tax.tax_type},{tax.percent}].{_name(row.operation)}"
            yield f"{name}.turnover", money(row.turnover)
            yield f"{name}.sum", money(row.sum)
            yield f"{name}.turnover_without_tax", money(row.turnover_without_tax)
    for start in report.start_shift_non_nullable_sums:
        yield f"start_shift_non_nullable_sums.{_name(start.operation)}.sum", money(start.sum)
    for end in report.non_nullable_sums:
        yield f"non_nullable_sums.{_name(end.operation)}.sum", money(end.sum)
    for told in report.ticket_operations:
        yield from _ticket_rows(f"ticket_operations.{_name(told.operation)}", told)
    for placement in report.money_placements:
        name = f"money_placements.{pb.MoneyPlacementEnum.Name(placement.operation)}"
        yield f"{name}.operations_total_count", placement.operations_total_count
        yield f"{name}.operations_count", placement.operations_count
        yield f"{name}.operations_sum", money(placement.operations_sum)
        yield f"{name}.offline_count", placement.offline_count
    yield "cash_sum", money(report.cash_sum)
    yield "revenue.sum", money(report.revenue.sum) * (-1 if report.revenue.is_negative else 1)


def _operation_rows(name: str, rows: Iterable[pb.ZXReport.Operation]) -> Iterator[tuple[str, int]]:
    for row in rows:
        yield f"{name}.{_name(row.operation)}.count", row.count
        yield f"{name}.{_name(row.operation)}.sum", money(row.sum)


def _ticket_rows(name: str, told: pb.ZXReport.TicketOperation) -> Iterator[tuple[str, int]]:
    yield f"{name}.tickets_total_count", told.tickets_total_count
    yield f"{name}.tickets_count", told.tickets_count
    yield f"{name}.tickets_sum", money(told.tickets_sum)
    yield f"{name}.offline_count", told.offline_count
    yield f"{name}.discount_sum", money(told.discount_sum)
    yield f"{name}.markup_sum", money(told.markup_sum)
    yield f"{name}.change_sum", money(told.change_sum)
    for payment in told.payments:
        kind = pb.PaymentTypeEnum.Name(payment.payment)
        yield f"{name}.{kind}.count", payment.count
        yield f"{name}.{kind}.sum", money(payment.sum)


def _name(operation: pb.OperationTypeEnum.ValueType) -> str:
    return pb.OperationTypeEnum.Name(operation)
