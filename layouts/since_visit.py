"""“Sinds uw vorige bezoek”: what changed in the latest figures, and the publications that did it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.regions import RegionName
from app.visits import Change, ChangeKind, Reason
from app.wording import day, number
from layouts.components import Node, badge, card, details, link, present, still, tag
from layouts.formatting import Badge

MOST_TOLD = 5
"""So many changes stand in sight; the rest on request."""

HEADING = "since-visit-heading"
STYLES = {
    ChangeKind.VERDICT: "warn",
    ChangeKind.WITHDRAWN: "warn",
    ChangeKind.REVISED: "warn",
    ChangeKind.NEW_PERIOD: "neut",
    ChangeKind.NEW_INDICATOR: "neut",
}
WAITING = "Wij kijken wat er sinds uw vorige bezoek is veranderd…"
FIRST = "Dit is uw eerste bezoek aan deze regio. Bij een volgend bezoek staat hier wat er is veranderd."
PREVIEW = "U bekijkt een versie die nog niet is gepubliceerd. Dit bezoek telt niet mee."


def waiting() -> Node:
    """What stands there until the answer comes."""
    return quiet(WAITING)


def quiet(sentence: str) -> Node:
    """One calm line, where there is nothing to list."""
    return tag("P", sentence, className="quiet")


def section(
    changes: Sequence[Change], since: datetime | None, reasons: Sequence[Reason], region: RegionName
) -> Node:
    """What changed for a region, the weightiest first.

    Args:
        since: the visit before this one; None at a first visit.
        reasons: the publications since then, the newest first.
    """
    if since is None:
        return quiet(FIRST)
    when = f"Sinds uw vorige bezoek op {day(since)}"
    if not changes and not reasons:
        return quiet(f"{when} is er niets veranderd.")
    if not changes:
        same = f"{when} zijn er nieuwe cijfers gepubliceerd. Voor {region.name} bleven de laatste gelijk. "
        return tag("P", [same, _log()], className="quiet")
    content = [
        tag("H2", when, id=HEADING),
        _list(changes[:MOST_TOLD], region),
        _rest(changes[MOST_TOLD:], region),
        *_why(reasons),
    ]
    return still(card(*content, **{"aria-labelledby": HEADING}))


def _list(changes: Iterable[Change], region: RegionName) -> Node:
    return tag("Ul", [tag("Li", _row(change, region)) for change in changes], className="changed")


def _row(change: Change, region: RegionName) -> list[str | Node]:
    address = f"/regio/{region.code}/indicatoren/{change.indicator.id}"
    label = link(change.indicator.short_label, address)
    return [badge(Badge(STYLES.get(change.kind, ""), change.kind)), label, f". {change.sentence}"]


def _rest(changes: Sequence[Change], region: RegionName) -> Node | None:
    return details(f"En nog {number(len(changes))}", _list(changes, region)) if changes else None


def _why(reasons: Sequence[Reason]) -> list[Node]:
    """The reasons that were written down; without any the way to the log alone."""
    rows = [tag("Li", _reason(reason)) for reason in reasons]
    told = [tag("H3", "Waarom", className="why"), tag("Ul", rows, className="links")] if rows else []
    return present([*told, tag("P", _log(), className="src")])


def _reason(reason: Reason) -> str:
    what = "terug naar eerdere cijfers" if reason.is_undo else "nieuwe cijfers"
    return f"{day(reason.at)}: {what}. {reason.words}".strip()


def _log() -> Node:
    return link("Bekijk alle wijzigingen", "/over/wijzigingen")
