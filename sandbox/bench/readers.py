"""Readers of pages: each request leaves at its moment, whether or not the ones before it were answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Readers:
    """As many lines as are needed at once, kept open between requests as browsers and proxies keep theirs."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[_Line] = []
        self.heaviest = 0

    async def read(self, paths: Sequence[str], per_s: int, seconds: float) -> list[float]:
        """Milliseconds from the moment that each request was due until its last byte, one path after the other."""
        begun = time.perf_counter()
        reading = []
        for number in range(round(per_s * seconds)):
            due = begun + number / per_s
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            reading.append(asyncio.create_task(self._one(paths[number % len(paths)], due)))
        return list(await asyncio.gather(*reading))

    async def close(self) -> None:
        """Hang up."""
        for _, writer in self._free:
            writer.close()
        self._free.clear()

    async def _one(self, path: str, due: float) -> float:
        line = self._free.pop() if self._free else await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = line
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: kk\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 "), head
        size = next(int(one[15:]) for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:"))
        await reader.readexactly(size)
        spent = (time.perf_counter() - due) * 1000
        self.heaviest = max(self.heaviest, size)
        self._free.append(line)
        return spent
