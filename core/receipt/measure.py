"""How wide words are in the fonts of the pictures and PDF files, and how they are cut into lines."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from io import BytesIO

from PIL import ImageFont

from core.receipt.fonts import BOLD, REGULAR, font_bytes

UNITS_PER_EM = 1000
SLACK = 1.02
"""Pictures set letters on whole pixels, so a line may come out a little wider than the font says."""
# «қаз/рус» may part behind its stroke.
_WORD = re.compile(r" *(?:[^ /]+/(?=[^\W\d])|[^ ]+)")
BETWEEN_LANGUAGES = " / "


@cache
def _ruler(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(font_bytes(name)), UNITS_PER_EM, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def _advance(character: str, bold: bool) -> float:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0.0
    return _ruler(BOLD if bold else REGULAR).getlength(character) / UNITS_PER_EM


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Points that a text takes at this size, rather too many than too few."""
    return sum(_advance(character, bold) for character in text) * size * SLACK


def fold(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines that fit the room, broken between languages, then words; a word longer than a line is cut. Never empty."""
    text = text.strip(" ")
    if text.count(BETWEEN_LANGUAGES) == 1 and width_of(text, size, bold=bold) > room:
        one, other = text.split(BETWEEN_LANGUAGES)
        return [*fold(f"{one} /", room, size, bold=bold), *fold(other, room, size, bold=bold)]
    lines: list[str] = []
    line = ""
    for word in _WORD.findall(text):
        if line and width_of(line + word, size, bold=bold) <= room:
            line += word
            continue
        if line:
            lines.append(line)
        line = word.lstrip(" ")
        while width_of(line, size, bold=bold) > room and len(line) > 1:
            head = _head(line, room, size, bold=bold)
            lines.append(line[:head])
            line = line[head:]
    return [*lines, line] if line or not lines else lines


def _head(text: str, room: float, size: float, *, bold: bool) -> int:
    """How many characters fit, at least one; an accent stays with its letter."""
    used = 0.0
    for place, character in enumerate(text):
        used += width_of(character, size, bold=bold)
        if used > room and place:
            return place
    return len(text)
