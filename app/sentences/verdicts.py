"""What a figure is beside another, with the certainty that its interval allows: pure.

"Kan geen toeval zijn" is never said; the strongest words are "groter dan toeval alleen geeft" (METHODS).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.benchmarks import derivable, difference
from app.group_values import GroupValue
from app.indicators import Figure, Indicator, Unit
from app.sentences.figures import gap_words, things_of, value_words
from app.statistics import Estimate
from app.trends import TrendFinding, TrendState
from app.verdicts import Margin, Step, Verdict, estimate, in_children, margin_of
from app.wording import amount, capital, gap, listing, number, period_words, signed


@dataclass(frozen=True, slots=True)
class Beside:
    """What a figure is held against: its figure, and its name after 'dan' and after 'met'."""

    figure: Figure | None
    than: str
    alike: str = ""

    @property
    def with_(self) -> str:
        """The name after 'vergelijkbaar met'."""
        return self.alike or self.than


def verdict_words(
    own: Figure | None, beside: Beside, found: Verdict | None, indicator: Indicator, subject: str = "Dat"
) -> str:
    """The difference with its certainty as a sentence; '' where there is nothing to hold it against.

    `Dat is duidelijk lager dan Nederland (2,3%): het verschil van 0,3 procentpunt is groter dan toeval alleen
    geeft.`
    """
    there = value_words(beside.figure, indicator)
    plain = gap_words(own, beside.figure, indicator, f"dan {beside.than}", f"gelijk aan {beside.with_}")
    if not plain or beside.figure is None or indicator.is_counted_total:
        return ""
    if found is None:
        return f"{subject} is {plain} ({there}). {NO_MARGIN}"
    size = _size(own, beside.figure, indicator)
    if found.step is Step.COMPARABLE:
        chance = f"een verschil van {size} kan toeval zijn" if size else "afgerond is er geen verschil"
        return f"{subject} is vergelijkbaar met {beside.with_} ({there}): {chance}."
    side = "hoger" if found.side > 0 else "lager"
    if not size:
        equal = f"{subject} is afgerond gelijk aan {beside.with_} ({there})"
        return f"{equal}, maar iets {side}: {_TINY[found.step]}."
    higher = f"{subject} is {found.words} dan {beside.than} ({there})"
    return f"{higher}: het verschil van {size} is {_CHANCE[found.step]}."


NO_MARGIN = "Van dit cijfer is geen marge bekend; of dat meer is dan toeval, is niet te zeggen."
_CHANCE = {
    Step.PROBABLY: "groter dan toeval meestal geeft, maar zeker is het niet",
    Step.CLEARLY: "groter dan toeval alleen geeft",
}
_TINY = {
    Step.PROBABLY: "dat kleine verschil is groter dan toeval meestal geeft, maar zeker is het niet",
    Step.CLEARLY: "ook dat kleine verschil is groter dan toeval alleen geeft",
}


def _size(own: Figure | None, other: Figure, indicator: Indicator) -> str:
    """The size of the difference as the page's rounded numbers give it; '' where it rounds to nothing."""
    pair = difference(own, other, indicator.decimals)
    if pair is None:
        return ""
    low, high = sorted(abs(each) for each in pair)
    if pair[0] < 0 < pair[1]:
        low = 0.0
    if round(high, indicator.decimals) == 0:
        return ""
    first, last = gap(low, indicator), gap(high, indicator)
    return last if first == last else f"{number(low, indicator.decimals)} tot {last}"


def short_verdict(found: Verdict | None, indicator: Indicator) -> str:
    """The verdict as a badge or cell: `duidelijk lager`, `geen marge bekend`; '' for a count."""
    if found is None:
        return "" if indicator.is_counted_total else "geen marge bekend"
    return found.words + (", opvallend" if found.is_striking else "")


def margin_words(own: Figure | None, indicator: Indicator) -> str:
    """The limits of a figure as a sentence, or that there are none and why."""
    if own is None or derivable(own) is None:
        return ""
    found = estimate(own, indicator)
    if found is not None:
        low, high = amount(found.low, indicator), amount(found.high, indicator)
        return f"De marge loopt van {low} tot {high} (95%)."
    if indicator.is_counted_total:
        return "Een aantal heeft geen marge: het is geteld, en het hangt af van de grootte van de regio."
    if margin_of(indicator) is Margin.NONE:
        return "Bij dit soort cijfer is geen marge te berekenen."
    return "Van dit cijfer is geen marge bekend: de bron geeft niet de aantallen waar het uit komt."


