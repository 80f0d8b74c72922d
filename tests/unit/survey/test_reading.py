"""A definition that hangs in the air is refused with file and line."""

import pytest

from survey.blocks import DefinitionError
from survey.definition import Scale
from survey.reading import latest, read_questionnaires
from tests.unit.survey.examples import SCALES, example_text, read_example, read_text


def test_a_file_becomes_a_questionnaire_with_labels_screens_and_themes() -> None:
    questionnaire = read_example("getallen")

    (section,) = questionnaire.sections
    assert [[question.key for question in screen] for screen in section.screens] == [
        ["Q1.01"],
        ["Q1.02"],
        ["Q1.03"],
        ["Q1.04", "Q1.05"],
    ]
    assert list(questionnaire.themes) == ["a", "b"]
    assert [option.key for option in questionnaire.scales[Scale.AGREE]] == ["1", "2", "3", "4", "5", "9"]
    assert questionnaire.checks[0].whole == "Q1.03.ontvangen"


ROUTE = example_text("route")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'audience = "professional"',
            'audience = "professional"\ncolour = "red"',
            "line 4: unknown key 'colour'",
        ),
        ("minutes = 1", 'minutes = "1"', "line 4: 'minutes' cannot be '1'"),
        ("required = true", "requird = true", "line 27: unknown key 'requird'"),
        ('in = ["ja"]', 'in = ["yes"]', "line 36: Q1.01 cannot be ['yes']"),
        ('question = "Q1.01"', 'question = "Q1.09"', "line 36: Q1.09 does not exist"),
        ('question = "Q1.01"', 'question = "Q1.04"', "line 36: Q1.04 comes later, or is this one"),
        ('question = "Q1.01"', 'question = "Q1.02"', "line 36: Q1.02 comes later, or is this one"),
        ("in = [1, 2]", "in = [6]", "line 47: Q1.02 cannot be [6]"),
        ("in = [1, 2]", "at_least = 3", "line 47: 'at_least' does not go with Q1.02 (eens5)"),
        ("in = [1, 2]", "among = [1, 2]", "line 47: {'question': 'Q1.02', 'among': [1, 2]} is no condition"),
        ('key = "Q1.04"', 'key = "Q1.03"', "line 50: the question Q1.03 stands there twice"),
        ('key = "Q1.04"', 'key = "vier"', "line 50: 'vier' is no key of a question"),
        ('theme = "b"', 'theme = "c"', "line 44: the theme 'c' does not exist"),
        ('scale = "open"', 'scale = "opn"', "line 45: the scale 'opn' does not exist"),
        (
            'text.nl = "De hulp helpt."',
            'text.en = "It helps."',
            "line 35: 'text' is in 'en', which is none of",
        ),
        ('languages = ["nl"]', 'languages = ["nl", "en"]', "line 21: 'title' has no text in 'en'"),
        ('languages = ["nl"]', 'languages = ["en"]', "line 5: 'languages' starts with 'nl'"),
        ('nl = "nee"', 'nl = " "', "line 29: 'nee' has no text in 'nl'"),
        (
            '{key = "nee", nl = "nee"}',
            '{key = "ja", nl = "nee"}',
            "line 29: the option 'ja' stands there twice",
        ),
        ('scales = "schalen-1"', 'scales = "schalen-9"', "line 6: there is no file schalen-9.toml"),
        ('id = "route"', 'id = "rute"', "line 1: the file is not called after 'id' and 'version'"),
        ('title.nl = "Een"', 'title.nl = "Een', "not valid TOML: Illegal character '\\n' (at line 21"),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_line(old: str, new: str, words: str) -> None:
    assert old in ROUTE

    with pytest.raises(DefinitionError) as refused:
        read_text("route", ROUTE.replace(old, new, 1))

    assert str(refused.value).startswith("route-1.toml")
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "when",
    [
        '[{question = "Q1.01", in = ["ja"]}, {question = "Q1.01", in = ["nee"]}]',
        '[{question = "Q1.02", in = [1]}, {question = "Q1.01", in = ["nee"]}]',
        '[{question = "Q1.01", in = ["ja"]}, {question = "Q1.01", not_in = ["ja"]}]',
    ],
)
def test_a_question_that_can_never_be_asked_is_refused(when: str) -> None:
    text = ROUTE.replace('[{question = "Q1.02", in = [1, 2]}]', when)

    with pytest.raises(
        DefinitionError, match=r"line 47: the question Q1.03 can never be asked: no answer to"
    ):
        read_text("route", text)


