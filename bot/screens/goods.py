"""The catalogue minded by hand: home, list, an item's card, what is asked of it; what became of a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.forms import Form
from bot.press import Action, pack
from bot.screens.cart import in_twos, tile_words
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import safe, shortened, tenge
from core.domain.catalogue import ShelfItem
from core.domain.price_list import BadRow
from core.domain.units import UNITS
from core.domain.vat import NO_VAT
from core.goods.files import mend_words
from core.texts import LANGUAGES, say
from core.usecases.catalogue import Loaded

ITEMS_SHOWN = 10
BAD_ROWS_SHOWN = 5
NAME_CHARACTERS = 24
SECTIONS_SHOWN = 40
COMMON_UNITS = ("796", "116", "163", "112", "111", "006", "055", "778", "868", "5114")


class GoodsTap(StrEnum):
    """What a tap on the form asks for; the first letter of the button's choice."""

    HOME = "H"
    LIST = "L"
    CARD = "F"
    ASK = "a"
    SECTION = "s"
    SECTION_SET = "o"
    UNIT = "u"
    UNIT_SET = "U"
    VAT = "v"
    VAT_SET = "V"
    FAVOURITE = "f"
    DELETE = "d"
    DELETE_NOW = "D"
    TEMPLATE = "T"
    EXPORT = "X"
    COPY = "c"
    COPY_NOW = "C"


@dataclass(frozen=True, slots=True)
class Minded:
    """What a form's screen shows beside the form itself."""

    title: str
    count: int = 0
    goods: tuple[ShelfItem, ...] = ()
    sections: tuple[tuple[str, int], ...] = ()
    item: ShelfItem | None = None
    registers: tuple[tuple[str, str], ...] = ()
    rates: tuple[str, ...] = ()


def goods_screen(language: str, draft_id: str, form: Form, minded: Minded) -> Screen:
    """The screen of the form; an item that is gone leads back to the list."""
    note = say(language, form.note) if form.note else None
    if form.at == "home":
        text = say(language, "goods-home", title=safe(minded.title), count=minded.count)
        return Screen(lines(note, text), _home_buttons(language, draft_id, minded))
    if form.at == "copy":
        rows = [
            (_button(draft_id, shortened(title, 40), GoodsTap.COPY_NOW, place),)
            for place, (_, title) in enumerate(minded.registers)
        ]
        text = say(language, "goods-copy-ask", title=safe(minded.title))
        return Screen(lines(note, text), (*rows, (_back(language, draft_id),)))
    if form.at == "ask" and form.asks == "new":
        return Screen(lines(note, say(language, "goods-ask-new")), ((_back(language, draft_id),),))
    if form.at == "list" or minded.item is None:
        return _list_screen(language, draft_id, form, minded, note)
    return _item_screen(language, draft_id, form, minded, minded.item, note)


def _home_buttons(language: str, draft_id: str, minded: Minded) -> Rows:
    rows: list[tuple[Button, ...]] = [
        (_button(draft_id, say(language, "goods-button-new"), GoodsTap.ASK, 0, "new", style="primary"),)
    ]
    if minded.count:
        rows.append((_button(draft_id, say(language, "goods-button-list"), GoodsTap.LIST),))
    files = [_button(draft_id, say(language, "goods-button-template"), GoodsTap.TEMPLATE)]
    if minded.count:
        files.append(_button(draft_id, say(language, "goods-button-export"), GoodsTap.EXPORT))
    rows.append(tuple(files))
    if minded.count and minded.registers:
        rows.append((_button(draft_id, say(language, "goods-button-copy"), GoodsTap.COPY),))
    return tuple(rows)


