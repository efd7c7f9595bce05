"""Webhooks of an organisation and what is delivered to them, made of the news by a reader with a mark of its own.

The bot's mark (`done_at`) and the webhooks' (`heard_at`) know nothing of each other. News from before this revision
count as heard: nobody had asked for them.
"""

from __future__ import annotations

from alembic import op

revision = "0120"
down_revision = "0101"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    CREATE TABLE webhook (
        webhook_id uuid NOT NULL,
        organisation_id uuid NOT NULL,
        url text NOT NULL,
        events text[] NOT NULL,
        secret bytea NOT NULL,
        made_at timestamptz NOT NULL,
        removed_at timestamptz,
        CONSTRAINT webhook_pk PRIMARY KEY (webhook_id),
        CONSTRAINT webhook_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation,
        CONSTRAINT webhook_url_length CHECK (length(url) BETWEEN 1 AND 2000),
        CONSTRAINT webhook_events_some CHECK (cardinality(events) > 0)
    )
    """,
    "CREATE INDEX webhook_of_organisation ON webhook (organisation_id) WHERE removed_at IS NULL",
    """
    CREATE TABLE webhook_delivery (
        webhook_id uuid NOT NULL,
        register_id uuid NOT NULL,
        event_id uuid NOT NULL,
        event text NOT NULL,
        facts json NOT NULL,
        at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_try_at timestamptz,
        delivered_at timestamptz,
        status integer,
        error text,
        CONSTRAINT webhook_delivery_pk PRIMARY KEY (webhook_id, register_id, event_id),
        CONSTRAINT webhook_delivery_webhook_fk FOREIGN KEY (webhook_id) REFERENCES webhook,
        CONSTRAINT webhook_delivery_once CHECK (delivered_at IS NULL OR next_try_at IS NULL)
    )
    """,
    "CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook_id, register_id, at) "
    "WHERE next_try_at IS NOT NULL",
    "ALTER TABLE news ADD COLUMN heard_at timestamptz DEFAULT now()",
    "ALTER TABLE news ALTER COLUMN heard_at DROP DEFAULT",
    "CREATE INDEX news_unheard ON news (at) WHERE heard_at IS NULL",
    # the log is kept for a month, a webhook for ever
    "CREATE INDEX webhook_delivery_over ON webhook_delivery (at) WHERE next_try_at IS NULL",
    "GRANT SELECT, INSERT, UPDATE ON webhook, webhook_delivery TO tiyn_app",
    "GRANT DELETE ON webhook_delivery TO tiyn_app",
)
DOWNGRADE = (
    "DROP INDEX news_unheard",
    "ALTER TABLE news DROP COLUMN heard_at",
    "DROP TABLE webhook_delivery",
    "DROP TABLE webhook",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
