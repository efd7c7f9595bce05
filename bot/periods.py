"""Periods as people write them after «итоги»: «вчера», «апта», «1.11-15.11», «15.11.2025». Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.business_day import DaySpan

YEAR_TURN_DAYS_MAX = 92
"""Written without years, «25.12-5.1» turns the year; anything longer is meant the other way round."""
WORDS_CHARACTERS_MAX = 60
YEARS_FROM, CENTURY, YEAR_DIGITS = 2000, 2000, 4

_WISH = r"итоги?|[қк]орытынды(?:сы|лар)?|summary|totals"
_FIRST = re.compile(rf"(?:{_WISH})(?:\s+(?P<period>.*))?", re.DOTALL)
_LAST = re.compile(rf"(?P<period>.+?)\s+(?:{_WISH})", re.DOTALL)
_FILLERS = re.compile(r"\b(?:за|с|со|для|от|весь|всю|үшін|from|for|of|the|this)\b")
_TO = re.compile(r"\s*(?:-|–|—|\.\.+|\bпо\b|\bдо\b|\bto\b|\btill\b)\s*")
_DAY = re.compile(r"(?P<day>\d{1,2})(?:[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}|\d{2}))?)?\.?")
_NAMED = {
    "day": "дня|день|сегодня|бүгін|бүгінгі|күн|күннің|today|day",
    "yesterday": "вчера|вчерашние|кеше|кешегі|yesterday",
    "week": "неделя|недели|неделю|апта|аптаның|week",
    "month": "месяц|месяца|ай|айдың|month",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A period as asked for; no ``span`` where the words are none. ``offer`` is what else could be meant."""

    span: DaySpan | None
    offer: DaySpan | None = None


def period_wish(text: str) -> str | None:
    """The words of the period that this text asks a summary of, maybe none; ``None`` for any other text."""
    plain = " ".join(text.split()).casefold().strip("/!?. ")
    if len(plain) > WORDS_CHARACTERS_MAX:
        return None
    match = _FIRST.fullmatch(plain)
    if match is not None:
        return match["period"] or ""
    match = _LAST.fullmatch(plain)
    # what stands before the word must be a period; «кофе итоги» is something else
    return match["period"] if match is not None and _is_period(match["period"]) else None


def _is_period(words: str) -> bool:
    return asked_period(words, date(YEARS_FROM, 1, 1)).span is not None


def asked_period(words: str, today: date) -> Asked:
    """The period that these words name, on this day."""
    plain = " ".join(_FILLERS.sub(" ", words.casefold()).split())
    for name, forms in _NAMED.items():
        if not plain or re.fullmatch(forms, plain):
            return Asked(named_span(name, today))
    ends = [_DAY.fullmatch(part.strip()) for part in _TO.split(plain)]
    if len(ends) == 1:
        ends *= 2
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return Asked(None)
    return _between(ends[0], ends[1], today)


def named_span(name: str, today: date) -> DaySpan:
    """What «day», «yesterday», «week» and «month» mean on this day."""
    match name:
        case "yesterday":
            return DaySpan.day(today - timedelta(days=1))
        case "week":
            return DaySpan.week_of(today)
        case "month":
            return DaySpan.month_of(today)
    return DaySpan.day(today)


def _between(first: re.Match[str], last: re.Match[str], today: date) -> Asked:
    """Days without a year are of this year, the first day without a month of the last one's. Where that is still to
    come, the same days a year earlier are the offer.
    """
    month = last["month"]
    if month is None:
        return Asked(None)
    last_day = _date(last["day"], month, last["year"], today.year)
    first_day = _date(
        first["day"], first["month"] or month, first["year"], today.year if last_day is None else last_day.year
    )
    if first_day is None or last_day is None:
        return Asked(None)
    if last_day < first_day and first["year"] is None:
        turned = _a_year_before(first_day)
        if (last_day - turned).days < YEAR_TURN_DAYS_MAX:
            first_day = turned
    span = DaySpan(first_day, last_day)
    if first_day > today and last["year"] is None:
        return Asked(span, DaySpan(_a_year_before(first_day), _a_year_before(last_day)))
    return Asked(span)


def _date(day: str, month: str, year: str | None, else_year: int) -> date | None:
    whole = else_year if year is None else int(year) if len(year) == YEAR_DIGITS else CENTURY + int(year)
    try:
        return date(whole, int(month), int(day)) if whole >= YEARS_FROM else None
    except ValueError:
        return None


def _a_year_before(day: date) -> date:
    """The same day a year earlier; of 29 February the day before."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=day.day - 1)
