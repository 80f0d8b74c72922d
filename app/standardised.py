"""What a region would have if each group of its children did as in the whole country: pure.

Indirect standardisation (METHODS, Standardised ratio). It needs groups that together are all children: shares
of one and the same whole, such as the kinds of funding of all pupils in special schools, are no such groups.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app import statistics
from app.indicators import TOTAL, Breakdown, CellStatus, Figure, Indicator
from app.regions import COUNTRY
from app.statistics import Z998, Ratio
from app.statistics.expected import Stratum
from app.verdicts import MOST_SHIFTED, Margin, Step, margin_of

MOST_MISSED = 0.01
"""Rounded counts, and the few children whose group is unknown, may miss the total by this part of it."""

Counts = tuple[float, float]
"""Numerator and denominator, both exact."""


class Obstacle(StrEnum):
    """Why there is no expected number."""

    NO_MARGIN = "geen marge"
    NOT_COMPLETE = "niet volledig"
    HIDDEN = "verborgen"
    ESTIMATED = "geschat"
    OTHER_PERIOD = "andere periode"
    NO_GROUPS = "geen groepen"
    NOTHING = "niets te verwachten"


def expected(
    own: Mapping[str, Figure], country: Mapping[str, Figure], breakdown: Breakdown, indicator: Indicator
) -> Ratio | None:
    """Observed against expected, with 95% limits; None where `why_not_expected` has a reason.

    100 boys where 300 of 3000 have it and 80 girls where 120 of 2400 do: 14 expected; 21 is 1.5 times that
    (0.93 to 2.29).

    Args:
        own, country: category code → figure of one period; with the undivided figure under `TOTAL`, by which
            the groups are checked to be all children.
    """
    if why_not_expected(own, country, breakdown, indicator) is not None:
        return None
    observed, strata = _observed_and_strata(own, country, breakdown)
    return statistics.standardised_ratio(observed, strata)


def why_not_expected(
    own: Mapping[str, Figure], country: Mapping[str, Figure], breakdown: Breakdown, indicator: Indicator
) -> Obstacle | None:
    """The reason for which `expected` gives nothing; None where it gives something."""
    if margin_of(indicator) is Margin.NONE:
        return Obstacle.NO_MARGIN
    codes = [TOTAL, *(category.code for category in breakdown.categories)]
    here, there = ([given[code] for code in codes if code in given] for given in (own, country))
    if found := _lacks(here, there, len(codes)):
        return found
    if not _is_all(own, breakdown, place=1) or not all(_is_all(country, breakdown, place=p) for p in (0, 1)):
        return Obstacle.NO_GROUPS
    _, strata = _observed_and_strata(own, country, breakdown)
    return None if _can_expect(strata) else Obstacle.NOTHING


def _lacks(here: Sequence[Figure], there: Sequence[Figure], wanted: int) -> Obstacle | None:
    """What is wrong with the figures of the region and of the country by themselves."""
    both = [*here, *there]
    if any(each.status in (CellStatus.HIDDEN, CellStatus.PARTLY_HIDDEN) for each in both):
        return Obstacle.HIDDEN
    if any(max(each.estimated, each.indirect) > MOST_SHIFTED for each in both):
        return Obstacle.ESTIMATED
    if len(here) < wanted or len(there) < wanted or any(_counts(each) is None for each in both):
        return Obstacle.NOT_COMPLETE
    regions, countries = {each.region for each in here}, {each.region for each in there}
    is_paired = len(regions) == 1 and countries == {COUNTRY} != regions
    is_one_period = len({each.period for each in both}) == 1
    return None if is_paired and is_one_period else Obstacle.OTHER_PERIOD


def _counts(figure: Figure) -> Counts | None:
    """Exact counts; a group without any child is one too."""
    least, most, smallest, largest = figure[3:7]
    if figure.status is not CellStatus.PRESENT or figure.value is not None or least is None or least < 0:
        return None
    is_exact = least == most and smallest == largest
    return (least, smallest) if is_exact and smallest is not None and smallest >= 0 else None


def _is_all(given: Mapping[str, Figure], breakdown: Breakdown, *, place: int) -> bool:
    """Whether the groups together are the total, in numerators (place 0) or denominators (1)."""
    total = _counts(given[TOTAL])
    parts = [_counts(given[category.code]) for category in breakdown.categories]
    if total is None or None in parts:
        return False
    gap = abs(sum(part[place] for part in parts if part is not None) - total[place])
    return gap <= MOST_MISSED * total[place]


def _observed_and_strata(
    own: Mapping[str, Figure], country: Mapping[str, Figure], breakdown: Breakdown
) -> tuple[float, list[Stratum]]:
    """The events of the region, and per group its children, events and children of the country."""
    observed = (_counts(own[TOTAL]) or (0.0, 0.0))[0]
    strata = []
    for category in breakdown.categories:
        here, there = _counts(own[category.code]), _counts(country[category.code])
        if here is not None and there is not None:
            strata.append((here[1], *there))
    return observed, strata


def _can_expect(strata: Sequence[Stratum]) -> bool:
    if any(children > 0 and total == 0 for children, _, total in strata):
        return False
    return statistics.expected_events(strata) > 0


def step_of(found: Ratio) -> tuple[Step, int]:
    """How sure it is that the observed number is not the expected one, and the side: 1 for more, −1 for less.

    The three steps of METHODS: 95% and 99.8% limits of the observed number beside the expected one, which
    counts as exact.
    """
    if found.low <= 1 <= found.high:
        return Step.COMPARABLE, 0
    low, high = statistics.poisson(found.ratio * found.expected, Z998)
    is_sure = not low <= found.expected <= high
    return Step.CLEARLY if is_sure else Step.PROBABLY, 1 if found.ratio > 1 else -1
