"""Figures that a region brings itself, for want of a national file; protected, apart from versions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class OwnUpload(Base):
    """One file with own figures of one region. A withdrawn one no longer counts; its row stays."""

    __tablename__ = "own_upload"
    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawal"),
        Index("ix_own_upload_region", "region_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    file_name: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str | None]


class OwnFigure(Base):
    """One cell of an upload. Of two uploads of a region with the same cell the later one counts.

    `numerator` and `denominator` where the form gives them, else `value`; `status` says why there is none.
    """

    __tablename__ = "own_figure"
    __table_args__ = (
        Index("ix_own_figure_indicator", "indicator", "period"),
        {"sqlite_with_rowid": False},
    )

    upload_id: Mapped[int] = mapped_column(ForeignKey("own_upload.id", ondelete="CASCADE"), primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    breakdown: Mapped[str] = mapped_column(primary_key=True)  # 'totaal' or '<dimension>:<category>'
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    value: Mapped[float | None]
    status: Mapped[str]  # app.indicators.CellStatus
    period_status: Mapped[str]  # app.indicators.PeriodStatus
    source_row: Mapped[int | None]


class OwnAttempt(Base):
    """A file with own figures somebody offered, for the throttle. Without `ended_at` it is being read."""

    __tablename__ = "own_attempt"
    __table_args__ = (Index("ix_own_attempt_user", "user_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OwnGroup(Base):
    """The value of a group as it was shown from a moment on. Of indicator, period and kind the last counts.

    The group is every region of the kind that brought the undivided figure: see app.disclosure.
    """

    __tablename__ = "own_group"
    __table_args__ = (Index("ix_own_group_figure", "kind", "indicator", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[str]
    period: Mapped[str]
    kind: Mapped[str]  # app.regions.RegionKind
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    contributors: Mapped[int]
    value: Mapped[float]


class OwnGroupMember(Base):
    """With the figure of which upload a region counts in a group; renewed if it came in with another."""

    __tablename__ = "own_group_member"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as SQLAlchemy wants it

    group_id: Mapped[int] = mapped_column(ForeignKey("own_group.id", ondelete="CASCADE"), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("own_upload.id"))
    is_renewed: Mapped[bool]
