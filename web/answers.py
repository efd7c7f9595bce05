"""What the API answers, in the member names of CONTRACT.md: plain dictionaries, money as text, times at +05:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.clock import ALMATY
from core.domain.money import format_money, format_quantity
from core.domain.nomenclature import Good
from core.domain.report import Count, Report
from core.domain.ticket import OPERATIONS, PLACEMENTS, Customer, Line, Parent, Payment, Ticket, VatTotal
from core.domain.vat import default_on
from core.domain.view import DocumentView
from core.usecases.books import ShiftView
from core.usecases.quotes import TextQuote
from core.usecases.registers import RegisterView

Answer = dict[str, Any]


def page(items: list[Answer], following: int | None) -> Answer:
    """A list: ``next`` is the number to pass as ``after``, ``null`` at the end."""
    return {"items": items, "next": following}


def good_answer(good: Good) -> Answer:
    """A good of the national catalogue."""
    return {
        "barcode": good.barcode,
        "name": good.name,
        "name_kk": good.name_kk,
        "ntin": good.ntin,
        "unit": good.unit,
    }


def register_answer(view: RegisterView, now: datetime) -> Answer:
    """The state of a register; its default VAT rate is what that default stands for ``now``."""
    registration, block, lane, shift = view.registration, view.block, view.lane, view.shift
    return {
        "register_id": registration.register_id,
        "title": registration.title,
        "practice": registration.practice,
        "iin_bin": registration.iin_bin,
        "taxpayer": registration.taxpayer,
        "address": registration.address,
        "vat": {
            "payer": registration.vat_payer,
            "default": default_on(registration.vat_default, now.astimezone(ALMATY).date()),
        },
        "auto_close": registration.auto_close,
        "rnm": registration.rnm,
        "znm": registration.znm,
        "device_id": registration.device_id,
        "ofd": {"operator": registration.operator, "protocol": registration.protocol},
        "state": view.state,
        "block": None
        if block is None
        else {"reason": block.reason, "text": block.text, "since": moment(block.since)},
        "mode": view.mode,
        "autonomous_since": moment_or_none(view.autonomous_since),
        "autonomous_until": moment_or_none(view.autonomous_until),
        "reason": view.reason,
        "unsent": view.unsent,
        "pending": view.pending,
        "lane": {"stopped": lane.stopped, "result_code": lane.result_code, "text": lane.text},
        "shift": None
        if shift is None
        else {
            "number": shift.number,
            "opened_at": moment(shift.opened_at),
            "closes_before": moment(shift.closes_before),
        },
        "cash": format_money(view.cash),
        "last_document": view.last_document,
        "chain_head": view.chain_head,
    }


def document_answer(view: DocumentView) -> Answer:
    """A document with what became of it; signs and the check link are for tickets only."""
    document = view.document
    answer: Answer = {
        "register_id": document.register_id,
        "number": document.number,
        "kind": str(document.kind),
        "shift": document.shift,
        "number_in_shift": document.number_in_shift,
        "made_at": moment(document.made_at),
        "cashier": {"code": document.cashier.code, "name": document.cashier.name},
    }
    if document.ticket is not None:
        answer |= ticket_answer(document.ticket)
    answer["total"] = format_money(document.total)
    signed = document.is_ticket
    own_sign = view.autonomous_sign if signed else None
    answer |= {
        "mark": str(view.mark),
        "practice": document.practice,
        "autonomous_sign": None if own_sign is None else str(own_sign),
        "fiscal_sign": view.fiscal_sign if signed else None,
        "check_url": view.check_url if signed else None,
        "receipt_url": view.receipt_url,
        "ofd": {
            "result_code": view.result_code,
            "text": view.result_text,
            "registered_at": moment_or_none(view.registered_at),
        },
        "digest": document.digest,
        "previous_digest": document.previous_digest,
    }
    if document.report is not None:
        answer["report"] = report_answer(document.report, autonomous=view.is_autonomous)
    return answer


def ticket_answer(ticket: Ticket) -> Answer:
    """A priced ticket, made or only quoted."""
    payments = ticket.payments
    return {
        "kind": str(ticket.kind),
        "items": [_line(line) for line in ticket.items],
        "total": format_money(ticket.total),
        "discount": format_money(ticket.discount),
        "markup": format_money(ticket.markup),
        "vat": [_vat(row) for row in ticket.vat],
        "payments": None if payments is None else [_payment(payment) for payment in payments],
        "taken": money_or_none(ticket.taken),
        "change": money_or_none(ticket.change),
        "customer": _customer(ticket.customer),
        "parent": None if ticket.parent is None else _parent(ticket.parent),
    }


def text_quote_answer(register_id: str, quote: TextQuote) -> Answer:
    """A sale read from text; ``readings`` only where it can be read in more than one way."""
    answer = {"register_id": register_id, **_reading(quote)}
    if len(quote.readings) > 1:
        answer["readings"] = [_reading(reading) for reading in quote.readings]
    return answer


def shift_answer(shift: ShiftView) -> Answer:
    """One shift of the list; an open one has no close yet."""
    return {
        "number": shift.number,
        "opened_at": moment(shift.opened_at),
        "closed_at": moment_or_none(shift.closed_at),
        "close_document": shift.close_document,
    }


def report_answer(report: Report, *, autonomous: bool) -> Answer:
    """An X- or Z-report."""
    return {
        "kind": report.kind,
        "register_id": report.register_id,
        "shift": report.shift,
        "opened_at": moment(report.opened_at),
        "closed_at": moment_or_none(report.closed_at),
        "made_at": moment(report.made_at),
        "autonomous": autonomous,
        "sections": {code: _counts(rows) for code, rows in report.sections.items()},
        "operations": _counts(report.operations),
        "discounts": _counts(report.discounts),
        "markups": _counts(report.markups),
        "total_result": _counts(report.total_result),
        "taxes": _taxes(report),
        "tickets": {str(op): _ticket_row(report, str(op)) for op in OPERATIONS},
        "money_placements": {str(kind): _placement_row(report, str(kind)) for kind in PLACEMENTS},
        "cash": format_money(report.cash),
        "revenue": {"sum": format_money(abs(report.revenue)), "is_negative": report.revenue < 0},
        "non_nullable_start": {str(op): format_money(report.non_nullable_start[op]) for op in OPERATIONS},
        "non_nullable_end": {str(op): format_money(report.non_nullable_end[op]) for op in OPERATIONS},
        "checksum": report.checksum,
        "chain_head": report.chain_head,
    }


def moment(at: datetime) -> str:
    """A time as ISO 8601 at +05:00."""
    return at.astimezone(ALMATY).isoformat()


def moment_or_none(at: datetime | None) -> str | None:
    return None if at is None else moment(at)


def money_or_none(amount: int | None) -> str | None:
    return None if amount is None else format_money(amount)


def _line(line: Line) -> Answer:
    return {
        "name": line.name,
        "price": format_money(line.price),
        "quantity": format_quantity(line.quantity),
        "unit": line.unit,
        "section": line.section,
        "gross": format_money(line.gross),
        "discount": format_money(line.discount),
        "markup": format_money(line.markup),
        "sum": format_money(line.sum),
        "vat": line.vat,
        "vat_sum": format_money(line.vat_sum),
        "storno": line.storno,
        "barcode": line.barcode,
        "ntin": line.ntin,
        "mark": line.mark,
    }


def _vat(row: VatTotal) -> Answer:
    return {
        "rate": row.rate,
        "turnover": format_money(row.turnover),
        "sum": format_money(row.sum),
        "turnover_without_tax": format_money(row.turnover - row.sum),
    }


def _payment(payment: Payment) -> Answer:
    return {"type": str(payment.type), "sum": format_money(payment.sum)}


def _customer(customer: Customer) -> Answer | None:
    if customer == Customer():
        return None
    return {"iin_bin": customer.iin_bin, "phone": customer.phone, "email": customer.email}


def _parent(parent: Parent) -> Answer:
    return {
        "document_number": parent.document_number,
        "fiscal_sign": parent.fiscal_sign,
        "made_at": moment_or_none(parent.made_at),
        "rnm": parent.rnm,
        "total": money_or_none(parent.total),
        "autonomous": parent.autonomous,
    }


def _reading(quote: TextQuote) -> Answer:
    return ticket_answer(
        replace(quote.ticket, payments=quote.payments, taken=quote.taken, change=quote.change)
    )


def _count(count: Count) -> Answer:
    return {"count": count.count, "sum": format_money(count.sum)}


def _counts(rows: dict[str, Count]) -> Answer:
    return {str(op): _count(rows.get(op, Count())) for op in OPERATIONS}


def _taxes(report: Report) -> list[Answer]:
    return [
        {
            "rate": rate,
            "operations": {
                str(op): {
                    "turnover": format_money(rows[op].turnover),
                    "sum": format_money(rows[op].sum),
                    "turnover_without_tax": format_money(rows[op].turnover - rows[op].sum),
                }
                for op in OPERATIONS
            },
        }
        for rate, rows in report.taxes.items()
    ]


def _ticket_row(report: Report, op: str) -> Answer:
    row = report.tickets[op]
    return {
        "total_count": row.total_count,
        "count": row.count,
        "sum": format_money(row.sum),
        "payments": {kind: _count(count) for kind, count in row.payments.items()},
        "offline_count": row.offline_count,
        "discount_sum": format_money(row.discount_sum),
        "markup_sum": format_money(row.markup_sum),
        "change_sum": format_money(row.change_sum),
    }


def _placement_row(report: Report, kind: str) -> Answer:
    row = report.money_placements[kind]
    return {
        "total_count": row.total_count,
        "count": row.count,
        "sum": format_money(row.sum),
        "offline_count": row.offline_count,
    }
