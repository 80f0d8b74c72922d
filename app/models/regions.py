"""Regions and how they lie in one another: gemeenten through the years, SWVs by postcode, school sites."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Region(Base):
    """One area under one canonical code (`NL01`, `PV27`, `GM0363`, `PO2707`, `VO2708`), valid for a time."""

    __tablename__ = "region"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)  # app.regions.RegionKind
    name: Mapped[str]
    province_code: Mapped[str | None]
    valid_from: Mapped[date | None]  # None: before anything that we hold
    valid_to: Mapped[date | None]  # first day on which it no longer exists
    is_national: Mapped[bool] = mapped_column(default=False)  # an SWV without an area


class RegionSuccession(Base):
    """A gemeente that ended, and the part of its inhabitants that went to one successor (CBS code list)."""

    __tablename__ = "region_succession"
    __table_args__ = (CheckConstraint("share >= 0 AND share <= 1", name="share"),)

    old_region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    new_region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    happened_on: Mapped[date] = mapped_column(primary_key=True)
    inhabitants: Mapped[int | None]
    share: Mapped[float]


class GemeenteSwv(Base):
    """The part of a gemeente that lies in an SWV during some years, by the named weight."""

    __tablename__ = "gemeente_swv"
    __table_args__ = (CheckConstraint("share >= 0 AND share <= 1", name="share"),)

    gemeente_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    swv_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True, index=True)
    first_year: Mapped[int] = mapped_column(primary_key=True)
    last_year: Mapped[int | None]  # None: until today
    share: Mapped[float]  # 1.0 only where no part of the gemeente lies elsewhere
    is_whole: Mapped[bool]
    weight_name: Mapped[str | None]  # None where the gemeente lies whole in the SWV


class RegionMembership(Base):
    """A gemeente that lies whole in a provincie, jeugdregio, COROP-gebied or RMC-regio during some years."""

    __tablename__ = "region_membership"
    __table_args__ = (CheckConstraint("last_year IS NULL OR last_year >= first_year", name="years"),)

    gemeente_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True, index=True)
    first_year: Mapped[int] = mapped_column(primary_key=True)
    last_year: Mapped[int | None]  # None: until today


class RegionOutline(Base):
    """How a gemeente of one year lies on the map; all of them come from the file that was loaded last."""

    __tablename__ = "region_outline"

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    rings: Mapped[str]  # JSON: rings of x and y in turn, in units of 100 m (loaders.outlines)


class Postcode(Base):
    """One 4-digit postcode of the regulation, with the gemeente heading it stands under there."""

    __tablename__ = "postcode"

    pc4: Mapped[str] = mapped_column(primary_key=True)
    gemeente_name: Mapped[str]
    po_swv_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    vo_swv_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))


class SchoolSite(Base):
    """Where a school site stands, as one address file gives it; official files go before third parties'."""

    __tablename__ = "school_site"
    __table_args__ = (
        UniqueConstraint("brin6", "profile"),
        Index("ix_school_site_pc4", "pc4"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brin6: Mapped[str]
    profile: Mapped[str]  # the loader profile that brought it
    pc4: Mapped[str | None]
    gemeente_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    sector: Mapped[str | None]  # 'po' or 'vo', where the file tells
    pupils: Mapped[int | None]  # only for the weight of split gemeenten
