"""Money, quantities, times and names as people read them in the chat."""

from __future__ import annotations

import html
import unicodedata
from datetime import datetime

from core.clock import ALMATY
from core.domain.money import format_quantity, round_half_up
from core.domain.ticket import Line, PaymentType
from core.domain.units import PIECE, UNITS
from core.texts import LANGUAGES, say

NAME_CHARACTERS_SHOWN = 60
TEXT_CHARACTERS_SHOWN = 200
_SPACE = "\u00a0"


def tenge(tiyn: int) -> str:
    """An amount of tiyn in tenge: `1 950`, `0,50`, with spaces that do not break a line."""
    whole, part = divmod(abs(tiyn), 100)
    sign = "−" if tiyn < 0 else ""
    return f"{sign}{whole:,}".replace(",", _SPACE) + (f",{part:02d}" if part else "")


def average_sum(total: int, count: int) -> int:
    """An average in whole tenge, as a Z-report tells it; 0 of nothing."""
    return round_half_up(total, count * 100) * 100 if count else 0


def quantity_text(line: Line, language: str) -> str:
    """`2`, `1,5 кг`: pieces go without their unit."""
    number = format_quantity(line.quantity).replace(".", ",")
    if line.unit == PIECE:
        return number
    names = UNITS.get(line.unit)
    return number if names is None else f"{number}{_SPACE}{names[LANGUAGES.index(language)]}"


def line_text(line: Line, language: str, *, name_characters: int = NAME_CHARACTERS_SHOWN) -> str:
    """The arithmetic of a line, not yet escaped: `кофе 2 × 800 = 1 600`."""
    name = shortened(line.name, name_characters)
    if line.quantity == 1000 and line.unit == PIECE:
        text = f"{name} {tenge(line.gross)}"
    else:
        text = f"{name} {quantity_text(line, language)} × {tenge(line.price)} = {tenge(line.gross)}"
    if line.discount:
        text += f", {say(language, 'bot-line-discount', sum=tenge(line.discount))} = {tenge(line.own_sum)}"
    elif line.markup:
        text += f", {say(language, 'bot-line-markup', sum=tenge(line.markup))} = {tenge(line.own_sum)}"
    return f"− {text}" if line.storno else text


def payment_name(language: str, kind: PaymentType) -> str:
    """Наличные, карта, QR."""
    return say(language, f"bot-pay-{kind}")


def shortened(text: str, limit: int) -> str:
    """One line of at most so many characters, without control and direction marks."""
    clean = "".join(
        " " if letter in "\n\r\t" else letter
        for letter in text
        if letter in "\n\r\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")
    )
    clean = " ".join(clean.split())
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def safe(text: str, limit: int = TEXT_CHARACTERS_SHOWN) -> str:
    """What somebody else wrote, shortened and harmless inside HTML."""
    return html.escape(shortened(text, limit), quote=True)


def clock_text(moment: datetime) -> str:
    """`14:32`."""
    return moment.astimezone(ALMATY).strftime("%H:%M")


def day_clock_text(moment: datetime) -> str:
    """`23.11 14:32`."""
    return moment.astimezone(ALMATY).strftime("%d.%m %H:%M")


def fitting_language(code: str | None) -> str | None:
    """The language of ours that fits Telegram's `language_code`, if one does."""
    short = (code or "").split("-")[0].lower()
    return short if short in LANGUAGES else None
