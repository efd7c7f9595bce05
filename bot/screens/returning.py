"""A return (возврат, қайтару) in one living message: the whole of what is left, or line by line; one confirmation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.press import Action, pack
from bot.returning import Chosen, chosen_of
from bot.screens.feed import document_line
from bot.screens.sale import payments_line
from bot.screens.screen import Button, Rows, Screen, lines
from bot.screens.wording import clock_text, payment_name, safe, shortened, tenge
from core.clock import ALMATY
from core.domain.left_to_return import Left, LeftLine, stepped
from core.domain.money import format_quantity
from core.domain.ticket import PaymentType
from core.domain.units import PIECE, UNITS
from core.domain.view import DocumentView
from core.texts import LANGUAGES, say
from core.usecases.returning import Returnable

LINES_A_PAGE = 5
LINES_SHOWN_MAX = 25
CHOSEN = "● "


class Part:
    """What a button of a return does; the target is absolute, so a press delivered twice does the same."""

    QUANTITY = "q"
    PAYMENT = "p"
    LINES = "l"
    PAGE = "g"


def return_screen(language: str, draft_id: str, body: dict[str, Any], found: Returnable) -> Screen:
    """What goes back, how it is paid out, and the button with the sum."""
    chosen, left, total = chosen_of(body), found.left, int(body["total"])
    number = found.view.document.number
    if not chosen.lines:
        return _whole_screen(language, draft_id, body, found)
    places = _places(left)
    page, pages = _page(chosen, places)
    shown = places[page * LINES_A_PAGE : (page + 1) * LINES_A_PAGE]
    texts = [
        f"{place + 1}. {_line_text(language, left.lines[place], chosen.quantities[place])}" for place in shown
    ]
    more = len(places) - len(texts)
    text = lines(
        f"<b>{say(language, 'counter-return-title', number=number)}</b>",
        None if left.untouched else say(language, "counter-return-left", left=tenge(left.total)),
        *texts,
        say(language, "bot-sale-more-lines", count=more) if more else None,
        "",
        say(language, "counter-return-total", total=tenge(total)) if total else say(language, "counter-return-nothing"),
    )
    rows = [_line_row(draft_id, place, left.lines[place], chosen.quantities[place]) for place in shown]
    if pages > 1:
        words = say(language, "counter-button-page", page=page + 1, pages=pages)
        rows.append((Button(words, pack(Action.PART, draft_id, (page + 1) % pages, Part.PAGE)),))
    return Screen(text, (*rows, *_end_rows(language, draft_id, body)))


def _whole_screen(language: str, draft_id: str, body: dict[str, Any], found: Returnable) -> Screen:
    left, total, document = found.left, int(body["total"]), found.view.document
    assert document.ticket is not None
    paid = payments_line(language, document.ticket, with_change=False)
    if left.untouched:
        text = say(language, "bot-return-ask", number=document.number, total=tenge(total), payments=paid)
    else:
        rest = [_line_text(language, one, one.quantity) for one in left.lines if one.quantity][:LINES_SHOWN_MAX]
        asked = say(language, "counter-return-rest", number=document.number, total=tenge(total))
        text = lines(asked, *rest)
    make = _make_button(language, draft_id, total)
    part = Button(say(language, "counter-button-part"), pack(Action.PART, draft_id, 1, Part.LINES))
    return Screen(text, ((make,), (part,), (_cancel(language, draft_id),)))


def _line_text(language: str, one: LeftLine, quantity: int) -> str:
    name = safe(shortened(one.line.name, 60))
    share = f"{_quantity(quantity)}\u00a0/\u00a0{_quantity(one.quantity)}{_unit(language, one.line.unit)}"
    if not quantity:
        return f"▫️ {name} · {share}"
    return f"↩️ {name} · <b>{share}</b> = {tenge(one.money(quantity))}"


def _places(left: Left) -> list[int]:
    """The lines of which something is left."""
    return [place for place, one in enumerate(left.lines) if one.quantity]


def _page(chosen: Chosen, places: list[int]) -> tuple[int, int]:
    pages = max(1, -(-len(places) // LINES_A_PAGE))
    return min(chosen.page, pages - 1), pages


def _line_row(draft_id: str, place: int, one: LeftLine, quantity: int) -> tuple[Button, ...]:
    """Less, none or all, more: of the line with this number in the text."""
    toggled = 0 if quantity else one.quantity
    return (
        _step(draft_id, place, "−", stepped(quantity, one.quantity, -1)),
        _step(draft_id, place, f"{place + 1}: {_quantity(quantity)} / {_quantity(one.quantity)}", toggled),
        _step(draft_id, place, "+", stepped(quantity, one.quantity, 1)),
    )


def _step(draft_id: str, place: int, words: str, target: int) -> Button:
    return Button(words, pack(Action.PART, draft_id, place, f"{Part.QUANTITY}{target}"))


def _end_rows(language: str, draft_id: str, body: dict[str, Any]) -> Rows:
    paid: list[dict[str, Any]] = body["request"]["payments"] if body["request"] else []
    kinds = payment_buttons(language, draft_id, body["payment"] or (paid[0]["type"] if len(paid) == 1 else None))
    rows: list[tuple[Button, ...]] = [kinds[:2], kinds[2:]]
    if body["total"]:
        rows.append((_make_button(language, draft_id, int(body["total"])),))
    return (*rows, (_cancel(language, draft_id),))


def payment_buttons(language: str, draft_id: str, payment: str | None) -> tuple[Button, ...]:
    """In which kind it is paid out; none is marked where it goes back as it was paid in."""
    return tuple(
        Button(
            f"{CHOSEN if payment == kind else ''}{payment_name(language, kind)}",
            pack(Action.PART, draft_id, 0, f"{Part.PAYMENT}{kind}"),
        )
        for kind in PaymentType
    )


def which_screen(language: str, register_id: str, sales: list[DocumentView]) -> Screen:
    """The latest sales to choose a return's receipt from."""
    if not sales:
        return Screen(say(language, "counter-return-nothing-sold"))
    text = lines(
        f"<b>{say(language, 'counter-return-which')}</b>",
        *(document_line(language, one) for one in sales),
        "",
        say(language, "counter-return-which-other"),
    )
    buttons = (
        Button(
            f"№ {one.document.number} · {tenge(one.document.total)}\u00a0₸",
            pack(Action.RETURN_ASK, register_id, one.document.number),
        )
        for one in sales
    )
    return Screen(text, tuple((one,) for one in buttons))


