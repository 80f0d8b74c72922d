"""Rounds of questionnaires: what a region asks, of which groups, and how far the outcome is released."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class SurveyRound(Base):
    """One round. A round that was closed stays closed, whatever the clock says later."""

    __tablename__ = "survey_round"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="dates"),
        CheckConstraint("(state = 'gesloten') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("release = 'concept' OR state = 'gesloten'", name="release"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)  # of the coordinator
    title: Mapped[str]
    state: Mapped[str]  # survey.rounds.State: concept, open, gesloten
    release: Mapped[str] = mapped_column(default="concept")  # survey.release.Release: concept, regio, publiek
    opens_on: Mapped[date]
    closes_on: Mapped[date]  # the last day on which answers are taken, in Amsterdam
    is_extended: Mapped[bool] = mapped_column(default=False)
    first_meeting_on: Mapped[date | None]  # about the figures and what to ask
    meeting_on: Mapped[date | None]  # about the outcome
    contact: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")  # how who answered hears the outcome
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_demo: Mapped[bool] = mapped_column(default=False)  # invented answers


class SurveyRoundRegion(Base):
    """A region that takes part in a round: its own SWV or gemeente, and the partners."""

    __tablename__ = "survey_round_region"

    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), primary_key=True, index=True)


class SurveyList(Base):
    """A questionnaire in a round, in one version. `received` and `withdrawn` only count."""

    __tablename__ = "survey_list"
    __table_args__ = (UniqueConstraint("round_id", "questionnaire"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"))
    questionnaire: Mapped[str]  # survey.definition.Questionnaire.id
    version: Mapped[int]
    dropped_themes: Mapped[str] = mapped_column(default="")  # ids of themes, with commas
    received: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    block_id: Mapped[int | None] = mapped_column(ForeignKey("survey_block.id"), index=True)  # once released


class SurveyBlock(Base):
    """Released lists of one questionnaire that stand beside those of other regions together, or not at all.

    How many lists it had, and organisations in them: with fewer, it counts no more (survey.results.standing).
    """

    __tablename__ = "survey_block"

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str]
    version: Mapped[int]
    is_demo: Mapped[bool]
    since: Mapped[date]
    lists: Mapped[int]
    organisations: Mapped[int]


class SurveyOwnQuestion(Base):
    """A question that a region adds to a questionnaire; it never enters a benchmark."""

    __tablename__ = "survey_own_question"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 10", name="number"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("survey_list.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # 1 to 10; the key of the question is X and this
    scale: Mapped[str]  # survey.definition.Scale
    text: Mapped[str]


class SurveyGroup(Base):
    """Who is asked: the people of one organisation, for one questionnaire.

    `opened`, `started` and `sent` count what came by the open link; of personal links the invitations tell.
    """

    __tablename__ = "survey_group"
    __table_args__ = (
        CheckConstraint("size IS NULL OR size > 0", name="size"),
        CheckConstraint("(open_nonce IS NULL) = (open_hash IS NULL)", name="open"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("survey_list.id", ondelete="CASCADE"), index=True)
    organisation: Mapped[str]
    gemeente_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    size: Mapped[int | None]  # people who could answer; None: unknown
    open_nonce: Mapped[str | None]  # the link of everybody in the group is derived from it
    open_hash: Mapped[str | None] = mapped_column(unique=True)
    opened: Mapped[int] = mapped_column(default=0)
    started: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    is_test: Mapped[bool] = mapped_column(default=False)  # what it sends is checked and never kept


class SurveyMailText(Base):
    """A mail text as the coordinator changed it; the standard text stands where there is no row."""

    __tablename__ = "survey_mail_text"

    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # survey.mail.Kind
    subject: Mapped[str]
    body: Mapped[str]


class SurveyResult(Base):
    """What may be shown of one questionnaire of a closed round, made once: it passed `app.disclosure`."""

    __tablename__ = "survey_result"

    list_id: Mapped[int] = mapped_column(ForeignKey("survey_list.id", ondelete="CASCADE"), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    contents: Mapped[str]  # JSON (survey.results): shown values only, nothing hidden is in it


class SurveyApproval(Base):
    """A person's approval of making an outcome public, for the SWVs or for the gemeenten in the round."""

    __tablename__ = "survey_approval"
    __table_args__ = (CheckConstraint("side IN ('swv', 'gemeente')", name="side"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"), primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    login: Mapped[str]
    name: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SurveyGuess(Base):
    """A link that does not exist, or a beginning over an open one, from a network; only its keyed hash."""

    __tablename__ = "survey_guess"
    __table_args__ = (Index("ix_survey_guess_address", "address_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
