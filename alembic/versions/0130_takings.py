"""Read models of takings: what statistics are read from, and how far the journal was counted into them.

Nothing here is fiscal and no sale writes any of it: every row can be counted again from the journal. The app role moves
them only through functions, which move the position and the sums together.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0130"
down_revision = "0122"
branch_labels = None
depends_on = None

FUNCTIONS = Path(__file__).parent.parent / "functions"
FUNCTION_FILES = ("take_takings_v1", "clear_takings_v1")
TABLES = ("takings_position", "takings_hour", "takings_cashier", "takings_good", "takings_vat", "takings_shift")
SUMS = """
        count bigint NOT NULL,
        sum bigint NOT NULL,
        cash bigint NOT NULL,
        card bigint NOT NULL,
        mobile bigint NOT NULL,
        discount bigint NOT NULL,
        markup bigint NOT NULL,
        line_discount bigint NOT NULL,
        line_markup bigint NOT NULL,
        change bigint NOT NULL,
        offline bigint NOT NULL,
"""

UPGRADE = (
    """
    CREATE TABLE takings_position (
        register_id uuid NOT NULL,
        number bigint NOT NULL,
        day_begins smallint NOT NULL,
        CONSTRAINT takings_position_pk PRIMARY KEY (register_id),
        CONSTRAINT takings_position_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    f"""
    CREATE TABLE takings_hour (
        register_id uuid NOT NULL,
        day date NOT NULL,
        hour smallint NOT NULL,
        kind text NOT NULL,
        {SUMS}
        CONSTRAINT takings_hour_pk PRIMARY KEY (register_id, day, hour, kind),
        CONSTRAINT takings_hour_of_clock CHECK (hour BETWEEN 0 AND 23),
        CONSTRAINT takings_hour_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    f"""
    CREATE TABLE takings_cashier (
        register_id uuid NOT NULL,
        day date NOT NULL,
        code bigint NOT NULL,
        name text NOT NULL,
        kind text NOT NULL,
        {SUMS}
        CONSTRAINT takings_cashier_pk PRIMARY KEY (register_id, day, code, name, kind),
        CONSTRAINT takings_cashier_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE takings_good (
        register_id uuid NOT NULL,
        day date NOT NULL,
        name text NOT NULL,
        unit text NOT NULL,
        kind text NOT NULL,
        lines bigint NOT NULL,
        quantity bigint NOT NULL,
        sum bigint NOT NULL,
        CONSTRAINT takings_good_pk PRIMARY KEY (register_id, day, name, unit, kind),
        CONSTRAINT takings_good_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE takings_vat (
        register_id uuid NOT NULL,
        day date NOT NULL,
        rate text NOT NULL,
        kind text NOT NULL,
        turnover bigint NOT NULL,
        tax bigint NOT NULL,
        CONSTRAINT takings_vat_pk PRIMARY KEY (register_id, day, rate, kind),
        CONSTRAINT takings_vat_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    """
    CREATE TABLE takings_shift (
        register_id uuid NOT NULL,
        shift integer NOT NULL,
        day date NOT NULL,
        number bigint NOT NULL,
        opened_at timestamptz NOT NULL,
        closed_at timestamptz NOT NULL,
        autonomous boolean NOT NULL,
        revenue bigint NOT NULL,
        cash bigint NOT NULL,
        chain_head text NOT NULL,
        CONSTRAINT takings_shift_pk PRIMARY KEY (register_id, shift),
        CONSTRAINT takings_shift_register_fk FOREIGN KEY (register_id) REFERENCES register
    )
    """,
    "CREATE INDEX takings_shift_of_day ON takings_shift (register_id, day)",
    # the periods of autonomous work are few and lie far apart among the entries
    "CREATE INDEX journal_entry_mode ON journal_entry (register_id, seq) WHERE kind = 'mode'",
)
DOWNGRADE = (
    "DROP INDEX journal_entry_mode",
    *(f"DROP FUNCTION {name}" for name in FUNCTION_FILES),
    *(f"DROP TABLE {name}" for name in reversed(TABLES)),
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)
    for name in FUNCTION_FILES:
        op.get_bind().exec_driver_sql((FUNCTIONS / f"{name}.sql").read_text(encoding="utf-8"))
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO tiyn_app")
    op.execute(f"GRANT SELECT ON {', '.join(TABLES)} TO tiyn_app")


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
