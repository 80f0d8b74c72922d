"""Outlines of gemeenten, for the map.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "region_outline",
        sa.Column("region_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("rings", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("region_outline")
