"""What a figure is made of, loaded for the page and its download alike."""

from collections.abc import Iterator, Mapping

from app.contributions import Contribution, Piece, SwvRoute, contributions, refusal, route_words
from app.divisions import is_refused
from app.indicators import Figure
from app.regions import SWVS, RegionKind
from app.wording import capital
from callbacks.indicator_figures import View
from layouts.formatting import kind_name
from layouts.indicator_contributions import Composition, Opened
from loaders import divided, observations
from loaders.areas import Part, load_names, load_parts
from loaders.divided import SliceFacts

IN_SWV = "Deel dat in dit samenwerkingsverband ligt"
IN_THAT_SWV = "Deel dat daar ligt"
IN_GEMEENTE = "Deel dat er nu bij hoort"


def load_composition(view: View, period: str, breakdown: str) -> Composition:
    """What makes the figure of an SWV, and where that of a gemeente goes; empty for other kinds."""
    facts = view.facts.get(period)
    own = _own(view, period, breakdown)
    if facts is None or own is None:
        return Composition(view.region, view.indicator, period, "", ())
    if view.region.kind in SWVS:
        words, lists = route_words(facts.route, own), _of_swv(view, facts, own)
    else:
        words, lists = "", _of_gemeente(view, facts, own)
    told = [each for each in lists if not refusal(view.indicator) or _has_counts(each)]
    return Composition(view.region, view.indicator, period, words, told, view.open_codes)


def _has_counts(opened: Opened) -> bool:
    """Where adding up is refused and no count is known, the sentence on the page says it all."""
    return any(each.numerator for each in opened.parts)


def _own(view: View, period: str, breakdown: str) -> Figure | None:
    found = divided.load_cross_section(view.reading, period, [view.region.code], breakdown=breakdown)
    return found[0] if found else None


def _of_swv(view: View, facts: SliceFacts, own: Figure) -> Iterator[Opened]:
    if RegionKind.GEMEENTE not in view.indicator.levels or facts.route in (None, SwvRoute.DELIVERED):
        return
    parts = load_parts(view.session, view.region.code, year=facts.day.year)
    figures = _delivered(view, own, [part.gemeente.code for part in parts])
    pieces = [_piece(part, part.gemeente.code, figures.get(part.gemeente.code)) for part in parts]
    made = _contributions(view, own, pieces, facts.route)
    yield Opened("Gemeenten in dit samenwerkingsverband", "Gemeente", IN_SWV, own, made, facts.route)


def _of_gemeente(view: View, facts: SliceFacts, own: Figure) -> Iterator[Opened]:
    if view.region.kind is not RegionKind.GEMEENTE or is_refused(own):
        return
    if own.converted:
        yield _origins(view, own)
        return
    if facts.route in (None, SwvRoute.DELIVERED):
        return
    parts = load_parts(view.session, view.region.code, year=facts.day.year)
    for kind in (kind for kind in SWVS if kind in view.indicator.levels):
        pieces = [_piece(part, part.swv.code, own) for part in parts if part.swv.kind is kind]
        made = _contributions(view, own, pieces, facts.route)
        title = capital(kind_name(kind, plural=True))
        yield Opened(title, "Samenwerkingsverband", IN_THAT_SWV, own, made, facts.route)


def _origins(view: View, own: Figure) -> Opened:
    """The gemeenten of then that make a converted figure."""
    found = divided.load_origins(view.reading, own.region, own.period, breakdown=own.breakdown)
    names = load_names(view.session, [figure.region for figure, _ in found])
    pieces = [
        Piece(figure.region, names[figure.region].name, share, share == 1.0, figure)
        for figure, share in found
    ]
    made = contributions(own, pieces, view.indicator, SwvRoute.GEMEENTEN)
    return Opened("Gemeenten van toen", "Gemeente", IN_GEMEENTE, own, made, None)


def _contributions(
    view: View, own: Figure, pieces: list[Piece], route: SwvRoute | None
) -> list[Contribution]:
    return contributions(own, pieces, view.indicator, route or SwvRoute.DELIVERED)


def _delivered(view: View, own: Figure, codes: list[str]) -> Mapping[str, Figure]:
    where = (view.session, view.version, view.indicator.id, own.period)
    found = observations.load_cross_section(*where, codes, breakdown=own.breakdown)
    return {figure.region: figure for figure in found}


def _piece(part: Part, code: str, figure: Figure | None) -> Piece:
    region = part.gemeente if code == part.gemeente.code else part.swv
    return Piece(code, region.name, part.share, part.is_whole, figure)
