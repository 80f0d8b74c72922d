"""The outcome of a round by theme: what each group says, and how far they lie apart. Pure.

Lists of different groups share the questions of the core; at other themes each group has questions of its
own. Only answers to the very same questions are told apart from each other.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from app.disclosure import Measure, Shown
from app.disclosure.cells import rounded
from survey.definition import Questionnaire
from survey.results.comparing import Benchmark, Change, change_of
from survey.results.counting import CORE, measure_of, scaled_keys, theme_items, valid_answer
from survey.results.outcomes import Outcome, named_mean, question_of, question_text, theme_shown

SATISFIED, PARTNERS = "tevreden", "partners"
"""The theme of the grade for all, and that of how satisfied people are with each partner."""

Items = tuple[tuple[str, int], ...]
"""The questions that make a score, each with its version."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one group says of a theme. Of functionaries, who are not anonymous, only a mean."""

    group: str
    mean: float | None
    shown: Shown | None
    measure: Measure
    benchmark: Benchmark | None = None
    change: Change | None = None
    organisations: int = 0
    items: Items = ()
    is_hard: bool = False
    """Whether most of the group cannot judge it; then there is no mean."""

    def is_beside(self, other: "Voice") -> bool:
        """Whether both answered the same questions on the same scale."""
        return (self.items, self.measure) == (other.items, other.measure)


@dataclass(frozen=True, slots=True)
class Gap:
    """The two groups that lie furthest apart."""

    high: str
    low: str
    change: Change


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the core with every group that was asked it; `gap` as that of a theme."""

    key: str
    text: str
    voices: Sequence[Voice]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One theme with every group that was asked about it under that title.

    `key` is the theme; for a second title of the same theme it has a number behind it.
    """

    key: str
    theme: str
    title: str
    voices: Sequence[Voice]
    gap: Gap | None
    items: Sequence[Item] = ()
    """The questions that groups share; none where one group alone was asked."""

    @property
    def heard(self) -> Sequence[Voice]:
        """The groups of which there is a score."""
        return [each for each in self.voices if each.mean is not None]

    @property
    def is_mixed(self) -> bool:
        """Whether groups with a score were asked different questions."""
        return not all(self.heard[0].is_beside(each) for each in self.heard)


def chapters(outcomes: Sequence[Outcome]) -> list[Chapter]:
    """The themes of a round: those that most groups were asked first, then in the order of asking."""
    found: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        for theme in _themes_of(outcome):
            title = outcome.questionnaire.themes[theme]["nl"]
            found.setdefault((theme, title), []).append(outcome)
    seen: Counter[str] = Counter()
    made = []
    for (theme, title), asked in found.items():
        seen[theme] += 1
        voices = [_voice(each, theme) for each in asked]
        key = theme if seen[theme] == 1 else f"{theme}-{seen[theme]}"
        made.append(Chapter(key, theme, title, voices, widest_gap(voices), _items(asked, theme)))
    return _beside_each_other(sorted(made, key=lambda each: -len(each.voices)))


def _beside_each_other(found: Sequence[Chapter]) -> list[Chapter]:
    """How people judge their partners stands behind the grade that they give."""
    beside = [each for each in found if each.theme == PARTNERS]
    ordered = [each for each in found if each not in beside]
    place = next((at for at, each in enumerate(ordered, 1) if each.theme == SATISFIED), len(ordered))
    return [*ordered[:place], *beside, *ordered[place:]]


def _themes_of(outcome: Outcome) -> list[str]:
    if not outcome.is_named:
        return list(outcome.snapshot.themes)
    found = {theme for each in outcome.snapshot.named for theme in each.themes}
    return [theme for theme in outcome.questionnaire.themes if theme in found]


def _voice(outcome: Outcome, theme: str) -> Voice:
    if outcome.is_named:
        return _named_voice(outcome, theme)
    shown, scaled = theme_shown(outcome, theme), outcome.snapshot.themes[theme]
    return Voice(
        outcome.group,
        shown.mean if shown else None,
        shown,
        scaled.measure,
        outcome.theme_benchmarks.get(theme),
        outcome.theme_changes.get(theme),
        items=_versioned(outcome.questionnaire, scaled.items),
        is_hard=scaled.is_hard,
    )


def _named_voice(outcome: Outcome, theme: str) -> Voice:
    number = sum(theme in each.themes for each in outcome.snapshot.named)
    items = theme_items(outcome.questionnaire)[theme]
    measure = measure_of(question_of(outcome.questionnaire, items[0]))
    return Voice(
        outcome.group,
        named_mean(outcome, theme),
        None,
        measure,
        organisations=number,
        items=_versioned(outcome.questionnaire, items),
    )


def _items(asked: Sequence[Outcome], theme: str) -> list[Item]:
    """The questions of the core on a theme, in the order of asking."""
    questions = {
        key: question
        for outcome in asked
        for question in outcome.questionnaire.questions
        if question.theme == theme
        for key in scaled_keys(question)
        if key.startswith(CORE)
    }
    found = []
    for key, question in questions.items():
        voices = [voice for outcome in asked if (voice := _item_voice(outcome, key))]
        if len(voices) > 1:
            found.append(Item(key, question_text(question, key), voices, widest_gap(voices)))
    return found


def _item_voice(outcome: Outcome, key: str) -> Voice | None:
    """What a group says to one question; None if it was not asked."""
    question = next((each for each in outcome.questionnaire.questions if key in each.answer_keys), None)
    if question is None:
        return None
    items, measure = ((key, question.version),), measure_of(question)
    if not outcome.is_named:
        scaled = outcome.snapshot.scaled[key]
        shown = scaled.whole
        mean = shown.mean if shown else None
        return Voice(outcome.group, mean, shown, measure, items=items, is_hard=scaled.is_hard)
    given = [each.answers for each in outcome.snapshot.named if key in each.answers]
    valid = [value for each in given if (value := valid_answer(each, key, measure)) is not None]
    most_can = 2 * len(valid) >= len(given)
    mean = rounded(sum(valid) / len(valid)) if valid and most_can else None
    return Voice(
        outcome.group, mean, None, measure, organisations=len(valid), items=items, is_hard=not most_can
    )


def _versioned(questionnaire: Questionnaire, items: Sequence[str]) -> Items:
    return tuple((key, question_of(questionnaire, key).version) for key in items)


def widest_gap(voices: Sequence[Voice]) -> Gap | None:
    """The largest difference between two groups with the same questions; None without such groups."""
    heard = [each for each in voices if each.mean is not None]
    pairs = [(one, other) for one, other in combinations(heard, 2) if one.is_beside(other)]
    if not pairs:
        return None
    one, other = max(pairs, key=lambda pair: abs((pair[0].mean or 0) - (pair[1].mean or 0)))
    high, low = (one, other) if (one.mean or 0) >= (other.mean or 0) else (other, one)
    return Gap(high.group, low.group, _change(high, low))


def _change(high: Voice, low: Voice) -> Change:
    """The difference; of organisations, which are no sample, without an interval."""
    return change_of(high.shown, low.shown) or Change(rounded((high.mean or 0) - (low.mean or 0)))
