"""Answers that were sent. No table here knows an invitation, a person, an address or a moment.

Keys are random and SQLite keeps no row numbers, so that the order of rows tells nothing either; the worker
writes the rows of a round anew in random order (survey.shuffling), which PostgreSQL needs.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime

_BY_KEY = {"sqlite_with_rowid": False}


class SurveyResponse(Base):
    """One questionnaire that was sent; only lists of functionaries, who are not anonymous, name it."""

    __tablename__ = "survey_response"
    __table_args__ = (UniqueConstraint("list_id", "organisation_code"), _BY_KEY)

    id: Mapped[str] = mapped_column(primary_key=True)  # random
    list_id: Mapped[int] = mapped_column(ForeignKey("survey_list.id", ondelete="CASCADE"), index=True)
    receipt_hash: Mapped[str] = mapped_column(unique=True)  # of the code that the respondent keeps
    gemeente_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))  # of the group
    organisation: Mapped[str | None]  # functionaries only
    organisation_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))  # functionaries only


class SurveyAnswer(Base):
    """One answer that was sent, without free text."""

    __tablename__ = "survey_answer"
    __table_args__ = (_BY_KEY,)

    response_id: Mapped[str] = mapped_column(
        ForeignKey("survey_response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]  # JSON, as in a draft


class SurveyOpenAnswer(Base):
    """A free text. Nobody sees it before somebody with the permission has read it."""

    __tablename__ = "survey_open_answer"
    __table_args__ = (
        UniqueConstraint("response_id", "question"),
        CheckConstraint("(state = 'nieuw') = (reviewed_by IS NULL)", name="reviewed"),
        _BY_KEY,
    )

    id: Mapped[str] = mapped_column(primary_key=True)  # random
    response_id: Mapped[str] = mapped_column(ForeignKey("survey_response.id", ondelete="CASCADE"))
    question: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default="nieuw")  # survey.review.State: nieuw, getoond, weggelaten
    shown_text: Mapped[str] = mapped_column(default="")  # what the reviewer made of it
    reason: Mapped[str] = mapped_column(default="")  # survey.review.Reason: why it was left out
    reviewed_by: Mapped[str | None]


class SurveyJoint(Base):
    """The joint questionnaire of an SWV and a gemeente: the responses of both stay as they are."""

    __tablename__ = "survey_joint"
    __table_args__ = (UniqueConstraint("round_id", "swv_code", "gemeente_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"))
    swv_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    gemeente_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    version: Mapped[int] = mapped_column(default=0)
    agreed_on: Mapped[date | None]  # both signed


class SurveyJointAnswer(Base):
    """What both agree on for one question."""

    __tablename__ = "survey_joint_answer"

    joint_id: Mapped[int] = mapped_column(ForeignKey("survey_joint.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]  # JSON
    version: Mapped[int]  # of the joint questionnaire, when it was written
    changed_by: Mapped[str]


class SurveyJointSignature(Base):
    """A signature under the agreed answers of one version; a later change asks for a new one."""

    __tablename__ = "survey_joint_signature"
    __table_args__ = (CheckConstraint("side IN ('swv', 'gemeente')", name="side"),)

    joint_id: Mapped[int] = mapped_column(ForeignKey("survey_joint.id", ondelete="CASCADE"), primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    name: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
