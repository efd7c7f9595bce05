"""What taps and words do to the catalogue, and what its form then shows."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import Desk
from bot.forms import HOME, Form
from bot.people import Speaker
from bot.phrases import sum_of
from bot.press import Press
from bot.screens.goods import ITEMS_SHOWN, GoodsTap, Minded
from core.domain.catalogue import Item
from core.domain.price_list import unit_of_word
from core.domain.sale_text import Unreadable, read_sale
from core.domain.vat import RATES, is_allowed
from core.errors import Refused
from core.usecases.catalogue import CHANGING_ROLES, Wanted

NOTHING_WORDS = ("-", "—", "нет", "жоқ", "no")
"""Written where something is to be taken away."""


async def after_tap(desk: Desk, speaker: Speaker, register_id: str, form: Form, press: Press) -> Form:
    """The form after a tap; raises what stands against it."""
    catalogue, chat_id, more = desk.engine.catalogue, speaker.chat_id, press.choice[1:]
    page = press.reading
    match GoodsTap(press.choice[:1]):
        case GoodsTap.LIST:
            return Form("list", page=page, words=form.words)
        case GoodsTap.CARD:
            shelf = await catalogue.item(chat_id, register_id, more)
            return Form("card", item=shelf.item_id, page=page, words=form.words)
        case GoodsTap.ASK if more in ("new", "name", "price", "barcode"):
            return replace(form, at="ask", asks=more, note="")
        case GoodsTap.SECTION | GoodsTap.UNIT | GoodsTap.VAT | GoodsTap.DELETE as tap:
            return replace(form, at=tap.name.lower(), note="")
        case GoodsTap.COPY:
            return Form("copy")
        case GoodsTap.COPY_NOW:
            return await _copied(desk, speaker, register_id, form, page)
        case GoodsTap.HOME | GoodsTap.ASK:
            return HOME
        case tap:
            return await _item_changed(desk, speaker, register_id, form, tap, page, more)


async def _item_changed(
    desk: Desk, speaker: Speaker, register_id: str, form: Form, tap: GoodsTap, number: int, more: str
) -> Form:
    """A tap that changes the item on the card."""
    catalogue, chat_id = desk.engine.catalogue, speaker.chat_id
    card = replace(form, at="card", note="goods-changed")
    match tap:
        case GoodsTap.SECTION_SET:
            sections = await catalogue.sections(chat_id, register_id)
            if number >= len(sections):
                return card
            await catalogue.change(chat_id, register_id, form.item, section=sections[number][0])
        case GoodsTap.UNIT_SET:
            await catalogue.change(chat_id, register_id, form.item, unit=more)
        case GoodsTap.VAT_SET:
            await catalogue.change(chat_id, register_id, form.item, vat=more or None)
        case GoodsTap.FAVOURITE:
            shelf = await catalogue.item(chat_id, register_id, form.item)
            await catalogue.change(chat_id, register_id, form.item, favourite=not shelf.item.favourite)
        case GoodsTap.DELETE_NOW:
            await catalogue.remove(chat_id, register_id, form.item)
            return Form("list", page=form.page, words=form.words, note="goods-deleted")
        case _:
            return form
    return card


async def after_words(desk: Desk, speaker: Speaker, register_id: str, form: Form, text: str) -> Form:
    """The form after written words; raises what stands against them."""
    catalogue, chat_id = desk.engine.catalogue, speaker.chat_id
    if form.at == "list":
        return Form("list", words=text)
    if form.asks == "new" and form.at == "ask":
        item = _item(text)
        if item is None:
            return replace(form, note="cart-ask-bad")
        return Form("card", item=await _added(desk, speaker, register_id, item), note="goods-added")
    card = replace(form, at="card", note="goods-changed")
    plain = " ".join(text.split())
    if form.at == "section":
        section = "" if plain.casefold() in NOTHING_WORDS else plain
        await catalogue.change(chat_id, register_id, form.item, section=section)
    elif form.asks == "price":
        price = sum_of(plain)
        if price is None:
            return replace(form, note="goods-price-bad")
        await catalogue.change(chat_id, register_id, form.item, price=price)
    elif form.asks == "barcode":
        barcode = None if plain.casefold() in NOTHING_WORDS else plain.replace(" ", "")
        await catalogue.change(chat_id, register_id, form.item, barcode=barcode)
    else:
        await catalogue.change(chat_id, register_id, form.item, name=plain)
    return card


async def _added(desk: Desk, speaker: Speaker, register_id: str, item: Item) -> str:
    """The new item's id; that of the same item where the same words were handled before."""
    catalogue = desk.engine.catalogue
    try:
        return (await catalogue.add(speaker.chat_id, register_id, item)).item_id
    except Refused as refused:
        known = await catalogue.by_name(speaker.chat_id, register_id, item.name)
        if refused.code != "NAME_TAKEN" or known is None or known.item.price != item.price:
            raise
        return known.item_id


async def _copied(desk: Desk, speaker: Speaker, register_id: str, form: Form, number: int) -> Form:
    """This register's catalogue written over that of another one of theirs."""
    others = await _others(desk, speaker, register_id)
    if number >= len(others):
        return form
    await desk.engine.catalogue.copy(speaker.chat_id, register_id, others[number][0])
    return replace(HOME, note="goods-copied")


async def minded_of(desk: Desk, speaker: Speaker, register_id: str, form: Form) -> Minded:
    """What the form's screen needs to be drawn."""
    catalogue, chat_id = desk.engine.catalogue, speaker.chat_id
    registration = (await desk.engine.registers.get(register_id)).registration
    item = None
    if form.item:
        try:
            item = await catalogue.item(chat_id, register_id, form.item)
        except Refused:
            item = None
    wanted = Wanted(words=form.words if form.at != "home" else None)
    goods, count = await catalogue.page(chat_id, register_id, wanted, form.page * ITEMS_SHOWN, ITEMS_SHOWN)
    if not goods and count:
        goods, count = await catalogue.page(chat_id, register_id, wanted, 0, ITEMS_SHOWN)
    today = desk.clock.now().date()
    return Minded(
        title=registration.title,
        count=count,
        goods=tuple(goods),
        sections=tuple(await catalogue.sections(chat_id, register_id)) if form.at == "section" else (),
        item=item,
        registers=await _others(desk, speaker, register_id) if form.at in ("home", "copy") else (),
        rates=tuple(rate for rate in RATES if is_allowed(rate, today)) if registration.vat_payer else (),
    )


async def _others(desk: Desk, speaker: Speaker, register_id: str) -> tuple[tuple[str, str], ...]:
    """The other registers whose catalogues this person changes, with their titles."""
    found = []
    for one in sorted(speaker.roles):
        if one != register_id and speaker.roles[one] in CHANGING_ROLES:
            found.append((one, (await desk.engine.registers.get(one)).registration.title))
    return tuple(found)


def _item(text: str) -> Item | None:
    """«Кофе 800» or «Сыр 3200 кг» as an item."""
    words, unit = text.split(), None
    if len(words) > 2 and (unit := unit_of_word(words[-1])) is not None:
        text = " ".join(words[:-1])
    reading = read_sale(text)
    if isinstance(reading, Unreadable) or len(reading.lines) != 1 or not reading.lines[0].name:
        return None
    line = reading.lines[0]
    return Item(line.name, line.price_tiyn, unit or line.unit)
