"""The small-number rules that every output passes: pure.

`groups` for group values of own figures, `cells` and `shown` for one group of respondents, `choices` for
questions with options, `distributions` for how answers on a scale are spread, `breakdowns` for which parts of
a whole may stand beside it, and `surveys` for a whole questionnaire.
"""

from app.disclosure.breakdowns import Heard, open_by_numbers
from app.disclosure.cells import Cell, Count, Measure, Share
from app.disclosure.choices import show_options
from app.disclosure.groups import (
    MIN_EVENTS,
    MIN_GROUP,
    MIN_OTHERS,
    Counted,
    GroupValue,
    Member,
    counted,
    group_value,
    has_group,
    is_weighted,
    may_be_shown,
    next_group,
)
from app.disclosure.shown import Shown, show_cell
from app.disclosure.surveys import Asked, Disclosed, disclose

__all__ = [
    "MIN_EVENTS",
    "MIN_GROUP",
    "MIN_OTHERS",
    "Asked",
    "Cell",
    "Count",
    "Counted",
    "Disclosed",
    "GroupValue",
    "Heard",
    "Measure",
    "Member",
    "Share",
    "Shown",
    "counted",
    "disclose",
    "group_value",
    "has_group",
    "is_weighted",
    "may_be_shown",
    "next_group",
    "open_by_numbers",
    "show_cell",
    "show_options",
]
