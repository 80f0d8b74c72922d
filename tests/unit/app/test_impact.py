"""What publishing would change: movers, regions beside the country, sums and words, by hand."""

from dataclasses import replace

import pytest

from app.impact import (
    Cells,
    Door,
    Few,
    Flip,
    Impact,
    IndicatorChange,
    Latest,
    Mover,
    PeriodChange,
    Size,
    Stand,
    Way,
    by_weight,
    count_lines,
    few,
    flips,
    merged,
    movers,
    region_changes,
    stand,
    sum_cells,
    words,
)
from app.indicators import CellStatus, Figure, Indicator, PeriodStatus
from app.regions import RegionKind
from tests.example_figures import COUNT, PERCENT


def figure(code: str, low: float | None, high: float | None = None, *, of: float | None = None) -> Figure:
    status = CellStatus.MISSING if low is None else CellStatus.PRESENT if high is None else CellStatus.HIDDEN
    top = low if high is None else high
    return Figure(code, "2025", "totaal", low, top, of, of, None, status, PeriodStatus.FINAL)


def latest(indicator: Indicator, then: list[Figure], now: list[Figure]) -> Latest:
    sides = ({each.region: each for each in side} for side in (then, now))
    return Latest(indicator, "2024", "2025", *sides)


def test_of_a_long_list_the_first_are_told_and_the_rest_counted() -> None:
    assert few([1, 2, 3], 2) == Few((1, 2), 1)
    assert few([1], 2, total=9).count == 9
    assert few([]) == Few()


def test_lists_that_told_their_first_become_one_that_does() -> None:
    found = merged([Few((9, 5), 3), Few((7,), 0)], lambda items: sorted(items, reverse=True))

    assert found == Few((9, 7, 5), 3)


def test_cells_tell_what_came_and_what_went() -> None:
    cells = sum_cells([Cells(10, 8, 7, 2, 1, 0), Cells(5, 0, 0, 0, 0, 0)])

    assert cells == Cells(15, 8, 7, 2, 1, 0)
    assert (cells.added, cells.gone) == (8, 1)
    assert sum_cells([]) == Cells()


def test_a_count_moves_by_its_difference_and_in_percent() -> None:
    mover = Mover(COUNT, figure("GM0034", 40), figure("GM0034", 50))

    assert mover.gap == (10.0, 10.0)
    assert round(mover.relative or 0, 3) == 25.0
    assert mover.weight == pytest.approx(100 / 91)
    assert (words.gap(mover), words.relative(mover)) == ("+10", "+25,0%")


def test_a_part_moves_in_points_and_weighs_by_its_chance() -> None:
    mover = Mover(PERCENT, figure("GM0034", 10, of=100), figure("GM0034", 20, of=100))

    assert mover.gap == (10.0, 10.0)
    assert mover.weight == pytest.approx(0.01 / (0.15 * 0.85 * 0.02))
    assert words.gap(mover) == "+10,0 procentpunt"
    assert words.value(mover, now=True) == "2025: 20,0%"


def test_a_finished_figure_weighs_by_its_relative_change_and_from_zero_by_nothing() -> None:
    then, now = figure("GM0034", 0), figure("GM0034", 0)
    moved = Mover(PERCENT, then._replace(value=2.0), now._replace(value=3.0))
    risen = Mover(PERCENT, then._replace(value=0.0), now._replace(value=3.0))

    assert moved.weight == pytest.approx(25.0)
    assert (risen.weight, risen.relative, words.relative(risen)) == (0.0, None, "–")


def test_movers_are_known_on_both_sides_and_never_the_country() -> None:
    then = [figure("NL01", 100), figure("GM0034", 40), figure("GM0363", 40), figure("GM0995", 1, 4)]
    now = [figure("NL01", 200), figure("GM0034", 41), figure("GM0363", 80), figure("GM0995", 9)]

    found = movers(latest(COUNT, then, [*now, figure("GM0384", 7)]))

    assert [each.region for each in found] == ["GM0363", "GM0034"]
    assert by_weight(found[::-1]) == found


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (21, Stand(1, Size.SMALL)),
        (22, Stand(1, Size.MIDDLE)),
        (25, Stand(1, Size.LARGE)),
        (20, Stand(0, Size.EQUAL)),
        (18, Stand(-1, Size.MIDDLE)),
        (15, Stand(-1, Size.LARGE)),
    ],
)
def test_a_difference_with_the_country_has_a_sign_and_a_size(own: float, expected: Stand) -> None:
    assert stand(figure("GM0034", own, of=1000), figure("NL01", 20, of=1000), PERCENT) == expected


