"""Reads ESC/POS as a printer does: byte after byte, whatever pieces the network makes of it.

Every command that our profiles send or a till program commonly sends is obeyed; any other known one is skipped
with its parameters, and an unknown one is skipped and kept in `unknown`, so that a test can see it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Final

from sandbox.printer.roll import Align, Roll, Torn

CODE_PAGES: Final = {0: "cp437", 2: "cp850", 16: "cp1252", 17: "cp866", 46: "cp1251", 53: "kz1048"}
LEFT_CENTER_RIGHT: Final[tuple[Align, ...]] = ("left", "center", "right")
CORRECTIONS: Final = {48: "L", 49: "M", 50: "Q", 51: "H"}
NUL, EOT, ENQ, HT, LF, DLE, DC4, ESC, FS, GS = 0x00, 0x04, 0x05, 0x09, 0x0A, 0x10, 0x14, 0x1B, 0x1C, 0x1D
QR_BYTES_MAX: Final = 7089
# Commands without a visible effect here, and how many bytes of parameters follow them.
ESC_SKIPPED: Final = {b: 1 for b in b" %-=?GMRSTUV{rc"} | {ord("$"): 2, ord("\\"): 2, ord("D"): 0}
GS_SKIPPED: Final = {b: 1 for b in b"bfhwHI|:"} | {b: 2 for b in b"$LPW\\"}

Steps = Generator[int, bytes, None]


class EscposReader:
    """Drives a roll. `cut` gets each paper, `answer` sends bytes back to whoever is connected."""

    def __init__(
        self,
        roll: Roll,
        cut: Callable[[Torn], None],
        answer: Callable[[bytes], None],
        *,
        code_pages: Mapping[int, str] = CODE_PAGES,
        makes_qr: bool = True,
    ) -> None:
        """A cheap model has fewer `code_pages` and skips the QR commands."""
        self._roll = roll
        self._code_pages = code_pages
        self._makes_qr = makes_qr
        self._cut = cut
        self._answer = answer
        self._encoding = "cp437"
        self._chinese = False
        self._qr = (b"", 3, "L")
        self._held = bytearray()
        self._handlers = {ESC: self._esc, GS: self._gs, DLE: self._dle, FS: self._fs}
        self.unknown: list[bytes] = []
        self.drawer_kicks = 0
        self._steps: Steps = self._commands()
        self._wanted: int = next(self._steps)

    def feed(self, data: bytes) -> None:
        """Takes bytes in and obeys every command that is complete."""
        self._held += data
        while len(self._held) >= self._wanted:
            piece = bytes(self._held[: self._wanted])
            del self._held[: self._wanted]
            self._roll.received(piece)
            self._wanted = self._steps.send(piece)

    def forget_unfinished(self) -> None:
        """The connection went: half a command means nothing any more."""
        self._held.clear()
        self._restart()

    def power_lost(self) -> Torn | None:
        """Everything in memory is gone; what was printed comes out."""
        self.forget_unfinished()
        self._initialise()
        return self._roll.power_lost()

    def _restart(self) -> None:
        self._steps = self._commands()
        self._wanted = next(self._steps)

    def _initialise(self) -> None:
        self._roll.initialise()
        self._encoding = "cp437"
        self._chinese = False
        self._qr = (b"", 3, "L")

    def _commands(self) -> Steps:
        while True:
            first = (yield 1)[0]
            if handler := self._handlers.get(first):
                yield from handler()
            elif first >= 0x20:
                self._roll.letter(bytes([first]).decode(self._encoding, "replace"))
            elif first == LF:
                self._roll.line_feed()
            elif first == HT:
                self._roll.tab()
            elif first not in (NUL, 0x0D):
                self.unknown.append(bytes([first]))

    def _dle(self) -> Steps:
        """Real-time commands; `DLE EOT` was answered on arrival."""
        what = (yield 1)[0]
        if what in (EOT, ENQ):
            yield 1
        elif what == DC4:
            function = (yield 1)[0]
            yield 2
            if function == 1:
                self.drawer_kicks += 1
        else:
            self.unknown.append(bytes([DLE, what]))

    def _fs(self) -> Steps:
        what = (yield 1)[0]
        if what not in b".&":
            self.unknown.append(bytes([FS, what]))
        yield from ()

    def _esc(self) -> Steps:
        what = (yield 1)[0]
        style = self._roll.style
        match chr(what):
            case "@":
                self._initialise()
            case "t":
                page = (yield 1)[0]
                self._encoding = self._code_pages.get(page, "cp437")
            case "a":
                align = (yield 1)[0] % 48
                style.align = LEFT_CENTER_RIGHT[align] if align < 3 else style.align
            case "E":
                style.bold = bool((yield 1)[0] & 1)
            case "!":
                mode = (yield 1)[0]
                style.bold, style.underlined = bool(mode & 0x08), bool(mode & 0x80)
                style.high, style.wide = 1 + bool(mode & 0x10), 1 + bool(mode & 0x20)
            case "d":
                for _ in range((yield 1)[0]):
                    self._roll.line_feed()
            case "J":
                self._roll.feed((yield 1)[0])
            case "2":
                style.line_dots = 30
            case "3":
                style.line_dots = (yield 1)[0]
            case "p":
                yield 3
                self.drawer_kicks += 1
            case "*":
                yield from self._column_image()
            case "-":
                style.underlined = (yield 1)[0] % 48 > 0
            case "D":
                while (yield 1)[0] != NUL:
                    pass
            case _:
                yield from self._skip(ESC, what, ESC_SKIPPED)

    def _gs(self) -> Steps:
        what = (yield 1)[0]
        style = self._roll.style
        match chr(what):
            case "!":
                size = (yield 1)[0]
                style.wide, style.high = (size >> 4 & 7) + 1, (size & 7) + 1
            case "B":
                style.inverted = bool((yield 1)[0] & 1)
            case "V":
                if (yield 1)[0] in b"AB":
                    self._roll.feed((yield 1)[0])
                if torn := self._roll.cut():
                    self._cut(torn)
            case "(":
                yield from self._bracketed()
            case "v":
                yield from self._raster()
            case "r":
                yield 1
                self._answer(b"\x00")
            case "a":
                yield 1
            case _:
                yield from self._skip(GS, what, GS_SKIPPED)

    def _skip(self, lead: int, what: int, lengths: dict[int, int]) -> Steps:
        if what in lengths:
            if lengths[what]:
                yield lengths[what]
        else:
            self.unknown.append(bytes([lead, what]))

    def _bracketed(self) -> Steps:
        """`GS ( x pL pH …`: QR codes; every other function is skipped by its length."""
        family, low, high = yield 3
        length = low + 256 * high
        parameters = (yield length) if length else b""
        if not self._makes_qr or family != ord("k") or len(parameters) < 2 or parameters[0] != ord("1"):
            return
        function, rest = chr(parameters[1]), parameters[2:]
        data, module_dots, correction = self._qr
        if function == "C" and rest:
            self._qr = (data, max(1, min(16, rest[0])), correction)
        elif function == "E" and rest:
            self._qr = (data, module_dots, CORRECTIONS.get(rest[0], "L"))
        elif function == "P":
            self._qr = (rest[1 : 1 + QR_BYTES_MAX], module_dots, correction)
        elif function == "Q" and data:
            self._roll.qr(data.decode("utf-8", "replace"), module_dots, correction)

    def _raster(self) -> Steps:
        """`GS v 0 m xL xH yL yH d…`."""
        head = yield 6
        row_bytes, rows = head[2] + 256 * head[3], head[4] + 256 * head[5]
        bits = (yield row_bytes * rows) if row_bytes * rows else b""
        if bits:
            self._roll.picture(bits, row_bytes * 8, rows)

    def _column_image(self) -> Steps:
        """`ESC * m nL nH d…`: columns of 8 or 24 dots, turned into rows."""
        mode, low, high = yield 3
        columns, column_bytes = low + 256 * high, 3 if mode in (32, 33) else 1
        data = (yield columns * column_bytes) if columns else b""
        row_bytes = -(-columns // 8)
        rows = bytearray(row_bytes * column_bytes * 8)
        for index, byte in enumerate(data):
            column, part = divmod(index, column_bytes)
            for bit in range(8):
                if byte & (0x80 >> bit):
                    rows[(part * 8 + bit) * row_bytes + column // 8] |= 0x80 >> column % 8
        if data:
            self._roll.picture(bytes(rows), columns, column_bytes * 8)
