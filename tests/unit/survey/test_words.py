"""Every sentence for respondents is there in every language, with the same parts."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from survey.definition import OTHER
from survey.free_text import must_go, warnings_of
from survey.reading import load_questionnaires
from survey.rules import problems
from survey.values import BadAnswer, parse_answer
from survey.words import _TABLES, _YOUNG, LANGUAGE_NAMES, WRITTEN, Words, dutch
from tests.unit.survey.examples import read_example

ROOT = Path(__file__).resolve().parents[3]
ENGLISH = Words("en")
SPOKEN = re.compile(
    r"""\b(?:w|words|_words\(desk, place\)|words_asked\(\)|visit\.words\([^)]*\))\(\s*"([a-z_0-9]+)"[,)]"""
)
BUILT = {"rank_1", "rank_2", "rank_3", "months", "thousands"}
"""Names that are put together, or asked for by the words themselves."""


def _parts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", WRITTEN)
def test_no_sentence_is_missing_in_a_language_and_none_is_left_over(language: str) -> None:
    assert _TABLES[language][-1].keys() == dutch.WORDS.keys()


@pytest.mark.parametrize("tables", [*_TABLES.values(), *_YOUNG.values()])
def test_every_sentence_says_something_with_the_same_parts_as_in_dutch(
    tables: tuple[dict[str, str], ...],
) -> None:
    for table in tables:
        assert table.keys() <= dutch.WORDS.keys()
        assert [name for name, sentence in table.items() if not sentence.strip()] == []
        differing = [name for name in table if _parts(table[name]) != _parts(dutch.WORDS[name])]
        assert differing == []


@pytest.mark.parametrize("language", [each for each in WRITTEN if each != "nl"])
def test_no_sentence_of_another_language_was_left_in_dutch(language: str) -> None:
    same = [name for name, text in _TABLES[language][0].items() if text == dutch.WORDS[name]]

    assert same == []


def test_every_sentence_that_is_asked_for_exists_and_every_one_that_exists_is_asked_for() -> None:
    sources = [
        *(ROOT / "survey").rglob("*.py"), *(ROOT / "callbacks" / "filling").glob("*.py"),
        *(ROOT / "app" / "templates" / "invullen").glob("*.html"),
        ROOT / "app" / "templates" / "fout.html", ROOT / "app" / "error_pages.py",
    ]  # fmt: skip
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.parent.name != "words")
    asked = set(SPOKEN.findall(text))

    assert asked - dutch.WORDS.keys() == set()
    assert {name for name in dutch.WORDS.keys() - BUILT if not _is_named(name, text)} == set()


def _is_named(name: str, text: str) -> bool:
    """Whether a name stands in the sources, whole or as a kind with an end (`decline` ~ `_title`)."""
    base, _, end = name.rpartition("_")
    return f'"{name}"' in text or (f'"{base}"' in text and f'"_{end}"' in text) or name.startswith("error_")


def test_every_language_has_a_name_of_its_own() -> None:
    assert set(WRITTEN) <= LANGUAGE_NAMES.keys()


def test_every_questionnaire_is_offered_only_in_languages_that_are_written() -> None:
    asked = {language for each in load_questionnaires().values() for language in each.languages}

    assert asked <= set(WRITTEN)


def test_a_language_that_nobody_wrote_speaks_dutch_from_the_left() -> None:
    words = Words("ar")

    assert (words.spoken, words.direction, words("next")) == ("nl", "ltr", "Volgende")


def test_dates_and_numbers_are_written_as_in_the_language() -> None:
    at = date(2026, 11, 2)

    assert [Words().day(at), ENGLISH.day(at)] == ["2 november 2026", "2 November 2026"]
    assert [Words().number(-12345), ENGLISH.number(-12345)] == ["−12.345", "−12,345"]


def _refusals(words: Words) -> Iterator[str]:
    """What is said to every kind of wrong answer of the shipped questionnaires."""
    tries: list[object] = [
        "x",
        "",
        "99999999",
        4.5,
        ["x"],
        ["x"] * 99,
        "x" * 700,
        "x" * 99999,
        {"a": 1},
        "1,5",
    ]
    for questionnaire in load_questionnaires().values():
        for question in questionnaire.questions:
            options = [option.key for option in question.options]
            several = [options[:2] * 2, [*options[:1], *question.exclusive], options]
            keys = [*question.answer_keys, f"{question.key}.{OTHER}"]
            for key in keys:
                for raw in [*tries, *several]:
                    try:
                        parse_answer(questionnaire, key, raw, words)
                    except BadAnswer as wrong:
                        yield str(wrong)


def test_what_is_wrong_with_an_answer_is_said_in_the_language_of_who_answers() -> None:
    said = set(_refusals(ENGLISH))

    openings = ("This question", "Choose", "The same answer", "Enter", "The text")
    assert [sentence for sentence in said if not sentence.startswith(openings)] == []
    assert {sentence.split()[0] for sentence in said} == {opening.split()[0] for opening in openings}


def test_checks_between_answers_are_said_in_the_language_of_who_answers() -> None:
    found = problems(read_example("getallen"), {"Q1.01": 3, "Q1.02": 4}, ENGLISH)

    assert [problem.message.split(", your answer")[0] for problem in found][:1] == [
        "Enter no more than 3 here"
    ]


def test_signs_of_persons_are_named_in_the_language_of_who_writes() -> None:
    text = "Mrs Jansen, born 5 May 2011, 06 12345678, a@example.org, 111222333"

    found = warnings_of(text, ENGLISH)

    assert found[:3] == must_go(text, ENGLISH)
    assert found == [
        "There is an email address in the text. Please take it out.",
        "There is a number in the text that may be a citizen service number (BSN). Please take it out.",
        "There is a phone number in the text. Please take it out.",
        "There is a date in the text. Is it a date of birth? Then please take it out.",
        "Is there a name in the text (‘Jansen’)? Then please take it out.",
    ]
