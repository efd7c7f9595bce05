"""The journal, the register and lane rows, directories and the app role (DESIGN.md 4, SCALE.md 6.3)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

FUNCTIONS = Path(__file__).parent.parent / "functions"
# in the order of their calls: a function stands after those that it performs
FUNCTION_FILES = (
    "move_register_v1",
    "write_entries_v1",
    "spool_v1",
    "tell_v1",
    "open_exchange_v1",
    "write_lane_v1",
    "write_mark_v1",
    "append_v1",
    "outcome_v1",
    "step_v1",
    "settle_v1",
    "claim_lane_v1",
    "open_register_v1",
    "due_lane_v1",
    "forbid_change",
)
APPEND_ONLY = ("document", "journal_entry", "answer")
WRITTEN_BY_FUNCTIONS = ("register", "lane", "exchange", "document_mark")
WRITTEN_DIRECTLY = ("organisation", "api_key", "registration", "bridge", "person", "person_role", "print_job", "news")

TABLES = (
    """
    CREATE TABLE organisation (
        organisation_id uuid NOT NULL,
        title text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT organisation_pk PRIMARY KEY (organisation_id)
    )
    """,
    """
    CREATE TABLE api_key (
        key_hash bytea NOT NULL,
        organisation_id uuid NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz,
        CONSTRAINT api_key_pk PRIMARY KEY (key_hash),
        CONSTRAINT api_key_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation
    )
    """,
    """
    CREATE TABLE registration (
        register_id uuid NOT NULL,
        organisation_id uuid NOT NULL,
        link_key text NOT NULL,
        title text NOT NULL,
        taxpayer text NOT NULL,
        iin_bin text NOT NULL,
        address text NOT NULL,
        address_kk text NOT NULL,
        okved text NOT NULL,
        latitude integer NOT NULL,
        longitude integer NOT NULL,
        rnm text NOT NULL,
        znm text NOT NULL,
        operator text,
        protocol text NOT NULL,
        host text NOT NULL,
        port integer NOT NULL,
        device_id bigint NOT NULL,
        vat_payer boolean NOT NULL,
        vat_default text NOT NULL,
        taxation_type integer NOT NULL,
        practice boolean NOT NULL,
        auto_close boolean NOT NULL,
        closed boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT registration_pk PRIMARY KEY (register_id),
        CONSTRAINT registration_link_key_unique UNIQUE (link_key),
        CONSTRAINT registration_device_unique UNIQUE (operator, device_id),
        CONSTRAINT registration_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation
    )
    """,
    """
    CREATE TABLE register (
        register_id uuid NOT NULL,
        version bigint NOT NULL,
        last_document bigint NOT NULL,
        pending bigint,
        pending_since timestamptz,
        mode text NOT NULL,
        blocked boolean NOT NULL,
        shift_closes_before timestamptz,
        state json NOT NULL,
        CONSTRAINT register_pk PRIMARY KEY (register_id),
        CONSTRAINT register_mode_known CHECK (mode IN ('online', 'autonomous')),
        CONSTRAINT register_pending_is_last CHECK (pending IS NULL OR pending = last_document),
        CONSTRAINT register_pending_dated CHECK ((pending IS NULL) = (pending_since IS NULL))
    )
    """,
    """
    CREATE TABLE document (
        register_id uuid NOT NULL,
        number bigint NOT NULL,
        kind text NOT NULL,
        shift integer NOT NULL,
        number_in_shift integer NOT NULL,
        made_at timestamptz NOT NULL,
        own_sign bigint,
        total bigint NOT NULL,
        parent_number bigint,
        parent_key text,
        public_code text NOT NULL,
        idempotency_key text,
        input_hash bytea,
        frozen_bytes bytea NOT NULL,
        digest bytea NOT NULL,
        previous_digest bytea NOT NULL,
        CONSTRAINT document_pk PRIMARY KEY (register_id, number),
        CONSTRAINT document_number_in_shift_unique UNIQUE (register_id, shift, number_in_shift),
        CONSTRAINT document_own_sign_unique UNIQUE (register_id, own_sign),
        CONSTRAINT document_public_code_unique UNIQUE (register_id, public_code),
        CONSTRAINT document_idempotency_key_unique UNIQUE (register_id, idempotency_key),
        CONSTRAINT document_own_sign_range CHECK (own_sign BETWEEN 1 AND 2147483647),
        CONSTRAINT document_keyed CHECK ((idempotency_key IS NULL) = (input_hash IS NULL)),
        CONSTRAINT document_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE journal_entry (
        register_id uuid NOT NULL,
        seq bigint NOT NULL,
        kind text NOT NULL,
        number bigint,
        body bytea NOT NULL,
        digest bytea NOT NULL,
        previous_digest bytea NOT NULL,
        CONSTRAINT journal_entry_pk PRIMARY KEY (register_id, seq),
        CONSTRAINT journal_entry_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE document_mark (
        register_id uuid NOT NULL,
        number bigint NOT NULL,
        mark text NOT NULL,
        reason text,
        autonomous_sign bigint,
        fiscal_sign text,
        check_url text,
        result_code integer,
        result_text text,
        registered_at timestamptz,
        CONSTRAINT document_mark_pk PRIMARY KEY (register_id, number),
        CONSTRAINT document_mark_known CHECK (mark IN ('saved', 'registered', 'autonomous', 'autonomous_registered',
            'refused', 'stopped', 'settled', 'practice')),
        CONSTRAINT document_mark_autonomous_sign_unique UNIQUE (register_id, autonomous_sign),
        CONSTRAINT document_mark_document_fk FOREIGN KEY (register_id, number) REFERENCES document
    )
    """,
    """
    CREATE TABLE lane (
        register_id uuid NOT NULL,
        head bigint NOT NULL,
        exchange_no bigint NOT NULL DEFAULT 0,
        reqnum integer NOT NULL DEFAULT 0,
        token_sealed bytea NOT NULL,
        next_try_at timestamptz,
        last_attempt_at timestamptz,
        lease_owner text,
        lease_until timestamptz,
        fence bigint NOT NULL DEFAULT 0,
        fails integer NOT NULL DEFAULT 0,
        cause text,
        stopped boolean NOT NULL DEFAULT false,
        result_code integer,
        result_text text,
        contact boolean NOT NULL DEFAULT false,
        info_owed boolean NOT NULL DEFAULT false,
        head_blocked bigint,
        answer_seq bigint NOT NULL DEFAULT 0,
        answer_head bytea NOT NULL,
        CONSTRAINT lane_pk PRIMARY KEY (register_id),
        CONSTRAINT lane_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE exchange (
        register_id uuid NOT NULL,
        exchange_no bigint NOT NULL,
        number bigint,
        command text NOT NULL,
        reqnum integer NOT NULL,
        token_sealed bytea NOT NULL,
        body bytea NOT NULL,
        unanswered integer NOT NULL DEFAULT 0,
        result_code integer,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        CONSTRAINT exchange_pk PRIMARY KEY (register_id, exchange_no),
        CONSTRAINT exchange_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE answer (
        register_id uuid NOT NULL,
        seq bigint NOT NULL,
        number bigint,
        command text NOT NULL,
        at timestamptz NOT NULL,
        body bytea NOT NULL,
        digest bytea NOT NULL,
        previous_digest bytea NOT NULL,
        CONSTRAINT answer_pk PRIMARY KEY (register_id, seq),
        CONSTRAINT answer_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE print_job (
        register_id uuid NOT NULL,
        job_id uuid NOT NULL,
        number bigint NOT NULL,
        is_copy boolean NOT NULL,
        state text NOT NULL DEFAULT 'waiting',
        reason text,
        detail text,
        created_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT print_job_pk PRIMARY KEY (register_id, job_id),
        CONSTRAINT print_job_state_known CHECK (state IN ('waiting', 'spooled', 'printed', 'failed')),
        CONSTRAINT print_job_document_fk FOREIGN KEY (register_id, number) REFERENCES document
    )
    """,
    """
    CREATE TABLE news (
        register_id uuid NOT NULL,
        news_id uuid NOT NULL,
        topic text NOT NULL,
        facts json NOT NULL,
        at timestamptz NOT NULL,
        done_at timestamptz,
        CONSTRAINT news_pk PRIMARY KEY (register_id, news_id),
        CONSTRAINT news_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE bridge (
        bridge_id uuid NOT NULL,
        organisation_id uuid NOT NULL,
        title text NOT NULL,
        token_hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz,
        CONSTRAINT bridge_pk PRIMARY KEY (bridge_id),
        CONSTRAINT bridge_token_hash_unique UNIQUE (token_hash),
        CONSTRAINT bridge_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation
    )
    """,
    """
    CREATE TABLE person (
        chat_id bigint NOT NULL,
        name text NOT NULL,
        language text NOT NULL,
        current_register uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT person_pk PRIMARY KEY (chat_id),
        CONSTRAINT person_language_known CHECK (language IN ('kk', 'ru', 'en'))
    )
    """,
    """
    CREATE TABLE person_role (
        register_id uuid NOT NULL,
        chat_id bigint NOT NULL,
        role text NOT NULL,
        CONSTRAINT person_role_pk PRIMARY KEY (register_id, chat_id),
        CONSTRAINT person_role_known CHECK (role IN ('owner', 'manager', 'cashier', 'viewer'))
    )
    """,
)
INDEXES = (
    "CREATE UNIQUE INDEX exchange_one_unfinished ON exchange (register_id) WHERE finished_at IS NULL",
    "CREATE UNIQUE INDEX print_job_one_original ON print_job (register_id, number) WHERE NOT is_copy",
    "CREATE INDEX print_job_waiting ON print_job (register_id, created_at) WHERE state IN ('waiting', 'failed')",
    "CREATE INDEX document_of_parent ON document (register_id, parent_number) WHERE parent_number IS NOT NULL",
    "CREATE INDEX document_of_parent_key ON document (register_id, parent_key) WHERE parent_key IS NOT NULL",
    "CREATE INDEX document_closing ON document (register_id, shift) WHERE kind = 'shift_close'",
    "CREATE INDEX lane_due ON lane (next_try_at) WHERE next_try_at IS NOT NULL",
    "CREATE INDEX register_pending ON register (pending_since) WHERE pending IS NOT NULL",
    "CREATE INDEX register_shift_open ON register (shift_closes_before) WHERE shift_closes_before IS NOT NULL",
    "CREATE INDEX news_waiting ON news (at) WHERE done_at IS NULL",
    "CREATE INDEX person_role_of_chat ON person_role (chat_id)",
)


def upgrade() -> None:
    op.execute(
        "DO $$ BEGIN CREATE ROLE tiyn_app LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    for name in FUNCTION_FILES:
        op.get_bind().exec_driver_sql((FUNCTIONS / f"{name}.sql").read_text(encoding="utf-8"))
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION forbid_change()"
        )
    op.execute("GRANT USAGE ON SCHEMA public TO tiyn_app")
    for table in (*APPEND_ONLY, *WRITTEN_BY_FUNCTIONS):
        op.execute(f"GRANT SELECT ON {table} TO tiyn_app")
    for table in WRITTEN_DIRECTLY:
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO tiyn_app")
    op.execute("GRANT DELETE ON person_role TO tiyn_app")
    op.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC")
    for name in ("append_v1", "outcome_v1", "step_v1", "settle_v1", "claim_lane_v1", "open_register_v1", "due_lane_v1"):
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO tiyn_app")


def downgrade() -> None:
    raise RuntimeError("the first migration is one-way: a journal is never dropped by a program")
