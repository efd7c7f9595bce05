#!/usr/bin/env python3
"""Verifies the archive of a cash register of Tiyn. Needs Python 3.9 and nothing else: no database, no other code.

    python3 verify.py [ARCHIVE] [--lang kk|ru|en] [--head DIGEST ...]

ARCHIVE is the ZIP or a folder with its files; without it, the folder of this program. Every chain, number, sum and
head is computed again from the frozen bytes. Exit code 0: all holds; 1: something does not, and each line says where.
--head is a chain head from a Z-report on paper or in the owner's chat: it must stand in this archive.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

# The words of each language by their key; they are put in when an archive is made.
WORDS: dict[str, dict[str, str]] = {}

FORMAT, VERSION = "tiyn-archive", 1
MANIFEST, ENTRIES, DOCUMENTS, ANSWERS = "manifest.json", "entries.jsonl", "documents.jsonl", "answers.jsonl"
SHIFTS, REGISTRATION, PROGRAM = "shifts.csv", "registration.json", "verify.py"
NOTHING = "0" * 64
FINDINGS_MAX = 50
CHUNK_BYTES = 64 * 1024

Facts = dict[str, Any]


class Unreadable(Exception):
    """A file of the archive cannot be read on; the finding is told already."""


class Voice:
    """What is said to the person, and how much of it is bad news."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.findings = 0

    def words(self, key: str, **params: object) -> str:
        template = WORDS.get(self.lang, {}).get(key)
        return f"{key} {params}" if template is None else template.format(**params)

    def say(self, key: str, **params: object) -> None:
        sys.stdout.write(f"{self.words(key, **params)}\n")

    def find(self, key: str, where: str, **params: object) -> None:
        self.findings += 1
        if self.findings <= FINDINGS_MAX:
            sys.stdout.write(f"✖ {where}: {self.words(key, **params)}\n")

    def hold(self, holds: object, key: str, where: str, **params: object) -> None:
        if not holds:
            self.find(key, where, **params)


class Box:
    """The files of an archive, from its ZIP or from a folder. What was read of each is kept for the manifest."""

    def __init__(self, path: Path, voice: Voice) -> None:
        self.path = path
        self.voice = voice
        self.zip: zipfile.ZipFile | None = None
        self.seen: dict[str, Facts] = {}
        if not path.is_dir():
            try:
                self.zip = zipfile.ZipFile(path)
            except (OSError, zipfile.BadZipFile, ValueError):
                voice.find("not-whole", where_it_ends(path))
                raise Unreadable from None

    def names(self) -> set[str]:
        """Every file of a ZIP. A folder may hold others: they are nobody's business."""
        if self.zip is not None:
            listed = self.zip.namelist()
            self.voice.hold(len(listed) == len(set(listed)), "file-twice", self.path.name)
            return set(listed)
        return {one.name for one in self.path.iterdir() if one.is_file()}

    def lines(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Each line with its place."""
        digest, size, number = hashlib.sha256(), 0, 0
        try:
            with self._opened(name) as file:
                for number, line in enumerate(file, start=1):
                    digest.update(line)
                    size += len(line)
                    self.voice.hold(line.endswith(b"\n"), "cut-off", f"{name}:{number}")
                    yield f"{name}:{number}", line
        except KeyError:
            self.voice.find("file-missing", name)
            raise Unreadable from None
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
            self.voice.find("spoilt", f"{name}:{number + 1}")
            raise Unreadable from None
        self.seen[name] = {"bytes": size, "lines": number, "sha256": digest.hexdigest()}

    def rows(self, name: str) -> Iterator[tuple[str, Facts]]:
        """Each line of JSON; one that is none is found and left out."""
        for where, line in self.lines(name):
            facts = facts_of(line)
            if facts is None:
                self.voice.find("line-unreadable", where)
            else:
                yield where, facts

    def whole(self, name: str) -> bytes:
        """A small file."""
        return b"".join(line for _, line in self.lines(name))

    def _opened(self, name: str) -> IO[bytes]:
        if self.zip is not None:
            return self.zip.open(name)
        if not (self.path / name).is_file():
            raise KeyError(name)
        return (self.path / name).open("rb")


def facts_of(body: bytes) -> Facts | None:
    """A JSON object, or ``None`` for what is none."""
    try:
        facts = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None


def body_of(row: Facts) -> bytes:
    """The frozen bytes of a line: a text, or hexadecimal digits where they are none."""
    try:
        return bytes.fromhex(row["body_hex"]) if "body_hex" in row else str(row["body"]).encode()
    except (KeyError, TypeError, ValueError):
        return b""


def where_it_ends(path: Path) -> str:
    """In or after which of its files a ZIP without its directory breaks off; its own name where it has none."""
    name = path.name
    try:
        with path.open("rb") as file:
            while (head := file.read(30))[:4] == b"PK\3\4":
                size = int.from_bytes(head[26:28], "little")
                named = file.read(size)
                if len(head) < 30 or len(named) < size:
                    return name
                name = named.decode("utf-8", "replace")
                file.seek(int.from_bytes(head[28:30], "little"), 1)
                if not _inflated(file):
                    return name
                # the sizes after the data, which have no fixed length: on to the next sign of a header
                behind = file.read(CHUNK_BYTES)
                following = behind.find(b"PK", 4)
                if following < 0:
                    return name
                file.seek(following - len(behind), 1)
    except (OSError, zlib.error):
        return name
    return name


def _inflated(file: IO[bytes]) -> bool:
    """Read past one file's data; false where it breaks off."""
    inflater = zlib.decompressobj(-15)
    while not inflater.eof:
        piece = file.read(CHUNK_BYTES)
        if not piece:
            return False
        rest = inflater.decompress(piece, CHUNK_BYTES)
        while inflater.unconsumed_tail and rest:
            rest = inflater.decompress(inflater.unconsumed_tail, CHUNK_BYTES)
    file.seek(-len(inflater.unused_data), 1)
    return True


class Chain:
    """One chain: each digest is SHA-256(the digest before + the body). Keeps its head."""

    def __init__(self, voice: Voice, wanted: set[str]) -> None:
        self.voice = voice
        self.wanted = wanted
        self.found: dict[str, str] = {}
        self.head = NOTHING
        self.count = 0
        self.is_whole = True

    def link(self, where: str, row: Facts) -> bytes:
        """One row more; gives back its body. Goes on from the stored digest, so that one change is told once."""
        body, told, digest = body_of(row), row.get("previous_digest"), row.get("digest")
        try:
            computed = hashlib.sha256(bytes.fromhex(str(told)) + body).hexdigest()
        except ValueError:
            computed = ""
        self._hold(told == self.head, "chain-broken", where)
        self._hold(computed == digest, "bytes-changed", where)
        self.head = str(digest)
        self.count += 1
        if self.head in self.wanted:
            self.found[self.head] = where
        return body

    def _hold(self, holds: bool, key: str, where: str) -> None:
        self.voice.hold(holds, key, where)
        self.is_whole = self.is_whole and holds
