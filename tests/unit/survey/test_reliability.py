"""How much a response says: numbers worked out by hand."""

import pytest

from app.disclosure import Measure
from app.disclosure.cells import Count, count_of
from app.wording import class_words
from survey.reliability import (
    Part,
    Verdict,
    broad_class_of,
    classes_of_parts,
    hidden_words,
    left_of,
    margin,
    margin_words,
    needed,
    rate_words,
    shortfall_words,
    sizes_together,
    step_words,
    verdict,
)

IB = "intern begeleiders"
FIVE = {Measure.FIVE}


def _part(name: str, sent: int) -> Part:
    return Part(name, name, sent)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "minder dan 5"),
        (4, "minder dan 5"),
        (5, "5 tot en met 9"),
        (9, "5 tot en met 9"),
        (10, "10 tot en met 19"),
        (19, "10 tot en met 19"),
        (20, "20"),
        (1234, "1.234"),
    ],
)
def test_p14_a_count_below_twenty_is_told_as_a_class(count: int, words: str) -> None:
    assert class_words(count_of(count)) == words


@pytest.mark.parametrize(
    ("count", "found"), [(4, (0, 4)), (19, (10, 19)), (20, (20, 29)), (29, (20, 29)), (137, (130, 139))]
)
def test_a_part_of_a_total_is_told_in_tens(count: int, found: tuple[int, int]) -> None:
    assert broad_class_of(count) == found


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((45, 3), [(40, 49), (0, 4)]),
        ((40, 1), [(30, 49), (0, 4)]),  # 41 − 40 leaves 1; 41 − 30 leaves 11
        ((19, 2), [(10, 29), (0, 4)]),  # 21 − 19 leaves at least 2; 21 − 29 nothing
        ((7, 3), [(5, 19), (0, 4)]),  # the total is told as 10–19: 10 − 9 leaves at least 1
        ((5, 5, 5, 5, 0), [(0, 9), (5, 9), (5, 9), (5, 9), (0, 4)]),  # 20 − 20 leaves 0; 20 − 15 leaves 5
        ((4, 4, 4, 4, 4), [(0, 9)] * 5),  # 20 − 16 leaves 4 for each
        ((3, 2, 1), [(0, 4)] * 3),
        ((31, 25), [(30, 39), (20, 29)]),
        ((12,), [(10, 19)]),
        ((), []),
    ],
)
def test_parts_are_told_so_that_a_small_one_does_not_follow_from_the_total(
    counts: tuple[int, ...], told: list[tuple[int, int]]
) -> None:
    assert classes_of_parts(counts) == told


def test_a_broad_class_from_zero_names_its_own_end() -> None:
    assert [class_words(each) for each in (Count(0, 4), Count(0, 9), Count(10, 29))] == [
        "minder dan 5",
        "minder dan 10",
        "10 tot en met 29",
    ]


@pytest.mark.parametrize(
    ("n", "size", "points"),
    [
        (1, 2, 98.0),  # 98·√(1 / (1·1))
        (25, 101, 17.09),  # 98·√(76 / (25·100)) = 98·√0,0304
        (64, 100, 7.387),  # 98·√(36 / (64·99)) = 98·√0,0056818
        (63, 100, 7.548),  # 98·√(37 / (63·99)) = 98·√0,0059323
        (100, 100, 0.0),
        (1, 1, 0.0),
    ],
)
def test_the_margin_follows_the_formula(n: int, size: int, points: float) -> None:
    assert margin(n, size) == pytest.approx(points, abs=0.005)


@pytest.mark.parametrize(
    ("size", "least"),
    [
        (1, 1),
        (2, 2),  # one of two: 98
        (20, 18),  # 18: 98·√(2 / (18·19)) = 7,49; 17: 98·√(3 / (17·19)) = 9,44
        (100, 64),
        (1000, 146),  # 146: 98·√(854 / (146·999)) = 7,499; 145: 98·√(855 / (145·999)) = 7,529
    ],
)
def test_the_number_needed_is_the_smallest_with_a_good_margin(size: int, least: int) -> None:
    assert needed(size) == least


@pytest.mark.parametrize("size", range(2, 60))
def test_one_answer_fewer_than_needed_is_not_enough(size: int) -> None:
    assert margin(needed(size), size) <= 7.5
    assert needed(size) == 1 or margin(needed(size) - 1, size) > 7.5


@pytest.mark.parametrize(
    ("count", "size", "found"),
    [
        (64, 100, Verdict.GOOD),
        (63, 100, Verdict.INDICATIVE),
        (31, 100, Verdict.INDICATIVE),  # 98·√(69 / (31·99)) = 14,69
        (30, 100, Verdict.TOO_FEW),  # 98·√(70 / (30·99)) = 15,05
        (4, 4, Verdict.TOO_FEW),
        (12, 12, Verdict.INDICATIVE),  # told as 10–19, judged on ten: 98·√(2 / (10·11)) = 13,21
        (40, None, Verdict.UNKNOWN),
        (40, 30, Verdict.UNKNOWN),
    ],
)
def test_the_verdict_is_that_of_the_fewest_in_the_class(count: int, size: int | None, found: Verdict) -> None:
    assert verdict(count_of(count), size) is found


