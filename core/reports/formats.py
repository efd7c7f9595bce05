"""The files that the command line and the chat offer an accountant, by name; the API has its own fixed set."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.reports.commerceml import CommerceMl
from core.reports.goods_table import GoodsTable
from core.reports.press import Sink
from core.reports.table import Table
from core.reports.words import Words
from core.reports.workbook import Pack
from core.usecases.exports import Extract

Maker = Callable[[Extract, Words], Sink]

FORMATS: dict[str, tuple[str, Maker]] = {
    "xlsx": ("xlsx", Pack),
    "csv": ("csv", lambda _, words: Table(words, "documents")),
    "csv-lines": ("csv", lambda _, words: Table(words, "lines")),
    "commerceml": ("xml", lambda extract, _: CommerceMl(extract)),
    "goods": ("xlsx", GoodsTable),
}
"""By name: how its file's name ends, and what makes its sink."""
_OTHER_THAN_NAME = re.compile(r"[^0-9A-Za-z]+")


def sink_maker(name: str, extract: Extract, words: Words) -> Callable[[], Sink]:
    """What makes the sink of a format in the thread that will use it; ``KeyError`` for a name that is none."""
    make = FORMATS[name][1]
    return lambda: make(extract, words)


def file_name(extract: Extract, name: str) -> str:
    """``tiyn-600000700001-2026-11-01-2026-11-30.xlsx``: by the number that accountants know a register by."""
    registration, period = extract.registration, extract.period
    known_by = _OTHER_THAN_NAME.sub("", registration.rnm) or registration.register_id[:8]
    kind = "" if name == FORMATS[name][0] else f"-{name}"
    return f"tiyn-{known_by}-{period.first}-{period.last}{kind}.{FORMATS[name][0]}"
