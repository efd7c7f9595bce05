"""Catalogues: items of a register. Each method is one statement, and none of them is on the way of a sale."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.db.ids import item_id
from core.db.pool import Database
from core.domain.catalogue import ITEMS_MAX, Item, ShelfItem, Sold, name_key, search_key
from core.usecases.catalogue import Place, Wanted

_COLUMNS = (
    "item_id, name, price, unit, section, vat, barcode, ntin, favourite, sold_count, learnt"
)
_ORDER = "favourite DESC, sold_count DESC, name_key"
_FIELDS = "item_id, name, name_key, search_key, price, unit, section, vat, barcode, ntin, favourite"


class CatalogueStore:
    """All statements of the catalogue's tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, register_id: str, wanted: Wanted, offset: int, limit: int) -> tuple[list[ShelfItem], int]:
        """Items in the order that people reach for them, and how many there are in all."""
        words = search_key(wanted.words or "").split()
        rows = await self._database.rows(
            f"""
            SELECT {_COLUMNS}, count(*) OVER () AS found FROM catalogue_item
            WHERE register_id = $1 AND ($2::text IS NULL OR section = $2)
                AND search_key LIKE ALL ($3::text[])
            ORDER BY {_ORDER} OFFSET $4 LIMIT $5
            """,  # noqa: S608 - our own names
            register_id,
            wanted.section,
            [f"%{word}%" for word in words],
            offset,
            limit,
        )
        if rows:
            return [_shelf_item(row) for row in rows], int(rows[0]["found"])
        # a page behind the last one: say how many there are all the same
        return ([], 0) if offset == 0 else ([], (await self.page(register_id, wanted, 0, 1))[1])

    async def sections(self, register_id: str) -> list[tuple[str, int]]:
        rows = await self._database.rows(
            "SELECT section, count(*) AS items FROM catalogue_item WHERE register_id = $1 "
            "GROUP BY section ORDER BY section",
            register_id,
        )
        return [(row["section"], int(row["items"])) for row in rows]

    async def one(self, register_id: str, item_id: str) -> ShelfItem | None:
        return await self._one(register_id, "item_id", item_id)

    async def by_barcode(self, register_id: str, barcode: str) -> ShelfItem | None:
        return await self._one(register_id, "barcode", barcode)

    async def by_name(self, register_id: str, name: str) -> ShelfItem | None:
        return await self._one(register_id, "name_key", name_key(name))

    async def role_and_name(
        self, chat_id: int, register_id: str, name: str
    ) -> tuple[str | None, ShelfItem | None]:
        """Somebody's role on the register, and the item of exactly this name."""
        row = await self._database.row(
            f"""
            SELECT r.role, i.* FROM person_role r LEFT JOIN (
                SELECT {_COLUMNS} FROM catalogue_item WHERE register_id = $1 AND name_key = $3
            ) i ON true
            WHERE r.register_id = $1 AND r.chat_id = $2
            """,  # noqa: S608 - our own names
            register_id,
            chat_id,
            name_key(name),
        )
        if row is None:
            return None, None
        return row["role"], None if row["item_id"] is None else _shelf_item(row)

    async def places(self, register_id: str) -> list[Place]:
        """Who has which name and code: what a whole list is compared with before it is written."""
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM catalogue_item WHERE register_id = $1",  # noqa: S608 - our own names
            register_id,
        )
        return [Place(shelf.item_id, name_key(shelf.item.name), shelf.item) for shelf in map(_shelf_item, rows)]

    async def count(self, register_id: str) -> int:
        return int(
            await self._database.value("SELECT count(*) FROM catalogue_item WHERE register_id = $1", register_id)
        )

    async def everything(self, register_id: str) -> list[ShelfItem]:
        """The whole catalogue by section and name, as it is written into a file."""
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM catalogue_item WHERE register_id = $1 ORDER BY section, name_key",  # noqa: S608
            register_id,
        )
        return [_shelf_item(row) for row in rows]

    async def put(
        self, register_id: str, items: Sequence[tuple[str | None, Item]], now: datetime, *, learnt: bool = False
    ) -> list[str]:
        """Write items, new ones under ids of their own; answers the ids. Raises ``KeyTaken`` and writes nothing when a
        name or a code belongs to another item.
        """
        rows = [(known or item_id(), item) for known, item in items]
        columns: list[Any] = [
            [one_id for one_id, _ in rows],
            [item.name for _, item in rows],
            [name_key(item.name) for _, item in rows],
            [search_key(item.name) for _, item in rows],
            *([getattr(item, field) for _, item in rows] for field in _PLAIN),
        ]
        await self._database.row(
            f"""
            INSERT INTO catalogue_item (register_id, {_FIELDS}, learnt, made_at)
            SELECT $1, given.*, $2, $3 FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::boolean[]) AS given
            ON CONFLICT (register_id, item_id) DO UPDATE
            SET name = excluded.name, name_key = excluded.name_key, search_key = excluded.search_key,
                price = excluded.price, unit = excluded.unit, section = excluded.section, vat = excluded.vat,
                barcode = excluded.barcode, ntin = excluded.ntin, favourite = excluded.favourite,
                learnt = excluded.learnt
            """,  # noqa: S608 - our own names
            register_id,
            learnt,
            now,
            *columns,
        )
        return [one_id for one_id, _ in rows]

    async def remove(self, register_id: str, item_id: str) -> bool:
        """Whether it was there."""
        gone = await self._database.value(
            "DELETE FROM catalogue_item WHERE register_id = $1 AND item_id = $2 RETURNING 1", register_id, item_id
        )
        return gone is not None

    async def learn(self, register_id: str, number: int, at: datetime, sold: Sequence[Sold]) -> bool:
        """Learn from a document, once; answers whether it was new."""
        facts = [
            {
                "item_id": item_id(),
                "name": one.item.name,
                "name_key": name_key(one.item.name),
                "search_key": search_key(one.item.name),
                "price": one.item.price,
                "unit": one.item.unit,
                "vat": one.item.vat,
                "barcode": one.item.barcode,
                "ntin": one.item.ntin,
                "times": one.times,
            }
            for one in sold
        ]
        return bool(
            await self._database.value(
                "SELECT learn_items_v1($1, $2, $3, $4, $5)",
                register_id,
                number,
                at,
                ITEMS_MAX,
                json.dumps(facts, ensure_ascii=False),
            )
        )

    async def _one(self, register_id: str, column: str, value: str) -> ShelfItem | None:
        row = await self._database.row(
            f"SELECT {_COLUMNS} FROM catalogue_item WHERE register_id = $1 AND {column} = $2",  # noqa: S608
            register_id,
            value,
        )
        return None if row is None else _shelf_item(row)


_PLAIN = ("price", "unit", "section", "vat", "barcode", "ntin", "favourite")


def _shelf_item(row: Any) -> ShelfItem:
    item = Item(row["name"], **{field: row[field] for field in _PLAIN})
    return ShelfItem(row["item_id"], item, row["sold_count"], row["learnt"])
