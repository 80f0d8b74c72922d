"""Maps of one indicator: equal tiles always, outlines where they are loaded, with a legend and one table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.benchmarks import MIN_REGIONS
from app.regions import SWVS, RegionKind
from app.sentences import State
from layouts import ids, map_parts
from layouts.components import ImageText, Node, card, chart, details, figure_card, link, present, state, tag
from layouts.formatting import kind_name
from layouts.indicator_regions import Group
from layouts.map_figures import OutlineArea, outline_map, tile_map
from layouts.map_parts import Cells, MapGroup


@dataclass(frozen=True)
class Outlines:
    """The outlines that a browser can fetch.

    `region_of` says of every gemeente with an outline in which region of the map's kind it lies, `source`
    whose outlines they are, as a sentence.
    """

    href: str
    year: int
    region_of: Mapping[str, str]
    source: str


def section(group: Group, cells: Cells, *, outlines: Outlines | None = None, source: str = "") -> Node:
    """Both maps with their legends, and the table of all that is on them.

    Args:
        source: where the figures come from, for the images.
    """
    drawn = MapGroup(group, cells)
    if reason := _no_map(drawn):
        head = tag("H3", f"{group.indicator.short_label} op de kaart")
        return card(
            head, state(State.NOT_AVAILABLE, reason), map_parts.listed(drawn) if drawn.values else None
        )
    listed = details(f"Tabel met alle {group.words}", map_parts.listed(drawn))
    if outlines is None:
        return tag("Div", _tiles_card(drawn, source, listed), className="maps")
    # The table comes last: packing needs what the maps have in common close together, in the same order.
    cards = [_tiles_card(drawn, source), _outlines_card(drawn, outlines, source), card(listed, style="wide")]
    return tag("Div", cards, className="maps")


def small(group: Group, cells: Cells, *, href: str) -> Node | None:
    """The map with tiles for a page that has the table already; None where there is nothing to draw.

    Args:
        href: the page with the whole map.
    """
    drawn = MapGroup(group, cells)
    if _no_map(drawn):
        return None
    title = map_parts.title(drawn)
    sentence = " ".join(present([map_parts.own_sentence(drawn), map_parts.range_sentence(drawn)]))
    more = tag("P", link("Grote kaart met tabel", href))
    tiles = [tile._replace(code="") for tile in drawn.tiles()]  # too small for words
    drawing = chart(tile_map(tiles), name=f"Tegelkaart. {title}", style="map small")
    return figure_card(title, sentence, drawing, map_parts.legend(drawn), more)


def _no_map(drawn: MapGroup) -> str:
    """Why there is no map; '' where there is one."""
    if not drawn.values:
        return "Voor deze keuze zijn er geen cijfers om op een kaart te zetten."
    if not set(drawn.cells) & set(drawn.codes):
        return (
            f"Voor {kind_name(drawn.group.kind, plural=True)} is er geen kaart. De cijfers staan in de tabel."
        )
    if len(drawn.values) < MIN_REGIONS:
        return f"Met minder dan {MIN_REGIONS} cijfers is er geen kaart. De cijfers staan in de tabel."
    return ""


def _tiles_card(drawn: MapGroup, source: str, listed: Node | None = None) -> Node:
    title = map_parts.title(drawn)
    drawing = chart(tile_map(drawn.tiles()), name=f"Tegelkaart. {title}", style="map")
    image, legend = _image(drawn, source), map_parts.legend(drawn)
    return figure_card(title, map_parts.summary(drawn), drawing, legend, listed, image=image)


def _image(drawn: MapGroup, source: str) -> ImageText:
    counted = f"{len(drawn.values)} {kind_name(drawn.group.kind, plural=True)}"
    return ImageText(source, counted, drawn.group.period, drawn.group.region.name)


def _outlines_card(drawn: MapGroup, outlines: Outlines, source: str) -> Node:
    group = drawn.group
    title = f"{group.indicator.short_label} binnen de grenzen van de gemeenten van {outlines.year}"
    areas = {
        code: OutlineArea(group.name(code), look, group.words_for(code), drawn.class_words(code))
        for code, look in drawn.sorted_looks()
    }
    own_words = group.words_for(drawn.own) if drawn.own else ""
    figure = outline_map(areas, outlines.region_of, href=outlines.href, own=drawn.own, own_words=own_words)
    drawing = chart(figure, name=f"Kaart met grenzen. {title}", style="map", id=ids.Maps.OUTLINES)
    words = " ".join(_outline_sentences(drawn, outlines))
    note, image = tag("P", outlines.source, className="src"), _image(drawn, f"{source} · {outlines.source}")
    return figure_card(title, words, drawing, map_parts.legend(drawn), note=note, image=image)


def _outline_sentences(drawn: MapGroup, outlines: Outlines) -> Iterator[str]:
    kind, placed = drawn.group.kind, set(outlines.region_of.values())
    if kind in SWVS:
        yield "Elke gemeente heeft de kleur van het samenwerkingsverband waarin haar grootste deel ligt."
    elif kind is not RegionKind.GEMEENTE:
        yield f"Elke gemeente heeft de kleur van haar {kind_name(kind)}."
    if missing := sorted(drawn.group.name(code) for code in drawn.codes if code not in placed):
        yield f"Zonder omtrek, wel in de tabel: {map_parts.named(missing)}."
    yield "Een groot gebied valt hier meer op dan een klein; op de tegelkaart telt elke regio even zwaar."
    yield "De tabel onder de kaarten heeft alle cijfers."


def classes_of(group: Group, cells: Cells) -> dict[str, str]:
    """Region → its class in words, as both maps have it."""
    drawn = MapGroup(group, cells)
    return {code: drawn.class_words(code) for code in drawn.codes}
