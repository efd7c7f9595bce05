"""Epson's answers to `DLE EOT n`, bit by bit."""

from __future__ import annotations

from typing import Final

FIXED: Final = 0x12
OFFLINE: Final = 0x08
COVER_OPEN: Final = 0x04
STOPPED_BY_PAPER_END: Final = 0x20
PAPER_NEAR_END: Final = 0x0C
PAPER_END: Final = 0x60


def status_byte(what: int, mode: str) -> int:
    """`what`: 1 the printer, 2 why it is offline, 3 errors, 4 the paper sensors."""
    if mode == "paper_out":
        return FIXED | {1: OFFLINE, 2: STOPPED_BY_PAPER_END, 4: PAPER_NEAR_END | PAPER_END}.get(what, 0)
    if mode == "cover_open":
        return FIXED | {1: OFFLINE, 2: COVER_OPEN}.get(what, 0)
    return FIXED


def questions_in(data: bytes) -> list[int]:
    """The `DLE EOT n` in a piece of the stream, which a printer answers on arrival, whatever it does."""
    found: list[int] = []
    at = data.find(b"\x10\x04")
    while 0 <= at < len(data) - 2:
        if 1 <= data[at + 2] <= 4:
            found.append(data[at + 2])
        at = data.find(b"\x10\x04", at + 2)
    return found
