"""Lines drawn as pictures: for letters that no code page of the printer holds."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from math import ceil
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from printer_bridge.letters import cells, character_cells
from printer_bridge.lines import Line

CELL_WIDTH_DOTS: Final = 12
CELL_HEIGHT_DOTS: Final = 24
LINE_DOTS: Final = 30  # the printer's own step between lines
BASELINE_DOTS: Final = 19
FONT_DOTS: Final = 20  # DejaVu Sans Mono of this size is 12 dots wide
BOLD_FONT_DOTS: Final = 19  # bold letters fill their cells and would run together
INK: Final = 255
HALF_INK: Final = 110
BLACK_OR_WHITE: Final = [INK if ink >= HALF_INK else 0 for ink in range(256)]
INVERTED: Final = [INK - ink for ink in range(256)]
MISSING: Final = "□"


def rasterise(line: Line, width_dots: int) -> bytes:
    """`GS v 0` with the line at its place; as high as a line of the printer's own letters."""
    scale = line.size
    height = max(LINE_DOTS, CELL_HEIGHT_DOTS * scale)
    words = _drawn(line.text, line.bold)
    if scale > 1:
        words = words.resize((words.width * scale, words.height * scale), Image.Resampling.BICUBIC)
    bitmap = words.point(BLACK_OR_WHITE)
    if line.inverted:
        bitmap = bitmap.point(INVERTED)
    free = width_dots - bitmap.width
    left = {"left": 0, "center": free // 2, "right": free}[line.align]
    paper = Image.new("L", (-(-width_dots // 8) * 8, height), 0)
    paper.paste(bitmap, (max(0, left), 0))
    return raster_command(paper.convert("1", dither=Image.Dither.NONE))


def raster_command(bitmap: Image.Image) -> bytes:
    """A one-bit picture (ink is 1) as `GS v 0`.

    Printers obey DLE commands even inside picture data (DLE DC4 opens the drawer), so DLE gets one more dot.
    """
    row_bytes, height = (bitmap.width + 7) // 8, bitmap.height
    sizes = row_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
    return b"\x1dv0\x00" + sizes + bitmap.tobytes().replace(b"\x10", b"\x11")


def _drawn(text: str, bold: bool) -> Image.Image:
    """The text at size 1, ink bright on dark, each character in its own cells."""
    canvas = Image.new("L", (max(1, cells(text)) * CELL_WIDTH_DOTS, CELL_HEIGHT_DOTS), 0)
    column = 0
    for character in text:
        if character != " ":
            canvas.paste(_glyph(character, bold), (column * CELL_WIDTH_DOTS, 0))
        column += character_cells(character)
    return canvas


@lru_cache(maxsize=512)
def _glyph(character: str, bold: bool) -> Image.Image:
    width = character_cells(character) * CELL_WIDTH_DOTS
    name = _font_for(character, bold)
    shown, font = (character, _font(name)) if name else (MISSING, _font("DejaVuSansMono"))
    left, _, right, _ = font.getbbox(shown, anchor="ms")
    needed = max(width, ceil(2 * max(-left, right)))
    glyph = Image.new("L", (needed, CELL_HEIGHT_DOTS), 0)
    ImageDraw.Draw(glyph).text((needed / 2, BASELINE_DOTS), shown, INK, font, anchor="ms")
    if needed <= width + 1:
        return glyph.crop((0, 0, width, CELL_HEIGHT_DOTS))
    return glyph.resize((width, CELL_HEIGHT_DOTS), Image.Resampling.BICUBIC)


@lru_cache(maxsize=3)
def _font(name: str) -> ImageFont.FreeTypeFont:
    data = files("printer_bridge.fonts").joinpath(f"{name}.ttf").read_bytes()
    dots = BOLD_FONT_DOTS if name.endswith("Bold") else FONT_DOTS
    return ImageFont.truetype(BytesIO(data), dots, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def _font_for(character: str, bold: bool) -> str | None:
    """The first font that has the character, told by its drawing differing from that of a missing one."""
    for name in ("DejaVuSansMono-Bold" if bold else "DejaVuSansMono", "DejaVuSans-Symbols"):
        if _picture(name, character) != _picture(name, "\U0010fffd"):
            return name
    return None


def _picture(name: str, character: str) -> bytes:
    font = _font(name)
    return bytes(font.getmask(character, mode="1")) + repr(font.getbbox(character)).encode()
