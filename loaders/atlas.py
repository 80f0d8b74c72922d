"""What all comparisons of one edition share: places, sizes, and the variables by which regions are alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.benchmarks import derivable
from app.cross_sections import CrossSection
from app.indicators import Figure
from app.regions import RegionKind
from app.similarity import CARE, LOW_INCOME, PARTS, SINGLE, SIZE, URBAN, YOUNG
from loaders.catalogue import Catalogue
from loaders.cross_sections import load_cross_sections, load_latest_periods
from loaders.places import Places, load_places

KINDS = (RegionKind.GEMEENTE, RegionKind.SWV_PO, RegionKind.SWV_VO)
"""The kinds that are compared in groups."""

_SIZE_OF = {RegionKind.GEMEENTE: "bev-tot", RegionKind.SWV_PO: "deel-sbo-pct", RegionKind.SWV_VO: "ll-vo"}
_YOUNG, _SINGLE, _CARE = "bev-0-25-pct", "eenouder-alle-hh-pct", "jh-pct"
_CARE_COUNT, _YOUNG_COUNT = "jz-natura", "bev-0-25"
_URBAN, _LOW_INCOME = "stedelijkheid", "kind-laag-ink-pct"
_USED = (*_SIZE_OF.values(), _YOUNG, _SINGLE, _CARE, _CARE_COUNT, _YOUNG_COUNT, _URBAN, _LOW_INCOME)

Values = Mapping[str, float]


@dataclass(frozen=True)
class Atlas:
    """Places of all regions, and per kind: region → size, and variable → region → value.

    `moments` says of each kind and variable from which periods its values come, for the explanation.
    """

    places: Places
    sizes: Mapping[RegionKind, Values]
    variables: Mapping[RegionKind, Mapping[str, Values]]
    moments: Mapping[RegionKind, Mapping[str, str]]


def load_atlas(session: Session, version: int, catalogue: Catalogue) -> Atlas:
    """The atlas of one version."""
    indicators = [each for each in catalogue if each.id in _USED]
    sections = {}
    for kind in KINDS:
        periods = load_latest_periods(session, version, kind)
        sections[kind] = load_cross_sections(session, version, indicators, kind, periods)
    sizes = {kind: _sizes(kind, found) for kind, found in sections.items()}
    places = load_places(session, sizes[RegionKind.GEMEENTE])
    made = {kind: _variables(kind, found, sizes[kind], places) for kind, found in sections.items()}
    return Atlas(
        places,
        sizes,
        {kind: {key: values for key, (values, _) in each.items()} for kind, each in made.items()},
        {kind: {key: moment for key, (_, moment) in each.items()} for kind, each in made.items()},
    )


def _sizes(kind: RegionKind, sections: Mapping[str, CrossSection]) -> Values:
    """Pupils of an SWV (the whole of a percentage), inhabitants of a gemeente."""
    section = sections.get(_SIZE_OF[kind])
    if section is None:
        return {}
    return {code: size for code, each in section.figures.items() if (size := _size(each)) is not None}


def _size(figure: Figure) -> float | None:
    ends = figure.denominator_low, figure.denominator_high
    low, high = figure.ends if ends == (None, None) else ends
    return None if low is None or high is None else (low + high) / 2


def _variables(
    kind: RegionKind, sections: Mapping[str, CrossSection], sizes: Values, places: Places
) -> dict[str, tuple[Values, str]]:
    """key of a variable → its values and from which periods they are; those without figures are left out."""
    size = sections.get(_SIZE_OF[kind])
    found = {SIZE.key: (sizes, size.period if size else "")}
    plain = {YOUNG: _YOUNG, SINGLE: _SINGLE, CARE: _CARE, URBAN: _URBAN, LOW_INCOME: _LOW_INCOME}
    for variable, name in plain.items():
        if name in sections:
            found[variable.key] = _middles(sections[name]), sections[name].period
    if CARE.key not in found and {_CARE_COUNT, _YOUNG_COUNT} <= sections.keys():
        found[CARE.key] = _care_per_young(sections[_CARE_COUNT], sections[_YOUNG_COUNT])
    if kind is not RegionKind.GEMEENTE:
        parts = {code: float(len(places.gemeenten.get(code, ()))) for code in places.of_kind(kind)}
        found[PARTS.key] = parts, ""
    return {key: pair for key, pair in found.items() if pair[0]}


def _middles(section: CrossSection) -> Values:
    pairs = {code: derivable(figure) for code, figure in section.figures.items()}
    return {code: (pair[0] + pair[1]) / 2 for code, pair in pairs.items() if pair is not None}


def _care_per_young(care: CrossSection, young: CrossSection) -> tuple[Values, str]:
    """Young people with youth care per hundred inhabitants of 0 to 24, of the years that there are."""
    users, all_young = _middles(care), _middles(young)
    rates = {code: 100 * users[code] / all_young[code] for code in users if all_young.get(code)}
    return rates, f"{care.period} naast inwoners van {young.period}"
