"""What is hidden stays hidden on every way to a screen, held against every way in which to fill it in.

A source hides 1 to 4. An outcome may never leave out a number that the source leaves possible.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.benchmarks import Bounds, comparable, difference, index, ranks, share_of
from app.contributions import Piece, SwvRoute, contributions
from app.divisions import figure_words, to_today
from app.indicators import TOTAL, CellStatus, Direction, Figure, Indicator, Unit
from app.mergers import History, Move
from app.sentences import HIDDEN, HIDDEN_BELOW_5, NO_DATA, comparison, level, value_words
from app.tables import Value
from callbacks.download_tables import figure_row
from loaders.duo import HIDDEN_BOUNDS, read_history
from loaders.tidy import sum_to_country, sum_to_swv
from tests.example_figures import COUNT, PERCENT, SWV, count, country, finished, hidden
from tests.samples.world import REFERENCE, part, text_table, whole

GEMEENTEN = ("GM9001", "GM9002", "GM9003", "GM9004")
BEFORE = date(2015, 1, 1)
_LITTLE = 1e-9

# A cell as the source gives it: an exact count, or None for a hidden one.
cells = st.one_of(st.none(), st.integers(0, 30))
four = st.tuples(cells, cells, cells, cells)
shares = st.tuples(*(st.integers(0, 10).map(lambda tenth: tenth / 10) for _ in GEMEENTEN))
some = settings(max_examples=60, deadline=None)


def possible(given_cells: Sequence[int | None]) -> Iterator[tuple[int, ...]]:
    """Every way to fill in the hidden cells."""
    return product(*(range(1, 5) if cell is None else (cell,) for cell in given_cells))


def figure_of(cell: int | None, code: str) -> Figure:
    return hidden(region=code) if cell is None else count(cell, region=code)


def share_figure(cell: int | None, rest: int, code: str) -> Figure:
    """A part, perhaps hidden, of itself and a known rest."""
    own = figure_of(cell, code)
    low, high = own.numerator_low or 0, own.numerator_high or 0
    return own._replace(denominator_low=low + rest, denominator_high=high + rest)


def total_of(given_cells: Sequence[int | None], weights: Sequence[float], code: str = "PO9001") -> Figure:
    """The sum as the loaders make it."""
    frame = _frame(given_cells)
    rows = sum_to_swv(
        frame, [part(gm, code, 2015, weight) for gm, weight in zip(GEMEENTEN, weights, strict=True)]
    )
    (row,) = rows.to_dict("records")
    bounds = row["numerator_low"], row["numerator_high"]
    return count(*bounds, region=code)._replace(status=CellStatus(row["status"]))


def _frame(given_cells: Sequence[int | None]) -> pd.DataFrame:
    low = [HIDDEN_BOUNDS[0] if cell is None else float(cell) for cell in given_cells]
    high = [HIDDEN_BOUNDS[1] if cell is None else float(cell) for cell in given_cells]
    keys = {"indicator": "ll-bao", "period": "2020", "breakdown": TOTAL, "region": GEMEENTEN}
    return pd.DataFrame(keys | {"numerator_low": low, "numerator_high": high})


def exact_bounds(found: Figure, outcomes: Sequence[float]) -> bool:
    """Whether bounds are those of all outcomes: nothing possible is left out, nothing impossible is added."""
    return bool(found.low == pytest.approx(min(outcomes)) and found.high == pytest.approx(max(outcomes)))


def holds(bounds: Bounds | None, outcomes: Sequence[float]) -> bool:
    """Whether bounds leave no outcome out; where there are none, nothing is said."""
    if bounds is None:
        return True
    return bounds[0] - _LITTLE <= min(outcomes) and max(outcomes) <= bounds[1] + _LITTLE


@some
@given(four, shares)
def test_the_sum_of_an_swv_has_the_bounds_of_every_way_to_fill_it_in(
    given_cells: tuple[int | None, ...], weights: tuple[float, ...]
) -> None:
    found = total_of(given_cells, weights)

    sums = [sum(w * x for w, x in zip(weights, filled, strict=True)) for filled in possible(given_cells)]
    assert exact_bounds(found, sums)


@some
@given(four)
def test_the_sum_of_the_country_has_the_bounds_of_every_way_to_fill_it_in(
    given_cells: tuple[int | None, ...],
) -> None:
    (row,) = sum_to_country(_frame(given_cells)).to_dict("records")

    sums = [sum(filled) for filled in possible(given_cells)]
    assert (row["numerator_low"], row["numerator_high"]) == (min(sums), max(sums))
    assert (row["status"] == CellStatus.PRESENT) == (None not in given_cells)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Gemeenten that end one after another, whole or in parts, in gemeenten further on; or that give land."""
    moves: list[Move] = []
    for place in draw(st.sets(st.integers(0, 2))):
        heirs = draw(st.lists(st.integers(place + 1, 3), min_size=1, max_size=2, unique=True))
        gone = draw(st.sampled_from([1.0, 1.0, 0.5]))
        moves += [
            Move(GEMEENTEN[place], GEMEENTEN[heir], date(2016 + place, 1, 1), gone / len(heirs))
            for heir in heirs
        ]
    return History(tuple(moves))


