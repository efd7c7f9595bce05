"""The chat: updates taken in, people, drafts, and the messages that the bot keeps showing.

Nothing here is fiscal: a lost row costs a message, never a document. Keys start with the chat, not with a register,
because one person may sell on several.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("chat_update", "chat_person", "chat_draft", "chat_message")

UPGRADE = (
    """
    CREATE TABLE chat_update (
        update_id bigint NOT NULL,
        chat_id bigint NOT NULL,
        body jsonb,
        state text NOT NULL DEFAULT 'waiting',
        attempts smallint NOT NULL DEFAULT 0,
        error text,
        received_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT chat_update_pk PRIMARY KEY (update_id),
        CONSTRAINT chat_update_state CHECK (state IN ('waiting', 'done', 'failed')),
        CONSTRAINT chat_update_body CHECK (state <> 'waiting' OR body IS NOT NULL)
    )
    """,
    "CREATE INDEX chat_update_waiting ON chat_update (update_id) WHERE state = 'waiting'",
    """
    CREATE TABLE chat_person (
        chat_id bigint NOT NULL,
        language text NOT NULL,
        chosen boolean NOT NULL DEFAULT false,
        awaiting text,
        blocked_at timestamptz,
        CONSTRAINT chat_person_pk PRIMARY KEY (chat_id),
        CONSTRAINT chat_person_language CHECK (language IN ('kk', 'ru', 'en')),
        CONSTRAINT chat_person_awaiting CHECK (awaiting IN ('deposit', 'withdrawal'))
    )
    """,
    """
    CREATE TABLE chat_draft (
        draft_id text NOT NULL,
        chat_id bigint NOT NULL,
        register_id uuid NOT NULL,
        origin text NOT NULL,
        kind text NOT NULL,
        body jsonb NOT NULL,
        state text NOT NULL DEFAULT 'open',
        choice jsonb,
        number bigint,
        version integer NOT NULL DEFAULT 1,
        made_at timestamptz NOT NULL,
        CONSTRAINT chat_draft_pk PRIMARY KEY (draft_id),
        CONSTRAINT chat_draft_origin UNIQUE (chat_id, origin),
        CONSTRAINT chat_draft_kind CHECK (kind IN ('sale', 'return', 'deposit', 'withdrawal', 'close')),
        CONSTRAINT chat_draft_state CHECK (state IN ('open', 'making', 'made', 'cancelled')),
        CONSTRAINT chat_draft_number CHECK ((state = 'made') = (number IS NOT NULL)),
        CONSTRAINT chat_draft_choice CHECK (state NOT IN ('making', 'made') OR choice IS NOT NULL)
    )
    """,
    "CREATE INDEX chat_draft_age ON chat_draft (made_at)",
    """
    CREATE TABLE chat_message (
        chat_id bigint NOT NULL,
        message_key text NOT NULL,
        body jsonb NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        shown integer NOT NULL DEFAULT 0,
        stage smallint NOT NULL DEFAULT 0,
        priority smallint NOT NULL,
        message_id bigint,
        dropped text,
        register_id uuid,
        document_number bigint,
        changed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT chat_message_pk PRIMARY KEY (chat_id, message_key),
        CONSTRAINT chat_message_shown CHECK (shown BETWEEN 0 AND revision),
        CONSTRAINT chat_message_document CHECK ((register_id IS NULL) = (document_number IS NULL))
    )
    """,
    "CREATE INDEX chat_message_due ON chat_message (chat_id) WHERE shown < revision AND dropped IS NULL",
    "CREATE INDEX chat_message_sent ON chat_message (chat_id, message_id) WHERE message_id IS NOT NULL",
    """
    CREATE INDEX chat_message_of_document ON chat_message (register_id, document_number)
        WHERE register_id IS NOT NULL
    """,
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tiyn_app")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
