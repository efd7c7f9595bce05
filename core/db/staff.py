"""Roles given and taken, join links, limits, and the record of all that: each change and its line are one statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.db.ids import uuid7
from core.db.pool import Database
from core.domain.roles import LIMIT_FIELDS, Limits
from core.sealing import hashed
from core.usecases.staff import JoinLink

_RANK = "array_position(ARRAY['owner', 'manager', 'cashier', 'viewer'], {})"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the record."""

    at: datetime
    actor: int
    kind: str
    facts: dict[str, Any]


class StaffRows:
    """The statements."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def role(self, register_id: str, chat_id: int) -> str | None:
        """Read anew each time: a role that was taken away a moment ago is gone."""
        found: str | None = await self._database.value(
            "SELECT role FROM person_role WHERE register_id = $1 AND chat_id = $2", register_id, chat_id
        )
        return found

    async def limits(self, register_id: str, chat_id: int) -> Limits:
        row = await self._database.row(
            "SELECT receipt_max, return_max, withdrawal_max, discount_max FROM cashier_limit "
            "WHERE register_id = $1 AND chat_id = $2",
            register_id,
            chat_id,
        )
        return Limits() if row is None else Limits(**dict(row))

    async def set_limit(
        self, register_id: str, chat_id: int, field: str, most: int | None, *, actor: int, at: datetime
    ) -> None:
        assert field in LIMIT_FIELDS
        await self._database.row(
            f"""
            WITH written AS (
                INSERT INTO cashier_limit (register_id, chat_id, {field}) VALUES ($1, $2, $3)
                ON CONFLICT (register_id, chat_id) DO UPDATE SET {field} = excluded.{field}
            )
            INSERT INTO audit_entry (register_id, entry_id, at, actor, kind, facts)
            VALUES ($1, $4, $5, $6, 'limited', $7::jsonb)
            """,  # noqa: S608 - a name of ours
            register_id,
            chat_id,
            most,
            uuid7(),
            at,
            actor,
            json.dumps({"chat": chat_id, "limit": field, "most": most}),
        )

    async def grant_owner(self, register_id: str, chat_id: int, name: str, language: str, at: datetime) -> None:
        """Whoever took a register into service owns it and sells on it from now on; done again it changes nothing."""
        await self._database.row(
            """
            WITH met AS (
                INSERT INTO person (chat_id, name, language, current_register) VALUES ($2, $3, $4, $1)
                ON CONFLICT (chat_id) DO UPDATE SET current_register = excluded.current_register,
                    name = CASE WHEN person.name = '' THEN excluded.name ELSE person.name END
            ), granted AS (
                INSERT INTO person_role (register_id, chat_id, role) VALUES ($1, $2, 'owner')
                ON CONFLICT (register_id, chat_id) DO NOTHING RETURNING register_id
            )
            INSERT INTO audit_entry (register_id, entry_id, at, actor, kind, facts)
            SELECT register_id, $5, $6, $2, 'opened', jsonb_build_object('name', $3::text) FROM granted
            """,
            register_id,
            chat_id,
            name,
            language,
            uuid7(),
            at,
        )

    async def add_link(self, token: str, link: JoinLink, made_at: datetime) -> None:
        """Keep an invitation; of its token only the hash."""
        await self._database.value(
            "INSERT INTO join_link (link_id, token_hash, register_id, role, made_by, made_at, expires_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            link.link_id,
            hashed(token),
            link.register_id,
            link.role,
            link.made_by,
            made_at,
            link.expires_at,
        )

    async def see_link(self, token: str, chat_id: int) -> JoinLink | None:
        """The invitation of this token, and that this person has shown it: only they may take it by a button."""
        row = await self._database.row(
            """
            UPDATE join_link SET seen_by = CASE WHEN $2 = ANY(seen_by) THEN seen_by ELSE seen_by || $2::bigint END
            WHERE token_hash = $1
            RETURNING link_id::text, register_id::text, role, made_by, expires_at, used_by
            """,
            hashed(token),
            chat_id,
        )
        return None if row is None else JoinLink(**dict(row))

    async def link(self, link_id: str, chat_id: int) -> JoinLink | None:
        """An invitation that this person has shown the token of."""
        row = await self._database.row(
            "SELECT link_id::text, register_id::text, role, made_by, expires_at, used_by FROM join_link "
            "WHERE link_id = $1 AND $2 = ANY(seen_by)",
            link_id,
            chat_id,
        )
        return None if row is None else JoinLink(**dict(row))

    async def join(self, link_id: str, chat_id: int, name: str, language: str, at: datetime) -> bool:
        """Use an invitation once: role, person, current register and its line together. False when it is spent, late,
        not shown by this person, would lower them, or its maker may not give that role any more.
        """
        mine, theirs, given = _RANK.format("mine.role"), _RANK.format("maker.role"), _RANK.format("join_link.role")
        row = await self._database.row(
            f"""
            WITH link AS (
                UPDATE join_link SET used_by = $2, used_at = $5
                WHERE link_id = $1 AND used_by IS NULL AND expires_at > $5 AND $2 = ANY(seen_by)
                    AND EXISTS (
                        SELECT 1 FROM person_role maker
                        WHERE maker.register_id = join_link.register_id AND maker.chat_id = join_link.made_by
                            AND {theirs} <= 2 AND ({theirs} = 1 OR {given} > 2)
                    )
                    AND NOT EXISTS (
                        SELECT 1 FROM person_role mine
                        WHERE mine.register_id = join_link.register_id AND mine.chat_id = $2 AND {mine} <= {given}
                    )
                RETURNING register_id, role, made_by
            ), met AS (
                INSERT INTO person (chat_id, name, language, current_register)
                SELECT $2, $3, $4, register_id FROM link
                ON CONFLICT (chat_id) DO UPDATE SET current_register = excluded.current_register,
                    name = CASE WHEN person.name = '' THEN excluded.name ELSE person.name END
            ), granted AS (
                INSERT INTO person_role (register_id, chat_id, role) SELECT register_id, $2, role FROM link
                ON CONFLICT (register_id, chat_id) DO UPDATE SET role = excluded.role
            )
            INSERT INTO audit_entry (register_id, entry_id, at, actor, kind, facts)
            SELECT register_id, $6, $5, made_by, 'granted',
                jsonb_build_object('chat', $2::bigint, 'role', role, 'link', $1::uuid) FROM link
            RETURNING entry_id
            """,  # noqa: S608 - texts of ours
            link_id,
            chat_id,
            name,
            language,
            at,
            uuid7(),
        )
        return row is not None

    async def remove(self, register_id: str, chat_id: int, *, actor: int, at: datetime) -> bool:
        """Take somebody's role and limits away; false for the last owner, who would leave a register to nobody."""
        row = await self._database.row(
            """
            WITH owners AS (
                SELECT chat_id FROM person_role WHERE register_id = $1 AND role = 'owner' FOR UPDATE
            ), gone AS (
                DELETE FROM person_role WHERE register_id = $1 AND chat_id = $2
                    AND (role <> 'owner' OR (SELECT count(*) FROM owners) > 1)
                RETURNING role
            ), limits AS (
                DELETE FROM cashier_limit WHERE register_id = $1 AND chat_id = $2 AND EXISTS (SELECT 1 FROM gone)
            )
            INSERT INTO audit_entry (register_id, entry_id, at, actor, kind, facts)
            SELECT $1, $3, $4, $5, 'removed', jsonb_build_object('chat', $2::bigint, 'role', role) FROM gone
            RETURNING entry_id
            """,
            register_id,
            chat_id,
            uuid7(),
            at,
            actor,
        )
        return row is not None

    async def set_current(self, chat_id: int, register_id: str) -> None:
        await self._database.value(
            "UPDATE person SET current_register = $2 WHERE chat_id = $1", chat_id, register_id
        )

    async def audit(self, register_id: str, limit: int) -> list[AuditEntry]:
        """The newest lines of the record first."""
        rows = await self._database.rows(
            "SELECT at, actor, kind, facts FROM audit_entry WHERE register_id = $1 ORDER BY entry_id DESC LIMIT $2",
            register_id,
            limit,
        )
        return [AuditEntry(row["at"], row["actor"], row["kind"], json.loads(row["facts"])) for row in rows]
