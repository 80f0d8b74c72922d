"""A list of a round with everything that stands beside it on a page: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.disclosure import Shown
from app.disclosure.cells import rounded
from survey.definition import OTHER, Question, Questionnaire
from survey.results.blocks import Block, Place
from survey.results.comparing import Benchmark, Change, benchmarks, changes
from survey.results.elsewhere import shares_outside
from survey.results.snapshots import Chosen, Snapshot

NamedTexts = Mapping[tuple[str, str], Mapping[str, Sequence[str]]]
"""(name, code) of an organisation → open question → texts that a reviewer let through."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a page tells of one list: its snapshot, and what is computed from that and others."""

    list_id: int
    questionnaire: Questionnaire
    snapshot: Snapshot
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    theme_benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    theme_changes: Mapping[str, Change] = field(default_factory=dict)
    elsewhere: Mapping[str, Chosen] = field(default_factory=dict)
    """What functionaries of other regions answered together."""
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Open question → what people wrote, of nobody in particular."""
    named_texts: NamedTexts = field(default_factory=dict)
    """What organisations wrote, which stands under their names inside the region."""
    since: date | None = None
    """Since when other regions stand beside it as they do."""

    @property
    def is_named(self) -> bool:
        """Whether organisations answered, under their names."""
        return not self.questionnaire.is_anonymous

    @property
    def group(self) -> str:
        """Who was asked: 'intern begeleiders'."""
        return self.questionnaire.group_names.get("nl", "") or self.questionnaire.titles["nl"]


def make_outcome(
    list_id: int,
    questionnaire: Questionnaire,
    snapshot: Snapshot,
    last: Snapshot | None,
    *,
    blocks: Sequence[Block],
    place: Place,
) -> Outcome:
    """A list of a region beside its last round and other regions."""
    return Outcome(
        list_id,
        questionnaire,
        snapshot,
        benchmarks(snapshot.scaled, place, blocks),
        benchmarks(snapshot.themes, place, blocks),
        changes(snapshot.scaled, last.scaled) if last else {},
        changes(snapshot.themes, last.themes) if last else {},
        {} if questionnaire.is_anonymous else shares_outside(blocks, questionnaire, place=place),
        since=max((each.since for each in blocks if each.since), default=None),
    )


def question_of(questionnaire: Questionnaire, key: str) -> Question:
    """The question to which a key of an answer belongs."""
    return next(each for each in questionnaire.questions if key in each.answer_keys)


def question_text(question: Question, key: str) -> str:
    """The question in Dutch; of a row of a matrix with the row behind it."""
    row = next((each for each in question.rows if key == f"{question.key}.{each.key}"), None)
    text = question.texts["nl"].strip()
    return f"{text} – {row.texts['nl']}" if row else text


def open_question_text(questionnaire: Questionnaire, key: str) -> str:
    """What was asked where somebody answered in own words: an open question, or room beside an option."""
    by_key = {each.key: each for each in questionnaire.questions}
    beside = by_key.get(key.removesuffix(f".{OTHER}"))
    if key not in by_key and beside is not None:
        return f"{question_text(beside, beside.key)}: anders, namelijk"
    return question_text(question_of(questionnaire, key), key)


def named_mean(outcome: Outcome, theme: str) -> float | None:
    """The mean of the organisations' own scores, which stand there by name; None without any."""
    scores = [each.themes[theme] for each in outcome.snapshot.named if theme in each.themes]
    return rounded(sum(scores) / len(scores)) if scores else None


def theme_shown(outcome: Outcome, theme: str) -> Shown | None:
    """What is shown of a theme of an anonymous list."""
    found = outcome.snapshot.themes.get(theme)
    return found.whole if found else None
