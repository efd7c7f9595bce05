"""What a return goes back to: a receipt of the register, however it was named, or one made elsewhere."""

from __future__ import annotations

from dataclasses import replace

from core.domain.journal import REFUSED_OUTCOME
from core.domain.registration import Registration
from core.domain.returns import Basis
from core.domain.ticket import Parent, TicketInput
from core.usecases.ports import Journal


class Bases:
    """Finds bases in the journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def named(self, registration: Registration, request: TicketInput) -> TicketInput:
        """The request; a basis given by its five facts that is a receipt of this very register becomes its number."""
        parent = request.parent
        if parent is None or parent.document_number is not None:
            return request
        if parent.rnm != registration.rnm or parent.fiscal_sign is None:
            return request
        number = await self._journal.number_of_sign(registration.register_id, parent.fiscal_sign)
        return request if number is None else replace(request, parent=Parent(document_number=number))

    async def basis(self, register_id: str, parent: Parent) -> Basis:
        """What the register knows of a basis; nothing of a document that the operator refused."""
        number = parent.document_number
        if number is None:
            return Basis(earlier=await self._journal.returns_of(register_id, parent))
        view = await self._journal.view(register_id, number)
        if view is None or view.mark == REFUSED_OUTCOME:
            return Basis()
        sign = view.autonomous_sign if view.autonomous_sign is not None else view.fiscal_sign
        return Basis(
            earlier=await self._journal.returns_of(register_id, parent),
            document=view.document,
            sign=str(sign or view.document.own_sign or ""),
            autonomous=view.autonomous_sign is not None,
        )
