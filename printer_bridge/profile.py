"""What a model of printer can do, and how its paper is to look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

Letters = Literal["page", "drawn"]



@dataclass(frozen=True, slots=True)
class Profile:
    """`width` in letters of font A, `width_dots` at 203 dpi; `code_page` is the number after `ESC t`.

    Page 53 is RK1048 (Python's `kz1048`): Epson and its likes have it, with all Kazakh and Russian
    letters. A printer without it has `letters="drawn"`: its paper is a picture, only feeds and its own QR
    codes (`own_qr`) are left to it. `drawer` says that a cash drawer hangs on it; `logo` is a ready command that
    prints the shop's picture on top.
    """

    width: int = 48
    width_dots: int = 576
    code_page: int = 53
    encoding: str = "kz1048"
    letters: Letters = "page"
    own_qr: bool = True
    cutter: bool = True
    drawer: bool = False
    logo: bytes = b""

    def __post_init__(self) -> None:
        if not 16 <= self.width <= 80 or self.width_dots < self.width * 8:
            raise ValueError("a printer has 16 to 80 letters on a line and at least 8 dots for each")
        if self.width_dots > 1024:
            raise ValueError("a printer of receipts has at most 1024 dots on a line")


PAPER_80_MM: Final = Profile()
# Some models of 80 mm, TM-T88V among them, print 512 dots: 42 letters.
PAPER_80_MM_NARROW: Final = replace(PAPER_80_MM, width=42, width_dots=512)
PAPER_58_MM: Final = replace(PAPER_80_MM, width=32, width_dots=384)
PAPERS: Final = {"80": PAPER_80_MM, "80-512": PAPER_80_MM_NARROW, "58": PAPER_58_MM}
