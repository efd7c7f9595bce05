"""Every frame that reached the operator, in order, in memory and on disk; a start reads the books from it."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from google.protobuf.message import DecodeError

from sandbox.ofd.versions import CLASSES, V203
from sandbox.ofd.wire import HEADER_BYTES, Head, as_json

FILE = "operator.jsonl"
KEPT_MAX = 500_000
"""Exchanges held in memory; older ones leave the list but stay in the book and in the file."""

Json = dict[str, Any]


@dataclass(slots=True)
class Exchange:
    """One frame and what came of it; `code` and `answer` are None where nothing was decided or sent."""

    n: int
    at: str
    head: Head
    command: str
    frame: bytes
    outcome: str
    code: int | None
    answer: bytes | None
    answer_lost: bool = False

    def told(self) -> Json:
        """The exchange as `GET /ofd/exchanges` lists it."""
        classes = CLASSES.get(self.head.version, CLASSES[V203])
        out = {
            "n": self.n,
            "at": self.at,
            "device_id": self.head.device_id,
            "version": self.head.version,
            "token": self.head.token,
            "reqnum": self.head.reqnum,
            "command": self.command,
            "request": _decoded(classes.Request(), self.frame) or {},
            "outcome": self.outcome,
            "result_code": self.code,
            "response": _decoded(classes.Response(), self.answer),
            "request_hex": self.frame.hex(),
            "response_hex": None if self.answer is None else self.answer.hex(),
        }
        return {**out, "answer_lost": True} if self.answer_lost else out


class Exchanges:
    """The list. Each entry is written to the file with one system call before its answer leaves."""

    def __init__(self, folder: Path | None) -> None:
        self._kept: deque[Exchange] = deque(maxlen=KEPT_MAX)
        self._next = 1
        self._path = None if folder is None else folder / FILE
        self._file: IO[bytes] | None = None

    def read_back(self) -> Iterator[Json]:
        """The lines of an earlier run, then open for more. A line cut by a crash is taken off the end."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        whole = self._path.read_bytes() if self._path.exists() else b""
        end = whole.rfind(b"\n") + 1
        for line in whole[:end].splitlines():
            yield json.loads(line)
        # Unbuffered, and closed by `close`: it lives as long as the operator.
        self._file = self._path.open("ab", buffering=0)
        self._file.truncate(end)

    def close(self) -> None:
        """No more lines are written."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def next_number(self) -> int:
        """The number that the next exchange takes."""
        return self._next

    def note(self, line: Json) -> None:
        """Write something other than an exchange that a restart must know."""
        if self._file is not None:
            self._file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def add(self, exchange: Exchange) -> None:
        """The next exchange."""
        self._keep(exchange)
        self.note(
            {
                "n": exchange.n,
                "at": exchange.at,
                "command": exchange.command,
                "frame": exchange.frame.hex(),
                "outcome": exchange.outcome,
                "code": exchange.code,
                "answer": None if exchange.answer is None else exchange.answer.hex(),
                **({"lost": True} if exchange.answer_lost else {}),
            }
        )

    def lose(self, exchange: Exchange) -> None:
        """The answer of an exchange did not leave after all."""
        exchange.answer_lost = True
        self.note({"lost": exchange.n})

    def restore(self, exchange: Exchange) -> None:
        """One from the file."""
        self._keep(exchange)

    def restore_loss(self, n: int) -> None:
        """A loss from the file."""
        for exchange in reversed(self._kept):
            if exchange.n == n:
                exchange.answer_lost = True
                return

    def after(self, n: int, limit: int, device_id: int | None = None) -> tuple[list[Exchange], bool]:
        """At most `limit` exchanges with a greater number, and whether more follow."""
        first = self._kept[0].n if self._kept else 1
        begin = max(0, n - first + 1)
        matching = (
            exchange
            for exchange in islice(self._kept, begin, None)
            if device_id is None or exchange.head.device_id == device_id
        )
        found = list(islice(matching, limit + 1))
        return found[:limit], len(found) > limit

    def _keep(self, exchange: Exchange) -> None:
        self._kept.append(exchange)
        self._next = exchange.n + 1


def _decoded(message: Any, frame: bytes | None) -> Json | None:
    """The message of a frame as far as it can be read; None where it cannot."""
    if frame is None:
        return None
    try:
        message.ParseFromString(frame[HEADER_BYTES:])
    except DecodeError:
        return None
    return as_json(message)
