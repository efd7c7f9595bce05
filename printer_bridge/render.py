"""A job as the bytes of an ESC/POS printer: its own letters where it has them, else pictures of lines.

python-escpos gives the command bytes. Its `text` cannot be used with this code page (it knows RK1048 but finds
no codec of that name) and its image command costs 20 ms, so lines are encoded here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from escpos import constants

from printer_bridge.job import Job, Qr
from printer_bridge.letters import fits_page
from printer_bridge.lines import Line, lines_of
from printer_bridge.profile import PAPER_80_MM, Profile

# Bytes that fit a QR code of version 1, 2, … at error correction M (ISO/IEC 18004, table 7).
QR_BYTES_BY_VERSION: Final = (
    *(14, 26, 42, 62, 84, 106, 122, 152, 180, 213),
    *(251, 287, 331, 362, 412, 450, 504, 560),
)
QR_WIDTH_SHARE: Final = 0.7
QR_MODULE_DOTS_MAX: Final = 6
QR_MODULE_DOTS_MIN: Final = 3
# Many printers sold here start in a two-byte Chinese mode that would swallow pairs of Cyrillic letters.
LEAVE_CHINESE: Final = b"\x1c."
FEED_AND_CUT: Final = b"\x1dVB\x00"
FEED_TO_TEAR: Final = b"\x1bd\x05"
OPEN_DRAWER: Final = b"\x1bp\x00\x19\xfa"


def render(job: Job, profile: Profile = PAPER_80_MM) -> bytes:
    """The whole paper, from initialising to the cut; pure, the same job gives the same bytes.

    The drawer opens with an original only: a copy moves no cash.
    """
    pen = Pen(profile)
    if job.drawer and not job.copy and profile.drawer:
        pen.command(OPEN_DRAWER)
    if profile.logo:
        pen.command(profile.logo)
    for line in lines_of(job, profile.width):
        if isinstance(line, Qr):
            pen.qr(line.data)
        else:
            pen.line(line)
    return pen.finish()


def torn_end(profile: Profile) -> bytes:
    """Parts what an interrupted printing may have left under the head from the paper that follows."""
    return bytes(constants.HW_INIT) + (FEED_AND_CUT if profile.cutter else FEED_TO_TEAR)


class Pen:
    """Writes commands, a change of style only where the style changes, and lines that must be drawn together."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._parts: list[bytes] = [
            constants.HW_INIT,
            LEAVE_CHINESE,
            constants.CODEPAGE_CHANGE + bytes([profile.code_page]),
            constants.LINESPACING_RESET,
        ]
        self._style: dict[str, bytes] = {}
        self._undrawn: list[Line] = []

    def line(self, line: Line) -> None:
        """One line in its style; as a picture if the printer's letters cannot set it."""
        if not line.inverted and not line.text.strip():
            self._blank(line)
        elif self._profile.letters == "drawn" or not fits_page(line.text, self._profile.encoding):
            self._undrawn.append(line)
        else:
            self.own_letters(line)

    def own_letters(self, line: Line) -> None:
        """One line in the printer's letters, whatever it makes of them."""
        self._draw()
        self._set("align", constants.TXT_STYLE["align"][line.align])
        self._set("bold", constants.TXT_STYLE["bold"][line.bold])
        self._set("size", constants.TXT_SIZE + (b"\x11" if line.size == 2 else b"\x00"))
        self._set("invert", constants.TXT_STYLE["invert"][line.inverted])
        self._parts.append(line.text.encode(self._profile.encoding, "replace") + b"\n")

    def drawn(self, line: Line) -> None:
        """One line as a picture, whatever letters the printer has."""
        self._undrawn.append(line)

    def qr(self, data: str) -> None:
        """A QR code of model 2, correction M, as large as fits well: the printer's own, or drawn."""
        if self._profile.own_qr:
            self.own_qr(data)
        else:
            self.drawn_qr(data)

    def own_qr(self, data: str) -> None:
        """The printer's own QR code."""
        self._draw()
        self._set("align", constants.TXT_STYLE["align"]["center"])
        self._parts += [
            _qr_function(b"A", b"2\x00"),
            _qr_function(b"C", bytes([self._module_dots(data)])),
            _qr_function(b"E", b"1"),
            _qr_function(b"P", b"0" + data.encode()),
            _qr_function(b"Q", b"0"),
        ]

    def drawn_qr(self, data: str) -> None:
        """A QR code as a picture."""
        from printer_bridge.raster import rasterise_qr

        self._draw()
        self._set("align", constants.TXT_STYLE["align"]["left"])
        self._parts.append(rasterise_qr(data, self._module_dots(data), self._profile.width_dots))

    def command(self, data: bytes) -> None:
        """Bytes made by this program; nothing that came from outside goes this way."""
        self._draw()
        self._parts.append(data)

    def finish(self) -> bytes:
        """All of it, with the cut."""
        self._draw()
        self._parts.append(FEED_AND_CUT if self._profile.cutter else FEED_TO_TEAR)
        return b"".join(self._parts)

    def _module_dots(self, data: str) -> int:
        length = len(data.encode())
        version = next(v for v, room in enumerate(QR_BYTES_BY_VERSION, 1) if length <= room)
        modules = 17 + 4 * version + 8
        dots = int(self._profile.width_dots * QR_WIDTH_SHARE) // modules
        return max(QR_MODULE_DOTS_MIN, min(QR_MODULE_DOTS_MAX, dots))

    def _blank(self, line: Line) -> None:
        """An empty line costs a byte in letters, and between drawn lines less as part of their picture."""
        if self._undrawn:
            self._undrawn.append(replace(line, text=""))
        else:
            self.own_letters(replace(line, text=""))

    def _draw(self) -> None:
        if not self._undrawn:
            return
        # Pillow is loaded only for the first paper that needs it: the bridge idles in less memory.
        from printer_bridge.raster import rasterise

        lines, self._undrawn = self._undrawn, []
        self._set("align", constants.TXT_STYLE["align"]["left"])
        self._parts.append(rasterise(lines, self._profile.width_dots))

    def _set(self, what: str, command: bytes) -> None:
        if self._style.get(what) != command:
            self._style[what] = command
            self._parts.append(command)


def _qr_function(function: bytes, parameters: bytes) -> bytes:
    """`GS ( k pL pH 1 fn …`."""
    return b"\x1d(k" + (len(parameters) + 2).to_bytes(2, "little") + b"1" + function + parameters
