"""What the tests of the pure core build with: a seller, tickets as asked for, random ones, a register that acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from core.clock import ALMATY
from core.domain.decide import CloseInput, Command, Context, Decision, PlacementInput, decide
from core.domain.document import Document, Requisites
from core.domain.journal import GENESIS, Entry, record, replay
from core.domain.names import has_control_characters, is_visible
from core.domain.outcome import Verdict, draw
from core.domain.pricing import Pricing, price
from core.domain.register import RegisterState
from core.domain.registration import Registration
from core.domain.returns import Basis
from core.domain.ticket import (
    OPERATIONS,
    Adjustment,
    Customer,
    Kind,
    LineInput,
    Parent,
    Payment,
    PaymentType,
    Ticket,
    TicketInput,
)
from core.domain.units import UNITS
from core.errors import Refused
from core.ofd.report_codec import report_checksum

NOON = datetime(2026, 3, 5, 12, 0, 0, tzinfo=ALMATY)
REGISTER = "0195e3a0-0000-7000-8000-000000000001"
SELLER_BIN = "131240010479"
BUYER_IIN = "900515301214"
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)

REGISTRATION = Registration(
    register_id=REGISTER,
    organisation_id="0195e3a0-0000-7000-8000-0000000000aa",
    link_key="k7Qm2x",
    title="Лавка",
    taxpayer="ТОО Тест",
    iin_bin=SELLER_BIN,
    address="Алматы",
    address_kk="Алматы қ.",
    okved="47111",
    latitude=43238949,
    longitude=76889709,
    rnm="010101234567",
    znm="SWK00000001",
    operator="kazakhtelecom",
    protocol="2.0.3",
    host="127.0.0.1",
    port=7777,
    device_id=1234567,
    vat_payer=True,
    vat_default="16",
    practice=False,
)
SELLER = REGISTRATION.requisites
NON_PAYER = replace(SELLER, vat_payer=False)
PAYER_2026 = Pricing(vat_payer=True, vat_default="16", rate_day=NOON.date(), seller_iin_bin=SELLER_BIN)
ELSEWHERE = Parent(
    fiscal_sign="923860753030", made_at=NOON - 24 * HOUR, rnm="620500071124", total=10**12 - 1, autonomous=False
)


def goods(price_tiyn: int, quantity: int = 1000, name: str = "Нан", **more: Any) -> LineInput:
    """A line by its price in tiyn."""
    return LineInput(name, price_tiyn, quantity, **more)


def cash(amount: int) -> tuple[Payment, ...]:
    """All of it in cash."""
    return (Payment(PaymentType.CASH, amount),)


def asked(*items: LineInput, kind: Kind = Kind.SELL, **more: Any) -> TicketInput:
    """A ticket without payments, as for a quote."""
    return TicketInput(kind, items, **more)


def paid_in_cash(request: TicketInput, pricing: Pricing = PAYER_2026) -> TicketInput:
    """The same ticket paid in cash with its own total."""
    return replace(request, payments=cash(price(request, pricing).total))


def sale(price_tiyn: int = 10_000, name: str = "Нан", **more: Any) -> TicketInput:
    """One line paid in cash."""
    return paid_in_cash(asked(goods(price_tiyn, name=name), **more))


def refusal_of(request: TicketInput, pricing: Pricing = PAYER_2026) -> str:
    """The code with which the ticket is refused."""
    with pytest.raises(Refused) as refused:
        price(request, pricing)
    return refused.value.code


def context(now: datetime = NOON, **more: Any) -> Context:
    """A register with an operator, a VAT payer's."""
    facts: dict[str, Any] = {
        "now": now,
        "seller": SELLER,
        "vat_default": "16",
        "practice": False,
        "has_operator": True,
        "checksum": report_checksum,
    }
    return Context(**{**facts, **more})


class Register:
    """A register in memory: its state, its entries with their documents, its clock."""

    def __init__(self, *, genesis: dict[str, Any] | None = None, has_operator: bool = True) -> None:
        self.now = NOON
        self.has_operator = has_operator
        self.entries: list[tuple[Entry, Document | None]] = []
        self.documents: list[Document] = []
        self.outcomes: dict[int, str] = {}
        self.state, entry = record(RegisterState(REGISTER), GENESIS, genesis or {})
        self.entries.append((entry, None))

    def context(self, **more: Any) -> Context:
        """The context of an act now."""
        return context(**{"now": self.now, "has_operator": self.has_operator, **more})

    def make(self, command: Command, **more: Any) -> Decision:
        """Decide and keep what came of it."""
        decision = decide(self.state, command, self.context(**more))
        self.state = decision.state
        self.documents.append(decision.document)
        self.entries += [(entry, self._of(entry)) for entry in decision.entries]
        if decision.outcome is not None:
            self.outcomes[decision.document.number] = decision.outcome
        return decision

    def settle(self, verdict: Verdict) -> None:
        """Draw the outcome of the pending document."""
        document = self.documents[-1]
        self.state, entries = draw(self.state, document, verdict)
        self.entries += [(entry, self._of(entry)) for entry in entries]
        self.outcomes[document.number] = verdict.outcome

    def done(self, command: Command, outcome: str = "registered", **more: Any) -> Document:
        """A document with an outcome."""
        decision = self.make(command, **more)
        if decision.outcome is None:
            self.settle(Verdict(outcome, self.now, reason="timeout" if outcome == "autonomous" else None))
        return decision.document

    def move(self, moved: tuple[RegisterState, Entry]) -> None:
        """A step that is no document: a mode, a block, a limit."""
        self.state, entry = moved
        self.entries.append((entry, None))

    def refused_with(self, command: Command, **more: Any) -> str:
        """The code of the refusal; nothing may have happened."""
        before = self.state
        with pytest.raises(Refused) as refused:
            decide(self.state, command, self.context(**more))
        assert self.state == before
        return refused.value.code

    def replayed(self) -> RegisterState:
        """The state that folding the entries gives."""
        state = RegisterState(REGISTER)
        for entry, document in self.entries:
            state = replay(state, entry, document)
        return state

    def _of(self, entry: Entry) -> Document | None:
        number = entry.document_number
        return next((one for one in reversed(self.documents) if one.number == number), None)


