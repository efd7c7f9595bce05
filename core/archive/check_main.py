"""Verifying an archive, the last part: its files one by one, then the heads, the manifest and the verdict."""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from core.archive.check_files import (
    ANSWERS,
    DOCUMENTS,
    ENTRIES,
    FINDINGS_MAX,
    FORMAT,
    MANIFEST,
    REGISTRATION,
    SHIFTS,
    VERSION,
    WORDS,
    Box,
    Chain,
    Facts,
    Unreadable,
    Voice,
    facts_of,
)
from core.archive.check_story import Story

# facts of a registration that no setting changes
FIXED = ("rnm", "znm", "device_id", "iin_bin")


class Archive:
    """One archive on its way through every check."""

    def __init__(self, box: Box, voice: Voice, heads: set[str]) -> None:
        self.box = box
        self.voice = voice
        self.entries, self.documents, self.answers = (Chain(voice, heads) for _ in range(3))
        self.given: dict[int, str | None] | None = {}
        self.story = Story(voice, None)
        self.manifest: Facts = {}
        self.is_told = True

    def verify(self) -> None:
        """Everything; what cannot be read on does not hide the rest."""
        self.manifest = self._manifest()
        for step in (self._answers, self._journal, self._registration, self._shifts, self._others, self._ends):
            try:
                step()
            except Unreadable:
                self.is_told = self.is_told and step not in (self._journal,)
                if step == self._answers:
                    self.given = None

    def _manifest(self) -> Facts:
        try:
            found = facts_of(self.box.whole(MANIFEST)) or {}
        except Unreadable:
            return {}
        sealed = {name: value for name, value in found.items() if name != "seal"}
        written = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        self.voice.hold(hashlib.sha256(written).hexdigest() == found.get("seal"), "manifest-changed", MANIFEST)
        known = (found.get("format"), found.get("version")) == (FORMAT, VERSION)
        self.voice.hold(known, "manifest-unknown", MANIFEST)
        return found if known else {}

    def _answers(self) -> None:
        accepted: dict[int, str | None] = {}
        for where, row in self.box.rows(ANSWERS):
            body = self.answers.link(where, row)
            self.voice.hold(row.get("seq") == self.answers.count, "out-of-order", where, expected=self.answers.count)
            try:
                code, sign = answer_of(body)
            except (IndexError, ValueError):
                self.voice.find("answer-unreadable", where)
                continue
            same = (row.get("result_code"), row.get("fiscal_sign")) == (code, sign)
            self.voice.hold(same, "answer-differs", where)
            if code == 0 and isinstance(row.get("number"), int):
                self.voice.hold(row["number"] not in accepted, "accepted-twice", where, number=row["number"])
                accepted[row["number"]] = sign
        self.given = accepted

    def _journal(self) -> None:
        self.story = Story(self.voice, self.given)
        documents = self.box.rows(DOCUMENTS)
        waiting: tuple[str, Facts] | None = None
        for where, row in self.box.rows(ENTRIES):
            body = self.entries.link(where, row)
            expected = self.entries.count
            self._fits(row.get("seq") == expected, "out-of-order", where, expected=expected)
            facts = facts_of(body) or {}
            same = all(facts.get(name) == row.get(name) for name in ("kind", "seq", "number"))
            self._fits(same, "columns-differ", where)
            if expected == 1:
                # the first document names the genesis
                self.documents.head = str(row.get("digest"))
            if facts.get("kind") == "document":
                waiting = self._document(where, facts, documents, waiting)
            else:
                self._told(where, facts)
        left = waiting or next(documents, None)
        while left is not None:
            self.voice.find("no-entry", left[0], number=left[1].get("number"))
            self.documents.link(*left)
            left = next(documents, None)

    def _document(
        self, where: str, entry: Facts, rows: Iterator[tuple[str, Facts]], waiting: tuple[str, Facts] | None
    ) -> tuple[str, Facts] | None:
        """The document that an entry brings; gives back a row that belongs to a later entry."""
        number = entry.get("number")
        here = waiting or next(rows, None)
        if here is None or here[1].get("number") != number:
            self._fits(False, "document-missing", where, number=number)
            return here
        place, row = here
        facts = facts_of(self.documents.link(place, row)) or {}
        self._fits(facts.get("number") == number, "columns-differ", place)
        self._fits(row.get("digest") == entry.get("digest"), "entry-differs", place, number=number)
        if self._goes_on(place):
            try:
                self.story.made(place, facts, str(row.get("digest")))
            except (KeyError, TypeError, AttributeError) as error:
                self._fits(False, "facts-strange", place, what=repr(error))
        return None

    def _told(self, where: str, facts: Facts) -> None:
        if facts.get("kind") not in ("genesis", "outcome") or not self._goes_on(where):
            return
        try:
            if facts["kind"] == "genesis":
                self.story.genesis(facts)
            else:
                self.story.outcome(where, facts)
        except (KeyError, TypeError, AttributeError) as error:
            self._fits(False, "facts-strange", where, what=repr(error))

    def _fits(self, holds: bool, key: str, where: str, **params: object) -> None:
        """A fault after which nothing can be counted any more."""
        self.voice.hold(holds, key, where, **params)
        if not holds:
            self._stop(where)

    def _goes_on(self, where: str) -> bool:
        if not (self.entries.is_whole and self.documents.is_whole):
            self._stop(where)
        return self.is_told

    def _stop(self, where: str) -> None:
        if self.is_told:
            self.is_told = False
            self.voice.say("sums-until", where=where)

    def _registration(self) -> None:
        facts = facts_of(self.box.whole(REGISTRATION)) or {}
        self.voice.hold(facts.get("register_id") == self.manifest.get("register_id"), "other-register", REGISTRATION)
        for name in FIXED if self.story.seller else ():
            same = facts.get(name) == self.story.seller.get(name)
            self.voice.hold(same, "registration-differs", REGISTRATION, name=name, number=self.story.last)

    def _shifts(self) -> None:
        text = self.box.whole(SHIFTS).decode("utf-8-sig", "replace")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]
        if not self.is_told:
            return
        for number, (told, counted) in enumerate(zip(rows, self.story.closes), start=2):  # noqa: B905
            self.voice.hold(told == counted, "shift-differs", f"{SHIFTS}:{number}", shift=counted[0])
        same = len(rows) == len(self.story.closes)
        self.voice.hold(same, "shifts-missing", SHIFTS, told=len(rows), counted=len(self.story.closes))

    def _others(self) -> None:
        """Files that nothing else reads, and the bytes of all of them as the manifest has them."""
        files = self.manifest.get("files")
        if not isinstance(files, dict):
            return
        names = self.box.names()
        for name in sorted(names - files.keys() - {MANIFEST}) if self.box.zip is not None else ():
            self.voice.find("file-strange", name)
        for name, told in sorted(files.items()):
            try:
                seen = self.box.seen[name] if name in self.box.seen else self._read(name)
            except Unreadable:
                continue
            self.voice.hold(seen == told, "file-differs", name)

    def _read(self, name: str) -> Facts:
        self.box.whole(name)
        return self.box.seen[name]

    def _ends(self) -> None:
        """The ends of the chains and of the story, as the register itself named them when the archive was made."""
        told = self.manifest.get("ends")
        if not isinstance(told, dict):
            return
        for name, chain in (("entries", self.entries), ("documents", self.documents), ("answers", self.answers)):
            end = told.get(name)
            same = isinstance(end, dict) and (end.get("count"), end.get("head")) == (chain.count, chain.head)
            self.voice.hold(same, "end-differs", MANIFEST, name=name, count=chain.count, head=chain.head)
        if self.is_told:
            ours = self.story.ends()
            different = [name for name in sorted(ours) if told.get("register", {}).get(name) != ours[name]]
            self.voice.hold(not different, "register-differs", MANIFEST, what=", ".join(different))

    def say(self, heads: set[str]) -> None:
        """What stands in it, and where each head that somebody holds in hand was found."""
        seller, story = self.story.seller, self.story
        self.voice.say("register", taxpayer=seller.get("taxpayer", "?"), rnm=seller.get("rnm", "?"))
        entries, documents, answers = (one.count for one in (self.entries, self.documents, self.answers))
        self.voice.say("counts", entries=entries, documents=documents, answers=answers, shifts=len(story.closes))
        self.voice.say("outcomes", **story.settled)
        self.voice.say("heads", entry=self.entries.head, document=self.documents.head)
        for head in sorted(heads):
            where = self.documents.found.get(head) or self.entries.found.get(head) or self.answers.found.get(head)
            if where is None:
                self.voice.find("head-unknown", head)
            else:
                self.voice.say("head-found", head=head, where=where)


