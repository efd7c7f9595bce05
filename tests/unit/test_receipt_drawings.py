"""PDF files and pictures: all of the layout stands in them, hostile words stay words, long papers stay whole."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import get_args

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from receipt_samples import CHECK_URL, SELLER, document, report, ticket, view
from test_receipt_outputs import HOSTILE, OPERATOR, VIEWS, assert_in_order, squeezed

from core.domain.ticket import Cashier, Kind, LineInput
from core.domain.view import DocumentView, Mark
from core.errors import Refused
from core.receipt.blocks import Layout, LayoutLanguage
from core.receipt.layout import receipt_layout, report_layout
from core.receipt.measure import fold, width_of
from core.receipt.pdf import About, render_pdf
from core.receipt.picture import HEIGHT_PIXELS_MAX, SCALE, render_picture
from core.receipt.sheet import MM, PAPERS, Code, Ghost, PaperName, Sheet, Stroke, Word
from core.receipt.typeset import typeset
from core.receipt.workshop import Workshop

LANGUAGES: tuple[LayoutLanguage, ...] = get_args(LayoutLanguage)
NAMES: tuple[PaperName, ...] = get_args(PaperName)
ABOUT = About(SELLER.taxpayer, view().document.made_at)


def words(sheet: Sheet) -> list[Word]:
    return [one for page in sheet.pages for one in page.drawn if isinstance(one, Word)]


def set_text(sheet: Sheet) -> str:
    """The words of a sheet as read from the top, lines from the left."""
    found = []
    for page in sheet.pages:
        here = [one for one in page.drawn if isinstance(one, Word)]
        found += [one.text for one in sorted(here, key=lambda one: (one.y, one.align == "right"))]
    return "\n".join(found)


def layouts(shown: DocumentView, language: LayoutLanguage) -> list[Layout]:
    return [receipt_layout(shown, OPERATOR, language=language, copy=copy) for copy in (False, True)]


def sale_of(lines: int) -> DocumentView:
    items = tuple(LineInput(f"Тауар {place}", price=place * 100, ntin="0200123456789") for place in range(1, lines + 1))
    return view(Mark.AUTONOMOUS, document=document(ticket=ticket(items=items), practice=True))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", VIEWS.values(), ids=VIEWS.keys())
def test_each_requisite_is_drawn_and_can_be_selected(
    shown: DocumentView, language: LayoutLanguage, name: PaperName
) -> None:
    for layout in layouts(shown, language):
        sheet = typeset(layout, name)
        assert_in_order(layout, set_text(sheet))
        pages = PdfReader(BytesIO(render_pdf(layout, name, ABOUT))).pages
        text = squeezed("".join(page.extract_text() for page in pages))
        assert [one.text for one in words(sheet) if squeezed(one.text) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_x_report_is_whole_in_every_drawing(language: LayoutLanguage) -> None:
    layout = report_layout(report(), SELLER, OPERATOR, language=language, practice=True)
    for name in NAMES:
        assert_in_order(layout, set_text(typeset(layout, name)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", VIEWS.values(), ids=VIEWS.keys())
def test_nothing_stands_outside_the_column_or_on_something_else(
    shown: DocumentView, language: LayoutLanguage, name: PaperName
) -> None:
    paper = PAPERS[name]
    left, right = (paper.width - paper.column) / 2, (paper.width + paper.column) / 2
    for layout in layouts(shown, language):
        for page in typeset(layout, name).pages:
            lines: dict[float, list[tuple[float, float]]] = {}
            for one in page.drawn:
                match one:
                    case Word():
                        start, end = span(one)
                        assert start >= left - 0.5 and end <= right + 0.5, one
                        assert 0 < one.y < page.height
                        lines.setdefault(round(one.y, 2), []).append((start, end))
                    case Stroke(points=points):
                        assert all(left - 0.5 <= x <= right + 0.5 and 0 < y < page.height for x, y in points)
                    case Code(x=x, side=side):
                        assert left <= x and x + side <= right
                    case Ghost():
                        pass
            for spans in lines.values():
                spans.sort()
                assert all(one[1] <= other[0] for one, other in pairwise(spans))


def span(word: Word) -> tuple[float, float]:
    width = width_of(word.text, word.size, bold=word.bold)
    start = {"left": word.x, "center": word.x - width / 2, "right": word.x - width}[word.align]
    return start, start + width


@pytest.mark.parametrize("name", NAMES)
def test_the_qr_of_a_picture_and_of_a_file_is_the_operators_link(name: PaperName) -> None:
    layout = receipt_layout(view(practice=True), OPERATOR, language="kk-ru")
    picture = Image.open(BytesIO(render_picture(layout, name)))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [CHECK_URL]
    assert picture.width == round(PAPERS[name].width * SCALE)
    (code,) = [one for page in typeset(layout, name).pages for one in page.drawn if isinstance(one, Code)]
    assert code.side / len(code.rows) >= 0.45 * MM, "a module that a phone reads from paper"


def test_a_qr_of_five_hundred_characters_is_read_from_the_picture() -> None:
    link = "https://ofd.kz/t/?" + "a1" * 241
    layout = receipt_layout(replace(view(), check_url=link), OPERATOR, language="ru")
    picture = Image.open(BytesIO(render_picture(layout, "80")))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]


def test_a_file_says_what_it_is_and_needs_no_font_of_the_reader() -> None:
    layout = receipt_layout(view(), OPERATOR, language="kk-ru")
    data = render_pdf(layout, "80", ABOUT)
    assert data == render_pdf(layout, "80", ABOUT)
    reader = PdfReader(BytesIO(data))
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author, about.creator) == ("САТУ/ПРОДАЖА № 12", "ТОО «Арба и друзья»", "Tiyn")
    assert about.creation_date == view().document.made_at
    assert reader.trailer["/Root"]["/Lang"] == "kk"
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    used = [font for font in fonts if font["/Subtype"] != "/Type1"]
    assert {name for font in used for name in font["/FontDescriptor"]} >= {"/FontFile2"}
    assert len(data) < 60_000


@pytest.mark.parametrize(("name", "pages"), [("58", 1), ("80", 1), ("a4", 2)])
def test_three_hundred_lines_come_out_whole_on_every_paper(name: PaperName, pages: int) -> None:
    layout = receipt_layout(sale_of(300), OPERATOR, language="kk-ru")
    sheet = typeset(layout, name)
    assert len(sheet.pages) >= pages
    assert_in_order(layout, set_text(sheet))
    reader = PdfReader(BytesIO(render_pdf(layout, name, ABOUT)))
    assert len(reader.pages) == len(sheet.pages)
    assert all(float(page.mediabox.height) <= 14_400 for page in reader.pages)
    assert Image.open(BytesIO(render_picture(layout, name))).height <= HEIGHT_PIXELS_MAX + 1


def test_the_pages_of_a4_are_numbered() -> None:
    sheet = typeset(receipt_layout(sale_of(100), OPERATOR, language="ru"), "a4")
    numbers = [[one.text for one in page.drawn if isinstance(one, Word)][-1] for page in sheet.pages]
    assert numbers == [f"{place} / {len(sheet.pages)}" for place in range(1, len(sheet.pages) + 1)]
    assert len(numbers) > 2


@pytest.mark.parametrize("lines", range(1, 60))
def test_signs_and_code_stand_together_on_the_last_page_of_a4(lines: int) -> None:
    sheet = typeset(receipt_layout(sale_of(lines), OPERATOR, language="kk-ru"), "a4")
    last = sheet.pages[-1].drawn
    assert any(isinstance(one, Code) for one in last)
    texts = [one.text for one in last if isinstance(one, Word)]
    assert "404497470" in texts and "МТН/РНМ" in texts
    assert len(sheet.pages) == 1 or lines > 5


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_names_stay_words_in_drawings(text: str) -> None:
    seller = replace(SELLER, title=text, taxpayer=text, address=text, address_kk="", znm=text)
    items = (LineInput(text.strip()[:128], price=100, ntin=text, mark=text),)
    made = document(seller=seller, cashier=Cashier(1, text), ticket=ticket(items=items))
    layout = receipt_layout(view(document=made), OPERATOR, language="ru", copy=True)
    for name in NAMES:
        assert_in_order(layout, set_text(typeset(layout, name)))
        data = render_pdf(layout, name, About(text, made.made_at))
        assert b"/JavaScript" not in data and b"/URI" not in data
        assert name == "a4" or len(PdfReader(BytesIO(data)).pages) == 1
        assert Image.open(BytesIO(render_picture(layout, name))).format == "PNG"


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=150), st.floats(20, 400), st.booleans())
def test_folding_loses_nothing_and_fits(text: str, room: float, bold: bool) -> None:
    lines = fold(text, room, 8.6, bold=bold)
    assert lines and squeezed("".join(lines)) == squeezed(text)
    assert all(width_of(line, 8.6, bold=bold) <= room or len(line.strip()) == 1 for line in lines)


def test_practice_stands_behind_the_words_and_a_real_receipt_has_none() -> None:
    for practice in (True, False):
        sheet = typeset(receipt_layout(view(practice=practice), OPERATOR, language="kk"), "80")
        ghosts = [one.text for page in sheet.pages for one in page.drawn if isinstance(one, Ghost)]
        assert ghosts == (["ОҚУ"] if practice else [])


async def test_a_workshop_draws_beside_the_loop_and_refuses_more_than_it_can_hold() -> None:
    workshop, gate = Workshop(threads=1, waiting_max=2), threading.Event()

    def act() -> bytes:
        assert threading.current_thread() is not threading.main_thread()
        gate.wait()
        return b"drawn"

    first, second = asyncio.create_task(workshop.draw(act)), asyncio.create_task(workshop.draw(act))
    await asyncio.sleep(0)
    with pytest.raises(Refused, match="DRAWING_BUSY"):
        await workshop.draw(act)
    first.cancel()
    gate.set()
    assert await second == b"drawn"
    assert await workshop.draw(lambda: b"again") == b"again"


async def test_a_drawing_that_fails_leaves_its_place_to_the_next() -> None:
    workshop = Workshop(threads=1, waiting_max=1)

    def broken() -> bytes:
        raise ValueError("no ink")

    for _ in range(3):
        with pytest.raises(ValueError, match="no ink"):
            await workshop.draw(broken)
    layout = receipt_layout(view(kind=Kind.DEPOSIT), OPERATOR, language="kk")
    assert (await workshop.picture(layout, "58")).startswith(b"\x89PNG")
    assert (await workshop.pdf(layout, "58", ABOUT)).startswith(b"%PDF")
