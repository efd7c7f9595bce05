"""Until when the operator is paid, as vendors write it; and which warning or reminder is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import ALMATY
from core.domain.countdown import (
    AUTONOMOUS_WARNINGS,
    FEE_DAYS,
    SHIFT_WARNINGS,
    due_fee_reminder,
    due_warning,
    nearer,
)
from core.domain.paid_day import check_paid_day, months_after, read_paid_day, years_after
from core.errors import Refused

TODAY = date(2026, 11, 23)
NOVEMBER_30 = (
    "30.11", "30.11.2026", "30.11.26", "30/11/2026", "30-11-2026", "2026-11-30", "до 30.11", "30 ноября",
    "30 НОЯБРЯ 2026 года", "до 30 ноя", "30 қараша", "30 караша", "30 қарашаға дейін", "2026 жылғы 30 қараша",
    "қарашаның 30-ына дейін", "30 November", "Nov 30, 2026", "30th of November", "until 30 nov", " 30.11. ",
)  # fmt: skip
YEAR = ("на год", "За год", "оплачен на год", "1 год", "бір жылға", "1 жылға", "paid for a year", "for 12 months")


@pytest.mark.parametrize("text", NOVEMBER_30)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_paid_day(text, TODAY) == date(2026, 11, 30)


@pytest.mark.parametrize("text", YEAR)
def test_a_term_counts_from_today(text: str) -> None:
    assert read_paid_day(text, TODAY) == date(2027, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30.11.2027", date(2027, 11, 30)),
        ("30 мая", date(2027, 5, 30)),
        ("23.11", TODAY),
        ("29.02", date(2028, 2, 29)),
        ("на 3 месяца", date(2027, 2, 23)),
        ("6 айға", date(2027, 5, 23)),
        ("полгода", date(2027, 5, 23)),
        ("2 года", date(2028, 11, 23)),
        ("23.11.2029", date(2029, 11, 23)),
    ],
)
def test_a_day_without_its_year_is_the_next_one(text: str, day: date) -> None:
    assert read_paid_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["кофе 800", "800", "5000", "30 картоп", "1 май 800", "нан 350", "", "год выпуска", "мая", "30", "майонез 5", "ок"],
)
def test_a_sale_is_no_day(text: str) -> None:
    assert read_paid_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("22.11.2026", "PAID_DAY_PAST"),
        ("01.11", "PAID_DAY_PAST"),
        ("24.11.2029", "PAID_DAY_FAR"),
        ("5 лет", "PAID_DAY_FAR"),
        ("31.11", "PAID_DAY_IMPOSSIBLE"),
        ("29.02.2027", "PAID_DAY_IMPOSSIBLE"),
        ("00.00", "PAID_DAY_IMPOSSIBLE"),
        ("0000-01-01", "PAID_DAY_IMPOSSIBLE"),
        ("30.13", "PAID_DAY_IMPOSSIBLE"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_paid_day(text, TODAY)


@settings(deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"[0-9./ -]{1,12}") | st.from_regex(r"\d{1,4} [а-я]{3,9}( \d{4})?"))
def test_whatever_is_written_names_a_day_within_three_years_or_none(text: str) -> None:
    try:
        day = read_paid_day(text, TODAY)
    except Refused:
        return
    assert day is None or TODAY <= day <= date(2029, 11, 23)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_what_was_written_in_full_is_read_back_or_refused(day: date, today: date) -> None:
    def said(read: object) -> object:
        try:
            return read() if callable(read) else None
        except Refused as refused:
            return refused.code

    checked = said(lambda: check_paid_day(day, today))
    for written in (f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}"):
        assert said(lambda written=written: read_paid_day(written, today)) == checked


def test_months_end_where_they_end() -> None:
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert years_after(date(2028, 2, 29), 1) == date(2029, 2, 28)


@given(st.integers(-(10**6), 10**6))
def test_only_the_nearest_warning_is_due(seconds: int) -> None:
    left = timedelta(seconds=seconds)
    due = due_warning(left, AUTONOMOUS_WARNINGS)
    if left < timedelta(0) or left > AUTONOMOUS_WARNINGS[0]:
        assert due is None
    else:
        assert due is not None and left <= due
        assert [one for one in nearer(due, AUTONOMOUS_WARNINGS) if left <= one] == []


@pytest.mark.parametrize(
    ("left", "due"),
    [
        (timedelta(hours=48, seconds=1), None),
        (timedelta(hours=48), 48),
        (timedelta(hours=18), 24),
        (timedelta(hours=6), 6),
        (timedelta(minutes=31), 1),
        (timedelta(0), 0.5),
    ],
)
def test_warnings_of_the_72_hours(left: timedelta, due: float | None) -> None:
    expected = None if due is None else timedelta(hours=due)
    assert due_warning(left, AUTONOMOUS_WARNINGS) == expected
    assert AUTONOMOUS_WARNINGS[-2:] == SHIFT_WARNINGS


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-11-22T23:00", None),
        ("2026-11-23T09:59", None),
        ("2026-11-23T10:00", 7),
        ("2026-11-26T12:00", 7),
        ("2026-11-27T10:00", 3),
        ("2026-11-28T21:59", 3),
        ("2026-11-28T22:00", None),
        ("2026-11-29T10:00", 1),
        ("2026-11-30T10:00", 0),
        ("2026-12-01T10:00", None),
    ],
)
def test_reminders_come_at_ten_and_the_nearest_alone(now: str, days: int | None) -> None:
    assert due_fee_reminder(date(2026, 11, 30), datetime.fromisoformat(now).replace(tzinfo=ALMATY)) == days
    assert sorted(FEE_DAYS, reverse=True) == list(FEE_DAYS) == [7, 3, 1, 0]
