"""Where one figure came from: its file, its rows, and its sum with the values filled in: pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.contributions import SwvRoute
from app.divisions import figure_words, is_refused
from app.indicators import Aggregation, CellStatus, Figure, Indicator, Unit
from app.regions import SWVS, RegionKind, RegionName
from app.wording import listing, number, plain_number

NAMED_TERMS = 6
"""Of more regions than this, the sum is told in words: the list of them stands elsewhere on the page."""


class Making(StrEnum):
    """How a figure came out of its file."""

    ROW = "een rij"
    ROWS = "meer rijen"
    SCHOOLS = "scholen"
    GEMEENTEN = "gemeenten"
    CONVERTED = "omgerekend"
    REFUSED = "niet om te rekenen"


class Term(NamedTuple):
    """One region that brings something: the part (0–1) of it that counts, its figure and its row, if any."""

    name: str
    share: float
    figure: Figure | None
    row: int | None = None


class Revised(NamedTuple):
    """What one published version said of the figure. `name` is the gemeente of then, where it is another."""

    version_id: int
    published_at: datetime
    figure: Figure
    name: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file and the load behind an indicator and period.

    `version_id` is the load that brought the figures. `gemeenten` is how many gemeenten the slice has;
    `has_gemeente_rows` whether those stand in rows of their own. `remarks` are what the checks of the load
    said that bears on this figure; `report_id` is the number of their report, if it was kept.
    """

    file_name: str
    sha256: str
    lines: int
    publisher: str
    title: str
    licence: str
    reference_date: date | None
    is_starter: bool
    version_id: int
    loaded_at: datetime
    loaded_by: str
    published_at: datetime | None
    published_by: str
    division: str
    division_day: date
    route: SwvRoute | None
    gemeenten: int = 0
    has_gemeente_rows: bool = False
    report_id: int | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything known of one figure. `terms` are what it is made of, `weights` what divided gemeenten."""

    region: RegionName
    indicator: Indicator
    period: str
    figure: Figure | None
    origin: Origin | None
    shown_version: int
    row: int | None = None
    terms: tuple[Term, ...] = ()
    weights: tuple[str, ...] = ()
    revisions: tuple[Revised, ...] = ()

    @property
    def words(self) -> str:
        """The figure as the pages write it."""
        return figure_words(self.figure, self.indicator)

    @property
    def is_hidden(self) -> bool:
        """Whether the source hides the number: then no sum may tell of it."""
        return self.figure is not None and self.figure.status is CellStatus.HIDDEN

    @property
    def making(self) -> Making:
        """How the figure came out of its file."""
        if self.figure is not None and self.figure.converted:
            return Making.REFUSED if is_refused(self.figure) else Making.CONVERTED
        if self.row is not None:
            return Making.ROW
        route, kind = (self.origin.route, self.region.kind) if self.origin else (None, None)
        if route is SwvRoute.POSTCODE:
            return Making.SCHOOLS
        is_of_gemeenten = route is SwvRoute.GEMEENTEN and kind in SWVS
        is_sum = kind is RegionKind.COUNTRY and self.origin is not None and self.origin.has_gemeente_rows
        return Making.GEMEENTEN if is_of_gemeenten or is_sum else Making.ROWS


def columns(found: Provenance) -> str:
    """The columns and selection in the source, with the year filled in: `LEERLINGEN_2025`."""
    return found.indicator.source_columns.replace("<jaar>", found.period)


def row_words(found: Provenance) -> str:
    """Which rows of the file say it: `rij 34`, `alle vestigingen met een postcode in …`."""
    if found.figure is None or found.origin is None:
        return ""
    if found.making is Making.ROW:
        return f"rij {found.row}"
    if found.making is Making.ROWS:
        is_swv = found.origin.route is SwvRoute.DELIVERED and found.region.kind in SWVS
        which = "noemen" if is_swv else "tellen"
        return f"meer dan één: alle rijen die {'' if is_swv else 'voor '}{found.region.name} {which}"
    if found.making is Making.SCHOOLS:
        others = ", en die zonder bekende postcode via hun gemeente" if found.figure.indirect > 0 else ""
        return f"{_sites(found)}{others}; het bestand heeft {number(found.origin.lines)} regels"
    return _rows_of(found.terms) or f"de rijen van {_all_gemeenten(found)}"


def _rows_of(terms: tuple[Term, ...]) -> str:
    """`rij 12 (Amsterdam) en rij 40 (Diemen)`, as long as that can be read."""
    rows = [f"rij {term.row} ({term.name})" for term in terms if term.row is not None]
    return listing(rows) if 0 < len(terms) <= NAMED_TERMS and len(rows) == len(terms) else ""


def _all_gemeenten(found: Provenance) -> str:
    """`14 gemeenten`, `2 gemeenten van toen`, `alle 355 gemeenten`."""
    count = len(found.terms)
    then = " van toen" if found.making in (Making.CONVERTED, Making.REFUSED) else ""
    if count:
        return f"{count} gemeente{'' if count == 1 else 'n'}{then}"
    return f"alle {number(found.origin.gemeenten)} gemeenten" if found.origin else "alle gemeenten"


def _sites(found: Provenance) -> str:
    if found.region.kind is RegionKind.COUNTRY:
        return "alle vestigingen in het bestand"
    if found.region.kind in SWVS:
        return f"alle vestigingen met een postcode in {found.region.name}"
    return f"alle vestigingen in {found.region.name}"


def steps(found: Provenance) -> list[str]:
    """The sum in words with its values, a step a sentence; none of them tells what the figure hides."""
    figure = found.figure
    if figure is None:
        return ["Er is geen cijfer voor deze keuze, dus ook geen berekening."]
    if found.making is Making.REFUSED:
        return [NOT_CONVERTED]
    if found.is_hidden:
        return [f"De bron toont dit getal niet. Op het scherm staat: {found.words}.", NO_SUM]
    if figure.status is CellStatus.MISSING:
        return [_nothing(found)]
    if figure.value is not None:
        where = f"uit rij {found.row}" if found.row is not None else "uit het bestand"
        return [f"Dit cijfer komt als één getal {where}: {found.words}. {NO_COUNTS}"]
    return [*_counting(found, figure), *_dividing(found, figure), f"Op het scherm staat: {found.words}."]


NOT_CONVERTED = (
    "Dit cijfer is niet om te rekenen naar de gemeenten van nu: de bron geeft alleen percentages, en die mag "
    "u niet optellen. In de indeling van toen staat het cijfer zoals de bron het gaf."
)
NO_SUM = "Een berekening met getallen staat hier niet, want die zou het verborgen getal verraden."


NO_COUNTS = "Wij rekenden het niet uit aantallen uit: die geeft de bron niet."


def _nothing(found: Provenance) -> str:
    if found.making is Making.GEMEENTEN:
        return f"Er is geen getal: van {_all_gemeenten(found)} geeft de bron niet genoeg om op te tellen."
    where = f" op rij {found.row}" if found.row is not None else ""
    return f"Er is geen getal: de bron geeft het{where} niet."


def _counting(found: Provenance, figure: Figure) -> list[str]:
    """How the numerator, and the denominator where there is one, were counted."""
    said = [_counted(found, "numerator", figure)]
    if figure.denominator_low is not None or figure.denominator_high is not None:
        said.append(_counted(found, "denominator", figure))
    if figure.status is CellStatus.PARTLY_HIDDEN:
        said.append(f"{BY_BOUNDS} {found.indicator.hiding_rule}".strip())
    if found.making is Making.SCHOOLS and figure.indirect > 0:
        said.append(BY_GEMEENTE)
    if figure.estimated > 0:
        said.append(BY_SHARE)
    return said


BY_GEMEENTE = "Een school zonder bekende postcode telt mee via haar gemeente."
BY_SHARE = (
    "Van een verdeelde gemeente telt alleen een geschat deel mee; daarom staan er getallen achter de komma."
)
BY_BOUNDS = "Een verborgen getal telt mee als laagst en als hoogst mogelijk getal."


def _counted(found: Provenance, side: str, figure: Figure) -> str:
    """`Teller (leerlingen in het sbo): 1.220, uit rij 34.`"""
    indicator = found.indicator
    has_whole = figure.denominator_low is not None or figure.denominator_high is not None
    what = indicator.numerator if side == "numerator" else indicator.denominator
    head = ("Teller" if side == "numerator" else "Noemer") if has_whole else "Geteld"
    total = pair_words(getattr(figure, f"{side}_low"), getattr(figure, f"{side}_high"))
    if 0 < len(found.terms) <= NAMED_TERMS and _fits(found, side, figure):
        terms = " + ".join(_term(term, side, indicator) for term in found.terms)
        return f"{head} ({what}): {terms} = {total}."
    return f"{head} ({what}): {total}, {_way(found)}."


def _way(found: Provenance) -> str:
    """Where a number came from, behind it."""
    return {
        Making.ROW: f"uit rij {found.row} van het bestand",
        Making.ROWS: "opgeteld uit meer rijen van het bestand",
        Making.SCHOOLS: f"opgeteld over {_sites(found)}",
    }.get(found.making) or f"opgeteld over {_all_gemeenten(found)}"


def weight(term: Term, indicator: Indicator) -> float:
    """The part of a region's number that counts; whole where the source counts people once in each SWV."""
    return 1.0 if indicator.aggregation is Aggregation.COUNTED_TWICE else term.share


