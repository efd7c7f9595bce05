"""A photograph of a code: goods go into the cart, a receipt's QR begins its return."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Bot, F, Router
from aiogram.types import Message

from bot.attachments import busy, fetched
from bot.baskets import TILES, Basket
from bot.counter import moved_down, open_cart, show_changed, unknown_goods
from bot.desk import Desk
from bot.drafts import return_elsewhere_body
from bot.people import Speaker
from bot.routers.context import told_no
from bot.routers.returning import ask_return
from bot.screens.goods import foreign_receipt_screen
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from core.domain.barcode import ScannedCode, scanned
from core.domain.ticket import Parent
from core.domain.view import DocumentView
from core.errors import Refused
from core.goods.files import PICTURE_BYTES_MAX, read_picture
from core.ofd.check_links import CheckLink, parse_check_link
from core.texts import say


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
        if await _is_receipt(desk, speaker, text, origin):
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


async def _is_receipt(desk: Desk, speaker: Speaker, text: str, origin: str) -> bool:
    """Whether it is a receipt's link; then its return is begun, or what stands in it is shown."""
    own = await _own_page(desk, text)
    if own is not None and speaker.may_read(own.document.register_id):
        await ask_return(desk, speaker, own.document.register_id, own.document.number, origin)
        return True
    if "://" not in text:
        return False
    try:
        link = parse_check_link(text)
    except Refused:
        return False
    view = await _own_receipt(desk, speaker, link)
    if view is not None:
        await ask_return(desk, speaker, view.document.register_id, view.document.number, origin)
    else:
        await _ask_return_elsewhere(desk, speaker, link, origin)
    return True


async def _ask_return_elsewhere(desk: Desk, speaker: Speaker, link: CheckLink, origin: str) -> None:
    """A receipt of somebody else's register: its return needs all that its code may say; else it is only shown."""
    language, register_id = speaker.language, speaker.register_id
    is_whole = link.rnm is not None and link.total is not None and link.made_at is not None
    if not is_whole or register_id is None:
        await desk.outbox.show(speaker.chat_id, f"scan:{origin}", foreign_receipt_screen(language, link))
        return
    parent = Parent(
        fiscal_sign=link.fiscal_sign, made_at=link.made_at, rnm=link.rnm, total=link.total, autonomous=False
    )
    body = return_elsewhere_body(parent, say(language, "sale-goods"))
    row = await desk.new_draft(speaker, register_id, "return", body, origin)
    await desk.show_draft(row, foreign_receipt_screen(language, link, row.draft_id))


async def _own_page(desk: Desk, text: str) -> DocumentView | None:
    """The receipt behind a link of our own page."""
    start = f"{desk.engine.settings.public_url}/r/"
    return await desk.engine.books.by_link(text.removeprefix(start)) if text.startswith(start) else None


async def _own_receipt(desk: Desk, speaker: Speaker, link: CheckLink) -> DocumentView | None:
    """The receipt of this link if a register of the speaker made it."""
    for register_id in sorted(speaker.roles, key=lambda one: one != speaker.register_id):
        registration = (await desk.engine.registers.get(register_id)).registration
        if registration.rnm == link.rnm:
            return await desk.engine.books.by_sign(register_id, link.fiscal_sign)
    return None


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="scan")
    router.message.register(photographed, F.photo)
    router.message.register(photographed, F.document.mime_type.startswith("image/"))
    return router
