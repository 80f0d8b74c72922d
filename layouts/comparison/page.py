"""The comparison page: its views as links, the choices of one view, and the place that a callback fills."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from app.access import Tab
from app.looks import INTRODUCTIONS, NAMES, PICKS, Look, Pick
from app.regions import RegionName
from app.sentences import State
from layouts.comparison.similar import weights_form
from layouts.components import Node, card, control, link, notices, select, state, still, tag
from layouts.ids import Comparison

Options = Sequence[tuple[str, str]]

LABELS = {
    Pick.GROUP: "Vergelijk met",
    Pick.CHAPTER: "Hoofdstuk",
    Pick.INDICATOR: "Cijfer",
    Pick.PERIOD: "Periode",
    Pick.BREAKDOWN: "Uitsplitsing",
    Pick.FIRST: "Naast",
    Pick.SECOND: "En naast",
    Pick.THIRD: "En naast",
    Pick.WEIGHTS: "Gewichten van de kenmerken",
}
IDS = {
    Pick.GROUP: Comparison.GROUP,
    Pick.CHAPTER: Comparison.CHAPTER,
    Pick.INDICATOR: Comparison.INDICATOR,
    Pick.PERIOD: Comparison.PERIOD,
    Pick.BREAKDOWN: Comparison.BREAKDOWN,
    Pick.FIRST: Comparison.FIRST,
    Pick.SECOND: Comparison.SECOND,
    Pick.THIRD: Comparison.THIRD,
    Pick.WEIGHTS: Comparison.WEIGHTS,
}


def page(
    region: RegionName,
    look: Look,
    options: Mapping[Pick, Options],
    values: Mapping[Pick, str],
    *,
    unknown: Sequence[str] = (),
) -> Node:
    """The page of one view.

    Args:
        values: what is chosen, '' for the first option.
        unknown: sentences on what the address asked for and is not there.
    """
    fields = [_field(pick, options[pick], values[pick]) for pick in PICKS[look]]
    hidden = [_hidden(pick, values[pick]) for pick in Pick if pick not in PICKS[look]]
    form = card(
        tag("H2", NAMES[look]),
        tag("P", INTRODUCTIONS[look], className="intro"),
        tag("Div", fields, className="filters") if fields else None,
        weights_form(values[Pick.WEIGHTS], region.kind) if look is Look.SIMILAR else None,
        tag("Div", hidden, hidden=True),
        notices(unknown),
        tag(
            "P", link("Eigen groepen", f"{_path(region)}/groepen", className="btn"), className="buttons keep"
        ),
    )
    content = tag("Div", state(State.LOADING), id=Comparison.CONTENT)
    views = tag("Div", looks(region, look, {}), id=Comparison.LOOKS)
    said = tag("P", "", id=Comparison.SAID, role="status", className="visually-hidden")
    return tag("Div", [views, form, said, content], className="grid comparison")


def nowhere(sentence: str) -> Node:
    """The page of a region that has nothing to be compared with."""
    return tag("Div", state(State.NOT_AVAILABLE, sentence))


def looks(region: RegionName, current: Look, query: Mapping[str, str]) -> Node:
    """The views as links that carry the choices along."""
    asked = urlencode({name: value for name, value in query.items() if value})
    items = []
    for each in Look:
        href = f"{_path(region)}/{each}" + (f"?{asked}" if asked else "")
        here = {"aria-current": "page"} if each is current else {}
        items.append(tag("Li", link(NAMES[each], href, **here)))
    return still(
        tag("Nav", tag("Ul", items), className="looks", **{"aria-label": "Manieren om te vergelijken"})
    )


def _path(region: RegionName) -> str:
    return f"/regio/{region.code}/{Tab.COMPARE}"


def _field(pick: Pick, options: Options, value: str) -> Node:
    known = [each for each, _ in options]
    return select(IDS[pick], LABELS[pick], options, value if value in known else next(iter(known), ""))


def _hidden(pick: Pick, value: str) -> Node:
    """A choice of other views, which travels along in the address."""
    return control("Input", id=IDS[pick], type="hidden", value=value)


def downloads_place(region: RegionName, look: Look, query: Mapping[str, str]) -> str:
    """The address of a view's tables as csv."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{_path(region)}/{look}.csv" + (f"?{asked}" if asked else "")
