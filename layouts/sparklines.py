"""Small lines without axes, as svg: own region strong with a dot at its end, country dashed."""

from collections.abc import Callable, Sequence

from app.benchmarks import Bounds
from layouts.figures import COUNTRY, OWN

Size = tuple[int, int]

TILE: Size = (300, 52)
CELL: Size = (84, 28)

Placer = Callable[[int, float], tuple[float, float]]


def sparkline(
    own: Sequence[Bounds | None], country: Sequence[Bounds | None] = (), *, size: Size = TILE
) -> str:
    """A small svg without axes: own line with a dot at its end, country dashed; '' for fewer than two points.

    Points stand at equal distances and a missing one breaks the line; bounds are drawn as a thin bar.
    """
    values = [value for pair in (*own, *country) if pair for value in pair]
    if sum(pair is not None for pair in own) < 2:
        return ""
    low, high = min(values), max(values)
    place = _placer(max(len(own), len(country)), low, high, size)
    parts = [
        _path(country, place, f'stroke="{COUNTRY}" stroke-width="1.8" stroke-dasharray="4 3"'),
        _path(own, place, f'stroke="{OWN}" stroke-width="2.4"'),
        *_range_bars(own, place),
        _dot(own, place),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" '
        f'preserveAspectRatio="none" fill="none">{"".join(parts)}</svg>'
    )


def _placer(count: int, low: float, high: float, size: Size) -> Placer:
    width, height = size
    span, edge = (high - low) or 1, 5

    def place(step: int, value: float) -> tuple[float, float]:
        x = edge + step * (width - 2 * edge) / max(1, count - 1)
        y = height - edge - (value - low) * (height - 2 * edge) / span if high > low else height / 2
        return round(x, 1), round(y, 1)

    return place


def _path(points: Sequence[Bounds | None], place: Placer, style: str) -> str:
    steps, pen = [], "M"
    for number, pair in enumerate(points):
        if pair is None:
            pen = "M"
            continue
        x, y = place(number, sum(pair) / 2)
        steps.append(f"{pen}{x} {y}")
        pen = "L"
    return f'<path d="{"".join(steps)}" {style} vector-effect="non-scaling-stroke"/>' if steps else ""


def _range_bars(points: Sequence[Bounds | None], place: Placer) -> list[str]:
    style = f'stroke="{OWN}" stroke-width="1.5" vector-effect="non-scaling-stroke"'
    ends = [
        (place(number, pair[0]), place(number, pair[1]))
        for number, pair in enumerate(points)
        if pair and pair[0] != pair[1]
    ]
    return [f'<path d="M{a[0]} {a[1]}L{b[0]} {b[1]}" {style}/>' for a, b in ends]


def _dot(points: Sequence[Bounds | None], place: Placer) -> str:
    last = max(number for number, pair in enumerate(points) if pair)
    pair = points[last] or (0, 0)
    x, y = place(last, sum(pair) / 2)
    # A path of no length with a round cap stays a circle when the image is stretched.
    style = f'stroke="{OWN}" stroke-width="8" stroke-linecap="round" vector-effect="non-scaling-stroke"'
    return f'<path d="M{x} {y}l0.01 0" {style}/>'
