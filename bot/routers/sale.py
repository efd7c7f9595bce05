"""A sale: free text to a preview, one tap to a receipt."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.desk import Desk
from bot.drafts import Reading, is_old, sale_body, sale_readings
from bot.people import Speaker
from bot.press import DRAFT_ACTIONS, Action, Press
from bot.routers.context import is_private, told_no
from bot.routers.filters import Holds, press_of
from bot.routers.returning import ask_which, is_up_to_date
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from bot.screens.sale import cancelled_screen, preview_screen, unreadable_screen
from bot.screens.screen import Screen
from core.db.chat_rows import DraftRow
from core.domain.sale_text.spoken import TEXT_CHARACTERS_MAX
from core.errors import Refused
from core.texts import say


async def preview(desk: Desk, speaker: Speaker, text: str, origin: str) -> None:
    """Show what this text would sell, or say kindly what was not understood. Makes nothing."""
    if await told_no(desk, speaker, origin, speaker.register_id):
        return
    assert speaker.register_id is not None
    if len(text) > TEXT_CHARACTERS_MAX:
        screen = plain_screen(
            speaker.language, "bot-too-long", length=len(text), limit=TEXT_CHARACTERS_MAX
        )
        await desk.outbox.show(speaker.chat_id, f"text:{origin}", screen)
        return
    try:
        quote = await desk.engine.quotes.text(speaker.register_id, text, speaker.language)
    except Refused as refused:
        if refused.params.get("reason") == "return_word":
            await ask_which(desk, speaker, text, origin)
            return
        await desk.outbox.show(speaker.chat_id, f"text:{origin}", _not_read(speaker.language, refused))
        return
    readings = tuple(Reading(one.request, one.ticket) for one in quote.readings or (quote,))
    if readings[0].preview.paid and (await desk.engine.registers.registration(speaker.register_id)).at_once:
        await _make_at_once(desk, speaker, readings[0], origin)
        return
    await offer_sale(desk, speaker, readings, origin)


async def offer_sale(desk: Desk, speaker: Speaker, readings: tuple[Reading, ...], origin: str) -> None:
    """A sale that one tap makes, with its arithmetic; the likeliest reading is shown first."""
    assert speaker.register_id is not None
    title = await desk.title_for(speaker, speaker.register_id)
    previews = tuple(one.preview for one in readings)
    await desk.offer(
        speaker,
        "sale",
        sale_body(readings),
        origin,
        lambda draft_id: preview_screen(speaker.language, draft_id, previews, 0, title),
    )


async def _make_at_once(desk: Desk, speaker: Speaker, reading: Reading, origin: str) -> None:
    """The owner wants no tap where the payment is named: its arithmetic stands above the receipt."""
    assert speaker.register_id is not None
    title = await desk.title_for(speaker, speaker.register_id)
    row = await desk.new_draft(speaker, speaker.register_id, "sale", sale_body((reading,)), origin)
    shown = preview_screen(speaker.language, row.draft_id, (reading.preview,), 0, title)
    await desk.show_draft(row, replace(shown, buttons=()))
    await desk.make(speaker, row, Press(Action.SALE, row.draft_id))


def _not_read(language: str, refused: Refused) -> Screen:
    """Why this text sells nothing; words of the drawer are told how they are written."""
    if refused.code != "UNREADABLE":
        return replace(refusal_screen(language, refused), silent=True)
    if refused.params.get("reason") == "cash_word":
        return plain_screen(language, "bot-cash-how")
    return unreadable_screen(language, tuple(str(one) for one in refused.params.get("fragments", ())))


async def _show_reading(desk: Desk, speaker: Speaker, row: DraftRow, chosen: int) -> None:
    previews = tuple(one.preview for one in sale_readings(row))
    place, title = min(chosen, len(previews) - 1), await desk.title_for(speaker, row.register_id)
    screen = preview_screen(speaker.language, row.draft_id, previews, place, title)
    await desk.show_draft(row, screen)


async def example(query: CallbackQuery, desk: Desk, speaker: Speaker, origin: str) -> None:
    """The example is handled as if the person had written it."""
    await preview(desk, speaker, say(speaker.language, "bot-example-text"), origin)


async def pressed(
    query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None, origin: str
) -> None:
    """A button of a draft. The words of the toast were said when it arrived; here only the act."""
    if press is None or press.action not in DRAFT_ACTIONS or not is_private(query):
        return
    row = await desk.store.draft(press.subject)
    if row is None or row.chat_id != speaker.chat_id:
        return
    if await told_no(desk, speaker, origin, row.register_id):
        return
    if press.action is Action.CANCEL:
        if await desk.store.cancel(row.draft_id):
            await desk.show_draft(row, cancelled_screen(speaker.language))
    elif row.state not in ("open", "making") or is_old(row, desk.clock.now()):
        return
    elif press.action is Action.READING:
        if row.kind == "sale":
            await _show_reading(desk, speaker, row, press.reading)
    elif row.kind != "return" or row.state == "making" or await is_up_to_date(desk, speaker, row, press):
        await desk.people.await_sum(speaker, None)
        await desk.make(speaker, row, press)


async def written(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    assert message.text is not None
    await desk.people.await_sum(speaker, None)
    await preview(desk, speaker, message.text, origin)


async def not_text(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    """Photos, voices, stickers: read later, answered today."""
    if not await told_no(desk, speaker, origin, speaker.register_id):
        await desk.outbox.show(
            speaker.chat_id, f"text:{origin}", plain_screen(speaker.language, "bot-not-text")
        )


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="sale")
    router.callback_query.register(example, press_of(Action.EXAMPLE))
    router.callback_query.register(pressed, Holds(F.data))
    router.message.register(written, Holds(F.text))
    router.message.register(not_text)
    return router
