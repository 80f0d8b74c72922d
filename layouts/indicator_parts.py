"""What a figure is made of: the categories of a breakdown, region beside country, as bars in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.benchmarks import Bounds, share_of
from app.divisions import figure_words
from app.indicators import TOTAL, Breakdown, Figure, Indicator
from app.regions import RegionName
from app.wording import number, period_label
from layouts.components import Cell, Column, Node, bars, card, downloads, notices, present, row, table, tag
from layouts.formatting import between


@dataclass(frozen=True)
class Parts:
    """The categories of one period: breakdown code → figure, the total included, here and in the country."""

    region: RegionName
    indicator: Indicator
    period: str
    own: Mapping[str, Figure]
    country: Mapping[str, Figure]


def section(parts: Parts, *, csv_href: str = "") -> Node | None:
    """A table for each breakdown; None for an indicator without breakdowns or a period without categories.

    Args:
        csv_href: where the tables can be downloaded.
    """
    cards = [
        _breakdown(parts, each)
        for each in parts.indicator.breakdowns
        if any(category.code in parts.own or category.code in parts.country for category in each.categories)
    ]
    return tag("Div", present([*cards, downloads(csv_href)]), className="grid") if cards else None


def _breakdown(parts: Parts, breakdown: Breakdown) -> Node:
    title = f"Naar {breakdown.label.lower()}: {parts.region.name} naast Nederland"
    caption = f"{parts.indicator.label}, {period_label(parts.period, parts.indicator)}"
    headings = (breakdown.label, "Uw regio", "Deel van het totaal", "Nederland", "In beeld")
    columns = [Column(words, "r" if 0 < place < 4 else "") for place, words in enumerate(headings)]
    codes = [category.code for category in breakdown.categories]
    shares = [_share(code, figures) for figures in (parts.own, parts.country) for code in codes]
    top = max((pair[1] for pair in shares if pair), default=100)
    rows = [_row(parts, category.label, category.code, top) for category in breakdown.categories]
    return card(
        tag("H3", title),
        notices(remarks(breakdown)),
        table(caption, columns, [*rows, _total(parts)], name=f"Tabel: {title}"),
    )


def remarks(breakdown: Breakdown) -> list[str]:
    """What is to be known of the parts together."""
    note = breakdown.note or ("" if breakdown.adds_up else "De delen tellen niet op tot het totaal.")
    return [note] if note else []


def _row(parts: Parts, label: str, code: str, top: float) -> Node:
    here, there = _share(code, parts.own), _share(code, parts.country)
    cells = [
        Cell(figure_words(parts.own.get(code), parts.indicator), "r"),
        Cell(between(here, _percent), "r"),
        Cell(between(there, _percent), "r"),
        Cell(bars((here, ""), (there, "country"), top=top)),
    ]
    return row(label, cells)


def _total(parts: Parts) -> Node:
    own, country = (figure_words(each.get(TOTAL), parts.indicator) for each in (parts.own, parts.country))
    cells: Sequence[Cell] = (Cell(own, "r"), Cell("", "r"), Cell(country, "r"), Cell(""))
    return row("Totaal", cells, style="country")


def _share(code: str, figures: Mapping[str, Figure]) -> Bounds | None:
    return share_of(figures.get(code), figures.get(TOTAL))


def _percent(value: float) -> str:
    return f"{number(value, 1)}%"
