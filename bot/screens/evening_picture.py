"""A statistic as the evening card's picture: which columns, which words; drawn by core/reports/evening_picture.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.screens.evening_words import date_words, span_words
from bot.screens.wording import average_sum, payment_name
from core.domain.business_day import DaySpan
from core.domain.money import Money
from core.domain.takings import Statistics, Takings, hours_of_day, together
from core.domain.ticket import Kind, PaymentType
from core.reports.evening_chart import COLUMNS_MIN, Column
from core.reports.evening_picture import Figure, Picture, sum_words
from core.texts import say

DAYS_MAX = 31
WEEKS_DAYS_MAX = 217
"""Up to so many days every column is a week, beyond that a month."""
WEEK_DAYS = 7
PERCENT_MAX = 999
TITLE_CHARACTERS_MAX = 70


def evening_picture(
    language: str, found: Statistics, today: date, *, title: str, is_over: bool, by_hour: bool = False
) -> Picture:
    """The picture of a statistic. Only what ``is_over`` is compared in percent; ``by_hour`` puts the hours of a longer
    period together.
    """
    span = DaySpan(found.first, found.last)
    is_day = found.first == found.last
    columns = _hours(found) if is_day or by_hour else _days(language, found)
    change, sign = _change(language, found, today, is_over=is_over)
    return Picture(
        title=title,
        span=_capital(span_words(language, span, today)),
        total=found.total.revenue,
        facts=_facts(language, found.total),
        change=change,
        change_sign=sign,
        figures=tuple(_figures(language, found, today, is_day=is_day)),
        columns=columns,
        empty="",
        scale=_scale(language),
    )


def empty_picture(language: str, span: DaySpan, today: date, *, title: str) -> Picture:
    """Days without a receipt."""
    is_today = span.first == span.last == today
    return Picture(
        title=title,
        span=_capital(span_words(language, span, today)),
        total=0,
        facts=(),
        change="",
        change_sign=0,
        figures=(),
        columns=(),
        empty=say(language, "evening-empty-picture-today" if is_today else "evening-empty-picture"),
        scale=_scale(language),
    )


def _scale(language: str) -> tuple[str, ...]:
    return tuple(say(language, "evening-scale").split("|"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _facts(language: str, total: Takings) -> tuple[str, ...]:
    """How many receipts, and their average."""
    if not total.receipts:
        return (say(language, "evening-no-receipts"),)
    average = average_sum(total.of(Kind.SELL).sum, total.receipts)
    count = say(language, "evening-count", count=total.receipts)
    return count, say(language, "evening-average", sum=sum_words(average))


def _figures(language: str, found: Statistics, today: date, *, is_day: bool) -> Iterator[Figure]:
    """Every kind that moved anything, the cash always; of a day also the day that the line shows."""
    for kind in PaymentType:
        amount = found.total.by_payment(kind)
        if amount or kind is PaymentType.CASH or any(one.by_payment(kind) for one in found.by_hour.values()):
            yield Figure(payment_name(language, kind), amount, kind)
    if is_day and not found.before.total.is_nothing:
        yield Figure(date_words(language, found.before.first, today), found.before.total.revenue)


def _change(language: str, found: Statistics, today: date, *, is_over: bool) -> tuple[str, int]:
    """How it turned out beside the days before, in percent once it is over, else what it was then."""
    before, now = found.before.total, found.total.revenue
    if before.is_nothing:
        return "", 0
    name = _name(found)
    if is_over and name is not None and before.revenue > 0:
        percent = min(PERCENT_MAX, abs(now - before.revenue) * 100 // before.revenue)
        sign = (now > before.revenue) - (now < before.revenue)
        if percent and sign:
            key = f"evening-{'more' if sign > 0 else 'less'}-{name}"
            if name == "day":
                return say(language, key, percent=str(percent), weekday=found.first.isoweekday()), sign
            return say(language, key, percent=str(percent)), sign
    if name == "day":
        return "", 0
    was = sum_words(before.revenue)
    if name is None:
        span = DaySpan(found.before.first, found.before.last)
        return say(language, "evening-was-period", span=span_words(language, span, today), sum=was), 0
    return say(language, f"evening-was-{name}", sum=was), 0


def _name(found: Statistics) -> str | None:
    """What a period is called; ``None`` for one that has no name."""
    span = DaySpan(found.first, found.last)
    if span.first == span.last:
        return "day"
    if span == DaySpan.week_of(span.first):
        return "week"
    return "month" if span == DaySpan.month_of(span.first) else None


def _sums(takings: Takings) -> dict[PaymentType, Money]:
    return {kind: amount for kind in PaymentType if (amount := takings.by_payment(kind))}


def _hours(found: Statistics) -> tuple[Column, ...]:
    """The hours from the first to the last that took anything, now or before, and some around them; where points begin
    their days at different hours, in the order of the earliest.
    """
    order = hours_of_day(min(point.day_begins for point in found.points))
    earlier = found.before.by_hour if found.first == found.last else {}
    is_compared = found.first == found.last and not found.before.total.is_nothing
    busy = [place for place, hour in enumerate(order) if hour in found.by_hour or hour in earlier]
    if not busy:
        return ()
    first, last = _at_least(busy[0], busy[-1], len(order))
    return tuple(
        Column(
            str(hour),
            _sums(found.by_hour.get(hour, Takings())),
            earlier.get(hour, Takings()).revenue if is_compared else None,
        )
        for hour in order[first : last + 1]
    )


def _at_least(first: int, last: int, whole: int) -> tuple[int, int]:
    """The same places with neighbours on both sides until they are enough."""
    while last - first + 1 < COLUMNS_MIN:
        if first > 0:
            first -= 1
        if last - first + 1 < COLUMNS_MIN and last < whole - 1:
            last += 1
    return first, last


def _days(language: str, found: Statistics) -> tuple[Column, ...]:
    span = DaySpan(found.first, found.last)
    if span.length <= DAYS_MAX:
        return tuple(
            Column(_day_label(language, day, span), _sums(found.by_day.get(day, Takings()))) for day in span.days()
        )
    groups: dict[date, list[Takings]] = {}
    for day in span.days():
        groups.setdefault(_group(day, span), []).append(found.by_day.get(day, Takings()))
    return tuple(Column(_group_label(language, first, span), _sums(together(parts))) for first, parts in groups.items())



def _day_label(language: str, day: date, span: DaySpan) -> str:
    if span.length <= WEEK_DAYS:
        return f"{say(language, 'evening-weekday-short', weekday=day.isoweekday())} {day.day}"
    return str(day.day)


def _group(day: date, span: DaySpan) -> date:
    """The first day of the week or the month that a day is drawn in."""
    if span.length <= WEEKS_DAYS_MAX:
        return max(span.first, day - timedelta(days=day.weekday()))
    return max(span.first, day.replace(day=1))


def _group_label(language: str, first: date, span: DaySpan) -> str:
    if span.length <= WEEKS_DAYS_MAX:
        return f"{first.day}.{first.month:02d}"
    return say(language, "evening-month-short", month=first.month)
