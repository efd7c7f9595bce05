"""A month of a shop that never was: sales, returns, purchases, money in and out, shifts over midnight, a new year."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from core.clock import ALMATY
from core.domain.decide import CloseInput, Command, Context, PlacementInput
from core.domain.pricing import Pricing, price
from core.domain.takings import Statistics, Takings
from core.domain.ticket import (
    OPERATIONS,
    PLACEMENTS,
    Adjustment,
    Cashier,
    Kind,
    LineInput,
    Parent,
    Payment,
    PaymentType,
    TicketInput,
)
from core.domain.vat import is_allowed
from core.errors import Refused
from core.reports.tally import Tally
from sandbox.bench import fill
from sandbox.bench.fill import Filling
from sandbox.bench.ground import Ground

BEGIN = datetime(2025, 12, 17, 8, 0, tzinfo=ALMATY)
END = date(2026, 1, 15)
FIRST = date(2025, 12, 17)
GOODS = ("Нан", "нан", "Сүт 3,2 %", "Кофе", "Ёлка", "Шай", "Дәрі", "Журнал")
UNITS = ("796", "116")
CASHIERS = (Cashier(1, "Айгүл"), Cashier(2, "Ерлан"), Cashier(2, "Марат"), Cashier(0, ""))
SHIFT_MAX = timedelta(hours=22)


@dataclass(slots=True)
class Month(Filling):
    """A filling whose cashiers change; what the engine refuses is not made."""

    chance: random.Random

    def context(self) -> Context:
        cashier = self.chance.choice(CASHIERS)
        # super() without arguments does not know a dataclass with slots
        return replace(Filling.context(self), cashier=cashier)


async def generated(here: Ground, seed: int) -> str:
    """The register with its month in the journal; the clock then stands after it, and every shift is closed."""
    chance = random.Random(seed)
    here.clock.set(BEGIN)
    registration = await here.register()
    loaded = await here.journal.load(registration.register_id)
    begun = fill.begin(registration, loaded.state, loaded.lane, here.sealer, here.clock.now(), told=True)
    month = Month(**{one.name: getattr(begun, one.name) for one in fields(begun)}, chance=chance)
    while month.now.date() <= END:
        _act(month)
        month.now += timedelta(minutes=chance.randint(1, 150))
    if month.state.shift is not None:
        month.make(CloseInput())
    await fill.write(here.bare, month)
    here.clock.set(month.now)
    return registration.register_id


def _act(month: Month) -> None:
    shift, chance = month.state.shift, month.chance
    if shift is not None and (month.now - shift.opened_at > SHIFT_MAX or chance.random() < 0.06):
        month.make(CloseInput())
        return
    command = _command(month)
    try:
        month.make(command)
    except Refused as refused:
        assert refused.code in {"NOT_ENOUGH_CASH", "TOTAL_NOT_POSITIVE", "RETURN_EXCEEDS_PARENT"}, refused


def _command(month: Month) -> Command:
    chance = month.chance
    dice = chance.random()
    if dice < 0.06:
        return PlacementInput(Kind.DEPOSIT, chance.randint(1, 10_000_000))
    if dice < 0.10:
        return PlacementInput(Kind.WITHDRAWAL, chance.randint(1, 300_000))
    if dice < 0.16:
        return paid(month, TicketInput(Kind.BUY, lines(month)))
    if dice < 0.24:
        rnm, total = "620500071124", 10**9
        parent = Parent(None, str(chance.randint(1, 10**9)), month.now - timedelta(days=40), rnm, total, False)
        kind = chance.choice((Kind.SELL_RETURN, Kind.SELL_RETURN, Kind.BUY_RETURN))
        return paid(month, TicketInput(kind, lines(month, parent.made_at), parent=parent))
    scope = chance.choice(("discount", "markup", "none", "none"))
    adjustment = Adjustment(percent=chance.randint(1, 30_000))
    ticket = TicketInput(Kind.SELL, lines(month, discounted=scope == "none"))
    return paid(month, replace(ticket, **{} if scope == "none" else {scope: adjustment}))


def lines(month: Month, moment: datetime | None = None, *, discounted: bool = False) -> tuple[LineInput, ...]:
    chance, day = month.chance, (moment or month.now).date()
    rates = [rate for rate in ("16", "12", "10", "5", "0", "none") if is_allowed(rate, day)]
    found = [
        LineInput(
            chance.choice(GOODS),
            chance.randint(1, 900_000),
            chance.choice((1000, 1000, chance.randint(1, 3_000))),
            unit=chance.choice(UNITS),
            vat=chance.choice(rates),
            discount=Adjustment(percent=chance.randint(0, 50_000)) if discounted and chance.random() < 0.3 else None,
        )
        for _ in range(chance.randint(1, 4))
    ]
    if chance.random() < 0.2:
        found.append(replace(found[0], discount=None, storno=True))
        found.insert(0, replace(found[0], discount=None))
    return tuple(found)


def paid(month: Month, ticket: TicketInput) -> TicketInput:
    """The ticket with payments that fit, some of them in parts and with change."""
    chance = month.chance
    moment = month.now if ticket.parent is None else ticket.parent.made_at
    assert moment is not None
    seller = month.registration.iin_bin
    try:
        pricing = Pricing(vat_payer=True, vat_default="16", rate_day=moment.date(), seller_iin_bin=seller)
        total = price(replace(ticket, parent=None), pricing).total
    except Refused:
        return replace(ticket, payments=(Payment(PaymentType.CARD, 1),))
    kinds = chance.sample(list(PaymentType), k=min(chance.randint(1, 3), total))
    sums = [1] * len(kinds)
    sums[0] += total - len(kinds)
    payments = tuple(Payment(kind, amount) for kind, amount in zip(kinds, sums, strict=True))
    in_cash = sum(one.sum for one in payments if one.type is PaymentType.CASH)
    taken = in_cash + chance.randint(0, 50_000) if in_cash and chance.random() < 0.5 else None
    return replace(ticket, payments=payments, taken=taken)


def tally_of(takings: Takings, statistics: Statistics) -> Tally:
    """The statistic in the form in which exports and reports are compared."""
    tally = Tally()
    for kind in OPERATIONS:
        for measure in ("count", "sum", "cash", "card", "mobile", "discount", "markup", "change", "offline"):
            _put(tally.tickets, (str(kind), measure), getattr(takings.of(kind), measure))
    for kind in PLACEMENTS:
        for measure in ("count", "sum", "offline"):
            _put(tally.placements, (str(kind), measure), getattr(takings.of(kind), measure))
    for row in statistics.vat:
        _put(tally.taxes, (row.rate, str(row.kind), "turnover"), row.turnover)
        _put(tally.taxes, (row.rate, str(row.kind), "tax"), row.tax)
    return tally


def _put(table: dict[tuple[str, ...], int], key: tuple[str, ...], amount: int) -> None:
    if amount:
        table[key] = amount
