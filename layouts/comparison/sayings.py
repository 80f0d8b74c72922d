"""Whether a verdict holds, and “Mag ik dit zeggen?”."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.indicators import Direction, Figure, Indicator, PeriodStatus
from app.looks import NAMES, Look
from app.profiles import Judged
from app.regions import RegionName
from app.sentences import (
    SHIFTED,
    Answer,
    Beside,
    Claim,
    State,
    children_words,
    hold_sentence,
    margin_words,
    striking_words,
    warnings,
)
from app.tables import Sheet, SheetCell, figure_value
from app.wording import uncapital
from layouts.comparison.base import (
    Shown,
    benchmark_value,
    counted_words,
    doubts,
    gap_value,
    sheet_table,
    source_note,
    told,
    verdict_value,
)
from layouts.components import Node, badge, card, copyable, link, notices, present, tag
from layouts.formatting import Badge, period_text

DIRECTIONS = {
    Direction.HIGHER: "Bij dit cijfer is hoger beter.",
    Direction.LOWER: "Bij dit cijfer is lager beter.",
    Direction.NEUTRAL: "Hoger of lager is bij dit cijfer op zichzelf niet goed of slecht.",
}


@dataclass(frozen=True)
class Against:
    """One benchmark: its label, how sentences name it, the verdict, and why there is none."""

    label: str
    beside: Beside
    judged: Judged
    why_not: str = ""
    is_past: bool = False


@dataclass(frozen=True)
class Hold:
    """One figure against several benchmarks."""

    region: RegionName
    indicator: Indicator
    period: str
    own: Figure | None
    rows: Sequence[Against]
    source: str
    expected: Sequence[str] = ()


def hold(shown: Hold) -> Shown:
    """The sentence, a table of the benchmarks, and what the difference is in children."""
    if shown.own is None:
        return told(State.NOT_AVAILABLE, "Voor uw regio is er bij deze keuze geen cijfer.")
    title = f"{shown.indicator.short_label}: houdt het oordeel stand?"
    sentence = _hold_sentence(shown)
    sheet = _hold_sheet(shown, title)
    first = shown.rows[0]
    more = [
        margin_words(shown.own, shown.indicator),
        children_words(shown.own, first.judged.verdict, shown.indicator, first.beside.than),
        striking_words(first.judged.verdict),
        *shown.expected,
        DIRECTIONS[shown.indicator.direction],
        *warnings(shown.own, shown.indicator),
    ]
    node = card(
        tag("H3", title),
        copyable(sentence, source=shown.source),
        tag("P", " ".join(present(more))),
        notices(each.why_not for each in shown.rows if each.why_not),
        sheet_table(sheet),
        source_note(shown.source),
    )
    return Shown(node, [sheet], title, sentence)


def _hold_sentence(shown: Hold) -> str:
    """What is copied: the figure, whether its verdict holds, and every doubt."""
    groups = [each for each in shown.rows if not each.is_past]
    past = next(((each.beside.than, each.judged.verdict) for each in shown.rows if each.is_past), None)
    verdicts = {_short_name(each): each.judged.verdict for each in groups}
    others = [
        (each.beside.with_, figure)
        for each in shown.rows
        if (figure := each.beside.figure) is not None and _is_doubtful(figure)
    ]
    return hold_sentence(
        shown.own, shown.indicator, shown.region, shown.period, verdicts, past=past, others=others
    )


def _is_doubtful(figure: Figure) -> bool:
    """Whether a figure that others are held against must be doubted aloud: not for a little of it."""
    return figure.period_status is not PeriodStatus.FINAL or max(figure.estimated, figure.indirect) > SHIFTED


def _short_name(each: Against) -> str:
    return each.label[:1].lower() + each.label[1:] if each.label != "Nederland" else each.label


REST = ("Verschil", "Oordeel", "Periode", "Let op")


def _hold_sheet(shown: Hold, title: str) -> Sheet:
    header = ["Vergeleken met", "Uw regio", "Vergelijking", "Groepscijfer", *REST]
    rows = [_hold_row(shown, each) for each in shown.rows]
    return Sheet(title, header, rows, [shown.source], "Houdt het stand")


def _hold_row(shown: Hold, each: Against) -> list[SheetCell]:
    other, indicator = each.judged.benchmark.figure, shown.indicator
    is_count = indicator.is_counted_total
    return [
        each.label,
        figure_value(shown.own, indicator),
        benchmark_value(each.judged.benchmark, indicator),
        counted_words(each.judged.benchmark),
        "" if is_count else gap_value(shown.own, other, indicator),
        verdict_value(each.judged.verdict, indicator, shown.own, other),
        period_text(other.period, other.period_status, indicator) if other else "",
        doubts(other, indicator),
    ]


@dataclass(frozen=True)
class Saying:
    """A claim with the source that is copied with it.

    `small` says why a group is too small, `group` what its two values are.
    """

    region: RegionName
    indicator: Indicator
    claim: Claim
    source: str
    small: str = ""
    group: str = ""


STYLES = {Answer.YES: "yes", Answer.CAREFUL: "warn", Answer.NO: "neut"}
"""The rest is neutral."""


def say(shown: Saying) -> Shown:
    """The answer, the sentence with its copy button, why it holds, and what would say more."""
    said, title = shown.claim, f"{shown.indicator.short_label}: mag ik dit zeggen?"
    why = [*said.why, *([f"De groep: {uncapital(shown.group)}"] if shown.group else [])]
    node = card(
        tag("H3", shown.indicator.short_label),
        tag("P", badge(Badge(STYLES.get(said.answer, "neut"), said.answer.value))),
        copyable(said.sentence, source=shown.source),
        notices([shown.small] if shown.small else []),
        _list("Waarom deze zin klopt", why),
        _list("Wat wel meer zegt", said.offers),
        tag("P", f"{DIRECTIONS[shown.indicator.direction]} {CAUSES}", className="small"),
        source_note(shown.source),
    )
    rows: list[list[SheetCell]] = [[said.answer.value, said.sentence]]
    rows.extend(["Waarom", line] for line in why)
    rows.extend(["Wat meer zegt", offer] for offer in said.offers)
    return Shown(
        node,
        [Sheet(title, ["Antwoord", "Zin"], rows, [shown.source], "Zin")],
        title,
        f"{said.answer}. {said.sentence}",
    )


CAUSES = "Een verschil zegt niet waar het van komt."


def _list(title: str, lines: Sequence[str]) -> Node | None:
    if not lines:
        return None
    return tag("Div", [tag("H4", title), tag("Ul", [tag("Li", line) for line in lines])])


def further(holds: Node, drawing: Node | None, links: Mapping[Look, str]) -> Node:
    """The verdict on an indicator's own page, a small map, and links to the views that tell more of it."""
    items = [tag("Li", link(NAMES[look], href)) for look, href in links.items()]
    nav = tag("Nav", tag("Ul", items), className="looks", **{"aria-label": "Vergelijk verder"})
    return tag("Div", present([holds, nav, drawing]), className="grid")
