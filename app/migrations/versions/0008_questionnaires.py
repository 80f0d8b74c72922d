"""Questionnaires: rounds, who was asked, answers that were sent, and what both sides agree on.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
    _make_rounds()
    _make_groups()
    _make_people()
    _make_answers()
    _make_joint()


def downgrade() -> None:
    """Remove them, and with them every answer."""
    answers = "joint_signature", "joint_answer", "joint", "open_answer", "answer", "response"
    people = "draft_answer", "draft", "mail", "invitation"
    rounds = (
        "guess",
        "approval",
        "result",
        "mail_text",
        "group",
        "own_question",
        "list",
        "round_region",
        "round",
    )
    for name in (*answers, *people, *rounds):
        op.drop_table(f"survey_{name}")


def _make_rounds() -> None:
    op.create_table(
        "survey_round",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("region_code", sa.String, sa.ForeignKey("region.code"), nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("release", sa.String, nullable=False),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("closes_on", sa.Date, nullable=False),
        sa.Column("is_extended", sa.Boolean, nullable=False),
        sa.Column("meeting_on", sa.Date),
        sa.Column("contact", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String, nullable=False),
        sa.Column("closed_at", UtcDateTime),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.CheckConstraint(
            "(state = 'gesloten') = (closed_at IS NOT NULL)", name=op.f("ck_survey_round_closed")
        ),
        sa.CheckConstraint("release = 'concept' OR state = 'gesloten'", name=op.f("ck_survey_round_release")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_survey_round_dates")),
    )
    op.create_index(
        op.f("ix_survey_round_region_code") if False else "ix_survey_round_region_code",
        "survey_round",
        ["region_code"],
    )
    op.create_table(
        "survey_round_region",
        sa.Column(
            "round_id", sa.Integer, sa.ForeignKey("survey_round.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("region_code", sa.String, sa.ForeignKey("region.code"), primary_key=True),
    )
    op.create_index(
        op.f("ix_survey_round_region_region_code") if False else "ix_survey_round_region_region_code",
        "survey_round_region",
        ["region_code"],
    )
    op.create_table(
        "survey_list",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "round_id", sa.Integer, sa.ForeignKey("survey_round.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("questionnaire", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("dropped_themes", sa.String, nullable=False),
        sa.Column("received", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Integer, nullable=False),
        sa.UniqueConstraint("round_id", "questionnaire"),
    )
    op.create_table(
        "survey_own_question",
        sa.Column(
            "list_id", sa.Integer, sa.ForeignKey("survey_list.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("scale", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 10", name=op.f("ck_survey_own_question_number")),
    )


def _make_groups() -> None:
    op.create_table(
        "survey_group",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("survey_list.id", ondelete="CASCADE"), nullable=False),
        sa.Column("organisation", sa.String, nullable=False),
        sa.Column("gemeente_code", sa.String, sa.ForeignKey("region.code")),
        sa.Column("size", sa.Integer),
        sa.Column("open_nonce", sa.String),
        sa.Column("open_hash", sa.String, unique=True),
        sa.Column("opened", sa.Integer, nullable=False),
        sa.Column("started", sa.Integer, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("is_test", sa.Boolean, nullable=False),
        sa.CheckConstraint("size IS NULL OR size > 0", name=op.f("ck_survey_group_size")),
        sa.CheckConstraint("(open_nonce IS NULL) = (open_hash IS NULL)", name=op.f("ck_survey_group_open")),
    )
    op.create_index(
        op.f("ix_survey_group_list_id") if False else "ix_survey_group_list_id", "survey_group", ["list_id"]
    )
    op.create_table(
        "survey_mail_text",
        sa.Column(
            "round_id", sa.Integer, sa.ForeignKey("survey_round.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
    )
    op.create_table(
        "survey_result",
        sa.Column(
            "list_id", sa.Integer, sa.ForeignKey("survey_list.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("contents", sa.String, nullable=False),
    )
    op.create_table(
        "survey_approval",
        sa.Column(
            "round_id", sa.Integer, sa.ForeignKey("survey_round.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("side", sa.String, primary_key=True),
        sa.Column("region_code", sa.String, sa.ForeignKey("region.code"), nullable=False),
        sa.Column("login", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.CheckConstraint("side IN ('swv', 'gemeente')", name=op.f("ck_survey_approval_side")),
    )
    op.create_table(
        "survey_guess",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address_hash", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
    )
    op.create_index(
        op.f("ix_survey_guess_address") if False else "ix_survey_guess_address",
        "survey_guess",
        ["address_hash", "at"],
    )


def _make_people() -> None:
    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column(
            "group_id", sa.Integer, sa.ForeignKey("survey_group.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("nonce", sa.String, nullable=False),
        sa.Column("token_hash", sa.String, nullable=False, unique=True),
        sa.Column("state", sa.String, nullable=False),
        sa.UniqueConstraint("group_id", "number"),
    )
    op.create_table(
        "survey_mail",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "invitation_id",
            sa.String,
            sa.ForeignKey("survey_invitation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("error", sa.String, nullable=False),
        sa.UniqueConstraint("invitation_id", "kind"),
    )
    op.create_index(
        op.f("ix_survey_mail_invitation_id") if False else "ix_survey_mail_invitation_id",
        "survey_mail",
        ["invitation_id"],
    )
    op.create_table(
        "survey_draft",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("survey_list.id", ondelete="CASCADE"), nullable=False),
        sa.Column("group_id", sa.Integer, sa.ForeignKey("survey_group.id", ondelete="CASCADE")),
        sa.Column(
            "invitation_id", sa.String, sa.ForeignKey("survey_invitation.id", ondelete="CASCADE"), unique=True
        ),
        sa.Column("token_hash", sa.String, unique=True),
        sa.Column("region_code", sa.String, sa.ForeignKey("region.code")),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("submission_id", sa.String, unique=True),
        sa.UniqueConstraint("list_id", "region_code"),
        sa.CheckConstraint(
            "(invitation_id IS NOT NULL AND token_hash IS NULL AND region_code IS NULL)"
            " OR (invitation_id IS NULL AND token_hash IS NOT NULL AND region_code IS NULL)"
            " OR (invitation_id IS NULL AND token_hash IS NULL AND region_code IS NOT NULL)",
            name=op.f("ck_survey_draft_owner"),
        ),
    )
    op.create_index(
        op.f("ix_survey_draft_list_id") if False else "ix_survey_draft_list_id", "survey_draft", ["list_id"]
    )
    op.create_table(
        "survey_draft_answer",
        sa.Column(
            "draft_id", sa.String, sa.ForeignKey("survey_draft.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("question", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _make_answers() -> None:
    op.create_table(
        "survey_response",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("survey_list.id", ondelete="CASCADE"), nullable=False),
        sa.Column("receipt_hash", sa.String, nullable=False, unique=True),
        sa.Column("gemeente_code", sa.String, sa.ForeignKey("region.code")),
        sa.Column("organisation", sa.String),
        sa.Column("organisation_code", sa.String, sa.ForeignKey("region.code")),
        sa.UniqueConstraint("list_id", "organisation_code"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_survey_response_list_id") if False else "ix_survey_response_list_id",
        "survey_response",
        ["list_id"],
    )
    op.create_table(
        "survey_answer",
        sa.Column(
            "response_id",
            sa.String,
            sa.ForeignKey("survey_response.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("question", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_open_answer",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column(
            "response_id", sa.String, sa.ForeignKey("survey_response.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("shown_text", sa.String, nullable=False),
        sa.Column("reviewed_by", sa.String),
        sa.CheckConstraint(
            "(state = 'nieuw') = (reviewed_by IS NULL)", name=op.f("ck_survey_open_answer_reviewed")
        ),
        sa.UniqueConstraint("response_id", "question"),
        sqlite_with_rowid=False,
    )


def _make_joint() -> None:
    op.create_table(
        "survey_joint",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "round_id", sa.Integer, sa.ForeignKey("survey_round.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("swv_code", sa.String, sa.ForeignKey("region.code"), nullable=False),
        sa.Column("gemeente_code", sa.String, sa.ForeignKey("region.code"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("agreed_on", sa.Date),
        sa.UniqueConstraint("round_id", "swv_code", "gemeente_code"),
    )
    op.create_table(
        "survey_joint_answer",
        sa.Column(
            "joint_id", sa.Integer, sa.ForeignKey("survey_joint.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("question", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_by", sa.String, nullable=False),
    )
    op.create_table(
        "survey_joint_signature",
        sa.Column(
            "joint_id", sa.Integer, sa.ForeignKey("survey_joint.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("side", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("login", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.CheckConstraint("side IN ('swv', 'gemeente')", name=op.f("ck_survey_joint_signature_side")),
    )
