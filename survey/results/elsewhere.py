"""What functionaries of other regions answered together, as shares that may be shown: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from app.disclosure import Share, show_options
from app.disclosure.cells import count_of, is_band
from survey.definition import Question, Questionnaire
from survey.results.blocks import Block, Entry, Place, may_stand
from survey.results.comparing import is_own_key
from survey.results.counting import chosen_options, most_chosen, valid_options
from survey.results.judging import is_hard
from survey.results.snapshots import Chosen

Given = list[tuple[Entry, list[list[str]]]]
"""What the organisations of each region chose; 'weet ik niet' is an empty choice."""


def shares_outside(
    blocks: Sequence[Block], questionnaire: Questionnaire, *, place: Place
) -> dict[str, Chosen]:
    """What functionaries of other regions answered; nothing without blocks that may stand for a question.

    Not for questions of a region's own, which mean something else elsewhere, nor for those that choose among
    the gemeenten of a round.

    Args:
        blocks: with the answers by name; none of them leaves this function.
        place: whose own outcome is left out of its block.
    """
    found = {
        key: _outside(question, [_given(question, key, block) for block in blocks], place)
        for question in questionnaire.questions
        if question.options and not question.options_source
        for key in question.answer_keys
        if not is_own_key(key)
    }
    return {key: each for key, each in found.items() if each is not None}


def _given(question: Question, key: str, block: Block) -> Given:
    keys = set(valid_options(question))
    return [
        (
            entry,
            [
                [str(option) for option in chosen_options(each.answers[key]) if str(option) in keys]
                for each in entry.snapshot.named
                if key in each.answers
            ],
        )
        for entry in block.entries
    ]


def _outside(question: Question, blocks: Iterable[Given], place: Place) -> Chosen | None:
    """The shares; nothing either where most organisations do not know."""
    counted = _counted(question, blocks)
    others = [given for entry, given in counted if not place.is_own(entry)]
    chosen = _chosen(others)
    asked = sum(map(len, others))
    if not chosen or is_hard(len(chosen), asked - len(chosen)):
        return None
    shares = _shares(question, chosen)
    return Chosen(question.version, count_of(len(chosen)), shares) if shares else None


def _counted(question: Question, blocks: Iterable[Given]) -> Given:
    """The blocks that count, in their order: each that may stand by itself, as the others may go.

    Of exact shares the earlier can be taken off the later. So a total has exact shares only if what came in
    since each earlier one that had them, would have exact shares by itself.
    """
    counted: Given = []
    exact: list[int] = []
    for block in blocks:
        total = [*counted, *block]
        if not may_stand((entry, len(_chosen([given]))) for entry, given in block):
            continue
        if not _shares(question, _of(block)):
            continue
        is_exact = _is_exact(question, total)
        if is_exact and not all(_is_exact(question, total[length:]) for length in exact):
            continue
        counted = total
        exact += [len(total)] if is_exact else []
    return counted


def _of(given: Given) -> list[list[str]]:
    return _chosen(each for _, each in given)


def _chosen(given: Iterable[list[list[str]]]) -> list[list[str]]:
    return [each for each in chain.from_iterable(given) if each]


def _is_exact(question: Question, given: Given) -> bool:
    shares = _shares(question, _of(given))
    return bool(shares) and not any(map(is_band, shares.values()))


def _shares(question: Question, chosen: Sequence[list[str]]) -> Mapping[str, Share]:
    numbers = Counter(option for each in chosen for option in each)
    counts = {key: numbers.get(key, 0) for key in valid_options(question)}
    return show_options(counts, len(chosen), most=most_chosen(question))
