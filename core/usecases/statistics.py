"""Statistics of a day, a week, a month or any period, of one register or several, read from the read models.

Whoever asks has made sure that the person may read these registers. Figures are as of one moment for each register;
before they are read, what the journal has and the read models have not is counted, so they say what the X-report says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol, TypeVar

from core.clock import Clock
from core.domain.business_day import DaySpan, business_day
from core.domain.goods_sold import CountedGood, goods_sold
from core.domain.registration import Registration
from core.domain.takings import (
    Before,
    CashierTakings,
    Point,
    Statistics,
    Takings,
    VatSums,
    ZLine,
    together,
)
from core.domain.ticket import OPERATIONS
from core.domain.vat import RATES
from core.errors import Refused
from core.usecases.acts import Acts
from core.usecases.exports import DAYS_MAX
from core.usecases.ports import Registrations
from core.usecases.registers import Registers, RegisterView
from core.usecases.takings import TakingsCount

REGISTERS_AT_ONCE = 3
PAGES_MAX = 4
"""So much is counted before figures are shown; of a rebuild that goes on behind them ``behind`` tells."""
SECONDS_OF_MINUTE = 60

Cells = dict[tuple[int, int], Takings]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Reading:
    """A period of one register as one snapshot of the read models shows it; ``counted`` is the last document in it.

    ``cells`` are keyed by (0 = Monday … 6, hour), ``before`` are those of the earlier period.
    """

    counted: int
    days: dict[date, Takings]
    cells: Cells
    before: Cells
    cashiers: dict[tuple[int, str], Takings]
    goods: list[CountedGood]
    vat: list[VatSums]
    z_lines: tuple[ZLine, ...]


class StatisticRows(Protocol):
    """Reads that only statistics need."""

    async def reading(self, register_id: str, span: DaySpan) -> Reading: ...

    async def withdrawn_before(self, register_id: str, shift: int, close_number: int) -> int: ...

    async def autonomous_times(self, register_id: str, since: date) -> list[tuple[datetime, datetime | None]]: ...


@dataclass(frozen=True, slots=True)
class _Part:
    """One register's part of the answer."""

    reading: Reading
    point: Point


