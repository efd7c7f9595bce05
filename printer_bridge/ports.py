"""The ways to a printer besides the network: a device file (USB, serial) and a plain file.

USB printers of Linux are device files (`/dev/usb/lp0`), read and written like a line; a shared printer of Windows
is written like a file and answers nothing.
"""

from __future__ import annotations

import asyncio
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from printer_bridge.device import Patience, Printer, StreamPrinter, TcpPrinter, Trouble

BAUD_DEFAULT: Final = 9600
BAUDS: Final = (9600, 19200, 38400, 57600, 115200)
DEVICE: Final = re.compile(r"(?:COM|LPT)[0-9]+", re.IGNORECASE)
# Without O_BINARY Windows would put a carriage return before every byte that looks like a line feed.
APPEND: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
EXAMPLES: Final = "tcp://192.168.1.50:9100, usb:///dev/usb/lp0, serial:///dev/ttyUSB0?baud=19200 or file:///tmp/paper.bin"


def printer_at(address: str, patience: Patience | None = None) -> Printer:
    """The printer at an address; raises ValueError with what an address looks like."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    if parts.scheme == "tcp":
        return TcpPrinter.at(address)
    if parts.scheme in ("usb", "serial") and path and not parts.netloc:
        return DevicePrinter(Path(path), _baud(parts.query) if parts.scheme == "serial" else None, patience)
    if parts.scheme == "file" and path and not parts.query:
        return FilePrinter(Path(file_path(parts.netloc, path, windows=sys.platform == "win32")))
    raise ValueError(f"{address!r} is not a printer's address; it looks like {EXAMPLES}")


def file_path(host: str, path: str, *, windows: bool) -> str:
    """The file of an address. Windows has shared printers (`//host/printer`), devices (`COM3`) and drives."""
    if host:
        return f"//{host}{path}"
    if not windows:
        return path
    name = path.lstrip("/")
    return f"//./{name}" if DEVICE.fullmatch(name) else name


def _baud(query: str) -> int:
    given = parse_qs(query).get("baud", [str(BAUD_DEFAULT)])[0]
    if not given.isdecimal() or int(given) not in BAUDS:
        raise ValueError(f"baud={given} is not a printer's address; a serial line has {', '.join(map(str, BAUDS))}")
    return int(given)


class DevicePrinter(StreamPrinter):
    """A printer behind a character device; `baud` only for a serial line."""

    def __init__(self, path: Path, baud: int | None, patience: Patience | None = None) -> None:
        super().__init__(str(path), patience)
        self._path = path
        self._baud = baud

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Opens the device; one that is no device is not a printer."""
        if sys.platform == "win32":
            raise OSError("on Windows such a printer is written to as a file: docs/printer-bridge.md")
        handle = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            if not stat.S_ISCHR(os.fstat(handle).st_mode):
                raise OSError(f"{self._path} is not a device")
            if self._baud is not None:
                _make_raw(handle, self._baud)
            return await _streams(handle)
        except BaseException:
            os.close(handle)
            raise


async def _streams(handle: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    ears = os.fdopen(os.dup(handle), "rb", buffering=0)
    hearing, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), ears)
    mouth = os.fdopen(handle, "wb", buffering=0)
    transport, protocol = await loop.connect_write_pipe(lambda: _Mouth(reader, hearing), mouth)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


class _Mouth(asyncio.StreamReaderProtocol):
    """The writing side of a device; with its end the reading side ends too, as with a socket."""

    def __init__(self, reader: asyncio.StreamReader, hearing: asyncio.BaseTransport) -> None:
        super().__init__(reader)
        self._hearing = hearing

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The reader is fed by the reading side."""

    def connection_lost(self, exc: Exception | None) -> None:
        """The device is let go of."""
        self._hearing.close()
        super().connection_lost(exc)


def _make_raw(handle: int, baud: int) -> None:
    """Eight bits, no parity, nothing translated."""
    import termios
    import tty

    tty.setraw(handle)
    settings = termios.tcgetattr(handle)
    settings[4] = settings[5] = getattr(termios, f"B{baud}")
    settings[2] |= termios.CLOCAL | termios.CREAD
    termios.tcsetattr(handle, termios.TCSANOW, settings)


class FilePrinter:
    """Papers one behind the other in a file, or in a shared printer that is written like one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def print_paper(
        self, data: bytes, before_first_byte: Callable[[], None], on_trouble: Callable[[Trouble], None]
    ) -> None:
        """See `Printer.print_paper`; it came out when it is safe in the file."""
        try:
            handle = await asyncio.to_thread(os.open, self._path, APPEND, 0o600)
        except OSError as away:
            raise Trouble("off", f"the file {self._path} cannot be written") from away
        try:
            before_first_byte()
            await asyncio.to_thread(_write_all, handle, data)
        except OSError as lost:
            raise Trouble("error", f"the file {self._path} took only a part of the paper") from lost
        finally:
            os.close(handle)

    async def state(self) -> str:
        """A file answers no questions."""
        return "silent" if await asyncio.to_thread(self._path.parent.exists) else "off"


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    if stat.S_ISREG(os.fstat(handle).st_mode):
        os.fsync(handle)
