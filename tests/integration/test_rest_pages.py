"""The receipt's page, against the real engine."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rest_shop import Shop, open_shop, sale


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
    assert not re.search(r'(src|href)="https?://(?!.*(kz|oofd))', page.text)


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
