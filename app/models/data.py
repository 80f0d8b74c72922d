"""Published figures: files, versions, slices and observations.

A *slice* is everything one file says about one indicator in one period. A *version* is a list of slices, one
per indicator and period; a file that is loaded replaces the slices it brings and keeps the others. Publishing
points `publication` at a version, so it is one row that changes, whatever the size of the data.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class SourceFile(Base):
    """A file (or folder of files) as it was read: what it is, its hash and where it came from."""

    __tablename__ = "source_file"
    __table_args__ = (UniqueConstraint("sha256", "profile", "is_starter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    profile: Mapped[str]
    publisher: Mapped[str]
    title: Mapped[str]
    licence: Mapped[str]
    reference_date: Mapped[date | None]
    lines: Mapped[int]
    is_starter: Mapped[bool] = mapped_column(default=False)
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    loaded_by: Mapped[str]


class DataVersion(Base):
    """One load: staged until it is published."""

    __tablename__ = "data_version"
    __table_args__ = (
        CheckConstraint("state IN ('staged', 'published')", name="state"),
        CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL) AND (published_at IS NULL) = (state = 'staged')",
            name="publication",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default="staged")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by: Mapped[str | None]


class Publication(Base):
    """The switch: the one version that officers see, and since when they see exactly this.

    `changed_at` moves with every change of what pages show: another version, or other region facts.
    """

    __tablename__ = "publication"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    version_id: Mapped[int] = mapped_column(ForeignKey("data_version.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Slice(Base):
    """All observations of one indicator in one period from one file, loaded by one version.

    `division` is 'toen' where the figures stand on the gemeenten of their own period, or the year on whose
    gemeenten the source delivers every period, such as '2026'. `swv_route` says how the figures of SWVs came
    about; empty where there are none.
    """

    __tablename__ = "slice"
    __table_args__ = (UniqueConstraint("version_id", "indicator", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("data_version.id"))
    source_file_id: Mapped[int] = mapped_column(ForeignKey("source_file.id"))
    indicator: Mapped[str]
    period: Mapped[str]
    status: Mapped[str]  # app.indicators.PeriodStatus
    unit: Mapped[str] = mapped_column(default="%")  # app.indicators.Unit: what numerator / denominator makes
    division: Mapped[str] = mapped_column(default="toen")
    swv_route: Mapped[str | None]  # app.contributions.SwvRoute


class VersionSlice(Base):
    """Which slice a version shows for an indicator and period, or would show that waits for publication.

    `age` numbers the periods of an indicator from the latest, 1, backwards: the last six without sorting all.
    """

    __tablename__ = "version_slice"
    __table_args__ = (
        Index("ix_version_slice_slice_id", "slice_id"),
        {"sqlite_with_rowid": False},
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("data_version.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    slice_id: Mapped[int] = mapped_column(ForeignKey("slice.id"))
    age: Mapped[int]


class Observation(Base):
    """One cell. Counts carry bounds: equal where the number is known, apart where parts are hidden.

    `value` is used only for what arrives as a finished figure (a percentage without counts). `status` says
    why there is no number, `estimated` which part of the number came by an estimated share of a gemeente,
    `indirect` which part did not come by the school's own postcode.
    """

    __tablename__ = "observation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    slice_id: Mapped[int] = mapped_column(ForeignKey("slice.id"), primary_key=True)
    breakdown: Mapped[str] = mapped_column(primary_key=True)  # 'totaal' or '<dimension>:<category>'
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    numerator_low: Mapped[float | None]
    numerator_high: Mapped[float | None]
    denominator_low: Mapped[float | None]
    denominator_high: Mapped[float | None]
    value: Mapped[float | None]
    status: Mapped[str]  # app.indicators.CellStatus
    estimated: Mapped[float] = mapped_column(default=0.0)  # 0–1
    indirect: Mapped[float] = mapped_column(default=0.0)  # 0–1
    source_row: Mapped[int | None]  # the row in the file, where one row says it
