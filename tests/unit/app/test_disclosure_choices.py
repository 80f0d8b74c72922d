"""P-09, P-10: options of a question by hand, and all answers that are shown alike."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from app.disclosure import Share, show_options

Shares = dict[str, tuple[int, int]]


def test_options_are_shown_from_ten_answers_on() -> None:
    assert show_options({"ja": 5, "nee": 4}, 9) == {}
    assert show_options({"ja": 5, "nee": 5}, 10) == {"ja": Share(50, 50), "nee": Share(50, 50)}
    assert show_options({}, 0) == {}


@pytest.mark.parametrize("n", range(10, 30))
def test_p09_all_and_all_but_four_are_told_alike(n: int) -> None:
    found = [show_options({"ja": n - few, "nee": few}, n) for few in range(5)]

    assert found == [found[0]] * 5
    assert found[0]["nee"].low == 0
    assert found[0]["ja"].high == 100


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 20, "b": 5}, {"a": (80, 80), "b": (20, 20)}),
        ({"a": 21, "b": 4}, {"a": (80, 100), "b": (0, 20)}),
        ({"a": 9, "b": 10, "c": 6}, {"a": (36, 36), "b": (40, 40), "c": (24, 24)}),
        # one large: what five people at most for each of the others leave, 10 of 25
        ({"a": 25, "b": 0, "c": 0}, {"a": (60, 100), "b": (0, 20), "c": (0, 20)}),
        ({"a": 22, "b": 1, "c": 2}, {"a": (60, 100), "b": (0, 20), "c": (0, 20)}),
        # 25 - 2×6 = 13 = 8 + 5; 5 + 2×7 - 5 = 14 = 8 + 6: classes of eight, from 6 and from 14 on
        ({"a": 13, "b": 9, "c": 3}, {"a": (24, 52), "b": (24, 52), "c": (0, 20)}),
        ({"a": 20, "b": 5, "c": 0}, {"a": (60, 100), "b": (0, 20), "c": (0, 20)}),
        ({"a": 16, "b": 9, "c": 0}, {"a": (56, 84), "b": (24, 52), "c": (0, 20)}),
        ({"a": 5, "b": 5, "c": 5, "d": 5, "e": 5}, {}),  # all of them few: nothing to tell
    ],
)
def test_p10_a_few_people_make_classes_of_all_options(counts: dict[str, int], expected: Shares) -> None:
    assert show_options(counts, 25) == expected


def test_where_more_may_be_chosen_each_option_stands_by_itself() -> None:
    found = show_options({"a": 23, "b": 15, "c": 2}, 25, most=3)

    assert found == {"a": (80, 100), "b": (60, 60), "c": (0, 20)}


def test_a_few_stay_unknown_where_nobody_chose_two() -> None:
    """12 + 10 of 25 leave three people who must have chosen c: then nothing is told."""
    assert show_options({"a": 12, "b": 10, "c": 3}, 25, most=3) == {}


def test_a_few_stay_unknown_where_everybody_ranked_three() -> None:
    """3 × 25 answers, 73 of them for the others: the last had two."""
    counts = {"a": 20, "b": 19, "c": 17, "d": 17, "e": 2}

    assert show_options(counts, 25, most=3) == {}
    assert show_options(counts | {"b": 14}, 25, most=3)["e"] == (0, 20)


def test_a_share_of_many_is_rounded_outward() -> None:
    shares = show_options({"a": 3, "b": 200, "c": 1}, 204)

    assert shares["a"] == Share(0, 3)  # 5 of 204 is 2.45%
    assert shares["b"] == Share(95, 100)  # 194 of 204 is 95.1%


def test_the_examples_of_the_audit_leave_the_few_unknown() -> None:
    few = Share(0, 20)

    for counts in ({"a": 0, "b": 0, "c": 10, "d": 15}, {"a": 1, "b": 0, "c": 11, "d": 13}):
        shares = show_options(counts, 25)
        assert (shares["a"], shares["b"]) == (few, few)
        assert shares["c"] == shares["d"]  # 6 to 19 people


SIZES = [(2, 10), (2, 25), (3, 12), (3, 19), (3, 25), (3, 40), (3, 57), (4, 16), (4, 25), (4, 30), (5, 18)]


@pytest.mark.parametrize(("options", "n"), SIZES)
def test_p11_who_knows_the_rules_learns_no_more_than_a_class(options: int, n: int) -> None:
    """All answers that are shown alike: an option of at most four people can then be 0, 1, 2, 3 and 4.

    Another that is not exact has six numbers; with two options it is the rest of at most four.
    """
    alike = defaultdict(list)
    for numbers in _ways(n, options):
        counts = {str(place): number for place, number in enumerate(numbers)}
        alike[tuple(show_options(counts, n).items())].append(numbers)

    for shown, answers in alike.items():
        if all(share.low == share.high for _, share in shown):
            continue
        for place in range(options):
            possible = {numbers[place] for numbers in answers}
            assert set(range(5)) <= possible or min(possible) > 4
            assert max(possible) - min(possible) >= (5 if options > 2 else 4)


def _ways(n: int, options: int) -> Iterator[tuple[int, ...]]:
    if options == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in _ways(n - first, options - 1):
            yield (first, *rest)
