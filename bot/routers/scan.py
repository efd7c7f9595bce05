"""A photograph of a code: goods go into the cart, a receipt's QR begins its return."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Bot, F, Router
from aiogram.types import Message

from bot.attachments import busy, fetched
from bot.baskets import TILES, Basket
from bot.counter import moved_down, open_cart, show_changed, unknown_goods
from bot.desk import Desk
from bot.people import Speaker
from bot.routers.context import told_no
from bot.routers.filters import Holds
from bot.routers.returning import is_receipt_returned
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from core.domain.barcode import ScannedCode, scanned
from core.errors import Refused
from core.goods.files import PICTURE_BYTES_MAX, read_picture


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph, or a picture that was sent as a file."""

    file_id: str
    bytes_told: int | None


def picture_of(message: Message) -> Picture | None:
    """The largest size of a photo, or a document that says it is a picture."""
    if message.photo:
        largest = max(message.photo, key=lambda one: one.width * one.height)
        return Picture(largest.file_id, largest.file_size)
    document = message.document
    if document is not None and (document.mime_type or "").startswith("image/"):
        return Picture(document.file_id, document.file_size)
    return None


async def photographed(message: Message, bot: Bot, desk: Desk, speaker: Speaker, origin: str) -> None:
    """Whatever is on the picture is answered: goods, a receipt, or that no code is to be seen."""
    picture = picture_of(message)
    if picture is None or await told_no(desk, speaker, origin, speaker.register_id):
        return
    await desk.people.await_sum(speaker, None)
    await busy(bot, speaker.chat_id)
    try:
        texts = await read_picture(await fetched(bot, picture.file_id, picture.bytes_told, PICTURE_BYTES_MAX))
    except Refused as refused:
        await desk.outbox.show(speaker.chat_id, f"scan:{origin}", refusal_screen(speaker.language, refused))
        return
    for text in texts:
        if "://" in text and await is_receipt_returned(desk, speaker, text, origin):
            return
    codes = [found for text in texts if (found := scanned(text)) is not None]
    if codes:
        await sell_codes(desk, speaker, codes, origin, message.message_id)
        return
    key = "scan-not-goods" if texts else "scan-nothing"
    await desk.outbox.show(speaker.chat_id, f"scan:{origin}", plain_screen(speaker.language, key))


async def sell_codes(desk: Desk, speaker: Speaker, codes: list[ScannedCode], origin: str, below: int) -> None:
    """Known goods are in the cart at once; for the first unknown code its name and price are asked."""
    row = await open_cart(desk, speaker, origin)
    # the picture hides whatever stands above it
    row = await moved_down(desk, speaker, row, origin)
    register_id, catalogue = row.register_id, desk.engine.catalogue

    async def change(basket: Basket) -> Basket:
        cart, asked = basket.cart, None
        for one in codes:
            known = await catalogue.by_code(speaker.chat_id, register_id, one.code)
            if known is not None:
                cart = cart.added(known.item, known.item_id, one.mark)
            elif asked is None:
                asked = one
        if asked is None:
            return basket.holding(cart, TILES)
        return basket.holding(cart, await unknown_goods(desk, register_id, asked))

    await show_changed(desk, speaker, row, origin, change)


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="scan")
    router.message.register(photographed, Holds(F.photo))
    router.message.register(photographed, Holds(F.document.mime_type.startswith("image/")))
    return router
