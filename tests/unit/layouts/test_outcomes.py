"""The outcome of a questionnaire in words."""

import pytest

from app.disclosure import Cell, Count, Measure, Share, Shown, show_cell
from app.tables import Sheet, Value
from layouts.outcome_scores import SCORE_NOTES
from layouts.outcome_words import (
    COMPLETE,
    good_margin_words,
    margin_words,
    part_words,
    response_words,
    share_words,
)
from layouts.outcomes import CHOICE_HEADER, groups_of, long_rows
from survey.reading import latest, load_questionnaires
from survey.results.outcomes import Outcome, named_mean
from survey.results.snapshots import Named, Scaled, Snapshot

QUESTIONNAIRES = load_questionnaires()


def _outcome(count: Count, size: int | None) -> Outcome:
    return Outcome(1, latest(QUESTIONNAIRES, "ib"), Snapshot(count, size))


def test_a_half_percent_goes_up() -> None:
    assert response_words(_outcome(Count(25, 25), 1000)) == "25 van de 1.000 (3%)"


def test_a_half_of_the_last_decimal_of_a_mean_goes_up() -> None:
    scores = (4.0, 4.5, 4.0, 4.5)  # 4.25
    named = [Named(str(place), "", {}, {"sturing": score}) for place, score in enumerate(scores)]

    outcome = Outcome(1, latest(QUESTIONNAIRES, "swv"), Snapshot(Count(4, 4), named=named))

    assert named_mean(outcome, "sturing") == 4.3


@pytest.mark.parametrize(
    ("count", "size", "words"),
    [
        (Count(10, 19), 12, "10 tot en met 12 van de 12"),
        (Count(10, 19), 60, "10 tot en met 19 van de 60"),
        (Count(10, 19), 9, "10 tot en met 19"),
        (Count(25, 25), 25, "25 van de 25 (100%)"),
        (Count(25, 25), 24, "25"),
    ],
)
def test_the_response_stands_beside_who_could_answer(count: Count, size: int, words: str) -> None:
    assert response_words(_outcome(count, size)) == words


def test_the_notes_say_what_is_positive_at_a_theme() -> None:
    assert any("bij een thema: een gemiddelde van 4 of hoger." in each for each in SCORE_NOTES)


def _sheets(outcome: Outcome, names: dict[str, str]) -> list[Sheet]:
    return [sheet for group in groups_of(outcome, names) for sheet in group.sheets]


def _shown(cell: Cell, size: int | None = None) -> Shown:
    shown = show_cell(cell, Measure.FIVE, size=size)
    assert shown is not None
    return shown


@pytest.mark.parametrize(
    ("cell", "size", "score", "good"),
    [
        # 20 of 39, mean 3 and share 0,5: as counted by hand at the disclosure of cells
        (Cell({2.0: 10, 4.0: 10}), 39, "2,7 tot 3,3", "36% tot 64%"),
        (Cell({2.0: 10, 4.0: 10}), 20, COMPLETE, COMPLETE),
        (Cell({2.0: 4, 4.0: 4}), 39, "", ""),  # below ten there is no margin
        (Cell({5.0: 6, 4.0: 6}), None, "4,1 tot 4,9", ""),  # ‘90% of meer’ is no exact percentage
    ],
)
def test_a_percentage_has_its_margin_beside_that_of_the_score(
    cell: Cell, size: int | None, score: str, good: str
) -> None:
    shown = _shown(cell, size)

    assert (margin_words(shown), good_margin_words(shown)) == (score, good)
    assert good_margin_words(None) == ""


def test_every_table_and_the_csv_tell_the_margin_of_the_percentage() -> None:
    shown = _shown(Cell({2.0: 10, 4.0: 10}), 39)
    scaled = {"K01": Scaled(Measure.FIVE, 1, shown, {"GM0363": shown, "GM0034": shown})}
    snapshot = Snapshot(Count(40, 40), 78, gemeenten=("GM0034", "GM0363"), scaled=scaled)
    outcome = Outcome(1, latest(QUESTIONNAIRES, "ib"), snapshot)

    sheets = _sheets(outcome, {"GM0034": "Almere", "GM0363": "Amsterdam"})

    scores, parts = sheets[0], sheets[1]
    assert dict(zip(scores.header, scores.rows[0], strict=True))["Marge positief"] == "36% tot 64%"
    cell = Value("3,0 (2,7 tot 3,3); positief 50% (36% tot 64%); 20 antwoorden", 3.0)
    assert list(parts.rows[0][1:]) == [cell, cell]
    assert any(row[2:] == ["Marge positief", "36% tot 64%"] for row in long_rows(sheets))


def test_a_part_of_a_distribution_is_told_once() -> None:
    """3, 12, 20, 40 and 25 of a hundred: who gave 1 stand with who gave 2."""
    cell = Cell({1.0: 3, 2.0: 12, 3.0: 20, 4.0: 40, 5.0: 25})
    shown = show_cell(cell, Measure.FIVE, with_distribution=True)
    snapshot = Snapshot(Count(100, 100), scaled={"K01": Scaled(Measure.FIVE, 1, shown, {})})

    sheets = _sheets(Outcome(1, latest(QUESTIONNAIRES, "ib"), snapshot), {})

    (row,) = next(sheet for sheet in sheets if "verdeling" in sheet.title).rows
    assert list(row[1:]) == [
        Value("1 en 2 samen: 15%"),
        Value("bij 1"),
        Value("20%", 20.0),
        Value("40%", 40.0),
        Value("25%", 25.0),
    ]


def test_in_the_csv_a_chosen_answer_stands_behind_its_question() -> None:
    sheet = Sheet("Keuzes", CHOICE_HEADER, [["Welke?", "ja", Value("40%", 40.0), "25"]])

    assert long_rows([sheet]) == [
        ["Keuzes", "Welke?: ja", "Deel", Value("40%", 40.0)],
        ["Keuzes", "Welke?: ja", "Antwoorden", "25"],
    ]


def test_bounds_of_a_share_and_answers_that_stand_together_are_told_in_words() -> None:
    assert share_words(Share(24, 52)) == "24% tot 52%"
    assert [share_words(Share(*each)) for each in ((0, 20), (60, 100))] == ["20% of minder", "60% of meer"]
    assert part_words("3", Share(20, 20)) == "20%"
    assert part_words("1-2", Share(15, 15)) == "1 en 2 samen: 15%"
    assert part_words("1-3", Share(43, 43)) == "1 tot en met 3 samen: 43%"
