"""The outcome of a round by theme: what each group says, and how far they lie apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.disclosure import Measure, Shown
from survey.results.comparing import Benchmark, Change, change_of
from survey.results.outcomes import Outcome, named_mean, theme_shown


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


@dataclass(frozen=True, slots=True)
class Gap:
    """The two groups that lie furthest apart."""

    high: str
    low: str
    change: Change


@dataclass(frozen=True, slots=True)
class Chapter:
    """One theme with every group that was asked about it."""

    theme: str
    title: str
    voices: Sequence[Voice]
    gap: Gap | None


def chapters(outcomes: Sequence[Outcome]) -> list[Chapter]:
    """The themes of a round: those that most groups were asked first, then in the order of asking."""
    titles: dict[str, str] = {}
    for outcome in outcomes:
        for theme in _themes_of(outcome):
            titles.setdefault(theme, outcome.questionnaire.themes[theme]["nl"])
    found = [_chapter(theme, title, outcomes) for theme, title in titles.items()]
    return sorted(found, key=lambda each: -len(each.voices))


def _themes_of(outcome: Outcome) -> list[str]:
    if not outcome.is_named:
        return list(outcome.snapshot.themes)
    found = {theme for each in outcome.snapshot.named for theme in each.themes}
    return [theme for theme in outcome.questionnaire.themes if theme in found]


def _chapter(theme: str, title: str, outcomes: Sequence[Outcome]) -> Chapter:
    voices = [_voice(each, theme) for each in outcomes if theme in _themes_of(each)]
    return Chapter(theme, title, voices, widest_gap(voices))


def _voice(outcome: Outcome, theme: str) -> Voice:
    if outcome.is_named:
        number = sum(theme in each.themes for each in outcome.snapshot.named)
        measure = Measure.GRADE if theme == "tevreden" else Measure.FIVE
        return Voice(outcome.group, named_mean(outcome, theme), None, measure, organisations=number)
    shown = theme_shown(outcome, theme)
    return Voice(
        outcome.group,
        shown.mean if shown else None,
        shown,
        outcome.snapshot.themes[theme].measure,
        outcome.theme_benchmarks.get(theme),
        outcome.theme_changes.get(theme),
    )


def widest_gap(voices: Sequence[Voice]) -> Gap | None:
    """The largest difference between two groups that answered on the same scale; None with fewer than two."""
    heard = [each for each in voices if each.shown is not None and each.mean is not None]
    pairs = [
        (one, other)
        for place, one in enumerate(heard)
        for other in heard[place + 1 :]
        if one.measure is other.measure
    ]
    if not pairs:
        return None
    one, other = max(pairs, key=lambda pair: abs((pair[0].mean or 0) - (pair[1].mean or 0)))
    high, low = (one, other) if (one.mean or 0) >= (other.mean or 0) else (other, one)
    change = change_of(high.shown, low.shown)
    return None if change is None else Gap(high.group, low.group, change)
