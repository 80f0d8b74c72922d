"""Region facts as plain rows, read from a file without a database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from loaders import duo, listings, regions
from loaders.duo import SiteRow
from loaders.files import Bundle, Problem
from loaders.listings import Listing
from loaders.regions import AreaRow, PostcodeRow, SuccessionRow
from loaders.regulation import read_any_regulation


@dataclass(frozen=True)
class Facts:
    """What one file says about regions; a file fills one kind of row, areas with their successions."""

    areas: tuple[AreaRow, ...] = ()
    successions: tuple[SuccessionRow, ...] = ()
    postcodes: tuple[PostcodeRow, ...] = ()
    sites: tuple[SiteRow, ...] = ()
    listing: Listing | None = None
    problems: tuple[Problem, ...] = ()


def parse_areas(bundle: Bundle) -> Facts:
    """The code list of the CBS."""
    (content,) = bundle.members.values()
    areas, successions = regions.read_area_codes(content)
    return Facts(areas=tuple(areas), successions=tuple(successions))


def parse_regulation(bundle: Bundle) -> Facts:
    """The postcodes of samenwerkingsverbanden."""
    rows, problems = read_any_regulation(bundle)
    return Facts(postcodes=tuple(rows), problems=tuple(problems))


def parse_regioatlas(bundle: Bundle) -> Facts:
    """Which region each gemeente lies in."""
    listing, problems = listings.read_regioatlas(bundle)
    return Facts(listing=listing, problems=tuple(problems))


def parse_outlines(bundle: Bundle) -> Facts:
    """The gemeenten on a map."""
    listing, problems = listings.read_outlines(bundle)
    return Facts(listing=listing, problems=tuple(problems))


def _sites(read: Callable[[Bundle], list[SiteRow]]) -> Callable[[Bundle], Facts]:
    return lambda bundle: Facts(sites=tuple(read(bundle)))


PARSERS: Mapping[str, Callable[[Bundle], Facts]] = {
    "cbs-regiocodes": parse_areas,
    "regeling-swv": parse_regulation,
    "duo-adressen-po": _sites(lambda bundle: duo.read_po_addresses(bundle.table)),
    "duo-adressen-vo": _sites(lambda bundle: duo.read_vo_addresses(bundle.table)),
    "scholen-geo": _sites(duo.read_school_points),
    "regioatlas": parse_regioatlas,
    "cbs-gemeentenlijst": lambda bundle: Facts(listing=listings.read_alphabetical(bundle)),
    "gemeente-omtrekken": parse_outlines,
}
"""profile → the reader of its rows."""
