"""Where school sites lie: by their own postcode, else by their gemeente, else by a share of it: pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from app.errors import LoadRefused
from app.regions import COUNTRY, KIND_NAMES, RegionKind
from loaders.files import Problem, Severity
from loaders.reference import Reference

SWV_KINDS = {
    "BO": (RegionKind.SWV_PO,),
    "SBO": (RegionKind.SWV_PO,),
    "SO": (RegionKind.SWV_PO,),
    "VSO": (RegionKind.SWV_VO,),
    "SO/VSO": (RegionKind.SWV_PO, RegionKind.SWV_VO),
}
"""The kinds of SWV that a kind of school belongs to."""

POSTCODE, GEMEENTE, SHARE = "postcode", "gemeente", "share"


@dataclass(frozen=True)
class Placement:
    """Which regions each site counts for.

    `links`: one row per site and region; `site` (position in the file), `kind`, `region`, `weight` (0–1),
    `route` (postcode, gemeente, share). `regions`: the regions that get a figure, also a zero, per kind of
    school. `without_swv`: how many sites of a gemeente lie in no SWV of a kind.
    """

    links: pd.DataFrame
    regions: dict[str, list[str]]
    unplaced: int
    without_swv: dict[tuple[str, RegionKind], int] = field(default_factory=dict)

    def totals(self, low: np.ndarray, high: np.ndarray, kind: str, years: list[str]) -> pd.DataFrame:
        """One kind of school: `region`, `period`, both numerator bounds, `estimated`, `indirect`.

        Raises:
            LoadRefused: a site lies in a gemeente of which the shares in SWVs are not known.
        """
        links = self.links[self.links["kind"] == kind]
        weight = links["weight"].to_numpy()[:, None]
        part_low, part_high = low[links["site"]] * weight, high[links["site"]] * weight
        route = links["route"].to_numpy()[:, None]
        measures = {
            "numerator_low": part_low,
            "numerator_high": part_high,
            "estimated": np.where(route == SHARE, part_low, 0.0),
            "indirect": np.where(route != POSTCODE, part_low, 0.0),
        }
        regions = self.regions[kind]
        position = pd.Index(regions).get_indexer(pd.Index(links["region"]))
        if (position < 0).any():
            raise LoadRefused("Van een gemeente is niet bekend in welk samenwerkingsverband zij ligt.")
        sums = {name: _sum_rows(values, position, len(regions)) for name, values in measures.items()}
        return _long(sums, regions, years)

    def problems(self, file: str) -> Iterator[Problem]:
        """How many sites reached their SWV another way than by their own postcode."""
        swv = self.links[self.links["region"].str.startswith(("PO", "VO"))]
        for route, words in (
            (GEMEENTE, "via hun gemeente, die in één samenwerkingsverband ligt"),
            (SHARE, "naar het aandeel van hun gemeente in elk samenwerkingsverband (deels geschat)"),
        ):
            count = swv[swv["route"] == route]["site"].nunique()
            if count:
                sentence = f"{count} vestigingen zonder postcode in de regeling zijn toegerekend {words}."
                yield Problem(sentence, Severity.NOTE, file)
        for (gemeente, kind), count in sorted(self.without_swv.items()):
            sentence = (
                f"{count} vestigingen in {gemeente} liggen in geen {KIND_NAMES[kind][0]}: daarvoor is van "
                "die gemeente geen verdeling bekend. Zij tellen wel in de gemeente en landelijk mee."
            )
            yield Problem(sentence, Severity.WARNING, file)
        if self.unplaced:
            sentence = (
                f"{self.unplaced} vestigingen in een onbekende gemeente (9999) tellen alleen landelijk mee."
            )
            yield Problem(sentence, Severity.WARNING, file)


def _sum_rows(values: np.ndarray, position: np.ndarray, size: int) -> np.ndarray:
    sums = np.zeros((size, values.shape[1]))
    np.add.at(sums, position, values)
    return sums


def _long(sums: dict[str, np.ndarray], regions: list[str], years: list[str]) -> pd.DataFrame:
    low = sums["numerator_low"]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = {name: np.nan_to_num(sums[name] / low) for name in ("estimated", "indirect")}
    return pd.DataFrame(
        {
            "region": np.repeat(regions, len(years)),
            "period": np.tile(years, len(regions)),
            "numerator_low": low.ravel(),
            "numerator_high": sums["numerator_high"].ravel(),
            "estimated": parts["estimated"].ravel(),
            "indirect": parts["indirect"].ravel(),
        }
    )


def place_sites(sites: pd.DataFrame, reference: Reference) -> Placement:
    """The regions of each site; `sites` has `brin6`, `kind` and `gemeente` (a code of today, or None)."""
    shares = _shares_of_today(reference)
    links: list[tuple[int, str, str, float, str]] = []
    unplaced, without_swv = 0, Counter[tuple[str, RegionKind]]()
    for site, (brin6, kind, gemeente) in enumerate(
        zip(sites["brin6"], sites["kind"], sites["gemeente"], strict=True)
    ):
        links.append((site, kind, COUNTRY, 1.0, POSTCODE))
        if not isinstance(gemeente, str):
            unplaced += 1
            continue
        links.append((site, kind, gemeente, 1.0, POSTCODE))
        for swv_kind in SWV_KINDS[kind]:
            routes = _routes(brin6, gemeente, swv_kind, reference, shares)
            without_swv[gemeente, swv_kind] += not routes
            links += [(site, kind, region, weight, route) for region, weight, route in routes]
    frame = pd.DataFrame(links, columns=["site", "kind", "region", "weight", "route"])
    gemeenten = sorted({gemeente for gemeente, _ in shares})
    regions = {
        kind: [COUNTRY, *gemeenten, *(code for swv_kind in kinds for code in reference.swvs(swv_kind))]
        for kind, kinds in SWV_KINDS.items()
    }
    return Placement(frame, regions, unplaced, dict(+without_swv))


Shares = dict[tuple[str, RegionKind], list[tuple[str, float, bool]]]


def _shares_of_today(reference: Reference) -> Shares:
    shares: Shares = {}
    for share in reference.shares:
        if share.last_year is None:
            kind = RegionKind.SWV_PO if share.swv.startswith("PO") else RegionKind.SWV_VO
            shares.setdefault((share.gemeente, kind), []).append((share.swv, share.share, share.is_whole))
    return shares


def _routes(
    brin6: str, gemeente: str, kind: RegionKind, reference: Reference, shares: Shares
) -> list[tuple[str, float, str]]:
    pc4 = reference.postcode_of_site.get(brin6)
    pair = reference.swv_of_postcode.get(pc4, (None, None)) if pc4 else (None, None)
    swv = pair[0] if kind is RegionKind.SWV_PO else pair[1]
    if swv:
        return [(swv, 1.0, POSTCODE)]
    parts = shares.get((gemeente, kind), [])
    if len(parts) == 1:
        return [(parts[0][0], 1.0, GEMEENTE)]
    return [(code, share, SHARE) for code, share, _ in parts if share > 0]
