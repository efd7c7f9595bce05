"""Whatever stands in the layout stands in every output, whoever wrote it."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from receipt_samples import SELLER, document, report, rich_sale, ticket, view

from core.domain.names import has_control_characters, is_visible
from core.domain.ticket import Cashier, Kind, LineInput
from core.domain.view import DocumentView, Mark
from core.ofd.operators import operator
from core.receipt.blocks import Badge, CopyMark, Layout, LayoutLanguage, Qr, Role, Row, Text
from core.receipt.cells import row, wrap
from core.receipt.identify import identify_paper
from core.receipt.layout import receipt_layout, report_layout
from core.receipt.page import render_page
from core.receipt.page_parts import SCRIPT
from core.receipt.print_job import print_blocks
from core.receipt.text import COLUMNS, render_text
from core.receipt.words import clean
from printer_bridge.job import Job, parse_job
from printer_bridge.lines import Line, lines_of

OPERATOR = operator("kazakhtelecom")
LANGUAGES: tuple[LayoutLanguage, ...] = get_args(LayoutLanguage)
BASE = "https://tiyn.example.kz"

DEAREST = (LineInput("Ж" * 128, price=9_999_999_999, quantity=100_000, ntin="0" * 64, mark="0104600" * 20),)
VIEWS = {
    "sale": view(),
    "rich sale, autonomous": view(Mark.AUTONOMOUS, document=document(ticket=rich_sale(), practice=True)),
    "return": view(Mark.AUTONOMOUS_REGISTERED, Kind.SELL_RETURN),
    "purchase": view(kind=Kind.BUY),
    "refused": view(Mark.REFUSED),
    "saved": view(Mark.SAVED),
    "deposit": view(kind=Kind.DEPOSIT),
    "close": view(Mark.AUTONOMOUS, Kind.SHIFT_CLOSE),
    "as dear as can be": view(document=document(ticket=ticket(items=DEAREST))),
    "a hundred million": view(document=document(Kind.DEPOSIT, sum=100_000_000_00)),
}

HOSTILE = {
    "markup": "<script>alert(1)</script>\"'&amp;<img src=x onerror=alert(2)>",
    "printer commands": "\x1b@\x1dV\x00\x1b!\x30Сыр\x10\x04\x01\x9b31m",
    "direction marks": "\u202eдоход\u202c \u2066x\u2069 \u200fשלום عربى",
    "pictures": "👩‍👩‍👧‍👦🇰🇿🍞️ 饅頭",
    "no spaces": "Ж" * 128,
    "one letter": "X",
    "accents": "Z" + "\u0301" * 100,
    "lines": "первая\r\nвторая\u2028третья\t\x0b",
    "as if it were ours": "МТН/РНМ 999999999999",
    "as if it were a copy": "КӨШІРМЕ / ДУБЛИКАТ",
    "placeholders": "{ $time } %s {0} &nbsp; </style></title>",
}


def squeezed(text: str) -> str:
    return "".join(text.split())


def pieces(layout: Layout) -> list[str]:
    """What a reader must find, in order; the copy mark only on copies."""
    found: list[str] = []
    for block in layout.blocks:
        match block:
            case Text(text=text) | Badge(text=text):
                found.append(text)
            case Row(left=left, right=right):
                found += [left, right]
            case Qr(caption=caption):
                found.append(caption)
            case CopyMark(text=text) if layout.copy:
                found.append(text)
            case _:
                pass
    return [squeezed(piece) for piece in found]


def assert_in_order(layout: Layout, output: str) -> None:
    place = 0
    output = squeezed(output)
    for piece in pieces(layout):
        found = output.find(piece, place)
        assert found >= 0, f"{piece!r} is not in {output[place:]!r}"
        place = found + len(piece)


def page_text(page: str) -> str:
    """The words of the paper on the page, drawings taken away."""
    article = re.search(r'<article id="paper">(.*)</article>', page, re.DOTALL)
    assert article is not None
    without_drawings = re.sub(r"<svg.*?</svg>", "", article.group(1), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", without_drawings))


def job_of(layout: Layout) -> Job:
    return parse_job(
        {
            "id": "job-1",
            "sequence": 1,
            "register_id": "7d0c2a52",
            "document": 12,
            "title": layout.title,
            "copy": layout.copy,
            "language": layout.language,
            "blocks": print_blocks(layout),
        }
    )


def paper_text(job: Job, width: int = 48) -> str:
    """What the bridge sets on paper, as text."""
    return "\n".join(
        line.text if isinstance(line, Line) else f"{line.caption} {line.data}" for line in lines_of(job, width)
    )


def cells(text: str) -> int:
    """Counted apart from the product's own way."""
    shown = [c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Mn", "Me", "Cf")]
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", VIEWS.values(), ids=VIEWS.keys())
def test_each_requisite_is_in_every_output(shown: DocumentView, language: LayoutLanguage) -> None:
    for copy in (False, True):
        layout = receipt_layout(shown, OPERATOR, language=language, copy=copy)
        for width in COLUMNS.values():
            assert_in_order(layout, render_text(layout, width))
        assert_in_order(layout, paper_text(job_of(layout), 48))
        assert_in_order(layout, paper_text(job_of(layout), 32))
    if language != "kk-ru":
        plain = receipt_layout(shown, OPERATOR, language=language)
        assert_in_order(plain, page_text(render_page(shown, OPERATOR, language=language, base_url=BASE)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_x_report_is_whole_in_text_and_on_paper(language: LayoutLanguage) -> None:
    layout = report_layout(report(), SELLER, OPERATOR, language=language)
    for width in COLUMNS.values():
        assert_in_order(layout, render_text(layout, width))
        assert_in_order(layout, paper_text(job_of(layout), width))


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_names_stay_names(name: str) -> None:
    seller = replace(SELLER, title=name, taxpayer=name, address=name, address_kk="", znm=name)
    made = document(
        seller=seller,
        cashier=Cashier(1, name),
        ticket=ticket(items=(LineInput(name.strip()[:128], price=100, ntin=name, mark=name),)),
    )
    shown = replace(view(document=made), result_text=name, fiscal_sign=name, check_url=f"https://x.kz/?{name}")
    layout = receipt_layout(shown, OPERATOR, language="ru", copy=True)
    text, page = render_text(layout, 32), render_page(shown, OPERATOR, language="ru", base_url=BASE)
    for output in (text, page, paper_text(job_of(layout))):
        categories = {unicodedata.category(letter) for letter in output.replace("\n", "")}
        assert not categories & {"Cc", "Cf", "Cs"}
    assert all(cells(line) <= 32 for line in text.splitlines())
    assert page.count("<script") == page.count(f"<script>{SCRIPT}</script>") == 1
    assert not re.findall(r"<(?:img|iframe|object|link|base|form)\b", page)
    assert not re.findall(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', page))
    assert_in_order(receipt_layout(shown, OPERATOR, language="ru"), page_text(page))
    found = identify_paper(text)
    assert found is not None
    assert (found.rnm, found.number, found.title, found.copy) == (SELLER.rnm, 12, "ПРОДАЖА", True)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_goods_cannot_change_what_a_paper_says_of_itself(name: str) -> None:
    made = document(ticket=ticket(items=(LineInput(name.strip()[:128], price=100),)))
    text = render_text(receipt_layout(view(document=made), OPERATOR, language="kk-ru"), 48)
    assert identify_paper(text) == (SELLER.rnm, 12, "САТУ/ПРОДАЖА", False)


@pytest.mark.parametrize("copy", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_a_paper_is_identified_by_its_own_text(kind: Kind, language: LayoutLanguage, copy: bool) -> None:
    shown = view(Mark.AUTONOMOUS, kind, practice=True, number=1234567)
    layout = receipt_layout(shown, OPERATOR, language=language, copy=copy)
    for text in (
        *(render_text(layout, width) for width in COLUMNS.values()),
        paper_text(job_of(layout), 48),
        paper_text(job_of(layout), 32),
    ):
        found = identify_paper(text)
        assert found is not None
        assert layout.title == f"{found.title} № 1234567"
        assert (found.rnm, found.number, found.copy) == (SELLER.rnm, 1234567, copy)


@pytest.mark.parametrize("text", ["", "МТН/РНМ 010101234567", "Құжат/Документ № 12", "хлеб 180", "№ 12\n" * 1000])
def test_what_is_no_paper_of_ours_is_not_identified(text: str) -> None:
    assert identify_paper(text) is None


def test_an_x_report_is_not_taken_for_a_document() -> None:
    assert identify_paper(render_text(report_layout(report(), SELLER, OPERATOR, language="ru"), 48)) is None


def test_sums_on_paper_have_no_currency_sign() -> None:
    """₸ is in no code page of a printer (STACK.md)."""
    for shown in VIEWS.values():
        assert "₸" not in paper_text(job_of(receipt_layout(shown, OPERATOR, language="kk-ru")))


def test_the_labels_of_a_paper_are_in_the_printers_own_letters() -> None:
    """Code page 53 (kz1048): a line that is not in it goes out as a picture and costs time."""
    for shown in VIEWS.values():
        for language in LANGUAGES:
            paper_text(job_of(receipt_layout(shown, OPERATOR, language=language))).encode("kz1048")


def test_the_marks_across_the_paper_are_inverted_and_the_copy_mark_is_the_bridges_to_print() -> None:
    blocks = print_blocks(receipt_layout(view(Mark.AUTONOMOUS, practice=True), OPERATOR, language="kk-ru"))
    inverted = [block["text"] for block in blocks if block.get("inverted")]
    assert inverted == ["ОҚУ / УЧЕБНЫЙ", "АВТОНОМДЫ / АВТОНОМНЫЙ"]
    assert [block["text"] for block in blocks if block["type"] == "copy_mark"] == ["КӨШІРМЕ / ДУБЛИКАТ"]


names = st.text(min_size=1, max_size=128).filter(
    lambda text: is_visible(text.strip()) and not has_control_characters(text) and "\ud800" not in text
)


@settings(max_examples=40, deadline=None)
@given(
    name=names,
    price=st.integers(1, 9_999_999_999),
    quantity=st.integers(500, 100_000),
    width=st.sampled_from(list(COLUMNS.values())),
)
def test_no_line_is_wider_than_the_paper(name: str, price: int, quantity: int, width: int) -> None:
    made = document(ticket=ticket(items=(LineInput(name, price=price, quantity=quantity),)), cashier=Cashier(1, name))
    for language in LANGUAGES:
        text = render_text(receipt_layout(view(document=made), OPERATOR, language=language), width)
        assert [line for line in text.splitlines() if cells(line) > width] == []


@given(left=st.text(max_size=60).map(clean), right=st.text(max_size=60).map(clean), width=st.integers(8, 64))
def test_a_row_loses_nothing_and_fits(left: str, right: str, width: int) -> None:
    lines = row(left, right, width)
    assert squeezed("".join(lines)) == squeezed(left + right)
    assert all(cells(line) <= width for line in lines)


@given(text=st.text(max_size=200).map(clean), width=st.integers(2, 64))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(cells(line) <= width for line in lines)


@given(st.text(max_size=300))
def test_cleaning_is_done_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_long_receipt_is_whole() -> None:
    items = tuple(LineInput(f"Товар {place}", price=place * 100) for place in range(1, 251))
    layout = receipt_layout(view(document=document(ticket=ticket(items=items))), OPERATOR, language="kk-ru")
    assert_in_order(layout, render_text(layout, 48))
    assert_in_order(layout, paper_text(job_of(layout)))
    assert len(layout.of(Role.ITEM)) == 250
