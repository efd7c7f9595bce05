"""The evening card's words: within Telegram's caption, harmless, whole in three languages; periods as written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_bot_screens import NOW, REGISTER, RUSSIAN_WORDS, view

from bot.evening import pressed_span
from bot.periods import Asked, asked_period, named_span, period_wish
from bot.press import Action, unpack
from bot.screens.evening import (
    VIEWS,
    Leaf,
    Shown,
    closed_screen,
    offered_screen,
    packed_span,
    period_screen,
    said_screen,
)
from bot.screens.evening_picture import empty_picture, evening_picture
from bot.screens.evening_views import look_screen
from bot.screens.evening_words import span_words
from bot.screens.screen import BUTTON_CHARACTERS_MAX, CAPTION_UNITS_MAX, Screen, from_body, to_body, units
from core.db.drawer import DrawerCount
from core.domain.business_day import DaySpan
from core.domain.takings import (
    Before,
    CashierTakings,
    GoodClass,
    GoodSums,
    Point,
    Statistics,
    Sums,
    Takings,
    VatSums,
    ZLine,
    together,
)
from core.domain.ticket import Kind, PaymentType
from core.domain.view import CHAT_MARKS, Mark
from core.reports.evening_picture import render_evening
from core.texts import LANGUAGES
from sandbox.telegram.markup import read_html

TODAY = date(2026, 11, 24)
GREAT = 999_999_999_999_99
NAME = "Өскемен «құрылыс» <b>& материалдары 🛒 " * 8
DRAFT = "A" * 12


def takings(amount: int, count: int = 3) -> Takings:
    """Sales, half of them gone back, and purchases; every kind of payment."""
    third = amount // 3
    sold = Sums(count=count, sum=third * 3, cash=third, card=third, mobile=third)
    back = Sums(count=1, sum=third // 2, cash=third // 2)
    return Takings({Kind.SELL: sold, Kind.SELL_RETURN: back, Kind.BUY: back, Kind.BUY_RETURN: back})


def statistics(first: date, last: date, *, amount: int, points: int, goods: int) -> Statistics:
    """Takings in every hour of every day, with names that are as long and as hostile as they may be."""
    span = DaySpan(first, last)
    hours = {hour: takings(amount) for hour in range(24)}
    total = together([*hours.values()])
    rates = ("16", "12", "10", "5", "0")
    line = ZLine(3, 12, NOW - timedelta(hours=9), NOW, True, amount, amount, "ab" * 32, -amount, NAME)
    registers = tuple(
        Point(f"{place:08x}-5b6c-7d8e-9f01-23456789abcd" if place else REGISTER, f"{NAME}{place}", 6, total, amount,
              amount, -amount, 1_234, 4_320, True, (line,) * 30, "cd" * 32, 7)
        for place in range(points)
    )  # fmt: skip
    return Statistics(
        first=first,
        last=last,
        total=total,
        by_hour=hours,
        by_weekday_hour={(0, hour): one for hour, one in hours.items()},
        by_day={day: takings(amount) for day in span.days()},
        goods=tuple(
            GoodSums(f"{NAME}{place}", "116", 9, 12_345, amount, 45, 1, list(GoodClass)[min(place, 2)])
            for place in range(goods)
        ),
        cashiers=tuple(CashierTakings(place, NAME if place else " ", total) for place in range(goods)),
        vat=tuple(VatSums(rate, kind, amount, amount // 7) for rate in rates for kind in total.kinds),
        points=registers,
        before=Before(span.before.first, span.before.last, total, hours),
    )


def screens(language: str) -> Iterator[tuple[str, Screen]]:
    """Every screen at its fullest and at its emptiest."""
    spans = (DaySpan.day(TODAY), DaySpan.week_of(TODAY), DaySpan.month_of(TODAY), DaySpan(date(2025, 12, 31), TODAY))
    for number, span in enumerate(spans):
        for amount, points, goods in ((GREAT, 30, 200), (100, 1, 1), (100, 2, 0)):
            found = statistics(span.first, span.last, amount=amount, points=points, goods=goods)
            registers = tuple(one.register_id for one in found.points)
            shown = Shown(DRAFT, span, TODAY, registers=registers, only=points == 2)
            picture = evening_picture(language, found, TODAY, title=NAME, is_over=True)
            name = f"{number} {amount} {points} {goods}"
            yield f"{name} card", period_screen(language, shown, found, picture)
            for look in VIEWS:
                yield f"{name} {look}", look_screen(language, replace(shown, view=look), found, picture)
            count = DrawerCount(3, GREAT, 1, NAME[:120], NAME, NOW)
            for mark in Mark:
                closed = view(mark, Kind.SHIFT_CLOSE)
                yield f"{name} {mark}", closed_screen(language, shown, closed, count, found, picture, silent=True)
                yield f"{name} {mark} alone", closed_screen(language, shown, closed, None, None, None, silent=True)
    shown, long_ago = Shown(DRAFT, DaySpan.day(TODAY), TODAY), DaySpan(date(2024, 12, 31), date(2025, 12, 31))
    empty = empty_picture(language, DaySpan.day(TODAY), TODAY, title=NAME)
    yield "empty", said_screen(language, shown, "evening-empty-today", empty)
    words = span_words(language, long_ago, TODAY)
    yield "empty period", said_screen(language, shown, "evening-empty", empty, span=words)
    yield "unreadable", said_screen(language, shown, "evening-unreadable")
    yield "offer", offered_screen(language, shown, long_ago)
    yield "no offer", offered_screen(language, shown, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_fits_its_caption_and_survives_storing(language: str) -> None:
    for name, screen in screens(language):
        assert 0 < units(screen.text) <= CAPTION_UNITS_MAX, name
        text, entities = read_html(screen.text)
        assert "<b>&" in text or "Өскемен" not in text, name
        assert {one["type"] for one in entities} <= {"bold", "code", "expandable_blockquote"}, name
        assert from_body(to_body(screen)) == screen, name
        for row in screen.buttons:
            assert 1 <= len(row) <= 2
            for button in row:
                assert 0 < len(button.text) <= BUTTON_CHARACTERS_MAX, (name, button.text)
                press = unpack(button.data or "")
                assert press is not None and press.action is Action.EVENING and press.subject == DRAFT


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heads_of_a_close_and_its_sums_are_never_left_out(language: str) -> None:
    for points in (1, 30):
        found = statistics(TODAY, TODAY, amount=GREAT, points=points, goods=0)
        shown = Shown(DRAFT, DaySpan.day(TODAY), TODAY, registers=tuple(one.register_id for one in found.points))
        closed = view(Mark.REFUSED, Kind.SHIFT_CLOSE)
        count = DrawerCount(3, GREAT, 1, NAME[:120], NAME, NOW)
        text = closed_screen(language, shown, closed, count, found, None, silent=True).text
        report = closed.document.report
        assert report is not None and report.chain_head in text and closed.document.digest in text
        assert f"{CHAT_MARKS[Mark.REFUSED]} Z-" in text and "23.11 14:32" in text and "0\u00a0₸" in text


def test_the_kazakh_cards_have_no_russian_words() -> None:
    for name, screen in screens("kk"):
        said = [screen.text, *(one.text for row in screen.buttons for one in row)]
        if screen.card is not None:
            figures = [one.name for one in screen.card.figures]
            said += [screen.card.span, screen.card.change, *screen.card.facts, screen.card.empty, *figures]
        words = " ".join(said).lower()
        assert [word for word in (*RUSSIAN_WORDS, "итоги", "чеков", "ноября", "сегодня") if word in words] == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_pictures_can_be_drawn(language: str) -> None:
    for first in (TODAY, TODAY - timedelta(days=200), TODAY - timedelta(days=365)):
        found = statistics(first, TODAY, amount=GREAT, points=3, goods=0)
        picture = evening_picture(language, found, TODAY, title=NAME, is_over=True)
        assert sum(column.total for column in picture.columns) == (
            found.total.revenue if first == TODAY else sum(one.revenue for one in found.by_day.values())
        )
        assert len(render_evening(picture)) < 200_000


@given(st.dictionaries(st.integers(0, 23), st.integers(-GREAT, GREAT)), st.integers(0, 23), st.integers(0, GREAT))
@settings(max_examples=100)
def test_the_columns_are_the_hours_in_the_days_order_and_add_up(hours: dict[int, int], begins: int, was: int) -> None:
    by_hour = {hour: Takings({Kind.SELL: Sums(count=1, sum=sum_, cash=sum_)}) for hour, sum_ in hours.items()}
    whole = statistics(TODAY, TODAY, amount=was, points=1, goods=0)
    found = replace(
        whole, by_hour=by_hour, total=together(by_hour.values()), points=(replace(whole.points[0], day_begins=begins),)
    )
    picture = evening_picture("ru", found, TODAY, title="Дүкен", is_over=True)
    assert picture.total == sum(hours.values())
    assert sum(column.sums.get(PaymentType.CASH, 0) for column in picture.columns) == picture.total
    shown = [(int(column.label) - begins) % 24 for column in picture.columns]
    assert shown == list(range(shown[0], shown[0] + len(shown))) and len(shown) >= 8
    assert sum(column.before or 0 for column in picture.columns) == whole.before.total.revenue


@pytest.mark.parametrize(
    ("now", "before", "words", "sign"),
    [
        (1200, 1000, "20 % к прошлому вторнику", 1),
        (700, 1000, "30 % к прошлому вторнику", -1),
        (1000, 1000, "", 0),
        (1000, 0, "", 0),
        (10**9, 1, "999 % к прошлому вторнику", 1),
    ],
)
def test_a_day_is_compared_with_the_same_weekday_before(now: int, before: int, words: str, sign: int) -> None:
    def sold(amount: int) -> dict[int, Takings]:
        return {9: Takings({Kind.SELL: Sums(count=1, sum=amount, cash=amount)})} if amount else {}

    whole = statistics(TODAY, TODAY, amount=1, points=1, goods=0)
    earlier = Before(whole.before.first, whole.before.last, together(sold(before).values()), sold(before))
    found = replace(whole, by_hour=sold(now), total=together(sold(now).values()), before=earlier)
    picture = evening_picture("ru", found, TODAY, title="Дүкен", is_over=True)
    assert (picture.change, picture.change_sign) == (words, sign)
    unfinished = evening_picture("ru", found, TODAY, title="Дүкен", is_over=False)
    assert (unfinished.change, unfinished.change_sign) == ("", 0)


def span(first: str, last: str | None = None) -> DaySpan:
    return DaySpan(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("итоги", span("2026-11-24")),
        ("Итоги!", span("2026-11-24")),
        ("қорытынды", span("2026-11-24")),
        ("Summary", span("2026-11-24")),
        ("бүгінгі қорытынды", span("2026-11-24")),
        ("итоги за сегодня", span("2026-11-24")),
        ("итоги вчера", span("2026-11-23")),
        ("кеше қорытынды", span("2026-11-23")),
        ("итоги недели", span("2026-11-23", "2026-11-29")),
        ("апта қорытындысы", span("2026-11-23", "2026-11-29")),
        ("summary for the month", span("2026-11-01", "2026-11-30")),
        ("айдың қорытындысы", span("2026-11-01", "2026-11-30")),
        ("итоги 1.11-15.11", span("2026-11-01", "2026-11-15")),
        ("итоги 1-15.11", span("2026-11-01", "2026-11-15")),
        ("итоги с 1.11 по 15.11", span("2026-11-01", "2026-11-15")),
        ("1.11 – 15.11 қорытынды", span("2026-11-01", "2026-11-15")),
        ("итоги 1.11.2025-15.01.2026", span("2025-11-01", "2026-01-15")),
        ("итоги 1.11.25", span("2025-11-01")),
        ("итоги 29.2.2024", span("2024-02-29")),
        ("итоги 25.12-5.1", span("2025-12-25", "2026-01-05")),
        ("итоги 15.11-1.11", span("2026-11-15", "2026-11-01")),
        ("итоги 29.2", None),
        ("итоги 31.11", None),
        ("итоги 800", None),
        ("итоги 0.0", None),
        ("итоги 1.11-2.11-3.11", None),
        ("итоги 1.11.0001", None),
        ("итоги кофе", None),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, found: DaySpan | None) -> None:
    words = period_wish(text)
    assert words is not None
    assert asked_period(words, TODAY).span == found


@pytest.mark.parametrize(
    "text", ["кофе 800", "2 кофе 800 итоги", "итоговый отчёт", "кофе қорытынды", "", "итоги " + "1" * 80, "отчёт"]
)
def test_other_texts_ask_for_no_summary(text: str) -> None:
    assert period_wish(text) is None


def test_days_without_a_year_that_are_to_come_offer_those_of_last_year() -> None:
    coming, gone = span("2026-12-01", "2026-12-15"), span("2025-12-01", "2025-12-15")
    assert asked_period("1.12-15.12", TODAY) == Asked(coming, gone)
    assert asked_period("1.12.2026", TODAY) == Asked(span("2026-12-01"))
    assert asked_period("29.2", date(2028, 1, 1)) == Asked(span("2028-02-29"), span("2027-02-28"))


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_periods(text: str) -> None:
    words = period_wish(f"итоги {text}")
    if words is not None:
        asked = asked_period(words, TODAY)
        assert asked.span is None or asked.span.first.year >= 1999


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 366))
def test_a_period_travels_in_a_buttons_number(first: date, days: int) -> None:
    whole = DaySpan(first, first + timedelta(days=days - 1))
    assert pressed_span(packed_span(whole)) == whole
    press = unpack(f"eve:{DRAFT}:{packed_span(whole)}:{Leaf.SPAN}")
    assert press is not None and pressed_span(press.reading) == whole


@given(st.integers(0, 10**12 - 1))
def test_no_number_breaks_the_reading_of_a_button(number: int) -> None:
    found = pressed_span(number)
    assert found is None or found.first == named_span("day", found.first).first
