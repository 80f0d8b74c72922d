"""Figures that a region brings itself: read, kept, taken back, and shown to others only as a group value.

They are no part of any version: what a region brings counts at once for that region, and for nobody else
until `app.disclosure` lets a group be shown. Every function takes a region that passed `app.access`.
"""

from app.indicators import Indicator
from app.regions import RegionKind
from loaders.catalogue import Catalogue


def own_indicators(catalogue: Catalogue, kind: RegionKind) -> list[Indicator]:
    """The indicators that a region of this kind may fill itself, in the catalogue's order."""
    return [each for each in catalogue if each.own_figures and kind in each.levels]