def deposit(amount: int) -> PlacementInput:
    """A deposit of so many tiyn."""
    return PlacementInput(Kind.DEPOSIT, amount)


def withdrawal(amount: int) -> PlacementInput:
    """A withdrawal of so many tiyn."""
    return PlacementInput(Kind.WITHDRAWAL, amount)


CLOSE = CloseInput()


def basis_of(document: Document, *earlier: Ticket) -> Basis:
    """An own receipt as the basis of a return."""
    return Basis(earlier=earlier, document=document, sign="1234567890", autonomous=False)


_words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=128).filter(
    lambda text: is_visible(text) and not has_control_characters(text)
)
_amounts = st.one_of(st.integers(1, 400), st.integers(1, 200_000), st.integers(1, 99_999_999))
_adjustments = st.one_of(
    st.none(),
    st.builds(Adjustment, sum=st.integers(0, 500)),
    st.builds(Adjustment, percent=st.one_of(st.integers(0, 100_000), st.sampled_from([0, 1, 33_333, 50_000, 100_000]))),
)


def lines(rates: Sequence[str | None], *, with_discount: bool) -> st.SearchStrategy[LineInput]:
    """Random lines; small sums are frequent, because there rounding bites."""
    return st.builds(
        LineInput,
        name=_words,
        price=_amounts,
        quantity=st.one_of(st.just(1000), st.integers(1, 5_000)),
        unit=st.sampled_from(sorted(UNITS)),
        section=st.sampled_from(["1", "2", "7"]),
        vat=st.sampled_from(list(rates)),
        discount=_adjustments if with_discount else st.none(),
        markup=st.one_of(st.none(), _adjustments),
        barcode=st.one_of(st.none(), st.just("4870204391510")),
        ntin=st.one_of(st.none(), st.just("0200123456789")),
        mark=st.one_of(st.none(), st.just("010460043993125621JgXJ5.T")),
        storno=st.sampled_from([False, False, False, True]),
    )


@st.composite
def priced_requests(draw_one: st.DrawFn) -> tuple[TicketInput, Pricing, Ticket] | None:
    """A random ticket with payments that fit, how it is priced, and the priced one; ``None`` where it is refused."""
    vat_payer = draw_one(st.booleans())
    scope = draw_one(st.sampled_from(["line", "receipt discount", "receipt markup"]))
    rates = (None, "16", "10", "5", "0", "none") if vat_payer else (None, "none")
    items = tuple(draw_one(st.lists(lines(rates, with_discount=scope != "receipt discount"), min_size=1, max_size=5)))
    adjustment = draw_one(_adjustments)
    request = TicketInput(
        kind=draw_one(st.sampled_from(OPERATIONS)),
        items=items,
        discount=adjustment if scope == "receipt discount" else None,
        markup=adjustment if scope == "receipt markup" else None,
        customer=draw_one(st.sampled_from([Customer(), Customer(BUYER_IIN, "+77010000000", "a@b.kz")])),
    )
    request = replace(request, parent=ELSEWHERE if request.kind in (Kind.SELL_RETURN, Kind.BUY_RETURN) else None)
    pricing = replace(PAYER_2026, vat_payer=vat_payer, vat_default="16" if vat_payer else "none")
    try:
        total = price(request, pricing).total
        request = _with_payments(draw_one, request, total)
        return request, pricing, price(request, pricing)
    except Refused as refused:
        assert refused.code in {"TOTAL_NOT_POSITIVE", "DISCOUNT_OUT_OF_RANGE", "AMOUNT_OUT_OF_RANGE"}
        return None


def _with_payments(draw_one: st.DrawFn, request: TicketInput, total: int) -> TicketInput:
    kinds = draw_one(st.lists(st.sampled_from(list(PaymentType)), min_size=1, max_size=3, unique=True))
    kinds = kinds[:total]
    sums = [1] * len(kinds)
    sums[0] += total - len(kinds)
    payments = tuple(Payment(kind, amount) for kind, amount in zip(kinds, sums, strict=True))
    in_cash = sum(one.sum for one in payments if one.type is PaymentType.CASH)
    over = draw_one(st.one_of(st.none(), st.integers(0, 100_000)))
    return replace(request, payments=payments, taken=in_cash + over if in_cash and over is not None else None)


def accepted() -> st.SearchStrategy[tuple[TicketInput, Pricing, Ticket]]:
    """Random tickets that are accepted."""
    return priced_requests().filter(lambda one: one is not None).map(_given)


def _given(one: tuple[TicketInput, Pricing, Ticket] | None) -> tuple[TicketInput, Pricing, Ticket]:
    assert one is not None
    return one


def seller_of(pricing: Pricing) -> Requisites:
    """The seller that a random ticket was priced for."""
    return SELLER if pricing.vat_payer else NON_PAYER