def answer_of(body: bytes) -> tuple[int, str | None]:
    """The result code and the fiscal sign of an answer of the operator: fields 2.1 and 3.1 of its Protocol Buffers.

    Raises ``IndexError`` or ``ValueError`` for bytes that are no answer.
    """
    parts = dict(_fields(body))
    result, ticket = parts.get(2, b""), parts.get(3)
    if not isinstance(result, bytes) or not isinstance(ticket, (bytes, type(None))):
        raise ValueError("no result")
    code = dict(_fields(result)).get(1)
    sign = dict(_fields(ticket)).get(1) if ticket is not None else None
    if not isinstance(code, int) or not isinstance(sign, (bytes, type(None))):
        raise ValueError("no result code")
    text = "" if sign is None else sign.decode("utf-8", "replace")
    printable = "".join(character if character.isprintable() else " " for character in text)
    return code, " ".join(printable.split())[:1000] or None


def _fields(body: bytes) -> Iterator[tuple[int, int | bytes]]:
    place = 0
    while place < len(body):
        tag, place = _varint(body, place)
        kind = tag & 7
        if kind == 0:
            value, place = _varint(body, place)
            yield tag >> 3, value
            continue
        size = {1: 8, 5: 4}.get(kind, 0)
        if kind == 2:
            size, place = _varint(body, place)
        if kind not in (1, 2, 5) or place + size > len(body):
            raise ValueError("no field")
        yield tag >> 3, body[place : place + size]
        place += size


def _varint(body: bytes, place: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = body[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


def main(arguments: list[str] | None = None) -> int:
    """Verify, say what was found, answer 0 or 1."""
    parser = argparse.ArgumentParser(prog="verify.py")
    parser.add_argument("archive", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--lang", choices=("kk", "ru", "en"), default="ru")
    parser.add_argument("--head", action="append", default=[], metavar="DIGEST")
    asked = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    voice, heads = Voice(asked.lang if WORDS else ""), {head.lower() for head in asked.head}
    try:
        archive = Archive(Box(asked.archive, voice), voice, heads)
        archive.verify()
        archive.say(heads)
    except Unreadable:
        pass
    if voice.findings > FINDINGS_MAX:
        voice.say("more", count=voice.findings - FINDINGS_MAX)
    voice.say("bad" if voice.findings else "good", count=voice.findings)
    return 1 if voice.findings else 0


if __name__ == "__main__":
    sys.exit(main())
