"""A layout as a PNG picture for chats: the sheet at twice the dots of a screen, in shades of grey."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import assert_never

from PIL import Image, ImageDraw, ImageFont

from core.receipt.blocks import Layout
from core.receipt.fonts import BOLD, REGULAR, font_bytes
from core.receipt.pdf import GHOST_ANGLE, GHOST_STEP, WHITE
from core.receipt.sheet import Code, Drawn, Ghost, Page, PaperName, Sheet, Stroke, Tone, Word
from core.receipt.typeset import dark_runs, typeset

SCALE = 2 * 96 / 72
"""Pixels for a point: twice the 96 to the inch that screens call one."""
HEIGHT_PIXELS_MAX = 30_000
SHADES = 16
SHADE_OF = [round(light * (SHADES - 1) / WHITE) for light in range(WHITE + 1)]
PALETTE = [shade * WHITE // (SHADES - 1) for shade in range(SHADES) for _ in "rgb"]
RUNS = 3
"""zlib's strategy for runs of equal bytes: made for pictures that are mostly paper."""
GHOSTS_KEPT_MAX = 8
DASH_POINTS = 1.6
END_POINTS = 12.0
FONTS_KEPT_MAX = 64
ANCHORS = {"left": "ls", "center": "ms", "right": "rs"}


def render_picture(layout: Layout, paper: PaperName) -> bytes:
    """The paper as PNG, pages one below the other. Costs tens of milliseconds: not for the event loop.

    A paper longer than ``HEIGHT_PIXELS_MAX`` is drawn smaller as a whole rather than cut.
    """
    sheet = typeset(layout, paper)
    *pages, last = sheet.pages
    pages.append(_without_its_empty_end(last))
    height = sum(page.height for page in pages)
    scale = min(SCALE, HEIGHT_PIXELS_MAX / height)
    picture = Image.new("L", (round(sheet.width * scale), round(height * scale)), WHITE)
    top = 0.0
    for page in pages:
        _Pen(picture, scale, top).page(page, sheet)
        top += page.height
    return encoded(picture)


def encoded(picture: Image.Image) -> bytes:
    """PNG bytes in sixteen shades of grey: half the bytes to squeeze, and no eye tells the difference."""
    shades = picture.point(SHADE_OF)
    shades.putpalette(PALETTE)
    out = BytesIO()
    shades.save(out, "PNG", bits=4, compress_type=RUNS)
    return out.getvalue()


def _without_its_empty_end(page: Page) -> Page:
    """In a chat nobody needs the white rest of an A4 page."""
    lowest = max(_bottom(one) for one in page.drawn)
    return Page(min(page.height, lowest + END_POINTS), page.drawn)


def _bottom(one: Drawn) -> float:
    match one:
        case Word(y=y, size=size):
            return y + size
        case Stroke(points=points):
            return max(down for _, down in points)
        case Code(y=y, side=side, quiet=quiet):
            return y + side + quiet
        case Ghost():
            return 0.0
        case _:
            assert_never(one)


@lru_cache(maxsize=FONTS_KEPT_MAX)
def font(bold: bool, pixels: float) -> ImageFont.FreeTypeFont:
    """The fonts of pictures by size; the layout engine is the plain one, so that every machine sets alike."""
    data = BytesIO(font_bytes(BOLD if bold else REGULAR))
    return ImageFont.truetype(data, pixels, layout_engine=ImageFont.Layout.BASIC)


class _Pen:
    """Draws one page at its place in the picture."""

    def __init__(self, picture: Image.Image, scale: float, top: float) -> None:
        self._picture = picture
        self._draw = ImageDraw.Draw(picture)
        self._scale = scale
        self._top = top

    def page(self, page: Page, sheet: Sheet) -> None:
        for one in page.drawn:
            self._one(one, sheet, page)

    def _one(self, one: Drawn, sheet: Sheet, page: Page) -> None:
        match one:
            case Word():
                face = font(one.bold, one.size * self._scale)
                self._draw.text(self._at(one.x, one.y), one.text, one.tone.value, face, anchor=ANCHORS[one.align])
            case Stroke():
                self._stroke(one)
            case Code():
                self._code(one)
            case Ghost():
                self._ghost(one, sheet.width, page.height)
            case _:
                assert_never(one)

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return round(x * self._scale), round((y + self._top) * self._scale)

    def _stroke(self, stroke: Stroke) -> None:
        points = [self._at(x, y) for x, y in (*stroke.points, *(stroke.points[:1] if stroke.closed else ()))]
        width = max(1, round(stroke.width * self._scale))
        if not stroke.dashed:
            self._draw.line(points, stroke.tone.value, width, joint="curve")
            return
        (left, y), (right, _) = points
        dash = round(DASH_POINTS * self._scale)
        for x in range(left, right, 2 * dash):
            self._draw.line(((x, y), (min(right, x + dash - 1), y)), stroke.tone.value, width)

    def _code(self, code: Code) -> None:
        """Modules of whole pixels, in the middle of their place: scanners and scaling both want it."""
        module = max(1, round(code.side * self._scale / len(code.rows)))
        middle_x, middle_y = self._at(code.x + code.side / 2, code.y + code.side / 2)
        half, quiet = module * len(code.rows) // 2, round(code.quiet * self._scale)
        left, top = middle_x - half, middle_y - half
        self._draw.rectangle((left - quiet, top - quiet, middle_x + half + quiet, middle_y + half + quiet), WHITE)
        for line, row in enumerate(code.rows):
            y = top + line * module
            for start, length in dark_runs(row):
                x = left + start * module
                self._draw.rectangle((x, y, x + length * module - 1, y + module - 1), 0)

    def _ghost(self, ghost: Ghost, width: float, height: float) -> None:
        turned = _turned(ghost.text, ghost.size * self._scale)
        step = ghost.size * GHOST_STEP
        for line in range(int(height / step) + 1):
            x, y = self._at(width / 2, (line + 0.5) * step)
            place = (x - turned.width // 2, y - turned.height // 2)
            self._picture.paste(Tone.GHOST.value, place, turned)


@lru_cache(maxsize=GHOSTS_KEPT_MAX)
def _turned(text: str, pixels: float) -> Image.Image:
    """Words turned by the angle of the ghost; turning costs more than a receipt, and the words are always the same."""
    face = font(True, pixels)
    left, top, right, bottom = (int(edge) for edge in face.getbbox(text))
    words = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(words).text((-left, -top), text, WHITE, face)
    return words.rotate(GHOST_ANGLE, Image.Resampling.BICUBIC, expand=True)
