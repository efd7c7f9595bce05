"""A step settles the exchange that it decides about in the same call, so that no crash comes between the two."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0030"
down_revision = "0010"
branch_labels = None
depends_on = None

FUNCTIONS = Path(__file__).parent.parent / "functions"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((FUNCTIONS / "step_v2.sql").read_text(encoding="utf-8"))
    op.execute("REVOKE EXECUTE ON FUNCTION step_v2 FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION step_v2 TO tiyn_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION step_v2")
