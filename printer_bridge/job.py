"""The wire contract of a print job: what a server may ask a bridge to print.

A job is data, never printer commands: the bridge alone turns it into bytes, and control characters are taken
out here, so a product name can never reach the printer as a command.

    {"id": str, "sequence": int, "register_id": str, "document": int, "title": str, "copy": bool,
     "language": "kk-ru|kk|ru|en", "drawer"?: bool,
     "blocks": [{"type": "text", "text": str, "align"?: "left|center|right", "bold"?: bool, "size"?: 1|2,
                 "inverted"?: bool},
                {"type": "row", "left": str, "right": str, "bold"?: bool, "size"?: 1|2},
                {"type": "rule", "char"?: "-|="},
                {"type": "qr", "data": str, "caption"?: str},
                {"type": "space", "lines": int},
                {"type": "copy_mark", "text": str}]}

`copy_mark` comes out only on a copy: one that the server asked for, or a reprint after an end that nobody saw
(G9). A copy without such a block bears КӨШІРМЕ / ДУБЛИКАТ on top. `drawer` says that cash moved: the drawer opens
with the original, if one hangs on the printer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

Align = Literal["left", "center", "right"]

BLOCKS_MAX: Final = 4096
TEXT_CHARACTERS_MAX: Final = 4096
QR_BYTES_MAX: Final = 512
SPACE_LINES_MAX: Final = 20
ID_CHARACTERS_MAX: Final = 200
NUMBER_MAX: Final = 2**63 - 1
LANGUAGES: Final = ("kk-ru", "kk", "ru", "en")
ALIGNMENTS: Final = ("left", "center", "right")


class BadJob(ValueError):
    """The server sent something that is not a print job; the text says in plain words what is wrong."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words on lines of their own, wrapped on words."""

    text: str
    align: Align = "left"
    bold: bool = False
    size: int = 1
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its figure; the figure stands on the last line, at the right edge."""

    left: str
    right: str
    bold: bool = False
    size: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    char: str = "-"


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, centred, with words under it."""

    data: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines."""

    lines: int


@dataclass(frozen=True, slots=True)
class CopyMark:
    """КӨШІРМЕ / ДУБЛИКАТ at its place in the receipt; printed on copies only."""

    text: str


Block = Text | Row | Rule | Qr | Space | CopyMark


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to print. `sequence` orders the jobs of a printer."""

    id: str
    sequence: int
    register_id: str
    document: int
    title: str
    copy: bool
    language: str
    blocks: tuple[Block, ...]
    drawer: bool = False

    def as_copy(self) -> Job:
        """The same paper, marked as a copy."""
        return replace(self, copy=True)


def clean(text: str) -> str:
    """Text without anything a printer could take for a command: C0, DEL, C1 go, line breaks become spaces."""
    kept: list[str] = []
    for character in text:
        if character in "\t\n\r\v\f\x85\u2028\u2029":
            kept.append(" ")
        elif unicodedata.category(character) not in ("Cc", "Cs"):
            kept.append(character)
    return "".join(kept)


def parse_job(obj: object) -> Job:
    """Reads a job as it came from the server; raises `BadJob` rather than print half of something."""
    fields = _Fields(obj, "job")
    blocks = fields.take("blocks")
    if not isinstance(blocks, list):
        raise BadJob("job: blocks must be a list")
    if not 1 <= len(blocks) <= BLOCKS_MAX:
        raise BadJob(f"job: {len(blocks)} blocks, it must be 1 to {BLOCKS_MAX}")
    job = Job(
        id=_identity(fields.take("id")),
        sequence=fields.whole("sequence", 0, NUMBER_MAX),
        register_id=fields.text("register_id"),
        document=fields.whole("document", 0, NUMBER_MAX),
        title=fields.text("title"),
        copy=fields.flag("copy"),
        language=fields.one_of("language", LANGUAGES),
        blocks=tuple(_block(block, f"block {number}") for number, block in enumerate(blocks, 1)),
        drawer=fields.flag("drawer", False),
    )
    fields.end()
    return job


def _identity(job_id: object) -> str:
    if not isinstance(job_id, str):
        raise BadJob("job: id must be a text")
    if not 1 <= len(job_id) <= ID_CHARACTERS_MAX or not job_id.isascii() or not job_id.isprintable():
        raise BadJob(f"job: id must be 1 to {ID_CHARACTERS_MAX} printable ASCII characters")
    return job_id


def _block(obj: object, where: str) -> Block:
    fields = _Fields(obj, where)
    kind = fields.take("type")
    block: Block
    if kind == "text":
        align = cast("Align", fields.one_of("align", ALIGNMENTS, "left"))
        words, bold, size = fields.text("text"), fields.flag("bold", False), fields.size()
        block = Text(words, align, bold, size, fields.flag("inverted", False))
    elif kind == "row":
        block = Row(fields.text("left"), fields.text("right"), fields.flag("bold", False), fields.size())
    elif kind == "rule":
        block = Rule(fields.one_of("char", ("-", "="), "-"))
    elif kind == "qr":
        block = Qr(fields.text("data"), fields.text("caption", ""))
        if not 1 <= len(block.data.encode()) <= QR_BYTES_MAX:
            raise BadJob(f"{where}: QR data must be 1 to {QR_BYTES_MAX} bytes")
    elif kind == "space":
        block = Space(fields.whole("lines", 1, SPACE_LINES_MAX))
    elif kind == "copy_mark":
        block = CopyMark(fields.text("text"))
    else:
        raise BadJob(f"{where}: type {kind!r} is unknown")
    fields.end()
    return block


class _Fields:
    """The fields of one object, each taken once; what is left over at the end is an error."""

    def __init__(self, obj: object, where: str) -> None:
        if not isinstance(obj, Mapping):
            raise BadJob(f"{where}: must be an object")
        self._left: dict[object, object] = dict(obj)
        self._where = where

    def take(self, name: str, default: object = None) -> object:
        if name not in self._left and default is None:
            raise BadJob(f"{self._where}: {name} is missing")
        return self._left.pop(name, default)

    def text(self, name: str, default: str | None = None) -> str:
        found = self.take(name, default)
        if not isinstance(found, str):
            raise BadJob(f"{self._where}: {name} must be a text")
        if len(found) > TEXT_CHARACTERS_MAX:
            raise BadJob(f"{self._where}: {name} is longer than {TEXT_CHARACTERS_MAX} characters")
        return clean(found)

    def whole(self, name: str, least: int, most: int) -> int:
        found = self.take(name)
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise BadJob(f"{self._where}: {name} must be a whole number from {least} to {most}")
        return found

    def flag(self, name: str, default: bool | None = None) -> bool:
        found = self.take(name, default)
        if not isinstance(found, bool):
            raise BadJob(f"{self._where}: {name} must be true or false")
        return found

    def one_of(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        found = self.take(name, default)
        if not isinstance(found, str) or found not in allowed:
            raise BadJob(f"{self._where}: {name} must be one of {', '.join(allowed)}")
        return found

    def size(self) -> int:
        found = self.take("size", 1)
        if not isinstance(found, int) or isinstance(found, bool) or found not in (1, 2):
            raise BadJob(f"{self._where}: size must be 1 or 2")
        return found

    def end(self) -> None:
        if self._left:
            raise BadJob(f"{self._where}: unknown field {next(iter(self._left))!r}")
