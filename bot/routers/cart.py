"""Taps on a cart, and words that answer what its keypad or its question asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.baskets import PAID, TILES, Basket, View, basket_of, is_waiting, payments_of
from bot.counter import draw, moved_down, new_cart, priced, show_changed
from bot.desk import Desk
from bot.drafts import is_old
from bot.people import Speaker
from bot.phrases import phrase, sum_of
from bot.press import Action, Press, Tap
from bot.routers.context import is_private, told_no
from bot.routers.filters import press_of
from bot.screens.keypad import AMOUNT, DISCOUNT_SUM, OF_MONEY, PERCENT, PURPOSES, QUANTITY, typed_on, value_of
from core.db.chat_rows import DraftRow
from core.domain.cart import Cart, amount_item
from core.domain.catalogue import Item
from core.domain.money import format_money
from core.domain.sale_text import Reading, Unreadable, read_sale
from core.domain.ticket import Adjustment, Ticket
from core.domain.view import Mark
from core.texts import say

WRITTEN_CHARACTERS_MAX = 200


async def tapped(query: CallbackQuery, desk: Desk, speaker: Speaker, press: Press | None) -> None:
    """A button of a cart. What it was taken for was said when it arrived; here only the change."""
    # named after the press, not after its update: a press that is delivered under two numbers is one tap
    origin = f"press:{query.id}"
    if press is None or press.action is not Action.CART or not is_private(query):
        return
    row = await desk.store.draft(press.subject)
    if row is None or row.chat_id != speaker.chat_id or row.kind != "cart":
        return
    if await told_no(desk, speaker, origin, row.register_id):
        return
    await desk.people.await_sum(speaker, None)
    if press.choice.startswith(PAID):
        await _pay(desk, speaker, row, press, origin)
    elif press.choice[:1] in set(Tap):

        async def change(basket: Basket) -> Basket:
            return await _after_tap(desk, speaker, row, basket, press)

        await show_changed(desk, speaker, row, origin, change)


async def _pay(desk: Desk, speaker: Speaker, row: DraftRow, press: Press, origin: str) -> None:
    """Make the receipt that the button named; a cart that costs something else by now is shown again instead."""
    if row.state == "open":
        ticket = await priced(desk, row, basket_of(row))
        is_as_shown = isinstance(ticket, Ticket) and ticket.total == press.reading
        if is_old(row, desk.clock.now()) or not is_as_shown or payments_of(press.choice, press.reading) is None:

            async def again(basket: Basket) -> Basket:
                return basket.seen(View("pay", note="cart-changed"))

            await show_changed(desk, speaker, row, origin, again)
            return
    await desk.make(speaker, row, press)
    made = await desk.store.draft(row.draft_id)
    if made is None or made.number is None:
        return
    view = await desk.engine.books.document(made.register_id, made.number)
    # what the operator refused is put right and sold again; the lines stay at hand
    again_cart = basket_of(made).cart if view.mark is Mark.REFUSED else None
    fresh = await new_cart(desk, speaker, made.register_id, f"after:{made.draft_id}", again_cart)
    await draw(desk, speaker, fresh)


async def _after_tap(desk: Desk, speaker: Speaker, row: DraftRow, basket: Basket, press: Press) -> Basket:
    """The basket after one tap; raises what stands against it."""
    cart, view, number, more = basket.cart, basket.view, press.reading, press.choice[1:]
    match Tap(press.choice[:1]):
        case Tap.ADD:
            shelf = await desk.engine.catalogue.item(speaker.chat_id, row.register_id, more)
            tiles = view if view.at == "tiles" else TILES
            return basket.holding(cart.added(shelf.item, shelf.item_id), replace(tiles, note=""))
        case Tap.PAGE:
            return basket.seen(replace(view, page=number, note=""))
        case Tap.SECTIONS:
            return basket.seen(View("sections"))
        case Tap.SECTION:
            sections = await desk.engine.catalogue.sections(speaker.chat_id, row.register_id)
            return basket.seen(View(section=sections[number][0]) if number < len(sections) else TILES)
        case Tap.KEYPAD if more in PURPOSES:
            return basket.seen(View("keypad", purpose=more, line=number))
        case Tap.DIGIT if view.at == "keypad":
            return basket.seen(replace(view, typed=typed_on(view.typed, number), note=""))
        case Tap.ENTER if view.at == "keypad":
            value = value_of(view.purpose, view.typed)
            return basket if value is None else entered(basket, value, speaker.language)
        case Tap.HOME:
            return basket.seen(TILES)
        case _:
            return _after_edit(basket, Tap(press.choice[:1]), number)


def _after_edit(basket: Basket, tap: Tap, number: int) -> Basket:
    """Taps that concern lines, discount and the ways on; a tap that fits nothing changes nothing."""
    cart, line = basket.cart, basket.cart.line(number)
    match tap:
        case Tap.LINES:
            return basket.seen(View("lines") if not cart.is_empty else TILES)
        case Tap.LINE:
            return basket.seen(View("line", line=number))
        case (Tap.MORE | Tap.LESS) if line is not None:
            step = 1000 if tap is Tap.MORE else -1000
            return _edited(basket, cart.with_quantity(number, line.quantity + step), number)
        case Tap.REMOVE:
            return _edited(basket, cart.without(number), number)
        case Tap.DISCOUNT:
            return basket.seen(View("discount") if not cart.is_empty else TILES)
        case Tap.PERCENT:
            return basket.holding(cart.with_discount(Adjustment(percent=number) if number else None))
        case Tap.PAY:
            return basket.seen(View("pay") if not cart.is_empty else TILES)
        case Tap.CLEAR:
            return basket.holding(Cart(next_line=cart.next_line))
        case _:
            return basket


def _edited(basket: Basket, cart: Cart, line_id: int) -> Basket:
    """After a change of a line: that line while it is there, else the others, else the tiles."""
    if cart.line(line_id) is not None:
        return basket.holding(cart, View("line", line=line_id))
    return basket.holding(cart, TILES if cart.is_empty else View("lines"))


def entered(basket: Basket, value: int, language: str) -> Basket:
    """What a number that was tapped or written does, by what the keypad is for."""
    cart, view = basket.cart, basket.view
    if view.purpose == AMOUNT:
        return basket.holding(cart.added(amount_item(say(language, "sale-goods"), value)))
    if view.purpose == QUANTITY:
        return _edited(basket, cart.with_quantity(view.line, value), view.line)
    if view.purpose == PERCENT:
        return basket.holding(cart.with_discount(Adjustment(percent=value)))
    if view.purpose == DISCOUNT_SUM:
        return basket.holding(cart.with_discount(Adjustment(sum=value)))
    # cash handed over and a part in cash: the keypad itself then offers the buttons that make the receipt
    plain = format_money(value).removesuffix(".00").replace(".", ",")
    return basket.seen(replace(view, typed=plain, note=""))


async def is_answer(
    message: Message, desk: Desk, speaker: Speaker, tapped: DraftRow | None
) -> bool | dict[str, Any]:
    """A filter: words that answer what a cart asked for just now."""
    text = (message.text or "").strip()
    if not text or len(text) > WRITTEN_CHARACTERS_MAX or text.startswith("/") or speaker.awaiting is not None:
        return False
    if (row := tapped) is None or not is_waiting(row, desk.clock.now()) or phrase(text) is not None:
        return False
    view = basket_of(row).view
    if view.at == "keypad":
        value = _number(view.purpose, text)
        return {"row": row, "value": value} if value is not None else False
    return {"row": row, "value": None} if not _is_other_sale(text) else False


async def answered(
    message: Message, desk: Desk, speaker: Speaker, origin: str, row: DraftRow, value: int | None
) -> None:
    """A number for the keypad, or a name and a price for goods that nobody knew."""
    if await told_no(desk, speaker, origin, row.register_id):
        return
    row = await moved_down(desk, speaker, row, origin, message.message_id)

    async def change(basket: Basket) -> Basket:
        if value is not None:
            return entered(basket, value, speaker.language)
        return await _named(desk, speaker, row, basket, message.text or "")

    await show_changed(desk, speaker, row, origin, change)


async def _named(desk: Desk, speaker: Speaker, row: DraftRow, basket: Basket, text: str) -> Basket:
    """The goods that were asked about, remembered and in the cart; the question again when it was not answered."""
    view = basket.view
    item = item_of(text, view)
    if item is None:
        return basket.seen(replace(view, note="cart-ask-bad"))
    known = await desk.engine.catalogue.teach(speaker.chat_id, row.register_id, item)
    shelf_item = known.item if known.item.price == item.price else replace(known.item, price=item.price)
    return basket.holding(basket.cart.added(shelf_item, known.item_id, view.mark))


def item_of(text: str, view: View) -> Item | None:
    """The item that a person names: «Чай 350», or only a price where the name is known."""
    if view.name and (price := sum_of(text)) is not None:
        return Item(view.name, price, view.unit or "796", barcode=view.code or None, ntin=view.ntin)
    reading = read_sale(text)
    if isinstance(reading, Unreadable) or len(reading.lines) != 1 or not reading.lines[0].name:
        return None
    line = reading.lines[0]
    return Item(line.name, line.price_tiyn, line.unit, barcode=view.code or None, ntin=view.ntin)


def _is_other_sale(text: str) -> bool:
    """Whether this is a sale of its own rather than one name and its price."""
    reading = read_sale(text)
    return isinstance(reading, Reading) and (len(reading.lines) > 1 or reading.payments is not None)


def _number(purpose: str, text: str) -> int | None:
    if purpose in OF_MONEY:
        return sum_of(text)
    return value_of(purpose, text.removesuffix("%").strip().replace(".", ","))


def new_router() -> Router:
    """A router of these handlers; each dispatcher needs its own."""
    router = Router(name="cart")
    router.callback_query.register(tapped, press_of(Action.CART))
    router.message.register(answered, is_answer)
    return router
