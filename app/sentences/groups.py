"""The values of a group, whether a verdict holds against several, and the expected number: pure."""

from collections.abc import Iterable, Mapping, Sequence

from app.benchmarks import derivable
from app.group_values import GroupValue
from app.indicators import Breakdown, Figure, Indicator, PeriodStatus
from app.regions import RegionName
from app.sentences.doubts import Named, doubts_words
from app.sentences.figures import level, things_of, value_words
from app.sentences.verdicts import chance_words
from app.standardised import step_of
from app.statistics import Ratio
from app.verdicts import Verdict
from app.wording import amount_between, capital, listing, number, uncapital


def group_words(value: GroupValue, indicator: Indicator, kind_words: str) -> str:
    """The two values of a group: `Samen 2,4%, gemiddeld per gemeente 2,6% (9 van de 10 met een cijfer).`"""
    parts = []
    if value.pooled is not None:
        parts.append(f"samen {value_words(value.pooled, indicator)}")
    if value.mean is not None and not indicator.is_counted_total:
        parts.append(f"gemiddeld per {kind_words} {amount_between(*value.mean, indicator)}")
    counted = f"{value.contributing} van de {value.size} met een cijfer"
    return f"{capital(', '.join(parts))} ({counted})." if parts else f"Er is geen groepscijfer ({counted})."


Past = tuple[str, Verdict | None]
"""The moment of the own past (`op 1 oktober 2024`) and the verdict beside it."""


def hold_sentence(
    own: Figure | None,
    indicator: Indicator,
    region: RegionName,
    period: str,
    verdicts: Mapping[str, Verdict | None],
    *,
    past: Past | None = None,
    others: Named = (),
) -> str:
    """The figure, whether its verdict holds, and every doubt: what is copied without the page around it.

    Args:
        others: the figures it is held against, with their names, of which the doubts are told too.
    """
    first = level(own, indicator, region, period)
    if own is None or derivable(own) is None:
        return first
    held = COUNTED if indicator.is_counted_total else hold_words(verdicts, past=past)
    doubts = doubts_words([(f"het cijfer van {region.name}", own), *others], indicator)
    return " ".join(filter(None, (first, held, doubts)))


COUNTED = "Een aantal of totaal hangt af van de grootte van de regio: er is geen oordeel hoger of lager."


def hold_words(verdicts: Mapping[str, Verdict | None], *, past: Past | None = None) -> str:
    """Whether a verdict is the same against every benchmark; keys are the names of the benchmarks.

    `Het oordeel is robuust: …` only if there are at least two, each gives a verdict, and all give the same.
    The own past is another question, whether anything changed, and is told apart:
    `En ten opzichte van 1 oktober 2024: vergelijkbaar.`
    """
    return _held(verdicts) + (_past_words(*past) if past else "")


def _past_words(moment: str, found: Verdict | None) -> str:
    when = moment.removeprefix("op ").removeprefix("in ")
    return f" En ten opzichte van {when}: {found.words if found else 'geen oordeel mogelijk'}."


def _held(verdicts: Mapping[str, Verdict | None]) -> str:
    by_words: dict[str, list[str]] = {}
    for name, each in verdicts.items():
        if each is not None:
            by_words.setdefault(each.words, []).append(name)
    missing = [name for name, each in verdicts.items() if each is None]
    rest = f" Geen oordeel mogelijk: {listing(missing)}." if missing else ""
    told = "; ".join(f"{words} ({listing(names)})" for words, names in by_words.items())
    if sum(map(len, by_words.values())) < 2:
        few = f"er is maar één oordeel, {told}" if told else "er is geen oordeel"
        return f"Of het oordeel standhoudt, is niet te zeggen: {few}.{rest}"
    if len(by_words) > 1:
        return f"Het oordeel hangt af van de vergelijking: {told}.{rest}"
    is_comparable = not any(each.side for each in verdicts.values() if each is not None)
    same = "Waar een oordeel mogelijk is, is het hetzelfde" if missing else "Het oordeel is robuust"
    return f"{same}: {told}.{NOT_EQUAL if is_comparable else ''}{rest}"


NOT_EQUAL = " Er is dus geen verschil aan te tonen; dat de cijfers gelijk zijn, staat daarmee niet vast."


def expected_words(
    found: Ratio, breakdown: Breakdown, indicator: Indicator, figures: Iterable[Figure] = ()
) -> str:
    """What one would expect of the region, and what it is: with limits, certainty, and what it leaves out.

    `Bij de landelijke kans per leeftijd zou u er 120 verwachten; het zijn er 150: 1,25 keer zo veel
    (95%-marge: 1,06 tot 1,47). …`

    Args:
        figures: those of region and country that it was made of; their doubts are told with it.
    """
    label = uncapital(breakdown.label)
    observed = found.expected * found.ratio
    ratio, low, high = (number(each, 2) for each in (found.ratio, found.low, found.high))
    return (
        f"Bij de landelijke kans per {label} zou u er {_round(found.expected)} verwachten; het zijn er "
        f"{number(observed)}: {ratio} keer zo veel (95%-marge: {low} tot {high}). "
        f"{chance_words(step_of(found)[0])} "
        f"Het gaat om {things_of(indicator, indicator.numerator)}. Alleen {label} is meegerekend."
        f"{_doubts_of(list(figures))}"
    )


def _doubts_of(figures: Sequence[Figure]) -> str:
    """What must be said with a number that was computed from several figures."""
    is_open = any(each.period_status is not PeriodStatus.FINAL for each in figures)
    is_estimated = any(max(each.estimated, each.indirect) > 0 for each in figures)
    words = [*["voorlopig"] * is_open, *["deels geschat"] * is_estimated]
    return f" De cijfers hierachter zijn {listing(words)}." if words else ""


def _round(value: float) -> str:
    """A computed number of children: whole from ten on, below that with a decimal."""
    return number(value, 0 if value >= 10 else 1)
