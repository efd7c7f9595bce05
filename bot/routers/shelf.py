"""Doors to the goods: the menu's «Товары» and «Повторить», and a search by what is written."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.baskets import TILES, Basket, View
from bot.counter import moved_down, open_cart, show_changed, unknown_goods
from bot.desk import Desk
from bot.drafts import Reading, repeated
from bot.people import Speaker
from bot.phrases import phrase, plain_words
from bot.routers.context import told_no
from bot.routers.sale import offer_sale
from bot.screens.people import plain_screen
from bot.screens.refusal import refusal_screen
from core.domain.barcode import ScannedCode, has_check_digit, one_form
from core.domain.catalogue import ShelfItem, clean_words
from core.domain.pricing import NAME_CHARACTERS_MAX
from core.domain.sale_text import Unreadable, read_sale
from core.domain.ticket import Kind
from core.domain.view import DocumentView, Mark
from core.errors import Refused
from core.texts import LANGUAGES, say
from core.usecases.catalogue import Wanted

DOCUMENTS_LOOKED_AT = 50
"""Among so many last documents of the register the last sale is looked for."""
WORDS_CHARACTERS_MAX = 64
NO_AMOUNT_DIGITS = (12, 13, 14)
"""A number so long is no price; eight digits may be one, unless the catalogue knows them as a code."""


async def is_goods_wish(message: Message) -> bool:
    return _is_label(message, "bot-menu-goods")


async def is_repeat_wish(message: Message) -> bool:
    return _is_label(message, "bot-menu-repeat")


def _is_label(message: Message, key: str) -> bool:
    plain = plain_words(message.text, "/!. ")
    return plain in {say(language, key).casefold() for language in LANGUAGES}


async def show_goods(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    """The cart under all tiles, at the end of the chat."""
    if not await told_no(desk, speaker, origin, speaker.register_id):
        await desk.people.await_sum(speaker, None)
        await show_cart(desk, speaker, origin, TILES)


async def show_cart(desk: Desk, speaker: Speaker, origin: str, view: View, below: int | None = None) -> None:
    """The open cart with this view; a new one if there is none."""
    row = await open_cart(desk, speaker, origin)
    row = await moved_down(desk, speaker, row, origin, below)

    async def look(basket: Basket) -> Basket:
        return basket.seen(view)

    await show_changed(desk, speaker, row, origin, look)


async def repeat_last(message: Message, desk: Desk, speaker: Speaker, origin: str) -> None:
    """The last sale of this register once more, paid as it was; one tap makes it."""
    if await told_no(desk, speaker, origin, speaker.register_id):
        return
    assert speaker.register_id is not None
    await desk.people.await_sum(speaker, None)
    last = await _last_sale(desk, speaker.register_id)
    if last is None:
        await desk.outbox.show(
            speaker.chat_id, f"repeat:{origin}", plain_screen(speaker.language, "bot-repeat-none")
        )
        return
    request = repeated(last.document)
    try:
        ticket = await desk.engine.quotes.ticket(speaker.register_id, request)
    except Refused as refused:
        await desk.outbox.show(speaker.chat_id, f"repeat:{origin}", refusal_screen(speaker.language, refused))
        return
    await offer_sale(desk, speaker, (Reading(request, ticket),), origin)


async def _last_sale(desk: Desk, register_id: str) -> DocumentView | None:
    state = await desk.engine.registers.get(register_id)
    first = max(0, state.last_document - DOCUMENTS_LOOKED_AT)
    views = await desk.engine.books.documents(register_id, after=first, limit=DOCUMENTS_LOOKED_AT)
    sales = [one for one in views if one.document.kind is Kind.SELL and one.mark not in (Mark.REFUSED, Mark.SAVED)]
    return sales[-1] if sales else None


async def is_search(message: Message, desk: Desk, speaker: Speaker) -> bool | dict[str, Any]:
    """A filter: words that are no sale and name goods of the catalogue, or the digits of a code on goods."""
    text, register_id = clean_words(message.text or ""), speaker.register_id
    if register_id is None or not speaker.may_sell(register_id) or not 1 <= len(text) <= NAME_CHARACTERS_MAX:
        return False
    if text.startswith("/") or "\n" in (message.text or "").strip() or phrase(text) is not None:
        return False
    catalogue = desk.engine.catalogue
    if any(letter.isdigit() for letter in text):
        exact = None
        if any(letter.isalpha() for letter in text):
            exact = await catalogue.by_name(speaker.chat_id, register_id, text)
        elif has_check_digit(text):
            exact = await catalogue.by_code(speaker.chat_id, register_id, one_form(text))
            if exact is None and len(text) in NO_AMOUNT_DIGITS:
                return {"exact": None, "words": None, "code": one_form(text)}
        return {"exact": exact, "words": None, "code": None} if exact is not None else False
    if len(text) > WORDS_CHARACTERS_MAX or not isinstance(read_sale(text), Unreadable):
        return False
    _, found = await catalogue.page(speaker.chat_id, register_id, Wanted(words=text), 0, 1)
    return {"exact": None, "words": text, "code": None} if found else False


async def searched(
    message: Message,
    desk: Desk,
    speaker: Speaker,
    origin: str,
    exact: ShelfItem | None,
    words: str | None,
    code: str | None,
) -> None:
    """The tiles that fit what was written; goods named or typed exactly are in the cart at once, of an unknown code the
    name and the price are asked.
    """
    await desk.people.await_sum(speaker, None)
    row = await open_cart(desk, speaker, origin)
    row = await moved_down(desk, speaker, row, origin, message.message_id)

    async def look(basket: Basket) -> Basket:
        if exact is not None:
            return basket.holding(basket.cart.added(exact.item, exact.item_id))
        if code is not None:
            return basket.seen(await unknown_goods(desk, row.register_id, ScannedCode(code)))
        return basket.seen(View(words=words))

    await show_changed(desk, speaker, row, origin, look)


def new_doors() -> Router:
    """Before other words are looked at."""
    router = Router(name="shelf")
    router.message.register(show_goods, Command("goods"))
    router.message.register(show_goods, is_goods_wish)
    router.message.register(repeat_last, Command("r", "repeat"))
    router.message.register(repeat_last, is_repeat_wish)
    return router


def new_search() -> Router:
    """After commands, before words are read as a sale."""
    router = Router(name="search")
    router.message.register(searched, is_search)
    return router
