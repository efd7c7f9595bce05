"""`tiyn verify` against a superuser who edits the database: each edit is found and located."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import asyncpg
from engine_street import sale, street

from core.checks.verify import verify, walk_all
from core.domain.ticket import Kind, Parent, PaymentType

EDITS = [
    ("UPDATE document SET total = total + 1 WHERE number = 2", "G5", 2),
    ("UPDATE document SET parent_number = NULL WHERE number = 3", "G5", 3),
    ("UPDATE document SET made_at = made_at + interval '1 second' WHERE number = 2", "G5", 2),
    ("UPDATE document SET frozen_bytes = frozen_bytes || '\\x20' WHERE number = 1", "G5", 1),
    ("UPDATE document SET digest = previous_digest WHERE number = 4", "G5", 4),
    ("UPDATE journal_entry SET body = body || '\\x20' WHERE seq = 3", "G5", 1),
    ("DELETE FROM journal_entry WHERE seq = 4", "G2", 2),
    ("UPDATE answer SET body = body || '\\x00' WHERE seq = 1", "G5", 1),
    ("DELETE FROM answer WHERE seq = 2", "G5", 3),
    ("UPDATE document_mark SET mark = 'refused' WHERE number = 1", "G4", 1),
    ("UPDATE document_mark SET fiscal_sign = '1' WHERE number = 1", "G3", 1),
    ("UPDATE document_mark SET autonomous_sign = 77 WHERE number = 4", "G2", 4),
    ("UPDATE lane SET head = head + 1", "G3", 4),
    ("UPDATE lane SET head = head - 1", "G3", 3),
    ("UPDATE register SET mode = 'online'", "G4", None),
    ("UPDATE register SET shift_closes_before = NULL", "G4", None),
    (
        "UPDATE register SET state = jsonb_set(state::jsonb, '{totals,cash}', '1')::json",
        "G4",
        None,
    ),
]


async def test_every_edit_of_a_superuser_is_found_and_located(database: str, tmp_path: Path) -> None:
    async with street(database, tmp_path) as here:
        await here.sell(payment=PaymentType.CASH)
        await here.sell()
        back = replace(sale(payment=PaymentType.CASH), kind=Kind.SELL_RETURN, parent=Parent(document_number=1))
        await here.engine.acts.make(here.register_id, back, key="return")
        here.behave("down")
        await here.sell()
    assert (await verify(database)).findings == []
    connection = await asyncpg.connect(database)
    missed = []
    try:
        for statement, guarantee, number in EDITS:
            edit = connection.transaction()
            await edit.start()
            # as somebody would who owns the server: the triggers are the second wall, not the proof
            await connection.execute("SET LOCAL session_replication_role = replica")
            await connection.execute(statement)
            findings = (await walk_all(connection)).findings
            await edit.rollback()
            if [(one.guarantee, one.number) for one in findings] != [(guarantee, number)]:
                missed.append((statement, [str(one) for one in findings]))
    finally:
        await connection.close()
    assert missed == []
