"""A receipt in its customer's own chat: the picture, its mark as the last line, and nothing of the shop's controls."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.press import Action, pack
from bot.screens.screen import PICTURE, Button, Paper, Screen, lines
from bot.screens.wording import clock_text, day_clock_text, safe, tenge
from core.domain.view import CHAT_MARKS, DocumentView, Mark
from core.texts import say


def kept_screen(language: str, view: DocumentView) -> Screen:
    """The receipt as its customer keeps it; the picture is drawn anew whenever the mark changes."""
    document = view.document
    text = lines(
        say(
            language,
            "bot-start-receipt",
            title=safe(document.seller.title),
            total=tenge(document.total),
            when=day_clock_text(document.made_at),
        ),
        "",
        f"{CHAT_MARKS[view.mark]} {state_words(language, view)}",
    )
    link = Button(say(language, "bot-start-receipt-button"), url=view.receipt_url)
    pdf = Button(say(language, "counter-button-pdf"), pack(Action.KEPT, code_of(view)))
    paper = Paper(PICTURE, document.register_id, document.number, "kk-ru")
    return Screen(text, ((link, pdf),), paper=paper)


def state_words(language: str, view: DocumentView) -> str:
    """The mark in words for somebody who knows nothing of operators and queues."""
    time = "" if view.registered_at is None else clock_text(view.registered_at)
    match view.mark:
        case Mark.REGISTERED | Mark.AUTONOMOUS_REGISTERED:
            return say(language, "counter-kept-registered", time=time)
        case Mark.AUTONOMOUS | Mark.STOPPED | Mark.SETTLED:
            return say(language, "counter-kept-autonomous")
        case Mark.REFUSED:
            return say(language, "counter-kept-refused")
        case Mark.PRACTICE:
            return say(language, "counter-kept-practice")
        case Mark.SAVED:
            return say(language, "counter-kept-saved")


def code_of(view: DocumentView) -> str:
    """The code of the receipt's link: who has it may see the receipt."""
    return urlsplit(view.receipt_url).path.rsplit("/", 1)[-1]
