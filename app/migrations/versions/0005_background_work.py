"""Uploads and fetches as background work, turns of the publication switch, accepted warnings, own figures.

Publications of before this revision get an event each, in their order.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, and write down the publications that are known."""
    op.add_column("login_session", sa.Column("preview_version", sa.Integer))
    _make_jobs()
    _make_publications()
    _make_own_figures()
    _make_own_groups()
    _write_down_publications()


def downgrade() -> None:
    """Remove them."""
    own = "own_attempt", "own_group_member", "own_group", "own_figure", "own_upload"
    tables = *own, "accepted_finding", "publication_event", "worker_sign", "data_job"
    for table in tables:
        op.drop_table(table)
    op.drop_column("login_session", "preview_version")


def _make_jobs() -> None:
    op.create_table(
        "data_job",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("stored_at", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("profile", sa.String, nullable=False),
        sa.Column("is_reread", sa.Boolean, nullable=False),
        sa.Column("allows_older", sa.Boolean, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("message", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String, nullable=False),
        sa.Column("started_at", UtcDateTime),
        sa.Column("seen_at", UtcDateTime),
        sa.Column("finished_at", UtcDateTime),
        sa.Column(
            "version_id", sa.Integer, sa.ForeignKey("data_version.id", ondelete="SET NULL"), index=True
        ),
        sa.Column("report_id", sa.Integer, sa.ForeignKey("load_report.id")),
        sa.CheckConstraint("kind IN ('bestand', 'ophalen')", name="kind"),
        sa.CheckConstraint(
            "state IN ('wacht', 'bezig', 'klaar', 'geweigerd', 'mislukt', 'gestopt')", name="state"
        ),
        sa.CheckConstraint("(finished_at IS NULL) = (state IN ('wacht', 'bezig'))", name="finished"),
    )
    op.create_index("ix_data_job_state", "data_job", ["state", "created_at"])
    op.create_table(
        "worker_sign",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seen_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("id = 1", name="single"),
    )


def _make_publications() -> None:
    op.create_table(
        "publication_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", UtcDateTime, nullable=False, index=True),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("data_version.id"), nullable=False, index=True),
        sa.Column("previous_id", sa.Integer, sa.ForeignKey("data_version.id")),
        sa.Column("is_undo", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
    op.create_table(
        "accepted_finding",
        sa.Column(
            "finding_id", sa.Integer, sa.ForeignKey("load_finding.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.CheckConstraint("reason <> ''", name="reason"),
    )


def _make_own_figures() -> None:
    op.create_table(
        "own_upload",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("region_id", sa.Integer, sa.ForeignKey("region.id"), nullable=False),
        sa.Column("file_name", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("withdrawn_at", UtcDateTime),
        sa.Column("withdrawn_by", sa.String),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawal"),
    )
    op.create_index("ix_own_upload_region", "own_upload", ["region_id", "id"])
    op.create_table(
        "own_figure",
        sa.Column(
            "upload_id", sa.Integer, sa.ForeignKey("own_upload.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("indicator", sa.String, primary_key=True),
        sa.Column("period", sa.String, primary_key=True),
        sa.Column("breakdown", sa.String, primary_key=True),
        sa.Column("numerator", sa.Double),
        sa.Column("denominator", sa.Double),
        sa.Column("value", sa.Double),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("period_status", sa.String, nullable=False),
        sa.Column("source_row", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_own_figure_indicator", "own_figure", ["indicator", "period"])
    op.create_table(
        "own_attempt",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
    )
    op.create_index("ix_own_attempt_user", "own_attempt", ["user_id", "at"])


def _make_own_groups() -> None:
    op.create_table(
        "own_group",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("indicator", sa.String, nullable=False),
        sa.Column("period", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("contributors", sa.Integer, nullable=False),
        sa.Column("value", sa.Double, nullable=False),
    )
    op.create_index("ix_own_group_figure", "own_group", ["kind", "indicator", "period"])
    op.create_table(
        "own_group_member",
        sa.Column(
            "group_id", sa.Integer, sa.ForeignKey("own_group.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("region_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True),
        sa.Column("upload_id", sa.Integer, sa.ForeignKey("own_upload.id"), nullable=False),
        sa.Column("is_renewed", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )


def _write_down_publications() -> None:
    """One event for each version that was published, each after the one before."""
    versions = sa.table(
        "data_version",
        sa.column("id", sa.Integer),
        sa.column("published_at", UtcDateTime),
        sa.column("published_by", sa.String),
    )
    events = sa.table(
        "publication_event",
        sa.column("at", UtcDateTime),
        sa.column("by", sa.String),
        sa.column("version_id", sa.Integer),
        sa.column("previous_id", sa.Integer),
        sa.column("is_undo", sa.Boolean),
        sa.column("reason", sa.String),
    )
    order = sa.func.lag(versions.c.id).over(order_by=(versions.c.published_at, versions.c.id))
    known = (
        sa.select(
            versions.c.published_at,
            versions.c.published_by,
            versions.c.id,
            order,
            sa.literal(value=False),
            sa.literal(""),
        )
        .where(versions.c.published_at.is_not(None))
        .order_by(versions.c.published_at, versions.c.id)
    )
    op.execute(sa.insert(events).from_select([column.name for column in events.c], known))
