"""The counter of a shop: drawers counted at the close, lists of receipts as drafts.

A count is history (docs/decisions/0100): it is added and never changed.
"""

from __future__ import annotations

from alembic import op

revision = "0100"
down_revision = "0080"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    CREATE TABLE drawer_count (
        register_id uuid NOT NULL,
        count_id text NOT NULL,
        shift integer NOT NULL,
        expected bigint NOT NULL,
        counted bigint NOT NULL,
        reason text NOT NULL,
        counted_by text NOT NULL,
        counted_at timestamptz NOT NULL,
        CONSTRAINT drawer_count_pk PRIMARY KEY (register_id, count_id),
        CONSTRAINT drawer_count_not_negative CHECK (expected >= 0 AND counted >= 0),
        CONSTRAINT drawer_count_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    "CREATE INDEX drawer_count_of_shift ON drawer_count (register_id, shift, counted_at)",
    """
    CREATE TRIGGER drawer_count_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON drawer_count
        FOR EACH STATEMENT EXECUTE FUNCTION forbid_change()
    """,
    "GRANT SELECT, INSERT ON drawer_count TO tiyn_app",
    "ALTER TABLE chat_draft DROP CONSTRAINT chat_draft_kind",
    """
    ALTER TABLE chat_draft ADD CONSTRAINT chat_draft_kind
        CHECK (kind IN ('sale', 'return', 'deposit', 'withdrawal', 'close', 'cart', 'goods', 'feed'))
    """,
    "CREATE INDEX document_of_shift ON document (register_id, shift, number)",
)
DOWNGRADE = (
    "DROP INDEX document_of_shift",
    "UPDATE chat_person SET awaiting = NULL WHERE awaiting LIKE 'draft:%'",
    "DELETE FROM chat_draft WHERE kind = 'feed'",
    "ALTER TABLE chat_draft DROP CONSTRAINT chat_draft_kind",
    """
    ALTER TABLE chat_draft ADD CONSTRAINT chat_draft_kind
        CHECK (kind IN ('sale', 'return', 'deposit', 'withdrawal', 'close', 'cart', 'goods'))
    """,
    "DROP TABLE drawer_count",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
