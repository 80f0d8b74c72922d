"""A questionnaire as its pages show it: fields out of questions and answers, in one language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.definition import (
    MAX_OPEN,
    MAX_OTHER,
    OTHER,
    Answers,
    Option,
    Question,
    Questionnaire,
    Scale,
    Value,
    text_of,
)
from survey.rules import Progress, Screen

MAX_RANKED = 3


class Look(StrEnum):
    """How a field is drawn."""

    SCALE = "schaal"  # a few short answers beside each other
    FACES = "gezichten"
    GRADE = "cijfer"
    LIST = "lijst"  # one of several, under each other
    TICKS = "vinkjes"
    NUMBER = "getal"
    RANK = "volgorde"
    TEXT = "tekst"


_LOOKS = {
    Scale.GRADE: Look.GRADE,
    Scale.FACES: Look.FACES,
    Scale.ONE: Look.LIST,
    Scale.SEVERAL: Look.TICKS,
    Scale.NUMBER: Look.NUMBER,
    Scale.RANK: Look.RANK,
    Scale.OPEN: Look.TEXT,
}


@dataclass(frozen=True)
class Choice:
    """One way to answer: what is sent, and what is read."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Message:
    """What is said under a field: an error, what to heed, what stands elsewhere, that it was cleared."""

    error: str = ""
    warnings: Sequence[str] = ()
    elsewhere: str | None = None
    is_cleared: bool = False


@dataclass(frozen=True)
class Field:
    """One answer that can be given. `ranks` holds the three choices of a ranking, each over all options."""

    key: str
    look: Look
    label: str
    choices: Sequence[Choice] = ()
    ranks: Sequence[Sequence[Choice]] = ()
    text: str = ""
    unit: str = ""
    lowest: int = 0
    highest: int = 0
    most: int = MAX_OPEN
    other: "Field | None" = None
    message: Message = Message()


@dataclass(frozen=True)
class Asked:
    """One question on a screen: its words, and a field, or one per row."""

    key: str
    label: str
    hint: str
    fields: Sequence[Field]
    is_matrix: bool
    is_required: bool
    is_dutch: bool  # asked in Dutch, whatever the language of the page

    @property
    def keys(self) -> list[str]:
        """Every key under which this question's answers stand."""
        own_words = [field.other.key for field in self.fields if field.other]
        return [field.key for field in self.fields] + own_words


def asked_on(
    screen: Screen, given: Mapping[str, object], language: str, messages: Mapping[str, Message]
) -> list[Asked]:
    """The questions of a screen.

    Args:
        given: what stands in the fields: values as kept, or texts and lists as they came in a form.
        messages: key → what to say under its field.
    """
    return [_asked(question, given, language, messages) for question in screen.questions]


def _asked(
    question: Question, given: Mapping[str, object], language: str, messages: Mapping[str, Message]
) -> Asked:
    label = text_of(question.texts, language)
    if question.rows:
        named = [(f"{question.key}.{row.key}", text_of(row.texts, language)) for row in question.rows]
    else:
        named = [(question.key, label)]
    return Asked(
        question.key,
        label,
        text_of(question.hint, language),
        [_field(question, key, words, (given, language, messages)) for key, words in named],
        bool(question.rows),
        question.is_required,
        is_dutch=language not in question.texts,
    )


_Filling = tuple[Mapping[str, object], str, Mapping[str, Message]]


def _field(question: Question, key: str, label: str, filling: _Filling) -> Field:
    given, language, messages = filling
    value = given.get(key)
    look = _LOOKS.get(question.scale, Look.SCALE)
    chosen = _texts(value)
    return Field(
        key,
        look,
        label,
        choices=list(_choices(question, chosen, language)),
        ranks=_ranks(question, chosen, language) if look is Look.RANK else (),
        text=chosen[0] if chosen and look in {Look.NUMBER, Look.TEXT} else "",
        unit=text_of(question.unit, language),
        lowest=question.lowest,
        highest=question.highest,
        other=_own_words(question, filling),
        message=messages.get(key, Message()),
    )


