"""The cart's one message: tiles, sections, lines, discount, keypad, payment. Every screen has its way back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.baskets import Basket, View
from bot.press import Action, Tap, pack
from bot.screens.keypad import AMOUNT, DISCOUNT_SUM, PERCENT, QUANTITY, ask_screen, keypad_screen
from bot.screens.paying import pay_screen
from bot.screens.sale import ticket_lines
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import line_text, safe, shortened, tenge
from core.domain.catalogue import ShelfItem
from core.domain.money import format_quantity
from core.domain.ticket import Ticket
from core.texts import say

TILES_SHOWN = 8
LINES_SHOWN = 8
TEXT_LINES_MAX = 12
TILE_CHARACTERS = 18
"""Two in a row of a phone; a longer name is cut before its price, not after."""
TILE_NAME_CHARACTERS_MIN = 8
PERCENTS = (5, 10, 15, 20)
LINE_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """What a screen shows beside the basket: the priced cart (or why it has no price), goods, sections."""

    ticket: Ticket | None = None
    trouble: str | None = None
    goods: tuple[ShelfItem, ...] = ()
    found: int = 0
    sections: tuple[tuple[str, int], ...] = ()
    title: str | None = None
    may_change: bool = False


def cart_screen(language: str, draft_id: str, basket: Basket, shown: Shown) -> Screen:
    """The screen of the basket's view; one that needs a price shows the tiles while there is none."""
    view = basket.view
    if view.at in ("pay", "keypad") and shown.ticket is None and view.purpose != AMOUNT:
        view = View(note=view.note)
    match view.at:
        case "sections":
            return Screen(say(language, "cart-sections"), _section_buttons(language, draft_id, shown))
        case "lines":
            return Screen(_text(language, view, shown), _line_buttons(language, draft_id, basket, shown))
        case "line":
            return _line_screen(language, draft_id, basket, shown)
        case "discount":
            return Screen(_text(language, view, shown), _discount_buttons(language, draft_id, basket))
        case "pay":
            assert shown.ticket is not None
            return pay_screen(language, draft_id, shown.ticket, _text(language, view, shown))
        case "keypad":
            return keypad_screen(language, draft_id, basket, shown.ticket)
        case "ask":
            return ask_screen(language, draft_id, view)
    return Screen(_tiles_text(language, view, shown), _tile_buttons(language, draft_id, basket, view, shown))


def moved_screen(language: str) -> Screen:
    """What is left of the message when it cannot be taken away."""
    return Screen(say(language, "cart-moved"))


def _text(language: str, view: View, shown: Shown) -> str:
    ticket = shown.ticket
    return lines(
        None if shown.title is None else f"<b>{safe(shown.title)}</b>",
        say(language, view.note) if view.note else None,
        shown.trouble,
        *(() if ticket is None else _last_lines(language, ticket)),
        "",
        None if ticket is None else say(language, "bot-sale-total", total=tenge(ticket.total)),
    ) or say(language, "cart-empty")


def _last_lines(language: str, ticket: Ticket) -> tuple[str, ...]:
    """The arithmetic of the lines that were tapped last: of a long cart people look for what they just added."""
    hidden = len(ticket.items) - TEXT_LINES_MAX
    if hidden <= 0:
        return ticket_lines(language, ticket, TEXT_LINES_MAX)
    shown = replace(ticket, items=ticket.items[hidden:])
    return say(language, "bot-sale-more-lines", count=hidden), *ticket_lines(language, shown, TEXT_LINES_MAX)


def _tiles_text(language: str, view: View, shown: Shown) -> str:
    """The cart, and over the tiles what they are."""
    where: str | None = None
    if view.words is not None:
        where = say(language, "cart-found", count=shown.found, words=safe(view.words, LINE_CHARACTERS))
    elif view.section is not None:
        where = f"<b>{_section_name(language, view.section)}</b>"
    if shown.found == 0 and view.words is None:
        where = say(language, "cart-no-goods-owner" if shown.may_change else "cart-no-goods")
    return lines(_text(language, view, shown), "", where)


