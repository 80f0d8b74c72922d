"""Blocks of released lists, which stand beside those of other regions together.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table, and the block of a list; the worker makes blocks of what was released before."""
    op.create_table(
        "survey_block",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("questionnaire", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("lists", sa.Integer, nullable=False),
        sa.Column("organisations", sa.Integer, nullable=False),
    )
    with op.batch_alter_table("survey_list") as table:
        table.add_column(sa.Column("block_id", sa.Integer))
        table.create_foreign_key(
            op.f("fk_survey_list_block_id_survey_block"), "survey_block", ["block_id"], ["id"]
        )
        table.create_index(op.f("ix_survey_list_block_id"), ["block_id"])


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("survey_list") as table:
        table.drop_index(op.f("ix_survey_list_block_id"))
        table.drop_constraint(op.f("fk_survey_list_block_id_survey_block"), type_="foreignkey")
        table.drop_column("block_id")
    op.drop_table("survey_block")
