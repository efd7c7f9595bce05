"""X and Z over the REST API: every figure is what adding up the answered documents gives, over shifts and faults."""

from __future__ import annotations

import random
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from engine_street import StillClock
from refusals import ELSEWHERE, move, told
from rest_fold import OPS, folded
from rest_shop import Shop, open_shop, problem, sale

from core.ofd.schema import kkm_v203_pb2 as wire
from web.api.schemas import Report


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path, StillClock()) as one:
        yield one


async def documents(shop: Shop) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await shop.get("/documents?limit=1000")).json()["items"]
    return items


async def x_is_the_documents(shop: Shop) -> dict[str, Any]:
    """The X-report of now, compared with the journal."""
    x: dict[str, Any] = (await shop.get("/report")).json()
    Report.model_validate(x)
    figures = folded(await documents(shop), x["shift"])
    assert {name: x[name] for name in figures} == figures
    assert list(x["tickets"]) == list(x["operations"]) == list(OPS), "always all four"
    state = await shop.state()
    assert (x["chain_head"], x["cash"], x["closed_at"]) == (state["chain_head"], state["cash"], None)
    assert x["opened_at"] == state["shift"]["opened_at"]
    return x


async def z_is_the_documents(shop: Shop, **body: Any) -> dict[str, Any]:
    """The close of the shift and its Z, compared with the journal."""
    closed = await shop.post("/shift/close", body)
    assert closed.status_code == 201, closed.text
    made = closed.json()
    z: dict[str, Any] = made["report"]
    figures = folded(await documents(shop), z["shift"])
    assert {name: z[name] for name in figures} == figures
    assert (z["kind"], z["closed_at"], z["made_at"]) == ("Z", made["made_at"], made["made_at"])
    assert z["chain_head"] == made["previous_digest"], "the last document before the close"
    assert (await shop.get(f"/shifts/{z['shift']}/report")).json() == z
    return z


def rich(kind: str = "sell", **more: Any) -> dict[str, Any]:
    """A ticket with everything that a report counts: sections, rates, storno, discounts, a markup, mixed payment."""
    return {
        "kind": kind,
        "items": [
            {"name": "Кофе", "price": "800", "quantity": "2", "discount_percent": "12.5", "section": "2"},
            {"name": "Нан", "price": "350", "vat": "10", "markup": "9.99"},
            {"name": "Нан", "price": "50", "vat": "10", "storno": True},
            {"name": "Сүт", "price": "0.33", "quantity": "0.5", "unit": "112", "vat": "0"},
            {"name": "Қызмет", "price": "100", "unit": "5114", "vat": "none"},
        ],
        "markup": "0.07",
        "payments": [
            {"type": "cash", "sum": "1000.23"},
            {"type": "mobile", "sum": "10"},
            {"type": "card", "sum": "800"},
        ],
        "taken": "2000",
        **more,
    }


async def test_a_day_of_everything_adds_up(shop: Shop) -> None:
    await shop.made({"kind": "deposit", "sum": "5000.50"})
    first = await shop.made(rich())
    assert (first["total"], first["change"]) == ("1810.23", "999.77")
    await shop.made(rich("buy", taken=None))
    await shop.made(rich("sell_return", parent={**ELSEWHERE, "total": "9000"}, taken=None))
    await shop.made(rich("buy_return", parent={"document_number": 3}, taken=None))
    discounted = sale("10", discount_percent="33.333", payment="cash")
    discounted["payments"] = [{"type": "cash", "sum": "6.67"}]
    await shop.made(discounted)
    await shop.made({"kind": "withdrawal", "sum": "0.01"})
    x = await x_is_the_documents(shop)
    assert x["sections"]["2"]["sell"] == {"count": 1, "sum": "1600.00"}
    assert x["operations"]["sell"]["count"] == 5, "positions, storno counts none"
    assert x["discounts"]["sell"] == {"count": 2, "sum": "203.33"}
    assert (x["tickets"]["sell"]["discount_sum"], x["tickets"]["sell"]["markup_sum"]) == ("3.33", "0.07")
    assert x["revenue"] == {"sum": "6.67", "is_negative": False}
    assert (await shop.get("/report")).json() == x, "any number of times"
    z = await z_is_the_documents(shop, withdraw_cash=True)
    assert (z["cash"], z["money_placements"]["withdrawal"]["count"]) == ("0.00", 2)


async def test_a_drawer_above_the_bound_of_one_withdrawal_is_emptied_all_the_same(shop: Shop) -> None:
    top = "99999999.99"
    for _ in range(3):
        await shop.made({"kind": "deposit", "sum": top})
    problem(await shop.make({"kind": "withdrawal", "sum": "100000000"}), 422, "AMOUNT_OUT_OF_RANGE")
    problem(await shop.make({"kind": "withdrawal", "sum": "299999999.97"}), 422, "AMOUNT_OUT_OF_RANGE")
    await shop.made({"kind": "withdrawal", "sum": top})
    z = await z_is_the_documents(shop, withdraw_cash=True)
    assert (z["cash"], z["money_placements"]["withdrawal"]["sum"]) == ("0.00", "299999999.97")
    assert [one["total"] for one in await documents(shop)][-2:] == ["199999999.98", "0.00"]


