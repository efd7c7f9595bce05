"""The pocket register's files and what it looks at: strict headers, little weight, marks asked for cheaply."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from pocket_shop import AIGUL, GOODS, PocketShop, open_pocket
from rest_shop import problem, sale

from core.texts import LANGUAGES
from web.pocket.page_files import files, words

FRAMES = "http://127.0.0.1:8080"
PAGE = Path(__file__).parents[2] / "web" / "pocket" / "page"
WEIGHT_BYTES_MAX = 60_000


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[PocketShop]:
    async with open_pocket(database, tmp_path, frames=FRAMES) as found:
        yield found


def policy_of(answer: httpx.Response) -> dict[str, str]:
    rules = (rule.strip().partition(" ") for rule in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, _, sources in rules}


async def test_the_page_runs_nothing_but_its_own_files_and_only_telegram_frames_it(shop: PocketShop) -> None:
    answer = await shop.http.get("/app")
    policy = policy_of(answer)
    telegram = ["https://web.telegram.org", "https://*.telegram.org"]
    assert policy.pop("frame-ancestors").split() == ["'self'", *telegram, FRAMES]
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|https?://", answer.text)
    assert answer.headers["referrer-policy"] == "no-referrer" and answer.headers["x-content-type-options"] == "nosniff"


async def test_every_module_that_is_named_is_there_and_fetched_beforehand(shop: PocketShop) -> None:
    page = (await shop.http.get("/app")).text
    named = set(re.findall(r'(?:href|src)="app/([^"]+)"', page))
    modules = {one.name for one in PAGE.glob("*.js")}
    imported = {name for one in PAGE.glob("*.js") for name in re.findall(r'from "\./([^"]+)"', one.read_text("utf-8"))}
    assert modules <= named and imported <= modules
    for name in named:
        answer = await shop.http.get(f"/app/{name}")
        assert answer.status_code == 200 and answer.headers["x-content-type-options"] == "nosniff"
        again = await shop.http.get(f"/app/{name}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    for name in ("index.html", "page_files.py", "..%2f__init__.py", "words-de.json"):
        problem(await shop.http.get(f"/app/{name}"), 404, "NOT_FOUND")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_of_it_weighs_little_on_the_way(shop: PocketShop, language: str) -> None:
    weight = 0
    names = [name for name in files() if not name.startswith("words-") or name == f"words-{language}.json"]
    for name in names:
        async with shop.http.stream("GET", "/app" if name == "index.html" else f"/app/{name}") as answer:
            assert answer.headers["content-encoding"] == "gzip"
            weight += sum([len(part) async for part in answer.aiter_raw()])
    assert len(names) > 15 and weight <= WEIGHT_BYTES_MAX, weight


async def test_a_browser_that_unpacks_nothing_gets_the_same(shop: PocketShop) -> None:
    plain = await shop.http.get("/app/main.js", headers={"Accept-Encoding": "identity"})
    packed = await shop.http.get("/app/main.js", headers={"Accept-Encoding": "gzip"})
    assert plain.content == packed.content == (PAGE / "main.js").read_bytes()
    assert "content-encoding" not in plain.headers and plain.headers["etag"] != packed.headers["etag"]


def test_every_word_that_the_page_says_is_in_every_language() -> None:
    text = "\n".join(one.read_text("utf-8") for one in PAGE.glob("*.js"))
    said = set(re.findall(r'\bt\("([a-z-]+)"', text))
    # what is put together from a name: t(`kind-${…}`)
    stems = set(re.findall(r"\bt\(`([a-z-]+-)\$\{", text))
    known = set(words("ru"))
    assert said <= known and len(said) > 80 and len(stems) > 4
    # every text is said by the page; nothing is translated that nobody reads
    unsaid = {key for key in known - said if not any(key.startswith(stem) for stem in stems)}
    quoted = set(re.findall(r'"([a-z-]+)"', text)) | {f"{one}-now" for one in ("cash-in", "cash-out")}
    assert unsaid <= quoted
    for language in LANGUAGES:
        told = json.loads(files()[f"words-{language}.json"].content)
        assert set(told) == known
        assert {key: set(re.findall(r"\{\w+\}", value)) for key, value in told.items()} == {
            key: set(re.findall(r"\{\w+\}", value)) for key, value in words("ru").items()
        }


async def test_goods_come_in_the_order_of_the_catalogue_and_by_code(shop: PocketShop) -> None:
    phone = await shop.phone()
    told = (await phone.at("GET", "goods")).json()
    assert (told["count"], told["items"][0]["name"]) == (len(GOODS), "Кофе")
    assert sorted(told["sections"]) == ["", "Бакалея", "Нан өнімдері", "Сусындар"]
    sugar = next(one for one in told["items"] if one["name"] == "Қант")
    assert (sugar["price"], sugar["unit"], sugar["section"]) == ("520.50", "116", "Бакалея")
    found = (await phone.at("GET", "goods?code=4870204391510")).json()["items"]
    assert [one["name"] for one in found] == ["Нан"]
    assert (await phone.at("GET", "goods?code=4600000000000")).json()["items"] == []
    assert [one["name"] for one in (await phone.at("GET", "goods?words=кант")).json()["items"]] == ["Қант"]
    for query in ("code=%00", "section=%1f", f"words={'а' * 65}"):
        problem(await phone.at("GET", f"goods?{query}"), 422, "VALIDATION")


async def test_marks_are_asked_for_cheaply_and_told_when_they_change(shop: PocketShop) -> None:
    phone = await shop.phone(AIGUL)
    shop.rest.ofd("down")
    assert (await phone.sell(sale())).json()["mark"] == "autonomous"
    path = f"/app/api/registers/{shop.rest.register_id}"
    headers = {"Authorization": f"Bearer {phone.token}"}
    for address in (f"{path}/documents", f"{path}/documents/1", path, f"{path}/goods"):
        first = await shop.http.get(address, headers=headers)
        again = await shop.http.get(address, headers={**headers, "If-None-Match": first.headers["etag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert "private" in first.headers["cache-control"]
    before = await shop.http.get(f"{path}/documents", headers=headers)
    await phone.sell(sale())
    after = await shop.http.get(f"{path}/documents", headers={**headers, "If-None-Match": before.headers["etag"]})
    assert [one["number"] for one in after.json()["items"]] == [2, 1]
    assert {one["mark"] for one in after.json()["items"]} == {"autonomous"}


async def test_receipts_are_leafed_through_and_found(shop: PocketShop) -> None:
    phone = await shop.phone()
    for number in range(1, 36):
        await phone.sell(sale(f"{number}.00", payment="cash"))
    await phone.sell({"kind": "withdrawal", "sum": "5"})
    first = (await phone.at("GET", "documents")).json()
    assert [one["number"] for one in first["items"]] == list(range(36, 6, -1)) and first["next"] == 7
    rest = (await phone.at("GET", f"documents?below={first['next']}")).json()
    assert [one["number"] for one in rest["items"]] == list(range(6, 0, -1)) and rest["next"] is None
    assert [one["number"] for one in (await phone.at("GET", "documents?kept=cash")).json()["items"]] == [36]
    assert [one["total"] for one in (await phone.at("GET", "documents?words=34,00")).json()["items"]] == ["34.00"]
    problem(await phone.at("GET", "documents?kept=x' OR true"), 422, "VALIDATION")
    problem(await phone.at("GET", "documents?below=0"), 422, "VALIDATION")


async def test_the_api_describes_nothing_of_the_page(shop: PocketShop) -> None:
    described = (await shop.http.get("/api/v1/openapi.json")).json()
    assert [path for path in described["paths"] if path.startswith("/app")] == []
