"""Who buys and when, written beside a sale: kept apart from its money."""

from __future__ import annotations

import pytest

from core.domain.iin_bin import with_check_digit
from core.domain.sale_text import Buyer, Reading, SpokenLine, Unreadable, UnreadableReason, read_sale

IIN = with_check_digit("88010130012") or ""
WRONG_IIN = IIN[:-1] + str((int(IIN[-1]) + 1) % 10)
PHONE = "+77011234567"


def read(text: str) -> Reading:
    answer = read_sale(text)
    assert isinstance(answer, Reading), answer
    assert answer.lines == (SpokenLine("кофе", 80_000),)
    assert all(other.buyer == answer.buyer for other in answer.alternatives)
    return answer


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        ("кофе 800", Buyer()),
        (f"кофе 800 {IIN}", Buyer(iin_bin=IIN)),
        (f"{IIN} кофе 800", Buyer(iin_bin=IIN)),
        (f"кофе 800 ИИН {IIN}", Buyer(iin_bin=IIN)),
        (f"кофе 800, иин: {IIN}, нал", Buyer(iin_bin=IIN)),
        (f"кофе 800 жсн {IIN}", Buyer(iin_bin=IIN)),
        (f"кофе 800 БИН {WRONG_IIN}", Buyer(iin_bin=WRONG_IIN)),
        ("кофе 800 +77011234567", Buyer(phone=PHONE)),
        ("кофе 800 87011234567", Buyer(phone=PHONE)),
        ("кофе 800 тел. 8 701 123 45 67", Buyer(phone=PHONE)),
        ("кофе 800 +7 (701) 123-45-67", Buyer(phone=PHONE)),
        ("кофе 800 a.b-c@mail.example.kz", Buyer(email="a.b-c@mail.example.kz")),
        (f"кофе 800 {IIN} +77011234567 a@b.kz", Buyer(IIN, PHONE, "a@b.kz")),
        ("25.11.2026 кофе 800", Buyer()),
        ("кофе 800 25.11.26", Buyer()),
        ("25.11 кофе 800", Buyer()),
        ("кофе 800 в 14:30", Buyer()),
        ("14:30 кофе 800", Buyer()),
    ],
)
def test_buyer_and_moment_stand_beside_the_sale(text: str, buyer: Buyer) -> None:
    assert read(text).buyer == buyer


def test_twelve_digits_without_their_word_and_with_a_wrong_check_digit_are_no_buyer() -> None:
    answer = read_sale(f"кофе 800 {WRONG_IIN}")
    assert isinstance(answer, Unreadable)
    assert answer.reason is UnreadableReason.AMOUNT_OUT_OF_RANGE


@pytest.mark.parametrize("text", [IIN, PHONE, "87011234567", "10.05.2026", f"ИИН {IIN}", "14:30"])
def test_what_names_only_a_buyer_or_a_moment_is_no_sale(text: str) -> None:
    assert isinstance(read_sale(text), Unreadable)


@pytest.mark.parametrize(
    ("text", "total"), [("кофе 8701", 870_100), ("сыр 12.05 кг 3200", 3_856_000), ("2*14 чай", 2_800)]
)
def test_numbers_that_only_resemble_them_stay_money(text: str, total: int) -> None:
    answer = read_sale(text)
    assert isinstance(answer, Reading)
    assert answer.total_tiyn == total
