"""What several pages need of regions: their names, the groups of the switch, the line under the name."""

from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy.orm import Session

from app.access import AllowedRegion, Viewer
from app.errors import AccessDenied
from app.indicators import Indicator
from app.regions import KIND_NAMES, SWVS, RegionKind, RegionName
from app.wording import capital, period_label
from layouts.formatting import count, subtitle
from layouts.shell import Group
from loaders import divided, observations
from loaders.areas import load_kind, load_names, load_parts
from loaders.catalogue import Catalogue
from loaders.divided import Recent

SIZES = {
    RegionKind.SWV_PO: ("deel-sbo-pct", "leerlingen"),
    RegionKind.SWV_VO: ("ll-vo", "leerlingen"),
    RegionKind.GEMEENTE: ("bev-tot", "inwoners"),
    RegionKind.PROVINCE: ("bev-tot", "inwoners"),
    RegionKind.COUNTRY: ("bev-tot", "inwoners"),
}
"""The indicator that tells how large a region is (its whole, for a percentage), and what it counts.

A kind that is not named here has no size on screen.
"""


def get_region(session: Session, code: AllowedRegion) -> RegionName:
    """An allowed region with its name.

    Raises:
        AccessDenied: it does not exist.
    """
    found = load_names(session, [code]).get(code)
    if found is None:
        raise AccessDenied
    return found


def recent_reader(
    session: Session, version: int, catalogue: Catalogue, region: RegionName, *, year: str = ""
) -> Callable[..., Recent]:
    """`load_recent` for a region: on the gemeenten of now, or for a dissolved one up to its own end.

    Args:
        year: no figures of later years.
    """
    ends = [each for each in (str(int(year) + 1) if year else None, _end_of(region)) if each]
    before = min(ends, default=None)
    if region.valid_to is not None:
        return partial(observations.load_recent, session, version, [region.code], before=before)
    return partial(divided.load_recent, session, version, region.code, catalogue, before=before)


def _end_of(region: RegionName) -> str | None:
    """For a dissolved region the year before which its periods lie; None for one of now.

    A gemeente that was dissolved on 1 January 2021 has no figure of 2021; Weesp, of 24 March 2022, has one of
    1 January 2022.
    """
    if region.valid_to is None:
        return None
    is_new_year = (region.valid_to.month, region.valid_to.day) == (1, 1)
    return str(region.valid_to.year + (0 if is_new_year else 1))


def open_codes(viewer: Viewer) -> frozenset[str]:
    """Every region whose pages this person may open."""
    return frozenset(viewer.grants) | viewer.related | viewer.known


def load_switch(session: Session, viewer: Viewer, current: RegionName) -> list[Group]:
    """The groups of the region switch: own regions first, then what comes with them; for admins all."""
    names = load_names(session, sorted(open_codes(viewer) if not viewer.known else viewer.grants))
    own = Group("Uw regio’s", [region for code, region in sorted(names.items()) if code in viewer.grants])
    if viewer.known:
        return [own, *_every_kind(session, current)]
    related = sorted((names[code] for code in viewer.related if code in names), key=lambda each: each.name)
    is_one = sum(region.kind in SWVS for region in own.regions) == 1
    gemeenten = (
        "Gemeenten in dit samenwerkingsverband" if is_one else "Gemeenten in uw samenwerkingsverbanden"
    )
    is_one = sum(region.kind is RegionKind.GEMEENTE for region in own.regions) == 1
    swvs = "Samenwerkingsverbanden van deze gemeente" if is_one else "Samenwerkingsverbanden van uw gemeenten"
    return [
        own,
        Group(gemeenten, [region for region in related if region.kind is RegionKind.GEMEENTE]),
        Group(swvs, [region for region in related if region.kind in SWVS]),
    ]


def load_subtitle(session: Session, catalogue: Catalogue, region: RegionName, version: int) -> str:
    """What the region is, how many parts it has and how large it is."""
    parts = load_parts(session, region.code) if region.kind in (*SWVS, RegionKind.GEMEENTE) else []
    indicator_id, noun = SIZES.get(region.kind, ("", ""))
    indicator = catalogue.get(indicator_id)
    if indicator is None:
        return subtitle(region, len(parts), "")
    load = recent_reader(session, version, catalogue, region)
    recent = load(indicators=[indicator.id], periods=1)
    return subtitle(region, len(parts), _size(recent, indicator, region, noun))


def _size(recent: Recent, indicator: Indicator, region: RegionName, noun: str) -> str:
    for figures in recent.values():
        for figure in figures.get(region.code, ()):
            low, high = figure.numerator_low, figure.numerator_high
            if indicator.denominator:
                low, high = figure.denominator_low, figure.denominator_high
            if low is not None:
                when = period_label(figure.period, indicator)
                return f"{count(low, high)} {noun} ({when}{', deels geschat' if figure.estimated else ''})"
    return ""


def _every_kind(session: Session, current: RegionName) -> Iterable[Group]:
    kinds = (RegionKind.COUNTRY, RegionKind.PROVINCE, *SWVS, RegionKind.GEMEENTE)
    groups = [Group(capital(KIND_NAMES[kind][1]), load_kind(session, kind)) for kind in kinds]
    is_listed = any(current.code == region.code for group in groups for region in group.regions)
    return groups if is_listed else [*groups, Group("Opgeheven", [current])]