def _fits(found: Provenance, side: str, figure: Figure) -> bool:
    """Whether the terms, as they are now, make this figure; a sum that does not is never written down."""
    known = [
        weight(term, found.indicator) * value
        for term in found.terms
        if term.figure is not None and (value := getattr(term.figure, f"{side}_low")) is not None
    ]
    total = getattr(figure, f"{side}_low")
    return total is not None and bool(known) and abs(sum(known) - total) <= 1e-6 * max(1.0, abs(total))


def _term(term: Term, side: str, indicator: Indicator) -> str:
    """`21.520 (Amsterdam)`, `25% van 400 (Amstelveen)`, `minder dan 5 (Diemen)`."""
    figure = term.figure
    if figure is None or figure.status is CellStatus.MISSING:
        return f"geen gegevens ({term.name})"
    low, high = getattr(figure, f"{side}_low"), getattr(figure, f"{side}_high")
    is_secret = figure.status is CellStatus.HIDDEN and (low, high) != (1, 4)
    if is_secret or (figure.status is CellStatus.HIDDEN and indicator.denominator):
        return f"verborgen ({term.name})"
    part = weight(term, indicator)
    share = "" if part == 1 else f"{plain_number(100 * part, 2)}% van "
    return f"{share}{pair_words(low, high)} ({term.name})"


