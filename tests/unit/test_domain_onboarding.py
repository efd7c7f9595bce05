"""The first start as a state machine, and what an answer must look like."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.onboarding import (
    CHECK,
    PRACTICE_STEPS,
    REAL_STEPS,
    FirstStart,
    answered,
    begin,
    changing,
    read_answer,
    went_back,
)
from core.errors import Refused


def all_answered(*, practice: bool) -> FirstStart:
    state = begin(1, "r", "o", practice=practice)
    while state.step != CHECK:
        state = answered(state, 7, "o")
    return state


@pytest.mark.parametrize("practice", [True, False])
def test_every_question_is_asked_once_and_in_order(practice: bool) -> None:
    state, asked = begin(1, "r", "o", practice=practice), []
    while state.step != CHECK:
        asked.append(state.step)
        assert not state.is_complete
        state = answered(state, 7, "o")
    assert (*asked, CHECK) == (PRACTICE_STEPS if practice else REAL_STEPS)
    assert state.is_complete and state.version == len(asked) + 1


def test_back_keeps_the_answers_and_stops_at_the_first_question() -> None:
    state = all_answered(practice=False)
    for step in reversed(REAL_STEPS[:-1]):
        state = went_back(state, "o")
        assert state.step == step
    assert went_back(state, "o").step == REAL_STEPS[0]
    assert state.is_complete


@pytest.mark.parametrize("step", REAL_STEPS[:-1])
def test_one_answer_of_the_list_is_given_anew(step: str) -> None:
    state = changing(all_answered(practice=False), step, "o")
    assert state.step == step
    again = answered(state, 8, "o")
    assert again.step == CHECK and (again.token if step == "token" else again.answers[step]) == 8


@pytest.mark.parametrize("step", [CHECK, "rnm", "", "x" * 100])
def test_what_is_not_on_the_list_is_not_changed(step: str) -> None:
    with pytest.raises(Refused):
        changing(all_answered(practice=True), step, "o")


def test_a_token_is_not_shown_by_accident() -> None:
    assert "123456789" not in repr(replace(all_answered(practice=False), token=123456789))


@pytest.mark.parametrize(
    ("step", "text", "value"),
    [
        ("iin_bin", "131240010479", "131240010479"),
        ("iin_bin", "131 240 010-479", "131240010479"),
        ("title", "  Дүкен   Айгүл ", "Дүкен Айгүл"),
        ("title", "x" * 64, "x" * 64),
        ("rnm", "0101 0000 0001", "010100000001"),
        ("okved", "47.11.1", "47111"),
        ("device_id", "4294967295", 4294967295),
        ("token", "1", 1),
        ("place", "43.238949, 76.889709", [43238949, 76889709]),
        ("place", "43,2 76,8", [43200000, 76800000]),
        ("place", "43 76", [43000000, 76000000]),
        ("server", "OFD.example.kz:7777", ["ofd.example.kz", 7777]),
        ("server", "8.8.8.8 65535", ["8.8.8.8", 65535]),
    ],
)
def test_an_answer_is_read(step: str, text: str, value: Any) -> None:
    assert read_answer(step, text) == value


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("iin_bin", "131240010478"),
        ("iin_bin", "13124001047"),
        ("iin_bin", "１３１２４００１０４７９"),
        ("title", " "),
        ("title", "x" * 65),
        ("title", "a\u202eb"),
        ("title", "a\x1bb"),
        ("rnm", "01010000000"),
        ("okved", "4711"),
        ("device_id", "0"),
        ("device_id", "4294967296"),
        ("token", "-1"),
        ("token", "1.5"),
        ("place", "76.889709, 43.238949"),
        ("place", "43"),
        ("place", "-43.2, 76.8"),
        ("server", "ofd.example.kz"),
        ("server", "ofd.example.kz:0"),
        ("server", "ofd.example.kz:65536"),
        ("server", "localhost:5432"),
        ("server", "127.0.0.1:5432"),
        ("server", "10.0.0.1:80"),
        ("server", "169.254.169.254:80"),
        ("server", "127.1:80"),
        ("server", "2130706433:80"),
        ("server", "0x7f.0.0.1:80"),
        ("server", "db.internal:80"),
        ("server", "http://ofd.example.kz:80"),
        ("operator", "kazakhtelecom"),
        ("check", "yes"),
    ],
)
def test_an_unfit_answer_moves_nothing(step: str, text: str) -> None:
    with pytest.raises(Refused, match="ANSWER_UNFIT"):
        read_answer(step, text)


def test_on_a_machine_of_ones_own_the_operator_may_stand_beside() -> None:
    assert read_answer("server", "127.0.0.1:7777", own_machine=True) == ["127.0.0.1", 7777]


@given(step=st.sampled_from(REAL_STEPS), text=st.text(max_size=300))
def test_whatever_is_written_is_an_answer_or_a_refusal(step: str, text: str) -> None:
    try:
        read_answer(step, text)
    except Refused as refused:
        assert refused.code == "ANSWER_UNFIT"
