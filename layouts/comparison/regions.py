"""All regions of a kind for one figure: the ranking with intervals, and the funnel."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import isinf

from app.benchmarks import bounds_of
from app.comparison_groups import GroupKind, PeerGroup, why_too_small
from app.cross_sections import CrossSection
from app.funnels import Funnel, NoFunnel, why_no_funnel
from app.indicators import Indicator
from app.profiles import Benchmark, benchmark_of, judge
from app.regions import RegionName
from app.sentences import State, group_words, value_words
from app.sentences import place as place_words
from app.statistics import Z95, Z998
from app.tables import Sheet, SheetCell, Value, figure_value
from app.verdicts import estimate
from app.wording import amount, number, uncapital
from layouts.comparison.base import (
    Shown,
    doubts,
    gap_value,
    legend,
    margin_value,
    rank_value,
    remarks,
    sheet_table,
    source_note,
    told,
    verdict_value,
    when_words,
)
from layouts.components import ImageText, Node, chart, details, figure_card, tag
from layouts.figures import Mark
from layouts.figures.spread import (
    FunnelDot,
    FunnelLine,
    Whisker,
    funnel_chart,
    ranking_with_intervals,
)
from layouts.formatting import axis_format, kind_name, plural


@dataclass(frozen=True)
class Field:
    """One figure of all regions of a kind; `group` holds those to mark or to show alone."""

    region: RegionName
    section: CrossSection
    group: PeerGroup
    names: Mapping[str, str]
    source: str
    remarks: Sequence[str] = ()

    @property
    def indicator(self) -> Indicator:
        """The indicator in view."""
        return self.section.indicator

    @property
    def marked(self) -> Set[str]:
        """The regions of the group, where it is one."""
        return frozenset(self.group.codes)

    def name(self, code: str) -> str:
        """The name of a region, its code where none is known."""
        return self.names.get(code, code)


def ranking(field: Field) -> Shown:
    """Regions under one another with their limits; only those of a group where one is chosen."""
    shown = _ranked(field)
    if not shown:
        return told(State.NOT_AVAILABLE, NO_FIGURES)
    title, summary = _ranking_title(field), _ranking_summary(field, shown)
    sheet = _ranking_sheet(field, title, shown)
    own = {place for place, code in enumerate(shown) if code == field.region.code}
    listed = sheet_table(sheet, own=own, style="tall")
    drawn = [code for code in shown if (pair := field.section.bounds.get(code)) and not isinf(pair[1])]
    figure = ranking_with_intervals(
        [_whisker(field, code) for code in drawn], _country(field), axis_format(field.indicator)
    )
    drawing = chart(figure, name=title, style="free")
    node = _figure(field, (title, summary), drawing, listed, len(shown))
    return Shown(node, [sheet], title, f"{title}. {summary}")


NO_FIGURES = "Voor deze regio’s is er bij deze keuze geen cijfer. Kies een andere periode of uitsplitsing."


def on_map(field: Field, drawing: Node, classes: Mapping[str, str]) -> Shown:
    """A map with the table of its values for downloads.

    Args:
        classes: region → its class in words, as the map has it.
    """
    title = f"{field.indicator.short_label} op de kaart, {when_words(field.section)}"
    sheet = _ranking_sheet(field, title, _ranked(field))
    rows = [[*cells, classes.get(code, "")] for cells, code in zip(sheet.rows, _ranked(field), strict=True)]
    made = replace(sheet, header=[*sheet.header, "Klasse op de kaart"], rows=rows, name="Kaart")
    return Shown(drawing, [made], title)


def _ranked(field: Field) -> list[str]:
    """Highest first; a group shows its own members and the own region."""
    bounds = field.section.bounds
    is_all = field.group.key.kind is GroupKind.COUNTRY
    wanted = bounds if is_all else field.marked | {field.region.code}
    known = {
        code: sum(pair) / 2 if not isinf(pair[1]) else pair[0]
        for code, pair in bounds.items()
        if code in wanted
    }
    return sorted(known, key=lambda code: (-known[code], field.name(code)))


def _ranking_title(field: Field) -> str:
    who = kind_name(field.section.kind, plural=True)
    where = (
        who if field.group.key.kind is GroupKind.COUNTRY else f"{field.region.name} en {field.group.words}"
    )
    return f"{field.indicator.short_label}: {where}, {when_words(field.section)}"


def _ranking_summary(field: Field, shown: Sequence[str]) -> str:
    rank = field.section.ranks.get(field.region.code)
    place = place_words(rank, field.section.kind, field.indicator.direction) or "Uw regio heeft geen plaats."
    names = f"Bovenaan staat {field.name(shown[0])}, onderaan {field.name(shown[-1]).rstrip('.')}. "
    missing = [code for code in field.section.codes if code not in field.section.bounds]
    lost = (
        f"Zonder cijfer dat een plaats geeft: {plural(len(missing), 'regio', 'regio’s')}. " if missing else ""
    )
    bands = f"{BANDS_ARE} " if field.section.bands else ""
    return f"{place} {names}{lost}{_group_words(field)}{bands}{OVERLAP}"


def _group_words(field: Field) -> str:
    """Both values of a group; nothing where there is none, or it is too small to have one."""
    if not field.group.is_pool or why_too_small(field.group):
        return ""
    found = benchmark_of(field.section, field.group).group
    return (
        f"De groep: {uncapital(group_words(found, field.indicator, kind_name(field.group.kind)))} "
        if found
        else ""
    )


BANDS_ARE = "Kwart A is het gunstigste vierde deel van de regio’s, D het ongunstigste."
OVERLAP = "Waar de marges elkaar grotendeels overlappen, zegt de volgorde niets."


def _whisker(field: Field, code: str) -> Whisker:
    figure, pair = field.section.figures[code], field.section.bounds[code]
    limits = estimate(figure, field.indicator)
    return Whisker(
        field.name(code),
        sum(pair) / 2,
        *((limits.low, limits.high) if limits else pair),
        words=value_words(figure, field.indicator),
        margin=f", marge {margin_value(figure, field.indicator)}" if limits else "",
        is_own=code == field.region.code,
        in_group=code in field.marked,
    )


def _ranking_sheet(field: Field, title: str, shown: Sequence[str]) -> Sheet:
    header = [
        "Regio",
        "Plaats",
        "Cijfer",
        "Marge (95%)",
        "Verschil met Nederland",
        "Oordeel",
        "Kwart",
        "Let op",
    ]
    rows = [_ranking_row(field, code) for code in shown]
    bands = [BANDS_ARE] if field.section.bands else []
    return Sheet(title, header, rows, [field.source, *bands, *field.remarks], "Rangorde")


def _ranking_row(field: Field, code: str) -> list[SheetCell]:
    section, figure = field.section, field.section.figures[code]
    found = judge(section, code, Benchmark(section.country))
    return [
        field.name(code),
        rank_value(section.ranks.get(code)),
        figure_value(figure, field.indicator),
        margin_value(figure, field.indicator),
        "" if field.indicator.is_counted_total else gap_value(figure, section.country, field.indicator),
        verdict_value(found.verdict, field.indicator, figure, section.country),
        section.bands.get(code, ""),
        doubts(figure, field.indicator),
    ]


def _country(field: Field) -> Mark | None:
    country = None if field.indicator.is_counted_total else bounds_of(field.section.country)
    return Mark(sum(country) / 2, value_words(field.section.country, field.indicator)) if country else None


def funnel(field: Field) -> Shown:
    """The regions by size within the limits; words where there are no limits to draw."""
    drawn = field.section.funnel
    if drawn is None:
        reason = why_no_funnel(field.section.figures.values(), field.indicator) or NoFunnel.NO_MARGIN
        return told(State.NOT_AVAILABLE, f"{NO_FUNNEL[reason]} {OTHER_FIGURE}")
    title, summary = _funnel_title(field, drawn), _funnel_summary(field, drawn)
    sheet, codes = _funnel_sheet(field, drawn, title), _by_size(field, drawn)
    own = {place for place, code in enumerate(codes) if code == field.region.code}
    factor = field.indicator.unit.factor
    target = Mark(factor * drawn.target, amount(factor * drawn.target, field.indicator))
    dots = [_dot(field, drawn, code) for code in codes]
    scale = axis_format(field.indicator)
    figure = funnel_chart(dots, _curve(field, drawn), target, scale, _size_words(field))
    listed = sheet_table(sheet, own=own, style="tall")
    drawing = tag("Div", [legend(*FUNNEL_SIGNS), chart(figure, name=title, style="high")])
    node = _figure(field, (title, summary), drawing, listed, len(dots))
    return Shown(node, [sheet], title, f"{title}. {summary}")


FUNNEL_SIGNS = (
    ("■", "uw regio"),
    ("◆", "de gekozen groep"),
    ("✖", "buiten de buitenste lijn: opvallend"),
    ("┄", "95 van de 100 keer valt een gewone regio hierbinnen"),
    ("—", "998 van de 1.000 keer"),
)
NO_FUNNEL = {
    NoFunnel.COUNTED_TOTAL: "Een aantal heeft geen trechter: het hangt af van de grootte van de regio.",
    NoFunnel.NO_MARGIN: "Van dit cijfer zijn de aantallen niet bekend; zonder aantallen is er geen trechter.",
    NoFunnel.BY_SCHOOL: (
        "Geteld is waar de school staat, niet waar het kind woont. Een gemeente zonder zo’n school heeft "
        "niemand; daarom zegt een trechter per gemeente niets. Per samenwerkingsverband is hij er wel."
    ),
    NoFunnel.COUNTED_TWICE: "Kinderen tellen hier in meer dan één regio mee; dan is er geen trechter.",
    NoFunnel.TOO_FEW: "Voor een trechter zijn van minstens tien regio’s de aantallen nodig.",
    NoFunnel.NO_ROOM: "Het cijfer is overal nul of overal alles; dan is er geen trechter te maken.",
}
OTHER_FIGURE = "Kies een ander cijfer, of kijk bij Rangorde."


def _by_size(field: Field, drawn: Funnel) -> list[str]:
    known = [code for code in drawn.sizes if code in field.section.bounds]
    return sorted(known, key=lambda code: (-drawn.sizes[code], code))


def _funnel_title(field: Field, drawn: Funnel) -> str:
    outside = (
        plural(len(drawn.outside), "regio valt", "regio’s vallen") if drawn.outside else "Geen regio valt"
    )
    return f"{field.indicator.short_label}: {outside} buiten de trechter"


def _funnel_summary(field: Field, drawn: Funnel) -> str:
    place = "Uw regio heeft hier geen cijfer."
    if field.region.code in drawn.sizes:
        is_outside = field.region.code in drawn.outside
        place = f"Uw regio ligt {'buiten de buitenste lijnen: opvallend' if is_outside else INSIDE}."
    wide = NOT_WIDENED
    if drawn.dispersion.is_wide:
        wide = WIDENED.format(factor=number(drawn.dispersion.factor**0.5, 1))
    return f"{when_words(field.section)}. {place} {wide} {SMALL_ONES}"


INSIDE = "binnen de buitenste lijnen"
WIDENED = (
    "Regio’s verschillen onderling meer dan toeval geeft; de lijnen staan daarom {factor} keer zo ver "
    "uit elkaar."
)
NOT_WIDENED = "Regio’s verschillen onderling niet meer dan toeval geeft; de lijnen zijn niet verruimd."
SMALL_ONES = "Links staan kleine regio’s: daar speelt toeval het meest."


def _dot(field: Field, drawn: Funnel, code: str) -> FunnelDot:
    pair = field.section.bounds[code]
    words = value_words(field.section.figures[code], field.indicator)
    return FunnelDot(
        field.name(code),
        drawn.sizes[code],
        sum(pair) / 2,
        words,
        code in drawn.outside,
        code == field.region.code,
        code in field.marked,
    )


def _curve(field: Field, drawn: Funnel) -> list[FunnelLine]:
    factor = field.indicator.unit.factor
    return [FunnelLine(size, *(factor * each for each in limits)) for size, *limits in drawn.curve()]


def _size_words(field: Field) -> str:
    return f"Aantal {field.indicator.denominator.removeprefix('alle ')}".split(" (")[0]


def _funnel_sheet(field: Field, drawn: Funnel, title: str) -> Sheet:
    header = ["Regio", _size_words(field), "Cijfer", "Grens 95%", "Grens 99,8%", "Opvallend", "Let op"]
    rows = [_funnel_row(field, drawn, code) for code in _by_size(field, drawn)]
    return Sheet(title, header, rows, [field.source, *field.remarks], "Trechter")


def _funnel_row(field: Field, drawn: Funnel, code: str) -> list[SheetCell]:
    size, figure = drawn.sizes[code], field.section.figures[code]
    return [
        field.name(code),
        Value(number(size), size),
        figure_value(figure, field.indicator),
        *(_limits(field, drawn, size, z) for z in (Z95, Z998)),
        "ja" if code in drawn.outside else "nee",
        doubts(figure, field.indicator),
    ]


def _limits(field: Field, drawn: Funnel, size: float, z: float) -> str:
    low, high = (field.indicator.unit.factor * each for each in drawn.limits(size, z))
    return f"{amount(low, field.indicator)} – {amount(high, field.indicator)}"


def _figure(field: Field, words: tuple[str, str], drawing: Node, listed: Node, count: int) -> Node:
    """Title and summary with what they are about; `count` regions are drawn."""
    regions = f"{count} {kind_name(field.section.kind, plural=True)}"
    return figure_card(
        *words,
        drawing,
        remarks(field.remarks),
        details("Tabel bij deze grafiek", listed),
        note=source_note(field.source),
        image=ImageText(field.source, regions, field.section.period, field.region.name),
    )
