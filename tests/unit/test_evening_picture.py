"""The evening card's picture: what is drawn is what was taken, and nothing of it is cut off."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from core.domain.ticket import PaymentType
from core.reports.evening_chart import Chart, Column, chart_of
from core.reports.evening_picture import (
    COLOURS,
    FRAME,
    HEIGHT,
    INK,
    PAPER,
    WIDTH,
    Figure,
    Picture,
    from_facts,
    render_evening,
    scale_words,
    sum_words,
    to_facts,
)

CASH, CARD, MOBILE = PaymentType
SCALE = ("тыс", "млн", "млрд")
LONG = "«Өскеменқұрылысматериалдарысаудаүйі» " * 12
MARGIN_KEPT = 20

amounts = st.integers(-(10**14), 10**14)
columns = st.lists(
    st.builds(
        Column,
        st.text(max_size=6),
        st.dictionaries(st.sampled_from(list(PaymentType)), amounts),
        st.none() | amounts,
    ),
    max_size=60,
).map(tuple)


def picture(*drawn: Column, **other: object) -> Picture:
    whole = Picture(
        title="Айгүлдің дүкені",
        span="24 қараша, сейсенбі",
        total=sum(one.total for one in drawn),
        facts=("Чек саны: 3", "орташа 1 950 ₸"),
        change="12 % өткен сейсенбіге қарағанда",
        change_sign=1,
        figures=tuple(Figure(str(kind), sum(one.sums.get(kind, 0) for one in drawn), kind) for kind in PaymentType),
        columns=drawn,
        empty="",
        scale=SCALE,
    )
    return replace(whole, **other)  # type: ignore[arg-type]


def pixels(drawn: Picture) -> Image.Image:
    image = Image.open(BytesIO(render_evening(drawn)))
    assert image.size == (WIDTH, HEIGHT)
    return image.convert("RGB")


def per_pixel(chart: Chart) -> tuple[int, int]:
    """So many tiyn are so many pixels, by the two ends of the scale that people read."""
    (low_y, low), (high_y, high) = chart.grid[0], chart.grid[-1]
    return high - low, low_y - high_y


@given(columns)
@settings(max_examples=200)
def test_every_part_is_as_high_as_its_sum_to_the_pixel(drawn: tuple[Column, ...]) -> None:
    chart = chart_of(drawn, FRAME)
    tiyn, high = per_pixel(chart)
    expected = [
        (number, kind, amount)
        for number, column in enumerate(drawn)
        for sign in (1, -1)
        for kind in PaymentType
        if (amount := column.sums.get(kind, 0)) * sign > 0
    ]
    assert [part.kind for part in chart.parts] == [kind for _, kind, _ in expected]
    for part, (_, _, amount) in zip(chart.parts, expected, strict=True):
        assert abs((part.bottom - part.top) * tiyn - abs(amount) * high) <= tiyn
        assert (part.bottom <= chart.zero) if amount > 0 else (part.top >= chart.zero)


@given(columns)
@settings(max_examples=200)
def test_the_ends_of_a_column_are_its_sums_and_rounding_does_not_add_up(drawn: tuple[Column, ...]) -> None:
    chart = chart_of(drawn, FRAME)
    tiyn, high = per_pixel(chart)
    for middle, column in zip((one[0] for one in chart.labels), drawn, strict=True):
        parts = [one for one in chart.parts if one.left <= middle <= one.right]
        for sign, reach in (
            (1, chart.zero - min((one.top for one in parts), default=chart.zero)),
            (-1, max((one.bottom for one in parts), default=chart.zero) - chart.zero),
        ):
            whole = sum(amount for amount in column.sums.values() if amount * sign > 0)
            assert abs(max(reach, 0) * tiyn - abs(whole) * high) <= tiyn


@given(columns)
@settings(max_examples=200)
def test_nothing_of_a_chart_leaves_its_frame_and_no_column_touches_its_neighbour(drawn: tuple[Column, ...]) -> None:
    chart = chart_of(drawn, FRAME)
    for part in chart.parts:
        assert FRAME.left <= part.left < part.right <= FRAME.right and FRAME.top <= part.top <= FRAME.bottom
        assert part.bottom <= FRAME.bottom
    lefts = sorted({part.left: part.right for part in chart.parts}.items())
    assert all(right <= left for (_, right), (left, _) in pairwise(lefts))
    points = [point for run in chart.line for point in run]
    assert all(FRAME.left <= x <= FRAME.right and FRAME.top <= y <= FRAME.bottom for x, y in points)
    assert len(points) == sum(one.before is not None for one in drawn)
    assert 2 <= len(chart.grid) <= 7 and any(amount == 0 for _, amount in chart.grid)


def test_the_colours_on_the_picture_are_as_high_as_the_sums_say() -> None:
    sums = {CASH: 30_000_00, CARD: 10_000_00, MOBILE: 20_000_00}
    image = pixels(picture(Column("9", sums), Column("10", {CASH: -15_000_00}), Column("11", {})))
    chart = chart_of((Column("9", sums), Column("10", {CASH: -15_000_00}), Column("11", {})), FRAME)
    tiyn, high = per_pixel(chart)
    middles = [middle for middle, _ in chart.labels]
    for kind, amount in sums.items():
        assert abs(height_of(image, middles[0], kind) - amount * high / tiyn) <= 3
    assert abs(height_of(image, middles[1], CASH) - 15_000_00 * high / tiyn) <= 3
    assert all(height_of(image, middles[2], kind) == 0 for kind in PaymentType)


def height_of(image: Image.Image, x: int, kind: PaymentType) -> int:
    """Pixels of this kind's colour from top to bottom of the chart."""
    wanted = ImageColor.getrgb(COLOURS[kind])
    column = [image.getpixel((x, y)) for y in range(FRAME.top - 4, FRAME.bottom + 4)]
    return sum(is_like(one, wanted) for one in column)


