"""Carts as values: lines, keypad, payments of a button, and every screen within Telegram's limits."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.baskets import Basket, View, basket_of, payments_of, to_body
from bot.press import unpack
from bot.routers.cart import entered, item_of
from bot.screens.cart import Shown, cart_screen, tile_words
from bot.screens.keypad import COMMA, ERASE, TWO_ZEROS, typed_on, value_of
from bot.screens.screen import Screen
from core.db.chat_rows import DraftRow
from core.domain.cart import CART_LINES_MAX, Cart, from_facts, split_payments, to_facts
from core.domain.catalogue import Item, ShelfItem
from core.domain.money import DOCUMENT_TIYN_MAX
from core.domain.pricing import Pricing, price
from core.domain.ticket import Adjustment, Payment, PaymentType
from core.errors import Refused
from core.texts import LANGUAGES

COFFEE, BREAD = Item("Кофе", 80_000), Item("Нан", 35_000, barcode="4006381333931")
PRICING = Pricing(True, "16", date(2026, 11, 23), "131240010479")
DRAFT = "AbCdEf012345"
LONG = Item("Ұзақ <b>&" + "ж" * 119, 9_999_999_999, "116", "б" * 32)


def test_the_same_item_grows_and_amounts_and_marked_pieces_do_not_join() -> None:
    cart = Cart().added(COFFEE, "a").added(COFFEE, "a").added(BREAD, "b")
    assert [(one.item_id, one.quantity) for one in cart.lines] == [("a", 2000), ("b", 1000)]
    assert len(Cart().added(Item("Товар", 1)).added(Item("Товар", 1)).lines) == 2
    marked = Cart().added(BREAD, "b")
    for mark in ("mark-1", "mark-1", "mark-2"):
        marked = marked.added(BREAD, "b", mark)
    assert [one.mark for one in marked.lines] == [None, "mark-1", "mark-2"]
    with pytest.raises(Refused, match="QUANTITY"):
        marked.with_quantity(2, 2000)
    dearer = Cart().added(COFFEE, "a").added(replace(COFFEE, price=90_000), "a")
    assert len(dearer.lines) == 2
    assert len(Cart().added(COFFEE, "a").added(replace(COFFEE, favourite=True), "a").lines) == 1


def test_a_line_keeps_its_number_and_the_discount_goes_with_the_last_line() -> None:
    cart = Cart().added(COFFEE, "a").added(BREAD, "b").with_discount(Adjustment(percent=10_000))
    left = cart.without(1)
    assert left.line(2) is not None and left.line(1) is None and left.discount is not None
    assert left.added(COFFEE, "a").lines[-1].line_id == 3
    assert left.with_quantity(2, 0) == Cart(next_line=3)
    assert left.with_quantity(77, 5000) == left


def test_a_full_cart_takes_no_more() -> None:
    cart = Cart()
    for number in range(CART_LINES_MAX):
        cart = cart.added(Item(f"т{number}", 1))
    with pytest.raises(Refused, match="CART_FULL"):
        cart.added(COFFEE)


def test_a_cart_comes_back_from_its_row() -> None:
    cart = Cart().added(COFFEE, "a").added(BREAD, "b", "\x1dmark").with_discount(Adjustment(sum=500))
    basket = Basket(cart, View("keypad", purpose="m", typed="1,5"), ("press:1",), 3)
    assert from_facts(json.loads(json.dumps(to_facts(cart)))) == cart
    body = json.loads(json.dumps(to_body(basket)))
    row = DraftRow(DRAFT, 1, "r", "cart", body, "open", None, None, 1, datetime.now(UTC))
    assert basket_of(row) == basket


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("Pcash", ((Payment(PaymentType.CASH, 1000),), None)),
        ("Pcard", ((Payment(PaymentType.CARD, 1000),), None)),
        ("Pcash1000", ((Payment(PaymentType.CASH, 1000),), 1000)),
        ("Pcash5000", ((Payment(PaymentType.CASH, 1000),), 5000)),
        ("Pcard400", ((Payment(PaymentType.CASH, 400), Payment(PaymentType.CARD, 600)), None)),
        ("Pmobile999", ((Payment(PaymentType.CASH, 999), Payment(PaymentType.MOBILE, 1)), None)),
        *((wrong, None) for wrong in ("", "P", "Pgold", "Pcash999", "Pcard1000", "Pcard0", "x", "Pcash" + "9" * 13)),
    ],
)
def test_what_a_button_pays(choice: str, expected: object) -> None:
    assert payments_of(choice, 1000) == expected


@given(st.integers(1, DOCUMENT_TIYN_MAX), st.integers(0, DOCUMENT_TIYN_MAX))
def test_parts_add_up(total: int, cash: int) -> None:
    parts = split_payments(total, min(cash, total), PaymentType.CARD)
    assert sum(one.sum for one in parts) == total and all(one.sum > 0 for one in parts)


@given(st.lists(st.sampled_from([*range(10), COMMA, ERASE, TWO_ZEROS, 13, 999]), max_size=40))
def test_the_keypad_never_shows_what_is_no_number(keys: list[int]) -> None:
    typed = ""
    for key in keys:
        typed = typed_on(typed, key)
    assert typed == "" or typed.replace(",", "", 1).isdigit()
    assert len(typed) <= 12 and not (len(typed) > 1 and typed[0] == "0" and typed[1] != ",")
    value = value_of("q", typed)
    assert value is None or value > 0


@pytest.mark.parametrize(
    ("purpose", "typed", "value"),
    [("a", "1500", 150_000), ("a", "0,5", 50), ("a", "0,555", None), ("q", "1,555", 1555), ("c", "100", 100_000),
     ("c", "100,5", None), ("a", "", None), ("a", "0", None), ("a", "7,", 700)],
)  # fmt: skip
def test_what_stands_on_the_display(purpose: str, typed: str, value: int | None) -> None:
    assert value_of(purpose, typed) == value


def test_a_name_and_a_price_are_read_once_for_unknown_goods() -> None:
    view = View("ask", code="4006381333931")
    assert item_of("Шай 350", view) == Item("Шай", 35_000, barcode="4006381333931")
    assert item_of("350", view) is None and item_of("шай", view) is None and item_of("шай 350, нан 200", view) is None
    named = replace(view, name="Jacobs 95 г", ntin="0200123")
    assert item_of("2 мың", named) == Item("Jacobs 95 г", 200_000, barcode="4006381333931", ntin="0200123")


def test_a_number_does_what_its_keypad_is_for() -> None:
    basket = Basket(Cart().added(COFFEE, "a"), View("keypad", purpose="q", line=1))
    assert entered(basket, 2500, "ru").cart.lines[0].quantity == 2500
    assert entered(basket.seen(View("keypad", purpose="a")), 500, "kk").cart.lines[1].item == Item("Тауар", 500)
    assert entered(basket.seen(View("keypad", purpose="g")), 200_050, "ru").view.typed == "2000,50"
    with pytest.raises(Refused, match="PRICE"):
        entered(basket.seen(View("keypad", purpose="a")), 10**12, "ru")


def test_a_tile_cuts_the_name_and_keeps_the_price() -> None:
    assert tile_words(ShelfItem("a", COFFEE), 0) == "Кофе · 800"
    assert tile_words(ShelfItem("a", COFFEE), 1500) == "Кофе · 800 ×1,5"
    assert tile_words(ShelfItem("a", LONG), 2000).endswith("… · 99\u00a0999\u00a0999,99 ×2")


def test_a_long_cart_shows_what_was_tapped_last() -> None:
    text = screens("ru", View(), 60).text
    assert "… и ещё 48 позиций\n48" in text and "\n59" in text and "\n47" not in text


VIEWS = (
    *(View(at) for at in ("tiles", "sections", "lines", "line", "discount", "pay")),
    View(section="б" * 32), View(words="<b>&", page=3), View("line", line=1), View("lines", page=99),
    *(View("keypad", purpose=one, typed="999999999,99", line=1) for one in "aqcsgm"),
    View("ask", code="<4006381333931>"), View("ask", code="1", name="<i>"), View("pay", note="cart-changed"),
)  # fmt: skip


def screens(language: str, view: View, count: int) -> Screen:
    cart = Cart()
    for number in range(count):
        cart = cart.added(replace(LONG, name=f"{number}{LONG.name[3:]}"), f"item-id-{number:04d}")
    ticket = price(cart.request(), PRICING) if count else None
    goods = tuple(ShelfItem(f"item-id-{n:04d}", LONG) for n in range(8))
    sections = tuple((f"{n}{'б' * 31}", 20_000) for n in range(200))
    return cart_screen(language, DRAFT, Basket(cart, view), Shown(ticket, None, goods, 20_000, sections, "<b>", True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 60])
@pytest.mark.parametrize("view", VIEWS, ids=repr)
def test_every_screen_fits_telegram_and_has_a_way_on(language: str, count: int, view: View) -> None:
    screen = screens(language, view, count)
    assert not re.sub("</?(b|code)>", "", screen.text).count("<")
    assert screen.text.count("<b>") == screen.text.count("</b>")
    buttons = [button for row in screen.buttons for button in row]
    assert 0 < len(buttons) <= 100
    assert all(unpack(one.data or "") is not None for one in buttons)
    for row in screen.buttons:
        assert len(row) <= (4 if all(len(one.text) <= 4 for one in row) else 3 if row[0].text == "‹" else 2)
