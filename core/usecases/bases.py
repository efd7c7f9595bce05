"""The basis of a return (чек-основание) as this register knows it: the receipt itself, and what was returned of it."""

from __future__ import annotations

from dataclasses import replace

from core.domain.decide import Command
from core.domain.journal import REFUSED_OUTCOME
from core.domain.registration import Registration
from core.domain.returns import Basis
from core.domain.ticket import Parent, TicketInput
from core.usecases.ports import Journal


async def with_own_parent(journal: Journal, registration: Registration, command: Command) -> Command:
    """A basis given by its five facts that is a receipt of this very register becomes its number."""
    if not isinstance(command, TicketInput) or command.parent is None:
        return command
    parent = command.parent
    if parent.document_number is not None or parent.rnm != registration.rnm or parent.fiscal_sign is None:
        return command
    number = await journal.number_of_sign(registration.register_id, parent.fiscal_sign)
    return command if number is None else replace(command, parent=Parent(document_number=number))


async def basis_of(journal: Journal, register_id: str, parent: Parent) -> Basis:
    """What is known of a basis, and the returns that have named it."""
    number = parent.document_number
    if number is None:
        return Basis(earlier=await journal.returns_of(register_id, parent))
    view = await journal.view(register_id, number)
    if view is None or view.mark == REFUSED_OUTCOME:
        return Basis()
    sign = view.autonomous_sign if view.autonomous_sign is not None else view.fiscal_sign
    return Basis(
        earlier=await journal.returns_of(register_id, parent),
        document=view.document,
        sign=str(sign or view.document.own_sign or ""),
        autonomous=view.autonomous_sign is not None,
    )