async def test_counts_of_a_life_go_on_over_shifts_and_those_of_a_shift_begin_anew(shop: Shop) -> None:
    for shift in (1, 2, 3):
        await shop.made({"kind": "deposit", "sum": "10"})
        await shop.made(sale(payment="cash"))
        await shop.made(sale(kind="sell_return", parent={"document_number": 4 * shift - 2}))
        z = await z_is_the_documents(shop)
        assert (z["shift"], z["tickets"]["sell"]["total_count"], z["tickets"]["sell"]["count"]) == (shift, shift, 1)
        assert z["money_placements"]["deposit"] == {
            "total_count": shift,
            "count": 1,
            "sum": "10.00",
            "offline_count": 0,
        }
        assert z["non_nullable_start"]["sell"] == f"{100 * (shift - 1)}.00"
        assert z["non_nullable_end"]["sell_return"] == f"{100 * shift}.00"
        assert z["cash"] == f"{110 * shift}.00"


async def test_what_was_made_without_the_operator_is_counted_as_such_for_ever(shop: Shop) -> None:
    await shop.made(sale())
    shop.ofd(result_code=13, text="no", times=1)
    assert (await shop.make(sale("7"))).status_code == 422
    shop.ofd("down")
    await shop.made({"kind": "deposit", "sum": "500"})
    await shop.made(sale(payment="cash"))
    await shop.made(sale(kind="buy", payment="cash"))
    x = await x_is_the_documents(shop)
    counts = [x["tickets"][op]["offline_count"] for op in OPS]
    assert (counts, x["money_placements"]["deposit"]["offline_count"]) == ([1, 0, 1, 0], 1)
    assert (x["tickets"]["sell"]["sum"], x["autonomous"]) == ("200.00", True)
    await told(shop)
    later = await x_is_the_documents(shop)
    assert [later["tickets"][op]["offline_count"] for op in OPS] == counts
    assert (later["checksum"] != x["checksum"]) == (later["made_at"] != x["made_at"])
    assert later["autonomous"] is False
    await shop.made(sale())
    z = await z_is_the_documents(shop)
    assert (z["tickets"]["sell"]["count"], z["tickets"]["sell"]["offline_count"], z["autonomous"]) == (3, 1, False)


@pytest.mark.parametrize("mode", ["ok", "down"])
async def test_the_checksum_is_that_of_the_report_as_sent(shop: Shop, mode: str) -> None:
    await shop.made(rich())
    shop.ofd(mode)
    z = await z_is_the_documents(shop)
    if mode == "down":
        await told(shop)
    sent = [one for one in shop.operator.exchanges(device_id=shop.device_id) if one["command"] == "CLOSE_SHIFT"]
    report = wire.Request.FromString(bytes.fromhex(sent[-1]["request_hex"])[18:]).close_shift.z_report
    assert report.checksum == z["checksum"]
    report.checksum = ""
    assert f"{zlib.crc32(report.SerializeToString()):08X}" == z["checksum"]


async def test_a_random_week_adds_up(shop: Shop) -> None:
    dice = random.Random(20261123)
    await shop.made({"kind": "deposit", "sum": "99999999.99"})
    for _ in range(60):
        await _something(shop, dice)
        if dice.random() < 0.15 and (await shop.state())["shift"] is not None:
            await x_is_the_documents(shop)
            await z_is_the_documents(shop, withdraw_cash=dice.random() < 0.2)
            move(shop, timedelta(hours=dice.randint(1, 20)))
    await shop.made(sale())
    await x_is_the_documents(shop)


async def _something(shop: Shop, dice: random.Random) -> None:
    """A document of any kind, or a fault of the operator; a refusal is as good as any answer but a fault of ours."""
    price = f"{dice.randint(1, 500)}.{dice.randint(0, 99):02}"
    fault = dice.choice(["ok", "ok", "ok", "refuse", "down", "up"])
    if fault == "refuse":
        shop.ofd(result_code=13, text="no", times=1)
    elif fault == "up":
        shop.ofd()
        move(shop, timedelta(seconds=61))
        await shop.engine.delivery.deliver(shop.register_id)
    else:
        shop.ofd(fault)
    items = [
        {"name": dice.choice("АБВ"), "price": price, "quantity": dice.choice(["1", "0.5", "3"]), "section": section}
        for section in dice.choice(["1", "12", "223"])
    ]
    kind = dice.choice([*OPS, "sell", "sell", "deposit", "withdrawal"])
    if kind in ("deposit", "withdrawal"):
        answer = await shop.make({"kind": kind, "sum": price})
    else:
        body: dict[str, Any] = {"kind": kind, "items": items, dice.choice(["discount_percent", "markup"]): "5"}
        if kind.endswith("return"):
            body["parent"] = {**ELSEWHERE, "fiscal_sign": str(dice.randint(1, 10**9)), "total": "99999"}
        quoted = await shop.client.post("/api/v1/quote", json={"register_id": shop.register_id, **body})
        total = quoted.json()["total"]
        payment = {"type": dice.choice(["cash", "card", "mobile"]), "sum": total}
        answer = await shop.make({**body, "payments": [payment]})
    assert answer.status_code < 500, answer.text
