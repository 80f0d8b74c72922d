"""“Mag ik dit zeggen?”: the sentence about a difference that holds, why, and what would say more: pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.indicators import CellStatus, Figure, Indicator, PeriodStatus
from app.regions import COUNTRY, RegionName
from app.sentences.figures import STATUS_WORDS, level, value_words, warnings
from app.sentences.verdicts import Beside, gap_range, margin_words, verdict_words
from app.verdicts import Step, Verdict, estimate


class Answer(StrEnum):
    """What the page says above the sentence."""

    YES = "Ja, dit mag u zeggen"
    CAREFUL = "Ja, met dit voorbehoud"
    NO = "Nee, een verschil is niet aan te tonen"
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

    Every doubt that belongs to the figures (provisional, estimated, bounds) stands in the sentence itself: it
    is copied and said aloud without the page around it.
    """
    first = level(own, indicator, region, period)
    if own is None or own.status in (CellStatus.MISSING, CellStatus.HIDDEN) or own.low is None:
        return Claim(Answer.UNKNOWN, first, (NO_OWN,), OTHER_PERIOD)
    alone = f"{first}{_doubts(own, None)}"
    if beside.figure is None or value_words(beside.figure, indicator)[:1] not in _STARTS:
        return Claim(Answer.UNKNOWN, alone, (NO_OTHER.format(name=beside.than),), OTHER_GROUP)
    words = verdict_words(own, beside, found, indicator)
    if indicator.is_counted_total or not words:
        return Claim(Answer.CAREFUL, alone, (COUNT_ONLY,), COUNT_OFFER)
    why, offers = _why(own, beside, found, indicator), _offers(own, found, indicator)
    return Claim(_answer(found), f"{first} {words}{_doubts(own, beside.figure)}", why, offers)


_STARTS = tuple("0123456789−€mt")
NO_OWN = "Voor deze regio en periode is er geen cijfer dat getoond mag worden."
NO_OTHER = "Van {name} is er voor deze periode geen cijfer om naast te leggen."
COUNT_ONLY = (
    "Een aantal hangt af van de grootte van de regio. Hoger of lager dan een ander zegt dan niets over de "
    "kinderen zelf."
)
OTHER_PERIOD = ("Kies een andere periode, of een regio of groep waarvan er wel een cijfer is.",)
OTHER_GROUP = ("Kies een andere groep of een andere periode.",)
COUNT_OFFER = ("Kies een cijfer dat een aandeel is, of een aantal per 1.000.",)


def _answer(found: Verdict | None) -> Answer:
    if found is None:
        return Answer.CAREFUL
    return {Step.CLEARLY: Answer.YES, Step.PROBABLY: Answer.CAREFUL, Step.COMPARABLE: Answer.NO}[found.step]


def _doubts(own: Figure, other: Figure | None) -> str:
    """What must be said with the sentence: how final and how exact its figures are."""
    both = [each for each in (own, other) if each is not None]
    words = []
    statuses = {each.period_status for each in both} - {PeriodStatus.FINAL}
    if statuses:
        name = "voorlopig" if PeriodStatus.PROVISIONAL in statuses else STATUS_WORDS[statuses.pop()]
        words.append(f"Het cijfer is {name}.")
    if any(each.estimated > 0 for each in both):
        words.append("Het is deels geschat.")
    if any(each.low != each.high for each in both):
        words.append("Kleine aantallen zijn verborgen; daarom zijn het grenzen.")
    return "".join(f" {each}" for each in words)


def _why(own: Figure, beside: Beside, found: Verdict | None, indicator: Indicator) -> tuple[str, ...]:
    lines = [margin_words(own, indicator)]
    if found is not None:
        lines.append(f"Het verschil ligt {gap_range(found.gap, indicator)} (95%). {_RULES[found.step]}")
        is_country = beside.figure is not None and beside.figure.region == COUNTRY
        lines.append(EXACT if is_country else BOTH_UNSURE)
    lines += warnings(own, indicator)
    return tuple(line for line in lines if line)


_RULES = {
    Step.CLEARLY: "Ook bij de strengste grens (99,8%) blijft er een verschil over.",
    Step.PROBABLY: "Bij de strengste grens (99,8%) kan het verschil ook nul zijn.",
    Step.COMPARABLE: "Nul hoort daarbij.",
}
EXACT = "Het landelijke cijfer gaat over alle kinderen en geldt als precies; uw regio telt daarin mee."
BOTH_UNSURE = "Van beide cijfers is de marge meegerekend."


def _offers(own: Figure, found: Verdict | None, indicator: Indicator) -> tuple[str, ...]:
    """What says more when the numbers say little."""
    if found is None:
        return () if estimate(own, indicator) else (OTHER_FIGURE,)
    if found.step is Step.CLEARLY:
        return ()
    return MORE_YEARS, LARGER_GROUP


OTHER_FIGURE = "Kies een cijfer waarvan de bron ook de aantallen geeft: dan is er wel een marge."
MORE_YEARS = "Kijk naar meer jaren: een trend over vijf jaar kan wel aan te tonen zijn."
LARGER_GROUP = "Vergelijk met een grotere groep of met Nederland: dan is de marge kleiner."
