"""Codes on goods: EAN and UPC numbers with their check digit, and the GTIN inside GS1 codes (Data Matrix, QR).

GS1 General Specifications: AI (01) is a GTIN of 14 digits, AI (21) the serial that makes a code a means of
identification of one piece of marked goods (DOMAIN.md 2.4, requisite 8).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GROUP_SEPARATOR = "\x1d"
CODE_CHARACTERS_MAX = 64
MARK_CHARACTERS_MAX = 200
_GTIN_LENGTHS = (8, 12, 13, 14)
_ELEMENTS = re.compile(r"(?:\]d2|\]Q3|\]C1|\x1d)?01(?P<gtin>[0-9]{14})(?P<rest>.*)", re.DOTALL)
_DIGITAL_LINK = re.compile(r"https?://[^?#\s]+/01/(?P<gtin>[0-9]{8,14})(?:[/?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """What a scanned code says of goods. ``mark`` is the whole code where it identifies one piece of marked goods."""

    code: str
    mark: str | None = None


def has_check_digit(digits: str) -> bool:
    """Whether the last digit is the GS1 check digit of the others."""
    if len(digits) not in _GTIN_LENGTHS or not (digits.isascii() and digits.isdigit()):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0


def one_form(code: str) -> str:
    """The same article number always written in one way: EAN-13 for UPC-A and GTIN-14, EAN-8 for its long forms."""
    if not has_check_digit(code):
        return code
    padded = code.zfill(14)
    if padded.startswith("000000"):
        return padded[6:]
    return padded[1:] if padded.startswith("0") else padded


def catalogue_code(text: str) -> str | None:
    """A code as the catalogue keeps it, or ``None`` for what cannot be one.

    A number as long as an article number must have its check digit; other codes of a shop's own may be any visible
    ASCII characters.
    """
    code = text.strip()
    if not 1 <= len(code) <= CODE_CHARACTERS_MAX or not code.isascii() or not code.isprintable() or " " in code:
        return None
    if code.isdigit() and len(code) in (12, 13, 14) and not has_check_digit(code):
        return None
    return one_form(code)


def scanned(text: str) -> ScannedCode | None:
    """What a scanned text says of goods; ``None`` for a text that is no code of goods (a link, a sentence)."""
    stripped = text.strip()
    if match := _ELEMENTS.fullmatch(stripped):
        gtin = match["gtin"]
        if has_check_digit(gtin):
            serial = match["rest"].startswith("21") and len(stripped) <= MARK_CHARACTERS_MAX
            return ScannedCode(one_form(gtin), stripped.lstrip(GROUP_SEPARATOR) if serial else None)
    if (match := _DIGITAL_LINK.match(stripped)) and has_check_digit(match["gtin"].zfill(14)):
        return ScannedCode(one_form(match["gtin"].zfill(14)))
    code = catalogue_code(stripped)
    return None if code is None or "://" in code else ScannedCode(code)
