"""People of a register: one-time join links, a cashier's limits, the record of what was decided, and first starts.

Grants, limits and settings stand beside what they change in one statement, so none is without its line in the
append-only `audit_entry` (docs/decisions/0080). What a person is awaited to write is named by the bot alone.
"""

from __future__ import annotations

from alembic import op

revision = "0080"
down_revision = "0070"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    CREATE TABLE join_link (
        link_id uuid NOT NULL,
        token_hash bytea NOT NULL,
        register_id uuid NOT NULL,
        role text NOT NULL,
        made_by bigint NOT NULL,
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        seen_by bigint[] NOT NULL DEFAULT '{}',
        used_by bigint,
        used_at timestamptz,
        CONSTRAINT join_link_pk PRIMARY KEY (link_id),
        CONSTRAINT join_link_token_unique UNIQUE (token_hash),
        CONSTRAINT join_link_role_known CHECK (role IN ('owner', 'manager', 'cashier', 'viewer')),
        CONSTRAINT join_link_used CHECK ((used_by IS NULL) = (used_at IS NULL)),
        CONSTRAINT join_link_short CHECK (expires_at <= made_at + interval '15 minutes')
    )
    """,
    """
    CREATE TABLE cashier_limit (
        register_id uuid NOT NULL,
        chat_id bigint NOT NULL,
        receipt_max bigint,
        return_max bigint,
        withdrawal_max bigint,
        discount_max bigint,
        CONSTRAINT cashier_limit_pk PRIMARY KEY (register_id, chat_id),
        CONSTRAINT cashier_limit_money CHECK (receipt_max >= 0 AND return_max >= 0 AND withdrawal_max >= 0),
        CONSTRAINT cashier_limit_percent CHECK (discount_max BETWEEN 0 AND 100000)
    )
    """,
    """
    CREATE TABLE audit_entry (
        register_id uuid NOT NULL,
        entry_id uuid NOT NULL,
        at timestamptz NOT NULL,
        actor bigint NOT NULL,
        kind text NOT NULL,
        facts jsonb NOT NULL,
        CONSTRAINT audit_entry_pk PRIMARY KEY (register_id, entry_id),
        CONSTRAINT audit_entry_kind_known CHECK (kind IN ('opened', 'granted', 'removed', 'limited', 'changed'))
    )
    """,
    "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION forbid_change()",
    """
    CREATE TABLE first_start (
        chat_id bigint NOT NULL,
        register_id uuid NOT NULL,
        practice boolean NOT NULL,
        step text NOT NULL,
        answers jsonb NOT NULL DEFAULT '{}',
        token bytea,
        reviewing boolean NOT NULL DEFAULT false,
        version integer NOT NULL DEFAULT 1,
        origin text NOT NULL,
        CONSTRAINT first_start_pk PRIMARY KEY (chat_id)
    )
    """,
    "GRANT SELECT, INSERT, UPDATE ON join_link TO tiyn_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON cashier_limit TO tiyn_app",
    "GRANT SELECT, INSERT ON audit_entry TO tiyn_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON first_start TO tiyn_app",
    "ALTER TABLE chat_person DROP CONSTRAINT chat_person_awaiting",
    "ALTER TABLE chat_person ADD CONSTRAINT chat_person_awaiting CHECK (length(awaiting) BETWEEN 1 AND 200)",
)
DOWNGRADE = (
    "UPDATE chat_person SET awaiting = NULL "
    "WHERE awaiting NOT IN ('deposit', 'withdrawal') AND awaiting NOT LIKE 'paid_until:%'",
    "ALTER TABLE chat_person DROP CONSTRAINT chat_person_awaiting",
    """
    ALTER TABLE chat_person ADD CONSTRAINT chat_person_awaiting
        CHECK (awaiting IN ('deposit', 'withdrawal') OR awaiting LIKE 'paid_until:%')
    """,
    "DROP TABLE first_start",
    "DROP TABLE audit_entry",
    "DROP TABLE cashier_limit",
    "DROP TABLE join_link",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
