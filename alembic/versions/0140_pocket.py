"""The pocket register: its short sessions, and the acts that phones began or gave up.

Of a session's token and of the launch data that it was opened with only hashes are kept. A row of `pocket_act` lets a
phone that lost its signal give an act up for good: whoever comes later with that key makes nothing.
"""

from __future__ import annotations

from alembic import op

revision = "0140"
down_revision = "0130"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    CREATE TABLE pocket_session (
        token_hash bytea NOT NULL,
        chat_id bigint NOT NULL,
        launch_hash bytea NOT NULL,
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        closed_at timestamptz,
        CONSTRAINT pocket_session_pk PRIMARY KEY (token_hash),
        CONSTRAINT pocket_session_launch_once UNIQUE (launch_hash),
        CONSTRAINT pocket_session_person_fk FOREIGN KEY (chat_id) REFERENCES person,
        CONSTRAINT pocket_session_ends_later CHECK (expires_at > made_at)
    )
    """,
    "CREATE INDEX pocket_session_of_person ON pocket_session (chat_id) WHERE closed_at IS NULL",
    """
    CREATE TABLE pocket_act (
        register_id uuid NOT NULL,
        key text NOT NULL,
        chat_id bigint NOT NULL,
        making integer NOT NULL,
        dropped boolean NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT pocket_act_pk PRIMARY KEY (register_id, key),
        CONSTRAINT pocket_act_key_length CHECK (length(key) BETWEEN 1 AND 64)
    )
    """,
    "CREATE INDEX pocket_act_old ON pocket_act (at)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON pocket_session, pocket_act TO tiyn_app",
)
DOWNGRADE = ("DROP TABLE pocket_act", "DROP TABLE pocket_session")


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
