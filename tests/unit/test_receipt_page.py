from __future__ import annotations

import base64
import hashlib
import html
import io
import re
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from receipt_samples import CHECK_URL, RECEIPT_URL, SELLER, document, rich_sale, ticket, view

import core.texts
from core.domain.ticket import Customer, Kind, LineInput
from core.domain.view import AUTONOMOUS_MARKS, DocumentView, Mark
from core.ofd.operators import operator
from core.receipt.card import render_card
from core.receipt.page import PageLanguage, page_etag, render_missing_page, render_page
from core.receipt.page_parts import CONTENT_SECURITY_POLICY, CROSSED_CLOUD, SCRIPT, STYLE, TWO_TICKS
from core.receipt.proof import Seal, proof_answer
from core.texts import say

TEXTS = Path(core.texts.__file__).parent
OPERATOR = operator("kazakhtelecom")
BASE = "https://tiyn.example.kz"
PAGE_BYTES_MAX = 30_000
LANGUAGES: tuple[PageLanguage, ...] = ("kk", "ru", "en")


def page(shown: DocumentView | None = None, language: PageLanguage = "ru") -> str:
    return render_page(shown or view(), OPERATOR, language=language, base_url=BASE)


def sale_of(lines: int) -> DocumentView:
    items = tuple(
        LineInput(f"Өнім нөмірі {place}, орамада 12 дана", price=123456, ntin="0200123456789", mark="0104600" * 4)
        for place in range(lines)
    )
    return view(Mark.AUTONOMOUS_REGISTERED, document=document(ticket=ticket(items=items), practice=True))


def test_a_normal_receipt_weighs_no_more_than_thirty_kilobytes() -> None:
    sizes = {language: len(page(sale_of(20), language).encode()) for language in LANGUAGES}
    assert max(sizes.values()) <= PAGE_BYTES_MAX
    assert len(page(view(document=document(ticket=rich_sale()))).encode()) <= 24_000


def test_a_long_receipt_grows_by_its_lines_only() -> None:
    growth = len(page(sale_of(500)).encode()) - len(page(sale_of(100)).encode())
    assert growth <= 400 * 700


def test_the_longest_names_still_make_a_bounded_page() -> None:
    items = tuple(LineInput("<" * 128, price=100) for _ in range(100))
    assert len(page(view(document=document(ticket=ticket(items=items)))).encode()) <= 150_000


def fragments(language: str) -> set[str]:
    """What stands between the values in every text of the receipt."""
    written = (TEXTS / language / "receipt.ftl").read_text(encoding="utf-8")
    values = re.findall(r"^[a-z][\w-]* =((?:[^\n]*\n(?: +[^\n]*\n)*))", written, re.MULTILINE)
    pieces = [one for value in values for one in re.split(r"\{[^}]*\}|<[^>]*>", value)]
    plain = {re.sub(r"\s+", " ", one).strip(" .,:·") for one in pieces}
    return {one for one in plain if len(one) >= 4}


def said_of(pieces: set[str], text: str) -> set[str]:
    return {one for one in pieces if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)}


@pytest.mark.parametrize(("language", "other"), [("kk", "ru"), ("kk", "en"), ("ru", "kk"), ("en", "ru")])
def test_a_page_in_one_language_says_nothing_in_another(language: PageLanguage, other: str) -> None:
    own = " ".join(fragments(language))
    foreign = {one for one in fragments(other) if one not in own}
    assert len(foreign) > 60
    data = {SELLER.address, SELLER.taxpayer, str(view(Mark.REFUSED).result_text)}
    for shown in (view(mark, kind, practice=True) for kind in Kind for mark in Mark):
        body = re.sub(r"<(script|style).*?</\1>", " ", page(shown, language), flags=re.DOTALL)
        said = html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ")
        for given in data:
            said = said.replace(given, " ")
        said = re.sub(r"\s+", " ", said)
        assert said_of(foreign, said) == set() and len(said_of(fragments(language), said)) > 8


