"""The catalogue minded in the chat by its owner or manager: by hand, by files, copied from another register."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.attachments import sent
from bot.counter import moved_down
from bot.desk import Desk
from bot.forms import Form, changed_form, form_body, form_of, is_form_waiting
from bot.minding import after_tap, after_words, minded_of
from bot.people import Speaker
from bot.phrases import phrase, plain_words
from bot.press import Action, Press
from bot.routers.context import is_private, told_no
from bot.routers.filters import press_of
from bot.screens.goods import GoodsTap, goods_screen
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from core.db.chat_rows import DraftRow
from core.domain.pricing import NAME_CHARACTERS_MAX
from core.domain.sale_text import Reading, read_sale
from core.errors import Refused
from core.goods.files import goods_file, template_file
from core.texts import LANGUAGES, say
from core.usecases.catalogue import CHANGING_ROLES


async def opened(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    """The command and the word «каталог»."""
    await _open(desk, speaker, origin)


async def pressed(query: CallbackQuery, bot: Bot, desk: Desk, speaker: Speaker, press: Press | None) -> None:
    """A button of the form, or one that opens it."""
    if press is None or press.action is not Action.GOODS or not is_private(query):
        return
    origin = f"press:{query.id}"
    if not press.subject:
        await _open(desk, speaker, origin)
        return
    row = await desk.store.draft(press.subject)
    if row is None or row.chat_id != speaker.chat_id or row.kind != "goods" or row.state != "open":
        return
    if await _told_not_theirs(desk, speaker, origin, row.register_id) or press.choice[:1] not in set(GoodsTap):
        return
    await desk.people.await_sum(speaker, None)
    if press.choice[:1] in (GoodsTap.TEMPLATE, GoodsTap.EXPORT):
        await _send_file(bot, desk, speaker, row, press, origin)
        return

    async def change(form: Form) -> Form:
        return await after_tap(desk, speaker, row.register_id, form, press)

    await _show_changed(desk, speaker, row, origin, change)


async def is_form_answer(
    message: Message, desk: Desk, speaker: Speaker, tapped: DraftRow | None
) -> bool | dict[str, Any]:
    """A filter: words that answer what the form asked for just now. In a list a sale is still a sale."""
    text = (message.text or "").strip()
    if not 1 <= len(text) <= NAME_CHARACTERS_MAX or text.startswith("/") or speaker.awaiting is not None:
        return False
    if (row := tapped) is None or not is_form_waiting(row, desk.clock.now()) or phrase(text) is not None:
        return False
    is_sale = isinstance(read_sale(text), Reading)
    return False if form_of(row).at == "list" and is_sale else {"row": row}


async def answered(message: Message, desk: Desk, speaker: Speaker, origin: str, row: DraftRow) -> None:
    if await _told_not_theirs(desk, speaker, origin, row.register_id):
        return
    row = await moved_down(desk, speaker, row, origin, message.message_id)

    async def change(form: Form) -> Form:
        return await after_words(desk, speaker, row.register_id, form, message.text or "")

    await _show_changed(desk, speaker, row, origin, change)


async def _open(desk: Desk, speaker: Speaker, origin: str) -> None:
    register_id = speaker.register_id
    if await _told_not_theirs(desk, speaker, origin, register_id):
        return
    assert register_id is not None
    await desk.people.await_sum(speaker, None)
    row = await desk.new_draft(speaker, register_id, "goods", form_body(), f"goods:{origin}")
    await _draw(desk, speaker, row, form_of(row))


async def _told_not_theirs(desk: Desk, speaker: Speaker, origin: str, register_id: str | None) -> bool:
    """Whether this person may not change this catalogue, which they were told then."""
    if await told_no(desk, speaker, origin, register_id):
        return True
    if register_id is not None and speaker.roles.get(register_id) in CHANGING_ROLES:
        return False
    await desk.outbox.show(
        speaker.chat_id, f"goods:{origin}", plain_screen(speaker.language, "goods-not-yours")
    )
    return True


async def _show_changed(desk: Desk, speaker: Speaker, row: DraftRow, origin: str, change: Any) -> None:
    try:
        row = await changed_form(desk, row, origin, change)
    except Refused as refused:
        await desk.outbox.show(speaker.chat_id, f"refusal:{origin}", refusal_screen(speaker.language, refused))
        return
    await _draw(desk, speaker, row, form_of(row))


async def _draw(desk: Desk, speaker: Speaker, row: DraftRow, form: Form) -> None:
    minded = await minded_of(desk, speaker, row.register_id, form)
    await desk.show_draft(row, goods_screen(speaker.language, row.draft_id, form, minded))


async def _send_file(
    bot: Bot, desk: Desk, speaker: Speaker, row: DraftRow, press: Press, origin: str
) -> None:
    """The template or the whole catalogue as a file of Excel."""
    language = speaker.language
    if press.choice[:1] == GoodsTap.TEMPLATE:
        name, data, caption = "template.xlsx", await template_file(language), "goods-template-caption"
    else:
        items = await desk.engine.catalogue.everything(speaker.chat_id, row.register_id)
        name, data, caption = "catalogue.xlsx", await goods_file(items, language), "goods-export-caption"
    if not await sent(bot, speaker.chat_id, name, data, say(language, caption)):
        await desk.outbox.show(
            speaker.chat_id, f"goods:{origin}", plain_screen(language, "goods-file-not-sent")
        )


async def is_catalogue_wish(message: Message) -> bool:
    plain = plain_words(message.text, "/!. ")
    return plain in {say(language, "goods-button-catalogue").casefold() for language in LANGUAGES}


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="goods")
    router.callback_query.register(pressed, press_of(Action.GOODS))
    router.message.register(opened, Command("catalogue", "catalog"))
    router.message.register(opened, is_catalogue_wish)
    router.message.register(answered, is_form_answer)
    return router
