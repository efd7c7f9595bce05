"""Acts of a phone whose signal comes and goes: made once, asked about, given up for good; returns and prices."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from pocket_shop import AIGUL, DANIYAR, PocketShop, open_pocket
from rest_shop import problem, sale

NOTHING = {"document": None, "making": False}
CASH_OUT = {"kind": "withdrawal", "sum": "100.00"}


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[PocketShop]:
    async with open_pocket(database, tmp_path) as found:
        yield found


def cart(**more: Any) -> dict[str, Any]:
    """2 × 800 and one of 350."""
    items = [{"name": "Кофе", "price": "800", "quantity": "2"}, {"name": "Нан", "price": "350"}]
    return {"kind": "sell", "items": items, **more}


def paid(total: str, kind: str = "cash", **more: Any) -> dict[str, Any]:
    return cart(payments=[{"type": kind, "sum": total}], **more)


# -- keys ---------------------------------------------------------------------------------------------------------


async def test_a_key_makes_one_receipt_however_often_it_comes(shop: PocketShop) -> None:
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    answers = await asyncio.gather(*(phone.sell(sale(), key) for _ in range(5)))
    assert sorted(one.status_code for one in answers) == [200, 200, 200, 200, 201]
    assert {one.json()["number"] for one in answers} == {1}
    problem(await phone.sell(sale("101.00"), key), 409, "IDEMPOTENCY_KEY_REUSED")
    problem(await (await shop.phone(DANIYAR)).sell(sale(), key), 409, "IDEMPOTENCY_KEY_REUSED")
    problem(await phone.at("POST", "documents", sale()), 400, "IDEMPOTENCY_KEY_REQUIRED")
    assert len(await shop.documents()) == 1


async def test_what_became_of_an_act_is_told_without_making_anything(shop: PocketShop) -> None:
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    assert (await phone.at("GET", f"acts/{key}")).json() == NOTHING
    made = (await phone.sell(sale(), key)).json()
    found = (await phone.at("GET", f"acts/{key}")).json()
    assert (found["document"], found["making"]) == (made, False)
    assert len(await shop.documents()) == 1


async def test_an_act_that_was_given_up_makes_nothing_however_late_its_request_comes(shop: PocketShop) -> None:
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    assert (await phone.at("DELETE", f"acts/{key}")).json() == NOTHING
    problem(await phone.sell(sale(), key), 409, "ACT_DROPPED")
    assert (await phone.at("DELETE", f"acts/{key}")).json() == NOTHING
    problem(await phone.at("POST", "shift/close", {}, key), 409, "ACT_DROPPED")
    assert await shop.documents() == []
    assert (await phone.sell(sale())).json()["number"] == 1


async def test_an_act_that_was_made_cannot_be_given_up(shop: PocketShop) -> None:
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    made = (await phone.sell(sale(), key)).json()
    assert (await phone.at("DELETE", f"acts/{key}")).json()["document"] == made
    assert (await phone.sell(sale(), key)).json()["number"] == made["number"]


async def test_an_act_that_was_refused_can_be_given_up_at_once(shop: PocketShop) -> None:
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    problem(await phone.sell(CASH_OUT, key), 422, "NOT_ENOUGH_CASH")
    assert (await phone.at("GET", f"acts/{key}")).json() == NOTHING
    assert (await phone.at("DELETE", f"acts/{key}")).json() == NOTHING
    await phone.sell(sale(payment="cash"))
    problem(await phone.sell(CASH_OUT, key), 409, "ACT_DROPPED")


async def test_an_act_that_is_being_made_is_neither_lost_nor_given_up(shop: PocketShop) -> None:
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    shop.rest.ofd("silent", times=1, commands=["TICKET"])
    selling = asyncio.create_task(phone.sell(sale(), key))
    while (await phone.at("GET", f"acts/{key}")).json() == NOTHING:
        pass
    while (found := (await phone.at("GET", f"acts/{key}")).json())["document"] is None:
        assert found["making"]
    # in the journal, the OFD has not answered yet: it is made, and giving it up only says so
    assert found["document"]["mark"] == "saved"
    assert (await phone.at("DELETE", f"acts/{key}")).json()["document"]["number"] == 1
    made = await selling
    assert (made.status_code, made.json()["mark"]) == (201, "autonomous")


async def test_an_act_between_its_request_and_the_journal_is_busy(shop: PocketShop, database: str) -> None:
    """As when a process is stopped there; what a killed one has left may be given up once nobody can be making it."""
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    connection = await asyncpg.connect(database)
    begun = "INSERT INTO pocket_act VALUES ($1, $2, $3, 1, false, now())"
    await connection.execute(begun, shop.rest.register_id, key, AIGUL)
    assert (await phone.at("GET", f"acts/{key}")).json() == {"document": None, "making": True}
    problem(await phone.at("DELETE", f"acts/{key}"), 503, "REGISTER_BUSY")
    await connection.execute("UPDATE pocket_act SET at = now() - interval '21 seconds'")
    assert (await phone.at("GET", f"acts/{key}")).json() == NOTHING
    assert (await phone.at("DELETE", f"acts/{key}")).json() == NOTHING
    problem(await phone.sell(sale(), key), 409, "ACT_DROPPED")
    await connection.close()


async def test_giving_up_races_making_and_one_of_them_wins(shop: PocketShop) -> None:
    phone, outcomes = await shop.phone(), []
    for _ in range(25):
        key = secrets.token_urlsafe(16)
        made, dropped = await asyncio.gather(phone.sell(sale(), key), phone.at("DELETE", f"acts/{key}"))
        documents = len(await shop.documents())
        if made.status_code == 201:
            assert dropped.status_code == 503 or dropped.json()["document"]["number"] == documents
        else:
            problem(made, 409, "ACT_DROPPED")
            assert dropped.json() == NOTHING
        outcomes.append(made.status_code)
    assert len(await shop.documents()) == outcomes.count(201)


async def test_what_the_operator_refused_keeps_its_key_and_says_so(shop: PocketShop) -> None:
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    shop.rest.ofd(result_code=13, times=1, commands=["TICKET"])
    assert problem(await phone.sell(sale(), key), 422, "OFD_REFUSED")["params"]["number"] == 1
    assert (await phone.at("GET", f"acts/{key}")).json()["document"]["mark"] == "refused"
    problem(await phone.sell(sale(), key), 422, "OFD_REFUSED")


@pytest.mark.parametrize("key", ["%1f", "a" * 65, "k%1fwithdrawal", "%00"])
async def test_a_key_that_no_phone_makes_is_not_asked_about(shop: PocketShop, key: str) -> None:
    phone = await shop.phone()
    problem(await phone.at("GET", f"acts/{key}"), 404, "NOT_FOUND")
    problem(await phone.at("DELETE", f"acts/{key}"), 404, "NOT_FOUND")


# -- prices -------------------------------------------------------------------------------------------------------


async def test_a_quote_tells_total_notes_and_change_that_the_receipt_then_has(shop: PocketShop) -> None:
    phone = await shop.phone()
    told = (await phone.at("POST", "quote", cart())).json()
    assert (told["total"], [line["gross"] for line in told["items"]]) == ("1950.00", ["1600.00", "350.00"])
    assert told["notes"] == [
        {"given": "2000.00", "change": "50.00"},
        {"given": "5000.00", "change": "3050.00"},
        {"given": "10000.00", "change": "8050.00"},
        {"given": "20000.00", "change": "18050.00"},
    ]
    for note in told["notes"]:
        asked = (await phone.at("POST", "quote", paid("1950.00", taken=note["given"]))).json()
        made = (await phone.sell(paid("1950.00", taken=note["given"]))).json()
        assert asked["change"] == made["change"] == note["change"]
    assert len(await shop.documents()) == 4


@pytest.mark.parametrize(
    ("cash", "payments"),
    [
        ("500", [("cash", "500.00"), ("mobile", "1450.00")]),
        ("0", [("mobile", "1950.00")]),
        ("1950", [("cash", "1950.00")]),
    ],
)
async def test_the_server_splits_a_mixed_payment(shop: PocketShop, cash: str, payments: list[tuple[str, str]]) -> None:
    phone = await shop.phone()
    told = (await phone.at("POST", "quote", cart(split={"cash": cash, "rest": "mobile"}))).json()
    assert [(one["type"], one["sum"]) for one in told["payments"]] == payments
    made = (await phone.sell(cart(payments=told["payments"]))).json()
    assert made["payments"] == told["payments"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (cart(split={"cash": "1950.01", "rest": "card"}), "PAYMENTS_TOTAL_MISMATCH"),
        (cart(split={"cash": "-1", "rest": "card"}), "PAYMENTS_TOTAL_MISMATCH"),
        (cart(split={"cash": "1", "rest": "cash"}), "VALIDATION"),
        (cart(split={"cash": 500, "rest": "card"}), "VALIDATION"),
        (paid("1950.00", taken="1949.99"), "TAKEN_LESS_THAN_CASH"),
        (paid("1949.99"), "PAYMENTS_TOTAL_MISMATCH"),
        ({**cart(), "kind": "sell_return"}, "VALIDATION"),
        (cart(discount_percent="100.001"), "DISCOUNT_OUT_OF_RANGE"),
    ],
)
async def test_a_quote_that_cannot_be_made_is_refused(shop: PocketShop, body: dict[str, Any], code: str) -> None:
    problem(await (await shop.phone()).at("POST", "quote", body), 422, code)


# -- returns ------------------------------------------------------------------------------------------------------


async def returning(phone: Any, **body: Any) -> dict[str, Any]:
    answer = await phone.at("POST", "documents/1/return", body)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_a_whole_return_is_quoted_and_made_as_it_was_quoted(shop: PocketShop) -> None:
    phone = await shop.phone()
    await phone.sell(paid("1755.00", discount_percent="10"))
    told = await returning(phone)
    assert (told["total"], told["left_total"]) == ("1755.00", "1755.00")
    made = (await phone.sell(told["body"])).json()
    assert (made["kind"], made["total"], made["parent"]["document_number"]) == ("sell_return", "1755.00", 1)
    rest = await returning(phone)
    assert (rest["total"], rest["body"], [line["left"] for line in rest["lines"]]) == ("0.00", None, ["0", "0"])
    assert (await phone.at("GET", "documents/1")).json()["returnable"] is False
    problem(await phone.sell(told["body"]), 422, "RETURN_EXCEEDS_PARENT")


async def test_returns_by_lines_add_up_to_the_receipt_to_the_tiyn(shop: PocketShop) -> None:
    phone = await shop.phone()
    coffee, sugar = {"name": "Кофе", "price": "333.33"}, {"name": "Қант", "price": "520.50"}
    items = [{**coffee, "quantity": "3"}, {**sugar, "quantity": "0.7"}]
    asked = {"kind": "sell", "items": items, "discount_percent": "7"}
    total = (await phone.at("POST", "quote", asked)).json()["total"]
    await phone.sell({**asked, "payments": [{"type": "card", "sum": total}]})
    sums = []
    for quantities in (["1", "0"], ["1", "0.7"], None):
        told = await returning(phone, quantities=quantities, payment="cash") if quantities else await returning(phone)
        if quantities:
            # nothing is in the drawer: a cash return waits for money
            problem(await phone.sell(told["body"]), 422, "NOT_ENOUGH_CASH")
            told = await returning(phone, quantities=quantities)
        made = await phone.sell(told["body"])
        assert made.status_code == 201, made.text
        assert [one["type"] for one in made.json()["payments"]] == ["card"]
        sums.append(made.json()["total"])
    assert sum(round(float(one) * 100) for one in sums) == round(float(total) * 100)
    assert (await returning(phone))["body"] is None


async def test_a_return_asks_for_no_more_than_there_is_and_for_as_many_lines(shop: PocketShop) -> None:
    phone = await shop.phone()
    await phone.sell(paid("1950.00"))
    told = await returning(phone, quantities=["99", "-1"])
    assert ([line["chosen"] for line in told["lines"]], told["total"]) == (["2", "0"], "1600.00")
    problem(await phone.at("POST", "documents/1/return", {"quantities": ["1"]}), 422, "VALIDATION")
    problem(await phone.at("POST", "documents/7/return", {}), 422, "PARENT_NOT_FOUND")
    problem(await phone.at("POST", "documents/x/return", {}), 404, "NOT_FOUND")


async def test_a_shift_is_counted_and_closed_with_its_drawer(shop: PocketShop) -> None:
    phone, key = await shop.phone(), secrets.token_urlsafe(16)
    problem(await phone.at("GET", "report"), 409, "SHIFT_NOT_OPEN")
    await phone.sell(paid("1950.00", taken="2000"))
    await phone.sell({"kind": "deposit", "sum": "50"})
    report = (await phone.at("GET", "report")).json()
    assert (report["cash"], report["tickets"]["sell"]["payments"]["cash"]["sum"]) == ("2000.00", "1950.00")
    answers = await asyncio.gather(
        *(phone.at("POST", "shift/close", {"withdraw_cash": True}, key) for _ in range(3))
    )
    assert sorted(one.status_code for one in answers) == [200, 200, 201]
    kinds = [one["kind"] for one in await shop.documents()]
    assert kinds == ["sell", "deposit", "withdrawal", "shift_close"]
    assert (await phone.at("GET", f"acts/{key}")).json()["document"]["report"]["cash"] == "0.00"
