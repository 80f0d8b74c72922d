"""Whether a verdict holds against other groups, and the sentence about a difference that may be said."""

from app.comparison_groups import GroupKind, PeerGroup, why_too_small
from app.indicators import TOTAL, Figure
from app.looks import NOBODY
from app.profiles import Benchmark, benchmark_of, judge
from app.regions import COUNTRY
from app.sentences import Beside, claim, expected_words, group_words
from app.standardised import expected
from app.wording import moment
from callbacks.comparison.choices import Cell, Stage, beside_of, section_of
from callbacks.comparison.sources import source_of
from layouts.comparison import sayings
from layouts.comparison.base import Shown
from layouts.formatting import kind_name
from loaders.divided import Reading, load_breakdown, load_series

AGAINST = (GroupKind.COUNTRY, GroupKind.SIMILAR, GroupKind.SIZE, GroupKind.PAST)
"""METHODS: the verdict against the country, similar regions, size class and the own past."""


def show_hold(stage: Stage, cell: Cell) -> Shown:
    """The verdict against four benchmarks, and whether they agree."""
    section = section_of(stage, cell)
    groups = [stage.group(kind, outcome=cell.indicator.id) for kind in AGAINST if _has(stage, kind)]
    rows = []
    for group in groups:
        benchmark = _benchmark(stage, cell, group)
        found = judge(section, stage.region.code, benchmark)
        beside, is_past = _than(cell, group, benchmark), group.key.kind is GroupKind.PAST
        rows.append(sayings.Against(group.label, beside, found, why_too_small(group), is_past=is_past))
    own, source = section.figures.get(stage.region.code), source_of(stage, [(cell.indicator.id, cell.period)])
    shown = sayings.Hold(stage.region, cell.indicator, cell.period, own, rows, source, _expected(stage, cell))
    return sayings.hold(shown)


def _expected(stage: Stage, cell: Cell) -> tuple[str, ...]:
    """What could be expected by each breakdown of the figure, where there is one with all its counts."""
    if cell.breakdown != TOTAL or not cell.indicator.breakdowns:
        return ()
    codes = [stage.region.code, COUNTRY]
    with stage.desk.db.session() as session:
        reading = Reading(session, stage.edition.version, cell.indicator)
        figures = load_breakdown(reading, cell.period, codes)
    own, country = ({each.breakdown: each for each in figures if each.region == code} for code in codes)
    found = [(each, expected(own, country, each, cell.indicator)) for each in cell.indicator.breakdowns]
    totals = [each[TOTAL] for each in (own, country) if TOTAL in each]
    return tuple(expected_words(ratio, each, cell.indicator, totals) for each, ratio in found if ratio)


def _has(stage: Stage, kind: GroupKind) -> bool:
    return any(each.key.kind is kind for each in stage.groups)


def _benchmark(stage: Stage, cell: Cell, group: PeerGroup) -> Benchmark:
    if group.key.kind is GroupKind.PAST:
        return Benchmark(_previous(stage, cell))
    if why_too_small(group):
        return Benchmark(None)
    return benchmark_of(section_of(stage, cell), group)


def _previous(stage: Stage, cell: Cell) -> Figure | None:
    """The figure of the period before, if no break in the series lies between."""
    with stage.desk.db.session() as session:
        reading = Reading(session, stage.edition.version, cell.indicator)
        series = load_series(reading, [stage.region.code], breakdown=cell.breakdown)[stage.region.code]
    before = [figure for figure in series if figure.period < cell.period]
    if not before:
        return None
    cuts = [cut.period for cut in cell.indicator.series_breaks]
    return None if any(before[-1].period < cut <= cell.period for cut in cuts) else before[-1]


PREVIOUS = "het cijfer van de vorige meting"


def _than(cell: Cell, group: PeerGroup, benchmark: Benchmark) -> Beside:
    """How sentences name a benchmark."""
    if group.key.kind is GroupKind.PAST:
        when = moment(benchmark.figure.period, cell.indicator) if benchmark.figure else PREVIOUS
        return Beside(benchmark.figure, when)
    if group.key.kind is GroupKind.COUNTRY:
        return Beside(benchmark.figure, "Nederland")
    words = f"{len(group.codes)} {group.words}" if group.key.kind is GroupKind.SIMILAR else group.words
    counted = ""
    if benchmark.group is not None and benchmark.group.contributing < benchmark.group.size:
        counted = f"{benchmark.group.contributing} van de {benchmark.group.size} met een cijfer"
    which = "het gemiddelde van" if benchmark.is_mean else "het gezamenlijke cijfer van"
    return Beside(benchmark.figure, f"{which} {words}", note=counted)


def show_claim(stage: Stage, cell: Cell) -> Shown:
    """The sentence about a region beside another, a group, the country or its own past."""
    section = section_of(stage, cell)
    own = section.figures.get(stage.region.code)
    first = stage.choice.beside[0]
    asked = beside_of(stage, "" if first == NOBODY else first, outcome=cell.indicator.id)
    if isinstance(asked, str):
        name = stage.desk.atlas(stage.edition).places.names[asked]
        benchmark, beside = Benchmark(section.figures.get(asked)), Beside(section.figures.get(asked), name)
    else:
        benchmark = _benchmark(stage, cell, asked)
        beside = _than(cell, asked, benchmark)
    found = judge(section, stage.region.code, benchmark).verdict
    said = claim(own, beside, found, cell.indicator, region=stage.region, period=cell.period)
    source = source_of(stage, [(cell.indicator.id, cell.period)])
    small = why_too_small(asked) if isinstance(asked, PeerGroup) else ""
    both = group_words(benchmark.group, cell.indicator, kind_name(section.kind)) if benchmark.group else ""
    return sayings.say(sayings.Saying(stage.region, cell.indicator, said, source, small, both))
