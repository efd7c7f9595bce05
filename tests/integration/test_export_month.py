"""Generated days over a year's end, when the base VAT rate changes: every
export ties out, whatever day it begins or ends."""

from __future__ import annotations

import random
from datetime import date

from filled_days import DAYS, filled_days

from core.domain.ticket import Adjustment, Kind, LineInput, Payment, PaymentType, TicketInput
from core.reports.tally import Books, Control, report_tally
from core.usecases.exports import Period
from sandbox.bench.ground import Ground, ground
from sandbox.bench.operator import operator


def ticket(chance: random.Random) -> TicketInput:
    price, off = chance.randint(100, 5_000_000), chance.randint(1, 99)
    paid = (Payment(chance.choice(list(PaymentType)), price - off),)
    return TicketInput(Kind.SELL, (LineInput("Нан", price),), discount=Adjustment(sum=off), payments=paid)


async def control_of(here: Ground, register_id: str, period: Period) -> Control:
    extract = await here.engine.exports.extract(register_id, period)
    books = Books(extract)
    async for page in here.engine.exports.pages(extract):
        books.read(page.read())
    return books.finish()


async def test_every_period_of_generated_days_agrees_with_its_reports(postgres_url: str) -> None:
    with operator() as port:
        async with ground(postgres_url, port, lambda _: None) as here:
            register_id = await filled_days(
                here, random.Random(2026), ticket, closes=0.05, deposits=0.15, minutes_max=90
            )
            whole = await control_of(here, register_id, Period(DAYS[0], date(2026, 1, 31)))
            x = await here.engine.books.x_report(register_id)
            assert whole.agrees and whole.shifts[-1].report == report_tally(x)
            assert {rate for rate, _ in whole.rates} == {"12", "16"}, "the year ended"
            for first in range(len(DAYS)):
                for last in range(first, len(DAYS)):
                    found = await control_of(here, register_id, Period(DAYS[first], DAYS[last]))
                    assert found.agrees, (DAYS[first], DAYS[last])
                    assert found.within.tickets[("sell", "count")] > 0
