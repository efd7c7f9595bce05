"""What may stand in a name: nothing that commands, something that is seen, and one thing however it is written."""

from __future__ import annotations

import unicodedata

import pytest
from domain_samples import asked, goods, refusal_of
from hypothesis import given
from hypothesis import strategies as st

from core.domain.names import has_control_characters, is_visible, same_thing

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize("one", ["\0", "\n", "\t", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\u202e", "\u2066"])
def test_what_commands_is_no_part_of_a_name(one: str) -> None:
    assert has_control_characters(f"Нан{one}350")


WRITTEN = ["Әлия «№1» – 50%", FAMILY, "☕️ кофе", "قهوة\u200f", "Нан\u00a0ақ", "Чаи\u0306", "'); --"]


@pytest.mark.parametrize("name", WRITTEN)
def test_what_people_write_stays(name: str) -> None:
    assert not has_control_characters(name)
    assert is_visible(name)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\ufeff", "\u200e\u200f", "\u00ad", "\u0306", "\u3164", "\u2800 "])
def test_what_nobody_would_see_is_no_name(name: str) -> None:
    assert not is_visible(name)
    assert refusal_of(asked(goods(100, name=name))) == "NAME_REQUIRED"


@given(st.text())
def test_a_thing_is_one_however_its_letters_are_composed(name: str) -> None:
    assert same_thing(unicodedata.normalize("NFD", name)) == same_thing(f"  {unicodedata.normalize('NFC', name)}\n")


def test_small_and_capital_letters_are_two_things() -> None:
    assert same_thing("Нан") != same_thing("НАН")
