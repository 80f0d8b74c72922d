"""What a person keeps: groups of regions and views under a name, and what was shown at their last visit."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class ComparisonGroup(Base):
    """A group of regions of one kind that a person made, under a name of their own."""

    __tablename__ = "comparison_group"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str]
    kind: Mapped[str]  # app.regions.RegionKind
    origin: Mapped[str] = mapped_column(default="")  # how it was chosen, where the dashboard chose it
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ComparisonGroupRegion(Base):
    """One region of such a group."""

    __tablename__ = "comparison_group_region"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("comparison_group.id", ondelete="CASCADE"), primary_key=True
    )
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), primary_key=True)


class SavedView(Base):
    """A page with its choices, as its address says them, under a name."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str]
    path: Mapped[str]
    query: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegionVisit(Base):
    """Which version a person saw at the visit that goes on, and at the one before it, per region."""

    __tablename__ = "region_visit"
    __table_args__ = (
        CheckConstraint("(previous_version_id IS NULL) = (previous_at IS NULL)", name="previous"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("data_version.id"))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    previous_version_id: Mapped[int | None] = mapped_column(ForeignKey("data_version.id"))
    previous_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
