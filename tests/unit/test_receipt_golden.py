"""Golden pictures: every document in every output, in two languages and two widths, as it was looked at and liked.

`TIYN_DRAW_GOLDEN=1` draws them anew; look at each before it is kept. They are kept small: half the size, sixteen
shades. The comparison smooths thin edges away, so another version of a library may set them a little differently.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.async_api import Route, async_playwright
from receipt_samples import RECEIPT_URL, SELLER, document, report, rich_sale, view
from test_receipt_outputs import OPERATOR, job_of

from core.domain.ticket import Kind
from core.domain.view import DocumentView, Mark
from core.receipt.blocks import Layout, LayoutLanguage
from core.receipt.card import render_card
from core.receipt.fonts import font_bytes
from core.receipt.layout import receipt_layout, report_layout
from core.receipt.page import PageLanguage, render_page
from core.receipt.pdf import About, render_pdf
from core.receipt.picture import encoded, render_picture
from core.receipt.proof import Seal
from core.receipt.sheet import PaperName
from core.receipt.text import COLUMNS, render_text
from printer_bridge.profile import PAPERS
from printer_bridge.render import render
from sandbox.printer.drawing import draw
from sandbox.printer.reader import EscposReader
from sandbox.printer.roll import Roll, Torn

GOLDEN = Path(__file__).parents[1] / "golden" / "papers"
DRAW = os.environ.get("TIYN_DRAW_GOLDEN") == "1"
BLOCK_DOTS = 4
DIFFERENCE_MIN = 48
SHARE_MAX = 0.004
LANGUAGES: tuple[LayoutLanguage, ...] = ("kk-ru", "ru")
PAGE_LANGUAGES: tuple[PageLanguage, ...] = ("kk", "ru")
WIDTHS: tuple[PaperName, ...] = ("58", "80")

VIEWS: dict[str, DocumentView] = {
    "sale": view(document=document(ticket=rich_sale())),
    "sale-autonomous": view(Mark.AUTONOMOUS, practice=True),
    "sale-return": view(Mark.AUTONOMOUS_REGISTERED, Kind.SELL_RETURN),
    "purchase": view(kind=Kind.BUY),
    "purchase-return": view(kind=Kind.BUY_RETURN),
    "refused": view(Mark.REFUSED),
    "deposit": view(kind=Kind.DEPOSIT),
    "withdrawal": view(Mark.AUTONOMOUS, Kind.WITHDRAWAL),
    "z": view(Mark.AUTONOMOUS_REGISTERED, Kind.SHIFT_CLOSE),
}
COPIES = {"purchase", "deposit"}
X = "x"


def layout_of(name: str, language: LayoutLanguage) -> Layout:
    if name == X:
        return report_layout(report(), SELLER, OPERATOR, language=language)
    return receipt_layout(VIEWS[name], OPERATOR, language=language, copy=name in COPIES)


def pdf_picture(layout: Layout, width: PaperName) -> bytes:
    """The file as a viewer shows it, its pages one below the other."""
    data = render_pdf(layout, width, About(SELLER.taxpayer, VIEWS["sale"].document.made_at))
    pages = [page.render(scale=2).to_pil().convert("L") for page in pypdfium2.PdfDocument(data)]
    whole = Image.new("L", (max(one.width for one in pages), sum(one.height for one in pages)), 255)
    top = 0
    for one in pages:
        whole.paste(one, (0, top))
        top += one.height
    return encoded(whole)


def printed(layout: Layout, width: PaperName, *, drawn: bool) -> bytes:
    """The paper as it comes out of the printer, in its own letters or drawn."""
    profile = replace(PAPERS[width], letters="drawn" if drawn else "page", own_qr=not drawn)
    papers: list[Torn] = []
    EscposReader(Roll(profile.width_dots), papers.append, lambda _: None).feed(render(job_of(layout), profile))
    return draw(papers[0], profile.width_dots)


OUTPUTS: dict[str, Callable[[Layout, PaperName], bytes]] = {
    "png": render_picture,
    "pdf": pdf_picture,
    "paper": lambda layout, width: printed(layout, width, drawn=False),
    "paper-drawn": lambda layout, width: printed(layout, width, drawn=True),
}


def small(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data)).convert("L")
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)


def assert_as_kept(name: str, data: bytes) -> None:
    path, now = GOLDEN / f"{name}.png", small(data)
    if DRAW:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encoded(now))
    kept = Image.open(path).convert("L")
    assert now.size == kept.size
    assert share_of_difference(now, kept) <= SHARE_MAX, f"{name} does not look as it was kept"


def share_of_difference(one: Image.Image, other: Image.Image) -> float:
    """How much of the picture differs, in blocks of a few dots."""
    size = (max(1, one.width // BLOCK_DOTS), max(1, one.height // BLOCK_DOTS))
    blocks = [image.resize(size, Image.Resampling.BOX).tobytes() for image in (one, other)]
    differing = sum(abs(a - b) > DIFFERENCE_MIN for a, b in zip(*blocks, strict=True))
    return differing / len(blocks[0])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("name", [*VIEWS, X])
def test_every_paper_looks_as_it_was_kept(name: str, output: str, language: LayoutLanguage, width: PaperName) -> None:
    data = OUTPUTS[output](layout_of(name, language), width)
    assert_as_kept(f"{output}/{name}-{language}-{width}", data)


def test_a_picture_on_a4_looks_as_it_was_kept() -> None:
    assert_as_kept("png/sale-kk-ru-a4", render_picture(layout_of("sale", "kk-ru"), "a4"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*VIEWS, X])
def test_every_file_on_a4_looks_as_it_was_kept(name: str, language: LayoutLanguage) -> None:
    assert_as_kept(f"pdf/{name}-{language}-a4", pdf_picture(layout_of(name, language), "a4"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*VIEWS, X])
def test_every_text_is_the_kept_one_letter_for_letter(name: str, language: LayoutLanguage, width: PaperName) -> None:
    path = GOLDEN / "text" / f"{name}-{language}-{width}.txt"
    text = render_text(layout_of(name, language), COLUMNS[width])
    if DRAW:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_every_card_looks_as_it_was_kept(name: str, language: PageLanguage) -> None:
    assert_as_kept(f"card/{name}-{language}", render_card(VIEWS[name], OPERATOR, language))


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
async def test_every_page_looks_as_it_was_kept(chromium: Path, language: PageLanguage, width: int) -> None:
    """Set in our own font, because every machine has others."""
    different: list[str] = []
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        tab = await browser.new_page(viewport={"width": width, "height": 800}, color_scheme="light")
        for weight, file in ((400, "DejaVuSans"), (700, "DejaVuSans-Bold")):
            await tab.route(f"**/{weight}.ttf", partial(answered, font_bytes(file), "font/ttf"))
        for name, shown in VIEWS.items():
            seal = Seal(20, 3, "9f3a11bc" * 8)
            html = render_page(shown, OPERATOR, language=language, base_url="https://tiyn.example.kz", seal=seal)
            await tab.route("**/r/*", partial(answered, html, "text/html; charset=utf-8"))
            await tab.goto(RECEIPT_URL)
            await tab.add_style_tag(content=OWN_FONT)
            await tab.evaluate("document.fonts.load('700 16px Own').then(() => document.fonts.load('16px Own'))")
            try:
                assert_as_kept(f"page/{name}-{language}-{width}", await tab.screenshot(full_page=True))
            except AssertionError as error:
                different.append(f"{name}: {error}")
        await browser.close()
    assert different == []


async def answered(body: str | bytes, media: str, route: Route) -> None:
    await route.fulfill(body=body, content_type=media)


OWN_FONT = """
@font-face { font-family: Own; font-weight: 400; src: url(/400.ttf); }
@font-face { font-family: Own; font-weight: 700; src: url(/700.ttf); }
* { font-family: Own !important; }
"""