def test_a_margin_of_a_class_is_that_of_its_fewest() -> None:
    # 10 of 60: 98·√(50 / (10·59)) = 28,53
    assert (
        margin_words(count_of(14), 60) == "een percentage kan hoogstens 28,5 procentpunt hoger of lager zijn"
    )
    assert margin_words(count_of(64), 100) == "een percentage kan 7,4 procentpunt hoger of lager zijn"
    assert margin_words(count_of(3), 60) == ""
    assert margin_words(count_of(64), None) == ""


@pytest.mark.parametrize(
    ("count", "size", "words"),
    [
        (26, 50, "52%"),
        (25, 1000, "3%"),  # 2.5
        (7, 20, "25% tot 45%"),
        (3, 40, "hoogstens 10%"),
        (12, 12, "83% tot 100%"),
        (12, None, ""),
        (30, 20, ""),
    ],
)
def test_the_response_rate_tells_no_more_than_the_class(count: int, size: int | None, words: str) -> None:
    assert rate_words(count_of(count), size) == words


@pytest.mark.parametrize(
    ("count", "size", "words"),
    [
        (52, 100, "Nog 12 intern begeleiders voor een betrouwbaar beeld."),
        (64, 100, "Genoeg antwoorden voor een betrouwbaar beeld."),
        (12, 100, "Nog 45 tot en met 54 intern begeleiders voor een betrouwbaar beeld."),
        (12, 20, "Nog hoogstens 8 intern begeleiders voor een betrouwbaar beeld."),
        (2, 100, "Voor een betrouwbaar beeld zijn 64 van de 100 intern begeleiders nodig."),
        (2, None, "Vul in hoeveel intern begeleiders er zijn. Dan ziet u hoeveel antwoorden nodig zijn."),
    ],
)
def test_what_is_still_needed_is_told_with_the_name_of_the_group(
    count: int, size: int | None, words: str
) -> None:
    assert shortfall_words(count_of(count), size, IB) == words


def test_the_coach_tells_every_threshold_without_telling_the_count() -> None:
    assert step_words(count_of(7), 40) == [
        "Genoeg voor gemiddelden en percentages (vanaf 5 antwoorden).",
        "Nog niet genoeg voor open antwoorden, na controle: daarvoor zijn 10 antwoorden nodig.",
        "Nog niet genoeg voor verdelingen in delen van ten minste 5 mensen: daarvoor zijn 15 antwoorden "
        "nodig.",
    ]
    assert step_words(count_of(12), 40)[2].startswith("Misschien genoeg voor verdelingen")
    assert step_words(count_of(3), 6)[1].startswith("Nooit genoeg voor open antwoorden")


def test_the_coach_names_the_parts_that_stay_hidden() -> None:
    some = [_part("Amsterdam", 40), _part("Diemen", 3), _part("Ouder-Amstel", 12), _part("Weesp", 2)]
    alike = "Lijken de antwoorden veel op elkaar, dan tonen wij soms minder."

    assert hidden_words(some, FIVE) == (
        f"Nu zouden geen eigen uitkomst krijgen: Diemen, Ouder-Amstel en Weesp. {alike}"
    )
    assert hidden_words([_part("A", 5), _part("B", 6)], FIVE) == (
        f"De aantallen zijn nu groot genoeg om elke gemeente apart te tonen. {alike}"
    )
    assert hidden_words([_part("A", 1), _part("B", 6)], FIVE).startswith("Nu zou geen enkele gemeente")
    assert hidden_words([_part("A", 1)], FIVE) == ""


def test_what_is_left_tells_no_more_than_the_classes_that_are_taken_off() -> None:
    sent, declined = count_of(12), count_of(2)

    assert left_of(40, sent, declined) == (17, 30)  # 40 − 19 − 4 and 40 − 10 − 0
    assert {left_of(40, count_of(n), count_of(m)) for n in range(10, 20) for m in range(5)} == {(17, 30)}
    assert left_of(60, count_of(25)) == (35, 35)
    assert left_of(3, count_of(3)) == (0, 3)
    assert left_of(4, Count(0, 19)) == (0, 4)


def test_sizes_are_only_added_when_all_are_known() -> None:
    assert sizes_together([4, 6]) == 10
    assert sizes_together([4, None]) is None
    assert sizes_together([]) is None


def test_a_class_is_exact_only_when_it_holds_one_number() -> None:
    assert Count(20, 20).is_exact
    assert not Count(10, 19).is_exact
