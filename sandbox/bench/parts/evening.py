"""The owner's evening: the statistics of a year of one register, and how far the read models lag behind a sale."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta

from core.domain.business_day import DaySpan
from core.domain.decide import CloseInput
from core.domain.money import line_sum
from core.domain.registration import Registration
from core.domain.ticket import Kind, LineInput, Payment, PaymentType, TicketInput
from core.takings_keeper import TakingsKeeper
from sandbox.bench import fill
from sandbox.bench.figures import Figure, at_least, at_most, median, milliseconds
from sandbox.bench.ground import BEGIN, Ground

YEAR_MS_MAX = 300.0
LAG_S_MAX = 2.0
RECOUNTED_PER_S_MIN = 2_000.0
GOODS = 300
"""Different goods; a day sells a part of them."""
OPEN_HOURS = 14
ROWS_AT_ONCE = 2000
POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class Scale:
    """Days of the year, receipts of a day, how often the statistic is asked for, how many sales are waited for."""

    days: int
    receipts: int
    rounds: int
    sales: int


async def run(ground: Ground, scale: Scale) -> list[Figure]:
    """The year is counted once, asked for as a whole, and grows by sales while the keeper counts behind them."""
    ground.clock.set(BEGIN - timedelta(days=scale.days))
    registration = await ground.register()
    documents = await _year(ground, registration, scale)
    recounts = []
    for _ in range(max(1, scale.rounds // 5)):
        begun = time.perf_counter()
        await ground.engine.takings.rebuild(registration.register_id)
        recounts.append(documents / (time.perf_counter() - begun))
    today = await ground.engine.statistics.today([registration.register_id])
    span = DaySpan(today - timedelta(days=min(scale.days, 365)), today)
    figures = await ground.engine.statistics.of([registration.register_id], span)
    assert figures.total.receipts >= scale.receipts * (scale.days - 1) and figures.behind == 0
    asked = [
        await milliseconds(lambda: ground.engine.statistics.of([registration.register_id], span))
        for _ in range(scale.rounds)
    ]
    lags = await _lags(ground, registration, scale.sales)
    title = f"evening: statistics of {scale.days} days, {figures.total.receipts} receipts"
    recount = "evening: documents counted again"
    return [
        Figure(title, median(asked), "ms", YEAR_MS_MAX, at_most(1), tuple(asked)),
        Figure("evening: lag of the read models, the longest", max(lags), "s", LAG_S_MAX, at_most(1), tuple(lags)),
        Figure(recount, median(recounts), "documents/s", RECOUNTED_PER_S_MIN, at_least(1), tuple(recounts)),
    ]


async def _year(ground: Ground, registration: Registration, scale: Scale) -> int:
    """A shift a day; how many documents there are."""
    loaded = await ground.journal.load(registration.register_id)
    filling = fill.begin(registration, loaded.state, loaded.lane, ground.sealer, ground.clock.now(), told=True)
    step = timedelta(hours=OPEN_HOURS) / scale.receipts
    for day in range(scale.days):
        opened = filling.now
        for _ in range(scale.receipts):
            filling.make(_sale(filling.state.last_document))
            filling.now += step
        filling.make(CloseInput())
        filling.now = opened + timedelta(days=1)
        if len(filling.rows["document"]) >= ROWS_AT_ONCE:
            await fill.write(ground.bare, filling)
            ground.say(f"day {day + 1} of {scale.days}")
    await fill.write(ground.bare, filling)
    ground.clock.set(filling.now)
    await ground.bare.execute("ANALYZE")
    return filling.state.last_document


def _sale(number: int) -> TicketInput:
    """A sale of three lines, other goods with each number, the few much more often than the many."""
    places = (number % GOODS, number % 17, number * 7 % 61)
    lines = tuple(LineInput(f"Тауар {place}", 10_000 + 137 * place, 1000 + 500 * (place % 3)) for place in places)
    total = sum(line_sum(line.price, line.quantity) for line in lines)
    payment = (PaymentType.CASH, PaymentType.CARD, PaymentType.MOBILE)[number % 3]
    return TicketInput(Kind.SELL, lines, payments=(Payment(payment, total),))


async def _lags(ground: Ground, registration: Registration, sales: int) -> list[float]:
    """From a sale's answer until it is counted, in seconds."""
    stop, lags = asyncio.Event(), []
    keeping = asyncio.create_task(TakingsKeeper(ground.engine).run(stop))
    try:
        for number in range(sales):
            made = await ground.engine.acts.make(registration.register_id, _sale(number), key=f"evening-{number}")
            begun = time.perf_counter()
            while await _counted(ground, registration) < made.view.document.number:
                await ground.engine.hints.wait(POLL_S)
            lags.append(time.perf_counter() - begun)
    finally:
        stop.set()
        await keeping
    return lags


async def _counted(ground: Ground, registration: Registration) -> int:
    statement = "SELECT number FROM takings_position WHERE register_id = $1"
    number: int = await ground.bare.fetchval(statement, registration.register_id)
    return number
