"""The layout of every paper of a register: head, middle by kind, signs and checking. The order is DOMAIN.md 6.7."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.domain.document import Document, Requisites
from core.domain.report import Report
from core.domain.ticket import Cashier
from core.domain.view import DocumentView, Mark
from core.ofd.operators import Operator
from core.receipt.blocks import (
    Badge,
    Block,
    CopyMark,
    Layout,
    LayoutLanguage,
    Qr,
    Role,
    Row,
    Rule,
    Text,
)
from core.receipt.report import report_blocks
from core.receipt.ticket import ticket_blocks
from core.receipt.words import Words, clean, kebab, moment, money

QR_BYTES_MAX = 512


def receipt_layout(
    view: DocumentView, operator: Operator | None, *, language: LayoutLanguage, copy: bool = False
) -> Layout:
    """The paper of any document. ``operator`` is ``None`` for a practice register that has none."""
    document, words = view.document, Words(language)
    title = words.label(f"title-{kebab(document.kind)}")
    blocks: list[Block] = [
        *_seller(document.seller, words, practice=document.practice),
        *_standing(view, words),
        CopyMark(words.headline("copy")),
        Text(Role.OPERATION, title, "center", bold=True),
        *_note(document.report, words),
        Row(Role.DOCUMENT_NUMBER, words.label("number" if document.is_ticket else "document"), f"№ {document.number}"),
        Row(Role.SHIFT, words.label("shift"), str(document.shift)),
        *_cashier(document.cashier, words),
        *_middle(document, words),
        *_signs(view, words),
        *_register(document.seller, operator, document.made_at, words, checked=_is_checked(view)),
        *_qr(view, words),
    ]
    return Layout(f"{title} № {document.number}", language, copy, tuple(blocks))


def report_layout(
    report: Report,
    seller: Requisites,
    operator: Operator | None,
    *,
    language: LayoutLanguage,
    practice: bool = False,
) -> Layout:
    """The paper of an X-report, which is no document: it has no number, no sign and no mark."""
    words = Words(language)
    title = words.label("title-x-report")
    blocks: list[Block] = [
        *_seller(seller, words, practice=practice),
        CopyMark(words.headline("copy")),
        Text(Role.OPERATION, title, "center", bold=True),
        *_note(report, words),
        Row(Role.SHIFT, words.label("shift"), str(report.shift)),
        *_report(report, words, vat_payer=seller.vat_payer),
        *_register(seller, operator, report.made_at, words, checked=False),
    ]
    return Layout(title, language, False, tuple(blocks))


def is_fiscal(view: DocumentView) -> bool:
    """Whether this is a fiscal receipt: one of the four operations that bears a sign (G9)."""
    signed = view.fiscal_sign is not None or (view.is_autonomous and view.autonomous_sign is not None)
    return view.document.is_ticket and signed and (view.mark is Mark.REGISTERED or view.is_autonomous)


def _seller(seller: Requisites, words: Words, *, practice: bool) -> Iterator[Block]:
    if practice:
        yield Badge(Role.PRACTICE, words.headline("practice"))
    taxpayer, point = clean(seller.taxpayer), clean(seller.title)
    yield Text(Role.TAXPAYER, taxpayer, "center", bold=True)
    if point and point != taxpayer:
        yield Text(Role.POINT, point, "center")
    number = clean(seller.iin_bin)
    yield Text(Role.IIN_BIN, f"{words.iin_bin(number)} {number}", "center")
    for address in words.address(seller.address, seller.address_kk):
        yield Text(Role.ADDRESS, address, "center")
    yield Rule()


def _standing(view: DocumentView, words: Words) -> Iterator[Block]:
    """What the document is: a fiscal receipt, an autonomous one, one on its way, or none at all."""
    if is_fiscal(view):
        yield Text(Role.FISCAL_RECEIPT, words.headline("fiscal"), "center", bold=True)
    if view.is_autonomous:
        yield Badge(Role.AUTONOMOUS, words.headline("autonomous"))
    if view.mark is Mark.SAVED:
        yield Text(Role.SAVED, words.headline("saved"), "center", bold=True)
    if view.mark is Mark.PRACTICE:
        for text in words.each("practice-note"):
            yield Text(Role.PRACTICE_NOTE, text, "center")
    if view.mark is Mark.REFUSED:
        yield Badge(Role.REFUSED, words.headline("refused"))
        for text in words.each("refused-note"):
            yield Text(Role.REFUSED_NOTE, text, "center")
        if view.result_text and (reason := clean(view.result_text)):
            yield Text(Role.REASON, reason, "center")


def _cashier(cashier: Cashier, words: Words) -> Iterator[Block]:
    name = clean(cashier.name) or (str(cashier.code) if cashier.code else "")
    if name:
        yield Row(Role.CASHIER, words.label("cashier"), name)


def _middle(document: Document, words: Words) -> Iterator[Block]:
    if document.ticket is not None:
        yield from ticket_blocks(document.ticket, words, vat_payer=document.seller.vat_payer)
    elif document.report is not None:
        yield from _report(document.report, words, vat_payer=document.seller.vat_payer)
    else:
        yield Rule()
        yield Row(Role.TOTAL, words.label("sum"), money(document.total), bold=True, size=2)
        yield Rule()


def _note(report: Report | None, words: Words) -> Iterator[Block]:
    """Whether a report closes the shift (с гашением) or lets it go on (без гашения)."""
    if report is not None:
        for note in words.each("z-note" if report.kind == "Z" else "x-note"):
            yield Text(Role.REPORT_NOTE, note, "center")


def _report(report: Report, words: Words, *, vat_payer: bool) -> Iterator[Block]:
    yield Row(Role.OPENED, words.label("opened"), moment(report.opened_at))
    if report.closed_at is not None:
        yield Row(Role.CLOSED, words.label("closed"), moment(report.closed_at))
    yield from report_blocks(report, words, vat_payer=vat_payer)
    yield Rule()


def _signs(view: DocumentView, words: Words) -> Iterator[Block]:
    """The register's own sign stays for ever; the operator's is added below it when it comes (DOMAIN.md, decisions)."""
    if not is_fiscal(view):
        return
    if view.is_autonomous and view.autonomous_sign is not None:
        yield Row(Role.AUTONOMOUS_SIGN, words.label("autonomous-sign"), str(view.autonomous_sign))
    if view.fiscal_sign is not None:
        yield Row(Role.FISCAL_SIGN, words.label("fiscal-sign"), clean(view.fiscal_sign))


def _register(
    seller: Requisites, operator: Operator | None, made_at: datetime, words: Words, *, checked: bool
) -> Iterator[Block]:
    yield Row(Role.TIME, words.label("time"), moment(made_at))
    yield Row(Role.RNM, words.label("rnm"), clean(seller.rnm))
    yield Row(Role.ZNM, words.label("znm"), clean(seller.znm))
    if operator is None:
        return
    for label, name in words.operator(operator):
        yield Text(Role.OFD, f"{label}: {name}")
    if checked:
        for text in words.each("check-site"):
            yield Text(Role.CHECK_SITE, f"{text}:")
        yield Text(Role.CHECK_SITE, operator.site, bold=True)


def _is_checked(view: DocumentView) -> bool:
    """Whether anybody would look this up: slips and reports stand on no check page, refused receipts neither."""
    return view.document.is_ticket and view.mark is not Mark.REFUSED


def _qr(view: DocumentView, words: Words) -> Iterator[Block]:
    """The operator's link verbatim, our own while autonomous, our page where there is neither (or none that fits)."""
    if not _is_checked(view):
        return
    link = view.check_url or ""
    if link and link.isprintable() and len(link.encode()) <= QR_BYTES_MAX:
        yield Qr(link, words.label("scan"))
    elif view.receipt_url:
        yield Qr(view.receipt_url, words.label("scan-page"))