def children_words(own: Figure | None, found: Verdict | None, indicator: Indicator, than: str) -> str:
    """The difference in children or events: `Dat zijn ongeveer 34 leerlingen in het sbo meer … (12 tot 56).`

    Only where the difference is more than chance gives: else there is no number to speak of.
    """
    gap_of = in_children(own, found, indicator)
    if gap_of is None or found is None or found.step is Step.COMPARABLE or abs(gap_of.value) < 1:
        return ""
    more = "meer" if gap_of.value > 0 else "minder"
    low, high = sorted(abs(each) for each in (gap_of.low, gap_of.high))
    about = f"ongeveer {number(abs(gap_of.value))} {things_of(indicator, indicator.numerator)}"
    return f"Dat zijn {about} {more} dan bij het cijfer van {than} ({number(low)} tot {number(high)})."


def striking_words(found: Verdict | None) -> str:
    """Why a figure is called striking; '' if it is not."""
    if found is None or not found.is_striking:
        return ""
    return "Het cijfer is opvallend: het ligt verder weg dan regio’s onderling gewoonlijk verschillen."


def trend_words(own: TrendFinding, country: TrendFinding | None, faster: int, indicator: Indicator) -> str:
    """What the test of a trend says, with the country's line where that may be compared."""
    if own.state in _NO_TREND:
        return _NO_TREND[own.state]
    span = f"Van {period_words(own.first, indicator)} tot en met {period_words(own.last, indicator)}"
    if own.state is TrendState.NONE:
        return f"{span} is geen stijging of daling aan te tonen die groter is dan toeval alleen geeft."
    words = f"{span} {own.state} dit cijfer, meer dan toeval alleen geeft."
    return words + _than_country(own, country, faster)


_NO_TREND = {
    TrendState.TOO_SHORT: (
        "Over een trend is niets te zeggen: daarvoor zijn vijf opeenvolgende metingen zonder breuk nodig."
    ),
    TrendState.NO_MARGIN: "Over een trend is niets te zeggen: van deze cijfers is geen marge bekend.",
    TrendState.INDIRECT: (
        "Over een trend is niets te zeggen: van een of meer jaren is te veel van het cijfer geschat."
    ),
}


def _than_country(own: TrendFinding, country: TrendFinding | None, faster: int) -> str:
    if country is None or country.trend is None or faster == 0:
        return ""
    is_rising = own.state is TrendState.RISING
    same_way = country.trend.slope * (1 if is_rising else -1) > 0
    if same_way and (faster > 0) is is_rising:
        return f" Het {own.state} sneller dan landelijk."
    if same_way:
        return f" Het {own.state} minder snel dan landelijk."
    return " De landelijke lijn gaat de andere kant op." if country.state in _MOVING else ""


_MOVING = (TrendState.RISING, TrendState.FALLING)


def group_words(value: GroupValue, indicator: Indicator, kind_words: str) -> str:
    """The two values of a group: `Samen 2,4%, gemiddeld per gemeente 2,6% (9 van de 10 met een cijfer).`"""
    parts = []
    if value.pooled is not None:
        parts.append(f"samen {value_words(value.pooled, indicator)}")
    if value.mean is not None and not indicator.is_counted_total:
        low, high = (amount(each, indicator) for each in value.mean)
        mean = low if low == high else f"tussen {low} en {high}"
        parts.append(f"gemiddeld per {kind_words} {mean}")
    counted = f"{value.contributing} van de {value.size} met een cijfer"
    return f"{capital(', '.join(parts))} ({counted})." if parts else f"Geen groepscijfer: {counted}."


def hold_words(verdicts: Mapping[str, Verdict | None]) -> str:
    """Whether a verdict is the same against every benchmark; keys are names after 'ten opzichte van'.

    `Het oordeel is robuust: …` only if at least two benchmarks give one and all give the same.
    """
    known = {name: each.words for name, each in verdicts.items() if each is not None}
    missing = [name for name, each in verdicts.items() if each is None]
    rest = f" Geen oordeel mogelijk ten opzichte van {listing(missing)}." if missing else ""
    if len(known) < 2:
        few = "maar één" if known else "geen"
        return f"Of het oordeel standhoudt, is niet te zeggen: er is er {few}.{rest}"
    by_words: dict[str, list[str]] = {}
    for name, words in known.items():
        by_words.setdefault(words, []).append(name)
    told = "; ".join(f"{words} ten opzichte van {listing(names)}" for words, names in by_words.items())
    if len(by_words) == 1:
        return f"Het oordeel is robuust: {told}.{rest}"
    return f"Het oordeel hangt af van de vergelijking: {told}.{rest}"


def gap_range(found: Estimate, indicator: Indicator) -> str:
    """The limits of a difference: `tussen +0,4 en +2,0 procentpunt`."""
    low, high = (signed(each, indicator.decimals) for each in (found.low, found.high))
    unit = " procentpunt" if indicator.unit is Unit.PERCENT else ""
    return f"tussen {low} en {high}{unit}"
