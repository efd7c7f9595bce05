"""A price list sent to the chat: read, written over the catalogue, and its bad rows told one by one."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.types import Message

from bot.attachments import busy, fetched, sent
from bot.desk import Desk
from bot.people import Speaker
from bot.routers.context import told_no
from bot.routers.filters import Holds
from bot.screens.goods import BAD_ROWS_SHOWN, loaded_screen
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from core.errors import Refused
from core.goods.files import TABLE_BYTES_MAX, bad_rows_file, read_table_file
from core.texts import say
from core.usecases.catalogue import CHANGING_ROLES, Loaded


async def sent_a_file(message: Message, bot: Bot, desk: Desk, speaker: Speaker, origin: str) -> None:
    """A file that is no picture is taken for a price list; what it is not is said in words."""
    document, register_id = message.document, speaker.register_id
    if document is None or await told_no(desk, speaker, origin, register_id):
        return
    assert register_id is not None
    await desk.people.await_sum(speaker, None)
    key = f"list:{origin}"
    if speaker.roles.get(register_id) not in CHANGING_ROLES:
        await desk.outbox.show(speaker.chat_id, key, plain_screen(speaker.language, "goods-not-yours"))
        return
    await busy(bot, speaker.chat_id)
    try:
        data = await fetched(bot, document.file_id, document.file_size, TABLE_BYTES_MAX)
        price_list = await read_table_file(data)
        loaded = await desk.engine.catalogue.load(speaker.chat_id, register_id, price_list.rows)
    except Refused as refused:
        await desk.outbox.show(speaker.chat_id, key, refusal_screen(speaker.language, refused))
        return
    bad = tuple(sorted((*price_list.bad, *loaded.bad), key=lambda one: one.number))
    report = Loaded(loaded.added, loaded.changed, loaded.same, bad)
    title = await desk.title_for(speaker, register_id)
    await desk.outbox.show(speaker.chat_id, key, loaded_screen(speaker.language, report, title))
    if len(bad) > BAD_ROWS_SHOWN:
        rows = await bad_rows_file(bad, speaker.language)
        await sent(bot, speaker.chat_id, "errors.xlsx", rows, say(speaker.language, "goods-bad-file"))


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="price_lists")
    router.message.register(sent_a_file, Holds(F.document))
    return router
