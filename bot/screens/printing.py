"""Paper: a printer that stands still, a printer bridge that was let in or could not be."""

from __future__ import annotations

from bot.screens.screen import Screen
from bot.screens.wording import safe
from core.db.bridges import BridgeView
from core.texts import say

REASONS = ("paper_out", "cover_open", "off", "error")


def standing_screen(language: str, *, title: str, number: int, reason: str) -> Screen:
    """The printer does not print: why, what is not lost, what to do."""
    known = reason if reason in REASONS else "error"
    cause = say(language, f"print-{known.replace('_', '-')}")
    return Screen(say(language, "print-standing", title=safe(title), number=number, reason=cause), silent=False)


def paired_screen(language: str, view: BridgeView) -> Screen:
    """The owner's code let the bridge in."""
    return Screen(say(language, "print-paired", title=safe(view.title), count=len(view.register_ids)))


def unknown_code_screen(language: str) -> Screen:
    """No bridge shows this code now."""
    return Screen(say(language, "print-code-unknown"))


def not_owner_screen(language: str) -> Screen:
    """Only an owner lets a bridge in: it sees every receipt of the register."""
    return Screen(say(language, "print-not-owner"))
