"""What publishing a version would change: a few set-wise queries to an `Impact`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.impact import (
    MOST,
    Cells,
    CountLine,
    Door,
    Few,
    Flip,
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
    merged,
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

MOST_CELLS = 300_000
"""With more undivided figures that come or go, breakdowns are left out: they would take too long."""

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

    def sides(self, key: _Key) -> dict[str, int]:
        """The slices of a key that both versions have, as the statements call them."""
        return {"then": self.then[key].slice_id, "now": self.now[key].slice_id}

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
    sizes, is_coarse = _load_sizes(pair)
    changes = _load_changes(pair, sizes, is_coarse=is_coarse)
    firsts = {key: found for key in changes if (found := _load_first(pair, key)) is not None}
    cells = sum_cells(each.cells for part in changes.values() for each in part)
    statuses = [
        (pair.known[key], each) for key, part in changes.items() for each in part if each.has_new_status
    ]
    impact = Impact(
        version=version,
        base=pair.base,
        indicators=few([_change_of(pair, *each, firsts) for each in changes.items()], MOST_INDICATORS),
        cells=cells,
        newest=merged((each.movers for each in firsts.values()), by_weight),
        revised=_load_revised(pair, changes),
        flips=merged((each.flips for each in firsts.values()), sort_flips),
        doors=_load_doors(pair, changes, is_coarse=is_coarse),
        counts=few([line for each in firsts.values() for line in each.lines], 2 * MOST),
        statuses=few(statuses),
        is_coarse=is_coarse,
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


def _load_sizes(pair: _Pair) -> tuple[dict[int, int], bool]:
    """slice → its number of cells, for every slice that comes or goes; and whether only undivided ones."""
    keys = pair.differing()
    slices = {side[key].slice_id for key in keys for side in (pair.then, pair.now) if key in side}
    if not slices:
        return {}, False
    rows = pair.session.execute(queries.SIZES[True], {"slices": sorted(slices)})
    sizes = {row[0]: row[1] for row in rows}
    if sum(sizes.values()) > MOST_CELLS:
        return sizes, True
    rows = pair.session.execute(queries.SIZES[False], {"slices": sorted(slices)})
    return {row[0]: row[1] for row in rows}, False


def _load_changes(pair: _Pair, sizes: Mapping[int, int], *, is_coarse: bool) -> dict[str, list[PeriodChange]]:
    """indicator → what happens to each of its periods, oldest first; only where anything does."""
    changes: dict[str, list[PeriodChange]] = {}
    compare = queries.COMPARED[is_coarse]
    for key in pair.differing():
        then, now = pair.then.get(key), pair.now.get(key)
        cells = Cells(
            sizes.get(now.slice_id, 0) if now else 0,
            sizes.get(then.slice_id, 0) if then else 0,
            *(pair.session.execute(compare, pair.sides(key)).one() if then and now else ()),
        )
        way = Way.NEW if then is None else Way.GONE if now is None else Way.CHANGED
        statuses = then.status if then else None, now.status if now else None
        changes.setdefault(key[0], []).append(PeriodChange(key[1], way, *statuses, cells))
    return changes


class _First(NamedTuple):
    """What becomes of what people see first of one indicator."""

    movers: Few[Mover]
    flips: Few[Flip]
    lines: list[CountLine]
    added: list[str]
    gone: list[str]


def _load_first(pair: _Pair, indicator: str) -> _First | None:
    """The latest period of an indicator, then and now; None where that stays the same."""
    then, now = (_last(pair.periods(side, indicator)) for side in (pair.then, pair.now))
    before, after = pair.then.get((indicator, then or "")), pair.now.get((indicator, now or ""))
    if before == after:
        return None
    sides = (_load_cross_section(pair.session, shown) for shown in (before, after))
    latest = Latest(pair.known[indicator], then, now, *sides)
    moved: Few[Mover] = few(movers(latest)) if then != now else Few()
    return _First(moved, few(flips(latest)), count_lines(latest), *region_changes(latest))


def _last(periods: tuple[str, ...]) -> str | None:
    return periods[-1] if periods else None


def _load_cross_section(session: Session, shown: _Shown | None) -> dict[str, Figure]:
    if shown is None:
        return {}
    rows = session.execute(queries.CROSS_SECTION, {"slice": shown.slice_id})
    return {row[0]: _figure(row[0], shown, row[1:]) for row in rows}


def _figure(code: str, shown: _Shown, numbers: Sequence[Any]) -> Figure:
    low, high, whole_low, whole_high, value, status = numbers
    counts = low, high, whole_low, whole_high
    kind = CellStatus(status), shown.status
    return Figure(code, shown.period, TOTAL, *counts, value, *kind, unit=shown.unit)


def _change_of(
    pair: _Pair, indicator: str, changes: list[PeriodChange], firsts: Mapping[str, _First]
) -> IndicatorChange:
    first = firsts.get(indicator)
    added, gone = (first.added, first.gone) if first else ([], [])
    then, now = pair.periods(pair.then, indicator), pair.periods(pair.now, indicator)
    return IndicatorChange(pair.known[indicator], then, now, tuple(changes), few(added, 5), few(gone, 5))


def _load_revised(pair: _Pair, changes: Mapping[str, list[PeriodChange]]) -> Few[Mover]:
    """The most remarkable of the figures that stay in their period and become another number."""
    moved = [(key, each.period) for key, part in changes.items() for each in part if each.cells.changed]
    return merged((_load_most_revised(pair, key) for key in moved), by_weight)


def _load_most_revised(pair: _Pair, key: _Key) -> Few[Mover]:
    found, total = [], 0
    for code, count, *numbers in pair.session.execute(queries.REVISED, pair.sides(key)):
        half, total = len(numbers) // 2, count
        then, now = (
            _figure(code, pair.then[key], numbers[:half]),
            _figure(code, pair.now[key], numbers[half:]),
        )
        found.append(Mover(pair.known[key[0]], then, now))
    return few(found, total=total)


def _load_doors(pair: _Pair, changes: Mapping[str, list[PeriodChange]], *, is_coarse: bool) -> Few[Door]:
    """The first cells that open or close, by indicator and period."""
    doors: list[Door] = []
    moved = [(key, each) for key, part in changes.items() for each in part]
    for key, each in moved:
        if len(doors) < MOST and each.cells.opened + each.cells.closed:
            rows = pair.session.execute(queries.DOORS[is_coarse], pair.sides((key, each.period)))
            doors += [
                Door(pair.known[key], each.period, code, breakdown, opens=status == CellStatus.HIDDEN)
                for code, breakdown, status in rows
            ]
    return few(doors, total=sum(each.cells.opened + each.cells.closed for _, each in moved))


def _load_names(session: Session, impact: Impact) -> dict[str, str]:
    """code → name, for the regions that are told."""
    codes = {each.region for part in (impact.newest, impact.revised, impact.flips) for each in part.items}
    codes |= {each.region for each in impact.doors.items}
    codes |= {code for each in impact.indicators.items for code in (*each.added.items, *each.gone.items)}
    rows = session.execute(queries.NAMES, {"codes": sorted(codes)})
    return {row[0]: row[1] for row in rows}
