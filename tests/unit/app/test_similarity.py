"""Who looks like a region: the distance of METHODS by hand, and the same ten whatever the order."""

from math import e, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInput
from app.similarity import (
    CARE,
    LOW_INCOME,
    PARTS,
    SINGLE,
    SIZE,
    STANDARD,
    URBAN,
    VARIABLES,
    YOUNG,
    Similar,
    in_class,
    parse_weights,
    similar,
    size_classes,
    weights_text,
)
from loaders.catalogue import load_catalogue

ONLY_YOUNG = {each.key: int(each is YOUNG) for each in VARIABLES}


def weights(**chosen: int) -> dict[str, int]:
    return {each.key: chosen.get(each.key, 0) for each in VARIABLES}


def test_the_distance_is_in_standard_deviations() -> None:
    # 10, 20, 30, 40: deviation √125 = 11.18; from 20 to 30 it is 10 / 11.18 = 0.894
    values = {YOUNG.key: {"GM0001": 10.0, "GM0002": 20.0, "GM0003": 30.0, "GM0004": 40.0}}

    found = similar("GM0002", values, ONLY_YOUNG)

    assert [each.code for each in found.neighbours] == ["GM0001", "GM0003", "GM0004"]
    assert [each.distance for each in found.neighbours] == pytest.approx([0.8944, 0.8944, 1.7889], abs=0.0001)


def test_sizes_are_compared_as_logarithms() -> None:
    # logs 0, 1, 2: a region e times as large is as far off as one e times as small
    values = {SIZE.key: {"GM0001": 1.0, "GM0002": e, "GM0003": e * e}}

    found = similar("GM0002", values, weights(grootte=1))

    first, second = found.neighbours
    assert first.distance == pytest.approx(second.distance) == pytest.approx(sqrt(1.5))


def test_weights_multiply_squares_and_each_variable_keeps_its_part() -> None:
    # two regions have z-scores −1 and 1 in whatever they differ: √(3·2² + 1·2²) = 4
    values = {
        YOUNG.key: {"GM0001": -1.0, "GM0002": 1.0},
        SINGLE.key: {"GM0001": 5.0, "GM0002": 7.0},
    }

    found = similar("GM0001", values, weights(jong=3, eenouder=1))

    (only,) = found.neighbours
    assert only.distance == pytest.approx(4.0)
    assert [(part.variable.key, part.gap) for part in only.parts] == [("jong", 2.0), ("eenouder", 2.0)]
    assert [part.share for part in only.parts] == pytest.approx([0.75, 0.25])


def test_equally_near_regions_stand_in_the_order_of_their_codes() -> None:
    values = {YOUNG.key: {"GM0009": 1.0, "GM0002": 1.0, "GM0005": 1.0, "GM0001": 0.0}}

    assert similar("GM0001", values, ONLY_YOUNG).codes == ("GM0002", "GM0005", "GM0009")


def test_ten_regions_are_given_and_the_own_one_is_none_of_them() -> None:
    values = {YOUNG.key: {f"GM{code:04d}": float(code) for code in range(1, 31)}}

    found = similar("GM0015", values, ONLY_YOUNG)

    assert len(found.codes) == 10
    assert "GM0015" not in found.codes
    assert set(found.codes) == {f"GM{code:04d}" for code in (10, 11, 12, 13, 14, 16, 17, 18, 19, 20)}


def test_national_swvs_are_like_nobody_and_count_for_nothing() -> None:
    values = {YOUNG.key: {"PO2701": 1.0, "PO2702": 2.0, "PO2703": 3.0}}
    with_national = {YOUNG.key: {**values[YOUNG.key], "PO0001": 99.0}}

    assert similar("PO2701", with_national, ONLY_YOUNG) == similar("PO2701", values, ONLY_YOUNG)
    assert similar("PO0001", with_national, ONLY_YOUNG).codes == ()


