"""The counter: a cart found or opened, drawn, moved down the chat. Routers of carts, search and scans share it."""

from __future__ import annotations

from typing import Any

from bot.baskets import Basket, Change, View, basket_of, changed, to_body
from bot.desk import Desk, draft_key
from bot.drafts import DRAFT_AGE_MAX
from bot.people import Speaker
from bot.screens.cart import TILES_SHOWN, Shown, cart_screen, moved_screen
from bot.screens.refusal import refusal_screen
from bot.taps import changed_body
from core.db.chat_rows import DraftRow
from core.domain.barcode import ScannedCode
from core.domain.cart import Cart
from core.domain.catalogue import ShelfItem
from core.domain.ticket import Ticket
from core.errors import Refused
from core.usecases.catalogue import CHANGING_ROLES, Wanted

NEAR_MESSAGES = 2
"""A cart so few messages above is still on the screen: it is changed where it stands."""


async def open_cart(desk: Desk, speaker: Speaker, origin: str) -> DraftRow:
    """The cart that is being filled on the speaker's register, or a new one. Shows nothing."""
    assert speaker.register_id is not None
    since = desk.clock.now() - DRAFT_AGE_MAX
    row = await desk.store.taps.newest_cart(speaker.chat_id, since)
    if row is not None and row.register_id == speaker.register_id:
        return row
    return await new_cart(desk, speaker, speaker.register_id, origin)


async def new_cart(
    desk: Desk, speaker: Speaker, register_id: str, origin: str, cart: Cart | None = None
) -> DraftRow:
    """A cart of its own for this origin, empty unless one is given."""
    body = to_body(Basket(cart or Cart()))
    return await desk.new_draft(speaker, register_id, "cart", body, f"cart:{origin}")


async def show_changed(desk: Desk, speaker: Speaker, row: DraftRow, origin: str, change: Change) -> DraftRow:
    """Apply a change once and draw the cart; a refusal is told beside it and changes nothing."""
    try:
        row = await changed(desk, row, origin, change)
    except Refused as refused:
        await desk.outbox.show(speaker.chat_id, f"refusal:{origin}", refusal_screen(speaker.language, refused))
        return row
    if row.state == "open":
        await draw(desk, speaker, row)
    return row


async def draw(desk: Desk, speaker: Speaker, row: DraftRow) -> None:
    """The cart's message as it should look now."""
    basket = basket_of(row)
    shown = await _shown(desk, speaker, row, basket)
    await desk.show_draft(row, cart_screen(speaker.language, row.draft_id, basket, shown))


async def moved_down(
    desk: Desk, speaker: Speaker, row: DraftRow, origin: str, below: int | None = None
) -> DraftRow:
    """The draft's message at the end of the chat: the old one is taken away, the next look is a new message.

    With ``below``, the id of the person's message, only if it stands too far above it to be seen.
    """
    old = await desk.store.message(row.chat_id, draft_key(row))
    if old is None or old.message_id is None or row.state != "open":
        return row
    if below is not None and 0 < below - old.message_id <= NEAR_MESSAGES:
        return row

    async def lower(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "place": int(body["place"]) + 1}

    moved = await changed_body(desk, row, f"{origin}:moved", lower)
    if draft_key(moved) != old.key:
        await desk.outbox.take_away(row.chat_id, old.key, moved_screen(speaker.language))
    return moved


async def unknown_goods(desk: Desk, register_id: str, scanned: ScannedCode) -> View:
    """The question for goods that the catalogue does not know; their price alone where the operator knows the name."""
    found = await desk.engine.catalogue.named(register_id, scanned.code)
    if found is None:
        return View("ask", code=scanned.code, mark=scanned.mark)
    return View("ask", code=scanned.code, mark=scanned.mark, name=found.name, unit=found.unit, ntin=found.ntin)


async def priced(desk: Desk, row: DraftRow, basket: Basket) -> Ticket | Refused | None:
    """The cart as it would be sold now, why it cannot be, or ``None`` while it is empty."""
    if basket.cart.is_empty:
        return None
    try:
        return await desk.engine.quotes.ticket(row.register_id, basket.cart.request())
    except Refused as refused:
        return refused


async def _shown(desk: Desk, speaker: Speaker, row: DraftRow, basket: Basket) -> Shown:
    ticket = await priced(desk, row, basket)
    trouble = refusal_screen(speaker.language, ticket).text if isinstance(ticket, Refused) else None
    goods: list[ShelfItem] = []
    found, sections = 0, []
    has_tiles = basket.view.at in ("tiles", "sections")
    if has_tiles or (basket.view.at in ("pay", "keypad") and not isinstance(ticket, Ticket)):
        sections = await desk.engine.catalogue.sections(speaker.chat_id, row.register_id)
        goods, found = await _goods(desk, speaker, row.register_id, basket.view)
    return Shown(
        ticket=ticket if isinstance(ticket, Ticket) else None,
        trouble=trouble,
        goods=tuple(goods),
        found=found,
        sections=tuple(sections),
        title=await desk.title_for(speaker, row.register_id),
        may_change=speaker.roles.get(row.register_id) in CHANGING_ROLES,
    )


async def _goods(desk: Desk, speaker: Speaker, register_id: str, view: View) -> tuple[list[ShelfItem], int]:
    """The page that the view shows, or the first one if there is no such page any more."""
    wanted, catalogue = Wanted(view.section, view.words), desk.engine.catalogue
    goods, found = await catalogue.page(
        speaker.chat_id, register_id, wanted, view.page * TILES_SHOWN, TILES_SHOWN
    )
    if goods or not found:
        return goods, found
    return await catalogue.page(speaker.chat_id, register_id, wanted, 0, TILES_SHOWN)
