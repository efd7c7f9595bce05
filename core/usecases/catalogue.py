"""The catalogue of a register: who may read and change it, one item or a whole list at a time, and what it learns.

Owners and managers change it, whoever sells reads it and may teach it goods that it does not know. No sale waits for
it: it learns afterwards, from the news of a document.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from core.clock import Clock
from core.domain.catalogue import ITEMS_MAX, SECTIONS_MAX, Item, ShelfItem, Sold, checked, name_key
from core.domain.price_list import BadRow, Row
from core.domain.ticket import Kind, Line
from core.domain.vat import default_on
from core.domain.view import DocumentView, Mark
from core.errors import Refused
from core.texts import LANGUAGES, say
from core.usecases.ports import KeyTaken, Registrations

CHANGING_ROLES = ("owner", "manager")
SELLING_ROLES = ("owner", "manager", "cashier")
WRITES_MAX = 4
"""So often a list is compared anew when somebody else changed the catalogue meanwhile."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items: of a section (``""`` is the items without one), with all of these words in their names; or all."""

    section: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An item as a list is compared with it."""

    item_id: str
    name_key: str
    item: Item


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a list."""

    added: int = 0
    changed: int = 0
    same: int = 0
    bad: tuple[BadRow, ...] = field(default=())


class Shelf(Protocol):
    """Where the items are kept."""

    async def page(
        self, register_id: str, wanted: Wanted, offset: int, limit: int
    ) -> tuple[list[ShelfItem], int]: ...

    async def sections(self, register_id: str) -> list[tuple[str, int]]: ...

    async def one(self, register_id: str, item_id: str) -> ShelfItem | None: ...

    async def by_barcode(self, register_id: str, barcode: str) -> ShelfItem | None: ...

    async def by_name(self, register_id: str, name: str) -> ShelfItem | None: ...

    async def role_and_name(
        self, chat_id: int, register_id: str, name: str
    ) -> tuple[str | None, ShelfItem | None]: ...

    async def places(self, register_id: str) -> list[Place]: ...

    async def count(self, register_id: str) -> int: ...

    async def everything(self, register_id: str) -> list[ShelfItem]: ...

    async def put(
        self, register_id: str, items: Sequence[tuple[str | None, Item]], now: datetime, *, learnt: bool = False
    ) -> list[str]: ...

    async def remove(self, register_id: str, item_id: str) -> bool: ...

    async def learn(self, register_id: str, number: int, at: datetime, sold: Sequence[Sold]) -> bool: ...


class Roles(Protocol):
    """Who may do what."""

    async def role(self, register_id: str, chat_id: int) -> str | None: ...


class NameFinder(Protocol):
    """The national catalogue (НКТ, ҰТК) as the operator tells it: a name for a code, or ``None``."""

    async def name_of(self, register_id: str, code: str) -> FoundName | None: ...


@dataclass(frozen=True, slots=True)
class FoundName:
    """What the national catalogue says of a code."""

    name: str
    unit: str | None = None
    ntin: str | None = None


