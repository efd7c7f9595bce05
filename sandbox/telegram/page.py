"""The chat as a page for the browser: one self-contained document, drawn by its own script from the live stream."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from sandbox.telegram import words
from sandbox.telegram.state import Chat

_HERE = Path(__file__).parent


@cache
def _part(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def chat_page(chat: Chat) -> str:
    """The page of one chat; names and words go in as JSON that cannot end its script element."""
    config = {"chat": chat.id, "language": chat.language, "words": words.PAGE[chat.language]}
    told = json.dumps(config, ensure_ascii=False).replace("<", "\\u003c")
    return (
        _part("chat.html")
        .replace("{{language}}", chat.language)
        .replace("{{style}}", _part("chat.css"))
        .replace("{{frame}}", _part("frame.js"))
        .replace("{{script}}", _part("chat.js"))
        .replace("{{config}}", told)
    )
