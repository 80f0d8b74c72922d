"""The figures of a chapter for a group of regions side by side, each cell in its fifth of all regions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.cross_sections import CrossSection
from app.indicators import Figure
from app.regions import COUNTRY
from app.sentences import State, value_words
from app.tables import Sheet, SheetCell, figure_value
from layouts.comparison.base import Shown, remarks, source_note, told, when_words
from layouts.components import Cell, Column, Node, card, row, table, tag

MOST_COLUMNS, MOST_ROWS = 25, 60
"""Of regions, own and country included, and of indicators: more is no table that a person reads."""


@dataclass(frozen=True)
class Heat:
    """Indicators × regions. `columns` are codes with their names, the own region first."""

    title: str
    columns: Mapping[str, str]
    sections: Sequence[CrossSection]
    own: str
    source: str
    remarks: Sequence[str] = ()


def content(heat: Heat) -> Shown:
    """The table with its legend, and the same as a sheet."""
    if not heat.sections:
        return told(State.EMPTY)
    node = card(
        tag("H3", heat.title),
        tag("P", INTRODUCTION, className="small"),
        _legend(),
        remarks(heat.remarks),
        _table(heat),
        source_note(heat.source),
    )
    return Shown(node, [_sheet(heat)], heat.title, heat.title)


INTRODUCTION = (
    "De tint zegt in welk vijfde deel van alle regio’s van deze soort het cijfer valt. Donker is hoog; dat "
    "is op zichzelf niet goed of slecht."
)
CLASSES = {1: "laagste vijfde", 2: "", 3: "", 4: "", 5: "hoogste vijfde"}
NAMES = ("laagste vijfde", "lager", "midden", "hoger", "hoogste vijfde")


def _legend() -> Node:
    items = [
        tag("Li", [tag("Span", className=f"swatch q{number}", **{"aria-hidden": "true"}), words])
        for number, words in enumerate(NAMES, start=1)
    ]
    return tag("Ul", items, className="scale", **{"aria-label": "Tinten"})


def _table(heat: Heat) -> Node:
    columns = [
        Column("Indicator"),
        *(Column(name, "r turn") for name in heat.columns.values()),
        Column("Periode"),
    ]
    rows = [_row(heat, section) for section in heat.sections]
    return table(heat.title, columns, rows, name=f"Tabel: {heat.title}", style="heat")


def _row(heat: Heat, section: CrossSection) -> Node:
    cells = [_cell(section, code, is_own=code == heat.own) for code in heat.columns]
    return row(section.indicator.label, [*cells, Cell(when_words(section), "period")])


def _cell(section: CrossSection, code: str, *, is_own: bool) -> Cell:
    words = value_words(figure_in(section, code), section.indicator)
    fifth = section.quintiles.get(code)
    name = CLASSES.get(fifth or 0, "")
    style = f"r q{fifth}" if fifth else "r"
    inside = [words, tag("Span", f" ({name})", className="visually-hidden")] if name else words
    return Cell(inside, f"{style} own" if is_own else style)


def figure_in(section: CrossSection, code: str) -> Figure | None:
    """The figure of a region or of the country."""
    return section.country if code == COUNTRY else section.figures.get(code)


def _sheet(heat: Heat) -> Sheet:
    rows: list[list[SheetCell]] = [
        [
            section.indicator.label,
            *(figure_value(figure_in(section, code), section.indicator) for code in heat.columns),
            when_words(section),
        ]
        for section in heat.sections
    ]
    header = ["Indicator", *heat.columns.values(), "Periode"]
    return Sheet(heat.title, header, rows, [heat.source, *heat.remarks], "Tabel")
