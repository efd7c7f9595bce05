"""A layout as the blocks of a print job: data for the bridge, never printer commands (``printer_bridge/job.py``)."""

from __future__ import annotations

from typing import Any, assert_never

from core.receipt.blocks import Badge, Block, CopyMark, Layout, Qr, Row, Rule, Space, Text


def print_blocks(layout: Layout) -> list[dict[str, Any]]:
    """The wire form of every block. The copy mark is always sent: the bridge prints it on copies only (G9)."""
    return [_wire(block) for block in layout.blocks]


def _wire(block: Block) -> dict[str, Any]:
    match block:
        case Text(text=text, align=align, bold=bold, size=size):
            return {"type": "text", "text": text, "align": align, "bold": bold, "size": size}
        case Row(left=left, right=right, bold=bold, size=size):
            return {"type": "row", "left": left, "right": right, "bold": bold, "size": size}
        case Badge(text=text):
            return {"type": "text", "text": text, "align": "center", "bold": True, "size": 1, "inverted": True}
        case CopyMark(text=text):
            return {"type": "copy_mark", "text": text}
        case Rule(char=char):
            return {"type": "rule", "char": char}
        case Space(lines=lines):
            return {"type": "space", "lines": lines}
        case Qr(data=data, caption=caption):
            return {"type": "qr", "data": data, "caption": caption}
        case _:
            assert_never(block)
