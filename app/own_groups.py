"""Groups of regions that a person made to compare with: what a group may be, and how one is found. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from app.comparison_groups import GroupKind
from app.errors import SelectionRefused
from app.names import clean, name_problem, same_key
from app.regions import KIND_NAMES, RegionKind, RegionName
from app.wording import listing

LEAST_REGIONS, MOST_REGIONS = 2, 50
MOST_GROUPS = 30
MAX_ORIGIN = 400
PREFIX = f"{GroupKind.OWN}-"
"""Stands before the number of an own group where an address names a group to compare with."""

_LAST_ID = 2**31 - 1
_TOLD = 5
"""So many odd codes or names are told one by one."""


@dataclass(frozen=True, slots=True)
class OwnComparisonGroup:
    """A kept group. `codes` are sorted; `origin` tells how it began, where the dashboard chose it."""

    id: int
    name: str
    kind: RegionKind
    codes: tuple[str, ...]
    origin: str
    changed_at: datetime

    @property
    def stamp(self) -> str:
        """What a form about the group was made from: it differs after every change."""
        return f"{self.changed_at:%Y%m%d%H%M%S%f}"

    @property
    def choice(self) -> str:
        """How an address names the group: `eigen-7`."""
        return f"{PREFIX}{self.id}"


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A group that passed `check_group` and may be kept."""

    name: str
    kind: RegionKind
    codes: tuple[str, ...]
    origin: str = ""

    def is_kept_as(self, group: OwnComparisonGroup) -> bool:
        """Whether keeping it would change nothing: somebody pressed the button twice."""
        return (self.name, self.kind, self.codes) == (group.name, group.kind, group.codes)


class GroupMoved(SelectionRefused):
    """The group was changed in another window after this form was made."""

    def __init__(self) -> None:
        super().__init__(
            {
                "naam": "Deze groep is intussen in een ander venster gewijzigd. Er is niets opgeslagen. "
                "Hieronder staat wat u hier koos. Bewaar het nog eens om het andere te vervangen."
            }
        )


def check_group(
    name: str, codes: Iterable[str], origin: str, *, kind: RegionKind, known: Mapping[str, RegionName]
) -> GroupDraft:
    """A group from a form.

    Args:
        known: code → every region of the kind, dissolved ones too.

    Raises:
        SelectionRefused: with every reason at once, by field: `naam`, `regio`, `herkomst`.
    """
    draft = GroupDraft(clean(name), kind, tuple(sorted(set(codes))), clean(origin))
    problems = {
        "naam": name_problem(draft.name, "de groep"),
        "regio": _regions_problem(draft.codes, kind, known),
        "herkomst": "" if is_origin(draft.origin) else "De herkomst van de groep kan niet worden gelezen.",
    }
    if found := {field: sentence for field, sentence in problems.items() if sentence}:
        raise SelectionRefused(found)
    return draft


def check_room(draft: GroupDraft, kept: Iterable[OwnComparisonGroup], *, changes: int | None = None) -> None:
    """Nothing, if a person who kept these groups may keep this one too, or in the place of number `changes`.

    Raises:
        SelectionRefused: the name is taken, or there are as many groups as one person may have.
    """
    others = [group for group in kept if group.id != changes]
    if any(same_key(group.name) == same_key(draft.name) for group in others):
        raise SelectionRefused(
            {"naam": f"U heeft al een groep met de naam “{draft.name}”. Kies een andere naam."}
        )
    if changes is None and len(others) >= MOST_GROUPS:
        words = f"U heeft al {len(others)} groepen, en meer kan niet. Verwijder er eerst een."
        raise SelectionRefused({"naam": words})


def is_origin(text: str) -> bool:
    """Whether a clean text can be kept as the origin of a group."""
    return len(text) <= MAX_ORIGIN and text.isprintable()


def can_have_groups(kind: RegionKind) -> bool:
    """Whether there are other regions of the kind to make a group of."""
    return kind is not RegionKind.COUNTRY


def can_be_member(region: RegionName) -> bool:
    """Whether a region can stand in a group: it exists today, and it is an area."""
    return region.valid_to is None and not region.is_national


def _regions_problem(codes: Sequence[str], kind: RegionKind, known: Mapping[str, RegionName]) -> str:
    one, many = KIND_NAMES[kind]
    if odd := [code for code in codes if code not in known]:
        told = _first([f"“{code[:10]}”" for code in odd])
        return f"{told} {'is' if len(odd) == 1 else 'zijn'} geen {one if len(odd) == 1 else many}."
    if odd := [known[code].name for code in codes if not can_be_member(known[code])]:
        told = _first(odd)
        return f"Opgeheven of landelijk, en dus niet te vergelijken: {told}. Haal het vinkje weg."
    if len(codes) < LEAST_REGIONS:
        return f"Kies ten minste twee {many}. U koos er {len(codes) or 'geen'}."
    if len(codes) > MOST_REGIONS:
        return f"Kies hoogstens {MOST_REGIONS} {many}. U koos er {len(codes)}; haal vinkjes weg."
    return ""


def _first(words: list[str]) -> str:
    """`a, b en c`, or the first ones and how many more."""
    more = len(words) - _TOLD
    return listing([*words[:_TOLD], *([f"nog {more}"] if more > 0 else [])])


class Shelf(NamedTuple):
    """Regions to choose from under one heading; '' where they have none in common."""

    label: str
    regions: Sequence[RegionName]


def shelves(
    regions: Iterable[RegionName],
    provinces: Mapping[str, str],
    *,
    text: str = "",
    without: Iterable[str] = (),
) -> list[Shelf]:
    """The regions that a search finds, by province where that is known.

    Every word must be in the name, the code or the province, whatever its accents: `sudwest` finds
    Súdwest-Fryslân.

    Args:
        provinces: code → the name of its province.
        without: codes that are chosen already.
    """
    words, left_out = _plain(text).split(), set(without)
    found: dict[str, list[RegionName]] = {}
    for region in regions:
        province = provinces.get(region.code, "")
        said = _plain(f"{region.name} {region.code} {province}")
        if region.code not in left_out and all(word in said for word in words):
            found.setdefault(province, []).append(region)
    return [Shelf(province, found[province]) for province in sorted(found, key=lambda each: (not each, each))]


def group_number(choice: str) -> int | None:
    """The number of the group that `eigen-7` names; None for anything else."""
    digits = choice.removeprefix(PREFIX)
    is_number = digits != choice and digits.isascii() and digits.isdecimal() and len(digits) <= 10
    return int(digits) if is_number and 0 < int(digits) <= _LAST_ID else None


def groups_address(region: str) -> str:
    """Where one keeps groups that go with a region."""
    return f"/regio/{region}/vergelijken/groepen"


def new_group_address(region: str, codes: Iterable[str] = (), *, name: str = "", origin: str = "") -> str:
    """Where one makes a group, with what is filled in already."""
    asked = [("naam", name), ("herkomst", origin), *(("regio", code) for code in codes)]
    query = urlencode([(field, value) for field, value in asked if value])
    place = f"{groups_address(region)}/nieuw"
    return f"{place}?{query}" if query else place


def _plain(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