@pytest.mark.parametrize("mark", list(Mark))
def test_the_page_loads_nothing_from_anywhere(mark: Mark) -> None:
    text = page(view(mark, practice=True))
    assert not re.findall(r"\b(?:src|srcset|data|poster|action)=", text)
    assert not re.findall(r"url\((?!#)|@import|@font-face", text)
    links = re.findall(r'href="([^"]*)"', text)
    path = RECEIPT_URL.removeprefix(BASE)
    ours = ("?lang=", f"{path}/receipt.pdf?", f"{path}/proof.json")
    ways_out = ("https://consumer.oofd.kz/", "https://t.me/share/url?url=https%3A%2F%2Ftiyn.example.kz%2Fr%2F")
    assert all(html.unescape(link).startswith((*ours, *ways_out)) for link in links)
    assert '<meta name="robots" content="noindex' in text
    assert '<meta name="referrer" content="no-referrer">' in text


@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_is_drawn_and_said_in_words(mark: Mark, language: PageLanguage) -> None:
    text = html.unescape(page(view(mark), language))
    key = mark.replace("_", "-")
    assert f"<strong>{say(language, f'receipt-state-{key}')}</strong>" in text
    assert say(language, f"receipt-about-{key}") in text
    assert (CROSSED_CLOUD in text) is (mark in AUTONOMOUS_MARKS)
    assert (TWO_TICKS in text) is (mark in (Mark.REGISTERED, Mark.AUTONOMOUS_REGISTERED))


@pytest.mark.parametrize("mark", list(Mark))
def test_only_a_mark_that_may_change_asks_again(mark: Mark) -> None:
    text = page(view(mark))
    live = mark in (Mark.SAVED, Mark.AUTONOMOUS, Mark.STOPPED)
    assert f"<script>{SCRIPT}</script>" in text
    assert ("data-live=" in text) is live
    assert ('<a href="?lang=ru">Обновить</a>' in text) is live


def test_the_policy_allows_this_style_and_this_script_and_no_other() -> None:
    text = page(view(Mark.SAVED))
    assert re.findall(r"<style>(.*?)</style>", text, re.DOTALL) == [STYLE]
    assert re.findall(r"<script>(.*?)</script>", text, re.DOTALL) == [SCRIPT]
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert 'style="' not in text


def test_the_operators_own_page_is_one_tap_away() -> None:
    assert f'href="{html.escape(CHECK_URL)}">Проверить у оператора</a>' in page()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example/", "data:text/html,x", "https://", "", "http://[x"]
)
def test_what_is_no_web_address_is_never_followed(url: str) -> None:
    assert 'class="button"' not in page(replace(view(), check_url=url))


def test_a_refused_receipt_and_one_without_an_operator_have_nothing_to_check() -> None:
    assert 'class="button"' not in page(view(Mark.REFUSED))
    assert 'class="button"' not in render_page(view(Mark.PRACTICE), None, language="kk", base_url=BASE)


def test_a_known_bot_keeps_the_receipt() -> None:
    text = render_page(view(), OPERATOR, language="ru", base_url=BASE, bot="TiynKassaBot")
    code = RECEIPT_URL.rpartition("/")[2]
    assert f'href="https://t.me/TiynKassaBot?start=r_{code}"' in text and "t.me/share" not in text
    assert len(f"r_{code}") <= 64


def test_practice_is_written_across_the_page() -> None:
    assert '<svg class="wm" aria-hidden="true">' in page(view(practice=True), "kk")
    assert "ОҚУ</text>" in page(view(practice=True), "kk")
    assert 'class="wm"' not in page()


def test_the_language_is_changed_by_a_link() -> None:
    text = page(language="kk")
    assert text.startswith('<!doctype html><html lang="kk"')
    assert '<a href="?lang=kk" lang="kk" hreflang="kk" aria-current="true">Қазақша</a>' in text
    assert '<a href="?lang=ru" lang="ru" hreflang="ru">Русский</a>' in text


def test_a_chat_shows_the_shop_and_the_total() -> None:
    text = page()
    assert '<meta property="og:title" content="Кофейня «Арба» · 1\u00a0950.00\u00a0₸">' in text
    assert '<meta property="og:description" content="ПРОДАЖА № 12 · 05.03.2026 14:07:09">' in text
    assert f'<meta property="og:url" content="{RECEIPT_URL}">' in text
    relative = page(replace(view(), receipt_url="/r/abc"))
    assert f'<meta property="og:url" content="{BASE}/r/abc">' in relative


