"""Questions that most people cannot judge: 'weet ik niet' more often than an answer. Pure.

Such a cell has no score on any page: in its place stands that too few people can judge it. Those words stand
whether five people answered or fewer, so that they do not tell that fewer did; but from five people on who
gave an answer or said that they do not know, for below that the words would be about a few of them.
"""

from collections.abc import Mapping, Sequence

from app.disclosure import Shown
from app.disclosure.cells import MIN_SHOWN
from survey.definition import CANNOT_SAY, Answers


def is_hard(valid: int, cannot_say: int) -> bool:
    """Whether more than half of five people or more cannot say."""
    return cannot_say > valid and valid + cannot_say >= MIN_SHOWN


def cannot_score(answers: Answers, items: Sequence[str]) -> bool:
    """Whether somebody has no score of a theme because of 'weet ik niet': with an answer there it would be.

    4, 9 and 9 out of five → True; 4 and 9 out of five → False, for too few were answered at all.
    """
    given = [answers[key] for key in items if key in answers]
    unknown = given.count(CANNOT_SAY)
    return 2 * (len(given) - unknown) < len(items) <= 2 * len(given) and unknown > 0


def judged(parts: Mapping[str, Shown]) -> tuple[dict[str, Shown], tuple[str, ...]]:
    """The parts that can judge, and the names of those that cannot."""
    hard = tuple(part for part, shown in parts.items() if shown.is_hard_to_judge)
    return {part: shown for part, shown in parts.items() if part not in hard}, hard
