"""Draws a paper as it would lie on the counter: thermal white, letters of 12 × 24 dots at 203 dpi."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont

from sandbox.printer.roll import (
    CELL_HEIGHT_DOTS,
    CELL_WIDTH_DOTS,
    Align,
    Feed,
    Item,
    Picture,
    QrCode,
    Run,
    TextLine,
    Torn,
)

DPI: Final = 203
SIDE_DOTS: Final = 32
HEAD_DOTS: Final = 36
FOOT_DOTS: Final = 44
PAPER: Final = 253
INK: Final = 22
FONT_DOTS: Final = 20
BOLD_FONT_DOTS: Final = 19  # bold letters fill their cells and would run together
BASELINE_DOTS: Final = 19
QUIET_MODULES: Final = 4


def draw(torn: Torn, width_dots: int) -> bytes:
    """The paper as PNG. Costs tens of milliseconds: not for the event loop."""
    bands = [_band(item, width_dots) for item in torn.items]
    height = sum(band.height for band in bands) + HEAD_DOTS + FOOT_DOTS
    sheet = Image.new("L", (width_dots + 2 * SIDE_DOTS, height), PAPER)
    top = HEAD_DOTS
    for band in bands:
        sheet.paste(band, (SIDE_DOTS, top))
        top += band.height
    if not torn.whole:
        _tear(sheet)
    out = BytesIO()
    sheet.save(out, "PNG", dpi=(DPI, DPI))
    return out.getvalue()


def _band(item: Item, width_dots: int) -> Image.Image:
    match item:
        case TextLine():
            return _text(item, width_dots)
        case QrCode():
            return _placed(_qr(item), item.align, width_dots)
        case Picture():
            return _placed(_bits(item), item.align, width_dots)
        case Feed():
            return Image.new("L", (width_dots, max(1, item.height_dots)), PAPER)


def _text(line: TextLine, width_dots: int) -> Image.Image:
    band = Image.new("L", (width_dots, line.height_dots), PAPER)
    x = _left_edge(line.align, width_dots - line.width_dots)
    high = max((run.high for run in line.runs), default=1)
    for run in line.runs:
        ink, ground = (PAPER, INK) if run.inverted else (INK, PAPER)
        cells = _letters(run, ink, ground)
        if run.underlined:
            ImageDraw.Draw(cells).rectangle((0, cells.height - 3, cells.width, cells.height - 2), ink)
        band.paste(cells, (x, (high - run.high) * CELL_HEIGHT_DOTS))
        x += cells.width
    return band


def _letters(run: Run, ink: int, ground: int) -> Image.Image:
    """Letters in their cells, drawn at their larger side and pressed to the other."""
    size = max(run.wide, run.high)
    cells = Image.new("L", (len(run.text) * CELL_WIDTH_DOTS * size, CELL_HEIGHT_DOTS * size), ground)
    pen = ImageDraw.Draw(cells)
    for index, character in enumerate(run.text):
        at = ((index + 0.5) * CELL_WIDTH_DOTS * size, BASELINE_DOTS * size)
        pen.text(at, character, ink, _font(run.bold, size), anchor="ms")
    if run.wide == run.high:
        return cells
    return cells.resize((run.width_dots, CELL_HEIGHT_DOTS * run.high))


def _left_edge(align: Align, free_dots: int) -> int:
    return max(0, {"left": 0, "center": free_dots // 2, "right": free_dots}[align])


def _qr(item: QrCode) -> Image.Image:
    code = segno.make(item.data, error=item.correction, boost_error=False, micro=False, encoding="utf-8")
    out = BytesIO()
    code.save(out, kind="png", scale=item.module_dots, border=QUIET_MODULES)
    drawn = Image.open(out).convert("L")
    return drawn.point(lambda level: PAPER if level > 127 else INK)


def _bits(item: Picture) -> Image.Image:
    row_bytes = -(-item.width_dots // 8)
    bits = Image.frombytes("1", (row_bytes * 8, item.height_dots), item.bits).convert("L")
    return bits.point(lambda level: INK if level else PAPER).crop((0, 0, item.width_dots, item.height_dots))


def _placed(drawn: Image.Image, align: Align, width_dots: int) -> Image.Image:
    band = Image.new("L", (width_dots, drawn.height), PAPER)
    band.paste(drawn, (_left_edge(align, width_dots - drawn.width), 0))
    return band


def _tear(sheet: Image.Image) -> None:
    """A jagged lower edge: this paper was torn off, not cut."""
    pen = ImageDraw.Draw(sheet)
    step = 16
    for x in range(0, sheet.width, step):
        base = sheet.height
        pen.polygon([(x, base), (x + step // 2, base - step), (x + step, base)], fill=150)


@lru_cache(maxsize=16)
def _font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf"
    data = files("printer_bridge.fonts").joinpath(name).read_bytes()
    dots = (BOLD_FONT_DOTS if bold else FONT_DOTS) * size
    return ImageFont.truetype(BytesIO(data), dots, layout_engine=ImageFont.Layout.BASIC)
