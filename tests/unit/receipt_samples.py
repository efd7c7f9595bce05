"""Documents to draw receipts of: frozen and priced by the same code as in the product."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from core.clock import ALMATY
from core.domain.counters import (
    Counters,
    Totals,
    add_placement,
    add_ticket,
    count_placement,
    count_ticket,
)
from core.domain.document import Document, Requisites, freeze
from core.domain.pricing import Pricing, price
from core.domain.report import Report, build_report
from core.domain.ticket import (
    OPERATIONS,
    Adjustment,
    Cashier,
    Customer,
    Kind,
    LineInput,
    Parent,
    Payment,
    PaymentType,
    Ticket,
    TicketInput,
)
from core.domain.view import AUTONOMOUS_MARKS, DocumentView, Mark
from core.ofd.operators import autonomous_check_url, operator

MADE_AT = datetime(2026, 3, 5, 14, 7, 9, tzinfo=ALMATY)
RNM = "010101234567"
AUTONOMOUS_SIGN = 404497470
FISCAL_SIGN = "923860753030"
CHECK_URL = f"https://consumer.oofd.kz/?i={FISCAL_SIGN}&f={RNM}&s=1950.00&t=20260305T140709"
RECEIPT_URL = "https://tiyn.example.kz/r/k7Qm2x-VtH0bqYw3c5fJ8nLzR1sD4gA"
GENESIS = "0" * 64

SELLER = Requisites(
    title="Кофейня «Арба»",
    taxpayer="ТОО «Арба и друзья»",
    iin_bin="131240010479",
    address="г. Алматы, ул. Абая, 10",
    address_kk="Алматы қ., Абай к-сі, 10",
    rnm=RNM,
    znm="SWK00000001",
    device_id=1234567,
    operator="kazakhtelecom",
    vat_payer=True,
)
ITEMS = (
    LineInput("Капучино 0,3", price=80000, quantity=2000, ntin="0200123456789"),
    LineInput("Булочка с корицей", price=35000, mark="010460043993125621JgXJ5.T"),
)
PAYMENTS = (Payment(PaymentType.CASH, 195000),)


def ticket(
    kind: Kind = Kind.SELL,
    items: tuple[LineInput, ...] = ITEMS,
    *,
    payments: tuple[Payment, ...] | None = None,
    seller: Requisites = SELLER,
    **more: Any,
) -> Ticket:
    """A priced ticket, paid in cash to the tiyn unless told otherwise."""
    vat = "16" if seller.vat_payer else "none"
    pricing = Pricing(seller.vat_payer, vat, date(2026, 3, 5), seller.iin_bin)
    asked = TicketInput(kind, items, **{**more, "taken": None})
    payments = payments or (Payment(PaymentType.CASH, price(asked, pricing).total),)
    return price(TicketInput(kind, items, payments=payments, **more), pricing)


def document(kind: Kind = Kind.SELL, *, seller: Requisites = SELLER, practice: bool = False, **more: Any) -> Document:
    """A frozen document of the kind; its ticket, sum or report may be given."""
    if kind in OPERATIONS:
        more.setdefault("ticket", ticket(kind, seller=seller, **_basis(kind)))
        more.setdefault("own_sign", AUTONOMOUS_SIGN)
    elif kind is Kind.SHIFT_CLOSE:
        more.setdefault("report", report("Z"))
    else:
        more.setdefault("sum", 500000)
    return freeze(
        Document(
            register_id="7d0c2a52-4f1e-4a52-9c0b-0f5d1c3a9b11",
            number=more.pop("number", 12),
            kind=kind,
            shift=3,
            number_in_shift=4,
            made_at=MADE_AT,
            practice=practice,
            seller=seller,
            cashier=more.pop("cashier", Cashier(7, "Айгүл")),
            previous_digest=GENESIS,
            **more,
        )
    )


def view(mark: Mark = Mark.REGISTERED, kind: Kind = Kind.SELL, **more: Any) -> DocumentView:
    """A document with the facts that its mark implies."""
    made = more.pop("document", None) or document(kind, **more)
    facts: dict[str, Any] = {}
    if made.is_ticket and mark in AUTONOMOUS_MARKS:
        facts["autonomous_sign"] = made.own_sign
        facts["check_url"] = autonomous_check_url(
            operator("kazakhtelecom"), sign=AUTONOMOUS_SIGN, rnm=RNM, total=made.total, made_at=made.made_at
        )
    if mark in (Mark.REGISTERED, Mark.AUTONOMOUS_REGISTERED):
        facts["registered_at"] = made.made_at + timedelta(seconds=2)
        if made.is_ticket:
            facts.update(fiscal_sign=FISCAL_SIGN, check_url=CHECK_URL)
    if mark is Mark.REFUSED:
        facts.update(result_code=14, result_text="Недостаточно наличных в кассе")
    return DocumentView(document=made, mark=mark, receipt_url=RECEIPT_URL, **facts)


def report(kind: str = "X") -> Report:
    """The report of a shift with a sale, a discounted sale, a return, a purchase and cash in and out."""
    made = (
        ticket(),
        ticket(discount=Adjustment(percent=10000), payments=(Payment(PaymentType.CARD, 175500),)),
        ticket(Kind.SELL_RETURN, ITEMS[:1], **_basis(Kind.SELL_RETURN)),
        ticket(Kind.BUY, (LineInput("Сүт", price=20000, quantity=1500, unit="112"),)),
    )
    counters, totals = Counters(), Totals()
    counters = count_placement(counters, Kind.DEPOSIT, 500000, autonomous=False)
    totals = add_placement(totals, Kind.DEPOSIT, 500000)
    start = dict(totals.non_nullable)
    for place, one in enumerate(made):
        counters = count_ticket(counters, one, autonomous=place == 1)
        totals = add_ticket(totals, one)
    built = build_report(
        kind,
        register_id="7d0c2a52-4f1e-4a52-9c0b-0f5d1c3a9b11",
        shift=3,
        opened_at=MADE_AT - timedelta(hours=6),
        made_at=MADE_AT,
        counters=counters,
        totals=totals,
        non_nullable_start=start,
        chain_head="9f3a11bc" * 8,
    )
    return replace(built, checksum="9AEC9A0A")


def empty_report(kind: str = "Z") -> Report:
    """A shift in which nothing happened."""
    return build_report(
        kind,
        register_id="7d0c2a52-4f1e-4a52-9c0b-0f5d1c3a9b11",
        shift=1,
        opened_at=MADE_AT,
        made_at=MADE_AT,
        counters=Counters(),
        totals=Totals(),
        non_nullable_start=dict(Totals().non_nullable),
        chain_head=GENESIS,
    )


def rich_sale() -> Ticket:
    """A sale with two rates, a storno, a receipt discount, two payments, change and a buyer."""
    return ticket(
        Kind.SELL,
        (
            *ITEMS,
            LineInput("Дәрі", price=123456, vat="5"),
            LineInput("Қызмет", price=50000, unit="5114", vat="none"),
            LineInput("Булочка с корицей", price=35000, storno=True),
        ),
        discount=Adjustment(sum=3456),
        payments=(Payment(PaymentType.CASH, 200000), Payment(PaymentType.MOBILE, 130000)),
        taken=500000,
        customer=Customer(iin_bin="900515301214"),
    )


def _basis(kind: Kind) -> dict[str, Any]:
    if kind not in (Kind.SELL_RETURN, Kind.BUY_RETURN):
        return {}
    return {
        "parent": Parent(
            document_number=9,
            fiscal_sign="1413450729315",
            made_at=MADE_AT - timedelta(days=1),
            rnm="620500071124",
            total=195000,
        )
    }
