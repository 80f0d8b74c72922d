"""Which regions look like a region, and in what: pure.

METHODS, comparison groups: within one kind, D = √(Σ wₖ (zᵢₖ − zⱼₖ)²), sizes as logarithms, the ten nearest,
never with the outcome itself among the variables. The same figures and weights always give the same ten.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log, sqrt
from statistics import fmean
from typing import NamedTuple

from app.errors import BadInput
from app.regions import NATIONAL_SWVS

NEAREST = 10
NO_SIMILAR = (
    "Er zijn te weinig gegevens om regio’s te vinden die op de uwe lijken. Laat andere kenmerken meetellen."
)
MAX_WEIGHT = 3
DIGITS = 9
"""What differs only behind these decimals, in values or distances, differs by the rounding of floats."""

LIKE, UNLIKE = 0.5, 1.0
"""From how many standard deviations apart two regions are no longer alike, and are told to differ."""


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that regions are compared by.

    `indicators` are those that say the same thing, are a part of it, or are made of it: it is never used when
    one of them is the outcome. `more` and `less` say what a higher or lower value means of another region.
    """

    key: str
    label: str
    indicators: tuple[str, ...]
    more: str
    less: str
    is_size: bool = False


SIZE = Variable(
    "grootte",
    "Grootte",
    ("bev-tot", "bev-0-25", "ll-bao", "ll-sbo", "ll-vo"),
    "groter",
    "kleiner",
    is_size=True,
)
YOUNG = Variable(
    "jong",
    "Deel 0 tot en met 24 jaar",
    (
        "bev-0-25",
        "bev-0-25-pct",
        "bev-0-18-pct",
        "bev-0-4-pct",
        "bev-4-12-pct",
        "bev-12-18-pct",
        "bev-18-23-pct",
        "groene-druk",
        "geboorte-1000",
        "bev-prog-0-20",
    ),
    "meer jeugd",
    "minder jeugd",
)
SINGLE = Variable(
    "eenouder",
    "Eenoudergezinnen",
    ("eenouder-hh", "eenouder-alle-hh-pct", "eenouder-hh-pct", "kind-eenouder-pct"),
    "meer eenoudergezinnen",
    "minder eenoudergezinnen",
)
CARE = Variable(
    "jeugdhulp",
    "Gebruik van jeugdhulp",
    (
        *("jh-pct", "jh-4-12-pct", "jh-verblijf-pct", "jh-zv-pct", "jh-wijkteam-pct", "jh-pgb-pct"),
        *("jh-verw-gem-pct", "jh-verw-ha-pct", "jh-verw-geen-pct", "jh-herhaald-pct", "jh-voortijdig-pct"),
        *("jh-crisis-pct", "jh-duur-dagen", "jh-kosten-jeugdige", "pleegzorg-10000"),
        *("jb-pct", "jb-verblijf-pct", "jr-pct", "jz-natura", "jz-trajecten", "jz-pct"),
        *("jz-po-pct", "jz-sbo-pct", "jz-so-pct", "jz-vo-pct", "jz-vso-pct", "jz-pro-pct", "jz-mbo-pct"),
        "jz-spec-hist",
    ),
    "meer jeugdhulp",
    "minder jeugdhulp",
)
PARTS = Variable("gemeenten", "Aantal gemeenten", (), "meer gemeenten", "minder gemeenten", is_size=True)
URBAN = Variable(
    "stedelijk", "Stedelijkheid", ("stedelijkheid",), "stedelijker", "minder stedelijk", is_size=True
)
LOW_INCOME = Variable(
    "laag-inkomen",
    "Kinderen in een gezin met een laag inkomen",
    ("kind-laag-ink-pct", "kind-langd-laag-pct", "kind-bijstand-pct", "laag-ink-hh-pct", "impulsgebied-pct"),
    "meer lage inkomens",
    "minder lage inkomens",
)
VARIABLES = (SIZE, YOUNG, SINGLE, CARE, PARTS, URBAN, LOW_INCOME)
"""In the order in which the page offers them; each takes part where the loaded figures have it."""

Weights = Mapping[str, int]
STANDARD: Weights = {variable.key: 1 for variable in VARIABLES}
"""Every variable counts alike unless a person chooses otherwise."""


class Part(NamedTuple):
    """How one variable sets two regions apart: z of the other minus z of the own, and its part of D²."""

    variable: Variable
    gap: float
    share: float


class Neighbour(NamedTuple):
    """A region of the same kind, how far off it is, and by what."""

    code: str
    distance: float
    parts: Sequence[Part]

    @property
    def alike(self) -> list[Part]:
        """In what it hardly differs, the closest first."""
        return sorted((part for part in self.parts if abs(part.gap) < LIKE), key=lambda part: abs(part.gap))

    @property
    def different(self) -> list[Part]:
        """In what it clearly differs, the largest first."""
        return sorted(
            (part for part in self.parts if abs(part.gap) >= UNLIKE), key=lambda part: -abs(part.gap)
        )


