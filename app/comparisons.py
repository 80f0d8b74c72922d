"""An indicator of one region beside the country, and which indicators a page shows: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.benchmarks import comparable_series
from app.indicators import TOTAL, Figure, Indicator
from app.regions import COUNTRY, RegionKind
from app.wording import year_of

ALSO_WITHOUT = "ook-zonder"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the form above the table asks for; an empty text asks for everything.

    `figures` is the exception: empty leaves out what has no figures, `ALSO_WITHOUT` keeps it.
    """

    theme: str = ""
    text: str = ""
    year: str = ""
    level: str = ""
    dimension: str = ""
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The last periods of an indicator (or one category of it) for a region and the country, oldest first."""

    indicator: Indicator
    breakdown: str
    own_series: Sequence[Figure]
    country_series: Sequence[Figure]

    @property
    def own(self) -> Figure | None:
        """The region's latest figure."""
        return self.own_series[-1] if self.own_series else None

    @property
    def country(self) -> Figure | None:
        """The country's figure of the same period; its latest one where the region has none."""
        if self.own is None:
            return self.country_series[-1] if self.country_series else None
        return next((figure for figure in self.country_series if figure.period == self.own.period), None)

    @property
    def latest(self) -> Figure | None:
        """The figure whose period and status the row tells."""
        return self.own or self.country

    @property
    def comparable(self) -> list[Figure]:
        """The region's figures since the last break in the series."""
        return comparable_series(list(self.own_series), self.indicator)


class Selection(NamedTuple):
    """What a filter form leaves: rows to show, and how many more it would be with those without figures."""

    rows: list[Comparison]
    left_out: int


Recent = Mapping[tuple[str, str], Mapping[str, Sequence[Figure]]]


def choose(indicators: Iterable[Indicator], filters: Filters) -> list[Indicator]:
    """The indicators that a filter form asks for, in the catalogue's order; the year is for `compare`."""
    return [indicator for indicator in indicators if _fits(indicator, filters)]


def breakdowns_of(indicator: Indicator, dimension: str) -> list[str]:
    """The codes of a dimension's categories; the total alone without a dimension."""
    if not dimension:
        return [TOTAL]
    return [
        category.code
        for breakdown in indicator.breakdowns
        if breakdown.dimension == dimension
        for category in breakdown.categories
    ]


def compare(
    indicators: Iterable[Indicator], recent: Recent, region: str, *, dimension: str = "", year: str = ""
) -> list[Comparison]:
    """One row per indicator and category; with a `year`, only those that have figures of that year."""
    rows = [
        _comparison(indicator, breakdown, recent.get((indicator.id, breakdown), {}), region)
        for indicator in indicators
        for breakdown in breakdowns_of(indicator, dimension)
    ]
    return [row for row in rows if not year or _is_of_year(row, year)]


def lagging(recent: Recent, region: str) -> list[str]:
    """The indicators whose last figure of the region is older than the country's figures here."""
    return sorted(
        {
            indicator
            for (indicator, _), series in recent.items()
            if region in series and COUNTRY in series
            if series[region][-1].period < series[COUNTRY][0].period
        }
    )


def select_rows(rows: Sequence[Comparison], filters: Filters) -> Selection:
    """The rows with figures; the others too where the form asks for them."""
    if filters.figures == ALSO_WITHOUT:
        return Selection(list(rows), 0)
    shown = [row for row in rows if row.latest is not None]
    return Selection(shown, len(rows) - len(shown))


def pick_for_overview(rows: Sequence[Comparison], limit: int = 12) -> list[Comparison]:
    """At most `limit` rows that have a figure of the region, spread over the themes, percentages first."""
    by_theme: dict[str, list[Comparison]] = {}
    for row in rows:
        if row.own is not None and row.own.low is not None:
            by_theme.setdefault(row.indicator.theme, []).append(row)
    for theme in by_theme.values():
        theme.sort(key=lambda row: row.indicator.is_counted_total)
    longest = max((len(theme) for theme in by_theme.values()), default=0)
    turns = [theme[turn] for turn in range(longest) for theme in by_theme.values() if turn < len(theme)]
    chosen = {row.indicator.id for row in turns[:limit]}
    return [row for row in rows if row.indicator.id in chosen]


def _fits(indicator: Indicator, filters: Filters) -> bool:
    words = f"{indicator.label} {indicator.short_label} {indicator.definition} {indicator.theme}".casefold()
    return (
        filters.theme in ("", indicator.theme)
        and all(word in words for word in filters.text.casefold().split())
        and filters.level in ("", *indicator.levels)
        and bool(breakdowns_of(indicator, filters.dimension))
    )


def _comparison(
    indicator: Indicator, breakdown: str, series: Mapping[str, Sequence[Figure]], region: str
) -> Comparison:
    return Comparison(indicator, breakdown, series.get(region, ()), series.get(COUNTRY, ()))


def _is_of_year(row: Comparison, year: str) -> bool:
    return row.latest is not None and str(year_of(row.latest.period)) == year


def compare_levels(kind: RegionKind, indicator: Indicator) -> list[RegionKind]:
    """The kinds of region an indicator's page can set side by side for a region, its own kind first.

    An SWV also sees its gemeenten; the country sees every kind.
    """
    kinds: list[RegionKind] = [level for level in indicator.levels if level is not RegionKind.COUNTRY]
    if kind is RegionKind.COUNTRY:
        return kinds
    inner = [RegionKind.GEMEENTE] if kind in (RegionKind.SWV_PO, RegionKind.SWV_VO) else []
    return [level for level in (kind, *inner) if level in kinds]
