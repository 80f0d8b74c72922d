"""The overview of a region: what differs most, and a tile per indicator."""

from collections.abc import Mapping, Sequence

from app.access import Tab
from app.benchmarks import bounds_of
from app.comparisons import Comparison
from app.divisions import figure_words
from app.indicators import Indicator, Unit
from app.profiles import Judged, striking
from app.regions import COUNTRY, RegionName
from app.sentences import (
    Beside,
    State,
    difference_words,
    level,
    only_for,
    short_change,
    value_words,
    verdict_words,
    warnings,
)
from app.verdicts import Verdict
from app.wording import DASH, year_label
from layouts import ids, since_visit
from layouts.comparison.base import SIGNS, strength
from layouts.components import Node, badge, card, image, link, notices, present, state, still, tag
from layouts.formatting import Badge, period_text, plural
from layouts.sparklines import sparkline


def page() -> Node:
    """The empty places that callbacks fill: what changed since the last visit, and the figures."""
    since = tag("Div", since_visit.waiting(), id=ids.Overview.SINCE)
    return tag("Div", [since, tag("Div", state(State.LOADING), id=ids.Overview.CONTENT)], className="grid")


def content(
    region: RegionName,
    tiles: Sequence[Comparison],
    judged: Sequence[Judged],
    elsewhere: Sequence[Indicator],
) -> Node:
    """The whole overview.

    Args:
        judged: every latest figure beside the country, for verdicts and what is striking.
        elsewhere: the indicators that this kind of region does not have.
    """
    if not tiles:
        parts: list[Node | None] = [state(State.EMPTY, NO_FIGURES)]
    else:
        verdicts = {(each.indicator.id, each.section.period): each.verdict for each in judged}
        parts = [_striking(region, judged), _tiles(region, tiles, verdicts)]
    return still(tag("Div", present([*parts, _elsewhere(region, elsewhere)]), className="grid"))


NO_FIGURES = "Er zijn nog geen cijfers voor deze regio. De databeheerder kan ze laden."

Verdicts = Mapping[tuple[str, str], Verdict | None]


def _striking(region: RegionName, judged: Sequence[Judged]) -> Node | None:
    """At most three figures outside the widened funnel; words where there is none."""
    tested = [each for each in judged if each.verdict and each.section.funnel is not None]
    found = striking(judged)
    if not tested and not found:
        return None
    nothing = tag(
        "P", NOTHING_STRIKING.format(count=plural(len(tested), "cijfer", "cijfers")), className="say"
    )
    lines = [_striking_line(region, each) for each in found] or [nothing]
    return card(
        tag("H2", "Wat valt op", className="eyebrow", id="overview-striking"),
        *lines,
        tag("P", STRIKING_HINT, className="small"),
        link("Bekijk het hele profiel", f"/regio/{region.code}/{Tab.COMPARE}", className="btn"),
        **{"aria-labelledby": "overview-striking"},
    )


NOTHING_STRIKING = (
    "Niets. Getoetst: {count}. Geen cijfer ligt verder van het gezamenlijke cijfer dan regio’s onderling "
    "gewoonlijk verschillen."
)
STRIKING_HINT = (
    "Opvallend is een cijfer dat ook naast de gewone verschillen tussen regio’s ver van het gezamenlijke "
    "cijfer ligt. Dat is op zichzelf niet goed of slecht, en het zegt niet waar het van komt."
)


def _striking_line(region: RegionName, each: Judged) -> Node:
    beside = Beside(each.benchmark.figure, "Nederland")
    sentence = " ".join(
        present(
            [
                level(each.own, each.indicator, region, each.section.period),
                verdict_words(each.own, beside, each.verdict, each.indicator),
            ]
        )
    )
    parts = [
        tag("H3", link(each.indicator.short_label, _address(region, each.indicator))),
        tag("P", sentence, className="say"),
        notices(warnings(each.own, each.indicator)),
    ]
    return tag("Div", present(parts))


