"""People and their roles per register (DESIGN.md 5): identity is the chat account."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from core.db.pool import Database

ROLES = ("owner", "manager", "cashier", "viewer")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the bot; ``roles`` by register."""

    chat_id: int
    name: str
    language: str
    roles: dict[str, str] = field(default_factory=dict)
    current_register: str | None = None


def person_of(chat_id: int, name: str, language: str, roles: dict[str, str], current: str | None) -> Person:
    """A person; without a chosen register among their roles the first one is current."""
    return Person(chat_id, name, language, roles, current if current in roles else next(iter(roles), None))


class People:
    """Reads and writes persons and roles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def link_person(self, register_id: str, chat_id: int, role: str, name: str, language: str) -> None:
        """Give somebody a role on a register; a first role also makes the person known and the register current."""
        assert role in ROLES
        await self._database.value(
            "INSERT INTO person (chat_id, name, language, current_register) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (chat_id) DO UPDATE SET name = excluded.name, "
            "current_register = coalesce(person.current_register, excluded.current_register)",
            chat_id,
            name,
            language,
            register_id,
        )
        await self._database.value(
            "INSERT INTO person_role (register_id, chat_id, role) VALUES ($1, $2, $3) "
            "ON CONFLICT (register_id, chat_id) DO UPDATE SET role = excluded.role",
            register_id,
            chat_id,
            role,
        )

    async def meet(self, chat_id: int, name: str, language: str) -> None:
        """Remember somebody without any role."""
        await self._database.value(
            "INSERT INTO person (chat_id, name, language) VALUES ($1, $2, $3) ON CONFLICT (chat_id) DO NOTHING",
            chat_id,
            name,
            language,
        )

    async def person(self, chat_id: int) -> Person | None:
        """Somebody with their roles."""
        row = await self._database.row(
            "SELECT name, language, current_register::text, (SELECT json_object_agg(r.register_id, r.role "
            "ORDER BY r.register_id) FROM person_role r WHERE r.chat_id = $1) AS roles "
            "FROM person WHERE chat_id = $1",
            chat_id,
        )
        if row is None:
            return None
        roles = json.loads(row["roles"] or "{}")
        return person_of(chat_id, row["name"], row["language"], roles, row["current_register"])

    async def role(self, register_id: str, chat_id: int) -> str | None:
        """Somebody's role on one register, as it is now."""
        found: str | None = await self._database.value(
            "SELECT role FROM person_role WHERE register_id = $1 AND chat_id = $2", register_id, chat_id
        )
        return found

    async def set_language(self, chat_id: int, language: str) -> None:
        """Change somebody's language."""
        await self._database.value("UPDATE person SET language = $2 WHERE chat_id = $1", chat_id, language)

    async def people(self, register_id: str, roles: tuple[str, ...] = ROLES) -> list[Person]:
        """Everybody with one of these roles on a register."""
        rows = await self._database.rows(
            "SELECT p.chat_id, p.name, p.language, r.role FROM person_role r JOIN person p ON p.chat_id = r.chat_id "
            "WHERE r.register_id = $1 AND r.role = ANY($2) ORDER BY p.chat_id",
            register_id,
            list(roles),
        )
        return [
            Person(row["chat_id"], row["name"], row["language"], {register_id: row["role"]}, register_id)
            for row in rows
        ]