def _list_screen(language: str, draft_id: str, form: Form, minded: Minded, note: str | None) -> Screen:
    tiles = [
        _button(draft_id, _starred(one, tile_words(one, 0)), GoodsTap.CARD, form.page, one.item_id)
        for one in minded.goods
    ]
    rows = in_twos(tiles)
    pages = -(-minded.count // ITEMS_SHOWN)
    if pages > 1:
        page = min(form.page, pages - 1)
        rows.append(
            (
                _button(draft_id, "‹", GoodsTap.LIST, (page - 1) % pages),
                _button(draft_id, f"{page + 1} / {pages}", GoodsTap.LIST, page),
                _button(draft_id, "›", GoodsTap.LIST, (page + 1) % pages),
            )
        )
    text = (
        say(language, "goods-list", count=minded.count)
        if form.words is None
        else say(language, "cart-found", count=minded.count, words=safe(form.words, 40))
    )
    return Screen(lines(note, text), (*rows, (_back(language, draft_id),)))


def _item_screen(
    language: str, draft_id: str, form: Form, minded: Minded, shelf: ShelfItem, note: str | None
) -> Screen:
    name = safe(shelf.item.name)
    back = (_button(draft_id, say(language, "back"), GoodsTap.CARD, form.page, shelf.item_id),)
    if form.at == "ask":
        return Screen(lines(note, say(language, f"goods-ask-{form.asks}", name=name)), (back,))
    if form.at == "section":
        names = [section or say(language, "cart-section-none") for section, _ in minded.sections[:SECTIONS_SHOWN]]
        choices = [
            _button(draft_id, shortened(one, NAME_CHARACTERS), GoodsTap.SECTION_SET, place)
            for place, one in enumerate(names)
        ]
        return Screen(lines(note, say(language, "goods-ask-section", name=name)), (*in_twos(choices), back))
    if form.at == "unit":
        place = LANGUAGES.index(language)
        choices = [_button(draft_id, UNITS[code][place], GoodsTap.UNIT_SET, 0, code) for code in COMMON_UNITS]
        return Screen(say(language, "goods-ask-unit", name=name), (*in_twos(choices), back))
    if form.at == "vat":
        choices = [_button(draft_id, _vat_words(language, rate), GoodsTap.VAT_SET, 0, rate) for rate in minded.rates]
        usual = _button(draft_id, _vat_words(language, None), GoodsTap.VAT_SET)
        return Screen(say(language, "goods-ask-vat", name=name), ((usual,), *in_twos(choices), back))
    if form.at == "delete":
        words = say(language, "goods-button-delete-now", name=shortened(shelf.item.name, NAME_CHARACTERS))
        return Screen(
            say(language, "goods-delete-ask", name=name),
            ((_button(draft_id, words, GoodsTap.DELETE_NOW, style="danger"),), back),
        )
    return Screen(lines(note, card_text(language, shelf)), _card_buttons(language, draft_id, form, minded, shelf))


def card_text(language: str, shelf: ShelfItem) -> str:
    """An item with all that is known of it."""
    item = shelf.item
    unit = UNITS[item.unit][LANGUAGES.index(language)]
    return lines(
        f"<b>{safe(item.name)}</b>",
        say(language, "goods-card-price", price=tenge(item.price), unit=unit),
        say(language, "goods-card-section", section=safe(item.section)) if item.section else None,
        f"{say(language, 'goods-column-vat')}: {_vat_words(language, item.vat)}",
        f"{say(language, 'goods-column-barcode')}: <code>{safe(item.barcode)}</code>" if item.barcode else None,
        f"{say(language, 'goods-column-ntin')}: <code>{safe(item.ntin)}</code>" if item.ntin else None,
        say(language, "goods-card-sold", count=shelf.sold_count) if shelf.sold_count else None,
        say(language, "goods-card-learnt") if shelf.learnt else None,
    )


def _card_buttons(language: str, draft_id: str, form: Form, minded: Minded, shelf: ShelfItem) -> Rows:
    asked = [
        _button(draft_id, say(language, f"goods-column-{name}"), GoodsTap.ASK, form.page, name)
        for name in ("price", "name", "barcode")
    ]
    section = _button(draft_id, say(language, "goods-column-section"), GoodsTap.SECTION, form.page)
    unit = _button(draft_id, say(language, "goods-column-unit"), GoodsTap.UNIT, form.page)
    vat = [_button(draft_id, say(language, "goods-column-vat"), GoodsTap.VAT, form.page)] if minded.rates else []
    star = "goods-button-unstar" if shelf.item.favourite else "goods-button-star"
    return (
        *in_twos([*asked[:2], section, asked[2], unit, *vat]),
        (_button(draft_id, say(language, star), GoodsTap.FAVOURITE, form.page),),
        (_button(draft_id, say(language, "goods-button-delete"), GoodsTap.DELETE, form.page, style="danger"),),
        (_button(draft_id, say(language, "back"), GoodsTap.LIST, form.page),),
    )


def loaded_screen(language: str, loaded: Loaded, title: str | None = None) -> Screen:
    """What became of a list: the numbers, the first bad rows with how to mend them, where the rest stand."""
    shown = [bad_row_words(language, one) for one in loaded.bad[:BAD_ROWS_SHOWN]]
    more = len(loaded.bad) - len(shown)
    text = lines(
        None if title is None else f"<b>{safe(title)}</b>",
        say(language, "goods-loaded", added=loaded.added, changed=loaded.changed, same=loaded.same),
        "",
        say(language, "goods-loaded-bad", count=len(loaded.bad)) if loaded.bad else None,
        *shown,
        say(language, "goods-loaded-more", count=more) if more else None,
        say(language, "goods-loaded-mend") if loaded.bad else None,
    )
    return Screen(text, ((catalogue_button(language),),), silent=not loaded.bad)


def bad_row_words(language: str, bad: BadRow) -> str:
    """`Строка 4, Цена «дорого»: …`."""
    column = say(language, f"goods-column-{bad.column}")
    mend = safe(mend_words(bad, language))
    if not bad.value:
        return say(language, "goods-row-plain", row=str(bad.number), column=column, mend=mend)
    return say(
        language, "goods-row-value", row=str(bad.number), column=column, value=safe(bad.value, 24), mend=mend
    )


def catalogue_button(language: str) -> Button:
    """Opens the form, wherever it stands."""
    return Button(say(language, "goods-button-catalogue"), pack(Action.GOODS, "", 0, GoodsTap.HOME))


def _vat_words(language: str, rate: str | None) -> str:
    if rate is None:
        return say(language, "goods-vat-usual")
    return say(language, "goods-no-vat") if rate == NO_VAT else f"{rate}\u00a0%"


def _starred(shelf: ShelfItem, words: str) -> str:
    return f"★ {words}" if shelf.item.favourite else words


def _back(language: str, draft_id: str) -> Button:
    return _button(draft_id, say(language, "back"), GoodsTap.HOME)


def _button(
    draft_id: str, words: str, tap: GoodsTap, number: int = 0, more: str = "", style: str | None = None
) -> Button:
    return Button(words, pack(Action.GOODS, draft_id, number, f"{tap}{more}"), style=style)
