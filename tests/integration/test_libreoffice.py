"""The accountant's workbook in a real LibreOffice, where there is one: it computes each formula anew, to the tiyn."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from engine_street import StillClock
from openpyxl.workbook import Workbook
from rest_shop import Shop, open_shop, sale
from test_rest_exports import close, export

TIYN = Decimal("0.01")


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path / "shop", StillClock()) as one:
        yield one


async def computed(office: Path, book: Workbook, folder: Path, name: str) -> Workbook:
    """The workbook as LibreOffice shows it; it is given no results, so every one of them is its own."""
    given, out = folder / f"{name}.xlsx", folder / name
    book.save(given)
    process = await asyncio.create_subprocess_exec(
        str(office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", "xlsx", "--outdir", str(out), str(given)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() == 0
    return openpyxl.load_workbook(out / given.name, data_only=True)


def formulas(book: Workbook) -> list[tuple[str, str]]:
    return [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]


@pytest.mark.office
async def test_libreoffice_computes_every_formula_to_what_we_wrote(
    shop: Shop, office: Path, tmp_path: Path
) -> None:
    await shop.made(sale("116.00", payment="cash", taken="200.00"))
    await shop.made({"kind": "deposit", "sum": "5000.00"})
    await close(shop)
    await shop.made({**sale("116.00", payment="cash", parent={"document_number": 1}), "kind": "sell_return"})
    await shop.made(sale("50.00"))
    content = (await export(shop, "xlsx")).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    written = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    shown = await computed(office, book, tmp_path, "month")
    places = formulas(book)
    assert len(places) > 4 * 42
    for sheet, at in places:
        ours, theirs = (Decimal(str(one[sheet][at].value)).quantize(TIYN) for one in (written, shown))
        assert theirs == ours, (sheet, at, book[sheet][at].value)
    totals, receipts = book.sheetnames[:2]
    book[receipts]["F2"] = 999.99
    changed = await computed(office, book, tmp_path, "changed")
    assert Decimal(str(changed[totals]["C6"].value)).quantize(TIYN) == Decimal("883.99"), "a changed receipt is seen"
