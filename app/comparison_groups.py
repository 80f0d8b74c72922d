"""With which regions a region is compared: kinds of groups, their keys in an address, their words: pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.errors import BadInput
from app.regions import RegionKind, is_code, kind_of


class GroupKind(StrEnum):
    """A way to choose regions; the value stands in the address."""

    COUNTRY = "nederland"
    PROVINCE = "provincie"
    YOUTH_REGION = "jeugdregio"
    SIZE = "grootte"
    SIMILAR = "vergelijkbaar"
    SWV = "swv"  # the gemeenten of one SWV, for a gemeente: `swv-PO2707`
    PARTS = "gemeenten"  # the gemeenten of the own SWV: another kind of region
    WHOLES = "swvs"  # the SWVs of the own gemeente, another kind of region: `swvs-po`
    NEAR = "buren"  # for an SWV: those that share a gemeente with it
    OWN = "eigen"  # a saved one: `eigen-12`
    PAST = "verleden"


class GroupKey(NamedTuple):
    """What an address asks for; `which` is a region code for SWV, a number for OWN, else empty."""

    kind: GroupKind
    which: str = ""

    def __str__(self) -> str:
        return f"{self.kind}-{self.which}" if self.which else str(self.kind)


def parse_key(text: str) -> GroupKey:
    """The key in an address; nothing means the country.

    Raises:
        BadInput: no group is called so.
    """
    name, _, which = (text or GroupKind.COUNTRY).partition("-")
    kind = next((each for each in GroupKind if each.value == name), None)
    is_number = which.isascii() and which.isdecimal() and 0 < len(which) <= 9
    is_swv = is_code(which) and kind_of(which) in (RegionKind.SWV_PO, RegionKind.SWV_VO)
    forms = {GroupKind.SWV: is_swv, GroupKind.OWN: is_number, GroupKind.WHOLES: which in ("po", "vo")}
    if kind is None or not forms.get(kind, not which):
        raise BadInput(UNKNOWN)
    return GroupKey(kind, which)


UNKNOWN = "Deze groep om mee te vergelijken bestaat niet. Kies een andere groep."


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """A group as a page uses it. `codes` never holds the own region; `words` stands inside a sentence.

    The country is no list of regions: its published figure is the benchmark. Of the own past the list is
    empty too. `note` says how the group was made, or why it is empty.
    """

    key: GroupKey
    label: str
    words: str
    kind: RegionKind
    codes: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_pool(self) -> bool:
        """Whether it stands for a group of regions, of which a mean can be made."""
        return self.key.kind not in (GroupKind.COUNTRY, GroupKind.PAST)


MIN_MEMBERS = 2
TOO_SMALL = "In deze groep is naast uw regio {count}. Een gemiddelde zegt dan niets; kies een grotere groep."
ONE, NONE = "maar één andere regio", "geen andere regio"


def why_too_small(group: PeerGroup) -> str:
    """A sentence where a group has too few others to be a benchmark; '' where it is large enough."""
    if not group.is_pool or len(set(group.codes)) >= MIN_MEMBERS:
        return ""
    if not group.codes and group.note:
        return group.note
    return TOO_SMALL.format(count=ONE if group.codes else NONE)
