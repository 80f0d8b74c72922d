"""What a figure is made of: the gemeenten in an SWV, the SWVs over a gemeente, the gemeenten that merged."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from app.benchmarks import Bounds
from app.contributions import Contribution, SwvRoute, adds_up, refusal
from app.divisions import share_words
from app.indicators import TOTAL, CellStatus, Figure, Indicator
from app.regions import RegionName
from app.wording import capital, number, period_label
from layouts.components import Cell, Column, Node, card, downloads, link, notices, present, row, table, tag
from layouts.formatting import between, category_label, count

NOT_KEPT = "niet per gemeente bekend"


@dataclass(frozen=True)
class Opened:
    """One figure with what it is made of, or where it goes.

    `title` names the list and `heading` its regions, `lies_in` the column with the part of a gemeente.
    `route` is how the figures of SWVs came about; None where gemeenten merged.
    """

    title: str
    heading: str
    lies_in: str
    total: Figure
    parts: Sequence[Contribution]
    route: SwvRoute | None


@dataclass(frozen=True)
class Composition:
    """All lists of one figure; `words` says how an SWV's figure came about."""

    region: RegionName
    indicator: Indicator
    period: str
    words: str
    lists: Sequence[Opened]
    open_codes: Set[str] = frozenset()


def section(composition: Composition, *, csv_href: str = "") -> Node | None:
    """The card with its lists; None where there is nothing to tell.

    Args:
        csv_href: where the lists can be downloaded.
    """
    refused = refusal(composition.indicator)
    if not composition.words and not composition.lists:
        return None
    made = f"Zo is het cijfer van een samenwerkingsverband gemaakt: {composition.words}."
    parts = [
        tag("H3", "Waar dit cijfer uit bestaat", id="indicator-made-of"),
        tag("P", made, className="small") if composition.words else None,
        notices([refused] if refused else []),
        *(_list(composition, each) for each in composition.lists),
        downloads(csv_href) if composition.lists else None,
    ]
    return card(*parts, **{"aria-labelledby": "indicator-made-of"})


def _list(composition: Composition, opened: Opened) -> Node:
    indicator, has_whole = composition.indicator, bool(composition.indicator.denominator)
    caption = f"{capital(indicator.numerator)}, {period_label(composition.period, indicator)}"
    if opened.total.breakdown != TOTAL:
        caption += f", {category_label(opened.total.breakdown, indicator).lower()}"
    columns = [
        Column(opened.heading),
        Column(opened.lies_in, "r"),
        Column("Aantal van de gemeente", "r"),
        Column("Bijdrage", "r"),
        *([Column("Bijdrage aan het geheel", "r")] if has_whole else []),
        Column("Deel van het totaal", "r"),
    ]
    rows = [_row(composition, each, has_whole=has_whole) for each in opened.parts]
    total = _total(opened.total, has_whole=has_whole)
    shown = table(caption, columns, [*rows, total], name=f"Tabel: {opened.title}", style="tall")
    return tag("Div", present([tag("H4", opened.title), notices(remarks(opened)), shown]))


def _row(composition: Composition, each: Contribution, *, has_whole: bool) -> Node:
    piece = each.piece
    cells = [
        Cell("geheel" if piece.is_whole else share_words(piece.share), "r"),
        Cell(figure_count(piece.figure), "r"),
        Cell(contributed(each, each.numerator), "r"),
        *([Cell(contributed(each, each.denominator), "r")] if has_whole else []),
        Cell(between(each.part_of_total, _percent), "r"),
    ]
    name: str | Node = piece.name
    if piece.code in composition.open_codes and piece.code != composition.region.code:
        name = link(piece.name, f"/regio/{piece.code}/indicatoren/{composition.indicator.id}")
    return row(name, cells)


def figure_count(figure: Figure | None) -> str:
    """The number behind a figure: `1.236`, `minder dan 5`, `geen gegevens`."""
    if figure is None or figure.status is CellStatus.MISSING or figure.numerator_low is None:
        return "geen gegevens"
    return count(figure.numerator_low, figure.numerator_high)


def contributed(each: Contribution, bounds: Bounds | None) -> str:
    """What a piece brings, in part or whole: `1.236`, `geen gegevens`, or that it is not kept."""
    if bounds is not None:
        return count(*bounds)
    has_number = each.piece.figure is not None and each.piece.figure.numerator_high is not None
    return NOT_KEPT if has_number else "geen gegevens"


def _total(total: Figure, *, has_whole: bool) -> Node:
    whole = count(total.denominator_low, total.denominator_high)
    cells = [
        Cell("", "r"),
        Cell("", "r"),
        Cell(figure_count(total), "r"),
        *([Cell(whole, "r")] if has_whole else []),
        Cell("", "r"),
    ]
    return row("Totaal", cells, style="country")


def remarks(opened: Opened) -> list[str]:
    """What keeps the parts from making the total, each reason in a sentence."""
    numbers = [each for each in opened.parts if each.numerator is None]
    not_kept = [each for each in numbers if contributed(each, None) == NOT_KEPT]
    found = []
    if len(numbers) > len(not_kept):
        found.append("Niet van elk deel geeft de bron een aantal; dat deel is hier niet ingevuld.")
    if not_kept:
        found.append(SPLIT_SCHOOLS)
    if not numbers and not adds_up(opened.total, opened.parts):
        found.append(BORDER_SCHOOLS if opened.route is SwvRoute.POSTCODE else OTHER_SHARES)
    return found


SPLIT_SCHOOLS = (
    "Een school telt naar haar eigen postcode. Van een gemeente die over meer samenwerkingsverbanden is "
    "verdeeld, bewaren wij niet hoeveel in elk deel meetelt. Die bijdrage staat hier daarom niet."
)
BORDER_SCHOOLS = (
    "De delen tellen niet precies op tot het totaal: enkele scholen staan met hun postcode in een ander "
    "samenwerkingsverband dan hun gemeente."
)
OTHER_SHARES = (
    "De delen tellen niet op tot het totaal. Het totaal komt zo van de bron, of is gemaakt met een eerdere "
    "verdeling van gemeenten."
)


def _percent(value: float) -> str:
    return f"{number(value, 1)}%"
