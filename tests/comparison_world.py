"""Twelve invented regions of one kind, with every sort of cell among them, for tests of the comparison.

One of them is hidden, one known between bounds and one missing; the ten others have a number.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.comparison_groups import GroupKey, GroupKind, PeerGroup
from app.cross_sections import CrossSection
from app.indicators import Aggregation, Direction, Figure, Indicator, PeriodStatus, Unit
from app.regions import RegionKind
from tests.example_figures import COUNT, PERCENT, SWV, count, country, finished, hidden, part

OWN = SWV.code
HIDDEN, BOUNDED, MISSING = "PO2402", "PO2403", "PO2404"
CODES = (OWN, "PO2401", HIDDEN, BOUNDED, MISSING, *(f"PO24{number:02d}" for number in range(5, 12)))
NAMES = {code: f"Regio {code[-2:]}" for code in CODES} | {OWN: SWV.name, "NL01": "Nederland"}
SOURCE = "Bron: DUO, tabel · gegevensversie 1"

PARTS = {"PO2405": 20, "PO2406": 24, "PO2407": 28, "PO2408": 32, "PO2409": 36, "PO2410": 40, "PO2411": 90}
"""Of 1.000 each; the last one is far from the others."""

MEAN = replace(
    PERCENT,
    id="jh-pct",
    label="Jongeren met jeugdhulp",
    short_label="Jeugdhulp",
    chapter="Jeugdhulp",
    aggregation=Aggregation.FORBIDDEN,
    direction=Direction.LOWER,
)
RATE = replace(
    PERCENT,
    id="thuis",
    label="Thuiszitters",
    short_label="Thuiszitters",
    numerator="thuiszitters",
    denominator="leerplichtigen",
    unit=Unit.PER_1000,
)


def percents(period: str = "2025") -> CrossSection:
    """Parts of a whole: the own region 23 of 1.000, the country 300 of 10.000."""
    figures = {
        OWN: part(23, 1000),
        "PO2401": part(30, 2000, region="PO2401"),
        HIDDEN: hidden(region=HIDDEN)._replace(denominator_low=1000.0, denominator_high=1003.0),
        BOUNDED: part(12, 400, high=15, region=BOUNDED),
        MISSING: finished(None, region=MISSING),
        **{code: part(number, 1000, region=code) for code, number in PARTS.items()},
    }
    return _section(PERCENT, period, figures, part(300, 10_000))


def means() -> CrossSection:
    """Percentages without their counts, provisional: the own region 8, one lacks, the others 9 to 18."""
    given = {OWN: 8.0, MISSING: None} | {
        code: 9.0 + place for place, code in enumerate(code for code in CODES if code not in (OWN, MISSING))
    }
    figures = {code: finished(value, region=code) for code, value in given.items()}
    found = _section(MEAN, "2022", figures, finished(12.5))
    return replace(
        found,
        figures={
            code: each._replace(period_status=PeriodStatus.PROVISIONAL)
            for code, each in found.figures.items()
        },
    )


def rates() -> CrossSection:
    """Events per 1.000: 4 of 2.000 is 2,0."""
    figures = {
        code: part(4 + place, 2000, region=code)._replace(unit=Unit.PER_1000)
        for place, code in enumerate(CODES)
    }
    return _section(RATE, "2025", figures, part(100, 40_000)._replace(unit=Unit.PER_1000))


def counts() -> CrossSection:
    """Totals that grow with the region, one hidden."""
    figures = {code: count(1000.0 * (1 + place), region=code) for place, code in enumerate(CODES)}
    return _section(COUNT, "2025", figures | {HIDDEN: hidden(region=HIDDEN)}, count(500_000))


def _section(indicator: Indicator, period: str, figures: Mapping[str, Figure], whole: Figure) -> CrossSection:
    moved = {code: each._replace(period=period) for code, each in figures.items()}
    return CrossSection(indicator, period, RegionKind.SWV_PO, moved, country(whole._replace(period=period)))


def group(*codes: str, kind: GroupKind = GroupKind.PROVINCE, note: str = "") -> PeerGroup:
    """A group of regions; without codes, of all but the own one."""
    chosen = codes or tuple(code for code in CODES if code != OWN)
    label, words = "Provincie Flevoland", "de andere samenwerkingsverbanden in de provincie Flevoland"
    return PeerGroup(GroupKey(kind), label, words, RegionKind.SWV_PO, chosen, note)


THE_COUNTRY = PeerGroup(GroupKey(GroupKind.COUNTRY), "Nederland", "Nederland", RegionKind.SWV_PO)


def series(region: str, *numbers: float, first: int = 2021, of: float = 1000) -> list[Figure]:
    """A part of a whole for years on end."""
    return [
        part(number, of, region=region, period=str(first + place)) for place, number in enumerate(numbers)
    ]
