"""Result codes are uint32 on the wire: an unknown one above 2^31 - 1 must be kept like any other (PROTOCOL.md d).

The columns and the functions that write them took a signed 32-bit number, so the outcome of such an answer could not
be stored at all.
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("lane", "exchange", "document_mark")
FUNCTIONS = ("write_lane_v1", "write_mark_v1")
NARROW, WIDE = "'result_code')::integer", "'result_code')::bigint"


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN result_code TYPE bigint")
    for name in FUNCTIONS:
        # the rest of the function stays as it is now, whichever revision wrote it last
        definition = op.get_bind().exec_driver_sql(f"SELECT pg_get_functiondef('{name}'::regproc)").scalar_one()
        op.get_bind().exec_driver_sql(definition.replace(NARROW, WIDE))


def downgrade() -> None:
    raise RuntimeError("one-way: codes that a narrower column cannot hold may be stored")
