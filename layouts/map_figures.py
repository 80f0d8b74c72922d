"""Maps as plain dictionaries: equal tiles as bars on a grid, and outlines that a script of ours fills in."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from layouts.figures.base import INK, LETTER, LINE, Chart, base_layout

SHADES = ("#d4e5f4", "#86b5df", "#4c8bc3", "#29669c", "#12436d")
"""Light to dark in equal steps: each has 1.7 times the contrast with the page of the one before."""

EDGE = "#6b8299"
"""Around what is too light to stand out from the page by itself."""

DARK, LIGHT, GROUND = "#0d1822", "#ffffff", "#edf1f4"
TOP = 0.7
"""The upper end of a map of tiles, in tiles above the middle of the first row."""

GAP = 0.08
"""The part of a tile's side that stays open between it and the next."""

HIDDEN, MISSING, OPEN, OUTSIDE = "hidden", "missing", "open", "outside"
BOUNDED = "~"
"""Behind the key of a shade: the value is only known between bounds."""

SMALLEST_LETTERS = 10
"""Codes in tiles disappear below so many px."""


class Look(NamedTuple):
    """How a region is filled; `ink` is the colour of letters and hatching on it."""

    color: str
    edge: str
    ink: str
    hatching: str = ""


LOOKS = {
    HIDDEN: Look(LIGHT, EDGE, EDGE, "x"),
    MISSING: Look(LIGHT, EDGE, EDGE, "-"),
    OPEN: Look(LIGHT, EDGE, EDGE, "."),
    OUTSIDE: Look(GROUND, GROUND, INK),
    **{
        str(number): Look(shade, EDGE if number < 3 else shade, DARK if number < 4 else LIGHT)
        for number, shade in enumerate(SHADES, 1)
    },
}
"""Key → look: `1` to `5` are the shades, the others have no class."""


class Tile(NamedTuple):
    """One region on the grid: columns from the west, rows from the north; `words` is its value."""

    column: int
    row: int
    name: str
    look: str
    words: str = ""
    class_words: str = ""
    code: str = ""
    is_own: bool = False


class OutlineArea(NamedTuple):
    """One region on the map with outlines."""

    name: str
    look: str
    words: str
    class_words: str = ""


def shade_keys(count: int) -> list[str]:
    """The shades of so many classes, spread over all: three classes have 1, 3 and 5; one class has 3."""
    last = len(SHADES) - 1
    return [str(1 + round(place * last / (count - 1))) for place in range(count)] if count > 1 else ["3"]


def look_of(key: str) -> Look:
    """The look behind a key; a value between bounds is hatched over its shade."""
    look = LOOKS[key.removesuffix(BOUNDED)]
    return look._replace(hatching="/") if key.endswith(BOUNDED) else look


def tile_map(tiles: Sequence[Tile]) -> Chart:
    """One equal tile per region, the own one in a strong frame with its value beside the map.

    Codes stand in the tiles where they fit.
    """
    looks = sorted({tile.look for tile in tiles})
    own = next((tile for tile in tiles if tile.is_own), None)
    columns, rows = 1 + max(tile.column for tile in tiles), 1 + max(tile.row for tile in tiles)
    layout = map_layout(
        xaxis={**_AXIS, "range": [-0.7, columns - 0.3]},
        yaxis={**_AXIS, "range": [0.3 - rows, TOP], "scaleanchor": "x"},
        barmode="overlay",
        barcornerradius="12%",
        uniformtext={"mode": "hide", "minsize": SMALLEST_LETTERS},
        margin={**_MARGIN, "t": 6 + 2 * LINE if own else 4},
        shapes=[_leader(own), *_frame(own)] if own else [],
        annotations=[_own_label(own, columns)] if own else [],
    )
    data = [_bars(look, [tile for tile in tiles if tile.look == look]) for look in looks]
    return {"data": data, "layout": layout}


