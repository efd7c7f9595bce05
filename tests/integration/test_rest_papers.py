"""Receipts and reports as files over REST, against the real engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from rest_shop import Shop, open_shop, problem, sale

KINDS = {".pdf": ("application/pdf", b"%PDF"), ".png": ("image/png", b"\x89PNG"), ".txt": ("text/plain", b"")}


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path) as one:
        yield one


async def test_every_paper_is_a_file_of_its_kind_in_every_width_and_language(shop: Shop) -> None:
    await shop.made(sale())
    await shop.made({"kind": "deposit", "sum": "500"})
    papers = ["/documents/1", "/documents/2", "/report"]
    await check(shop, papers)
    assert (await shop.post("/shift/close", {})).status_code == 201
    await check(shop, ["/documents/3", "/shifts/1/report"])
    for ending in KINDS:
        problem(await shop.get(f"/report{ending}"), 409, "SHIFT_NOT_OPEN")


async def check(shop: Shop, papers: list[str]) -> None:
    for paper in papers:
        for ending, (media, begins) in KINDS.items():
            for asked in ("", "?width=58&lang=kk", "?width=a4&lang=en"):
                answer = await shop.get(f"{paper}{ending}{asked}")
                assert answer.status_code == 200, answer.text
                assert answer.headers["content-type"].startswith(media)
                assert answer.content.startswith(begins)
                assert answer.headers["cache-control"] == "no-store"
            problem(await shop.get(f"{paper}{ending}?width=57"), 422, "VALIDATION")
            problem(await shop.get(f"{paper}{ending}?lang=de"), 422, "VALIDATION")


async def test_a_file_holds_what_the_document_holds(shop: Shop) -> None:
    made = await shop.made(sale("1950.00"))
    answer = await shop.get("/documents/1.pdf?width=a4&lang=kk")
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert made["fiscal_sign"] in text and "БАРЛЫҒЫ" in text and "1 950.00" in text.replace("\u00a0", " ")
    assert answer.headers["content-disposition"] == 'inline; filename="tiyn-1.pdf"'
    wide, narrow = [Image.open(BytesIO((await shop.get(f"/documents/1.png?width={w}")).content)) for w in ("80", "58")]
    assert wide.width > narrow.width


async def test_a_file_of_another_organisation_does_not_exist(shop: Shop) -> None:
    await shop.made(sale())
    other = await shop.engine.access.new_organisation("Чужие")
    headers = {"Authorization": f"Bearer {await shop.engine.access.new_api_key(other)}"}
    for path in ("/documents/1.pdf", "/documents/1.png", "/report.pdf", "/report.png", "/shifts/1/report.pdf"):
        problem(await shop.get(path, headers=headers), 404, "NOT_FOUND")
        problem(await shop.get(path, headers={"Authorization": "Bearer nothing"}), 401, "FORBIDDEN")
    problem(await shop.get("/documents/2.pdf"), 404, "NOT_FOUND")
    problem(await shop.get("/shifts/1/report.png"), 404, "NOT_FOUND")


async def test_five_hundred_lines_can_be_drawn(shop: Shop) -> None:
    items = [{"name": f"Тауар {place}", "price": "1"} for place in range(500)]
    await shop.made(sale("500", items=items))
    reader = PdfReader(BytesIO((await shop.get("/documents/1.pdf")).content))
    assert "500. Тауар 499" in "".join(page.extract_text() for page in reader.pages)
    assert (await shop.get("/documents/1.png")).content.startswith(b"\x89PNG")


async def test_the_description_knows_the_files(shop: Shop) -> None:
    paths = (await shop.client.get("/api/v1/openapi.json")).json()["paths"]
    content = paths["/api/v1/registers/{register_id}/documents/{number}.pdf"]["get"]["responses"]["200"]["content"]
    assert content == {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
