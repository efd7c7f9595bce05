"""A document or report as the paper that people see: which layout, which operator, which width."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import Query
from starlette.responses import PlainTextResponse, Response

from core.domain.registration import Registration
from core.domain.report import Report
from core.domain.view import DocumentView
from core.ofd.operators import OPERATORS, Operator
from core.receipt.blocks import Block, Layout, LayoutLanguage
from core.receipt.layout import receipt_layout, report_layout
from core.receipt.pdf import About
from core.receipt.text import COLUMNS, render_text
from core.receipt.words import clean
from core.receipt.workshop import WORKSHOP

PaperWidth = Literal["58", "80", "a4"]
Width = Annotated[PaperWidth, Query(description="The paper: 58 or 80 mm, or A4.")]
Language = Annotated[LayoutLanguage, Query(description="The receipt's language; kk-ru has both on a line.")]


def operator_of(code: str | None) -> Operator | None:
    """The operator under this code; a practice register may have none."""
    return OPERATORS.get(code or "")


def document_paper(view: DocumentView, language: LayoutLanguage, *, copy: bool = False) -> Layout:
    """The paper of a document, with the requisites that were frozen with it."""
    operator = operator_of(view.document.seller.operator)
    return receipt_layout(view, operator, language=language, copy=copy)


def report_paper(report: Report, registration: Registration, language: LayoutLanguage) -> Layout:
    """The paper of an X-report."""
    return report_layout(
        report,
        registration.requisites,
        operator_of(registration.operator),
        language=language,
        practice=registration.practice,
    )


def about_document(view: DocumentView) -> About:
    """What a document's PDF file says of itself."""
    return About(clean(view.document.seller.taxpayer), view.document.made_at)


def about_report(report: Report, registration: Registration) -> About:
    """What an X-report's PDF file says of itself."""
    return About(clean(registration.requisites.taxpayer), report.made_at)


def text_response(layout: Layout, width: PaperWidth) -> Response:
    """The paper as plain text."""
    return PlainTextResponse(render_text(layout, COLUMNS[width]), headers={"Cache-Control": "no-store"})


async def pdf_response(layout: Layout, width: PaperWidth, about: About, name: str) -> Response:
    """The paper as a PDF file; ``name`` is what it is called when it is kept."""
    return _file(await WORKSHOP.pdf(layout, width, about), "application/pdf", f"{name}.pdf")


async def picture_response(layout: Layout, width: PaperWidth, name: str) -> Response:
    """The paper as a PNG picture."""
    return _file(await WORKSHOP.picture(layout, width), "image/png", f"{name}.png")


def _file(content: bytes, media: str, name: str) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)


def layout_answer(layout: Layout) -> dict[str, Any]:
    """The layout as data; each block names its type and its role."""
    return {
        "title": layout.title,
        "language": layout.language,
        "copy": layout.copy,
        "blocks": [_block_answer(block) for block in layout.blocks],
    }


def _block_answer(block: Block) -> dict[str, Any]:
    return {"type": _type_name(block), **asdict(block)}


def _type_name(block: Block) -> str:
    """``copy_mark`` for a ``CopyMark``."""
    name = type(block).__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
