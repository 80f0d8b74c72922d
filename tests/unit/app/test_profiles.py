"""A region beside the country or a group: never in its own group, striking only where that agrees."""

from dataclasses import replace

import pytest

from app.comparison_groups import GroupKey, GroupKind, PeerGroup
from app.cross_sections import CrossSection
from app.group_values import GROUP
from app.indicators import Figure, Indicator
from app.profiles import Benchmark, benchmark_of, judge, profile, striking
from app.regions import RegionKind
from tests.example_figures import COUNT, PERCENT, count, country, finished, hidden, part
from tests.example_indicators import INDICATORS

QUIET = (30, 31, 31, 32, 32, 32, 32, 33, 33, 34)


def section(
    *figures: Figure, indicator: Indicator = PERCENT, of_country: Figure | None = None
) -> CrossSection:
    codes = [f"PO{2701 + place}" for place in range(len(figures))]
    named = {code: each._replace(region=code) for code, each in zip(codes, figures, strict=True)}
    return CrossSection(indicator, "2025", RegionKind.SWV_PO, named, of_country)


def group(*codes: str, kind: GroupKind = GroupKind.OWN) -> PeerGroup:
    return PeerGroup(GroupKey(kind), "Uw groep", "uw groep", RegionKind.SWV_PO, codes)


def test_the_country_is_its_published_figure() -> None:
    there = country(finished(6.0))

    assert benchmark_of(section(part(1, 2), of_country=there), group(kind=GroupKind.COUNTRY)) == Benchmark(
        there
    )


def test_a_group_is_its_common_value_where_it_has_one() -> None:
    found = benchmark_of(section(part(10, 100), part(90, 300)), group("PO2701", "PO2702"))

    assert found.figure is not None
    assert (found.figure.region, found.figure.low, found.is_mean) == (GROUP, 25.0, False)


def test_without_a_common_value_it_is_the_mean_and_says_so() -> None:
    found = benchmark_of(section(finished(10.0), finished(20.0)), group("PO2701", "PO2702"))

    assert found.figure is not None
    assert (found.figure.low, found.is_mean) == (15.0, True)


def test_the_own_region_stays_out_of_its_group_whatever_the_codes_say() -> None:
    given = section(part(100, 100), part(10, 100), part(90, 300))

    found = benchmark_of(given, group("PO2701", "PO2702", "PO2703"), own="PO2701")

    assert found.figure is not None
    assert found.figure.low == 25.0
    assert found.group is not None
    assert (found.group.contributing, found.group.size) == (2, 2)


def test_a_group_in_which_one_region_has_a_figure_is_no_benchmark() -> None:
    lost = hidden(denominator_low=90.0, denominator_high=90.0)

    found = benchmark_of(section(part(10, 100), lost, lost), group("PO2701", "PO2702", "PO2703"))

    assert found.figure is None
    assert found.group is not None
    assert (found.group.contributing, found.group.size) == (1, 3)


def test_half_a_group_without_a_figure_is_counted_in_the_open() -> None:
    found = benchmark_of(
        section(part(10, 100), part(90, 300), finished(None), finished(None)),
        group("PO2701", "PO2702", "PO2703", "PO2704"),
    )

    assert found.group is not None
    assert (found.group.contributing, found.group.size) == (2, 4)


def test_a_total_and_the_own_past_have_no_benchmark_in_a_group() -> None:
    totals = section(count(10), count(30), indicator=COUNT)

    assert benchmark_of(totals, group("PO2701", "PO2702")).figure is None
    assert benchmark_of(totals, group(kind=GroupKind.PAST)) == Benchmark(None)


def test_judgements_have_no_benchmark_in_a_group() -> None:
    given = section(finished(1.0), finished(2.0), indicator=INDICATORS["oordeel"])

    assert benchmark_of(given, group("PO2701", "PO2702")).figure is None


def funnelled(last: float) -> CrossSection:
    """Ten quiet regions of 400 around 8%, and one more."""
    return section(*(part(events, 400) for events in (*QUIET, last)), of_country=country(finished(8.0)))


def test_striking_is_who_is_clearly_apart_and_outside_the_funnel() -> None:
    given = funnelled(60)

    far, near = (judge(given, code, Benchmark(given.country)).verdict for code in ("PO2711", "PO2701"))

    assert far is not None
    assert near is not None
    assert (far.words, far.is_striking) == ("duidelijk hoger", True)
    assert (near.words, near.is_striking) == ("vergelijkbaar", False)


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (part(60, 400), "vergelijkbaar"),  # a group that is as far off itself
        (part(10_000, 40_000), "duidelijk lager"),  # a group still higher: the funnel says the other side
    ],
)
def test_a_verdict_that_says_otherwise_than_the_funnel_is_not_striking(there: Figure, words: str) -> None:
    benchmark = Benchmark(there._replace(region=GROUP))

    found = judge(funnelled(60), "PO2711", benchmark).verdict

    assert found is not None
    assert (found.words, found.is_striking) == (words, False)


@pytest.mark.parametrize("region", ["PO2711", "PO2701"])
def test_beside_the_own_past_or_another_region_nothing_is_striking(region: str) -> None:
    period = "2020" if region == "PO2711" else "2025"
    there = part(8, 400, region=region, period=period)

    found = judge(funnelled(60), "PO2711", Benchmark(there)).verdict

    assert found is not None
    assert (found.words, found.is_striking) == ("duidelijk hoger", False)


def test_a_region_without_a_figure_is_judged_by_nothing() -> None:
    given = section(part(10, 100), of_country=country(finished(6.0)))

    found = judge(given, "PO2799", Benchmark(given.country))

    assert (found.own, found.verdict) == (None, None)
    assert found.indicator is PERCENT


def test_a_profile_holds_what_can_be_compared_with_the_own_region_outside() -> None:
    shares = section(part(100, 100), part(10, 100), part(90, 300))
    totals = section(count(10), count(20), indicator=COUNT)
    judgements = section(finished(1.0), indicator=INDICATORS["oordeel"])
    days = section(finished(10.0), finished(12.0), finished(16.0), indicator=INDICATORS["doorlooptijd"])

    found = profile([shares, totals, judgements, days], "PO2701", group("PO2701", "PO2702", "PO2703"))

    assert [each.section for each in found] == [shares, days]
    assert [each.benchmark.figure.low for each in found if each.benchmark.figure] == [25.0, 14.0]
    assert [each.verdict is None for each in found] == [False, True]


def test_an_indicator_with_another_direction_is_judged_alike() -> None:
    plain = section(part(150, 1800), of_country=country(finished(6.0)))
    turned = replace(plain, indicator=INDICATORS["lager"])

    assert judge(plain, "PO2701", Benchmark(plain.country)).verdict == (
        judge(turned, "PO2701", Benchmark(turned.country)).verdict
    )


def test_what_is_striking_is_told_by_its_size_beside_the_benchmark_and_three_at_most() -> None:
    events = {"a": 60, "b": 90, "c": 60, "d": 70}
    sections = [
        replace(funnelled(last), indicator=replace(PERCENT, id=name)) for name, last in events.items()
    ]
    quiet = funnelled(32)

    found = striking([judge(each, "PO2711", Benchmark(each.country)) for each in (quiet, *sections)])

    # 15.0, 22.5, 15.0 and 17.5% beside 8%: equal ones in the order of their names
    assert [each.indicator.id for each in found] == ["b", "d", "a"]