@pytest.mark.parametrize(
    ("example", "old", "new", "words"),
    [
        ("getallen", "at_least = 1", "at_least = 501", "line 38: Q1.01 cannot be [501]"),
        (
            "getallen",
            "at_least = 1}",
            'at_least = 9}, {question = "Q1.01", at_most = 8}',
            "can never be asked",
        ),
        ("getallen", 'highest_from = "Q1.01"', 'highest_from = "Q1.05"', "line 37: Q1.05 comes later"),
        (
            "getallen",
            'whole = "Q1.03.ontvangen"',
            'whole = "Q1.03.x"',
            "line 69: a check names Q1.03.x, which",
        ),
        ("getallen", "highest = 500", "highest = 0", "line 29: 'lowest' lies below 'highest'"),
        ("getallen", "highest = 500\n", "\n", "line 23: a number has a 'highest'"),
        ("keuze", 'first_rows_from = "Q1.01"', 'first_rows_from = "Q1.04"', "line 41: Q1.04 comes later"),
        ("keuze", 'has = ["jgz"]', 'has = ["jgz", "geen"]', "line 45: 'jgz' of Q1.02 can never be shown"),
        ("keuze", 'exclusive = ["geen"]', 'exclusive = ["niets"]', "line 28: 'exclusive' names ['niets']"),
        ("keuze", "in = [4, 5]", "in = [7]", "Q1.02.wijkteam cannot be [7]"),
        ("keuze", 'rows_of = "Q1.02"', 'rows_of = "Q1.01"', "Q1.01.wijkteam does not exist"),
        (
            "volgorde",
            'before = "Q1.02"',
            'before = "Q1.01"',
            "line 41: it would move before what it depends on",
        ),
        (
            "volgorde",
            'before = "Q1.02"',
            'before = "Q1.09"',
            "line 41: a question moves before an earlier one",
        ),
        (
            "volgorde",
            'text.nl = "Dan dat."',
            'text.nl = "Dan dat."\ntogether = true',
            "from a screen of its own",
        ),
        (
            "route",
            'text.nl = "De hulp',
            'together = true\ntext.nl = "De hulp',
            "on the screen of the question",
        ),
        ("leeftijd", 'variant_of = "Q1.02"', 'variant_of = "Q1.07"', "line 42: Q1.07 does not exist"),
        ("ronde", 'options_source = "gemeenten"', 'options_source = "wijken"', "'options_source' is one of"),
        ("ronde", 'sectors = ["po"]', 'sectors = ["mbo"]', "'sectors' holds 'po' or 'vo'"),
    ],
)
def test_numbers_choices_and_order_are_checked_too(example: str, old: str, new: str, words: str) -> None:
    text = example_text(example)
    assert old in text

    with pytest.raises(DefinitionError) as refused:
        read_text(example, text.replace(old, new, 1))

    assert words in str(refused.value)


def test_a_changed_question_with_the_same_version_is_refused() -> None:
    files = {**SCALES, "route-1.toml": ROUTE}
    second = ROUTE.replace("version = 1", "version = 2", 1).replace("De hulp helpt.", "De hulp helpt ons.")

    with pytest.raises(DefinitionError, match=r"route-2.toml, line 32: Q1.02 differs from that in route-1"):
        read_questionnaires({**files, "route-2.toml": second})


def test_versions_stand_side_by_side_and_the_last_is_the_latest() -> None:
    second = ROUTE.replace("version = 1", "version = 2", 1)
    changed = second.replace(
        'scale = "eens5"\ntext.nl = "De hulp', 'scale = "eens5"\nversion = 2\ntext.nl = "Hulp'
    )
    questionnaires = read_questionnaires({**SCALES, "route-1.toml": ROUTE, "route-2.toml": changed})

    versions = {
        number: [(question.key, question.version) for question in questionnaires["route", number].questions]
        for number in (1, 2)
    }
    assert versions[1] == [("Q1.01", 1), ("Q1.02", 1), ("Q1.03", 1), ("Q1.04", 1)]
    assert versions[2] == [("Q1.01", 1), ("Q1.02", 2), ("Q1.03", 1), ("Q1.04", 1)]
    assert latest(questionnaires, "route").version == 2


def test_an_unknown_questionnaire_has_no_latest_version() -> None:
    with pytest.raises(KeyError):
        latest({}, "route")


CORE = """languages = ["nl"]
scales = "schalen-1"

[[theme]]
key = "k"
title.nl = "K"

[[section]]
key = "slot"
title.nl = "Slot"

[[section.question]]
key = "K01"
theme = "k"
scale = "eens5"
text.nl = "Het helpt."
"""


def _with_core(section: str, core: str = CORE) -> dict[str, str]:
    text = ROUTE.replace('scales = "schalen-1"', 'scales = "schalen-1"\ncore = "kern-1"')
    return {**SCALES, "kern-1.toml": core, "route-1.toml": text + section}


def test_sections_of_the_core_stand_where_the_questionnaire_names_them() -> None:
    files = _with_core('\n[[section]]\nshared = ["slot"]\n')

    questionnaire = read_questionnaires(files)["route", 1]

    assert [section.key for section in questionnaire.sections] == ["een", "twee", "slot"]
    assert [question.key for question in questionnaire.questions][-1] == "K01"


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ('\n[[section]]\nshared = ["einde"]\n', "route-1.toml, line 57: the core has no section 'einde'"),
        ('\n[[section]]\nshared = ["slot"]\nwithout = ["K09"]\n', "line 58: 'without' names ['K09']"),
        (
            '\n[[section]]\nshared = ["slot"]\n[[check]]\nparts = ["K01"]\nwhole = "K01"\ntext.nl = "x"\n',
            "a check names K01, which is no number",
        ),
    ],
)
def test_what_is_not_in_the_core_is_refused(section: str, words: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        read_questionnaires(_with_core(section))

    assert words in str(refused.value)


def test_a_core_without_a_language_of_the_questionnaire_is_refused_at_its_line() -> None:
    files = _with_core('\n[[section]]\nshared = ["slot"]\n')
    only_core = """id = "x"
version = 1
audience = "ouder"
minutes = 1
languages = ["nl", "en"]
scales = "schalen-1"
core = "kern-1"
title = {nl = "X", en = "X"}
group = {nl = "x", en = "x"}
intro = {nl = "x", en = "x"}

[[section]]
shared = ["slot"]
"""

    with pytest.raises(DefinitionError, match=r"kern-1.toml, line 13: 'K01' has no text in \['en'\]"):
        read_questionnaires({**files, "x-1.toml": only_core})
