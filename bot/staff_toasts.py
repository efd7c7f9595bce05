"""What presses about first starts, people and settings are answered with at once."""

from __future__ import annotations

from bot.people import Speaker
from bot.press import Action, Press
from core.texts import say

STAFF_ACTIONS = (Action.WELCOME, Action.JOIN, Action.PEOPLE, Action.SETTINGS, Action.KEYS)
_OF_REGISTERS = (Action.PEOPLE, Action.SETTINGS, Action.KEYS)


def staff_toast(speaker: Speaker, press: Press) -> str:
    """The words for this press by this person; whoever was removed hears it here already."""
    language = speaker.language
    if press.action in _OF_REGISTERS and not speaker.may_read(press.register_id):
        return say(language, "bot-toast-not-allowed")
    if press.action is Action.WELCOME and press.subject == "make":
        return say(language, "welcome-toast-making")
    return say(language, "bot-toast-ready")