CHANGES: list[dict[str, Any]] = [
    {"mark": Mark.AUTONOMOUS_REGISTERED},
    {"fiscal_sign": "1"},
    {"check_url": "https://consumer.oofd.kz/?i=2"},
    {"result_code": 0},
    {"result_text": "OK"},
    {"registered_at": view().registered_at},
    {"autonomous_sign": 5},
    {"document": document(number=13)},
    {"document": document(seller=replace(SELLER, title="Другая"))},
]


@pytest.mark.parametrize("changed", CHANGES, ids=lambda changed: ",".join(changed))
def test_the_etag_changes_with_whatever_may_change(changed: dict[str, Any]) -> None:
    before = view(Mark.AUTONOMOUS)
    assert page_etag(before, "ru") == page_etag(view(Mark.AUTONOMOUS), "ru")
    assert page_etag(replace(before, **changed), "ru") != page_etag(before, "ru")


def test_the_etag_changes_when_the_shift_is_sealed() -> None:
    seal = Seal(20, 3, "9f3a11bc" * 8)
    assert page_etag(view(), "ru", seal) != page_etag(view(), "ru")
    assert page_etag(view(), "ru", seal) != page_etag(view(), "ru", replace(seal, chain_head="0" * 64))


def test_the_page_carries_what_proves_it() -> None:
    shown, seal = view(), Seal(20, 3, "9f3a11bc" * 8)
    text = render_page(shown, OPERATOR, language="ru", base_url=BASE, seal=seal)
    (frozen,) = re.findall(r'data-frozen="([^"]*)"', text)
    made = shown.document
    assert zlib.decompress(base64.b64decode(frozen)) == made.frozen
    assert f'data-before="{made.previous_digest}"' in text and f'data-digest="{made.digest}"' in text
    assert hashlib.sha256(bytes.fromhex(made.previous_digest) + made.frozen).hexdigest() == made.digest
    assert f"<code>{seal.chain_head}</code>" in text and "документов между ними: 7" in text
    assert "Смена 3 ещё открыта" in page(shown)
    assert "9f3a11bc" * 8 not in page(shown)


def test_the_proof_tells_of_other_receipts_only_their_digests() -> None:
    others = [view(number=13), view(Mark.REFUSED, number=14)]
    answer = proof_answer(view(), Seal(15, 3, others[-1].document.digest), others)
    assert base64.b64decode(answer["frozen_bytes"]) == view().document.frozen
    assert answer["following"] == [
        {"number": one.document.number, "digest": one.document.digest} for one in others
    ]
    assert answer["z"] == {"number": 15, "shift": 3, "chain_head": others[-1].document.digest}


def test_the_card_has_its_size_and_no_buyer() -> None:
    """The buyer's number changes nothing of the picture; the total does."""
    with_buyer, without = (
        document(ticket=ticket(customer=Customer(iin_bin="900515301214"))),
        document(ticket=ticket()),
    )
    card = render_card(view(document=without), OPERATOR, "kk")
    assert render_card(view(document=with_buyer), OPERATOR, "kk") == card
    assert render_card(view(document=document(ticket=rich_sale())), OPERATOR, "kk") != card
    picture = Image.open(io.BytesIO(card))
    assert (picture.size, picture.format) == ((1200, 630), "PNG")
    assert len(card) < 60_000


@pytest.mark.parametrize("name", ["Ж" * 128, "<b>" * 40, "X", "饅頭 😀", "\u202eдоход"])
@pytest.mark.parametrize("mark", list(Mark))
def test_a_card_can_be_drawn_of_anything(name: str, mark: Mark) -> None:
    huge = ticket(items=(LineInput("Үй", price=999_999_999_9),), payments=None)
    made = document(seller=replace(SELLER, title=name, taxpayer=name), ticket=huge, practice=True)
    assert Image.open(io.BytesIO(render_card(view(mark, document=made), OPERATOR, "kk"))).size == (1200, 630)


