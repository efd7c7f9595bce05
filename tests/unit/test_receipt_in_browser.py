"""The receipt's page in a real browser: nobody is left out, nothing jumps, nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Request, Route, async_playwright, expect
from receipt_samples import RECEIPT_URL, SELLER, document, rich_sale, view

from core.domain.ticket import Kind
from core.domain.view import DocumentView, Mark
from core.ofd.operators import operator
from core.receipt.page import PageLanguage, render_missing_page, render_page
from core.receipt.page_parts import CONTENT_SECURITY_POLICY
from core.receipt.proof import Seal
from core.texts import say

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
OPERATOR = operator("kazakhtelecom")
BASE = "https://tiyn.example.kz"
SEAL = Seal(20, 3, "9f3a11bc" * 8)
LANGUAGES: tuple[PageLanguage, ...] = ("kk", "ru", "en")
PAGE_BYTES_MAX = 30_000
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({type: "layout-shift", buffered: true});
"""
SMALL_TARGETS = """
() => [...document.querySelectorAll("a, button, summary")].filter((one) => one.offsetParent).map((one) => {
  const box = one.getBoundingClientRect();
  return [one.textContent.trim(), Math.round(box.width), Math.round(box.height)];
}).filter(([, width, height]) => width < 24 || height < 44)
"""


def html_of(shown: DocumentView, language: PageLanguage = "ru", seal: Seal | None = SEAL) -> str:
    return render_page(shown, OPERATOR, language=language, base_url=BASE, seal=seal)


@asynccontextmanager
async def opened(
    chromium: Path, html: str, *, width: int = 390, scheme: Any = "light", script: bool = True
) -> AsyncIterator[tuple[Page, list[str]]]:
    """The page under its own policy at its own address; the list holds every request and every error."""
    seen: list[str] = []

    async def serve(route: Route, request: Request) -> None:
        seen.append(request.url)
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": CONTENT_SECURITY_POLICY}
        await route.fulfill(body=html, headers=headers)

    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        context = await browser.new_context(
            viewport={"width": width, "height": 780}, color_scheme=scheme, java_script_enabled=script
        )
        tab = await context.new_page()
        tab.on("console", lambda message: seen.append(message.text))
        tab.on("pageerror", lambda error: seen.append(str(error)))
        if script:
            await tab.add_init_script(SHIFTS)
        await tab.route("**/*", serve)
        await tab.goto(RECEIPT_URL)
        yield tab, seen
        await browser.close()


VIEWS: dict[str, DocumentView] = {
    "sale": view(document=document(ticket=rich_sale())),
    "practice, autonomous": view(Mark.AUTONOMOUS, document=document(ticket=rich_sale(), practice=True)),
    "autonomous, registered since": view(Mark.AUTONOMOUS_REGISTERED, Kind.SELL_RETURN),
    "saved": view(Mark.SAVED),
    "refused": view(Mark.REFUSED),
    "stopped": view(Mark.STOPPED),
    "cash": view(kind=Kind.DEPOSIT),
    "close": view(kind=Kind.SHIFT_CLOSE),
}


async def answered(html: str, route: Route) -> None:
    await route.fulfill(body=html, content_type="text/html; charset=utf-8")


async def violations(tab: Page) -> list[str]:
    """What axe has to say; its rules for WCAG 2.2 AA and its best practices."""
    await tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = await tab.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_nobody_is_left_out(chromium: Path, language: PageLanguage, scheme: str) -> None:
    pages = {name: html_of(shown, language) for name, shown in VIEWS.items()}
    pages["missing"] = render_missing_page(language)
    found: dict[str, Any] = {}
    async with opened(chromium, "", scheme=scheme, width=320) as (tab, _):
        for name, html in pages.items():
            await tab.route("**/*", partial(answered, html))
            await tab.goto(RECEIPT_URL)
            for folded in await tab.locator("summary").all():
                await folded.click()
            found[name] = [*await violations(tab), *await tab.evaluate(SMALL_TARGETS)]
    assert found == {name: [] for name in pages}


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_jumps_sticks_out_or_is_fetched(chromium: Path, language: PageLanguage, width: int) -> None:
    long = replace(SELLER, taxpayer="Ж" * 128, title="Дүкен " * 20)
    html = html_of(view(Mark.AUTONOMOUS, document=document(seller=long, ticket=rich_sale(), practice=True)), language)
    assert len(html.encode()) <= PAGE_BYTES_MAX
    async with opened(chromium, html, width=width) as (tab, seen):
        await expect(tab.locator("#prove")).to_be_hidden()
        await tab.locator("summary").click()
        await expect(tab.locator("#prove")).to_be_visible()
        assert await tab.evaluate("document.documentElement.scrollWidth") <= width
        assert await tab.evaluate("window.shifted") == 0
        assert [one for one in seen if one != RECEIPT_URL] == []