def _tiles(region: RegionName, rows: Sequence[Comparison], verdicts: Verdicts) -> Node:
    own = [tag("Span", className="key"), "uw regio"]
    country = ["; bij percentages ook ", tag("Span", className="key country"), "Nederland"]
    legend = ["De lijn: ", *own, *([] if region.code == COUNTRY else country)]
    head = [
        tag("H2", "Stand van zaken", id="overview-tiles"),
        tag("Span", legend, className="legend"),
    ]
    tiles = tag("Ul", [tag("Li", _tile(region, row, verdicts)) for row in rows], className="tiles")
    return tag(
        "Section",
        [tag("Div", head, className="section-head"), tiles],
        **{"aria-labelledby": "overview-tiles"},
    )


def _tile(region: RegionName, row: Comparison, verdicts: Verdicts) -> Node:
    title = tag("H3", link(row.indicator.short_label, _address(region, row.indicator)))
    key = (row.indicator.id, row.own.period if row.own else "")
    beside = _beside(region, row, verdicts.get(key))
    parts = [
        title,
        _value(row),
        tag("P", _context(row), className="c"),
        tag("P", badge(beside)) if beside else None,
        _line(row),
    ]
    return tag("Article", present(parts), className="card tile")


def _beside(region: RegionName, row: Comparison, found: Verdict | None) -> Badge | None:
    """The verdict in words with its sign; the bare difference where there is no margin."""
    if region.code == COUNTRY:
        return None
    if found is None:
        words = difference_words(row.own, row.country, row.indicator)
        return Badge("neut", words) if words else None
    style = {True: "better", False: "worse", None: "neut"}[found.is_better(row.indicator.direction)]
    than = "met" if found.side == 0 else "dan"
    return Badge(style, f"{SIGNS[strength(found)]} {found.words} {than} Nederland".strip())


def _value(row: Comparison) -> Node:
    words = figure_words(row.own, row.indicator)
    if not words.lstrip("−€\N{NO-BREAK SPACE}")[:1].isdigit():
        return tag("P", words, className="v words")
    unit = [tag("Span", " %", className="u")] if row.indicator.unit is Unit.PERCENT else []
    return tag("P", [words.removesuffix("%"), *unit], className="v")


def _context(row: Comparison) -> str:
    when = period_text(row.own.period, row.own.period_status, row.indicator) if row.own else ""
    estimated = "deels geschat" if row.own and row.own.estimated > 0 else ""
    country = ""
    is_compared = row.own is not None and row.own.region != COUNTRY and not row.indicator.is_counted_total
    if row.country is not None and is_compared:
        country = f"Nederland {value_words(row.country, row.indicator)}"
    return " · ".join(present([country, when, estimated]))


def _line(row: Comparison) -> Node:
    periods = [figure.period for figure in row.comparable]
    own = {figure.period: bounds_of(figure) for figure in row.comparable}
    country = {figure.period: bounds_of(figure) for figure in row.country_series}
    is_compared = not row.indicator.is_counted_total and row.own and row.own.region != COUNTRY
    beside = [country.get(each) for each in periods] if is_compared else ()
    svg = sparkline([own[each] for each in periods], beside)
    if not svg:
        return tag("Div", tag("P", "Eén meting, nog geen verloop."), className="spark")
    change = short_change(row.comparable, row.indicator)
    kind = row.indicator.period_kind
    span = f"{year_label(periods[0], kind)}{DASH}{year_label(periods[-1], kind)}"
    drawing = image(svg, f"Verloop {span}" + (f": {change}" if change else ""))
    return tag("Div", [drawing, tag("P", change or span)], className="spark")


def _elsewhere(region: RegionName, indicators: Sequence[Indicator]) -> Node | None:
    if not indicators:
        return None
    by_reason: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        by_reason.setdefault(only_for(indicator), []).append(indicator)
    rows = [_reason(region, reason, group) for reason, group in by_reason.items()]
    title = tag("H2", "Niet op dit niveau", id="overview-elsewhere")
    return card(title, tag("Div", rows), **{"aria-labelledby": "overview-elsewhere"})


def _reason(region: RegionName, reason: str, indicators: Sequence[Indicator]) -> Node:
    links: list[str | Node] = []
    for indicator in indicators:
        links += [" · " if links else "", link(indicator.short_label, _address(region, indicator))]
    return tag("P", [f"{reason} ", *links])


def _address(region: RegionName, indicator: Indicator) -> str:
    return f"/regio/{region.code}/indicatoren/{indicator.id}"
