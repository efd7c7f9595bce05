"""Two independent counters on one day: Tiyn's Z of any mix of documents is the sandbox operator's Z."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import ALMATY
from core.domain.counters import Counters, Totals, add_placement, add_ticket, count_placement, count_ticket
from core.domain.document import Document
from core.domain.pricing import Pricing, price
from core.domain.registration import PROTOCOL_VERSIONS, Registration
from core.domain.report import build_report
from core.domain.ticket import (
    CASH_IN,
    Adjustment,
    Cashier,
    Kind,
    LineInput,
    Parent,
    Payment,
    PaymentType,
    Ticket,
    TicketInput,
)
from core.errors import Refused
from core.ofd.codec import Period, command_of, decode_answer, encode
from core.ofd.frame import decode_frame, encode_frame
from core.ofd.report_codec import report_checksum
from sandbox.ofd.operator import Operator

NOW = datetime(2026, 3, 5, 14, 7, 9, tzinfo=ALMATY)
DEVICE, TOKEN, SELLER = 2_000_001, 2**31 + 77, "123456789011"
PARENT = Parent(fiscal_sign="123456789012", made_at=NOW, rnm="010101234567", total=10**12, autonomous=False)
REGISTRATION = Registration(
    register_id="r",
    organisation_id="o",
    link_key="k",
    title="Дүкен",
    taxpayer="ТОО Тест",
    iin_bin=SELLER,
    address="Алматы",
    address_kk="Алматы қ.",
    okved="47111",
    latitude=43,
    longitude=76,
    rnm="010101234567",
    znm="SWK1",
    operator="kazakhtelecom",
    protocol="2.0.3",
    host="127.0.0.1",
    port=1,
    device_id=DEVICE,
    vat_payer=True,
    vat_default="16",
    practice=True,
)


def adjustments(base: int) -> st.SearchStrategy[Adjustment | None]:
    percents = st.integers(1, 99_999).map(lambda percent: Adjustment(percent=percent))
    return st.one_of(st.none(), percents, st.integers(1, base).map(lambda amount: Adjustment(sum=amount)))


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    """Any ticket that pricing lets through, paid in cash, by card or both."""
    lines = draw(st.lists(st.tuples(st.integers(1, 99_999), st.integers(1, 5_000)), min_size=1, max_size=5))
    own = draw(st.booleans())
    items = tuple(
        LineInput(
            name=f"Тауар {index}",
            price=each,
            quantity=quantity,
            section=draw(st.sampled_from(("1", "2"))),
            vat=draw(st.sampled_from(("16", "10", "5", "0", "none"))),
            discount=draw(adjustments(100)) if own else None,
            markup=draw(adjustments(100)),
            storno=index > 0 and draw(st.booleans()),
        )
        for index, (each, quantity) in enumerate(lines)
    )
    level = draw(adjustments(500))
    is_discount = not own and draw(st.booleans())
    kind = draw(st.sampled_from((Kind.SELL, Kind.SELL, Kind.SELL_RETURN, Kind.BUY, Kind.BUY_RETURN)))
    asked = TicketInput(
        kind,
        items,
        discount=level if is_discount else None,
        markup=None if is_discount else level,
        parent=PARENT if kind in (Kind.SELL_RETURN, Kind.BUY_RETURN) else None,
    )
    pricing = Pricing(vat_payer=True, vat_default="16", rate_day=date(2026, 3, 5), seller_iin_bin=SELLER)
    total = price(asked, pricing).total
    cash = draw(st.integers(0, total))
    sums = ((PaymentType.CASH, cash), (PaymentType.CARD, total - cash))
    payments = tuple(Payment(kind_, amount) for kind_, amount in sums if amount)
    taken = cash + draw(st.integers(0, 500)) if cash else None
    paid = TicketInput(
        kind, items, asked.discount, asked.markup, payments=payments, taken=taken, parent=asked.parent
    )
    return price(paid, pricing)


class Day:
    """A shift as Tiyn counts it, told to the operator document by document."""

    def __init__(self, protocol: str) -> None:
        self.registration = replace(REGISTRATION, protocol=protocol)
        self.operator = Operator(now=lambda: NOW, folder=None, check_url="https://consumer.oofd.kz/")
        self.operator.register_device(
            DEVICE,
            TOKEN,
            rnm="010101234567",
            znm="SWK1",
            iin_bin=SELLER,
            title="Дүкен",
            address="Алматы",
        )
        self.counters, self.totals = Counters(), Totals()
        self.token, self.number = TOKEN, 0

    def tell(self, kind: Kind, *, offline: bool = False, **more: Any) -> None:
        self.number += 1
        document = Document(
            "r", self.number, kind, 1, self.number, NOW, True, REGISTRATION.requisites, Cashier(1, "Айгүл"), "00",
            own_sign=self.number, **more,
        )
        registration = self.registration
        payload = encode(registration, command_of(document), Period(NOW, NOW), document, offline=offline)
        version = PROTOCOL_VERSIONS[registration.protocol]
        exchange, _ = self.operator.receive(encode_frame(version, DEVICE, self.token, self.number, payload))
        assert exchange.answer is not None
        header, answer = decode_frame(exchange.answer)
        told = decode_answer(answer, header.version)
        assert (told.result_code, header.version) == (0, version), told.result_text
        self.token = header.token

    def deposit(self, amount: int) -> None:
        self.tell(Kind.DEPOSIT, sum=amount)
        self.counters = count_placement(self.counters, Kind.DEPOSIT, amount, autonomous=False)
        self.totals = add_placement(self.totals, Kind.DEPOSIT, amount)

    def sell(self, ticket: Ticket, *, offline: bool) -> None:
        self.tell(ticket.kind, ticket=ticket, offline=offline)
        self.counters = count_ticket(self.counters, ticket, autonomous=offline)
        self.totals = add_ticket(self.totals, ticket)

    def close(self) -> None:
        report = build_report(
            "Z",
            register_id="r",
            shift=1,
            opened_at=NOW,
            made_at=NOW,
            counters=self.counters,
            totals=self.totals,
            non_nullable_start=Totals().non_nullable,
            chain_head="00",
        )
        self.tell(Kind.SHIFT_CLOSE, report=replace(report, checksum=report_checksum(report)))


def can_be_told(ticket: Ticket) -> bool:
    """Whether no row sinks below zero by storno lines: the wire has no minus sign."""
    counted = count_ticket(Counters(), ticket, autonomous=False)
    tables = [*counted.sections.values(), *counted.taxes.values(), counted.discounts, counted.markups]
    enough = all(tax <= turnover for table in counted.taxes.values() for turnover, tax in table.values())
    return enough and all(figure >= 0 for table in tables for tally in table.values() for figure in tally)


def sound(ticket_strategy: st.SearchStrategy[Ticket]) -> st.SearchStrategy[Ticket | None]:
    """A ticket, or None where pricing refused what was drawn or a row of the report would be below zero."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Ticket | None:
        try:
            ticket = draw(ticket_strategy)
        except Refused:
            return None
        return ticket if can_be_told(ticket) else None

    return drawn()


@given(
    st.sampled_from(sorted(PROTOCOL_VERSIONS)),
    st.lists(st.tuples(sound(tickets()), st.booleans()), min_size=1, max_size=6),
)
@settings(max_examples=100, deadline=None)
def test_any_day_of_tiyn_closes_with_the_operators_figures(
    protocol: str, day_of: list[tuple[Ticket | None, bool]]
) -> None:
    day = Day(protocol)
    day.deposit(10**9)
    for ticket, offline in day_of:
        if ticket is not None:
            day.sell(ticket, offline=offline)
    day.close()
    book = day.operator.book(DEVICE)
    assert book["shift"] is None
    assert len(book["z_reports"]) == 1
    incoming = sum(t.cash if t.kind in CASH_IN else -t.cash for t, _ in day_of if t is not None)
    assert day.totals.cash == 10**9 + incoming
