"""The papers that came out, in order, kept in a folder if there is one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

KINDS: Final = ("png", "txt", "bin")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, as CONTRACT.md (2) lists it; not `whole` if the power went before its cut."""

    n: int
    register_id: str
    title: str
    document: int
    copy: bool
    at: str
    whole: bool


class Papers:
    """Numbered from 1 without gaps, also over restarts."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._papers: list[Paper] = []
        self._contents: dict[tuple[int, str], bytes] = {}
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            while (path := self._path(folder, len(self._papers) + 1, "json")).exists():
                self._papers.append(Paper(**json.loads(path.read_text(encoding="utf-8"))))

    @property
    def next_number(self) -> int:
        """What the next paper will be called."""
        return len(self._papers) + 1

    def add(self, paper: Paper, contents: Mapping[str, bytes]) -> None:
        """Keeps a paper with its contents by kind; the list names it only once all of them are there."""
        if paper.n != self.next_number or set(contents) != set(KINDS):
            raise ValueError("papers are kept in order, each in every form")
        for kind, content in contents.items():
            if self._folder is None:
                self._contents[paper.n, kind] = content
            else:
                self._path(self._folder, paper.n, kind).write_bytes(content)
        if self._folder is not None:
            record = json.dumps(asdict(paper), ensure_ascii=False)
            beside = self._path(self._folder, paper.n, "new")
            beside.write_text(record, encoding="utf-8")
            beside.replace(self._path(self._folder, paper.n, "json"))
        self._papers.append(paper)

    def listed(self) -> list[Paper]:
        """All papers, oldest first."""
        return list(self._papers)

    def content(self, number: int, kind: str) -> bytes | None:
        """A paper as png, txt or bin; None if there is no such thing."""
        if kind not in KINDS or not 1 <= number <= len(self._papers):
            return None
        if self._folder is None:
            return self._contents[number, kind]
        return self._path(self._folder, number, kind).read_bytes()

    @staticmethod
    def _path(folder: Path, number: int, kind: str) -> Path:
        return folder / f"{number:06}.{kind}"
