"""What groups say beside each other: scores, how many were heard, and how far apart they lie."""

from collections.abc import Sequence

from app.tables import NOTHING, Sheet, SheetCell, Value
from app.wording import capital, class_words, number
from layouts.formatting import plural
from layouts.outcome_words import HARD, NOT_EXACT, TOO_FEW, margin_words, with_margin
from survey.results.chapters import Chapter, Gap, Item, Voice

ITEM_NOTES = (
    "Bij elke groep staat de score, met de marge waar die er is, en het aantal antwoorden. Een streepje: "
    "deze groep kreeg de vraag niet.",
    "Het grootste verschil: tussen groepen die precies dezelfde vraag kregen.",
)
WIDEST = "Grootste verschil"


def score_words(voice: Voice) -> str:
    """A score, or why there is none."""
    if voice.is_hard:
        return HARD
    if voice.mean is None:
        return NOT_EXACT if voice.shown else TOO_FEW
    return number(voice.mean, 1)


def heard_words(voice: Voice) -> str:
    """How many answered: `25 antwoorden` without its noun, `2 organisaties`; nothing where none is shown."""
    if voice.organisations:
        return plural(voice.organisations, "organisatie", "organisaties")
    return class_words(voice.shown.n) if voice.shown else ""


def gap_words(gap: Gap | None, *, among_some: bool = False) -> str:
    """What the widest gap between two groups comes to; `among_some`: of those with the same questions."""
    if gap is None or gap.change.gap == 0:
        return ""
    size = number(gap.change.gap, 1)
    start = "Het grootste verschil bij dezelfde vragen" if among_some else "Het grootste verschil"
    words = f" {start}: {gap.high} geven {size} punt meer dan {gap.low}"
    if gap.change.low is None:
        return f"{words}."
    return f"{words}, {'groter dan toeval alleen geeft' if gap.change.is_certain else 'dat kan toeval zijn'}."


def items_sheet(chapter: Chapter) -> Sheet:
    """The questions of a theme that groups share: a row for each, a column for each group.

    No rows where no group has a score.
    """
    asked = {voice.group for item in chapter.items for voice in item.voices}
    groups = [each.group for each in chapter.voices if each.group in asked]
    is_heard = any(voice.mean is not None for item in chapter.items for voice in item.voices)
    rows: list[list[SheetCell]] = [
        [item.text, *(_cell(item.voices, group) for group in groups), _gap_cell(item)]
        for item in chapter.items
        if is_heard
    ]
    header = ("Vraag", *map(capital, groups), WIDEST)
    title = f"{chapter.title}: elke groep per vraag"
    return Sheet(title, header, rows, ITEM_NOTES, name=chapter.title)


def widest_words(chapter: Chapter) -> str:
    """`Het verst uit elkaar liggen groepen bij ‘…’: …`; nothing where no two can be compared."""
    apart = [each for each in chapter.items if each.gap and each.gap.change.gap]
    if len(chapter.items) < 2 or not apart:
        return ""
    item = max(apart, key=_distance)
    return f"Het verst uit elkaar liggen groepen bij ‘{item.text}’: {_gap_cell(item).words}."


def _distance(item: Item) -> float:
    """The widest gap as a part of the scale: 1,8 of a grade and 0,8 from 1 to 5 are as far."""
    low, high = item.voices[0].measure.limits
    return item.gap.change.gap / (high - low) if item.gap else 0.0


def _cell(voices: Sequence[Voice], group: str) -> Value:
    voice = next((each for each in voices if each.group == group), None)
    if voice is None:
        return NOTHING
    heard = heard_words(voice)
    noun = " antwoorden" if voice.shown else ""
    parts = [with_margin(score_words(voice), margin_words(voice.shown)), f"{heard}{noun}" if heard else ""]
    words = "; ".join(part for part in parts if part)
    return Value(score_words(voice) if voice.is_hard else words, voice.mean)


def _gap_cell(item: Item) -> Value:
    """`gemeenten 0,4 hoger dan intern begeleiders`, and whether that is more than chance alone gives."""
    gap = item.gap
    if gap is None:
        return NOTHING
    if gap.change.gap == 0:
        return Value("geen verschil", 0.0)
    chance = ""
    if gap.change.low is not None:
        chance = " (groter dan toeval)" if gap.change.is_certain else " (kan toeval zijn)"
    return Value(f"{gap.high} {number(gap.change.gap, 1)} hoger dan {gap.low}{chance}", gap.change.gap)
