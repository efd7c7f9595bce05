"""The accountant's pack over the REST API: figures of documents, X and Z agree; bad periods are refused kindly."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from engine_street import StillClock
from refusals import move
from rest_fold import OPS
from rest_shop import Shop, open_shop, problem, sale
from workbook_formulas import value

from core.errors import Refused
from core.reports.press import Press
from core.reports.table import Table
from core.reports.words import Words
from core.reports.workbook import Pack as Workbook
from core.usecases.exports import Period
from web.api.pack_shapes import Pack


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path, StillClock()) as one:
        yield one


def today(shop: Shop, days: int = 0) -> str:
    return f"{shop.engine.clock.now() + timedelta(days=days):%Y-%m-%d}"


async def export(shop: Shop, form: str = "json", first: str = "", last: str = "", **more: str) -> Any:
    asked = {"from": first or today(shop), "to": last or first or today(shop), "format": form, **more}
    answer = await shop.get("/export", params=asked)
    assert answer.status_code == 200, answer.text
    return answer


async def pack(shop: Shop, first: str = "", last: str = "") -> dict[str, Any]:
    found: dict[str, Any] = (await export(shop, "json", first, last)).json()
    Pack.model_validate(found)
    assert found["control_sums"]["agrees"] is True
    return found


async def close(shop: Shop) -> dict[str, Any]:
    answer = await shop.post("/shift/close", {})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def agrees(tally: dict[str, Any], report: dict[str, Any]) -> None:
    """Every figure of the pack's tally is the report's own, as the API answers both."""
    for op, row in report["tickets"].items():
        mine = tally["tickets"][op]
        assert (mine["count"], mine["sum"], mine["offline"]) == (row["count"], row["sum"], row["offline_count"])
        assert {kind: mine[kind] for kind in ("cash", "card", "mobile")} == {
            kind: count["sum"] for kind, count in row["payments"].items()
        }
        assert [mine[name] for name in ("discount", "markup", "change")] == [
            row[f"{name}_sum"] for name in ("discount", "markup", "change")
        ]
    for kind, row in report["money_placements"].items():
        mine = tally["money_placements"][kind]
        assert (mine["count"], mine["sum"], mine["offline"]) == (row["count"], row["sum"], row["offline_count"])
    turned = [row for row in report["taxes"] if any(one["turnover"] != "0.00" for one in row["operations"].values())]
    assert tally["taxes"] == turned


async def test_a_pack_of_an_open_shift_agrees_with_its_x_and_leaves_the_refused_uncounted(shop: Shop) -> None:
    await shop.made(sale("116.00", payment="cash", taken="200.00"))
    await shop.made({"kind": "deposit", "sum": "5000.00"})
    await shop.made(sale("58.00", discount="8.00", payments=[{"type": "card", "sum": "50.00"}]))
    shop.ofd(result_code=13, times=1)
    assert (await shop.make(sale("70.00"))).status_code == 422
    shop.ofd("down")
    await shop.made(sale("80.00"))
    found = await pack(shop)
    assert [one["mark"] for one in found["documents"]][-2:] == ["refused", "autonomous"]
    assert found["documents"] == (await shop.get("/documents?limit=1000")).json()["items"]
    x = (await shop.get("/report")).json()
    agrees(found["control_sums"]["documents"], x)
    agrees(found["shifts"][0]["report"], x)
    assert [one["kind"] for one in found["shifts"]] == ["X"]
    assert found["control_sums"]["documents"]["tickets"]["sell"]["count"] == 3
    assert found["control_sums"]["outside"]["tickets"]["sell"]["count"] == 0


async def test_a_shift_over_midnight_ties_out_from_both_sides(shop: Shop) -> None:
    evening = shop.engine.clock.now().replace(hour=23, minute=50)
    move(shop, evening - shop.engine.clock.now())
    await shop.made(sale("100.00", payment="cash"))
    move(shop, timedelta(minutes=20))
    await shop.made(sale("40.00"))
    z = (await close(shop))["report"]
    await shop.made(sale("7.00"))
    before, after = await pack(shop, today(shop, -1)), await pack(shop)
    assert [one["number"] for one in before["documents"]] == [1]
    assert [one["number"] for one in after["documents"]] == [2, 3, 4]
    for found, within, outside in ((before, "100.00", "40.00"), (after, "40.00", "100.00")):
        shift = found["shifts"][0]
        assert shift["documents"]["tickets"]["sell"]["sum"] == within
        assert shift["outside"]["tickets"]["sell"]["sum"] == outside
        agrees(shift["report"], z)
    assert [one["kind"] for one in before["shifts"]] == ["Z"]
    assert [one["kind"] for one in after["shifts"]] == ["Z", "X"]
    both = await pack(shop, today(shop, -1), today(shop))
    assert both["shifts"][0]["outside"]["tickets"]["sell"]["count"] == 0


async def test_a_csv_reads_as_excel_of_kazakhstan_writes_it(shop: Shop) -> None:
    body = sale("1234.50", payment="cash", customer={"iin_bin": None})
    body["items"] = [{"name": "=HYPERLINK(\"x\");«Нан»", "price": "1234.50"}]
    await shop.made(body)
    answer = await export(shop, "csv", lang="kk")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [(row["Құжат №"], row["Операция түрі"], row["Жиыны, ₸"]) for row in rows] == [("1", "Сату", "1234,50")]
    lines = (await export(shop, "csv", part="lines", lang="ru")).content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(lines, newline=""), delimiter=";"))
    assert row["Наименование"] == "'=HYPERLINK(\"x\");«Нан»", "a spreadsheet shows it and does not compute it"
    assert (row["Ставка НДС"], row["НДС, ₸"]) == ("НДС 16 %", "170,28")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-11-02", "2026-11-01", "PERIOD_BACKWARDS"),
        ("2025-01-01", "2026-01-02", "PERIOD_TOO_LONG"),
        ("2020-01-01", "2020-12-31", "PERIOD_EMPTY"),
        ("0001-01-01", "0001-01-01", "PERIOD_EMPTY"),
        ("9999-12-31", "9999-12-31", "PERIOD_EMPTY"),
        ("2026-02-30", "2026-03-01", "VALIDATION"),
        ("yesterday", "2026-03-01", "VALIDATION"),
        ("", "2026-03-01", "VALIDATION"),
    ],
)
async def test_a_bad_period_is_refused(shop: Shop, first: str, last: str, code: str) -> None:
    await shop.made(sale())
    answer = await shop.get("/export", params={"from": first, "to": last, "format": "json"})
    problem(answer, 422, code)


async def test_a_register_without_documents_and_another_ones_register(shop: Shop) -> None:
    problem(await shop.get(f"/export?from={today(shop)}&to={today(shop)}&format=csv"), 422, "PERIOD_EMPTY")
    stranger = await shop.register(organisation_id=await shop.engine.access.new_organisation("Басқа"))
    path = f"/api/v1/registers/{stranger}/export?from={today(shop)}&to={today(shop)}"
    problem(await shop.client.get(path), 404, "NOT_FOUND")


async def test_only_so_many_at_once_and_who_goes_away_gives_the_place_back(shop: Shop) -> None:
    await shop.made(sale())
    day = shop.engine.clock.now().date()
    extract = await shop.engine.exports.extract(shop.register_id, Period(day, day))
    press = Press(shop.engine.exports, shop.engine.archives, at_once_max=1)

    def sink() -> Table:
        return Table(Words("ru"), "documents")

    pieces = press.stream(extract, sink)
    assert (await anext(pieces)).startswith(b"\xef\xbb\xbf")
    with pytest.raises(Refused, match="EXPORT_BUSY"):
        await anext(press.stream(extract, sink))
    await pieces.aclose()  # type: ignore[attr-defined]
    assert len([piece async for piece in press.stream(extract, sink)]) == 2


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
async def test_a_workbook_opens_and_its_formulas_hold(shop: Shop, lang: str) -> None:
    await shop.made(sale("116.00", payment="cash", taken="200.00"))
    await shop.made({"kind": "deposit", "sum": "5000.00"})
    await close(shop)
    await shop.made({**sale("116.00", payment="cash", parent={"document_number": 1}), "kind": "sell_return"})
    shop.ofd(result_code=13, times=1)
    assert (await shop.make(sale("70.00"))).status_code == 422
    await shop.made(sale("50.00"))
    answer = await export(shop, "xlsx", lang=lang)
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    shown = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True)
    totals, receipts, lines, vat, shifts, cash, control = book.sheetnames
    x = await pack(shop)
    sums = x["control_sums"]["documents"]["tickets"]
    assert [str(value(book, totals, at)) for at in ("C9", "C18")] == [str(sums[op]["count"]) for op in OPS[:2]]
    assert [f"{value(book, totals, at):.2f}" for at in ("C10", "C19")] == [sums[op]["sum"] for op in OPS[:2]]
    computed = 0
    for name in (totals, vat):
        for row in book[name].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    computed += 1
                    kept = Decimal(str(shown[name][cell.coordinate].value)).quantize(Decimal("0.01"))
                    assert value(book, name, cell.coordinate) == kept, (name, cell.coordinate, cell.value)
                    assert cell.column_letter != "F" or name == vat or kept == 0, "the difference"
    assert computed > 4 * 42
    assert book[receipts].max_row == 1 + 4, "two sales, the return and the refused one"
    assert book[lines].max_row == 1 + 4 and book[cash].max_row == 1 + 2
    assert [row[1] for row in book[shifts].iter_rows(2, values_only=True)] == ["Z", "X"]
    assert book[control].max_row > 3
    assert value(book, totals, "C6") == 0, "the sum of differences"
    book[receipts]["F2"] = 999.99
    assert value(book, totals, "C6") == value(book, totals, "F10").copy_abs() == Decimal("883.99"), "a changed receipt"


async def test_a_hostile_name_is_a_text_and_a_full_sheet_goes_on_in_the_next(shop: Shop) -> None:
    name = "=1+1 <b>&\"'  "
    for _ in range(3):
        await shop.made(sale("10.00", items=[{"name": name, "price": "10.00"}]))
    day = shop.engine.clock.now().date()
    extract = await shop.engine.exports.extract(shop.register_id, Period(day, day))
    pieces = [
        piece
        async for piece in shop.engine.press.stream(extract, lambda: Workbook(extract, Words("ru"), rows_max=3))
    ]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(pieces)))
    assert [book[one].max_row for one in ("Чеки", "Чеки 2", "Строки", "Строки 2")] == [3, 2, 3, 2]
    cell = book["Строки"]["D2"]
    assert (cell.value, cell.data_type) == (name.strip(), "s"), "shown, not computed"
    assert (value(book, "Итоги", "C9"), value(book, "Итоги", "C10")) == (3, Decimal("30.00"))
    assert value(book, "Итоги", "F10") == 0