@dataclass(frozen=True)
class Similar:
    """The nearest regions, the variables that took part and those that could not, with the reason."""

    neighbours: Sequence[Neighbour]
    used: Sequence[Variable]
    left_out: Mapping[str, str]  # key of the variable → reason as a sentence

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, nearest first."""
        return tuple(each.code for each in self.neighbours)


def parse_weights(text: str) -> dict[str, int]:
    """The weights in an address, `1-1-0-2-1-1-1`, in the order of `VARIABLES`; nothing is the standard.

    Raises:
        BadInput: a weight is no whole number from 0 to 3, or all are 0, or there are too many.
    """
    if not text:
        return dict(STANDARD)
    parts = text.split("-")
    is_whole = all(part.isascii() and part.isdecimal() and len(part) == 1 for part in parts)
    if not is_whole or len(parts) != len(VARIABLES) or max(map(int, parts)) > MAX_WEIGHT:
        raise BadInput(BAD_WEIGHTS)
    if not any(map(int, parts)):
        raise BadInput(NO_WEIGHTS)
    return {variable.key: int(part) for variable, part in zip(VARIABLES, parts, strict=True)}


BAD_WEIGHTS = "Een gewicht is een heel getal van 0 tot en met 3. Kies voor elk kenmerk opnieuw."
NO_WEIGHTS = (
    "Alle kenmerken staan op 0: dan lijkt elke regio evenveel op de uwe. Laat er ten minste één meetellen."
)


def weights_text(weights: Weights) -> str:
    """The weights as an address has them; '' for the standard."""
    text = "-".join(str(weights[variable.key]) for variable in VARIABLES)
    return "" if text == "-".join(["1"] * len(VARIABLES)) else text


def similar(
    own: str,
    values: Mapping[str, Mapping[str, float]],
    weights: Weights = STANDARD,
    *,
    outcome: str = "",
    count: int = NEAREST,
) -> Similar:
    """The regions nearest to `own`, by code where they are equally near.

    Args:
        values: key of a variable → region → its value; every region of one kind that has it.
        outcome: the indicator in view; variables that are made of it take no part.

    A region that lacks one of the variables in use is left out: a distance over fewer would look smaller. A
    variable that fewer than half of the regions have would leave out most of them, and takes no part itself.
    """
    usable = {each.key: _usable(values.get(each.key, {}), is_size=each.is_size) for each in VARIABLES}
    fewest = MIN_KNOWN * len(set().union(*usable.values()))
    left_out = {
        each.key: reason
        for each in VARIABLES
        if (reason := _chosen_out(each, weights, outcome) or _unusable(usable[each.key], own, fewest))
    }
    used = [each for each in VARIABLES if each.key not in left_out]
    scores = {each.key: _scores(usable[each.key]) for each in used}
    known = set.intersection(*(set(scores[each.key]) for each in used)) if used else set()
    found = [_neighbour(own, code, used, scores, weights) for code in sorted(known - {own})]
    found.sort(key=lambda each: (round(each.distance, DIGITS), each.code))
    return Similar(found[:count] if own in known else [], used, left_out)


MIN_KNOWN = 0.5
"""Which part of the regions must have a variable before it can say who is alike."""


def _chosen_out(variable: Variable, weights: Weights, outcome: str) -> str:
    if weights[variable.key] == 0:
        return "U liet dit kenmerk niet meetellen."
    if outcome and outcome in variable.indicators:
        return "Telt niet mee: het zegt hetzelfde als het cijfer dat u bekijkt, of een deel ervan."
    return ""


def _unusable(values: Mapping[str, float], own: str, fewest: float) -> str:
    if own not in values:
        return "Hier zijn voor uw regio geen gegevens over geladen."
    if len(values) < fewest:
        return "Dit is van minder dan de helft van de regio’s bekend."
    return "" if _spread(values) > 0 else "Dit kenmerk is bij alle regio’s gelijk."


def _usable(values: Mapping[str, float], *, is_size: bool) -> dict[str, float]:
    """By region what can be compared, of sizes the logarithm; in a fixed order, so that sums never differ."""
    known = {
        code: values[code]
        for code in sorted(values.keys() - NATIONAL_SWVS)
        if isfinite(values[code]) and (values[code] > 0 or not is_size)
    }
    return {code: log(value) if is_size else value for code, value in known.items()}


def _spread(values: Mapping[str, float]) -> float:
    """The standard deviation over the regions of the kind; nothing where all are equal but for rounding."""
    mean = fmean(values.values())
    deviation = sqrt(fmean((value - mean) ** 2 for value in values.values()))
    return deviation if deviation > 10**-DIGITS * abs(mean) else 0.0


def _scores(values: Mapping[str, float]) -> dict[str, float]:
    mean, deviation = fmean(values.values()), _spread(values)
    return {code: (value - mean) / deviation for code, value in values.items()}


def _neighbour(
    own: str,
    code: str,
    used: Sequence[Variable],
    scores: Mapping[str, Mapping[str, float]],
    weights: Weights,
) -> Neighbour:
    gaps = {each.key: scores[each.key][code] - scores[each.key][own] for each in used}
    squares = {key: weights[key] * gap**2 for key, gap in gaps.items()}
    total = sum(squares.values())
    parts = [Part(each, gaps[each.key], squares[each.key] / total if total else 0.0) for each in used]
    return Neighbour(code, sqrt(total), parts)


def size_classes(sizes: Mapping[str, float], classes: int = 5) -> dict[str, int]:
    """Region → class 1 (smallest) to 5, of equal number: 76 SWVs → 16, 15, 15, 15, 15. Ties go by code."""
    order = sorted(sizes, key=lambda code: (sizes[code], code))
    return {code: 1 + place * classes // len(order) for place, code in enumerate(order)}


def in_class(sizes: Mapping[str, float], own: str, among: Collection[str]) -> tuple[str, ...]:
    """The regions of the own size class; nothing where the own size is not known."""
    found = size_classes({code: size for code, size in sizes.items() if code in among})
    return tuple(sorted(code for code, each in found.items() if each == found.get(own)))
