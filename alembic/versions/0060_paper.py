"""What people hold: links that their owner closed, bridges paired by a code and bound to registers.

A closed link stands in a row beside the document: the document itself is history.
"""

from __future__ import annotations

from alembic import op

revision = "0060"
down_revision = "0041"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    CREATE TABLE revoked_link (
        register_id uuid NOT NULL,
        number bigint NOT NULL,
        revoked_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT revoked_link_pk PRIMARY KEY (register_id, number)
    )
    """,
    """
    CREATE TABLE bridge_register (
        bridge_id uuid NOT NULL,
        register_id uuid NOT NULL,
        CONSTRAINT bridge_register_pk PRIMARY KEY (bridge_id, register_id),
        CONSTRAINT bridge_register_bridge_fk FOREIGN KEY (bridge_id) REFERENCES bridge
    )
    """,
    """
    CREATE TABLE bridge_pairing (
        pairing_id uuid NOT NULL,
        code_hash bytea NOT NULL,
        secret_hash bytea NOT NULL,
        title text NOT NULL,
        expires_at timestamptz NOT NULL,
        bridge_id uuid,
        CONSTRAINT bridge_pairing_pk PRIMARY KEY (pairing_id),
        CONSTRAINT bridge_pairing_code_unique UNIQUE (code_hash),
        CONSTRAINT bridge_pairing_secret_unique UNIQUE (secret_hash),
        CONSTRAINT bridge_pairing_bridge_fk FOREIGN KEY (bridge_id) REFERENCES bridge
    )
    """,
    "GRANT SELECT, INSERT ON revoked_link TO tiyn_app",
    "GRANT SELECT, INSERT ON bridge_register TO tiyn_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON bridge_pairing TO tiyn_app",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for table in ("bridge_pairing", "bridge_register", "revoked_link"):
        op.execute(f"DROP TABLE {table}")
