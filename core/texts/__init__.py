"""The one catalogue of what people read: Fluent files `core/texts/<language>/<topic>.ftl`.

Kazakh, Russian and English always come together; `tests/unit/test_texts.py` fails on a text that one of
them lacks.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import ast

LANGUAGES = ("kk", "ru", "en")
LANGUAGE_DEFAULT = "ru"

_FOLDER = Path(__file__).parent


def say(lang: str, key: str, **params: str | int) -> str:
    """The text `key` in `lang`, or in Russian for a language or a text that we do not have.

    An int chooses the plural form and is written without separators; money and quantities come as strings
    that are already formatted. An unknown key is a `KeyError`, a missing parameter a `ValueError`.
    """
    for language in (lang, LANGUAGE_DEFAULT):
        if language in LANGUAGES and key in messages(language):
            return _format(language, key, params) if params else _unchanging(language, key)
    raise KeyError(key)


@functools.cache
def messages(lang: str) -> Mapping[str, ast.Message]:
    """Every message of one language by its key; a catalogue with a mistake in it is a `ValueError`."""
    assert lang in LANGUAGES, lang
    found: dict[str, ast.Message] = {}
    for path in sorted((_FOLDER / lang).glob("*.ftl")):
        for entry in FluentResource(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Junk):
                raise ValueError(f"{lang}/{path.name} has a line that is not Fluent: {entry.content!r}")
            if not isinstance(entry, ast.Message):
                continue
            if entry.id.name in found:
                raise ValueError(f"{lang}/{path.name} repeats the key {entry.id.name}")
            found[entry.id.name] = entry
    return found


@functools.cache
def _bundle(lang: str) -> FluentBundle:
    # Isolation marks are for mixed right-to-left text; here they would be printed on paper as squares.
    bundle = FluentBundle([lang], use_isolating=False)
    for path in sorted((_FOLDER / lang).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


@functools.cache
def _unchanging(lang: str, key: str) -> str:
    """A text that nothing is put into."""
    return _format(lang, key, {})


def _format(lang: str, key: str, params: Mapping[str, str | int]) -> str:
    bundle = _bundle(lang)
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise ValueError(f"{lang}: {key} has no text")
    values = {
        name: fluent_number(value, useGrouping=False) if isinstance(value, int) else value
        for name, value in params.items()
    }
    text, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise ValueError(f"{lang}: {key}: {errors[0]}")
    return str(text)
