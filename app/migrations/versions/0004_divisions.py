"""On which division the figures of a slice stand, how those of SWVs came about, and other kinds of region.

Slices of before this revision get what their kind of file always had.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ROUTES = {
    "duo-historie-po": "postcode",
    "duo-leerlingen-vo": "postcode",
    "duo-vsv-swv": "geleverd",
    "cbs-jeugdzorg-natura": "gemeenten",
    "cbs-huishoudens": "gemeenten",
    "cbs-kerncijfers-leeftijd": "gemeenten",
    "cbs-bevolking-v4": "gemeenten",
}
HISTORY_PROFILE = "duo-historie-po"
HISTORY_DIVISION = "2025"


def upgrade() -> None:
    """Add the columns and the table, and say of the slices that are there what is known of their files."""
    op.add_column("slice", sa.Column("division", sa.String, nullable=False, server_default="toen"))
    op.add_column("slice", sa.Column("swv_route", sa.String))
    op.create_table(
        "region_membership",
        sa.Column("gemeente_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True),
        sa.Column("region_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True, index=True),
        sa.Column("first_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last_year", sa.Integer),
        sa.CheckConstraint("last_year IS NULL OR last_year >= first_year", name="years"),
    )
    for profile, route in ROUTES.items():
        op.execute(_of_profile(profile).values(swv_route=route))
    op.execute(_of_profile(HISTORY_PROFILE).values(division=HISTORY_DIVISION))


def downgrade() -> None:
    """Remove them."""
    op.drop_table("region_membership")
    op.drop_column("slice", "swv_route")
    op.drop_column("slice", "division")


def _of_profile(profile: str) -> sa.Update:
    """An update of the slices that came from one kind of file."""
    files = sa.table("source_file", sa.column("id"), sa.column("profile"))
    slices = sa.table("slice", sa.column("source_file_id"), sa.column("division"), sa.column("swv_route"))
    of_profile = sa.select(files.c.id).where(files.c.profile == profile)
    return sa.update(slices).where(slices.c.source_file_id.in_(of_profile))
