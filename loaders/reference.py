"""What a loader must know of regions to place its rows: names, divisions, postcodes, sites, shares.

Without a database: the sandbox gets it as plain data, and starts in half the time.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.regions import NATIONAL_SWVS, RegionKind
from loaders.membership import PUPILS, Membership, Share
from loaders.regions import AreaRow


@dataclass(frozen=True)
class Reference:
    """The region facts of the database, read once per load. Never changed.

    `only_region` is the one region of which a form may hold figures, own figures then; empty for any.
    """

    areas: tuple[AreaRow, ...]
    swv_of_postcode: dict[str, tuple[str | None, str | None]]
    postcode_of_site: dict[str, str]
    shares: tuple[Share, ...]
    memberships: tuple[Membership, ...] = ()
    only_region: str = ""

    @cached_property
    def by_code(self) -> dict[str, AreaRow]:
        """Every area by its code."""
        return {area.code: area for area in self.areas}

    @cached_property
    def _by_name(self) -> dict[str, list[AreaRow]]:
        index: dict[str, list[AreaRow]] = {}
        for area in self.areas:
            if area.kind is RegionKind.GEMEENTE:
                for name in {plain(area.name), plain(_without_place(area.name))}:
                    index.setdefault(name, []).append(area)
        return index

    def gemeente_named(self, name: str, year: int) -> str | None:
        """The code of the one gemeente that had this name on 1 January of `year`; None if there is none.

        `Hengelo` finds `Hengelo (O.)` while no other Hengelo exists; `Bergen` finds none of the two.
        """
        found = [area.code for area in self._by_name.get(plain(name), []) if in_force(area, year)]
        return found[0] if len(found) == 1 else None

    def gemeenten(self, year: int) -> list[str]:
        """The gemeenten of 1 January of `year`, by code."""
        areas = (area for area in self.areas if area.kind is RegionKind.GEMEENTE)
        return sorted(area.code for area in areas if in_force(area, year))

    def swvs(self, kind: RegionKind) -> list[str]:
        """The regional SWVs of a kind, by code."""
        return sorted(
            area.code for area in self.areas if area.kind is kind and area.code not in NATIONAL_SWVS
        )

    def shares_in(self, year: int) -> list[Share]:
        """The shares of gemeenten in SWVs in the division of `year`."""
        return [
            share
            for share in self.shares
            if share.first_year <= year and (share.last_year is None or year <= share.last_year)
        ]

    def members_in(self, kind: RegionKind, year: int) -> list[Share]:
        """The gemeenten in regions of a kind (provincie, jeugdregio, …) on 1 January of `year`, as shares."""
        return [
            each.as_share
            for each in self.memberships
            if each.is_in_force(year) and self.by_code[each.region].kind is kind
        ]

    @property
    def has_postcodes(self) -> bool:
        """Whether the regulation was loaded."""
        return bool(self.swv_of_postcode)

    @property
    def has_sites(self) -> bool:
        """Whether any file with school addresses was loaded."""
        return bool(self.postcode_of_site)

    @property
    def has_weights(self) -> bool:
        """Whether split gemeenten are weighed by pupils rather than by number of postcodes."""
        return any(share.weight_name == PUPILS for share in self.shares)


def in_force(area: AreaRow, year: int) -> bool:
    """Whether an area existed on 1 January of `year`."""
    day = date(year, 1, 1)
    return (area.valid_from is None or area.valid_from <= day) and (
        area.valid_to is None or area.valid_to > day
    )


def _without_place(name: str) -> str:
    """The name without the letters by which CBS tells namesakes apart: `Beek (L.)` → `Beek`."""
    return re.sub(r" \([A-Za-z]+\.\)$", "", name)


def plain(name: str) -> str:
    """A name without case, accents and CBS's marks of kind, to find it under other spellings.

    `'s-Gravenhage (gemeente)` and `S GRAVENHAGE` are alike; so are `Súdwest-Fryslân` and `Sudwest Fryslan`.
    """
    text = name.replace("(gemeente)", "").replace("(PV)", "")
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