def _tile_buttons(language: str, draft_id: str, basket: Basket, view: View, shown: Shown) -> Rows:
    in_cart: dict[str, int] = {}
    for line in basket.cart.lines:
        if line.item_id is not None:
            in_cart[line.item_id] = in_cart.get(line.item_id, 0) + line.quantity
    tiles = [
        _button(draft_id, tile_words(one, in_cart.get(one.item_id, 0)), Tap.ADD, view.page, one.item_id)
        for one in shown.goods
    ]
    rows = in_twos(tiles)
    pages = -(-shown.found // TILES_SHOWN)
    if pages > 1:
        rows.append(_pager(draft_id, min(view.page, pages - 1), pages))
    others = [_button(draft_id, say(language, "cart-button-amount"), Tap.KEYPAD, 0, AMOUNT)]
    if len(shown.sections) > 1:
        others.insert(0, _button(draft_id, say(language, "cart-button-sections"), Tap.SECTIONS))
    if view.section is not None or view.words is not None:
        others.insert(0, _button(draft_id, say(language, "cart-button-all"), Tap.HOME))
    rows += in_twos(others)
    if not basket.cart.is_empty:
        rows.append(
            (
                _button(draft_id, say(language, "cart-button-lines"), Tap.LINES),
                _button(draft_id, say(language, "cart-button-discount"), Tap.DISCOUNT),
            )
        )
    if shown.may_change and basket.cart.is_empty and view.words is None:
        rows.append((Button(say(language, "goods-button-catalogue"), pack(Action.GOODS, "", 0, "H")),))
    if shown.ticket is not None:
        words = say(language, "cart-button-pay", total=tenge(shown.ticket.total))
        rows.append((_button(draft_id, words, Tap.PAY, style="primary"),))
    return tuple(rows)


def tile_words(shelf: ShelfItem, quantity: int) -> str:
    """`Кофе · 800`, and how many are in the cart."""
    tail = f" · {tenge(shelf.item.price)}"
    if quantity:
        tail += f" ×{format_quantity(quantity).replace('.', ',')}"
    return shortened(shelf.item.name, max(TILE_NAME_CHARACTERS_MIN, TILE_CHARACTERS - len(tail))) + tail


def _section_buttons(language: str, draft_id: str, shown: Shown) -> Rows:
    tiles = [
        _button(draft_id, f"{shortened(_section_plain(language, name), TILE_CHARACTERS)} · {count}", Tap.SECTION, place)
        for place, (name, count) in enumerate(shown.sections)
    ]
    rows = in_twos(tiles[:SECTION_TILES_MAX])
    rows.append((_button(draft_id, say(language, "cart-button-all"), Tap.HOME),))
    return tuple(rows)


SECTION_TILES_MAX = 60
"""Telegram takes a hundred buttons under a message; the rest of the sections are found by search."""


def _section_plain(language: str, section: str) -> str:
    return section or say(language, "cart-section-none")


def _section_name(language: str, section: str) -> str:
    return safe(_section_plain(language, section))


def _line_buttons(language: str, draft_id: str, basket: Basket, shown: Shown) -> Rows:
    """Each line is a button; a priced ticket keeps the order of the cart."""
    ticket = shown.ticket
    rows: list[tuple[Button, ...]] = []
    if ticket is not None:
        pages = -(-len(ticket.items) // LINES_SHOWN)
        page = min(basket.view.page, pages - 1)
        pairs = list(zip(ticket.items, basket.cart.lines, strict=True))
        for priced, line in pairs[page * LINES_SHOWN : (page + 1) * LINES_SHOWN]:
            words = shortened(line_text(priced, language, name_characters=TILE_CHARACTERS), LINE_CHARACTERS)
            rows.append((_button(draft_id, words, Tap.LINE, line.line_id),))
        if pages > 1:
            rows.append(_pager(draft_id, page, pages))
    rows.append((_button(draft_id, say(language, "cart-button-clear"), Tap.CLEAR, style="danger"),))
    rows.append((back_button(language, draft_id),))
    return tuple(rows)


def _line_screen(language: str, draft_id: str, basket: Basket, shown: Shown) -> Screen:
    place = next((n for n, one in enumerate(basket.cart.lines) if one.line_id == basket.view.line), None)
    back = _button(draft_id, say(language, "back"), Tap.LINES)
    if place is None or shown.ticket is None:
        return Screen(say(language, "cart-line-gone"), ((back,),))
    line_id = basket.view.line
    text = safe(line_text(shown.ticket.items[place], language))
    rows: list[tuple[Button, ...]] = []
    if basket.cart.lines[place].mark is None:
        rows.append((_button(draft_id, "−", Tap.LESS, line_id), _button(draft_id, "+", Tap.MORE, line_id)))
        rows.append((_button(draft_id, say(language, "cart-button-quantity"), Tap.KEYPAD, line_id, QUANTITY),))
    rows.append((_button(draft_id, say(language, "cart-button-remove"), Tap.REMOVE, line_id, style="danger"),))
    return Screen(text, (*rows, (back,)))


def _discount_buttons(language: str, draft_id: str, basket: Basket) -> Rows:
    percents = tuple(_button(draft_id, f"{one}\u00a0%", Tap.PERCENT, one * 1000) for one in PERCENTS)
    rows: list[tuple[Button, ...]] = [
        percents,
        (
            _button(draft_id, say(language, "cart-button-other-percent"), Tap.KEYPAD, 0, PERCENT),
            _button(draft_id, say(language, "cart-button-discount-sum"), Tap.KEYPAD, 0, DISCOUNT_SUM),
        ),
    ]
    if basket.cart.discount is not None:
        rows.append((_button(draft_id, say(language, "cart-button-no-discount"), Tap.PERCENT, 0),))
    return (*rows, (back_button(language, draft_id),))


def _pager(draft_id: str, page: int, pages: int) -> tuple[Button, ...]:
    return (
        _button(draft_id, "‹", Tap.PAGE, (page - 1) % pages),
        _button(draft_id, f"{page + 1} / {pages}", Tap.PAGE, page),
        _button(draft_id, "›", Tap.PAGE, (page + 1) % pages),
    )


def back_button(language: str, draft_id: str) -> Button:
    """To the tiles."""
    return _button(draft_id, say(language, "back"), Tap.HOME)


def in_twos(buttons: list[Button]) -> list[tuple[Button, ...]]:
    """Two in a row."""
    return [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]


def _button(
    draft_id: str, words: str, tap: Tap, number: int = 0, more: str = "", style: str | None = None
) -> Button:
    return Button(words, pack(Action.CART, draft_id, number, f"{tap}{more}"), style=style)
