"""What may be shown of a whole questionnaire in a round, for all together and per gemeente: pure.

The result holds shown values and nothing else: a cell that is not there was not to be shown, and nothing
tells whether for its own sake or for that of another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.disclosure.breakdowns import Asked, Heard, narrows, open_parts
from app.disclosure.cells import Count, count_of
from app.disclosure.shown import Shown, show_cell

__all__ = ["Asked", "Disclosed", "disclose"]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Question or theme → what is shown of all together, and of which parts what."""

    respondents: Count
    wholes: Mapping[str, Shown]
    parts: Mapping[str, Mapping[str, Shown]]


def disclose(
    asked: Sequence[Asked], respondents: Mapping[str, int], sizes: Mapping[str, int | None] | None = None
) -> Disclosed:
    """What may be shown of a questionnaire.

    Args:
        asked: questions on a scale, and themes with the keys of their questions.
        respondents: part → how many sent the list; parts where nobody did are in it with 0.
        sizes: part → people who could answer; None, or no entry, where that is not known.
    """
    found = _settle_themes(asked, open_parts(asked, Heard(respondents, sizes or {})))
    known = sizes or {}
    wholes = _wholes(asked, found, _size_of_all(respondents, known))
    wholes = {key: shown for key, shown in wholes.items() if _has_items(key, asked, wholes)}
    parts = {
        each.key: {
            part: shown
            for part in sorted(found[each.key])
            if (shown := show_cell(each.parts[part], each.measure, size=known.get(part)))
        }
        for each in asked
        if each.key in wholes
    }
    return Disclosed(count_of(sum(respondents.values())), wholes, parts)


def _settle_themes(asked: Sequence[Asked], found: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """A theme stands for a part only where each of its questions does, with its mean."""
    by_key = {each.key: each for each in asked}
    settled = dict(found)
    for theme in asked:
        for key in theme.items:
            item = by_key[key]
            has_means = all(_has_mean(item, part) for part in found[key])
            if not found[theme.key] <= found[key] or not has_means:
                settled[theme.key] = frozenset()
    return settled


def _has_mean(item: Asked, part: str) -> bool:
    shown = show_cell(item.parts[part], item.measure)
    return shown is not None and shown.mean is not None


def _wholes(
    asked: Sequence[Asked], found: Mapping[str, frozenset[str]], size: int | None
) -> dict[str, Shown]:
    wholes = {}
    for each in asked:
        whole = each.whole
        is_close = not found[each.key] and len(each.parts) > 1 and narrows(each, whole, each.parts.values())
        shown = show_cell(whole, each.measure, size=size, with_distribution=True, is_close=is_close)
        if shown:
            wholes[each.key] = shown
    return wholes


def _has_items(key: str, asked: Sequence[Asked], wholes: Mapping[str, Shown]) -> bool:
    """Whether a theme has a mean at each of its questions; a question always may stand."""
    items = next(each.items for each in asked if each.key == key)
    return all(item in wholes and wholes[item].mean is not None for item in items)


def _size_of_all(respondents: Mapping[str, int], sizes: Mapping[str, int | None]) -> int | None:
    known = [sizes.get(part) for part in respondents]
    return None if None in known or not known else sum(number or 0 for number in known)
