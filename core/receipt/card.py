"""The picture that chats show beside a receipt's link: shop, total, what it is and when, its state. No buyer data."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from core.domain.view import DocumentView, Mark
from core.ofd.operators import Operator
from core.receipt.blocks import Badge, Role, Row, Text
from core.receipt.layout import receipt_layout
from core.receipt.measure import fold, width_of
from core.receipt.page import CARD_HEIGHT, CARD_WIDTH, PageLanguage, card_description
from core.receipt.picture import font
from core.receipt.words import NBSP
from core.texts import say

DESK, PAPER, INK, SOFT, LINE = "#efe7da", "#fffdf8", "#2a251f", "#6b6155", "#d9cfbf"
GREEN, AMBER, RED, GREY = "#1c7048", "#8a5200", "#a52f27", "#6b6155"
TONES = {
    Mark.SAVED: GREY,
    Mark.REGISTERED: GREEN,
    Mark.AUTONOMOUS: AMBER,
    Mark.AUTONOMOUS_REGISTERED: GREEN,
    Mark.REFUSED: RED,
    Mark.STOPPED: AMBER,
    Mark.SETTLED: AMBER,
    Mark.PRACTICE: GREY,
}
LEFT, RIGHT = 120, CARD_WIDTH - 120
ROOM = RIGHT - LEFT
TOP, BOTTOM, TOOTH = 44, CARD_HEIGHT - 52, 12
COLOURS = 64


def render_card(view: DocumentView, operator: Operator | None, language: PageLanguage) -> bytes:
    """The card as PNG. Costs tens of milliseconds: not for the event loop."""
    layout = receipt_layout(view, operator, language=language)
    picture = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), DESK)
    pen = ImageDraw.Draw(picture)
    _paper(pen)
    shop = [block.text for block in (layout.of(Role.POINT) or layout.of(Role.TAXPAYER)) if isinstance(block, Text)]
    sums = [f"{block.right}{NBSP}₸" for block in layout.of(Role.TOTAL) if isinstance(block, Row)]
    practice = [block.text for block in layout.of(Role.PRACTICE) if isinstance(block, Badge)]
    y = _lines(pen, shop[0], 138, 52, INK, lines_max=2)
    _fitted(pen, sums[0] if sums else layout.title, max(y + 140, 345), 116, INK)
    pen.line((LEFT, 420, RIGHT, 420), LINE, 3)
    _fitted(pen, card_description(layout), 474, 34, SOFT, bold=False)
    state = say(language, f"receipt-state-{view.mark.replace('_', '-')}")
    _fitted(pen, " · ".join([state, *practice]), 532, 38, TONES[view.mark])
    out = BytesIO()
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _paper(pen: ImageDraw.ImageDraw) -> None:
    """The receipt's own paper with its torn edge, as on the page."""
    pen.rectangle((LEFT - 60, TOP, RIGHT + 60, BOTTOM), PAPER)
    for x in range(LEFT - 60, RIGHT + 60, 2 * TOOTH):
        pen.polygon(((x, BOTTOM), (x + TOOTH, BOTTOM + TOOTH), (x + 2 * TOOTH, BOTTOM)), PAPER)


def _lines(pen: ImageDraw.ImageDraw, text: str, y: int, size: int, ink: str, *, lines_max: int) -> int:
    """Words over a few lines from a base line down; what has no room is cut with dots. The last base line."""
    lines = fold(text, ROOM, size, bold=True)
    if len(lines) > lines_max:
        lines = [*lines[: lines_max - 1], lines[lines_max - 1][:-1] + "…"]
    for place, line in enumerate(lines):
        pen.text((CARD_WIDTH / 2, y + place * size * 1.2), line, ink, font(True, size), anchor="ms")
    return int(y + (len(lines) - 1) * size * 1.2)


def _fitted(pen: ImageDraw.ImageDraw, text: str, y: int, size: int, ink: str, *, bold: bool = True) -> None:
    """One line in the middle, set smaller if it would not fit."""
    fitting = min(1.0, ROOM / max(1.0, width_of(text, size, bold=bold)))
    pen.text((CARD_WIDTH / 2, y), text, ink, font(bold, int(size * fitting)), anchor="ms")
