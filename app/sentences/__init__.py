"""Figures in plain Dutch, the same words for page, chart summary, export and document: pure.

`figures` tells what a figure is; `verdicts` what it is beside another, with the certainty that its interval
allows; `doubts` what must be said with it; `groups` what a group is, whether a verdict holds and the
expected number; `trends` what the years say; `claims` answers "Mag ik dit zeggen?" with the one sentence that
holds.
"""

from app.sentences.claims import Answer, Claim, claim
from app.sentences.doubts import doubts_words
from app.sentences.figures import (
    BELOW_1,
    HIDDEN,
    HIDDEN_BELOW_5,
    NO_DATA,
    SHIFTED,
    STATE_SENTENCES,
    STATUS_WORDS,
    State,
    change,
    change_words,
    comparison,
    difference_words,
    gap_words,
    level,
    not_filled,
    only_for,
    place,
    short_change,
    short_difference,
    succession,
    value_words,
    warnings,
)
from app.sentences.groups import expected_words, group_words, hold_sentence, hold_words
from app.sentences.trends import trend_words
from app.sentences.verdicts import (
    Beside,
    children_words,
    margin_words,
    short_verdict,
    striking_words,
    verdict_words,
)

__all__ = [
    "BELOW_1",
    "HIDDEN",
    "HIDDEN_BELOW_5",
    "NO_DATA",
    "SHIFTED",
    "STATE_SENTENCES",
    "STATUS_WORDS",
    "Answer",
    "Beside",
    "Claim",
    "State",
    "change",
    "change_words",
    "children_words",
    "claim",
    "comparison",
    "difference_words",
    "doubts_words",
    "expected_words",
    "gap_words",
    "group_words",
    "hold_sentence",
    "hold_words",
    "level",
    "margin_words",
    "not_filled",
    "only_for",
    "place",
    "short_change",
    "short_difference",
    "short_verdict",
    "striking_words",
    "succession",
    "trend_words",
    "value_words",
    "verdict_words",
    "warnings",
]
