from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printer_bridge.job import CopyMark, Job, Row, Text
from printer_bridge.letters import cells, settable, wrap
from printer_bridge.lines import COPY_MARK, Line, lines_of, row_lines


def job_of(*blocks: Text | Row | CopyMark, copy: bool = False) -> Job:
    return Job("1", 1, "r1", 1, "Чек", copy, "kk-ru", blocks)


def words_of(job: Job) -> list[str]:
    return [line.text.strip() for line in lines_of(job, 48) if isinstance(line, Line)]


def test_a_row_that_fits_stands_on_one_line() -> None:
    assert row_lines("Нан", "350.00", 20) == ["Нан           350.00"]


def test_a_long_name_goes_on_and_its_figure_stands_on_the_last_line() -> None:
    assert row_lines("Құрт, ақ ірімшік және нан", "350.00", 20) == ["Құрт, ақ ірімшік", "және нан      350.00"]


def test_a_last_line_without_room_for_the_figure_is_broken_once_more() -> None:
    assert row_lines("Өте дәмді айран нан", "350.00", 20) == ["Өте дәмді", "айран нан     350.00"]


def test_a_word_longer_than_the_paper_is_cut_beside_its_number() -> None:
    assert wrap("3. " + "ж" * 25, 20) == ["3. " + "ж" * 17, "ж" * 8]


def test_an_indent_is_kept_on_every_line() -> None:
    assert wrap("   2 дана x 800.00 тг", 14) == ["   2 дана x", "   800.00 тг"]


@given(st.text(max_size=150), st.text(max_size=60), st.integers(16, 48))
def test_no_line_of_a_row_is_wider_than_the_paper_and_no_letter_is_lost(left: str, right: str, width: int) -> None:
    left, right = settable(left), settable(right)
    lines = row_lines(left, right, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == (left + right).replace(" ", "")


@given(st.text(max_size=300), st.integers(4, 48))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    lines = wrap(settable(text), width)
    assert lines and all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == settable(text).replace(" ", "")


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("1 950 ₸", "1 950 тг"),
        ("2 × 800", "2 x 800"),
        ("и\u0306", "й"),
        ("на\u200dн\ufe0f", "нан"),
        ("\u202eнан", "нан"),
    ],
)
def test_letters_the_page_lacks_are_set_as_people_read_them(written: str, set_as: str) -> None:
    assert settable(written) == set_as


def test_the_copy_mark_comes_out_on_a_copy_only_and_at_its_place() -> None:
    blocks = (Text("ЖШС"), CopyMark("КӨШІРМЕ / ДУБЛИКАТ"), Text("Нан"))
    assert words_of(job_of(*blocks)) == ["ЖШС", "Нан"]
    assert words_of(job_of(*blocks, copy=True)) == ["ЖШС", "КӨШІРМЕ / ДУБЛИКАТ", "Нан"]


def test_a_copy_without_a_place_for_its_mark_bears_it_on_top() -> None:
    assert words_of(job_of(Text("Нан"), copy=True)) == [COPY_MARK, "Нан"]


def test_double_size_lines_fit_half_the_letters() -> None:
    lines = list(lines_of(job_of(Row("БАРЛЫҒЫ / ИТОГО", "100 000 000.00", size=2)), 48))
    assert [line.text for line in lines if isinstance(line, Line)] == ["БАРЛЫҒЫ /", "ИТОГО     100 000 000.00"]


def test_a_double_total_parts_between_its_languages_and_not_inside_a_word() -> None:
    total = job_of(Row("БАРЛЫҒЫ/ИТОГО", "3 300.00", bold=True, size=2))
    lines = [line.text for line in lines_of(total, 32) if isinstance(line, Line)]
    assert lines == ["БАРЛЫҒЫ/", "ИТОГО   3 300.00"]
