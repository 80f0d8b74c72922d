"""Regions from the database, as pages and access need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from app.db import read_rows
from app.models import GemeenteSwv, Region, RegionSuccession
from app.regions import RegionKind, RegionName, Succession

_COLUMNS = (Region.code, Region.kind, Region.name, Region.is_national, Region.valid_to)

# Statements are made once: making one costs as much as running it, an alias even more.
_NAMES = select(*_COLUMNS).where(Region.code.in_(bindparam("codes", expanding=True)))
_LEFT, _RIGHT = aliased(Region), aliased(Region)
_LEFT_COLUMNS = [getattr(_LEFT, column.key) for column in _COLUMNS]
_RIGHT_COLUMNS = [getattr(_RIGHT, column.key) for column in _COLUMNS]
_EITHER = or_(_LEFT.code == bindparam("code"), _RIGHT.code == bindparam("code"))
_PARTS = (
    select(*_LEFT_COLUMNS, *_RIGHT_COLUMNS, GemeenteSwv.share, GemeenteSwv.is_whole, GemeenteSwv.weight_name)
    .join(_LEFT, _LEFT.id == GemeenteSwv.gemeente_id)
    .join(_RIGHT, _RIGHT.id == GemeenteSwv.swv_id)
    .where(_EITHER)
    .order_by(GemeenteSwv.share.desc(), _LEFT.name, _RIGHT.code)
)
_PARTS_TODAY = _PARTS.where(GemeenteSwv.last_year.is_(None))
_PARTS_THEN = _PARTS.where(
    GemeenteSwv.first_year <= bindparam("year"),
    or_(GemeenteSwv.last_year.is_(None), GemeenteSwv.last_year >= bindparam("year")),
)
_SUCCESSIONS = (
    select(*_LEFT_COLUMNS, *_RIGHT_COLUMNS, RegionSuccession.happened_on, RegionSuccession.share)
    .join(_LEFT, _LEFT.id == RegionSuccession.old_region_id)
    .join(_RIGHT, _RIGHT.id == RegionSuccession.new_region_id)
    .where(_EITHER)
    .order_by(RegionSuccession.happened_on, _LEFT.code)
)

_PROVINCES = (
    select(_LEFT.code, _RIGHT.name)
    .join(_RIGHT, _RIGHT.code == _LEFT.province_code)
    .where(_LEFT.kind == bindparam("kind"))
    .order_by(_LEFT.code)
)


@dataclass(frozen=True, slots=True)
class Part:
    """One gemeente and the part of it that lies in one SWV, by the named weight."""

    gemeente: RegionName
    swv: RegionName
    share: float
    is_whole: bool
    weight_name: str | None


def load_names(session: Session, codes: list[str]) -> dict[str, RegionName]:
    """code → name, for the codes that exist."""
    rows = read_rows(session, _NAMES, {"codes": list(codes)})
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


def load_provinces(session: Session, kind: RegionKind) -> dict[str, str]:
    """code → the name of its province, for the regions of a kind of which it is known."""
    return {row[0]: row[1] for row in read_rows(session, _PROVINCES, {"kind": kind})}


def load_parts(session: Session, code: str, *, year: int | None = None) -> list[Part]:
    """The gemeenten in an SWV, or the SWVs that cover a gemeente, largest part first.

    Args:
        year: on the division of 1 January of this year; as it is today without one.
    """
    query = _PARTS_TODAY if year is None else _PARTS_THEN
    rows = session.execute(query, {"code": code} | ({} if year is None else {"year": year}))
    return [Part(_name(row[:5]), _name(row[5:10]), row[10], row[11], row[12]) for row in rows]


def load_successions(session: Session, code: str) -> list[Succession]:
    """Every merger or split that a gemeente was part of, oldest first; for the note at a trend."""
    rows = session.execute(_SUCCESSIONS, {"code": code})
    return [Succession(_name(row[:5]), _name(row[5:10]), row[10], row[11]) for row in rows]


def _name(row: Sequence[Any]) -> RegionName:
    code, kind, name, is_national, valid_to = row
    return RegionName(code, RegionKind(kind), name, is_national, valid_to)
