"""Names that a shop knows: completed while typing, and recognised with their prices inside a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.sale_text import Catalogue, Reading, Unreadable, complete, read_sale

KNOWN = {
    "Кофе": 80_000,
    "Кофе латте": 120_000,
    "Көк шай": 30_000,
    "Тандыр нан": 15_000,
    "Сүт 1л": 45_000,
    "Сүт 2л": 85_000,
    "Самса": 35_050,
    "Капучино": None,
    "Coca-Cola": 50_000,
}


def names(typed: str) -> list[str]:
    return [candidate.name for candidate in complete(typed, KNOWN)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("кофе", "Кофе"),
        ("КОФЕ", "Кофе"),
        ("кофе л", "Кофе латте"),
        ("кок шай", "Көк шай"),
        ("көк", "Көк шай"),
        ("нан", "Тандыр нан"),
        ("тандырнан", "Тандыр нан"),
        ("самас", "Самса"),
        ("самсса", "Самса"),
        ("капучин", "Капучино"),
        ("капуччино", "Капучино"),
        ("копучино", "Капучино"),
        ("капечини", "Капучино"),
        ("kapuchino", "Капучино"),
        ("кока-кола", "Coca-Cola"),
        ("сут 2", "Сүт 2л"),
    ],
)
def test_typed_word_finds_its_name_first(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_name_itself_comes_before_longer_ones_and_the_callers_order_breaks_ties() -> None:
    assert names("кофе") == ["Кофе", "Кофе латте"]
    assert names("сүт") == ["Сүт 1л", "Сүт 2л"]
    assert [one.name for one in complete("сүт", dict(reversed(KNOWN.items())))] == ["Сүт 2л", "Сүт 1л"]
    assert len(complete("сүт", KNOWN, at_most=1)) == 1


@pytest.mark.parametrize("typed", ["", " ", "к", "ко", "хлеб", "сүт 3л", "я" * 500, "💥"])
def test_what_is_near_no_name_finds_none(typed: str) -> None:
    assert names(typed) == []


def test_candidates_carry_price_and_sameness() -> None:
    (same, longer) = complete("kofe", KNOWN)
    assert (same.price_tiyn, same.is_same) == (80_000, True)
    assert (longer.price_tiyn, longer.is_same) == (120_000, False)
    assert complete("капучино", KNOWN)[0].price_tiyn is None


def lines(text: str) -> list[tuple[str, int, int]]:
    answer = read_sale(text, known=KNOWN)
    assert isinstance(answer, Reading), answer
    assert answer.total_tiyn == sum(line.sum_tiyn for line in answer.lines)
    return [(line.name, line.price_tiyn, line.quantity_thousandths) for line in answer.lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 кофе", [("Кофе", 80_000, 2000)]),
        ("кофе", [("Кофе", 80_000, 1000)]),
        ("кофе х3", [("Кофе", 80_000, 3000)]),
        ("кофе 2", [("Кофе", 80_000, 2000)]),
        ("кофе 2 шт, самса", [("Кофе", 80_000, 2000), ("Самса", 35_050, 1000)]),
        ("2 kofe kaspi", [("Кофе", 80_000, 2000)]),
        ("екі кок шай үш самса", [("Көк шай", 30_000, 2000), ("Самса", 35_050, 3000)]),
        ("кофе самса", [("Кофе", 80_000, 1000), ("Самса", 35_050, 1000)]),
        ("кофе и самса нал", [("Кофе", 80_000, 1000), ("Самса", 35_050, 1000)]),
        ("кофи латте", [("Кофе латте", 120_000, 1000)]),
        ("сут 2л", [("Сүт 2л", 85_000, 1000)]),
        ("2 сүт 1л", [("Сүт 1л", 45_000, 2000)]),
        ("кофе 900", [("Кофе", 90_000, 1000)]),
        ("2 кофе 900", [("Кофе", 90_000, 2000)]),
        ("900 кофе", [("Кофе", 90_000, 1000)]),
        ("кофе 2 шт по 900", [("Кофе", 90_000, 2000)]),
        ("кофе, нан 350", [("Кофе", 80_000, 1000), ("нан", 35_000, 1000)]),
        ("чёрный кофе 900", [("чёрный кофе", 90_000, 1000)]),
        ("3 капучино 900", [("Капучино", 90_000, 3000)]),
    ],
)
def test_known_name_takes_the_catalogues_price_only_where_none_was_written(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize("text", ["2 капучино", "сут", "чёрный кофе", "хлеб"])
def test_name_without_any_price_or_with_two_meanings_is_asked_about(text: str) -> None:
    assert isinstance(read_sale(text, known=KNOWN), Unreadable)


def test_nothing_known_changes_nothing() -> None:
    assert isinstance(read_sale("2 кофе"), Unreadable)
    assert read_sale("кофе 800", known={}) == read_sale("кофе 800")


def test_catalogue_is_read_as_a_mapping() -> None:
    catalogue = Catalogue(KNOWN)
    assert dict(catalogue) == KNOWN
    assert read_sale("2 кофе", known=catalogue) == read_sale("2 кофе", known=KNOWN)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(name for name in KNOWN if not name.isascii())), st.data())
def test_one_slip_in_a_name_still_finds_it(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 1).filter(lambda place: name[place].isalpha()))
    letter = data.draw(st.sampled_from("абвгдежзийклмнопрстуфхцчшщыьэюя"))
    typed = name[:at] + letter + name[at + 1 :]
    assert name in [candidate.name for candidate in complete(typed, KNOWN, at_most=len(KNOWN))]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.dictionaries(st.text(max_size=20), st.none() | st.integers(1, 10_000_000), max_size=6))
def test_no_catalogue_crashes_the_reader(text: str, known: dict[str, int | None]) -> None:
    for candidate in complete(text, known):
        assert known.get(candidate.name, candidate.price_tiyn) == candidate.price_tiyn
    answer = read_sale(text, known=known)
    if isinstance(answer, Reading):
        assert answer.total_tiyn == sum(line.sum_tiyn for line in answer.lines) or answer.discount_tiyn is not None