def test_the_etag_is_one_quoted_word_that_differs_by_language_and_stands_in_the_page() -> None:
    etags = {page_etag(view(), language) for language in LANGUAGES}
    assert len(etags) == 3
    assert all(re.fullmatch(r'"[0-9a-f]{32}"', etag) for etag in etags)
    assert f'data-etag="{html.escape(page_etag(view(), "ru"))}"' in page()
    given = render_page(view(), OPERATOR, language="ru", base_url=BASE, etag='"abc"')
    assert 'data-etag="&quot;abc&quot;"' in given


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_unknown_code_is_kind_and_always_the_same(language: PageLanguage) -> None:
    text = render_missing_page(language)
    assert text == render_missing_page(language)
    assert f"<h1>{say(language, 'receipt-missing-title')}</h1>" in text
    for other in LANGUAGES:
        assert html.escape(say(other, "receipt-missing-text")) in text
    assert 'href="https://consumer.oofd.kz/"' in text
    assert "ofd.example.kz" not in text
    assert "<script" not in text


def test_the_page_is_well_formed() -> None:
    for mark in Mark:
        for kind in Kind:
            assert_balanced(page(view(mark, kind, practice=True)))
    assert_balanced(render_missing_page("kk"))


def assert_balanced(text: str) -> None:
    from html.parser import HTMLParser

    empty = {"meta", "hr", "br", "path", "circle", "rect"}
    open_tags: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert len({name for name, _ in attrs}) == len(attrs)
            if tag not in empty:
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in empty:
                assert open_tags.pop() == tag

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            pass

    Parser().feed(text)
    assert open_tags == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_phone_of_320_pixels_shows_all_of_it_and_its_qr_is_read(
    chromium: Path, tmp_path: Path, scheme: str
) -> None:
    import zxingcpp
    from playwright.async_api import async_playwright

    seller = replace(SELLER, taxpayer="Ж" * 128, title="<b>" * 40)
    shown = view(document=document(seller=seller, ticket=rich_sale(), practice=True))
    kept = tmp_path / "receipt.html"
    kept.write_text(page(shown, "kk"), encoding="utf-8")
    asked: list[str] = []
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        context = await browser.new_context(
            viewport={"width": 320, "height": 640},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=False,
            device_scale_factor=2,
        )
        tab = await context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        await tab.goto(kept.as_uri())
        widest = max([(await box.bounding_box() or {"width": 0})["width"] for box in await tab.locator("p, h1").all()])
        picture = await tab.locator(".qr").screenshot()
        whole = await tab.screenshot(full_page=True)
        await browser.close()
    assert widest <= 320
    assert Image.open(io.BytesIO(whole)).width == 640
    assert asked == [kept.as_uri()]
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert [code.text for code in read] == [CHECK_URL]


@pytest.mark.browser
async def test_the_mark_changes_in_place_under_the_policy_that_the_page_names(chromium: Path) -> None:
    """Saved, then not modified, then registered: the reader touches nothing."""
    from playwright.async_api import Request, Route, async_playwright, expect

    saved, registered = view(Mark.SAVED), view(Mark.REGISTERED)
    conditions: list[str | None] = []
    refused: list[str] = []

    async def serve(route: Route, request: Request) -> None:
        conditions.append(request.headers.get("if-none-match"))
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": CONTENT_SECURITY_POLICY}
        if len(conditions) == 2:
            await route.fulfill(status=304, headers=headers)
            return
        await route.fulfill(body=page(saved if len(conditions) == 1 else registered), headers=headers)

    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        tab = await browser.new_page()
        tab.on("console", lambda message: refused.append(message.text))
        tab.on("pageerror", lambda error: refused.append(str(error)))
        await tab.clock.install()
        await tab.route("**/r/**", serve)
        await tab.goto(RECEIPT_URL)
        await expect(tab.locator("#state strong")).to_have_text("Регистрируется…")
        for seen in (2, 3):
            async with tab.expect_response("**/r/**"):
                await tab.clock.run_for(2000)
            assert len(conditions) == seen
        await expect(tab.locator("#state strong")).to_have_text("Зарегистрирован")
        await expect(tab.locator(".fiscal_receipt")).to_have_text("ФИСКАЛЬНЫЙ ЧЕК")
        await expect(tab.locator("#act a.button")).to_have_attribute("href", CHECK_URL)
        await tab.clock.run_for(600_000)
        await browser.close()
    assert conditions == [None, page_etag(saved, "ru"), page_etag(saved, "ru")]
    assert refused == []
