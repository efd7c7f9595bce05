"""Days and spans of the evening card as people say them."""

from __future__ import annotations

from datetime import date

from core.domain.business_day import DaySpan
from core.texts import say


def date_words(language: str, day: date, today: date) -> str:
    """«24 ноября»; another year than today's is named."""
    words = say(language, "evening-date", day=day.day, month=day.month)
    if day.year == today.year:
        return words
    return say(language, "evening-date-year", date=words, year=str(day.year))


def day_words(language: str, day: date, today: date) -> str:
    """«вторник, 24 ноября»."""
    weekday = say(language, "evening-weekday", weekday=day.isoweekday())
    return say(language, "evening-weekday-date", weekday=weekday, date=date_words(language, day, today))


def span_words(language: str, span: DaySpan, today: date) -> str:
    """A day with its weekday, or the first and the last day."""
    if span.first == span.last:
        return day_words(language, span.first, today)
    return f"{date_words(language, span.first, today)} – {date_words(language, span.last, today)}"


def offline_words(language: str, minutes: int) -> str:
    """«Без связи с ОФД: 1 ч 5 мин»."""
    hours, rest = divmod(minutes, 60)
    return say(language, "evening-offline", hours=hours, minutes=str(rest))
