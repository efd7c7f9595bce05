"""Items, names that are the same, codes on goods, and the notes a buyer hands over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.barcode import ScannedCode, catalogue_code, has_check_digit, one_form, scanned
from core.domain.catalogue import Item, checked, clean_words, name_key, search_key
from core.domain.money import DOCUMENT_TIYN_MAX
from core.domain.notes import NOTES_TIYN, likely_sums
from core.errors import Refused

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COFFEE = Item("Кофе", 80_000)
GS = "\x1d"


def test_an_item_is_kept_clean() -> None:
    untidy = replace(COFFEE, name=" Ко\u202eфе\n с  молоком\x1b ", section=" Напитки ", barcode=" 4006381333931 ")
    kept = checked(untidy, NOW)
    assert (kept.name, kept.section, kept.barcode) == ("Кофе с молоком", "Напитки", "4006381333931")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " \u200b "}, "NAME_REQUIRED"),
        ({"name": "я" * 129}, "NAME_REQUIRED"),
        ({"price": 0}, "PRICE_OUT_OF_RANGE"),
        ({"price": 10_000_000_000}, "PRICE_OUT_OF_RANGE"),
        ({"unit": "999"}, "UNKNOWN_UNIT"),
        ({"vat": "17"}, "UNKNOWN_VAT"),
        ({"vat": "12"}, "VAT_NOT_ALLOWED"),
        ({"barcode": "4006381333932"}, "BAD_BARCODE"),
        ({"barcode": "ко д"}, "BAD_BARCODE"),
        ({"ntin": "02 00"}, "BAD_NTIN"),
        ({"section": "я" * 33}, "SECTION_TOO_LONG"),
    ],
)
def test_what_is_wrong_with_an_item_is_named(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(replace(COFFEE, **wrong), NOW)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_names_are_the_same_despite_case_spaces_and_yo_but_not_despite_kazakh_letters() -> None:
    assert name_key("Чёрный  ЧАЙ ") == name_key("черный чай")
    assert name_key("қант") != name_key("кант")
    assert search_key("Қант (1 кг)") == search_key("кант 1 кг") == "кант 1 кг"


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_and_a_key_belongs_to_its_key(text: str) -> None:
    cleaned = clean_words(text)
    assert clean_words(cleaned) == cleaned
    assert name_key(name_key(text)) == name_key(text)
    assert "\n" not in cleaned and "\x00" not in cleaned


def test_one_article_number_has_one_form() -> None:
    assert has_check_digit("036000291452") and one_form("036000291452") == "0036000291452"
    assert one_form("00036000291452") == "0036000291452"
    assert one_form("96385074") == "96385074" and one_form("00000096385074") == "96385074"
    assert one_form("14006381333938") == "14006381333938"
    assert one_form("abc-12") == "abc-12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4006381333931", ScannedCode("4006381333931")),
        (f"]d20104006381333931" f"215ab{GS}91EE", ScannedCode("4006381333931", f"]d20104006381333931215ab{GS}91EE")),
        (f"{GS}0104006381333931", ScannedCode("4006381333931")),
        (f"{GS}010400638133393121serial", ScannedCode("4006381333931", "010400638133393121serial")),
        ("https://id.gs1.org/01/04006381333931/21/7", ScannedCode("4006381333931")),
        ("SHELF-7", ScannedCode("SHELF-7")),
        ("https://example.kz/menu", None),
        ("two words", None),
        ("4006381333930", None),
        ("", None),
        ("я" * 10, None),
    ],
)
def test_what_a_scan_says_of_goods(text: str, expected: ScannedCode | None) -> None:
    assert scanned(text) == expected


@given(st.text(max_size=80))
def test_any_scanned_text_is_answered_and_a_code_stays_what_it_is(text: str) -> None:
    found = scanned(text)
    if found is not None:
        assert catalogue_code(found.code) == found.code


def test_the_notes_for_a_total() -> None:
    assert likely_sums(195_000) == (200_000, 500_000, 1_000_000, 2_000_000)
    assert likely_sums(320_000) == (350_000, 400_000, 500_000, 1_000_000, 2_000_000)
    assert likely_sums(200_000) == (500_000, 1_000_000, 2_000_000)
    assert likely_sums(1)[0] == 50_000


@given(st.integers(min_value=1, max_value=DOCUMENT_TIYN_MAX))
def test_what_is_handed_over_is_more_than_the_total_and_made_of_notes(total: int) -> None:
    sums = likely_sums(total)
    assert list(sums) == sorted(set(sums)) and len(sums) <= len(NOTES_TIYN)
    assert all(total < one < total + NOTES_TIYN[-1] + 1 and one % NOTES_TIYN[0] == 0 for one in sums)
