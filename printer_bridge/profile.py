"""What a model of printer can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """`width` in letters of font A, `width_dots` at 203 dpi; `code_page` is the number after `ESC t`.

    Page 53 is RK1048 (Python's `kz1048`): Epson and its likes have it, with all Kazakh and Russian
    letters.
    """

    width: int = 48
    width_dots: int = 576
    code_page: int = 53
    encoding: str = "kz1048"
    cutter: bool = True

    def __post_init__(self) -> None:
        if not 16 <= self.width <= 80 or self.width_dots < self.width * 8:
            raise ValueError("a printer has 16 to 80 letters on a line and at least 8 dots for each")


PAPER_80_MM = Profile()
