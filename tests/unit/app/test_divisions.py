"""Figures of then on the gemeenten of now: worked out by hand, and true for every history."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.divisions import (
    NOT_CONVERTIBLE,
    division_day,
    figure_words,
    parts_of,
    to_today,
)
from app.indicators import Aggregation, CellStatus, Figure
from app.mergers import History, Move
from tests.example_figures import COUNT, PERCENT, at_least, count, finished, hidden, part

OLD, OTHER, HEIR, FAR = "GM9001", "GM9002", "GM9003", "GM9004"
NEW_YEAR = date(2019, 1, 1)
BEFORE = date(2018, 1, 1)


def move(old: str, new: str, share: float = 1.0, day: date = NEW_YEAR) -> Move:
    return Move(old, new, day, share)


def history(*moves: Move, **began: date) -> History:
    return History(moves, began)


MERGER = history(move(OLD, HEIR), move(OTHER, HEIR), GM9003=NEW_YEAR)
SPLIT = history(move(OLD, HEIR, 0.75), move(OLD, OTHER, 0.25), GM9003=NEW_YEAR)
RENAMED = history(move(OLD, HEIR), GM9003=NEW_YEAR)


def now(figures: list[Figure], known: History, day: date = BEFORE, **other: Any) -> dict[str, Figure]:
    return to_today(figures, known, day, other.pop("indicator", COUNT), **other)


def bounds(figure: Figure) -> tuple[float | None, float | None]:
    return figure.numerator_low, figure.numerator_high


def test_a_merger_adds_counts_up_exactly() -> None:
    found = now([count(100, region=OLD), count(50, region=OTHER)], MERGER)

    assert list(found) == [HEIR]
    figure = found[HEIR]
    assert bounds(figure) == (150, 150)
    assert (figure.status, figure.estimated, figure.converted) == (CellStatus.PRESENT, 0.0, True)


def test_a_split_gives_each_heir_its_part_and_says_which_part_is_estimated() -> None:
    found = now([count(100, region=OLD), count(50, region=OTHER)], SPLIT)

    assert bounds(found[HEIR]) == (75, 75)
    assert bounds(found[OTHER]) == (75, 75)
    assert found[HEIR].estimated == 1.0
    assert found[OTHER].estimated == pytest.approx(25 / 75)


def test_winsum_of_2018_goes_to_two_gemeenten() -> None:
    winsum = history(
        move("GM0053", "GM1966", 0.8846353203),
        move("GM0053", "GM1969", 0.1153646797),
        move("GM0005", "GM1966"),
        GM1966=NEW_YEAR,
        GM1969=NEW_YEAR,
    )

    found = now([count(100, region="GM0053"), count(50, region="GM0005")], winsum)

    assert found["GM1966"].numerator_low == pytest.approx(138.46353203)
    assert found["GM1966"].estimated == pytest.approx(0.6389, abs=1e-4)
    assert found["GM1969"].numerator_low == pytest.approx(11.53646797)


def test_a_percentage_moves_with_its_counts() -> None:
    figures = [part(10, 100, region=OLD), part(30, 100, region=OTHER)]

    figure = now(figures, MERGER, indicator=PERCENT)[HEIR]

    assert (figure.low, figure.high, figure.value) == (20.0, 20.0, None)


def test_a_percentage_without_counts_is_not_converted_and_says_so() -> None:
    figures = [finished(10.0, region=OLD), finished(30.0, region=OTHER)]

    figure = now(figures, MERGER, indicator=replace(PERCENT, aggregation=Aggregation.FORBIDDEN))[HEIR]

    assert (figure.low, figure.status) == (None, CellStatus.MISSING)
    assert figure_words(figure, PERCENT) == NOT_CONVERTIBLE


def test_a_gemeente_that_got_another_code_keeps_its_percentage() -> None:
    found = now([finished(10.0, region=OLD)], RENAMED, indicator=PERCENT)

    assert (found[HEIR].value, found[HEIR].converted) == (10.0, True)


def test_counts_that_the_source_forbids_to_add_are_not_added() -> None:
    figures = [count(10, region=OLD), count(30, region=OTHER)]

    figure = now(figures, MERGER, indicator=replace(COUNT, aggregation=Aggregation.FORBIDDEN))[HEIR]

    assert figure.status is CellStatus.MISSING


def test_a_region_that_nothing_happened_to_keeps_its_figure() -> None:
    figures = [count(10, region=FAR), finished(2.0, region="NL01")]

    found = now(figures, MERGER)

    assert found[FAR] is figures[0]
    assert found["NL01"] is figures[1]


def test_a_hidden_part_leaves_bounds_and_is_never_zero() -> None:
    figure = now([count(100, region=OLD), hidden(region=OTHER)], MERGER)[HEIR]

    assert bounds(figure) == (101, 104)
    assert figure.status is CellStatus.PARTLY_HIDDEN


def test_a_hidden_number_under_another_code_stays_hidden() -> None:
    figure = now([hidden(region=OLD)], RENAMED)[HEIR]

    assert (bounds(figure), figure.status) == ((1, 4), CellStatus.HIDDEN)


def test_a_gemeente_whose_own_row_is_missing_is_not_the_part_that_joined_it() -> None:
    figure = now([count(50, region=OLD)], history(move(OLD, HEIR)))[HEIR]

    assert (bounds(figure), figure.status) == ((50, None), CellStatus.AT_LEAST)


def test_a_part_of_a_hidden_number_does_not_read_as_zero() -> None:
    split = history(move(OLD, OTHER, 0.1), move(OLD, HEIR, 0.9), GM9003=NEW_YEAR)

    figure = now([hidden(region=OLD), count(0, region=OTHER)], split)

    assert bounds(figure[OTHER]) == pytest.approx((0.1, 0.4))
    assert figure_words(figure[OTHER], COUNT) == "tussen 0 en 1"


def test_a_missing_part_leaves_at_least() -> None:
    with_empty_row = now([count(100, region=OLD), finished(None, region=OTHER)], MERGER)
    without_row = now([count(100, region=OLD)], MERGER)
    with_open_part = now([count(60, region=OLD), at_least(40, region=OTHER)], MERGER)

    for found in (with_empty_row, without_row, with_open_part):
        assert bounds(found[HEIR]) == (100, None)
        assert found[HEIR].status is CellStatus.AT_LEAST


def test_a_percentage_of_which_a_part_is_missing_is_missing() -> None:
    figure = now([part(10, 100, region=OLD)], MERGER, indicator=PERCENT)[HEIR]

    assert (figure.status, figure.low, figure.converted) == (CellStatus.MISSING, None, False)


def test_all_parts_missing_is_missing() -> None:
    empty = [finished(None, region=code) for code in (OLD, OTHER)]

    figure = now(empty, MERGER)[HEIR]

    assert (figure.status, figure.converted) == (CellStatus.MISSING, False)


def test_mergers_that_follow_each_other_end_in_the_last_heir() -> None:
    first = move(OLD, OTHER, day=date(2016, 1, 1))
    chain = history(first, move(OTHER, HEIR, 0.5), move(OTHER, FAR, 0.5), GM9003=NEW_YEAR, GM9004=NEW_YEAR)

    found = now([count(100, region=OLD), count(20, region=OTHER)], chain, day=date(2015, 1, 1))

    assert bounds(found[HEIR]) == (60, 60)
    assert bounds(found[FAR]) == (60, 60)


def test_two_mergers_on_one_day_are_a_chain_too() -> None:
    chain = history(move(OLD, OTHER), move(OTHER, HEIR))

    assert chain.heirs(OLD, BEFORE) == {HEIR: 1.0}


def test_a_swap_of_areas_on_one_day_is_made_of_what_was_there_before() -> None:
    swap = history(move(OLD, OTHER, 0.1), move(OTHER, OLD, 0.2))

    found = now([count(100, region=OLD), count(50, region=OTHER)], swap)

    assert bounds(found[OLD]) == (100, 100)
    assert bounds(found[OTHER]) == (50, 50)
    assert swap.heirs(OLD, BEFORE) == {OTHER: 0.1, OLD: 0.9}


def test_a_border_change_counts_only_for_what_came_before_it() -> None:
    border = history(move(OLD, OTHER, 0.1))

    assert border.heirs(OLD, BEFORE) == pytest.approx({OLD: 0.9, OTHER: 0.1})
    assert border.heirs(OLD, NEW_YEAR) == {OLD: 1.0}


def test_weesp_joined_amsterdam_in_march_so_2022_is_converted_and_2023_is_not() -> None:
    weesp = history(Move("GM0457", "GM0363", date(2022, 3, 24), 1.0))
    figures = [count(21_520, region="GM0363", period="2022"), count(400, region="GM0457", period="2022")]

    then = now(figures, weesp, day=division_day("2022", "toen"))
    later = now([count(22_000, region="GM0363", period="2023")], weesp, day=division_day("2023", "toen"))

    assert bounds(then["GM0363"]) == (21_920, 21_920)
    assert then["GM0363"].converted
    assert not later["GM0363"].converted


def test_figures_delivered_on_a_later_division_are_not_converted_again() -> None:
    weesp = history(Move("GM0457", "GM0363", date(2022, 3, 24), 1.0))
    figure = count(60_000, region="GM0363", period="2015")

    found = now([figure], weesp, day=division_day("2015", "2026"))

    assert found == {"GM0363": figure}


def test_a_gemeente_without_inhabitants_moved_gets_nothing() -> None:
    muiden = history(move("GM0424", "GM0457", 0.0), move("GM0424", "GM1942"))

    assert muiden.heirs("GM0424", BEFORE) == {"GM1942": 1.0}
    assert muiden.family("GM0457") == frozenset()


def test_what_was_before_the_known_mergers_stays_as_it_is() -> None:
    figures = [count(100, region=OLD)]

    assert now(figures, MERGER, day=date(2014, 1, 1)) == {OLD: figures[0]}


def test_only_the_asked_regions_are_computed() -> None:
    found = now(
        [count(100, region=OLD), count(50, region=OTHER), count(1, region=FAR)], SPLIT, wanted=[OTHER]
    )

    assert list(found) == [OTHER]


def test_the_parts_of_a_figure_are_named_own_one_first() -> None:
    figures = [count(100, region=OLD), count(50, region=OTHER)]

    assert parts_of(OTHER, figures, SPLIT, BEFORE) == [(figures[1], 1.0), (figures[0], 0.25)]


codes = st.integers(0, 11).map("GM{:04d}".format)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Mergers and splits in which a gemeente ends once, and goes to gemeenten with a higher number."""
    moves: list[Move] = []
    for number in draw(st.sets(st.integers(0, 9), max_size=6)):
        heirs = draw(st.lists(st.integers(number + 1, 11), min_size=1, max_size=3, unique=True))
        weights = draw(st.lists(st.integers(1, 100), min_size=len(heirs), max_size=len(heirs)))
        day = date(2016 + number // 2, 1, 1)
        stays = draw(st.sampled_from([0, 0, 50]))
        total = sum(weights) + stays
        moves += [
            Move(f"GM{number:04d}", f"GM{heir:04d}", day, weight / total)
            for heir, weight in zip(heirs, weights, strict=True)
        ]
    return History(tuple(moves))


@given(histories(), st.dictionaries(codes, st.integers(0, 10**6), min_size=12, max_size=12))
def test_the_country_is_the_same_in_both_divisions(known: History, values: dict[str, int]) -> None:
    figures = [count(value, region=code) for code, value in values.items()]

    found = now(figures, known, day=date(2015, 1, 1))

    total = sum(figure.numerator_low or 0 for figure in found.values())
    assert total == pytest.approx(sum(values.values()))


@given(histories(), st.dictionaries(codes, st.booleans(), min_size=12, max_size=12))
def test_what_is_hidden_stays_between_its_bounds(known: History, is_hidden: dict[str, bool]) -> None:
    figures = [hidden(region=code) if flag else count(7, region=code) for code, flag in is_hidden.items()]

    found = now(figures, known, day=date(2015, 1, 1))

    lows = sum(each.numerator_low or 0 for each in found.values())
    highs = sum(each.numerator_high or 0 for each in found.values())
    assert lows == pytest.approx(sum(1 if flag else 7 for flag in is_hidden.values()))
    assert highs == pytest.approx(sum(4 if flag else 7 for flag in is_hidden.values()))


@given(histories(), codes)
def test_the_parts_of_a_gemeente_add_up_to_one(known: History, code: str) -> None:
    assert sum(known.heirs(code, date(2015, 1, 1)).values()) == pytest.approx(1.0)
