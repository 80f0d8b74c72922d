"""Whether a questionnaire hangs together: every route leads somewhere, every question can be asked. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from survey.blocks import Block
from survey.definition import CANNOT_SAY, FIVES, Condition, Option, Question, Questionnaire, Scale, Texts
from survey.feasibility import contradiction

_FITTING = {
    Scale.SEVERAL: {"has", "has_not", "has_any"},
    Scale.RANK: {"has", "has_not", "has_any"},
    Scale.NUMBER: {"at_least", "at_most", "in", "not_in"},
    Scale.GRADE: {"at_least", "at_most", "in", "not_in"},
    Scale.OPEN: set[str](),
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came before a question: each key of an answer with its question, and where all questions stand."""

    before: Mapping[str, Question]
    all_keys: frozenset[str]


def check_questionnaire(
    questionnaire: Questionnaire, placed: Iterable[tuple[str, Block]], block: Block
) -> None:
    """Whether all that questions point at exists, comes before them and can come about.

    Raises:
        DefinitionError: it does not; with file and line.
    """
    blocks: dict[str, Block] = {}
    for key, place in placed:
        if key in blocks:
            raise place.refusal(f"the question {key} stands there twice.", "key")
        blocks[key] = place
    all_keys = frozenset(key for question in questionnaire.questions for key in question.answer_keys)
    before: dict[str, Question] = {}
    for question in questionnaire.questions:
        place = blocks[question.key]
        if question.theme not in questionnaire.themes:
            raise place.refusal(f"the theme {question.theme!r} does not exist.", "theme")
        _check_texts(question, questionnaire.languages, place)
        seen = _Seen(before, all_keys)
        _check_references(question, seen, place)
        _check_reachable(question, seen, place)
        before |= dict.fromkeys(question.answer_keys, question)
    _check_screens(questionnaire, blocks)
    _check_moves(questionnaire, blocks)
    _check_sums(questionnaire, before, block)


def _check_texts(question: Question, languages: tuple[str, ...], place: Block) -> None:
    texts: list[tuple[str, Texts]] = [(question.key, question.texts)]
    texts += [("hint", question.hint), ("unit", question.unit)]
    texts += [(option.key, option.texts) for option in (*question.options, *question.rows)]
    for word, each in texts:
        if each and (missing := [language for language in languages if language not in each]):
            raise place.refusal(f"{word!r} has no text in {missing}.", word)


def _check_references(question: Question, seen: _Seen, place: Block) -> None:
    for condition in _all_conditions(question):
        _check_condition(condition, seen, place)
    for word, key, needed in (
        ("highest_from", question.highest_from, Scale.NUMBER),
        ("first_rows_from", question.first_rows_from, Scale.SEVERAL),
    ):
        if key and _earlier(key, seen, place, word).scale is not needed:
            raise place.refusal(f"{key} is not of the scale {needed.value!r}.", word)
    if question.variant_of and question.variant_of not in seen.all_keys:
        raise place.refusal(f"{question.variant_of} does not exist.", "variant_of")


def _check_reachable(question: Question, seen: _Seen, place: Block) -> None:
    if why := contradiction(question.conditions, seen.before):
        raise place.refusal(f"the question {question.key} can never be asked: {why}.", "when")
    parts = {**question.row_conditions, **question.option_conditions}
    for key, conditions in parts.items():
        if why := contradiction((*question.conditions, *conditions), seen.before):
            raise place.refusal(f"{key!r} of {question.key} can never be shown: {why}.", key)


def _all_conditions(question: Question) -> Iterator[Condition]:
    yield from question.conditions
    yield from question.moved_if
    for conditions in (*question.row_conditions.values(), *question.option_conditions.values()):
        yield from conditions


def _earlier(key: str, seen: _Seen, place: Block, *words: str) -> Question:
    if key in seen.before:
        return seen.before[key]
    why = "comes later, or is this one" if key in seen.all_keys else "does not exist"
    raise place.refusal(f"{key} {why}.", *words)


