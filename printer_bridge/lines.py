"""From blocks to lines that fit the paper; knows widths, not printers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from printer_bridge.job import Align, Block, CopyMark, Job, Qr, Row, Rule, Space, Text
from printer_bridge.letters import WORD, cells, settable, wrap

COPY_MARK: Final = "КӨШІРМЕ / ДУБЛИКАТ"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the paper in one style; its text fits the width at its size."""

    text: str
    align: Align = "left"
    bold: bool = False
    size: int = 1
    inverted: bool = False


def lines_of(job: Job, width: int) -> Iterator[Line | Qr]:
    """The paper from top to bottom. A copy always bears its mark: on top if the job gives no place for it."""
    if job.copy and not any(isinstance(block, CopyMark) for block in job.blocks):
        yield from _block_lines(CopyMark(COPY_MARK), width)
    for block in job.blocks:
        if isinstance(block, CopyMark) and not job.copy:
            continue
        yield from _block_lines(block, width)


def _block_lines(block: Block, width: int) -> Iterator[Line | Qr]:
    match block:
        case Text():
            yield from _text(block, width)
        case Row():
            for words in row_lines(settable(block.left), settable(block.right), width // block.size):
                yield Line(words, bold=block.bold, size=block.size)
        case Rule():
            yield Line(block.char * width)
        case Space():
            yield from (Line("") for _ in range(block.lines))
        case CopyMark():
            yield from _text(Text(block.text or COPY_MARK, "center", bold=True, inverted=True), width)
        case Qr():
            yield block
            if block.caption:
                yield from _text(Text(block.caption, "center"), width)


def _text(block: Text, width: int) -> Iterator[Line]:
    room = width // block.size
    for words in wrap(settable(block.text), room - 2 if block.inverted else room):
        if block.inverted:
            yield Line(_band(words, block.align, room), "left", block.bold, block.size, inverted=True)
        else:
            aligned = words.strip(" ") if block.align != "left" else words
            yield Line(aligned, block.align, block.bold, block.size)


def _band(words: str, align: Align, room: int) -> str:
    """Words on a dark band from edge to edge."""
    free = room - cells(words)
    left = {"left": 1, "center": free // 2, "right": free - 1}[align]
    return " " * left + words + " " * (free - left)


def row_lines(left: str, right: str, width: int) -> list[str]:
    """A row cut to the width: the left part goes on over further lines, the right part stands on the last."""
    right = right.strip(" ")
    if not right:
        return wrap(left, width)
    if cells(right) > width:
        above = wrap(left, width) if left.strip(" ") else []
        return [*above, *(_pushed("", part, width) for part in wrap(right, width))]
    lines = wrap(left, width)
    room = width - cells(right) - 1
    if cells(lines[-1]) > room and lines[-1]:
        lines += _parted(lines.pop(), room, width)
    lines[-1] = _pushed(lines[-1], right, width)
    return lines


def _parted(label: str, room: int, width: int) -> list[str]:
    """A label that leaves no room for its figure: no word of it is cut if the paper has room for whole ones."""
    words = WORD.findall(label)
    if room >= width // 4 and all(cells(word.lstrip(" ")) <= room for word in words):
        return wrap(label, room)
    if len(words) > 1 and cells(words[-1].lstrip(" ")) <= room:
        return [*wrap("".join(words[:-1]), width), words[-1].lstrip(" ")]
    return wrap(label, room) if room >= width // 4 else [label, ""]


def _pushed(left: str, right: str, width: int) -> str:
    return left + " " * (width - cells(left) - cells(right)) + right
