"""The receipt's page, against the real engine."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from rest_shop import Shop, open_shop, problem, sale

from core.bootstrap import open_engine
from core.clock import MovableClock
from core.settings import Settings
from web.app import create_app


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database, tmp_path) as one:
        yield one


async def test_a_receipt_opens_without_a_key_and_belongs_to_nobodys_index(shop: Shop) -> None:
    made = await shop.made(sale())
    shop.client.headers.pop("Authorization")
    page = await shop.client.get(made["receipt_url"])
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert made["fiscal_sign"] in page.text
    assert page.headers["cache-control"] == "private, no-cache"
    assert "noindex" in page.headers["x-robots-tag"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r'(src|href)="https?://(?!t\.me/share/url|[^"]*(kz|oofd))', page.text)


async def test_the_page_speaks_the_readers_language(shop: Shop) -> None:
    url = (await shop.made(sale()))["receipt_url"]
    pages = {lang: await shop.client.get(url, headers={"Accept-Language": lang}) for lang in ("kk", "ru", "en")}
    for lang, page in pages.items():
        assert f'<html lang="{lang}"' in page.text and page.headers["content-language"] == lang
    assert len({page.headers["etag"] for page in pages.values()}) == 3
    asked = await shop.client.get(f"{url}?lang=kk", headers={"Accept-Language": "en"})
    assert asked.text == pages["kk"].text


async def test_an_unchanged_page_is_not_sent_again_and_a_changed_one_is(shop: Shop) -> None:
    shop.ofd("down")
    url = (await shop.made(sale()))["receipt_url"]
    first = await shop.client.get(url)
    etag = first.headers["etag"]
    for given in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        same = await shop.client.get(url, headers={"If-None-Match": given})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    shop.ofd("ok")
    await shop.engine.lanes.probe(shop.register_id)
    assert (await shop.get("/documents/1")).json()["mark"] == "autonomous_registered"
    changed = await shop.client.get(url, headers={"If-None-Match": etag})
    assert changed.status_code == 200 and changed.headers["etag"] != etag


async def test_whatever_opens_nothing_is_answered_with_the_same_bytes(shop: Shop) -> None:
    code = (await shop.made(sale()))["receipt_url"].rsplit("/", 1)[1]
    wrong = [
        code[:-1] + ("a" if code[-1] != "a" else "b"),
        "0" * len(code),
        code + "0",
        code[:-1],
        "x",
        "x" * 500,
        "%00",
        "..%2f..",
        "'--",
        "٢" * 28,
        code.swapcase(),
    ]
    pages = [await shop.client.get(f"/r/{one}") for one in wrong]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert len({tuple(sorted(page.headers.items())) for page in pages}) == 1


async def test_a_page_may_be_asked_for_by_its_head_alone(shop: Shop) -> None:
    url = (await shop.made(sale()))["receipt_url"]
    assert (await shop.client.head(url)).status_code == 200


async def test_everything_beside_the_page_opens_with_the_link_alone(shop: Shop) -> None:
    url = (await shop.made(sale()))["receipt_url"]
    shop.client.headers.pop("Authorization")
    for ending, media, begins in (
        ("/card.png?lang=kk", "image/png", b"\x89PNG"),
        ("/receipt.pdf?lang=en", "application/pdf", b"%PDF"),
        ("/receipt.pdf?lang=ru&width=a4", "application/pdf", b"%PDF"),
    ):
        answer = await shop.client.get(url + ending)
        assert (answer.status_code, answer.headers["content-type"]) == (200, media)
        assert answer.content.startswith(begins)
        assert "noindex" in answer.headers["x-robots-tag"]
        same = await shop.client.get(url + ending, headers={"If-None-Match": answer.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")


async def test_the_proof_leads_to_the_head_of_the_shifts_z(shop: Shop) -> None:
    made = [await shop.made(sale()) for _ in range(3)]
    url = made[0]["receipt_url"]
    proof = (await shop.client.get(f"{url}/proof.json")).json()
    assert digest_of(proof) == made[0]["digest"] == proof["digest"]
    assert [one["digest"] for one in proof["following"]] == [one["digest"] for one in made[1:]]
    assert proof["z"] is None
    before = (await shop.client.get(url)).headers["etag"]
    close = (await shop.post("/shift/close", {})).json()
    await shop.made(sale())
    proof = (await shop.client.get(f"{url}/proof.json")).json()
    assert proof["z"] == {"number": 4, "shift": 1, "chain_head": close["report"]["chain_head"]}
    assert proof["following"][-1] == {"number": 3, "digest": proof["z"]["chain_head"]}
    page = await shop.client.get(url, headers={"If-None-Match": before})
    assert page.status_code == 200 and proof["z"]["chain_head"] in page.text
    last = (await shop.client.get(f"{made[2]['receipt_url']}/proof.json")).json()
    assert last["following"] == [] and last["digest"] == last["z"]["chain_head"]
    assert (await shop.client.get(f"{close['receipt_url']}/proof.json")).json()["z"] is None


def digest_of(proof: dict[str, Any]) -> str:
    frozen = base64.b64decode(proof["frozen_bytes"])
    return hashlib.sha256(bytes.fromhex(proof["previous_digest"]) + frozen).hexdigest()


async def test_a_closed_link_opens_nothing_and_looks_like_one_that_never_was(shop: Shop) -> None:
    made = await shop.made(sale())
    kept = await shop.made(sale())
    code = made["receipt_url"].rsplit("/", 1)[1]
    never = await shop.client.get("/r/" + "0" * len(code))
    assert (await shop.client.delete(f"{shop.path}/documents/1/link")).status_code == 204
    assert (await shop.client.delete(f"{shop.path}/documents/1/link")).status_code == 204
    for ending in ("", "/card.png", "/receipt.pdf", "/proof.json"):
        closed = await shop.client.get(f"/r/{code}{ending}")
        unknown = await shop.client.get(f"/r/{'0' * len(code)}{ending}")
        assert (closed.status_code, closed.content) == (404, never.content) == (unknown.status_code, unknown.content)
        assert sorted(closed.headers.items()) == sorted(never.headers.items()) == sorted(unknown.headers.items())
    assert (await shop.get("/documents/1")).json() == made
    assert (await shop.get("/documents/1.txt")).status_code == 200
    assert (await shop.client.get(kept["receipt_url"])).status_code == 200


async def test_only_the_owner_closes_a_link(shop: Shop) -> None:
    url = (await shop.made(sale()))["receipt_url"]
    other = await shop.engine.access.new_organisation("Чужие")
    strange = await shop.engine.access.new_api_key(other)
    reads = await shop.engine.access.new_api_key(shop.organisation_id, ("read",))
    path = f"{shop.path}/documents/1/link"
    problem(await shop.client.delete(path, headers={"Authorization": f"Bearer {strange}"}), 404, "NOT_FOUND")
    problem(await shop.client.delete(path, headers={"Authorization": f"Bearer {reads}"}), 403, "FORBIDDEN")
    problem(await shop.client.delete(f"{shop.path}/documents/2/link"), 404, "NOT_FOUND")
    assert (await shop.client.get(url)).status_code == 200


async def test_a_receipt_opens_five_years_on(shop: Shop, database: str, tmp_path: Path) -> None:
    made = await shop.made(sale())
    clock = MovableClock(timedelta(days=5 * 366))
    async with open_engine(Settings(database_url=database, data_dir=tmp_path), clock) as engine:
        transport = httpx.ASGITransport(create_app(engine))
        async with httpx.AsyncClient(transport=transport, base_url="http://tiyn.test") as later:
            page = await later.get(made["receipt_url"])
            assert page.status_code == 200 and made["fiscal_sign"] in page.text
            assert (await later.get(f"{made['receipt_url']}/receipt.pdf")).content.startswith(b"%PDF")
            assert digest_of((await later.get(f"{made['receipt_url']}/proof.json")).json()) == made["digest"]
            later.headers["Authorization"] = shop.client.headers["Authorization"]
            document = f"{shop.path}/documents/1"
            assert (await later.get(document)).json() == made
            assert (await later.get(f"{document}.png")).content.startswith(b"\x89PNG")
            assert made["fiscal_sign"] in (await later.get(f"{document}.txt")).text