class Figures:
    """Reads, but for what an X-report does too: it draws an abandoned outcome. And it brings the read models up to
    date.
    """

    def __init__(
        self,
        rows: StatisticRows,
        count: TakingsCount,
        registrations: Registrations,
        registers: Registers,
        acts: Acts,
        clock: Clock,
    ) -> None:
        self._rows = rows
        self._count = count
        self._registrations = registrations
        self._registers = registers
        self._acts = acts
        self._clock = clock

    async def today(self, register_ids: Sequence[str]) -> date:
        """The business day of this moment; where registers differ, the latest."""
        known = [await self._registrations.registration(one) for one in register_ids]
        return max(self._day_of(one) for one in known)

    async def of(self, register_ids: Sequence[str], span: DaySpan) -> Statistics:
        """The statistic of these registers.

        Raises ``PERIOD_BACKWARDS``, ``PERIOD_TOO_LONG``, ``PERIOD_IN_FUTURE``, ``PERIOD_EMPTY`` when nothing at all was
        counted or closed in these days, ``NOT_FOUND`` for no or an unknown register, and what the engine raises when a
        register is busy.
        """
        if not register_ids:
            raise Refused("NOT_FOUND")
        today = await self.today(register_ids)
        _check(span, today)
        places = asyncio.Semaphore(REGISTERS_AT_ONCE)

        async def one(register_id: str) -> _Part:
            async with places:
                return await self._part(register_id, span)

        parts = await asyncio.gather(*(one(register_id) for register_id in dict.fromkeys(register_ids)))
        if all(part.point.takings.is_nothing and not part.point.z_lines for part in parts):
            raise Refused("PERIOD_EMPTY", first=span.first.isoformat(), last=span.last.isoformat())
        return _statistics(span, today, parts)

    def _day_of(self, registration: Registration) -> date:
        return business_day(self._clock.now(), registration.day_begins)

    async def _part(self, register_id: str, span: DaySpan) -> _Part:
        made = (await self._acts.settled_state(register_id)).state.last_document
        await self._count.catch_up(register_id, PAGES_MAX)
        reading = await self._rows.reading(register_id, span)
        view = await self._registers.get(register_id)
        registration = view.registration
        is_now = span.first <= self._day_of(registration) <= span.last
        cash, hand_over = await self._cash(view, reading.z_lines, is_now)
        differences = [line.difference for line in reading.z_lines if line.difference is not None]
        point = Point(
            register_id=registration.register_id,
            title=registration.title,
            day_begins=registration.day_begins,
            takings=together(reading.days.values()),
            cash=cash,
            hand_over=hand_over,
            difference=sum(differences) if differences else None,
            unsent=view.unsent,
            offline_minutes=await self._offline_minutes(registration, span),
            shift_open=view.shift is not None,
            z_lines=reading.z_lines,
            chain_head=view.chain_head,
            behind=max(0, made - reading.counted),
        )
        return _Part(reading, point)

    async def _cash(
        self, view: RegisterView, z_lines: tuple[ZLine, ...], is_now: bool
    ) -> tuple[int | None, int | None]:
        """The drawer, and what is to be handed over of it and of what the last close took along."""
        last = z_lines[-1] if z_lines else None
        cash = view.cash if is_now else None if last is None else last.cash
        if cash is None or last is None or last.cash or (is_now and view.shift is not None):
            return cash, cash
        register_id = view.registration.register_id
        return cash, cash + await self._rows.withdrawn_before(register_id, last.shift, last.document_number)

    async def _offline_minutes(self, registration: Registration, span: DaySpan) -> int:
        now = self._clock.now()
        span = replace(span, last=min(span.last, self._day_of(registration)))
        times = await self._rows.autonomous_times(registration.register_id, span.first)
        seconds = sum(
            span.seconds_within(since, now if until is None else until, registration.day_begins)
            for since, until in times
        )
        return (seconds + SECONDS_OF_MINUTE // 2) // SECONDS_OF_MINUTE


def _check(span: DaySpan, today: date) -> None:
    if span.last < span.first:
        raise Refused("PERIOD_BACKWARDS", first=span.first.isoformat(), last=span.last.isoformat())
    if span.length > DAYS_MAX:
        raise Refused("PERIOD_TOO_LONG", days=DAYS_MAX)
    if span.first > today:
        raise Refused("PERIOD_IN_FUTURE", first=span.first.isoformat(), day=today.isoformat())


def _statistics(span: DaySpan, today: date, parts: Sequence[_Part]) -> Statistics:
    readings = [part.reading for part in parts]
    shown = replace(span, last=min(span.last, today))
    days = _merged(reading.days for reading in readings)
    cells = _merged(reading.cells for reading in readings)
    earlier = _merged(reading.before for reading in readings)
    before = span.before
    cashiers = _merged(reading.cashiers for reading in readings)
    return Statistics(
        first=span.first,
        last=span.last,
        total=together(days.values()),
        by_hour=_by_hour(cells),
        by_weekday_hour=dict(sorted(cells.items())),
        by_day={day: days.get(day, Takings()) for day in sorted({*shown.days(), *days})},
        goods=goods_sold(good for reading in readings for good in reading.goods),
        cashiers=_by_revenue(cashiers),
        vat=_vat(row for reading in readings for row in reading.vat),
        points=tuple(part.point for part in parts),
        before=Before(before.first, before.last, together(earlier.values()), _by_hour(earlier)),
    )


def _merged(parts: Iterable[dict[Key, Takings]]) -> dict[Key, Takings]:
    found: dict[Key, Takings] = {}
    for part in parts:
        for key, takings in part.items():
            found[key] = found[key] + takings if key in found else takings
    return found


def _by_hour(cells: Cells) -> dict[int, Takings]:
    hours: dict[int, list[Takings]] = {}
    for (_, hour), takings in cells.items():
        hours.setdefault(hour, []).append(takings)
    return {hour: together(hours[hour]) for hour in sorted(hours)}


def _by_revenue(cashiers: dict[tuple[int, str], Takings]) -> tuple[CashierTakings, ...]:
    found = [CashierTakings(code, name, takings) for (code, name), takings in cashiers.items()]
    return tuple(sorted(found, key=lambda one: (-one.takings.revenue, one.name, one.code)))


def _vat(rows: Iterable[VatSums]) -> tuple[VatSums, ...]:
    found: dict[tuple[str, str], VatSums] = {}
    for row in rows:
        key = (row.rate, str(row.kind))
        known = found.get(key)
        if known is not None:
            row = replace(row, turnover=row.turnover + known.turnover, tax=row.tax + known.tax)
        found[key] = row
    return tuple(found[key] for rate in RATES for op in OPERATIONS if (key := (rate, str(op))) in found)
