"""When a visit ends, and what changed since: each kind of change in its words, nothing that is hidden now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.indicators import TOTAL, Figure, Indicator, PeriodStatus
from app.visits import Change, ChangeKind, Judge, Visit, changes_since
from tests.example_figures import COUNT, PERCENT, SWV, count, country, finished, hidden, part

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPEN = Visit(3, NOW)


def since(
    before: list[Figure], now: list[Figure], indicator: Indicator = COUNT, verdict_of: Judge | None = None
) -> list[Change]:
    """The changes of one indicator; the country has the same figure all the time."""
    there = [country(count(1_000, period=period)) for period in ("2024", "2025")]

    def recent(own: list[Figure]) -> dict[tuple[str, str], dict[str, list[Figure]]]:
        return {(indicator.id, TOTAL): {SWV.code: own, "NL01": there}}

    return changes_since([indicator], recent(before), recent(now), SWV.code, verdict_of)


def told(change: list[Change]) -> list[tuple[ChangeKind, str]]:
    return [(each.kind, each.sentence) for each in change]


@pytest.mark.parametrize(
    ("passed", "ended"), [(8 * HOUR, False), (8 * HOUR + timedelta(seconds=1), True), (-HOUR, False)]
)
def test_a_visit_ends_after_eight_hours(passed: timedelta, *, ended: bool) -> None:
    assert OPEN.has_ended(NOW + passed) is ended


def test_the_next_visit_remembers_the_last_one() -> None:
    assert OPEN.next(5, NOW + 9 * HOUR) == Visit(5, NOW + 9 * HOUR, 3, NOW)


def test_figures_that_stayed_are_no_change() -> None:
    assert since([count(120)], [count(120)]) == []
    assert since([], []) == []
    assert since([finished(None)], [finished(None)], PERCENT) == []


def test_a_difference_that_rounds_away_is_no_change() -> None:
    assert since([finished(2.01)], [finished(2.04)], PERCENT) == []


def test_a_new_period_is_told_beside_the_one_before() -> None:
    change = since([count(120, period="2024")], [count(120, period="2024"), count(131)])

    assert told(change) == [
        (ChangeKind.NEW_PERIOD, "Op 1 oktober 2025: 131. Op 1 oktober 2024: 120."),
    ]


def test_the_period_before_is_told_as_it_is_now() -> None:
    change = since([count(120, period="2024")], [count(125, period="2024"), count(131)])

    assert told(change) == [(ChangeKind.NEW_PERIOD, "Op 1 oktober 2025: 131. Op 1 oktober 2024: 125.")]


@pytest.mark.parametrize("old", [hidden(period="2024"), count(120, 123, period="2024")])
def test_a_period_that_is_hidden_since_is_left_out(old: Figure) -> None:
    change = since([count(3, period="2024")], [old, count(131)])

    assert told(change) == [(ChangeKind.NEW_PERIOD, "Op 1 oktober 2025: 131.")]


def test_a_revised_figure_is_told_with_what_it_was() -> None:
    assert told(since([count(120)], [count(124)])) == [
        (ChangeKind.REVISED, "Op 1 oktober 2025: was 120, is nu 124.")
    ]


def test_a_revised_figure_that_became_definitive_says_both() -> None:
    change = since([count(120, period_status=PeriodStatus.PROVISIONAL)], [count(124)])

    assert told(change) == [
        (ChangeKind.REVISED, "Op 1 oktober 2025: was 120 (voorlopig), is nu 124 (definitief).")
    ]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (hidden(), "minder dan 5"),
        (count(2, 9), "tussen 2 en 9"),
    ],
)
def test_an_old_number_is_not_told_once_it_is_hidden(now: Figure, words: str) -> None:
    change = since([count(3)], [now])

    assert told(change) == [(ChangeKind.REVISED, f"Op 1 oktober 2025: aangepast, nu {words}.")]


def test_an_old_percentage_is_not_told_once_it_is_hidden() -> None:
    change = since([part(3, 1000)], [hidden(denominator_low=1000.0, denominator_high=1003.0)], PERCENT)

    assert told(change) == [(ChangeKind.REVISED, "Op 1 oktober 2025: aangepast, nu door de bron verborgen.")]


def test_a_figure_that_was_hidden_and_opened_says_so() -> None:
    assert told(since([hidden()], [count(12)])) == [
        (ChangeKind.REVISED, "Op 1 oktober 2025: was minder dan 5, is nu 12.")
    ]


def test_a_figure_that_became_definitive_is_told_with_its_value() -> None:
    change = since([count(120, period_status=PeriodStatus.PROVISIONAL)], [count(120)])

    assert told(change) == [
        (ChangeKind.STATUS, "Op 1 oktober 2025: was voorlopig, is nu definitief. Het bleef 120.")
    ]


def test_a_new_indicator_is_told_with_its_value() -> None:
    assert told(since([], [count(12)])) == [(ChangeKind.NEW_INDICATOR, "Op 1 oktober 2025: 12.")]
    assert told(since([finished(None)], [finished(2.0)], PERCENT)) == [
        (ChangeKind.NEW_INDICATOR, "Op 1 oktober 2025: 2,0%.")
    ]


def test_what_is_withdrawn_is_told_without_its_number() -> None:
    assert told(since([count(120)], [])) == [(ChangeKind.WITHDRAWN, "Er is geen cijfer meer.")]
    assert told(since([finished(2.0)], [finished(None)], PERCENT)) == [
        (ChangeKind.WITHDRAWN, "Op 1 oktober 2025 is er geen cijfer meer.")
    ]


def test_a_period_that_is_taken_back_leaves_the_one_before() -> None:
    change = since([count(131)], [count(120, period="2024")])

    assert told(change) == [
        (
            ChangeKind.WITHDRAWN,
            "Het cijfer van 1 oktober 2025 is teruggenomen. Op 1 oktober 2024: 120.",
        )
    ]


def judge(indicator: Indicator, own: Figure | None, there: Figure | None) -> str:
    """Higher from 125 on."""
    assert there is not None
    return "hoger" if own is not None and (own.low or 0) >= 125 else "vergelijkbaar"


def test_another_verdict_is_told_behind_what_caused_it() -> None:
    assert told(since([count(120)], [count(126)], verdict_of=judge)) == [
        (
            ChangeKind.VERDICT,
            "Op 1 oktober 2025: was 120, is nu 126. "
            "Naast Nederland was het oordeel “vergelijkbaar”, nu “hoger”.",
        )
    ]


def test_the_same_verdict_adds_nothing() -> None:
    change = since([count(120)], [count(124)], verdict_of=judge)

    assert told(change) == [(ChangeKind.REVISED, "Op 1 oktober 2025: was 120, is nu 124.")]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([count(130)], [hidden()]),
        ([count(130)], [count(120, 140)]),
        ([count(130, period="2024")], [hidden(period="2024"), count(120)]),
        ([count(130, period="2024")], [count(120)]),
    ],
)
def test_a_verdict_on_a_number_that_is_hidden_since_is_not_told(
    before: list[Figure], now: list[Figure]
) -> None:
    assert "oordeel" not in " ".join(each.sentence for each in since(before, now, verdict_of=judge))


def test_a_judge_without_words_tells_nothing() -> None:
    assert since([count(120)], [count(120)], verdict_of=lambda *_: "") == []


def test_the_weightiest_changes_come_first_then_the_order_of_the_catalogue() -> None:
    names = ("a", "b", "c", "d")
    indicators = [replace(COUNT, id=name) for name in names]
    before = {("b", TOTAL): [count(1)], ("c", TOTAL): [count(9)], ("d", TOTAL): [count(9)]}
    now = {("a", TOTAL): [count(7)], ("c", TOTAL): [count(8)], ("d", TOTAL): [count(7)]}

    found = changes_since(
        indicators,
        {key: {SWV.code: own} for key, own in before.items()},
        {key: {SWV.code: own} for key, own in now.items()},
        SWV.code,
    )

    assert [(each.indicator.id, each.kind) for each in found] == [
        ("b", ChangeKind.WITHDRAWN),
        ("c", ChangeKind.REVISED),
        ("d", ChangeKind.REVISED),
        ("a", ChangeKind.NEW_INDICATOR),
    ]
