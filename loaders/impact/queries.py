"""The statements behind an impact: two versions held beside each other, slice by slice and cell by cell."""

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.impact import MOST
from app.indicators import TOTAL, CellStatus
from app.models import Observation, Region, Slice, VersionSlice
from app.regions import RegionKind

NUMBERS = ("numerator_low", "numerator_high", "denominator_low", "denominator_high", "value")
_THEN, _NOW = aliased(Observation, name="then_cell"), aliased(Observation, name="now_cell")
_HIDDEN, _NO_NUMBER = CellStatus.HIDDEN, (CellStatus.HIDDEN, CellStatus.MISSING)


def _differs() -> ColumnElement[bool]:
    names = (*NUMBERS, "status")
    return or_(*(getattr(_NOW, name).is_distinct_from(getattr(_THEN, name)) for name in names))


def _score() -> ColumnElement[float]:
    """The square of a change by the size of the numbers, to put the cells of a slice in order."""
    then, now = (func.coalesce(cell.value, cell.numerator_low) for cell in (_THEN, _NOW))
    return (now - then) * (now - then) / (func.abs(now) + func.abs(then) + 1)


# Statements are made once: making one costs as much as running it.
SLICES = (
    select(
        VersionSlice.version_id,
        VersionSlice.indicator,
        VersionSlice.period,
        VersionSlice.slice_id,
        Slice.status,
        Slice.unit,
    )
    .join(Slice, Slice.id == VersionSlice.slice_id)
    .where(VersionSlice.version_id.in_([bindparam("version"), bindparam("base")]))
    .order_by(VersionSlice.indicator, VersionSlice.period)
)
_BESIDE = and_(
    _NOW.slice_id == bindparam("now"),
    _THEN.slice_id == bindparam("then"),
    _THEN.breakdown == _NOW.breakdown,
    _THEN.region_id == _NOW.region_id,
)
"""The same cell in two slices. Asked slice by slice: a database without statistics plans that well."""

_OPENS = and_(_THEN.status == _HIDDEN, _NOW.status.not_in(_NO_NUMBER))
_CLOSES = and_(_THEN.status.not_in(_NO_NUMBER), _NOW.status == _HIDDEN)
_COUNTED = select(
    func.count(),
    func.coalesce(func.sum(case((_differs(), 1), else_=0)), 0),
    func.coalesce(func.sum(case((_OPENS, 1), else_=0)), 0),
    func.coalesce(func.sum(case((_CLOSES, 1), else_=0)), 0),
).where(_BESIDE)
COMPARED = {False: _COUNTED, True: _COUNTED.where(_NOW.breakdown == TOTAL)}
"""Cells of the same place in two slices, and what became of them; True: undivided ones only."""

_SIZES = (
    select(Observation.slice_id, func.count())
    .where(Observation.slice_id.in_(bindparam("slices", expanding=True)))
    .group_by(Observation.slice_id)
)
SIZES = {False: _SIZES, True: _SIZES.where(Observation.breakdown == TOTAL)}
_OPENING = (
    select(Region.code, _NOW.breakdown, _THEN.status)
    .select_from(_NOW)
    .join(Region, Region.id == _NOW.region_id)
    .where(_BESIDE, or_(_OPENS, _CLOSES))
    .order_by(_NOW.breakdown, Region.code)
    .limit(MOST)
)
DOORS = {False: _OPENING, True: _OPENING.where(_NOW.breakdown == TOTAL)}
REVISED = (
    select(
        Region.code,
        func.count().over(),
        *(getattr(_THEN, name) for name in (*NUMBERS, "status")),
        *(getattr(_NOW, name) for name in (*NUMBERS, "status")),
    )
    .select_from(_NOW)
    .join(Region, Region.id == _NOW.region_id)
    .where(
        _BESIDE,
        _NOW.breakdown == TOTAL,
        Region.kind != RegionKind.COUNTRY,
        _THEN.status != _HIDDEN,
        _NOW.status != _HIDDEN,
        _differs(),
        _score().is_not(None),
    )
    .order_by(_score().desc(), Region.code)
    .limit(MOST)
)
"""Of two slices the undivided figures that move most, both known; with how many move."""

CROSS_SECTION = (
    select(Region.code, *(getattr(Observation, name) for name in (*NUMBERS, "status")))
    .join(Region, Region.id == Observation.region_id)
    .where(Observation.slice_id == bindparam("slice"), Observation.breakdown == TOTAL)
)
NAMES = select(Region.code, Region.name).where(Region.code.in_(bindparam("codes", expanding=True)))
