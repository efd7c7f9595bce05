"""Settings of a register changed by a person: the change and its line in the record in one statement."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from core.db.ids import uuid7
from core.db.pool import Database

COLUMNS = (
    "title",
    "address",
    "address_kk",
    "vat_default",
    "auto_close",
    "at_once",
    "host",
    "port",
    "latitude",
    "longitude",
)


class RegisterSettings:
    """Writes them; ``forget`` makes this process read a register's settings anew."""

    def __init__(self, database: Database, forget: Callable[[str], None]) -> None:
        self._database = database
        self._forget = forget

    async def change(self, register_id: str, values: dict[str, Any], *, actor: int, at: datetime) -> None:
        """Set these columns; every other process hears of it before this returns."""
        assert values and set(values) <= set(COLUMNS)
        places = ", ".join(f"{name} = ${place}" for place, name in enumerate(values, 6))
        await self._database.row(
            f"""
            WITH changed AS (
                UPDATE registration SET {places} WHERE register_id = $1 RETURNING register_id
            )
            INSERT INTO audit_entry (register_id, entry_id, at, actor, kind, facts)
            SELECT register_id, $2, $3, $4, 'changed', $5::jsonb FROM changed
            """,  # noqa: S608 - names of ours
            register_id,
            uuid7(),
            at,
            actor,
            json.dumps(values, ensure_ascii=False),
            *values.values(),
        )
        self._forget(register_id)
        await self._database.announce(f"registration {register_id}")
