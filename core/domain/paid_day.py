"""Until which day the operator's fee is paid, as people write it: «30.11», «30 ноября», «30 қарашаға дейін», «на год».

Pure. What is no day at all is not read; a day that cannot be meant is refused with the day that was understood.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from core.errors import Refused

AHEAD_YEARS_MAX = 3
PAST_DAYS_ASKED = 60
"""A day without a year that is so little past may be meant as past: it is asked for with its year."""

_MONTHS = (
    ("январ", "янв", "кантар", "january", "jan"),
    ("феврал", "фев", "акпан", "february", "feb"),
    ("март", "мар", "наурыз", "march", "mar"),
    ("апрел", "апр", "сауир", "april", "apr"),
    ("май", "мая", "мамыр", "may"),
    ("июн", "маусым", "june", "jun"),
    ("июл", "шилде", "july", "jul"),
    ("август", "авг", "тамыз", "august", "aug"),
    ("сентябр", "сент", "сен", "кыркуйек", "september", "sept", "sep"),
    ("октябр", "окт", "казан", "october", "oct"),
    ("ноябр", "нояб", "ноя", "караша", "november", "nov"),
    ("декабр", "дек", "желтоксан", "december", "dec"),
)
_ENDINGS = r"(?:[ьяею]|нын|нин|га|ге|ка|ке|да|де|дан|ден|тын|тин|дын|дин)?"
_BEFORE = r"(?:(?:до|по|уже|it is|is|until|till|to|by|the|отыз)\s+)*"
_AFTER = r"(?:\s*(?:года|год|г|жыл[а-я]*|дейин|шейин|кунине|куни|ы|и|ына|ине|-?\s?(?:st|nd|rd|th)))*"
_NUMERIC = re.compile(rf"{_BEFORE}(\d{{1,2}})\s*[./-]\s*(\d{{1,2}})(?:\s*[./-]\s*(\d{{4}}|\d{{2}}))?{_AFTER}")
_ISO = re.compile(rf"{_BEFORE}(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_AFTER}")
_DAY_MONTH = re.compile(
    rf"{_BEFORE}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+([a-zа-я]+)\.?(?:,?\s+(\d{{4}}))?{_AFTER}"
)
_MONTH_DAY = re.compile(
    rf"{_BEFORE}([a-zа-я]+)\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*-?\s*[а-я]+)?(?:,?\s+(\d{{4}}))?{_AFTER}"
)
_YEAR_FIRST = re.compile(rf"{_BEFORE}(\d{{4}})\s+(?:жыл[а-я]*|год[а-я]*)\s+(\d{{1,2}})\s+([a-zа-я]+){_AFTER}")
_TERM = re.compile(
    r"(?:(?:оплачен[аоы]?|оплатил[аи]?|заплатил[аи]?|paid|на|за|for|a|an|the|whole|весь|целый|толык)\s+)*"
    r"(?:(\d{1,2}|один|одну|бир|one)\s+)?"
    r"(год[ау]?|лет|жыл[а-я]*|years?|мес(?:яц[ева]*)?\.?|ай[а-я]*|months?|полгода|жарты жыл[а-я]*|half a year)"
    r"(?:\s+(?:вперед|оплачен[аоы]?|толенген|толендим|толенди|paid|ahead))*"
)
_YEAR_WORDS = ("год", "лет", "жыл", "year")
_HALF_WORDS = ("полгода", "жарты", "half")
_LETTERS = str.maketrans("әғқңөұүһіё", "агкноуухие")


def read_paid_day(text: str, today: date) -> date | None:
    """The day that this text names, today or later and within three years; ``None`` for a text that names none.

    Raises ``PAID_DAY_PAST``, ``PAID_DAY_FAR`` or ``PAID_DAY_IMPOSSIBLE``.
    """
    plain = " ".join(text.casefold().translate(_LETTERS).split()).strip(" .!,")
    named = _named(plain)
    if named is None:
        return _after_term(plain, today)
    day, month, year = named
    if year is None:
        return _without_year(day, month, today)
    return check_paid_day(_day(day, month, year), today)


def check_paid_day(day: date, today: date) -> date:
    """The same day; raises ``PAID_DAY_PAST`` or ``PAID_DAY_FAR``."""
    if day < today:
        raise Refused("PAID_DAY_PAST", day=_written(day))
    if day > years_after(today, AHEAD_YEARS_MAX):
        raise Refused("PAID_DAY_FAR", day=_written(day))
    return day


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    return months_after(day, 12 * years)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last one."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _named(plain: str) -> tuple[int, int, int | None] | None:
    """Day, month and year as written, the year ``None`` when it was left out."""
    if match := _ISO.fullmatch(plain):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _NUMERIC.fullmatch(plain):
        return int(match[1]), int(match[2]), _year(match[3])
    if (match := _YEAR_FIRST.fullmatch(plain)) and (month := _month(match[3])):
        return int(match[2]), month, int(match[1])
    if (match := _DAY_MONTH.fullmatch(plain)) and (month := _month(match[2])):
        return int(match[1]), month, _year(match[3])
    if (match := _MONTH_DAY.fullmatch(plain)) and (month := _month(match[1])):
        return int(match[2]), month, _year(match[3])
    return None


def _month(word: str) -> int | None:
    for number, names in enumerate(_MONTHS, 1):
        if any(re.fullmatch(name + _ENDINGS, word) for name in names):
            return number
    return None


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _without_year(day: int, month: int, today: date) -> date:
    """The next such day; one that is just past is not silently taken for that of the next year."""
    for year in range(today.year, today.year + 2 * AHEAD_YEARS_MAX):
        if month == 2 and day == 29 and not calendar.isleap(year):
            continue
        found = _day(day, month, year)
        if found >= today:
            return check_paid_day(found, today)
        if today - found <= timedelta(days=PAST_DAYS_ASKED):
            raise Refused("PAID_DAY_PAST", day=_written(found))
    raise Refused("PAID_DAY_IMPOSSIBLE")


def _day(day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("PAID_DAY_IMPOSSIBLE") from None


def _after_term(plain: str, today: date) -> date | None:
    """«На год», «3 айға»: so long from today."""
    match = _TERM.fullmatch(plain)
    if match is None:
        return None
    count = int(match[1]) if match[1] is not None and match[1].isdigit() else 1
    if match[2].startswith(_HALF_WORDS):
        return months_after(today, 6)
    months = count * 12 if match[2].startswith(_YEAR_WORDS) else count
    return check_paid_day(months_after(today, months), today)


def _written(day: date) -> str:
    return f"{day:%d.%m.%Y}"
