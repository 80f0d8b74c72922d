"""“Mag ik dit zeggen?”: the sentence about a difference that holds, why, and what would say more: pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.benchmarks import rankable
from app.indicators import Figure, Indicator
from app.regions import COUNTRY, RegionName
from app.sentences.doubts import doubts_words
from app.sentences.figures import change_words, comparison, level, warnings
from app.sentences.verdicts import (
    INCOMPARABLE,
    Beside,
    gap_range,
    margin_words,
    striking_words,
    verdict_words,
)
from app.verdicts import Refusal, Step, Verdict, verdict, why_no_verdict
from app.wording import capital


class Answer(StrEnum):
    """What the page says above the sentence."""

    YES = "Ja, dit mag u zeggen"
    CAREFUL = "Ja, met dit voorbehoud"
    NO = "Nee, een verschil is niet aan te tonen"
    NOT_TESTED = "Het cijfer wel, een verschil niet"
    UNKNOWN = "Dat is met deze cijfers niet te zeggen"


@dataclass(frozen=True, slots=True)
class Claim:
    """The answer, the sentence that holds, why it holds, and what would say more."""

    answer: Answer
    sentence: str
    why: tuple[str, ...]
    offers: tuple[str, ...] = ()


def claim(
    own: Figure | None,
    beside: Beside,
    found: Verdict | None,
    indicator: Indicator,
    *,
    region: RegionName,
    period: str,
) -> Claim:
    """The sentence about a region beside something else that no interval contradicts.

    Every doubt that belongs to the figures (provisional, estimated, bounds, the site of the school) stands in
    the sentence itself: it is copied and said aloud without the page around it.
    """
    first = level(own, indicator, region, period)
    said = _claim(own, beside, found, indicator, first=first, name=region.name)
    return replace(said, why=(*said.why, indicator.note)) if indicator.note else said


def _claim(
    own: Figure | None, beside: Beside, found: Verdict | None, indicator: Indicator, *, first: str, name: str
) -> Claim:
    """The claim that opens with a sentence about the figure alone, of the region called `name`."""
    if own is None or not _has_number(own):
        return Claim(Answer.UNKNOWN, first, (NO_OWN,), OTHER_PERIOD)
    named = [(f"het cijfer van {name}", own)]
    alone = _joined(first, doubts_words(named, indicator))
    if beside.figure is None or not _has_number(beside.figure):
        if indicator.is_counted_total:
            return Claim(Answer.NOT_TESTED, alone, (COUNT_ONLY, *warnings(own, indicator)), COUNT_OFFER)
        return Claim(Answer.UNKNOWN, alone, (NO_OTHER.format(name=capital(beside.with_)),), OTHER_GROUP)
    found = found or verdict(own, beside.figure, indicator)
    refusal = None if found else why_no_verdict(own, beside.figure, indicator)
    if refusal in INCOMPARABLE:
        return Claim(Answer.UNKNOWN, alone, (INCOMPARABLE[refusal],), OTHER_GROUP)
    doubts = doubts_words([*named, (beside.with_, beside.figure)], indicator)
    words = verdict_words(own, beside, found, indicator)
    if not words:
        return _without_difference(own, beside.figure, indicator, first=first, doubts=doubts, alone=alone)
    why, offers = _why(own, beside.figure, found, indicator), _offers(own, beside.figure, found, refusal)
    return Claim(_answer(found, has_doubts=bool(doubts)), _joined(first, words, doubts), why, offers)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _has_number(figure: Figure) -> bool:
    """Whether there is a number that may be shown and set beside another: not hidden, not missing."""
    return rankable(figure) is not None


NO_OWN = "Voor deze regio en periode is er geen cijfer dat getoond mag worden."
NO_OTHER = "{name} is er voor deze periode niet, of mag niet getoond worden."
COUNT_ONLY = (
    "Een aantal of totaal hangt af van de grootte van de regio. Dat het hoger of lager is dan elders, zegt "
    "daarom niets over de kinderen zelf."
)
COUNT_OF_THEN = (
    "Bij een aantal of totaal hoort geen marge; of de verandering meer is dan toeval, is niet te zeggen."
)
JUDGEMENT = "Dit cijfer is een oordeel en geen getal: een verschil is er niet uit te rekenen."
OTHER_PERIOD = ("Kies een andere periode, of een regio of groep waarvan er wel een cijfer is.",)
OTHER_GROUP = ("Kies een andere groep of een andere periode.",)
COUNT_OFFER = ("Kies een cijfer dat een aandeel is, of een aantal per 1.000.",)
NUMBER_OFFER = ("Kies een cijfer dat een getal is.",)


def _without_difference(
    own: Figure, other: Figure, indicator: Indicator, *, first: str, doubts: str, alone: str
) -> Claim:
    """What can be told of a total, which has a share of the country, and of a judgement, which has none."""
    if not indicator.unit.has_differences:
        return Claim(Answer.NOT_TESTED, alone, (JUDGEMENT,), NUMBER_OFFER)
    is_past = other.region == own.region
    change = change_words(own, other, indicator) if is_past else ""
    part = f"Dat is {change}." if change else _part_of_country(own, other, indicator)
    sentence = _joined(first, part, doubts) if part else alone
    why = COUNT_OF_THEN if is_past else COUNT_ONLY
    return Claim(Answer.NOT_TESTED, sentence, (why, *warnings(own, indicator)), COUNT_OFFER)


def _part_of_country(own: Figure, other: Figure, indicator: Indicator) -> str:
    return comparison(own, other, indicator) if other.region == COUNTRY else ""


def _answer(found: Verdict | None, *, has_doubts: bool) -> Answer:
    if found is None:
        return Answer.NOT_TESTED
    if found.step is Step.CLEARLY:
        return Answer.CAREFUL if has_doubts else Answer.YES
    return Answer.NO if found.step is Step.COMPARABLE else Answer.CAREFUL


def _why(own: Figure, other: Figure, found: Verdict | None, indicator: Indicator) -> tuple[str, ...]:
    lines = [margin_words(own, indicator)]
    if found is not None:
        limits = gap_range(found.gap, indicator)
        lines.append(f"De 95%-marge van het verschil loopt {limits}. {_RULES[found.step]}")
        lines.append(EXACT if other.region == COUNTRY != own.region else BOTH_UNSURE)
        lines.append(_NOT_MORE.get(found.step, ""))
        lines.append(striking_words(found))
    lines += warnings(own, indicator)
    return tuple(line for line in lines if line)


_RULES = {
    Step.CLEARLY: "Nul (geen verschil) ligt daarbuiten, ook bij de ruimere marge van 99,8%.",
    Step.PROBABLY: "Nul (geen verschil) ligt daarbuiten, maar binnen de ruimere marge van 99,8%.",
    Step.COMPARABLE: "Nul (geen verschil) ligt daarin.",
}
EXACT = "Het landelijke cijfer gaat over zo veel gevallen dat het als vast geldt; deze regio telt erin mee."
BOTH_UNSURE = "Van beide cijfers is de marge meegerekend."
_NOT_MORE = {
    Step.CLEARLY: "‘Duidelijk’ zegt hoe zeker het verschil is, niet hoe groot het is.",
    Step.PROBABLY: "Wie veel cijfers vergelijkt, vindt bij ongeveer 1 op de 20 zo’n verschil dat toeval is.",
}


def _offers(own: Figure, other: Figure, found: Verdict | None, refusal: Refusal | None) -> tuple[str, ...]:
    """What says more when the numbers say little."""
    if refusal is not None:
        return _INSTEAD.get(refusal, ())
    if found is None or found.step is Step.CLEARLY:
        return ()
    is_fixed = other.region in (COUNTRY, own.region)
    return (MORE_YEARS,) if is_fixed else (MORE_YEARS, LARGER_GROUP)


MORE_YEARS = "Kijk naar meer jaren: een trend over vijf jaar kan wel aan te tonen zijn."
LARGER_GROUP = "Vergelijk met een grotere groep of met Nederland: dan is de marge van het verschil kleiner."
_INSTEAD = {
    Refusal.NO_METHOD: COUNT_OFFER,
    Refusal.NO_MARGIN: ("Kies een cijfer waarvan de bron ook de aantallen geeft: dan is er wel een marge.",),
    Refusal.NO_MARGIN_THERE: ("Vergelijk met Nederland: dat cijfer geldt als vast.",),
    Refusal.SHIFTED: ("Vergelijk met een later jaar, of met Nederland.",),
}
