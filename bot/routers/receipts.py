"""Buttons and replies on a receipt: QR, return."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.drafts import return_body
from bot.people import Speaker
from bot.press import Action, Press
from bot.routers.context import is_private, told_no
from bot.screens.cash import return_screen
from bot.screens.people import plain_screen
from bot.screens.receipt import qr_screen
from core.domain.ticket import Kind
from core.domain.view import DocumentView, Mark
from core.errors import Refused


async def show_qr(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    if press is None or not is_private(query) or not speaker.may_read(press.register_id):
        return
    view = await _document(desk, press.register_id, press.number)
    if view is None or view.document.ticket is None:
        return
    await desk.show_document(speaker, view)
    await desk.outbox.show(speaker.chat_id, f"qr:{origin}", qr_screen(speaker.language, view))


async def return_by_button(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    if press is not None and is_private(query):
        await ask_return(desk, speaker, press.register_id, press.number, origin)


async def return_by_reply(
    message: Message, desk: Desk, speaker: Speaker, origin: str, *, names_part: bool = False
) -> None:
    """«возврат» in answer to a receipt's message; ``names_part`` when it said which part of it."""
    replied = message.reply_to_message
    row = (
        None if replied is None else await desk.store.message_by_id(speaker.chat_id, replied.message_id)
    )
    if row is None or row.register_id is None or row.document_number is None:
        if not await told_no(desk, speaker, origin, speaker.register_id):
            screen = plain_screen(speaker.language, "bot-return-no-receipt")
            await desk.outbox.show(speaker.chat_id, f"return:{origin}", screen)
        return
    await ask_return(desk, speaker, row.register_id, row.document_number, origin, names_part=names_part)


async def ask_return(
    desk: Desk, speaker: Speaker, register_id: str, number: int, origin: str, *, names_part: bool = False
) -> None:
    """Ask whether this receipt is to be given back; whatever cannot be given back is said."""
    if await told_no(desk, speaker, origin, register_id):
        return
    view = await _document(desk, register_id, number)
    if view is None or view.document.kind is not Kind.SELL or view.mark in (Mark.REFUSED, Mark.SAVED):
        screen = plain_screen(speaker.language, "bot-return-not-sale")
        await desk.outbox.show(speaker.chat_id, f"return:{origin}", screen)
        return
    row = await desk.new_draft(speaker, register_id, "return", return_body(view.document), origin)
    await desk.show_draft(row, return_screen(speaker.language, row.draft_id, view.document, names_part=names_part))


async def _document(desk: Desk, register_id: str, number: int) -> DocumentView | None:
    try:
        return await desk.engine.books.document(register_id, number)
    except Refused:
        return None


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="receipts")
    router.callback_query.register(show_qr, F.data.startswith(f"{Action.QR}:"))
    router.callback_query.register(return_by_button, F.data.startswith(f"{Action.RETURN_ASK}:"))
    return router
