from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.texts import LANGUAGES
from web.language import chosen, negotiated


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "ru"),
        ("", "ru"),
        ("kk", "kk"),
        ("KK-kz", "kk"),
        ("en-GB,en;q=0.9", "en"),
        ("de, kk;q=0.3, en;q=0.7", "en"),
        ("kk;q=0.5, en;q=0.5", "kk"),
        ("kk;q=0, en;q=0.1", "en"),
        ("de", "ru"),
        ("*, en;q=0.5", "ru"),
        ("en; Q=0.5 , kk ; q = 0.8", "kk"),
        ("en;q=abc, kk;q=0.1", "kk"),
        ("en;q=2, kk;q=0.1", "kk"),
        (";;;,,,=", "ru"),
    ],
)
def test_the_first_language_that_we_know_wins_by_weight(header: str | None, language: str) -> None:
    assert negotiated(header) == language


def test_a_language_asked_for_by_name_beats_the_header() -> None:
    assert chosen("kk", "en") == "kk"
    assert chosen("xx", "en") == "en"
    assert chosen(None, "en") == "en"


@given(st.text(max_size=600))
def test_any_header_gives_a_language_that_we_speak(header: str) -> None:
    assert negotiated(header) in LANGUAGES