def _own_words(question: Question, filling: _Filling) -> Field | None:
    given, language, messages = filling
    found = next((option for option in question.options if option.key == OTHER), None)
    if found is None:
        return None
    key = f"{question.key}.{OTHER}"
    text = "".join(_texts(given.get(key))[:1])
    return Field(
        key,
        Look.TEXT,
        text_of(found.texts, language),
        text=text,
        most=MAX_OTHER,
        message=messages.get(key, Message()),
    )


def _texts(value: object) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _choices(question: Question, chosen: Sequence[str], language: str) -> Iterator[Choice]:
    if question.scale is Scale.GRADE:
        for number in range(question.lowest, question.highest + 1):
            yield Choice(str(number), str(number), str(number) in chosen)
    for option in question.options:
        yield Choice(option.key, text_of(option.texts, language), option.key in chosen)


def _ranks(question: Question, chosen: Sequence[str], language: str) -> list[list[Choice]]:
    """For each place all options, with the one that stands there chosen."""
    places = [chosen[place] if place < len(chosen) else "" for place in range(MAX_RANKED)]
    return [
        [
            Choice(each.key, text_of(each.texts, language), each.key == at_this_place)
            for each in question.options
        ]
        for at_this_place in places
    ]


def read_back(question: Question, key: str, value: Value | None, language: str) -> str:
    """An answer in words; '' where there is none."""
    if value is None:
        return ""
    labels = {option.key: option for option in question.options}
    words = [_label(labels.get(text), text, language) for text in _texts(value)]
    if question.scale is Scale.RANK:
        words = [f"{place}. {word}" for place, word in enumerate(words, 1)]
    if question.scale is Scale.NUMBER and key == question.key and question.unit:
        return f"{words[0]} {text_of(question.unit, language)}"
    return ", ".join(words)


def _label(option: Option | None, text: str, language: str) -> str:
    return text if option is None else text_of(option.texts, language)


@dataclass(frozen=True)
class Line:
    """One answer in the summary; a row of a matrix stands under its question."""

    label: str
    answer: str


@dataclass(frozen=True)
class Review:
    """A section in the summary; its screens by the address of where they can be changed."""

    title: str
    screens: Mapping[str, Sequence[Line]]


def reviews(screens: Sequence[Screen], answers: Answers, language: str) -> list[Review]:
    """The summary before sending: every question that is asked, with what was answered."""
    found: dict[str, dict[str, Sequence[Line]]] = {}
    titles = {screen.section.key: text_of(screen.section.titles, language) for screen in screens}
    for screen in screens:
        lines = [line for question in screen.questions for line in _lines(question, answers, language)]
        found.setdefault(screen.section.key, {})[place_of(screen)] = lines
    return [Review(titles[section], parts) for section, parts in found.items()]


def _lines(question: Question, answers: Answers, language: str) -> Iterator[Line]:
    label = text_of(question.texts, language)
    for row in question.rows:
        key = f"{question.key}.{row.key}"
        words = f"{label} – {text_of(row.texts, language)}"
        yield Line(words, read_back(question, key, answers.get(key), language))
    if not question.rows:
        answer = read_back(question, question.key, answers.get(question.key), language)
        own_words = answers.get(f"{question.key}.{OTHER}")
        yield Line(label, f"{answer}: {own_words}" if own_words and answer else answer)


def told_of(label: str, message: str) -> str:
    """What is said of a question, at the top of a page: `Uw leeftijd: …`, `Hoe oud bent u? …`."""
    return f"{label}{'' if label.endswith(tuple('.?!')) else ':'} {message}" if label else message


def place_of(screen: Screen) -> str:
    """The end of a screen's address."""
    return f"{screen.section.key}/{screen.number}"


@dataclass(frozen=True)
class Part:
    """A section in the hub: where it begins and how far it is."""

    title: str
    place: str
    asked: int
    answered: int
    missing: int


def parts(
    questionnaire: Questionnaire, screens: Sequence[Screen], progress: Mapping[str, Progress], language: str
) -> list[Part]:
    """The sections that have something to ask."""
    first: dict[str, Screen] = {}
    for screen in screens:
        first.setdefault(screen.section.key, screen)
    return [
        Part(
            text_of(section.titles, language),
            place_of(first[section.key]),
            progress[section.key].asked,
            progress[section.key].answered,
            progress[section.key].missing,
        )
        for section in questionnaire.sections
        if section.key in first
    ]