def is_like(one: object, other: tuple[int, ...]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(mine - theirs) <= 12 for mine, theirs in zip(one, other, strict=True))


def test_the_day_before_is_a_line_over_the_columns() -> None:
    drawn = tuple(Column(str(hour), {CASH: 100_00}, 50_00) for hour in range(9, 17))
    chart = chart_of(drawn, FRAME)
    image = pixels(picture(*drawn))
    (run,) = chart.line
    for x, y in run:
        assert is_like(image.getpixel((x, y)), ImageColor.getrgb(INK))
    without = pixels(picture(*(replace(one, before=None) for one in drawn)))
    assert not any(is_like(without.getpixel(point), ImageColor.getrgb(INK)) for point in run)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_is_cut_off_however_long_the_words_and_however_great_the_sums(language: str) -> None:
    great = 999_999_999_999_99
    drawn = tuple(Column(f"{hour:02d} {language}", dict.fromkeys(PaymentType, great), great) for hour in range(31))
    names = tuple(Figure(LONG, great, kind) for kind in (*PaymentType, None))
    hostile = picture(*drawn, title=LONG, span=LONG, facts=(LONG, LONG), change=LONG, figures=names)
    nothing = picture(empty=LONG, title="\u202e\0\n" * 9)
    for one in (hostile, replace(hostile, total=-great * 31, change_sign=-1), nothing):
        image = pixels(one)
        paper = ImageColor.getrgb(PAPER)
        for box in (
            (0, 0, WIDTH, MARGIN_KEPT),
            (0, HEIGHT - MARGIN_KEPT, WIDTH, HEIGHT),
            (0, 0, MARGIN_KEPT, HEIGHT),
            (WIDTH - MARGIN_KEPT, 0, WIDTH, HEIGHT),
        ):
            colours = image.crop(box).getcolors()
            assert colours is not None and all(is_like(colour, paper) for _, colour in colours), (one.title[:9], box)


def test_a_picture_waits_as_json_and_is_the_same_afterwards() -> None:
    drawn = picture(Column("9", {CASH: 1, MOBILE: -5}, None), Column("10", {}, 7))
    drawn = replace(drawn, figures=(*drawn.figures, Figure("17 қараша", 7)))
    again = from_facts(json.loads(json.dumps(to_facts(drawn))))
    assert again == drawn
    assert render_evening(again) == render_evening(drawn)


def test_sums_and_scales_are_written_as_people_read_them() -> None:
    assert sum_words(195_000) == "1\u00a0950\u00a0₸" and sum_words(-50) == "−0,50\u00a0₸"
    shown = [scale_words(tenge * 100, SCALE) for tenge in (0, 500, 20_000, 1_500_000, 2_000_000_000, -50_000)]
    assert shown == ["0", "500", "20\u00a0тыс", "1,5\u00a0млн", "2\u00a0млрд", "−50\u00a0тыс"]
