"""Who was asked, and what they have not sent yet. Nothing here leads to an answer that was sent.

At sending, the draft and its answers go and the answers come to stand in `app.models.survey_answers`, in one
transaction: they never stand in both places, and share no key, no id and no moment.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SurveyInvitation(Base):
    """A personal link. Thirty days after the round it opens nothing any more, and who got it is erased."""

    __tablename__ = "survey_invitation"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)  # random
    group_id: Mapped[int] = mapped_column(ForeignKey("survey_group.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1, 2, … within the group; stands on the paper with the code
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    nonce: Mapped[str]  # the token is derived from it (survey.tokens)
    token_hash: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]  # survey.invitations.State: uitgenodigd, geopend, begonnen, verzonden, geweigerd


class SurveyPartner(Base):
    """Somebody who is told of a round or a meeting, and is asked nothing. Erased as invitees are."""

    __tablename__ = "survey_partner"
    __table_args__ = (UniqueConstraint("round_id", "email"),)

    id: Mapped[str] = mapped_column(primary_key=True)  # random
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"))
    email: Mapped[str]  # in small letters


class SurveyMail(Base):
    """A mail, written down before it is sent; each kind goes once to an invitation or a partner."""

    __tablename__ = "survey_mail"
    __table_args__ = (
        UniqueConstraint("invitation_id", "kind"),
        UniqueConstraint("partner_id", "kind"),
        CheckConstraint("(invitation_id IS NULL) <> (partner_id IS NULL)", name="addressee"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[str | None] = mapped_column(
        ForeignKey("survey_invitation.id", ondelete="CASCADE"), index=True
    )
    partner_id: Mapped[str | None] = mapped_column(ForeignKey("survey_partner.id", ondelete="CASCADE"))
    kind: Mapped[str]  # survey.mail.Kind
    state: Mapped[str]  # survey.mail.State: wacht, bezig, verzonden, onzeker, mislukt
    attempts: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date]
    error: Mapped[str] = mapped_column(default="")


class SurveyDraft(Base):
    """Answers that are being given: by an invitee, over an open link, or by an organisation with accounts."""

    __tablename__ = "survey_draft"
    __table_args__ = (
        UniqueConstraint("list_id", "region_code"),
        CheckConstraint(
            "(invitation_id IS NOT NULL AND token_hash IS NULL AND region_code IS NULL)"
            " OR (invitation_id IS NULL AND token_hash IS NOT NULL AND region_code IS NULL)"
            " OR (invitation_id IS NULL AND token_hash IS NULL AND region_code IS NOT NULL)",
            name="owner",
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)  # random
    list_id: Mapped[int] = mapped_column(ForeignKey("survey_list.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("survey_group.id", ondelete="CASCADE"))
    invitation_id: Mapped[str | None] = mapped_column(
        ForeignKey("survey_invitation.id", ondelete="CASCADE"), unique=True
    )
    token_hash: Mapped[str | None] = mapped_column(unique=True)  # of the own link, after an open one
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))  # of the organisation
    language: Mapped[str] = mapped_column(default="nl")
    version: Mapped[int] = mapped_column(default=0)  # one more with every save
    submission_id: Mapped[str | None] = mapped_column(unique=True)  # made by the first client, set once


class SurveyDraftAnswer(Base):
    """An answer that was not sent yet, with the version of the draft at which it was given."""

    __tablename__ = "survey_draft_answer"

    draft_id: Mapped[str] = mapped_column(ForeignKey("survey_draft.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)  # the key of an answer: Q1.05, Q1.12.wijkteam
    value: Mapped[str]  # JSON: a number, a text or a list of texts; null for an answer taken back
    version: Mapped[int]
