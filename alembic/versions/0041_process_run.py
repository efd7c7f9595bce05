"""Runs of the program's processes, so that a kill or a power cut is told from a clean stop."""

from __future__ import annotations

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE process_run (
            run_id uuid NOT NULL,
            role text NOT NULL,
            host text NOT NULL,
            pid integer NOT NULL,
            born text,
            started_at timestamptz NOT NULL DEFAULT now(),
            stopped_at timestamptz,
            lost_at timestamptz,
            CONSTRAINT process_run_pk PRIMARY KEY (run_id),
            CONSTRAINT process_run_ended_once CHECK (stopped_at IS NULL OR lost_at IS NULL)
        )
        """
    )
    op.execute("CREATE INDEX process_run_open ON process_run (host) WHERE stopped_at IS NULL AND lost_at IS NULL")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON process_run TO tiyn_app")


def downgrade() -> None:
    op.execute("DROP TABLE process_run")
