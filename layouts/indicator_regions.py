"""Where a region stands among others: the position bar, and all regions sorted with the own one marked."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from math import isinf

from app.benchmarks import Bounds, Rank, Spread, bounds_of, comparable, count_below, ranks, spread
from app.divisions import conversion_words, figure_words
from app.indicators import Direction, Figure, Indicator, Unit
from app.regions import NATIONAL_SWVS, RegionKind, RegionName
from app.sentences import State, place, short_difference
from app.wording import DASH, capital, period_label
from layouts.components import (
    Cell,
    Column,
    ImageText,
    Node,
    bars,
    card,
    chart,
    details,
    downloads,
    figure_card,
    link,
    row,
    state,
    still,
    table,
    tag,
)
from layouts.figures import Bar, Mark, ranking
from layouts.formatting import axis_format, between, kind_name, plural, with_unit

MIN_BARS = 31
"""From here on a chart of bars without names; below it the bars stand in the table, beside their names."""


@dataclass(frozen=True)
class Group:
    """The regions that stand side by side, with their figures of one period and the country's.

    `names` holds every region of the group, also those without a figure; `open_codes` the regions whose pages
    this person may open; `inside` names the SWV when the group is its gemeenten.
    """

    region: RegionName
    indicator: Indicator
    period: str
    kind: RegionKind
    names: Mapping[str, str]
    figures: Mapping[str, Figure]
    country: Figure | None
    open_codes: Set[str] = frozenset()
    inside: str = ""

    @property
    def words(self) -> str:
        """`samenwerkingsverbanden primair onderwijs` or `gemeenten in SWV …`."""
        return kind_name(self.kind, plural=True) + (f" in {self.inside}" if self.inside else "")

    @cached_property
    def has_converted(self) -> bool:
        """Whether a figure of the group was computed for the gemeenten of now."""
        return any(figure.converted for figure in self.figures.values())

    @cached_property
    def ranked(self) -> dict[str, Bounds]:
        """The bounds of every region that has a place; of `minimaal 420` the upper one is infinite."""
        return comparable(self.figures.values())

    @cached_property
    def open_ended(self) -> dict[str, float]:
        """The lowest value of every region of which nothing bounds the value from above."""
        return {code: low for code, (low, high) in self.ranked.items() if isinf(high)}

    @cached_property
    def known(self) -> dict[str, Bounds]:
        """The bounds of every region with an area that has any, lowest first."""
        placed = {code: each for code, each in self.figures.items() if code not in NATIONAL_SWVS}
        found = {code: pair for code, each in placed.items() if (pair := bounds_of(each)) is not None}
        return dict(sorted(found.items(), key=lambda pair: (_middle(pair[1]), self.name(pair[0]))))

    def name(self, code: str) -> str:
        """The name of a region, its code where no name is known."""
        return self.names.get(code, code)

    def words_for(self, code: str) -> str:
        """The value of a region as it may be shown."""
        return self._words.get(code) or figure_words(None, self.indicator)

    @cached_property
    def _words(self) -> dict[str, str]:
        """Chart and table both ask for the words of every region."""
        return {code: figure_words(figure, self.indicator) for code, figure in self.figures.items()}


def position(group: Group) -> Node | None:
    """The bar from the lowest to the highest 5% of regions, with the own region and the country on it."""
    own, bar = group.ranked.get(group.region.code), spread(group.ranked.values())
    if own is None:
        return None
    sentence = place(ranks(group.ranked, group.indicator.direction)[group.region.code], group.kind)
    if group.indicator.direction is Direction.LOWER:
        sentence += " Plaats 1 is het laagste cijfer."
    else:
        sentence += " Plaats 1 is het hoogste cijfer."
    if isinf(own[1]):
        return tag("P", f"{sentence} De bron geeft niet alle delen van dit cijfer.", className="small")
    if bar is None:
        return tag("P", f"{sentence} Dat zijn er te weinig voor een balk.", className="small")
    parts = [
        tag("H3", f"Waar staat {group.region.name}?"),
        tag("Div", _track(group, bar, own), className="track", **{"aria-hidden": "true"}),
        _ends(group.indicator, bar),
        tag("P", sentence, className="small"),
    ]
    return still(tag("Div", parts, className="position"))


def section(group: Group, *, source: str = "", csv_href: str = "") -> Node:
    """All regions of the group: chart and table, or the table alone for a small group.

    Args:
        source: the line that an image of the chart carries.
        csv_href: where the table can be downloaded.
    """
    if not group.known and not group.open_ended:
        return card(tag("H3", capital(group.words)), state(State.NOT_AVAILABLE))
    title, summary, listed = _title(group), _summary(group), _table(group)
    if len(group.names) < MIN_BARS or not group.known:
        return card(tag("H3", title), tag("P", summary, className="sum"), listed, downloads(csv_href))
    figure = ranking(_bars(group), _mark(group), axis_format(group.indicator))
    drawing = chart(figure, name=title, style="low")
    below = details(f"Tabel met alle {group.words}", [listed, downloads(csv_href)])
    own = group.ranked.get(group.region.code)
    has_own = own is not None and not isinf(own[1])
    image = ImageText(
        source,
        f"{len(group.known)} {group.words}",
        region=group.region.name if has_own else "",
        title=f"{title} dan {group.region.name}" if has_own else "",
        name=f"{group.region.code} {group.indicator.id} {group.kind}",
    )
    return figure_card(title, summary, drawing, below, image=image)


def _track(group: Group, bar: Spread, own: Bounds) -> list[Node]:
    left, right = (100 * bar.place(value) for value in (bar.lower_quartile, bar.upper_quartile))
    half = tag("Span", className="half", style={"left": f"{left:.1f}%", "width": f"{right - left:.1f}%"})
    country = None if group.indicator.is_counted_total else bounds_of(group.country)
    write = with_unit(group.indicator)
    there = f"Nederland {between(country, write)}"
    marks = _marked("line", there, bar.place(_middle(country))) if country else []
    return [half, *marks, *_marked("dot", f"Uw regio {between(own, write)}", bar.place(_middle(own)))]


def _marked(shape: str, words: str, place_on_bar: float) -> list[Node]:
    """A mark (`line` for the country, `dot` for the own region) with its label, kept within the ends."""
    at = 100 * place_on_bar
    side = " left" if at < 18 else " right" if at > 82 else ""
    left = {"left": f"{at:.1f}%"}
    return [
        tag("Span", className=shape, style=left),
        tag("Span", words, className=f"tag {shape}{side}", style=left),
    ]


def _ends(indicator: Indicator, bar: Spread) -> Node:
    write = with_unit(indicator)
    ends = [f"Laagste 5%: gemiddeld {write(bar.low)}", f"Hoogste 5%: gemiddeld {write(bar.high)}"]
    half = f"Donkere deel, de middelste helft: {write(bar.lower_quartile)} tot {write(bar.upper_quartile)}"
    line = tag("P", [tag("Span", words) for words in ends], className="ends")
    return tag("Div", [line, tag("P", half, className="ends")])


def _title(group: Group) -> str:
    own = group.ranked.get(group.region.code)
    if own is None or isinf(own[1]):
        return f"{group.indicator.short_label} in de {group.words}"
    lower = count_below(own, group.ranked.values())
    verb = "heeft er" if lower == 1 else "hebben er"
    number = str(lower) if lower else "geen"
    return f"Van de {len(group.ranked)} {group.words} {verb} {number} een lager {_noun(group.indicator)}"


def _summary(group: Group) -> str:
    words = [f"{group.indicator.label}, {period_label(group.period, group.indicator)}.", _extremes(group)]
    with_figure = {*group.known, *group.open_ended}
    if missing := len(set(group.names) - NATIONAL_SWVS - with_figure):
        kinds = kind_name(group.kind), kind_name(group.kind, plural=True)
        words.append(f"Zonder cijfer: {plural(missing, *kinds)}.")
    if NATIONAL_SWVS & set(group.figures):
        words.append("Een landelijk samenwerkingsverband staat los onder aan de tabel, zonder plaats.")
    if group.has_converted:
        words.append("Bij “berekend” is het cijfer omgerekend naar de gemeenten van nu.")
    words.append(DIRECTION_WORDS[group.indicator.direction])
    return " ".join(word for word in words if word)


DIRECTION_WORDS = {
    Direction.NEUTRAL: "Een lage of hoge plaats is op zichzelf niet goed of slecht.",
    Direction.LOWER: "Bij dit cijfer is lager beter.",
    Direction.HIGHER: "Bij dit cijfer is hoger beter.",
}


def _extremes(group: Group) -> str:
    """The lowest and the highest region, as far as figures without an upper bound leave that open."""
    order = list(group.known)
    if len(order) < 2:
        return ""
    lowest, highest = (f"{group.name(code)} ({group.words_for(code)})" for code in (order[0], order[-1]))
    if not group.open_ended:
        return f"Laagste: {lowest}; hoogste: {highest}."
    number = plural(len(group.open_ended), "regio is", "regio’s is")
    unknown = (
        f"Van {number} alleen bekend hoeveel het er minstens zijn; welke de hoogste is, is dus niet bekend."
    )
    is_lowest = min(group.open_ended.values()) >= group.known[order[0]][1]
    return f"Laagste: {lowest}. {unknown}" if is_lowest else unknown


def _bars(group: Group) -> list[Bar]:
    return [
        Bar(group.name(code), pair, group.words_for(code), is_own=code == group.region.code)
        for code, pair in group.known.items()
    ]


def _mark(group: Group) -> Mark | None:
    country = None if group.indicator.is_counted_total else bounds_of(group.country)
    return Mark(_middle(country), figure_words(group.country, group.indicator)) if country else None


def _table(group: Group) -> Node:
    caption = f"{group.indicator.label}, {period_label(group.period, group.indicator)}, hoogste eerst"
    has_bars = len(group.names) < MIN_BARS
    columns = [
        Column(capital(kind_name(group.kind))),
        Column("Plaats", "r"),
        Column(capital(_noun(group.indicator)), "r"),
        *([Column("In beeld")] if has_bars else []),
        Column("Deel van Nederland" if group.indicator.is_counted_total else "Verschil met Nederland"),
        *([Column("Omrekening")] if group.has_converted else []),
    ]
    places = ranks(group.ranked, group.indicator.direction)
    top = max((high for _, high in group.known.values()), default=0.0)
    rows = [_row(group, code, places.get(code), top if has_bars else None) for code in order(group)]
    return table(caption, columns, rows, name=f"Tabel: {caption}", style="tall")


def order(group: Group) -> list[str]:
    """Highest first, an open one by the least it can be; those without a value last, by name."""
    values = {**{code: _middle(pair) for code, pair in group.known.items()}, **group.open_ended}
    order = sorted(values, key=lambda code: (values[code], group.name(code)), reverse=True)
    return [*order, *sorted(set(group.names) - set(values), key=group.name)]


def _row(group: Group, code: str, rank: Rank | None, top: float | None) -> Node:
    is_own = code == group.region.code
    cells = [
        Cell(_place(rank), "r"),
        Cell(group.words_for(code), "r"),
        *([Cell(bars((group.known.get(code), ""), top=top))] if top is not None else []),
        Cell(capital(short_difference(group.figures.get(code), group.country, group.indicator))),
        *([Cell(conversion_words(group.figures.get(code)))] if group.has_converted else []),
    ]
    return row(region_link(group, code), cells, style="own" if is_own else "")


def _place(rank: Rank | None) -> str:
    if rank is None:
        return ""
    return str(rank.best) if rank.best == rank.worst else f"{rank.best}{DASH}{rank.worst}"


def region_link(group: Group, code: str) -> str | Node:
    """The name of a region, as a link where this person may open its pages."""
    if code == group.region.code:
        return f"{group.name(code)} (uw regio)"
    if code not in group.open_codes:
        return group.name(code)
    return link(group.name(code), f"/regio/{code}/indicatoren/{group.indicator.id}")


def _noun(indicator: Indicator) -> str:
    return {Unit.PERCENT: "aandeel", Unit.COUNT: "aantal"}.get(indicator.unit, "cijfer")


def _middle(pair: Bounds) -> float:
    return sum(pair) / 2
