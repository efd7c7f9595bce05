"""A paper laid out in points, ready to be drawn: what stands where. PDF and PNG draw exactly this and nothing else.

Lengths are points (1/72 inch); ``y`` grows downwards from the top of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

from core.receipt.blocks import Align

MM = 72 / 25.4


class Tone(Enum):
    """Shades of ink; the value is the lightness, 0 black to 255 white."""

    INK = 0x1C
    SOFT = 0x5A
    LINE = 0x9A
    GHOST = 0xEE


@dataclass(frozen=True, slots=True)
class Word:
    """Text at a place; ``x`` is its left edge, middle or right edge by ``align``, ``y`` its base line."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    align: Align = "left"
    tone: Tone = Tone.INK


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line through points; dashed ones are rules."""

    points: tuple[tuple[float, float], ...]
    width: float
    tone: Tone = Tone.INK
    dashed: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: dark modules row by row in a square of ``side``, with a white border ``quiet`` wide around it."""

    x: float
    y: float
    side: float
    quiet: float
    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Ghost:
    """Pale words across the page, behind everything: practice."""

    text: str
    size: float


Drawn: TypeAlias = Word | Stroke | Code | Ghost


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a sheet."""

    height: float
    drawn: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole paper; only A4 and papers longer than a PDF page may be have more than one page."""

    width: float
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The format: its width, the column that is printed on, the size of plain text, and how high a page may be.

    ``page_height`` is ``None`` for a roll: a page is then as high as what stands on it.
    """

    width: float
    column: float
    text_size: float
    code_side: float
    margin: float
    page_height: float | None = None


PaperName = Literal["58", "80", "a4"]
PAPERS: dict[str, Paper] = {
    "58": Paper(58 * MM, 52 * MM, 7.4, 30 * MM, 4 * MM),
    "80": Paper(80 * MM, 70 * MM, 8.6, 34 * MM, 6 * MM),
    "a4": Paper(210 * MM, 112 * MM, 8.8, 32 * MM, 13 * MM, 297 * MM),
}
ROLL_PAGE_HEIGHT_MAX = 14000.0
"""A PDF page is at most 14 400 points high; a longer roll goes on on a second page."""
