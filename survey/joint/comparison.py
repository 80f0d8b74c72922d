"""The joint questionnaire: what both a SWV and a gemeente were asked, and how their answers differ. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.definition import (
    CANNOT_SAY,
    FIVES,
    Answers,
    Option,
    Question,
    Questionnaire,
    Scale,
    Value,
    text_of,
)

SWV_LIST, GEMEENTE_LIST = "swv", "gemeente"

MATCHES = {"Q5.04": "Q4.04", "Q5.13": "Q4.12"}
"""A question to the SWV → the same one to the gemeente; the core has the same key in both."""

CORE = frozenset(f"K{number:02}" for number in range(1, 26))
"""K26 and K27 are free texts: nobody agrees on those."""

UNDECIDED = ""
"""The joint answer where nobody chose yet."""

APART = "apart"
"""The joint answer where both keep to their own; no option of a question is called so."""

MAX_RANKED = 3
GRADES = range(1, 11)


@dataclass(frozen=True, slots=True)
class Shared:
    """A question that both got; its key is the one of the SWV."""

    key: str
    gemeente_key: str
    question: Question
    row: Option | None = None

    @property
    def words(self) -> str:
        """The question, with its row."""
        text = text_of(self.question.texts, "nl")
        return f"{text.rstrip(' …:')}: {text_of(self.row.texts, 'nl')}" if self.row else text

    @property
    def choices(self) -> list[tuple[Value, str]]:
        """What can be answered, with the words for it."""
        if self.question.scale is Scale.GRADE:
            return [(grade, str(grade)) for grade in GRADES]
        return [(_value(option), text_of(option.texts, "nl")) for option in self.question.options]

    @property
    def is_grade(self) -> bool:
        """Whether the answer is a grade of 1 to 10."""
        return self.question.scale is Scale.GRADE

    @property
    def is_ranked(self) -> bool:
        """Whether the answer is a short list in an order."""
        return self.question.scale is Scale.RANK

    def words_of(self, value: Value | None) -> str:
        """An answer as a person reads it."""
        if value is None:
            return "niet beantwoord"
        if value == UNDECIDED:
            return "nog geen keuze"
        if value == APART:
            return "ieder houdt het eigen antwoord"
        names = {str(choice): words for choice, words in self.choices}
        parts = value if isinstance(value, list) else [str(value)]
        named = [names.get(part, part) for part in parts]
        return (
            "; ".join(f"{place}. {each}" for place, each in enumerate(named, 1))
            if self.is_ranked
            else named[0]
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One shared question with what both answered, and what they make of it together."""

    shared: Shared
    swv: Value | None
    gemeente: Value | None
    joint: Value
    """What both agreed on; where nobody chose: what both answered alike, or `UNDECIDED`."""

    @property
    def differs(self) -> bool:
        """Whether the two answers are not the same."""
        return self.swv != self.gemeente

    @property
    def is_open(self) -> bool:
        """Whether a joint answer is still missing; not where neither answered."""
        return self.joint == UNDECIDED and (self.swv, self.gemeente) != (None, None)

    @property
    def steps(self) -> int | None:
        """How far apart two answers on a scale are; None where that cannot be said."""
        is_scale = self.shared.question.scale in FIVES or self.shared.question.scale is Scale.GRADE
        if not (is_scale and isinstance(self.swv, int) and isinstance(self.gemeente, int)):
            return None
        if self.shared.question.scale in FIVES and CANNOT_SAY in (self.swv, self.gemeente):
            return None
        return abs(self.swv - self.gemeente)


def shared_questions(swv: Questionnaire, gemeente: Questionnaire) -> list[Shared]:
    """The questions that both questionnaires ask, as tailored for the round, in the order of the SWV's."""
    theirs = {question.key: question for question in gemeente.questions}
    return [
        shared
        for question in swv.questions
        if (key := _match(question.key)) in theirs
        for shared in _pairs(question, theirs[key])
    ]


def compare(
    shared: Iterable[Shared], swv: Answers, gemeente: Answers, chosen: Mapping[str, Value]
) -> list[Line]:
    """Both answers to every shared question with the joint one, the differences first."""
    lines = [_line(each, swv.get(each.key), gemeente.get(each.gemeente_key), chosen) for each in shared]
    return sorted(lines, key=lambda line: not line.differs)


def parse_choice(shared: Shared, given: Sequence[str]) -> Value | None:
    """What somebody chose as the joint answer; None for what is no answer to this question.

    Args:
        given: the fields of the question in their order; only a ranked question has more than one, and the
            same option twice counts once.
    """
    chosen = list(dict.fromkeys(each for each in given if each))
    if not chosen or chosen[0] == APART:
        return chosen[0] if chosen else UNDECIDED
    values = {str(value): value for value, _ in shared.choices}
    if len(chosen) > (MAX_RANKED if shared.is_ranked else 1) or not set(chosen) <= set(values):
        return None
    return chosen if shared.is_ranked else values[chosen[0]]


def _match(key: str) -> str:
    return key if key in CORE else MATCHES.get(key, "")


def _pairs(question: Question, other: Question) -> Iterator[Shared]:
    if question.scale is not other.scale:
        return
    if not question.rows:
        yield Shared(question.key, other.key, question)
    theirs = {row.key for row in other.rows}
    for row in question.rows:
        if row.key in theirs:
            yield Shared(f"{question.key}.{row.key}", f"{other.key}.{row.key}", question, row)


def _line(shared: Shared, swv: Value | None, gemeente: Value | None, chosen: Mapping[str, Value]) -> Line:
    alike = swv if swv is not None and swv == gemeente else UNDECIDED
    return Line(shared, swv, gemeente, chosen.get(shared.key, alike))


def _value(option: Option) -> Value:
    return int(option.key) if option.key.isdigit() else option.key
