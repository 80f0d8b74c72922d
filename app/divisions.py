"""Figures of the gemeenten of then as figures of the gemeenten of now: pure.

Figures are kept as they were delivered; the view on today's gemeenten is computed when somebody reads it. A
whole merger adds counts up, exactly. Of a gemeente that was split, each heir gets the part of its inhabitants
that went there: an estimate. A percentage moves with its counts or not at all.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from app.indicators import Aggregation, CellStatus, Figure, Indicator
from app.mergers import History
from app.regions import RegionKind, RegionName
from app.sentences import value_words
from app.wording import number, year_of

FIRST_DAY = date(2015, 1, 1)
"""Mergers of before this day are not known, so figures of before it stay on their own division."""

OWN_YEAR = "toen"
"""The division of a slice whose figures stand on the gemeenten of their own period."""

NOT_CONVERTIBLE = "niet om te rekenen: alleen percentages"

Part = tuple[Figure, float]
"""A figure as delivered, and the part (0–1) of its gemeente that lies in the gemeente of now."""


class Division(StrEnum):
    """Which gemeenten a page speaks of; the value stands in the address."""

    NOW = "nu"
    THEN = "toen"


def division_of(text: str) -> Division:
    """The division that an address asks for; that of now for anything else."""
    return Division.THEN if text == Division.THEN else Division.NOW


def choices(
    region: RegionName, indicator: Indicator, divisions: Collection[str]
) -> tuple[tuple[Division, ...], str]:
    """Which divisions a page can show, the first one unasked, and why there is no choice where there is none.

    Args:
        divisions: those of the indicator's slices.
    """
    if region.valid_to is not None:
        return (Division.THEN,), "Deze gemeente is opgeheven; haar cijfers staan in de indeling van toen."
    if RegionKind.GEMEENTE not in indicator.levels:
        return (Division.NOW,), "Dit cijfer bestaat niet per gemeente; een indeling van toen is er niet."
    if divisions and OWN_YEAR not in divisions:
        years = " en ".join(sorted(set(divisions)))
        return (Division.NOW,), f"De bron geeft alle jaren in de gemeenten van {years}, en niet die van toen."
    return (Division.NOW, Division.THEN), ""


def division_day(period: str, division: str) -> date:
    """The day whose gemeenten the figures of a slice stand on: 1 January of a year.

    `division` is `toen` (the year in which the period lies or starts) or the year itself, such as `2026`.
    """
    return date(year_of(period) if division == OWN_YEAR else int(division), 1, 1)


def can_add_up(indicator: Indicator) -> bool:
    """Whether gemeenten that merged may be added: not where counts are lacking or the source forbids it."""
    return indicator.aggregation is not Aggregation.FORBIDDEN


def to_today(
    figures: Sequence[Figure],
    history: History,
    day: date,
    indicator: Indicator,
    *,
    wanted: Collection[str] | None = None,
) -> dict[str, Figure]:
    """region → its figure on the gemeenten of now; a region that nothing happened to keeps its figure.

    Example: Winsum (100) went for 0.8846 to Het Hogeland, with Bedum (50) whole: 138.46, of which 63.9% is
    estimated.

    Args:
        figures: all of one period and breakdown, on the gemeenten of `day`.
        indicator: says whether its counts may be added.
        wanted: the regions asked for; None for all that follow from `figures`.

    Returns:
        A figure made of several, or of a gemeente under another code, is `converted`. What cannot be
        converted because counts are lacking is `converted` with the status `ontbreekt`.
    """
    if day < FIRST_DAY:
        return {each.region: each for each in figures if wanted is None or each.region in wanted}
    given = {each.region: each for each in figures}
    found = {code: each for code, each in given.items() if code not in history.affected}
    parts: dict[str, list[Part]] = {}
    for code in given.keys() & history.affected:
        for heir, share in history.heirs(code, day).items():
            parts.setdefault(heir, []).append((given[code], share))
    for code, group in parts.items():
        group.sort(key=lambda part: part[0].region)
        lacks = _lacks(code, given, history, day)
        found[code] = _joined(code, group, lacks=lacks, can_add=can_add_up(indicator))
    return found if wanted is None else {code: found[code] for code in wanted if code in found}


def parts_of(code: str, figures: Iterable[Figure], history: History, day: date) -> list[Part]:
    """The figures that make that of `code` on the gemeenten of now, each with its part, its own first."""
    found = [(each, history.heirs(each.region, day).get(code, 0.0)) for each in figures]
    return sorted(
        (part for part in found if part[1] > 0), key=lambda part: (part[0].region != code, part[0].region)
    )


def _lacks(code: str, given: Mapping[str, Figure], history: History, day: date) -> bool:
    """Whether a gemeente that should have contributed has no row at all."""
    stands_on_later_division = code in given and history.began.get(code, date.min) > day
    return not stands_on_later_division and bool(history.expected(code, day) - given.keys())


def _joined(code: str, parts: Sequence[Part], *, lacks: bool, can_add: bool) -> Figure:
    first, share = parts[0]
    if len(parts) == 1 and share == 1.0 and not lacks:
        return first if first.region == code else first._replace(region=code, converted=True)
    known = [part for part in parts if part[0].status is not CellStatus.MISSING]
    if not known:
        return _without_number(first, code)
    has_only_percentages = any(each.value is not None and each.numerator_low is None for each, _ in known)
    if not can_add or has_only_percentages:
        return _without_number(first, code)._replace(converted=True)
    lacks = lacks or len(known) < len(parts)
    is_share = any(each.denominator_low is not None for each, _ in known)
    if is_share and (lacks or any(each.denominator_high is None for each, _ in known)):
        return _without_number(first, code)  # of a whole that is not known there is no percentage
    return _sum(code, known, lacks=lacks)


def _without_number(figure: Figure, code: str) -> Figure:
    return figure._replace(
        region=code,
        numerator_low=None,
        numerator_high=None,
        denominator_low=None,
        denominator_high=None,
        value=None,
        status=CellStatus.MISSING,
        estimated=0.0,
        indirect=0.0,
    )


def _sum(code: str, parts: Sequence[Part], *, lacks: bool) -> Figure:
    summed = parts[0][0]._replace(
        region=code,
        numerator_low=_add(parts, "numerator_low"),
        numerator_high=None if lacks else _add_all(parts, "numerator_high"),
        denominator_low=_add(parts, "denominator_low"),
        denominator_high=_add_all(parts, "denominator_high"),
        value=None,
        estimated=_estimated(parts),
        indirect=_weighed(parts, "numerator_low", [each.indirect for each, _ in parts]),
        converted=True,
    )
    return summed._replace(status=_status(summed, parts, lacks=lacks))


def _status(summed: Figure, parts: Sequence[Part], *, lacks: bool) -> CellStatus:
    is_hidden = len(parts) == 1 and parts[0][0].status is CellStatus.HIDDEN and not lacks
    if summed.numerator_low is None or is_hidden:
        return CellStatus.HIDDEN
    if summed.numerator_high is None:
        return CellStatus.AT_LEAST
    is_exact = (
        summed.numerator_low == summed.numerator_high and summed.denominator_low == summed.denominator_high
    )
    return CellStatus.PRESENT if is_exact else CellStatus.PARTLY_HIDDEN


def _add(parts: Sequence[Part], bound: str) -> float | None:
    """The sum of what is known; None if nothing is."""
    known = [share * value for each, share in parts if (value := getattr(each, bound)) is not None]
    return sum(known) if known else None


def _add_all(parts: Sequence[Part], bound: str) -> float | None:
    """The sum, or None as soon as one part is unbounded."""
    has_all = all(getattr(each, bound) is not None for each, _ in parts)
    return _add(parts, bound) if has_all else None


def _estimated(parts: Sequence[Part]) -> float:
    """The part of the sum that came by a share of a split gemeente: of part or whole, whichever is larger."""
    rates = [1.0 if share < 1 else each.estimated for each, share in parts]
    return max(_weighed(parts, bound, rates) for bound in ("numerator_low", "denominator_low"))


def _weighed(parts: Sequence[Part], bound: str, rates: Sequence[float]) -> float:
    sizes = [share * (getattr(each, bound) or 0.0) for each, share in parts]
    total = sum(sizes)
    return sum(size * rate for size, rate in zip(sizes, rates, strict=True)) / total if total else 0.0


def figure_words(figure: Figure | None, indicator: Indicator) -> str:
    """The value as it may be shown, in either division."""
    return NOT_CONVERTIBLE if figure is not None and is_refused(figure) else value_words(figure, indicator)


def conversion_words(figure: Figure | None) -> str:
    """`berekend`, `berekend, 12% geschat`; '' for a figure as it was delivered, or none."""
    if figure is None or not figure.converted or is_refused(figure):
        return ""
    return f"berekend, {share_words(figure.estimated)} geschat" if figure.estimated > 0 else "berekend"


def share_words(part: float) -> str:
    """A part of 1 in whole percents: `32%`, and `minder dan 1%` rather than nothing."""
    return "minder dan 1%" if part < 0.01 else f"{number(100 * part)}%"


def is_refused(figure: Figure) -> bool:
    """Whether there is a figure on the gemeenten of then, but none on those of now."""
    return figure.converted and figure.status is CellStatus.MISSING
