"""Short commands as vendors write them, in any of the three languages; everything else is a sale."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.money import PRICE_TIYN_MAX
from core.domain.sale_text import sum_said
from core.texts import LANGUAGES, say

TOKENS_END = 2**32
"""A token is a positive number of four bytes (PROTOCOL.md (a))."""


class Wish(StrEnum):
    """What a command asks for."""

    X = "x"
    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    CLOSE = "close"
    RETURN = "return"
    HELP = "help"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A command; ``total`` in tiyn if a sum was written, ``is_wrong`` if what was written is no possible sum.

    ``has_more`` says that a return came with words of its own, which name a part of a receipt.
    """

    wish: Wish
    total: int | None = None
    is_wrong: bool = False
    has_more: bool = False


_WORDS = {
    Wish.X: "x|х|икс|[xх][- ]?(отч[её]т|есеп|report)|отч[её]т|есеп|report",
    Wish.CLOSE: "(закрыть|закрой|закрытие) смен[уы]|ауысымды жабу|(close|end) (the )?shift"
    "|z|z[- ]?(отч[её]т|есеп|report)",
    Wish.HELP: "помощь|справка|көмек|комек|help",
    Wish.LANGUAGE: "язык|тіл|тил|language",
}
_SUMMED = {
    Wish.DEPOSIT: "внести|внесение|вн[её]с|внесла|положить|ақша салу|акша салу|салу|deposit|cash in|put in",
    Wish.WITHDRAWAL: "изъять|изъятие|изъял|изъяла|снять|снятие|снял|сняла|ақша алу|акша алу|алып кету|алу"
    "|withdraw|withdrawal|cash out|take out",
}
_DRAWER = (
    "(?:(?:в|из|с) касс[уыае]|касса(?:ға|га|дан)|наличные|наличными|(?:in)?to the (?:drawer|till)"
    "|(?:from|out of) the (?:drawer|till))"
)
"""Where to and where from, said around the word itself: «внести в кассу 5000», «кассадан 500 алу»."""
_RETURN_FIRST = re.compile(
    r"\W*(?:возврат\w*|верн(?:уть|и|ите)|[қк]айтар\w*|refund\w*|return(?:s|ed)?)\b(?P<more>.*)", re.DOTALL
)
"""A text that begins so is never a sale, whatever follows."""
_TOKEN = re.compile(
    r"(?:(?:вот|новый|мой|жаңа|міне|new|my|the)\s)*(?:токен|token)(?:[\s:=№#]+(?P<written>[0-9][0-9 ]*[0-9]\.?|\S+))?",
    re.IGNORECASE,
)
_TOKEN_INSIDE = re.compile(
    r"(?=.*\b(?:токен|token))[^0-9]*(?P<written>[0-9]{7,10})[^0-9]*", re.IGNORECASE
)
"""No price has so many digits: it is shown to nobody."""
_SUM = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?:[ \u00a0\u202f.,]\d{3})+|\d{1,12})(?:[.,](?P<part>\d{1,2}))?"
    r"\s*(?P<thousands>мың|тыс\.?|тысяч[аи]?|k)?\s*(?:₸|тг\.?|тенге|теңге|tenge|kzt)?",
    re.IGNORECASE,
)


def plain_words(text: str | None, around: str) -> str:
    """A text in small letters with single spaces, without the signs that people put ``around`` a command."""
    return " ".join((text or "").split()).casefold().strip(around)


def phrase(text: str) -> Phrase | None:
    """The command that this text is, or ``None``."""
    plain = plain_words(text, "/!. ")
    if match := _RETURN_FIRST.fullmatch(plain):
        return Phrase(Wish.RETURN, has_more=re.search(r"\w", match["more"]) is not None)
    if len(plain) > 64:
        return None
    if (labelled := _wish_by_label().get(plain)) is not None:
        return Phrase(labelled)
    for wish, words in _WORDS.items():
        if re.fullmatch(words, plain):
            return Phrase(wish)
    return _summed(plain)


def _summed(plain: str) -> Phrase | None:
    """A word of the drawer before its sum or after it: «внести 5000», «500 салу», «бес мың салу»."""
    for wish, words in _SUMMED.items():
        first = rf"(?:{_DRAWER} )?(?:{words})(?: {_DRAWER})?(?:[ :=]+(?P<sum>.+?))?(?: {_DRAWER})?"
        last = rf"(?:{_DRAWER} )?(?P<sum>.+?) (?:{_DRAWER} )?(?:{words})(?: {_DRAWER})?"
        match = re.fullmatch(first, plain)
        if match is None:
            match = re.fullmatch(last, plain)
            if match is None or not (_SUM.fullmatch(match["sum"]) or sum_of(match["sum"])):
                continue
        written = match["sum"]
        total = None if written is None else sum_of(written)
        return Phrase(wish, total, is_wrong=written is not None and total is None)
    return None


@dataclass(frozen=True, slots=True)
class TokenPhrase:
    """«токен 123456789»; ``token`` is ``None`` when what was written is no possible token. Never shown or logged."""

    token: int | None = field(default=None, repr=False)


def token_phrase(text: str) -> TokenPhrase | None:
    """The operator's token that this text gives, or ``None`` for a text that is about something else."""
    plain = " ".join(text.split())
    match = _TOKEN.fullmatch(plain) or _TOKEN_INSIDE.fullmatch(plain)
    if match is None:
        return None
    digits = (match["written"] or "").replace(" ", "").rstrip(".")
    if not re.fullmatch("[0-9]{1,10}", digits) or not 0 < int(digits) < TOKENS_END:
        return TokenPhrase()
    return TokenPhrase(int(digits))


def sum_of(text: str) -> int | None:
    """A sum of tenge in tiyn, if the text is one that can be put into a drawer: «5000», «5к», «бес мың»."""
    match = _SUM.fullmatch(text.strip())
    if match is None:
        return sum_said(text)
    whole = int(re.sub(r"\D", "", match["whole"]))
    tiyn = whole * 100 + int((match["part"] or "").ljust(2, "0"))
    tiyn *= 1000 if match["thousands"] else 1
    return tiyn if 0 < tiyn <= PRICE_TIYN_MAX else None


@functools.cache
def _wish_by_label() -> dict[str, Wish]:
    """What the menu's buttons write, in every language."""
    wishes = (Wish.LANGUAGE, Wish.HELP, Wish.CLOSE, Wish.WITHDRAWAL, Wish.DEPOSIT, Wish.X)
    return {say(language, f"bot-menu-{wish}").casefold(): wish for wish in wishes for language in LANGUAGES}
