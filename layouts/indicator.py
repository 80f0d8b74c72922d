"""One indicator on its own page: the frame with its controls, the summary, and the figure's source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from app import sentences
from app.access import Tab
from app.divisions import is_refused, share_words
from app.indicators import CellStatus, Direction, Figure, FigureSource, Indicator
from app.regions import COUNTRY, NETHERLANDS, RegionName
from app.sentences import State
from app.wording import capital, day, moment
from layouts import ids, provenance
from layouts.components import (
    Node,
    card,
    copyable,
    downloads,
    link,
    notices,
    pills,
    present,
    select,
    state,
    still,
    tag,
)
from layouts.formatting import Badge, badges, citation, source_line
from layouts.shell import TAB_NAMES, crumbs

Options = Sequence[tuple[str, str]]

DIRECTIONS = {
    Direction.HIGHER: "Hoger is beter.",
    Direction.LOWER: "Lager is beter.",
    Direction.NEUTRAL: "Hoger of lager is op zichzelf niet goed of slecht.",
}


class Control(NamedTuple):
    """A choice on the page: its options (value, words) and what is chosen."""

    options: Options
    value: str


class Controls(NamedTuple):
    """The four choices; `no_choice` says why the division cannot be chosen."""

    period: Control
    breakdown: Control
    level: Control
    division: Control = Control((("nu", "Van nu"),), "nu")
    no_choice: str = ""


def page(
    region: RegionName, indicator: Indicator, controls: Controls, *, unknown: Sequence[str] = ()
) -> Node:
    """The page with its controls and empty places for the figures.

    Args:
        unknown: values in the address that this indicator does not have; the page says so.
    """
    tab = f"/regio/{region.code}/{Tab.INDICATORS}"
    theme = f"{tab}?thema={quote(indicator.theme)}"
    steps = [(TAB_NAMES[Tab.INDICATORS], tab), (indicator.theme, theme), (indicator.short_label, "")]
    body = tag("Div", [_summary(indicator, unknown), _look(controls), _rest(indicator)], className="page")
    return tag("Div", [crumbs(steps), body])


def unknown_page(region: RegionName) -> Node:
    """The page of an indicator that does not exist."""
    tab = f"/regio/{region.code}/{Tab.INDICATORS}"
    back = tag("P", link("Naar alle indicatoren", tab, className="btn"))
    return tag("Div", [state(State.NOT_AVAILABLE, UNKNOWN), back], className="grid")


UNKNOWN = "Deze indicator is niet beschikbaar. Misschien is de link oud of niet volledig."


@dataclass(frozen=True)
class Story:
    """What the summary tells of: one period of a region beside the country.

    `series` holds the region's comparable figures up to and with this period; `route` says how the figure of
    an SWV came about, `origins` which gemeenten of then make a converted figure.
    """

    region: RegionName
    indicator: Indicator
    period: str
    own: Figure | None
    country: Figure | None
    series: Sequence[Figure] = ()
    route: str = ""
    origins: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether this kind of region has the figure at all; if not, the country is told of."""
        return self.region.kind in self.indicator.levels

    @property
    def shown(self) -> Figure | None:
        """The figure that the sentences are about."""
        return self.own if self.is_possible else self.country


def summary(story: Story, found: FigureSource | None = None) -> Node:
    """Pills, the sentences that may be repeated, and what to know before doing so.

    Args:
        found: where the figure comes from; with it the sentences can be copied.
    """
    only = None if story.is_possible else tag("P", sentences.only_for(story.indicator), className="notice")
    warnings = notices([*_conversion(story), *sentences.warnings(_as_delivered(story), story.indicator)])
    route = f"Zo is dit cijfer gemaakt: {story.route}." if story.route and story.is_possible else ""
    made = tag("P", route, className="small") if route else None
    words = say(story)
    said = copyable(words, source=citation(found)) if found else tag("P", words, className="say")
    parts = [_pills(story), only, said, made, warnings]
    return still(tag("Div", present(parts)))


def _as_delivered(story: Story) -> Figure | None:
    """What the general warnings are about: an estimate by conversion is told of in words of its own."""
    shown = story.shown
    return shown._replace(estimated=0.0) if shown is not None and shown.converted else shown


def _conversion(story: Story) -> list[str]:
    """How a figure on the gemeenten of now was computed, and how much of it is estimated."""
    own = story.own
    if own is None or not own.converted or is_refused(own):
        return []
    made = f" uit {story.origins}" if story.origins else ""
    found = [f"Berekend: dit cijfer is omgerekend naar de gemeenten van nu{made}."]
    if own.estimated > 0:
        part = share_words(own.estimated)
        found.append(
            f"Deels geschat: ongeveer {part} komt uit een gesplitste gemeente, verdeeld naar inwoners."
        )
    return found


def say(story: Story) -> str:
    """Level, difference with the country, change; of the country where there can be no own figure."""
    if not story.is_possible:
        return sentences.level(story.country, story.indicator, NETHERLANDS, story.period)
    if story.own is not None and is_refused(story.own):
        return NOT_POSSIBLE.format(
            when=capital(moment(story.period, story.indicator)), region=story.region.name
        )
    parts = [
        sentences.level(story.own, story.indicator, story.region, story.period),
        sentences.comparison(story.own, story.country, story.indicator),
        sentences.change(list(story.series), story.indicator),
    ]
    return " ".join(present(parts))


