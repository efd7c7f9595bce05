"""The evening card's picture: the total large, what it is made of, and when it was taken. 1280 × 720, for a phone.

Everything it says comes as finished words; only lengths are decided here: what has no room is set smaller, never cut
off, and data that would become too small to read ends in dots.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from core.domain.money import Money
from core.domain.ticket import PaymentType
from core.receipt.measure import width_of
from core.receipt.picture import font
from core.receipt.words import NBSP, clean
from core.reports.evening_chart import Chart, Column, Frame, Part, chart_of

WIDTH, HEIGHT = 1280, 720
PAPER, INK, SOFT, GRID, ZERO = "#fffdf8", "#241f1a", "#756b5e", "#ece4d6", "#a89c8a"
GREEN, RED = "#14794a", "#b3362c"
COLOURS = {PaymentType.CASH: "#2f9e6e", PaymentType.CARD: "#3f7fd6", PaymentType.MOBILE: "#f0a13a"}
MARGIN = 48
FRAME = Frame(left=MARGIN + 134, top=408, right=WIDTH - MARGIN, bottom=640)
SMOOTH = 2
"""Shapes are drawn so many times larger and then made smaller: that rounds their edges."""
DOT_SMOOTH = 4
ROUND = 8
TITLE_SIZE, SPAN_SIZE, TOTAL_SIZE, SIDE_SIZE = 46, 37, 122, 40
NAME_SIZE, SUM_SIZE, EMPTY_SIZE = 35, 42, 46
SIDE_MIN, SIDE_GAP, SIDE_LINES = 380, 40, (250, 198)
SPAN_SHARE, ARROW_ROOM = 55, 38
LABEL_SIZE, LABEL_GAP, SCALE_GAP = 33, 14, 14
SIZE_SHARE_MIN = 55
"""Percent: set any smaller, words are not read on a phone."""
COLOURS_MAX = 128


@dataclass(frozen=True, slots=True)
class Figure:
    """A name and its amount in tiyn under the total; ``kind`` gives it a colour, none makes it the line's."""

    name: str
    amount: Money
    kind: PaymentType | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the picture shows. ``facts`` are at most two short lines, ``change`` compares with the day before and
    ``change_sign`` says how it turned out; ``empty`` stands in the middle if there are no columns; ``scale`` names
    thousands, millions, milliards.
    """

    title: str
    span: str
    total: Money
    facts: tuple[str, ...]
    change: str
    change_sign: int
    figures: tuple[Figure, ...]
    columns: tuple[Column, ...]
    empty: str
    scale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Between which edges words came to stand."""

    left: int
    right: int


def to_facts(picture: Picture) -> dict[str, Any]:
    """The picture as JSON facts, to be drawn when its message is sent."""
    return asdict(picture)


def from_facts(facts: dict[str, Any]) -> Picture:
    """The picture of such facts; raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is none."""
    figures = tuple(
        Figure(one["name"], one["amount"], None if one["kind"] is None else PaymentType(one["kind"]))
        for one in facts["figures"]
    )
    columns = tuple(
        Column(one["label"], {PaymentType(kind): amount for kind, amount in one["sums"].items()}, one["before"])
        for one in facts["columns"]
    )
    tuples = {name: tuple(facts[name]) for name in ("facts", "scale")}
    return Picture(**{**facts, "figures": figures, "columns": columns, **tuples})


