"""What holds for every pair of figures: antisymmetry, gap and step, and bounds that promise nothing."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from app.indicators import CellStatus, Figure, Indicator, Unit
from app.regions import COUNTRY
from app.verdicts import Step, Verdict, verdict
from tests.example_figures import PERCENT, finished, part
from tests.example_indicators import INDICATORS

TRUANTS = INDICATORS["thuiszitters"]
STEPS = list(Step)


class Bounded(NamedTuple):
    """A figure between bounds, and one of the exact figures that it can be."""

    figure: Figure
    exact: Figure


@st.composite
def parts(draw: st.DrawFn, indicator: Indicator = PERCENT) -> Figure:
    events, rest = draw(st.integers(0, 4000)), draw(st.integers(0, 40_000))
    return part(events, max(1, events + rest), unit=indicator.unit)


@st.composite
def bounded(draw: st.DrawFn, indicator: Indicator = PERCENT) -> Bounded:
    """Numerator and rest bounded apart, as a total over hidden parts is."""
    least, more = draw(st.integers(0, 300)), draw(st.integers(0, 40))
    rest, more_rest = draw(st.integers(1, 3000)), draw(st.integers(0, 40))
    events, others = draw(st.integers(least, least + more)), draw(st.integers(rest, rest + more_rest))
    figure = part(events, events + others, unit=indicator.unit)._replace(
        numerator_low=float(least),
        numerator_high=float(least + more),
        denominator_low=float(least + rest),
        denominator_high=float(least + more + rest + more_rest),
        status=CellStatus.PARTLY_HIDDEN,
    )
    return Bounded(figure, part(events, events + others, unit=indicator.unit))


def at(figure: Figure, region: str) -> Figure:
    return figure._replace(region=region)


@given(parts(), parts())
def test_turned_round_a_verdict_is_its_mirror_image(first: Figure, second: Figure) -> None:
    there, back = (
        verdict(at(first, "PO2701"), at(second, "PO2702"), PERCENT),
        verdict(at(second, "PO2702"), at(first, "PO2701"), PERCENT),
    )

    assert there is not None
    assert back is not None
    assert (back.step, back.side) == (there.step, -there.side)
    assert (back.gap.value, back.gap.low, back.gap.high) == (
        -there.gap.value,
        -there.gap.high,
        -there.gap.low,
    )


@given(parts(), st.floats(0, 100))
def test_the_gap_holds_nothing_exactly_if_comparable(own: Figure, there: float) -> None:
    _check(verdict(own, finished(there, region=COUNTRY), PERCENT))


@given(parts(TRUANTS), parts(TRUANTS))
def test_the_gap_of_two_rates_holds_nothing_exactly_if_comparable(first: Figure, second: Figure) -> None:
    _check(verdict(first, at(second, "PO2702"), TRUANTS))


def _check(found: Verdict | None) -> None:
    assert found is not None
    assert found.gap.low <= found.gap.value <= found.gap.high
    assert (found.gap.low <= 0 <= found.gap.high) is (found.step is Step.COMPARABLE)
    assert (found.side == 0) is (found.step is Step.COMPARABLE)
    assert found.side * found.gap.value >= 0


@given(bounded(), st.floats(0, 100))
def test_bounds_beside_the_country_claim_no_more_than_any_figure_in_them(own: Bounded, there: float) -> None:
    benchmark = finished(there, region=COUNTRY)

    _check_claims_less(verdict(own.figure, benchmark, PERCENT), verdict(own.exact, benchmark, PERCENT))


@given(bounded(), bounded())
def test_bounds_on_both_sides_claim_no_more_than_any_figures_in_them(own: Bounded, other: Bounded) -> None:
    _check_claims_less(
        verdict(own.figure, at(other.figure, "PO2702"), PERCENT),
        verdict(own.exact, at(other.exact, "PO2702"), PERCENT),
    )


@given(bounded(TRUANTS), bounded(TRUANTS))
def test_bounds_of_rates_claim_no_more_than_any_figures_in_them(own: Bounded, other: Bounded) -> None:
    _check_claims_less(
        verdict(own.figure, at(other.figure, "PO2702"), TRUANTS),
        verdict(own.exact, at(other.exact, "PO2702"), TRUANTS),
    )


def _check_claims_less(wide: Verdict | None, narrow: Verdict | None) -> None:
    assert wide is not None
    assert narrow is not None
    assert wide.gap.low <= narrow.gap.low + 1e-9
    assert wide.gap.high >= narrow.gap.high - 1e-9
    assert STEPS.index(wide.step) <= STEPS.index(narrow.step)
    assert wide.side in (0, narrow.side)


@given(parts(), parts())
def test_more_of_the_same_children_never_makes_a_difference_less_sure(first: Figure, second: Figure) -> None:
    small = verdict(first, at(second, "PO2702"), PERCENT)
    large = verdict(_tenfold(first), at(_tenfold(second), "PO2702"), PERCENT)

    assert small is not None
    assert large is not None
    assert STEPS.index(large.step) >= STEPS.index(small.step)


def _tenfold(figure: Figure) -> Figure:
    return part(10 * (figure.numerator_low or 0.0), 10 * (figure.denominator_low or 0.0))


def test_the_example_rate_counts_per_thousand() -> None:
    assert TRUANTS.unit is Unit.PER_1000
