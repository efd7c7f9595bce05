"""A screen as a value: what one message looks like. It is stored as JSON until Telegram took it."""

from __future__ import annotations

import html
import re
from dataclasses import asdict, dataclass
from typing import Any

from bot.press import CALLBACK_BYTES_MAX
from core.reports.evening_picture import Picture, from_facts, to_facts

TEXT_UNITS_MAX = 4096
CAPTION_UNITS_MAX = 1024
PLACE_LEFT = "-"
COPIED_CHARACTERS_MAX = 256
BUTTON_CHARACTERS_MAX = 64
"""UX.md 4.3: a button's words fit one line of a phone."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. ``style`` is Telegram's: primary, success or danger; ``copy`` is put into the person's
    clipboard by Telegram itself.
    """

    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None
    copy: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be drawn when its message is sent: as a picture, or as a PDF file."""

    form: str
    register_id: str
    number: int
    language: str


PICTURE, PDF = "picture", "pdf"


@dataclass(frozen=True, slots=True)
class Screen:
    """The look of one message, text in Telegram's HTML.

    ``menu`` names the language whose keyboard is to stand under the input, ``place`` the one whose keyboard asks for a
    location (`PLACE_LEFT` takes that one away); ``qr`` makes it a picture of a QR code of that text, ``paper`` one of a
    document, ``card`` the owner's evening card, with ``text`` as its caption. A message with a card may have been a
    text before, never the other way round. Good news is silent, bad news sounds (UX.md 4.3).
    """

    text: str
    buttons: Rows = ()
    menu: str | None = None
    qr: str | None = None
    silent: bool = True
    place: str | None = None
    paper: Paper | None = None
    card: Picture | None = None

    def __post_init__(self) -> None:
        limit = CAPTION_UNITS_MAX if self.qr or self.paper or self.card else TEXT_UNITS_MAX
        assert self.text and units(self.text) <= limit, "a text that Telegram would refuse"
        for button in (one for row in self.buttons for one in row):
            assert len(button.text) <= BUTTON_CHARACTERS_MAX, button.text
            assert [button.data, button.url, button.copy].count(None) == 2, button.text
            assert button.copy is None or len(button.copy) <= COPIED_CHARACTERS_MAX
            assert button.data is None or len(button.data.encode()) <= CALLBACK_BYTES_MAX


def to_body(screen: Screen) -> dict[str, Any]:
    """The screen as JSON facts; equal screens give equal facts."""
    rows = [
        [asdict(one) for one in row]
        for row in screen.buttons
    ]
    facts: dict[str, Any] = {
        "text": screen.text,
        "buttons": rows,
        "menu": screen.menu,
        "qr": screen.qr,
        "silent": screen.silent,
        "paper": None if screen.paper is None else asdict(screen.paper),
    }
    if screen.place is not None:
        facts["place"] = screen.place
    if screen.card is not None:
        facts["card"] = to_facts(screen.card)
    return facts


def from_body(body: dict[str, Any]) -> Screen | None:
    """The screen of such facts; ``None`` for facts that this version of the program does not write."""
    try:
        rows = tuple(tuple(Button(**one) for one in row) for row in body["buttons"])
        paper = None if body.get("paper") is None else Paper(**body["paper"])
        card = None if body.get("card") is None else from_facts(body["card"])
        return Screen(body["text"], rows, body["menu"], body["qr"], body["silent"], body.get("place"), paper, card)
    except (KeyError, TypeError, ValueError):
        return None


def units(text: str) -> int:
    """How long Telegram counts an HTML text: UTF-16 units without the tags."""
    return len(html.unescape(re.sub(r"<[^>]*>", "", text)).encode("utf-16-le")) // 2


def lines(*texts: str | None) -> str:
    """The texts under each other without those that are missing; an empty one is a blank line between two others."""
    joined = "\n".join(text for text in texts if text is not None)
    return re.sub(r"\n{3,}", "\n\n", joined).strip("\n")
