"""P-10, P-11: which gemeenten may stand beside the whole, worked out by hand on small lists."""

from collections.abc import Mapping

from app.disclosure import Asked, Cell, Measure, disclose
from app.disclosure.breakdowns import Heard, open_parts, room, small_parts


def _even(n: int) -> Cell:
    """1, 2, 3, 4, 5, 1, 2, …: no mean among them is extreme."""
    counts: dict[float, int] = {}
    for place in range(n):
        value = float(1 + (2 * place) % 5)
        counts[value] = counts.get(value, 0) + 1
    return Cell(counts)


def _asked(key: str, numbers: Mapping[str, int]) -> Asked:
    return Asked(key, Measure.FIVE, {part: _even(n) for part, n in numbers.items()})


def _open(*numbers: int, respondents: Mapping[str, int] | None = None) -> list[str]:
    parts = {chr(65 + place): n for place, n in enumerate(numbers)}
    return sorted(open_parts([_asked("q", parts)], Heard(respondents or parts))["q"])


def test_without_a_small_gemeente_all_are_shown() -> None:
    assert _open(12, 15, 20) == ["A", "B", "C"]


def test_one_small_gemeente_takes_two_with_it() -> None:
    """A alone follows from the total; with B (10) the pool of 13 puts B within 9 to 13: four apart."""
    assert _open(3, 10, 15, 20, 25) == ["D", "E"]


def test_two_small_ones_take_one_with_them() -> None:
    """3 and 2 in a pool of 17 leave C anywhere from 9 to 17."""
    assert _open(3, 2, 12, 20) == ["D"]


def test_two_small_ones_stay_alone_where_each_can_be_anything() -> None:
    """A pool of 4 over two: 0 to 4 each. A pool of 5 would make each at least 1."""
    assert _open(2, 2, 12, 20) == ["C", "D"]
    assert "C" not in _open(3, 2, 12, 20)


def test_the_whole_breakdown_goes_where_nothing_helps() -> None:
    assert _open(3, 40) == []
    assert _open(3, 40, 60) == []


def test_one_gemeente_has_no_breakdown() -> None:
    assert _open(30) == []


def test_a_small_whole_that_is_a_band_has_no_breakdown() -> None:
    parts = {"A": Cell({5.0: 5, 4.0: 3}), "B": Cell({4.0: 4, 5.0: 3})}

    assert open_parts([Asked("q", Measure.FIVE, parts)], Heard({"A": 8, "B": 7}))["q"] == frozenset()


def test_a_gemeente_that_skips_once_below_five_is_small_for_the_whole_list() -> None:
    """Six respondents, four answers at one question, two skipped in all: there cannot be 0 to 4 of them."""
    numbers = {"A": 6, "B": 20, "C": 22, "D": 24}
    one = _asked("q1", numbers)
    other = _asked("q2", {**numbers, "A": 4})

    assert small_parts([one, other], numbers) == {"A"}
    assert small_parts([one], numbers) == set()


def test_a_question_that_few_were_asked_goes_alone() -> None:
    numbers = {"A": 6, "B": 20, "C": 22}
    one, few = _asked("q1", numbers), _asked("q2", {"A": 2, "B": 9, "C": 10})

    found = open_parts([one, few], Heard(numbers))

    assert found["q1"] == frozenset(numbers)
    assert found["q2"] == frozenset()


def test_an_extreme_rest_closes_the_question() -> None:
    """Three hidden gemeenten that all answered 5 would be known to have."""
    numbers = {"A": 3, "B": 10, "C": 15, "D": 30, "E": 40}
    plain = _asked("q1", numbers)
    extreme = Asked(
        "q2", Measure.FIVE, {**plain.parts, "A": Cell({5.0: 3}), "B": Cell({5.0: 10}), "C": Cell({5.0: 15})}
    )

    found = open_parts([plain, _asked("q3", numbers), extreme], Heard(numbers))

    assert found["q1"] == frozenset({"D", "E"})
    assert found["q2"] == frozenset()


def test_a_known_size_counts_as_known() -> None:
    """B has at most 11 people, so of a pool of 36 A and C have at least 25; and so on."""
    numbers = {"A": 4, "B": 10, "C": 22, "D": 30}
    asked = [_asked("q", numbers)]

    assert open_parts(asked, Heard(numbers))["q"] == frozenset({"D"})
    assert open_parts(asked, Heard(numbers, {"B": 10, "C": 22}))["q"] == frozenset()


def test_the_room_of_a_mean_is_that_between_lowest_and_highest_answers() -> None:
    asked = _asked("q", {})
    pool = Cell({3.0: 1, 4.0: 6, 5.0: 1})

    assert room(asked, pool, 3) == (5 + 4 + 4 - 3 - 4 - 4) / 3


def test_a_theme_is_shown_only_where_all_its_questions_are() -> None:
    numbers = {"A": 20, "B": 22, "C": 24}
    one, two = _asked("q1", numbers), _asked("q2", {**numbers, "A": 2, "B": 12})
    theme = Asked("t", Measure.FIVE, _asked("t", numbers).parts, ("q1", "q2"))

    found = disclose([one, two, theme], numbers)

    assert set(found.parts["q1"]) == {"A", "B", "C"}
    assert found.parts["q2"] == {}
    assert found.parts["t"] == {}
    assert found.wholes["t"].mean is not None


def test_a_theme_goes_where_one_of_its_questions_has_no_mean() -> None:
    alike = Asked("q2", Measure.FIVE, {"": Cell({5.0: 12})})
    one = Asked("q1", Measure.FIVE, {"": _even(12)})
    theme = Asked("t", Measure.FIVE, {"": _even(12)}, ("q1", "q2"))

    found = disclose([one, alike, theme], {"": 12})

    assert found.wholes["q2"].mean is None
    assert "t" not in found.wholes


def test_a_whole_that_leaves_a_hidden_mean_no_room_keeps_its_own_away() -> None:
    """Nine people, mean 4.9, in two gemeenten of 4 and 5: each mean would lie above 4.7."""
    parts = {"A": Cell({5.0: 4}), "B": Cell({5.0: 3, 4.0: 2})}

    found = disclose([Asked("q", Measure.FIVE, parts)], {"A": 4, "B": 5})

    assert found.wholes["q"].mean is None
    assert found.wholes["q"].distribution == {}
    assert found.parts["q"] == {}
