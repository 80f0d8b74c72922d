"""A questionnaire as one region asks it: without themes it drops, with questions of its own. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from survey.definition import Condition, Option, Question, Questionnaire, Scale, Section

MAX_OWN = 10
"""Questions that a region may add to one questionnaire."""

MAX_OWN_TEXT = 200
"""Characters of such a question."""

OWN_THEME = "eigen"
"""The theme and section of own questions; it never enters a benchmark."""

OWN_SCALES = (Scale.AGREE, Scale.FREQUENCY, Scale.SATISFIED, Scale.GRADE, Scale.YES_NO, Scale.OPEN)
"""Scales that need no options of their own."""


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of the region itself; its key is X and the number."""

    number: int
    scale: Scale
    text: str

    @property
    def key(self) -> str:
        """`X1` … `X10`."""
        return f"X{self.number}"


def own_problems(own: Sequence[OwnQuestion]) -> list[str]:
    """What is wrong with the questions that a region wants to add, for who writes them."""
    found = []
    if len(own) > MAX_OWN:
        found.append(f"U kunt niet meer dan {MAX_OWN} eigen vragen toevoegen.")
    if len({question.number for question in own}) != len(own):
        found.append("Elke eigen vraag heeft een eigen nummer.")
    for question in own:
        if not 1 <= question.number <= MAX_OWN:
            found.append(f"Het nummer van een eigen vraag ligt tussen 1 en {MAX_OWN}.")
        if question.scale not in OWN_SCALES:
            found.append(f"Eigen vraag {question.number}: kies een van de antwoordschalen uit de lijst.")
        if not question.text.strip():
            found.append(f"Eigen vraag {question.number}: vul de tekst van de vraag in.")
        if len(question.text) > MAX_OWN_TEXT:
            found.append(f"Eigen vraag {question.number}: gebruik niet meer dan {MAX_OWN_TEXT} tekens.")
    return found


def droppable_themes(questionnaire: Questionnaire) -> list[str]:
    """The themes that a region may leave out, in the order of asking."""
    used = dict.fromkeys(question.theme for question in questionnaire.questions if not question.is_own)
    return [theme for theme in used if theme not in questionnaire.fixed_themes]


def tailored(
    questionnaire: Questionnaire,
    dropped: Collection[str],
    own: Sequence[OwnQuestion],
    *,
    gemeenten: Sequence[tuple[str, str]] = (),
    is_first_round: bool = False,
    sector: str = "",
) -> Questionnaire:
    """The questionnaire of one round.

    A question of a dropped theme stays where the routing of another one needs its answer.

    Args:
        dropped: themes; those that cannot be dropped are left in.
        gemeenten: code and name of those of the round, for questions that choose among them. Without any,
            such a question is not asked.
        is_first_round: leaves out what can be asked from the second round on.
        sector: `po` or `vo` for one samenwerkingsverband; empty keeps the questions of both.
    """
    kept = {
        question.key
        for question in questionnaire.questions
        if question.theme not in set(dropped) - questionnaire.fixed_themes
        and not (question.from_second_round and is_first_round)
        and not (question.options_source and not gemeenten)
        and not (sector and question.sectors and sector not in question.sectors)
    }
    kept |= set(_needed(questionnaire, kept))
    sections = [_section(section, kept, gemeenten) for section in questionnaire.sections]
    sections += [_own_section(questionnaire, own)] if own else []
    return _with_sections(questionnaire, [section for section in sections if section.screens])


def _with_sections(questionnaire: Questionnaire, sections: list[Section]) -> Questionnaire:
    """The questionnaire with these sections, and the themes and checks that go with them."""
    asked = [question for section in sections for question in section.questions]
    keys = {key for question in asked for key in question.answer_keys}
    return replace(
        questionnaire,
        sections=tuple(sections),
        checks=tuple(each for each in questionnaire.checks if keys >= {*each.parts, each.whole}),
        themes=_themes(questionnaire, asked),
    )


def _themes(questionnaire: Questionnaire, asked: list[Question]) -> dict[str, dict[str, str]]:
    used = {question.theme for question in asked}
    themes = {key: dict(texts) for key, texts in questionnaire.themes.items() if key in used}
    return themes | ({OWN_THEME: dict(_OWN_TITLES)} if OWN_THEME in used else {})


_OWN_TITLES = {"nl": "Vragen van de regio", "en": "Questions from your region"}


def _needed(questionnaire: Questionnaire, kept: set[str]) -> Iterator[str]:
    """Questions whose answer decides about kept ones, and in turn about those."""
    by_answer = {key: question for question in questionnaire.questions for key in question.answer_keys}
    by_key = {question.key: question for question in questionnaire.questions}
    waiting = [by_key[key] for key in kept]
    seen = set(kept)
    while waiting:
        question = waiting.pop()
        keys = {each.question for each in _conditions(question)} | {question.highest_from} - {""}
        for needed in (by_answer[key] for key in keys):
            if needed.key not in seen:
                seen.add(needed.key)
                waiting.append(needed)
                yield needed.key


def _conditions(question: Question) -> Iterator[Condition]:
    yield from question.conditions
    for conditions in (*question.row_conditions.values(), *question.option_conditions.values()):
        yield from conditions


def _section(section: Section, kept: set[str], gemeenten: Sequence[tuple[str, str]]) -> Section:
    screens = (
        tuple(_filled(each, kept, gemeenten) for each in screen if each.key in kept)
        for screen in section.screens
    )
    return replace(section, screens=tuple(screen for screen in screens if screen))


def _filled(question: Question, kept: set[str], gemeenten: Sequence[tuple[str, str]]) -> Question:
    """The question with the gemeenten of the round, and without pointers to questions that are gone."""
    if question.options_source == "gemeenten":
        named = tuple(Option(code, {"nl": name}) for code, name in gemeenten)
        question = replace(question, options=(*named, *question.options))
    if question.first_rows_from and question.first_rows_from not in kept:
        question = replace(question, first_rows_from="")
    if question.moved_before and not kept >= {question.moved_before, *_sources(question.moved_if)}:
        question = replace(question, moved_before="", moved_if=())
    return question


def _sources(conditions: Sequence[Condition]) -> set[str]:
    return {condition.question for condition in conditions}


def _own_section(questionnaire: Questionnaire, own: Sequence[OwnQuestion]) -> Section:
    questions = tuple(
        Question(
            key=each.key,
            theme=OWN_THEME,
            scale=each.scale,
            texts={"nl": each.text},
            options=questionnaire.scales.get(each.scale, ()),
            lowest=1 if each.scale is Scale.GRADE else 0,
            highest=10 if each.scale is Scale.GRADE else 0,
            is_own=True,
        )
        for each in sorted(own, key=lambda question: question.number)
    )
    return Section(OWN_THEME, _OWN_TITLES, tuple((question,) for question in questions))
