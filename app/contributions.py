"""What a figure of an SWV, or of a gemeente that was merged, is made of, and where a figure goes: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.benchmarks import Bounds
from app.divisions import share_words
from app.indicators import Aggregation, CellStatus, Figure, Indicator

_EXACT = 1e-6


class SwvRoute(StrEnum):
    """How the figures of SWVs came about."""

    POSTCODE = "postcode"
    GEMEENTEN = "gemeenten"
    DELIVERED = "geleverd"


@dataclass(frozen=True, slots=True)
class Piece:
    """One region on the other side of a figure, and the part (0–1) of the gemeente that both share.

    `figure` is the gemeente's: that of the region itself where an SWV is opened, the opened one where a
    gemeente is.
    """

    code: str
    name: str
    share: float
    is_whole: bool
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a piece brings. None where the source has no number, or where it is not kept per gemeente.

    `part_of_total` is in percent; it is None too where the number is hidden, since it would tell of it.
    """

    piece: Piece
    numerator: Bounds | None
    denominator: Bounds | None
    part_of_total: Bounds | None


def contributions(
    total: Figure, pieces: Sequence[Piece], indicator: Indicator, route: SwvRoute
) -> list[Contribution]:
    """What every piece brings to `total`, in the order of the pieces.

    Example: 60 of Diemen whole and a quarter of 400 of Amstelveen bring 60 and 100, which is 37.5% and 62.5%
    of 160. A number known as 1 to 4 brings 1 to 4 and never the difference with the rest.
    """
    return [_contribution(total, piece, indicator, route) for piece in pieces]


def _contribution(total: Figure, piece: Piece, indicator: Indicator, route: SwvRoute) -> Contribution:
    figure, weight = piece.figure, _weight(piece, indicator, route)
    if figure is None or weight is None:
        return Contribution(piece, None, None, None)
    numerator = _weighed(figure.numerator_low, figure.numerator_high, weight)
    denominator = _weighed(figure.denominator_low, figure.denominator_high, weight)
    is_hidden = CellStatus.HIDDEN in (figure.status, total.status)
    part = None if is_hidden else _part(numerator, (total.numerator_low, total.numerator_high))
    return Contribution(piece, numerator, denominator, part)


def _weight(piece: Piece, indicator: Indicator, route: SwvRoute) -> float | None:
    """The part of the gemeente's number that counts; None where only single schools would tell."""
    if piece.is_whole or indicator.aggregation is Aggregation.COUNTED_TWICE:
        return 1.0
    return piece.share if route is SwvRoute.GEMEENTEN else None


def _weighed(low: float | None, high: float | None, weight: float) -> Bounds | None:
    return None if low is None or high is None else (weight * low, weight * high)


def _part(bounds: Bounds | None, total: tuple[float | None, float | None]) -> Bounds | None:
    low, high = total
    if bounds is None or low is None or high is None or low <= 0:
        return None
    return min(100.0, 100 * bounds[0] / high), min(100.0, 100 * bounds[1] / low)


def adds_up(total: Figure, found: Sequence[Contribution]) -> bool:
    """Whether the contributions are all known and make exactly the total, in numerator and denominator."""
    if any(each.numerator is None for each in found):
        return False
    pairs = [
        ([each.numerator for each in found], (total.numerator_low, total.numerator_high)),
        ([each.denominator for each in found], (total.denominator_low, total.denominator_high)),
    ]
    return all(_is_sum(parts, whole) for parts, whole in pairs)


def _is_sum(parts: Sequence[Bounds | None], whole: tuple[float | None, float | None]) -> bool:
    known = [part for part in parts if part is not None]
    if whole == (None, None):
        return not known
    return all(
        bound is not None and abs(sum(part[side] for part in known) - bound) <= _EXACT * max(1.0, abs(bound))
        for side, bound in enumerate(whole)
    )


def route_words(route: SwvRoute | None, figure: Figure) -> str:
    """How an SWV's figure came about: `uit gemeenten, deels geschat: 12% uit gesplitste gemeenten`."""
    if route is SwvRoute.DELIVERED:
        return "zoals geleverd: de bron geeft dit cijfer zelf per samenwerkingsverband"
    if route is SwvRoute.POSTCODE:
        return _with_estimate("naar postcode van de school", figure)
    if route is SwvRoute.GEMEENTEN:
        whole = "" if figure.estimated > 0 else ", geheel"
        return _with_estimate(f"opgeteld uit gemeenten{whole}", figure)
    return ""


def _with_estimate(words: str, figure: Figure) -> str:
    if figure.estimated <= 0:
        return words
    return f"{words}, deels geschat: {share_words(figure.estimated)} uit gesplitste gemeenten"


def refusal(indicator: Indicator) -> str:
    """Why figures of this indicator are not added up over SWVs; '' where they may be.

    A source that counts somebody in each SWV of a gemeente gives sums that are too high.
    """
    if indicator.aggregation is Aggregation.COUNTED_TWICE:
        return (
            "Samenwerkingsverbanden mag u bij dit cijfer niet optellen: een gemeente in twee "
            "samenwerkingsverbanden telt in allebei helemaal mee."
        )
    if indicator.aggregation is Aggregation.FORBIDDEN:
        return "Dit cijfer mag niet worden opgeteld: de bron geeft geen aantallen of staat het niet toe."
    return ""