@pytest.mark.parametrize(
    ("outcome", "variable"),
    [
        ("jh-pct", CARE),
        ("jz-natura", CARE),
        ("jz-pct", CARE),
        ("jb-pct", CARE),
        ("jz-vso-pct", CARE),
        ("bev-0-18-pct", YOUNG),
        ("bev-prog-0-20", YOUNG),
        ("kind-bijstand-pct", LOW_INCOME),
        ("kind-eenouder-pct", SINGLE),
        ("kind-langd-laag-pct", LOW_INCOME),
        ("stedelijkheid", URBAN),
        ("bev-tot", SIZE),
    ],
)
def test_the_outcome_is_never_among_the_variables(outcome: str, variable: object) -> None:
    values = {each.key: {"GM0001": 1.0, "GM0002": 2.0, "GM0003": 3.0} for each in VARIABLES}

    found = similar("GM0001", values, outcome=outcome)

    assert variable not in found.used
    assert list(found.left_out.values()) == [
        "Telt niet mee: het zegt hetzelfde als het cijfer dat u bekijkt, of een deel ervan."
    ]


CATALOGUE = list(load_catalogue())
THEMES = ("Jeugd en bevolking", "Leefsituatie en risico's", "Jeugdhulp", "Onderwijs en jeugdhulp")
EXCUSED = {
    *("achterst-gem", "achterst-ll", "gewicht-ll-pct"),  # by the schooling and descent of parents
    *("ll-herkomst-pct", "ouder-opl-laag-pct"),
    *("jeugd-delict-pct", "veilig-thuis-1000"),  # a court or a report is no youth care
    *("oza-1000", "smw-uren", "jh-op-school-pct"),  # what schools have, not who gets care
}


def test_every_indicator_of_the_themes_of_the_variables_is_listed_or_excused_by_name() -> None:
    of_themes = {each.id for each in CATALOGUE if each.theme in THEMES}
    listed = {each for variable in VARIABLES for each in variable.indicators}

    assert of_themes - listed == EXCUSED
    assert listed <= {each.id for each in CATALOGUE}
    assert {each.theme for each in CATALOGUE} >= set(THEMES)


def test_a_variable_without_differences_takes_no_part_and_says_so() -> None:
    values = {
        YOUNG.key: {"GM0001": 0.1 + 0.2, "GM0002": 0.3, "GM0003": 0.3},  # equal but for rounding
        SINGLE.key: {"GM0001": 1.0, "GM0002": 2.0, "GM0003": 4.0},
    }

    found = similar("GM0001", values, weights(jong=1, eenouder=1))

    assert found.used == [SINGLE]
    assert found.left_out[YOUNG.key] == "Dit kenmerk is bij alle regio’s gelijk."


@pytest.mark.parametrize("own", [None, float("nan"), 0.0])
def test_a_variable_that_the_own_region_lacks_takes_no_part(own: float | None) -> None:
    sizes = {"GM0002": 2.0, "GM0003": 4.0} | ({} if own is None else {"GM0001": own})
    values = {SIZE.key: sizes, YOUNG.key: {"GM0001": 1.0, "GM0002": 2.0, "GM0003": 4.0}}

    found = similar("GM0001", values, weights(grootte=1, jong=1))

    assert found.used == [YOUNG]
    assert found.left_out[SIZE.key] == "Hier zijn voor uw regio geen gegevens over geladen."


def test_a_region_that_lacks_a_variable_is_left_out() -> None:
    values = {
        YOUNG.key: {"GM0001": 1.0, "GM0002": 2.0, "GM0003": 3.0, "GM0004": 4.0},
        SINGLE.key: {"GM0001": 1.0, "GM0003": 3.0, "GM0004": 2.0},
    }

    assert set(similar("GM0001", values, weights(jong=1, eenouder=1)).codes) == {"GM0003", "GM0004"}


def test_a_variable_that_few_regions_have_takes_no_part_itself() -> None:
    values = {
        YOUNG.key: {f"GM{code:04d}": float(code) for code in range(1, 11)},
        SINGLE.key: {f"GM{code:04d}": float(code) for code in range(1, 5)},
    }

    found = similar("GM0001", values, weights(jong=1, eenouder=1))

    assert found.used == [YOUNG]
    assert found.left_out[SINGLE.key] == "Dit is van minder dan de helft van de regio’s bekend."


@pytest.mark.parametrize("values", [{}, {YOUNG.key: {}}, {YOUNG.key: {"GM0001": 1.0}}])
def test_one_region_or_no_data_is_like_nobody(values: dict[str, dict[str, float]]) -> None:
    found = similar("GM0001", values)

    assert (found.codes, found.used) == ((), [])


