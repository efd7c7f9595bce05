"""The verifier as it is shipped: the parts of ``core/archive/check_*.py`` joined to one file with the words put in."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from core.texts import LANGUAGES, messages, say

PARTS = ("check_files.py", "check_story.py", "check_main.py")
KEY = "archive-check-"
PARAMS = (
    *("answers", "autonomous", "count", "counted", "document", "documents", "entries", "entry", "expected", "head"),
    *("name", "number", "practice", "refused", "registered", "rnm", "shift", "shifts", "taxpayer", "told", "what"),
    "where",
)
_EMPTY_WORDS = "WORDS: dict[str, dict[str, str]] = {}\n"
_IMPORT = "from core.archive."


@cache
def verifier() -> str:
    """One file of Python for the standard library alone."""
    folder = Path(__file__).parent
    joined = "\n\n".join(_without_own_imports((folder / part).read_text(encoding="utf-8")) for part in PARTS)
    first, *others = joined.split("from __future__ import annotations\n")
    assert joined.count(_EMPTY_WORDS) == 1
    told = json.dumps({lang: words(lang) for lang in LANGUAGES}, ensure_ascii=False, indent=4)
    whole = first + "from __future__ import annotations\n" + "".join(others)
    return whole.replace(_EMPTY_WORDS, f"WORDS: dict[str, dict[str, str]] = {told}\n")


def words(lang: str) -> dict[str, str]:
    """What the verifier says in one language: templates for ``str.format``."""
    blanks = {name: f"{{{name}}}" for name in PARAMS}
    return {
        key.removeprefix(KEY): say(lang, key, **blanks) for key in sorted(messages(lang)) if key.startswith(KEY)
    }


def _without_own_imports(source: str) -> str:
    """The source without what it imports from its other parts, also over several lines."""
    kept, inside = [], False
    for line in source.splitlines(keepends=True):
        if line.startswith(_IMPORT):
            inside = line.rstrip().endswith("(")
        elif inside:
            inside = not line.startswith(")")
        else:
            kept.append(line)
    return "".join(kept)
