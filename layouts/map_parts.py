"""What stands around a map: which region has which look, the sentences, the legend and the table."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isinf

from app.indicators import CellStatus, Direction, Figure
from app.map_classes import MapClass, MapClasses, classify
from app.regions import NATIONAL_SWVS
from app.wording import amount, capital, listing, period_label
from layouts.components import Cell, Column, Node, row, still, table, tag
from layouts.formatting import kind_name, plural
from layouts.indicator_regions import Group, order, region_link
from layouts.map_figures import BOUNDED, HIDDEN, MISSING, OPEN, OUTSIDE, Tile, shade_keys

Cells = Mapping[str, tuple[int, int]]
"""Region → column and row of its tile."""

NAMED = 6
"""So many regions are named in a sentence; of more the number is told."""

WITHOUT = {
    HIDDEN: "door de bron verborgen",
    MISSING: "geen gegevens",
    OPEN: "alleen een laagste waarde bekend",
    OUTSIDE: "niet in deze vergelijking",
}
"""Key of a look without a class → its words."""

DIRECTION_WORDS = {
    Direction.NEUTRAL: "Hoog of laag is op zichzelf niet goed of slecht.",
    Direction.LOWER: "Bij dit cijfer is lager beter.",
    Direction.HIGHER: "Bij dit cijfer is hoger beter.",
}

_HIDDEN = (CellStatus.HIDDEN, CellStatus.PARTLY_HIDDEN)
_PROVINCES = dict(
    zip(
        [f"PV{number}" for number in range(20, 32)],
        ["Gr", "Fr", "Dr", "Ov", "Fl", "Ge", "Ut", "NH", "ZH", "Ze", "NB", "Li"],
        strict=True,
    )
)


@dataclass(frozen=True)
class MapGroup:
    """A group of regions with the class of each, and their places among the tiles."""

    group: Group
    cells: Cells

    @cached_property
    def values(self) -> dict[str, float]:
        """Region → the middle of its bounds, rounded as it is shown; not of what is hidden or open-ended."""
        closed = {code: pair for code, pair in self.group.ranked.items() if not isinf(pair[1])}
        decimals = self.group.indicator.decimals
        return {code: round(sum(pair) / 2, decimals) for code, pair in closed.items()}

    @cached_property
    def classes(self) -> MapClasses:
        """The classes of the regions with a value."""
        return classify(self.values)

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.classes.classes)

    @cached_property
    def codes(self) -> list[str]:
        """Every region with an area."""
        return [code for code in self.group.names if code not in NATIONAL_SWVS]

    @cached_property
    def looks(self) -> dict[str, str]:
        """Region → the key of its look."""
        return {code: self._look(code) for code in self.codes}

    def sorted_looks(self) -> list[tuple[str, str]]:
        """Regions with their looks in the order in which the map with tiles draws them."""
        order = [*(code for code in self.cells if code in self.looks), *self.looks]
        return sorted({code: self.looks[code] for code in order}.items(), key=lambda pair: pair[1])

    def _look(self, code: str) -> str:
        if (number := self.classes.class_of.get(code)) is None:
            return OPEN if code in self.group.open_ended else _why_none(self.group.figures.get(code))
        low, high = (round(end, self.group.indicator.decimals) for end in self.group.ranked[code])
        return shade_keys(self.count)[number - 1] + (BOUNDED if low != high else "")

    @property
    def own(self) -> str:
        """The code of the own region where it is on the map, else ''."""
        return self.group.region.code if self.group.region.code in self.looks else ""

    @property
    def own_class(self) -> int | None:
        """The number of the own region's class."""
        return self.classes.class_of.get(self.own)

    def class_words(self, code: str) -> str:
        """`klasse 4 van 5`, or why there is none."""
        number = self.classes.class_of.get(code)
        if number is None:
            return WITHOUT[self.looks.get(code, OUTSIDE)]
        return f"klasse {number} van {self.count}"

    def range_words(self, each: MapClass) -> str:
        """`2,0% tot en met 2,3%`."""
        low, high = (amount(value, self.group.indicator) for value in (each.low, each.high))
        return low if low == high else f"{low} tot en met {high}"

    def tiles(self) -> list[Tile]:
        """Every tile of the kind; those outside the group without words."""
        return [self._tile(code, *cell) for code, cell in self.cells.items()]

    def _tile(self, code: str, column: int, line: int) -> Tile:
        if code not in self.looks:
            return Tile(column, line, "", OUTSIDE)
        words = self.group.words_for(code), self.class_words(code), _short_code(code)
        return Tile(column, line, self.group.name(code), self.looks[code], *words, is_own=code == self.own)


def title(drawn: MapGroup) -> str:
    """What the map shows of the own region, or of all where that has no class."""
    label, number = drawn.group.indicator.short_label, drawn.own_class
    if number is None:
        return f"{label} per {kind_name(drawn.group.kind)}"
    ends = {1: ", de laagste", drawn.count: ", de hoogste"} if drawn.count > 1 else {}
    return f"{label}: uw regio valt in klasse {number} van {drawn.count}{ends.get(number, '')}"


