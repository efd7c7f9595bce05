"""The words and figures of a layout: labels in one language or in both, data made harmless, sums made readable."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from core.clock import ALMATY
from core.domain.money import Money, format_quantity
from core.domain.units import UNITS
from core.ofd.operators import Operator
from core.receipt.blocks import LayoutLanguage
from core.texts import say

NBSP = "\u00a0"
DATA_CHARACTERS_MAX = 500
LABEL_CHARACTERS_MAX = 24
COMBINING_MARKS_MAX = 2
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")
_COMBINING = ("Mn", "Me")
_UNIT_COLUMNS = {"kk": 0, "ru": 1, "en": 2}


@dataclass(frozen=True, slots=True)
class Words:
    """Labels in the languages of one layout; ``kk-ru`` writes both on a line, «қаз/рус» (DOMAIN.md 6.1)."""

    language: LayoutLanguage

    @property
    def languages(self) -> tuple[str, ...]:
        """The catalogue's languages that this layout is written in."""
        return ("kk", "ru") if self.language == "kk-ru" else (self.language,)

    def label(self, key: str) -> str:
        """The name of a figure: ``МТН/РНМ``; a long one may be broken between the languages."""
        joined = "/".join(self.each(key))
        return joined if len(joined) <= LABEL_CHARACTERS_MAX else self.headline(key)

    def headline(self, key: str) -> str:
        """A mark that stands alone: ``АВТОНОМДЫ / АВТОНОМНЫЙ``."""
        return " / ".join(self.each(key))

    def each(self, key: str) -> tuple[str, ...]:
        """The text once per language, what is equal in both only once."""
        return _distinct(tuple(say(language, f"receipt-{key}") for language in self.languages))

    def unit(self, code: str) -> str:
        """The short form of a unit of measure."""
        forms = UNITS[code]
        return "/".join(_distinct(tuple(forms[_UNIT_COLUMNS[language]] for language in self.languages)))

    def operator(self, operator: Operator) -> tuple[tuple[str, str], ...]:
        """The operator's label and name, once per language."""
        return tuple((say(language, "receipt-ofd"), operator.name(language)) for language in self.languages)

    def address(self, address: str, address_kk: str) -> tuple[str, ...]:
        """The address of use, in Kazakh where there is one."""
        forms = {"kk": address_kk or address}
        found = tuple(clean(forms.get(language, address)) for language in self.languages)
        return tuple(one for one in _distinct(found) if one)

    def iin_bin(self, number: str) -> str:
        """``БСН/БИН`` or ``ЖСН/ИИН``, by the fifth digit: 4 to 6 in a BIN, a day's first in an IIN (DOMAIN.md 2.8)."""
        return self.label("bin" if number[4:5] in ("4", "5", "6") else "iin")


def _distinct(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def clean(text: str) -> str:
    """Data as one harmless line: no control bytes, no direction marks, no invisible letters, no towers of accents."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in _COMBINING else 0
        if character.isspace():
            kept.append(" ")
        elif category not in _INVISIBLE and marks <= COMBINING_MARKS_MAX:
            kept.append(character)
    return " ".join("".join(kept).split())[:DATA_CHARACTERS_MAX]


def money(amount: Money) -> str:
    """Tenge with two decimals in groups of three that no line break parts: ``1 950.00``."""
    sign = "-" if amount < 0 else ""
    tenge = f"{abs(amount) // 100:,}".replace(",", NBSP)
    return f"{sign}{tenge}.{abs(amount) % 100:02d}"


def quantity(amount: int, unit: str) -> str:
    """A quantity with its unit: ``1.5 кг``."""
    return f"{format_quantity(amount)}{NBSP}{unit}"


def moment(time: datetime) -> str:
    """Fiscal time as receipts write it: ``05.03.2026 14:07:09``."""
    return time.astimezone(ALMATY).strftime("%d.%m.%Y %H:%M:%S")


def kebab(name: str) -> str:
    """A catalogue key's part from a domain name: ``sell_return`` → ``sell-return``."""
    return name.replace("_", "-")
