"""Keys of groups in an address, and groups that are too small to say something."""

import pytest

from app.comparison_groups import GroupKey, GroupKind, PeerGroup, parse_key, why_too_small
from app.errors import BadInput
from app.regions import RegionKind


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", GroupKey(GroupKind.COUNTRY)),
        ("nederland", GroupKey(GroupKind.COUNTRY)),
        ("grootte", GroupKey(GroupKind.SIZE)),
        ("swv-PO2707", GroupKey(GroupKind.SWV, "PO2707")),
        ("swvs-vo", GroupKey(GroupKind.WHOLES, "vo")),
        ("eigen-12", GroupKey(GroupKind.OWN, "12")),
        ("verleden", GroupKey(GroupKind.PAST)),
    ],
)
def test_a_key_is_read_from_the_address_and_written_back(text: str, key: GroupKey) -> None:
    assert parse_key(text) == key
    assert parse_key(str(key)) == key


@pytest.mark.parametrize(
    "text",
    [
        "bestaat-niet",
        "Nederland",
        "nederland-1",
        "swv",
        "swv-",
        "swv-GM0034",
        "swv-PO27",
        "swvs-so",
        "eigen",
        "eigen--1",
        "eigen-1234567890",
        "eigen-1.5",
        "eigen-١",
        "swv-PO2707-1",
        "x" * 5000,
    ],
)
def test_any_other_key_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match="Kies een andere groep"):
        parse_key(text)


def group(*codes: str, kind: GroupKind = GroupKind.OWN, note: str = "") -> PeerGroup:
    return PeerGroup(GroupKey(kind), "Uw groep", "uw groep", RegionKind.SWV_PO, codes, note)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (group("PO2701", "PO2702"), ""),
        (group(kind=GroupKind.COUNTRY), ""),
        (group(kind=GroupKind.PAST), ""),
        (group("PO2701"), "In deze groep is naast uw regio maar één andere regio."),
        (group("PO2701", "PO2701"), "In deze groep is naast uw regio maar één andere regio."),
        (group("PO2701", note="Zo gemaakt."), "In deze groep is naast uw regio maar één andere regio."),
        (group(), "In deze groep is naast uw regio geen andere regio."),
    ],
)
def test_a_group_of_fewer_than_two_others_is_too_small(given: PeerGroup, words: str) -> None:
    rest = " Een gemiddelde zegt dan niets; kies een grotere groep." if words else ""

    assert why_too_small(given) == words + rest


def test_an_empty_group_says_why_it_is_empty_where_that_is_known() -> None:
    assert why_too_small(group(note="Hoe groot deze regio is, is nog niet geladen.")) == (
        "Hoe groot deze regio is, is nog niet geladen."
    )


@pytest.mark.parametrize("kind", list(GroupKind))
def test_only_the_country_and_the_past_are_no_group_of_regions(kind: GroupKind) -> None:
    assert group(kind=kind).is_pool is (kind not in (GroupKind.COUNTRY, GroupKind.PAST))
