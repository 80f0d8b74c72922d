"""The first tables: regions, published figures, accounts, audit.

Constraint names come from the convention on `app.models.Base.metadata`.

Revision ID: 0001
Revises:
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "audit_event",
    "login_attempt",
    "password_link",
    "login_session",
    "grant",
    "user",
    "load_problem",
    "observation",
    "version_slice",
    "slice",
    "publication",
    "data_version",
    "source_file",
    "school_site",
    "postcode",
    "gemeente_swv",
    "region_succession",
    "region",
)


def upgrade() -> None:
    _create_regions()
    _create_school_sites()
    _create_versions()
    _create_observations()
    _create_accounts()
    _create_login_tables()
    _create_audit()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _column(name: str, kind: Any, *constraints: Any, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *constraints, **({"nullable": False} | options))


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _create_regions() -> None:
    op.create_table(
        "region",
        _id(),
        _column("code", sa.String, unique=True),
        _column("kind", sa.String, index=True),
        _column("name", sa.String),
        sa.Column("province_code", sa.String),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        _column("is_national", sa.Boolean),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),
    )
    op.create_table(
        "region_succession",
        sa.Column("old_region_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True),
        sa.Column("new_region_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True),
        sa.Column("happened_on", sa.Date, primary_key=True),
        sa.Column("inhabitants", sa.Integer),
        _column("share", sa.Double),
        sa.CheckConstraint("share >= 0 AND share <= 1", name="share"),
    )
    op.create_table(
        "gemeente_swv",
        sa.Column("gemeente_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True),
        sa.Column("swv_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True, index=True),
        sa.Column("first_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last_year", sa.Integer),
        _column("share", sa.Double),
        _column("is_whole", sa.Boolean),
        sa.Column("weight_name", sa.String),
        sa.CheckConstraint("share >= 0 AND share <= 1", name="share"),
    )


def _create_school_sites() -> None:
    op.create_table(
        "postcode",
        sa.Column("pc4", sa.String, primary_key=True),
        _column("gemeente_name", sa.String),
        sa.Column("po_swv_id", sa.Integer, sa.ForeignKey("region.id")),
        sa.Column("vo_swv_id", sa.Integer, sa.ForeignKey("region.id")),
    )
    op.create_table(
        "school_site",
        _id(),
        _column("brin6", sa.String),
        _column("profile", sa.String),
        sa.Column("pc4", sa.String, index=True),
        sa.Column("gemeente_id", sa.Integer, sa.ForeignKey("region.id")),
        sa.Column("sector", sa.String),
        sa.Column("pupils", sa.Integer),
        sa.UniqueConstraint("brin6", "profile"),
    )


def _create_versions() -> None:
    op.create_table(
        "source_file",
        _id(),
        _column("name", sa.String),
        _column("sha256", sa.String, index=True),
        _column("size", sa.Integer),
        _column("profile", sa.String),
        _column("publisher", sa.String),
        _column("title", sa.String),
        _column("licence", sa.String),
        sa.Column("reference_date", sa.Date),
        _column("lines", sa.Integer),
        _column("is_starter", sa.Boolean),
        _column("loaded_at", MOMENT),
        _column("loaded_by", sa.String),
        sa.UniqueConstraint("sha256", "profile", "is_starter"),
    )
    op.create_table(
        "data_version",
        _id(),
        _column("state", sa.String),
        _column("note", sa.String),
        _column("created_at", MOMENT),
        _column("created_by", sa.String),
        sa.Column("published_at", MOMENT),
        sa.Column("published_by", sa.String),
        sa.CheckConstraint("state IN ('staged', 'published')", name="state"),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL) AND (published_at IS NULL) = (state = 'staged')",
            name="publication",
        ),
    )
    op.create_table(
        "publication",
        _id(),
        _column("version_id", sa.Integer, sa.ForeignKey("data_version.id")),
        sa.CheckConstraint("id = 1", name="single"),
    )


def _create_observations() -> None:
    op.create_table(
        "slice",
        _id(),
        _column("version_id", sa.Integer, sa.ForeignKey("data_version.id")),
        _column("source_file_id", sa.Integer, sa.ForeignKey("source_file.id")),
        _column("indicator", sa.String),
        _column("period", sa.String),
        _column("status", sa.String),
        sa.UniqueConstraint("version_id", "indicator", "period"),
    )
    op.create_table(
        "version_slice",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("data_version.id"), primary_key=True),
        sa.Column("indicator", sa.String, primary_key=True),
        sa.Column("period", sa.String, primary_key=True),
        _column("slice_id", sa.Integer, sa.ForeignKey("slice.id"), index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "observation",
        sa.Column("slice_id", sa.Integer, sa.ForeignKey("slice.id"), primary_key=True),
        sa.Column("breakdown", sa.String, primary_key=True),
        sa.Column("region_id", sa.Integer, sa.ForeignKey("region.id"), primary_key=True),
        sa.Column("numerator_low", sa.Double),
        sa.Column("numerator_high", sa.Double),
        sa.Column("denominator_low", sa.Double),
        sa.Column("denominator_high", sa.Double),
        sa.Column("value", sa.Double),
        _column("status", sa.String),
        _column("estimated", sa.Double),
        _column("indirect", sa.Double),
        sa.Column("source_row", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "load_problem",
        _id(),
        _column("version_id", sa.Integer, sa.ForeignKey("data_version.id"), index=True),
        _column("severity", sa.String),
        sa.Column("sheet", sa.String),
        sa.Column("row", sa.Integer),
        sa.Column("column", sa.String),
        _column("sentence", sa.String),
    )


def _create_accounts() -> None:
    op.create_table(
        "user",
        _id(),
        _column("login", sa.String, unique=True),
        _column("name", sa.String),
        sa.Column("password_hash", sa.String),
        _column("is_active", sa.Boolean),
        _column("is_demo", sa.Boolean),
        _column("created_at", MOMENT),
        sa.CheckConstraint("login = lower(login)", name="login_lower"),
    )
    op.create_table(
        "grant",
        sa.Column("user_id", sa.Integer, _user(), primary_key=True),
        sa.Column("region_code", sa.String, sa.ForeignKey("region.code"), primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
    )


def _create_login_tables() -> None:
    op.create_table(
        "login_session",
        sa.Column("token_hash", sa.String, primary_key=True),
        _column("user_id", sa.Integer, _user(), index=True),
        _column("created_at", MOMENT),
        _column("last_seen_at", MOMENT),
        _column("browser", sa.String),
    )
    op.create_table(
        "password_link",
        sa.Column("token_hash", sa.String, primary_key=True),
        _column("user_id", sa.Integer, _user(), index=True),
        _column("expires_at", MOMENT),
        sa.Column("used_at", MOMENT),
    )
    op.create_table(
        "login_attempt",
        _id(),
        _column("account_hash", sa.String),
        _column("address_hash", sa.String),
        _column("at", MOMENT),
    )
    op.create_index("ix_login_attempt_account", "login_attempt", ["account_hash", "address_hash", "at"])
    op.create_index("ix_login_attempt_address", "login_attempt", ["address_hash", "at"])


def _user() -> sa.ForeignKey:
    return sa.ForeignKey("user.id", ondelete="CASCADE")


def _create_audit() -> None:
    op.create_table(
        "audit_event",
        _id(),
        _column("at", MOMENT, index=True),
        _column("actor", sa.String),
        _column("action", sa.String),
        _column("subject", sa.String),
        _column("detail", sa.String),
    )
