"""When there is no verdict, and why: same period, breakdown and kind only, nothing from what is hidden."""

from dataclasses import replace

import pytest

from app.group_values import GROUP
from app.indicators import CellStatus, Figure, Unit
from app.regions import COUNTRY
from app.verdicts import Refusal, estimate, verdict, why_no_verdict
from tests.example_figures import BREAK, COUNT, PERCENT, at_least, count, country, finished, hidden, part
from tests.example_indicators import INDICATORS

OWN = part(150, 1800)
OTHER = part(90, 1800, region="PO2601")


@pytest.mark.parametrize(
    ("own", "benchmark", "reason"),
    [
        (None, country(finished(6.0)), Refusal.NO_FIGURE),
        (OWN, None, Refusal.NO_FIGURE),
        (OWN, country(finished(None)), Refusal.NO_FIGURE),
        (hidden(denominator_low=90.0, denominator_high=90.0), OTHER, Refusal.NO_FIGURE),
        (OWN, OTHER._replace(status=CellStatus.HIDDEN), Refusal.NO_FIGURE),
        (OWN, OWN, Refusal.SAME),
        (country(OWN), OTHER, Refusal.OTHER_KIND),
        (country(OWN), OTHER._replace(region=GROUP), Refusal.OTHER_KIND),
        (OWN, OTHER._replace(region="VO2601"), Refusal.OTHER_KIND),
        (OWN, OTHER._replace(region="PV27"), Refusal.OTHER_KIND),
        (OWN, OTHER._replace(breakdown="leeftijd:0-4"), Refusal.OTHER_BREAKDOWN),
        (OWN, OTHER._replace(period="2020"), Refusal.OTHER_PERIOD),
        (OWN, country(finished(6.0, period="2024")), Refusal.OTHER_PERIOD),
        (OWN, OWN._replace(period="2020", indirect=0.051), Refusal.SHIFTED),
        (OWN, OWN._replace(period="2020", estimated=0.06, converted=True), Refusal.SHIFTED),
        (finished(8.0), country(finished(6.0)), Refusal.NO_MARGIN),
        (OWN._replace(value=8.3), country(finished(6.0)), Refusal.NO_MARGIN),
        (OWN._replace(unit=Unit.PER_1000), country(finished(6.0)), Refusal.NO_MARGIN),
        (OWN, finished(5.0, region=GROUP), Refusal.NO_MARGIN_THERE),
        (OWN, finished(5.0, region="PO2601"), Refusal.NO_MARGIN_THERE),
    ],
)
def test_what_may_not_be_compared_has_a_reason_and_no_verdict(
    own: Figure | None, benchmark: Figure | None, reason: Refusal
) -> None:
    assert why_no_verdict(own, benchmark, PERCENT) is reason
    assert verdict(own, benchmark, PERCENT) is None


@pytest.mark.parametrize(
    ("own", "benchmark"),
    [
        (OWN, country(finished(6.0))),
        (OWN, OTHER),
        (OWN, OTHER._replace(region=GROUP)),
        (OWN, OWN._replace(period="2020")),
        (OWN, OWN._replace(period="2020", indirect=0.05)),
        (OWN, OWN._replace(period="2020", estimated=0.2)),  # a fixed share is the same in all years
        (OWN, OTHER._replace(indirect=0.5)),
        (country(OWN), country(OWN)._replace(period="2020")),
    ],
)
def test_what_may_be_compared_has_a_verdict_and_no_reason(own: Figure, benchmark: Figure) -> None:
    assert why_no_verdict(own, benchmark, PERCENT) is None
    assert verdict(own, benchmark, PERCENT) is not None


def test_a_break_between_own_and_past_forbids_the_comparison() -> None:
    cut = replace(PERCENT, series_breaks=(BREAK,))  # from 2023 on

    assert why_no_verdict(OWN, OWN._replace(period="2022"), cut) is Refusal.BREAK
    assert why_no_verdict(OWN, OWN._replace(period="2023"), cut) is None
    assert why_no_verdict(OWN._replace(period="2022"), OWN._replace(period="2021"), cut) is None


def test_the_country_beside_its_own_past_has_two_margins() -> None:
    now, then = country(part(150, 1800)), country(part(90, 1800, period="2020"))

    found = verdict(now, then, PERCENT)

    assert found is not None
    assert found.gap == pytest.approx((3.333, 1.709, 4.978), abs=0.001)


@pytest.mark.parametrize("name", ["aantal", "kosten", "doorlooptijd", "oordeel", "bureau", "vermogen"])
def test_kinds_of_figures_without_a_method_say_so(name: str) -> None:
    indicator = INDICATORS[name]

    own, there = (finished(value, unit=indicator.unit) for value in (2.0, 1.0))

    assert why_no_verdict(own, country(there), indicator) is Refusal.NO_METHOD


@pytest.mark.parametrize(
    "figure",
    [
        None,
        finished(8.0),
        finished(None),
        hidden(denominator_low=90.0, denominator_high=90.0),
        part(150, 1800)._replace(status=CellStatus.MISSING),
        part(0, 0),
        part(-1, 10),
        part(11, 10),
        at_least(120),
    ],
)
def test_without_sound_counts_there_are_no_limits(figure: Figure | None) -> None:
    assert estimate(figure, PERCENT) is None


def test_a_count_has_no_limits() -> None:
    assert estimate(count(150), COUNT) is None


def test_only_refusals_about_margins_leave_a_difference_to_tell() -> None:
    told = {each for each in Refusal if not each.is_incomparable}

    assert told == {Refusal.SHIFTED, Refusal.NO_METHOD, Refusal.NO_MARGIN, Refusal.NO_MARGIN_THERE}


def test_the_country_is_exact_only_as_a_benchmark() -> None:
    assert why_no_verdict(country(OWN), OWN._replace(region=COUNTRY, period="2020"), PERCENT) is None
    assert why_no_verdict(country(OWN), OTHER, PERCENT) is Refusal.OTHER_KIND
