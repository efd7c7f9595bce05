"""The test page: shows each way that this printer may set letters and codes, so that a person sees which it has."""

from __future__ import annotations

from typing import Final

from printer_bridge.job import Job, Text
from printer_bridge.lines import Line, lines_of
from printer_bridge.profile import Profile
from printer_bridge.render import Pen

LETTERS: Final = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі Ёё"
CODE: Final = "https://tiyn.example/test-page"
TITLE: Final = "СЫНАҚ БЕТІ / ПРОБНАЯ СТРАНИЦА"
OWN_LETTERS: Final = "A. Принтердің әріптері / Буквы принтера"
DRAWN_LETTERS: Final = "B. Сурет әріптер / Буквы рисунком"
OWN_CODE: Final = "C. Принтердің QR-коды / QR-код принтера"
DRAWN_CODE: Final = "D. Сурет QR-код / QR-код рисунком"
WIDTH: Final = "E. Қағаз ені / Ширина бумаги"
ADVICE: Final = (
    "A оқылмаса, B оқылса: --drawn",
    "Если читается B, но не A: --drawn",
    "C жоқ, D бар болса: --no-own-qr",
    "Если есть D, но нет C: --no-own-qr",
    "E екі жолға сынса не шетке жетпесе: --paper 58, 80-512 не 80",
    "Если E перенеслась или не дошла до края: --paper 58, 80-512 или 80",
)


def trial_page(profile: Profile) -> bytes:
    """The page in every mode, whatever the profile says of them; its width and its cutter are the profile's."""
    pen = Pen(profile)
    if profile.logo:
        pen.command(profile.logo)
    _said(pen, profile, TITLE, bold=True)
    _said(pen, profile, OWN_LETTERS)
    pen.own_letters(Line(LETTERS))
    pen.own_letters(Line(LETTERS.split(" Ұ")[0], bold=True, inverted=True))
    _said(pen, profile, DRAWN_LETTERS)
    pen.drawn(Line(LETTERS))
    pen.drawn(Line("12 345.00", align="right", bold=True, size=2))
    _said(pen, profile, OWN_CODE)
    pen.own_qr(CODE)
    _said(pen, profile, DRAWN_CODE)
    pen.drawn_qr(CODE)
    _said(pen, profile, WIDTH)
    pen.own_letters(Line(_ruler(profile.width)))
    pen.drawn(Line("|" + "-" * (profile.width - 2) + "|"))
    for advice in ADVICE:
        _said(pen, profile, advice)
    return pen.finish()


def _ruler(width: int) -> str:
    """``1234567890123…`` as long as a line."""
    return "".join(str(place % 10) for place in range(1, width + 1))


def _said(pen: Pen, profile: Profile, words: str, *, bold: bool = False) -> None:
    """Words that must be readable on any printer, so they are drawn."""
    block = Text(words, "center" if bold else "left", bold)
    page = Job("page", 0, "", 0, "", False, "kk-ru", (block,))
    for line in lines_of(page, profile.width):
        assert isinstance(line, Line)
        pen.drawn(line)
