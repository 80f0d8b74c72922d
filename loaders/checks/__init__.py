"""Checks of a load before anybody may see it: tidy cells and what is published now to a report. Pure.

Formulas and tolerances stand at the top of the module that uses them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

import pandas as pd

from app.divisions import OWN_YEAR
from app.indicators import CellStatus, Indicator, PeriodStatus
from loaders.checks import cells as of_cells
from loaders.checks import change, periods, regions, totals
from loaders.checks.context import (
    MEASURES,
    Band,
    Bands,
    Context,
    Published,
    PublishedPeriod,
    catalogue_bands,
)
from loaders.checks.sliced import Sliced, slice_of, slices_of
from loaders.files import Problem
from loaders.findings import Check, Finding, Level, Report, from_problem, make_report
from loaders.tidy import Tidy

__all__ = [
    "MEASURES",
    "Band",
    "Bands",
    "Check",
    "Checker",
    "Context",
    "Finding",
    "Level",
    "Published",
    "PublishedPeriod",
    "Report",
    "Sliced",
    "catalogue_bands",
    "check_tidy",
    "from_problem",
    "make_report",
    "slice_of",
    "slices_of",
]

_PASSED = {
    Check.STRUCTURE: "Elk cijfer heeft een getal of een reden waarom niet.",
    Check.CODES: "Alle regio's, indicatoren en uitsplitsingen bestaan, ook in het jaar van het cijfer.",
    Check.PERIODS: "Alle perioden zijn goed geschreven en sluiten aan.",
    Check.STATUS: "Geen later cijfer wordt vervangen door een eerder.",
    Check.DOUBLES: "Geen regio heeft twee cijfers voor hetzelfde.",
    Check.UNITS: "Alle waarden passen bij hun eenheid.",
    Check.HIDDEN: "Er is niet meer verborgen dan eerder, en niets verborgens is uit te rekenen.",
    Check.TOTALS: "De regio's tellen op tot Nederland, waar dat hoort.",
    Check.PARTS: "De delen tellen op tot hun totaal, waar dat hoort.",
    Check.CHANGE: "Geen regio springt uit de toon bij de vorige periode.",
    Check.FACTOR: "De orde van grootte is die van eerder.",
    Check.BANDS: "Alle waarden zijn gewoon voor hun soort regio.",
    Check.REGIONS: "Er is geen regio verdwenen.",
}


class Checker:
    """Collects findings while a load passes by: first its parts in any order, then its slices in order.

    `add_part` sees each row once, `add_slice` all cells of one indicator and period together. Between slices
    only the totals of the last one are kept, so memory does not grow with the load.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._findings: list[Finding] = []
        self._statuses: dict[tuple[str, str], PeriodStatus] = {}
        self._divisions: dict[tuple[str, str], str] = {}
        self._counts = dict.fromkeys(("cijfers", "zonder exact getal", "ontbrekend"), 0)
        self._of_slices: dict[str, list[Finding]] = {}
        self._last: tuple[str, str, Sliced] | None = None
        self._is_unreadable = False
        self._has_stopped = False

    @property
    def has_stopped(self) -> bool:
        """Whether a part refuses the load; slices are then not worth checking."""
        return self._has_stopped

    def add_problems(self, problems: Iterable[Problem], file: str) -> None:
        """Take over what the reader noticed."""
        self._add(from_problem(problem, file) for problem in problems)

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Take over what another found, such as the database."""
        self._add(findings)

    def add_part(
        self,
        cells: pd.DataFrame,
        statuses: Mapping[tuple[str, str], PeriodStatus],
        division: str = OWN_YEAR,
    ) -> None:
        """Check rows one by one, and remember how final their periods are and on which division."""
        self._divisions.update(dict.fromkeys(statuses, division))
        for key, status in statuses.items():
            if self._statuses.setdefault(key, status) is not status:
                sentence = "Het bestand noemt deze periode op de ene plek anders dan op de andere."
                self._add([Finding(Level.STOP, Check.STATUS, sentence, period=key[1], indicator=key[0])])
        if faults := of_cells.check_shape(cells):
            self._is_unreadable = True
            self._add(faults)
            return
        self._count(cells)
        self._add(of_cells.check_cells(cells, self._context))
        self._add(of_cells.check_doubles(cells, self._context))
        self._add(_without_status(cells, self._statuses))

    def add_slice(self, indicator_id: str, period: str, cells: Sliced) -> None:
        """Check all cells of one indicator and period; those of one indicator come by period."""
        indicator = self._context.catalogue.get(indicator_id)
        kind = indicator.period_kind if indicator else None
        place = periods.place_of(period, kind) if kind else None
        if self._is_unreadable or indicator is None or place is None:
            return
        self._of_slices.setdefault(indicator_id, []).extend(self._check_slice(indicator, period, cells))
        self._last = indicator_id, period, cells.totals

    def forget(self, indicator_id: str) -> None:
        """Throw away what the slices of an indicator gave: they were not whole, and come again."""
        self._of_slices.pop(indicator_id, None)
        self._last = None

    def report(self) -> Report:
        """Everything found, with a pass for each check that had nothing to say."""
        if not self._is_unreadable:
            self._add(periods.check_periods(self._statuses, self._context))
            self._add(periods.check_statuses(self._statuses, self._context))
            self._add(periods.check_edition(self._statuses, self._context))
        of_slices = [] if self._has_stopped else [self._of_slices[name] for name in sorted(self._of_slices)]
        findings = [*self._findings, *chain.from_iterable(of_slices)]
        faulty = {finding.check for finding in findings if finding.level in (Level.WARN, Level.STOP)}
        passed = [] if self._is_unreadable else [check for check in _PASSED if check not in faulty]
        passes = [Finding(Level.PASS, check, _PASSED[check]) for check in passed]
        counts = self._counts | {
            "indicatoren": len({name for name, _ in self._statuses}),
            "perioden": len({period for _, period in self._statuses}),
        }
        return make_report([*findings, *passes], counts)

    def _add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._findings.append(finding)
            self._has_stopped |= finding.level is Level.STOP

    def _count(self, cells: pd.DataFrame) -> None:
        missing = int((cells["status"] == CellStatus.MISSING.value).sum())
        known = int((cells["status"] == CellStatus.PRESENT.value).sum())
        self._counts["cijfers"] += len(cells)
        self._counts["ontbrekend"] += missing
        self._counts["zonder exact getal"] += len(cells) - known - missing

    def _check_slice(self, indicator: Indicator, period: str, cells: Sliced) -> Iterator[Finding]:
        context, place = self._context, {"period": period, "indicator": indicator.id}
        declared = self._divisions.get((indicator.id, period), OWN_YEAR)
        division, strangers = regions.check_division(cells, declared, context, place)
        own = cells.totals
        yield from strangers
        codes = context.division(division)
        yield from totals.check_country(cells, indicator, codes, place)
        yield from totals.check_parts(cells, indicator, place)
        yield from totals.check_country_gives_away(cells, indicator, codes, place)
        yield from change.check_bands(own, indicator, context, place)
        before, words = self._before(indicator, period)
        shown = self._shown(indicator.id, period)
        baseline = shown if shown is not None else before
        yield from regions.check_presence(own, baseline, division, context, place)
        yield from regions.lost_kinds(own, baseline, place)
        if before is not None and not _has_break(indicator, period):
            yield from change.check_change(own, before, indicator, place, words)
            yield from change.check_hidden_share(own, before, place, words)
        if shown is not None:
            words = f"wat nu zichtbaar is van {period}"
            yield from change.check_change(own, shown, indicator, place, words)

    def _before(self, indicator: Indicator, period: str) -> tuple[Sliced | None, str]:
        """The totals of the last period before this one, from the load itself or else as published."""
        own = self._last if self._last and self._last[0] == indicator.id else None
        latest = max((one for one in self._published[indicator.id] if one < period), default="")
        if own is not None and own[1] >= latest:
            return own[2], own[1]
        return (self._totals(indicator.id, latest), latest) if latest else (None, "")

    def _shown(self, indicator: str, period: str) -> Sliced | None:
        return self._totals(indicator, period) if period in self._published[indicator] else None

    def _totals(self, indicator: str, period: str) -> Sliced:
        """The totals that officers see."""
        return slice_of(self._context.published.totals(indicator, period))

    @cached_property
    def _published(self) -> defaultdict[str, list[str]]:
        """Indicator → the periods of it that officers see."""
        found = defaultdict[str, list[str]](list)
        for name, period in self._context.published.periods:
            found[name].append(period)
        return found


def _has_break(indicator: Indicator, period: str) -> bool:
    return any(found.period == period for found in indicator.series_breaks)


def _without_status(cells: pd.DataFrame, statuses: Mapping[tuple[str, str], PeriodStatus]) -> list[Finding]:
    pairs = cells[["indicator", "period"]].drop_duplicates().itertuples(index=False, name=None)
    return [
        Finding(
            Level.STOP,
            Check.STATUS,
            "Er staat niet bij of deze periode definitief of voorlopig is.",
            period=period,
            indicator=indicator,
        )
        for indicator, period in pairs
        if (indicator, period) not in statuses
    ]


def check_tidy(tidy: Tidy, context: Context, file: str) -> Report:
    """The report of a load that is wholly in memory."""
    checker = Checker(context)
    checker.add_problems(tidy.problems, file)
    checker.add_part(tidy.observations, tidy.statuses, tidy.division)
    if not checker.has_stopped:
        for indicator, period, own in slices_of(tidy.observations):
            checker.add_slice(indicator, period, own)
    return checker.report()
