"""Scores of a list as tables: of its themes, and of its questions apart for each scale."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.disclosure import Share, Shown
from app.tables import NOTHING, Sheet, SheetCell, Value
from app.wording import class_words
from layouts.outcome_words import (
    HARD,
    TOO_FEW,
    benchmark_words,
    beside_words,
    change_words,
    good_margin_words,
    margin_words,
    mean_value,
    part_words,
    share_value,
    share_words,
    with_margin,
)
from survey.definition import CANNOT_SAY, Question, Scale
from survey.results.comparing import Benchmark, Change
from survey.results.outcomes import Outcome, question_of, question_text
from survey.results.snapshots import NO_GEMEENTE, Scaled

SCORE_COLUMNS = (
    "Score",
    "Marge score",
    "Positief",
    "Marge positief",
    "Antwoorden",
    "Andere regio’s",
    "Sinds vorige ronde",
)
SCORE_NOTES = (
    "Score: het gemiddelde, van 1 (laag) tot 5 (hoog); bij een rapportcijfer tot 10. ‘Weet ik niet’ telt "
    "niet mee.",
    "Positief: het deel dat 4 of 5 antwoordde; bij een rapportcijfer een 7 of hoger; bij een thema: een "
    "gemiddelde van 4 of hoger.",
    "Marge: tussen deze grenzen ligt de score, of het percentage, van de hele groep waarschijnlijk (95%). "
    "Een marge staat er vanaf 10 antwoorden, en alleen bij een precies cijfer.",
    "Sinds vorige ronde: het verschil met de ronde van deze regio hiervoor, als daarin dezelfde vraag stond.",
    "Te weinig mensen kunnen dit beoordelen: meer dan de helft antwoordde ‘weet ik niet’. Dan staat er geen "
    "score, en ook geen vergelijking.",
    "Geen precies cijfer: in een kleine groep liggen de antwoorden heel dicht bij elkaar.",
)
DISTRIBUTION_NOTES = (
    "Elk deel dat hier staat, is van ten minste 5 mensen. Antwoorden die weinig mensen gaven, staan samen: "
    "‘bij 1’ betekent dat het antwoord bij antwoord 1 is opgeteld.",
    "Een vraag staat hier niet bij minder dan 15 antwoorden, of als er geen drie delen van 5 mensen zijn.",
)
SCALE_NAMES = {
    Scale.AGREE: "Stellingen",
    Scale.FREQUENCY: "Hoe vaak iets gebeurt",
    Scale.SATISFIED: "Tevredenheid",
    Scale.PHASE: "Hoe ver iets is",
    Scale.BETTER: "Vergeleken met eerder",
    Scale.GRADE: "Rapportcijfers",
    Scale.FACES: "Gezichtjes",
}
"""Answers on different scales are not told in one table: what people find beside what they do."""

REMARK = "Opmerking"


class Group(NamedTuple):
    """Tables that belong together, under one heading."""

    title: str
    sheets: Sequence[Sheet]


class _Row(NamedTuple):
    """A question or theme with what is shown of it, and what stands beside it."""

    name: str
    scaled: Scaled
    benchmark: Benchmark | None
    change: Change | None
    question: Question | None = None


def score_groups(outcome: Outcome, names: Mapping[str, str]) -> list[Group]:
    """The tables of themes, and those of questions: a group for each scale.

    Args:
        names: code of a gemeente → its name.
    """
    themes, of_group = _themes(outcome), f": {outcome.group}"
    per_part = _per_part(outcome, names, themes, "Thema", f"Thema’s per gemeente{of_group}")
    header = ("Thema", *SCORE_COLUMNS)
    scores = Sheet(
        f"Scores per thema{of_group}", header, _score_rows(themes), score_notes(outcome), name="Thema’s"
    )
    groups = [Group(each.title, [each]) for each in (scores, per_part)]
    items = _items(outcome)
    for scale, name in SCALE_NAMES.items():
        rows = [row for row in items if row.question and row.question.scale is scale]
        if rows:
            groups.append(_scale_group(outcome, names, name, rows))
    return groups


def score_notes(outcome: Outcome) -> tuple[str, ...]:
    """What a score is, and what stands beside it."""
    regions = "Andere regio’s: het gemiddelde van ten minste 3 andere regio’s die dezelfde vraag stelden."
    return (*SCORE_NOTES, f"{regions} {beside_words(outcome)}")


def _scale_group(outcome: Outcome, names: Mapping[str, str], name: str, rows: Sequence[_Row]) -> Group:
    notes = () if outcome.snapshot.themes else score_notes(outcome)  # they stand once, at the first scores
    heading, of_group = scale_heading(name, rows[0].question), f": {outcome.group}"
    scores = Sheet(f"{heading}{of_group}", ("Vraag", *SCORE_COLUMNS), _score_rows(rows), notes, name=name)
    per_part = _per_part(outcome, names, rows, "Vraag", f"{name} per gemeente{of_group}")
    return Group(heading, [scores, per_part, _distribution(f"{name}, verdeling{of_group}", rows)])


def scale_heading(name: str, question: Question | None) -> str:
    """`Stellingen, van ‘helemaal oneens’ (1) tot ‘helemaal eens’ (5)`; a grade from 1 to 10."""
    labels = _labels(question)
    if not labels:
        return f"{name}, van 1 tot 10"
    first, *_, last = labels.items()
    return f"{name}, van ‘{first[1]}’ ({first[0]}) tot ‘{last[1]}’ ({last[0]})"


def _labels(question: Question | None) -> dict[str, str]:
    """The answers of a scale but 'weet ik niet': value → words; none of a grade."""
    options = question.options if question else ()
    return {each.key: each.texts["nl"] for each in options if each.key != str(CANNOT_SAY)}


def _themes(outcome: Outcome) -> list[_Row]:
    titles = outcome.questionnaire.themes
    return [
        _Row(
            titles.get(theme, {}).get("nl", theme),
            scaled,
            outcome.theme_benchmarks.get(theme),
            outcome.theme_changes.get(theme),
        )
        for theme, scaled in outcome.snapshot.themes.items()
    ]


def _items(outcome: Outcome) -> list[_Row]:
    rows = []
    for key, scaled in outcome.snapshot.scaled.items():
        question = question_of(outcome.questionnaire, key)
        beside = outcome.benchmarks.get(key), outcome.changes.get(key)
        rows.append(_Row(question_text(question, key), scaled, *beside, question))
    return rows


def _score_rows(rows: Sequence[_Row]) -> list[list[SheetCell]]:
    return [_score_row(each) for each in rows]


def _score_row(row: _Row) -> list[SheetCell]:
    shown, benchmark, change = row.scaled.whole, row.benchmark, row.change
    if row.scaled.is_hard:
        return [row.name, Value(HARD), *[NOTHING] * (len(SCORE_COLUMNS) - 1)]
    beside = Value(benchmark_words(benchmark), benchmark.mean) if benchmark else NOTHING
    return [
        row.name,
        mean_value(shown),
        margin_words(shown),
        share_value(shown.good) if shown else NOTHING,
        good_margin_words(shown),
        class_words(shown.n) if shown else "",
        beside,
        Value(change_words(change), change.gap) if change else NOTHING,
    ]


def _per_part(
    outcome: Outcome, names: Mapping[str, str], rows: Sequence[_Row], first: str, title: str
) -> Sheet:
    """Scores per gemeente, with the number of answers; no rows where none may be shown."""
    gemeenten = outcome.snapshot.gemeenten
    there = [part for part in gemeenten if any(_has_part(each.scaled, part) for each in rows)]
    shown = [each for each in rows if any(_has_part(each.scaled, part) for part in there)]
    cells: list[list[SheetCell]] = [
        [each.name, *(_part_cell(each.scaled, part) for part in there)] for each in shown
    ]
    header = [first, *(names.get(part, part) or NO_GEMEENTE for part in there)]
    left_out = [names.get(part, part) or NO_GEMEENTE for part in gemeenten if part not in there]
    notes = []
    if left_out:
        notes.append(f"Niet apart getoond, omdat er te weinig antwoorden zijn: {', '.join(left_out)}.")
    if len(shown) < len(rows):
        notes.append("Vragen die hier niet staan, hebben te weinig antwoorden om per gemeente te tonen.")
    return Sheet(title, header, cells, notes, name=title.partition(":")[0])


def _has_part(scaled: Scaled, part: str) -> bool:
    return part in scaled.parts or part in scaled.hard_parts


def _part_cell(scaled: Scaled, part: str) -> Value:
    shown: Shown | None = scaled.parts.get(part)
    if part in scaled.hard_parts:
        return Value(HARD)
    if shown is None:
        return Value(TOO_FEW)
    value = mean_value(shown)
    parts = (
        with_margin(value.words, margin_words(shown)),
        f"positief {with_margin(share_words(shown.good), good_margin_words(shown))}",
        f"{class_words(shown.n)} antwoorden",
    )
    return Value("; ".join(parts), value.number)


def _distribution(title: str, rows: Sequence[_Row]) -> Sheet:
    """The share of each answer, or of the answers with which it stands together.

    A remark stands in place of what most people cannot judge.
    """
    found = [row for row in rows if row.scaled.is_hard or _parts(row)]
    values = sorted({value for row in found for value in _parts(row)})
    remarks = [REMARK] if any(row.scaled.is_hard for row in found) else []
    cells: list[list[SheetCell]] = [
        [
            row.name,
            *(_parts(row).get(each, NOTHING) for each in values),
            *(Value(HARD) if row.scaled.is_hard else NOTHING for _ in remarks),
        ]
        for row in found
    ]
    labels = _labels(rows[0].question)
    header = ["Vraag", *(f"{each} {labels.get(str(each), '')}".strip() for each in values), *remarks]
    return Sheet(title, header, cells, DISTRIBUTION_NOTES, name=title.partition(":")[0])


def _parts(row: _Row) -> dict[int, Value]:
    """What stands at each answer."""
    shares: Mapping[str, Share] = row.scaled.whole.distribution if row.scaled.whole else {}
    found = {}
    for name, share in shares.items():
        low, _, high = name.partition("-")
        found[int(low)] = Value(part_words(name, share), None if high else share_value(share).number)
        for value in range(int(low) + 1, int(high or low) + 1):
            found[value] = Value(f"bij {low}")
    return found