def render_evening(picture: Picture) -> bytes:
    """The picture as PNG. Costs tens of milliseconds: not for the event loop."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _head(pen, picture)
    _figures(pen, picture.figures)
    chart = chart_of(picture.columns, FRAME)
    _grid(pen, chart, picture)
    if picture.empty and not picture.columns:
        middle = ((FRAME.left + FRAME.right) // 2, (FRAME.top + FRAME.bottom) // 2)
        _fitted(pen, middle, picture.empty, EMPTY_SIZE, SOFT, FRAME.right - FRAME.left, bold=False, anchor="mm")
    _shapes(image, chart)
    _labels(pen, chart)
    out = BytesIO()
    # the tables of colours are made for what is there, so that smooth edges stay smooth
    image.quantize(COLOURS_MAX, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _head(pen: ImageDraw.ImageDraw, picture: Picture) -> None:
    """Whose day it was on the left, how it compares on the right, and the total over the whole width."""
    left, right = MARGIN, WIDTH - MARGIN
    _fitted(pen, (left, 70), picture.title, TITLE_SIZE, INK, right - left)
    span_room = (right - left) * (SPAN_SHARE if picture.change else 100) // 100
    span = _fitted(pen, (left, 126), picture.span, SPAN_SIZE, SOFT, span_room, bold=False)
    _change(pen, picture, right, 126, right - span.right - SIDE_GAP)
    ink = RED if picture.total < 0 else INK
    drawn = _fitted(pen, (left, 250), sum_words(picture.total), TOTAL_SIZE, ink, right - left - SIDE_MIN - SIDE_GAP)
    side = right - drawn.right - SIDE_GAP
    for line, fact in zip(SIDE_LINES, reversed(picture.facts), strict=False):
        _fitted(pen, (right, line), fact, SIDE_SIZE, SOFT, side, bold=False, anchor="rs")


def _change(pen: ImageDraw.ImageDraw, picture: Picture, right: int, line: int, room: int) -> None:
    """How it turned out, with an arrow that says which way."""
    ink = {1: GREEN, -1: RED}.get(picture.change_sign, SOFT)
    words = _fitted(pen, (right, line), picture.change, SPAN_SIZE, ink, room - ARROW_ROOM, anchor="rs")
    if picture.change_sign:
        _arrow(pen, words.left - ARROW_ROOM, line - 13, 13, ink, up=picture.change_sign > 0)


@cache
def _dot(side: int) -> Image.Image:
    """A smooth round mark of the legend."""
    dot = Image.new("L", (side * DOT_SMOOTH, side * DOT_SMOOTH), 0)
    ImageDraw.Draw(dot).ellipse((0, 0, side * DOT_SMOOTH - 1, side * DOT_SMOOTH - 1), 255)
    return dot.reduce(DOT_SMOOTH)


def _arrow(pen: ImageDraw.ImageDraw, left: int, middle: int, half: int, ink: str, *, up: bool) -> None:
    tip, foot = (middle - half, middle + half) if up else (middle + half, middle - half)
    pen.polygon(((left, foot), (left + 2 * half, foot), (left + half, tip)), ink)


def _figures(pen: ImageDraw.ImageDraw, figures: tuple[Figure, ...]) -> None:
    """Equal places under the total: the colour, the name, the sum."""
    if not figures:
        return
    room = (WIDTH - 2 * MARGIN) // max(len(figures), 3)
    for place, figure in enumerate(figures):
        left = MARGIN + place * room
        if figure.kind is None:
            pen.line((left, 309, left + 38, 309), INK, 5)
            pen.bitmap((left + 10, 300), _dot(18), INK)
        else:
            pen.bitmap((left, 294), _dot(30), COLOURS[figure.kind])
        name_left = left + (48 if figure.kind is None else 40)
        _fitted(pen, (name_left, 321), figure.name, NAME_SIZE, SOFT, left + room - 16 - name_left, bold=False)
        _fitted(pen, (left, 370), sum_words(figure.amount), SUM_SIZE, INK, room - 20)


def _grid(pen: ImageDraw.ImageDraw, chart: Chart, picture: Picture) -> None:
    for height, amount in chart.grid:
        pen.line((FRAME.left, height, FRAME.right, height), ZERO if amount == 0 else GRID, 2)
        if picture.columns or amount == 0:
            words = scale_words(amount, picture.scale)
            room = FRAME.left - SCALE_GAP - MARGIN // 2
            _fitted(pen, (FRAME.left - SCALE_GAP, height), words, LABEL_SIZE, SOFT, room, bold=False, anchor="rm")


def _shapes(image: Image.Image, chart: Chart) -> None:
    """Columns and the line over them, smooth."""
    box = (FRAME.left, FRAME.top - 8, FRAME.right, FRAME.bottom + 8)
    layer = image.crop(box).resize(((box[2] - box[0]) * SMOOTH, (box[3] - box[1]) * SMOOTH), Image.Resampling.NEAREST)
    pen = ImageDraw.Draw(layer)
    for part in chart.parts:
        _part(pen, part, chart.zero, box)
    for run in chart.line:
        points = [((x - box[0]) * SMOOTH, (y - box[1]) * SMOOTH) for x, y in run]
        for ink, thick, dot in ((PAPER, 10, 13), (INK, 5, 9)):
            if len(points) > 1:
                pen.line(points, ink, thick * SMOOTH, joint="curve")
            for x, y in points:
                reach = dot * SMOOTH // 2 + SMOOTH
                pen.ellipse((x - reach, y - reach, x + reach, y + reach), ink)
    image.paste(layer.reduce(SMOOTH), box[:2])


def _part(pen: ImageDraw.ImageDraw, part: Part, zero: int, box: tuple[int, int, int, int]) -> None:
    """One part of a column; the end that is farthest from zero is round as far as its height lets it be."""
    if part.top == part.bottom:
        return
    shape = (
        (part.left - box[0]) * SMOOTH,
        (part.top - box[1]) * SMOOTH,
        (part.right - box[0]) * SMOOTH - 1,
        (part.bottom - box[1]) * SMOOTH - 1,
    )
    up = part.bottom <= zero
    corners = (up, up, not up, not up) if part.is_end else (False,) * 4
    radius = min(ROUND, part.bottom - part.top, (part.right - part.left) // 2) * SMOOTH
    pen.rounded_rectangle(shape, radius, COLOURS[part.kind], corners=corners)


def _labels(pen: ImageDraw.ImageDraw, chart: Chart) -> None:
    """Under the columns; of many only every second, third … so that none touches its neighbour."""
    if not chart.labels:
        return
    widest = max(width_of(words, LABEL_SIZE) for _, words in chart.labels) + LABEL_GAP
    room = (FRAME.right - FRAME.left) / len(chart.labels)
    every = next(step for step in range(1, len(chart.labels) + 1) if step == len(chart.labels) or step * room >= widest)
    for middle, words in chart.labels[::every]:
        place = min(max(middle, FRAME.left), WIDTH - MARGIN // 2 - int(width_of(words, LABEL_SIZE)) // 2)
        pen.text((place, 690), words, SOFT, font(False, LABEL_SIZE), anchor="ms")


def _fitted(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    size: int,
    ink: str,
    room: int,
    *,
    bold: bool = True,
    anchor: str = "ls",
) -> _Drawn:
    """One line, set smaller if it would not fit, and ended with dots if that were too small."""
    text = clean(text)
    wide = width_of(text, size, bold=bold)
    least = size * SIZE_SHARE_MIN // 100
    fitting = size if wide <= room else max(least, int(size * room / wide))
    while len(text) > 1 and width_of(text, fitting, bold=bold) > room:
        text = text[:-2].rstrip() + "…"
    pen.text(at, text, ink, font(bold, fitting), anchor=anchor)
    wide = width_of(text, fitting, bold=bold)
    left = at[0] - int(wide) if anchor[0] == "r" else at[0]
    return _Drawn(left, left + int(wide))


def sum_words(amount: Money) -> str:
    """``1 950 ₸``, ``0,50 ₸``: tiyn only where there are some."""
    whole, part = divmod(abs(amount), 100)
    words = f"{whole:,}".replace(",", NBSP) + (f",{part:02d}" if part else "")
    return f"{'−' if amount < 0 else ''}{words}{NBSP}₸"


def scale_words(amount: Money, scale: tuple[str, ...]) -> str:
    """An amount of the scale, which is round: ``500``, ``20 тыс``, ``1,5 млн``."""
    whole, words = abs(amount) // 100, ""
    for power in range(len(scale), 0, -1):
        if whole >= 1000**power:
            thousandths = whole * 1000 // 1000**power
            whole, rest = divmod(thousandths, 1000)
            words = (f",{rest:03d}".rstrip("0") if rest else "") + NBSP + scale[power - 1]
            break
    return f"{'−' if amount < 0 else ''}{whole}{words}"