def test_of_totals_hidden_and_open_figures_no_difference_is_told() -> None:
    country = figure("NL01", 20, of=1000)
    around = figure("GM0034", 15)._replace(
        numerator_high=25.0, denominator_low=1000.0, denominator_high=1000.0, status=CellStatus.PARTLY_HIDDEN
    )

    assert stand(figure("GM0034", 40), figure("NL01", 100), COUNT) is None
    assert stand(figure("GM0034", 1, 4, of=1000), country, PERCENT) is None
    assert stand(around, country, PERCENT) is None
    assert stand(None, country, PERCENT) is None


def test_regions_that_turn_come_before_those_that_only_differ_more() -> None:
    then = [figure("NL01", 20, of=1000), figure("GM0034", 21, of=1000), figure("GM0363", 21, of=1000)]
    now = [figure("NL01", 20, of=1000), figure("GM0034", 40, of=1000), figure("GM0363", 19, of=1000)]

    found = flips(latest(PERCENT, then, now))

    assert [(each.region, each.turns, words.flip(each)) for each in found] == [
        ("GM0363", True, "andere kant"),
        ("GM0034", False, "andere grootte"),
    ]
    assert words.place(found[0].now) == "lager dan Nederland, klein verschil"
    assert words.flip(Flip(PERCENT, "GM0034", Stand(0, Size.EQUAL), Stand(1, Size.SMALL))) == "ander verschil"


def test_the_regions_of_a_kind_are_counted_and_summed_beside_the_country() -> None:
    then = [figure("GM0034", 40), figure("GM0363", 50)]
    now = [figure("NL01", 100), figure("GM0034", 45), figure("GM0363", 50), figure("GM0995", 1, 4)]

    (line,) = count_lines(latest(COUNT, then, [*now, figure("GM0384", None)]))

    assert line.kind is RegionKind.GEMEENTE
    assert (line.then.known, line.now.known, line.now.hidden, line.now.missing) == (2, 2, 1, 1)
    assert line.now.total == (96.0, 99.0)
    assert round(line.part or 0, 3) == 97.5
    assert words.count(line.now) == "2 met cijfer, 1 verborgen, 1 zonder cijfer"
    assert words.total(line) == "tussen 96 en 99 (97,5% van Nederland)"
    assert words.growth(line) == "+8,3%"


def test_percentages_are_never_summed() -> None:
    (line,) = count_lines(latest(PERCENT, [], [figure("GM0034", 4, of=100)]))

    assert (line.now.total, line.part) == (None, None)
    assert (words.total(line), words.growth(line), words.count(line.then)) == ("–", "–", "–")


def test_regions_come_and_go_only_beside_a_period() -> None:
    both = latest(COUNT, [figure("GM0034", 1)], [figure("GM0363", 1)])

    assert region_changes(both) == (["GM0363"], ["GM0034"])
    assert region_changes(replace(both, period_then=None)) == ([], [])


def test_periods_are_told_briefly_and_by_what_happens_to_them() -> None:
    changed = PeriodChange("2024", Way.CHANGED, PeriodStatus.FINAL, PeriodStatus.PROVISIONAL, Cells())
    new = PeriodChange("2025", Way.NEW, None, PeriodStatus.PROVISIONAL, Cells())
    change = IndicatorChange(COUNT, ("2023", "2024"), ("2023", "2024", "2025"), (changed, new))

    assert words.ways(change) == [(Way.NEW, "2025"), (Way.CHANGED, "2024")]
    assert words.shown(change.shown_now, COUNT) == "2025 (3 perioden, vanaf 2023)"
    assert words.shown((), COUNT) == "geen cijfers"
    assert (
        words.periods([str(year) for year in range(2011, 2026)], COUNT)
        == "2011 tot en met 2025 (15 perioden)"
    )
    assert words.status(changed) == "definitief → voorlopig"
    assert (words.is_less_final(changed), words.is_less_final(new)) == (True, False)
    assert (changed.has_new_status, new.has_new_status) == (True, False)


def test_the_whole_is_told_in_counts_and_nothing_is_said_to_be_nothing() -> None:
    new = PeriodChange("2025", Way.NEW, None, PeriodStatus.FINAL, Cells(1234))
    change = IndicatorChange(COUNT, (), ("2025",), (new,))
    impact = Impact(2, 1, few([change]), Cells(1234, 0, 0, 0, 2, 1), names={"GM0034": "Almere"})

    assert words.summary(impact) == [
        "1 indicator",
        "1 nieuwe periode",
        "2 cijfers gaan open",
        "1 cijfer gaat dicht",
    ]
    assert words.regions(["GM0034", "GM0001"], 3, impact) == "Almere, GM0001 en nog 3"
    assert words.door(Door(COUNT, "2025", "GM0034", "totaal", opens=True)) == "gaat open: was verborgen"
    assert (impact.is_nothing, Impact(2, 1).is_nothing) == (False, True)
