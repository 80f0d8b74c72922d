"""How the regions of now lie in one another: for the groups that a region is compared with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models import GemeenteSwv, Region, RegionMembership
from app.regions import RegionKind, kind_of

_GEMEENTE, _OTHER = aliased(Region), aliased(Region)
_REGIONS = select(Region.code, Region.name).where(Region.valid_to.is_(None), Region.is_national.is_(False))
_MEMBERS = (
    select(_GEMEENTE.code, _OTHER.code)
    .select_from(RegionMembership)
    .join(_GEMEENTE, _GEMEENTE.id == RegionMembership.gemeente_id)
    .join(_OTHER, _OTHER.id == RegionMembership.region_id)
    .where(RegionMembership.last_year.is_(None))
    .order_by(_GEMEENTE.code, _OTHER.code)
)
_SHARES = (
    select(_GEMEENTE.code, _OTHER.code, GemeenteSwv.share)
    .select_from(GemeenteSwv)
    .join(_GEMEENTE, _GEMEENTE.id == GemeenteSwv.gemeente_id)
    .join(_OTHER, _OTHER.id == GemeenteSwv.swv_id)
    .where(GemeenteSwv.last_year.is_(None))
    .order_by(_OTHER.code, _GEMEENTE.code)
)

Inside = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Places:
    """Regions of now, without the national SWVs.

    `home` says in which provincie and jeugdregio a gemeente lies, and an SWV for its largest part: (region,
    kind of the larger one) → its code. `gemeenten` has the parts of an SWV, `swvs` those that cover a
    gemeente, each with the part of the gemeente that they share.
    """

    names: Mapping[str, str]
    home: Mapping[tuple[str, RegionKind], str]
    gemeenten: Inside
    swvs: Inside

    def of_kind(self, kind: RegionKind) -> list[str]:
        """The codes of a kind, sorted."""
        return sorted(code for code in self.names if kind_of(code) is kind)

    def neighbours(self, swv: str) -> list[str]:
        """The SWVs of the same kind that share a gemeente with this one."""
        found = {other for gemeente in self.gemeenten.get(swv, {}) for other in self.swvs[gemeente]}
        return sorted(code for code in found if code != swv and code[:2] == swv[:2] and code in self.names)


def load_places(session: Session, inhabitants: Mapping[str, float]) -> Places:
    """The places of all regions; an SWV's largest part is that with most inhabitants, counted by share."""
    names = {row[0]: row[1] for row in session.execute(_REGIONS)}
    gemeenten: dict[str, dict[str, float]] = defaultdict(dict)
    swvs: dict[str, dict[str, float]] = defaultdict(dict)
    for gemeente, swv, share in session.execute(_SHARES):
        gemeenten[swv][gemeente] = share
        swvs[gemeente][swv] = share
    members = [(gemeente, other) for gemeente, other in session.execute(_MEMBERS) if gemeente in names]
    home = {(gemeente, kind_of(other)): other for gemeente, other in members}
    for swv, parts in gemeenten.items():
        home |= {(swv, kind): code for kind, code in _largest(parts, home, inhabitants)}
    return Places(names, home, dict(gemeenten), dict(swvs))


_LARGER = (RegionKind.PROVINCE, RegionKind.YOUTH_REGION)


def _largest(
    parts: Mapping[str, float], home: Mapping[tuple[str, RegionKind], str], inhabitants: Mapping[str, float]
) -> Iterable[tuple[RegionKind, str]]:
    """Of each kind of larger region the one in which most inhabitants of an SWV live."""
    for kind in _LARGER:
        weights: dict[str, float] = defaultdict(float)
        for gemeente, share in parts.items():
            if (gemeente, kind) in home:
                weights[home[gemeente, kind]] += share * inhabitants.get(gemeente, 1.0)
        if weights:
            yield kind, min(weights, key=lambda code: (-weights[code], code))
