"""Registers, quotes, shifts and reports over the REST API, against the real engine and the sandbox operator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from rest_shop import Shop, open_shop, problem, sale

from web.api.schemas import CheckLink, Document, Quote, Register, RegisterList, Report, ShiftList

LINK = "https://consumer.oofd.kz/?i=123456789012&f=010101234567&s=100.00&t=20260305T140709"


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path) as one:
        yield one


# -- registers -----------------------------------------------------------------------------------------------


async def test_a_new_register_is_online_empty_and_without_a_shift(shop: Shop) -> None:
    state = await shop.state()
    Register.model_validate(state)
    assert (state["mode"], state["state"], state["shift"], state["last_document"]) == ("online", "active", None, 0)
    assert (state["cash"], state["unsent"], state["pending"], state["block"]) == ("0.00", 0, None, None)
    assert state["lane"] == {"stopped": False, "result_code": None, "text": None}
    assert state["vat"] == {"payer": True, "default": "16"}


async def test_the_list_has_every_register_of_the_organisation(shop: Shop) -> None:
    second = await shop.register(vat_payer=False)
    listed = (await shop.client.get("/api/v1/registers")).json()
    RegisterList.model_validate(listed)
    assert [one["register_id"] for one in listed["items"]] == [shop.register_id, second]
    assert listed["items"][1]["vat"] == {"payer": False, "default": "none"}
    assert listed["next"] is None


async def test_a_register_is_known_by_its_id_however_it_is_written(shop: Shop) -> None:
    path = f"/api/v1/registers/{shop.register_id.upper()}"
    assert (await shop.client.get(path)).json()["register_id"] == shop.register_id


@pytest.mark.parametrize(
    "register_id", ["00000000-0000-0000-0000-000000000000", "x", "%00", "'", "{", "9" * 300, "٢" * 8]
)
async def test_a_register_that_is_not_there_is_not_found(shop: Shop, register_id: str) -> None:
    for path in ("", "/documents", "/report"):
        problem(await shop.client.get(f"/api/v1/registers/{register_id}{path}"), 404, "NOT_FOUND")
    asked = {"register_id": register_id, "text": "кофе 800"}
    problem(await shop.client.post("/api/v1/quote", json=asked), 404, "NOT_FOUND")


async def test_title_and_automatic_close_may_be_changed_and_nothing_else(shop: Shop) -> None:
    answer = await shop.client.patch(shop.path, json={"auto_close": False, "title": "  Иначе "})
    assert (answer.status_code, answer.json()["title"], answer.json()["auto_close"]) == (200, "Иначе", False)
    assert (await shop.state()) == answer.json()
    assert (await shop.client.patch(shop.path, json={})).json() == answer.json()
    titles = ({"title": title} for title in (" ", "x" * 65, "a\nb", 1))
    refused: tuple[Any, ...] = (*titles, {"auto_close": 1}, {"rnm": "1"}, [])
    for wrong in refused:
        problem(await shop.client.patch(shop.path, json=wrong), 422, "VALIDATION")
    assert (await shop.state()) == answer.json()


async def test_there_is_nothing_to_resolve_on_a_lane_that_runs(shop: Shop) -> None:
    body = {"resolution": "retry", "reason": "проверка"}
    told = problem(await shop.post("/lane/resolve", body), 409, "VALIDATION")
    assert told["params"]["reason"] == "running"
    problem(await shop.post("/lane/resolve", {**body, "resolution": "forget"}), 422, "VALIDATION")
    problem(await shop.post("/lane/resolve", {"resolution": "retry"}), 422, "VALIDATION")
    problem(await shop.post("/lane/resolve", {**body, "reason": " "}), 422, "VALIDATION")


async def test_a_block_that_holds_delivery_is_lifted_by_a_retry(shop: Shop) -> None:
    shop.ofd("ok", result_code=5, text="проверка", times=1)
    problem(await shop.make(sale()), 422, "OFD_REFUSED")
    blocked = await shop.state()
    Register.model_validate(blocked)
    assert (blocked["state"], blocked["block"]["reason"]) == ("blocked", "service")
    body = problem(await shop.make(sale()), 409, "REGISTER_BLOCKED")
    assert body["params"]["reason"] == "service"
    answer = await shop.post("/lane/resolve", {"resolution": "retry", "reason": "позвонили"})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["block"]) == ("active", None)
    assert (await shop.made(sale()))["mark"] == "registered"


# -- quotes --------------------------------------------------------------------------------------------------


async def quote(shop: Shop, body: dict[str, Any]) -> dict[str, Any]:
    answer = await shop.client.post("/api/v1/quote", json={"register_id": shop.register_id, **body})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    Quote.model_validate(found)
    return found


async def test_a_text_is_read_priced_and_made_of_nothing(shop: Shop) -> None:
    found = await quote(shop, {"text": "2 кофе 800, нан 350, нал 2000"})
    assert (found["total"], found["taken"], found["change"]) == ("1950.00", "2000.00", "50.00")
    assert found["payments"] == [{"type": "cash", "sum": "1950.00"}]
    assert (await shop.state())["last_document"] == 0


async def test_a_text_with_two_meanings_tells_both(shop: Shop) -> None:
    found = await quote(shop, {"text": "2 кофе 800"})
    assert [one["total"] for one in found["readings"]] == ["1600.00", "800.00"]
    assert found["payments"] is None and found["total"] == "1600.00"


async def test_a_ticket_is_priced_with_and_without_payments(shop: Shop) -> None:
    without = {key: value for key, value in sale().items() if key != "payments"}
    assert (await quote(shop, without))["payments"] is None
    assert (await quote(shop, sale()))["total"] == "100.00"


@pytest.mark.parametrize("text", ["?", "", " ", "привет", "0", "кофе -5", "\U0001f950" * 50, "<b>", "9" * 500, "\x00"])
async def test_what_cannot_be_read_is_said_so(shop: Shop, text: str) -> None:
    answer = await shop.client.post("/api/v1/quote", json={"register_id": shop.register_id, "text": text})
    problem(answer, 422, "UNREADABLE")


@pytest.mark.parametrize("body", [{}, {"text": "кофе 800"}, {"register_id": 1, "text": "кофе 800"}])
async def test_a_quote_names_its_register(shop: Shop, body: dict[str, Any]) -> None:
    problem(await shop.client.post("/api/v1/quote", json=body), 422, "VALIDATION")


@pytest.mark.parametrize("body", [{}, {"text": 1}, {"text": "кофе 800", "kind": "sell"}, {**sale(), "key": "x"}])
async def test_a_quote_names_one_thing_to_price(shop: Shop, body: dict[str, Any]) -> None:
    asked = {"register_id": shop.register_id, **body}
    problem(await shop.client.post("/api/v1/quote", json=asked), 422, "VALIDATION")


async def test_a_check_link_says_what_a_return_needs(shop: Shop) -> None:
    answer = await shop.client.post("/api/v1/check-links", json={"url": LINK})
    CheckLink.model_validate(answer.json())
    found = answer.json()
    made = await shop.made(
        sale(
            kind="sell_return",
            parent={key: found[key] for key in ("fiscal_sign", "rnm", "total", "made_at")} | {"autonomous": False},
            payment="card",
        )
    )
    assert made["mark"] == "registered" and made["parent"]["fiscal_sign"] == "123456789012"
    for url in ("https://example.com/", LINK.replace("&f=010101234567", ""), "", "javascript:alert(1)"):
        problem(await shop.client.post("/api/v1/check-links", json={"url": url}), 422, "UNREADABLE")


# -- shifts and reports --------------------------------------------------------------------------------------


async def test_without_a_shift_there_is_no_report_and_nothing_to_close(shop: Shop) -> None:
    problem(await shop.get("/report"), 409, "SHIFT_NOT_OPEN")
    problem(await shop.get("/report.txt"), 409, "SHIFT_NOT_OPEN")
    problem(await shop.post("/shift/close", {"withdraw_cash": False}), 409, "SHIFT_NOT_OPEN")
    assert (await shop.get("/shifts")).json() == {"items": [], "next": None}
    problem(await shop.get("/shifts/1/report"), 404, "NOT_FOUND")


async def test_a_day_from_the_first_sale_to_the_z(shop: Shop) -> None:
    await shop.made(sale("1000", payment="cash"))
    x = (await shop.get("/report")).json()
    Report.model_validate(x)
    assert (x["kind"], x["shift"], x["closed_at"], x["cash"]) == ("X", 1, None, "1000.00")
    assert "X" in (await shop.get("/report.txt?lang=ru")).text
    closed = await shop.post("/shift/close", {"withdraw_cash": True})
    made = closed.json()
    Document.model_validate(made)
    z = made["report"]
    assert (closed.status_code, made["kind"], made["number"], z["kind"]) == (201, "shift_close", 3, "Z")
    assert (z["cash"], z["money_placements"]["withdrawal"]["sum"]) == ("0.00", "1000.00")
    assert z["taxes"][0]["operations"]["sell"] == {
        "turnover": "1000.00",
        "sum": "137.93",
        "turnover_without_tax": "862.07",
    }
    assert (await shop.get("/shifts/1/report")).json() == z
    text = (await shop.get("/shifts/1/report.txt?width=a4")).text
    assert "1\u00a0000.00" in text or "1 000.00" in text
    assert (await shop.made(sale()))["shift"] == 2
    shifts = (await shop.get("/shifts")).json()
    ShiftList.model_validate(shifts)
    assert [(one["number"], one["close_document"]) for one in shifts["items"]] == [(1, 3), (2, None)]
    problem(await shop.get("/shifts/2/report"), 404, "NOT_FOUND")
    page = (await shop.get("/shifts?limit=1")).json()
    assert ([one["number"] for one in page["items"]], page["next"]) == ([1], 1)


async def test_a_shift_with_the_operator_away_closes_autonomously(shop: Shop) -> None:
    await shop.made(sale())
    shop.ofd("down")
    await shop.made(sale())
    made = (await shop.post("/shift/close", {})).json()
    assert (made["mark"], made["report"]["autonomous"]) == ("autonomous", True)
    assert (made["autonomous_sign"], made["fiscal_sign"], made["check_url"]) == (None, None, None)
    assert (await shop.get("/shifts/1/report")).json()["autonomous"] is True


async def test_the_body_of_a_close_is_strict(shop: Shop) -> None:
    await shop.made(sale())
    refused: tuple[Any, ...] = ({"withdraw_cash": "no"}, {"withdraw": True}, [], {"cashier": {"code": 1}})
    for wrong in refused:
        problem(await shop.post("/shift/close", wrong), 422, "VALIDATION")
    problem(await shop.post("/shift/close", b""), 400, "VALIDATION")
    assert (await shop.state())["shift"]["number"] == 1
