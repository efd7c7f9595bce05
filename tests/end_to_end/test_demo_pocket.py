"""The pocket register in a real demo: from the chat's menu button to the paper, and at a plain link in any browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from tests.end_to_end.demo_street import Demo, Till, running, until

OPENS_MS_MAX = 15_000
DRAWN_MS_MAX = 40_000
"""A start, and the 5 s after which whoever finds a document without an outcome draws it."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(tmp_path_factory.mktemp("demo")) as one:
        yield one


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as browsers:
        opened = browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def on_the_keypad(place: Page | FrameLocator, digits: str) -> None:
    """A sum without goods: the catalogue of a new shop is empty."""
    place.locator(".icon").click(timeout=OPENS_MS_MAX)
    for digit in digits:
        place.locator(".key", has_text=digit).first.click()
    place.locator(".plus").click()


@pytest.mark.browser
def test_a_sale_in_the_chats_frame_comes_out_of_the_printer(demo: Demo, browser: Browser) -> None:
    till = Till(demo, demo.told["registers"][0])
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(demo.told["sandbox"] + "/")
    chat = page.frame_locator("#chat")
    chat.get_by_role("button", name="Касса", exact=True).click(timeout=OPENS_MS_MAX)
    app = chat.frame_locator("#app iframe")
    on_the_keypad(app, "1250")
    expect(chat.locator("#app-main")).to_have_text("Оплата 1 250 ₸")
    chat.locator("#app-main").click()
    app.locator(".note").first.click()
    expect(app.locator(".change")).to_contain_text("250 ₸")
    expect(app.locator('.mark[data-mark="registered"]')).to_be_visible()
    (document,) = till.documents()
    assert (document["total"], document["taken"], document["mark"]) == ("1250.00", "1500.00", "registered")
    assert [one["is_offline"] for one in till.book()["documents"]] == [False]
    papers = until(lambda: till.papers())
    assert [(one["document"], one["copy"]) for one in papers] == [(1, False)]
    page.close()


@pytest.mark.browser
def test_a_plain_link_of_the_demos_page_opens_it_in_any_browser(demo: Demo, browser: Browser) -> None:
    till = Till(demo, demo.told["registers"][1])
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto(demo.told["sandbox"] + "/")
    address = page.locator("a#pocket").get_attribute("href")
    assert address == f"/pocket?chat={demo.told['registers'][0]['vendor_chat']}"
    page.goto(f"{demo.told['sandbox']}/pocket?chat={till.entry['vendor_chat']}")
    on_the_keypad(page, "500")
    page.locator("#main").click()
    till.ofd("down")
    page.locator(".way.first").click()
    expect(page.locator('.mark[data-mark="autonomous"]')).to_be_visible(timeout=OPENS_MS_MAX)
    # the OFD is back: the mark on the open screen changes by itself
    till.well_again()
    expect(page.locator('.mark[data-mark="autonomous_registered"]')).to_be_visible(timeout=OPENS_MS_MAX)
    assert page.url == demo.told["web"] + "/app"
    page.close()


@pytest.mark.browser
def test_a_server_killed_in_the_middle_of_a_sale_makes_one_receipt_and_the_page_finds_it(
    demo: Demo, browser: Browser
) -> None:
    till = Till(demo, demo.told["registers"][1])
    before = len(till.documents())
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto(f"{demo.told['sandbox']}/pocket?chat={till.entry['vendor_chat']}")
    for number, point in enumerate(("after_append", "after_send", "after_outcome"), before + 1):
        if not page.locator(".key").first.is_visible():
            page.locator(".icon").click(timeout=OPENS_MS_MAX)
        page.locator(".key", has_text="5").click()
        page.locator(".plus").click()
        page.locator("body:not([data-settling]) #main:not([disabled])").click()
        demo.sandbox("POST", "/kill", {"role": "web", "point": point})
        page.locator("body:not([data-settling]) .way.first").click()
        expect(page.locator(".document h2")).to_contain_text(str(number), timeout=DRAWN_MS_MAX)
        assert [one["number"] for one in till.documents()] == list(range(1, number + 1))
        page.locator("body:not([data-settling]) #main").click()
    assert demo.verify().returncode == 0
    page.close()


def test_only_people_of_the_demo_are_let_in_by_the_link(demo: Demo) -> None:
    assert demo.call("GET", demo.told["sandbox"] + "/pocket?chat=1")[0] == 400
    assert demo.call("GET", demo.told["sandbox"] + "/pocket?chat=x")[0] == 400
    assert demo.call("GET", demo.told["sandbox"] + "/pocket")[0] == 302
