"""Every way to be refused over REST: how a register gets there, what is asked, and how it gets well again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
from rest_shop import IIN_BIN, Shop, sale

from core.clock import MovableClock

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
ELSEWHERE = {
    "fiscal_sign": "123456789012",
    "made_at": "2026-03-05T14:07:09+05:00",
    "rnm": "010101234567",
    "total": "100.00",
    "autonomous": False,
}

Step = Callable[[Shop], Awaitable[None]]
Ask = Callable[[Shop, str, dict[str, str]], Awaitable[httpx.Response]]


async def nothing(shop: Shop) -> None:
    """The register is as new, or well as it is."""


def document(body: Any) -> Ask:
    """Ask for a document with this body."""

    async def ask(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
        return await shop.make(body, key, **headers)

    return ask


@dataclass(frozen=True)
class Case:
    """One refusal; after ``mend`` the same key makes a good document."""

    name: str
    code: str
    status: int
    ask: Ask
    prepare: Step = nothing
    mend: Step = nothing


def item(**more: Any) -> dict[str, Any]:
    return sale(items=[{"name": "Нан", "price": "100.00", **more}])


def back(**more: Any) -> dict[str, Any]:
    return sale(kind="sell_return", **more)


def bad(name: str, code: str, body: Any, prepare: Step = nothing, status: int = 422) -> Case:
    """A document that must be written otherwise."""
    return Case(name, code, status, document(body), prepare)


# -- how a register gets into a state, and out of it -------------------------------------------------------------


def move(shop: Shop, by: timedelta) -> None:
    clock = shop.engine.clock
    assert isinstance(clock, MovableClock)
    clock.set_offset(clock.offset + by)


async def sold(shop: Shop) -> None:
    """A receipt of 2 × 50 paid by card."""
    await shop.made(sale(items=[{"name": "Нан", "price": "50.00", "quantity": "2"}]))


async def sold_and_returned(shop: Shop) -> None:
    await sold(shop)
    await shop.made(back(parent={"document_number": 1}, items=[{"name": "Нан", "price": "50.00", "quantity": "2"}]))


async def sold_dear(shop: Shop) -> None:
    """One dear thing and one cheap: the sum alone would let three cheap ones come back."""
    items = [{"name": "Нан", "price": "1.00"}, {"name": "Самаурын", "price": "99.00"}]
    await shop.made(sale(items=items))


async def bought(shop: Shop) -> None:
    await shop.made(sale(kind="buy"))


async def refused_by_the_operator(shop: Shop) -> None:
    shop.ofd(result_code=13, text="no", times=1)
    assert (await shop.make(sale())).status_code == 422


async def a_day_and_a_second_later(shop: Shop) -> None:
    await sold(shop)
    move(shop, 24 * HOUR + SECOND)


async def closed(shop: Shop) -> None:
    assert (await shop.post("/shift/close", {})).status_code == 201


async def alone_for_72_hours_and_a_second(shop: Shop) -> None:
    shop.ofd("down")
    await shop.made(sale())
    await closed(shop)
    move(shop, 72 * HOUR + SECOND)


async def told(shop: Shop) -> None:
    """The operator is well, and everything is delivered."""
    shop.ofd()
    move(shop, 61 * SECOND)
    await shop.engine.delivery.deliver(shop.register_id)
    assert (await shop.state())["mode"] == "online"


async def served_no_more(shop: Shop) -> None:
    shop.ofd(result_code=5, text="no", times=1)
    assert (await shop.make(sale())).status_code == 422


async def retried(shop: Shop) -> None:
    answer = await shop.post("/lane/resolve", {"resolution": "retry", "reason": "позвонили"})
    assert answer.status_code == 200, answer.text


async def stopped(shop: Shop) -> None:
    shop.ofd("down")
    await shop.made(sale())
    shop.ofd(result_code=13, text="no", commands=["TICKET"])
    move(shop, 61 * SECOND)
    await shop.engine.delivery.deliver(shop.register_id)
    assert (await shop.state())["lane"]["stopped"]


async def started_again(shop: Shop) -> None:
    shop.ofd()
    await retried(shop)
    assert (await shop.state())["mode"] == "online"


async def an_hour_back(shop: Shop) -> None:
    await sold(shop)
    move(shop, -HOUR)


async def an_hour_on(shop: Shop) -> None:
    move(shop, HOUR)


# -- what is asked that is no document ---------------------------------------------------------------------------


async def close(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    return await shop.post("/shift/close", {"withdraw_cash": True}, key, **headers)


async def x_report(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    return await shop.get("/report", headers=headers)


async def without_a_key(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    return await shop.make(sale(), None, **headers)


async def with_an_empty_key(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    return await shop.client.post(f"{shop.path}/documents", json=sale(), headers={**headers, "Idempotency-Key": ""})


async def a_close_without_a_key(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    return await shop.post("/shift/close", {}, None, **headers)


async def with_a_key_that_reads(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    # one whose id stays what it is, whatever was asked with it
    reader = await shop.engine.access.new_api_key(shop.organisation_id, ("read",))
    return await shop.make(sale(), key, **{**headers, "Authorization": f"Bearer {reader}"})


async def with_a_wrong_key(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    return await shop.make(sale(), key, **{**headers, "Authorization": "Bearer wrong"})


async def of_another_register(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    nobody = replace(shop, register_id="00000000-0000-0000-0000-000000000000")
    return await nobody.make(sale(), key, **headers)


async def a_document_that_is_not_there(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    return await shop.get("/documents/999", headers=headers)


async def a_lane_that_runs(shop: Shop, key: str, headers: dict[str, str]) -> httpx.Response:
    return await shop.post("/lane/resolve", {"resolution": "retry", "reason": "просто так"}, None, **headers)


LINES = [{"name": "Нан", "price": "100.00"}]
PAID = [{"type": "card", "sum": "100"}]
TWICE = [{"type": "card", "sum": "50"}, {"type": "card", "sum": "50"}]
STORNO = [{"name": "Нан", "price": "200.00"}, {"name": "Шай", "price": "100.00", "section": "2", "storno": True}]

CASES = [
    bad("payments too small", "PAYMENTS_TOTAL_MISMATCH", sale(payments=[{"type": "card", "sum": "1"}])),
    bad("a payment of nothing", "PAYMENTS_TOTAL_MISMATCH", sale(payments=[*PAID, {"type": "cash", "sum": "0"}])),
    bad("taken too little", "TAKEN_LESS_THAN_CASH", sale(payment="cash", taken="99.99")),
    bad("discount and markup", "DISCOUNT_AND_MARKUP", sale(discount="1", markup="1")),
    bad("discounts of two scopes", "DISCOUNT_SCOPES_CONFLICT", {**item(discount="1"), "discount_percent": "1"}),
    bad("a discount below zero", "DISCOUNT_OUT_OF_RANGE", sale(discount="-0.01")),
    bad("a markup below zero", "DISCOUNT_OUT_OF_RANGE", item(markup="-0.01")),
    bad("a percent above 100", "DISCOUNT_OUT_OF_RANGE", item(discount_percent="100.001")),
    bad("a price of nothing", "PRICE_OUT_OF_RANGE", item(price="0")),
    bad("a price too high", "PRICE_OUT_OF_RANGE", item(price="100000000.00")),
    bad("no quantity", "QUANTITY_OUT_OF_RANGE", item(quantity="0")),
    bad("a quantity too high", "QUANTITY_OUT_OF_RANGE", item(quantity="999999999.001")),
    bad("no name", "NAME_REQUIRED", item(name=" \u200b ")),
    bad("an unknown unit", "UNKNOWN_UNIT", item(unit="6")),
    bad("an unknown rate", "UNKNOWN_VAT", item(vat="13")),
    bad("the old rate", "VAT_NOT_ALLOWED", item(vat="12")),
    bad("another rate than the basis's", "VAT_NOT_ALLOWED",
        {**back(parent={"document_number": 1}), **{"items": [{**LINES[0], "vat": "10"}]}}, sold),
    bad("an unknown payment", "UNKNOWN_PAYMENT", sale(payments=[{"type": "gold", "sum": "100"}])),
    bad("nothing to pay", "TOTAL_NOT_POSITIVE", sale(discount_percent="100")),
    bad("more storno than goods", "TOTAL_NOT_POSITIVE", sale(items=STORNO)),
    bad("no basis", "PARENT_REQUIRED", back()),
    bad("a basis of four facts", "PARENT_REQUIRED", back(parent={**ELSEWHERE, "total": None})),
    bad("an unknown basis", "PARENT_NOT_FOUND", back(parent={"document_number": 999})),
    bad("a purchase's basis", "PARENT_NOT_FOUND", back(parent={"document_number": 1}), bought),
    bad("a return's return", "PARENT_NOT_FOUND", back(parent={"document_number": 2}), sold_and_returned),
    bad("a refused basis", "PARENT_NOT_FOUND", back(parent={"document_number": 1}), refused_by_the_operator),
    bad("returned already", "RETURN_EXCEEDS_PARENT", back(parent={"document_number": 1}), sold_and_returned),
    bad("more than was sold", "RETURN_EXCEEDS_PARENT",
        back(parent={"document_number": 1}, items=[{"name": "Нан", "price": "25.00", "quantity": "4"}]), sold_dear),
    bad("more than elsewhere's total", "RETURN_EXCEEDS_PARENT", back(parent={**ELSEWHERE, "total": "99.99"})),
    bad("an empty drawer", "NOT_ENOUGH_CASH", sale(kind="buy", payment="cash")),
    bad("a withdrawal of nothing there", "NOT_ENOUGH_CASH", {"kind": "withdrawal", "sum": "0.01"}),
    bad("a wrong check digit", "BAD_IIN_BIN", sale(customer={"iin_bin": "987654321012"})),
    bad("the seller as buyer", "SAME_TAXPAYER_AND_CUSTOMER", sale(customer={"iin_bin": IIN_BIN})),
    bad("a deposit of nothing", "AMOUNT_OUT_OF_RANGE", {"kind": "deposit", "sum": "0"}),
    bad("a document too large", "AMOUNT_OUT_OF_RANGE", item(price="99999999.99", quantity="101")),
    bad("a basis no receipt can be", "AMOUNT_OUT_OF_RANGE", back(parent={**ELSEWHERE, "total": "10000000000"})),
    bad("a basis of tomorrow's morrow", "VALIDATION", back(parent={**ELSEWHERE, "made_at": "2099-01-01T00:00:00Z"})),
    bad("an unknown field", "VALIDATION", sale(colour="red")),
    bad("a number for money", "VALIDATION", item(price=100)),
    bad("a payment type twice", "VALIDATION", sale(payments=TWICE)),
    bad("taken without cash", "VALIDATION", sale(taken="100")),
    bad("no payments", "VALIDATION", {"kind": "sell", "items": LINES}),
    bad("a blank mark", "VALIDATION", item(mark=" ")),
    bad("a basis of a sale", "VALIDATION", sale(parent={"document_number": 1}), sold),
    bad("no JSON", "VALIDATION", b"{", status=400),
    Case("nothing to close", "SHIFT_NOT_OPEN", 409, close),
    Case("nothing to report", "SHIFT_NOT_OPEN", 409, x_report),
    Case("a day is over", "SHIFT_TOO_LONG", 409, document(sale()), a_day_and_a_second_later, closed),
    Case("72 hours are over", "AUTONOMOUS_TOO_LONG", 409, document(sale()), alone_for_72_hours_and_a_second, told),
    Case("blocked", "REGISTER_BLOCKED", 409, document(sale()), served_no_more, retried),
    Case("stopped", "LANE_STOPPED", 409, document(sale()), stopped, started_again),
    Case("an hour ago", "CLOCK_WENT_BACK", 409, document(sale()), an_hour_back, an_hour_on),
    Case("without a key", "IDEMPOTENCY_KEY_REQUIRED", 400, without_a_key),
    Case("with an empty key", "IDEMPOTENCY_KEY_REQUIRED", 400, with_an_empty_key),
    Case("a close without a key", "IDEMPOTENCY_KEY_REQUIRED", 400, a_close_without_a_key, sold),
    Case("a reader sells", "FORBIDDEN", 403, with_a_key_that_reads),
    Case("a stranger sells", "FORBIDDEN", 401, with_a_wrong_key),
    Case("another register", "NOT_FOUND", 404, of_another_register),
    Case("another document", "NOT_FOUND", 404, a_document_that_is_not_there),
    Case("a lane that runs", "VALIDATION", 409, a_lane_that_runs),
]

# Refusals that are no answer to one plain request; each has a test of its own.
APART = {"REGISTER_BUSY", "DEVICE_IN_USE", "OFD_REFUSED", "IDEMPOTENCY_KEY_REUSED"}
