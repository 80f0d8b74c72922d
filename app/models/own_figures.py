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
