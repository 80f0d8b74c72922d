"""What a figure is beside another, with the certainty that its interval allows: pure.

"Kan geen toeval zijn" is never said; the strongest words are "groter dan toeval alleen geeft" (METHODS).
docs/sentences.md tells why the sentences are worded as they are.
"""

from dataclasses import dataclass, replace

from app.benchmarks import derivable, difference
from app.group_values import GROUP
from app.indicators import Figure, Indicator, Unit
from app.regions import RegionKind, kind_of
from app.sentences.figures import category_words, gap_words, things_of, value_words
from app.statistics import Estimate
from app.verdicts import (
    Margin,
    Refusal,
    Step,
    Verdict,
    estimate,
    in_children,
    margin_of,
    verdict,
    why_no_verdict,
)
from app.wording import UNIT_WORDS, amount, gap, gap_between, number, signed


@dataclass(frozen=True, slots=True)
class Beside:
    """What a figure is held against: its figure, and how sentences name it.

    `than` is a name (`Nederland`, `SWV Amstel`, `de andere gemeenten`), a moment (`in 2020`) or a figure
    (`het gemiddelde van …`); `alike` is the figure by name, where that does not follow from `than`. `note`
    stands behind the value: `9 van de 10 met een cijfer`.
    """

    figure: Figure | None
    than: str
    alike: str = ""
    note: str = ""

    @property
    def with_(self) -> str:
        """The figure by name, after 'dan', 'gelijk aan' and 'bij': `het cijfer van SWV Amstel`."""
        return self.alike or figure_name(self.than)

    def value(self, indicator: Indicator) -> str:
        """The figure's value with the note: `2,3%`, `2,4%; 9 van de 10 met een cijfer`."""
        words = value_words(self.figure, indicator)
        return f"{words}; {self.note}" if self.note else words


def figure_name(than: str) -> str:
    """A region, moment or group as the name of its figure: `het landelijke cijfer`, `het cijfer in 2020`."""
    if than == "Nederland":
        return "het landelijke cijfer"
    if than.startswith("het "):
        return than
    return f"het cijfer {than}" if than.startswith(("op ", "in ")) else f"het cijfer van {than}"


def verdict_words(
    own: Figure | None, beside: Beside, found: Verdict | None, indicator: Indicator, subject: str = "Dat"
) -> str:
    """The difference with its certainty as a sentence; '' where there is nothing to hold it against.

    `Dat is duidelijk lager dan het landelijke cijfer (2,3%): het verschil van 0,3 procentpunt is groter dan
    toeval alleen geeft.` Figures that may not be held against each other get the reason, and no difference.
    """
    if own is None or beside.figure is None or indicator.is_counted_total:
        return ""
    found = found or verdict(own, beside.figure, indicator)
    refusal = None if found else why_no_verdict(own, beside.figure, indicator)
    if refusal is not None and refusal.is_incomparable:
        return INCOMPARABLE.get(refusal, "")
    if found is None:
        return _without_verdict(own, beside, refusal, indicator, subject)
    name = f"{beside.with_} ({beside.value(indicator)})"
    size = _size(own, beside.figure, indicator)
    if found.step is Step.COMPARABLE:
        chance = f"een verschil {size} kan bij deze aantallen toeval zijn" if size else NO_DIFFERENCE
        return f"{subject} is vergelijkbaar met {name}: {chance}."
    if not size:
        side = "hoger" if found.side > 0 else "lager"
        return f"{subject} is afgerond gelijk aan {name}, maar iets {side}: {_TINY[found.step]}."
    return f"{subject} is {found.words} dan {name}: het verschil {size} is {CHANCE[found.step]}."


INCOMPARABLE = {
    Refusal.SAME: "Dit is een en hetzelfde cijfer: er is niets om mee te vergelijken.",
    Refusal.OTHER_KIND: "Een regio is te vergelijken met regio’s van dezelfde soort, of met Nederland.",
    Refusal.OTHER_BREAKDOWN: "Deze cijfers gaan over verschillende groepen en zijn niet te vergelijken.",
    Refusal.OTHER_PERIOD: "Deze cijfers zijn van verschillende perioden en niet te vergelijken.",
    Refusal.BREAK: "Tussen deze perioden is de telling veranderd: de cijfers zijn niet te vergelijken.",
}
NO_DIFFERENCE = "afgerond is er geen verschil"
CHANCE = {
    Step.PROBABLY: "groter dan toeval meestal geeft, maar zeker is het niet",
    Step.CLEARLY: "groter dan toeval alleen geeft",
}
_TINY = {
    Step.PROBABLY: f"dat kleine verschil is {CHANCE[Step.PROBABLY]}",
    Step.CLEARLY: f"ook dat kleine verschil is {CHANCE[Step.CLEARLY]}",
}


def _without_verdict(
    own: Figure, beside: Beside, refusal: Refusal | None, indicator: Indicator, subject: str
) -> str:
    """The bare difference, and why nobody can say whether it is more than chance."""
    name = beside.with_
    plain = gap_words(own, beside.figure, indicator, f"dan {name}", f"gelijk aan {name}")
    if not plain:
        return ""
    why = UNSURE[refusal or Refusal.NO_MARGIN].format(name=name)
    rest = "." if difference(own, beside.figure) == (0, 0) else MORE_THAN_CHANCE
    return f"{subject} is {plain} ({beside.value(indicator)}). {why}{rest}"