def _dividing(found: Provenance, figure: Figure) -> list[str]:
    """Numerator : denominator × 100, once where both are known and twice where they are bounds."""
    low, high = figure.low, figure.high
    top, bottom = (
        (figure.numerator_low, figure.numerator_high),
        (figure.denominator_low, figure.denominator_high),
    )
    if bottom == (None, None):
        return []
    if None in top or None in bottom or low is None or high is None:
        return ["Delen kan hier niet: van de teller of de noemer is niet alles bekend."]
    least, most = (value or 0.0 for value in top)
    smallest, largest = (value or 0.0 for value in bottom)
    times = f" × {number(figure.unit.factor)}" if figure.unit.factor > 1 else ""
    decimals = found.indicator.decimals + 1
    if least == most and smallest == largest:
        return [
            f"{plain_number(least, 2)} : {plain_number(largest, 2)}{times} = {plain_number(low, decimals)}."
        ]
    first, last = _wholes((least, most), (smallest, largest), figure)
    return [
        f"Laagste: {plain_number(least, 2)} : {first}{times} = {plain_number(low, decimals)}.",
        f"Hoogste: {plain_number(most, 2)} : {last}{times} = {plain_number(high, decimals)}.",
    ]


def _wholes(top: tuple[float, float], bottom: tuple[float, float], figure: Figure) -> tuple[str, str]:
    """What the lowest and the highest figure divide by.

    The part of a percentage lies in its whole: 12 : (12 + 88) and 15 : (15 + 88), never 15 : 100.
    """
    if figure.unit is not Unit.PERCENT:
        return plain_number(bottom[1], 2), plain_number(bottom[0], 2)
    return (
        f"({plain_number(top[0], 2)} + {plain_number(bottom[1] - top[1], 2)})",
        f"({plain_number(top[1], 2)} + {plain_number(bottom[0] - top[0], 2)})",
    )


def pair_words(low: float | None, high: float | None) -> str:
    """`1.220`, `tussen 1.230 en 1.240`, `minimaal 12`, `minder dan 5`."""
    if low is None:
        return "geen gegevens" if high is None else f"hoogstens {plain_number(high, 2)}"
    if high is None:
        return f"minimaal {plain_number(low, 2)}"
    if (low, high) == (1, 4):
        return "minder dan 5"
    first, last = plain_number(low, 2), plain_number(high, 2)
    return first if first == last else f"tussen {first} en {last}"
