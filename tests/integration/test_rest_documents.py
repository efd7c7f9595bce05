"""Documents over the REST API, against the real engine and the sandbox operator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from rest_shop import Shop, open_shop, problem, sale

from web.api.schemas import Document


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path) as one:
        yield one


async def test_a_sale_is_registered_and_read_again_as_it_was_answered(shop: Shop) -> None:
    made = await shop.made(sale(payment="cash", taken="200"))
    Document.model_validate(made)
    assert (made["number"], made["shift"], made["number_in_shift"], made["mark"]) == (1, 1, 1, "registered")
    assert (made["taken"], made["change"]) == ("200.00", "100.00")
    assert made["fiscal_sign"] and made["check_url"] and made["autonomous_sign"] is None
    assert (await shop.get("/documents/1")).json() == made
    state = await shop.state()
    assert (state["shift"]["number"], state["cash"], state["last_document"]) == (1, "100.00", 1)
    assert state["chain_head"] == made["digest"]


async def test_the_same_key_answers_the_same_document_however_the_input_is_written(shop: Shop) -> None:
    first = await shop.make(sale("1950"), "mine")
    again = await shop.make(sale("1950.00"), "mine")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    problem(await shop.make(sale("1951"), "mine"), 409, "IDEMPOTENCY_KEY_REUSED")
    problem(await shop.post("/shift/close", {}, "mine"), 409, "IDEMPOTENCY_KEY_REUSED")
    assert (await shop.state())["last_document"] == 1


async def test_many_repeats_at_once_make_one_document(shop: Shop) -> None:
    answers = await asyncio.gather(*(shop.make(sale(), "mine") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (sale(payments=[{"type": "card", "sum": "1.00"}]), 422, "PAYMENTS_TOTAL_MISMATCH"),
        (sale(payments=[{"type": "card", "sum": "-100.00"}]), 422, "PAYMENTS_TOTAL_MISMATCH"),
        (sale(payments=[]), 422, "PAYMENTS_TOTAL_MISMATCH"),
        (sale(payments=[{"type": "card", "sum": "50"}, {"type": "card", "sum": "50"}]), 422, "VALIDATION"),
        (sale(payments=[{"type": "gold", "sum": "100"}]), 422, "UNKNOWN_PAYMENT"),
        (sale(taken="100"), 422, "VALIDATION"),
        (sale(payment="cash", taken="99.99"), 422, "TAKEN_LESS_THAN_CASH"),
        (sale("0"), 422, "PRICE_OUT_OF_RANGE"),
        (sale("-1"), 422, "PRICE_OUT_OF_RANGE"),
        (sale("100000000"), 422, "PRICE_OUT_OF_RANGE"),
        (sale(items=[{"name": "Нан", "price": "1", "quantity": "0"}]), 422, "QUANTITY_OUT_OF_RANGE"),
        (sale(items=[{"name": "Нан", "price": "1", "quantity": "999999999.001"}]), 422, "QUANTITY_OUT_OF_RANGE"),
        (sale(items=[{"name": "  ", "price": "1"}]), 422, "NAME_REQUIRED"),
        (sale(items=[{"price": "1"}]), 422, "NAME_REQUIRED"),
        (sale(items=[{"name": "Н" * 129, "price": "1"}]), 422, "VALIDATION"),
        (sale(items=[{"name": "Нан", "price": "1", "unit": "000"}]), 422, "UNKNOWN_UNIT"),
        (sale(items=[{"name": "Нан", "price": "1", "vat": "13"}]), 422, "UNKNOWN_VAT"),
        (sale(items=[{"name": "Нан", "price": "1", "vat": "12"}]), 422, "VAT_NOT_ALLOWED"),
        (sale(items=[{"name": "Нан", "price": "1", "discount": "2"}]), 422, "DISCOUNT_OUT_OF_RANGE"),
        (sale(discount="-1"), 422, "DISCOUNT_OUT_OF_RANGE"),
        (sale(discount_percent="100.001"), 422, "DISCOUNT_OUT_OF_RANGE"),
        (sale(discount="1", markup="1"), 422, "DISCOUNT_AND_MARKUP"),
        (sale(discount="1", items=[{"name": "Н", "price": "9", "discount": "1"}]), 422, "DISCOUNT_SCOPES_CONFLICT"),
        (sale(discount_percent="100"), 422, "TOTAL_NOT_POSITIVE"),
        (sale(customer={"iin_bin": "123456789012"}), 422, "BAD_IIN_BIN"),
        (sale(customer={"iin_bin": "131240010479"}), 422, "SAME_TAXPAYER_AND_CUSTOMER"),
        (sale(kind="sell_return"), 422, "PARENT_REQUIRED"),
        (sale(kind="sell_return", parent={"rnm": "010101234567"}), 422, "PARENT_REQUIRED"),
        (sale(kind="sell_return", parent={"document_number": 999}), 422, "PARENT_NOT_FOUND"),
        (sale(parent={"document_number": 1}), 422, "VALIDATION"),
        (sale(kind="buy", payment="cash"), 422, "NOT_ENOUGH_CASH"),
        ({"kind": "withdrawal", "sum": "0.01"}, 422, "NOT_ENOUGH_CASH"),
        ({"kind": "deposit", "sum": "0"}, 422, "AMOUNT_OUT_OF_RANGE"),
        ({"kind": "deposit", "sum": "-5"}, 422, "AMOUNT_OUT_OF_RANGE"),
        ({"kind": "deposit", "sum": "100000000.00"}, 422, "AMOUNT_OUT_OF_RANGE"),
        ({"kind": "deposit", "sum": 5}, 422, "VALIDATION"),
        ({"kind": "sell", "items": [{"name": "Нан", "price": "1"}]}, 422, "VALIDATION"),
        (b"{", 400, "VALIDATION"),
        (b"[]", 422, "VALIDATION"),
        (b'{"kind": "sell", "kind": "sell"}', 400, "VALIDATION"),
        (b" " * (1024 * 1024 + 1), 413, "BODY_TOO_LARGE"),
    ],
    ids=lambda value: str(value)[:60] if isinstance(value, dict | bytes) else None,
)
async def test_a_refusal_leaves_nothing_behind(shop: Shop, body: Any, status: int, code: str) -> None:
    before = await shop.state()
    problem(await shop.make(body, "mine"), status, code)
    assert await shop.state() == before
    assert (before["last_document"], before["shift"]) == (0, None)
    assert (await shop.make(sale(), "mine")).status_code == 201


async def test_a_refusal_is_said_in_the_callers_language_with_money_in_words(shop: Shop) -> None:
    bad = {"kind": "withdrawal", "sum": "1950"}
    said = {}
    for lang in ("ru", "kk", "en"):
        body = problem(await shop.make(bad, **{"Accept-Language": lang}), 422, "NOT_ENOUGH_CASH")
        assert body["params"] == {"cash": "0.00", "needed": "1950.00"}
        assert "1\u00a0950,00\u00a0₸" in body["detail"]
        said[lang] = body["detail"]
    assert len(set(said.values())) == 3


@pytest.mark.parametrize(
    ("key", "status", "code"),
    [
        (None, 400, "IDEMPOTENCY_KEY_REQUIRED"),
        ("k" * 65, 422, "VALIDATION"),
        ("a\tb", 422, "VALIDATION"),
        ("a\x7fb", 422, "VALIDATION"),
    ],
)
async def test_a_key_that_is_none_is_refused(shop: Shop, key: str | None, status: int, code: str) -> None:
    problem(await shop.make(sale(), key), status, code)
    problem(await shop.post("/shift/close", {}, key), status, code)


async def test_the_longest_key_also_closes_with_the_drawer_taken_out(shop: Shop) -> None:
    await shop.made({"kind": "deposit", "sum": "100"}, "k" * 64)
    closed = await shop.post("/shift/close", {"withdraw_cash": True}, "c" * 64)
    again = await shop.post("/shift/close", {"withdraw_cash": True}, "c" * 64)
    assert (closed.status_code, again.status_code) == (201, 200)
    assert closed.json() == again.json()
    kinds = [one["kind"] for one in (await shop.get("/documents")).json()["items"]]
    assert kinds == ["deposit", "withdrawal", "shift_close"]


async def test_returns_are_limited_by_what_is_left(shop: Shop) -> None:
    await shop.made(sale(items=[{"name": "Нан", "price": "50", "quantity": "2"}]))
    back = sale("50.00", kind="sell_return", parent={"document_number": 1})
    made = await shop.made(back)
    assert made["parent"]["document_number"] == 1 and made["parent"]["rnm"]
    await shop.made(back)
    body = problem(await shop.make(back), 422, "RETURN_EXCEEDS_PARENT")
    assert body["params"]["left"] == "0.00"


async def test_the_journal_is_read_page_by_page(shop: Shop) -> None:
    for _ in range(3):
        await shop.made(sale())
    first = (await shop.get("/documents?limit=2")).json()
    assert ([one["number"] for one in first["items"]], first["next"]) == ([1, 2], 2)
    second = (await shop.get(f"/documents?after={first['next']}&limit=2")).json()
    assert ([one["number"] for one in second["items"]], second["next"]) == ([3], None)
    assert first["items"][0]["digest"] == first["items"][1]["previous_digest"]
    assert (await shop.get("/documents?shift=2")).json()["items"] == []
    assert len((await shop.get("/documents?shift=1&limit=3")).json()["items"]) == 3
    assert (await shop.get("/documents?limit=1000000")).json()["next"] is None


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "1.doc", "1.svg", "1e0", "9" * 30, "٢", "%00"])
async def test_a_document_that_is_not_there_is_not_found(shop: Shop, number: str) -> None:
    await shop.made(sale())
    problem(await shop.get(f"/documents/{number}"), 404, "NOT_FOUND")
    problem(await shop.get(f"/documents/{number}.txt"), 404, "NOT_FOUND")


async def test_the_receipt_as_text_and_as_a_layout(shop: Shop) -> None:
    made = await shop.made(sale())
    narrow = await shop.get("/documents/1.txt?width=58&lang=kk")
    assert narrow.headers["content-type"].startswith("text/plain; charset=utf-8")
    assert max(map(len, narrow.text.splitlines())) <= 32
    assert made["fiscal_sign"] in (await shop.get("/documents/1.txt")).text
    layout = (await shop.get("/documents/1.json?lang=en")).json()
    assert layout["document"] == made
    assert {"role": "fiscal_sign", "type": "row"}.items() <= next(
        block.items() for block in layout["layout"]["blocks"] if block["role"] == "fiscal_sign"
    )
    problem(await shop.get("/documents/1.txt?width=57"), 422, "VALIDATION")
    problem(await shop.get("/documents/1.txt?lang=de"), 422, "VALIDATION")


async def test_names_are_data_wherever_they_are_shown(shop: Shop) -> None:
    name = '<script>alert("x")</script> {{7*7}} \\u0000 \U0001f950 %s'
    made = await shop.made(sale(items=[{"name": name, "price": "100"}]))
    assert made["items"][0]["name"] == name
    page = await shop.client.get(made["receipt_url"])
    assert page.status_code == 200 and "<script>alert" not in page.text


async def test_a_refusal_by_the_operator_keeps_the_number_and_the_key(shop: Shop) -> None:
    shop.ofd("ok", result_code=13, text="проверка", times=1)
    body = problem(await shop.make(sale(), "mine"), 422, "OFD_REFUSED")
    assert body["params"] == {"number": 1, "result_code": 13, "text": "проверка"}
    problem(await shop.make(sale(), "mine"), 422, "OFD_REFUSED")
    document = (await shop.get("/documents/1")).json()
    assert (document["mark"], document["fiscal_sign"], document["autonomous_sign"]) == ("refused", None, None)
    made = await shop.made(sale())
    assert (made["number"], made["number_in_shift"], made["mark"]) == (2, 2, "registered")


async def test_without_the_operator_the_sale_is_autonomous_and_says_so(shop: Shop) -> None:
    shop.ofd("down")
    made = await shop.made(sale())
    assert (made["mark"], made["fiscal_sign"]) == ("autonomous", None)
    assert made["autonomous_sign"].isdigit() and made["check_url"]
    state = await shop.state()
    assert (state["mode"], state["unsent"], state["state"]) == ("autonomous", 1, "active")
    assert state["reason"] and state["autonomous_since"] and state["autonomous_until"]
    text = (await shop.get("/documents/1.txt")).text.upper()
    assert "АВТОНОМНЫЙ" in text and made["autonomous_sign"] in text


async def test_another_organisations_register_does_not_exist(shop: Shop) -> None:
    await shop.made(sale())
    other = await shop.engine.access.new_organisation("Чужие")
    strange = await shop.engine.access.new_api_key(other)
    headers = {"Authorization": f"Bearer {strange}"}
    for path in ("", "/documents", "/documents/1", "/documents/1.txt", "/report", "/shifts"):
        problem(await shop.get(path, headers=headers), 404, "NOT_FOUND")
    problem(await shop.make(sale(), "mine", **headers), 404, "NOT_FOUND")
    assert (await shop.client.get("/api/v1/registers", headers=headers)).json() == {"items": [], "next": None}
    asked = {"register_id": shop.register_id, "text": "кофе 800"}
    problem(await shop.client.post("/api/v1/quote", json=asked, headers=headers), 404, "NOT_FOUND")


async def test_a_key_does_only_what_its_scopes_say(shop: Shop) -> None:
    reads = await shop.engine.access.new_api_key(shop.organisation_id, ("read",))
    sells = await shop.engine.access.new_api_key(shop.organisation_id, ("sell",))
    problem(await shop.make(sale(), "mine", Authorization=f"Bearer {reads}"), 403, "FORBIDDEN")
    problem(await shop.post("/shift/close", {}, Authorization=f"Bearer {reads}"), 403, "FORBIDDEN")
    assert (await shop.make(sale(), "mine", Authorization=f"Bearer {sells}")).status_code == 201
    problem(await shop.get("/documents/1", headers={"Authorization": f"Bearer {sells}"}), 403, "FORBIDDEN")
    problem(await shop.get(headers={"Authorization": "Bearer wrong"}), 401, "FORBIDDEN")


HOSTILE = [
    b"",
    b"\xff\xfe",
    b"[" * 50_000,
    b'{"a":' * 50_000,
    b'{"sum": ' + b"9" * 10_000 + b"}",
    b'{"kind": "deposit", "sum": NaN}',
    b'{"kind": "deposit", "sum": "\\ud800"}',
    b'{"\\ud800": 1}',
    b'{"kind": "deposit", "sum": "1", "sum": "1"}',
    b'{"kind": {"sell": []}}',
    b'{"kind": "deposit", "sum": "1e5"}',
    b'{"kind": "deposit", "sum": "' + b"9" * 5000 + b'"}',
    b'{"kind": "deposit", "sum": "1", "__class__": "x"}',
    b'{"register_id": {"a": 1}, "text": []}',
    b'{"title": "\\u0000", "reason": "\\u0000", "url": "\\u0000"}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=[str(place) for place in range(len(HOSTILE))])
async def test_no_body_breaks_any_call(shop: Shop, body: bytes) -> None:
    calls = [
        ("POST", f"{shop.path}/documents"),
        ("POST", f"{shop.path}/shift/close"),
        ("POST", f"{shop.path}/lane/resolve"),
        ("PATCH", shop.path),
        ("POST", "/api/v1/quote"),
        ("POST", "/api/v1/check-links"),
    ]
    for method, path in calls:
        answer = await shop.client.request(method, path, content=body, headers={"Idempotency-Key": "mine"})
        problem(answer, answer.status_code, "VALIDATION")
        assert answer.status_code in (400, 422)
    assert (await shop.state())["last_document"] == 0
