"""Checks of periods: how they are written, which are missing, and which may replace which. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from app.indicators import Indicator, PeriodKind, PeriodStatus
from loaders.checks.context import Context, PublishedPeriod
from loaders.findings import Check, Finding, Level

_FORMS = {
    PeriodKind.CALENDAR_YEAR: (re.compile(r"(?P<year>\d{4})"), 1, "2025"),
    PeriodKind.SCHOOL_YEAR: (re.compile(r"(?P<year>\d{4})(?:/(?P<next>\d{2}))?"), 1, "2024/25"),
    PeriodKind.REFERENCE_DATE: (re.compile(r"(?P<year>\d{4})"), 1, "2025"),
    PeriodKind.HALF_YEAR: (re.compile(r"(?P<year>\d{4})-H(?P<part>[12])"), 2, "2025-H1"),
    PeriodKind.QUARTER: (re.compile(r"(?P<year>\d{4})-Q(?P<part>[1-4])"), 4, "2025-Q1"),
}
"""How a period of each kind is written, how many there are in a year, and an example."""

FIRST_YEAR = 1900
_RANK = {PeriodStatus.PROVISIONAL: 0, PeriodStatus.REVISED_PROVISIONAL: 1, PeriodStatus.FINAL: 2}
_CHOOSE = "Wilt u dit toch, laad het bestand dan met --allow-older."


def place_of(period: str, kind: PeriodKind) -> int | None:
    """Where a period stands in the row of periods of its kind; None if it is not written as one.

    `2023`, `2024` → 2023, 2024; `2023/24` → 2023; `2023-Q4`, `2024-Q1` → 8095, 8096.
    """
    form, per_year, _ = _FORMS[kind]
    match = form.fullmatch(period)
    if match is None:
        return None
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("next") and int(parts["next"]) != (year + 1) % 100:
        return None
    return year * per_year + int(parts.get("part", 1)) - 1


def check_periods(statuses: Mapping[tuple[str, str], PeriodStatus], context: Context) -> list[Finding]:
    """Every period is written as its kind asks, lies between 1900 and now, and leaves no gap."""
    by_indicator: dict[str, list[str]] = defaultdict(list)
    for indicator_id, period in sorted(statuses):
        by_indicator[indicator_id].append(period)
    found: list[Finding] = []
    for indicator_id, periods in by_indicator.items():
        if indicator := context.catalogue.get(indicator_id):
            found += _check_forms(indicator, periods, context)
            found += _check_gaps(indicator, periods, context)
    return found


def _check_forms(indicator: Indicator, periods: Iterable[str], context: Context) -> list[Finding]:
    _, per_year, example = _FORMS[indicator.period_kind]
    found: list[Finding] = []
    for period in periods:
        place = place_of(period, indicator.period_kind)
        if place is None:
            sentence = f"{period!r} is geen {indicator.period_kind}; zo hoort het: {example}."
        elif place // per_year < FIRST_YEAR:
            sentence = f"{period!r} ligt voor {FIRST_YEAR}."
        elif place // per_year > context.today.year and not is_forecast(indicator):
            sentence = f"{period!r} ligt in de toekomst."
        else:
            continue
        found.append(
            Finding(
                Level.STOP,
                Check.PERIODS,
                sentence,
                "Kijk of een andere kolom als periode is gelezen.",
                period=period,
                indicator=indicator.id,
            )
        )
    return found


def is_forecast(indicator: Indicator) -> bool:
    """Whether the figures are about years to come."""
    return "prognose" in indicator.label.casefold()


def _check_gaps(indicator: Indicator, periods: list[str], context: Context) -> list[Finding]:
    """A warning for each loaded period before which one is missing, here and among what is published."""
    kind = indicator.period_kind
    published = {period for (name, period) in context.published.periods if name == indicator.id}
    places = {
        place: period for period in published | set(periods) if (place := place_of(period, kind)) is not None
    }
    ordered = sorted(places)
    return [
        Finding(
            Level.WARN,
            Check.PERIODS,
            f"Tussen {places[before]} en {places[after]} ontbreekt een periode.",
            "Laad ook het bestand van de ontbrekende periode, of bevestig dat de bron die niet heeft.",
            period=places[after],
            indicator=indicator.id,
        )
        for before, after in pairwise(ordered)
        if after - before > 1 and (places[after] in periods or places[before] in periods)
    ]


def check_statuses(statuses: Mapping[tuple[str, str], PeriodStatus], context: Context) -> list[Finding]:
    """A later status may replace an earlier one; the other way round stops, unless it was chosen."""
    found: list[Finding] = []
    for (indicator_id, period), status in sorted(statuses.items()):
        shown = context.published.periods.get((indicator_id, period))
        if shown is not None and (finding := _replaced(shown, status, context)):
            level, sentence, help_text = finding
            found.append(
                Finding(level, Check.STATUS, sentence, help_text, period=period, indicator=indicator_id)
            )
    return found


def _replaced(
    shown: PublishedPeriod, status: PeriodStatus, context: Context
) -> tuple[Level, str, str] | None:
    words = f"Versie {shown.version} is {_word(shown.status)}"
    if _RANK[status] < _RANK[shown.status]:
        level = Level.WARN if context.allows_older else Level.STOP
        return level, f"{words}; dit bestand is {_word(status)}.", "" if context.allows_older else _CHOOSE
    if _RANK[status] > _RANK[shown.status]:
        return Level.NOTE, f"{words}; dit bestand is {_word(status)} en komt ervoor in de plaats.", ""
    older = context.reference_date and shown.reference_date and context.reference_date < shown.reference_date
    if older:
        sentence = f"{words} en van {shown.reference_date:%d-%m-%Y}; dit bestand is ouder."
        return Level.WARN, sentence, "Kijk of u het nieuwste bestand hebt."
    return None


def _word(status: PeriodStatus) -> str:
    return status.value.replace("_", " ")


def check_edition(statuses: Mapping[tuple[str, str], PeriodStatus], context: Context) -> list[Finding]:
    """A file that ends before what is published, and brings a period of it again, may be an older one."""
    newest: dict[str, str] = {}
    for indicator_id, period in context.published.periods:
        newest[indicator_id] = max(period, newest.get(indicator_id, ""))
    last: dict[str, str] = {}
    for indicator_id, period in statuses:
        last[indicator_id] = max(period, last.get(indicator_id, ""))
    return [
        Finding(
            Level.WARN,
            Check.STATUS,
            f"Dit bestand gaat tot {period}; zichtbaar zijn al cijfers tot {newest[name]}.",
            "Is dit een oudere uitgave, laad dan de nieuwste. Vult het een ouder jaar aan, dan is het goed.",
            period=period,
            indicator=name,
        )
        for name, period in sorted(last.items())
        if period < newest.get(name, "") and (name, period) in context.published.periods
    ]
