"""What figures look like as text in cells, badges and subtitles; sentences come from app.sentences."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.benchmarks import Bounds
from app.indicators import TOTAL, CellStatus, Figure, FigureSource, Indicator, PeriodStatus, Unit
from app.regions import KIND_NAMES, RegionKind, RegionName
from app.sentences import STATUS_WORDS, value_words
from app.wording import DASH, amount, capital, day, number, period_label
from layouts.figures import AxisFormat

SHORT_KINDS = {
    RegionKind.PROVINCE: "provincie",
    RegionKind.GEMEENTE: "gemeente",
    RegionKind.SWV_PO: "swv po",
    RegionKind.SWV_VO: "swv vo",
    RegionKind.YOUTH_REGION: "jeugdregio",
    RegionKind.RMC: "rmc-regio",
    RegionKind.COROP: "COROP-gebied",
    RegionKind.TAKING_PART: "deelnemende regio",
}
"""Where there is no room for the whole words."""


class Badge(NamedTuple):
    """A small label: its class (`warn`, `neut` or none) and its words."""

    style: str
    words: str


def between(bounds: Bounds | None, write: Callable[[float], str]) -> str:
    """Bounds as a cell: one text where both read alike, `x – y` otherwise, a dash without any."""
    if bounds is None:
        return DASH
    first = write(bounds[0])
    if bounds[0] == bounds[1] or first == (last := write(bounds[1])):
        return first
    return f"{first} {DASH} {last}"


def count(low: float | None, high: float | None) -> str:
    """A count as a cell: `61.718`, `33.951 – 33.996`, `minimaal 12`, `minder dan 5`, or a dash."""
    if low is None:
        return DASH
    if high is None:
        return f"minimaal {number(low)}"
    return "minder dan 5" if (low, high) == (1, 4) else between((low, high), number)


def period_text(figure_period: str, status: PeriodStatus, indicator: Indicator) -> str:
    """A period, with how final it is where it is not: `2022 (voorlopig)`."""
    label = period_label(figure_period, indicator)
    return label if status is PeriodStatus.FINAL else f"{label} ({STATUS_WORDS[status]})"


def badges(figure: Figure, indicator: Indicator) -> list[Badge]:
    """What is to be known of a figure, each in a word or two."""
    is_final = figure.period_status is PeriodStatus.FINAL
    found = [Badge("" if is_final else "warn", STATUS_WORDS[figure.period_status])]
    if figure.converted:
        found.append(Badge("warn", "berekend"))
    if figure.estimated > 0:
        found.append(Badge("warn", "deels geschat"))
    if figure.indirect > 0:
        found.append(Badge("warn", "deels via gemeente"))
    if figure.status in (CellStatus.HIDDEN, CellStatus.PARTLY_HIDDEN) and is_open(figure, indicator):
        found.append(Badge("warn", "kleine aantallen verborgen"))
    if figure.status is CellStatus.AT_LEAST:
        found.append(Badge("warn", "niet volledig"))
    return found


def is_open(figure: Figure, indicator: Indicator) -> bool:
    """Whether the words of the figure leave its number open."""
    words = value_words(figure, indicator)
    return not words.lstrip("−€\N{NO-BREAK SPACE}")[:1].isdigit()


def category_label(breakdown: str, indicator: Indicator) -> str:
    """The name of a category, `Totaal` for the undivided figure."""
    if breakdown == TOTAL:
        return "Totaal"
    labels = {category.code: category.label for category in indicator.categories}
    return labels.get(breakdown, breakdown)


def kind_name(kind: RegionKind, *, plural: bool = False) -> str:
    """`gemeente`, or with `plural` `gemeenten`."""
    return KIND_NAMES[kind][1 if plural else 0]


def subtitle(region: RegionName, parts: int, size: str) -> str:
    """`Samenwerkingsverband primair onderwijs · 2 gemeenten · 62.954 leerlingen (1 oktober 2025)`."""
    kind = "Land" if region.kind is RegionKind.COUNTRY else capital(kind_name(region.kind))
    words = [kind, _parts(region.kind, parts), size]
    if region.valid_to is not None:
        words.append(f"opgeheven op {day(region.valid_to)}")
    return " · ".join(word for word in words if word)


def source_line(source: FigureSource, indicator: Indicator) -> str:
    """Where a figure came from: publisher, file, reference date, version, when it was loaded, licence."""
    words = [
        f"Bron: {source.publisher}, {source.title} (bestand {source.file_name})",
        f"peildatum {day(source.reference_date)}" if source.reference_date else "",
        f"gegevensversie {source.version_id}",
        f"geladen op {day(source.loaded_at)}",
        f"licentie {source.licence or indicator.licence}",
    ]
    return " · ".join(word for word in words if word)


def chart_source(sources: Sequence[FigureSource], indicator: Indicator) -> str:
    """Where the figures of a chart came from: publisher, tables, periods, version, when it was loaded."""
    if not sources:
        return ""
    ordered = sorted(sources, key=lambda each: each.period)
    newest = max(ordered, key=lambda each: each.loaded_at)
    titles = list(dict.fromkeys(each.title for each in ordered))
    ends = [period_label(each.period, indicator) for each in (ordered[0], ordered[-1])]
    words = [
        f"Bron: {ordered[-1].publisher}, {', '.join(titles)}",
        " tot en met ".join(dict.fromkeys(ends)),
        f"gegevensversie {newest.version_id}",
        f"geladen op {day(newest.loaded_at)}",
    ]
    return " · ".join(words)


def citation(source: FigureSource) -> str:
    """What stands in brackets behind a sentence that is copied: its source, and the date of the figures."""
    return (
        f"bron: {source.publisher}, {source.title}, gegevensversie {source.version_id} "
        f"van {day(source.loaded_at)}"
    )


def with_unit(indicator: Indicator) -> Callable[[float], str]:
    """The writer of this indicator's figures."""
    return lambda value: amount(value, indicator)


def axis_format(indicator: Indicator) -> AxisFormat:
    """How the axis of this indicator's charts writes its numbers."""
    suffix = AXIS_SUFFIXES.get(indicator.unit, "")
    thousands = "" if indicator.unit is Unit.PERCENT else ","
    return AxisFormat(f"{thousands}.{indicator.decimals}f", suffix)


AXIS_SUFFIXES = {
    Unit.PERCENT: "%",
    Unit.EURO: " euro",
    Unit.RATIO: " keer",
    Unit.YEARS: " jaar",
    Unit.DAYS: " dagen",
    Unit.HOURS: " uur",
}
"""What follows the numbers of an axis; a longer unit stands in the words above the chart."""


def only_levels(indicator: Indicator) -> str:
    """For which kinds of region a figure exists, as short as a cell: `alleen per gemeente en swv vo`."""
    kinds = [SHORT_KINDS[level] for level in indicator.levels if level is not RegionKind.COUNTRY]
    return f"alleen per {' en '.join(kinds)}" if kinds else "alleen landelijk"


def plural(amount_of: int, one: str, many: str) -> str:
    """`1 indicator`, `12 indicatoren`."""
    return f"{number(amount_of)} {one if amount_of == 1 else many}"


def _parts(kind: RegionKind, parts: int) -> str:
    if kind in (RegionKind.SWV_PO, RegionKind.SWV_VO):
        return plural(parts, "gemeente", "gemeenten")
    if kind is RegionKind.GEMEENTE and parts:
        return f"hoort bij {plural(parts, 'samenwerkingsverband', 'samenwerkingsverbanden')}"
    return ""
