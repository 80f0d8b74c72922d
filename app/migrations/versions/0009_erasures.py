"""Erasures to repeat after a backup was put back, and why a free text was left out.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "erasure",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("subject_hash", sa.String, primary_key=True),
        sa.Column("pseudonym", sa.String, nullable=False),
        sa.CheckConstraint("kind IN ('account', 'genodigde', 'antwoord')", name=op.f("ck_erasure_kind")),
        sqlite_with_rowid=False,
    )
    op.add_column("survey_open_answer", sa.Column("reason", sa.String, nullable=False, server_default=""))


def downgrade() -> None:
    """Remove them."""
    op.drop_column("survey_open_answer", "reason")
    op.drop_table("erasure")