UNSURE = {
    Refusal.NO_METHOD: "Bij dit soort cijfer wordt geen marge berekend",
    Refusal.NO_MARGIN: "Van dit cijfer is geen marge bekend",
    Refusal.NO_MARGIN_THERE: "Van {name} is geen marge bekend",
    Refusal.SHIFTED: "Een van deze cijfers is voor meer dan 5% geschat of op een andere manier toegerekend",
}
MORE_THAN_CHANCE = "; of het verschil meer is dan toeval, is niet te zeggen."


def _size(own: Figure, other: Figure, indicator: Indicator) -> str:
    """The size of the difference as the page's rounded numbers give it; '' where it rounds to nothing."""
    pair = difference(own, other, indicator.decimals)
    if pair is None or not any(round(each, indicator.decimals) for each in pair):
        return ""
    low, high = sorted(abs(each) for each in pair)
    if pair[0] < 0 < pair[1] or (low < high and not round(low, indicator.decimals)):
        return f"van hoogstens {gap(high, indicator)}"
    words = gap_between(low, high, indicator)
    return f"({words})" if words.startswith("tussen") else f"van {words}"


def short_verdict(found: Verdict | None, indicator: Indicator) -> str:
    """The verdict as a badge or cell: `duidelijk lager`, `geen marge bekend`; '' for a count or judgement."""
    if found is not None:
        return found.words + (", opvallend" if found.is_striking else "")
    has_none = indicator.is_counted_total or not indicator.unit.has_differences
    return "" if has_none else "geen marge bekend"


def margin_words(own: Figure | None, indicator: Indicator) -> str:
    """The limits of a figure as a sentence, or that there are none and why."""
    if own is None or derivable(own) is None:
        return ""
    found = estimate(own, indicator)
    if found is not None:
        fine = replace(indicator, decimals=_decimals(found.low, found.high, indicator.decimals))
        low = amount(found.low, fine).removesuffix(UNIT_WORDS[indicator.unit].after)
        return f"De 95%-marge loopt van {low} tot {amount(found.high, fine)}."
    if indicator.is_counted_total:
        what = "aantal" if indicator.unit is Unit.COUNT else "totaal"
        return f"Een {what} is geteld of opgeteld; daar hoort geen marge bij."
    if margin_of(indicator) is Margin.NONE:
        return "Bij dit soort cijfer wordt geen marge berekend."
    return "Van dit cijfer is geen marge bekend: de bron geeft niet de aantallen waar het uit komt."


def _decimals(low: float, high: float, decimals: int) -> int:
    """So many decimals that two limits do not read alike; at most three more than the figure has."""
    more = range(decimals, decimals + 4)
    return next((each for each in more if number(low, each) != number(high, each)), decimals + 3)


def children_words(own: Figure | None, found: Verdict | None, indicator: Indicator, than: str) -> str:
    """The difference in children or events, with its limits; '' where it may be chance, or is hardly one.

    `Vergeleken met het landelijke cijfer zijn het er ongeveer 34 meer (95%-marge: 12 tot 56). Het gaat om
    leerlingen in het sbo.` What is counted stands apart: it may be a whole clause. Of a gemeente nothing is
    said where schools are counted: it is not about its children.
    """
    gap_of = in_children(own, found, indicator)
    if own is None or gap_of is None or found is None or found.step is Step.COMPARABLE:
        return ""
    if round(abs(gap_of.value)) < 2 or is_not_of_children(own, indicator):
        return ""
    more = "meer" if gap_of.value > 0 else "minder"
    low, high = sorted(abs(each) for each in (gap_of.low, gap_of.high))
    limits = f"{number(low) if round(low) else 'minder dan 1'} tot {number(high)}"
    size, things = number(abs(gap_of.value)), things_of(indicator, indicator.numerator)
    return (
        f"Vergeleken met {figure_name(than)} zijn het er ongeveer {size} {more} (95%-marge: {limits}). "
        f"Het gaat om {things}{category_words(own, indicator)}."
    )


def is_not_of_children(own: Figure, indicator: Indicator) -> bool:
    """Whether a gemeente's figure tells where schools stand: its children may go elsewhere."""
    is_gemeente = own.region != GROUP and kind_of(own.region) is RegionKind.GEMEENTE
    return indicator.by_school and is_gemeente


def striking_words(found: Verdict | None) -> str:
    """Why a figure is called striking; '' if it is not."""
    if found is None or not found.is_striking:
        return ""
    side = "hoger" if found.side > 0 else "lager"
    return (
        f"Het cijfer is opvallend: het ligt {side} dan bij een regio van deze grootte gewoon is, ook als "
        "meetelt dat regio’s onderling verschillen. Dat is een reden om te vragen hoe het komt."
    )


def gap_range(found: Estimate, indicator: Indicator) -> str:
    """The limits of a difference: `van +0,4 tot +2,0 procentpunt`; never 0 for a limit that is not."""
    unit = UNIT_WORDS[indicator.unit]
    for decimals in range(indicator.decimals, indicator.decimals + 4):
        low, high = (signed(each, decimals, before=unit.before) for each in (found.low, found.high))
        reads_as_zero = any(each and not round(each, decimals) for each in (found.low, found.high))
        if low != high and not reads_as_zero:
            break
    return f"van {low} tot {high}{unit.of_gap}"


def chance_words(step: Step) -> str:
    """How sure a difference is, as a sentence by itself."""
    chance = "kan toeval zijn" if step is Step.COMPARABLE else f"is {CHANCE[step]}"
    return f"Dat verschil {chance}."
