"""Text cut into lines of equal cells, as a fixed-width receipt needs it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# «қаз/рус» may part behind its stroke.
_WORD = re.compile(r" *(?:[^ /]+/(?=[^\W\d])|[^ ]+)")
BETWEEN_LANGUAGES = " / "
LEFT_SHARE_MIN = 4


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """Cells that a text takes: pictures and hieroglyphs two, accents none."""
    return len(text) if text.isascii() else sum(map(_width, text))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, broken between languages, then words; a longer word is cut. Never empty."""
    assert width >= 2, "a line has room for one wide character"
    text = text.strip(" ")
    if text.count(BETWEEN_LANGUAGES) == 1 and cells(text) > width:
        one, other = text.split(BETWEEN_LANGUAGES)
        return [*wrap(f"{one} /", width), *wrap(other, width)]
    lines: list[str] = []
    line = ""
    for word in _WORD.findall(text):
        if line and cells(line + word) <= width:
            line += word
            continue
        if line:
            lines.append(line)
        line = word.lstrip(" ")
        while cells(line) > width:
            head = _head(line, width)
            lines.append(line[:head])
            line = line[head:]
    return [*lines, line] if line or not lines else lines


def row(left: str, right: str, width: int) -> list[str]:
    """A name and its value: the value ends at the right edge of the last line, the name wraps above it."""
    if cells(right) > width:
        return [*(wrap(left, width) if left else []), *(_pushed("", part, width) for part in wrap(right, width))]
    lines = wrap(left, width)
    room = width - cells(right) - 1
    if right and cells(lines[-1]) > room:
        lines += _parted(lines.pop(), room, width)
    lines[-1] = _pushed(lines[-1], right, width) if right else lines[-1]
    return lines


def _parted(label: str, room: int, width: int) -> list[str]:
    """A label that leaves no room for its value: no word of it is cut if the line has room for whole ones."""
    words = _WORD.findall(label)
    if room >= width // LEFT_SHARE_MIN and all(cells(word.lstrip(" ")) <= room for word in words):
        return wrap(label, room)
    if len(words) > 1 and cells(words[-1].lstrip(" ")) <= room:
        return [*wrap("".join(words[:-1]), width), words[-1].lstrip(" ")]
    return wrap(label, room) if room >= width // LEFT_SHARE_MIN else [label, ""]


def centred(text: str, width: int) -> list[str]:
    """Every line of the wrapped text in the middle, without blanks behind it."""
    return [" " * ((width - cells(line)) // 2) + line for line in wrap(text, width)]


def _head(text: str, width: int) -> int:
    """How many characters of the text fit; an accent stays with its letter."""
    used = 0
    for place, character in enumerate(text):
        used += _width(character)
        if used > width:
            return place
    return len(text)


def _pushed(left: str, right: str, width: int) -> str:
    return left + " " * (width - cells(left) - cells(right)) + right
