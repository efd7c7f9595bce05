"""The catalogue: what the database itself forbids, and the rules that keep the schema fit for Citus (SCALE.md 6.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asyncpg
import pytest
from engine_street import StillClock, street

APPEND_ONLY = ("document", "journal_entry", "answer")
READ_MODELS = tuple(f"takings_{name}" for name in ("position", "hour", "cashier", "good", "vat", "shift"))
FISCAL = (
    *(*READ_MODELS, *APPEND_ONLY),
    *("register", "lane", "exchange", "document_mark", "print_job", "news", "drawer_count"),
)
ALEMBIC = "alembic_version"

KEYS = """
SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS index, a.attname AS first
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
WHERE n.nspname = 'public' AND i.indisunique
"""
FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text AS table, c.conname AS name, c.confrelid::regclass::text AS parent,
    (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = c.conkey[1]) AS first
FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' AND c.contype = 'f'
"""
CONSTRAINTS = """
SELECT c.conrelid::regclass::text AS table, c.conname AS name FROM pg_constraint c
JOIN pg_namespace n ON n.oid = c.connamespace
WHERE n.nspname = 'public' AND c.contype IN ('p', 'u', 'f', 'c', 'x') AND c.conrelid <> 0
"""
# what PostgreSQL calls a constraint that nobody named
UNNAMED = ("_pkey", "_key", "_fkey", "_check", "_excl")


async def fetched(database: str, statement: str) -> list[dict[str, Any]]:
    connection = await asyncpg.connect(database)
    try:
        return [dict(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


async def test_whatever_refers_to_a_fiscal_row_is_a_fiscal_table(database: str) -> None:
    """A new table that hangs on documents falls under the rules below by being named above."""
    rows = await fetched(database, FOREIGN_KEYS)
    assert {row["table"] for row in rows if row["parent"] in FISCAL} <= set(FISCAL)


async def test_keys_of_fiscal_tables_begin_with_the_register(database: str) -> None:
    keys = [row for row in await fetched(database, KEYS) if row["table"] in FISCAL]
    assert {row["table"] for row in keys} == set(FISCAL)
    assert [row for row in keys if row["first"] != "register_id"] == []


async def test_fiscal_tables_refer_only_to_rows_of_the_same_register(database: str) -> None:
    rows = await fetched(database, FOREIGN_KEYS)
    fiscal = [row for row in rows if row["table"] in FISCAL]
    assert fiscal and [row for row in fiscal if row["first"] != "register_id" or row["parent"] not in FISCAL] == []


async def test_every_constraint_has_a_name_of_ours(database: str) -> None:
    rows = [row for row in await fetched(database, CONSTRAINTS) if row["table"] != ALEMBIC]
    assert rows
    generated = [row for row in rows if row["name"].endswith(UNNAMED) and row["name"].startswith(row["table"])]
    assert generated == []
    assert [row for row in rows if not row["name"].startswith(row["table"])] == []


async def test_nothing_counts_by_a_sequence_or_an_identity(database: str) -> None:
    assert await fetched(database, "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'") == []
    identities = "SELECT attname FROM pg_attribute WHERE attidentity <> '' AND attrelid > 16384"
    assert await fetched(database, identities) == []


async def test_functions_of_acts_are_plpgsql_begin_with_the_register_and_read_no_volatile_clock(
    database: str,
) -> None:
    rows = await fetched(
        database,
        "SELECT p.proname, l.lanname, p.proargtypes[0]::regtype::text AS first, p.prosrc FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang "
        "WHERE n.nspname = 'public' AND p.prorettype <> 'trigger'::regtype",
    )
    assert len(rows) >= 10
    for row in rows:
        assert (row["lanname"], row["first"]) == ("plpgsql", "uuid"), row["proname"]
        source = row["prosrc"].lower()
        for forbidden in ("clock_timestamp", "random()", "merge into", "pg_notify", "advisory", "for update", "with "):
            assert forbidden not in source, (row["proname"], forbidden)


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_history_cannot_be_changed_even_by_the_owner(database: str, tmp_path: Path, table: str) -> None:
    async with street(database, tmp_path, clock=StillClock()) as here:
        await here.sell()
    connection = await asyncpg.connect(database)
    count = await connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of ours
    assert count > 0
    statements = (
        f"UPDATE {table} SET register_id = register_id",  # noqa: S608 - a name of ours
        f"DELETE FROM {table}",  # noqa: S608 - a name of ours
        f"TRUNCATE {table} CASCADE",
    )
    try:
        for statement in statements:
            with pytest.raises(asyncpg.PostgresError, match="append-only"):
                await connection.execute(statement)
        await connection.execute("SET ROLE tiyn_app")
        insert = f"INSERT INTO {table} SELECT * FROM {table}"  # noqa: S608 - a name of ours
        for statement in (*statements, insert):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
        await connection.execute("RESET ROLE")
        assert await connection.fetchval(f"SELECT count(*) FROM {table}") == count  # noqa: S608 - a name of ours
    finally:
        await connection.close()


async def test_the_app_role_moves_registers_and_lanes_only_through_functions(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        await connection.execute("SET ROLE tiyn_app")
        for statement in (
            "UPDATE register SET version = version + 1",
            "UPDATE lane SET head = head + 1",
            "UPDATE document_mark SET mark = 'registered'",
            "DELETE FROM exchange",
            "DELETE FROM registration",
            "SELECT write_entries_v1(NULL, NULL, NULL)",
            *(f"DELETE FROM {table}" for table in READ_MODELS),  # noqa: S608 - names of ours
            "UPDATE takings_position SET number = 0",
            "UPDATE takings_hour SET sum = sum + 1",
            "ALTER TABLE document DISABLE TRIGGER ALL",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()
