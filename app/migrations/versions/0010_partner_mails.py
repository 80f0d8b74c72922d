"""Mails to partners and for meetings: to whom they go, and when the first meeting is.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_NEW_NAMES = (("{datum_bijeenkomst}", "{datum_bijeenkomst_2}"), ("bijeenkomst", "bijeenkomst-2"))


def upgrade() -> None:
    """Make the table and the columns, and give changed texts their new names."""
    op.add_column("survey_round", sa.Column("first_meeting_on", sa.Date))
    op.create_table(
        "survey_partner",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column(
            "round_id", sa.Integer, sa.ForeignKey("survey_round.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("email", sa.String, nullable=False),
        sa.UniqueConstraint("round_id", "email"),
    )
    with op.batch_alter_table("survey_mail") as mail:
        mail.alter_column("invitation_id", existing_type=sa.String, nullable=True)
        mail.add_column(sa.Column("partner_id", sa.String))
        mail.create_foreign_key(
            op.f("fk_survey_mail_partner_id_survey_partner"),
            "survey_partner",
            ["partner_id"],
            ["id"],
            ondelete="CASCADE",
        )
        mail.create_unique_constraint(op.f("uq_survey_mail_partner_id_kind"), ["partner_id", "kind"])
        mail.create_check_constraint(
            op.f("ck_survey_mail_addressee"), "(invitation_id IS NULL) <> (partner_id IS NULL)"
        )
    _rename(*_NEW_NAMES)


def downgrade() -> None:
    """Remove them, and with them what was sent to partners."""
    op.execute("DELETE FROM survey_mail WHERE partner_id IS NOT NULL")
    op.execute("DELETE FROM survey_mail_text WHERE kind = 'bijeenkomst-1'")
    _rename(*((new, old) for old, new in _NEW_NAMES))
    with op.batch_alter_table("survey_mail") as mail:
        mail.drop_constraint(op.f("ck_survey_mail_addressee"), type_="check")
        mail.drop_constraint(op.f("uq_survey_mail_partner_id_kind"), type_="unique")
        mail.drop_constraint(op.f("fk_survey_mail_partner_id_survey_partner"), type_="foreignkey")
        mail.drop_column("partner_id")
        mail.alter_column("invitation_id", existing_type=sa.String, nullable=False)
    op.drop_table("survey_partner")
    op.drop_column("survey_round", "first_meeting_on")


def _rename(placeholder: tuple[str, str], kind: tuple[str, str]) -> None:
    """Another name for a placeholder and for a kind, in the texts that coordinators changed."""
    texts = sa.table("survey_mail_text", *(sa.column(name) for name in ("kind", "subject", "body")))
    op.execute(
        texts.update().values(
            subject=sa.func.replace(texts.c.subject, *placeholder),
            body=sa.func.replace(texts.c.body, *placeholder),
        )
    )
    op.execute(texts.update().where(texts.c.kind == kind[0]).values(kind=kind[1]))
