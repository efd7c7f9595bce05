"""A refusal in words: what happened, what is not lost, the one thing to do (UX.md 4.3)."""

from __future__ import annotations

from bot.screens.screen import Screen
from bot.screens.wording import safe, tenge
from core.errors import Refused
from core.texts import messages, say

_PLAIN_NUMBERS = ("number", "result_code", "limit", "count", "hours")


def refusal_screen(language: str, refused: Refused) -> Screen:
    """The catalogue's words for this code, or those for a code that it does not know. Bad news sounds."""
    key = refusal_key(refused)
    params = {name: _worded(name, value) for name, value in refused.params.items()}
    if f"{key}-title" not in messages(language):
        key, params = "refusal-other", {"code": refused.code}
    title, detail = say(language, f"{key}-title", **params), say(language, f"{key}-detail", **params)
    return Screen(f"<b>{title}</b>\n{detail}", silent=False)


def refusal_key(refused: Refused) -> str:
    """How the catalogue calls the words of this code."""
    return f"refusal-{refused.code.lower().replace('_', '-')}"


def _worded(name: str, value: object) -> str | int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if name in _PLAIN_NUMBERS else f"{tenge(value)}\u00a0₸"
    return safe(str(value))