async def test_the_receipt_proves_itself(chromium: Path) -> None:
    async with opened(chromium, html_of(view(document=document(ticket=rich_sale())))) as (tab, seen):
        await tab.locator("summary").click()
        await tab.locator("#prove").click()
        await expect(tab.locator("#proven")).to_have_text("✓ " + say("ru", "receipt-proof-good"))
        assert [one for one in seen if one != RECEIPT_URL] == []


@pytest.mark.parametrize("changed", ["document", "before", "shown digest"])
async def test_a_changed_receipt_does_not_prove_itself(chromium: Path, changed: str) -> None:
    shown = view()
    other = view(document=document(number=13))
    html = html_of(shown)
    if changed == "document":
        forged = html_of(replace(shown, document=replace(shown.document, frozen=other.document.frozen)))
        assert forged != html
        html = forged
    elif changed == "before":
        html = html.replace('data-before="00', 'data-before="01')
    else:
        html = html.replace(f'data-digest="{shown.document.digest}"', f'data-digest="{other.document.digest}"')
    async with opened(chromium, html) as (tab, _):
        await tab.locator("summary").click()
        await tab.locator("#prove").click()
        await expect(tab.locator("#proven")).to_contain_text(say("ru", "receipt-proof-bad"))
        await expect(tab.locator("#proven")).to_have_class("red")


async def test_without_a_script_everything_can_be_read_and_no_button_promises_more(chromium: Path) -> None:
    async with opened(chromium, html_of(VIEWS["sale"]), script=False) as (tab, _):
        await expect(tab.locator("#prove")).to_be_hidden()
        await expect(tab.locator("#share")).to_be_hidden()
        await expect(tab.locator("#paper")).to_contain_text("ФИСКАЛЬНЫЙ ЧЕК")
        links = {await one.get_attribute("href") for one in await tab.locator("#keep a").all()}
        assert f"{RECEIPT_URL.removeprefix(BASE)}/receipt.pdf?lang=ru" in links
        assert len(links) == 3


async def test_sharing_gives_the_link_to_the_phone(chromium: Path) -> None:
    share = "navigator.share = (given) => { window.given = given; return Promise.resolve(); };"
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        tab = await browser.new_page()
        await tab.add_init_script(share)
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": CONTENT_SECURITY_POLICY}
        await tab.route("**/*", lambda route: route.fulfill(body=html_of(view()), headers=headers))
        await tab.goto(RECEIPT_URL)
        await tab.get_by_role("button", name=say("ru", "receipt-page-share")).click()
        given = await tab.evaluate("window.given")
        await browser.close()
    assert given["url"] == RECEIPT_URL and "1\u00a0950.00" in given["title"]


@pytest.mark.parametrize(("paper", "millimetres"), [("58mm", 58), ("80mm", 80), ("210mm", 210)])
async def test_the_page_prints_on_rolls_and_on_a4(chromium: Path, tmp_path: Path, paper: str, millimetres: int) -> None:
    from pypdf import PdfReader

    kept = tmp_path / "printed.pdf"
    async with opened(chromium, html_of(VIEWS["sale"], "kk")) as (tab, _):
        await tab.pdf(path=kept, width=paper, height="297mm", print_background=False)
        await tab.set_viewport_size({"width": round(millimetres / 25.4 * 96), "height": 900})
        await tab.emulate_media(media="print")
        assert await tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        for hidden in ("#act", "#foot", "#state"):
            await expect(tab.locator(hidden)).to_be_hidden()
    text = "".join(page.extract_text() for page in PdfReader(kept).pages)
    assert "БАРЛЫҒЫ" in text and "3\u00a0300.00" in text.replace(" ", "\u00a0")