NOT_POSSIBLE = (
    "{when} is dit cijfer voor {region} niet om te rekenen naar de gemeenten van nu: de bron geeft alleen "
    "percentages. Kies de indeling van toen voor het cijfer zoals de bron het gaf."
)


def source(indicator: Indicator, found: FigureSource | None, *, csv_href: str) -> Node:
    """The source line and the download."""
    line = source_line(found, indicator) if found else "Van deze periode is geen bron bekend."
    buttons = [
        downloads(csv_href, label="Download deze cijfers"),
        link("Alle definities", f"/over/definities#{indicator.id}"),
    ]
    return still(tag("Div", [tag("P", line, className="src"), tag("Div", buttons, className="buttons")]))


def _summary(indicator: Indicator, unknown: Sequence[str]) -> Node:
    missing = [f"“{value}” is voor dit cijfer niet beschikbaar en is overgeslagen." for value in unknown]
    parts = [
        tag("H2", indicator.label, id="indicator-title"),
        tag("P", indicator.definition, className="intro"),
        notices(missing),
        tag("Div", state(State.LOADING), id=ids.IndicatorPage.SUMMARY, **{"aria-live": "polite"}),
        tag("Div", None, id=ids.IndicatorPage.POSITION),
        provenance.place(),
    ]
    return tag("Section", present(parts), className="card summary", **{"aria-labelledby": "indicator-title"})


def _look(controls: Controls) -> Node:
    choices = (controls.period, controls.breakdown, controls.level, controls.division)
    has_choice = bool(controls.no_choice) or any(len(control.options) > 1 for control in choices)
    fields = [
        _field(ids.IndicatorPage.YEAR, "Periode", controls.period),
        _field(ids.IndicatorPage.BREAKDOWN, "Uitsplitsing", controls.breakdown),
        _field(ids.IndicatorPage.LEVEL, "Vergelijk tussen", controls.level),
        *_division(controls),
    ]
    hint = tag("P", "Het adres van deze pagina onthoudt wat u kiest. U kunt het delen.", className="src")
    return tag(
        "Section", [tag("H2", "Kijk anders"), *fields, hint], className="card look", hidden=not has_choice
    )


def _field(id: str, label: str, control: Control) -> Node:  # noqa: A002
    field = select(id, label, control.options, control.value)
    if len(control.options) < 2:
        field["props"]["hidden"] = True
    return field


def _division(controls: Controls) -> list[Node]:
    """The choice of division: where there is none, it stands there disabled, with the reason."""
    options, value = controls.division
    field = select(ids.IndicatorPage.DIVISION, "Indeling", options, value)
    if len(options) < 2:
        field["props"]["children"][1]["props"]["disabled"] = True
    words = controls.no_choice or DIVISION_HELP
    return [field, tag("P", words, className="src")]


DIVISION_HELP = (
    "Van nu: alle jaren in de gemeenten van nu, waar nodig omgerekend. Van toen: zoals de bron het gaf."
)


def _rest(indicator: Indicator) -> Node:
    places = [
        tag("Div", None, id=ids.IndicatorPage.VERDICT),
        tag("Div", state(State.LOADING), id=ids.IndicatorPage.TREND),
        tag("Div", None, id=ids.IndicatorPage.PARTS),
        tag("Div", None, id=ids.IndicatorPage.CONTRIBUTIONS),
        tag("Div", state(State.LOADING), id=ids.IndicatorPage.REGIONS),
    ]
    return tag("Div", [*places, _about(indicator)], className="rest grid")


def _about(indicator: Indicator) -> Node:
    reviewed = "nog niet beoordeeld"
    if indicator.reviewed_on:
        reviewed = f"{indicator.reviewed_by}, {day(indicator.reviewed_on)}"
    facts = {
        "Geteld wordt": capital(indicator.numerator),
        "Als deel van": capital(indicator.denominator),
        "Let op": indicator.note,
        "Kleine aantallen": indicator.hiding_rule,
        "Richting": DIRECTIONS[indicator.direction],
        "Tabel": f"{indicator.source}, {indicator.source_table} ({indicator.source_columns})",
        "Nagekeken": reviewed,
    }
    rows = [part for term, words in facts.items() if words for part in (tag("Dt", term), tag("Dd", words))]
    return card(
        tag("H2", "Over dit cijfer", id="indicator-about"),
        tag("Dl", rows, className="facts"),
        tag("Div", None, id=ids.IndicatorPage.SOURCE),
        **{"aria-labelledby": "indicator-about"},
    )


def _pills(story: Story) -> Node | None:
    if story.shown is None or story.shown.status is CellStatus.MISSING:
        return None
    is_country = story.shown.region == COUNTRY
    words = "" if is_country else sentences.difference_words(story.own, story.country, story.indicator)
    found = [Badge("neut", words)] if words else []
    return pills([*found, *badges(story.shown, story.indicator)])