class Catalogue:
    """Reads and changes catalogues. Raises ``FORBIDDEN`` to whoever has no such role on the register."""

    def __init__(
        self,
        shelf: Shelf,
        roles: Roles,
        registrations: Registrations,
        clock: Clock,
        *,
        finder: NameFinder | None = None,
    ) -> None:
        self._shelf = shelf
        self._roles = roles
        self._registrations = registrations
        self._clock = clock
        self._finder = finder

    # Reading

    async def page(
        self, chat_id: int, register_id: str, wanted: Wanted, offset: int, limit: int
    ) -> tuple[list[ShelfItem], int]:
        """Favourites first, then what sells most; and how many fit in all."""
        await self._may(chat_id, register_id, SELLING_ROLES)
        return await self._shelf.page(register_id, wanted, offset, limit)

    async def sections(self, chat_id: int, register_id: str) -> list[tuple[str, int]]:
        """Sections with the number of their items; ``""`` are the items without one."""
        await self._may(chat_id, register_id, SELLING_ROLES)
        return await self._shelf.sections(register_id)

    async def item(self, chat_id: int, register_id: str, item_id: str) -> ShelfItem:
        """One item; raises ``NOT_FOUND``."""
        await self._may(chat_id, register_id, SELLING_ROLES)
        return await self._found(register_id, item_id)

    async def by_code(self, chat_id: int, register_id: str, code: str) -> ShelfItem | None:
        """The item with this barcode."""
        await self._may(chat_id, register_id, SELLING_ROLES)
        return await self._shelf.by_barcode(register_id, code)

    async def by_name(self, chat_id: int, register_id: str, name: str) -> ShelfItem | None:
        """The item of exactly this name; asked with every sale that is written, so in one statement with the role."""
        role, item = await self._shelf.role_and_name(chat_id, register_id, name)
        if role not in SELLING_ROLES:
            raise Refused("FORBIDDEN")
        return item

    async def everything(self, chat_id: int, register_id: str) -> list[Item]:
        """The whole catalogue, as it is written into a file."""
        await self._may(chat_id, register_id, CHANGING_ROLES)
        return [one.item for one in await self._shelf.everything(register_id)]

    async def named(self, register_id: str, code: str) -> FoundName | None:
        """What the national catalogue calls this code, where the operator can be asked."""
        return None if self._finder is None else await self._finder.name_of(register_id, code)

    # Changing

    async def add(self, chat_id: int, register_id: str, item: Item) -> ShelfItem:
        """Write down a new item; raises what is wrong with it, ``NAME_TAKEN`` or ``BARCODE_TAKEN``."""
        await self._may(chat_id, register_id, CHANGING_ROLES)
        return await self._put_new(register_id, item, learnt=False)

    async def teach(self, chat_id: int, register_id: str, item: Item) -> ShelfItem:
        """Remember goods that the catalogue did not know, by whoever sells them. An item of that name is given back
        as it is, with the code if it had none.
        """
        await self._may(chat_id, register_id, SELLING_ROLES)
        item = checked(item, self._clock.now())
        known = await self._shelf.by_name(register_id, item.name)
        if known is None:
            return await self._put_new(register_id, item, learnt=True)
        if known.item.barcode is not None or item.barcode is None:
            return known
        coded = replace(known.item, barcode=item.barcode)
        try:
            await self._shelf.put(register_id, [(known.item_id, coded)], self._clock.now(), learnt=known.learnt)
        except KeyTaken:
            return known
        return replace(known, item=coded)

    async def change(
        self, chat_id: int, register_id: str, item_id: str, **changes: str | int | bool | None
    ) -> ShelfItem:
        """Change fields of an item; raises as ``add`` does, or ``NOT_FOUND``."""
        await self._may(chat_id, register_id, CHANGING_ROLES)
        known = await self._found(register_id, item_id)
        changed = checked(replace(known.item, **changes), self._clock.now())  # type: ignore[arg-type]
        if changed.section != known.item.section:
            await self._check_sections(register_id, changed.section)
        try:
            await self._shelf.put(register_id, [(item_id, changed)], self._clock.now())
        except KeyTaken:
            raise await self._taken(register_id, changed, item_id) from None
        return replace(known, item=changed, learnt=False)

    async def remove(self, chat_id: int, register_id: str, item_id: str) -> ShelfItem:
        """Take an item out of the catalogue; receipts keep its name. Raises ``NOT_FOUND``."""
        await self._may(chat_id, register_id, CHANGING_ROLES)
        known = await self._found(register_id, item_id)
        await self._shelf.remove(register_id, item_id)
        return known

    async def load(self, chat_id: int, register_id: str, rows: Sequence[Row]) -> Loaded:
        """Write a list over the catalogue: a row with a known code or name changes that item, any other is added.

        Nothing is ever taken away. Rows that cannot be written are named, the others stand.
        """
        await self._may(chat_id, register_id, CHANGING_ROLES)
        for _ in range(WRITES_MAX):
            plan = await asyncio.to_thread(_planned, await self._shelf.places(register_id), rows, self._clock.now())
            try:
                await self._shelf.put(register_id, plan.writes, self._clock.now())
            except KeyTaken:
                # somebody else wrote meanwhile: compare anew
                continue
            return plan.loaded()
        raise Refused("CATALOGUE_BUSY")

    async def copy(self, chat_id: int, source: str, target: str) -> Loaded:
        """Write one register's catalogue over another's; both must be theirs to change."""
        items = await self.everything(chat_id, source)
        return await self.load(chat_id, target, [Row(number, item) for number, item in enumerate(items, 1)])

    async def learn(self, view: DocumentView) -> None:
        """Learn from a sale that counts; handled twice, it teaches once."""
        document = view.document
        if document.kind is not Kind.SELL or document.ticket is None or view.mark in (Mark.SAVED, Mark.REFUSED):
            return
        registration = await self._registrations.registration(document.register_id)
        usual = default_on(registration.vat_default, document.made_at.date())
        sold = [_sold(line, usual) for line in document.ticket.items if not line.storno and not _is_nameless(line.name)]
        await self._shelf.learn(document.register_id, document.number, document.made_at, _merged(sold))

    async def _may(self, chat_id: int, register_id: str, roles: tuple[str, ...]) -> None:
        if await self._roles.role(register_id, chat_id) not in roles:
            raise Refused("FORBIDDEN")

    async def _found(self, register_id: str, item_id: str) -> ShelfItem:
        known = await self._shelf.one(register_id, item_id)
        if known is None:
            raise Refused("NOT_FOUND")
        return known

    async def _put_new(self, register_id: str, item: Item, *, learnt: bool) -> ShelfItem:
        now = self._clock.now()
        item = checked(item, now)
        if await self._shelf.count(register_id) >= ITEMS_MAX:
            raise Refused("CATALOGUE_FULL", limit=ITEMS_MAX)
        await self._check_sections(register_id, item.section)
        try:
            (made,) = await self._shelf.put(register_id, [(None, item)], now, learnt=learnt)
        except KeyTaken:
            raise await self._taken(register_id, item, None) from None
        return ShelfItem(made, item, 0, learnt)

    async def _check_sections(self, register_id: str, section: str) -> None:
        known = {name for name, _ in await self._shelf.sections(register_id)}
        if section and section not in known and len(known) >= SECTIONS_MAX:
            raise Refused("TOO_MANY_SECTIONS", limit=SECTIONS_MAX)

    async def _taken(self, register_id: str, item: Item, item_id: str | None) -> Refused:
        """Which of the two belongs to another item."""
        other = await self._shelf.by_name(register_id, item.name)
        if other is not None and other.item_id != item_id:
            return Refused("NAME_TAKEN", name=item.name)
        return Refused("BARCODE_TAKEN", barcode=item.barcode or "")


