"""The archive as a ZIP, written as it goes: no row is held longer than the page that it came in."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from core.archive.check_files import (
    ANSWERS,
    DOCUMENTS,
    ENTRIES,
    FORMAT,
    MANIFEST,
    PROGRAM,
    REGISTRATION,
    SHIFTS,
    VERSION,
)
from core.archive.check_story import close_row
from core.archive.program import verifier
from core.archive.readme import readme, shift_headings
from core.clock import ALMATY
from core.domain.document import canonical
from core.domain.register import RegisterState
from core.domain.registration import Registration
from core.ofd.codec import AnswerError, decode_answer
from core.texts import LANGUAGES
from core.usecases.archives import CHAPTERS, Chapter, FrozenRow, Life

FILES: dict[Chapter, str] = {"documents": DOCUMENTS, "entries": ENTRIES, "answers": ANSWERS}
SHIFT_CLOSE, OUTCOME = "shift_close", "outcome"
TOLD = (
    *("register_id", "title", "taxpayer", "iin_bin", "address", "address_kk", "okved", "latitude", "longitude"),
    *("rnm", "znm", "device_id", "operator", "protocol", "vat_payer", "vat_default", "taxation_type", "practice"),
)
"""Facts of a registration that an archive tells: no key, no address of a server."""


class _Pieces(io.RawIOBase):
    """Where the ZIP is written to and taken from at once; it cannot be gone back in."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._written += piece
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece = bytes(self._written)
        self._written.clear()
        return piece


class Bundle:
    """Writes one archive. Each call answers with the bytes that are ready; :meth:`close` comes last, also early."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._pieces = _Pieces()
        self._zip = zipfile.ZipFile(self._pieces, "w", zipfile.ZIP_DEFLATED)
        self._files: dict[str, dict[str, Any]] = {}
        self._open: tuple[Chapter, IO[bytes]] | None = None
        self._done: list[Chapter] = []
        self._closes: dict[int, dict[str, Any]] = {}
        self._outcomes: dict[int, str] = {}

    def begin(self) -> bytes:
        """What people read, what verifies, and whose register it is."""
        for lang in LANGUAGES:
            self._whole(f"README.{lang}.txt", readme(lang, self._life))
        self._whole(PROGRAM, verifier())
        self._whole(REGISTRATION, _pretty(told(self._life.registration)))
        return self._pieces.taken()

    def write(self, chapter: Chapter, rows: list[FrozenRow]) -> bytes:
        """Rows of one chapter; chapters come one after the other."""
        lines = b"".join(map(_line, rows) if chapter != "answers" else map(_answer_line, rows))
        self._into(chapter).write(lines)
        self._note(FILES[chapter], lines, len(rows))
        for row in rows:
            self._watch(chapter, row)
        return self._pieces.taken()

    def end(self) -> Iterator[bytes]:
        """The list of shifts, the manifest with the bytes and the ends of everything, the ZIP's own directory."""
        for chapter in CHAPTERS:
            if chapter not in self._done:
                self._into(chapter)
        self._close_chapter()
        self._whole(SHIFTS, self._shifts())
        facts = {
            "format": FORMAT,
            "version": VERSION,
            "register_id": self._life.registration.register_id,
            "made_at": self._life.made_at.isoformat(),
            "ends": self._ends(),
            "files": self._files,
        }
        self._whole(MANIFEST, _pretty({**facts, "seal": hashlib.sha256(canonical(facts)).hexdigest()}))
        self._zip.close()
        yield self._pieces.taken()

    def close(self) -> None:
        """Give up what was not finished."""
        if self._open is not None:
            self._open[1].close()
            self._open = None
        self._zip.close()

    def _into(self, chapter: Chapter) -> IO[bytes]:
        if self._open is None or self._open[0] != chapter:
            self._close_chapter()
            name = FILES[chapter]
            self._files[name] = {"bytes": 0, "lines": 0, "sha256": hashlib.sha256()}
            self._open = (chapter, self._zip.open(self._about(name), "w", force_zip64=True))
            self._done.append(chapter)
        return self._open[1]

    def _close_chapter(self) -> None:
        if self._open is not None:
            chapter, file = self._open
            file.close()
            self._open = None
            seen = self._files[FILES[chapter]]
            seen["sha256"] = seen["sha256"].hexdigest()

    def _note(self, name: str, lines: bytes, count: int) -> None:
        seen = self._files[name]
        seen["bytes"] += len(lines)
        seen["lines"] += count
        seen["sha256"].update(lines)

    def _watch(self, chapter: Chapter, row: FrozenRow) -> None:
        """Closes are listed apart; whether one counts is told by its outcome, which comes with the entries."""
        if chapter == "documents" and row.kind == SHIFT_CLOSE:
            self._closes[row.place] = {**json.loads(row.body), "digest": row.digest.hex()}
        elif chapter == "entries" and row.kind == OUTCOME and row.number in self._closes:
            self._outcomes[row.number] = json.loads(row.body)["outcome"]

    def _shifts(self) -> str:
        out = io.StringIO(newline="")
        table = csv.writer(out, delimiter=";", lineterminator="\r\n")
        table.writerow(shift_headings())
        for number, facts in self._closes.items():
            if (outcome := self._outcomes.get(number)) not in (None, "refused"):
                table.writerow(close_row(facts, outcome == "autonomous"))
        return "\ufeff" + out.getvalue()

    def _ends(self) -> dict[str, Any]:
        ends = self._life.ends
        return {
            "entries": {"count": ends.state.version, "head": ends.state.chain_head},
            "documents": {"count": self._life.documents, "head": ends.state.document_head},
            "answers": {"count": ends.answer_seq, "head": ends.answer_head},
            "register": register_end(ends.state),
        }

    def _whole(self, name: str, text: str) -> None:
        data = text.encode()
        self._zip.writestr(self._about(name), data)
        if name != MANIFEST:
            lines = data.count(b"\n")
            self._files[name] = {"bytes": len(data), "lines": lines, "sha256": hashlib.sha256(data).hexdigest()}

    def _about(self, name: str) -> zipfile.ZipInfo:
        about = zipfile.ZipInfo(name, self._life.made_at.astimezone(ALMATY).timetuple()[:6])
        about.compress_type = zipfile.ZIP_DEFLATED
        about.external_attr = 0o644 << 16
        return about


