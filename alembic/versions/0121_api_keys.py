"""API keys that people make and revoke in the chat: which key it is, who made it, on which day it was last used.

Making and revoking stand in the record of every register that the key opens.
"""

from __future__ import annotations

from alembic import op

revision = "0121"
down_revision = "0120"
branch_labels = None
depends_on = None

KINDS_BEFORE = "'opened', 'granted', 'removed', 'limited', 'changed'"
KINDS = f"{KINDS_BEFORE}, 'key_made', 'key_revoked'"

UPGRADE = (
    "ALTER TABLE api_key ADD COLUMN key_id text, ADD COLUMN hint text NOT NULL DEFAULT '', "
    "ADD COLUMN made_by bigint, ADD COLUMN last_used_on date",
    "UPDATE api_key SET key_id = left(encode(key_hash, 'hex'), 12), hint = 'tiyn_'",
    "ALTER TABLE api_key ALTER COLUMN key_id SET NOT NULL",
    "ALTER TABLE api_key ADD CONSTRAINT api_key_id_unique UNIQUE (key_id)",
    "CREATE INDEX api_key_of_organisation ON api_key (organisation_id) WHERE revoked_at IS NULL",
    "ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_kind_known",
    f"ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_kind_known CHECK (kind IN ({KINDS}))",
)
# lines of keys that stand in the record already stay: nobody deletes of it
DOWNGRADE = (
    "ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_kind_known",
    f"ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_kind_known CHECK (kind IN ({KINDS_BEFORE})) NOT VALID",
    "DROP INDEX api_key_of_organisation",
    "ALTER TABLE api_key DROP COLUMN key_id, DROP COLUMN hint, DROP COLUMN made_by, DROP COLUMN last_used_on",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