@some
@given(four, histories())
def test_a_figure_of_today_has_the_bounds_of_every_way_to_fill_in_those_of_then(
    given_cells: tuple[int | None, ...], known: History
) -> None:
    figures = [figure_of(cell, code) for cell, code in zip(given_cells, GEMEENTEN, strict=True)]

    found = to_today(figures, known, BEFORE, COUNT)

    moved = [known.heirs(code, BEFORE) for code in GEMEENTEN]
    for code, each in found.items():
        sums = [
            sum(to.get(code, 0.0) * x for to, x in zip(moved, filled, strict=True))
            for filled in possible(given_cells)
        ]
        assert exact_bounds(each, sums)
        assert tells(figure_words(each, COUNT), sums, COUNT)
        assert (each.status is CellStatus.PRESENT) == (min(sums) == max(sums))


@some
@given(four, st.sampled_from(GEMEENTEN), histories())
def test_what_the_source_lacks_is_no_zero_today(
    given_cells: tuple[int | None, ...], lacking: str, known: History
) -> None:
    figures = [figure_of(cell, code) for cell, code in zip(given_cells, GEMEENTEN, strict=True)]
    empty = finished(None, region=lacking)

    found = to_today([empty if each.region == lacking else each for each in figures], known, BEFORE, COUNT)

    for code, part_of in known.heirs(lacking, BEFORE).items():
        assert part_of == 0 or found[code].high is None
        assert found[code].status in (CellStatus.MISSING, CellStatus.AT_LEAST)


@some
@given(four, st.tuples(*(st.integers(1, 30) for _ in GEMEENTEN)), histories())
def test_a_percentage_of_today_has_the_bounds_of_every_way_to_fill_in_those_of_then(
    given_cells: tuple[int | None, ...], rests: tuple[int, ...], known: History
) -> None:
    figures = [share_figure(*each) for each in zip(given_cells, rests, GEMEENTEN, strict=True)]

    found = to_today(figures, known, BEFORE, PERCENT)

    moved = [known.heirs(code, BEFORE) for code in GEMEENTEN]
    for code, each in found.items():
        weights = [to.get(code, 0.0) for to in moved]
        rest = sum(w * r for w, r in zip(weights, rests, strict=True))
        parts = [sum(w * x for w, x in zip(weights, filled, strict=True)) for filled in possible(given_cells)]
        outcomes = [100 * one / (one + rest) for one in parts]
        assert exact_bounds(each, outcomes)
        assert tells(value_words(each, PERCENT), outcomes, PERCENT)


def tells(words: str, outcomes: Sequence[float], indicator: Indicator) -> bool:
    """Whether words leave no outcome out; what they say is rounded."""
    shown, half = _shown(words), 0.5 * 10**-indicator.decimals
    return shown is None or holds((shown[0] - half, shown[1] + half), outcomes)


