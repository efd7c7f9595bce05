"""The catalogue of a register, what it has learnt from sales, and drafts that are put together by taps.

Nothing here is fiscal: a receipt freezes its own names and prices, and no sale writes any of these rows.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0070"
down_revision = "0060"
branch_labels = None
depends_on = None

FUNCTION = Path(__file__).parent.parent / "functions" / "learn_items_v1.sql"
KINDS_BEFORE = "'sale', 'return', 'deposit', 'withdrawal', 'close'"

UPGRADE = (
    """
    CREATE TABLE catalogue_item (
        register_id uuid NOT NULL,
        item_id text NOT NULL,
        name text NOT NULL,
        name_key text NOT NULL,
        search_key text NOT NULL,
        price bigint NOT NULL,
        unit text NOT NULL,
        section text NOT NULL DEFAULT '',
        vat text,
        barcode text,
        ntin text,
        favourite boolean NOT NULL DEFAULT false,
        sold_count bigint NOT NULL DEFAULT 0,
        sold_at timestamptz,
        learnt boolean NOT NULL DEFAULT false,
        made_at timestamptz NOT NULL,
        CONSTRAINT catalogue_item_pk PRIMARY KEY (register_id, item_id),
        CONSTRAINT catalogue_item_name UNIQUE (register_id, name_key),
        CONSTRAINT catalogue_item_barcode UNIQUE (register_id, barcode),
        CONSTRAINT catalogue_item_price CHECK (price > 0),
        CONSTRAINT catalogue_item_sold CHECK (sold_count >= 0)
    )
    """,
    "CREATE INDEX catalogue_item_order ON catalogue_item (register_id, favourite DESC, sold_count DESC, name_key)",
    "CREATE INDEX catalogue_item_section ON catalogue_item (register_id, section)",
    """
    CREATE TABLE catalogue_learnt (
        register_id uuid NOT NULL,
        number bigint NOT NULL,
        CONSTRAINT catalogue_learnt_pk PRIMARY KEY (register_id)
    )
    """,
    "ALTER TABLE chat_draft DROP CONSTRAINT chat_draft_kind",
    f"ALTER TABLE chat_draft ADD CONSTRAINT chat_draft_kind CHECK (kind IN ({KINDS_BEFORE}, 'cart', 'goods'))",
    "CREATE INDEX chat_draft_by_taps ON chat_draft (chat_id, made_at) "
    "WHERE state = 'open' AND kind IN ('cart', 'goods')",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_item TO tiyn_app",
    "GRANT SELECT, INSERT, UPDATE ON catalogue_learnt TO tiyn_app",
)

DOWNGRADE = (
    "DROP FUNCTION learn_items_v1",
    "DROP INDEX chat_draft_by_taps",
    "DELETE FROM chat_draft WHERE kind IN ('cart', 'goods')",
    "ALTER TABLE chat_draft DROP CONSTRAINT chat_draft_kind",
    f"ALTER TABLE chat_draft ADD CONSTRAINT chat_draft_kind CHECK (kind IN ({KINDS_BEFORE}))",
    "DROP TABLE catalogue_learnt",
    "DROP TABLE catalogue_item",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)
    op.get_bind().exec_driver_sql(FUNCTION.read_text(encoding="utf-8"))
    op.execute("REVOKE EXECUTE ON FUNCTION learn_items_v1 FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION learn_items_v1 TO tiyn_app")


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
