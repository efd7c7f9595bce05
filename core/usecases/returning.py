"""What may be returned: of a receipt of the register line by line, of one made elsewhere by its sum."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.left_to_return import Left, left_of
from core.domain.money import Money
from core.domain.ticket import Kind, Parent
from core.domain.view import DocumentView, Mark
from core.errors import Refused
from core.usecases.ports import Journal

NOT_RETURNABLE = (Mark.SAVED, Mark.REFUSED)


@dataclass(frozen=True, slots=True)
class Returnable:
    """A sale of the register with what is left to return of it."""

    view: DocumentView
    left: Left


class Returns:
    """Reads; the return itself is an act like any other."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def of_sale(self, register_id: str, number: int) -> Returnable:
        """A counted sale of this register; raises ``PARENT_NOT_FOUND`` for whatever is none."""
        view = await self._journal.view(register_id, number) if 0 < number < 2**63 else None
        if view is None or view.document.kind is not Kind.SELL or view.mark in NOT_RETURNABLE:
            raise Refused("PARENT_NOT_FOUND", number=number)
        ticket = view.document.ticket
        assert ticket is not None
        earlier = await self._journal.returns_of(register_id, Parent(document_number=number))
        return Returnable(view, left_of(ticket, earlier))

    async def left_elsewhere(self, register_id: str, parent: Parent) -> Money:
        """What the returns made on this register leave of a receipt made elsewhere."""
        earlier = await self._journal.returns_of(register_id, parent)
        return max(0, (parent.total or 0) - sum(ticket.total for ticket in earlier))

