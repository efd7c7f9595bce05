from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.clock import ALMATY
from core.ofd.check_links import parse_check_link
from core.ofd.operators import (
    OPERATORS,
    SANDBOX,
    Operator,
    autonomous_check_url,
    operator,
    operator_of_host,
    pay_note,
    pay_steps,
    pay_where,
)

MADE_AT = datetime(2026, 3, 5, 14, 7, 9, tzinfo=ALMATY)
CONNECTABLE = [one for one in OPERATORS.values() if one.connectable]


def test_the_link_of_an_autonomous_receipt_is_that_of_the_golden_vector() -> None:
    """PROTOCOL.md, vector C."""
    url = autonomous_check_url(
        operator("kazakhtelecom"), sign=123456789012, rnm="010101234567", total=219900, made_at=MADE_AT
    )
    assert url == "https://consumer.oofd.kz/?i=123456789012&f=010101234567&s=2199.00&t=20260305T140709"


@pytest.mark.parametrize(
    ("code", "beginning"),
    [
        ("transtelecom", "https://ofd1.kz/t/?i=7&f="),
        ("beeline", "https://ofd.beeline.kz/t/?i=7&f="),
        ("jusan", "https://consumer.kofd.kz/?i=7&f="),
        ("smartcontract", "https://consumer.wofd.kz/?i=7&f="),
        ("wipon", "https://app.kassa.wipon.kz/consumer?i=7&f="),
        ("sandbox", "https://ofd.example.kz/t/?i=7&f="),
    ],
)
def test_every_operator_has_its_own_beginning(code: str, beginning: str) -> None:
    url = autonomous_check_url(operator(code), sign=7, rnm="010101234567", total=1, made_at=MADE_AT)
    assert url == f"{beginning}010101234567&s=0.01&t=20260305T140709"


def test_the_time_in_a_link_is_local_whatever_zone_it_comes_in() -> None:
    made_at = datetime(2026, 3, 5, 20, 30, 0, tzinfo=UTC)
    url = autonomous_check_url(operator("beeline"), sign=1, rnm="010101234567", total=100, made_at=made_at)
    assert url.endswith("&s=1.00&t=20260306T013000")


@pytest.mark.parametrize("one", CONNECTABLE, ids=lambda one: one.code)
def test_our_own_links_are_read_back(one: Operator) -> None:
    url = autonomous_check_url(one, sign=2**31 - 1, rnm="010101234567", total=99999999999, made_at=MADE_AT)
    link = parse_check_link(url)
    assert (link.operator, link.fiscal_sign, link.rnm) == (one.code, str(2**31 - 1), "010101234567")
    assert (link.total, link.made_at) == (99999999999, MADE_AT)


def test_the_phones_are_those_that_were_found_and_no_others() -> None:
    assert {one.code: one.phone for one in OPERATORS.values() if one.phone} == {
        "transtelecom": "1702",
        "beeline": "2106",
    }


def test_no_register_connects_to_an_operator_that_serves_only_its_own() -> None:
    assert not operator("kaspi").connectable
    with pytest.raises(AssertionError):
        autonomous_check_url(operator("kaspi"), sign=1, rnm="010101234567", total=1, made_at=MADE_AT)


def test_an_unknown_operator_is_an_error() -> None:
    with pytest.raises(KeyError):
        operator("nobody")


def test_every_host_belongs_to_one_operator() -> None:
    hosts = [host for one in OPERATORS.values() for host in one.hosts]
    assert len(hosts) == len(set(hosts))
    assert all(operator_of_host(host) is not None for host in hosts)
    assert all(one.site in one.hosts for one in OPERATORS.values())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("one", OPERATORS.values(), ids=lambda one: one.code)
def test_how_to_pay_is_three_short_steps_that_end_with_the_probe(one: Operator, language: str) -> None:
    steps = pay_steps(one, language)
    assert len(set(steps)) == 3
    assert all(0 < len(step) <= 120 for step in steps)
    assert steps[2] == pay_steps(operator(SANDBOX), language)[2]
    assert (one.phone or "") in steps[0]


def test_kazakh_steps_have_no_russian_words() -> None:
    for one in OPERATORS.values():
        russian = {word for step in pay_steps(one, "ru") for word in step.split() if len(word) > 4}
        kazakh = {word for step in pay_steps(one, "kk") for word in step.split() if len(word) > 4}
        names = {*f"{one.name_kk} {one.name_ru}".split(), str(one.cabinet)}
        assert not (russian & kazakh) - names


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("one", OPERATORS.values(), ids=lambda one: one.code)
def test_an_operator_is_whole_and_says_only_what_is_known_of_it(one: Operator, language: str) -> None:
    """A text that needs a phone or a cabinet which this operator does not have cannot be said at all."""
    said = [one.name(language), pay_where(one, language), pay_note(one, language), *pay_steps(one, language)]
    assert all(text.strip() for text in said)
    other = " ".join(pay_where(one, language) + pay_note(one, language) for language in {"kk", "ru", "en"} - {language})
    assert pay_where(one, language) not in other and pay_note(one, language) not in other
    phones = {number for text in said for number in re.findall(r"\d{3,}", text)}
    assert phones == ({one.phone} if one.phone is not None else set())


def test_the_note_keeps_the_register_and_the_fee_apart() -> None:
    assert {pay_note(one, "ru") for one in CONNECTABLE} == {
        "Сама касса Tiyn бесплатная. Платят только оператору, отдельно."
    }
    assert "платы не берёт" in pay_note(operator("kaspi"), "ru") and "не нужно" in pay_steps(operator("kaspi"), "ru")[0]


def test_what_was_found_nowhere_stays_unknown() -> None:
    assert {one.code for one in OPERATORS.values() if one.cabinet is None} == {"beeline", "kaspi", "wipon", "sandbox"}
    with pytest.raises(ValueError, match="phone"):
        pay_steps(replace(operator("wipon"), steps=operator("beeline").steps), "ru")
