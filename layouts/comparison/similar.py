"""The ten regions most like a region, in what they are alike and in what not, and the weights."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from urllib.parse import urlencode

from app.access import Tab
from app.errors import BadInput
from app.own_groups import MAX_ORIGIN
from app.regions import RegionKind, RegionName
from app.sentences import State
from app.similarity import (
    NO_SIMILAR,
    PARTS,
    STANDARD,
    VARIABLES,
    Neighbour,
    Part,
    Similar,
    Variable,
    parse_weights,
)
from app.tables import Sheet, SheetCell, Value
from app.wording import listing, number
from layouts.comparison.base import Shown, remarks, sheet_table, told
from layouts.components import Node, card, control, link, select, tag
from layouts.ids import Comparison


@dataclass(frozen=True)
class Likeness:
    """What the page tells: the ten regions, from which periods the variables are, and the weights."""

    region: RegionName
    found: Similar
    names: Mapping[str, str]
    moments: Mapping[str, str]
    weights: str
    version: int
    open_codes: Set[str] = frozenset()


def variables_of(kind: RegionKind) -> list[Variable]:
    """Those that mean something for a kind: a gemeente has no number of gemeenten."""
    return [each for each in VARIABLES if each is not PARTS or kind is not RegionKind.GEMEENTE]


def weights_form(weights: str, kind: RegionKind) -> Node:
    """A select per variable; together they are one text in the address."""
    chosen, shown = _as_asked(weights), variables_of(kind)
    fields = [_weight(each, str(chosen[each.key]), is_shown=each in shown) for each in VARIABLES]
    head = tag("Legend", "Hoe zwaar telt elk kenmerk?")
    return tag("Fieldset", [head, tag("Div", fields, className="filters")], className="weights")


def _as_asked(weights: str) -> Mapping[str, int]:
    """The weights that the form shows; also the one refused choice that a person can make in it: all 0."""
    try:
        return parse_weights(weights)
    except BadInput:
        return dict.fromkeys(STANDARD, 0)


def _weight(variable: Variable, value: str, *, is_shown: bool) -> Node:
    """A select; a variable that means nothing here keeps its place in the address, unseen."""
    place = f"{Comparison.WEIGHT}-{variable.key}"
    if is_shown:
        return select(place, variable.label, WEIGHTS, value)
    return tag("Div", control("Input", id=place, type="hidden", value=value), hidden=True)


WEIGHTS = (("1", "Gewoon"), ("0", "Niet"), ("2", "Dubbel"), ("3", "Driedubbel"))


def content(likeness: Likeness) -> Shown:
    """A table with the explanation of every region, and how to keep them as a group."""
    if not likeness.found.neighbours:
        return told(State.NOT_AVAILABLE, NO_SIMILAR)
    title = f"Het meest als {likeness.region.name}"
    sheet, summary = _sheet(likeness, title), _summary(likeness)
    node = card(
        tag("H3", title),
        tag("P", summary, className="sum"),
        remarks(_left_out(likeness)),
        sheet_table(sheet),
        tag("P", HOW, className="small"),
        tag("P", _version(likeness), className="src"),
        tag(
            "P",
            link(KEEP, _keep_href(likeness), className="btn"),
            className="buttons",
        ),
    )
    return Shown(node, [sheet], title, f"{title}. {summary}")


KEEP = "Bewaar deze regio’s als eigen groep"
HOW = (
    "Elk kenmerk is op dezelfde schaal gezet. De afstand telt de verschillen in alle kenmerken op, elk in "
    "het kwadraat: hoe kleiner, hoe meer de regio op de uwe lijkt. Het cijfer dat u bekijkt telt nooit mee."
)


def _summary(likeness: Likeness) -> str:
    used = listing([each.label.lower() for each in likeness.found.used])
    first = likeness.names.get(likeness.found.neighbours[0].code, "")
    return f"Vergeleken op {used}. {first} lijkt het meest op uw regio."


def _left_out(likeness: Likeness) -> list[str]:
    labels = {each.key: each.label for each in variables_of(likeness.region.kind)}
    return [f"{labels[key]}: {reason}" for key, reason in likeness.found.left_out.items() if key in labels]


HEADER = ("Regio", "Afstand", "Ongeveer gelijk", "Anders", "Wat het meest scheelt")


def _sheet(likeness: Likeness, title: str) -> Sheet:
    rows = [_row(likeness, each) for each in likeness.found.neighbours]
    return Sheet(
        title, HEADER, rows, [HOW, _version(likeness), *_left_out(likeness)], "Vergelijkbare regio’s"
    )


def _row(likeness: Likeness, each: Neighbour) -> list[SheetCell]:
    most = max(each.parts, key=lambda part: part.share)
    return [
        likeness.names.get(each.code, each.code),
        Value(number(each.distance, 2), each.distance),
        listing([part.variable.label.lower() for part in each.alike]) or "–",
        listing([_difference(part) for part in each.different]) or "–",
        f"{most.variable.label.lower()} ({number(100 * most.share)}% van het verschil)",
    ]


def _difference(part: Part) -> str:
    return part.variable.more if part.gap > 0 else part.variable.less


def _version(likeness: Likeness) -> str:
    """What makes the same ten again: date of the figures, variables and weights."""
    weights = parse_weights(likeness.weights)
    told_of = [
        f"{each.label.lower()}{_moment(likeness, each)} × {weights[each.key]}" for each in likeness.found.used
    ]
    return f"Gegevensversie {likeness.version}; kenmerken en gewichten: {', '.join(told_of)}."


def _moment(likeness: Likeness, variable: Variable) -> str:
    moment = likeness.moments.get(variable.key, "")
    return f" ({moment})" if moment else ""


def _keep_href(likeness: Likeness) -> str:
    pairs = [("regio", code) for code in likeness.found.codes]
    pairs += [
        ("naam", f"Lijkt op {likeness.region.name}"[:60]),
        ("herkomst", _version(likeness)[:MAX_ORIGIN]),
    ]
    return f"/regio/{likeness.region.code}/{Tab.COMPARE}/groepen?{urlencode(pairs)}"
