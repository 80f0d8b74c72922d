"""The chapter education × youth care: what national figures say of a theme, and what people say of it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.access import Tab
from app.comparisons import Comparison
from app.disclosure import Measure
from app.divisions import figure_words
from app.regions import RegionName
from app.sentences import State, difference_words
from app.tables import SheetCell
from app.verdicts import Verdict
from app.wording import DASH, capital, number, year_label
from layouts import ids
from layouts.components import (
    Cell,
    Column,
    Node,
    card,
    chart,
    details,
    downloads,
    invented,
    link,
    present,
    row,
    select,
    state,
    table,
    tag,
)
from layouts.figures.voices import VoiceMark, voices
from layouts.formatting import plural
from layouts.group_scores import gap_words, heard_words, items_sheet, score_words, widest_words
from layouts.outcome_scores import SCORE_COLUMNS
from layouts.outcome_words import (
    HARD,
    benchmark_words,
    change_words,
    good_margin_words,
    margin_words,
    share_words,
)
from survey.results.chapters import Chapter, Voice

ALL = "alle"
"""The choice of every theme; a select shows nothing for an empty value."""

NO_ROUND = "Er is nog geen ronde met vragenlijsten geweest. De regiocoördinator kan er een maken."
NOT_RELEASED = (
    "De uitkomsten van de vragenlijsten zijn nog niet vrijgegeven. De regiocoördinator doet dat na de ronde."
)
OTHER_QUESTIONS = "De groepen kregen hier niet allemaal dezelfde vragen."
NO_ANSWERS = "Bij dit onderwerp zijn er nog te weinig antwoorden om iets te tonen."


class Told(NamedTuple):
    """Which round the page is about, in words."""

    title: str
    closes: str
    is_demo: bool
    number: int


class National(NamedTuple):
    """A national figure with its verdict beside the country."""

    row: Comparison
    verdict: Verdict | None


def page(
    rounds: Sequence[tuple[str, str]], themes: Sequence[tuple[str, str]], asked: Mapping[str, str]
) -> Node:
    """The filters, and the place that a callback fills."""
    place = tag("Div", state(State.LOADING), id=ids.Connection.CONTENT)
    options = [(ALL, "Alle onderwerpen"), *themes]
    fields = [
        select(ids.Connection.ROUND, "Ronde", rounds, asked["ronde"]),
        select(ids.Connection.THEME, "Onderwerp", options, asked["thema"] or ALL),
    ]
    return tag("Div", [card(tag("Div", fields, className="filters")), place], className="grid")


def nothing(*, has_rounds: bool) -> Node:
    """What stands there before there is an outcome to see."""
    return state(State.EMPTY, NOT_RELEASED if has_rounds else NO_ROUND)


def content(
    region: RegionName,
    told: Told,
    chapters: Sequence[Chapter],
    nationals: Mapping[str, Sequence[National]],
) -> Node:
    """Every theme: national figures beside the scores of each group."""
    parts: list[Node | None] = [_intro(region, told)]
    parts += [_chapter(region, told, each, nationals.get(each.theme, ())) for each in chapters]
    if not chapters:
        parts.append(state(State.EMPTY, NO_ANSWERS))
    return tag("Div", present(parts), className="grid")


def _intro(region: RegionName, told: Told) -> Node:
    warning = invented(is_demo=told.is_demo)
    href = f"/regio/{region.code}/{Tab.SURVEYS}/uitkomst/{told.number}"
    words = (
        f"Landelijke cijfers, naast wat mensen zeggen in ‘{told.title}’ (ingevuld tot en met {told.closes})."
    )
    line = tag("P", [words, " ", link("Alle vragen van deze ronde", href)])
    files = downloads(f"{href}.csv", label="Download alle tabellen van deze ronde")
    return tag("Div", present([warning, line, files]))


def _chapter(region: RegionName, told: Told, each: Chapter, nationals: Sequence[National]) -> Node:
    name = f"connection-thema-{each.key}"
    parts = [
        tag("H2", each.title, id=name),
        _nationals(region, each.title, nationals),
        _voices(told, each),
    ]
    return card(*parts, **{"aria-labelledby": name})


def _nationals(region: RegionName, title: str, nationals: Sequence[National]) -> Node | None:
    if not nationals:
        return tag("P", "Bij dit onderwerp is er geen landelijk cijfer voor deze regio.", className="small")
    rows = [_national_row(region, each) for each in nationals]
    columns = [
        Column("Landelijke bron"),
        Column("Uw regio", "r"),
        Column("Nederland", "r"),
        Column("Oordeel"),
    ]
    return table("Wat de cijfers zeggen", columns, rows, name=f"Landelijke cijfers bij {title}")


def _national_row(region: RegionName, each: National) -> Node:
    indicator, own = each.row.indicator, each.row.own
    when = year_label(own.period, indicator.period_kind) if own else ""
    head = [
        link(indicator.short_label, f"/regio/{region.code}/{Tab.INDICATORS}/{indicator.id}"),
        tag("Span", when, className="sub"),
    ]
    beside = figure_words(each.row.country, indicator) if each.row.country else DASH
    words = each.verdict.words if each.verdict else difference_words(own, each.row.country, indicator)
    return row(head, [Cell(figure_words(own, indicator), "r"), Cell(beside, "r"), Cell(words or DASH)])


def _voices(told: Told, each: Chapter) -> Node:
    heard = each.heard
    if not heard:
        return tag("Div", [tag("P", summary(each), className="state"), *_items(each)])
    title = f"{each.title}: de score van elke groep"
    source = f"Vragenlijsten ‘{told.title}’, ingevuld tot en met {told.closes}"
    name = f"Puntgrafiek: {summary(each)}"
    drawn = chart(dots(heard), name=name) if len(heard) > 1 else None
    parts = [drawn, _table(each), tag("P", f"{source}. {_scale(heard)}", className="small"), *_items(each)]
    return tag(
        "Figure", [tag("Figcaption", title), tag("P", summary(each), className="sum"), *present(parts)]
    )


def dots(heard: Sequence[Voice]) -> dict[str, Any]:
    """A mark per group with its margin as a line, beside that of other regions."""
    return voices([_mark(each) for each in heard], (1, max(each.measure.limits[1] for each in heard)))


def _scale(heard: Sequence[Voice]) -> str:
    is_grade = all(each.measure is Measure.GRADE for each in heard)
    words = ["Een rapportcijfer van 1 tot 10." if is_grade else "Van 1 (laag) tot 5 (hoog)."]
    if any(each.shown and each.shown.mean_margin for each in heard):
        words.append("De streep is de marge: daar ligt de score van de groep waarschijnlijk.")
    if len(heard) > 1 and any(each.benchmark for each in heard):
        words.append("De open ruit is het gemiddelde van de andere regio’s.")
    return " ".join(words)


def summary(each: Chapter) -> str:
    """`Intern begeleiders geven 3,8, …`, and the largest difference, or that they are not to be compared."""
    hard = [voice.group for voice in each.voices if voice.is_hard]
    cannot = f" {capital(HARD)}: {', '.join(hard)}." if hard else ""
    if not each.heard:
        return cannot.strip() or NO_ANSWERS
    scores = ", ".join(f"{voice.group} {number(voice.mean or 0, 1)}" for voice in each.heard)
    apart = f" {OTHER_QUESTIONS}" if each.is_mixed else ""
    return f"{capital(scores)}.{apart}{gap_words(each.gap, among_some=each.is_mixed)}{cannot}"


def _mark(voice: Voice) -> VoiceMark:
    mean = voice.mean or 0.0
    low, high = (voice.shown.mean_margin if voice.shown else None) or (mean, mean)
    beside = voice.benchmark.mean if voice.benchmark else None
    return VoiceMark(capital(voice.group), mean, min(low, mean), max(high, mean), number(mean, 1), beside)


def _table(each: Chapter) -> Node:
    columns = [Column("Groep"), *(Column(name, "r") for name in SCORE_COLUMNS)]
    rows = [_voice_row(voice) for voice in each.voices]
    return table(f"Wat mensen zeggen: {each.title.lower()}", columns, rows, name=f"Scores bij {each.title}")


def _items(each: Chapter) -> list[Node]:
    """The questions that groups share, side by side; on request, for there are many."""
    sheet = items_sheet(each)
    if not sheet.rows:
        return []
    rows = [_item_row(each) for each in sheet.rows]
    inner = table(sheet.title, [Column(name) for name in sheet.header], rows, name=sheet.title)
    notes = [tag("P", note, className="small") for note in sheet.notes]
    summary = f"Elke vraag apart, groepen naast elkaar ({plural(len(rows), 'vraag', 'vragen')})"
    widest = widest_words(each)
    return present([tag("P", widest) if widest else None, details(summary, [inner, *notes])])


def _item_row(cells: Sequence[SheetCell]) -> Node:
    first, *rest = (each if isinstance(each, str) else each.words for each in cells)
    head = tag("Th", first, scope="row", className="wide")
    return tag("Tr", [head, *(tag("Td", words or DASH) for words in rest)])


def _voice_row(voice: Voice) -> Node:
    shown = voice.shown
    cells = [
        score_words(voice),
        margin_words(shown) or DASH,
        share_words(shown.good) if shown else DASH,
        good_margin_words(shown) or DASH,
        heard_words(voice) or DASH,
        benchmark_words(voice.benchmark) if voice.benchmark else DASH,
        change_words(voice.change) or DASH,
    ]
    return row(capital(voice.group), [Cell(words, "r") for words in cells])
