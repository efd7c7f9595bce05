"""Greetings, language, help, and kind words for whoever is in the wrong place."""

from __future__ import annotations

from bot.press import Action, pack
from bot.screens.sale import example_buttons
from bot.screens.screen import Button, Screen, lines
from bot.screens.wording import safe
from core.texts import LANGUAGES, say

MENU = ("goods", "repeat", "feed", "x", "close", "deposit", "withdrawal", "help")
"""The keyboard under the input, two in a row, in this order."""

COMMANDS = (
    *("start", "goods", "r", "receipts", "catalogue", "x", "deposit", "withdrawal", "close", "state", "pay", "day"),
    *("today", "registers", "people", "settings", "export", "drill", "help", "lang"),
)


def start_screen(language: str, title: str, *, sells: bool, practice: bool) -> Screen:
    """The first words to somebody who has a register: they teach by example."""
    if not sells:
        return Screen(say(language, "bot-start-viewer", title=safe(title)), menu=language)
    text = say(language, "bot-start-vendor", title=safe(title))
    return Screen(lines(text, "", say(language, "bot-start-practice") if practice else None), menu=language)


def stranger_screen(language: str, chat_id: int) -> Screen:
    """To somebody without a register who wrote or pressed something."""
    return Screen(say(language, "bot-stranger", chat=str(chat_id)), start_buttons(language))


def not_allowed_screen(language: str) -> Screen:
    return Screen(say(language, "bot-not-allowed"))


def start_buttons(language: str) -> tuple[tuple[Button, ...], ...]:
    """How a first register is begun: nobody without one is sent away."""
    practice = Button(say(language, "welcome-button-practice"), pack(Action.WELCOME, "practice"), style="primary")
    return (practice,), (Button(say(language, "welcome-button-real"), pack(Action.WELCOME, "real")),)


def language_ask_screen(language: str) -> Screen:
    return Screen(say(language, "bot-language-ask"), language_buttons())


def language_buttons() -> tuple[tuple[Button, ...], ...]:
    """Each language by its own name."""
    return tuple((Button(say(one, "language-name"), pack(Action.LANGUAGE, one)),) for one in LANGUAGES)


def language_set_screen(language: str) -> Screen:
    return Screen(say(language, "bot-language-set"), menu=language)


def help_screen(language: str) -> Screen:
    return Screen(lines(say(language, "bot-help"), "", say(language, "drill-help")), example_buttons(language))


def plain_screen(language: str, key: str, **params: str | int) -> Screen:
    """A text of the catalogue that needs no buttons."""
    return Screen(say(language, key, **params))


def menu_labels(language: str) -> tuple[tuple[str, ...], ...]:
    """The words of the keyboard under the input."""
    words = [say(language, f"bot-menu-{name}") for name in MENU]
    return tuple(tuple(words[place : place + 2]) for place in range(0, len(words), 2))
