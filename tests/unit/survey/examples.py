"""A tiny questionnaire for each feature, read from `definitions`."""

from dataclasses import replace
from pathlib import Path

from survey.definition import Questionnaire
from survey.reading import FOLDER, read_questionnaires

EXAMPLES = Path(__file__).parent / "definitions"
SCALES = {"schalen-1.toml": (FOLDER / "schalen-1.toml").read_text(encoding="utf-8")}


def example_text(name: str) -> str:
    """The text of the file of an example."""
    return (EXAMPLES / f"{name}-1.toml").read_text(encoding="utf-8")


def read_example(name: str) -> Questionnaire:
    """The questionnaire of an example."""
    return read_text(name, example_text(name))


def read_text(name: str, text: str) -> Questionnaire:
    """A questionnaire out of a text, as the first version of `name`."""
    return read_questionnaires({**SCALES, f"{name}-1.toml": text})[name, 1]


def renewed(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """The questionnaire with one question in its second version."""
    sections = tuple(
        replace(
            section,
            screens=tuple(
                tuple(replace(each, version=2) if each.key == key else each for each in screen)
                for screen in section.screens
            ),
        )
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)