def own_sentence(drawn: MapGroup) -> str:
    """The value and the class of the own region; '' where it is not on the map."""
    if not drawn.own:
        return ""
    if drawn.own_class is None:
        return f"Uw regio heeft geen klasse: {drawn.class_words(drawn.own)}."
    inside = drawn.range_words(drawn.classes.classes[drawn.own_class - 1])
    return f"Uw regio: {drawn.group.words_for(drawn.own)}. In deze klasse: {inside}."


def range_sentence(drawn: MapGroup) -> str:
    """What the lightest and the darkest shade stand for."""
    if drawn.count == 1:
        return "Alle regio’s hebben hetzelfde cijfer."
    low, high = (drawn.range_words(drawn.classes.classes[place]) for place in (0, -1))
    return f"Donkerder is hoger. Lichtste klasse: {low}; donkerste klasse: {high}."


def summary(drawn: MapGroup) -> str:
    """All that the map with tiles says, in sentences."""
    group = drawn.group
    sentences = [
        f"{group.indicator.label}, {period_label(group.period, group.indicator)}.",
        own_sentence(drawn),
        range_sentence(drawn),
        DIRECTION_WORDS[group.indicator.direction],
        COUNTED if group.indicator.is_counted_total else "",
        f"Elke tegel is één {kind_name(group.kind)}, ongeveer op de juiste plek in Nederland.",
        *_without_tile(drawn),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


COUNTED = "Dit is een aantal: een grote regio is alleen daardoor al donkerder."


def _without_tile(drawn: MapGroup) -> Iterator[str]:
    names = sorted(drawn.group.name(code) for code in drawn.codes if code not in drawn.cells)
    if names:
        yield f"Zonder eigen tegel, wel in de tabel: {named(names)}."
    if NATIONAL_SWVS & set(drawn.group.figures):
        yield "Een landelijk samenwerkingsverband heeft geen plek op de kaart en staat in de tabel."


def named(names: list[str]) -> str:
    """`a, b en c`, and of many the first and how many more."""
    if len(names) <= NAMED:
        return listing(names)
    return f"{', '.join(names[:NAMED])} en nog {len(names) - NAMED}"


def legend(drawn: MapGroup) -> Node:
    """The classes from low to high and what has none, each with its look, its words and how many regions."""
    shades = zip(shade_keys(drawn.count), drawn.classes.classes, strict=True)
    counts = Counter(drawn.looks.values())
    counts[OUTSIDE] = len(set(drawn.cells) - set(drawn.looks))
    bounded = sum(count for key, count in counts.items() if key.endswith(BOUNDED))
    items = [
        *(
            (f"shade-{key}", f"klasse {number}: {drawn.range_words(each)}", each.count)
            for number, (key, each) in enumerate(shades, 1)
        ),
        ("bounded", "gestreept: tussen twee grenzen, geplaatst naar het midden", bounded),
        *((key, words, counts[key]) for key, words in WITHOUT.items()),
    ]
    rows = [
        _legend_row(key, f"{words} ({plural(count, 'regio', 'regio’s')})")
        for key, words, count in items
        if count
    ]
    own = [_legend_row("own", "dikke rand: uw regio")] if drawn.own else []
    return still(tag("Ul", [*rows, *own], className="classes", **{"aria-label": "Klassen op de kaart"}))


def _legend_row(key: str, words: str) -> Node:
    return tag("Li", [_swatch(key), words])


def listed(drawn: MapGroup) -> Node:
    """Every region with its value and its class, highest first."""
    group = drawn.group
    caption = f"{group.indicator.label}, {period_label(group.period, group.indicator)}, hoogste eerst"
    columns = [Column(capital(kind_name(group.kind))), Column("Waarde", "r"), Column("Klasse")]
    rows = [
        row(
            region_link(group, code),
            [Cell(group.words_for(code), "r"), Cell(_class_cell(drawn, code))],
            style="own" if code == group.region.code else "",
        )
        for code in order(group)
    ]
    return table(caption, columns, rows, name=f"Tabel bij de kaart: {caption}", style="tall")


def _class_cell(drawn: MapGroup, code: str) -> str | list[str | Node]:
    if code not in drawn.looks:
        return "niet op de kaart"
    look = drawn.looks[code]
    key = look if look in WITHOUT else f"shade-{look.removesuffix(BOUNDED)}"
    return [_swatch(key), drawn.class_words(code)]


def _swatch(key: str) -> Node:
    return tag("Span", className=f"swatch {key}", **{"aria-hidden": "true"})


def _why_none(figure: Figure | None) -> str:
    return HIDDEN if figure is not None and figure.status in _HIDDEN else MISSING


def _short_code(code: str) -> str:
    """`27-07` for PO2707, the letters of a provincie; '' for a gemeente, whose tile is too small."""
    return f"{code[2:4]}-{code[4:]}" if code[:2] in ("PO", "VO") else _PROVINCES.get(code, "")
