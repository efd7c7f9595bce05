"""A layout as plain text of a fixed width, for ``.txt`` answers and for reading without a printer."""

from __future__ import annotations

from typing import assert_never

from core.receipt.blocks import Badge, Block, CopyMark, Layout, Qr, Row, Rule, Space, Text
from core.receipt.cells import centred, row, wrap
from core.receipt.words import NBSP

COLUMNS = {"58": 32, "80": 48, "a4": 64}


def render_text(layout: Layout, width: int) -> str:
    """The paper as text, no line of it wider than ``width`` cells; 80 mm = 48, 58 mm = 32, A4 = 64."""
    lines = [line for block in layout.blocks for line in _lines(block, width, copy=layout.copy)]
    return "\n".join(line.rstrip(" ") for line in lines).replace(NBSP, " ") + "\n"


def _lines(block: Block, width: int, *, copy: bool) -> list[str]:
    match block:
        case Text(text=text, align="center"):
            return centred(text, width)
        case Text(text=text, align="right"):
            return row("", text, width)
        case Text(text=text):
            return wrap(text, width)
        case Row(left=left, right=right):
            return row(left, right, width)
        case Badge(text=text):
            return centred(f"*** {text} ***", width)
        case CopyMark(text=text):
            return centred(text, width) if copy else []
        case Rule(char=char):
            return [char * width]
        case Space(lines=count):
            return [""] * count
        case Qr(data=data, caption=caption):
            return [*centred(f"{caption}:", width), *centred(data, width)]
        case _:
            assert_never(block)