def _check_condition(condition: Condition, seen: _Seen, place: Block) -> None:
    words = (f'question = "{condition.question}', "when", "options_where")
    target = _earlier(condition.question, seen, place, *words)
    fitting = _FITTING.get(target.scale, {"in", "not_in"})
    if condition.operator not in fitting:
        raise place.refusal(
            f"{condition.operator!r} does not go with {condition.question} ({target.scale.value}).",
            *words,
        )
    if unknown := [value for value in condition.values if not _can_be(target, value)]:
        raise place.refusal(f"{condition.question} cannot be {unknown}.", *words)


def _can_be(question: Question, value: int | str) -> bool:
    if question.scale in FIVES:
        return value in {1, 2, 3, 4, 5, CANNOT_SAY} and str(value) in _keys(question.options)
    if question.scale in (Scale.NUMBER, Scale.GRADE):
        return isinstance(value, int) and question.lowest <= value <= question.highest
    return value in _keys(question.options)


def _keys(options: tuple[Option, ...]) -> set[str]:
    return {option.key for option in options}


def _check_screens(questionnaire: Questionnaire, blocks: Mapping[str, Block]) -> None:
    """What depends on an answer stands on a later screen: the server has to know it first."""
    for section in questionnaire.sections:
        for screen in section.screens:
            keys = {key for question in screen for key in question.answer_keys}
            for question in screen:
                if keys & {condition.question for condition in _all_conditions(question)}:
                    raise blocks[question.key].refusal(
                        f"{question.key} stands on the screen of the question that it depends on.", "together"
                    )


def _check_moves(questionnaire: Questionnaire, blocks: Mapping[str, Block]) -> None:
    """A question that moves has a screen of its own, and moves forward within its section."""
    for section in questionnaire.sections:
        keys = [question.key for question in section.questions]
        alone = {screen[0].key for screen in section.screens if len(screen) == 1}
        for question in section.questions:
            if not question.moved_before:
                continue
            if question.moved_before not in keys[: keys.index(question.key)] or question.key not in alone:
                raise blocks[question.key].refusal(
                    "a question moves before an earlier one of its section, from a screen of its own.",
                    "moved",
                )
            own = {condition.question for condition in (*question.conditions, *question.moved_if)}
            if own & set(keys[keys.index(question.moved_before) :]):
                raise blocks[question.key].refusal("it would move before what it depends on.", "moved")


def _check_sums(questionnaire: Questionnaire, known: Mapping[str, Question], block: Block) -> None:
    for check in questionnaire.checks:
        for key in (*check.parts, check.whole):
            if key not in known or known[key].scale is not Scale.NUMBER:
                raise block.refusal(f"a check names {key}, which is no number.", key)


def check_versions(
    found: Mapping[tuple[str, int], Questionnaire], places: Mapping[tuple[str, int], Mapping[str, Block]]
) -> None:
    """Whether a question that is called the same version is the same in every file.

    Raises:
        DefinitionError: its words changed and its version did not.
    """
    first: dict[tuple[str, int], tuple[Question, str]] = {}
    for name, questionnaire in found.items():
        for question in questionnaire.questions:
            known, file = first.setdefault(
                (question.key, question.version), (question, f"{name[0]}-{name[1]}")
            )
            if not _is_same(known, question):
                raise places[name][question.key].refusal(
                    f"{question.key} differs from that in {file}: a changed question is a new version.", "key"
                )


def _is_same(one: Question, other: Question) -> bool:
    """Whether answers to both may stand in one trend line: words, scale and what can be chosen."""
    return (
        one.scale is other.scale
        and (one.lowest, one.highest) == (other.lowest, other.highest)
        and _is_said_the_same(one.texts, other.texts)
        and _are_same(one.options, other.options)
        and _are_same(one.rows, other.rows)
    )


def _are_same(one: tuple[Option, ...], other: tuple[Option, ...]) -> bool:
    return [each.key for each in one] == [each.key for each in other] and all(
        _is_said_the_same(left.texts, right.texts) for left, right in zip(one, other, strict=True)
    )


def _is_said_the_same(one: Texts, other: Texts) -> bool:
    return all(one[language] == other[language] for language in set(one) & set(other))
