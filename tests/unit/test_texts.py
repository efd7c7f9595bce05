from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import ast

import core.texts
from core.texts import LANGUAGES, messages, say

FOLDER = Path(core.texts.__file__).parent

SAME_IN_KAZAKH_AND_RUSSIAN: set[str] = {"bot-menu-pocket"}
"""Keys whose Kazakh text may equal the Russian one: names, numbers and signs, never a sentence."""

KEYS = sorted(set().union(*(messages(language) for language in LANGUAGES)))


def nodes(node: object) -> Iterator[ast.BaseNode]:
    if isinstance(node, ast.BaseNode):
        yield node
        for value in vars(node).values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def variables(message: ast.Message) -> set[str]:
    return {node.id.name for node in nodes(message) if isinstance(node, ast.VariableReference)}


def letters(message: ast.Message) -> str:
    return " ".join(str(node.value) for node in nodes(message) if isinstance(node, ast.TextElement))


def params_of(key: str) -> dict[str, str | int]:
    """Something for every variable; a number where one of the languages chooses a plural by it."""
    entries = [messages(language)[key] for language in LANGUAGES]
    chosen_by = {
        node.selector.id.name
        for entry in entries
        for node in nodes(entry)
        if isinstance(node, ast.SelectExpression) and isinstance(node.selector, ast.VariableReference)
        if any(isinstance(one.key, ast.NumberLiteral) or one.key.name in PLURALS for one in node.variants)
    }
    return {name: 21 if name in chosen_by else "qq" for entry in entries for name in variables(entry)}


PLURALS = {"zero", "one", "two", "few", "many"}


def test_every_language_has_the_same_topics() -> None:
    topics = {language: {path.name for path in (FOLDER / language).glob("*.ftl")} for language in LANGUAGES}
    assert topics["kk"] == topics["ru"] == topics["en"]
    assert "general.ftl" in topics["ru"]


def test_every_key_is_in_every_language() -> None:
    missing = [(language, key) for language in LANGUAGES for key in KEYS if key not in messages(language)]
    assert missing == []


def test_a_text_takes_the_same_parameters_in_every_language() -> None:
    different = [
        (key, {language: sorted(variables(messages(language)[key])) for language in LANGUAGES})
        for key in KEYS
        if len({frozenset(variables(messages(language)[key])) for language in LANGUAGES}) > 1
    ]
    assert different == []


def test_every_text_can_be_said_and_is_not_empty() -> None:
    silent = [
        (language, key) for language in LANGUAGES for key in KEYS if not say(language, key, **params_of(key)).strip()
    ]
    assert silent == []


def test_kazakh_is_not_russian() -> None:
    same = {
        key
        for key in KEYS
        if letters(messages("kk")[key]) == letters(messages("ru")[key])
        if any(letter.isalpha() for letter in letters(messages("ru")[key]))
    }
    assert same == SAME_IN_KAZAKH_AND_RUSSIAN


def test_english_has_no_cyrillic_sentence() -> None:
    cyrillic = [
        key
        for key in KEYS
        if sum("а" <= letter.lower() <= "я" for letter in letters(messages("en")[key])) > 20
    ]
    assert cyrillic == []


def test_texts_have_no_attributes_which_nothing_would_show() -> None:
    assert [key for language in LANGUAGES for key in KEYS if messages(language)[key].attributes] == []


def test_a_language_that_we_do_not_speak_is_answered_in_russian() -> None:
    assert say("de", "yes") == say("ru", "yes") == "Да"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("kk", "no-such-text")


def test_a_forgotten_parameter_is_an_error() -> None:
    with pytest.raises(ValueError, match="hours"):
        say("ru", "hours-left")


@pytest.mark.parametrize(
    ("hours", "text"),
    [(1, "остался 1 час"), (3, "осталось 3 часа"), (72, "осталось 72 часа"), (1500, "осталось 1500 часов")],
)
def test_a_number_chooses_its_plural_and_is_written_plainly(hours: int, text: str) -> None:
    assert say("ru", "hours-left", hours=hours) == text


def test_a_parameter_is_set_in_as_it_is() -> None:
    """No marks of direction around it, no markup read in it: what a vendor typed is data."""
    assert say("en", "hours-left", hours="<b>{ $x }\u200f") == "<b>{ $x }\u200f hours left"
