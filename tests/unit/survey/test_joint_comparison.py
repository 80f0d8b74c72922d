"""The joint questionnaire: what is shared, what differs, and what can be chosen together."""

from datetime import UTC, date, datetime

import pytest

from app.regions import RegionKind, RegionName
from layouts.joint_questionnaire import csv_rows, distance_words, partner, remarks, state_words
from survey.definition import Value
from survey.joint.agreement import Agreement, Side, Signature
from survey.joint.comparison import APART, UNDECIDED, Shared, compare, parse_choice, shared_questions
from survey.reading import latest, load_questionnaires
from survey.tailoring import tailored

QUESTIONNAIRES = load_questionnaires()
SWV, GEMEENTE = latest(QUESTIONNAIRES, "swv"), latest(QUESTIONNAIRES, "gemeente")
SHARED = {each.key: each for each in shared_questions(SWV, GEMEENTE)}
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def signature(side: Side, version: int) -> Signature:
    return Signature(side, version, f"login-{side}", f"Persoon {side}", AT)


def test_the_core_the_agreements_and_the_priorities_are_shared_and_free_texts_are_not() -> None:
    core = [key for key in SHARED if key.startswith("K")]
    agreements = [key for key in SHARED if key.startswith("Q5.04.")]

    assert core == [f"K{number:02}" for number in range(1, 26)]
    assert len(agreements) == 9
    assert SHARED["Q5.04.privacy"].gemeente_key == "Q4.04.privacy"
    assert SHARED["Q5.13"].gemeente_key == "Q4.12"
    assert len(SHARED) == len(core) + len(agreements) + 1


def test_a_theme_that_one_of_the_two_lists_drops_is_not_shared() -> None:
    without = tailored(GEMEENTE, ["meerwaarde"], [])

    keys = {each.key for each in shared_questions(SWV, without)}

    assert keys == set(SHARED) - {"K01", "K02", "K03", "K04", "K05"}


def test_differences_come_first_and_the_same_answer_is_the_joint_one() -> None:
    asked = [SHARED[key] for key in ("K01", "K02", "K03")]

    lines = compare(asked, {"K01": 4, "K02": 2}, {"K01": 4, "K02": 5}, {})

    assert [line.shared.key for line in lines] == ["K02", "K01", "K03"]
    assert [line.joint for line in lines] == [UNDECIDED, 4, UNDECIDED]
    assert [line.is_open for line in lines] == [True, False, False]


def test_what_was_chosen_stands_before_what_both_answered() -> None:
    line = compare([SHARED["K01"]], {"K01": 4}, {"K01": 4}, {"K01": APART})[0]

    assert line.joint == APART
    assert not line.differs


@pytest.mark.parametrize(
    ("key", "swv", "gemeente", "words"),
    [
        ("K01", 4, 4, "gelijk"),
        ("K01", 4, 5, "1 stap verschil"),
        ("K01", 1, 5, "4 stappen verschil"),
        ("K01", 9, 5, "verschillend"),
        ("K01", None, 5, "door één kant beantwoord"),
        ("K24", 7, 5, "2 punten verschil"),
        ("Q5.13", ["privacy"], ["privacy", "thuiszitters"], "verschillend"),
    ],
)
def test_a_distance_is_told_only_where_there_is_one(
    key: str, swv: Value | None, gemeente: Value | None, words: str
) -> None:
    shared = SHARED[key]
    mine = {} if swv is None else {shared.key: swv}
    theirs = {} if gemeente is None else {shared.gemeente_key: gemeente}

    line = compare([shared], mine, theirs, {})[0]

    assert distance_words(line) == words


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        ("K01", ["4"], 4),
        ("K01", ["9"], 9),
        ("K01", ["6"], None),
        ("K01", [""], UNDECIDED),
        ("K01", [], UNDECIDED),
        ("K01", ["apart"], APART),
        ("K01", ["4", "5"], None),
        ("K01", ["<script>"], None),
        ("K24", ["10"], 10),
        ("K24", ["11"], None),
        ("Q5.13", ["privacy", "", "thuiszitters"], ["privacy", "thuiszitters"]),
        ("Q5.13", ["", "privacy", "privacy"], ["privacy"]),
        ("Q5.13", ["apart", "privacy", ""], APART),
        ("Q5.13", ["wat anders"], None),
        ("Q5.13", ["privacy", "thuiszitters", "vervoer", "huisvesting"], None),
    ],
)
def test_only_an_answer_to_the_question_can_be_chosen(
    key: str, given: list[str], value: Value | None
) -> None:
    assert parse_choice(SHARED[key], given) == value


