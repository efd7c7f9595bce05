"""Lines drawn as pictures: for letters that no code page of the printer holds, and for printers without the page."""

from __future__ import annotations

from collections.abc import Iterable
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
STRIP_DOTS_MAX: Final = 240  # what the memory of a cheap printer takes in one command
QUIET_MODULES: Final = 4
LOGO_HEIGHT_DOTS_MAX: Final = 240
INK: Final = 255
HALF_INK: Final = 110
BLACK_OR_WHITE: Final = [INK if ink >= HALF_INK else 0 for ink in range(256)]
INVERTED: Final = [INK - ink for ink in range(256)]
MISSING: Final = "□"


def rasterise(lines: Iterable[Line], width_dots: int) -> bytes:
    """`GS v 0` with the lines at their places, each as high as a line of the printer's own letters.

    Lines that follow each other share a command, and the white behind the longest of them is not sent.
    """
    commands: list[bytes] = []
    strip: list[Image.Image] = []
    for line in lines:
        drawn = _line(line, width_dots)
        if strip and sum(one.height for one in strip) + drawn.height > STRIP_DOTS_MAX:
            commands.append(_strip(strip))
            strip = []
        strip.append(drawn)
    if strip:
        commands.append(_strip(strip))
    return b"".join(commands)


def rasterise_qr(data: str, module_dots: int, width_dots: int) -> bytes:
    """A QR code in the middle of the paper, drawn, for a printer that makes none itself."""
    import segno

    code = segno.make_qr(data, error="m", boost_error=False)
    modules = [bytes(row) for row in code.matrix]
    side = len(modules)
    small = Image.frombytes("L", (side, side), bytes(INK if dark else 0 for row in modules for dark in row))
    large = small.resize((side * module_dots, side * module_dots), Image.Resampling.NEAREST)
    quiet = QUIET_MODULES * module_dots
    left = max(0, (width_dots - large.width) // 2)
    paper = Image.new("L", (left + large.width, large.height + 2 * quiet), 0)
    paper.paste(large, (left, quiet))
    tops = range(0, paper.height, STRIP_DOTS_MAX)
    strips = (paper.crop((0, top, paper.width, min(paper.height, top + STRIP_DOTS_MAX))) for top in tops)
    return b"".join(_strip([strip]) for strip in strips)


def rasterise_logo(picture: bytes, width_dots: int) -> bytes:
    """The shop's picture as a command, in the middle, pressed into the paper's width; raises ValueError."""
    try:
        with Image.open(BytesIO(picture)) as opened:
            opened.thumbnail((width_dots, LOGO_HEIGHT_DOTS_MAX))
            flat = Image.new("RGBA", opened.size, "white")
            flat.alpha_composite(opened.convert("RGBA"))
    except (OSError, Image.DecompressionBombError) as unreadable:
        raise ValueError(f"the logo cannot be read as a picture: {unreadable}") from unreadable
    dithered = flat.convert("L").point(INVERTED).convert("1")
    paper = Image.new("1", (width_dots, dithered.height), 0)
    paper.paste(dithered, ((width_dots - dithered.width) // 2, 0))
    return raster_command(paper)


def raster_command(bitmap: Image.Image) -> bytes:
    """A one-bit picture (ink is 1) as `GS v 0`.

    Printers obey DLE commands even inside picture data (DLE DC4 opens the drawer), so DLE gets one more dot.
    """
    row_bytes, height = (bitmap.width + 7) // 8, bitmap.height
    sizes = row_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
    # The sizes may hold DLE too; a byte more of white in every row, or a row more, says the same.
    if b"\x10" in sizes:
        grown = Image.new("1", ((row_bytes + (sizes[0] == 0x10)) * 8, height + (0x10 in sizes[2:])), 0)
        grown.paste(bitmap, (0, 0))
        return raster_command(grown)
    return b"\x1dv0\x00" + sizes + bitmap.tobytes().replace(b"\x10", b"\x11")


def _line(line: Line, width_dots: int) -> Image.Image:
    """One line at its place, ink bright on dark, as wide as the paper."""
    height = max(LINE_DOTS, CELL_HEIGHT_DOTS * line.size)
    words = _drawn(line.text, line.bold, line.size)
    if line.inverted:
        words = words.point(INVERTED)
    free = width_dots - words.width
    left = {"left": 0, "center": free // 2, "right": free}[line.align]
    paper = Image.new("L", (-(-width_dots // 8) * 8, height), 0)
    paper.paste(words, (max(0, left), 0))
    return paper


def _strip(lines: list[Image.Image]) -> bytes:
    paper = Image.new("L", (max(line.width for line in lines), sum(line.height for line in lines)), 0)
    top = 0
    for line in lines:
        paper.paste(line, (0, top))
        top += line.height
    inked = paper.getbbox()
    right = 8 if inked is None else -(-inked[2] // 8) * 8
    return raster_command(paper.crop((0, 0, right, paper.height)).convert("1", dither=Image.Dither.NONE))


def _drawn(text: str, bold: bool, scale: int) -> Image.Image:
    """The text, ink bright on dark, each character in its own cells.

    Pasted below the library's own `paste`, whose checks cost five times the pasting: a receipt has 1500 letters.
    """
    canvas = Image.new("L", (max(1, cells(text)) * CELL_WIDTH_DOTS * scale, CELL_HEIGHT_DOTS * scale), 0)
    place, left = canvas.im.paste, 0
    for character in text:
        width = character_cells(character) * CELL_WIDTH_DOTS * scale
        if not character.isspace():
            place(_glyph(character, bold, scale).im, (left, 0, left + width, canvas.height))
        left += width
    return canvas


@lru_cache(maxsize=1024)
def _glyph(character: str, bold: bool, scale: int) -> Image.Image:
    width, height = character_cells(character) * CELL_WIDTH_DOTS * scale, CELL_HEIGHT_DOTS * scale
    name = _font_for(character, bold)
    shown, font = (character, _font(name, scale)) if name else (MISSING, _font("DejaVuSansMono", scale))
    left, _, right, _ = font.getbbox(shown, anchor="ms")
    needed = max(width, ceil(2 * max(-left, right)))
    glyph = Image.new("L", (needed, height), 0)
    ImageDraw.Draw(glyph).text((needed / 2, BASELINE_DOTS * scale), shown, INK, font, anchor="ms")
    if needed <= width + 1:
        fitted = glyph.crop((0, 0, width, height))
    else:
        fitted = glyph.resize((width, height), Image.Resampling.BICUBIC)
    return fitted.point(BLACK_OR_WHITE)


@lru_cache(maxsize=6)
def _font(name: str, scale: int = 1) -> ImageFont.FreeTypeFont:
    data = files("printer_bridge.fonts").joinpath(f"{name}.ttf").read_bytes()
    dots = (BOLD_FONT_DOTS if name.endswith("Bold") else FONT_DOTS) * scale
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
