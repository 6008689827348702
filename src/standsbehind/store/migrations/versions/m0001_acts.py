"""Make the table of acts, which takes additions and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table, and have the database refuse every change and removal."""
    op.create_table(
        "acts",
        sa.Column("case_id", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("role", sa.String(16)),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
    )
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER acts_no_{change.lower()} BEFORE {change} ON acts "
                "BEGIN SELECT RAISE(ABORT, 'acts are never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION acts_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'acts are never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER acts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON acts "
        "FOR EACH STATEMENT EXECUTE FUNCTION acts_stay()"
    )
