"""The fire drill with a vendor's own goods: reads a few of their last sales, makes and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.decide import Context
from core.domain.drill import GOODS_MAX, Good, Story, drill
from core.domain.report import Report
from core.domain.ticket import Kind
from core.domain.view import DocumentView
from core.usecases.ports import Registrations

DOCUMENTS_READ_MAX = 30


class Sold(Protocol):
    """Reads a register's documents after a number, ascending."""

    async def views(
        self, register_id: str, after: int, limit: int, shift: int | None
    ) -> list[DocumentView]: ...


class Drills:
    """Tells stories; no register is touched."""

    def __init__(self, sold: Sold, registrations: Registrations, checksum: Callable[[Report], str]) -> None:
        self._sold = sold
        self._registrations = registrations
        self._checksum = checksum

    async def story(
        self, register_id: str, *, up_to: int, begins_at: datetime, examples: Sequence[Good]
    ) -> Story:
        """The story with what was sold up to document ``up_to``, filled up with ``examples`` where little was.

        The same arguments tell the same story, also after later sales.
        """
        registration = await self._registrations.registration(register_id)
        first = max(0, up_to - DOCUMENTS_READ_MAX)
        views = await self._sold.views(register_id, first, up_to - first, None) if up_to > first else []
        context = Context(
            now=begins_at,
            seller=registration.requisites,
            vat_default=registration.vat_default,
            practice=True,
            has_operator=True,
            checksum=self._checksum,
        )
        return drill(last_goods(views) or tuple(examples), context, begins_at)


def last_goods(views: Sequence[DocumentView]) -> tuple[Good, ...]:
    """The different goods of these sales, the latest first."""
    found: dict[str, Good] = {}
    for view in reversed(views):
        document = view.document
        if document.kind is Kind.SELL and document.ticket is not None:
            for line in document.ticket.items:
                found.setdefault(line.name, Good(line.name, line.price, line.unit))
    return tuple(found.values())[:GOODS_MAX]
