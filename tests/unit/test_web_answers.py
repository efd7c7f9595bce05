from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from receipt_samples import AUTONOMOUS_SIGN, FISCAL_SIGN, document, empty_report, report, view

from core.domain.pricing import Pricing, price
from core.domain.ticket import OPERATIONS, Kind
from core.domain.view import Mark
from core.errors import Refused
from core.ofd.operators import OPERATORS
from core.receipt.layout import receipt_layout
from web.answers import document_answer, report_answer, ticket_answer
from web.api.schemas import Document, Priced, Report
from web.papers import layout_answer
from web.requests import TicketBody, read_document

TICKET_MEMBERS = {
    *("register_id", "number", "kind", "shift", "number_in_shift", "made_at", "items", "total", "discount"),
    *("markup", "payments", "taken", "change", "vat", "mark", "practice", "autonomous_sign", "fiscal_sign"),
    *("check_url", "receipt_url", "ofd", "digest", "previous_digest"),
}


@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("kind", list(Kind))
def test_every_document_is_answered_as_it_is_described(kind: Kind, mark: Mark) -> None:
    answer = document_answer(view(mark, kind))
    Document.model_validate(answer)
    assert json.loads(json.dumps(answer)) == answer
    assert set(answer) >= TICKET_MEMBERS or kind not in OPERATIONS


def test_a_registered_sale() -> None:
    answer = document_answer(view(Mark.REGISTERED))
    assert answer["total"] == "1950.00"
    assert [item["sum"] for item in answer["items"]] == ["1600.00", "350.00"]
    assert answer["vat"] == [
        {"rate": "16", "turnover": "1950.00", "sum": "268.97", "turnover_without_tax": "1681.03"}
    ]
    assert answer["made_at"] == "2026-03-05T14:07:09+05:00"
    assert (answer["fiscal_sign"], answer["autonomous_sign"]) == (FISCAL_SIGN, None)
    assert answer["ofd"]["registered_at"] == "2026-03-05T14:07:11+05:00"


def test_the_autonomous_sign_stays_beside_the_fiscal_one() -> None:
    answer = document_answer(view(Mark.AUTONOMOUS_REGISTERED))
    assert (answer["fiscal_sign"], answer["autonomous_sign"]) == (FISCAL_SIGN, str(AUTONOMOUS_SIGN))


@pytest.mark.parametrize("kind", [Kind.DEPOSIT, Kind.WITHDRAWAL, Kind.SHIFT_CLOSE])
def test_signs_and_the_check_link_are_for_tickets_only(kind: Kind) -> None:
    answer = document_answer(view(Mark.AUTONOMOUS_REGISTERED, kind))
    assert (answer["autonomous_sign"], answer["fiscal_sign"], answer["check_url"]) == (None, None, None)
    assert "items" not in answer


def test_a_close_carries_its_z_which_knows_whether_it_was_autonomous() -> None:
    online = document_answer(view(Mark.REGISTERED, Kind.SHIFT_CLOSE))["report"]
    told_later = document_answer(view(Mark.AUTONOMOUS_REGISTERED, Kind.SHIFT_CLOSE))["report"]
    assert (online["autonomous"], told_later["autonomous"]) == (False, True)
    assert online["kind"] == "Z"


def test_a_report_is_answered_as_it_is_described() -> None:
    answer = report_answer(report(), autonomous=False)
    Report.model_validate(answer)
    assert set(answer["operations"]) == {"sell", "sell_return", "buy", "buy_return"}
    assert answer["closed_at"] is None
    for row in answer["taxes"]:
        for figures in row["operations"].values():
            assert Decimal(figures["turnover"]) - Decimal(figures["sum"]) == Decimal(figures["turnover_without_tax"])


def test_an_empty_shift_has_all_rows_and_takings_of_zero() -> None:
    answer = report_answer(empty_report(), autonomous=True)
    Report.model_validate(answer)
    assert answer["revenue"] == {"sum": "0.00", "is_negative": False}
    assert answer["tickets"]["buy"]["sum"] == "0.00"


def test_takings_below_zero_are_told_by_a_flag() -> None:
    from dataclasses import replace

    answer = report_answer(replace(report(), revenue=-12345), autonomous=False)
    assert answer["revenue"] == {"sum": "123.45", "is_negative": True}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_layout_is_plain_data(kind: Kind) -> None:
    made = view(Mark.AUTONOMOUS, document=document(kind))
    answer = layout_answer(receipt_layout(made, OPERATORS["kazakhtelecom"], language="kk-ru"))
    assert json.loads(json.dumps(answer)) == answer
    assert {block["type"] for block in answer["blocks"]} >= {"text", "row", "rule", "copy_mark"}


# -- a ticket that was parsed, priced and answered adds up ---------------------------------------------------


def amounts(most: int) -> st.SearchStrategy[str]:
    return st.integers(1, most).map(lambda amount: f"{amount // 100}.{amount % 100:02d}")


LINES = st.fixed_dictionaries(
    {"name": st.sampled_from(["Нан", "Сүт", "Кофе <b>"]), "price": amounts(10**7)},
    optional={
        "quantity": st.integers(1, 10**5).map(lambda amount: f"{amount // 1000}.{amount % 1000:03d}"),
        "vat": st.sampled_from(["16", "10", "5", "0", "none"]),
        "markup": amounts(10**4),
        "markup_percent": st.sampled_from(["0", "2.5", "100"]),
        "storno": st.booleans(),
    },
)
TICKETS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["sell", "buy"]), "items": st.lists(LINES, min_size=1, max_size=8)},
    optional={"discount": amounts(10**5), "discount_percent": st.sampled_from(["0.001", "3", "99.999"])},
)


@given(TICKETS)
def test_a_ticket_adds_up_from_the_request_to_the_answer(body: dict[str, Any]) -> None:
    pricing = Pricing(True, "16", date(2026, 11, 23), "131240010479")
    try:
        asked = read_document(body)
        assert isinstance(asked, TicketBody)
        answer = ticket_answer(price(asked.ticket(), pricing))
    except Refused as refused:
        assume(refused.code not in ("VALIDATION", "TOTAL_NOT_POSITIVE", "DISCOUNT_OUT_OF_RANGE"))
        raise
    Priced.model_validate(answer)
    signs = [-1 if item["storno"] else 1 for item in answer["items"]]
    sums = [Decimal(item["sum"]) for item in answer["items"]]
    assert sum(sign * amount for sign, amount in zip(signs, sums, strict=True)) == Decimal(answer["total"])
    for item in answer["items"]:
        if item["storno"]:
            own = Decimal(item["gross"]) - Decimal(item["discount"]) + Decimal(item["markup"])
            assert own == Decimal(item["sum"]) >= 0
    for row in answer["vat"]:
        taxes = [
            sign * Decimal(item["vat_sum"])
            for sign, item in zip(signs, answer["items"], strict=True)
            if item["vat"] == row["rate"]
        ]
        assert sum(taxes) == Decimal(row["sum"])
        assert Decimal(row["turnover"]) == Decimal(row["sum"]) + Decimal(row["turnover_without_tax"])
    assert "none" not in {row["rate"] for row in answer["vat"]}
