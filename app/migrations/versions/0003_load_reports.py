"""The report of every load in place of the problems of a version.

What stood as problems of a version becomes the report of that version.

Revision ID: 0003
Revises: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOVE_REPORTS = """
INSERT INTO load_report
    (file_name, sha256, size, profile, outcome, version_id, reason, kept_at, at, "by")
SELECT source_file.name, source_file.sha256, source_file.size, source_file.profile, 'geladen',
    data_version.id, '', '', data_version.created_at, data_version.created_by
FROM data_version
JOIN source_file ON source_file.id = (
    SELECT min(slice.source_file_id) FROM slice WHERE slice.version_id = data_version.id
)
WHERE data_version.id IN (SELECT version_id FROM load_problem)
ORDER BY data_version.id
"""
MOVE_FINDINGS = """
INSERT INTO load_finding (report_id, severity, "check", sheet, "row", "column", sentence, help)
SELECT load_report.id, load_problem.severity, 'lezen', load_problem.sheet, load_problem."row",
    load_problem."column", load_problem.sentence, ''
FROM load_problem JOIN load_report ON load_report.version_id = load_problem.version_id
ORDER BY load_problem.id
"""
MOVE_BACK = """
INSERT INTO load_problem (version_id, severity, sheet, "row", "column", sentence)
SELECT load_report.version_id, load_finding.severity, load_finding.sheet, load_finding."row",
    load_finding."column", load_finding.sentence
FROM load_finding JOIN load_report ON load_report.id = load_finding.report_id
WHERE load_report.version_id IS NOT NULL AND load_finding."check" = 'lezen'
ORDER BY load_finding.id
"""


def upgrade() -> None:
    """Make the tables, move what is there, drop the old one."""
    _create_reports()
    _create_findings()
    op.execute(MOVE_REPORTS)
    op.execute(MOVE_FINDINGS)
    op.drop_table("load_problem")


def downgrade() -> None:
    """Back to problems of versions; reports of refused files are lost."""
    op.create_table(
        "load_problem",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("data_version.id"), nullable=False, index=True),
        _text("severity"),
        sa.Column("sheet", sa.String),
        sa.Column("row", sa.Integer),
        sa.Column("column", sa.String),
        _text("sentence"),
    )
    op.execute(MOVE_BACK)
    op.drop_table("load_finding")
    op.drop_table("load_report")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String, nullable=False)


def _create_reports() -> None:
    op.create_table(
        "load_report",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("file_name"),
        _text("sha256"),
        sa.Column("size", sa.Integer, nullable=False),
        _text("profile"),
        _text("outcome"),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("data_version.id"), index=True),
        _text("reason"),
        _text("kept_at"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _text("by"),
        sa.CheckConstraint("outcome IN ('geladen', 'geweigerd')", name="outcome"),
        sa.CheckConstraint("outcome = 'geladen' OR version_id IS NULL", name="refused_has_no_version"),
    )


def _create_findings() -> None:
    op.create_table(
        "load_finding",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("report_id", sa.Integer, sa.ForeignKey("load_report.id"), nullable=False, index=True),
        _text("severity"),
        _text("check"),
        sa.Column("sheet", sa.String),
        sa.Column("row", sa.Integer),
        sa.Column("column", sa.String),
        sa.Column("region", sa.String),
        sa.Column("period", sa.String),
        sa.Column("indicator", sa.String),
        _text("sentence"),
        _text("help"),
        sa.CheckConstraint("severity IN ('goed', 'opmerking', 'waarschuwing', 'stop')", name="severity"),
    )
