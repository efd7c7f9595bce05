"""The chart of the evening card as whole pixels: columns stacked by payment kind, and the line of the day before.

Takings are what came in less what went out, so a column may reach below the zero line; nothing is left out of it: the
signed sums of all parts are the total that stands above the chart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.domain.money import Money, round_half_up
from core.domain.ticket import PaymentType

Level = Callable[[Money], int]
KINDS = tuple(PaymentType)
"""From the zero line outwards."""
STEPS_MAX = 4
COLUMNS_MIN = 8
"""Fewer columns would be as thick as walls: they are given the width of so many."""
COLUMN_SHARE = 70
"""Percent of its place that a column takes."""
COLUMN_WIDTH_MAX = 92


@dataclass(frozen=True, slots=True)
class Column:
    """The takings of one hour (or day, week, month) by payment kind, in tiyn, and those of the same time ``before``."""

    label: str
    sums: dict[PaymentType, Money]
    before: Money | None = None

    @property
    def total(self) -> Money:
        """All kinds together, signed."""
        return sum(self.sums.values())


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart has its place, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Part:
    """One kind's part of a column, in pixels; ``is_end`` marks the one farthest from zero on its side."""

    kind: PaymentType
    left: int
    top: int
    right: int
    bottom: int
    is_end: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: ``grid`` holds (height, amount), ``labels`` (middle, words), ``line`` runs of neighbours."""

    zero: int
    parts: tuple[Part, ...]
    grid: tuple[tuple[int, Money], ...]
    labels: tuple[tuple[int, str], ...]
    line: tuple[tuple[tuple[int, int], ...], ...]


def chart_of(columns: tuple[Column, ...], frame: Frame) -> Chart:
    """The chart in its frame. A sum of ``n`` tiyn is ``n · height / span`` pixels high, to the nearest pixel."""
    low, high, step = _span(columns)
    height = frame.bottom - frame.top

    def level(amount: Money) -> int:
        return frame.bottom - round_half_up((amount - low) * height, high - low)

    place = (frame.right - frame.left) // max(len(columns), 1)
    width = max(2, min(COLUMN_WIDTH_MAX, place * COLUMN_SHARE // 100))
    if len(columns) < COLUMNS_MIN:
        width = min(width, (frame.right - frame.left) // COLUMNS_MIN * COLUMN_SHARE // 100)
    middles = [
        frame.left + (2 * number + 1) * (frame.right - frame.left) // (2 * len(columns))
        for number in range(len(columns))
    ]
    parts: list[Part] = []
    for column, middle in zip(columns, middles, strict=True):
        parts += _parts(column, middle - width // 2, width, level)
    return Chart(
        zero=level(0),
        parts=tuple(parts),
        grid=tuple((level(amount), amount) for amount in range(low, high + 1, step)),
        labels=tuple((middle, column.label) for column, middle in zip(columns, middles, strict=True)),
        line=_line(columns, middles, level),
    )


def _parts(column: Column, left: int, width: int, level: Level) -> list[Part]:
    """Positive sums stand on the zero line, negative ones hang from it; edges are levels of running sums, so that
    rounding never adds up.
    """
    made: list[Part] = []
    for sign in (1, -1):
        reached, mine = 0, [(kind, column.sums.get(kind, 0)) for kind in KINDS]
        mine = [(kind, amount) for kind, amount in mine if amount * sign > 0]
        for number, (kind, amount) in enumerate(mine, start=1):
            edges = sorted((level(reached), level(reached + amount)))
            reached += amount
            made.append(Part(kind, left, edges[0], left + width, edges[1], is_end=number == len(mine)))
    return made


def _line(columns: tuple[Column, ...], middles: list[int], level: Level) -> tuple[tuple[tuple[int, int], ...], ...]:
    """A time that nothing is known of before parts the line."""
    runs: list[list[tuple[int, int]]] = [[]]
    for column, middle in zip(columns, middles, strict=True):
        if column.before is None:
            runs.append([])
        else:
            runs[-1].append((middle, level(column.before)))
    return tuple(tuple(run) for run in runs if run)


def _span(columns: tuple[Column, ...]) -> tuple[Money, Money, Money]:
    """The lowest and the highest amount of the scale, and its step: round amounts around everything that is drawn."""
    tops, bottoms = [0], [0]
    for column in columns:
        tops.append(sum(amount for amount in column.sums.values() if amount > 0))
        bottoms.append(sum(amount for amount in column.sums.values() if amount < 0))
        if column.before is not None:
            (tops if column.before > 0 else bottoms).append(column.before)
    highest, lowest = max(tops), min(bottoms)
    step = _step(max(highest - lowest, 1))
    low, high = -(-lowest // step) * step, -(-highest // step) * step
    if lowest < 0:
        low = lowest // step * step
    return low, max(high, low + step), step


def _step(span: Money) -> Money:
    """1, 2 or 5 times a power of ten whole tenge, so that a few steps hold the span."""
    unit = 100
    while True:
        for times in (1, 2, 5):
            if unit * times * STEPS_MAX >= span:
                return unit * times
        unit *= 10