def _shown(words: str) -> Bounds | None:
    """The bounds that words tell; None where they tell no number."""
    if words in (HIDDEN, NO_DATA):
        return None
    if words == HIDDEN_BELOW_5:
        return 1, 4
    numbers = [float(text.replace(",", ".")) for text in re.findall(r"\d+(?:,\d+)?", words)]
    if words.startswith("minimaal"):
        return numbers[0], float("inf")
    return numbers[0], numbers[-1]


@some
@given(four, shares)
@example((None, 0, 0, 0), (0.1, 1.0, 1.0, 1.0))  # a tenth of 1 to 4 rounds to 0, and is none
def test_words_and_export_of_a_sum_tell_no_more_than_its_bounds(
    given_cells: tuple[int | None, ...], weights: tuple[float, ...]
) -> None:
    found = total_of(given_cells, weights, SWV.code)

    sums = [sum(w * x for w, x in zip(weights, filled, strict=True)) for filled in possible(given_cells)]
    words, exported = value_words(found, COUNT), figure_row(COUNT, found, SWV.name)
    assert tells(words, sums, COUNT)
    low, high = (cell.number for cell in exported.cells[7:9] if isinstance(cell, Value))
    assert holds((low, high), sums)  # type: ignore[arg-type]
    number = exported.numbers["Waarde"].number
    assert number is None or number == pytest.approx(sums[0])
    assert words in level(found, COUNT, SWV, found.period)
    assert min(sums) == max(sums) or " 0 leerlingen" not in level(found, COUNT, SWV, found.period)
    assert min(sums) == max(sums) or words != "0"


@pytest.mark.parametrize("indicator", [COUNT, PERCENT])
def test_a_hidden_number_takes_part_in_nothing_that_is_derived(indicator: Indicator) -> None:
    figure = hidden() if indicator is COUNT else share_figure(None, 50, SWV.code)
    other = country(count(1000) if indicator is COUNT else share_figure(20, 80, SWV.code))

    assert difference(figure, other) is None
    assert share_of(figure, other) is None
    assert index(figure, other) is None
    assert comparable([figure]) == {}
    assert not re.search(r"hoger|lager|gelijk|% van", comparison(figure, other, indicator))


ranges = st.dictionaries(
    st.sampled_from("ABCDE"), st.tuples(st.integers(0, 12), st.integers(0, 3)), min_size=2, max_size=5
)


@some
@given(ranges, st.sampled_from(Direction))
def test_a_place_in_the_ranking_holds_in_every_way_to_fill_it_in(
    given_ranges: dict[str, tuple[int, int]], direction: Direction
) -> None:
    figures = [count(low, low + width, region=code) for code, (low, width) in given_ranges.items()]
    figures.append(hidden(region="Z"))

    found = ranks(comparable(figures), direction)

    assert "Z" not in found
    sign = -1 if direction is Direction.LOWER else 1
    for filled in product(*(range(low, low + width + 1) for low, width in given_ranges.values())):
        values = [sign * value for value in filled]
        for code, value in zip(given_ranges, values, strict=True):
            place = 1 + sum(other > value for other in values)
            assert found[code].best <= place <= found[code].worst


@some
@given(ranges)
def test_differences_and_shares_hold_in_every_way_to_fill_them_in(
    given_ranges: dict[str, tuple[int, int]],
) -> None:
    (low, width), (other, more), *_ = given_ranges.values()
    assume(other > 0)
    own, base = count(low, low + width), country(count(other, other + more))

    pairs = list(product(range(low, low + width + 1), range(other, other + more + 1)))
    assert holds(difference(own, base), [a - b for a, b in pairs])
    assert holds(share_of(own, base), [100 * a / b for a, b in pairs])


