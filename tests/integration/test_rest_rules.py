"""Rules of the trade over REST: dated VAT, returns by every kind of basis, quotes that keep their word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from engine_street import StillClock
from refusals import ELSEWHERE, back, closed, move, refused_by_the_operator, sold, told
from rest_shop import Shop, open_shop, problem, sale

from core.clock import ALMATY

NEW_YEAR = datetime(2027, 1, 1, tzinfo=ALMATY)


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path, StillClock()) as one:
        yield one


def move_to(shop: Shop, moment: datetime) -> None:
    move(shop, moment - shop.engine.clock.now())


async def quoted(shop: Shop, body: dict[str, Any]) -> Any:
    return await shop.client.post("/api/v1/quote", json={"register_id": shop.register_id, **body})


def rates(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(line["vat"], line["vat_sum"]) for line in document["items"]]


def facts(made: dict[str, Any], sign: str | None = None) -> dict[str, Any]:
    """A receipt as another program would know it: from its QR code."""
    return {
        "fiscal_sign": sign or made["fiscal_sign"] or made["autonomous_sign"],
        "made_at": made["made_at"],
        "total": made["total"],
        "autonomous": made["autonomous_sign"] is not None,
    }


# -- VAT by date -------------------------------------------------------------------------------------------------


async def test_medicine_changes_its_rate_at_midnight(shop: Shop) -> None:
    shop.register_id = await shop.register(vat_default="5")
    move_to(shop, NEW_YEAR - timedelta(seconds=1))
    old = await shop.made(sale("105"))
    assert (rates(old), old["made_at"]) == ([("5", "5.00")], "2026-12-31T23:59:59+05:00")
    assert (await shop.state())["vat"]["default"] == "5"
    five = sale("105", items=[{"name": "Дәрі", "price": "105", "vat": "5"}])
    await shop.made(five)
    move(shop, timedelta(seconds=1))
    new = await shop.made(sale("110"))
    assert (rates(new), new["made_at"]) == ([("10", "10.00")], "2027-01-01T00:00:00+05:00")
    problem(await shop.make(five), 422, "VAT_NOT_ALLOWED")
    assert (await shop.state())["vat"]["default"] == "10"
    returned = await shop.made(back(parent={"document_number": 1}, **_paid("105")))
    assert rates(returned) == [("5", "5.00")], "the rate of the basis's date"
    elsewhere = {**ELSEWHERE, "total": "105", "made_at": "2026-12-31T23:59:59+05:00"}
    assert rates(await shop.made(back(parent=elsewhere, **_paid("105")))) == [("5", "5.00")]
    later = {**ELSEWHERE, "fiscal_sign": "7", "total": "110", "made_at": "2027-01-01T00:00:00+05:00"}
    assert rates(await shop.made(back(parent=later, **_paid("110")))) == [("10", "10.00")]


def _paid(price: str) -> dict[str, Any]:
    items = [{"name": "Нан", "price": price}]
    return {"items": items, "payments": [{"type": "card", "sum": price}]}


async def test_a_receipt_of_2025_comes_back_at_twelve(shop: Shop) -> None:
    parent = {**ELSEWHERE, "total": "935", "made_at": "2025-12-31T23:59:59+05:00"}
    for named in ({}, {"vat": "12"}):
        items = [{"name": "Нан", "price": "467.50", **named}]
        body = back(parent=parent, items=items, payments=[{"type": "card", "sum": "467.50"}])
        assert rates(await shop.made(body)) == [("12", "50.09")]
    wrong = back(parent={**parent, "fiscal_sign": "5"}, items=[{"name": "Нан", "price": "100", "vat": "16"}])
    problem(await shop.make(wrong), 422, "VAT_NOT_ALLOWED")
    in_utc = back(parent={**parent, "fiscal_sign": "6", "made_at": "2025-12-31T19:00:00Z"})
    assert rates(await shop.made(in_utc))[0][0] == "16", "midnight in Kazakhstan"


# -- returns -----------------------------------------------------------------------------------------------------


async def test_an_own_receipt_is_the_same_basis_by_its_number_and_by_its_signs(shop: Shop) -> None:
    shop.ofd("down")
    made = await shop.made(sale(items=[{"name": "Нан", "price": "25", "quantity": "4", "vat": "10"}]))
    await told(shop)
    made = (await shop.get("/documents/1")).json()
    assert made["mark"] == "autonomous_registered" and made["fiscal_sign"] != made["autonomous_sign"]
    rnm = (await shop.state())["rnm"]
    parents: list[dict[str, Any]] = [
        {"document_number": 1},
        {**facts(made, made["autonomous_sign"]), "rnm": rnm},
        {**facts(made, made["fiscal_sign"]), "rnm": rnm},
    ]
    one = {"items": [{"name": "Нан", "price": "25"}], "payments": [{"type": "card", "sum": "25"}]}
    for parent in parents:
        body = back(parent=parent, **one)
        quote = await quoted(shop, body)
        assert rates(quote.json()) == [("10", "2.27")], "a quote knows the basis too"
        returned = await shop.made(body)
        assert (returned["parent"]["document_number"], rates(returned)) == (1, [("10", "2.27")])
        assert (returned["parent"]["fiscal_sign"], returned["parent"]["autonomous"]) == (made["autonomous_sign"], True)
    sent = [one for one in shop.operator.exchanges(device_id=shop.device_id) if one["command"] == "TICKET"][-1]
    parent_ticket = sent["request"]["ticket"]["parent_ticket"]
    assert parent_ticket["parent_ticket_number"] == made["autonomous_sign"], "the sign on the customer's original"
    assert parent_ticket["parent_ticket_is_offline"] is True
    two = {"items": [{"name": "Нан", "price": "12.5", "quantity": "2"}], "payments": [{"type": "card", "sum": "25"}]}
    for parent in parents:
        problem(await shop.make(back(parent=parent, **two)), 422, "RETURN_EXCEEDS_PARENT")
        problem(await quoted(shop, back(parent=parent, **two)), 422, "RETURN_EXCEEDS_PARENT")


async def test_a_receipt_made_elsewhere_is_remembered_over_shifts_by_its_register_and_sign(shop: Shop) -> None:
    half = {"items": [{"name": "Нан", "price": "50"}], "payments": [{"type": "card", "sum": "50"}]}
    await shop.made(back(parent=ELSEWHERE, **half))
    await closed(shop)
    await shop.made(back(parent={**ELSEWHERE, "made_at": "2026-03-05T09:07:09Z"}, **half))
    told = problem(await shop.make(back(parent=ELSEWHERE, **half)), 422, "RETURN_EXCEEDS_PARENT")
    assert told["params"] == {"left": "0.00", "total": "50.00"}
    await shop.made(back(parent={**ELSEWHERE, "rnm": "010101234568"}, **half))
    await shop.made(back(parent={**ELSEWHERE, "fiscal_sign": "123456789013"}, **half))


async def test_a_refused_return_gives_back_what_was_left(shop: Shop) -> None:
    await sold(shop)
    all_of_it = back(parent={"document_number": 1}, items=[{"name": "Нан", "price": "50", "quantity": "2"}])
    shop.ofd(result_code=13, text="no", times=1)
    problem(await shop.make(all_of_it), 422, "OFD_REFUSED")
    await shop.made(all_of_it)
    problem(await shop.make(all_of_it), 422, "RETURN_EXCEEDS_PARENT")


async def test_goods_that_were_not_on_the_receipt_are_named(shop: Shop) -> None:
    await sold(shop)
    body = back(parent={"document_number": 1}, items=[{"name": "Самаурын", "price": "100"}])
    for lang in ("kk", "ru", "en"):
        answer = await shop.make(body, **{"Accept-Language": lang})
        told = problem(answer, 422, "RETURN_EXCEEDS_PARENT")
        assert "«Самаурын»" in told["detail"]
        assert told["params"] == {"left": "100.00", "total": "100.00", "name": "Самаурын"}


async def test_two_returns_at_once_give_back_once(shop: Shop) -> None:
    await sold(shop)
    body = back(parent={"document_number": 1}, items=[{"name": "Нан", "price": "50", "quantity": "2"}])
    answers = await asyncio.gather(*(shop.make(body) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [201, 422, 422, 422]
    assert {one.json().get("code") for one in answers} == {None, "RETURN_EXCEEDS_PARENT"}


async def test_a_refused_receipt_is_no_basis_by_its_signs_either(shop: Shop) -> None:
    await refused_by_the_operator(shop)
    problem(await quoted(shop, back(parent={"document_number": 1})), 422, "PARENT_NOT_FOUND")
    # its own sign was never shown, so with these facts it can only be another program's receipt
    rnm = (await shop.state())["rnm"]
    parent = {**ELSEWHERE, "fiscal_sign": "1", "rnm": rnm, "autonomous": True}
    made = await shop.made(back(parent=parent))
    assert made["parent"]["document_number"] is None


# -- quotes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("кофе 800 нал 500", "TAKEN_LESS_THAN_CASH"),
        ("кофе 800 нал 800 карта 800", "PAYMENTS_TOTAL_MISMATCH"),
        ("кофе 800 скидка 100%", "TOTAL_NOT_POSITIVE"),
        ("кофе 800 скидка 10% наценка 5%", "DISCOUNT_AND_MARKUP"),
    ],
)
async def test_a_text_that_cannot_be_sold_as_it_is_written_is_refused_as_the_sale_would_be(
    shop: Shop, text: str, code: str
) -> None:
    problem(await quoted(shop, {"text": text}), 422, code)


async def test_every_reading_of_a_quote_can_be_made_as_it_stands(shop: Shop) -> None:
    texts = ("2 кофе 800, нал 1000", "2 кофе 800, нал 2000", "кофе 800 карта", "қант 2 кг 450 каспи", "3х кофе 800 нал")
    for text in texts:
        answer = (await quoted(shop, {"text": text})).json()
        for reading in answer.get("readings") or [answer]:
            assert reading["payments"], text
            lines = [
                {name: value for name, value in line.items() if name in ("name", "price", "quantity", "unit")}
                for line in reading["items"]
            ]
            body = {"kind": "sell", "items": lines, "payments": reading["payments"], "taken": reading["taken"]}
            made = await shop.made(body)
            in_cash = reading["taken"] is not None
            assert made["total"] == reading["total"]
            assert not in_cash or (made["taken"], made["change"]) == (reading["taken"], reading["change"])


async def test_a_quote_of_a_ticket_is_what_will_be_made(shop: Shop) -> None:
    body = sale(
        items=[{"name": f"{place}", "price": "0.99", "quantity": f"{place}.333"} for place in range(1, 8)],
        discount_percent="33.333",
    )
    del body["payments"]
    quote = (await quoted(shop, body)).json()
    assert (quote["payments"], quote["change"]) == (None, None)
    made = await shop.made({**body, "payments": [{"type": "cash", "sum": quote["total"]}]})
    for name in ("items", "total", "discount", "vat"):
        assert made[name] == quote[name]
    assert (await shop.state())["last_document"] == 1


@pytest.mark.parametrize("taken", ["-0.01", "10000000000"])
async def test_a_quote_takes_no_impossible_cash(shop: Shop, taken: str) -> None:
    body = {"kind": "sell", "items": sale()["items"], "taken": taken}
    problem(await quoted(shop, body), 422, "AMOUNT_OUT_OF_RANGE")


# -- what a line carries -----------------------------------------------------------------------------------------


async def test_what_a_line_carries_reaches_the_operator_as_it_was_written(shop: Shop) -> None:
    mark = "010460043993125621JgXJ5.T\x1d91ABCD\x1d92" + "x" * 88
    item = {
        "name": "Сүт «Әлия» ☕️ 3,2 %",
        "price": "450.05",
        "quantity": "1.255",
        "unit": "112",
        "section": "7",
        "barcode": "4870204391510",
        "ntin": "0200123456789",
        "mark": mark,
    }
    customer = {"iin_bin": "900515301214", "phone": "+77010000000", "email": "a@b.kz"}
    body = {"kind": "sell", "items": [item], "customer": customer, "cashier": {"code": 7, "name": "Айгүл"}}
    total = (await quoted(shop, body)).json()["total"]
    made = await shop.made({**body, "payments": [{"type": "mobile", "sum": total}]})
    assert total == "564.81", "450.05 × 1.255 = 564.81275"
    assert {name: made["items"][0][name] for name in item} == item
    assert made["customer"] == customer and made["cashier"] == body["cashier"]
    sent = shop.operator.exchanges(device_id=shop.device_id)[-1]["request"]["ticket"]
    line = sent["items"][0]["commodity"]
    assert (line["name"], line["section_code"], line["measure_unit_code"]) == (item["name"], "7", "112")
    assert (line["barcode"], line["ntin"], line["list_excise_stamp"]) == (item["barcode"], item["ntin"], [mark])
    assert int(line["quantity"]) == 1255
    options = sent["extension_options"]
    assert options["customer_iin_or_bin"] == customer["iin_bin"]
    assert (options["customer_phone"], options["customer_email"]) == (customer["phone"], customer["email"])
    assert (sent["operator"]["code"], sent["operator"]["name"]) == (7, "Айгүл")


async def test_a_register_without_vat_names_no_rate_and_returns_none(shop: Shop) -> None:
    plain = replace(shop, register_id=await shop.register(vat_payer=False))
    made = await plain.made(sale(items=[{"name": "Нан", "price": "50", "vat": "none"}, {"name": "Шай", "price": "50"}]))
    assert (rates(made), made["vat"]) == ([("none", "0.00")] * 2, [])
    for rate in ("16", "12", "10", "5", "0"):
        problem(await plain.make(sale(items=[{"name": "Нан", "price": "100", "vat": rate}])), 422, "VAT_NOT_ALLOWED")
    returned = await plain.made(back(parent={"document_number": 1}, **_paid("50")))
    assert rates(returned) == [("none", "0.00")]
    old = {**ELSEWHERE, "made_at": "2025-06-01T12:00:00+05:00"}
    assert rates(await plain.made(back(parent=old))) == [("none", "0.00")]
    assert (await plain.get("/report")).json()["taxes"] == []
