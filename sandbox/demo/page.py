"""The demo's page: one self-contained document with its words in three languages."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from sandbox.demo import words
from sandbox.demo.street import Street

POCKET = {
    "kk": "Қалта кассасы браузерде",
    "ru": "Карманная касса в браузере",
    "en": "The pocket register in a browser",
}
"""The link to the Mini App outside of any chat."""

_HERE = Path(__file__).parent


@cache
def _part(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def demo_page(street: Street, asked: str, accepted: str) -> str:
    """In the language asked for, else the browser's, else Russian. Titles go in as JSON that cannot end its script."""
    state = street.state
    first = state.registers[:2]
    config = {
        "language": _language(asked, accepted),
        "words": {one: {**told, "pocket": POCKET[one]} for one, told in words.PAGE.items()},
        "registers": [one.entry() for one in first],
        "owner": state.owner_chat,
    }
    told = json.dumps(config, ensure_ascii=False).replace("<", "\\u003c")
    return (
        _part("demo.html")
        .replace("{{language}}", config["language"] if isinstance(config["language"], str) else "ru")
        .replace("{{style}}", _part("demo.css"))
        .replace("{{script}}", _part("demo.js"))
        .replace("{{config}}", told)
    )


def _language(asked: str, accepted: str) -> str:
    for tag in (asked, *(part.partition(";")[0].strip() for part in accepted.split(","))):
        if (language := tag[:2].lower()) in words.PAGE:
            return language
    return "ru"