def told(registration: Registration) -> dict[str, Any]:
    """A registration without what is a secret or only a setting."""
    return {name: getattr(registration, name) for name in TOLD}


def register_end(state: RegisterState) -> dict[str, Any]:
    """The register's row in the words in which the verifier counts."""
    shift = state.shift
    tables = {} if shift is None else {**shift.counters.tickets, **shift.counters.placements}
    return {
        "last_document": state.last_document,
        "last_shift": state.last_shift,
        "own_sign": state.own_sign,
        "pending": state.pending,
        "cash": state.totals.cash,
        "non_nullable": state.totals.non_nullable,
        "counts": {**state.totals.tickets, **state.totals.placements},
        "open_shift": None if shift is None else shift.number,
        "open_shift_counts": {name: [row["count"], row["sum"], row["offline"]] for name, row in tables.items()},
    }


def _line(row: FrozenRow) -> bytes:
    place = {"seq": row.place, "kind": row.kind} if row.at is None else {}
    return _written({**place, "number": row.number, **_chain(row)}, row.body)


def _answer_line(row: FrozenRow) -> bytes:
    """An answer as it came, and beside it what stands in it for people."""
    assert row.at is not None
    facts: dict[str, Any] = {
        "seq": row.place,
        "number": row.number,
        "command": row.kind,
        "at": row.at.astimezone(ALMATY).isoformat(),
        **_chain(row),
    }
    try:
        answer = decode_answer(row.body)
        facts |= {"result_code": answer.result_code, "fiscal_sign": answer.fiscal_sign, "check_url": answer.check_url}
    except AnswerError:
        pass
    return _json({**facts, "body_hex": row.body.hex()}) + b"\n"


def _chain(row: FrozenRow) -> dict[str, str]:
    return {"digest": row.digest.hex(), "previous_digest": row.previous_digest.hex()}


def _written(facts: dict[str, Any], body: bytes) -> bytes:
    """A line with its body last: as a text, or as hexadecimal digits if somebody has made it no text."""
    try:
        told_body = {"body": body.decode()}
    except UnicodeDecodeError:
        told_body = {"body_hex": body.hex()}
    return _json({**facts, **told_body}) + b"\n"


def _json(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def _pretty(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
