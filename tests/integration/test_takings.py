"""Read models of takings: each document once, whoever counts, and nothing before its outcome."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import pytest
from engine_street import StillClock, Street, neighbour, sale, street
from test_lane_engines import die_after_append, second

from core.bootstrap import nothing
from core.checks.verify import verify, walk_all
from core.db.takings import Takings
from core.domain.business_day import DaySpan
from core.domain.decide import PlacementInput
from core.domain.ticket import Adjustment, Kind, LineInput, Parent, Payment, PaymentType, TicketInput
from core.domain.view import Mark
from core.errors import Refused
from core.service import recount, serve_clock
from core.settings import Settings
from core.takings_keeper import TakingsKeeper
from sandbox.bench.ground import ground
from sandbox.bench.operator import operator

TODAY = date(2026, 11, 23)


async def position(here: Street) -> int:
    return (await Takings(here.engine.database).position(here.register_id)).number


async def busy_day(here: Street) -> None:
    """Something of each kind: cash, a discount, a storno line, a return, money in and out, a close."""
    await here.sell(30_000, payment=PaymentType.CASH)
    lines = (
        LineInput("Сүт", 45_000, 2000, discount=Adjustment(sum=5_000)),
        LineInput("Нан", 10_000),
        LineInput("Нан", 10_000, storno=True),
    )
    milk = TicketInput(Kind.SELL, lines, payments=(Payment(PaymentType.MOBILE, 85_000),))
    await here.engine.acts.make(here.register_id, milk, key=here.key())
    here.advance(hours=3)
    back = replace(sale(30_000, payment=PaymentType.CASH), kind=Kind.SELL_RETURN, parent=Parent(document_number=1))
    await here.engine.acts.make(here.register_id, PlacementInput(Kind.DEPOSIT, 50_000), key=here.key())
    await here.engine.acts.make(here.register_id, back, key=here.key())
    await here.engine.acts.make(here.register_id, PlacementInput(Kind.WITHDRAWAL, 20_000), key=here.key())
    await here.close()


async def test_what_is_counted_is_what_the_journal_says(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await busy_day(here)
        assert await here.engine.takings.behind() == [here.register_id]
        assert await here.engine.takings.catch_up(here.register_id)
        assert await here.engine.takings.behind() == [] and await position(here) == 6
        figures = await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY))
        assert {kind: (sums.count, sums.sum) for kind, sums in figures.total.kinds.items()} == {
            Kind.SELL: (2, 115_000),
            Kind.SELL_RETURN: (1, 30_000),
            Kind.DEPOSIT: (1, 50_000),
            Kind.WITHDRAWAL: (1, 20_000),
        }
        assert [(hour, one.revenue) for hour, one in figures.by_hour.items()] == [(9, 115_000), (12, -30_000)]
        assert figures.total.of(Kind.SELL).discounts == 5_000
        assert [(one.name, one.quantity, one.sum, one.net) for one in figures.goods] == [
            ("Сүт", 2000, 85_000, 85_000),
            ("Нан", 1000, 30_000, 0),
        ]
        await here.agrees()


async def test_six_workers_in_two_processes_count_each_document_once(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        workers = [engine.takings for engine in (here.engine, other) for _ in range(3)]
        for _ in range(4):
            await asyncio.gather(*(here.sell(1_000) for _ in range(5)))
            done = await asyncio.gather(*(one.catch_up(here.register_id) for one in workers))
            assert all(done)
        assert await position(here) == 20
        figures = await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY))
        assert (figures.total.receipts, figures.total.revenue) == (20, 20_000)
        await here.agrees()


async def test_workers_that_are_cut_off_anywhere_count_nothing_twice(database: str, tmp_path: Path) -> None:
    """Each worker is ended some turns of the loop later than the one before it: the last ones are done by then."""
    async with street(database, tmp_path, clock=StillClock()) as here:
        for turns in range(0, 2400, 60):
            await here.sell(1_000)
            worker = asyncio.create_task(here.engine.takings.catch_up(here.register_id))
            for _ in range(turns):
                await asyncio.sleep(0)
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
        assert await here.engine.takings.catch_up(here.register_id)
        figures = await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY))
        assert (figures.total.receipts, figures.total.revenue) == (40, 40_000)
        await here.agrees()


async def test_two_rebuilds_and_a_changed_hour_at_once_leave_the_sums_right(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here, second(here) as other:
        await busy_day(here)
        await here.engine.takings.catch_up(here.register_id)
        for hour in (10, 0, 10):
            await asyncio.gather(
                here.engine.takings.rebuild(here.register_id),
                here.engine.days.begin_at(here.register_id, hour, role="owner"),
                other.takings.rebuild(here.register_id),
                other.takings.catch_up(here.register_id),
            )
            await here.agrees()
        await here.engine.takings.catch_up(here.register_id)
        figures = await here.engine.statistics.of([here.register_id], DaySpan(date(2026, 11, 22), TODAY))
        revenues = {day: one.revenue for day, one in figures.by_day.items()}
        assert revenues == {date(2026, 11, 22): 115_000, TODAY: -30_000}, "the day begins at ten"
        await here.agrees()


async def test_a_refused_document_is_passed_over(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(1_000)
        here.behave("ok", result_code=13, text="нет", times=1)
        with pytest.raises(Refused, match="OFD_REFUSED"):
            await here.sell(2_000)
        await here.sell(4_000)
        figures = await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY))
        assert (figures.total.revenue, await position(here), figures.behind) == (5_000, 3, 0)
        await here.agrees()


async def test_a_document_without_an_outcome_and_all_after_it_wait(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(1_000)
        await die_after_append(here, "left")
        assert (await here.view()).pending == 2
        assert await here.engine.takings.catch_up(here.register_id)
        assert await position(here) == 1 and await here.engine.takings.behind() == []
        figures = await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY))
        assert (figures.total.receipts, figures.total.of(Kind.SELL).offline) == (2, 1), "whoever asks draws the outcome"
        await here.recover()
        await here.agrees()


async def test_what_the_operator_refuses_from_the_queue_stays_counted(database: str, tmp_path: Path) -> None:
    """An outcome is drawn once: the lane stops, the Z counts the document, and so do the statistics."""
    async with street(database, tmp_path, clock=StillClock()) as here:
        here.behave("garbage")
        await here.sell(1_000)
        await here.sell(2_000)
        await here.engine.takings.catch_up(here.register_id)
        here.behave("ok", result_code=13, text="нет", commands=["TICKET"])
        here.advance(seconds=60)
        while not (await here.view()).lane.stopped:
            await here.tick()
            here.advance(seconds=60)
        assert str(Mark.STOPPED) in await here.marks()
        z = (await here.close()).view.document.report
        figures = await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY))
        assert z is not None and figures.total.revenue == z.revenue == 3_000
        await here.engine.takings.rebuild(here.register_id)
        again = await here.engine.statistics.of([here.register_id], DaySpan.day(TODAY))
        assert again.total == figures.total
        assert (await verify(database)).findings == []


async def test_a_worker_counts_every_register_after_a_hint_and_a_new_hour(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        beside = await neighbour(here)
        stop = asyncio.Event()
        keeping = asyncio.create_task(TakingsKeeper(here.engine).run(stop))
        await here.sell(1_000)
        await beside.sell(2_000)

        async def both() -> bool:
            return (await position(here), await position(beside)) == (1, 1)

        async def cut_anew() -> bool:
            found = await Takings(here.engine.database).position(here.register_id)
            return (found.day_begins, found.number) == (11, 1)

        await here.until(both)
        await here.engine.days.begin_at(here.register_id, 11, role="owner")
        await here.until(cut_anew)
        stop.set()
        await keeping
        figures = await here.engine.statistics.of([here.register_id, beside.register_id], DaySpan(TODAY, TODAY))
        assert [one.takings.revenue for one in figures.points] == [0, 2_000], "one shop's day has not begun"
        await here.agrees()


async def test_the_process_that_keeps_the_hours_counts_the_takings(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve_clock(here.engine.settings, here.clock, nothing, stop=stop))
        await here.sell(1_000)

        async def is_counted() -> bool:
            return await position(here) == 1

        await here.until(is_counted)
        stop.set()
        await serving


async def test_a_long_journal_is_counted_a_page_at_a_time_and_figures_say_what_is_missing(postgres_url: str) -> None:
    with operator() as port:
        async with ground(postgres_url, port, lambda _: None) as here:
            long, beside = await here.register(), await here.register()
            begin = here.clock.now()
            await here.filled(long, 2_600, told=True)
            here.clock.set(begin)
            await here.filled(beside, 3, told=True)
            here.clock.set(begin + timedelta(hours=1))
            day = DaySpan.day(begin.date())
            figures = await here.engine.statistics.of([long.register_id], day)
            assert (figures.behind, figures.total.receipts) == (600, 2_000), "figures do not keep a person waiting"
            await here.engine.days.begin_at(long.register_id, 5, role="owner")
            keeper = TakingsKeeper(here.engine)
            assert [await keeper.look() for _ in range(6)] == [False, False, False, False, False, True]
            assert await here.engine.takings.behind() == []
            figures = await here.engine.statistics.of([long.register_id, beside.register_id], day)
            assert (figures.behind, [one.takings.receipts for one in figures.points]) == (0, [2_600, 3])


class WaitingClock(StillClock):
    """The monotonic time goes forward with the time of day too."""

    def monotonic(self) -> float:
        return super().monotonic() + self.offset.total_seconds()


async def test_a_register_that_cannot_be_read_keeps_no_other_waiting(
    database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with street(database, tmp_path, clock=WaitingClock()) as here:
        beside = await neighbour(here)
        await here.sell(1_000)
        await edited(database, "UPDATE document SET digest = '\\x00'")
        await beside.sell(2_000)
        keeper = TakingsKeeper(here.engine)
        await keeper.look()
        assert (await position(here), await position(beside)) == (0, 1)
        assert here.register_id in caplog.text and beside.register_id not in caplog.text
        caplog.clear()
        await keeper.look()
        assert caplog.text == "", "it is not tried again at once"
        here.advance(seconds=61)
        await keeper.look()
        assert here.register_id in caplog.text
        with pytest.raises(Refused, match="NOT_FOUND"):
            await here.engine.takings.catch_up("00000000-0000-0000-0000-000000000000")


async def edited(database: str, statement: str) -> None:
    """As somebody would who owns the server."""
    connection = await asyncpg.connect(database)
    await connection.execute("SET session_replication_role = replica")
    await connection.execute(statement)
    await connection.close()


async def test_verify_finds_a_document_counted_before_its_outcome(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell(1_000)
        await here.engine.takings.catch_up(here.register_id)
        await die_after_append(here, "left")
        await edited(database, "UPDATE takings_position SET number = 2")
        assert "statistics count it before its outcome" in str((await verify(database)).findings[0])


EDITS = (
    ("UPDATE takings_hour SET sum = sum + 7, cash = cash + 7 WHERE kind = 'sell'", "2026-11-23", "1150.07", "1150.00"),
    ("UPDATE takings_cashier SET card = card + 1 WHERE kind = 'sell'", "2026-11-23", "0.01", "0.00"),
    ("UPDATE takings_good SET sum = sum - 1 WHERE name = 'Сүт'", "2026-11-23", "849.99", "850.00"),
    ("DELETE FROM takings_vat WHERE kind = 'sell_return'", "2026-11-23", "0.00", "300.00"),
    ("UPDATE takings_shift SET cash = cash + 100", "2026-11-23", "301.00", "300.00"),
    ("UPDATE takings_hour SET day = day - 1 WHERE kind = 'deposit'", "2026-11-22", "1", "0"),
    ("UPDATE takings_position SET number = 5", "2026-11-23", "6", "0"),
    ("UPDATE takings_position SET number = 70", "document 70", "journal ends at", "6"),
)


async def test_verify_finds_a_planted_difference_with_register_day_and_sum(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await busy_day(here)
        await here.engine.takings.catch_up(here.register_id)
        register_id = here.register_id
    connection = await asyncpg.connect(database)
    try:
        for statement, *named in EDITS:
            edit = connection.transaction()
            await edit.start()
            await connection.execute(statement)
            findings = [str(one) for one in (await walk_all(connection)).findings]
            await edit.rollback()
            named = [register_id, *named]
            assert len(findings) == 1 and all(word in findings[0] for word in named), (statement, findings)
        await connection.execute(EDITS[0][0])
    finally:
        await connection.close()
    assert len((await verify(database)).findings) == 1
    settings = Settings(data_dir=tmp_path, database_url=database)
    assert await recount(settings, StillClock()) == 1
    assert (await verify(database)).findings == []
