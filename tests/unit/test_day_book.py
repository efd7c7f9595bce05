"""The day book and goods' classes against the register's own counters, a second adding up, and any way of cutting."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from domain_samples import CLOSE, NOON, Register, accepted, deposit, seller_of
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks.finding import Made
from core.checks.takings import TABLES, check_takings
from core.domain.business_day import DaySpan, business_day
from core.domain.day_book import DayBook, GoodCount
from core.domain.document import Document
from core.domain.goods_sold import CountedGood, good_classes, goods_sold
from core.domain.pricing import Pricing
from core.domain.takings import MEASURES, NOTHING, GoodClass, Sums, Takings, together
from core.domain.ticket import OPERATIONS, Kind, Ticket, TicketInput

Asked = tuple[TicketInput, Pricing, Ticket]


def made(tickets: list[Asked], step: timedelta) -> tuple[list[Document], Register]:
    """A shift of these tickets, every third one refused, and its Z."""
    register = Register()
    register.done(deposit(9_999_999_999))
    for place, (request, pricing, ticket) in enumerate(tickets):
        if ticket.kind in (Kind.BUY, Kind.SELL_RETURN) and ticket.cash > register.state.totals.cash:
            continue
        register.now += step
        outcome = "refused" if place % 3 == 2 else "registered"
        register.done(request, outcome, seller=seller_of(pricing), vat_default="16" if pricing.vat_payer else "none")
    register.done(CLOSE)
    return [one for one in register.documents if register.outcomes[one.number] != "refused"], register


def counted(documents: list[Document], register: Register, day_begins: int) -> DayBook:
    book = DayBook(day_begins)
    for one in documents:
        book.add(one, autonomous=register.outcomes[one.number] == "autonomous")
    return book


def merged(first: DayBook, second: DayBook) -> DayBook:
    """What the database makes of two pages."""
    both = DayBook(first.day_begins, shifts=[*first.shifts, *second.shifts])
    for book in (first, second):
        for key, sums in book.hours.items():
            both.hours[key] = both.hours.get(key, NOTHING) + sums
        for by, sums in book.cashiers.items():
            both.cashiers[by] = both.cashiers.get(by, NOTHING) + sums
        for of, good in book.goods.items():
            both.goods[of] = both.goods.get(of, GoodCount()) + good
        for at, (turnover, tax) in book.vat.items():
            known = both.vat.get(at, (0, 0))
            both.vat[at] = (known[0] + turnover, known[1] + tax)
    return both


days = st.lists(accepted(), min_size=1, max_size=6)
hours = st.integers(0, 23)


@settings(max_examples=40, deadline=None)
@given(days, hours, st.integers(0, 8), st.integers(0, 3))
def test_the_day_book_is_the_z_and_a_second_adding_up_however_it_is_cut(
    tickets: list[Asked], day_begins: int, cut: int, step_h: int
) -> None:
    documents, register = made(tickets, timedelta(hours=step_h, minutes=1))
    book = counted(documents, register, day_begins)
    parts = [counted(some, register, day_begins) for some in (documents[:cut], documents[cut:])]
    assert merged(*parts) == book
    z = documents[-1].report
    assert z is not None
    total = together(Takings({kind: sums}) for (_, _, kind), sums in book.hours.items())
    for op in OPERATIONS:
        sums, row = total.of(op), z.tickets[str(op)]
        assert (sums.count, sums.sum, sums.change) == (row.count, row.sum, row.change_sum)
        assert (sums.discounts, sums.markups) == (z.discounts[str(op)].sum, z.markups[str(op)].sum)
        assert {name: getattr(sums, name) for name in ("cash", "card", "mobile")} == {
            name: count.sum for name, count in row.payments.items()
        }
        goods = sum(good.sum for (_, _, _, kind), good in book.goods.items() if kind == op)
        assert goods == sums.sum
        for rate, taxes in z.taxes.items():
            turnover = sum(row[0] for (_, of, kind), row in book.vat.items() if (of, kind) == (rate, op))
            tax = sum(row[1] for (_, of, kind), row in book.vat.items() if (of, kind) == (rate, op))
            assert (turnover, tax) == (taxes[str(op)].turnover, taxes[str(op)].sum)
    assert total.revenue == z.revenue == book.shifts[0].revenue
    checked = (register.outcomes, position(register, book), rows(book))
    check_takings(register.state.register_id, story(register), *checked)


def story(register: Register) -> list[Made]:
    facts = [(one, json.loads(one.frozen)) for one in register.documents]
    return [Made(one.number, facts["kind"], one.made_at, facts) for one, facts in facts]


def position(register: Register, book: DayBook) -> dict[str, int]:
    return {"number": register.state.last_document, "day_begins": book.day_begins}


def rows(book: DayBook) -> dict[str, list[dict[str, Any]]]:
    """The book as rows of the tables."""
    found: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    sums: tuple[tuple[str, dict[Any, Sums]], ...] = (("takings_hour", book.hours), ("takings_cashier", book.cashiers))
    for table, counts in sums:
        for key, one in counts.items():
            measures = {name: getattr(one, name) for name in MEASURES}
            found[table].append({**dict(zip(TABLES[table][0], key, strict=True)), **measures})
    for of, good in book.goods.items():
        measures = {"lines": good.lines, "quantity": good.quantity, "sum": good.sum}
        found["takings_good"].append({**dict(zip(TABLES["takings_good"][0], of, strict=True)), **measures})
    for at, (turnover, tax) in book.vat.items():
        measures = {"turnover": turnover, "tax": tax}
        found["takings_vat"].append({**dict(zip(TABLES["takings_vat"][0], at, strict=True)), **measures})
    for shift in book.shifts:
        names = (*TABLES["takings_shift"][0], *TABLES["takings_shift"][1])
        found["takings_shift"].append({name: getattr(shift, name) for name in names})
    return found


@given(st.lists(st.integers(-100, 10_000), max_size=40))
def test_class_a_is_the_smallest_head_that_makes_eighty_percent(nets: list[int]) -> None:
    nets.sort(reverse=True)
    classes = good_classes(nets)
    assert classes == sorted(classes), "A, then B, then C"
    whole = sum(net for net in nets if net > 0)
    for good_class, percent in ((GoodClass.A, 80), (GoodClass.B, 95)):
        head = [net for net, one in zip(nets, classes, strict=True) if one <= good_class]
        assert sum(head) * 100 >= percent * whole
        assert not head or sum(head[:-1]) * 100 < percent * whole or classes[len(head) - 1] < good_class
    assert all(one is GoodClass.C for net, one in zip(nets, classes, strict=True) if net <= 0)


def test_names_that_people_take_for_the_same_are_one_good_under_one_unit() -> None:
    lines = [
        CountedGood("Нан", "796", Kind.SELL, GoodCount(1, 1000, 200)),
        CountedGood("  нан", "796", Kind.SELL, GoodCount(2, 2000, 900)),
        CountedGood("НАН", "796", Kind.SELL_RETURN, GoodCount(1, 1000, 100)),
        CountedGood("Нан", "166", Kind.SELL, GoodCount(1, 500, 100)),
        CountedGood("Нан", "796", Kind.BUY, GoodCount(1, 1000, 7_000)),
    ]
    found = [(one.name, one.unit, one.lines, one.quantity, one.sum, one.net) for one in goods_sold(lines)]
    assert found == [("  нан", "796", 3, 3000, 1100, 1000), ("Нан", "166", 1, 500, 100, 100)]
    assert goods_sold([]) == ()


moments = st.integers(-10_000_000, 10_000_000).map(lambda seconds: NOON + timedelta(seconds=seconds))
dates = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(moments, moments, hours)
def test_time_is_shared_out_among_days_without_a_rest(one: datetime, other: datetime, day_begins: int) -> None:
    since, until = sorted((one, other))
    first, last = business_day(since, day_begins), business_day(until, day_begins)
    shares = [DaySpan.day(day).seconds_within(since, until, day_begins) for day in DaySpan(first, last).days()]
    assert sum(shares) == (until - since).total_seconds()
    assert DaySpan(first, last).seconds_within(since, until, day_begins) == sum(shares)
    assert DaySpan.day(last + timedelta(days=1)).seconds_within(since, until, day_begins) == 0


@given(dates, st.integers(0, 400))
def test_the_period_before_does_not_overlap_and_has_the_same_weekdays(first: date, more: int) -> None:
    span = DaySpan(first, first + timedelta(days=more))
    before = span.before
    assert before.last < span.first
    if span == DaySpan.month_of(first):
        assert before == DaySpan.month_of(first - timedelta(days=1))
    else:
        assert (before.length, before.first.weekday()) == (span.length, span.first.weekday())


@given(dates)
def test_weeks_begin_on_monday_and_months_are_whole(day: date) -> None:
    week, month = DaySpan.week_of(day), DaySpan.month_of(day)
    assert week.first <= day <= week.last and (week.first.weekday(), week.length) == (0, 7)
    assert month.first.day == 1 and (month.last + timedelta(days=1)).day == 1
    assert month.first <= day <= month.last and month.length <= 31
    assert list(DaySpan.day(day).days()) == [day]
