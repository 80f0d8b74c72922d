"""What a questionnaire is: sections, questions, scales, routing and checks, with texts per language. Pure.

`survey.reading` makes it out of the files in `survey/definitions`; `survey.rules` says which questions are
asked and what is wrong with answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Texts = Mapping[str, str]
"""Language → text: `nl` always, others where somebody wrote them."""

Value = int | str | list[str]
"""An answer: the code of a scale or a number, an option or a free text, or options in the order of choice."""

Answers = Mapping[str, Value]
"""Key → value. A key is `Q1.05`, with a row `Q1.12.wijkteam`, and `Q1.13.anders` for own words."""

CANNOT_SAY = 9
"""The code of 'weet ik niet / niet van toepassing' on scales of five; it never counts in a mean."""

DO_NOT_KNOW = "weet_niet"
"""The same among the options of yes and no."""

OTHER = "anders"
"""The option with room for own words."""

MAX_OPEN = 600
"""Characters of a free text."""

MAX_RANKED = 3
"""Options in the order of importance."""

MAX_OTHER = 100
"""Characters of own words beside an option."""


class Scale(StrEnum):
    """How a question is answered."""

    AGREE = "eens5"
    FREQUENCY = "freq5"
    SATISFIED = "tevr5"
    PHASE = "fase5"
    BETTER = "beter5"
    GRADE = "cijfer"
    FACES = "smile5"
    YES_NO = "jnw"
    NUMBER = "getal"
    ONE = "mc"
    SEVERAL = "mc+"
    RANK = "rang3"
    OPEN = "open"


FIVES = frozenset({Scale.AGREE, Scale.FREQUENCY, Scale.SATISFIED, Scale.PHASE, Scale.BETTER, Scale.FACES})
"""Scales of 1 to 5; all but the faces also have 9."""


class Audience(StrEnum):
    """Who answers: it decides what may be promised."""

    PROFESSIONAL = "professional"
    FUNCTIONARY = "functionaris"  # one answer per organisation: not anonymous
    PARENT = "ouder"
    YOUNG = "jongere"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer, or one row of a matrix."""

    key: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Condition:
    """When something is asked: an earlier answer against values. All of several conditions must hold.

    `operator` is one of `in`, `not_in` (of an option or code), `has`, `has_not` (of several options: all, or
    none, of `values`), `at_least`, `at_most` (of a number) and `has_any` (several options: at least one of
    `values`). With an answer that is missing no condition holds, except `not_in` and `has_not`. `question`
    is the key of an answer: `Q4.04.thuiszitters` for a row of a matrix.
    """

    question: str
    operator: str
    values: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. With `rows` it is a matrix: each row is answered by itself on the same scale.

    `options` also holds the labels of scales of five (keys `1` … `5`, `9`; the answer is the number) and of
    `jnw` (keys `ja`, `nee`, `weet_niet`).
    """

    key: str
    theme: str
    scale: Scale
    texts: Texts
    version: int = 1
    hint: Texts = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    option_conditions: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    options_source: str = ""
    """`gemeenten`: those of the round come before `options` (survey.tailoring)."""
    exclusive: tuple[str, ...] = ()
    """Options that go with no other: 'geen'."""
    rows: tuple[Option, ...] = ()
    row_conditions: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    first_rows_from: str = ""
    """The question whose chosen options come first among the rows."""
    unit: Texts = field(default_factory=dict)
    lowest: int = 0
    highest: int = 0
    highest_from: str = ""
    """The question whose number this one may not exceed."""
    is_required: bool = False
    conditions: tuple[Condition, ...] = ()
    moved_before: str = ""
    """The question before which this one comes where `moved_if` holds; it has a screen of its own."""
    moved_if: tuple[Condition, ...] = ()
    from_second_round: bool = False
    sectors: tuple[str, ...] = ()
    """`po`, `vo`: asked only of samenwerkingsverbanden of that sector; empty for all."""
    variant_of: str = ""
    """The question of which this is the version for another age: `Q7.05` for `Q7.05k`."""
    is_own: bool = False

    @property
    def answer_keys(self) -> tuple[str, ...]:
        """The keys under which answers stand, without those of own words."""
        return tuple(f"{self.key}.{row.key}" for row in self.rows) if self.rows else (self.key,)


@dataclass(frozen=True, slots=True)
class SumCheck:
    """Some numbers together may not exceed another: toegekend + afgewezen ≤ ontvangen."""

    parts: tuple[str, ...]
    whole: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading; `screens` are the groups of keys that stand on one screen."""

    key: str
    titles: Texts
    screens: tuple[tuple[Question, ...], ...]
    intro: Texts = field(default_factory=dict)

    @property
    def questions(self) -> Iterator[Question]:
        """The questions in their order."""
        return (question for screen in self.screens for question in screen)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of a questionnaire. A changed text is a new version."""

    id: str
    version: int
    audience: Audience
    titles: Texts
    intro: Texts
    minutes: int
    languages: tuple[str, ...]
    themes: Mapping[str, Texts]
    sections: tuple[Section, ...]
    checks: tuple[SumCheck, ...] = ()
    group_names: Texts = field(default_factory=dict)
    """What the respondents are called, plural: 'intern begeleiders'."""
    scales: Mapping[Scale, tuple[Option, ...]] = field(default_factory=dict)
    """The labels of the scales, for questions that a region adds."""
    fixed_themes: frozenset[str] = frozenset()
    """Themes that no region drops: they say who answers, or the routing needs them."""
    region_label: Texts = field(default_factory=dict)
    """What stands before the region that is known from the link (A01); empty where it is not shown."""

    @property
    def questions(self) -> Iterator[Question]:
        """Every question, in the order of asking."""
        return (question for section in self.sections for question in section.questions)

    @property
    def is_anonymous(self) -> bool:
        """Whether answers lead to no organisation: not of functionaries, one per organisation."""
        return self.audience is not Audience.FUNCTIONARY


def text_of(texts: Texts, language: str) -> str:
    """The text in a language, or in Dutch where nobody wrote it in that one."""
    return texts.get(language) or texts.get("nl", "")