def test_what_is_alike_and_what_differs_is_told_by_the_size_of_the_gap() -> None:
    values = {
        YOUNG.key: {"GM0001": 0.0, "GM0002": 0.1, "GM0003": 1.0},  # 0.22 of a deviation
        SINGLE.key: {"GM0001": 0.0, "GM0002": 1.0, "GM0003": 1.0},  # 2.12
        CARE.key: {"GM0001": 0.0, "GM0002": 0.3, "GM0003": 1.0},  # 0.71
    }

    near = next(each for each in similar("GM0001", values).neighbours if each.code == "GM0002")

    assert [part.variable for part in near.alike] == [YOUNG]
    assert [part.variable for part in near.different] == [SINGLE]


NUMBERS = st.floats(0.01, 1000)
WORLDS = st.dictionaries(
    st.sampled_from([each.key for each in VARIABLES]),
    st.dictionaries(st.integers(1, 40).map(lambda code: f"GM{code:04d}"), NUMBERS, max_size=40),
)


@given(WORLDS, st.randoms())
def test_the_order_of_the_data_changes_nothing(world: dict[str, dict[str, float]], chance: Random) -> None:
    assert _told(similar("GM0001", world)) == _told(similar("GM0001", _shuffled(world, chance)))


def _shuffled(world: dict[str, dict[str, float]], chance: Random) -> dict[str, dict[str, float]]:
    shuffled = {key: list(values.items()) for key, values in world.items()}
    for pairs in shuffled.values():
        chance.shuffle(pairs)
    keys = list(shuffled)
    chance.shuffle(keys)
    return {key: dict(shuffled[key]) for key in keys}


def _told(found: Similar) -> tuple[object, ...]:
    return tuple((each.code, each.distance) for each in found.neighbours), tuple(found.used), found.left_out


@given(WORLDS)
def test_neighbours_are_others_and_their_parts_make_the_whole(world: dict[str, dict[str, float]]) -> None:
    found = similar("GM0001", world)

    distances = [round(each.distance, 9) for each in found.neighbours]
    assert "GM0001" not in found.codes
    assert distances == sorted(distances)
    for each in found.neighbours:
        assert sum(part.share for part in each.parts) == pytest.approx(1.0 if each.distance else 0.0)


def test_seventy_six_swvs_make_five_classes_of_equal_number() -> None:
    classes = list(size_classes({f"PO{code:04d}": float(code) for code in range(76)}).values())

    assert [classes.count(each) for each in range(1, 6)] == [16, 15, 15, 15, 15]
    assert classes == sorted(classes)


def test_equal_sizes_are_divided_by_code() -> None:
    assert size_classes(dict.fromkeys(("GM5", "GM4", "GM3", "GM2", "GM1"), 7.0)) == {
        "GM1": 1,
        "GM2": 2,
        "GM3": 3,
        "GM4": 4,
        "GM5": 5,
    }


def test_a_class_holds_regions_of_the_kind_only() -> None:
    sizes = {f"GM{code:04d}": float(code) for code in range(10)} | {"PO2701": 0.5}
    kind = {code for code in sizes if code.startswith("GM")}

    assert in_class(sizes, "GM0000", kind) == ("GM0000", "GM0001")
    assert in_class(sizes, "GM9999", kind) == ()
    assert in_class({}, "GM0000", kind) == ()


@pytest.mark.parametrize("text", ["", "1-1-1-1-1-1-1", "0-0-3-0-0-1-2"])
def test_weights_stand_in_an_address_and_come_back(text: str) -> None:
    found = parse_weights(text)

    assert parse_weights(weights_text(found)) == found
    assert weights_text(STANDARD) == ""


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "1-1-1-1-1-1",
        "1-1-1-1-1-1-1-1",
        "4-1-1-1-1-1-1",
        "-1-1-1-1-1-1-1",
        "1-1-1-1-1-1-x",
        "1-1-1-1-1-1-٣",
        "0-0-0-0-0-0-0",
        "1.5-1-1-1-1-1-1",
        "10-1-1-1-1-1-1",
    ],
)
def test_weights_that_cannot_be_are_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match=r"gewicht|op 0"):
        parse_weights(text)


def test_the_number_of_gemeenten_is_a_size() -> None:
    assert PARTS.is_size
