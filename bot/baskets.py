"""A cart's draft: what is in it and what its one message shows. The row survives a restart, taps change it one by one.

A tap is named after its update and applied once, however often it is delivered (G8). The buttons that make a receipt
name the total that was on the screen; a cart that changed meanwhile is shown anew instead.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.taps import ANSWER_AGE_MAX, changed_body
from core.db.chat_rows import DraftRow
from core.domain.cart import Cart, from_facts, split_payments, to_facts
from core.domain.ticket import Payment, PaymentType, TicketInput

if TYPE_CHECKING:
    from bot.desk import Desk

TYPED_CHARACTERS_MAX = 12
PAID = "P"
"""The first letter of a choice that makes the receipt: how it is paid follows."""


@dataclass(frozen=True, slots=True)
class View:
    """What the cart's message shows. ``at`` is the screen; the rest are its particulars.

    tiles (``section``, ``words``, ``page``), sections, lines (``page``), line (``line``), discount, pay, keypad
    (``purpose``, ``typed``, ``line``), ask (``code``, ``mark``, ``name``, ``unit``, ``ntin``: goods that nobody knows).
    ``note`` is the key of a sentence above it, said once.
    """

    at: str = "tiles"
    section: str | None = None
    words: str | None = None
    page: int = 0
    line: int = 0
    purpose: str = ""
    typed: str = ""
    code: str = ""
    mark: str | None = None
    name: str = ""
    unit: str | None = None
    ntin: str | None = None
    note: str = ""

    @property
    def waits(self) -> bool:
        """Whether the next words of this person answer it."""
        return self.at in ("keypad", "ask")


TILES = View()


@dataclass(frozen=True, slots=True)
class Basket:
    """A cart, its view, the taps it has taken, and the place of its message (it moves down the chat)."""

    cart: Cart = field(default_factory=Cart)
    view: View = TILES
    applied: tuple[str, ...] = ()
    place: int = 0

    def seen(self, view: View) -> Basket:
        return replace(self, view=view)

    def holding(self, cart: Cart, view: View = TILES) -> Basket:
        return replace(self, cart=cart, view=view)


Change = Callable[[Basket], Awaitable[Basket]]


def to_body(basket: Basket) -> dict[str, Any]:
    return {
        "cart": to_facts(basket.cart),
        "view": asdict(basket.view),
        "applied": list(basket.applied),
        "place": basket.place,
    }


def basket_of(row: DraftRow) -> Basket:
    return _basket(row.body)


def _basket(body: dict[str, Any]) -> Basket:
    return Basket(from_facts(body["cart"]), View(**body["view"]), tuple(body["applied"]), int(body["place"]))


async def changed(desk: Desk, row: DraftRow, origin: str, change: Change) -> DraftRow:
    """The cart after this change, once for each origin."""

    async def on_body(body: dict[str, Any]) -> dict[str, Any]:
        return to_body(await change(_basket(body)))

    return await changed_body(desk, row, origin, on_body)


def is_waiting(row: DraftRow, now: datetime) -> bool:
    """Whether the cart asked for something just now."""
    return row.kind == "cart" and basket_of(row).view.waits and now - row.made_at <= ANSWER_AGE_MAX


def cart_request(row: DraftRow) -> TicketInput | None:
    """The ticket of a cart that is being made; ``None`` when the press does not fit (a forged button)."""
    assert row.choice is not None
    cart, total = basket_of(row).cart, int(row.choice["reading"])
    paid = payments_of(str(row.choice["choice"]), total)
    if paid is None or cart.is_empty:
        return None
    payments, taken = paid
    return cart.request(payments, taken)


def payments_of(choice: str, total: int) -> tuple[tuple[Payment, ...], int | None] | None:
    """What a button's choice pays and what was handed over: `Pcash`, `Pcard`, `Pmobile`, `Pcash200000` (given),
    `Pcard50000` (so much of it in cash). Sums are tiyn.
    """
    if not choice.startswith(PAID) or total <= 0:
        return None
    name = choice[1:].rstrip("0123456789")
    digits = choice[1 + len(name) :]
    if name not in set(PaymentType) or len(digits) > TYPED_CHARACTERS_MAX:
        return None
    kind = PaymentType(name)
    if not digits:
        return (Payment(kind, total),), None
    amount = int(digits)
    if kind is PaymentType.CASH:
        return ((Payment(kind, total),), amount) if amount >= total else None
    return (split_payments(total, amount, kind), None) if 0 < amount < total else None
