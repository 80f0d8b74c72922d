"""What several pages need of regions: their names, the groups of the switch, the line under the name."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.access import AllowedRegion, Viewer
from app.errors import AccessDenied
from app.indicators import Indicator
from app.regions import KIND_NAMES, RegionKind, RegionName
from app.wording import capital, period_label
from layouts.formatting import count, subtitle
from layouts.shell import Group
from loaders.areas import load_kind, load_names, load_parts
from loaders.catalogue import Catalogue
from loaders.observations import get_published_version, load_recent

SIZES = {
    RegionKind.SWV_PO: ("deel-sbo-pct", "leerlingen"),
    RegionKind.SWV_VO: ("ll-vo", "leerlingen"),
    RegionKind.GEMEENTE: ("bev-tot", "inwoners"),
    RegionKind.PROVINCE: ("bev-tot", "inwoners"),
    RegionKind.COUNTRY: ("bev-tot", "inwoners"),
}
"""The indicator that tells how large a region is (its whole, for a percentage), and what it counts."""

SWVS = (RegionKind.SWV_PO, RegionKind.SWV_VO)


def get_region(session: Session, code: AllowedRegion) -> RegionName:
    """An allowed region with its name.

    Raises:
        AccessDenied: it does not exist.
    """
    found = load_names(session, [code]).get(code)
    if found is None:
        raise AccessDenied
    return found


def published(session: Session) -> int:
    """The version that officers see; 0, which has no figures, before the first publication."""
    return get_published_version(session) or 0


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


def load_subtitle(session: Session, catalogue: Catalogue, region: RegionName) -> str:
    """What the region is, how many parts it has and how large it is."""
    parts = load_parts(session, region.code) if region.kind in (*SWVS, RegionKind.GEMEENTE) else []
    indicator_id, noun = SIZES[region.kind]
    indicator = catalogue.get(indicator_id)
    size = _load_size(session, indicator, region, noun) if indicator else ""
    return subtitle(region, len(parts), size)


def _load_size(session: Session, indicator: Indicator, region: RegionName, noun: str) -> str:
    recent = load_recent(session, published(session), region.code, indicators=[indicator.id], periods=1)
    for figures in recent.values():
        for figure in figures.get(region.code, ()):
            low, high = figure.numerator_low, figure.numerator_high
            if indicator.denominator:
                low, high = figure.denominator_low, figure.denominator_high
            if low is not None:
                return f"{count(low, high)} {noun} ({period_label(figure.period, indicator)})"
    return ""


def _every_kind(session: Session, current: RegionName) -> Iterable[Group]:
    kinds = (RegionKind.COUNTRY, RegionKind.PROVINCE, *SWVS, RegionKind.GEMEENTE)
    groups = [Group(capital(KIND_NAMES[kind][1]), load_kind(session, kind)) for kind in kinds]
    is_listed = any(current.code == region.code for group in groups for region in group.regions)
    return groups if is_listed else [*groups, Group("Opgeheven", [current])]
