"""The hour at which a register's business day begins: a night shop's «today» lasts until it closes in the morning."""

from __future__ import annotations

from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE registration ADD COLUMN day_begins smallint NOT NULL DEFAULT 0 "
        "CONSTRAINT registration_day_begins_hour CHECK (day_begins BETWEEN 0 AND 23)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE registration DROP COLUMN day_begins")
