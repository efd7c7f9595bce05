"""The printer itself, over a stream of bytes: asked how it is, given a paper, and asked whether all of it came out.

Status by Epson's real-time `DLE EOT n`, answered even while the printer stands still; the end of a paper by
`GS r 1`, which is answered in its turn, so its answer proves that all before it was printed. Printers that
answer neither are trusted once they have taken every byte.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final, Literal, Protocol
from urllib.parse import urlsplit

Reason = Literal["paper_out", "cover_open", "off", "error"]

PORT: Final = 9100
WRITE_BYTES_MAX: Final = 4096
ASK_ENDED: Final = b"\x1dr\x01"
log = logging.getLogger(__name__)


class Trouble(Exception):
    """The printer does not print. `reason` is for the server, the text for a person."""

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(text)
        self.reason: Reason = reason
        self.text = text


class Printer(Protocol):
    """Something that puts bytes on paper."""

    async def print_paper(
        self, data: bytes, before_first_byte: Callable[[], None], on_trouble: Callable[[Trouble], None]
    ) -> None:
        """Returns when the paper came out, as far as the printer can tell.

        Raises `Trouble`; if `before_first_byte` was not called by then, not a byte was printed. `on_trouble`
        tells of a printer that stopped in the middle and is waited for.
        """

    async def state(self) -> str:
        """`ready`, `silent` (it takes paper and answers no questions) or the reason why it does not print."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the printer is waited for, in seconds."""

    connect_s: float = 3.0
    status_s: float = 1.0
    check_s: float = 2.0
    end_s: float = 10.0
    close_s: float = 2.0


def trouble_in(printer: int, offline: int, paper: int) -> Trouble | None:
    """What the three answers to `DLE EOT 1`, `2` and `4` say (Epson's bits)."""
    if offline & 0x04:
        return Trouble("cover_open", "the printer's cover is open")
    if offline & 0x20 or paper & 0x60:
        return Trouble("paper_out", "the printer has no paper")
    if offline & 0x40:
        return Trouble("error", "the printer reports an error (cutter or paper jam)")
    if printer & 0x08:
        return Trouble("error", "the printer is not ready")
    return None


class StreamPrinter:
    """A printer that is talked to over a stream of bytes both ways; a connection lasts for one paper."""

    def __init__(self, name: str, patience: Patience | None = None) -> None:
        self._name = name
        self._patience = patience or Patience()
        self._answers_in_turn = True
        self._answers_questions = False

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The stream; raises OSError where there is no printer."""
        raise OSError(f"{self._name} leads nowhere")

    async def print_paper(
        self, data: bytes, before_first_byte: Callable[[], None], on_trouble: Callable[[Trouble], None]
    ) -> None:
        """See `Printer.print_paper`."""
        async with self._line() as line:
            if trouble := await line.status():
                raise trouble
            if line.mute and self._answers_questions:
                raise Trouble("error", "the printer does not answer; another program may hold it")
            self._answers_questions = not line.mute
            before_first_byte()
            await line.send(data, on_trouble)
            if line.mute or not self._answers_in_turn:
                await line.end_of_sending()
            elif not await line.ended(on_trouble):
                log.info("the printer does not answer GS r; from now on it is trusted when it has taken all")
                self._answers_in_turn = False

    async def state(self) -> str:
        """`ready`, `silent` (it takes paper and answers no questions) or the reason why it does not print."""
        try:
            async with self._line() as line:
                trouble = await line.status()
        except Trouble as away:
            return away.reason
        if trouble:
            return trouble.reason
        return "silent" if line.mute else "ready"

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[_Line]:
        try:
            async with asyncio.timeout(self._patience.connect_s):
                reader, writer = await self.connect()
        except (OSError, TimeoutError) as away:
            raise Trouble("off", f"the printer at {self._name} does not answer") from away
        try:
            yield _Line(reader, writer, self._patience)
        except OSError as lost:
            raise Trouble("off", "the printer went away in the middle") from lost
        finally:
            writer.close()
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(self._patience.close_s):
                    await writer.wait_closed()


class TcpPrinter(StreamPrinter):
    """A printer at an address; other programs can print between two papers."""

    def __init__(self, host: str, port: int = PORT, patience: Patience | None = None) -> None:
        super().__init__(f"{host}:{port}", patience)
        self._host = host
        self._port = port

    @classmethod
    def at(cls, address: str) -> TcpPrinter:
        """From `tcp://host[:port]`; raises ValueError for anything else."""
        parts = urlsplit(address)
        if parts.scheme != "tcp" or not parts.hostname or parts.path or parts.query:
            raise ValueError(f"{address!r} is not a printer's address; it looks like tcp://192.168.1.50:9100")
        return cls(parts.hostname, parts.port or PORT)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self._host, self._port)


class _Line:
    """One connection to a printer."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, patience: Patience
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._patience = patience
        self._end_seen = False
        self.mute = False

    async def status(self) -> Trouble | None:
        """None if all is well, or if the printer does not answer such questions at all."""
        answers: list[int] = []
        for what in (1, 2, 4):
            self._writer.write(bytes((0x10, 0x04, what)))
            answer = await self._answer(self._patience.status_s)
            if answer is None:
                self.mute = not answers
                return None
            answers.append(answer)
        return trouble_in(*answers)

    async def _answer(self, seconds: float) -> int | None:
        """The next answer to a `DLE EOT`; the answer to `GS r` may come between and is remembered."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    byte = await self._byte()
                    if byte & 0x93 == 0x12:
                        return byte
                    self._end_seen = self._end_seen or byte & 0x90 == 0
        except TimeoutError:
            return None

    async def _byte(self) -> int:
        read = await self._reader.read(1)
        if not read:
            raise ConnectionResetError("the printer closed the connection")
        return read[0]

    async def send(self, data: bytes, on_trouble: Callable[[Trouble], None]) -> None:
        """Gives the printer all bytes; one that stops taking them is told of and waited for."""
        for start in range(0, len(data), WRITE_BYTES_MAX):
            self._writer.write(data[start : start + WRITE_BYTES_MAX])
            while True:
                try:
                    async with asyncio.timeout(self._patience.end_s):
                        await self._writer.drain()
                    break
                except TimeoutError:
                    on_trouble(Trouble("error", "the printer stopped in the middle of a paper"))

    async def ended(self, on_trouble: Callable[[Trouble], None]) -> bool:
        """Waits for the printer to say that it printed all; False if it never says so though it is well."""
        self._writer.write(ASK_ENDED)
        quiet_s = 0.0
        while not self._end_seen:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience.check_s):
                    self._end_seen = await self._byte() & 0x90 == 0
                    continue
            trouble = await self.status()
            if trouble:
                quiet_s = 0.0
                on_trouble(trouble)
            else:
                quiet_s += self._patience.check_s
                if quiet_s >= self._patience.end_s and not self._end_seen:
                    if self.mute:
                        raise Trouble("off", "the printer fell silent in the middle of a paper")
                    return False
        return True

    async def end_of_sending(self) -> None:
        """Half-closes and waits for the other end: a plain close could lose what it has not read."""
        if not isinstance(self._writer.transport, asyncio.Transport):
            await self._writer.drain()  # a device: the end of writing is the end of the line
            return
        self._writer.write_eof()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.close_s):
                while await self._reader.read(64):
                    pass
