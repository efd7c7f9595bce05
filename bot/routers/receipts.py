"""Buttons on a receipt: QR, copy on paper, PDF, timeline; and the receipts that customers keep."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.desk import Desk
from bot.people import Speaker
from bot.press import Action, Press
from bot.routers.context import is_private
from bot.routers.filters import press_of
from bot.screens.details import details_screen, no_printer_screen, pdf_screen
from bot.screens.people import plain_screen
from bot.screens.receipt import qr_screen
from bot.screens.refusal import refusal_screen
from core.domain.view import DocumentView
from core.errors import Refused


async def show_qr(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    view = await _pressed_document(query, desk, speaker, press)
    if view is None or view.document.ticket is None:
        return
    await desk.show_document(speaker, view)
    await desk.outbox.show(speaker.chat_id, f"qr:{origin}", qr_screen(speaker.language, view))


async def show_details(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """The timeline, read anew with every press; an older look of the receipt's own message is mended by the way."""
    view = await _pressed_document(query, desk, speaker, press)
    if view is None:
        return
    await desk.show_document(speaker, view)
    document = view.document
    timeline = await desk.engine.timelines.of(document.register_id, document.number)
    has_printer = await desk.engine.prints.has_printer(document.register_id)
    screen = details_screen(speaker.language, view, timeline, has_printer=has_printer)
    await desk.outbox.show(speaker.chat_id, f"details:{origin}", screen)


async def print_copy(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """One press, one copy: the job is named after the press itself, which may come in several updates."""
    view = await _pressed_document(query, desk, speaker, press)
    if view is None or not speaker.may_sell(view.document.register_id):
        return
    document = view.document
    if not await desk.engine.prints.has_printer(document.register_id):
        screen = no_printer_screen(speaker.language, view)
        await desk.outbox.show(speaker.chat_id, f"copy:{query.id}", screen)
        return
    try:
        await desk.engine.prints.copy(document.register_id, document.number, query.id)
    except Refused as refused:
        await desk.outbox.show(speaker.chat_id, f"copy:{query.id}", refusal_screen(speaker.language, refused))
        return
    screen = plain_screen(speaker.language, "counter-copy-asked", number=document.number)
    await desk.outbox.show(speaker.chat_id, f"copy:{query.id}", screen)


async def show_pdf(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    view = await _pressed_document(query, desk, speaker, press)
    if view is not None:
        await desk.outbox.show(speaker.chat_id, f"pdf:{origin}", pdf_screen(speaker.language, view))


async def kept_pdf(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """A customer's own file; whoever has the code of the link may see the receipt, while the link is open."""
    if press is None or not is_private(query):
        return
    view = await desk.engine.books.by_link(press.subject)
    screen = (
        plain_screen(speaker.language, "bot-start-receipt-unknown")
        if view is None
        else pdf_screen(speaker.language, view)
    )
    await desk.outbox.show(speaker.chat_id, f"pdf:{origin}", screen)


async def _pressed_document(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None
) -> DocumentView | None:
    if press is None or not is_private(query) or not speaker.may_read(press.register_id):
        return None
    try:
        return await desk.engine.books.document(press.register_id, press.number)
    except Refused:
        return None


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="receipts")
    router.callback_query.register(show_qr, press_of(Action.QR))
    router.callback_query.register(show_details, press_of(Action.DETAILS))
    router.callback_query.register(print_copy, press_of(Action.COPY))
    router.callback_query.register(show_pdf, press_of(Action.PDF))
    router.callback_query.register(kept_pdf, press_of(Action.KEPT))
    return router
