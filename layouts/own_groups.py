"""What the pages of own groups show, as rows of text for their templates: from groups to words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.own_groups import LEAST_REGIONS, OwnComparisonGroup, Shelf
from app.regions import KIND_NAMES, RegionName
from app.wording import listing, number
from layouts.formatting import plural

MOST_NAMED = 8
"""So many regions of a group are named in its row; the form shows all."""

ELSEWHERE = "Overige"
"""The heading of regions of which the province is not known, where it is of others."""


class GroupRow(NamedTuple):
    """One group as a list tells it; `choice` is how an address names it."""

    id: int
    name: str
    choice: str
    size: str
    members: str
    origin: str
    note: str


def group_row(group: OwnComparisonGroup, names: Mapping[str, RegionName], own: str) -> GroupRow:
    """A group beside the region whose page it is.

    Args:
        names: code → every region of the group.
        own: the code of that region, which is left out when comparing.
    """
    members = sorted(names[code].name for code in group.codes if code in names)
    return GroupRow(
        group.id,
        group.name,
        group.choice,
        plural(len(group.codes), *KIND_NAMES[group.kind]),
        _named(members),
        group.origin,
        _note(group, names[own].name) if own in group.codes and own in names else "",
    )


def _named(members: Sequence[str]) -> str:
    """`Almere, Diemen en Lelystad`, or the first ones and how many more."""
    more = len(members) - MOST_NAMED
    return listing([*members[:MOST_NAMED], *([f"nog {number(more)}"] if more > 0 else [])])


def _note(group: OwnComparisonGroup, own: str) -> str:
    words = f"{own} zit zelf in deze groep en telt niet mee bij het vergelijken."
    if len(group.codes) - 1 < LEAST_REGIONS:
        one = KIND_NAMES[group.kind][0]
        return f"{words} Er blijft maar één {one} over. Voeg er een toe."
    return words


def shelf_labels(found: Iterable[Shelf]) -> list[Shelf]:
    """The shelves with a heading each; one shelf without a heading stays without."""
    shelves = list(found)
    is_divided = any(shelf.label for shelf in shelves)
    return [shelf._replace(label=shelf.label or (ELSEWHERE if is_divided else "")) for shelf in shelves]


def found_words(found: int, text: str, kind: tuple[str, str]) -> str:
    """`12 gemeenten gevonden met “almere”.`; '' without a search."""
    if not text:
        return ""
    if not found:
        return f"Geen {kind[0]} gevonden met “{text}” die u nog niet koos. Zoek op een deel van de naam."
    return f"{plural(found, *kind)} gevonden met “{text}”."


def left_out_words(number_of: int, kind: tuple[str, str]) -> str:
    """What became of regions that an address or an older group named, and that cannot be chosen."""
    if not number_of:
        return ""
    if number_of == 1:
        return f"Eén regio is weggelaten: die is geen {kind[0]} van nu."
    return f"{number(number_of)} regio’s zijn weggelaten: dat zijn geen {kind[1]} van nu."
