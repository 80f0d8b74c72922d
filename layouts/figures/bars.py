"""All regions of a kind as bars from low to high."""

from collections.abc import Sequence

from layouts.figures.base import (
    COUNTRY_TEXT,
    INK,
    LETTER,
    LINE,
    OTHERS,
    OWN,
    VEIL,
    AxisFormat,
    Bar,
    Chart,
    Mark,
    base_layout,
    country_line,
    hover,
    label_of,
    label_text,
    lines_of,
    short,
    values_axis,
)


def ranking(bars: Sequence[Bar], country: Mark | None, scale: AxisFormat) -> Chart:
    """All regions as bars from low to high, the own one strong; hatched where only bounds are known."""
    placed = list(enumerate(bars))
    ranges = [(place, bar) for place, bar in placed if bar.bounds[0] != bar.bounds[1]]
    own = next(((place, bar) for place, bar in placed if bar.is_own), None)
    top = [_own_label(own, len(bars))] if own else []
    layout = base_layout(
        xaxis={"visible": False, "fixedrange": True, "range": [-0.7, len(bars) - 0.3]},
        yaxis={**values_axis(scale), "rangemode": "tozero", "nticks": 5},
        margin={"l": 8, "r": 8, "t": 8 + max([LINE * lines_of(label) for label in top], default=0), "b": 26},
        barmode="overlay",
        bargap=0.2 if len(bars) < 120 else 0,
        shapes=[*([country_line(country)] if country else []), *([_leader(own[0])] if own else [])],
        annotations=[*([_country_label(country)] if country else []), *top, *_ends(bars)],
    )
    return {"data": [part for part in (_bars(placed), _ranges(ranges)) if part["x"]], "layout": layout}


def _bars(bars: Sequence[tuple[int, Bar]]) -> Chart:
    return {
        "type": "bar",
        "x": [place for place, _ in bars],
        "y": [bar.bounds[0] for _, bar in bars],
        "marker": {"color": [OWN if bar.is_own else OTHERS for _, bar in bars]},
        **hover(_texts(bars)),
    }


def _ranges(bars: Sequence[tuple[int, Bar]]) -> Chart:
    """Hatched on top of the sure part: from the lowest to the highest value a region can have."""
    return {
        "type": "bar",
        "x": [place for place, _ in bars],
        "base": [bar.bounds[0] for _, bar in bars],
        "y": [bar.bounds[1] - bar.bounds[0] for _, bar in bars],
        "marker": {
            "color": [OWN if bar.is_own else OTHERS for _, bar in bars],
            "pattern": {"shape": "/", "solidity": 0.4},
        },
        **hover(_texts(bars)),
    }


def _leader(place: int) -> Chart:
    """From the own bar up to its label, which stands above the plot: nothing there can cover it."""
    line = {"color": OWN, "width": 1.5}
    where = {"x0": place, "x1": place, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "line": line, "layer": "below", **where}


def _own_label(own: tuple[int, Bar], count: int) -> Chart:
    """Above the plot; it lies as far along its bar as the bar lies along the plot, so it never sticks out."""
    place, bar = own
    text = label_text("Uw regio", bar.words)
    part = (place + 0.7) / (count + 0.4)
    width = LETTER * max(len(line) for line in text.split("<br>"))
    side, room = ("left", -part) if part < 0.5 else ("right", 1 - part)
    at = {"x": place, "xanchor": side, "xshift": room * width}
    return label_of(text, OWN, **at, yref="paper", y=1, yanchor="bottom")


def _country_label(country: Mark) -> Chart:
    """At the left above its line: there the bars are lower than the country."""
    text = label_text("Nederland", country.words)
    at = {"xref": "paper", "x": 0, "xanchor": "left", "y": country.value, "yanchor": "bottom"}
    return label_of(text, COUNTRY_TEXT, **at, align="left", bgcolor=VEIL, borderpad=0)


def _ends(bars: Sequence[Bar]) -> list[Chart]:
    """The lowest and the highest value under their ends of the chart."""
    if len(bars) < 2:
        return []
    ends = [
        ("left", 0, f"laagste {short(bars[0].words)}"),
        ("right", 1, f"hoogste {short(bars[-1].words)}"),
    ]
    font = {"color": INK, "size": 12}
    where = {"showarrow": False, "xref": "paper", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -3}
    return [{"text": text, "x": x, "xanchor": side, "font": font, **where} for side, x, text in ends]


def _texts(bars: Sequence[tuple[int, Bar]]) -> list[str]:
    return [f"{bar.name}: <b>{bar.words}</b>" for _, bar in bars]
