"""Keyed JSON records that outlive the process: one append-only log of lines, made short again at every start."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

Record = dict[str, Any]


class Shelf:
    """Without a folder nothing is kept. A line is handed to the operating system at once (a killed process loses
    nothing); a torn last line is left out when the log is read."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._log: Any = None
        self._files: dict[str, bytes] = {}
        self.records: dict[str, dict[str, Record]] = {}
        if folder is not None:
            (folder / "files").mkdir(parents=True, exist_ok=True)
            self._path = folder / "telegram.jsonl"
            self._load()

    def _load(self) -> None:
        if self._path.exists():
            for line in self._path.read_bytes().split(b"\n"):
                try:
                    kind, key, record = json.loads(line)
                except ValueError:
                    continue
                kept = self.records.setdefault(kind, {})
                if record is None:
                    kept.pop(key, None)
                else:
                    kept[key] = record
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as log:
            for kind, kept in self.records.items():
                for key, record in kept.items():
                    log.write(_line(kind, key, record))
            log.flush()
            os.fsync(log.fileno())
        fresh.replace(self._path)
        self._log = self._path.open("ab", buffering=0)

    def take(self, kind: str) -> dict[str, Record]:
        """The records of a kind as they were at the start; the shelf itself keeps no copy after that."""
        return self.records.pop(kind, {})

    def put(self, kind: str, key: object, record: Record) -> None:
        if self._log is not None:
            self._log.write(_line(kind, str(key), record))

    def drop(self, kind: str, key: object) -> None:
        if self._log is not None:
            self._log.write(_line(kind, str(key), None))

    def put_file(self, name: str, data: bytes) -> None:
        if self._folder is None:
            self._files[name] = data
            return
        path = self._folder / "files" / name
        fresh = path.with_suffix(".new")
        fresh.write_bytes(data)
        fresh.replace(path)

    def read_file(self, name: str) -> bytes | None:
        if self._folder is None:
            return self._files.get(name)
        path = self._folder / "files" / name
        return path.read_bytes() if path.is_file() else None

    def close(self) -> None:
        if self._log is not None:
            self._log.close()
            self._log = None


def _line(kind: str, key: str, record: Record | None) -> bytes:
    return json.dumps([kind, key, record], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
