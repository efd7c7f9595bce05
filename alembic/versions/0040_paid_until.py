"""The day until which the operator's fee is paid, as the owner says it, and what the clock looks for.

An owner who was asked for that day answers by a message: what a person is awaited to write may name a register.
"""

from __future__ import annotations

from alembic import op

revision = "0040"
down_revision = "0030"
branch_labels = None
depends_on = None

UPGRADE = (
    "ALTER TABLE registration ADD COLUMN paid_until date",
    "CREATE INDEX registration_paid ON registration (paid_until) WHERE paid_until IS NOT NULL",
    "CREATE INDEX register_autonomous ON register (register_id) WHERE mode = 'autonomous'",
    "ALTER TABLE chat_person DROP CONSTRAINT chat_person_awaiting",
    """
    ALTER TABLE chat_person ADD CONSTRAINT chat_person_awaiting
        CHECK (awaiting IN ('deposit', 'withdrawal') OR awaiting LIKE 'paid_until:%')
    """,
)
DOWNGRADE = (
    "UPDATE chat_person SET awaiting = NULL WHERE awaiting LIKE 'paid_until:%'",
    "ALTER TABLE chat_person DROP CONSTRAINT chat_person_awaiting",
    "ALTER TABLE chat_person ADD CONSTRAINT chat_person_awaiting CHECK (awaiting IN ('deposit', 'withdrawal'))",
    "DROP INDEX register_autonomous",
    "DROP INDEX registration_paid",
    "ALTER TABLE registration DROP COLUMN paid_until",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
