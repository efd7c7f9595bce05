"""What a tap on a cart is answered with before its turn: the goods taken, or nothing where the screen says it."""

from __future__ import annotations

from bot.baskets import PAID, basket_of
from bot.counter import priced
from bot.desk import Desk
from bot.drafts import is_old
from bot.people import Speaker
from bot.press import Action, Press, Tap
from bot.screens.wording import shortened, tenge
from core.db.chat_rows import DraftRow
from core.domain.ticket import Ticket
from core.errors import Refused
from core.texts import say

NAME_CHARACTERS = 60


async def tap_toast(desk: Desk, speaker: Speaker, press: Press, row: DraftRow) -> str:
    """The words for a tap on an open draft of this chat."""
    language = speaker.language
    if not speaker.may_sell(row.register_id):
        return say(language, "bot-toast-not-allowed")
    if press.action is Action.GOODS or not press.choice:
        return ""
    if press.choice.startswith(PAID):
        ticket = await priced(desk, row, basket_of(row))
        is_as_shown = isinstance(ticket, Ticket) and ticket.total == press.reading
        if not is_as_shown or is_old(row, desk.clock.now()):
            return say(language, "cart-toast-changed")
        return say(language, "bot-toast-making", total=tenge(press.reading))
    if press.choice[0] == Tap.ADD:
        return await _added(desk, speaker, press, row)
    if press.choice[0] in (Tap.MORE, Tap.LESS, Tap.REMOVE):
        line = basket_of(row).cart.line(press.reading)
        sign = "+" if press.choice[0] == Tap.MORE else "−"
        return "" if line is None else f"{sign} {shortened(line.item.name, NAME_CHARACTERS)}"
    return ""


async def _added(desk: Desk, speaker: Speaker, press: Press, row: DraftRow) -> str:
    try:
        shelf = await desk.engine.catalogue.item(speaker.chat_id, row.register_id, press.choice[1:])
    except Refused:
        return say(speaker.language, "cart-toast-gone")
    return f"+ {shortened(shelf.item.name, NAME_CHARACTERS)} {tenge(shelf.item.price)}\u00a0₸"
