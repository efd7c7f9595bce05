from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import ALMATY
from core.errors import Refused
from core.ofd.check_links import LINK_CHARACTERS_MAX, CheckLink, parse_check_link

MADE_AT = datetime(2026, 3, 5, 14, 7, 9, tzinfo=ALMATY)
PARTS = {"i": "123456789012", "f": "010101234567", "s": "100.00", "t": "20260305T140709"}


def query(**changed: str | None) -> str:
    parts = {**PARTS, **changed}
    return "&".join(f"{name}={value}" for name, value in parts.items() if value is not None)


def link(operator: str = "kazakhtelecom", total: int | None = 10000) -> CheckLink:
    return CheckLink(operator, "123456789012", "010101234567", total, MADE_AT)


@pytest.mark.parametrize(
    ("beginning", "operator"),
    [
        ("https://consumer.oofd.kz/?", "kazakhtelecom"),
        ("http://consumer.oofd.kz?", "kazakhtelecom"),
        ("HTTPS://CONSUMER.OOFD.KZ/?", "kazakhtelecom"),
        ("consumer.oofd.kz/?", "kazakhtelecom"),
        ("\n https://consumer.oofd.kz:443/?", "kazakhtelecom"),
        ("https://dev.consumer.oofd.kz/?", "kazakhtelecom"),
        ("http://consumer.test-oofd.kz/?", "kazakhtelecom"),
        ("https://ofd1.kz/t/?", "transtelecom"),
        ("https://ofd1.kz/t?", "transtelecom"),
        ("https://4ek.kz/?o=transtelecom&", "transtelecom"),
        ("https://ttk.4ek.kz/t/?", "transtelecom"),
        ("http://consumer.kofd.kz?", "jusan"),
        ("https://cabinet.kofd.kz/consumer?", "jusan"),
        ("https://dev.kofd.kz/consumer?", "jusan"),
        ("https://ofd.beeline.kz/t/?", "beeline"),
        ("https://consumer.wofd.kz?", "smartcontract"),
        ("https://cabinet.wofd.kz/consumer/?", "smartcontract"),
        ("https://app.kassa.wipon.kz/consumer?", "wipon"),
        ("https://ofd.example.kz/t/?", "sandbox"),
    ],
)
def test_every_operators_form_is_read(beginning: str, operator: str) -> None:
    assert parse_check_link(beginning + query()) == link(operator)


@given(st.permutations(list(PARTS)))
def test_the_parts_may_stand_in_any_order(order: list[str]) -> None:
    url = "https://consumer.oofd.kz/?&" + "&".join(f"{name}={PARTS[name]}" for name in order) + "&utm=x"
    assert parse_check_link(url) == link()


@pytest.mark.parametrize(
    ("text", "total"),
    [("13507.0", 1350700), ("1820.0", 182000), ("13320.00", 1332000), ("5", 500), ("0.01", 1), ("7,5", 750),
     ("12.3000", 1230), ("9999999999.99", 999999999999)],
)  # fmt: skip
def test_sums_are_read_however_they_are_written(text: str, total: int) -> None:
    assert parse_check_link(f"https://consumer.oofd.kz/?{query(s=text)}").total == total


def test_kaspi_has_its_own_scheme() -> None:
    for time in ("2026-03-05%2014:07:09", "2026-03-05+14%3A07%3A09"):
        found = parse_check_link(f"https://receipt.kaspi.kz/web?sale_date={time}&extTranId=23456789012")
        assert found == CheckLink("kaspi", "23456789012", None, None, MADE_AT)


def test_jusans_short_form_has_no_sum() -> None:
    assert parse_check_link(f"https://consumer.kofd.kz?{query(s=None)}") == link("jusan", None)


def test_times_are_told_at_five_hours_east() -> None:
    made_at = parse_check_link(f"https://ofd1.kz/t/?{query()}").made_at
    assert made_at is not None
    assert made_at.utcoffset() == timedelta(hours=5)


@pytest.mark.parametrize(
    ("changed", "fragment"),
    [
        ({"i": None}, "i="),
        ({"f": None}, "f="),
        ({"s": None}, "s="),
        ({"t": None}, "t="),
        ({"i": ""}, "i="),
        ({"i": "12x"}, "i=12x"),
        ({"i": "١٢٣"}, "i=١٢٣"),
        ({"i": "1" * 21}, f"i={'1' * 21}"),
        ({"f": "01010123456"}, "f=01010123456"),
        ({"s": "-5"}, "s=-5"),
        ({"s": "0"}, "s=0"),
        ({"s": "1.005"}, "s=1.005"),
        ({"s": "1e9"}, "s=1e9"),
        ({"s": "10000000000.00"}, "s=10000000000.00"),
        ({"t": "20260230T140709"}, "t=20260230T140709"),
        ({"t": "20260305T250000"}, "t=20260305T250000"),
        ({"t": "2026-03-05"}, "t=2026-03-05"),
    ],
)
def test_a_part_that_is_missing_or_makes_no_sense_is_named(changed: dict[str, str | None], fragment: str) -> None:
    assert refused(f"https://consumer.oofd.kz/?{query(**changed)}") == [fragment]


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert refused("https://consumer.oofd.kz/?i=1") == ["f=", "s=", "t="]


def test_a_part_that_says_two_things_says_nothing() -> None:
    assert refused(f"https://consumer.oofd.kz/?{query()}&s=1.00") == ["s="]
    assert parse_check_link(f"https://consumer.oofd.kz/?{query()}&s=100.00") == link()


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "https://example.com/",
        "https://consumer.oofd.kz",
        "https://consumer.oofd.kz/ticket/2f1c",
        "https://receipt.kaspi.kz/web?extTranId=1",
        "https://receipt.kaspi.kz/web?extTranId=&sale_date=2026-03-05%2014:07:09",
        f"https://4ek.kz/?{query()}",
        f"https://4ek.kz/?o=kaspi&{query()}",
        f"https://4ek.kz/?o=nobody&{query()}",
        f"https://consumer.oofd.kz@evil.example/?{query()}",
        f"https://evil.example/consumer.oofd.kz?{query()}",
        f"https://consumer.oofd.kz.evil.example/?{query()}",
        f"https://evil@consumer.oofd.kz/?{query()}",
        f"https://consumer.oofd.kz:8443/?{query()}",
        f"https://consumer.oofd.kz:port/?{query()}",
        f"javascript://consumer.oofd.kz/?{query()}",
        f"ftp://consumer.oofd.kz/?{query()}",
        f"https://[::1/?{query()}",
        f"https://consumer.oofd.kz/?\x00{query()}",
        "https://consumer.oofd.kz/?" + "&".join(f"a{n}=1" for n in range(100)),
        "https://consumer.oofd.kz/?i=" + "1" * LINK_CHARACTERS_MAX,
        "хлеб 180",
    ],
)
def test_what_is_no_check_link_is_refused(url: str) -> None:
    assert all(len(fragment) <= 80 for fragment in refused(url))


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for url in (text, f"https://consumer.oofd.kz/?{text}", f"https://receipt.kaspi.kz/web?{text}"):
        assert all(isinstance(fragment, str) for fragment in refused(url))


def refused(url: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        parse_check_link(url)
    assert caught.value.code == "UNREADABLE"
    fragments = caught.value.params["fragments"]
    assert isinstance(fragments, list)
    return fragments
