"""Regions from the database, as pages and access need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from app.models import GemeenteSwv, Region, RegionSuccession
from app.regions import RegionKind, RegionName, Succession

_COLUMNS = (Region.code, Region.kind, Region.name, Region.is_national, Region.valid_to)


@dataclass(frozen=True, slots=True)
class Part:
    """One gemeente and the part of it that lies in one SWV today, by the named weight."""

    gemeente: RegionName
    swv: RegionName
    share: float
    is_whole: bool
    weight_name: str | None


def load_names(session: Session, codes: list[str]) -> dict[str, RegionName]:
    """code → name, for the codes that exist."""
    rows = session.execute(select(*_COLUMNS).where(Region.code.in_(codes)))
    return {row[0]: _name(row) for row in rows}


def load_kind(
    session: Session, kind: RegionKind, *, today_only: bool = True, existing_in: int | None = None
) -> list[RegionName]:
    """All regions of a kind by name; with `today_only` those that were not dissolved.

    Args:
        existing_in: leaves out what came only after this year.
    """
    query = select(*_COLUMNS).where(Region.kind == kind).order_by(Region.name, Region.code)
    if today_only:
        query = query.where(Region.valid_to.is_(None))
    if existing_in is not None:
        query = query.where(or_(Region.valid_from.is_(None), Region.valid_from <= date(existing_in, 12, 31)))
    return [_name(row) for row in session.execute(query)]


def load_parts(session: Session, code: str) -> list[Part]:
    """The gemeenten in an SWV, or the SWVs that cover a gemeente, as they are today; largest share first."""
    gemeente, swv = aliased(Region), aliased(Region)
    query = (
        select(
            *(getattr(gemeente, column.key) for column in _COLUMNS),
            *(getattr(swv, column.key) for column in _COLUMNS),
            GemeenteSwv.share,
            GemeenteSwv.is_whole,
            GemeenteSwv.weight_name,
        )
        .join(gemeente, gemeente.id == GemeenteSwv.gemeente_id)
        .join(swv, swv.id == GemeenteSwv.swv_id)
        .where(_is_part_of_today(), or_(gemeente.code == code, swv.code == code))
        .order_by(GemeenteSwv.share.desc(), gemeente.name, swv.code)
    )
    rows = session.execute(query)
    return [Part(_name(row[:5]), _name(row[5:10]), row[10], row[11], row[12]) for row in rows]


def load_successions(session: Session, code: str) -> list[Succession]:
    """Every merger or split that a gemeente was part of, oldest first; for the note at a trend."""
    old, new = aliased(Region), aliased(Region)
    query = (
        select(
            *(getattr(old, column.key) for column in _COLUMNS),
            *(getattr(new, column.key) for column in _COLUMNS),
            RegionSuccession.happened_on,
            RegionSuccession.share,
        )
        .join(old, old.id == RegionSuccession.old_region_id)
        .join(new, new.id == RegionSuccession.new_region_id)
        .where(or_(old.code == code, new.code == code))
        .order_by(RegionSuccession.happened_on, old.code)
    )
    return [Succession(_name(row[:5]), _name(row[5:10]), row[10], row[11]) for row in session.execute(query)]


def _is_part_of_today() -> ColumnElement[bool]:
    return GemeenteSwv.last_year.is_(None)


def _name(row: Sequence[Any]) -> RegionName:
    code, kind, name, is_national, valid_to = row
    return RegionName(code, RegionKind(kind), name, is_national, valid_to)
