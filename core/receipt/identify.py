"""Reading back from the text of a paper which register and which document it is; for whoever only sees the paper."""

from __future__ import annotations

import re
from typing import NamedTuple, get_args

from core.domain.ticket import Kind
from core.receipt.blocks import LayoutLanguage
from core.receipt.words import Words, kebab

_LANGUAGES: tuple[LayoutLanguage, ...] = get_args(LayoutLanguage)
_WORDS = tuple(Words(language) for language in _LANGUAGES)


class PaperIdentity(NamedTuple):
    """What a paper says of itself."""

    rnm: str
    number: int
    title: str
    copy: bool


def _alternatives(*keys: str) -> str:
    """Any of the labels in any language; on narrow paper a long one goes over two lines."""
    labels = {words.label(key) for key in keys for words in _WORDS}
    return "|".join(r"\s+".join(map(re.escape, label.split())) for label in sorted(labels))


_NUMBER = re.compile(rf"^[ \t\u00a0]*(?:{_alternatives('document', 'number')})\s+№\s*([0-9]+)\s*$", re.MULTILINE)
_RNM = re.compile(rf"^[ \t\u00a0]*(?:{_alternatives('rnm')})\s+([0-9]{{12}})\s*$", re.MULTILINE)
_TITLES = sorted({words.label(f"title-{kebab(kind)}") for kind in Kind for words in _WORDS}, key=len, reverse=True)
_NOTES = {"".join(note.split()) for words in _WORDS for note in words.each("z-note")}
"""What stands under a Z-report's title without blanks."""
_COPY_MARKS = {words.headline("copy") for words in _WORDS}


def identify_paper(text: str) -> PaperIdentity | None:
    """Register number, document number, title and copy mark of a printed document; ``None`` if it is not one of ours.

    Names of goods are data of strangers: the number is read above them, the register number below.
    """
    number = _NUMBER.search(text)
    if number is None:
        return None
    head = text[: number.start()]
    registers = _RNM.findall(text, number.end())
    title = _title(head)
    if not registers or title is None:
        return None
    copy = any(" ".join(line.split()) in _COPY_MARKS for line in head.splitlines())
    # The last one: a return names the register of its basis before its own.
    return PaperIdentity(registers[-1], int(number.group(1)), title, copy)


def _title(head: str) -> str | None:
    """The title that the head ends with; on narrow paper it may go over two lines."""
    squeezed = "".join(head.split())
    while note := next((note for note in _NOTES if squeezed.endswith(note)), ""):
        squeezed = squeezed.removesuffix(note)
    return next((title for title in _TITLES if squeezed.endswith("".join(title.split()))), None)
