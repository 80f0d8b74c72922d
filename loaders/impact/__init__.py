"""What publishing a version would change: a few set-wise queries to an `Impact`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.impact import (
    MOST,
    Cells,
    Door,
    Few,
    Impact,
    IndicatorChange,
    Latest,
    Mover,
    PeriodChange,
    Way,
    by_weight,
    count_lines,
    few,
    flips,
    movers,
    region_changes,
    sort_flips,
    sum_cells,
)
from app.indicators import TOTAL, CellStatus, Figure, Indicator, PeriodStatus, Unit
from app.models import Publication
from loaders.impact import queries

MOST_INDICATORS = 60
"""As many indicators are told one by one."""

_Key = tuple[str, str]  # indicator, period


@dataclass(frozen=True, slots=True)
class _Shown:
    """One slice as a version shows it."""

    indicator: str
    period: str
    slice_id: int
    status: PeriodStatus
    unit: Unit


@dataclass(frozen=True)
class _Pair:
    """Two versions beside each other: what is shown now, and what would be, by indicator and period."""

    session: Session
    version: int
    base: int | None
    then: Mapping[_Key, _Shown]
    now: Mapping[_Key, _Shown]
    known: Mapping[str, Indicator]

    @property
    def cell(self) -> dict[str, Any]:
        """The two numbers as the statements call them."""
        return {"version": self.version, "base": self.base or 0}

    def differing(self) -> list[_Key]:
        """The keys with another slice, of indicators that we know; by indicator and period."""
        keys = sorted(self.then.keys() | self.now.keys())
        return [key for key in keys if key[0] in self.known and self._slice(key, 0) != self._slice(key, 1)]

    def _slice(self, key: _Key, side: int) -> int | None:
        shown = (self.then, self.now)[side].get(key)
        return shown.slice_id if shown else None

    def periods(self, side: Mapping[_Key, _Shown], indicator: str) -> tuple[str, ...]:
        """The periods of one indicator on one side, oldest first."""
        return tuple(sorted(each.period for each in side.values() if each.indicator == indicator))


def load_impact(session: Session, version: int, catalogue: Iterable[Indicator]) -> Impact:
    """What people would see otherwise if this version were published now; nothing if it is shown already.

    What a version shows is as `loaders.contents` wrote it down. Of long lists the first lines are told.
    """
    pair = _load_pair(session, version, catalogue)
    changes = _load_changes(pair)
    seen = {key: found for key in changes if (found := _load_latest(pair, key)) is not None}
    cells = sum_cells(each.cells for part in changes.values() for each in part)
    lines = list(chain.from_iterable(count_lines(each) for each in seen.values()))
    newest = [each for each in seen.values() if each.period_then != each.period_now]
    impact = Impact(
        version=version,
        base=pair.base,
        indicators=few([_change_of(pair, *each, seen) for each in changes.items()], MOST_INDICATORS),
        cells=cells,
        newest=few(by_weight(chain.from_iterable(movers(each) for each in newest))),
        revised=_load_revised(pair),
        flips=few(sort_flips(chain.from_iterable(flips(each) for each in seen.values()))),
        doors=_load_doors(pair, cells.opened + cells.closed),
        counts=few(lines, 2 * MOST),
        statuses=few(
            [(pair.known[key], each) for key, part in changes.items() for each in part if each.has_new_status]
        ),
    )
    return replace(impact, names=_load_names(session, impact))


def _load_pair(session: Session, version: int, catalogue: Iterable[Indicator]) -> _Pair:
    base = session.scalar(select(Publication.version_id))
    sides: tuple[dict[_Key, _Shown], dict[_Key, _Shown]] = {}, {}
    rows = session.execute(queries.SLICES, {"version": version, "base": base or 0})
    for number, indicator, period, slice_id, status, unit in rows:
        shown = _Shown(indicator, period, slice_id, PeriodStatus(status), Unit(unit))
        for side, wanted in zip(sides, (base, version), strict=True):
            if number == wanted:
                side[indicator, period] = shown
    return _Pair(session, version, base, *sides, {each.id: each for each in catalogue})


def _load_changes(pair: _Pair) -> dict[str, list[PeriodChange]]:
    """indicator → what happens to each of its periods, oldest first; only where anything does."""
    keys = pair.differing()
    slices = {side[key].slice_id for key in keys for side in (pair.then, pair.now) if key in side}
    sizes: dict[int, int] = {}
    if slices:
        sizes = {row[0]: row[1] for row in pair.session.execute(queries.SIZES, {"slices": sorted(slices)})}
    compared = {(row[0], row[1]): row[2:] for row in pair.session.execute(queries.COMPARED, pair.cell)}
    changes: dict[str, list[PeriodChange]] = {}
    for key in keys:
        then, now = pair.then.get(key), pair.now.get(key)
        cells = Cells(
            sizes.get(now.slice_id, 0) if now else 0,
            sizes.get(then.slice_id, 0) if then else 0,
            *compared.get(key, (0, 0, 0, 0)),
        )
        way = Way.NEW if then is None else Way.GONE if now is None else Way.CHANGED
        change = PeriodChange(key[1], way, then and then.status, now and now.status, cells)
        changes.setdefault(key[0], []).append(change)
    return changes


def _load_latest(pair: _Pair, indicator: str) -> Latest | None:
    """What people see first of an indicator, then and now; None where that stays the same."""
    then, now = (_last(pair.periods(side, indicator)) for side in (pair.then, pair.now))
    before, after = pair.then.get((indicator, then or "")), pair.now.get((indicator, now or ""))
    if before == after:
        return None
    sides = (_load_cross_section(pair.session, shown) for shown in (before, after))
    return Latest(pair.known[indicator], then, now, *sides)


def _last(periods: tuple[str, ...]) -> str | None:
    return periods[-1] if periods else None


def _load_cross_section(session: Session, shown: _Shown | None) -> dict[str, Figure]:
    if shown is None:
        return {}
    rows = session.execute(queries.CROSS_SECTION, {"slice": shown.slice_id})
    return {row[0]: _figure(row[0], shown, tuple(row[1:])) for row in rows}


def _figure(code: str, shown: _Shown, numbers: tuple[Any, ...], breakdown: str = TOTAL) -> Figure:
    *values, status = numbers
    place = code, shown.period, breakdown
    return Figure(*place, *values, CellStatus(status), shown.status, unit=shown.unit)


def _change_of(
    pair: _Pair, indicator: str, changes: list[PeriodChange], seen: Mapping[str, Latest]
) -> IndicatorChange:
    added, gone = region_changes(seen[indicator]) if indicator in seen else ([], [])
    then, now = pair.periods(pair.then, indicator), pair.periods(pair.now, indicator)
    return IndicatorChange(pair.known[indicator], then, now, tuple(changes), few(added, 5), few(gone, 5))


def _load_revised(pair: _Pair) -> Few[Mover]:
    """The most remarkable of the figures that stay in their period and become another number."""
    found, total = [], 0
    for row in pair.session.execute(queries.REVISED, pair.cell).mappings():
        key, total = (row["indicator"], row["period"]), row["total"]
        if indicator := pair.known.get(key[0]):
            then, now = (
                _figure(
                    row["code"],
                    side[key],
                    tuple(row[f"{name}_{part}"] for part in (*queries.NUMBERS, "status")),
                )
                for name, side in (("then", pair.then), ("now", pair.now))
            )
            found.append(Mover(indicator, then, now))
    return few(by_weight(found), total=total)


def _load_doors(pair: _Pair, total: int) -> Few[Door]:
    if not total:
        return Few()
    doors = [
        Door(pair.known[indicator], period, code, breakdown, opens=status == CellStatus.HIDDEN)
        for indicator, period, code, breakdown, status in pair.session.execute(queries.DOORS, pair.cell)
        if indicator in pair.known
    ]
    return few(doors, total=total)


def _load_names(session: Session, impact: Impact) -> dict[str, str]:
    """code → name, for the regions that are told."""
    codes = {each.region for part in (impact.newest, impact.revised, impact.flips) for each in part.items}
    codes |= {each.region for each in impact.doors.items}
    codes |= {code for each in impact.indicators.items for code in (*each.added.items, *each.gone.items)}
    rows = session.execute(queries.NAMES, {"codes": sorted(codes)})
    return {row[0]: row[1] for row in rows}
