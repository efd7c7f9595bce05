"""Any number of returns of any receipts in any order against a plain book of what is left to return."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain_samples import CLOSE, ELSEWHERE, PAYER_2026, Register, asked, basis_of, cash, deposit, goods
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.domain.decide import decide
from core.domain.document import Document
from core.domain.pricing import price
from core.domain.returns import Basis
from core.domain.ticket import Kind, LineInput, Parent, Payment, PaymentType, Ticket, TicketInput
from core.errors import Refused

NAMES = ("Нан", "Шай", "Чай", "Чаи\u0306")
"""The last two are one name written in two ways."""
ONE_NAME = {"Чаи\u0306": "Чай"}
RETURN_OF = {Kind.SELL: Kind.SELL_RETURN, Kind.BUY: Kind.BUY_RETURN}
SOLD = [Kind.SELL, Kind.SELL, Kind.BUY]
OUTCOMES = st.sampled_from(["registered", "registered", "autonomous", "refused"])

Goods = tuple[str, str]
lines = st.builds(
    LineInput,
    name=st.sampled_from(NAMES),
    price=st.sampled_from([4, 99, 100, 5_000]),
    quantity=st.sampled_from([500, 1_000, 1_000, 2_000]),
    vat=st.sampled_from([None, None, "16", "10", "none"]),
)


@dataclass
class Left:
    """What is left of one receipt: money, and how much of each thing at each rate (``None``: nobody knows)."""

    money: int
    quantities: dict[Goods, int] | None
    returns: list[Ticket] = field(default_factory=list)


class RandomReturns(RuleBasedStateMachine):
    """Sales, purchases and their returns, in parts, by number or by the five facts of a receipt made elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.register = Register()
        self.register.done(deposit(9_999_999_999))
        self.receipts: dict[int, tuple[Document, Left]] = {}
        self.elsewhere = {sign: Left(total, None) for sign, total in (("1", 5_000), ("2", 100), ("3", 1))}

    @rule(items=st.lists(lines, min_size=1, max_size=4), kind=st.sampled_from(SOLD), outcome=OUTCOMES)
    def receipt(self, items: list[LineInput], kind: Kind, outcome: str) -> None:
        request = asked(*items, kind=kind)
        total = price(request, PAYER_2026).total
        document = self.register.done(replace(request, payments=cash(total)), outcome)
        if self.register.outcomes[document.number] == "refused":
            return
        quantities: dict[Goods, int] = defaultdict(int)
        for line in items:
            quantities[_thing(line.name), line.vat or "16"] += line.quantity
        self.receipts[document.number] = (document, Left(total, dict(quantities)))

    @rule(items=st.lists(lines, min_size=1, max_size=3), which=st.integers(0, 50), outcome=OUTCOMES)
    def returned(self, items: list[LineInput], which: int, outcome: str) -> None:
        """What another hand wrote: some of it was on the receipt, some was not."""
        if self.receipts:
            number = sorted(self.receipts)[which % len(self.receipts)]
            self.give_back(number, tuple(items), outcome)

    @rule(which=st.integers(0, 50), places=st.sets(st.integers(0, 3)), half=st.booleans(), outcome=OUTCOMES)
    def returned_as_it_was(self, which: int, places: set[int], half: bool, outcome: str) -> None:
        """Lines as they stand on the receipt, without their rates, the whole of each or a half."""
        if not self.receipts:
            return
        number = sorted(self.receipts)[which % len(self.receipts)]
        ticket = self.receipts[number][0].ticket
        assert ticket is not None
        chosen = [line for place, line in enumerate(ticket.items) if place in places] or [ticket.items[0]]
        items = tuple(goods(one.price, one.quantity // (1 + half), one.name) for one in chosen)
        self.give_back(number, items, outcome)

    def give_back(self, number: int, items: tuple[LineInput, ...], outcome: str) -> None:
        document, left = self.receipts[number]
        assert left.quantities is not None
        resolved = _resolved(items, left.quantities, set(left.quantities))
        request = asked(*items, kind=RETURN_OF[document.kind], parent=Parent(document_number=number))
        basis = basis_of(document, *left.returns)
        if resolved is None:
            assert self.refusal(replace(request, payments=cash(1)), basis) == "VAT_NOT_ALLOWED"
            return
        total = price(replace(asked(*resolved), kind=request.kind), PAYER_2026).total
        paid = replace(request, payments=(Payment(PaymentType.CARD, total),))
        wanted: dict[Goods, int] = defaultdict(int)
        for line in resolved:
            wanted[_thing(line.name), line.vat or "16"] += line.quantity
        fits = all(amount <= left.quantities.get(key, 0) for key, amount in wanted.items())
        if total > left.money or not fits:
            assert self.refusal(paid, basis) == "RETURN_EXCEEDS_PARENT"
            return
        ticket = self.register.done(paid, outcome, basis=basis).ticket
        assert ticket is not None
        assert [line.vat for line in ticket.items] == [line.vat or "16" for line in resolved]
        if self.register.outcomes[self.register.state.last_document] != "refused":
            left.money -= total
            left.returns.append(ticket)
            for key, amount in wanted.items():
                left.quantities[key] -= amount

    @rule(sign=st.sampled_from(["1", "2", "3"]), amount=st.integers(1, 4_000), outcome=OUTCOMES)
    def returned_from_elsewhere(self, sign: str, amount: int, outcome: str) -> None:
        left = self.elsewhere[sign]
        total = left.money + sum(one.total for one in left.returns)
        parent = replace(ELSEWHERE, fiscal_sign=sign, total=total)
        payments = (Payment(PaymentType.CARD, amount),)
        request = asked(goods(amount), kind=Kind.SELL_RETURN, parent=parent, payments=payments)
        basis = Basis(earlier=tuple(left.returns))
        if amount > left.money:
            assert self.refusal(request, basis) == "RETURN_EXCEEDS_PARENT"
            return
        ticket = self.register.done(request, outcome, basis=basis).ticket
        assert ticket is not None
        if self.register.outcomes[self.register.state.last_document] != "refused":
            left.money -= amount
            left.returns.append(ticket)

    @rule()
    def another_shift(self) -> None:
        """What is left does not end with the shift."""
        if self.register.state.shift is not None:
            self.register.done(CLOSE)
            self.register.now += timedelta(hours=1)

    def refusal(self, request: TicketInput, basis: Basis) -> str:
        before = self.register.state
        try:
            decide(before, request, self.register.context(basis=basis))
        except Refused as refused:
            assert self.register.state == before
            return refused.code
        raise AssertionError("it was made")

    @invariant()
    def no_more_comes_back_than_went_out(self) -> None:
        for document, left in self.receipts.values():
            assert left.money == document.total - sum(one.total for one in left.returns) >= 0
            assert left.quantities is not None
            assert min(left.quantities.values()) >= 0
        assert all(left.money >= 0 for left in self.elsewhere.values())


def _thing(name: str) -> str:
    return ONE_NAME.get(name, name)


def _resolved(
    items: tuple[LineInput, ...], left: dict[Goods, int], sold: set[Goods]
) -> tuple[LineInput, ...] | None:
    """The lines with their rates as a careful cashier would write them; ``None`` where one names a wrong rate."""
    remaining = dict(left)
    out = []
    for line in items:
        rates = [rate for name, rate in remaining if name == _thing(line.name)]
        rate = line.vat
        if rate is None and rates:
            enough = [one for one in rates if remaining[_thing(line.name), one] >= line.quantity]
            rate = (enough or rates)[0]
        if rates and rate not in rates:
            return None
        if (_thing(line.name), rate or "16") in sold:
            remaining[_thing(line.name), rate or "16"] -= line.quantity
        out.append(replace(line, vat=rate))
    return tuple(out)


RandomReturns.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
test_any_sequence_of_returns = RandomReturns.TestCase
