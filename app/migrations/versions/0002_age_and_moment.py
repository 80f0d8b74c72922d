"""The age of a period in its indicator, the unit of a slice, and since when officers see what they see.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER_PERIODS = """
UPDATE version_slice SET age = (
    SELECT count(*) FROM version_slice AS later
    WHERE later.version_id = version_slice.version_id
        AND later.indicator = version_slice.indicator
        AND later.period >= version_slice.period
)
"""


def upgrade() -> None:
    """Add them, and fill them for what is there: only counts and percentages came before."""
    moment = sa.Column(
        "changed_at", sa.DateTime(timezone=True), nullable=False, server_default="1970-01-01 00:00:00"
    )
    op.add_column("publication", moment)
    op.add_column("version_slice", sa.Column("age", sa.Integer, nullable=False, server_default="0"))
    op.add_column("slice", sa.Column("unit", sa.String, nullable=False, server_default="%"))
    op.execute("UPDATE publication SET changed_at = CURRENT_TIMESTAMP")
    op.execute(NUMBER_PERIODS)


def downgrade() -> None:
    """Remove them."""
    op.drop_column("slice", "unit")
    op.drop_column("version_slice", "age")
    op.drop_column("publication", "changed_at")