def _planned(places: Iterable[Place], rows: Iterable[Row], now: datetime) -> _Plan:
    """In a thread: ten thousand rows must not hold up whoever is selling meanwhile."""
    plan = _Plan(places, now)
    for row in rows:
        plan.take(row)
    return plan


class _Plan:
    """A list compared with the catalogue: what to write, and what cannot be."""

    def __init__(self, places: Iterable[Place], now: datetime) -> None:
        self._now = now
        known = list(places)
        self._items = {one.item_id: one.item for one in known}
        self._by_name = {one.name_key: one.item_id for one in known}
        self._by_code = {item.barcode: item_id for item_id, item in self._items.items() if item.barcode}
        self._sections = {item.section for item in self._items.values()}
        self._first_rows: dict[str, int] = {}
        self._bad: list[BadRow] = []
        self._counts = {"added": 0, "changed": 0, "same": 0}
        self.writes: list[tuple[str | None, Item]] = []

    def take(self, row: Row) -> None:
        """Plan one row."""
        try:
            item = checked(row.item, self._now)
        except Refused as refused:
            column = COLUMN_OF_REFUSAL.get(refused.code, "name")
            value = getattr(row.item, column)
            self._bad.append(BadRow(row.number, column, refused.code, "" if value is None else str(value)[:40]))
            return
        problem = self._problem(item)
        if problem is not None:
            self._bad.append(BadRow(row.number, *problem))
            return
        known = self._known(item)
        self._first_rows[f"name {name_key(item.name)}"] = row.number
        self._first_rows[f"code {item.barcode}"] = row.number
        self._first_rows[f"item {known}"] = row.number
        self._sections.add(item.section)
        if known is None:
            self._counts["added"] += 1
            self.writes.append((None, item))
        elif self._items[known] == item:
            self._counts["same"] += 1
        else:
            self._counts["changed"] += 1
            self.writes.append((known, item))

    def loaded(self) -> Loaded:
        return Loaded(**self._counts, bad=tuple(self._bad))

    def _known(self, item: Item) -> str | None:
        by_code = self._by_code.get(item.barcode) if item.barcode else None
        return by_code or self._by_name.get(name_key(item.name))

    def _problem(self, item: Item) -> tuple[str, str, str] | None:
        """Column, code and value of what stands against writing this item."""
        if first := self._first_rows.get(f"name {name_key(item.name)}"):
            return "name", "NAME_TWICE", str(first)
        if item.barcode and (first := self._first_rows.get(f"code {item.barcode}")):
            return "barcode", "BARCODE_TWICE", str(first)
        by_name = self._by_name.get(name_key(item.name))
        by_code = self._by_code.get(item.barcode) if item.barcode else None
        if by_name and by_code and by_name != by_code:
            return "barcode", "BARCODE_TAKEN", item.barcode or ""
        known = by_code or by_name
        if known and (first := self._first_rows.get(f"item {known}")):
            return "name", "ITEM_TWICE", str(first)
        if known is None and len(self._items) + self._counts["added"] >= ITEMS_MAX:
            return "name", "CATALOGUE_FULL", str(ITEMS_MAX)
        if item.section and item.section not in self._sections and len(self._sections) >= SECTIONS_MAX:
            return "section", "TOO_MANY_SECTIONS", item.section
        return None


COLUMN_OF_REFUSAL = {
    "NAME_REQUIRED": "name",
    "PRICE_OUT_OF_RANGE": "price",
    "UNKNOWN_UNIT": "unit",
    "UNKNOWN_VAT": "vat",
    "VAT_NOT_ALLOWED": "vat",
    "BAD_BARCODE": "barcode",
    "BAD_NTIN": "ntin",
    "SECTION_TOO_LONG": "section",
}


def _sold(line: Line, usual_vat: str) -> Sold:
    vat = None if line.vat == usual_vat else line.vat
    return Sold(Item(line.name, line.price, line.unit, vat=vat, barcode=line.barcode, ntin=line.ntin))


def _merged(sold: Iterable[Sold]) -> list[Sold]:
    """Each name once, with its last price and the number of its lines."""
    found: dict[str, Sold] = {}
    for one in sold:
        key = name_key(one.item.name)
        before = found.get(key)
        found[key] = one if before is None else Sold(one.item, before.times + one.times)
    return list(found.values())


def _is_nameless(name: str) -> bool:
    """Whether the line is the mere amount of a vendor who said no name."""
    return name_key(name) in {name_key(say(language, "sale-goods")) for language in LANGUAGES}