@some
@given(four, shares)
def test_contributions_hold_in_every_way_to_fill_them_in(
    given_cells: tuple[int | None, ...], weights: tuple[float, ...]
) -> None:
    total = total_of(given_cells, weights)
    pieces = [
        Piece(code, code, weight, is_whole=False, figure=figure_of(cell, code))
        for cell, code, weight in zip(given_cells, GEMEENTEN, weights, strict=True)
    ]

    found = contributions(total, pieces, COUNT, SwvRoute.GEMEENTEN)

    for place, each in enumerate(found):
        filled = list(possible(given_cells))
        brings = [weights[place] * one[place] for one in filled]
        sums = [sum(w * x for w, x in zip(weights, one, strict=True)) for one in filled]
        assert holds(each.numerator, brings)
        assert holds(
            each.part_of_total, [100 * b / s for b, s in zip(brings, sums, strict=True) if s] or [0.0]
        )
        assert given_cells[place] is not None or each.part_of_total is None


@settings(max_examples=12, deadline=None)
@given(cells, cells, cells)
def test_pupils_of_sites_have_the_bounds_of_every_way_to_fill_them_in(
    first: int | None, second: int | None, special: int | None
) -> None:
    lines = [("90AA00", "BO", first), ("90AB00", "BO", second), ("90AC00", "SBO", special)]
    header = "VESTIGINGSCODE;SOORT_VESTIGING;GEMEENTECODE_VESTIGING;LEERLINGEN_2020"
    rows = [f"{site};{kind};9001;{'<5' if cell is None else cell}" for site, kind, cell in lines]

    tidy = read_history(text_table(header, *rows), REFERENCE)

    at_home = tidy.observations[tidy.observations["region"] == "GM9001"].set_index("indicator")
    filled = list(possible((first, second, special)))
    sums = [a + b for a, b, _ in filled]
    row = at_home.loc["ll-bao"]
    assert (row["numerator_low"], row["numerator_high"]) == (min(sums), max(sums))
    if "deel-sbo-pct" in at_home.index:
        percentage = _figure_of_row(at_home.loc["deel-sbo-pct"].to_dict())
        outcomes = [100 * c / (a + b + c) for a, b, c in filled if a + b + c]
        assert exact_bounds(percentage, outcomes)
        is_hidden = at_home.loc["ll-sbo", "status"] == CellStatus.HIDDEN
        assert is_hidden == (special is None)
        assert (percentage.status is CellStatus.HIDDEN) == is_hidden
        assert not is_hidden or value_words(percentage, PERCENT) == HIDDEN


def _figure_of_row(row: Mapping[Hashable, Any]) -> Figure:
    bounds = {name: row[name] for name in map(str, row) if name.startswith(("numerator", "denominator"))}
    return count(0)._replace(**bounds, status=CellStatus(row["status"]))


def test_a_hidden_site_beside_nothing_hides_the_percentage_too() -> None:
    header = "VESTIGINGSCODE;SOORT_VESTIGING;GEMEENTECODE_VESTIGING;LEERLINGEN_2020"
    table = text_table(header, "90AA00;BO;9001;200", "90AC00;SBO;9001;<5")

    cells = read_history(table, REFERENCE).observations.set_index(["indicator", "region"])

    assert cells.loc[("deel-sbo-pct", "GM9001"), "status"] == CellStatus.HIDDEN


def test_a_small_part_of_a_hidden_number_in_a_whole_is_not_zero() -> None:
    figure = count(0.1, 0.4)._replace(denominator_low=50.1, denominator_high=50.4)

    assert "telde SWV Amstel tussen 0 en 1 leerlingen" in level(figure, PERCENT, SWV, figure.period)


def test_a_rate_of_hidden_counts_holds_in_every_way_to_fill_it_in() -> None:
    figure = share_figure(None, 100, SWV.code)._replace(unit=Unit.PER_1000)

    outcomes = [1000 * part_of / (part_of + 100) for part_of in range(1, 5)]
    assert figure.low is not None
    assert figure.high is not None
    assert holds((figure.low, figure.high), outcomes)


def test_parts_that_lie_whole_in_an_swv_are_added_without_a_word_of_estimate() -> None:
    rows = sum_to_swv(_frame((None, 3, 0, 9)), [whole(code, "PO9001", 2015) for code in GEMEENTEN])

    (row,) = rows.to_dict("records")
    assert (row["numerator_low"], row["numerator_high"], row["estimated"]) == (13.0, 16.0, 0.0)
