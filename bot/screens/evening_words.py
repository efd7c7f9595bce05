"""Days and spans of the evening card as people say them."""

from __future__ import annotations

from datetime import date

from core.domain.business_day import DaySpan
from core.texts import say


def date_words(language: str, day: date, today: date) -> str:
    """«24 ноября»; another year than today's is named."""
    return _of_year(language, say(language, "evening-date", day=day.day, month=day.month), day, today)


def _of_year(language: str, words: str, day: date, today: date) -> str:
    return words if day.year == today.year else say(language, "evening-date-year", date=words, year=str(day.year))


def day_words(language: str, day: date, today: date) -> str:
    """«вторник, 24 ноября»."""
    weekday = say(language, "evening-weekday", weekday=day.isoweekday())
    return say(language, "evening-weekday-date", weekday=weekday, date=date_words(language, day, today))


def span_words(language: str, span: DaySpan, today: date) -> str:
    """A day with its weekday, or the first and the last day."""
    if span.first == span.last:
        return day_words(language, span.first, today)
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        words = say(language, "evening-date", day=f"{span.first.day}–{span.last.day}", month=span.last.month)
    elif span.first.year == span.last.year:
        ends = (span.first, span.last)
        words = " – ".join(say(language, "evening-date", day=day.day, month=day.month) for day in ends)
    else:
        return " – ".join(date_words(language, day, today) for day in (span.first, span.last))
    return _of_year(language, words, span.last, today)


def offline_words(language: str, minutes: int) -> str:
    """«Без связи с ОФД: 1 ч 5 мин»."""
    hours, rest = divmod(minutes, 60)
    return say(language, "evening-offline", hours=hours, minutes=str(rest))
