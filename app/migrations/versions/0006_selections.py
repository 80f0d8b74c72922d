"""Own groups of regions, saved views, and the version that a person saw last.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    _make_groups()
    _make_views()


def downgrade() -> None:
    """Remove them."""
    for table in ("region_visit", "saved_view", "comparison_group_region", "comparison_group"):
        op.drop_table(table)


def _make_groups() -> None:
    op.create_table(
        "comparison_group",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("user_id", "name"),
    )
    op.create_table(
        "comparison_group_region",
        sa.Column(
            "group_id",
            sa.Integer,
            sa.ForeignKey("comparison_group.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("region_code", sa.String, sa.ForeignKey("region.code"), primary_key=True),
    )


def _make_views() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("query", sa.String, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("user_id", "name"),
    )
    op.create_table(
        "region_visit",
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("region_code", sa.String, sa.ForeignKey("region.code"), primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("data_version.id"), nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
        sa.Column("previous_version_id", sa.Integer, sa.ForeignKey("data_version.id")),
        sa.Column("previous_at", UtcDateTime),
        sa.CheckConstraint(
            "(previous_version_id IS NULL) = (previous_at IS NULL)",
            name=op.f("ck_region_visit_previous"),
        ),
    )
