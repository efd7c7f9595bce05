"""From the layout to a sheet: every block gets its place, nothing is left out, pages are broken between blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

import segno

from core.receipt.blocks import Align, Badge, Block, CopyMark, Layout, Qr, Role, Row, Rule, Space, Text
from core.receipt.looks import Look, look_of
from core.receipt.measure import fold, width_of
from core.receipt.sheet import (
    MM,
    PAPERS,
    ROLL_PAGE_HEIGHT_MAX,
    Code,
    Drawn,
    Ghost,
    Page,
    Paper,
    PaperName,
    Sheet,
    Stroke,
    Tone,
    Word,
)
from core.receipt.words import NBSP

LEADING = 1.36
BASELINE = 1.02
QUIET_MODULES = 4
CODES_KEPT_MAX = 256
LABEL_SHARE_MIN = 0.25
GHOST_SIZE = 2.4
CLOUD = (
    *((0.28, 0.78), (0.14, 0.7), (0.1, 0.56), (0.15, 0.43), (0.28, 0.37), (0.36, 0.23), (0.52, 0.18)),
    *((0.67, 0.24), (0.74, 0.4), (0.87, 0.46), (0.92, 0.6), (0.86, 0.73), (0.73, 0.78)),
)
CLOUD_CROSS = ((0.12, 0.1), (0.9, 0.92))


@dataclass(frozen=True, slots=True)
class _Piece:
    """One block set in its own frame: its height and what stands in it, from its own top."""

    height: float
    drawn: tuple[Drawn, ...]


def typeset(layout: Layout, paper_name: PaperName) -> Sheet:
    """The whole paper on this format."""
    paper = PAPERS[paper_name]
    blocks = layout.blocks
    pieces = [_piece(block, paper, copy=layout.copy) for block in blocks]
    pieces = [_tightened(piece, paper) if _goes_on(blocks, place) else piece for place, piece in enumerate(pieces)]
    pieces = [*pieces[: _end(blocks)], _joined(pieces[_end(blocks) :])]
    practice = [block.text for block in layout.of(Role.PRACTICE) if isinstance(block, Badge)]
    ghosts = [Ghost(words, paper.text_size * GHOST_SIZE) for words in practice]
    pages = tuple(_page(part, paper, ghosts) for part in _pages(pieces, paper))
    if paper.page_height is not None and len(pages) > 1:
        pages = tuple(_numbered(page, place, len(pages), paper) for place, page in enumerate(pages, 1))
    return Sheet(paper.width, pages)


def _end(blocks: tuple[Block, ...]) -> int:
    """Where signs, numbers and the QR code begin: they stay on one page, a code alone on a sheet says nothing."""
    rules = [place for place, block in enumerate(blocks) if isinstance(block, Rule)]
    return rules[-1] if rules else len(blocks) - 1


def _joined(pieces: list[_Piece]) -> _Piece:
    top = 0.0
    drawn: list[Drawn] = []
    for piece in pieces:
        drawn += (_moved(one, 0.0, top) for one in piece.drawn)
        top += piece.height
    return _Piece(top, tuple(drawn))


def _goes_on(blocks: tuple[Block, ...], place: int) -> bool:
    """Whether a heading stands under the same heading in the other language."""
    return place > 0 and blocks[place].role is blocks[place - 1].role is Role.HEADING


def _tightened(piece: _Piece, paper: Paper) -> _Piece:
    gap = paper.text_size * (look_of(Role.HEADING).above + look_of(Role.HEADING).below)
    return _Piece(piece.height - gap, tuple(_moved(one, 0.0, -gap) for one in piece.drawn))


def _pages(pieces: list[_Piece], paper: Paper) -> Iterable[list[_Piece]]:
    room = (paper.page_height or ROLL_PAGE_HEIGHT_MAX) - 2 * paper.margin
    part: list[_Piece] = []
    used = 0.0
    for piece in pieces:
        if part and used + piece.height > room:
            yield part
            part, used = [], 0.0
        part.append(piece)
        used += piece.height
    yield part


def _page(pieces: list[_Piece], paper: Paper, ghosts: list[Ghost]) -> Page:
    left, top = (paper.width - paper.column) / 2, paper.margin
    drawn: list[Drawn] = list(ghosts)
    for piece in pieces:
        drawn += (_moved(one, left, top) for one in piece.drawn)
        top += piece.height
    return Page(paper.page_height or top + paper.margin, tuple(drawn))


def _numbered(page: Page, place: int, count: int, paper: Paper) -> Page:
    number = f"{place} / {count}"
    y = page.height - paper.margin / 2
    return Page(page.height, (*page.drawn, Word(paper.width / 2, y, number, paper.text_size * 0.9, align="center")))


def _moved(one: Drawn, x: float, y: float) -> Drawn:
    match one:
        case Word():
            return Word(one.x + x, one.y + y, one.text, one.size, one.bold, one.align, one.tone)
        case Stroke():
            points = tuple((across + x, down + y) for across, down in one.points)
            return Stroke(points, one.width, one.tone, one.dashed, one.closed)
        case Code():
            return Code(one.x + x, one.y + y, one.side, one.quiet, one.rows)
        case Ghost():
            return one
        case _:
            assert_never(one)


def _piece(block: Block, paper: Paper, *, copy: bool) -> _Piece:
    match block:
        case Text():
            return _text(block, paper)
        case Row():
            return _row(block, paper)
        case Badge(role=role, text=text):
            return _badge(text, paper, cloud=role is Role.AUTONOMOUS)
        case CopyMark(text=text):
            return _badge(text, paper, cloud=False) if copy else _Piece(0.0, ())
        case Rule(char=char):
            return _rule(paper, double=char == "=")
        case Space(lines=lines):
            return _Piece(lines * paper.text_size * LEADING, ())
        case Qr(data=data, caption=caption):
            return _qr(data, caption, paper)
        case _:
            assert_never(block)


def _place(align: Align, column: float) -> float:
    return {"left": 0.0, "center": column / 2, "right": column}[align]


def _text(block: Text, paper: Paper) -> _Piece:
    look = look_of(block.role)
    size = paper.text_size * look.size * (1.4 if block.size > 1 else 1.0)
    y = paper.text_size * look.above
    drawn: list[Drawn] = []
    for line in fold(block.text, paper.column, size, bold=block.bold):
        x = _place(block.align, paper.column)
        drawn.append(Word(x, y + size * BASELINE, line, size, block.bold, block.align, look.tone))
        y += size * LEADING
    return _Piece(y + paper.text_size * look.below, tuple(drawn))


def _row(block: Row, paper: Paper) -> _Piece:
    """The value ends at the right edge of the last line; the label wraps above it, values too long below."""
    look = look_of(block.role)
    size = paper.text_size * look.size
    label_size = paper.text_size * (look.label_size or look.size)
    bold_value = block.bold or look.bold_value
    value = f"{block.right}{NBSP}₸" if block.role is Role.TOTAL else block.right
    value_width = width_of(value, size, bold=bold_value)
    labels = fold(block.left, paper.column, label_size, bold=block.bold)
    values = [value]
    room = paper.column - value_width - size * 0.6
    if value_width > paper.column:
        values = fold(value, paper.column, size, bold=bold_value)
        labels = [*labels, ""]
    elif width_of(labels[-1], label_size, bold=block.bold) > room:
        last = labels.pop()
        narrow = room >= paper.column * LABEL_SHARE_MIN
        labels += fold(last, room, label_size, bold=block.bold) if narrow else [last, ""]
    return _rows(labels, values, block, look, paper, label_size, size, bold_value)


def _rows(
    labels: list[str],
    values: list[str],
    block: Row,
    look: Look,
    paper: Paper,
    label_size: float,
    size: float,
    bold_value: bool,
) -> _Piece:
    y = paper.text_size * look.above
    drawn: list[Drawn] = []
    for place, label in enumerate(labels):
        shared = place == len(labels) - 1
        line_size = max(label_size, size) if shared else label_size
        base = y + line_size * BASELINE
        if label:
            drawn.append(Word(0.0, base, label, label_size, block.bold, "left", look.label_tone))
        if shared:
            drawn.append(Word(paper.column, base, values[0], size, bold_value, "right", look.tone))
        y += line_size * LEADING
    for value in values[1:]:
        drawn.append(Word(paper.column, y + size * BASELINE, value, size, bold_value, "right", look.tone))
        y += size * LEADING
    return _Piece(y + paper.text_size * look.below, tuple(drawn))


def _badge(text: str, paper: Paper, *, cloud: bool) -> _Piece:
    """Words in a frame across the middle, with the crossed cloud where the register was alone."""
    size = paper.text_size
    drawing = size * 1.7 if cloud else 0.0
    side = size * 0.9
    lines = fold(text, paper.column - 2 * side - drawing, size, bold=True)
    inner = max(width_of(line, size, bold=True) for line in lines) + drawing
    width = min(paper.column, inner + 2 * side)
    top, height = size * 0.35, len(lines) * size * LEADING + size * 0.7
    left = (paper.column - width) / 2
    frame = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    drawn: list[Drawn] = [Stroke(frame, size * 0.12, closed=True)]
    middle = left + width / 2 + drawing / 2
    y = top + size * 0.35
    for line in lines:
        drawn.append(Word(middle, y + size * BASELINE, line, size, bold=True, align="center"))
        y += size * LEADING
    if cloud:
        drawn += _crossed_cloud(left + side * 0.8, top + height / 2 - drawing * 0.45, drawing * 0.9, size * 0.11)
    return _Piece(top + height + size * 0.45, tuple(drawn))


def _crossed_cloud(left: float, top: float, side: float, width: float) -> list[Drawn]:
    def placed(points: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
        return tuple((left + x * side, top + y * side) for x, y in points)

    return [Stroke(placed(CLOUD), width, closed=True), Stroke(placed(CLOUD_CROSS), width)]


def _rule(paper: Paper, *, double: bool) -> _Piece:
    size = paper.text_size
    y = size * 0.55
    places = (y - size * 0.1, y + size * 0.1) if double else (y,)
    lines = (Stroke(((0.0, at), (paper.column, at)), 0.6, Tone.LINE, dashed=not double) for at in places)
    return _Piece(size * 1.1, tuple(lines))


def _qr(data: str, caption: str, paper: Paper) -> _Piece:
    rows = code_rows(data)
    size = paper.text_size * 0.92
    module = paper.code_side / (len(rows) + 2 * QUIET_MODULES)
    side = module * len(rows)
    top = size * 0.5 + module * QUIET_MODULES
    drawn: list[Drawn] = [Code((paper.column - side) / 2, top, side, module * QUIET_MODULES, rows)]
    y = top + side + module * QUIET_MODULES
    for line in fold(caption, paper.column, size):
        drawn.append(Word(paper.column / 2, y + size * BASELINE, line, size, align="center", tone=Tone.SOFT))
        y += size * LEADING
    return _Piece(y + 1 * MM, tuple(drawn))


@lru_cache(maxsize=CODES_KEPT_MAX)
def code_rows(data: str) -> tuple[bytes, ...]:
    """The modules of a QR code without its quiet zone, 1 is dark. Making it costs more than all the words."""
    return tuple(bytes(row) for row in segno.make_qr(data, error="m").matrix)


def dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin in a row of a QR code and how many follow."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for place, module in enumerate((*row, 0)):
        if module and start is None:
            start = place
        elif not module and start is not None:
            runs.append((start, place - start))
            start = None
    return runs
