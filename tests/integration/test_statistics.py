"""Statistics are the Z-reports and the exports, to the tiyn, and refuse in words what cannot be asked."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from engine_street import StillClock, Street, neighbour, street
from generated_month import END, FIRST, generated, tally_of
from test_export_month import control_of

from core.checks.verify import verify
from core.clock import ALMATY
from core.db.drawer import DrawerCount
from core.domain.business_day import DaySpan
from core.domain.decide import CloseInput, PlacementInput
from core.domain.outcome import go_online
from core.domain.takings import GoodClass, Statistics, hours_of_day, together
from core.domain.ticket import OPERATIONS, Kind, PaymentType
from core.errors import Refused
from core.reports.tally import Tally, report_tally
from core.usecases.exports import Period
from sandbox.bench import fill
from sandbox.bench.ground import Ground, ground
from sandbox.bench.operator import operator

TODAY = date(2026, 11, 23)


async def reports_of(here: Ground, register_id: str) -> Tally:
    """Every Z of the register added up."""
    tally = Tally()
    for shift in await here.engine.books.shifts(register_id, after=0, limit=1000):
        report = (await here.engine.books.z_report(register_id, shift.number)).document.report
        assert report is not None
        tally.add_all(report_tally(report))
    return tally


def adds_up(figures: Statistics) -> None:
    """Every way of looking at it comes to the same."""
    total = figures.total
    for parts in (
        figures.by_hour.values(),
        figures.by_weekday_hour.values(),
        figures.by_day.values(),
        [one.takings for one in figures.cashiers],
        [one.takings for one in figures.points],
    ):
        assert together(parts) == total
    assert sum(one.sum for one in figures.goods) == total.of(Kind.SELL).sum
    assert sum(one.returned_sum for one in figures.goods) == total.of(Kind.SELL_RETURN).sum
    assert sum(total.by_payment(one) for one in PaymentType) == total.revenue
    for kind in OPERATIONS:
        sums = total.of(kind)
        assert sums.cash + sums.card + sums.mobile == sums.sum


@pytest.mark.parametrize("seed", [1, 2026, 31])
async def test_a_generated_month_over_a_years_end_is_its_z_reports_and_its_exports(
    postgres_url: str, seed: int
) -> None:
    with operator() as port:
        async with ground(postgres_url, port, lambda _: None) as here:
            register_id = await generated(here, seed)
            figures = await here.engine.statistics.of([register_id], DaySpan(FIRST, END + timedelta(days=1)))
            adds_up(figures)
            whole = await control_of(here, register_id, Period(FIRST, END + timedelta(days=1)))
            assert whole.agrees and figures.behind == 0
            tally = tally_of(figures.total, figures)
            assert tally == whole.within == await reports_of(here, register_id)
            assert sum(line.revenue for line in figures.points[0].z_lines) == figures.total.revenue
            assert {"12", "16"} <= {row.rate for row in figures.vat}, "the year ended"
            await every_period_agrees(here, register_id, random.Random(seed))
            for hour in (5, 17):
                await here.engine.days.begin_at(register_id, hour, role="owner")
                assert await here.engine.takings.catch_up(register_id)
                moved = await here.engine.statistics.of([register_id], DaySpan(FIRST - timedelta(days=1), END))
                adds_up(moved)
                assert (moved.total, moved.vat, moved.by_hour) == (figures.total, figures.vat, figures.by_hour)
                assert moved.by_day != figures.by_day
            assert [str(one) for one in (await verify(here.url)).findings] == []


async def every_period_agrees(here: Ground, register_id: str, chance: random.Random) -> None:
    """Days of the calendar: periods of the export are periods of the statistic."""
    days = [FIRST + timedelta(days=place) for place in range((END - FIRST).days + 1)]
    spans = [(date(2025, 12, 31), date(2026, 1, 1)), (date(2025, 12, 25), date(2025, 12, 31))]
    spans += [(day, day) for day in chance.sample(days, 5)]
    spans += [tuple(sorted(chance.sample(days, 2))) for _ in range(5)]  # type: ignore[misc]
    for first, last in spans:
        figures = await here.engine.statistics.of([register_id], DaySpan(first, last))
        adds_up(figures)
        control = await control_of(here, register_id, Period(first, last))
        assert tally_of(figures.total, figures) == control.within, (first, last)


async def test_the_open_shift_is_its_x_report(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(30_000, payment=PaymentType.CASH)
        await here.close()
        await here.sell(20_000, payment=PaymentType.CASH)
        figures = await day_of(here)
        x = await here.engine.books.x_report(here.register_id)
        shown = figures.points[0]
        assert figures.total.revenue - shown.z_lines[0].revenue == x.revenue == 20_000
        assert (shown.cash, shown.hand_over, x.cash, shown.shift_open) == (50_000, 50_000, 50_000, True)
        assert shown.chain_head == x.chain_head
        assert (figures.total.receipts, figures.total.average, figures.cash) == (2, 25_000, 50_000)
        assert hours_of_day(shown.day_begins) == tuple(range(24)) and hours_of_day(22)[:3] == (22, 23, 0)


async def day_of(here: Street, *, ago: int = 0) -> Statistics:
    day = here.clock.now().date() - timedelta(days=ago)
    return await here.engine.statistics.of([here.register_id], DaySpan.day(day))


async def test_what_the_close_took_along_is_to_be_handed_over(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(30_000, payment=PaymentType.CASH)
        make = here.engine.acts.make
        await make(here.register_id, PlacementInput(Kind.WITHDRAWAL, 10_000), key="supplier")
        await here.close(withdraw_cash=True)
        point = (await day_of(here)).points[0]
        assert (point.cash, point.hand_over, point.shift_open) == (0, 20_000, False)
        here.advance(days=1)
        await here.sell(5_000, payment=PaymentType.CASH)
        assert (await day_of(here)).hand_over == 5_000, "yesterday's is not handed over twice"
        await here.close()
        assert (await day_of(here)).hand_over == 5_000
        assert ((await day_of(here, ago=1)).cash, (await day_of(here, ago=1)).hand_over) == (0, 20_000)
        await here.agrees()


async def test_the_last_count_of_each_drawer_is_shown_with_its_reason(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(30_000, payment=PaymentType.CASH)
        assert (await day_of(here)).difference is None
        for place, (counted, reason) in enumerate(((10_000, "әлі санаймын"), (29_500, "қайтарым"))):
            at = here.clock.now() + timedelta(seconds=place)
            count = DrawerCount(1, 30_000, counted, reason, "Айгүл", at)
            await here.engine.drawer.add(here.register_id, f"count-{place}", count)
        await here.close()
        figures = await day_of(here)
        assert [(line.difference, line.reason) for line in figures.points[0].z_lines] == [(-500, "қайтарым")]
        assert figures.difference == -500


async def test_minutes_without_a_link_are_those_of_the_period(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.advance(hours=13)
        here.behave("garbage")
        await here.sell(1_000)
        here.advance(hours=1)
        point = (await day_of(here)).points[0]
        assert (point.offline_minutes, point.unsent) == (60, 1)
        here.advance(hours=1, minutes=59)
        await here.recover()
        await here.sell(1_000)
        assert (await day_of(here, ago=1)).offline_minutes == 120
        today = (await day_of(here)).points[0]
        assert (today.offline_minutes, today.unsent) == (60, 0)
        week = await here.engine.statistics.of([here.register_id], DaySpan.week_of(TODAY))
        assert week.offline_minutes == 180
        await here.agrees()


async def test_three_hundred_times_without_a_link_are_read_as_far_back_as_the_period(postgres_url: str) -> None:
    with operator() as port:
        async with ground(postgres_url, port, lambda _: None) as here:
            registration = await here.register()
            register_id = registration.register_id
            loaded = await here.journal.load(register_id)
            filling = fill.begin(registration, loaded.state, loaded.lane, here.sealer, here.clock.now(), told=True)
            first = filling.now.date()
            for _ in range(300):
                filling.make(fill.goods(1))
                filling.make(CloseInput())
                filling.enter_autonomous()
                filling.state, entry = go_online(filling.state, filling.now + timedelta(minutes=7))
                filling.entries((entry,))
                filling.now += timedelta(days=1)
            await fill.write(here.bare, filling)
            here.clock.set(filling.now)
            for begin, days in ((first, 300), (first + timedelta(days=200), 100), (first + timedelta(days=299), 1)):
                span = DaySpan(begin, first + timedelta(days=299))
                figures = await here.engine.statistics.of([register_id], span)
                assert (figures.total.receipts, figures.offline_minutes) == (days, 7 * days)


async def test_two_points_and_the_same_weekday_before(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        beside = await neighbour(here)
        await here.sell(1_000)
        await here.close()
        here.advance(days=7)
        await here.sell(4_000)
        await beside.sell(2_000)
        await beside.sell(3_000)
        day = here.clock.now().date()
        both = await here.engine.statistics.of([beside.register_id, here.register_id], DaySpan.day(day))
        adds_up(both)
        assert [one.takings.revenue for one in both.points] == [5_000, 4_000]
        assert (both.before.first, both.before.total.revenue) == (TODAY, 1_000)
        assert [(hour, one.revenue) for hour, one in both.before.by_hour.items()] == [(9, 1_000)]
        assert [(one.name, one.net, one.good_class) for one in both.goods] == [("Нан", 9_000, GoodClass.A)]
        month = await here.engine.statistics.of([here.register_id], DaySpan.month_of(day))
        assert (month.before.first, month.before.last) == (date(2026, 10, 1), date(2026, 10, 31))
        assert list(month.by_day) == [date(2026, 11, place) for place in range(1, 31)]
        twice = await here.engine.statistics.of([here.register_id] * 2, DaySpan.day(day))
        assert twice.total.revenue == 4_000


BAD = (
    (date(2026, 11, 24), date(2026, 11, 23), "PERIOD_BACKWARDS"),
    (date.max, date.min, "PERIOD_BACKWARDS"),
    (date(2025, 11, 23), date(2026, 11, 24), "PERIOD_TOO_LONG"),
    (date.min, date.max, "PERIOD_TOO_LONG"),
    (date(2026, 11, 24), date(2026, 11, 24), "PERIOD_IN_FUTURE"),
    (date.max, date.max, "PERIOD_IN_FUTURE"),
    (date(2026, 11, 22), date(2026, 11, 22), "PERIOD_EMPTY"),
    (date.min, date.min, "PERIOD_EMPTY"),
)


async def test_periods_that_cannot_be_are_refused(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(1_000)
        for first, last, code in BAD:
            with pytest.raises(Refused, match=code):
                await here.engine.statistics.of([here.register_id], DaySpan(first, last))
        for unknown in ([], ["не касса"], ["00000000-0000-0000-0000-000000000000"]):
            with pytest.raises(Refused, match="NOT_FOUND"):
                await here.engine.statistics.of(unknown, DaySpan.day(TODAY))
        whole = await here.engine.statistics.of([here.register_id], DaySpan(date(2025, 11, 23), TODAY))
        assert len(whole.by_day) == 366 and whole.total.revenue == 1_000


async def test_today_of_a_night_shop_is_still_yesterday(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.engine.days.begin_at(here.register_id, 6, role="owner")
        here.clock.set_offset(datetime(2026, 11, 24, 3, 0, tzinfo=ALMATY) - StillClock().now())
        await here.sell(1_000)
        assert await here.engine.statistics.today([here.register_id]) == TODAY
        figures = await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY))
        assert figures.total.revenue == 1_000 and list(figures.by_hour) == [3]
        with pytest.raises(Refused, match="PERIOD_IN_FUTURE"):
            await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY + timedelta(days=1)))
