"""Short commands in three languages, and sums as people write them."""

from __future__ import annotations

import pytest

from bot.phrases import Phrase, Wish, phrase, sum_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X-отчёт", Phrase(Wish.X)),
        ("х", Phrase(Wish.X)),
        ("X-есеп", Phrase(Wish.X)),
        ("закрыть смену", Phrase(Wish.CLOSE)),
        ("Ауысымды жабу", Phrase(Wish.CLOSE)),
        ("close the shift", Phrase(Wish.CLOSE)),
        ("внести 5000", Phrase(Wish.DEPOSIT, 500_000)),
        ("Внести 5 000 ₸", Phrase(Wish.DEPOSIT, 500_000)),
        ("салу 5000", Phrase(Wish.DEPOSIT, 500_000)),
        ("салу 5 мың теңге", Phrase(Wish.DEPOSIT, 500_000)),
        ("изъять 2000,50", Phrase(Wish.WITHDRAWAL, 200_050)),
        ("алу 2000", Phrase(Wish.WITHDRAWAL, 200_000)),
        ("Ақша алу", Phrase(Wish.WITHDRAWAL)),
        ("внести", Phrase(Wish.DEPOSIT)),
        ("внести 0", Phrase(Wish.DEPOSIT, is_wrong=True)),
        ("внести -5", Phrase(Wish.DEPOSIT, is_wrong=True)),
        ("внести много", Phrase(Wish.DEPOSIT, is_wrong=True)),
        ("внести 9999999999999", Phrase(Wish.DEPOSIT, is_wrong=True)),
        ("возврат", Phrase(Wish.RETURN)),
        ("Қайтару", Phrase(Wish.RETURN)),
        ("500 салу", Phrase(Wish.DEPOSIT, 50_000)),
        ("500 ₸ салу", Phrase(Wish.DEPOSIT, 50_000)),
        ("5000 внести", Phrase(Wish.DEPOSIT, 500_000)),
        ("внести в кассу 5000", Phrase(Wish.DEPOSIT, 500_000)),
        ("0 салу", Phrase(Wish.DEPOSIT, is_wrong=True)),
        ("снять 500", Phrase(Wish.WITHDRAWAL, 50_000)),
        ("изъять из кассы 500", Phrase(Wish.WITHDRAWAL, 50_000)),
        ("алып кету 500", Phrase(Wish.WITHDRAWAL, 50_000)),
        ("кассадан 500 алу", Phrase(Wish.WITHDRAWAL, 50_000)),
        ("возврат нан 350", Phrase(Wish.RETURN, has_more=True)),
        ("«Возврат» " + "нан 350, " * 30, Phrase(Wish.RETURN, has_more=True)),
        ("қайтару нан", Phrase(Wish.RETURN, has_more=True)),
        ("refund bread", Phrase(Wish.RETURN, has_more=True)),
        ("помощь", Phrase(Wish.HELP)),
        ("Тіл", Phrase(Wish.LANGUAGE)),
    ],
)
def test_a_command_is_understood(text: str, expected: Phrase) -> None:
    assert phrase(text) == expected


@pytest.mark.parametrize(
    "text", ["кофе 800", "2 кофе 800, нан 350, нал 2000", "800", "алма 200", "салат 500", "x" * 5000, "", "внестибулат"]
)
def test_a_sale_is_no_command(text: str) -> None:
    assert phrase(text) is None


@pytest.mark.parametrize(
    ("text", "tiyn"),
    [
        ("5000", 500_000),
        ("5 000", 500_000),
        ("5.000", 500_000),
        ("1 250 000,5", 125_000_050),
        ("5 тыс", 500_000),
        ("99999999,99", 9_999_999_999),
        ("0,01", 1),
        ("100000000", None),
        ("0", None),
        ("-1", None),
        ("1e5", None),
        ("", None),
    ],
)
def test_a_sum_of_the_drawer(text: str, tiyn: int | None) -> None:
    assert sum_of(text) == tiyn
