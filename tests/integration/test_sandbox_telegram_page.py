"""The chat page in a real browser: a person writes, presses, is answered; hostile words stay words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect
from telegram_street import Street, inline, png, running

HOSTILE = '<img src=x onerror="document.title=1"> & <b>жуан</b> \u202e سلام'


@asynccontextmanager
async def opened(street: Street, chromium: Path, chat: int) -> AsyncIterator[Page]:
    """The page of a chat on a phone's screen; any error of its script fails the test."""
    errors: list[str] = []
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        page = await (await browser.new_context(viewport={"width": 380, "height": 700})).new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(f"{street.host}/telegram/chat/{chat}")
        yield page
        await browser.close()
    assert errors == []


@pytest.mark.browser
async def test_a_person_writes_presses_and_sees_the_message_change(chromium: Path) -> None:
    async with running() as street, opened(street, chromium, street.chat) as page:
        await page.get_by_role("textbox").fill("кофе 800")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.person .words")).to_contain_text("кофе 800")
        said = (await street.updates(timeout=50))[-1]["update_id"]
        message = await street.sent(
            "<b>800 ₸</b>?", parse_mode="HTML", reply_markup=inline([{"text": "Пробить", "callback_data": "s"}])
        )
        await expect(page.locator(".row.bot strong")).to_have_text("800 ₸")
        await page.get_by_role("button", name="Пробить").click()
        updates = await street.updates(timeout=50, offset=said + 1)
        assert updates[0]["callback_query"]["data"] == "s"
        await street.bot("answerCallbackQuery", callback_query_id=updates[0]["callback_query"]["id"], text="Взято")
        await street.bot("editMessageText", chat_id=street.chat, message_id=message, text="✔✔ Чек № 1")
        await expect(page.get_by_role("alert")).to_have_text("Взято")
        await expect(page.locator(".row.bot .words")).to_contain_text("✔✔ Чек № 1")
        await expect(page.get_by_role("button", name="Пробить")).to_have_count(0)


@pytest.mark.browser
async def test_a_new_person_presses_start_and_uses_the_keyboard_under_the_input(chromium: Path) -> None:
    async with running() as street:
        chat = street.server.new_person("Динара", "ru")
        async with opened(street, chromium, chat) as page:
            await page.get_by_role("button", name="ЗАПУСТИТЬ").click()
            await expect(page.locator(".row.person")).to_contain_text("/start")
            await street.bot("sendMessage", chat_id=chat, text="Здравствуйте", reply_markup={"keyboard": [["Смена"]]})
            await page.locator("#keyboard").get_by_role("button", name="Смена").click()
            await expect(page.locator(".row.person").last).to_contain_text("Смена")


@pytest.mark.browser
async def test_hostile_words_are_shown_as_written_and_pictures_are_drawn(chromium: Path) -> None:
    async with running() as street:
        street.server.photo(street.chat, png(), caption=HOSTILE)
        await street.sent(HOSTILE, reply_markup=inline([{"text": HOSTILE, "callback_data": HOSTILE[:20]}]))
        async with opened(street, chromium, street.chat) as page:
            shown = HOSTILE.replace("\u202e", "")
            await expect(page.locator(".row.bot .words")).to_contain_text(shown)
            await expect(page.locator(".row .words img, .row .words b, .keys img")).to_have_count(0)
            await expect(page.locator(".picture img")).to_have_js_property("naturalWidth", 40)
            assert await page.title() != "1"
            wide = await page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 380


BOXES = "all => all.map(one => one.getBoundingClientRect().toJSON())"
"""Where they are at one moment, for the chat may still be scrolling."""


@pytest.mark.browser
async def test_a_phone_shows_what_rang_what_was_edited_and_opens_a_mini_app_signed(chromium: Path) -> None:
    async with running() as street, opened(street, chromium, street.chat) as page:
        await street.bot("setMyCommands", commands=[{"command": "x", "description": "X-есеп"}])
        message = await street.sent("✔ Чек № 1", disable_notification=True)
        await street.bot("editMessageText", chat_id=street.chat, message_id=message, text="✔✔ Чек № 1")
        app = {"text": "Панель", "web_app": {"url": f"{street.host}/telegram/chats"}}
        await street.sent("☁✕ байланыс жоқ", reply_markup=inline([app, {"text": "Тексеру", "callback_data": "p"}]))
        rows = page.locator(".row.bot")
        await expect(rows.nth(0).locator(".meta")).to_contain_text("өзгертілді")
        await expect(rows.nth(0).get_by_role("img", name="дыбыссыз келді")).to_be_visible()
        await expect(rows.nth(1).get_by_role("img", name="дыбыспен келді")).to_be_visible()
        first, second = await page.get_by_role("button", name=re.compile("Панель|Тексеру")).evaluate_all(BOXES)
        assert first["y"] == second["y"] and abs(first["width"] - second["width"]) < 1 and first["height"] >= 40
        async with page.context.expect_page() as opening:
            await page.get_by_role("button", name="Панель").click()
        address = (await opening.value).url
        assert "#tgWebAppData=query_id%3D" in address and "hash%3D" in address and "tgWebAppVersion=" in address
        await rows.nth(0).locator(".bubble").click(button="right")
        await expect(page.locator("#reply p")).to_have_text("✔✔ Чек № 1")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
async def test_photos_and_files_go_by_the_attach_button_and_by_the_bubbles(chromium: Path) -> None:
    async with running() as street, opened(street, chromium, street.chat) as page:
        await page.set_input_files(
            "#file", {"name": "тауарлар.csv", "mimeType": "text/csv", "buffer": "Нан;200".encode()}
        )
        await expect(page.locator(".row.person .file b")).to_have_text("тауарлар.csv")
        await page.set_input_files("#file", {"name": "код.png", "mimeType": "image/png", "buffer": png()})
        await expect(page.locator(".row.person .picture img")).to_be_visible()
        updates = await street.updates()
        assert updates[0]["message"]["document"]["file_name"] == "тауарлар.csv"
        assert updates[1]["message"]["photo"][0]["width"] == 40
