"""The form of the catalogue: what its one message shows while somebody minds the goods."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.taps import ANSWER_AGE_MAX, changed_body
from core.db.chat_rows import DraftRow

if TYPE_CHECKING:
    from bot.desk import Desk


@dataclass(frozen=True, slots=True)
class Form:
    """``at`` is the screen: home, list (``page``, ``words``), card, ask (``asks``: new, name, price, barcode), section,
    unit, vat, delete, copy. ``item`` is the item that it is about; ``note`` the key of a sentence said once.
    """

    at: str = "home"
    item: str = ""
    page: int = 0
    words: str | None = None
    asks: str = ""
    note: str = ""

    @property
    def waits(self) -> bool:
        """Whether the next words of this person answer it."""
        return self.at in ("ask", "section", "list")


HOME = Form()
FormChange = Callable[[Form], Awaitable[Form]]


def form_body(form: Form = HOME) -> dict[str, Any]:
    """The body of a new form's draft."""
    return {"form": asdict(form), "applied": [], "place": 0}


def form_of(row: DraftRow) -> Form:
    return Form(**row.body["form"])


async def changed_form(desk: Desk, row: DraftRow, origin: str, change: FormChange) -> DraftRow:
    """The form after this change, once for each origin."""

    async def on_body(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "form": asdict(await change(Form(**body["form"])))}

    return await changed_body(desk, row, origin, on_body)


def is_form_waiting(row: DraftRow, now: datetime) -> bool:
    """Whether the form asked for something just now."""
    return row.kind == "goods" and form_of(row).waits and now - row.made_at <= ANSWER_AGE_MAX
