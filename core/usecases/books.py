"""Reading the journal: documents, receipts by link, X-reports, shifts and their Z."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.decide import x_report
from core.domain.document import Document
from core.domain.report import Report
from core.domain.view import DocumentView
from core.errors import Refused
from core.usecases.acts import Acts
from core.usecases.ports import Journal, Registrations

LINK_KEY_CHARACTERS = 6
PUBLIC_CODE_CHARACTERS = 22


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift; open while ``closed_at`` is ``None``."""

    number: int
    opened_at: datetime
    closed_at: datetime | None
    close_document: int | None


class Shelves(Protocol):
    """Reads that only books need."""

    async def views(
        self, register_id: str, after: int, limit: int, shift: int | None
    ) -> list[DocumentView]: ...

    async def view_by_code(self, register_id: str, code: str) -> DocumentView | None: ...

    async def closes(self, register_id: str, after: int, limit: int) -> list[Document]: ...


class LinkKeys(Protocol):
    """Finds a register by the short key that begins its receipt links."""

    async def register_of_link(self, link_key: str) -> str | None: ...


class Books:
    """Reads; makes nothing."""

    def __init__(
        self, journal: Journal, shelves: Shelves, links: LinkKeys, registrations: Registrations, acts: Acts
    ) -> None:
        self._journal = journal
        self._shelves = shelves
        self._links = links
        self._registrations = registrations
        self._acts = acts

    async def document(self, register_id: str, number: int) -> DocumentView:
        """A document; raises ``NOT_FOUND``."""
        view = await self._journal.view(register_id, number) if 0 < number < 2**63 else None
        if view is None:
            raise Refused("NOT_FOUND")
        return view

    async def documents(
        self, register_id: str, *, after: int, limit: int, shift: int | None = None
    ) -> list[DocumentView]:
        """Documents after a number, ascending."""
        return await self._shelves.views(register_id, after, limit, shift)

    async def by_link(self, code: str) -> DocumentView | None:
        """The receipt behind a link; the same work is done for an unknown one."""
        if len(code) != LINK_KEY_CHARACTERS + PUBLIC_CODE_CHARACTERS or not code.isascii():
            return None
        register_id = await self._links.register_of_link(code[:LINK_KEY_CHARACTERS])
        return await self._shelves.view_by_code(
            register_id or "00000000-0000-0000-0000-000000000000", code[LINK_KEY_CHARACTERS:]
        )

    async def closing(self, document: Document) -> Document | None:
        """The close that sealed this document's shift; ``None`` while it is open, and for a close itself."""
        if document.report is not None:
            return None
        closes = await self._shelves.closes(document.register_id, document.shift - 1, 1)
        return next((one for one in closes if one.shift == document.shift and one.number > document.number), None)

    async def by_sign(self, register_id: str, sign: str) -> DocumentView | None:
        """The receipt of this register that bears this sign, the operator's or its own."""
        number = await self._journal.number_of_sign(register_id, sign)
        return None if number is None else await self.document(register_id, number)

    async def x_report(self, register_id: str) -> Report:
        """The X-report of the open shift, decided on the version just read; raises ``SHIFT_NOT_OPEN``."""
        registration = await self._registrations.registration(register_id)
        loaded = await self._acts.settled_state(register_id)
        return x_report(loaded.state, await self._acts.context(registration, loaded))

    async def shifts(self, register_id: str, *, after: int, limit: int) -> list[ShiftView]:
        """Shifts after a number, ascending; the open one last."""
        closes = await self._shelves.closes(register_id, after, limit)
        shifts = [
            ShiftView(one.shift, one.report.opened_at, one.made_at, one.number)
            for one in closes
            if one.report is not None
        ]
        state = (await self._journal.load(register_id)).state
        if state.shift is not None and state.shift.number > after and len(shifts) < limit:
            shifts.append(ShiftView(state.shift.number, state.shift.opened_at, None, None))
        return shifts

    async def z_report(self, register_id: str, shift: int) -> DocumentView:
        """The close of a shift with its Z; raises ``NOT_FOUND`` for one that is open or never was."""
        closes = await self._shelves.closes(register_id, shift - 1, 1) if 0 < shift < 2**31 else []
        if not closes or closes[0].shift != shift:
            raise Refused("NOT_FOUND")
        return await self.document(register_id, closes[0].number)