def outline_map(
    areas: Mapping[str, OutlineArea],
    region_of: Mapping[str, str],
    *,
    href: str,
    own: str = "",
    own_words: str = "",
) -> Chart:
    """What `drawOutlines` in assets/60-map.js makes a map of: the look and the words of every region.

    Args:
        areas: region → what to draw.
        region_of: gemeente with an outline → its region; the same code is left out.
        href: where the browser finds the outlines.
    """
    keys = sorted({area.look for area in areas.values()} | {OUTSIDE})
    told = {
        "href": href,
        "looks": [_outline_look(key) for key in keys],
        "outside": keys.index(OUTSIDE),
        "regions": {
            code: [keys.index(area.look), hover(*area[:1], *area[2:])] for code, area in areas.items()
        },
        "regionOf": {code: region for code, region in region_of.items() if code != region},
        "own": own,
        "label": own_label(own_words) if own else None,
        "ink": DARK,
        "edge": EDGE,
    }
    axis = {**_AXIS, "range": [0, 1]}
    layout = map_layout(xaxis=axis, yaxis={**axis, "scaleanchor": "x"}, meta=told, annotations=[_WAITING])
    return {"data": [], "layout": layout}


def map_layout(**parts: object) -> Chart:
    """What both maps share: no axes to see, nothing to drag, the same units in both directions."""
    return base_layout(**{"margin": _MARGIN, **parts})


def hover(name: str, words: str, class_words: str) -> str:
    """`Almere: 2,3%` and below it the class."""
    value = f"{name}: <b>{words}</b>"
    return f"{value}<br>{class_words}" if class_words else value


_MARGIN = {"l": 4, "r": 4, "t": 4, "b": 4}
_AXIS = {"visible": False, "fixedrange": True, "constrain": "domain"}
_WAITING = {
    "text": "De kaart wordt geladen…",
    "showarrow": False,
    "xref": "paper",
    "yref": "paper",
    "x": 0.5,
    "y": 0.5,
}


def _bars(key: str, tiles: Sequence[Tile]) -> Chart:
    look, half = look_of(key), (1 - GAP) / 2
    hovering = {"hovertemplate": "%{hovertext}<extra></extra>"} if key != OUTSIDE else {"hoverinfo": "skip"}
    return {
        "type": "bar",
        "x": [tile.column for tile in tiles],
        "base": [-tile.row - half for tile in tiles],
        "y": [1 - GAP] * len(tiles),
        "width": 1 - GAP,
        "marker": {
            "color": look.color,
            "line": {"color": look.edge, "width": 1},
            **({"pattern": _hatching(look)} if look.hatching else {}),
        },
        "text": [tile.code for tile in tiles],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": look.ink, "size": 13},
        "hovertext": [hover(tile.name, tile.words, tile.class_words) for tile in tiles],
        **hovering,
    }


def _hatching(look: Look) -> Chart:
    return {
        "shape": look.hatching,
        "fillmode": "overlay",
        "fgcolor": look.ink,
        "fgopacity": 1,
        "size": 6,
        "solidity": 0.25,
    }


def _outline_look(key: str) -> Chart:
    look = look_of(key)
    return {"color": look.color, "ink": look.ink, "hatching": look.hatching}


def _frame(tile: Tile) -> list[Chart]:
    """Dark with a light edge, so that it stands out on every shade."""
    return [_square(tile, LIGHT, 7), _square(tile, DARK, 3)]


def _square(tile: Tile, color: str, width: int) -> Chart:
    return {
        "type": "rect",
        "x0": tile.column - 0.5,
        "x1": tile.column + 0.5,
        "y0": -tile.row - 0.5,
        "y1": -tile.row + 0.5,
        "line": {"color": color, "width": width},
    }


def _leader(tile: Tile) -> Chart:
    """From the frame up to the label, in the gap beside the tiles above: it covers none of them."""
    side = tile.column - 0.5
    where = {"x0": side, "x1": side, "y0": -tile.row + 0.5, "y1": TOP}
    return {"type": "line", "line": {"color": DARK, "width": 1.5}, **where}


def _own_label(tile: Tile, columns: int) -> Chart:
    """Above the map; it lies as far along its line as the tile lies along the map, so never sticks out."""
    label = own_label(tile.words)
    width = LETTER * max(len(line) for line in str(label["text"]).split("<br>"))
    part = (tile.column + 0.2) / (columns + 0.4)
    side, room = ("left", -part) if part < 0.5 else ("right", 1 - part)
    place = {"x": tile.column - 0.5, "y": TOP, "xanchor": side, "yanchor": "bottom"}
    return {**label, **place, "xshift": room * width, "showarrow": False}


def own_label(words: str) -> Chart:
    """The label of the own region, with its value where that is short, and a line to where it lies."""
    value = f"<br>{words}" if len(words) < 10 else ""
    return {
        "text": f"<b>Uw regio{value}</b>",
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1.5,
        "arrowcolor": DARK,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "font": {"color": DARK, "size": 14},
    }
