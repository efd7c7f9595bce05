"""Whether a sale that is written with its payment is made at once, without a tap."""

from __future__ import annotations

from alembic import op

revision = "0122"
down_revision = "0121"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE registration ADD COLUMN at_once boolean NOT NULL DEFAULT false")


def downgrade() -> None:
    op.execute("ALTER TABLE registration DROP COLUMN at_once")