def elsewhere_screen(language: str, draft_id: str, body: dict[str, Any]) -> Screen:
    """A return of a receipt made on another register: what its link says, and what goes back."""
    parent, total = body["request"]["parent"], int(body["total"])
    made_at = say(
        language,
        "counter-elsewhere-facts",
        sign=safe(str(parent["fiscal_sign"])),
        rnm=safe(str(parent["rnm"])),
        made=_moment(parent["made_at"]),
        total=tenge(int(parent["total"])),
    )
    goods = [
        f"↩️ {safe(shortened(str(line['name']), 60))} · {_quantity(int(line['quantity']))}"
        for line in body["request"]["items"][:LINES_SHOWN_MAX]
    ]
    left = int(body["left"])
    text = lines(
        f"<b>{say(language, 'counter-elsewhere-title')}</b>",
        made_at,
        say(language, "counter-return-left", left=tenge(left)) if left < int(parent["total"]) else None,
        "",
        *goods,
        say(language, "counter-return-total", total=tenge(total)),
        "",
        say(language, "counter-elsewhere-how"),
    )
    return Screen(text, _end_rows(language, draft_id, body))


def _moment(value: Any) -> str:
    made_at = datetime.fromisoformat(str(value)).astimezone(ALMATY)
    return f"{made_at:%d.%m.%Y} {clock_text(made_at)}"


def _make_button(language: str, draft_id: str, total: int) -> Button:
    words = say(language, "bot-button-return-make", total=tenge(total))
    return Button(words, pack(Action.RETURN, draft_id, total), style="danger")


def _cancel(language: str, draft_id: str) -> Button:
    return Button(say(language, "bot-button-cancel"), pack(Action.CANCEL, draft_id))


def _quantity(quantity: int) -> str:
    return format_quantity(quantity).replace(".", ",")


def _unit(language: str, unit: str) -> str:
    names = None if unit == PIECE else UNITS.get(unit)
    return "" if names is None else f"\u00a0{names[LANGUAGES.index(language)]}"
