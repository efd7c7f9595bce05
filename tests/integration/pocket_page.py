"""The pocket register's page in a real browser, held as a cashier holds it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, async_playwright, expect
from pocket_shop import AIGUL, PocketShop

from core.texts import say

EXPECTED_MS_MAX = 15_000
"""On a machine that does much else at the same time."""
expect.set_options(timeout=EXPECTED_MS_MAX)
AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
SMALL_TARGETS = """
() => [...document.querySelectorAll("a, button, input")].filter((one) => one.offsetParent).map((one) => {
  const box = (one.type === "checkbox" ? one.closest("label") : one).getBoundingClientRect();
  return [one.textContent.trim() || one.ariaLabel || one.type, Math.round(box.width), Math.round(box.height)];
}).filter(([, width, height]) => width < 38 || height < 44)
"""
STICKS_OUT = """
() => [...document.querySelectorAll("body, #top, #screen, #tabs, #main, .screen, .lines, .sum, .way, .note, .tile, h2")]
  .filter((one) => one.offsetParent)
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${one.tagName}.${one.className}#${one.id} ${one.scrollWidth} > ${one.clientWidth}`)
"""
# What a browser says of an answer that is no 2xx: refusals are told in words.
ANSWERS = re.compile(r"Failed to load resource: (the server responded with a status of|net::ERR_)")


@dataclass
class Hand:
    """A person at the page. ``errors`` are those of scripts and of the page's policy."""

    shop: PocketShop
    page: Page
    language: str
    errors: list[str] = field(default_factory=list)
    folder: Path | None = None
    taps: int = 0

    def word(self, key: str, **params: str | int) -> str:
        return say(self.language, f"pocket-{key}", **params)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    async def tap(self, target: Locator | str) -> None:
        """Once the screen stands: what comes within a third of a second at one place is a double tap."""
        found = self.page.locator(target) if isinstance(target, str) else target
        await expect(self.page.locator("body:not([data-settling])")).to_have_count(1)
        await found.click()
        self.taps += 1

    async def say(self, key: str, **params: str | int) -> None:
        """Tap the button with these words."""
        await self.tap(self.button(self.word(key, **params)))

    async def good(self, name: str) -> None:
        await self.tap(self.page.locator(".tile", has=self.page.locator(".name", has_text=name)))

    async def main(self) -> None:
        await self.tap("#main")

    async def type(self, digits: str) -> None:
        for digit in digits:
            await self.tap(self.page.locator(".key", has_text=re.compile(f"^{digit}$")))

    async def made(self, number: int) -> None:
        """The receipt of this number stands on the screen."""
        await expect(self.page.locator(".document h2")).to_contain_text(str(number))

    async def look(self, name: str) -> list[str]:
        """What is wrong with the screen for whoever has weak eyes, big fingers or a narrow phone."""
        await expect(self.page.locator("body:not([data-settling])")).to_have_count(1)
        if self.folder is not None:
            await self.page.screenshot(path=self.folder / f"{name}.png")
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        told = await self.page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
        )
        found = [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in told for node in one["nodes"]]
        found += [str(one) for one in await self.page.evaluate(SMALL_TARGETS)]
        found += await self.page.evaluate(STICKS_OUT)
        return [f"{name}: {one}" for one in found]


@asynccontextmanager
async def held(
    shop: PocketShop,
    chromium: Path,
    chat: int = AIGUL,
    *,
    language: str = "kk",
    width: int = 360,
    scheme: Any = "light",
    folder: Path | None = None,
    address: str | None = None,
) -> AsyncIterator[Hand]:
    """The page as this person opened it from the chat; any error of a script fails the test."""
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        context = await browser.new_context(viewport={"width": width, "height": 640}, color_scheme=scheme)
        page = await context.new_page()
        hand = Hand(shop, page, language, folder=folder)
        page.on("pageerror", lambda error: hand.errors.append(str(error)))
        page.on(
            "console",
            lambda told: None if told.type != "error" or ANSWERS.match(told.text) else hand.errors.append(told.text),
        )
        await page.goto(address or shop.page(chat, language))
        await expect(page.locator("body[data-ready]")).to_have_count(1)
        yield hand
        await browser.close()
    assert hand.errors == []
