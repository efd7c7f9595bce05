"""A layout as a PDF file: the sheet with its fonts embedded, its text selectable, the same bytes every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any, assert_never

from core.clock import ALMATY
from core.receipt.blocks import Layout, LayoutLanguage
from core.receipt.fonts import BOLD, REGULAR, font_bytes
from core.receipt.sheet import Code, Drawn, Ghost, Page, PaperName, Sheet, Stroke, Tone, Word
from core.receipt.typeset import dark_runs, typeset

WHITE = 255
DASH = (1.6, 1.6)
GHOST_ANGLE = 28
GHOST_STEP = 9.0
LANGUAGE_TAGS: dict[LayoutLanguage, str] = {"kk-ru": "kk", "kk": "kk", "ru": "ru", "en": "en"}


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself beside its title: who issued it, and the fiscal time of what it shows."""

    author: str
    made_at: datetime


def render_pdf(layout: Layout, paper: PaperName, about: About) -> bytes:
    """The paper as PDF. Costs tens of milliseconds: not for the event loop."""
    from reportlab.pdfgen.canvas import Canvas

    _fonts_registered()
    sheet = typeset(layout, paper)
    out = BytesIO()
    language = LANGUAGE_TAGS[layout.language]
    canvas = Canvas(out, pageCompression=1, invariant=1, lang=language, initialFontName=REGULAR)
    canvas.setTitle(layout.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(layout.title)
    canvas.setCreator("Tiyn")
    canvas.setProducer("Tiyn")
    made_at = about.made_at.astimezone(ALMATY)
    canvas.setDateFormatter(lambda *_: made_at.strftime("D:%Y%m%d%H%M%S+05'00'"))
    for page in sheet.pages:
        _draw_page(canvas, sheet, page)
    canvas.save()
    return out.getvalue()


@cache
def _fonts_registered() -> None:
    """The library keeps fonts by name for the whole process; parsing them once costs as much as a receipt."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (REGULAR, BOLD):
        registerFont(TTFont(name, BytesIO(font_bytes(name))))


def _draw_page(canvas: Any, sheet: Sheet, page: Page) -> None:
    canvas.setPageSize((sheet.width, page.height))
    for one in page.drawn:
        _draw(canvas, one, sheet, page.height)
    canvas.showPage()


def _draw(canvas: Any, one: Drawn, sheet: Sheet, height: float) -> None:
    match one:
        case Word():
            _ink(canvas, one.tone)
            canvas.setFont(BOLD if one.bold else REGULAR, one.size)
            draw = {"left": canvas.drawString, "center": canvas.drawCentredString, "right": canvas.drawRightString}
            draw[one.align](one.x, height - one.y, one.text)
        case Stroke():
            _stroke(canvas, one, height)
        case Code():
            _code(canvas, one, height)
        case Ghost():
            _ghost(canvas, one, sheet.width, height)
        case _:
            assert_never(one)


def _ink(canvas: Any, tone: Tone) -> None:
    canvas.setFillGray(tone.value / WHITE)


def _stroke(canvas: Any, stroke: Stroke, height: float) -> None:
    canvas.setStrokeGray(stroke.tone.value / WHITE)
    canvas.setLineWidth(stroke.width)
    canvas.setDash(*((DASH, 0) if stroke.dashed else ()))
    canvas.setLineJoin(1)
    canvas.setLineCap(0 if stroke.dashed else 1)
    path = canvas.beginPath()
    first, *others = stroke.points
    path.moveTo(first[0], height - first[1])
    for x, y in others:
        path.lineTo(x, height - y)
    if stroke.closed:
        path.close()
    canvas.drawPath(path)


def _code(canvas: Any, code: Code, height: float) -> None:
    """Every run of dark modules as one rectangle of one path, so that no light seam stands between them."""
    module = code.side / len(code.rows)
    quiet = code.quiet
    canvas.setFillGray(1)
    canvas.rect(code.x - quiet, height - code.y - code.side - quiet, code.side + 2 * quiet, code.side + 2 * quiet, 0, 1)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for line, row in enumerate(code.rows):
        y = height - code.y - (line + 1) * module
        for start, length in dark_runs(row):
            path.rect(code.x + start * module, y, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def _ghost(canvas: Any, ghost: Ghost, width: float, height: float) -> None:
    """Practice is written across the page, pale and behind everything."""
    canvas.saveState()
    _ink(canvas, Tone.GHOST)
    canvas.setFont(BOLD, ghost.size)
    step = ghost.size * GHOST_STEP
    for line in range(int(height / step) + 1):
        canvas.saveState()
        canvas.translate(width / 2, height - (line + 0.5) * step)
        canvas.rotate(GHOST_ANGLE)
        canvas.drawCentredString(0, 0, ghost.text)
        canvas.restoreState()
    canvas.restoreState()
