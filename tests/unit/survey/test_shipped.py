"""The questionnaires that come with a release: complete, plain, and frozen once they are out."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import pytest

from loaders.catalogue import load_catalogue
from survey.definition import FIVES, Audience, Question, Questionnaire, Scale, Texts
from survey.reading import FOLDER, latest, load_questionnaires

QUESTIONNAIRES = load_questionnaires()
PLAIN = ("ouders", "jongeren")


def _keys(prefix: str, last: int) -> list[str]:
    return [f"{prefix}.{number:02}" for number in range(1, last + 1)]


@pytest.mark.parametrize(
    ("name", "prefix", "last", "has_core"),
    [
        ("ib", "Q1", 13, True),
        ("zc", "Q2", 13, True),
        ("jh", "Q3", 14, True),
        ("gemeente", "Q4", 12, True),
        ("swv", "Q5", 13, True),
        ("ouders", "Q6", 15, False),
        ("jongeren", "Q7", 11, False),
        ("evaluatie", "Q8", 11, False),
    ],
)
def test_every_item_of_the_design_is_there(name: str, prefix: str, last: int, *, has_core: bool) -> None:
    keys = [question.key for question in latest(QUESTIONNAIRES, name).questions]

    own = dict.fromkeys(key[: len("Q1.01")] for key in keys if key.startswith(prefix))
    core = [key for key in keys if key.startswith("K")]

    assert list(own) == _keys(prefix, last)
    assert core == ([f"K{number:02}" for number in range(1, 28)] if has_core else [])


def test_the_opening_asks_professionals_more_than_functionaries() -> None:
    opening = {
        name: [question.key for question in latest(QUESTIONNAIRES, name).questions if question.key[0] == "A"]
        for name in ("ib", "zc", "jh", "gemeente", "swv")
    }

    assert opening == {
        "ib": ["A02", "A03", "A04", "A05", "A06"],
        "zc": ["A02", "A03", "A04", "A05", "A06"],
        "jh": ["A02", "A03", "A04", "A05"],
        "gemeente": ["A04", "A05"],
        "swv": ["A04", "A05"],
    }
    assert latest(QUESTIONNAIRES, "ib").region_label == {"nl": "Regio"}


def test_only_lists_of_functionaries_are_not_anonymous_and_say_so_first() -> None:
    for (name, _), questionnaire in QUESTIONNAIRES.items():
        assert questionnaire.is_anonymous == (name not in ("gemeente", "swv"))
        assert ("niet anoniem" in questionnaire.intro["nl"]) == (not questionnaire.is_anonymous)
        assert "anoniem" not in questionnaire.intro["nl"].replace("niet anoniem", "")


def test_who_asks_parents_and_young_people_asks_in_dutch_and_english() -> None:
    for name in PLAIN:
        assert latest(QUESTIONNAIRES, name).languages == ("nl", "en")
        assert all(set(texts) >= {"nl", "en"} for texts in _texts(latest(QUESTIONNAIRES, name)))


def test_children_below_twelve_get_faces_and_others_do_not() -> None:
    for question in latest(QUESTIONNAIRES, "jongeren").questions:
        assert (question.scale is Scale.FACES) == question.key.endswith("k")
        assert (question.variant_of == question.key[:-1]) == question.key.endswith("k")


def test_every_scale_is_used_and_only_whole_numbers_have_units() -> None:
    used = {question.scale for each in QUESTIONNAIRES.values() for question in each.questions}

    assert used == set(Scale)


def test_code_nine_is_offered_on_all_scales_of_five_but_faces() -> None:
    scales = latest(QUESTIONNAIRES, "ib").scales

    assert {scale for scale in FIVES if scales[scale][-1].key == "9"} == FIVES - {Scale.FACES}


def test_every_free_text_warns_about_names() -> None:
    for questionnaire in QUESTIONNAIRES.values():
        for question in questionnaire.questions:
            if question.scale is Scale.OPEN:
                assert "Noem geen namen" in question.hint["nl"]


def test_what_can_go_is_chosen_from_the_themes_of_the_catalogue() -> None:
    themes = list(dict.fromkeys(indicator.theme for indicator in load_catalogue()))
    (question,) = [each for each in latest(QUESTIONNAIRES, "evaluatie").questions if each.key == "Q8.03"]

    offered = [option.texts["nl"] for option in question.options if option.key not in ("anders", "geen")]

    assert offered == themes


def _texts(questionnaire: Questionnaire) -> Iterator[Texts]:
    yield from (questionnaire.titles, questionnaire.intro, questionnaire.group_names)
    yield from questionnaire.themes.values()
    for section in questionnaire.sections:
        yield section.titles
        for question in section.questions:
            yield from _texts_of(question)


def _texts_of(question: Question) -> Iterator[Texts]:
    yield question.texts
    yield from (texts for texts in (question.hint, question.unit) if texts)
    yield from (option.texts for option in (*question.options, *question.rows))


def _sentences(questionnaire: Questionnaire, language: str) -> list[str]:
    whole = ".\n".join(texts[language] for texts in _texts(questionnaire))
    return [sentence for sentence in re.split(r"[.!?:]\s|\n\n", whole) if sentence.strip(" .\n")]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", PLAIN)
def test_a21_sentences_for_parents_and_young_people_are_short(name: str, language: str) -> None:
    questionnaire = latest(QUESTIONNAIRES, name)
    full = [each for each in _sentences(questionnaire, language) if len(each.split()) >= 4]

    mean = sum(len(sentence.split()) for sentence in full) / len(full)

    assert mean <= 12
    assert max(len(sentence.split()) for sentence in full) <= 18


@pytest.mark.parametrize("name", PLAIN)
def test_a21_no_abbreviation_of_the_field_stands_unexplained(name: str) -> None:
    words = " ".join(text for texts in _texts(latest(QUESTIONNAIRES, name)) for text in texts.values())

    assert not re.search(
        r"\b(SWV|IB.?er|OPP|TLV|JGZ|SMW|GGZ|RMC|PO|VO|SBO|VSO|OOGO)s?\b", words, re.IGNORECASE
    )


def test_young_people_are_not_addressed_as_u() -> None:
    words = " ".join(texts["nl"] for texts in _texts(latest(QUESTIONNAIRES, "jongeren")))

    assert not re.search(r"\b(u|uw)\b", words, re.IGNORECASE)


def _seen_in(value: Any, language: str) -> Any:
    """What a reader of one language gets to see and do; what is not filled in leaves no trace."""
    if isinstance(value, dict):
        if "nl" in value and all(isinstance(each, str) for each in value.values()):
            return value.get(language)
        return {str(key): seen for key, each in value.items() if (seen := _seen_in(each, language))}
    if isinstance(value, (list, tuple)):
        return [_seen_in(each, language) for each in value]
    return sorted(value) if isinstance(value, frozenset) else value


def _digest(questionnaire: Questionnaire, language: str) -> str:
    seen = _seen_in(asdict(questionnaire), language) | {"languages": None}
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def _lines_of_digests() -> list[str]:
    return [
        f'{name}-{version}.{language} = "{_digest(questionnaire, language)}"'
        for (name, version), questionnaire in QUESTIONNAIRES.items()
        for language in questionnaire.languages
    ]


def test_a_released_questionnaire_does_not_change() -> None:
    """To change a text: a file with the next version, and the lines that this test then asks for."""
    text = (FOLDER / "digests.toml").read_text(encoding="utf-8")

    frozen = [line for line in text.splitlines() if line and not line.startswith("#")]

    assert set(_lines_of_digests()) - set(frozen) == set(), "make a new version, or add what was released now"
    assert set(frozen) - set(_lines_of_digests()) == set(), "a released version has gone or changed"


def test_a_version_follows_the_one_before() -> None:
    for one, other in pairwise(sorted(QUESTIONNAIRES)):
        assert other == (one[0], one[1] + 1) or (other[0] != one[0] and other[1] == 1)


def test_minutes_and_audiences_are_those_of_the_design() -> None:
    found = {name: (each.audience, each.minutes) for (name, _), each in QUESTIONNAIRES.items()}

    assert found == {
        "ib": (Audience.PROFESSIONAL, 10),
        "zc": (Audience.PROFESSIONAL, 10),
        "jh": (Audience.PROFESSIONAL, 10),
        "gemeente": (Audience.FUNCTIONARY, 12),
        "swv": (Audience.FUNCTIONARY, 12),
        "ouders": (Audience.PARENT, 6),
        "jongeren": (Audience.YOUNG, 4),
        "evaluatie": (Audience.PROFESSIONAL, 5),
    }
