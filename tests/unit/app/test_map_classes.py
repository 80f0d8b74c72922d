"""Classes of a map: quintiles, ties together, nobody left out."""

from hypothesis import given
from hypothesis import strategies as st

from app.map_classes import MapClass, classify


def test_ten_regions_make_five_classes_of_two() -> None:
    # quintiles of 1…10 by linear interpolation: 2.8, 4.6, 6.4, 8.2
    found = classify({f"GM{value:04}": float(value) for value in range(1, 11)})

    assert [(each.low, each.high, each.count) for each in found.classes] == [
        (1, 2, 2),
        (3, 4, 2),
        (5, 6, 2),
        (7, 8, 2),
        (9, 10, 2),
    ]
    assert (found.class_of["GM0001"], found.class_of["GM0005"], found.class_of["GM0010"]) == (1, 3, 5)


def test_equal_values_share_a_class_and_an_empty_class_is_left_out() -> None:
    # six zeros of ten: the first three borders are 0, so classes 2 and 3 have nobody
    values = dict(zip("abcdefghij", [0.0] * 6 + [1.0, 2.0, 3.0, 4.0], strict=True)) | {"k": 5.0}

    found = classify(values)

    # eleven values: borders at 2, 4, 6 and 8 → 0, 0, 1, 3
    assert found.classes == (MapClass(0, 0, 6), MapClass(1, 1, 1), MapClass(2, 3, 2), MapClass(4, 5, 2))


def test_a_few_different_values_have_a_class_each() -> None:
    found = classify({"a": 2.0, "b": 2.0, "c": 5.0, "d": 1.0})

    assert found.classes == (MapClass(1, 1, 1), MapClass(2, 2, 2), MapClass(5, 5, 1))
    assert found.class_of == {"a": 2, "b": 2, "c": 3, "d": 1}


def test_nothing_makes_no_class() -> None:
    assert classify({}).classes == ()


@given(st.dictionaries(st.text(max_size=4), st.floats(-1e6, 1e6), max_size=60))
def test_classes_are_in_order_and_every_region_lies_within_its_own(values: dict[str, float]) -> None:
    found = classify(values)

    assert set(found.class_of) == set(values)
    assert sum(each.count for each in found.classes) == len(values)
    assert all(a.high < b.low for a, b in zip(found.classes, found.classes[1:], strict=False))
    for code, value in values.items():
        own = found.classes[found.class_of[code] - 1]
        assert own.low <= value <= own.high
