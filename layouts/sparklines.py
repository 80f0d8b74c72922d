"""Small lines without axes, as svg: own region strong with a dot at its end, country dashed."""

from collections.abc import Callable, Sequence

from app.benchmarks import Bounds
from layouts.figures import COUNTRY, OWN

Size = tuple[int, int]

TILE: Size = (300, 52)
CELL: Size = (84, 28)

Placer = Callable[[int, float], str]
"""(step, value) → where that point stands, as `x y`."""

_THIN = 'vector-effect="non-scaling-stroke"/>'
_COUNTRY_LINE = f'" stroke="{COUNTRY}" stroke-width="1.8" stroke-dasharray="4 3" {_THIN}'
_OWN_LINE = f'" stroke="{OWN}" stroke-width="2.4" {_THIN}'
_RANGE_BAR = f'" stroke="{OWN}" stroke-width="1.5" {_THIN}'
# A path of no length with a round cap stays a circle when the image is stretched.
_DOT = f'l0.01 0" stroke="{OWN}" stroke-width="8" stroke-linecap="round" {_THIN}'


def sparkline(
    own: Sequence[Bounds | None], country: Sequence[Bounds | None] = (), *, size: Size = TILE
) -> str:
    """A small svg without axes: own line with a dot at its end, country dashed; '' for fewer than two points.

    Points stand at equal distances and a missing one breaks the line; bounds are drawn as a thin bar.
    """
    known = [(step, pair) for step, pair in enumerate(own) if pair]
    if len(known) < 2:
        return ""
    values = [value for pair in (*own, *country) if pair for value in pair]
    place = _placer(max(len(own), len(country)), min(values), max(values), size)
    bars = [(step, pair) for step, pair in known if pair[0] != pair[1]]
    last, pair = known[-1]
    parts = [
        _path(country, place, _COUNTRY_LINE),
        _path(own, place, _OWN_LINE),
        *(f'<path d="M{place(step, low)}L{place(step, high)}{_RANGE_BAR}' for step, (low, high) in bars),
        f'<path d="M{place(last, sum(pair) / 2)}{_DOT}',
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" '
        f'preserveAspectRatio="none" fill="none">{"".join(parts)}</svg>'
    )


def _placer(count: int, low: float, high: float, size: Size) -> Placer:
    width, height = size
    span, edge = (high - low) or 1, 5

    def place(step: int, value: float) -> str:
        x = edge + step * (width - 2 * edge) / max(1, count - 1)
        y = height - edge - (value - low) * (height - 2 * edge) / span if high > low else height / 2
        return f"{x:.1f} {y:.1f}"

    return place


def _path(points: Sequence[Bounds | None], place: Placer, style: str) -> str:
    steps, pen = [], "M"
    for number, pair in enumerate(points):
        if pair is None:
            pen = "M"
            continue
        steps.append(f"{pen}{place(number, (pair[0] + pair[1]) / 2)}")
        pen = "L"
    return f'<path d="{"".join(steps)}{style}' if steps else ""
