"""What is written beside a sale and is no money: who buys (IIN or BIN, telephone, mail), the date and the time."""

from __future__ import annotations

import re

from core.domain.iin_bin import is_iin_bin
from core.domain.sale_text.spoken import Buyer

_IIN_BIN = re.compile(
    r"(?<![\w.,])(?P<word>(?:иин|бин|жсн|бсн|iin|bin)(?:/(?:иин|бин|жсн|бсн))?[\s:№#-]*)?(?P<digits>[0-9]{12})(?![\w])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,])(?:(?:тел(?:ефон\w*)?|номер\w*|сот\w*|в?[ао]т?сапп?|whats ?app|phone|tel)[\s.:]*)?"
    r"(?P<digits>\+?[78][ (-]{0,2}7[0-9]{2}[ )-]{0,2}[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2})(?![\w])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])(?:(?:e-?mail|почта)[\s:]*)?(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
_DATE = re.compile(r"(?<![\w.,/-])[0-3]?[0-9][./-][01]?[0-9][./-](?:20)?[0-9]{2}(?:\s?(?:г|ж)\.?)?(?![\w.,])")
_DAY = re.compile(r"\A(?:0[1-9]|[12][0-9]|3[01])\.(?:0[1-9]|1[0-2])(?= +[^\W\d_]{3,})")
_TIME = re.compile(r"(?<![\w.,:])(?:(?:в|сағат|сагат) )?(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![\w:])")
PHONE_DIGITS = 10



def buyer_beside(text: str) -> tuple[Buyer, str]:
    """The buyer, and the text without what names them and without dates; where no digit is left, nothing is taken.

    Twelve digits without «ИИН» before them name a buyer only with a right check digit.
    """
    iin_bin = phone = mail = None
    rest = text
    for match in _IIN_BIN.finditer(text):
        if match["word"] or is_iin_bin(match["digits"]):
            iin_bin, rest = match["digits"], _without(rest, match)
            break
    if (called := _PHONE.search(rest)) is not None:
        digits = re.sub(r"\D", "", called["digits"])
        phone, rest = f"+7{digits[-PHONE_DIGITS:]}", _without(rest, called)
    if (written := _MAIL.search(rest)) is not None:
        mail, rest = written["mail"], _without(rest, written)
    for moment in (_DATE, _TIME, _DAY):
        rest = moment.sub(lambda match: " " * len(match.group()), rest)
    if not re.search("[0-9]", rest) and re.search("[0-9]", text):
        return Buyer(), text
    return Buyer(iin_bin, phone, mail), rest


def _without(text: str, match: re.Match[str]) -> str:
    """Places in the text stay what they were: what is taken out becomes spaces."""
    return text[: match.start()] + " " * len(match.group()) + text[match.end() :]
