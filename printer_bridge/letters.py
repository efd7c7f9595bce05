"""Which letters a printer can set itself, and how text is cut into lines of equal cells."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# «қаз/рус» may part behind its stroke, and «қазақша / по-русски» parts there first.
WORD: Final = re.compile(r" *(?:[^ /]+/(?=[^\W\d])|[^ ]+)")
BETWEEN_LANGUAGES: Final = " / "

# Signs that no code page with Kazakh letters has (₸ is not in kz1048), and what people read as the same.
SUBSTITUTES: Final = str.maketrans(
    {
        "₸": "тг",
        "×": "x",
        "✕": "x",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "―": "—",
        "\u00ad": "",
        "\u2007": "\u00a0",
        "\u2009": " ",
        "\u202f": "\u00a0",
        "\u3000": " ",
    }
)


def settable(text: str) -> str:
    """The text as it goes on paper: composed letters, look-alikes, no invisible marks (bidi, joiners)."""
    composed = unicodedata.normalize("NFC", text).translate(SUBSTITUTES)
    return "".join(c for c in composed if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Mn", "Me"))


def fits_page(text: str, encoding: str) -> bool:
    """Whether the printer's code page has every letter of the text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=4096)
def character_cells(character: str) -> int:
    """Cells that one character takes: pictures, signs and hieroglyphs are as wide as two letters."""
    return 2 if unicodedata.east_asian_width(character) in "WF" or "\u2600" <= character <= "\u27bf" else 1


def cells(text: str) -> int:
    """Cells that a settable text takes on a line."""
    return len(text) if text.isascii() else sum(map(character_cells, text))


def cut(text: str, width: int) -> tuple[str, str]:
    """The longest beginning of at most `width` cells (one character at least) and the rest."""
    used = 0
    for index, character in enumerate(text):
        used += character_cells(character)
        if used > width and index:
            return text[:index], text[index:]
    return text, ""


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells: broken between languages, then words, an indent kept, long words cut.

    An empty text gives one empty line.
    """
    if width < 1:
        raise ValueError("a line has at least one cell")
    body = text.rstrip(" ")
    if cells(body) <= width:
        return [body]
    indent = " " * min(len(body) - len(body.lstrip(" ")), width // 4)
    if body.count(BETWEEN_LANGUAGES) == 1:
        one, other = body.split(BETWEEN_LANGUAGES)
        return [*wrap(f"{one} /", width), *wrap(indent + other.lstrip(" "), width)]
    lines: list[str] = []
    line = ""
    for word in WORD.findall(body.lstrip(" ")):
        if line and cells(indent + line + word) <= width:
            line += word
            continue
        if line and cells(indent + word.lstrip(" ")) > width and cells(indent + line) <= width // 2:
            # It has to be cut anyway: it begins where it stands, so that «3.» is not left alone on a line.
            line += word
        else:
            if line:
                lines.append(indent + line)
            line = word.lstrip(" ")
        while cells(indent + line) > width:
            piece, line = cut(line, width - len(indent))
            lines.append(indent + piece)
    if line:
        lines.append(indent + line)
    return lines
