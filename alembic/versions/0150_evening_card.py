"""The living message of the evening card is a draft of its own kind."""

from __future__ import annotations

from alembic import op

revision = "0150"
down_revision = "0140"
branch_labels = None
depends_on = None

KINDS = "'sale', 'return', 'deposit', 'withdrawal', 'close', 'cart', 'goods', 'feed'"
UPGRADE = (
    "ALTER TABLE chat_draft DROP CONSTRAINT chat_draft_kind",
    f"ALTER TABLE chat_draft ADD CONSTRAINT chat_draft_kind CHECK (kind IN ({KINDS}, 'evening'))",
)
DOWNGRADE = (
    "DELETE FROM chat_draft WHERE kind = 'evening'",
    "ALTER TABLE chat_draft DROP CONSTRAINT chat_draft_kind",
    f"ALTER TABLE chat_draft ADD CONSTRAINT chat_draft_kind CHECK (kind IN ({KINDS}))",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
