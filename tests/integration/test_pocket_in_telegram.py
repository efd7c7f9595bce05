"""The pocket register inside the sandbox's Telegram: opened by the menu button, with Telegram's buttons and colours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import FrameLocator, Page, async_playwright, expect
from pocket_shop import PocketShop, open_pocket
from telegram_street import TOKEN, Street, running

from core.texts import say

CHAT = 501
"""The person of the street, who sells here."""


@dataclass
class Scene:
    """A chat on a phone, and the register that its menu button opens."""

    street: Street
    shop: PocketShop
    page: Page

    @property
    def app(self) -> FrameLocator:
        return self.page.frame_locator("#app iframe")

    async def settled(self) -> None:
        await expect(self.app.locator("body[data-ready]:not([data-settling])")).to_have_count(1)

    async def good(self, name: str) -> None:
        await self.settled()
        await self.app.locator(".tile", has=self.app.locator(".name", has_text=name)).click()

    async def main(self, text: str) -> None:
        """Telegram's own button under the frame, once it says so."""
        await self.settled()
        await expect(self.page.locator("#app-main")).to_have_text(text)
        await self.page.locator("#app-main").click()


@asynccontextmanager
async def scene(database: str, folder: Path, chromium: Path, scheme: Any = "light") -> AsyncIterator[Scene]:
    errors: list[str] = []
    async with running() as street, open_pocket(database, folder, bot_token=TOKEN, frames=street.host) as shop:
        # the street's time stands, the shop's follows it
        shop.clock.set_offset(street.clock[-1] - shop.clock.now() + shop.clock.offset)
        await shop.rest.engine.people.link_person(shop.rest.register_id, CHAT, "cashier", "Айгүл", "kk")
        button = {"type": "web_app", "text": "Касса", "web_app": {"url": f"{shop.url}/app"}}
        assert (await street.bot("setChatMenuButton", menu_button=button))["ok"]
        async with async_playwright() as browsers:
            browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
            context = await browser.new_context(viewport={"width": 360, "height": 700}, color_scheme=scheme)
            page = await context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda told: errors.append(told.text) if "Security Policy" in told.text else None)
            await page.goto(f"{street.host}/telegram/chat/{CHAT}")
            await page.get_by_role("button", name="Касса").click()
            yield Scene(street, shop, page)
            await browser.close()
    assert errors == []


@pytest.mark.browser
async def test_a_sale_by_telegrams_buttons(database: str, tmp_path: Path, chromium: Path) -> None:
    async with scene(database, tmp_path, chromium) as here:
        await here.good("Нан")
        await expect(here.app.locator("#main, #back")).to_have_count(2)
        await here.main(say("kk", "pocket-pay", total="350 ₸"))
        # the button has gone, for there is a choice now; the corner leads back
        await expect(here.page.locator("#app-main")).to_be_hidden()
        for hidden in ("#main", "#back"):
            await expect(here.app.locator(hidden)).to_be_hidden()
        await here.page.get_by_role("button", name="Артқа").click()
        await here.main(say("kk", "pocket-pay", total="350 ₸"))
        await here.settled()
        await here.page.screenshot(path=tmp_path / "frame.png")
        await here.app.get_by_role("button", name=say("kk", "pocket-cash-exact")).click()
        await expect(here.app.locator(".document h2")).to_contain_text("1")
        await expect(here.page.locator("#app")).to_have_attribute("data-haptic", "success")
        await here.main(say("kk", "pocket-new-receipt"))
        await expect(here.app.locator(".strip")).to_be_hidden()
        assert [one["total"] for one in await here.shop.documents()] == ["350.00"]


@pytest.mark.browser
async def test_every_opening_brings_fresh_launch_data_and_a_session_of_its_own(
    database: str, tmp_path: Path, chromium: Path
) -> None:
    async with scene(database, tmp_path, chromium) as here:
        await here.settled()
        for _ in range(2):
            await here.page.get_by_role("button", name="Жабу").click()
            await expect(here.page.locator("#app")).to_be_hidden()
            await here.page.get_by_role("button", name="Касса").click()
            await expect(here.app.locator(".tile").first).to_be_visible()
        rows = await here.shop.rest.engine.database.rows("SELECT launch_hash FROM pocket_session")
        assert len(rows) == 3


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_telegrams_colours_are_taken_and_stay_readable(
    database: str, tmp_path: Path, chromium: Path, scheme: str
) -> None:
    async with scene(database, tmp_path, chromium, scheme) as here:
        await here.good("Нан")
        await here.settled()
        frame = next(one for one in here.page.frames if "/app" in one.url)
        assert "#" not in frame.url
        asked = "(name) => getComputedStyle(document.documentElement).getPropertyValue(name)"
        ground = {"light": "#ffffff", "dark": "#212121"}[scheme]
        assert await frame.evaluate(asked, "--card") == ground
        assert await frame.evaluate("document.documentElement.dataset.scheme") == scheme
        axe = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
        await frame.evaluate(axe.read_text("utf-8"))
        told = await frame.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        assert [one["id"] for one in told] == []
        # the phone's own switch: the page follows while it is open
        other = {"light": "dark", "dark": "light"}[scheme]
        await here.page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
        await expect(here.app.locator(f'html[data-scheme="{other}"]')).to_have_count(1)


@pytest.mark.browser
async def test_no_other_site_may_frame_the_register(database: str, tmp_path: Path, chromium: Path) -> None:
    framed = "(url) => document.body.append(Object.assign(document.createElement('iframe'), {src: url}))"
    async with (
        open_pocket(database, tmp_path, frames="http://127.0.0.1:1") as shop,
        running() as street,
        async_playwright() as browsers,
    ):
        browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        page = await browser.new_page()
        await page.goto(f"{street.host}/telegram/chat/{CHAT}")
        async with page.expect_console_message(lambda told: "frame-ancestors" in told.text):
            await page.evaluate(framed, f"{shop.url}/app")
        assert await page.frames[-1].locator("#screen").count() == 0
        await browser.close()


async def test_the_bot_gives_its_chats_the_button(database: str, tmp_path: Path) -> None:
    """Telegram takes only https; a menu button that it would refuse is not asked for."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    from bot.service import introduce
    from core.settings import Settings

    async with running() as street:
        session = AiohttpSession(api=TelegramAPIServer.from_base(street.server.api_base(street.host)))
        bot = Bot(TOKEN, session=session)
        try:
            near, public = "http://127.0.0.1:8080", "https://tiyn.example.kz"
            await introduce(bot, Settings(public_url=near))
            assert street.server.view(street.chat)["menu_button"] is None
            await introduce(bot, Settings(public_url=public))
            assert street.server.view(street.chat)["menu_button"] == {"text": "Касса", "url": f"{public}/app"}
            await introduce(bot, Settings(public_url=near, telegram_base=street.host))
            assert street.server.view(street.chat)["menu_button"] == {"text": "Касса", "url": f"{near}/app"}
            refused = Settings(public_url="http://tiyn.example.kz", telegram_base=street.host)
            await introduce(bot, refused)
            assert street.server.view(street.chat)["menu_button"] == {"text": "Касса", "url": f"{near}/app"}
        finally:
            await session.close()
