"""What stands on the roll between two cuts: lines, pictures and QR codes, kept as things and drawn later."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final, Literal

Align = Literal["left", "center", "right"]
CELL_WIDTH_DOTS: Final = 12
CELL_HEIGHT_DOTS: Final = 24
LINE_DOTS: Final = 30


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in one style; `wide` and `high` are 1 to 8."""

    text: str
    bold: bool
    wide: int
    high: int
    inverted: bool
    underlined: bool

    @property
    def width_dots(self) -> int:
        return len(self.text) * CELL_WIDTH_DOTS * self.wide


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line; `height_dots` is how far the paper went."""

    runs: tuple[Run, ...]
    align: Align
    height_dots: int

    @property
    def width_dots(self) -> int:
        return sum(run.width_dots for run in self.runs)


@dataclass(frozen=True, slots=True)
class Picture:
    """A bit image, one bit a dot, rows padded to bytes, 1 is black."""

    bits: bytes
    width_dots: int
    height_dots: int
    align: Align


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of model 2."""

    data: str
    module_dots: int
    correction: str
    align: Align


@dataclass(frozen=True, slots=True)
class Feed:
    """Paper moved with nothing on it."""

    height_dots: int


Item = TextLine | Picture | QrCode | Feed


@dataclass(frozen=True, slots=True)
class Torn:
    """A paper that left the printer; not `whole` if the power went before its cut."""

    items: tuple[Item, ...]
    raw: bytes
    whole: bool

    def text(self, width_dots: int) -> str:
        """The paper as text: letters at their places, QR as `[QR: data]`, a picture as `[image]`."""
        lines: list[str] = []
        for item in self.items:
            match item:
                case TextLine():
                    lines.append(_set_at_place(item, width_dots))
                case QrCode():
                    lines.append(f"[QR: {item.data}]")
                case Picture():
                    lines.append("[image]")
                case Feed():
                    pass
        return "\n".join(lines) + "\n"


def _set_at_place(line: TextLine, width_dots: int) -> str:
    words = "".join(run.text for run in line.runs)
    free = max(0, width_dots - line.width_dots) // CELL_WIDTH_DOTS
    indent = {"left": 0, "center": free // 2, "right": free}[line.align]
    return (" " * indent + words).rstrip()


@dataclass(slots=True)
class Style:
    """What ESC @ puts back to its beginning."""

    align: Align = "left"
    bold: bool = False
    wide: int = 1
    high: int = 1
    inverted: bool = False
    underlined: bool = False
    line_dots: int = LINE_DOTS


@dataclass(slots=True)
class Roll:
    """The print head: a line being filled, and what was printed since the last cut."""

    width_dots: int
    style: Style = field(default_factory=Style)
    _line: list[Run] = field(default_factory=list)
    _items: list[Item] = field(default_factory=list)
    _raw: bytearray = field(default_factory=bytearray)

    def received(self, data: bytes) -> None:
        """Keeps the bytes of the paper beside its picture."""
        self._raw += data

    def initialise(self) -> None:
        """ESC @: the line being filled is thrown away, what is printed stays."""
        self.style = Style()
        self._line.clear()

    def letter(self, character: str) -> None:
        """Puts a letter on the line; a full line is printed first, as printers do."""
        style = self.style
        if self._filled_dots() + CELL_WIDTH_DOTS * style.wide > self.width_dots:
            self.line_feed()
        run = Run(character, style.bold, style.wide, style.high, style.inverted, style.underlined)
        last = self._line[-1] if self._line else None
        if last and _same_style(last, run):
            run = Run(last.text + character, run.bold, run.wide, run.high, run.inverted, run.underlined)
            self._line.pop()
        self._line.append(run)

    def tab(self) -> None:
        """HT: on to the next column that is a multiple of 8."""
        at = self._filled_dots() // CELL_WIDTH_DOTS
        for _ in range(8 - at % 8):
            self.letter(" ")

    def line_feed(self) -> None:
        """LF: prints the line; the paper goes on by the line step, or by the highest letter if that is more."""
        high = max((run.high for run in self._line), default=1)
        height = max(self.style.line_dots, CELL_HEIGHT_DOTS * high)
        self._items.append(TextLine(tuple(self._line), self.style.align, height))
        self._line.clear()

    def picture(self, bits: bytes, width_dots: int, height_dots: int) -> None:
        """Prints a bit image."""
        self._finish_line()
        self._items.append(Picture(bits, width_dots, height_dots, self.style.align))

    def qr(self, data: str, module_dots: int, correction: str) -> None:
        """Prints a QR code."""
        self._finish_line()
        self._items.append(QrCode(data, module_dots, correction, self.style.align))

    def feed(self, dots: int) -> None:
        """Prints the line being filled and moves the paper."""
        self._finish_line()
        self._items.append(Feed(dots))

    def cut(self) -> Torn | None:
        """The paper since the last cut; None if nothing stands on it."""
        self._finish_line()
        return self._torn(whole=True)

    def power_lost(self) -> Torn | None:
        """What was printed comes out as it is; the line that was being filled never reached the paper."""
        self.initialise()
        return self._torn(whole=False)

    def _torn(self, *, whole: bool) -> Torn | None:
        torn = Torn(tuple(self._items), bytes(self._raw), whole)
        self._items.clear()
        self._raw.clear()
        marked = any(_leaves_ink(item) for item in torn.items)
        return torn if marked else None

    def _finish_line(self) -> None:
        if self._line:
            self.line_feed()

    def _filled_dots(self) -> int:
        return sum(run.width_dots for run in self._line)


def _leaves_ink(item: Item) -> bool:
    match item:
        case TextLine():
            return any(run.inverted or run.text.strip() for run in item.runs)
        case Picture():
            return any(item.bits)
        case QrCode():
            return True
        case Feed():
            return False


def _same_style(one: Run, other: Run) -> bool:
    return (one.bold, one.wide, one.high, one.inverted, one.underlined) == (
        other.bold,
        other.wide,
        other.high,
        other.inverted,
        other.underlined,
    )


def first_words(text: str) -> str:
    """The first line with letters on it: what a person would call the paper."""
    for line in text.splitlines():
        words = line.strip()
        if any(unicodedata.category(c)[0] in "LN" for c in words):
            return words
    return ""
