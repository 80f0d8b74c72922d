"""The card that follows a figure back: source, file, row, sum, why it may differ, and how it changed."""

from app.deviations import Reason, facts, reasons, revision_lines
from app.provenance import Provenance, columns, row_words, steps
from app.sentences import State
from layouts import ids
from layouts.components import Node, link, notices, present, state, still, tag

ANCHOR = "volg"
"""What stands behind `#` in the address of one figure; `assets/50-follow.js` opens the card then."""


def place() -> Node:
    """The closed card with its empty place; what fills it keeps it open or closed as the reader left it."""
    inside = tag("Div", state(State.LOADING), id=ids.IndicatorPage.FOLLOW)
    return tag("Details", [tag("Summary", "Volg dit cijfer"), inside], id=ANCHOR)


def card(found: Provenance, *, is_admin: bool) -> Node:
    """Everything known of one figure; administrators also read who loaded and published it."""
    told = facts(found, row_words(found), columns(found), is_admin=is_admin)
    parts = [
        tag("H3", "Waar komt dit cijfer vandaan?"),
        notices([] if told else ["Voor deze keuze is er geen bestand met cijfers."]),
        _definitions(told) if told else None,
        _address(found) if told else None,
        tag("H4", "Zo is het berekend"),
        tag("Ol", [tag("Li", step) for step in steps(found)]),
        *_changes(found),
        *_reasons(reasons(found)),
    ]
    return still(tag("Div", present(parts), className="follow"))


def _definitions(pairs: list[tuple[str, str]]) -> Node:
    rows = [part for term, words in pairs for part in (tag("Dt", term), tag("Dd", words))]
    return tag("Dl", rows, className="facts")


def _address(found: Provenance) -> Node | None:
    url = found.indicator.source_url
    if not url:
        return None
    return tag("P", link(f"De bron bij {found.indicator.source}", url, rel="noreferrer"), className="src")


def _changes(found: Provenance) -> list[Node]:
    lines = revision_lines(found)
    if not lines:
        return []
    return [tag("H4", "Dit cijfer is gewijzigd"), tag("Ul", [tag("Li", line) for line in lines])]


def _reasons(found: list[Reason]) -> list[Node]:
    if not found:
        return []
    grouped: dict[str, list[str]] = {}
    for reason in found:
        grouped.setdefault(reason.heading, []).append(reason.sentence)
    title = "Waarom dit kan verschillen van DUO, CBS of een eigen lijst"
    told = [(heading, " ".join(sentences)) for heading, sentences in grouped.items()]
    return [tag("H4", title), _definitions(told)]