def test_no_option_is_called_like_keeping_to_ones_own() -> None:
    keys = {str(value) for shared in SHARED.values() for value, _ in shared.choices}

    assert not keys & {APART, UNDECIDED}


def test_answers_are_told_in_words() -> None:
    ranked: Shared = SHARED["Q5.13"]

    assert SHARED["K01"].words_of(4) == "eens"
    assert SHARED["K01"].words_of(None) == "niet beantwoord"
    assert SHARED["K01"].words_of(APART) == "ieder houdt het eigen antwoord"
    assert ranked.words_of(["privacy", "thuiszitters"]) == "1. privacy; 2. thuiszitters"
    assert SHARED["Q5.04.thuiszitters"].words == "Hoever zijn de afspraken over: thuiszitters"


def test_a_signature_is_of_one_version() -> None:
    both = [signature(Side.SWV, 3), signature(Side.GEMEENTE, 3)]

    assert Agreement(3, {}, both).is_agreed
    assert not Agreement(4, {}, both).is_agreed
    assert [each.side for each in Agreement(4, {}, both).void] == [Side.SWV, Side.GEMEENTE]
    assert Agreement(4, {}, [*both, signature(Side.SWV, 4)]).void == [both[1]]


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        (Agreement(), "Beide vragenlijsten zijn verzonden."),
        (Agreement(2), "In gesprek: er zijn gezamenlijke antwoorden (versie 2)."),
        (
            Agreement(2, {}, [signature(Side.SWV, 2)]),
            "Ondertekend door het samenwerkingsverband, nog niet door",
        ),
        (
            Agreement(2, {}, [signature(Side.SWV, 2), signature(Side.GEMEENTE, 2)], date(2026, 11, 2)),
            "Samen vastgesteld op 2 november 2026",
        ),
        (
            Agreement(3, {}, [signature(Side.SWV, 2)]),
            "Gewijzigd na ondertekening. Niet meer geldig: de handtek",
        ),
    ],
)
def test_each_state_has_words(agreement: Agreement, words: str) -> None:
    assert state_words(agreement)[0].startswith(words)


def test_the_list_of_partners_says_who_did_not_send() -> None:
    diemen = RegionName("GM0384", RegionKind.GEMEENTE, "Diemen")

    none = partner(diemen, "PO2707", {}, None)
    mine = partner(diemen, "PO2707", {("swv", "PO2707"): "x"}, None)
    both = partner(diemen, "PO2707", {("swv", "PO2707"): "x", ("gemeente", "GM0384"): "y"}, None)

    assert none.words == "U heeft uw eigen vragenlijst nog niet verzonden. Diemen heeft nog niet verzonden."
    assert mine.words == "Diemen heeft nog niet verzonden."
    assert (none.is_ready, mine.is_ready, both.is_ready) == (False, False, True)


def test_the_export_has_three_columns_and_says_who_signed() -> None:
    lines = compare([SHARED["K02"]], {"K02": 2}, {"K02": 5}, {"K02": 4})
    agreement = Agreement(1, {}, [signature(Side.SWV, 1)])

    rows = list(csv_rows(lines))
    notes = remarks("Ronde", agreement, is_demo=True)

    assert rows[0][1:] == ["K02", "oneens", "helemaal eens", "eens", "3 stappen verschil"]
    assert "Ondertekend voor het samenwerkingsverband: Persoon swv, 2 november 2026, versie 1" in notes
    assert notes[-1] == "Verzonnen antwoorden om het dashboard te laten zien."
