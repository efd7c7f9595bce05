"""Pictures and files for the chat, drawn beside the event loop when their message is sent."""

from __future__ import annotations

from typing import cast

from aiogram.types import BufferedInputFile

from bot.screens.screen import PDF, Paper
from core.ofd.operators import OPERATORS
from core.receipt.blocks import LayoutLanguage
from core.receipt.layout import receipt_layout
from core.receipt.pdf import About
from core.receipt.sheet import PaperName
from core.receipt.words import clean
from core.receipt.workshop import WORKSHOP
from core.reports.evening_picture import Picture, render_evening
from core.usecases.books import Books

PAPER_WIDTH: PaperName = "80"


class Drawings:
    """Draws what the journal holds now: a picture that is sent late shows the latest mark."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def drawn(self, wanted: Paper | Picture) -> BufferedInputFile:
        """The file to send. Raises ``DRAWING_BUSY`` and ``NOT_FOUND``."""
        if isinstance(wanted, Picture):
            return BufferedInputFile(await WORKSHOP.draw(lambda: render_evening(wanted)), "evening.png")
        return await self._paper(wanted)

    async def _paper(self, paper: Paper) -> BufferedInputFile:
        view = await self._books.document(paper.register_id, paper.number)
        document = view.document
        operator = OPERATORS.get(document.seller.operator)
        layout = receipt_layout(view, operator, language=cast(LayoutLanguage, paper.language))
        name = f"tiyn-{document.number}"
        if paper.form == PDF:
            about = About(clean(document.seller.taxpayer), document.made_at)
            return BufferedInputFile(await WORKSHOP.pdf(layout, PAPER_WIDTH, about), f"{name}.pdf")
        return BufferedInputFile(await WORKSHOP.picture(layout, PAPER_WIDTH), f"{name}.png")
