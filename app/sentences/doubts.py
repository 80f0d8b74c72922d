"""What must be said with a sentence that is copied: how final, exact and direct its figures are: pure."""

from collections.abc import Callable, Sequence

from app.group_values import GROUP
from app.indicators import CellStatus, Figure, Indicator, PeriodStatus
from app.sentences.figures import STATUS_WORDS, part_words, value_words
from app.wording import capital, listing

Named = Sequence[tuple[str, Figure]]
"""Figures with how a sentence names each: `het cijfer van SWV Amstel`."""

BY_SCHOOL = "Geteld is waar de school staat, niet waar het kind woont."
BETWEEN = "De bron verbergt kleine aantallen; daarom staan er grenzen."
AT_LEAST = "De bron geeft niet alle delen; het echte getal kan hoger zijn."


def doubts_words(named: Named, indicator: Indicator) -> str:
    """The doubts about the figures of a sentence, as sentences; '' where there are none.

    A doubt that all share is said once: `Beide cijfers zijn deels geschat (ongeveer 2% en minder dan 1%).`
    The figure of a group is `het groepscijfer`: its whole name stands in the sentence before.
    """
    named = [("het groepscijfer" if each.region == GROUP else name, each) for name, each in named]
    words = [BY_SCHOOL] if indicator.by_school and named else []
    words += _status(named)
    words += _parts(named, "deels geschat", lambda each: each.estimated)
    words += _parts(named, "deels via de gemeente toegerekend", lambda each: each.indirect)
    converted = {name: "omgerekend naar de gemeenten van nu" for name, each in named if each.converted}
    words += _told(converted, len(named))
    if any(value_words(each, indicator).startswith("tussen") for _, each in named):
        words.append(BETWEEN)
    if any(each.status is CellStatus.AT_LEAST for _, each in named):
        words.append(AT_LEAST)
    return " ".join(words)


def _status(named: Named) -> list[str]:
    is_open = [(name, each.period_status) for name, each in named]
    found = {name: STATUS_WORDS[each] for name, each in is_open if each is not PeriodStatus.FINAL}
    return _told(found, len(named))


def _parts(named: Named, what: str, part: Callable[[Figure], float]) -> list[str]:
    """The doubt with how large a part of each figure it is about."""
    found = {name: _about(part(each)) for name, each in named if part(each) > 0}
    if 1 < len(found) == len(named):
        parts = list(found.values())
        sizes = f"steeds {parts[0]}" if len(set(parts)) == 1 else listing(parts)
        return [f"{_all(len(found))} zijn {what} ({sizes})."]
    return [f"{capital(name)} is {what} ({size})." for name, size in found.items()]


def _told(found: dict[str, str], count: int) -> list[str]:
    if 1 < len(found) == count and len(set(found.values())) == 1:
        return [f"{_all(count)} zijn {next(iter(found.values()))}."]
    return [f"{capital(name)} is {words}." for name, words in found.items()]


def _all(count: int) -> str:
    return "Beide cijfers" if count == 2 else "Alle cijfers"


def _about(part: float) -> str:
    words = part_words(part)
    return words if words.startswith("minder") else f"ongeveer {words}"
