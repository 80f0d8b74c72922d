"""The statements behind an impact: two versions held beside each other, slice by slice and cell by cell."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.impact import MOST
from app.indicators import TOTAL, CellStatus
from app.models import Observation, Region, Slice, VersionSlice
from app.regions import RegionKind

NUMBERS = ("numerator_low", "numerator_high", "denominator_low", "denominator_high", "value")
_THEN, _NOW = aliased(Observation, name="then_cell"), aliased(Observation, name="now_cell")
_BEFORE, _AFTER = aliased(VersionSlice, name="before"), aliased(VersionSlice, name="after")
_HIDDEN, _NO_NUMBER = CellStatus.HIDDEN, (CellStatus.HIDDEN, CellStatus.MISSING)


def _differs() -> ColumnElement[bool]:
    names = (*NUMBERS, "status")
    return or_(*(getattr(_NOW, name).is_distinct_from(getattr(_THEN, name)) for name in names))


def _middle(cell: Any) -> ColumnElement[float]:
    """About the value of a cell, to put cells of one indicator in order; its factor does not matter."""
    part = (cell.numerator_low + cell.numerator_high) / 2
    whole = (cell.denominator_low + cell.denominator_high) / 2
    return func.coalesce(cell.value, case((whole > 0, part / whole), else_=part))


def _score() -> ColumnElement[float]:
    """The square of a change by the chance in the numbers: by their size for counts, times it for parts."""
    gap = _middle(_NOW) - _middle(_THEN)
    wholes = func.coalesce(_NOW.denominator_low, _THEN.denominator_low)
    by_size = func.abs(_middle(_NOW)) + func.abs(_middle(_THEN)) + 1
    return gap * gap * case((wholes > 0, wholes), else_=1 / by_size)


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
_REPLACED = and_(
    _BEFORE.version_id == bindparam("base"),
    _BEFORE.indicator == _AFTER.indicator,
    _BEFORE.period == _AFTER.period,
    _BEFORE.slice_id != _AFTER.slice_id,
)
_SAME_CELL = and_(
    _THEN.slice_id == _BEFORE.slice_id,
    _THEN.breakdown == _NOW.breakdown,
    _THEN.region_id == _NOW.region_id,
)
_OPENS = and_(_THEN.status == _HIDDEN, _NOW.status.not_in(_NO_NUMBER))
_CLOSES = and_(_THEN.status.not_in(_NO_NUMBER), _NOW.status == _HIDDEN)
_COUNTED = (
    select(
        _AFTER.indicator,
        _AFTER.period,
        func.count(),
        func.sum(case((_differs(), 1), else_=0)),
        func.sum(case((_OPENS, 1), else_=0)),
        func.sum(case((_CLOSES, 1), else_=0)),
    )
    .select_from(_AFTER)
    .join(_BEFORE, _REPLACED)
    .join(_NOW, _NOW.slice_id == _AFTER.slice_id)
    .join(_THEN, _SAME_CELL)
    .where(_AFTER.version_id == bindparam("version"))
    .group_by(_AFTER.indicator, _AFTER.period)
)
COMPARED = {False: _COUNTED, True: _COUNTED.where(_NOW.breakdown == TOTAL)}
"""Cells of the same place in both versions, by indicator and period; True: undivided ones only."""

_SIZES = (
    select(Observation.slice_id, func.count())
    .where(Observation.slice_id.in_(bindparam("slices", expanding=True)))
    .group_by(Observation.slice_id)
)
SIZES = {False: _SIZES, True: _SIZES.where(Observation.breakdown == TOTAL)}
_OPENING = (
    select(_AFTER.indicator, _AFTER.period, Region.code, _NOW.breakdown, _THEN.status)
    .select_from(_AFTER)
    .join(_BEFORE, _REPLACED)
    .join(_NOW, _NOW.slice_id == _AFTER.slice_id)
    .join(_THEN, _SAME_CELL)
    .join(Region, Region.id == _NOW.region_id)
    .where(_AFTER.version_id == bindparam("version"), or_(_OPENS, _CLOSES))
    .order_by(_AFTER.indicator, _AFTER.period, _NOW.breakdown, Region.code)
    .limit(MOST)
)
DOORS = {False: _OPENING, True: _OPENING.where(_NOW.breakdown == TOTAL)}
REVISED = (
    select(
        _AFTER.period,
        Region.code,
        func.count().over(),
        *(getattr(_THEN, name) for name in (*NUMBERS, "status")),
        *(getattr(_NOW, name) for name in (*NUMBERS, "status")),
    )
    .select_from(_AFTER)
    .join(_BEFORE, _REPLACED)
    .join(_NOW, and_(_NOW.slice_id == _AFTER.slice_id, _NOW.breakdown == TOTAL))
    .join(_THEN, _SAME_CELL)
    .join(Region, Region.id == _NOW.region_id)
    .where(
        _AFTER.version_id == bindparam("version"),
        _AFTER.indicator == bindparam("indicator"),
        Region.kind != RegionKind.COUNTRY,
        _THEN.status != _HIDDEN,
        _NOW.status != _HIDDEN,
        _score() > 0,
    )
    .order_by(_score().desc(), _AFTER.period, Region.code)
    .limit(bindparam("most"))
)
"""Of one indicator, the figures that stay in their period and move most, both known; with how many move."""

CROSS_SECTION = (
    select(Region.code, *(getattr(Observation, name) for name in (*NUMBERS, "status")))
    .join(Region, Region.id == Observation.region_id)
    .where(Observation.slice_id == bindparam("slice"), Observation.breakdown == TOTAL)
)
NAMES = select(Region.code, Region.name).where(Region.code.in_(bindparam("codes", expanding=True)))
